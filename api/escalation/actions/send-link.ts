import type { PrismaClient } from '../../db/generated/client.ts'
import type { Claimed, Outcome } from '../../jobs/outbox.ts'
import type { Way } from '../../jobs/ways.ts'
import type { Sender } from '../../notice/actions/send.ts'
import { LINK_WANTED, pointlessByMail, TOLD_BY_LINK } from '../rules/send.ts'
import { deadlineOf } from '../rules/deadlines.ts'
import { numberOf } from '../rules/number.ts'
import { type CaseMail, caseMailOf, type Told } from '../rules/send-texts.ts'
import { makeLink } from './link.ts'

export type SendLinkParts = {
  db: PrismaClient
  clock: () => Date
  /** Where our own pages are, for links to them. */
  origin: string
  mail: NonNullable<Sender['mail']>
}

/** Telling partners of their cases by e-mail. */
export const linkWay = (parts: SendLinkParts): Way => ({
  channel: 'CASE_LINK',
  speaksOf: (event) => TOLD_BY_LINK.includes(event),
  send: (claimed, signal) => sendLink(parts, claimed, signal),
})

/** Sends one mail, if it still makes sense. Each attempt has a link of its own: what is stored of one does not give it back. */
async function sendLink(parts: SendLinkParts, { id, event }: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { db, clock, origin, mail } = parts
  const row = await db.escalation.findUnique({ where: { id: event.subjectId }, include: { partner: true } })
  const to = row?.partner.email
  if (!row || !to) return { state: 'CANCELLED', code: 'gone' }
  const why = pointlessByMail(event.type, row)
  if (why !== null) return { state: 'CANCELLED', code: why }
  const language = row.partner.languages[0] ?? 'FR'
  const now = clock()
  const made = event.type === 'escalation.cancelled' ? null : await makeLink(db, { escalationId: row.id, origin, now })
  const told = { number: numberOf(row.id), requestedAt: row.requestedAt }
  return mail({ id, to, ...caseMailOf(contentOf(event.type, deadlineOf(row), told, made), language), language, at: now }, signal)
}

function contentOf(event: string, due: ReturnType<typeof deadlineOf>, told: Told, made: { link: string; until: Date } | null): CaseMail {
  if (!made) return { kind: 'cancelled', ...told }
  if (event === LINK_WANTED) return { kind: 'link', ...told, ...made }
  if (event === 'escalation.erasure_wanted') return { kind: 'erasure', ...told, ...made }
  return { kind: event === 'escalation.reminded' ? 'reminded' : 'requested', due, ...told, ...made }
}
