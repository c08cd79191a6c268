import type { Context } from '../../context.ts'
import type { LanguageCode, PrismaClient, StaffRole } from '../../db/generated/client.ts'
import { choose } from '../../directory/language.ts'
import type { Claimed, Outcome } from '../../jobs/outbox.ts'
import type { Way } from '../../jobs/ways.ts'
import type { Sender } from '../../notice/actions/send.ts'
import { OPEN_STATES } from '../rules/transitions.ts'
import { TOLD_RUNG, TOLD_TO_STAFF } from '../rules/send.ts'
import { type StaffMail, staffMailOf } from '../rules/send-texts.ts'
import { type Reader, writeToEach } from './send-each.ts'
import { mayMatter, unheard } from './unheard.ts'

export type SendStaffParts = {
  db: PrismaClient
  directory: { current(): Context['directory'] }
  clock: () => Date
  /** Where our own pages are, for links to them. */
  origin: string
  mail: NonNullable<Sender['mail']>
}

/** Of cases that wait, nobody is written to more often than once in so many milliseconds; the desk shows them anyway. */
const REST_MS = 3_600_000

/** Telling the staff of what waits for somebody: numbers, and nothing about anybody. */
export const staffWay = (parts: SendStaffParts): Way => ({
  channel: 'EMAIL',
  speaksOf: (event) => TOLD_TO_STAFF.includes(event),
  send: (claimed, signal) => (claimed.event.type === 'endpoint.paused' ? tellOfPause : tellOfCases)(parts, claimed, signal),
})

/** To the supervisors of a case's line, else to its organization's administrators: how many of their cases wait. */
async function tellOfCases(parts: SendStaffParts, claimed: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { db, directory, origin, mail, clock } = parts
  const { id, event } = claimed
  const row = await db.escalation.findUnique({ where: { id: event.subjectId }, select: { request: { select: { lineId: true } } } })
  const line = row && directory.current().linesById.get(row.request.lineId)
  if (!line) return { state: 'CANCELLED', code: 'gone' }
  const now = clock()
  const counts = await countsOf(db, line.organization.id, now)
  if (counts.overdue === 0 && counts.undelivered === 0 && counts.unerased === 0) return { state: 'CANCELLED', code: 'over' }
  const content: StaffMail = { kind: 'overdue', ...counts, link: `${origin}/desk` }
  const of = (role: StaffRole) => readersIn(db, [line.organization.id], role, line.languages[0] ?? 'FR')
  const supervisors = await of('SUPERVISOR')
  return writeToEach(db, claimed, supervisors.length > 0 ? supervisors : await of('ADMINISTRATOR'), {
    about: 'cases',
    now,
    restMs: REST_MS,
    write: (reader) => {
      const message = { id: `${id}.${reader.id}`, to: reader.email, language: reader.language, at: clock() }
      return mail({ ...message, ...staffMailOf(content, reader.language) }, signal)
    },
  })
}

/** To the administrators of a partner whose system is paused, and to the supervisors whose cases it has. */
async function tellOfPause(parts: SendStaffParts, claimed: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { db, directory, mail, clock } = parts
  const { id, event } = claimed
  const now = clock()
  const organizationId = event.subjectId
  const endpoint = await db.partnerEndpoint.findUnique({ where: { organizationId } })
  if (!endpoint?.pausedAt) return { state: 'CANCELLED', code: 'over' }
  const current = directory.current()
  const open = await db.escalation.findMany({
    where: { organizationId, state: { in: [...OPEN_STATES] } },
    select: { request: { select: { lineId: true } } },
  })
  const lines = open.flatMap(({ request }) => current.linesById.get(request.lineId)?.organization.id ?? [])
  const organization = [...current.organizationsBySlug.values()].find((one) => one.id === organizationId)
  const waiting = await waitingFor(db, organizationId)
  const readers = [
    ...(await readersIn(db, [organizationId], 'ADMINISTRATOR', 'FR')),
    ...(await readersIn(db, [...new Set(lines)], 'SUPERVISOR', 'FR')),
  ]
  const each = [...new Map(readers.map((reader) => [reader.id, reader])).values()]
  return writeToEach(db, claimed, each, {
    about: `endpoint:${organizationId}`,
    now,
    restMs: 0,
    write: (reader) => {
      const name = organization ? choose(organization.texts, [reader.language]).text.name : ''
      const content: StaffMail = { kind: 'paused', organization: name, why: endpoint.pausedWhy ?? '', waiting }
      const message = { id: `${id}.${reader.id}`, to: reader.email, language: reader.language, at: clock() }
      return mail({ ...message, ...staffMailOf(content, reader.language) }, signal)
    },
  })
}

async function readersIn(db: PrismaClient, organizationIds: readonly string[], role: StaffRole, language: LanguageCode): Promise<Reader[]> {
  const rows = await db.staffMember.findMany({
    where: { disabledAt: null, token: null, memberships: { some: { organizationId: { in: [...organizationIds] }, role } } },
    orderBy: { id: 'asc' },
    select: { id: true, email: true, languages: true },
  })
  return rows.map(({ id, email, languages }) => ({ id, email, language: languages[0] ?? language }))
}

/** Cases of an organization's lines that are late, those of which a partner could not be told, and what is to be erased and is not. */
async function countsOf(db: PrismaClient, organizationId: string, now: Date): Promise<Counts> {
  const [counts] = await db.$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE c."ended_at" IS NULL AND c."rung" >= ${TOLD_RUNG})::int AS "overdue",
      count(*) FILTER (WHERE c."ended_at" IS NOT NULL AND c."erasure_wanted_at" IS NOT NULL AND c."erasure_confirmed_at" IS NULL
        AND c."rung" >= ${TOLD_RUNG})::int AS "unerased",
      count(*) FILTER (WHERE ${unheard(now)})::int AS "undelivered"
    FROM "escalation" AS c JOIN "callback_request" AS r ON r."id" = c."request_id" JOIN "line" AS l ON l."id" = r."line_id"
    WHERE l."organization_id" = ${organizationId}::uuid AND ${mayMatter(now)}`
  return counts ?? { overdue: 0, undelivered: 0, unerased: 0 }
}
type Counts = { overdue: number; undelivered: number; unerased: number }

async function waitingFor(db: PrismaClient, organizationId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id"
      JOIN "escalation" AS c ON c."id" = e."subject_id"
    WHERE c."organization_id" = ${organizationId}::uuid AND d."channel" = 'WEBHOOK' AND d."state" = 'PENDING'`
  return row?.count ?? 0
}
