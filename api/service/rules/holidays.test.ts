import { expect, test } from 'vitest'
import { stringsFor } from '../../strings/strings.ts'
import { legalHolidays } from './holidays.ts'

// Easter Sundays from the tables of the Royal Observatory of Belgium; the extremes of the calendar are 22 March and 25 April.
const movable: [year: number, easterMonday: string, ascension: string, whitMonday: string][] = [
  [1818, '03-23', '04-30', '05-11'],
  [1943, '04-26', '06-03', '06-14'],
  [2000, '04-24', '06-01', '06-12'],
  [2008, '03-24', '05-01', '05-12'],
  [2020, '04-13', '05-21', '06-01'],
  [2024, '04-01', '05-09', '05-20'],
  [2025, '04-21', '05-29', '06-09'],
  [2026, '04-06', '05-14', '05-25'],
  [2027, '03-29', '05-06', '05-17'],
  [2030, '04-22', '05-30', '06-10'],
  [2038, '04-26', '06-03', '06-14'],
]

test.each(movable)('in %i Easter Monday is %s, Ascension Day %s and Whit Monday %s', (year, ...days) => {
  const holidays = legalHolidays(year)
  for (const day of days) expect([...holidays.keys()]).toContain(`${year}-${day}`)
})

test('the ten legal holidays of 2026 are these and no others', () => {
  expect([...legalHolidays(2026).keys()].sort()).toEqual([
    '2026-01-01',
    '2026-04-06',
    '2026-05-01',
    '2026-05-14',
    '2026-05-25',
    '2026-07-21',
    '2026-08-15',
    '2026-11-01',
    '2026-11-11',
    '2026-12-25',
  ])
})

test('a year in which two holidays fall on one day has nine', () => {
  // In 2008 Ascension Day was the first of May.
  expect(legalHolidays(2008).size).toBe(9)
  expect(legalHolidays(2008).get('2008-05-01')).toBe('labour-day')
})

test('each holiday has its name, in four languages', () => {
  const names = new Set(legalHolidays(2026).values())
  expect(names.size).toBe(10)
  for (const language of ['FR', 'DE', 'NL', 'EN'] as const) {
    const { holidays, hours } = stringsFor([language])
    expect(Object.keys(holidays).sort()).toEqual([...names].sort())
    expect(new Set(Object.values(holidays)).size).toBe(10)
    for (const name of names) expect(hours.closedOn(name)).toContain(holidays[name])
  }
})

test.each([
  ['new-year', 'Fermé pour le jour de l’An'],
  ['easter-monday', 'Fermé pour le lundi de Pâques'],
  ['labour-day', 'Fermé pour le 1er mai'],
  ['ascension', 'Fermé pour l’Ascension'],
  ['whit-monday', 'Fermé pour le lundi de Pentecôte'],
  ['national-day', 'Fermé pour la fête nationale'],
  ['assumption', 'Fermé pour l’Assomption'],
  ['all-saints', 'Fermé pour la Toussaint'],
  ['armistice', 'Fermé pour le 11 novembre'],
  ['christmas', 'Fermé pour Noël'],
] as const)('in French %s has its article: %s', (holiday, sentence) => {
  expect(stringsFor(['FR']).hours.closedOn(holiday)).toBe(sentence)
})

test('days off of public bodies are not legal holidays', () => {
  for (const day of ['2026-11-02', '2026-11-15', '2026-12-26', '2026-04-05']) expect(legalHolidays(2026).has(day)).toBe(false)
})
