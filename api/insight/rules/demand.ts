import type { CallbackStatus, UnmetReason } from '../../db/generated/enums.ts'
import { type Count, type Publication, publish, sumOf } from './publication.ts'

/** What became of a request; each has one of these. */
export const FATES = [
  'WAITING',
  'UNDER_WAY',
  'WITH_PARTNER',
  'RESOLVED',
  'PARTLY',
  'REFERRED_ON',
  'PARTNER_HELPED',
  'PARTNER_NOT_HELPED',
  'NO_HELP_AVAILABLE',
  'NOT_ELIGIBLE',
  'DECLINED_BY_PERSON',
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
  NO_HELP_AVAILABLE: 'NO_HELP_AVAILABLE',
  NOT_ELIGIBLE: 'NOT_ELIGIBLE',
  DECLINED_BY_PERSON: 'DECLINED_BY_PERSON',
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

/** How long people waited for the first call, in minutes of opening hours. */
export type Delay = { median: number; ninetieth: number }

/** Of fewer calls nothing is said: the ninth tenth of ten is one person. */
const FEWEST_DELAYS = 20
/** Minutes are told to the nearest multiple. */
const ROUNDED_TO = 5

/** Half of the calls, and nine tenths of them, came within so many minutes; null when there are too few. */
export function delayOf(minutes: readonly number[]): Delay | null {
  if (minutes.length < FEWEST_DELAYS) return null
  const sorted = [...minutes].sort((a, b) => a - b)
  const within = (share: number) => Math.round((sorted[Math.ceil(share * sorted.length) - 1] as number) / ROUNDED_TO) * ROUNDED_TO
  return { median: within(0.5), ninetieth: within(0.9) }
}

/** So many requests of one kind. `need` and `commune` are empty where they are not known; `week` is its Monday, YYYY-MM-DD. */
export type RequestFact = { need: string; commune: string; week: string; fate: Fate; count: number }
/** So often nobody was helped. */
export type UnmetFact = { need: string; commune: string; reason: UnmetReason; count: number }
/** How long somebody waited for the first call. */
export type DelayFact = { need: string; week: string; minutes: number }

/** Days in Belgium, YYYY-MM-DD, both included. */
export type Period = { from: string; to: string }

/** What may be said of the demand of a period, all of it together: see `publish`. */
export type Demand = Period & {
  requests: Publication<'week' | 'commune' | 'fate'>
  unmet: Publication<'reason' | 'commune'>
  delays: {
    total: Delay | null
    /** By group of `requests`. */
    groups: readonly (Delay | null)[]
    weeks: ReadonlyMap<string, Delay>
  }
}

/** Puts together what may be said, without anything that could lead to fewer than five people. */
export function demandOf(
  period: Period,
  { requests, unmet, delays }: { requests: readonly RequestFact[]; unmet: readonly UnmetFact[]; delays: readonly DelayFact[] },
): Demand {
  const published = publish(requests, ['week', 'commune', 'fate'])
  const listed = new Set(published.groups.map(({ need }) => need))
  const byGroup = minutesBy(delays, ({ need }) => (listed.has(need) ? need : null))
  const byWeek = minutesBy(delays, ({ week }) => week)
  const { keys, totals } = published.tables.week
  // That there is a delay tells that there were twenty calls: of a week that is hidden nothing is told.
  const weeks = keys.flatMap((key, index): [string, Delay][] => {
    const delay = totals[index]?.shown === 'EXACT' ? delayOf(byWeek.get(key) ?? []) : null
    return delay ? [[key, delay]] : []
  })
  return {
    ...period,
    requests: published,
    unmet: publish(unmet, ['reason', 'commune']),
    delays: {
      total: delayOf(delays.map(({ minutes }) => minutes)),
      groups: published.groups.map(({ need }) => delayOf(byGroup.get(need) ?? [])),
      weeks: new Map(weeks),
    },
  }
}

function minutesBy<Key>(delays: readonly DelayFact[], keyOf: (delay: DelayFact) => Key): Map<Key, number[]> {
  const groups = new Map<Key, number[]>()
  for (const delay of delays) {
    const key = keyOf(delay)
    const known = groups.get(key)
    if (known) known.push(delay.minutes)
    else groups.set(key, [delay.minutes])
  }
  return groups
}

/** What became of a group of requests, in the order of `FATES`; null when it may not be said. */
export function fatesOf({ requests }: Demand, group: number | null): { fate: Fate; count: Count }[] | null {
  const { keys, totals, cells } = requests.tables.fate
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
