import { fill } from '../shared/languages.ts'
import type { Words } from './strings/fr.ts'

/** Everything at the desk happens on clocks in Belgium, wherever the browser thinks it is. */
const ZONE = 'Europe/Brussels'
const DAY_MINUTES = 8 * 60

/** "12 min", "2 h 05", and from two working days on "3 working days": of eight hours, as targets are counted. */
export function spanOf(minutes: number, t: Words): string {
  const whole = Math.max(0, Math.round(minutes))
  if (whole < 60) return fill(t.min, { n: whole })
  if (whole >= 2 * DAY_MINUTES) return fill(t.days, { n: Math.round(whole / DAY_MINUTES) })
  const rest = whole % 60
  const hours = Math.floor(whole / 60)
  return rest ? fill(t.hourMin, { h: hours, m: String(rest).padStart(2, '0') }) : fill(t.hour, { n: hours })
}

const part = (language: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone: ZONE, ...options })

/** `2026-11-23`: the day in Belgium. */
export const dayOf = (at: Date): string => part('sv', { dateStyle: 'short' }).format(at)

export const clockOf = (at: string | Date, language: string): string => part(language, { timeStyle: 'short' }).format(new Date(at))

/** "10:05" today, "Tue 24 Nov, 10:05" on another day. */
export function momentOf(at: string, language: string, now: Date): string {
  const date = new Date(at)
  if (dayOf(date) === dayOf(now)) return clockOf(date, language)
  return part(language, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(date)
}

/** "Monday 23 November" of `2026-11-23`. */
export const dayName = (day: string, language: string): string =>
  new Date(`${day}T12:00Z`).toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

/** The moment that a clock in Belgium shows as this; of an hour that comes twice the first, nothing for what is no moment. */
export function momentAt(day: string, time: string): string | undefined {
  const wall = Date.parse(`${day}T${time}Z`)
  if (Number.isNaN(wall)) return
  for (const hours of [2, 1]) {
    const date = new Date(wall - hours * 3_600_000)
    if (`${dayOf(date)}T${part('sv', { timeStyle: 'short' }).format(date)}` === `${day}T${time.slice(0, 5)}`) return date.toISOString()
  }
}

export const minutesBetween = (from: Date | number, to: string): number => (Date.parse(to) - Number(from)) / 60_000
