import { describe, expect, test } from 'vitest'
import { makeSchedule, makeService } from '../../service/make.ts'
import { scheduleRecords } from '../../hsds/map/schedule.ts'
import { hoursBehind, type ToldHours } from './hours.ts'

/** In winter time, which ends on 27 March 2027. */
const TODAY = '2026-11-17'
const WORKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR']

/** Hours as our own feed tells them, and read from there. */
function readBack(schedule: Parameters<typeof makeSchedule>[0]) {
  const told = scheduleRecords(makeService('service', { schedules: [makeSchedule(schedule)] }), ['FR'], TODAY)
  const read = told.map(
    (one): ToldHours => ({
      days: one.byday.split(','),
      opens: one.opens_at.slice(0, 5),
      closes: one.closes_at.slice(0, 5),
      from: one.valid_from,
      to: one.valid_to,
    }),
  )
  return hoursBehind(read, TODAY).map(({ days, opens, closes, validFrom, validTo }) => [days.join(), opens, closes, validFrom, validTo])
}

describe('hours that the feed tells', () => {
  test.each([
    [{ byday: WORKDAYS }, ['MO,TU,WE,TH,FR', '09:00', '17:00', null, null]],
    [{ byday: ['FR'], opensAt: '22:00', closesAt: '06:00' }, ['FR', '22:00', '06:00', null, null]],
    [{ byday: ['SU', 'MO'], opensAt: '20:00', closesAt: '02:30' }, ['MO,SU', '20:00', '02:30', null, null]],
    [{ byday: ['SA'], opensAt: '10:00', closesAt: '00:00' }, ['SA', '10:00', '00:00', null, null]],
    [{ byday: ['MO'], opensAt: '00:00', closesAt: '00:00' }, ['MO', '00:00', '00:00', null, null]],
    [{ byday: ['TU'], validFrom: '2026-12-01', validTo: '2027-04-30' }, ['TU', '09:00', '17:00', '2026-12-01', '2027-04-30']],
  ])('are what they were: %j', (schedule, expected) => {
    expect(readBack(schedule)).toEqual([expected])
  })
})

describe('hours that another feed tells', () => {
  const told = (from: string | null, to: string | null): ToldHours => ({ days: ['MO'], opens: '09:00', closes: '12:00', from, to })
  test.each([
    ['without days of validity', [told(null, null)], [[null, null]]],
    ['that are over', [told('2026-01-01', '2026-11-16')], []],
    ['that touch', [told('2026-12-01', '2026-12-31'), told('2027-01-01', '2027-02-28')], [['2026-12-01', '2027-02-28']]],
    [
      'with a gap',
      [told('2027-01-10', null), told(null, '2026-12-20')],
      [
        [null, '2026-12-20'],
        ['2027-01-10', null],
      ],
    ],
  ])('%s', (_what, given, expected) => {
    const found = hoursBehind(given, TODAY).map(({ validFrom, validTo }) => [validFrom, validTo])
    expect(found).toEqual(expected)
  })
})
