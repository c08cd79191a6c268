import type { Schedule, Service } from '../../directory/snapshot.ts'
import { type Day, dayOf, momentOf, wallClockAt } from './calendar.ts'

/** How far ahead the next opening is looked for, in days: longer than any holiday closure of a help line. */
const HORIZON_DAYS = 28

/**
 * `known` is false when no hours are published; then `open` says nothing. `suspended`: closed for a time, whatever the hours.
 */
export type Opening = { known: boolean; open: boolean; opensAt: Date | null; closesAt: Date | null; suspended?: boolean }

type Interval = { start: number; end: number }
type Validity = { validFrom: string | null; validTo: string | null }

const ALWAYS: Validity = { validFrom: null, validTo: null }
const CLOSED: Opening = { known: true, open: false, opensAt: null, closesAt: null }

/** Whether a service is open at `at`: by its hours while it is given, and never while it is not. */
export function serviceOpening({ status, schedules }: Pick<Service, 'status' | 'schedules'>, at: Date): Opening {
  if (status === 'TEMPORARILY_CLOSED') return { ...CLOSED, suspended: true }
  return status === 'ACTIVE' ? openingAt(schedules, at) : CLOSED
}

/**
 * Whether the schedules are open at `at`, until when, and when they open next.
 * @param validity the first and last day (`YYYY-MM-DD`, included) on which the service or line exists at all
 * @returns `opensAt` only when closed, `closesAt` only when open; both null when it never closes, or not within four weeks
 */
export function openingAt(schedules: readonly Schedule[], at: Date, validity: Validity = ALWAYS): Opening {
  if (schedules.length === 0) return { known: false, open: false, opensAt: null, closesAt: null }
  const now = at.getTime()
  const today = dayIn(at)
  // A line that opens later than the horizon is looked at from its first day.
  const first = validity.validFrom !== null && validity.validFrom > today ? validity.validFrom : today
  const { intervals, end } = openIntervals(schedules, first, validity)

  const present = intervals.find((interval) => interval.start <= now && now < interval.end)
  if (present) return { known: true, open: true, opensAt: null, closesAt: present.end >= end ? null : new Date(present.end) }
  const next = intervals.find((interval) => interval.start > now)
  return { ...CLOSED, opensAt: next ? new Date(next.start) : null }
}

type Ahead = { intervals: readonly Interval[]; end: number }
/** The last result for each list of hours of the snapshot, which never changes: a cache of what is nearly always asked, today. */
const ahead = new WeakMap<readonly Schedule[], Ahead & { key: string }>()

function openIntervals(schedules: readonly Schedule[], first: string, validity: Validity): Ahead {
  const key = `${first} ${validity.validFrom} ${validity.validTo}`
  let known = ahead.get(schedules)
  if (known?.key !== key) {
    known = { key, ...computeIntervals(schedules, first, validity) }
    ahead.set(schedules, known)
  }
  return known
}

/** The open intervals of the days from the one before `first`, whose night shift may still be open, to the horizon, where they end. */
function computeIntervals(schedules: readonly Schedule[], first: string, validity: Validity): Ahead {
  const intervals: Interval[] = []
  let day: Day = dayOf(dayOf(first).previous)
  for (let offset = 0; offset <= HORIZON_DAYS; offset++, day = dayOf(day.next)) {
    if (!validOn(validity, day.date)) continue
    for (const schedule of schedules) {
      if (day.holiday && !schedule.openOnHolidays) continue
      if (!schedule.byday.includes(day.weekday) || !validOn(schedule, day.date)) continue
      const overnight = schedule.closesAt <= schedule.opensAt
      intervals.push({ start: momentOf(day, schedule.opensAt), end: momentOf(overnight ? dayOf(day.next) : day, schedule.closesAt) })
    }
  }
  return { intervals: merge(intervals.sort((a, b) => a.start - b.start)), end: day.start }
}

/** Whether something with a first and a last day, both included and both optional, holds on a day. Days are `YYYY-MM-DD`. */
export const validOn = ({ validFrom, validTo }: Validity, day: string): boolean =>
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
export const dayIn = (at: Date): string => wallClockAt(at).day
