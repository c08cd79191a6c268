import { describe, expect, test } from 'vitest'
import { type Hours, hoursOf, weeksOf } from './hours.ts'

const always = { validFrom: null, validTo: null, openOnHolidays: false }
const row = (days: string[], opens: string, closes: string, more: Partial<Hours> = {}): Hours => ({
  days,
  opens,
  closes,
  ...always,
  ...more,
})

describe('hours as a week', () => {
  test.each<[string, Hours[]]>([
    ['one row', [row(['MO', 'TU'], '09:00', '12:00')]],
    ['morning and afternoon', [row(['MO', 'WE'], '09:00', '12:00'), row(['MO'], '13:00', '16:00')]],
    ['a night', [row(['FR'], '22:00', '02:00')]],
    ['summer', [row(['MO'], '09:00', '17:00'), row(['MO'], '10:00', '12:00', { validFrom: '2026-07-01', validTo: '2026-08-31' })]],
    ['holidays too', [row(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], '00:00', '00:00', { openOnHolidays: true })]],
  ])('%s comes back as it was', (_what, hours) => {
    expect(hoursOf(weeksOf(hours))).toEqual(hours)
  })

  test('no hours are one empty week, and the other way round', () => {
    const [week, ...more] = weeksOf([])
    expect(more).toEqual([])
    expect(week?.week).toEqual([[], [], [], [], [], [], []])
    expect(hoursOf(weeksOf([]))).toEqual([])
  })

  test('days with the same times stand together', () => {
    const period = { ...always, week: [[{ opens: '09:00', closes: '12:00' }], [{ opens: '09:00', closes: '12:00' }], [], [], [], [], []] }
    expect(hoursOf([period])).toEqual([row(['MO', 'TU'], '09:00', '12:00')])
  })

  test('a time that stands twice in a day, while it is being written, stays two', () => {
    const twice = {
      ...always,
      week: [
        [
          { opens: '09:00', closes: '12:00' },
          { opens: '09:00', closes: '12:00' },
        ],
        [],
        [],
        [],
        [],
        [],
        [],
      ],
    }
    const hours = hoursOf([twice])
    expect(hours).toHaveLength(2)
    expect(weeksOf(hours)[0]?.week[0]).toHaveLength(2)
  })
})
