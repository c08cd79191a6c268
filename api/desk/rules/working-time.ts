import type { Hours } from '../../directory/snapshot.ts'
import { dayIn, dayOf, momentOf, wallClockAt } from '../../service/rules/calendar.ts'
import { remember } from '../../service/rules/remember.ts'
import { type Shift, shiftsOf } from '../../service/rules/shifts.ts'

/**
 * Time as a line works: its opening hours with their exceptions, holidays and clock changes. What was promised is kept by a line that has
 * ended, too, so its last day does not count here. Hours that are not published are taken for open always: else nothing would ever be late.
 */

/** How far a moment is looked for, in days: longer than any closure. */
const HORIZON_DAYS = 60

/** Shifts of each day of a line; a snapshot and its lines never change, and are dropped together. */
const known = new WeakMap<Hours, Map<string, readonly Shift[]>>()

function shiftsOn(hours: Hours, date: string): readonly Shift[] {
  let days = known.get(hours)
  if (!days) {
    days = new Map()
    known.set(hours, days)
  }
  let shifts = days.get(date)
  if (!shifts) {
    const day = dayOf(date)
    const always = hours.schedules.length === 0 && hours.exceptions.length === 0
    const open = always ? [{ start: day.start, end: dayOf(day.next).start }] : shiftsOf(hours, day).open
    shifts = [...open].sort((a, b) => a.start - b.start)
    days.set(date, shifts)
  }
  return shifts
}

/**
 * When a line is open, from a moment to another (milliseconds since the epoch): in order, cut at both ends, without overlap. A night shift
 * belongs to the day on which it begins, so the day before is looked at, too.
 */
export function* openings(hours: Hours, from: number, to: number): Generator<Shift> {
  let reached = from
  for (let day = dayOf(dayOf(dayIn(new Date(from))).previous); day.start < to; day = dayOf(day.next)) {
    for (const shift of shiftsOn(hours, day.date)) {
      const start = Math.max(shift.start, reached)
      const end = Math.min(shift.end, to)
      if (start >= end) continue
      reached = end
      yield { start, end }
    }
  }
}

/** Working time between two moments, in milliseconds, without what lies in one of the pauses. */
export function workingMs(hours: Hours, from: Date, to: Date, pauses: readonly Shift[] = []): number {
  let sum = 0
  for (const opening of openings(hours, from.getTime(), to.getTime()))
    for (const { start, end } of without(opening, pauses)) sum += end - start
  return sum
}

/** The moment by which so much working time (milliseconds) has passed; null when that is not within the horizon. */
export function afterWorking(hours: Hours, from: Date, ms: number, pauses: readonly Shift[] = []): Date | null {
  let left = ms
  // A pause lies in the future at most as far as somebody may ask to be called; from its end on the horizon counts.
  const last = Math.max(from.getTime(), ...pauses.map(({ end }) => end))
  for (const opening of openings(hours, from.getTime(), last + HORIZON_DAYS * DAY_MS)) {
    for (const { start, end } of without(opening, pauses)) {
      if (end - start >= left) return new Date(start + left)
      left -= end - start
    }
  }
  return null
}
const DAY_MS = 86_400_000

/** The first moment from this one on at which a line is open; null when that is not within the horizon. */
export function nextOpening(hours: Hours, from: Date): Date | null {
  const [first] = openings(hours, from.getTime(), from.getTime() + HORIZON_DAYS * DAY_MS)
  return first ? new Date(first.start) : null
}

/** Whether a line is open at a moment. */
export const isOpen = (hours: Hours, at: Date): boolean => nextOpening(hours, at)?.getTime() === at.getTime()

/** What is left of a stretch once the pauses, which may overlap, are taken out. */
function without(stretch: Shift, pauses: readonly Shift[]): Shift[] {
  let left = [stretch]
  for (const pause of pauses) {
    left = left.flatMap(({ start, end }) =>
      pause.end <= start || end <= pause.start
        ? [{ start, end }]
        : [
            { start, end: pause.start },
            { start: pause.end, end },
          ].filter((part) => part.start < part.end),
    )
  }
  return left
}

/** Where the working day has its middle, as slots are cut (`callback/rules/slots.ts`). */
const NOON = '13:00'

/** The half of a day in Belgium, in order: `2026-11-17 0` before 13:00, `2026-11-17 1` after. */
export const halfDayOf = (at: Date): string => halfInHour(Math.floor(at.getTime() / HOUR_MS))

/** By the hour, since Belgium is whole hours from Greenwich and halves begin at whole hours: a long queue has few of them. */
const halfInHour = remember((hours: number): string => {
  const { day, hour } = wallClockAt(new Date(hours * HOUR_MS))
  return `${day} ${hour < 13 ? 0 : 1}`
}, 20_000)
const HOUR_MS = 3_600_000

/** The first moment of the half after the present one, open or not. */
export function nextHalf(at: Date): Date {
  const { day, hour } = wallClockAt(at)
  return new Date(hour < 13 ? momentOf(dayOf(day), NOON) : dayOf(dayOf(day).next).start)
}
