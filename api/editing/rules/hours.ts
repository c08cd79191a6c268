import type { Checks } from './checks.ts'
import { LONGEST } from './checks.ts'
import type { ExceptionDocument, HoursDocument } from './documents.ts'

/** As in iCalendar, from Monday. */
const WEEK: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES

/** What is wrong with weekly hours and the days on which they do not hold. */
export function checkHours(checks: Checks, hours: readonly HoursDocument[], exceptions: readonly ExceptionDocument[]): void {
  checks.list('hours', hours, LONGEST.hours)
  checks.list('exceptions', exceptions, LONGEST.hours)
  let readable = true
  for (const [index, { days, opens, closes, validFrom, validTo }] of hours.entries()) {
    const path = ['hours', String(index)]
    const wrong = [
      ...(days.every((day) => WEEK.includes(day)) && new Set(days).size === days.length ? [] : ['days']),
      ...(TIME.test(opens) ? [] : ['opens']),
      ...(TIME.test(closes) ? [] : ['closes']),
    ]
    for (const name of wrong) {
      if (name === 'days') checks.refuse([...path, name], 'malformed')
      // What is not filled in yet is missing; what is no time is a mistake.
      else if ((name === 'opens' ? opens : closes) === '') checks.lack([...path, name], 'required')
      else checks.refuse([...path, name], 'time_malformed')
    }
    if (wrong.length > 0) readable = false
    if (days.length === 0) checks.lack([...path, 'days'], 'required')
    checks.validity(path, { validFrom, validTo })
  }
  if (readable) for (const { index, day } of overlaps(hours)) checks.lack(['hours', String(index), 'opens'], 'hours_overlap', { day })
  for (const [index, { firstDay, lastDay, opens, closes, reason }] of exceptions.entries()) {
    const path = ['exceptions', String(index)]
    for (const [name, time] of [
      ['opens', opens],
      ['closes', closes],
    ] as const) {
      if (time !== null && !TIME.test(time)) checks.refuse([...path, name], 'time_malformed')
    }
    if ((opens === null) !== (closes === null)) checks.lack([...path, opens === null ? 'opens' : 'closes'], 'exception_half')
    if (lastDay < firstDay) checks.lack([...path, 'lastDay'], 'valid_range_reversed')
    if (isToldBefore(exceptions, index)) checks.lack(path, 'exception_twice')
    checks.label([...path, 'reason'], reason, { needed: false })
  }
}

/**
 * Hours that begin or last while others of the list do, on a day on which both hold.
 * @returns for each that clashes with one before it: its place in the list, and the weekday (MO …) on which it begins
 */
export function overlaps(hours: readonly HoursDocument[]): { index: number; day: string }[] {
  const spans = hours.map(spansOf)
  return hours.flatMap((one, index) => {
    for (const [before, other] of hours.entries()) {
      if (before >= index) break
      if (!meet(one, other)) continue
      const clash = spans[index]?.find((span) => spans[before]?.some((known) => cross(span, known)))
      if (clash) return [{ index, day: clash.day }]
    }
    return []
  })
}

type Span = { day: string; start: number; end: number }

/** In minutes since Monday, midnight; what lasts over Sunday's midnight ends in the next week. */
function spansOf({ days, opens, closes }: HoursDocument): Span[] {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return days.map((day) => {
    const start = WEEK.indexOf(day) * DAY_MINUTES + minutes(opens)
    const length = minutes(closes) - minutes(opens)
    return { day, start, end: start + (length > 0 ? length : length + DAY_MINUTES) }
  })
}

/** Whether two spans have a moment in common, in this week or over its end. */
const cross = (a: Span, b: Span): boolean =>
  [-WEEK_MINUTES, 0, WEEK_MINUTES].some((shift) => a.start + shift < b.end && b.start < a.end + shift)

/** Whether there is a day on which both hold. */
const meet = (a: HoursDocument, b: HoursDocument): boolean =>
  (a.validFrom === null || b.validTo === null || a.validFrom <= b.validTo) &&
  (b.validFrom === null || a.validTo === null || b.validFrom <= a.validTo)

/** Whether an earlier one says the same of the same days; several times of one day belong together (a lunch break). */
function isToldBefore(exceptions: readonly ExceptionDocument[], index: number): boolean {
  const one = exceptions[index]
  return exceptions
    .slice(0, index)
    .some(
      (other) =>
        one !== undefined &&
        other.firstDay === one.firstDay &&
        other.lastDay === one.lastDay &&
        (other.opens === null || one.opens === null || other.opens === one.opens),
    )
}
