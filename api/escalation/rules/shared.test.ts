import { describe, expect, test } from 'vitest'
import { EscalationState } from '../../db/generated/enums.ts'
import { isErasureWanted } from './erasing.ts'
import { AGREEMENT_VERSION, agreementVersion, checkAgreement, citizenState, isForPartner, sharesOf } from './shared.ts'

const NOW = new Date('2026-11-17T09:00:00Z')
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000)

describe('a partner sees whom a case is about', () => {
  test.each<[EscalationState, Date | null, boolean]>([
    ['REQUESTED', null, true],
    ['RECEIVED', null, true],
    ['ACCEPTED', null, true],
    ['IN_PROGRESS', null, true],
    ['ON_HOLD', null, true],
    ['COMPLETED', ago(0), true],
    ['COMPLETED', new Date(ago(7).getTime() + 1), true],
    ['COMPLETED', ago(7), false],
    ['REJECTED', ago(0), false],
    ['FAILED', ago(0), false],
    ['CANCELLED', ago(0), false],
  ])('that is %s, ended at %s: %s', (state, endedAt, sees) => {
    const one = { state, endedAt, erasureWantedAt: null, erasureConfirmedAt: null }
    const request = { status: state === 'COMPLETED' ? 'CLOSED' : 'ESCALATED', erasedAt: null } as const
    expect(isForPartner(one, request, NOW)).toBe(sees)
    expect(isForPartner(one, { ...request, erasedAt: ago(0) }, NOW)).toBe(false)
    expect(isForPartner({ ...one, erasureWantedAt: ago(0) }, request, NOW)).toBe(false)
    expect(isForPartner({ ...one, erasureConfirmedAt: ago(0) }, request, NOW)).toBe(false)
    // She asked again: the line is to call, or another partner.
    if (endedAt) expect(isForPartner(one, { ...request, status: 'REACHED' }, NOW)).toBe(false)
  })

  test('and is to erase it from when that is wanted until it says that it did', () => {
    expect(isErasureWanted({ erasureWantedAt: null, erasureConfirmedAt: null })).toBe(false)
    expect(isErasureWanted({ erasureWantedAt: ago(1), erasureConfirmedAt: null })).toBe(true)
    expect(isErasureWanted({ erasureWantedAt: ago(1), erasureConfirmedAt: ago(0) })).toBe(false)
  })
})

describe('the person is told', () => {
  test.each<[EscalationState, string | null, string | null, string | null]>([
    // its state, why it was taken back; while the line does not work on it, while it does
    ['REQUESTED', null, 'HANDED_OVER', 'HANDED_OVER'],
    ['RECEIVED', null, 'HANDED_OVER', 'HANDED_OVER'],
    ['ACCEPTED', null, 'TAKEN_OVER', 'TAKEN_OVER'],
    ['IN_PROGRESS', null, 'UNDER_WAY', 'UNDER_WAY'],
    ['ON_HOLD', null, 'UNDER_WAY', 'UNDER_WAY'],
    ['COMPLETED', null, 'DONE', 'LOOKING_AGAIN'],
    ['REJECTED', null, null, 'LOOKING_AGAIN'],
    ['FAILED', null, null, 'LOOKING_AGAIN'],
    ['CANCELLED', 'TAKEN_BACK', null, 'LOOKING_AGAIN'],
    ['CANCELLED', 'AGREEMENT_WITHDRAWN', null, null],
    ['CANCELLED', 'ERASED', null, null],
  ])('of one that is %s (%s): %s, or %s', (state, cancelReason, over, waiting) => {
    const erasureWantedAt = null
    expect(citizenState({ state, cancelReason, erasureWantedAt }, false)).toBe(over)
    expect(citizenState({ state, cancelReason, erasureWantedAt }, true)).toBe(waiting)
    // She took her agreement back: nothing is with anybody.
    expect(citizenState({ state, cancelReason, erasureWantedAt: NOW }, true)).toBeNull()
  })

  test('something of every state', () => {
    for (const state of Object.values(EscalationState).filter((one) => one !== 'CANCELLED'))
      expect(citizenState({ state, cancelReason: null, erasureWantedAt: null }, true)).not.toBeNull()
  })
})

test('what is shared is known, in one order, and once', () => {
  expect(sharesOf(['PLACE', 'NAME', 'PLACE', 'PHONE'])).toEqual(['NAME', 'PLACE'])
})

test('nobody agrees to a text that there is not', () => {
  expect(() => checkAgreement({ version: AGREEMENT_VERSION }, [])).not.toThrow()
  expect(() => checkAgreement({ version: '' }, [])).toThrow()
})

test('nor to one that does not name what is shared', () => {
  expect(agreementVersion(['MESSAGE', 'NAME'])).toBe(`${AGREEMENT_VERSION}+NAME+MESSAGE`)
  expect(() => checkAgreement({ version: `${AGREEMENT_VERSION}+NAME+MESSAGE` }, ['MESSAGE', 'NAME'])).not.toThrow()
  expect(() => checkAgreement({ version: AGREEMENT_VERSION }, ['NAME'])).toThrow()
  expect(() => checkAgreement({ version: `${AGREEMENT_VERSION}+NAME` }, [])).toThrow()
})
