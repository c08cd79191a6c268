import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Schedule, Service } from '../../directory/snapshot.ts'
import { makeSchedule } from '../make.ts'
import { dayIn, openingAt, serviceOpening } from './hours.ts'

const moment = (text: string) => new Date(text)
const open = (closesAt: string | null) => ({
  known: true,
  open: true,
  opensAt: null,
  closesAt: closesAt === null ? null : moment(closesAt),
})
const closed = (opensAt: string | null) => ({
  known: true,
  open: false,
  opensAt: opensAt === null ? null : moment(opensAt),
  closesAt: null,
})

const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const office = [makeSchedule()]
const roundTheClock = [makeSchedule({ byday: EVERY_DAY, opensAt: '00:00', closesAt: '00:00', openOnHolidays: true })]

type Case = [what: string, schedules: Schedule[], at: string, expected: ReturnType<typeof open> | ReturnType<typeof closed>]
const check = (cases: Case[]) =>
  test.each(cases)('%s', (_what, schedules, at, expected) => {
    expect(openingAt(schedules, moment(at))).toEqual(expected)
  })

describe('weekly hours', () => {
  check([
    ['a moment within them is open until they end', office, '2026-11-20T10:00:00+01:00', open('2026-11-20T17:00:00+01:00')],
    ['the first instant is open', office, '2026-11-20T09:00:00+01:00', open('2026-11-20T17:00:00+01:00')],
    ['the instant before is closed', office, '2026-11-20T08:59:59.999+01:00', closed('2026-11-20T09:00:00+01:00')],
    ['the last instant is open', office, '2026-11-20T16:59:59.999+01:00', open('2026-11-20T17:00:00+01:00')],
    ['the end is closed, until the next working day', office, '2026-11-20T17:00:00+01:00', closed('2026-11-23T09:00:00+01:00')],
    ['a Sunday opens on Monday', office, '2026-11-22T12:00:00+01:00', closed('2026-11-23T09:00:00+01:00')],
    [
      'a lunch break closes and opens again',
      [makeSchedule({ closesAt: '12:00' }), makeSchedule({ opensAt: '13:00' })],
      '2026-11-20T12:30:00+01:00',
      closed('2026-11-20T13:00:00+01:00'),
    ],
    [
      'parts that touch are one, in whatever order they are stored',
      [makeSchedule({ opensAt: '12:00' }), makeSchedule({ closesAt: '12:00' })],
      '2026-11-20T10:00:00+01:00',
      open('2026-11-20T17:00:00+01:00'),
    ],
    [
      'parts that overlap end with the last of them',
      [makeSchedule({ closesAt: '18:00' }), makeSchedule({ opensAt: '10:00', closesAt: '11:00' })],
      '2026-11-20T10:30:00+01:00',
      open('2026-11-20T18:00:00+01:00'),
    ],
    ['the clock is that of Brussels, not of the caller', office, '2026-11-20T16:30:00-05:00', closed('2026-11-23T08:00:00Z')],
  ])
})

describe('legal holidays', () => {
  check([
    ['11 November is closed, until the day after', office, '2026-11-11T10:00:00+01:00', closed('2026-11-12T09:00:00+01:00')],
    ['the evening before already points past it', office, '2026-11-10T18:00:00+01:00', closed('2026-11-12T09:00:00+01:00')],
    ['Easter Monday is closed', office, '2026-04-06T10:00:00+02:00', closed('2026-04-07T09:00:00+02:00')],
    ['a Friday before Easter opens on Tuesday', office, '2026-04-03T17:00:00+02:00', closed('2026-04-07T09:00:00+02:00')],
    [
      'Christmas of this year and New Year of the next are both known',
      office,
      '2026-12-31T17:30:00+01:00',
      closed('2027-01-04T09:00:00+01:00'),
    ],
    [
      'hours that hold on holidays are open',
      [makeSchedule({ openOnHolidays: true })],
      '2026-11-11T10:00:00+01:00',
      open('2026-11-11T17:00:00+01:00'),
    ],
    [
      'round the clock but for holidays closes the night before',
      [makeSchedule({ byday: EVERY_DAY, opensAt: '00:00', closesAt: '00:00' })],
      '2026-11-10T22:00:00+01:00',
      open('2026-11-11T00:00:00+01:00'),
    ],
  ])
})

describe('shifts past midnight', () => {
  const fridayNight = [makeSchedule({ byday: ['FR'], opensAt: '20:00', closesAt: '02:00' })]
  const everyNight = [makeSchedule({ byday: EVERY_DAY, opensAt: '20:00', closesAt: '02:00' })]
  check([
    ['are open before midnight', fridayNight, '2026-11-20T23:00:00+01:00', open('2026-11-21T02:00:00+01:00')],
    ['are open after midnight, on a day that is not theirs', fridayNight, '2026-11-21T01:59:00+01:00', open('2026-11-21T02:00:00+01:00')],
    ['end, until next week', fridayNight, '2026-11-21T02:00:00+01:00', closed('2026-11-27T20:00:00+01:00')],
    ['that begin before a holiday run into it', everyNight, '2026-11-11T01:00:00+01:00', open('2026-11-11T02:00:00+01:00')],
    ['do not begin on a holiday', everyNight, '2026-11-11T21:00:00+01:00', closed('2026-11-12T20:00:00+01:00')],
    [
      'that end at midnight end there',
      [makeSchedule({ opensAt: '10:00', closesAt: '00:00' })],
      '2026-11-20T23:59:00+01:00',
      open('2026-11-21T00:00:00+01:00'),
    ],
  ])
})

describe('round the clock', () => {
  test.each([
    '2026-11-11T12:00:00+01:00',
    '2026-11-21T00:00:00+01:00',
    '2026-12-31T23:59:59.999+01:00',
    '2026-03-29T03:00:00+02:00',
    '2026-10-25T02:30:00+02:00',
    '2026-10-25T02:30:00+01:00',
  ])('never closes: %s', (at) => {
    expect(openingAt(roundTheClock, moment(at))).toEqual(open(null))
  })
})

describe('clock changes', () => {
  const sunday = (opensAt: string, closesAt: string) => [makeSchedule({ byday: ['SU'], opensAt, closesAt })]
  check([
    [
      'spring: hours over the missing hour last one hour less',
      sunday('01:00', '05:00'),
      '2026-03-29T00:30:00Z',
      open('2026-03-29T03:00:00Z'),
    ],
    [
      'spring: a beginning that does not exist moves forward',
      sunday('02:30', '05:00'),
      '2026-03-29T01:00:00Z',
      closed('2026-03-29T01:30:00Z'),
    ],
    ['spring: an end that does not exist moves forward', sunday('01:00', '02:30'), '2026-03-29T01:29:00Z', open('2026-03-29T01:30:00Z')],
    ['spring: Saturday looks forward to Monday in summer time', office, '2026-03-28T12:00:00+01:00', closed('2026-03-30T09:00:00+02:00')],
    [
      'autumn: hours over the doubled hour last one hour more',
      sunday('01:00', '05:00'),
      '2026-10-24T23:30:00Z',
      open('2026-10-25T04:00:00Z'),
    ],
    [
      'autumn: they stay open in the second of the two hours',
      sunday('01:00', '05:00'),
      '2026-10-25T01:30:00Z',
      open('2026-10-25T04:00:00Z'),
    ],
    [
      'autumn: a beginning that exists twice is the first',
      sunday('02:30', '05:00'),
      '2026-10-25T00:29:00Z',
      closed('2026-10-25T00:30:00Z'),
    ],
    ['autumn: an end that exists twice is the first', sunday('01:00', '02:30'), '2026-10-25T00:30:00Z', closed('2026-11-08T00:00:00Z')],
    ['autumn: Saturday looks forward to Monday in winter time', office, '2026-10-24T12:00:00+02:00', closed('2026-10-26T09:00:00+01:00')],
  ])
})

describe('validity of hours', () => {
  const summer = makeSchedule({ opensAt: '08:00', validFrom: '2026-07-01', validTo: '2026-08-31' })
  const autumn = makeSchedule({ validFrom: '2026-09-01' })
  check([
    ['the last day of the summer hours is theirs', [summer, autumn], '2026-08-31T08:30:00+02:00', open('2026-08-31T17:00:00+02:00')],
    ['the first day of the autumn hours is theirs', [summer, autumn], '2026-09-01T08:30:00+02:00', closed('2026-09-01T09:00:00+02:00')],
    ['hours that ended open no more', [summer], '2026-08-31T17:00:00+02:00', closed(null)],
    ['hours within four weeks are announced', [summer], '2026-06-08T12:00:00+02:00', closed('2026-07-01T08:00:00+02:00')],
    ['so are those of its last day', [summer], '2026-06-04T12:00:00+02:00', closed('2026-07-01T08:00:00+02:00')],
    ['hours later than that are not', [summer], '2026-05-30T12:00:00+02:00', closed(null)],
    ['hours without a day are known, and never open', [makeSchedule({ byday: [] })], '2026-11-20T10:00:00+01:00', closed(null)],
  ])
})

describe('validity of a line', () => {
  const solidaire = { validFrom: '2020-11-16', validTo: '2021-06-30' }
  test.each([
    ['the day before its first', '2020-11-15T12:00:00+01:00', closed('2020-11-16T09:00:00+01:00')],
    ['its first morning', '2020-11-16T09:00:00+01:00', open('2020-11-16T17:00:00+01:00')],
    ['its last afternoon', '2021-06-30T16:00:00+02:00', open('2021-06-30T17:00:00+02:00')],
    ['its last evening', '2021-06-30T17:00:00+02:00', closed(null)],
    ['years later', '2026-11-20T10:00:00+01:00', closed(null)],
    ['a year before, however far that is', '2019-11-16T12:00:00+01:00', closed('2020-11-16T09:00:00+01:00')],
  ])('%s', (_what, at, expected) => {
    expect(openingAt(office, moment(at), solidaire)).toEqual(expected)
  })

  test('a line round the clock closes at the end of its last day', () => {
    expect(openingAt(roundTheClock, moment('2021-06-29T12:00:00+02:00'), solidaire)).toEqual(open('2021-07-01T00:00:00+02:00'))
  })
})

test('hours that nobody published are unknown, not closed', () => {
  expect(openingAt([], moment('2026-11-20T10:00:00+01:00'))).toEqual({ known: false, open: false, opensAt: null, closesAt: null })
})

test('a service that is not given at present is closed, whatever its hours', () => {
  const at = moment('2026-11-20T10:00:00+01:00')
  const opening = (status: Service['status'], schedules = roundTheClock) => serviceOpening({ status, schedules }, at)
  expect(opening('ACTIVE')).toEqual(open(null))
  for (const schedules of [roundTheClock, []]) {
    expect(opening('TEMPORARILY_CLOSED', schedules)).toEqual({ ...closed(null), suspended: true })
    expect(opening('INACTIVE', schedules)).toEqual(closed(null))
    expect(opening('DEFUNCT', schedules)).toEqual(closed(null))
  }
})

test('what was asked before changes no answer', () => {
  const day = (date: string) => openingAt(office, moment(`${date}T08:00:00+01:00`))
  const fresh = (date: string) => openingAt([...office], moment(`${date}T08:00:00+01:00`))
  for (const date of ['2026-11-20', '2026-12-24', '2026-11-20', '2027-01-04']) expect(day(date)).toEqual(fresh(date))
  const ended = { validFrom: null, validTo: '2026-11-19' }
  expect(openingAt(office, moment('2026-11-20T10:00:00+01:00'), ended)).toEqual(closed(null))
  expect(openingAt(office, moment('2026-11-20T10:00:00+01:00'))).toEqual(open('2026-11-20T17:00:00+01:00'))
})

test('the day in Belgium changes at its midnight', () => {
  expect(dayIn(moment('2026-11-20T22:59:59Z'))).toBe('2026-11-20')
  expect(dayIn(moment('2026-11-20T23:00:00Z'))).toBe('2026-11-21')
  expect(dayIn(moment('2026-07-01T22:00:00Z'))).toBe('2026-07-02')
})

test('what it announces comes true, to the millisecond, in every week of two years', () => {
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
  const at = fc.date({ min: moment('2026-01-01T00:00:00Z'), max: moment('2027-12-31T00:00:00Z'), noInvalidDate: true })
  fc.assert(
    fc.property(fc.array(schedule, { minLength: 1, maxLength: 3 }), at, (schedules, now) => {
      const present = openingAt(schedules, now)
      const isOpen = (ms: number) => openingAt(schedules, new Date(ms)).open
      expect(present.open ? present.opensAt : present.closesAt).toBeNull()
      const change = present.opensAt ?? present.closesAt
      if (!change) return
      expect(change.getTime()).toBeGreaterThan(now.getTime())
      expect(isOpen(change.getTime() - 1)).toBe(present.open)
      expect(isOpen(change.getTime())).toBe(!present.open)
    }),
    { numRuns: 300 },
  )
})
