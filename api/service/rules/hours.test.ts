import { describe, expect, test } from 'vitest'
import type { Hours, Schedule, Service } from '../../directory/snapshot.ts'
import type { Holiday } from '../../strings/fr.ts'
import { makeClosingDay, makeException, makeHours, makeSchedule, makeService } from '../make.ts'
import { dayIn } from './calendar.ts'
import { openingAt, serviceOpening } from './hours.ts'
import type { Closing } from './shifts.ts'

const moment = (text: string) => new Date(text)
const open = (closesAt: string | null) => ({
  known: true,
  open: true,
  opensAt: null,
  closesAt: closesAt === null ? null : moment(closesAt),
  closedFor: null,
})
const closed = (opensAt: string | null, closedFor: Closing | null = null) => ({
  known: true,
  open: false,
  opensAt: opensAt === null ? null : moment(opensAt),
  closesAt: null,
  closedFor,
})

const EVERY_DAY = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const office = [makeSchedule()]
const roundTheClock = [makeSchedule({ byday: EVERY_DAY, opensAt: '00:00', closesAt: '00:00', openOnHolidays: true })]

type Case = [
  what: string,
  schedules: Schedule[] | Hours,
  at: string,
  expected: ReturnType<typeof open> | ReturnType<typeof closed> | { known: false },
]
const check = (cases: Case[]) =>
  test.each(cases)('%s', (_what, of, at, expected) => {
    const opening = openingAt('schedules' in of ? of : makeHours(of), moment(at))
    if (expected.known) expect(opening).toEqual(expected)
    else expect(opening).toMatchObject(expected)
  })
const holiday = (name: Holiday): Closing => ({ holiday: name })
const named = (text: string): Closing => ({ named: { FR: text } })

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
    [
      '11 November is closed, until the day after',
      office,
      '2026-11-11T10:00:00+01:00',
      closed('2026-11-12T09:00:00+01:00', holiday('armistice')),
    ],
    ['it is that all day long', office, '2026-11-11T22:00:00+01:00', closed('2026-11-12T09:00:00+01:00', holiday('armistice'))],
    ['a holiday on a Saturday closes nothing that would be open', office, '2026-08-15T10:00:00+02:00', closed('2026-08-17T09:00:00+02:00')],
    ['the evening before already points past it', office, '2026-11-10T18:00:00+01:00', closed('2026-11-12T09:00:00+01:00')],
    ['Easter Monday is closed', office, '2026-04-06T10:00:00+02:00', closed('2026-04-07T09:00:00+02:00', holiday('easter-monday'))],
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
    ['do not begin on a holiday', everyNight, '2026-11-11T21:00:00+01:00', closed('2026-11-12T20:00:00+01:00', holiday('armistice'))],
    [
      'that are missing after midnight are missing for the day before',
      everyNight,
      '2026-11-12T01:00:00+01:00',
      closed('2026-11-12T20:00:00+01:00', holiday('armistice')),
    ],
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
    expect(openingAt(makeHours(roundTheClock), moment(at))).toEqual(open(null))
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
    [
      'spring: hours that lie in the missing hour do not exist',
      sunday('02:30', '03:00'),
      '2026-03-28T12:00:00Z',
      closed('2026-04-05T00:30:00Z'),
    ],
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
    ['the morning after', '2021-07-01T00:00:00+02:00', { ...closed(null), ended: true }],
    ['years later', '2026-11-20T10:00:00+01:00', { ...closed(null), ended: true }],
    ['a year before, however far that is', '2019-11-16T12:00:00+01:00', closed('2020-11-16T09:00:00+01:00')],
  ])('%s', (_what, at, expected) => {
    expect(openingAt(makeHours(office), moment(at), solidaire)).toEqual(expected)
  })

  test('a line round the clock closes at the end of its last day', () => {
    expect(openingAt(makeHours(roundTheClock), moment('2021-06-29T12:00:00+02:00'), solidaire)).toEqual(open('2021-07-01T00:00:00+02:00'))
  })
})

test('hours that nobody published are unknown, not closed', () => {
  expect(openingAt(makeHours([]), moment('2026-11-20T10:00:00+01:00'))).toEqual({ ...closed(null), known: false })
})

test('a service that is not given at present is closed, whatever its hours', () => {
  const at = moment('2026-11-20T10:00:00+01:00')
  const opening = (status: Service['status'], schedules = roundTheClock) => serviceOpening(makeService('any', { status, schedules }), at)
  expect(opening('ACTIVE')).toEqual(open(null))
  for (const schedules of [roundTheClock, []]) {
    expect(opening('TEMPORARILY_CLOSED', schedules)).toEqual({ ...closed(null), suspended: true })
    expect(opening('INACTIVE', schedules)).toEqual(closed(null))
    expect(opening('DEFUNCT', schedules)).toEqual(closed(null))
  }
})

test('hours that a check found wrong are not known', () => {
  const failed = makeService('failed', { schedules: roundTheClock, checkFailedOn: '2026-11-20' })
  expect(serviceOpening(failed, moment('2026-11-21T09:00:00Z'))).toMatchObject({ known: false, open: false })
  expect(serviceOpening({ ...failed, status: 'INACTIVE' }, moment('2026-11-21T09:00:00Z'))).toEqual(closed(null))
})

describe('what is not there is closed, whatever is known of its hours', () => {
  const at = moment('2026-11-21T09:00:00Z')
  const tomorrow = makeHours([], { exceptions: [makeException('2026-11-22', '2026-11-22', { opensAt: '10:00', closesAt: '12:00' })] })
  test.each([
    ['before its first day, without hours', makeHours([]), { validFrom: '2026-12-24', validTo: null }, closed(null)],
    [
      'before its first day, whose hours are known',
      tomorrow,
      { validFrom: '2026-11-22', validTo: null },
      closed('2026-11-22T10:00:00+01:00'),
    ],
    ['the day after its last', makeHours([]), { validFrom: null, validTo: '2026-11-20' }, { ...closed(null), ended: true }],
    ['long after its last day', makeHours([]), { validFrom: null, validTo: '2021-06-30' }, { ...closed(null), ended: true }],
    [
      'the day after its last, with an exception known',
      tomorrow,
      { validFrom: null, validTo: '2026-11-20' },
      { ...closed(null), ended: true },
    ],
  ])('%s', (_what, hours, validity, expected) => {
    expect(openingAt(hours, at, validity)).toEqual(expected)
  })

  test('on its first and its last day its hours are as little known as they were', () => {
    expect(openingAt(makeHours([]), at, { validFrom: '2026-11-21', validTo: '2026-11-21' }).known).toBe(false)
  })
})

test('what was asked before changes no answer', () => {
  const kept = makeHours(office)
  const at = (date: string) => moment(`${date}T08:00:00+01:00`)
  for (const date of ['2026-11-20', '2026-12-24', '2026-11-20', '2027-01-04'])
    expect(openingAt(kept, at(date))).toEqual(openingAt(makeHours(office), at(date)))
  const ended = { validFrom: null, validTo: '2026-11-20' }
  expect(openingAt(kept, moment('2026-11-20T18:00:00+01:00'), ended)).toEqual(closed(null))
  expect(openingAt(kept, moment('2026-11-20T18:00:00+01:00'))).toEqual(closed('2026-11-23T09:00:00+01:00'))
})

describe('exceptions', () => {
  const on = (...exceptions: Hours['exceptions']) => makeHours(office, { exceptions })
  const inventory = { texts: { FR: { reason: 'inventaire' } } }
  const times = (opensAt: string, closesAt: string) => ({ opensAt, closesAt })
  check([
    [
      'without times close their days, and say why',
      on(makeException('2026-11-19', '2026-11-20', inventory)),
      '2026-11-19T10:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00', named('inventaire')),
    ],
    ['are looked over from before', on(makeException('2026-11-20')), '2026-11-19T18:00:00+01:00', closed('2026-11-23T09:00:00+01:00')],
    [
      'without a reason close all the same',
      on(makeException('2026-11-20')),
      '2026-11-20T10:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00'),
    ],
    [
      'on a weekend say nothing that its hours do not say',
      on(makeException('2026-11-21', '2026-11-22', inventory)),
      '2026-11-21T10:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00'),
    ],
    [
      'with times replace the weekly hours',
      on(makeException('2026-11-20', '2026-11-20', times('14:00', '20:00'))),
      '2026-11-20T19:00:00+01:00',
      open('2026-11-20T20:00:00+01:00'),
    ],
    [
      'say why it is closed when it would be open',
      on(makeException('2026-11-20', '2026-11-20', { ...times('14:00', '20:00'), ...inventory })),
      '2026-11-20T10:00:00+01:00',
      closed('2026-11-20T14:00:00+01:00', named('inventaire')),
    ],
    [
      'say nothing when it would be closed anyway',
      on(makeException('2026-11-20', '2026-11-20', { ...times('10:00', '12:00'), ...inventory })),
      '2026-11-20T18:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00'),
    ],
    [
      'with times open a day that is always closed',
      on(makeException('2026-11-22', '2026-11-22', times('10:00', '12:00'))),
      '2026-11-22T11:00:00+01:00',
      open('2026-11-22T12:00:00+01:00'),
    ],
    [
      'with times open on a legal holiday',
      on(makeException('2026-11-11', '2026-11-11', times('10:00', '12:00'))),
      '2026-11-11T11:00:00+01:00',
      open('2026-11-11T12:00:00+01:00'),
    ],
    [
      'past midnight end on the next day',
      on(makeException('2026-11-20', '2026-11-20', times('20:00', '02:00'))),
      '2026-11-21T01:00:00+01:00',
      open('2026-11-21T02:00:00+01:00'),
    ],
    [
      'do not cut the night shift of the evening before',
      makeHours([makeSchedule({ byday: EVERY_DAY, opensAt: '20:00', closesAt: '02:00' })], { exceptions: [makeException('2026-11-21')] }),
      '2026-11-21T01:00:00+01:00',
      open('2026-11-21T02:00:00+01:00'),
    ],
    [
      'for fewer days win over longer ones, in whatever order they stand',
      on(makeException('2026-11-20', '2026-11-20', times('10:00', '11:00')), makeException('2026-11-16', '2026-11-27', inventory)),
      '2026-11-20T10:30:00+01:00',
      open('2026-11-20T11:00:00+01:00'),
    ],
    [
      'for as many days win when they begin later',
      on(makeException('2026-11-19', '2026-11-20', inventory), makeException('2026-11-20', '2026-11-21', times('10:00', '11:00'))),
      '2026-11-20T10:30:00+01:00',
      open('2026-11-20T11:00:00+01:00'),
    ],
    [
      'for the same days add up',
      on(
        makeException('2026-11-20', '2026-11-20', times('09:00', '10:00')),
        makeException('2026-11-20', '2026-11-20', times('14:00', '15:00')),
      ),
      '2026-11-20T12:00:00+01:00',
      closed('2026-11-20T14:00:00+01:00'),
    ],
    [
      'for the same days close when one of them does',
      on(makeException('2026-11-20', '2026-11-20', times('09:00', '17:00')), makeException('2026-11-20', '2026-11-20', inventory)),
      '2026-11-20T12:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00', named('inventaire')),
    ],
    [
      'with one of the two times only close',
      on(makeException('2026-11-20', '2026-11-20', { opensAt: '09:00' })),
      '2026-11-20T12:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00'),
    ],
    [
      'on the day the clocks go forward are an hour shorter',
      on(makeException('2026-03-29', '2026-03-29', times('01:00', '05:00'))),
      '2026-03-29T00:30:00Z',
      open('2026-03-29T03:00:00Z'),
    ],
    [
      'on the day the clocks go back are an hour longer',
      on(makeException('2026-10-25', '2026-10-25', times('01:00', '05:00'))),
      '2026-10-25T01:30:00Z',
      open('2026-10-25T04:00:00Z'),
    ],
    [
      'are known where weekly hours are not',
      makeHours([], { exceptions: [makeException('2026-11-20', '2026-11-20', times('10:00', '12:00'))] }),
      '2026-11-20T11:00:00+01:00',
      open('2026-11-20T12:00:00+01:00'),
    ],
    [
      'leave the other days unknown',
      makeHours([], { exceptions: [makeException('2026-11-20', '2026-11-20', times('10:00', '12:00'))] }),
      '2026-11-19T11:00:00+01:00',
      { known: false },
    ],
    [
      'close where weekly hours are not known',
      makeHours([], { exceptions: [makeException('2026-11-20')] }),
      '2026-11-20T11:00:00+01:00',
      closed(null),
    ],
    [
      'close for their reason where weekly hours are not known',
      makeHours([], { exceptions: [makeException('2026-11-20', '2026-11-20', { texts: { FR: { reason: 'inventaire' } } })] }),
      '2026-11-20T11:00:00+01:00',
      closed(null, { named: { FR: 'inventaire' } }),
    ],
    [
      'tell the opening to come where weekly hours are not known',
      makeHours([], { exceptions: [makeException('2026-11-20', '2026-11-20', times('14:00', '18:00'))] }),
      '2026-11-20T10:00:00+01:00',
      closed('2026-11-20T14:00:00+01:00'),
    ],
    [
      'tell the opening of the day after, when that one is known too',
      makeHours([], { exceptions: [makeException('2026-11-20', '2026-11-21', times('14:00', '18:00'))] }),
      '2026-11-20T18:30:00+01:00',
      closed('2026-11-21T14:00:00+01:00'),
    ],
    [
      'tell no opening past a day of which nothing is known',
      makeHours([], {
        exceptions: [
          makeException('2026-11-20', '2026-11-20', times('14:00', '18:00')),
          makeException('2026-11-22', '2026-11-22', times('14:00', '18:00')),
        ],
      }),
      '2026-11-20T18:30:00+01:00',
      closed(null),
    ],
    [
      'with times that are none close',
      on(makeException('2026-11-20', '2026-11-20', times('9h', '25:00'))),
      '2026-11-20T11:00:00+01:00',
      closed('2026-11-23T09:00:00+01:00'),
    ],
  ])
})

describe('closing days of the organization', () => {
  const on = (schedules: Schedule[], ...closingDays: Hours['closingDays']) => makeHours(schedules, { closingDays })
  const allSouls = makeClosingDay('11-02', '2 novembre')
  check([
    ['of every year', on(office, allSouls), '2026-11-02T10:00:00+01:00', closed('2026-11-03T09:00:00+01:00', named('2 novembre'))],
    [
      'of every year, the next too',
      on(office, allSouls),
      '2027-11-02T10:00:00+01:00',
      closed('2027-11-03T09:00:00+01:00', named('2 novembre')),
    ],
    [
      'of one year',
      on(office, makeClosingDay('2026-05-15', 'pont de l’Ascension')),
      '2026-05-14T10:00:00+02:00',
      closed('2026-05-18T09:00:00+02:00', holiday('ascension')),
    ],
    [
      'of one year, not of the next',
      on(office, makeClosingDay('2025-11-20', 'fermeture')),
      '2026-11-20T10:00:00+01:00',
      open('2026-11-20T17:00:00+01:00'),
    ],
    [
      'on a legal holiday leave it its name',
      on(office, makeClosingDay('11-11', 'fermeture')),
      '2026-11-11T10:00:00+01:00',
      closed('2026-11-12T09:00:00+01:00', holiday('armistice')),
    ],
    ['do not close what is open on holidays', on(roundTheClock, allSouls), '2026-11-02T10:00:00+01:00', open(null)],
    [
      'leave the hours that hold on holidays',
      on([makeSchedule(), makeSchedule({ opensAt: '10:00', closesAt: '12:00', openOnHolidays: true })], allSouls),
      '2026-11-02T14:00:00+01:00',
      closed('2026-11-03T09:00:00+01:00', named('2 novembre')),
    ],
    [
      'without a name close all the same',
      on(office, { day: '11-02', texts: {} }),
      '2026-11-02T10:00:00+01:00',
      closed('2026-11-03T09:00:00+01:00'),
    ],
    [
      'yield to an exception',
      makeHours(office, {
        closingDays: [allSouls],
        exceptions: [makeException('2026-11-02', '2026-11-02', { opensAt: '10:00', closesAt: '11:00' })],
      }),
      '2026-11-02T10:30:00+01:00',
      open('2026-11-02T11:00:00+01:00'),
    ],
    [
      'give their name to an exception that says no reason',
      makeHours(office, { closingDays: [allSouls], exceptions: [makeException('2026-11-02')] }),
      '2026-11-02T10:30:00+01:00',
      closed('2026-11-03T09:00:00+01:00', named('2 novembre')),
    ],
  ])
})

test('a time that is none opens nothing, and breaks nothing', () => {
  for (const opensAt of ['24:00', '9:00', '', 'neuf heures', '09:00:00']) {
    for (const at of ['2026-11-20T10:00:00+01:00', '2026-03-29T10:00:00+02:00', '2026-10-25T10:00:00+01:00'])
      expect(openingAt(makeHours([makeSchedule({ byday: EVERY_DAY, opensAt })]), moment(at)).open).toBe(false)
  }
})

test('the day in Belgium changes at its midnight', () => {
  expect(dayIn(moment('2026-11-20T22:59:59Z'))).toBe('2026-11-20')
  expect(dayIn(moment('2026-11-20T23:00:00Z'))).toBe('2026-11-21')
  expect(dayIn(moment('2026-07-01T22:00:00Z'))).toBe('2026-07-02')
})
