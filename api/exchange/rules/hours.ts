import { Temporal } from 'temporal-polyfill'
import type { HoursDocument } from '../../editing/rules/documents.ts'
import { seasonAt } from '../../hsds/map/schedule.ts'
import { WEEK } from '../../service/rules/wording.ts'

/** Weekly times as a file tells them, with the days on which they hold; null: without an end. */
export type ToldHours = { days: readonly string[]; opens: string; closes: string; from: string | null; to: string | null }
/** The same as they were meant. */
export type Hours = Pick<HoursDocument, 'days' | 'opens' | 'closes' | 'validFrom' | 'validTo'>

/**
 * The weekly hours behind the entries of a feed. Feeds tell times with their offset from UTC, so that one rule becomes an entry for each season,
 * and what is open past midnight becomes two (`hsds/map/schedule.ts`). Here they are put together again: whatever began in the past holds, whatever
 * ends with a season goes on, and entries that touch are one.
 * @param today the day in Belgium: what is over by then is left out
 */
export function hoursBehind(told: readonly ToldHours[], today: string): Hours[] {
  const groups = new Map<string, ToldHours[]>()
  for (const one of acrossMidnight(told)) {
    if (one.to !== null && one.to < today) continue
    const key = `${one.days.join()} ${one.opens} ${one.closes}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => merged(group, today)).sort(inOrder)
}

function merged(group: readonly ToldHours[], today: string): Hours[] {
  const stretches = [...group].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
  const found: ToldHours[] = []
  for (const one of stretches) {
    const last = found.at(-1)
    const touches = last && (last.to === null || one.from === null || one.from <= next(last.to))
    if (touches) found[found.length - 1] = { ...last, to: last.to === null || one.to === null ? null : last.to > one.to ? last.to : one.to }
    else found.push(one)
  }
  return found.map(({ days, opens, closes, from, to }) => ({
    days: [...days],
    opens,
    closes,
    validFrom: from !== null && from > today ? from : null,
    validTo: to !== null && seasonAt(to).to !== to ? to : null,
  }))
}

/** The evening of a day and the morning of the next are one opening. */
const acrossMidnight = (told: readonly ToldHours[]): ToldHours[] =>
  told.flatMap((one) => {
    if (told.some((other) => isMorningOf(other, one))) return []
    if (one.closes !== '23:59') return [one]
    return [{ ...one, closes: told.find((other) => isMorningOf(one, other))?.closes ?? '00:00' }]
  })

function isMorningOf(evening: ToldHours, { days, opens, closes, from, to }: ToldHours): boolean {
  if (evening.closes !== '23:59' || evening.opens === '00:00' || opens !== '00:00' || closes === '23:59' || closes > evening.opens)
    return false
  const after = WEEK.filter((_day, index) => evening.days.includes(WEEK[(index + 6) % 7] as (typeof WEEK)[number]))
  const shifted = (day: string | null, before: string | null) => day === before || (before !== null && day === next(before))
  return after.join() === days.join() && shifted(from, evening.from) && shifted(to, evening.to)
}

const next = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

const inOrder = (a: Hours, b: Hours): number => (keyOf(a) < keyOf(b) ? -1 : 1)
const keyOf = ({ days, opens, closes, validFrom }: Hours): string =>
  [WEEK.indexOf((days[0] ?? 'MO') as (typeof WEEK)[number]), opens, closes, validFrom ?? '', days.join()].join(' ')
