import { Temporal } from 'temporal-polyfill'
import type { Holiday } from '../../strings/fr.ts'
import { remember } from './remember.ts'

/** The same day each year. */
const FIXED: Partial<Record<Holiday, string>> = {
  'new-year': '01-01',
  'labour-day': '05-01',
  'national-day': '07-21',
  assumption: '08-15',
  'all-saints': '11-01',
  armistice: '11-11',
  christmas: '12-25',
}
/** Days after Easter Sunday. */
const MOVABLE: Partial<Record<Holiday, number>> = { 'easter-monday': 1, ascension: 39, 'whit-monday': 50 }

/**
 * The legal holidays of Belgium (royal decree of 18 April 1974, article 1) in a year, by their day, `YYYY-MM-DD`. When two fall on one day (Ascension on 1 May), the day bears the name of the
 * fixed one. Extra closing days of public bodies (2 and 15 November …) are not legal holidays and are kept as data.
 */
export const legalHolidays = remember((year: number): ReadonlyMap<string, Holiday> => {
  const easter = easterSunday(year)
  const movable = entriesOf(MOVABLE).map(([name, days]) => [easter.add({ days }).toString(), name] as const)
  const fixed = entriesOf(FIXED).map(([name, day]) => [`${year}-${day}`, name] as const)
  return new Map([...movable, ...fixed])
}, 200)

const entriesOf = <T>(record: Partial<Record<Holiday, T>>) => Object.entries(record) as [Holiday, T][]

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
