import { describe, expect, test } from 'vitest'
import type { EscalationState } from '../../db/generated/enums.ts'
import {
  ALWAYS,
  answerDue,
  deadlineOf,
  ERASURE_MINUTES,
  hadTime,
  nextRung,
  outcomeDue,
  resumedDue,
  rungOf,
  type Timed,
} from './deadlines.ts'
import type { Hours } from '../../directory/snapshot.ts'

/** From Monday to Friday, 9:00 to 17:00, closed on holidays. */
const OFFICE: Hours = {
  schedules: [
    {
      validFrom: null,
      validTo: null,
      byday: ['MO', 'TU', 'WE', 'TH', 'FR'],
      opensAt: '09:00',
      closesAt: '17:00',
      openOnHolidays: false,
    },
  ],
  exceptions: [],
  closingDays: [],
}
/** The same until a Friday. */
const ENDED: Hours = { ...OFFICE, schedules: OFFICE.schedules.map((one) => ({ ...one, validTo: '2026-11-20' })) }
const at = (text: string) => new Date(`${text}+01:00`)

describe('by when a partner is to answer', () => {
  test.each([
    ['within an hour of the same day', 'DANGER', '2026-11-17T10:00', '2026-11-17T11:00'],
    ['on the next morning', 'DANGER', '2026-11-17T16:30', '2026-11-18T09:30'],
    ['after the weekend', 'CRISIS', '2026-11-20T15:00', '2026-11-23T11:00'],
    ['after the holiday of 11 November', 'SOON', '2026-11-10T09:00', '2026-11-12T17:00'],
    ['in three days', 'INFO', '2026-11-16T09:00', '2026-11-18T17:00'],
  ] as const)('%s: %s asked at %s, by %s', (_what, urgency, from, by) => {
    expect(answerDue(OFFICE, urgency, at(from))).toEqual(at(by))
  })

  test('and what came of it: in ten working days, Christmas and New Year left out', () => {
    expect(outcomeDue(OFFICE, 'SOON', at('2026-12-21T09:00'))).toEqual(at('2027-01-05T17:00'))
  })

  test('of a line that is closed for good the time counts all the same, day and night', () => {
    const never: Hours = { ...OFFICE, schedules: OFFICE.schedules.map((one) => ({ ...one, byday: [] })) }
    expect(answerDue(never, 'DANGER', at('2026-11-17T10:00'))).toEqual(at('2026-11-17T11:00'))
    // It would have been two days of its hours; it had two hours left.
    expect(answerDue(ENDED, 'SOON', at('2026-11-20T15:00'))).toEqual(at('2026-11-21T07:00'))
  })

  test('of one that works so little that nobody looks so far ahead, after three months', () => {
    const mondays: Hours = { ...OFFICE, schedules: OFFICE.schedules.map((one) => ({ ...one, byday: ['MO'], closesAt: '09:30' })) }
    expect(answerDue(mondays, 'INFO', at('2026-11-17T10:00'))).toEqual(at('2027-02-15T10:00'))
  })

  test('a pause gives back what was left of it', () => {
    // Four hours were left on Tuesday at 13:00; it goes on on Friday at 15:00.
    expect(resumedDue(OFFICE, at('2026-11-17T17:00'), at('2026-11-17T13:00'), at('2026-11-20T15:00'))).toEqual(at('2026-11-23T11:00'))
  })
})

const due = at('2026-11-17T11:00')
const timed = (state: EscalationState, rung = 0, erasureWantedAt: Date | null = null): Timed => ({
  state,
  urgency: 'CRISIS',
  answerDueAt: due,
  outcomeDueAt: due,
  rung,
  erasureWantedAt,
  erasureConfirmedAt: null,
})

describe('the deadline that runs', () => {
  test.each<[EscalationState, 'ANSWER' | 'OUTCOME' | null]>([
    ['REQUESTED', 'ANSWER'],
    ['RECEIVED', 'ANSWER'],
    ['ACCEPTED', 'OUTCOME'],
    ['IN_PROGRESS', 'OUTCOME'],
    ['ON_HOLD', null],
    ['REJECTED', null],
    ['COMPLETED', null],
    ['FAILED', null],
    ['CANCELLED', null],
  ])('of a case that is %s: %s', (state, of) => {
    expect(deadlineOf(timed(state))?.of ?? null).toBe(of)
  })
})

describe('the ladder', () => {
  // A crisis is answered within four hours: due at 11:00, half as much is 13:00, twice 15:00, three times 11:00 of the next day.
  test.each([
    ['before it is due, none', 'REQUESTED', 0, '2026-11-17T10:59', null],
    ['when it is due, the first', 'REQUESTED', 0, '2026-11-17T11:00', 1],
    ['and that once', 'REQUESTED', 1, '2026-11-17T12:59', null],
    ['half as late, the second', 'RECEIVED', 1, '2026-11-17T13:00', 2],
    ['as late again, the third', 'REQUESTED', 2, '2026-11-17T15:00', 3],
    ['not at night', 'REQUESTED', 3, '2026-11-17T22:00', null],
    ['three times as late, the last', 'REQUESTED', 3, '2026-11-18T11:00', 4],
    ['after that nothing', 'REQUESTED', 4, '2026-11-25T11:00', null],
    ['one at a time, also after days without a server', 'REQUESTED', 0, '2026-11-25T11:00', 1],
    ['none once it is over', 'REJECTED', 0, '2026-11-25T11:00', null],
    ['not on a holiday', 'REQUESTED', 0, '2026-12-25T11:00', null],
    // What came of it is due within 1,440 minutes, three days of eight hours.
    ['of an accepted one, the first', 'ACCEPTED', 0, '2026-11-17T11:00', 1],
    ['the second after a day and a half', 'IN_PROGRESS', 1, '2026-11-18T15:00', 2],
    ['and again three days later', 'IN_PROGRESS', 2, '2026-11-23T15:00', 3],
    ['and again', 'IN_PROGRESS', 3, '2026-11-26T15:00', 4],
    ['not before', 'IN_PROGRESS', 3, '2026-11-26T14:59', null],
  ] as const)('%s', (_what, state, rung, now, next) => {
    expect(nextRung(OFFICE, timed(state, rung), at(now))).toBe(next)
  })

  // As long as a case may take, three days of eight hours, from Tuesday at 11:00.
  test.each([
    ['not before it has waited for long', 0, '2026-11-20T10:59', null],
    ['then the partner is reminded', 0, '2026-11-20T11:00', 1],
    ['then the supervisors are told', 1, '2026-11-23T15:00', 2],
    ['and again', 2, '2026-11-26T15:00', 3],
  ] as const)('of a case that waits: %s', (_what, rung, now, next) => {
    expect(nextRung(OFFICE, timed('ON_HOLD', rung), at(now), due)).toBe(next)
  })

  test('of an unanswered case ends elsewhere, of an accepted one never', () => {
    expect([1, 2, 3, 4].map((rung) => rungOf('ANSWER', rung))).toEqual(['REMIND', 'TELL', 'OFFER', 'MOVE_ON'])
    expect([1, 2, 3, 4, 99].map((rung) => rungOf('OUTCOME', rung))).toEqual(['REMIND', 'TELL', 'TELL', 'TELL', 'TELL'])
    expect([1, 2, 3, 4].map((rung) => rungOf('ERASURE', rung))).toEqual(['ASK', 'TELL', 'ASK', 'TELL'])
  })

  // Five days of eight hours from Tuesday at 11:00; half as much again is Thursday at 15:00.
  test.each([
    ['not before it has had the time for it', 0, '2026-11-24T10:59', null],
    ['then the partner is asked again', 0, '2026-11-24T11:00', 1],
    ['then the supervisors are told', 1, '2026-11-26T15:00', 2],
    ['and again', 2, '2026-12-03T15:00', 3],
  ] as const)('of a case that is to be erased: %s', (_what, rung, now, next) => {
    expect(ERASURE_MINUTES).toBe(5 * 8 * 60)
    for (const state of ['CANCELLED', 'COMPLETED', 'REJECTED'] as const) {
      expect(nextRung(OFFICE, timed(state, rung, due), at(now))).toBe(next)
      expect(nextRung(OFFICE, { ...timed(state, rung, due), erasureConfirmedAt: due }, at(now))).toBeNull()
    }
  })

  test('of a line whose hours have ended goes on day and night', () => {
    const one = { ...timed('REQUESTED'), urgency: 'DANGER', answerDueAt: at('2026-11-20T16:00') } as const
    expect(nextRung(ENDED, one, at('2026-11-20T17:30'))).toBe(1)
    expect(nextRung(ENDED, { ...one, rung: 3 }, at('2026-11-21T02:00'))).toBe(4)
    // Before they end nobody is asked at night.
    expect(nextRung(ENDED, { ...one, answerDueAt: at('2026-11-19T16:00') }, at('2026-11-19T22:00'))).toBeNull()
  })

  test('takes nothing away from who was reminded only just now, on whose side the delay ever was', () => {
    // Half of four hours, from Tuesday at 16:00.
    expect(hadTime(OFFICE, timed('REQUESTED', 3), at('2026-11-17T16:00'), at('2026-11-18T09:59'))).toBe(false)
    expect(hadTime(OFFICE, timed('REQUESTED', 3), at('2026-11-17T16:00'), at('2026-11-18T10:00'))).toBe(true)
  })

  test('of a line without published hours goes on day and night', () => {
    expect(nextRung(ALWAYS, timed('REQUESTED'), at('2026-11-22T03:00'))).toBe(1)
  })
})
