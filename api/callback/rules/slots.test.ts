import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import type { Hours, Line } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { makeLine } from '../../line/make.ts'
import { makeClosingDay, makeException, makeSchedule } from '../../service/make.ts'
import { openingAt } from '../../service/rules/hours.ts'
import { dayAfter, isSlotOf, idOfSlot, type Slot, slotById, slotsOf } from './slots.ts'

const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const at = (text: string) => new Date(text)
/** A clock on a wall in Brussels, written the slow way. */
const clock = (moment: Date) => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO('Europe/Brussels')
  return `${zoned.toPlainDate()} ${String(zoned.hour).padStart(2, '0')}:${String(zoned.minute).padStart(2, '0')}`
}
const told = (slots: readonly Slot[]) =>
  slots.map(({ startsAt, endsAt, places }) => {
    const [from, to] = [clock(startsAt), clock(endsAt)]
    return `${from}–${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to} ${places}`
  })

/** Six calls an hour, and slots at any notice. */
const line = (hours: Partial<Hours>, overrides: Partial<Line> = {}) => makeLine('ligne', { slotNoticeMinutes: 0, ...hours, ...overrides })
const open = (opensAt: string, closesAt: string, overrides = {}) => makeSchedule({ byday: EVERY_DAY, opensAt, closesAt, ...overrides })
const roundTheClock = open('00:00', '00:00', { openOnHolidays: true })

describe('a day is cut into parts', () => {
  test.each([
    ['at one o’clock', [open('08:30', '17:00')], ['08:30–13:00 27', '13:00–17:00 24']],
    ['at six in the evening', [open('09:00', '20:00')], ['09:00–13:00 24', '13:00–18:00 30', '18:00–20:00 12']],
    ['not where a lunch break is', [open('08:30', '12:30'), open('13:30', '17:00')], ['08:30–12:30 24', '13:30–17:00 21']],
    ['not into one of less than an hour: it joins the earlier', [open('09:00', '13:45')], ['09:00–13:45 28']],
    ['or the later, when it is the first', [open('12:30', '17:00')], ['12:30–17:00 27']],
    ['an hour is enough', [open('12:00', '14:00')], ['12:00–13:00 6', '13:00–14:00 6']],
    ['a short opening is one slot, however short', [open('10:00', '10:20')], ['10:00–10:20 2']],
    ['two short sides of a cut are one', [open('12:30', '13:20')], ['12:30–13:20 5']],
    ['parts that touch are one before they are cut', [open('12:30', '14:00'), open('09:00', '12:30')], ['09:00–13:00 24', '13:00–14:00 6']],
  ])('%s', (_what, schedules, expected) => {
    const slots = slotsOf(line({ schedules }), at('2026-11-23T00:00:00+01:00'), { days: 1 })
    expect(told(slots)).toEqual(expected.map((slot) => `2026-11-23 ${slot}`))
  })

  test('a night shift too, and a slot belongs to the day on which it begins', () => {
    const night = line({ schedules: [open('20:00', '07:00')] })
    expect(told(slotsOf(night, at('2026-11-23T12:00:00+01:00'), { days: 2 }))).toEqual([
      '2026-11-23 20:00–22:00 12',
      '2026-11-23 22:00–2026-11-24 00:00 12',
      '2026-11-24 00:00–06:00 36',
      '2026-11-24 06:00–07:00 6',
      '2026-11-24 20:00–22:00 12',
      '2026-11-24 22:00–2026-11-25 00:00 12',
    ])
  })

  test('half an hour after midnight belongs to the evening before', () => {
    const late = line({ schedules: [open('18:00', '00:30')] })
    const evening = ['2026-11-23 18:00–22:00 24', '2026-11-23 22:00–2026-11-24 00:30 15']
    expect(told(slotsOf(late, at('2026-11-23T12:00:00+01:00'), { days: 1 }))).toEqual(evening)
    // Asked in that half hour: it has begun, and the next slot is of the evening to come.
    expect(told(slotsOf(late, at('2026-11-24T00:10:00+01:00'), { days: 1 }))[0]).toBe('2026-11-24 18:00–22:00 24')
  })

  test('and so are the days of a line that never closes', () => {
    expect(told(slotsOf(line({ schedules: [roundTheClock] }), at('2026-11-23T00:00:00+01:00'), { days: 1 }))).toEqual([
      '2026-11-23 00:00–06:00 36',
      '2026-11-23 06:00–13:00 42',
      '2026-11-23 13:00–18:00 30',
      '2026-11-23 18:00–22:00 24',
      '2026-11-23 22:00–2026-11-24 00:00 12',
    ])
  })
})

describe('on the nights in which the clocks change', () => {
  test.each([
    ['spring takes an hour from the night', '2026-03-28', ['22:00–2026-03-29 00:00 12', '00:00–05:30 27'], 4.5],
    ['autumn gives it one more', '2026-10-24', ['22:00–2026-10-25 00:00 12', '00:00–05:30 39'], 6.5],
    ['another night has them all', '2026-11-21', ['22:00–2026-11-22 00:00 12', '00:00–05:30 33'], 5.5],
  ])('%s', (_what, evening, [before, after], hours) => {
    const slots = slotsOf(line({ schedules: [open('22:00', '05:30', { byday: ['SA'] })] }), at(`${evening}T12:00:00Z`), { days: 2 })
    const morning = Temporal.PlainDate.from(evening).add({ days: 1 }).toString()
    expect(told(slots)).toEqual([`${evening} ${before}`, `${morning} ${after}`])
    expect((Number(slots[1]?.endsAt) - Number(slots[1]?.startsAt)) / 3_600_000).toBe(hours)
  })

  test.each([
    ['2026-03-29', '07:00:00Z', 30],
    ['2026-10-25', '08:00:00Z', 30],
    ['2026-11-22', '08:00:00Z', 30],
  ])('nine o’clock on %s is at %s', (day, start, places) => {
    const [slot] = slotsOf(line({ schedules: [open('09:00', '13:00')] }, { callsPerHour: 7.5 }), at(`${day}T00:00:00Z`), { days: 1 })
    expect(slot).toMatchObject({ startsAt: at(`${day}T${start}`), places })
  })

  test('the day after is found from 23 and from 25 hours', () => {
    expect(dayAfter(at('2026-03-29T00:30:00+01:00'))).toEqual(at('2026-03-29T22:00:00Z'))
    expect(dayAfter(at('2026-10-25T00:30:00+02:00'))).toEqual(at('2026-10-25T23:00:00Z'))
    expect(dayAfter(at('2026-11-23T00:00:00+01:00'))).toEqual(at('2026-11-24T00:00:00+01:00'))
    expect(dayAfter(at('2026-11-23T23:59:59.999+01:00'))).toEqual(at('2026-11-24T00:00:00+01:00'))
  })
})

describe('which days have slots', () => {
  const office = { schedules: [makeSchedule({ closesAt: '13:00' })] }
  const days = (of: Line, now: string, part = {}) => [...new Set(told(slotsOf(of, at(now), part)).map((slot) => slot.slice(0, 10)))]

  test('those on which it is open: neither a weekend nor 11 November', () => {
    expect(days(line(office), '2026-11-10T08:00:00+01:00', { days: 7 })).toEqual(['2026-11-10', '2026-11-12', '2026-11-13', '2026-11-16'])
  })

  test('nor a closing day of the organization, nor one that an exception closes; one that it opens at other times has those', () => {
    const hours = {
      ...office,
      closingDays: [makeClosingDay('11-24', 'fête')],
      exceptions: [
        makeException('2026-11-25'),
        makeException('2026-11-26', '2026-11-26', { opensAt: '14:00', closesAt: '16:00' }),
        makeException('2026-11-28', '2026-11-28', { opensAt: '09:00', closesAt: '10:00' }),
      ],
    }
    expect(told(slotsOf(line(hours), at('2026-11-23T00:00:00+01:00'), { days: 7 }))).toEqual([
      '2026-11-23 09:00–13:00 24',
      '2026-11-26 14:00–16:00 12',
      '2026-11-27 09:00–13:00 24',
      '2026-11-28 09:00–10:00 6',
    ])
  })

  test('those from its first to its last day, and the night that begins on the last', () => {
    const short = line({ schedules: [open('22:00', '02:00')] }, { validFrom: '2026-11-24', validTo: '2026-11-25' })
    expect(told(slotsOf(short, at('2026-11-23T00:00:00+01:00')))).toEqual([
      '2026-11-24 22:00–2026-11-25 00:00 12',
      '2026-11-25 00:00–02:00 12',
      '2026-11-25 22:00–2026-11-26 00:00 12',
      '2026-11-26 00:00–02:00 12',
    ])
  })

  test('today and as many days more as the line says', () => {
    const of = (slotDaysAhead: number) =>
      days(line({ schedules: [open('09:00', '12:00')] }, { slotDaysAhead }), '2026-11-23T07:00:00+01:00')
    expect(of(0)).toEqual(['2026-11-23'])
    expect(of(2)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25'])
    expect(of(13)).toHaveLength(14)
  })

  test('but no more than 25, since hours are not worked out further', () => {
    const far = days(line({ schedules: [open('09:00', '12:00')] }, { slotDaysAhead: 60 }), '2026-11-26T07:00:00+01:00')
    expect(far).toHaveLength(26)
    expect(far.at(-1)).toBe('2026-12-21')
    expect(
      days(line({ schedules: [open('09:00', '12:00')] }, { slotDaysAhead: 60, validFrom: '2027-01-04' }), '2026-11-26T07:00:00+01:00'),
    ).toEqual([])
  })

  test('of those, the days asked for', () => {
    const daily = line({ schedules: [open('09:00', '12:00')] })
    const now = '2026-11-23T07:00:00+01:00'
    expect(days(daily, now, { from: '2026-11-27', days: 2 })).toEqual(['2026-11-27', '2026-11-28'])
    expect(days(daily, now, { from: '2026-12-05' })).toEqual(['2026-12-05', '2026-12-06'])
    expect(days(daily, now, { from: '2026-11-20', days: 5 })).toEqual(['2026-11-23', '2026-11-24'])
    expect(days(daily, now, { days: 31 })).toHaveLength(14)
    expect(days(daily, now, { from: '2027-01-01' })).toEqual([])
    expect(days(daily, now, { from: '9999-12-31', days: 31 })).toEqual([])
  })

  test.each([0, -1, 32, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%s days are refused', (wrong) => {
    const asked = () => slotsOf(line(office), at('2026-11-23T07:00:00+01:00'), { days: wrong })
    expect(asked).toThrow(InvalidInput)
    expect(asked).toThrow('days: out_of_range')
  })

  test('none for a line that takes no callbacks, or whose hours nobody published', () => {
    expect(slotsOf(line(office, { acceptsCallbacks: false }), at('2026-11-23T07:00:00+01:00'))).toEqual([])
    expect(slotsOf(line({}), at('2026-11-23T07:00:00+01:00'))).toEqual([])
  })
})

describe('how early', () => {
  const noticed = line({ schedules: [makeSchedule()] }, { slotNoticeMinutes: 60 })
  const first = (now: string) => told(slotsOf(noticed, at(now)))[0]

  test.each([
    ['an hour before it begins it is offered', '2026-11-23T08:00:00+01:00', '2026-11-23 09:00–13:00 24'],
    ['a millisecond later the next one is', '2026-11-23T08:00:00.001+01:00', '2026-11-23 13:00–17:00 24'],
    ['one that has begun is not', '2026-11-23T10:00:00+01:00', '2026-11-23 13:00–17:00 24'],
    ['over the weekend it is Monday', '2026-11-20T12:30:00+01:00', '2026-11-23 09:00–13:00 24'],
  ])('%s', (_what, now, expected) => {
    expect(first(now)).toBe(expected)
  })

  test('a notice of three days leaves out three days', () => {
    const slow = line({ schedules: [makeSchedule()] }, { slotNoticeMinutes: 3 * 24 * 60 })
    expect(told(slotsOf(slow, at('2026-11-23T10:00:00+01:00')))[0]).toBe('2026-11-26 13:00–17:00 24')
  })
})

describe('places', () => {
  test.each([
    [1, '10:00', '10:30', 1],
    [1, '09:00', '12:59', 3],
    [2, '09:00', '12:30', 7],
    [6, '08:30', '13:00', 27],
    // A whole number of calls, which 4.333… hours times 27 just miss.
    [27, '08:40', '13:00', 117],
    [600, '09:00', '13:00', 2_400],
  ])('%i calls an hour from %s to %s are %i', (callsPerHour, opensAt, closesAt, places) => {
    const [slot] = slotsOf(line({ schedules: [open(opensAt, closesAt)] }, { callsPerHour }), at('2026-11-23T00:00:00+01:00'))
    expect(slot?.places).toBe(places)
  })
})

describe('an id', () => {
  const now = at('2026-11-23T07:00:00+01:00')
  const hours = { schedules: [makeSchedule({ opensAt: '08:30' })] }
  const offered = line(hours)

  test('tells the line and the moment, and stays the same', () => {
    expect(slotsOf(offered, now)[0]?.id).toBe('ligne@20261123T0730Z')
    expect(slotsOf(line(hours), at('2026-11-20T12:00:00+01:00'))[2]?.id).toBe('ligne@20261123T1200Z')
    expect(slotById(offered, 'ligne@20261123T0730Z', now)).toEqual({
      id: 'ligne@20261123T0730Z',
      startsAt: at('2026-11-23T08:30:00+01:00'),
      endsAt: at('2026-11-23T13:00:00+01:00'),
      places: 27,
    })
  })

  test.each([
    ['of another line', 'autre@20261123T0730Z', false],
    ['of a line whose slug goes on', 'ligne-2@20261123T0730Z', false],
    ['of no line', '@20261123T0730Z', false],
    ['of the past', 'ligne@20261120T0730Z', true],
    ['of a Sunday', 'ligne@20261122T0730Z', true],
    ['within its hours, where no slot begins', 'ligne@20261123T0830Z', true],
    ['of a day too far away', 'ligne@20261223T0730Z', true],
    ['of a day that does not exist', 'ligne@20260231T0730Z', false],
    ['of an hour that does not exist', 'ligne@20261123T2430Z', false],
    ['with seconds', 'ligne@20261123T073000Z', false],
    ['in small letters', 'ligne@20261123t0730z', false],
    ['with another separator', 'ligne 20261123T0730Z', false],
    ['with a space behind it', 'ligne@20261123T0730Z ', false],
    ['with a line end behind it', 'ligne@20261123T0730Z\n', false],
    ['in plain words', 'ligne@tomorrow', false],
    ['in the form of other dates', 'ligne@2026-11-23T07:30Z', false],
    ['with wide digits', 'ligne@２０２６1123T0730Z', false],
    ['empty', '', false],
    ['the slug alone', 'ligne', false],
    ['the name of a property', '__proto__', false],
    ['with NUL', 'ligne@20261123T0730Z\u0000', false],
    ['of a million characters', `ligne@${'2'.repeat(1_000_000)}`, false],
    ['of a pattern', 'ligne@.*', false],
  ])('%s finds nothing', (_what, id, mayHaveBeen) => {
    expect(slotById(offered, id, now)).toBeNull()
    expect(isSlotOf(offered, id)).toBe(mayHaveBeen)
  })

  test('whatever the slug', () => {
    const slug = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('a@20261123T0730Z', '$1', '.*', '\\', 'constructor', '🙂'),
    )
    fc.assert(
      fc.property(slug, slug, (one, other) => {
        fc.pre(one !== other)
        const [a, b] = [one, other].map((name) => makeLine(name, hours)) as [Line, Line]
        for (const slot of slotsOf(a, now)) {
          expect(slotById(a, slot.id, now)).toEqual(slot)
          expect(isSlotOf(a, slot.id)).toBe(true)
          expect(slotById(b, slot.id, now)).toBeNull()
          expect(isSlotOf(b, slot.id)).toBe(false)
        }
      }),
    )
  })

  test('any other text finds nothing', () => {
    const ids = new Set(slotsOf(offered, now).map(({ id }) => id))
    const near = fc
      .tuple(fc.constantFrom(...ids), fc.nat(19), fc.constantFrom('', '0', '1', '9', 'Z', '@', ' ', 'é'))
      .map(([id, place, other]) => id.slice(0, place) + other + id.slice(place + 1))
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (id) => {
        expect(slotById(offered, id, now) !== null).toBe(ids.has(id))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('whatever the hours, in every week of two years', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '10', '30', '45'))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${minute}`)
  const schedule = fc
    .record({ byday: fc.subarray(EVERY_DAY, { minLength: 1 }), opensAt: time, closesAt: time, openOnHolidays: fc.boolean() })
    .map(makeSchedule)
  const special = ['2026-03-29', '2026-04-06', '2026-10-25', '2026-11-11', '2026-12-31', '2027-03-28']
  const moment = fc
    .tuple(fc.constantFrom(...special), fc.integer({ min: -30 * 24 * 60, max: 2 * 24 * 60 }))
    .map(([day, minutes]) => new Date(Date.parse(`${day}T00:30:00Z`) + minutes * 60_000))
  const day = (from: Date, days: number) => new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  const situation = moment.chain((now) =>
    fc.record({
      now: fc.constant(now),
      line: fc
        .record({
          schedules: fc.array(schedule, { maxLength: 3 }),
          exceptions: fc.array(
            fc
              .tuple(fc.integer({ min: -3, max: 20 }), fc.nat(3), fc.option(fc.tuple(time, time)))
              .map(([from, days, times]) =>
                makeException(day(now, from), day(now, from + days), { opensAt: times?.[0] ?? null, closesAt: times?.[1] ?? null }),
              ),
            { maxLength: 3 },
          ),
          closingDays: fc.array(
            fc.nat(10).map((days) => makeClosingDay(day(now, days), 'fermeture')),
            { maxLength: 2 },
          ),
          callsPerHour: fc.integer({ min: 1, max: 100 }),
          slotNoticeMinutes: fc.constantFrom(0, 1, 60, 1_440),
          slotDaysAhead: fc.integer({ min: 0, max: 60 }),
          validFrom: fc.option(fc.integer({ min: -3, max: 30 }).map((days) => day(now, days))),
          validTo: fc.option(fc.integer({ min: -3, max: 30 }).map((days) => day(now, days))),
        })
        .map((overrides) => makeLine('ligne', overrides)),
    }),
  )
  const holds = (check: (line: Line, now: Date) => void) =>
    fc.assert(
      fc.property(situation, ({ line, now }) => check(line, now)),
      { numRuns: 300 },
    )

  test('slots are in order, never overlap, have a place, and ids of their own', () => {
    holds((line, now) => {
      const slots = slotsOf(line, now)
      for (const [index, { startsAt, endsAt, places }] of slots.entries()) {
        expect(startsAt.getTime()).toBeLessThan(endsAt.getTime())
        expect(startsAt.getTime()).toBeGreaterThanOrEqual(slots[index - 1]?.endsAt.getTime() ?? 0)
        expect(Number.isInteger(places) && places >= 1).toBe(true)
        const hours = (endsAt.getTime() - startsAt.getTime()) / 3_600_000
        expect(places).toBeLessThanOrEqual(Math.max(1, line.callsPerHour * hours + 1e-6))
      }
      expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length)
    })
  })

  test('the line is open from the first to the last instant of each', () => {
    holds((line, now) => {
      for (const { startsAt, endsAt } of slotsOf(line, now)) {
        const { open, closesAt } = openingAt({ ...line }, startsAt, line)
        expect(open).toBe(true)
        expect(closesAt?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(endsAt.getTime())
      }
    })
  })

  test('each is found by its id, by itself, and begins after the notice on one of the days', () => {
    holds((line, now) => {
      const today = Temporal.PlainDate.from(clock(now).slice(0, 10))
      for (const slot of slotsOf(line, now)) {
        expect(slotById(line, slot.id, now)).toEqual(slot)
        expect(idOfSlot(line, slot.startsAt)).toBe(slot.id)
        expect(slot.startsAt.getTime()).toBeGreaterThanOrEqual(now.getTime() + line.slotNoticeMinutes * 60_000)
        const days = today.until(clock(slot.startsAt).slice(0, 10)).days
        expect(days).toBeLessThanOrEqual(Math.min(25, line.slotDaysAhead))
      }
    })
  })

  test('what is offered now is offered unchanged until its notice runs out', () => {
    const later = fc.integer({ min: 0, max: 14 * 24 * 60 })
    fc.assert(
      fc.property(situation, later, ({ line, now }, minutes) => {
        const then = new Date(now.getTime() + minutes * 60_000)
        const still = slotsOf(line, now).filter(({ startsAt }) => startsAt.getTime() >= then.getTime() + line.slotNoticeMinutes * 60_000)
        expect(slotsOf({ ...line }, then).slice(0, still.length)).toEqual(still)
      }),
      { numRuns: 300 },
    )
  })

  test('the days asked for one by one are together all that is offered', () => {
    holds((line, now) => {
      const singly = Array.from({ length: 28 }, (_, days) =>
        slotsOf(line, now, { from: Temporal.PlainDate.from(clock(now).slice(0, 10)).add({ days }).toString(), days: 1 }),
      )
      expect(singly.flat()).toEqual(slotsOf(line, now))
    })
  })
})
