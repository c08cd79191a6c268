import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Line } from '../../directory/snapshot.ts'
import { makeLine } from '../../line/make.ts'
import { makeException, makeSchedule } from '../../service/make.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { openingAt } from '../../service/rules/hours.ts'
import { estimateFor } from './estimate.ts'
import { partsAhead, slotsOf } from './slots.ts'

const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const at = (text: string) => new Date(text)
const NOBODY = new Map<number, number>()
const chosen = (...slots: [start: string, places: number][]) => new Map(slots.map(([start, places]) => [Date.parse(start), places]))

/** Nine to six, Monday to Friday, ten calls an hour: 40 places in a morning, 50 in an afternoon. */
const office = makeLine('ligne', { callsPerHour: 10, schedules: [makeSchedule({ closesAt: '18:00' })] })
const estimate = (now: string, ahead: number, taken = NOBODY, line: Line = office) => {
  const found = estimateFor(line, at(now), { ahead, taken })
  return found && [found.from, found.by]
}
const between = (from: string, by: string) => [at(from), at(by)]

const MONDAY = '2026-11-23T08:00:00+01:00'
const morning = between('2026-11-23T09:00:00+01:00', '2026-11-23T13:00:00+01:00')
const afternoon = between('2026-11-23T13:00:00+01:00', '2026-11-23T18:00:00+01:00')
const tuesday = between('2026-11-24T09:00:00+01:00', '2026-11-24T13:00:00+01:00')

describe('before it opens', () => {
  test.each([
    ['nobody waits: this morning', 0, NOBODY, morning],
    ['the last place of the morning', 39, NOBODY, morning],
    ['one more waits: the afternoon', 40, NOBODY, afternoon],
    ['the last place of the afternoon', 89, NOBODY, afternoon],
    ['the day is full: tomorrow', 90, NOBODY, tuesday],
    ['chosen places are kept free', 29, chosen(['2026-11-23T09:00:00+01:00', 10]), morning],
    ['and are nobody else’s', 30, chosen(['2026-11-23T09:00:00+01:00', 10]), afternoon],
    ['a morning that is all chosen is passed over', 0, chosen(['2026-11-23T09:00:00+01:00', 40]), afternoon],
    ['what is chosen for later does not delay', 39, chosen(['2026-11-23T13:00:00+01:00', 50]), morning],
    [
      'chosen on both days',
      0,
      chosen(['2026-11-23T09:00:00+01:00', 40], ['2026-11-23T13:00:00+01:00', 50], ['2026-11-24T09:00:00+01:00', 39]),
      tuesday,
    ],
    ['slots of the past are over', 39, chosen(['2026-11-20T09:00:00+01:00', 40], ['2026-11-20T13:00:00+01:00', 50]), morning],
  ])('%s', (_what, ahead, taken, expected) => {
    expect(estimate(MONDAY, ahead, taken)).toEqual(expected)
  })
})

describe('while it is open, the present part counts by what is left of it', () => {
  const now = '2026-11-23T10:00:00+01:00'
  const rest = between(now, '2026-11-23T13:00:00+01:00')
  test.each([
    ['nobody waits: from now on', now, 0, NOBODY, rest],
    ['three of four hours left are 30 places', now, 29, NOBODY, rest],
    ['and not 31', now, 30, NOBODY, afternoon],
    [
      'chosen ones are all kept free, since some may have been called and some not',
      now,
      20,
      chosen(['2026-11-23T09:00:00+01:00', 10]),
      afternoon,
    ],
    ['five minutes are no place', '2026-11-23T12:55:00+01:00', 0, NOBODY, afternoon],
    ['six minutes are one', '2026-11-23T12:54:00+01:00', 0, NOBODY, between('2026-11-23T12:54:00+01:00', '2026-11-23T13:00:00+01:00')],
    ['at its first instant it is whole', '2026-11-23T09:00:00+01:00', 39, NOBODY, morning],
    ['a millisecond later a place is gone', '2026-11-23T09:00:00.001+01:00', 39, NOBODY, afternoon],
    ['at its last instant it is over', '2026-11-23T13:00:00+01:00', 49, NOBODY, afternoon],
    [
      'a morning full of slots does not burden the afternoon',
      '2026-11-23T12:59:00+01:00',
      49,
      chosen(['2026-11-23T09:00:00+01:00', 40]),
      afternoon,
    ],
  ])('%s', (_what, moment, ahead, taken, expected) => {
    expect(estimate(moment, ahead, taken)).toEqual(expected)
  })
})

describe('when it is closed', () => {
  test('on a Friday evening it is Monday', () => {
    expect(estimate('2026-11-20T18:00:00+01:00', 0)).toEqual(morning)
  })

  test('on 11 November it is the day after', () => {
    expect(estimate('2026-11-11T10:00:00+01:00', 0)).toEqual(between('2026-11-12T09:00:00+01:00', '2026-11-12T13:00:00+01:00'))
  })

  test('the night in which the clocks go forward has an hour less of places', () => {
    const night = makeLine('nuit', {
      callsPerHour: 10,
      schedules: [makeSchedule({ byday: EVERY_DAY, opensAt: '00:00', closesAt: '06:00' })],
    })
    const sunday = between('2026-03-29T00:00:00+01:00', '2026-03-29T06:00:00+02:00')
    expect(estimate('2026-03-28T12:00:00+01:00', 49, NOBODY, night)).toEqual(sunday)
    expect(estimate('2026-03-28T12:00:00+01:00', 50, NOBODY, night)?.[0]).toEqual(at('2026-03-30T00:00:00+02:00'))
  })
})

describe('when hours or capacity have changed since people chose', () => {
  test('those for whom there are fewer places than promised come first in the next part', () => {
    const taken = chosen(['2026-11-23T09:00:00+01:00', 60])
    expect(estimate(MONDAY, 29, taken)).toEqual(afternoon)
    expect(estimate(MONDAY, 30, taken)).toEqual(tuesday)
  })

  test('those whose slot begins elsewhere count in the part in which it lies', () => {
    expect(estimate(MONDAY, 29, chosen(['2026-11-23T10:30:00+01:00', 11]))).toEqual(afternoon)
  })

  test('those whose slot lies where it is closed now count in the next part', () => {
    expect(estimate(MONDAY, 0, chosen(['2026-11-23T08:30:00+01:00', 40]))).toEqual(afternoon)
    expect(estimate('2026-11-23T17:00:00+01:00', 10, chosen(['2026-11-23T20:00:00+01:00', 40]))).toEqual(
      between('2026-11-24T13:00:00+01:00', '2026-11-24T18:00:00+01:00'),
    )
  })
})

describe('nothing is promised', () => {
  const never: [string, Partial<Line>, number][] = [
    ['beyond 25 days', {}, 3_000],
    ['by a line without hours', { schedules: [] }, 0],
    ['by one that is closed all that time', { exceptions: [makeException('2026-11-01', '2026-12-31')] }, 0],
    ['by one that has ended', { validTo: '2026-11-22' }, 0],
    ['by one that begins later', { validFrom: '2027-01-04' }, 0],
    ['by one that takes no callbacks', { acceptsCallbacks: false }, 0],
    ['to one too many before the last day of a line', { validTo: '2026-11-23' }, 90],
  ]
  test.each(never)('%s', (_what, overrides, ahead) => {
    expect(estimate(MONDAY, ahead, NOBODY, { ...office, ...overrides })).toBeNull()
  })

  test('but on the last day there still is', () => {
    expect(estimate(MONDAY, 89, NOBODY, { ...office, validTo: '2026-11-23' })).toEqual(afternoon)
  })
})

test('a line that never closes counts the slots chosen for a night whichever day it is asked', () => {
  // Its shifts begin in the evening: where looking begins must not change where the night is cut.
  const line = makeLine('toujours', {
    callsPerHour: 1,
    slotNoticeMinutes: 0,
    schedules: [makeSchedule({ byday: EVERY_DAY, opensAt: '23:30', closesAt: '23:30', openOnHolidays: true })],
  })
  const night = slotsOf(line, at('2026-11-20T12:00:00+01:00')).find(
    ({ startsAt }) => startsAt.getTime() === Date.parse('2026-11-24T00:00:00+01:00'),
  )
  expect(night?.places).toBe(6)
  const taken = chosen(['2026-11-24T00:00:00+01:00', 6])
  for (const now of ['2026-11-23T22:00:00+01:00', '2026-11-24T00:00:00+01:00', '2026-11-24T01:00:00+01:00']) {
    expect(estimate(now, 2, taken, line), now).toEqual(between('2026-11-24T06:00:00+01:00', '2026-11-24T13:00:00+01:00'))
  }
})

describe('whatever the hours, the queue and the slots chosen', () => {
  const time = fc.integer({ min: 0, max: 47 }).map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
  const schedule = fc.record({ byday: fc.subarray(EVERY_DAY, { minLength: 1 }), opensAt: time, closesAt: time }).map(makeSchedule)
  const moment = fc
    .tuple(fc.constantFrom('2026-03-29', '2026-10-25', '2026-11-11', '2026-11-23'), fc.integer({ min: -4 * 24 * 60, max: 24 * 60 }))
    .map(([day, minutes]) => new Date(Date.parse(`${day}T00:30:00Z`) + minutes * 60_000))
  const situation = fc
    .record({
      now: moment,
      line: fc
        .record({ schedules: fc.array(schedule, { minLength: 1, maxLength: 3 }), callsPerHour: fc.integer({ min: 1, max: 12 }) })
        .map((overrides) => makeLine('ligne', overrides)),
      ahead: fc.nat(150),
    })
    .chain(({ now, line, ahead }) => {
      const parts = partsAhead(line, dayIn(now))
      const shares = fc.array(fc.nat(100), { minLength: parts.length, maxLength: parts.length })
      // As the database has them: never more than there are places.
      const taken = shares.map(
        (all) => new Map(parts.map(({ start, places }, index) => [start, Math.floor((places * (all[index] ?? 0)) / 100)])),
      )
      return fc.record({ now: fc.constant(now), line: fc.constant(line), ahead: fc.constant(ahead), taken })
    })
  const holds = (check: (line: Line, now: Date, ahead: number, taken: Map<number, number>) => void) =>
    fc.assert(
      fc.property(situation, ({ line, now, ahead, taken }) => check(line, now, ahead, taken)),
      { numRuns: 400 },
    )
  const start = (found: ReturnType<typeof estimateFor>) => found?.from.getTime() ?? Number.POSITIVE_INFINITY

  test('it is ahead, and within one opening', () => {
    holds((line, now, ahead, taken) => {
      const found = estimateFor(line, now, { ahead, taken })
      if (!found) return
      expect(found.from.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(found.by.getTime()).toBeGreaterThan(found.from.getTime())
      const { open, closesAt } = openingAt({ ...line }, found.from)
      expect(open).toBe(true)
      expect(closesAt?.getTime() ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(found.by.getTime())
    })
  })

  test('whoever comes later is not called earlier', () => {
    holds((line, now, ahead, taken) => {
      expect(start(estimateFor(line, now, { ahead: ahead + 1, taken }))).toBeGreaterThanOrEqual(
        start(estimateFor(line, now, { ahead, taken })),
      )
    })
  })

  test('a slot more that is chosen, even one too many, makes nobody’s turn come earlier', () => {
    fc.assert(
      fc.property(situation, fc.nat(200), fc.integer({ min: 1, max: 60 }), ({ line, now, ahead, taken }, which, more) => {
        const starts = [...taken.keys()]
        fc.pre(starts.length > 0)
        const key = starts[which % starts.length] as number
        const added = new Map(taken).set(key, (taken.get(key) ?? 0) + more)
        expect(start(estimateFor(line, now, { ahead, taken: added }))).toBeGreaterThanOrEqual(
          start(estimateFor(line, now, { ahead, taken })),
        )
      }),
      { numRuns: 400 },
    )
  })

  test('up to that moment there is time to call everybody ahead, everybody with a slot, and her', () => {
    holds((line, now, ahead, taken) => {
      const found = estimateFor(line, now, { ahead, taken })
      if (!found) return
      const by = found.by.getTime()
      const parts = partsAhead(line, dayIn(now)).filter(({ start, end }) => end > now.getTime() && start < by)
      // A part shorter than one call takes counts as one, and of the present part nobody knows how many of its slots were called already.
      const calls = parts.reduce((sum, { start, end }) => {
        return sum + Math.max(1, ((end - Math.max(start, now.getTime())) / 3_600_000) * line.callsPerHour)
      }, 0)
      const withSlot = parts.filter(({ start }) => start > now.getTime()).reduce((sum, { start }) => sum + (taken.get(start) ?? 0), 0)
      expect(ahead + 1 + withSlot).toBeLessThanOrEqual(calls + 1e-6)
    })
  })
})
