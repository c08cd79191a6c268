import { Temporal } from 'temporal-polyfill'
import type { Holiday } from '../../strings/fr.ts'
import { legalHolidays } from './holidays.ts'
import { remember } from './remember.ts'

/** Opening hours are those of a clock on a wall in Belgium, whatever the server's clock. */
export const TIME_ZONE = 'Europe/Brussels'
/** As JavaScript counts them. */
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const DAY_MS = 86_400_000

/** A day in Belgium; other days as `YYYY-MM-DD`. */
export type Day = {
  date: string
  /** MO TU WE TH FR SA SU */
  weekday: string
  /** The legal holiday that it is, if any. */
  holiday: Holiday | null
  /** Its first instant, in milliseconds since the epoch. */
  start: number
  /** Has 24 hours: no clock change. */
  regular: boolean
  previous: string
  next: string
}

const startOf = remember((date: string) => Temporal.PlainDate.from(date).toZonedDateTime(TIME_ZONE).epochMilliseconds, 20_000)

/** Temporal is exact and slow, and every service asks about the same four weeks: 20,000 days are a few megabytes. */
export const dayOf = remember((date: string): Day => {
  // Calendar days are counted in UTC, where each has 24 hours.
  const noon = new Date(`${date}T12:00:00Z`)
  const neighbour = (days: number) => new Date(noon.getTime() + days * DAY_MS).toISOString().split('T')[0] as string
  const start = startOf(date)
  const next = neighbour(1)
  return {
    date,
    weekday: DAYS[noon.getUTCDay()] as string,
    holiday: legalHolidays(noon.getUTCFullYear()).get(date) ?? null,
    start,
    regular: startOf(next) - start === DAY_MS,
    previous: neighbour(-1),
    next,
  }
}, 20_000)

/** Milliseconds since the epoch. On a clock change a time (HH:MM) that does not exist moves forward, one that exists twice is the first. */
export function momentOf({ date, start, regular }: Day, time: string): number {
  if (regular) return start + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000
  return Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
}

const SECOND_MS = 1_000

/** By the second: everybody who asks now asks the same. Not by the minute, since local time once was not whole minutes from Greenwich. */
const wallClock = remember((seconds: number) => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(seconds * SECOND_MS).toZonedDateTimeISO(TIME_ZONE)
  return { day: zoned.toPlainDate().toString(), hour: zoned.hour, minute: zoned.minute }
}, 2_000)

/** What a clock and a calendar on a wall in Belgium show at a moment; the day as `YYYY-MM-DD`. */
export const wallClockAt = (at: Date): { day: string; hour: number; minute: number } => wallClock(Math.floor(at.getTime() / SECOND_MS))

/** How many days `to` comes after `from`, both `YYYY-MM-DD`. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS

/** Whether something with a first and a last day, both included and both optional, holds on a day. Days are `YYYY-MM-DD`. */
export const validOn = ({ validFrom, validTo }: { validFrom: string | null; validTo: string | null }, day: string): boolean =>
  (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo)

/** The calendar day in Belgium at a moment, as `YYYY-MM-DD`. */
export const dayIn = (at: Date): string => wallClockAt(at).day
