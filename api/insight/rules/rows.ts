import type { UnmetReason } from '../../db/generated/enums.ts'
import { atPartner, type Delay, type Demand, type Fate, fatesOf, spokenWith, type Unmet } from './demand.ts'
import { type Count, hiddenAmong } from './publication.ts'

/** By what demand is counted. */
export type By = 'NEED' | 'WEEK' | 'COMMUNE' | 'NEED_AND_WEEK' | 'NEED_AND_COMMUNE'

/** One row of a table of demand. What is null is not counted by this, or may not be said. */
export type Row = {
  /** Code; empty where it was not told; null in a row that is not of one need. */
  need: string | null
  /** Of all needs that have no row of their own. */
  others: boolean
  week: string | null
  /** NIS code; empty where it is not known; null in a row that is not of one. */
  commune: string | null
  requests: Count | null
  reached: Count | null
  escalated: Count | null
  fates: readonly { fate: Fate; count: Count }[] | null
  delay: Delay | null
}

const EMPTY: Row = {
  need: null,
  others: false,
  week: null,
  commune: null,
  requests: null,
  reached: null,
  escalated: null,
  fates: null,
  delay: null,
}

const REASONS: readonly UnmetReason[] = ['NOTHING_FOUND', 'OUT_OF_AREA', 'NOT_ELIGIBLE', 'FULL', 'CLOSED']

/** All of a period. */
export function totalOf(demand: Demand): Row {
  return {
    ...EMPTY,
    requests: demand.requests.total,
    ...became(fatesOf(demand, null)),
    delay: demand.delays.total,
  }
}

/** A period row by row; cells of two sides that are nought are left out. */
export function rowsOf(demand: Demand, by: By): Row[] {
  switch (by) {
    case 'NEED':
      return byNeed(demand)
    case 'WEEK':
      return demand.requests.tables.week.keys.map((week, index) => ({
        ...EMPTY,
        week,
        requests: demand.requests.tables.week.totals[index] as Count,
        delay: demand.delays.weeks.get(week) ?? null,
      }))
    case 'COMMUNE':
      return demand.requests.tables.commune.keys.map((commune, index) => ({
        ...EMPTY,
        commune,
        requests: demand.requests.tables.commune.totals[index] as Count,
      }))
    case 'NEED_AND_WEEK':
      return crossed(demand, 'week')
    default:
      return crossed(demand, 'commune')
  }
}

/** How many numbers of a period are not shown: in its rows, or in all of it when it is not asked for row by row. */
export const hiddenIn = (demand: Demand, by: By | null): number =>
  hiddenAmong(
    (by === null ? [totalOf(demand)] : rowsOf(demand, by)).flatMap(({ requests, fates }) => [
      ...(requests ? [requests] : []),
      ...(fates ?? []).map(({ count }) => count),
    ]),
  )

/** Needs that are shown by themselves or as few, then all that have no number together; with what else is known of each of these. */
function byNeed(demand: Demand): Row[] {
  const { needs, groups } = demand.requests
  const groupOf = (need: string | null) => groups.findIndex((group) => group.need === need)
  const about = (group: number): Partial<Row> =>
    group === -1 ? {} : { ...became(fatesOf(demand, group)), delay: demand.delays.groups[group] ?? null }
  const asked = needs.map(({ need, count }): Row => ({ ...EMPTY, need, requests: count, ...about(groupOf(need)) }))
  const rest = groupOf(null)
  if (rest === -1) return asked
  return [...asked, { ...EMPTY, others: true, requests: { shown: 'EXACT', value: groups[rest]?.count ?? 0 }, ...about(rest) }]
}

function crossed({ requests }: Demand, side: 'week' | 'commune'): Row[] {
  const { keys, cells } = requests.tables[side]
  return (cells ?? []).flatMap((row, r) =>
    keys.flatMap((key, column): Row[] => {
      const count = row[column] as Count
      const need = requests.groups[r]?.need ?? null
      return count.value === 0 ? [] : [{ ...EMPTY, need, others: need === null, [side]: key, requests: count }]
    }),
  )
}

const became = (fates: Row['fates']): Partial<Row> => (fates ? { fates, reached: spokenWith(fates), escalated: atPartner(fates) } : {})

/** Why nobody was helped. @param group null: with anything */
export function reasonsOf({ tables }: Unmet, group: number | null): { reason: UnmetReason; count: Count }[] {
  const { keys, totals, cells } = tables.reason
  const counts = group === null ? totals : cells?.[group]
  return REASONS.flatMap((reason) => {
    const count = counts?.[keys.indexOf(reason)]
    return count ? [{ reason, count }] : []
  })
}
