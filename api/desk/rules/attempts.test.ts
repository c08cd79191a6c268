import { describe, expect, test } from 'vitest'
import type { AttemptOutcome } from '../../db/generated/enums.ts'
import { InvalidInput } from '../../errors.ts'
import { makeLine } from '../../line/make.ts'
import { afterAttempt, type Attempt, attemptsLeft, type Next } from './attempts.ts'

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR']
const hours = (opensAt: string, closesAt: string, byday = WEEKDAYS) => ({
  validFrom: null,
  validTo: null,
  byday,
  opensAt,
  closesAt,
  openOnHolidays: false,
})
/** Open from Monday to Friday from 9 to 17. In November 2026 Belgium is an hour ahead of Greenwich; the 11th is a holiday. */
const line = makeLine('line', { schedules: [hours('09:00', '17:00')] })

const at = (text: string) => new Date(`${text}:00+01:00`)
const missed = (outcome: AttemptOutcome, ...times: string[]): Attempt[] => times.map((time) => ({ at: at(time), outcome }))
const told = (next: Next) => (next.to === 'AGAIN' ? next.at.toISOString() : next.to)
const again = (text: string) => at(text).toISOString()

describe('what follows from a call', () => {
  test.each<[what: string, before: Attempt[], outcome: AttemptOutcome, now: string, expected: string]>([
    ['she was reached', [], 'REACHED', '2026-11-17T10:00', 'REACHED'],
    ['she was reached at last', missed('NO_ANSWER', '2026-11-16T10:00'), 'REACHED', '2026-11-17T10:00', 'REACHED'],
    ['she wants no call', [], 'REFUSED', '2026-11-17T10:00', 'DECLINED'],
    ['the number does not exist', [], 'INVALID_NUMBER', '2026-11-17T10:00', 'UNREACHABLE'],
    ['nobody answers: two hours later', [], 'NO_ANSWER', '2026-11-17T10:00', again('2026-11-17T12:00')],
    ['nobody answers late: two working hours later', [], 'NO_ANSWER', '2026-11-17T16:00', again('2026-11-18T10:00')],
    ['nobody answers before the weekend', [], 'NO_ANSWER', '2026-11-20T16:30', again('2026-11-23T10:30')],
    ['nobody answers before a holiday', [], 'NO_ANSWER', '2026-11-10T16:30', again('2026-11-12T10:30')],
    [
      'nobody answers again: this afternoon',
      missed('NO_ANSWER', '2026-11-17T09:00'),
      'NO_ANSWER',
      '2026-11-17T11:00',
      again('2026-11-17T13:00'),
    ],
    [
      'nobody answers in the afternoon: tomorrow',
      missed('NO_ANSWER', '2026-11-17T11:00'),
      'NO_ANSWER',
      '2026-11-17T13:30',
      again('2026-11-18T09:00'),
    ],
    ['the line is busy', [], 'BUSY', '2026-11-17T10:00', again('2026-11-17T10:20')],
    ['the line is busy at the end of the day', [], 'BUSY', '2026-11-17T16:50', again('2026-11-18T09:10')],
    ['a machine in the morning', [], 'VOICEMAIL', '2026-11-17T10:00', again('2026-11-17T13:00')],
    ['a machine in the afternoon', [], 'VOICEMAIL', '2026-11-17T14:00', again('2026-11-18T09:00')],
    ['a machine on a Friday afternoon', [], 'VOICEMAIL', '2026-11-20T14:00', again('2026-11-23T09:00')],
    ['somebody else', [], 'WRONG_PERSON', '2026-11-17T10:00', again('2026-11-18T09:00')],
    ['somebody else twice', missed('WRONG_PERSON', '2026-11-16T10:00'), 'WRONG_PERSON', '2026-11-17T10:00', 'UNREACHABLE'],
    [
      'three missed within a morning: the fourth not before the second day',
      missed('BUSY', '2026-11-17T09:00', '2026-11-17T09:20'),
      'BUSY',
      '2026-11-17T09:40',
      again('2026-11-18T09:00'),
    ],
    [
      'four missed in two days: the last not before the third',
      missed('BUSY', '2026-11-17T09:00', '2026-11-17T09:20', '2026-11-17T09:40'),
      'BUSY',
      '2026-11-18T09:00',
      again('2026-11-19T09:00'),
    ],
    [
      'the fifth',
      missed('NO_ANSWER', '2026-11-17T09:00', '2026-11-17T11:00', '2026-11-17T13:00', '2026-11-18T09:00'),
      'NO_ANSWER',
      '2026-11-19T09:00',
      'UNREACHABLE',
    ],
    [
      'the fifth, when she had asked to be called later once: that was no miss',
      [...missed('NO_ANSWER', '2026-11-16T09:00', '2026-11-16T11:00', '2026-11-16T13:00'), ...missed('ASKED_LATER', '2026-11-17T09:00')],
      'NO_ANSWER',
      '2026-11-18T09:00',
      again('2026-11-18T13:00'),
    ],
  ])('%s', (_what, before, outcome, now, expected) => {
    expect(told(afterAttempt(line, before, { at: at(now), outcome }, null))).toBe(expected)
  })

  test.each<[what: string, before: Attempt[], outcome: AttemptOutcome, expected: string]>([
    ['spoken with again', [], 'REACHED', 'REACHED'],
    ['she wants no more calls', [], 'REFUSED', 'DECLINED'],
    ['nobody answers', [], 'NO_ANSWER', again('2026-11-17T12:00')],
    ['a number that does not exist: on the next working day', [], 'INVALID_NUMBER', again('2026-11-18T09:00')],
    ['somebody else twice', missed('WRONG_PERSON', '2026-11-16T11:00'), 'WRONG_PERSON', again('2026-11-18T09:00')],
    [
      'the fifth that misses her',
      missed('BUSY', '2026-11-16T11:00', '2026-11-16T12:00', '2026-11-16T13:00', '2026-11-16T14:00'),
      'BUSY',
      again('2026-11-18T09:00'),
    ],
    [
      'the sixth',
      missed('NO_ANSWER', '2026-11-12T09:00', '2026-11-12T11:00', '2026-11-12T13:00', '2026-11-13T09:00', '2026-11-16T11:00'),
      'NO_ANSWER',
      again('2026-11-18T09:00'),
    ],
  ])('once she was spoken with nobody says that she cannot be reached: %s', (_what, before, outcome, expected) => {
    const calls = [...missed('REACHED', '2026-11-12T08:00'), ...before]
    expect(told(afterAttempt(line, calls, { at: at('2026-11-17T10:00'), outcome }, null))).toBe(expected)
  })

  test('five calls that miss her, whatever they hear, lie on three days at least', () => {
    for (const outcome of ['NO_ANSWER', 'BUSY', 'VOICEMAIL'] as const) {
      for (const start of ['2026-11-17T09:00', '2026-11-17T16:59', '2026-11-20T12:59', '2026-11-10T10:00']) {
        const calls: Attempt[] = []
        let moment = at(start)
        for (;;) {
          const present = { at: moment, outcome }
          const next = afterAttempt(line, calls, present, null)
          calls.push(present)
          if (next.to !== 'AGAIN') break
          expect(next.at.getTime()).toBeGreaterThan(moment.getTime())
          moment = next.at
        }
        expect(calls).toHaveLength(5)
        expect(new Set(calls.map((call) => call.at.toISOString().slice(0, 10))).size).toBeGreaterThanOrEqual(3)
      }
    }
  })

  test('on the night the clocks go back a call waits two hours of work, not of the clock', () => {
    const night = makeLine('night', { schedules: [hours('00:00', '00:00', ['SA', 'SU'])] })
    // 25 October 2026: 2:30 in summer time; an hour later it is 2:30 again.
    const next = afterAttempt(night, [], { at: new Date('2026-10-25T00:30:00Z'), outcome: 'NO_ANSWER' }, null)
    expect(told(next)).toBe('2026-10-25T02:30:00.000Z')
  })
})

describe('a moment she asked for', () => {
  const later = (callAt: string | null) => () =>
    afterAttempt(line, [], { at: at('2026-11-17T10:00'), outcome: 'ASKED_LATER' }, callAt === null ? null : at(callAt))

  test.each(['2026-11-17T10:01', '2026-11-17T16:59', '2026-11-18T09:00', '2026-11-30T16:00'])('%s is kept', (callAt) => {
    expect(told(later(callAt)())).toBe(again(callAt))
  })

  test.each<[string | null, string]>([
    [null, 'required'],
    ['2026-11-17T10:00', 'moment_over'],
    ['2026-11-16T10:00', 'moment_over'],
    ['2026-11-17T17:00', 'moment_closed'],
    ['2026-11-18T08:59', 'moment_closed'],
    ['2026-11-21T10:00', 'moment_closed'],
    ['2026-12-01T10:00', 'moment_too_far'],
  ])('%s is refused: %s', (callAt, code) => {
    expect(later(callAt)).toThrow(InvalidInput)
    expect(later(callAt)).toThrow(`input.callAt: ${code}`)
  })

  test('a holiday is refused', () => {
    expect(() => afterAttempt(line, [], { at: at('2026-11-10T10:00'), outcome: 'ASKED_LATER' }, at('2026-11-11T10:00'))).toThrow(
      'moment_closed',
    )
  })
})

test('what is left goes down with each call that missed her only', () => {
  const calls = (...outcomes: AttemptOutcome[]) => outcomes.map((outcome) => ({ at: at('2026-11-17T10:00'), outcome }))
  expect(attemptsLeft([])).toBe(5)
  expect(attemptsLeft(calls('NO_ANSWER', 'BUSY'))).toBe(3)
  expect(attemptsLeft(calls('ASKED_LATER', 'VOICEMAIL'))).toBe(4)
  expect(attemptsLeft(calls('BUSY', 'BUSY', 'BUSY', 'BUSY', 'REACHED', 'ASKED_LATER', 'VOICEMAIL'))).toBe(5)
  expect(attemptsLeft(calls('BUSY', 'BUSY', 'BUSY', 'BUSY', 'BUSY', 'BUSY'))).toBe(0)
})
