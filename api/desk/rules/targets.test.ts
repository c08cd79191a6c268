import { describe, expect, test } from 'vitest'
import { makeLine } from '../../line/make.ts'
import { dueBy, latenessOf, TARGETS, targetKey, targetOf, type Waiting, waitedMinutes } from './targets.ts'

const schedule = {
  validFrom: null,
  validTo: null,
  byday: ['MO', 'TU', 'WE', 'TH', 'FR'],
  opensAt: '09:00',
  closesAt: '17:00',
  openOnHolidays: false,
}
const line = makeLine('line', { schedules: [schedule] })
const at = (text: string) => new Date(`${text}:00+01:00`)
const request = (requestedAt: string, overrides: Partial<Waiting> = {}): Waiting => ({
  status: 'NEW',
  requestedAt: at(requestedAt),
  slotStartsAt: null,
  notBefore: null,
  closedAt: null,
  attempts: [],
  ...overrides,
})
const call = (from: string, to: string) => ({ at: at(from), outcome: 'NO_ANSWER' as const, nextAt: at(to) })
const SPOKEN = { at: at('2026-11-17T10:20'), outcome: 'REACHED' as const, nextAt: null }

describe('by when she is to be called', () => {
  test.each<[what: string, waiting: Waiting, minutes: number, by: string]>([
    ['within the day', request('2026-11-17T10:00'), 120, '2026-11-17T12:00'],
    ['exactly at closing time', request('2026-11-17T15:00'), 120, '2026-11-17T17:00'],
    ['over the night', request('2026-11-17T16:00'), 120, '2026-11-18T10:00'],
    ['asked at night', request('2026-11-17T22:00'), 120, '2026-11-18T11:00'],
    ['over a weekend', request('2026-11-20T16:00'), 480, '2026-11-23T16:00'],
    ['over a holiday', request('2026-11-10T16:00'), 120, '2026-11-12T10:00'],
    ['from the beginning of her slot', request('2026-11-17T10:00', { slotStartsAt: at('2026-11-18T13:00') }), 120, '2026-11-18T15:00'],
    ['put off to tomorrow', request('2026-11-17T10:00', { notBefore: at('2026-11-18T00:00') }), 120, '2026-11-18T11:00'],
    ['without a pause', request('2026-11-17T10:00', { attempts: [call('2026-11-17T11:00', '2026-11-17T13:00')] }), 120, '2026-11-17T14:00'],
    [
      'without two pauses that overlap',
      request('2026-11-17T10:00', {
        attempts: [call('2026-11-17T11:00', '2026-11-17T13:00'), call('2026-11-17T12:00', '2026-11-17T14:00')],
      }),
      120,
      '2026-11-17T15:00',
    ],
    [
      'without a pause over the night',
      request('2026-11-17T10:00', { attempts: [call('2026-11-17T11:00', '2026-11-18T10:00')] }),
      120,
      '2026-11-18T11:00',
    ],
  ])('%s', (_what, waiting, minutes, by) => {
    expect(dueBy(line, waiting, minutes)).toEqual(at(by))
  })

  test.each(['REACHED', 'CLOSED', 'UNREACHABLE', 'CANCELLED', 'ESCALATED'] as const)('never when %s', (status) => {
    expect(dueBy(line, request('2026-11-17T10:00', { status }), 120)).toBeNull()
  })

  // Spoken with at 10:20, handed over, and back at 14:00: 120 minutes from then.
  test.each<[what: string, overrides: Partial<Waiting>, by: string | null]>([
    ['counted anew', {}, '2026-11-17T16:00'],
    [
      'also when the next call misses her',
      { status: 'NEW', attempts: [SPOKEN, call('2026-11-17T14:30', '2026-11-17T16:30')] },
      '2026-11-18T10:00',
    ],
    ['and no more once somebody has spoken with her again', { attempts: [SPOKEN, { ...SPOKEN, at: at('2026-11-17T14:10') }] }, null],
    ['nor when it is with a partner again', { status: 'ESCALATED' }, null],
  ])('of what came back: %s', (_what, overrides, by) => {
    const back = request('2026-11-17T10:00', { status: 'REACHED', notBefore: at('2026-11-17T14:00'), attempts: [SPOKEN], ...overrides })
    expect(dueBy(line, back, 120)).toEqual(by && at(by))
  })

  test('a night shift on which the clocks change has the hours that it has', () => {
    const night = makeLine('night', { schedules: [{ ...schedule, byday: ['SA'], opensAt: '22:00', closesAt: '06:00' }] })
    // From 22:00 on 24 October to 6:00: nine hours, since one comes twice; the last ends at 5:00 Greenwich time.
    const waiting = request('2026-10-24T12:00', { requestedAt: new Date('2026-10-24T12:00:00Z') })
    expect(dueBy(night, waiting, 540)).toEqual(new Date('2026-10-25T05:00:00Z'))
  })

  test('a line whose hours nobody knows counts every hour, so that something becomes late', () => {
    expect(dueBy(makeLine('unknown'), request('2026-11-17T22:00'), 120)).toEqual(at('2026-11-18T00:00'))
  })

  test('a line that never opens has no such moment', () => {
    const never = makeLine('never', { schedules: [{ ...schedule, validTo: '2020-01-01' }] })
    expect(dueBy(never, request('2026-11-17T10:00'), 120)).toBeNull()
  })
})

describe('how long she has waited', () => {
  test.each<[what: string, waiting: Waiting, now: string, minutes: number]>([
    ['within the day', request('2026-11-17T10:00'), '2026-11-17T10:45', 45],
    ['over the night', request('2026-11-17T16:30'), '2026-11-18T09:30', 60],
    ['before her slot', request('2026-11-17T10:00', { slotStartsAt: at('2026-11-17T13:00') }), '2026-11-17T12:00', 0],
    ['in a pause', request('2026-11-17T10:00', { attempts: [call('2026-11-17T11:00', '2026-11-17T13:00')] }), '2026-11-17T12:30', 60],
    ['until it was closed', request('2026-11-17T10:00', { status: 'CLOSED', closedAt: at('2026-11-17T10:30') }), '2026-11-19T10:00', 30],
    [
      'until she was reached',
      request('2026-11-17T10:00', { status: 'REACHED', attempts: [{ at: at('2026-11-17T10:20'), outcome: 'REACHED', nextAt: null }] }),
      '2026-11-17T16:00',
      20,
    ],
    [
      'since it came back',
      request('2026-11-17T10:00', { status: 'REACHED', notBefore: at('2026-11-17T14:00'), attempts: [SPOKEN] }),
      '2026-11-17T14:30',
      30,
    ],
  ])('%s', (_what, waiting, now, minutes) => {
    expect(waitedMinutes(line, waiting, at(now))).toBe(minutes)
  })
})

describe('how it stands against the target', () => {
  test.each([
    ['2026-11-17T10:00', 'IN_TIME'],
    ['2026-11-17T11:29', 'IN_TIME'],
    ['2026-11-17T11:30', 'SOON'],
    ['2026-11-17T11:59', 'SOON'],
    ['2026-11-17T12:00', 'OVERDUE'],
    ['2026-11-18T12:00', 'OVERDUE'],
  ])('at %s of 120 minutes from 10:00: %s', (now, expected) => {
    expect(latenessOf(line, request('2026-11-17T10:00'), 120, at(now))).toBe(expected)
  })

  test('while it waits for her nothing comes nearer', () => {
    const waiting = request('2026-11-17T10:00', { attempts: [call('2026-11-17T11:20', '2026-11-17T15:00')] })
    expect(latenessOf(line, waiting, 120, at('2026-11-17T14:59'))).toBe('IN_TIME')
    expect(latenessOf(line, waiting, 120, at('2026-11-17T15:10'))).toBe('SOON')
  })
})

test('a line has its own targets where a supervisor set some', () => {
  const targets = new Map([[targetKey('a', 'SOON'), 60]])
  expect(targetOf(targets, 'a', 'SOON')).toBe(60)
  expect(targetOf(targets, 'a', 'INFO')).toBe(TARGETS.INFO)
  expect(targetOf(targets, 'b', 'SOON')).toBe(TARGETS.SOON)
})
