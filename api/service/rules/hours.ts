import type { Hours, Service } from '../../directory/snapshot.ts'
import { dayIn, dayOf, validOn } from './calendar.ts'
import { type Closing, type DayShifts, isExceptional, type Shift, shiftsOf } from './shifts.ts'

/** How far ahead the next opening is looked for, in days: longer than any holiday closure of a help line. */
const HORIZON_DAYS = 28

/**
 * `known` is false when no hours are published, or a check failed; then `open` says nothing.
 * `closedFor`: why it is closed at this moment although its weekly hours say otherwise, or are not known.
 * `suspended`: closed for a time, whatever the hours. `ended`: its last day has passed.
 */
export type Opening = {
  known: boolean
  open: boolean
  opensAt: Date | null
  closesAt: Date | null
  closedFor: Closing | null
  suspended?: boolean
  ended?: boolean
}

type Validity = { validFrom: string | null; validTo: string | null }

const ALWAYS: Validity = { validFrom: null, validTo: null }
const CLOSED: Opening = { known: true, open: false, opensAt: null, closesAt: null, closedFor: null }
const UNKNOWN: Opening = { ...CLOSED, known: false }

/**
 * Whether a service is open at `at`: by its hours while it is given, and never while it is not. Hours that a check found wrong are not known:
 * nobody is sent to a door that did not open.
 */
export function serviceOpening(service: Pick<Service, 'status' | 'checkFailedOn' | keyof Hours>, at: Date): Opening {
  if (service.status === 'TEMPORARILY_CLOSED') return { ...CLOSED, suspended: true }
  if (service.status !== 'ACTIVE') return CLOSED
  return service.checkFailedOn === null ? openingAt(service, at) : UNKNOWN
}

/**
 * Whether something is open at `at`, until when, and when it opens next.
 * @param hours the service or line itself: what is worked out for its next weeks is kept by it
 * @param validity the first and last day (`YYYY-MM-DD`, included) on which it exists at all
 * @returns `opensAt` only when closed, `closesAt` only when open; both null when it never closes, or not within four weeks
 */
export function openingAt(hours: Hours, at: Date, validity: Validity = ALWAYS): Opening {
  const today = dayIn(at)
  const hasEnded = validity.validTo !== null && validity.validTo < today
  const first = validity.validFrom !== null && validity.validFrom > today ? validity.validFrom : today
  // What is not there is closed for certain, whatever is known of its hours.
  if (hours.schedules.length === 0 && hours.exceptions.length === 0)
    return hasEnded ? { ...CLOSED, ended: true } : first > today ? CLOSED : UNKNOWN

  const now = at.getTime()
  // A line that opens later than the horizon is looked at from its first day; the night shift of its last one may still be under way.
  const { intervals, end, missed, closedFor } = hoursAhead(hours, first, validity)
  const present = intervals.find((interval) => interval.start <= now && now < interval.end)
  if (present) return { ...CLOSED, open: true, closesAt: present.end >= end ? null : new Date(present.end) }
  if (hasEnded) return { ...CLOSED, ended: true }
  if (first === today && !isKnown(hours, today)) return UNKNOWN
  const next = intervals.find((interval) => interval.start > now && isKnownUntil(hours, first, interval.start))
  const why = missed.find(({ shift }) => shift.start <= now && now < shift.end)?.why ?? (first === today ? closedFor : null)
  return { ...CLOSED, opensAt: next ? new Date(next.start) : null, closedFor: why }
}

/** Whether the hours of a day are told: without weekly hours only the days of an exception are. */
const isKnown = (hours: Hours, day: string): boolean => hours.schedules.length > 0 || isExceptional(hours, day)

/** Whether they are from a day to the one of a moment: past a day of which nothing is known, no opening is the next one. */
function isKnownUntil(hours: Hours, from: string, moment: number): boolean {
  if (hours.schedules.length > 0) return true
  const last = dayIn(new Date(moment))
  for (let day = from; day <= last; day = dayOf(day).next) if (!isKnown(hours, day)) return false
  return true
}

type Ahead = {
  intervals: readonly Shift[]
  /** The horizon, in milliseconds since the epoch. */
  end: number
  /** Usual shifts of the first day and the one before that are not worked, with the reason. */
  missed: DayShifts['dropped']
  /** Why nothing begins on the first day, though it usually does or might. */
  closedFor: Closing | null
}
/** The last result for each service and line of the snapshot, which never changes: a cache of what is nearly always asked, today. */
const ahead = new WeakMap<Hours, Ahead & { key: string }>()

/**
 * When something is open from the day before `first`, whose night shift may still be under way, to the horizon: in order, without overlap,
 * and with gaps between them. The last may reach over `end`, where the horizon is.
 */
export function hoursAhead(hours: Hours, first: string, validity: Validity = ALWAYS): Ahead {
  const key = `${first} ${validity.validFrom} ${validity.validTo}`
  let known = ahead.get(hours)
  if (known?.key !== key) {
    known = { key, ...computeAhead(hours, first, validity) }
    ahead.set(hours, known)
  }
  return known
}

function computeAhead(hours: Hours, first: string, validity: Validity): Ahead {
  const shifts: Shift[] = []
  const missed: DayShifts['dropped'] = []
  let closedFor: Closing | null = null
  let day = dayOf(dayOf(first).previous)
  for (let offset = 0; offset <= HORIZON_DAYS; offset++, day = dayOf(day.next)) {
    if (!validOn(validity, day.date)) continue
    const { open, dropped, closedFor: why } = shiftsOf(hours, day)
    shifts.push(...open)
    if (day.date <= first) missed.push(...dropped)
    if (day.date === first) closedFor = why
  }
  return { intervals: merge(shifts.sort((a, b) => a.start - b.start)), end: day.start, missed, closedFor }
}

/** Intervals that touch become one, so that a line open round the clock does not "close" at midnight. */
function merge(sorted: readonly Shift[]): Shift[] {
  const merged: Shift[] = []
  for (const interval of sorted) {
    const last = merged.at(-1)
    if (last && interval.start <= last.end) last.end = Math.max(last.end, interval.end)
    else merged.push({ ...interval })
  }
  return merged
}
