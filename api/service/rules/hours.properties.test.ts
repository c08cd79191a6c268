import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Hours } from '../../directory/snapshot.ts'
import { makeClosingDay, makeException } from '../make.ts'
import { dayIn } from './calendar.ts'
import { legalHolidays } from './holidays.ts'
import { hoursAhead, openingAt } from './hours.ts'

const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const moment = (text: string) => new Date(text)

describe('whatever the hours, exceptions and closing days, in every week of two years', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`)
  const schedule = fc.record({
    validFrom: fc.constant(null),
    validTo: fc.constant(null),
    byday: fc.subarray(EVERY_DAY),
    opensAt: time,
    closesAt: time,
    openOnHolidays: fc.boolean(),
  })
  const span = { min: moment('2026-01-01T00:00:00Z'), max: moment('2027-12-31T00:00:00Z'), noInvalidDate: true }
  // Around the days that matter: both clock changes, holidays, the end of a year.
  const special = ['2026-03-29', '2026-04-06', '2026-10-25', '2026-11-11', '2026-12-31', '2027-03-28'].map((day) =>
    moment(`${day}T00:30:00Z`),
  )
  const nearby = fc
    .tuple(fc.constantFrom(...special), fc.integer({ min: -36 * 60, max: 36 * 60 }))
    .map(([day, minutes]) => new Date(day.getTime() + minutes * 60_000))
  const at = fc.oneof(fc.date(span), nearby)
  const dayAfter = (date: Date, days: number) => new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const exceptionsAround = (now: Date) =>
    fc.array(
      fc
        .tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.option(fc.tuple(time, time)))
        .map(([from, days, times]) =>
          makeException(dayAfter(now, from), dayAfter(now, from + days), { opensAt: times?.[0] ?? null, closesAt: times?.[1] ?? null }),
        ),
      { maxLength: 4 },
    )
  const closingAround = (now: Date) =>
    fc.array(
      fc
        .tuple(fc.integer({ min: -2, max: 2 }), fc.boolean())
        .map(([days, yearly]) => makeClosingDay(dayAfter(now, days).slice(yearly ? 5 : 0), 'fermeture')),
      { maxLength: 2 },
    )
  const situation = at.chain((now) =>
    fc.record({
      now: fc.constant(now),
      hours: fc.record({
        schedules: fc.array(schedule, { maxLength: 3 }),
        exceptions: exceptionsAround(now),
        closingDays: closingAround(now),
      }),
    }),
  )
  const holds = (check: (hours: Hours, now: Date) => void) =>
    fc.assert(
      fc.property(situation, ({ hours, now }) => check(hours, now)),
      { numRuns: 400 },
    )

  test('intervals are in order, none is empty, and none touches the next', () => {
    holds((hours, now) => {
      const { intervals } = hoursAhead(hours, dayIn(now))
      for (const [index, { start, end }] of intervals.entries()) {
        expect(start).toBeLessThan(end)
        expect(start).toBeGreaterThan(intervals[index - 1]?.end ?? Number.NEGATIVE_INFINITY)
      }
    })
  })

  test('it is open within an interval, and nowhere else; what is open closes later', () => {
    holds((hours, now) => {
      const { open: isOpen, opensAt, closesAt, closedFor } = openingAt(hours, now)
      const within = hoursAhead(hours, dayIn(now)).intervals.some(({ start, end }) => start <= now.getTime() && now.getTime() < end)
      expect(isOpen).toBe(within)
      expect(isOpen ? opensAt : closesAt).toBeNull()
      if (closesAt) expect(closesAt.getTime()).toBeGreaterThan(now.getTime())
      if (opensAt) expect(opensAt.getTime()).toBeGreaterThan(now.getTime())
      if (isOpen) expect(closedFor).toBeNull()
    })
  })

  test('it says what a person with a clock and a calendar would', () => {
    holds((hours, now) => {
      expect(openingAt(hours, now).open).toBe(openByTheClock(hours, now))
    })
  })

  test('what it announces comes true, to the millisecond', () => {
    holds((hours, now) => {
      const present = openingAt(hours, now)
      const isOpen = (ms: number) => openingAt({ ...hours }, new Date(ms)).open
      const change = present.opensAt ?? present.closesAt
      if (!change) return
      expect(isOpen(change.getTime() - 1)).toBe(present.open)
      expect(isOpen(change.getTime())).toBe(!present.open)
    })
  })
})

/** The same question answered the slow way: by asking of every shift that began yesterday or today whether the moment lies in it. */
function openByTheClock(hours: Hours, now: Date): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('Europe/Brussels')
  return [local.toPlainDate().subtract({ days: 1 }), local.toPlainDate()].some((day) => {
    const date = day.toString()
    const covering = hours.exceptions
      .filter(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay)
      .map((one) => ({ one, length: Temporal.PlainDate.from(one.firstDay).until(one.lastDay).days, first: one.firstDay }))
    const shortest = Math.min(...covering.map(({ length }) => length))
    const latest = covering.filter(({ length }) => length === shortest).reduce((max, { first }) => (first > max ? first : max), '')
    const holding = covering.filter(({ length, first }) => length === shortest && first === latest).map(({ one }) => one)
    const shut = legalHolidays(day.year).has(date) || hours.closingDays.some(({ day: one }) => date.endsWith(one))
    const weekday = EVERY_DAY[day.dayOfWeek - 1] as string
    const shifts =
      holding.length > 0
        ? holding.some(({ opensAt }) => opensAt === null)
          ? []
          : holding
        : hours.schedules.filter(({ byday, openOnHolidays }) => byday.includes(weekday) && (!shut || openOnHolidays))
    return shifts.some(({ opensAt, closesAt }) => {
      const at = (plain: Temporal.PlainDate, time: string) =>
        plain.toZonedDateTime({ timeZone: 'Europe/Brussels', plainTime: time }).epochMilliseconds
      const end = (closesAt as string) <= (opensAt as string) ? day.add({ days: 1 }) : day
      return at(day, opensAt as string) <= now.getTime() && now.getTime() < at(end, closesAt as string)
    })
  })
}
