import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HoursDocument } from './documents.ts'
import { overlaps } from './hours.ts'

const hours = (days: string, opens: string, closes: string, more: Partial<HoursDocument> = {}): HoursDocument => ({
  days: days.split(' '),
  opens,
  closes,
  validFrom: null,
  validTo: null,
  openOnHolidays: false,
  ...more,
})

describe('hours overlap', () => {
  test.each<[string, HoursDocument[], { index: number; day: string }[]]>([
    ['not with a lunch break', [hours('MO TU', '09:00', '12:00'), hours('MO TU', '13:00', '17:00')], []],
    ['not when one ends as the other begins', [hours('MO', '09:00', '12:00'), hours('MO', '12:00', '17:00')], []],
    ['on the day that both have', [hours('MO TU', '09:00', '12:00'), hours('TU WE', '11:59', '13:00')], [{ index: 1, day: 'TU' }]],
    ['past midnight', [hours('FR', '22:00', '02:00'), hours('SA', '01:00', '04:00')], [{ index: 1, day: 'SA' }]],
    ['past the end of the week', [hours('MO', '00:30', '08:00'), hours('SU', '22:00', '01:00')], [{ index: 1, day: 'SU' }]],
    ['with a whole day', [hours('MO', '00:00', '00:00'), hours('MO', '23:00', '23:30')], [{ index: 1, day: 'MO' }]],
    ['not with the whole day before', [hours('MO', '00:00', '00:00'), hours('TU', '00:00', '01:00')], []],
    [
      'not when one season ends before the other begins',
      [hours('MO', '09:00', '12:00', { validTo: '2026-06-30' }), hours('MO', '09:00', '12:00', { validFrom: '2026-07-01' })],
      [],
    ],
    [
      'on the one day that both seasons have',
      [hours('MO', '09:00', '12:00', { validTo: '2026-07-01' }), hours('MO', '09:00', '12:00', { validFrom: '2026-07-01' })],
      [{ index: 1, day: 'MO' }],
    ],
  ])('%s', (_what, list, expected) => {
    expect(overlaps(list)).toEqual(expected)
  })

  test('just when some minute of the week is in two of them', () => {
    const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
    const time = fc.tuple(fc.nat(23), fc.constantFrom('00', '30')).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`)
    const one = fc
      .tuple(fc.subarray(DAYS, { minLength: 1, maxLength: 3 }), time, time)
      .map(([days, opens, closes]) => hours(days.join(' '), opens, closes))
    const halfHours = ({ days, opens, closes }: HoursDocument): number[] => {
      const at = (text: string) => Number(text.slice(0, 2)) * 2 + (text.endsWith('30') ? 1 : 0)
      const length = at(closes) > at(opens) ? at(closes) - at(opens) : at(closes) - at(opens) + 48
      return days.flatMap((day) => Array.from({ length }, (_, index) => (DAYS.indexOf(day) * 48 + at(opens) + index) % 336))
    }
    fc.assert(
      fc.property(one, one, (a, b) => {
        const known = new Set(halfHours(a))
        expect(overlaps([a, b]).length > 0).toBe(halfHours(b).some((slot) => known.has(slot)))
      }),
      { numRuns: 500, seed: 3 },
    )
  })
})
