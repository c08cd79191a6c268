import type { CallbackStatus, CancelReason, EscalationState } from '../../db/generated/enums.ts'
import { type Count, type Fact, type List, type Publication, publish, publishList, sumOf } from './publication.ts'

/**
 * What became of a request; each has one of these. Why somebody was not helped is not told apart from who did not want it any more: the former are
 * among the unmet needs, too, and two tables that count the same people could be compared.
 */
export const FATES = [
  'WAITING',
  'UNDER_WAY',
  'WITH_PARTNER',
  'RESOLVED',
  'PARTLY',
  'REFERRED_ON',
  'PARTNER_HELPED',
  'PARTNER_NOT_HELPED',
  'NOT_HELPED',
  'NOT_REACHED',
  'WITHDRAWN',
  'OTHER',
] as const
export type Fate = (typeof FATES)[number]

/** Fates of those whom nobody spoke with, as far as is known: who withdrew may have been called before. */
const NOT_SPOKEN_WITH: readonly Fate[] = ['WAITING', 'NOT_REACHED', 'WITHDRAWN']
/** Fates of those whom a partner took over, or is to take over. */
const AT_PARTNER: readonly Fate[] = ['WITH_PARTNER', 'PARTNER_HELPED', 'PARTNER_NOT_HELPED']

const HELPED = ['RESOLVED', 'PARTLY', 'REFERRED_ON']
const BY_OUTCOME: Readonly<Record<string, Fate>> = {
  RESOLVED: 'RESOLVED',
  PARTLY: 'PARTLY',
  REFERRED_ON: 'REFERRED_ON',
  NO_HELP_AVAILABLE: 'NOT_HELPED',
  NOT_ELIGIBLE: 'NOT_HELPED',
  DECLINED_BY_PERSON: 'NOT_HELPED',
  NOT_REACHABLE: 'NOT_REACHED',
}
const BY_STATUS: Readonly<Record<Exclude<CallbackStatus, 'CLOSED'>, Fate>> = {
  NEW: 'WAITING',
  CLAIMED: 'WAITING',
  REACHED: 'UNDER_WAY',
  ESCALATED: 'WITH_PARTNER',
  UNREACHABLE: 'NOT_REACHED',
  CANCELLED: 'WITHDRAWN',
}

/**
 * What became of a request.
 * @param outcome in small letters, as it is stored
 * @param byPartner it was a partner who ended it
 */
export function fateOf({ status, outcome, byPartner }: { status: CallbackStatus; outcome: string | null; byPartner: boolean }): Fate {
  if (status !== 'CLOSED') return BY_STATUS[status]
  const known = outcome?.toUpperCase() ?? ''
  if (byPartner) return HELPED.includes(known) ? 'PARTNER_HELPED' : 'PARTNER_NOT_HELPED'
  return BY_OUTCOME[known] ?? 'OTHER'
}

/** Why a partner's case ended without an outcome. */
export const RETURNS = ['REFUSED', 'FAILED', 'MOVED_ON', 'TAKEN_BACK', 'WITHDRAWN'] as const
export type Return = (typeof RETURNS)[number]

const BY_REASON: Readonly<Record<CancelReason, Return>> = {
  REROUTED: 'MOVED_ON',
  TAKEN_BACK: 'TAKEN_BACK',
  AGREEMENT_WITHDRAWN: 'WITHDRAWN',
  ERASED: 'WITHDRAWN',
}

/** Why a case ended that was neither completed nor is open. */
export const returnOf = ({ state, reason }: { state: EscalationState; reason: CancelReason | null }): Return =>
  state === 'REJECTED' ? 'REFUSED' : reason === null ? 'FAILED' : BY_REASON[reason]

/** How long people waited, in minutes of opening hours. */
export type Delay = { median: number; ninetieth: number }

/** So many waited so long. */
export type Wait = { minutes: number; count: number }

/** Of fewer nothing is said: the ninth tenth of ten is one person. */
export const FEWEST_IN_SHARE = 20
/** Minutes are told to the nearest multiple. */
export const ROUNDED_TO = 5

/** Half of them, and nine tenths, waited so many minutes at most; null when there are too few. */
export function delayOf(waits: readonly Wait[]): Delay | null {
  const all = waits.reduce((sum, { count }) => sum + count, 0)
  if (all < FEWEST_IN_SHARE) return null
  const sorted = [...waits].sort((a, b) => a.minutes - b.minutes)
  const within = (share: number): number => {
    let left = Math.ceil(share * all)
    let longest = 0
    for (const { minutes, count } of sorted) {
      if (left <= 0) break
      longest = minutes
      left -= count
    }
    return Math.round(longest / ROUNDED_TO) * ROUNDED_TO
  }
  return { median: within(0.5), ninetieth: within(0.9) }
}

/** What people said of a partner's help, in per cent, to the nearest ten. */
export type Said = {
  /** Of those who answered. */
  contacted: number
  /** Of those who said whether it was; null where these are too few. */
  useful: number | null
  /** Of those who answered. */
  stillNeeded: number
}

/** So many gave these three answers. */
export type Answers = { contacted: boolean; useful: boolean | null; stillNeeded: boolean; count: number }

/**
 * What people said; null when too few did.
 * @param ended with how many a partner came to an end; where this is hidden, or less than twenty, nothing is said: who needs no more help is one of
 * these, and so the answers would tell how many these are at least
 */
export function saidOf(answers: readonly Answers[], ended: Count): Said | null {
  const number = (which: (one: Answers) => boolean | null) => answers.reduce((sum, one) => sum + (which(one) ? one.count : 0), 0)
  const share = (part: number, all: number) => (all < FEWEST_IN_SHARE ? null : Math.round((part / all) * 10) * 10)
  const all = number(() => true)
  const contacted = share(
    number((one) => one.contacted),
    all,
  )
  const stillNeeded = share(
    number((one) => one.stillNeeded),
    all,
  )
  if (contacted === null || stillNeeded === null || (ended.value ?? 0) < FEWEST_IN_SHARE) return null
  const useful = share(
    number((one) => one.useful),
    number((one) => one.useful !== null),
  )
  return { contacted, useful, stillNeeded }
}

/** So many requests. `need` and the key of a commune are empty where they are not known; that of a week is its Monday, YYYY-MM-DD. */
export type RequestFact = Fact<'week' | 'commune' | 'fate'>
/** So often nobody was helped. */
export type UnmetFact = Fact<'reason' | 'commune'>
/** So many waited so long for the first call. Each is counted once by need and once by week. */
export type WaitFact = Wait & { side: 'need' | 'week'; key: string }

/** What is known of partners: how long they took from when they got a case, and what came of it. */
export type PartnerFacts = {
  answer: readonly Wait[]
  outcome: readonly Wait[]
  returned: readonly { key: Return; count: number }[]
  said: readonly Answers[]
}

/** Days in Belgium, YYYY-MM-DD, both included. */
export type Period = { from: string; to: string }

/** What may be said of the demand of a period, all of it together: see `publish`. */
export type Demand = Period & {
  requests: Publication<'week' | 'commune' | 'fate'>
  delays: {
    total: Delay | null
    /** By group of `requests`. */
    groups: readonly (Delay | null)[]
    weeks: ReadonlyMap<string, Delay>
  }
  partners: {
    /** Until a partner said whether it takes a case, and until it had come to an outcome. */
    answer: Delay | null
    outcome: Delay | null
    /** Cases that ended without one. */
    returned: List<Return>
    said: Said | null
  }
}

/** What may be said of needs that were not met. */
export type Unmet = Publication<'reason' | 'commune'>

/** All of a report: what belongs to no line is for everybody's, since whoever may ask for any period could subtract. */
export type Report = Demand & { unmet: Unmet }

export const unmetOf = (facts: readonly UnmetFact[]): Unmet => publish(facts, ['reason', 'commune'])

/** Puts together what may be said, without anything that could lead to fewer than five people. */
export function demandOf(
  period: Period,
  { requests, waits, partners }: { requests: readonly RequestFact[]; waits: readonly WaitFact[]; partners: PartnerFacts },
): Demand {
  const published = publish(requests, ['week', 'commune', 'fate'])
  const listed = new Set(published.groups.map(({ need }) => need))
  const byNeed = waits.filter(({ side }) => side === 'need')
  const byGroup = waitsBy(byNeed, ({ key }) => (listed.has(key) ? key : null))
  const byWeek = waitsBy(
    waits.filter(({ side }) => side === 'week'),
    ({ key }) => key,
  )
  const { keys, totals } = published.tables.week
  // That there is a delay tells that there were twenty calls: of a week that is hidden nothing is told.
  const weeks = keys.flatMap((key, index): [string, Delay][] => {
    const delay = totals[index]?.shown === 'EXACT' ? delayOf(byWeek.get(key) ?? []) : null
    return delay ? [[key, delay]] : []
  })
  return {
    ...period,
    requests: published,
    delays: {
      total: delayOf(byNeed),
      groups: published.groups.map(({ need }) => delayOf(byGroup.get(need) ?? [])),
      weeks: new Map(weeks),
    },
    partners: {
      answer: delayOf(partners.answer),
      outcome: delayOf(partners.outcome),
      returned: publishList(partners.returned),
      said: saidOf(partners.said, endedBy(fatesIn(published, null) ?? [])),
    },
  }
}

function waitsBy<Key>(waits: readonly WaitFact[], keyOf: (wait: WaitFact) => Key): Map<Key, Wait[]> {
  const groups = new Map<Key, Wait[]>()
  for (const wait of waits) {
    const key = keyOf(wait)
    const known = groups.get(key)
    if (known) known.push(wait)
    else groups.set(key, [wait])
  }
  return groups
}

/** What became of a group of requests, in the order of `FATES`; null when it may not be said. */
export const fatesOf = ({ requests }: Demand, group: number | null): FateCounts | null => fatesIn(requests, group)

type FateCounts = { fate: Fate; count: Count }[]

function fatesIn({ tables }: Demand['requests'], group: number | null): FateCounts | null {
  const { keys, totals, cells } = tables.fate
  const counts = group === null ? totals : cells?.[group]
  if (!counts || keys.length === 0) return null
  return FATES.flatMap((fate) => {
    const count = counts[keys.indexOf(fate)]
    return count ? [{ fate, count }] : []
  })
}

/** With how many somebody spoke, as far as all that it is made of is shown. */
export const spokenWith = (fates: readonly { fate: Fate; count: Count }[]): Count =>
  sumOf(fates.flatMap(({ fate, count }) => (NOT_SPOKEN_WITH.includes(fate) ? [] : [count])))

/** How many a partner has taken over or is to take over, as far as all that it is made of is shown. */
export const atPartner = (fates: readonly { fate: Fate; count: Count }[]): Count =>
  sumOf(fates.flatMap(({ fate, count }) => (AT_PARTNER.includes(fate) ? [count] : [])))

/** With how many a partner came to an end. */
const endedBy = (fates: readonly { fate: Fate; count: Count }[]): Count =>
  sumOf(fates.flatMap(({ fate, count }) => (AT_PARTNER.includes(fate) && fate !== 'WITH_PARTNER' ? [count] : [])))
