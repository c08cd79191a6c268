import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dayOf, daysBetween, momentOf, TIME_ZONE, wallClockAt } from './calendar.ts'

const date = fc
  .date({ min: new Date('1880-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))

test('a time of a day is the moment that the time zone database says', () => {
  const minute = fc.integer({ min: 0, max: 1_439 })
  fc.assert(
    fc.property(date, minute, (day, minutes) => {
      const time = Temporal.PlainTime.from('00:00').add({ minutes }).toString({ smallestUnit: 'minute' })
      const exact = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: time })
      expect(momentOf(dayOf(day), time)).toBe(exact.epochMilliseconds)
      const { hour, minute } = exact
      expect(wallClockAt(new Date(exact.epochMilliseconds))).toEqual({ day: exact.toPlainDate().toString(), hour, minute })
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
  ['2026-03-29', '03:00', '2026-03-29T01:00:00Z'],
  ['2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
  ['2026-10-25', '03:00', '2026-10-25T02:00:00Z'],
])('on the day the clocks change, %s, %s is %s', (day, time, moment) => {
  expect(dayOf(day).regular).toBe(false)
  expect(momentOf(dayOf(day), time)).toBe(Date.parse(moment))
})

test('days know their neighbours, their weekday and their holiday', () => {
  expect(dayOf('2026-12-31')).toMatchObject({ weekday: 'TH', holiday: null, previous: '2026-12-30', next: '2027-01-01' })
  expect(dayOf('2026-11-11')).toMatchObject({ weekday: 'WE', holiday: 'armistice', regular: true })
})

test.each([
  ['2026-11-20', '2026-11-20', 0],
  ['2026-11-20', '2026-11-19', -1],
  ['2026-03-28', '2026-03-30', 2],
  ['2026-10-24', '2026-10-26', 2],
])('from %s to %s: %i days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days)
})
