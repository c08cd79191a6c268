import { describe, expect, test } from 'vitest'
import type { Service } from '../../directory/snapshot.ts'
import { makeSchedule, makeService } from '../../service/make.ts'
import { scheduleRecords } from './schedule.ts'

/** A Tuesday in winter time, which began on 25 October 2026 and ends on 28 March 2027. */
const TODAY = '2026-11-17'
const WINTER = ['2026-10-25', '2027-03-27', 1]
const SUMMER = ['2027-03-28', '2027-10-30', 2]

const records = (overrides: Partial<Service>, today = TODAY) => scheduleRecords(makeService('service', overrides), ['EN', 'FR'], today)
const stretches = (overrides: Partial<Service>, today = TODAY) =>
  records(overrides, today).map(({ valid_from, valid_to, timezone }) => [valid_from, valid_to, timezone])
const times = (hours: Parameters<typeof makeSchedule>[0]) =>
  records({ schedules: [makeSchedule(hours)] })
    .filter(({ timezone }) => timezone === 1)
    .map(({ byday, opens_at, closes_at, valid_from }) => `${byday} ${opens_at} ${closes_at} from ${valid_from}`)

describe('which times', () => {
  test('hours within a day are told with the offset of the season', () => {
    expect(records({ schedules: [makeSchedule()] })).toMatchObject([
      { byday: 'MO,TU,WE,TH,FR', opens_at: '09:00+01:00', closes_at: '17:00+01:00', freq: 'WEEKLY', timezone: 1 },
      { byday: 'MO,TU,WE,TH,FR', opens_at: '09:00+02:00', closes_at: '17:00+02:00', freq: 'WEEKLY', timezone: 2 },
    ])
  })

  test.each([
    [
      { byday: ['FR'], opensAt: '22:00', closesAt: '06:00' },
      ['FR 22:00+01:00 23:59+01:00 from 2026-10-25', 'SA 00:00+01:00 06:00+01:00 from 2026-10-26'],
    ],
    [
      { byday: ['SU', 'MO'], opensAt: '20:00', closesAt: '02:30' },
      ['MO,SU 20:00+01:00 23:59+01:00 from 2026-10-25', 'MO,TU 00:00+01:00 02:30+01:00 from 2026-10-26'],
    ],
    [{ byday: ['SA'], opensAt: '10:00', closesAt: '00:00' }, ['SA 10:00+01:00 23:59+01:00 from 2026-10-25']],
    [{ byday: ['MO', 'SU'], opensAt: '00:00', closesAt: '00:00' }, ['MO,SU 00:00+01:00 23:59+01:00 from 2026-10-25']],
    [{ byday: [], opensAt: '09:00', closesAt: '17:00' }, []],
  ])('past midnight it goes on as an entry of the next day: %j', (hours, told) => {
    expect(times(hours)).toEqual(told)
  })
})

describe('which days', () => {
  test('from the present clock change on, this season and the next', () => {
    expect(stretches({ schedules: [makeSchedule()] })).toEqual([WINTER, SUMMER])
  })

  test.each([
    ['the day before the clock changes', '2027-03-27', WINTER],
    ['the day on which it changes', '2027-03-28', SUMMER],
    ['the last day of summer time', '2027-10-30', SUMMER],
  ])('%s belongs to its season', (_when, today, season) => {
    expect(stretches({ schedules: [makeSchedule()] }, today)[0]).toEqual(season)
  })

  test('within the validity of the hours', () => {
    expect(stretches({ schedules: [makeSchedule({ validFrom: '2026-12-01', validTo: '2027-04-30' })] })).toEqual([
      ['2026-12-01', '2027-03-27', 1],
      ['2027-03-28', '2027-04-30', 2],
    ])
    expect(stretches({ schedules: [makeSchedule({ validTo: TODAY })] })).toEqual([['2026-10-25', TODAY, 1]])
    expect(stretches({ schedules: [makeSchedule({ validTo: '2026-11-16' })] })).toEqual([])
    // What begins years from now is told from then.
    expect(stretches({ schedules: [makeSchedule({ validFrom: '2030-01-01' })] })[0]).toEqual(['2030-01-01', '2030-03-30', 1])
  })

  test('a closure cuts them in two; one that is over does not', () => {
    const closed = (firstDay: string, lastDay: string) => ({ firstDay, lastDay, opensAt: null, closesAt: null, texts: {} })
    expect(stretches({ schedules: [makeSchedule()], exceptions: [closed('2026-12-24', '2027-01-03')] })).toEqual([
      ['2026-10-25', '2026-12-23', 1],
      ['2027-01-04', '2027-03-27', 1],
      SUMMER,
    ])
    expect(stretches({ schedules: [makeSchedule()], exceptions: [closed('2027-03-20', '2027-04-05')] })).toEqual([
      ['2026-10-25', '2027-03-19', 1],
      ['2027-04-06', '2027-10-30', 2],
    ])
    expect(stretches({ schedules: [makeSchedule()], exceptions: [closed('2026-11-01', '2026-11-16')] })).toEqual([WINTER, SUMMER])
  })

  test('other hours on some days stand beside the usual ones', () => {
    const exceptions = [
      { firstDay: '2026-12-24', lastDay: '2026-12-24', opensAt: '09:00', closesAt: '12:00', texts: { FR: { reason: 'Veille de Noël' } } },
    ]
    const [before, after, , special] = records({ schedules: [makeSchedule()], exceptions })
    expect([before?.valid_to, after?.valid_from]).toEqual(['2026-12-23', '2026-12-25'])
    expect(special).toMatchObject({
      valid_from: '2026-12-24',
      valid_to: '2026-12-24',
      byday: 'MO,TU,WE,TH,FR,SA,SU',
      opens_at: '09:00+01:00',
      closes_at: '12:00+01:00',
      notes: 'Veille de Noël',
    })
  })

  test('of several exceptions the one for the fewest days holds; those for the same days add up, unless one says closed', () => {
    const exception = (firstDay: string, lastDay: string, opensAt: string | null = null, closesAt = opensAt && '12:00') => ({
      firstDay,
      lastDay,
      opensAt,
      closesAt,
      texts: {},
    })
    const week = exception('2026-12-21', '2026-12-27')
    const days = (exceptions: Service['exceptions']) =>
      records({ exceptions }).map(({ valid_from, valid_to, opens_at, closes_at }) => [valid_from, valid_to, opens_at, closes_at])
    const inside = exception('2026-12-23', '2026-12-23', '09:00')
    expect(days([week, inside])).toEqual([['2026-12-23', '2026-12-23', '09:00+01:00', '12:00+01:00']])
    expect(days([week, inside, exception('2026-12-23', '2026-12-23', '13:00', '16:00')])).toEqual([
      ['2026-12-23', '2026-12-23', '09:00+01:00', '12:00+01:00'],
      ['2026-12-23', '2026-12-23', '13:00+01:00', '16:00+01:00'],
    ])
    expect(days([inside, exception('2026-12-23', '2026-12-23')])).toEqual([])
    // What holds for a week is cut by a closed day within.
    expect(days([exception('2026-12-21', '2026-12-27', '08:00'), exception('2026-12-25', '2026-12-25')])).toEqual([
      ['2026-12-21', '2026-12-24', '08:00+01:00', '12:00+01:00'],
      ['2026-12-26', '2026-12-27', '08:00+01:00', '12:00+01:00'],
    ])
  })
})

describe('in words', () => {
  test('the days and times, and the days on which they do not hold', () => {
    const closingDays = [
      { day: '11-02', texts: { EN: { name: 'All Souls’ Day' } } },
      { day: '2026-12-24', texts: { EN: { name: 'Christmas Eve' } } },
      { day: '2025-12-24', texts: { EN: { name: 'Christmas Eve' } } },
    ]
    expect(records({ schedules: [makeSchedule()], closingDays })[0]).toMatchObject({
      description: 'Monday – Friday, 9:00 – 17:00',
      notes: 'Closed on legal holidays. Also closed: 2 November (All Souls’ Day), 24 December 2026 (Christmas Eve).',
    })
    expect(records({ schedules: [makeSchedule({ openOnHolidays: true })], closingDays })[0]?.notes).toBeUndefined()
  })

  test('every entry has an identifier of its own, the same on every day of a season', () => {
    const schedules = [makeSchedule({ opensAt: '22:00', closesAt: '06:00' }), makeSchedule({ byday: ['SA'] })]
    const ids = records({ schedules }).map(({ id }) => id)
    expect(ids).toHaveLength(6)
    expect(new Set(ids).size).toBe(6)
    expect(records({ schedules }, '2027-02-01').map(({ id }) => id)).toEqual(ids)
  })
})
