import { describe, expect, test } from 'vitest'
import { makeClosingDay, makeException, makeHours, makeSchedule } from '../../service/make.ts'
import { hoursOf } from './hours.ts'

const TODAY = '2026-11-17'
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) => `https://schema.org/${day}`)
const closed = (first: string, last = first) => open(first, '00:00', '00:00', last)
const open = (first: string, opens: string, closes: string, last = first) => ({
  '@type': 'OpeningHoursSpecification',
  opens,
  closes,
  validFrom: first,
  validThrough: last,
})
const datesOf = (hours: object[] | undefined) =>
  (hours as { dayOfWeek?: string[]; validFrom?: string }[]).filter(({ dayOfWeek }) => !dayOfWeek)

describe('hours as search engines read them', () => {
  test('nothing where nothing is known', () => {
    expect(hoursOf(makeHours([], { closingDays: [makeClosingDay('11-02', '2 novembre')] }), TODAY)).toBeUndefined()
  })

  test('the weekly ones, then the holidays of a year that would else be worked', () => {
    const [weekly, ...dated] = hoursOf(makeHours([makeSchedule()]), TODAY) ?? []
    expect(weekly).toEqual({ '@type': 'OpeningHoursSpecification', dayOfWeek: WEEKDAYS, opens: '09:00', closes: '17:00' })
    // 1 May and 15 August 2027 are at a weekend.
    const holidays = ['2026-12-25', '2027-01-01', '2027-03-29', '2027-05-06', '2027-05-17', '2027-07-21', '2027-11-01', '2027-11-11']
    expect(dated).toEqual(holidays.map((day) => closed(day)))
  })

  test('closing days of every year, and of one; not on days that are free anyway, and not what is past', () => {
    const closingDays = [
      makeClosingDay('09-27', 'Fête de Wallonie'),
      makeClosingDay('2027-04-02', 'inventaire'),
      makeClosingDay('2026-11-16', 'déménagement'),
      makeClosingDay('2026-12-26', 'lendemain de Noël'),
      makeClosingDay('2030-04-02', 'plus tard'),
    ]
    const dated = datesOf(hoursOf(makeHours([makeSchedule()], { closingDays }), TODAY))
    expect(dated.map(({ validFrom }) => validFrom)).toEqual(
      ['2026-12-25', '2027-01-01', '2027-03-29', '2027-04-02', '2027-05-06', '2027-05-17', '2027-07-21', '2027-09-27', '2027-11-01'].concat(
        '2027-11-11',
      ),
    )
  })

  test('nothing closes what is open on holidays; of two shifts the one that is worked stays', () => {
    const always = makeSchedule({ opensAt: '00:00', closesAt: '00:00', openOnHolidays: true })
    expect(hoursOf(makeHours([always]), TODAY)).toEqual([
      { '@type': 'OpeningHoursSpecification', dayOfWeek: WEEKDAYS, opens: '00:00', closes: '23:59' },
    ])
    const emergency = makeSchedule({ opensAt: '18:00', closesAt: '20:00', openOnHolidays: true })
    expect(hoursOf(makeHours([makeSchedule(), emergency]), TODAY)).toContainEqual(open('2026-12-25', '18:00', '20:00'))
  })

  test('an exception comes before a holiday', () => {
    const times = { opensAt: '10:00', closesAt: '12:00' }
    const exceptions = [makeException('2026-12-24', '2026-12-26', times), makeException('2026-11-10')]
    const dated = datesOf(hoursOf(makeHours([makeSchedule()], { exceptions }), TODAY))
    expect(dated.slice(0, 2)).toEqual([open('2026-12-24', '10:00', '12:00', '2026-12-26'), closed('2027-01-01')])
  })

  test('hours that end or begin tell the holidays within', () => {
    const until = makeSchedule({ validTo: '2026-12-31' })
    expect(datesOf(hoursOf(makeHours([until]), TODAY))).toEqual([closed('2026-12-25')])
  })
})
