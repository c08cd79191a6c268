import { Temporal } from 'temporal-polyfill'
import type { Schedule } from '../../directory/snapshot.ts'
import { legalHolidays } from './holidays.ts'

/** Opening hours are those of a clock on a wall in Belgium, whatever the server's clock. */
export const TIME_ZONE = 'Europe/Brussels'
/** How far ahead the next opening is looked for, in days: longer than any holiday closure of a help line. */
const HORIZON_DAYS = 28
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** `known` is false when no hours are published; then `open` says nothing. */
export type Opening = { known: boolean; open: boolean; opensAt: Date | null; closesAt: Date | null }

type Interval = { start: number; end: number }

/**
 * Whether the schedules are open at `at`, until when, and when they open next.
 * @param validity the first and last day (`YYYY-MM-DD`, included) on which the service or line exists at all
 * @returns `opensAt` only when closed, `closesAt` only when open; both null when it never closes, or not within four weeks
 */
export function openingAt(
  schedules: readonly Schedule[],
  at: Date,
  validity: { validFrom: string | null; validTo: string | null } = { validFrom: null, validTo: null },
): Opening {
  if (schedules.length === 0) return { known: false, open: false, opensAt: null, closesAt: null }
  const now = at.getTime()
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(TIME_ZONE).toPlainDate()
  // Yesterday's night shift may still be open; a line that opens later than the horizon is looked at from its first day.
  const first = validity.validFrom !== null && validity.validFrom > today.toString() ? Temporal.PlainDate.from(validity.validFrom) : today
  const intervals = merge(openIntervals(schedules, first.subtract({ days: 1 }), validity))
  const end = first.add({ days: HORIZON_DAYS }).toZonedDateTime(TIME_ZONE).epochMilliseconds

  const present = intervals.find((interval) => interval.start <= now && now < interval.end)
  if (present) return { known: true, open: true, opensAt: null, closesAt: present.end >= end ? null : new Date(present.end) }
  const next = intervals.find((interval) => interval.start > now)
  return { known: true, open: false, opensAt: next ? new Date(next.start) : null, closesAt: null }
}

function openIntervals(
  schedules: readonly Schedule[],
  first: Temporal.PlainDate,
  validity: { validFrom: string | null; validTo: string | null },
): Interval[] {
  const intervals: Interval[] = []
  for (let offset = 0; offset <= HORIZON_DAYS; offset++) {
    const date = first.add({ days: offset })
    const day = date.toString()
    if (!validOn(validity, day)) continue
    const holiday = legalHolidays(date.year).has(day)
    for (const schedule of schedules) {
      if (holiday && !schedule.openOnHolidays) continue
      if (!schedule.byday.includes(DAYS[date.dayOfWeek - 1] as string) || !validOn(schedule, day)) continue
      const overnight = schedule.closesAt <= schedule.opensAt
      intervals.push({
        start: momentOf(date, schedule.opensAt),
        end: momentOf(overnight ? date.add({ days: 1 }) : date, schedule.closesAt),
      })
    }
  }
  return intervals.sort((a, b) => a.start - b.start)
}

/** Milliseconds since the epoch. On a clock change a time that does not exist moves forward, one that exists twice is the first. */
const momentOf = (date: Temporal.PlainDate, time: string): number =>
  date.toZonedDateTime({ timeZone: TIME_ZONE, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds

/** Whether something with a first and a last day, both included and both optional, holds on a day. Days are `YYYY-MM-DD`. */
export const validOn = ({ validFrom, validTo }: { validFrom: string | null; validTo: string | null }, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)

/** Intervals that touch become one, so that a line open round the clock does not "close" at midnight. */
function merge(sorted: Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const interval of sorted) {
    const last = merged.at(-1)
    if (last && interval.start <= last.end) last.end = Math.max(last.end, interval.end)
    else merged.push({ ...interval })
  }
  return merged
}

/** The calendar day in Belgium at a moment, as `YYYY-MM-DD`. */
export const dayIn = (at: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString()
