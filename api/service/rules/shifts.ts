import type { Texts } from '../../directory/language.ts'
import type { ClosingDay, Hours, Schedule, ScheduleException } from '../../directory/snapshot.ts'
import type { Holiday } from '../../strings/fr.ts'
import { type Day, daysBetween, dayOf, momentOf, validOn } from './calendar.ts'
import { remember } from './remember.ts'

/** Why the weekly hours of a day do not hold: a legal holiday, or what the editors named, in their words. */
export type Closing = { holiday: Holiday } | { named: Texts<string> }

type Times = Pick<Schedule, 'opensAt' | 'closesAt'>

/** From its first instant to the instant after its last, in milliseconds since the epoch. */
export type Shift = { start: number; end: number }

/**
 * What begins on one day. A shift belongs to the day on which it begins, whole: what closes a day closes neither the night shift of the
 * evening before nor cuts it at midnight.
 * - `open`: the shifts that are worked;
 * - `dropped`: the weekly ones that are not, and why;
 * - `closedFor`: why nothing begins on this day, though its weekly hours say otherwise or are not known.
 */
export type DayShifts = { open: Shift[]; dropped: { shift: Shift; why: Closing | null }[]; closedFor: Closing | null }

/**
 * The shifts of a day. In this order:
 * 1. Exceptions that cover the day replace its weekly hours, holidays included. Of several the one for the fewest days holds, since it was
 *    made with this day in mind; of equally long ones the one that begins last. Those with the same first and last day belong together:
 *    their times add up (a lunch break), and if one of them says closed, closed it is: better not to send anybody to a shut door.
 * 2. On a legal holiday, and on a closing day of the organization, only hours that hold on holidays are worked.
 * 3. Else the weekly hours that are valid hold.
 */
export function shiftsOf(hours: Hours, day: Day): DayShifts {
  const weekly = hours.schedules.filter((schedule) => schedule.byday.includes(day.weekday) && validOn(schedule, day.date))
  const shifts = (list: readonly Times[]) => shiftsOn(day, list)

  const exceptions = mostSpecific(hours.exceptions, day.date)
  if (exceptions.length > 0) {
    const times = exceptions.flatMap(timesOf)
    const open = times.length === exceptions.length ? shifts(times) : []
    const why = reasonOf(exceptions) ?? closureOf(hours.closingDays, day)?.why ?? null
    const isMissed = open.length === 0 && (weekly.length > 0 || hours.schedules.length === 0)
    return { open, dropped: shifts(weekly).map((shift) => ({ shift, why })), closedFor: isMissed ? why : null }
  }

  const closure = closureOf(hours.closingDays, day)
  if (!closure) return { open: shifts(weekly), dropped: [], closedFor: null }
  const open = shifts(weekly.filter(({ openOnHolidays }) => openOnHolidays))
  const dropped = shifts(weekly.filter(({ openOnHolidays }) => !openOnHolidays)).map((shift) => ({ shift, why: closure.why }))
  return { open, dropped, closedFor: open.length === 0 && weekly.length > 0 ? closure.why : null }
}

/** Whether an exception says what happens on a day, `YYYY-MM-DD`. */
export const isExceptional = ({ exceptions }: Hours, date: string): boolean => mostSpecific(exceptions, date).length > 0

export function mostSpecific(exceptions: readonly ScheduleException[], date: string): readonly ScheduleException[] {
  if (!exceptions.some(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay)) return NONE
  const covering = exceptions.filter(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay)
  const [best] = [...covering].sort((a, b) => lengthOf(a) - lengthOf(b) || (a.firstDay < b.firstDay ? 1 : -1))
  return best ? covering.filter(({ firstDay, lastDay }) => firstDay === best.firstDay && lastDay === best.lastDay) : []
}

const NONE: readonly ScheduleException[] = []

const lengthOf = ({ firstDay, lastDay }: ScheduleException): number => daysBetween(firstDay, lastDay)

/** An exception with only one of its two times says nothing that could be kept: it closes. */
const timesOf = ({ opensAt, closesAt }: ScheduleException) => (opensAt === null || closesAt === null ? [] : [{ opensAt, closesAt }])

function reasonOf(exceptions: readonly ScheduleException[]): Closing | null {
  return exceptions.map(({ texts }) => inWords(texts, ({ reason }) => reason)).find((reason) => reason !== null) ?? null
}

/** Whether a day is closed, and for what: a legal holiday, else a closing day of the organization. */
export function closureOf(closingDays: readonly ClosingDay[], { date, holiday }: Day): { why: Closing | null } | null {
  if (holiday) return { why: { holiday } }
  const yearly = date.slice(5)
  const closing = closingDays.find(({ day }) => day === date || day === yearly)
  return closing ? { why: inWords(closing.texts, ({ name }) => name) } : null
}

function inWords<T>(texts: Texts<T>, of: (text: T) => string): Closing | null {
  const words = Object.entries(texts).map(([language, text]) => [language, of(text as T)] as const)
  return words.length > 0 ? { named: Object.fromEntries(words) } : null
}

/**
 * A closing time that is not after the opening time is on the next day; the same time is a whole day. Nothing when a time is not one, or
 * when the clocks go forward over all of it.
 */
function shiftsOn(day: Day, list: readonly Times[]): Shift[] {
  const shifts: Shift[] = []
  for (const { opensAt, closesAt } of list) {
    if (!isTime(opensAt) || !isTime(closesAt)) continue
    const start = momentOf(day, opensAt)
    const end = momentOf(closesAt <= opensAt ? dayOf(day.next) : day, closesAt)
    if (start < end) shifts.push({ start, end })
  }
  return shifts
}

const isTime = remember((time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time), 2_000)
