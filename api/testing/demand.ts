import type { AttemptOutcome, CallbackStatus, CancelReason, EscalationState } from '../db/generated/enums.ts'
import type { Fact } from '../insight/rules/publication.ts'
import type { TestApp } from './ask.ts'

/** So many requests that are alike. */
export type Alike = {
  count: number
  line?: string
  need?: string | null
  postalCode?: string | null
  /** When they came. */
  at: string
  status?: CallbackStatus
  outcome?: string | null
  faqEntry?: string | null
  /** Minutes until the first call, if there was one. */
  calledAfter?: number
  called?: AttemptOutcome
}

/** Puts requests into the database as they would be after their time; the ids. What identified the people is erased already. */
export async function pastRequests(
  { db, directory }: Pick<TestApp, 'db' | 'directory'>,
  { count, line = 'liege-solidaire', need = null, postalCode = null, at, status = 'CLOSED', faqEntry = null, ...alike }: Alike,
): Promise<string[]> {
  const { outcome = status === 'CLOSED' ? 'resolved' : null, calledAfter, called = 'REACHED' } = alike
  const lineId = directory.current().linesBySlug.get(line)?.id
  if (!lineId) throw new Error(`no line ${line}`)
  const { id: siteId } = await db.site.findUniqueOrThrow({ where: { key: 'demo' } })
  const requestedAt = new Date(at)
  const isOver = ['CLOSED', 'UNREACHABLE', 'CANCELLED'].includes(status)
  const rows = Array.from({ length: count }, () => ({
    id: crypto.randomUUID(),
    siteId,
    lineId,
    status,
    outcome,
    needCode: need,
    postalCode,
    faqEntrySlug: faqEntry,
    language: 'FR' as const,
    noticeVersion: '2026-11-21',
    noticeLanguage: 'FR' as const,
    requestedAt,
    callFrom: requestedAt,
    closedAt: isOver ? new Date(requestedAt.getTime() + 7_200_000) : null,
    erasedAt: isOver ? new Date(requestedAt.getTime() + 40 * 86_400_000) : null,
  }))
  await db.callbackRequest.createMany({ data: rows })
  if (calledAfter !== undefined) {
    const callAt = new Date(requestedAt.getTime() + calledAfter * 60_000)
    await db.callAttempt.createMany({ data: rows.map(({ id }) => ({ requestId: id, at: callAt, outcome: called })) })
  }
  return rows.map(({ id }) => id)
}

/** What a partner made of some requests, and what the people said. */
export type PastCases = {
  state?: EscalationState
  reason?: CancelReason | null
  outcome?: string | null
  /** Minutes until it was accepted, if it was. */
  acceptedAfter?: number
  /** Minutes until it ended: as long as `pastRequests` takes to close. */
  endedAfter?: number
  said?: { contacted: boolean; useful: boolean | null; stillNeeded: boolean }
}

/** Puts the cases of such requests into the database: each was handed over when it came. */
export async function pastCases(
  { db }: Pick<TestApp, 'db'>,
  requestIds: readonly string[],
  { state = 'COMPLETED', reason = null, acceptedAfter, endedAfter = 120, said, ...given }: PastCases = {},
): Promise<void> {
  const { outcome = state === 'COMPLETED' ? 'partly' : null } = given
  const { id: organizationId } = await db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
  await db.partner.upsert({ where: { organizationId }, create: { organizationId }, update: {} })
  const requests = await db.callbackRequest.findMany({ where: { id: { in: [...requestIds] } }, select: { id: true, requestedAt: true } })
  const after = (at: Date, minutes: number | undefined) => (minutes === undefined ? null : new Date(at.getTime() + minutes * 60_000))
  await db.escalation.createMany({
    data: requests.map(({ id, requestedAt: at }) => ({
      requestId: id,
      organizationId,
      state,
      outcome,
      rejectReason: state === 'REJECTED' ? ('NO_CAPACITY' as const) : null,
      failReason: state === 'FAILED' ? ('NO_CAPACITY' as const) : null,
      cancelReason: reason,
      urgency: 'INFO' as const,
      shares: [],
      requestedAt: at,
      requestedBy: 'system',
      agreementWay: 'SPOKEN' as const,
      agreementVersion: '2026-11-22',
      agreementLanguage: 'FR' as const,
      agreedAt: at,
      agreementBy: 'system',
      agreementAnyone: false,
      answerDueAt: at,
      outcomeDueAt: at,
      acceptedAt: after(at, acceptedAfter),
      endedAt: after(at, endedAfter),
    })),
  })
  if (said) await db.citizenAnswer.createMany({ data: requests.map(({ id, requestedAt: at }) => ({ requestId: id, at, ...said })) })
}

/** Facts of which everything is known, each side of them by itself, as the database counts them. */
export const bySide = <Side extends string>(
  facts: readonly (Readonly<Record<Side, string>> & { need: string; count: number })[],
  sides: readonly Side[],
): Fact<Side>[] => sides.flatMap((side) => facts.map((fact) => ({ side, need: fact.need, key: fact[side], count: fact.count })))

/** A number from 0 to 1, the same ones each time. */
function chances(): () => number {
  let state = 7
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** What one of a list with weights falls on. */
const fall = <T>(chance: () => number, weights: readonly (readonly [T, number])[]): T => {
  let left = chance() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [one, weight] of weights) {
    left -= weight
    if (left < 0) return one
  }
  return (weights.at(-1) as (typeof weights)[number])[0]
}

const NEEDS = [
  ['food', 22],
  ['debt', 17],
  ['housing', 14],
  ['energy', 11],
  ['mental-health', 9],
  ['work', 7],
  ['violence', 3],
  ['health', 2],
  [null, 3],
  ['family', 0.3],
] as const
const PLACES = [
  ['4000', 30],
  ['4020', 16],
  ['4100', 12],
  ['4040', 8],
  ['4800', 8],
  ['4700', 6],
  ['4500', 4],
  ['5000', 4],
  ['6000', 5],
  ['7000', 3],
  ['4180', 1],
  ['6600', 1],
  ['1300', 1],
  ['4960', 1],
  ['4970', 0.6],
  ['4830', 0.6],
  ['4130', 0.8],
  ['5500', 0.5],
  [null, 6],
] as const
const ENDS = [
  ['resolved', 34],
  ['partly', 14],
  ['referred_on', 18],
  ['no_help_available', 7],
  ['not_eligible', 4],
  ['declined_by_person', 3],
  ['UNREACHABLE', 8],
  ['CANCELLED', 4],
  ['ESCALATED', 3],
  ['NEW', 1],
] as const

/** A year of a line and what was searched for in vain, the same each time: many needs, communes and weeks, some of them of few. */
export async function pastYear(app: Pick<TestApp, 'db' | 'directory'>, { people = 1_500, year = 2026 } = {}): Promise<void> {
  const chance = chances()
  for (let person = 0; person < people; person++) {
    // More in winter, and fewer in summer.
    const day = Math.floor(((Math.acos(1 - 2 * chance()) / Math.PI + 0.5) % 1) * 365)
    const end = fall(chance, ENDS)
    const status = end === end.toUpperCase() ? (end as CallbackStatus) : 'CLOSED'
    await pastRequests(app, {
      count: 1,
      need: fall(chance, NEEDS),
      postalCode: fall(chance, PLACES),
      at: new Date(Date.UTC(year, 0, 1 + day, 9)).toISOString(),
      status,
      outcome: status === 'CLOSED' ? end : null,
      ...(status === 'NEW' || status === 'CANCELLED' ? {} : { calledAfter: Math.floor(5 + 400 * chance() ** 4) }),
    })
  }
  const handed = (
    await app.db.callbackRequest.findMany({ where: { outcome: 'partly' }, orderBy: { requestedAt: 'asc' }, select: { id: true } })
  ).map(({ id }) => id)
  const answer = { contacted: true, useful: true, stillNeeded: false }
  await pastCases(app, handed.slice(0, 40), { acceptedAfter: 45, said: answer })
  await pastCases(app, handed.slice(40, 60), { acceptedAfter: 95, said: { ...answer, useful: false } })
  await pastCases(app, handed.slice(60, 66), { acceptedAfter: 200, said: { contacted: false, useful: null, stillNeeded: true } })
  await pastCases(app, handed.slice(66, 75), { state: 'REJECTED' })
  await pastCases(app, handed.slice(70, 73), { state: 'CANCELLED', reason: 'REROUTED' })
  await pastCases(app, handed.slice(75, 82), { state: 'FAILED', acceptedAfter: 30 })
  await pastCases(app, handed.slice(82, 84), { state: 'CANCELLED', reason: 'AGREEMENT_WITHDRAWN' })
  const communes = [...app.directory.current().communesByPostalCode].flatMap(([code, [first]]) =>
    PLACES.some(([place]) => place === code) && first ? [first.nisCode] : [],
  )
  await app.db.unmetNeed.createMany({
    data: Array.from({ length: 160 }, (_, index) => ({
      day: new Date(Date.UTC(year, index % 12, 1 + index)),
      reason: fall(chance, [
        ['NOTHING_FOUND', 5],
        ['FULL', 4],
        ['OUT_OF_AREA', 3],
        ['NOT_ELIGIBLE', 2],
        ['CLOSED', 1],
      ] as const),
      needCode: fall(chance, NEEDS) ?? '',
      nisCode: communes[index % communes.length] ?? '',
      count: 1 + Math.floor(chance() * 3),
    })),
    skipDuplicates: true,
  })
}
