import { Temporal } from 'temporal-polyfill'
import { remember } from './remember.ts'

/**
 * The ten legal holidays of Belgium (royal decree of 18 April 1974, article 1), as `YYYY-MM-DD`.
 * Extra closing days of public bodies (2 and 15 November …) are not legal holidays and are kept as data.
 */
export const legalHolidays = remember((year: number): ReadonlySet<string> => {
  const easter = easterSunday(year)
  const movable = [1, 39, 50].map((days) => easter.add({ days }).toString())
  const fixed = ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25'].map((day) => `${year}-${day}`)
  return new Set([...fixed, ...movable])
}, 200)

/** Anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const e = b % 4
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const i = Math.floor(c / 4)
  const k = c % 4
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const n = h + l - 7 * m + 114
  return Temporal.PlainDate.from({ year, month: Math.floor(n / 31), day: (n % 31) + 1 })
}
