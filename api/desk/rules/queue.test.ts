import { describe, expect, test } from 'vitest'
import type { Urgency } from '../../db/generated/enums.ts'
import { isForeign, maskedPhone } from './contact.ts'
import { holderAt, isDue, placeKey } from './queue.ts'
import { strictest } from './wishes.ts'

const at = (text: string) => new Date(`${text}:00+01:00`)
const place = (name: string, callFrom: string, urgency: Urgency, position: number) => ({
  name,
  key: placeKey({
    id: `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`,
    position: BigInt(position),
    callFrom: at(callFrom),
    urgency,
  }),
})

test('the queue is ordered by half-day, then urgency, then moment, then who asked first', () => {
  const places = [
    place('yesterday, information', '2026-11-16T16:00', 'INFO', 4),
    place('this morning, danger', '2026-11-17T12:59', 'DANGER', 9),
    place('this morning, crisis', '2026-11-17T11:00', 'CRISIS', 8),
    place('this morning, soon, earlier', '2026-11-17T09:00', 'SOON', 7),
    place('this morning, soon, asked first', '2026-11-17T10:00', 'SOON', 5),
    place('this morning, soon, asked later', '2026-11-17T10:00', 'SOON', 10),
    place('this morning, information', '2026-11-17T00:30', 'INFO', 1),
    place('this afternoon, danger', '2026-11-17T13:00', 'DANGER', 2),
    place('tomorrow', '2026-11-18T00:00', 'DANGER', 3),
  ]
  const sorted = [...places].sort((a, b) => (a.key < b.key ? -1 : 1))
  expect(sorted.map(({ name }) => name)).toEqual(places.map(({ name }) => name))
})

test('the half-day is that of a clock in Belgium, also in summer', () => {
  const key = (iso: string) => placeKey({ id: '', position: 1n, callFrom: new Date(iso), urgency: 'INFO' }).slice(0, 12)
  expect(key('2026-07-01T10:59:00Z')).toBe('2026-07-01 0')
  expect(key('2026-07-01T11:00:00Z')).toBe('2026-07-01 1')
  expect(key('2026-07-01T22:00:00Z')).toBe('2026-07-02 0')
})

describe('who holds it', () => {
  const claim = { claimedById: 'a', claimedUntil: at('2026-11-17T10:15') }
  test.each([
    ['2026-11-17T10:14', 'a'],
    ['2026-11-17T10:15', null],
  ])('at %s', (now, holder) => expect(holderAt(claim, at(now))).toBe(holder))
  test('nobody when nobody claimed it', () =>
    expect(holderAt({ claimedById: null, claimedUntil: null }, at('2026-11-17T10:00'))).toBeNull())
})

test.each([
  ['NEW', '2026-11-17T10:00', true],
  ['NEW', '2026-11-17T10:01', false],
  ['CLAIMED', '2026-11-17T09:00', true],
  ['REACHED', '2026-11-17T10:00', true],
  ['REACHED', '2026-11-17T10:01', false],
  ['CLOSED', '2026-11-17T09:00', false],
  ['UNREACHABLE', '2026-11-17T09:00', false],
  ['CANCELLED', '2026-11-17T09:00', false],
] as const)('%s, to be called from %s: due is %s', (status, callFrom, due) => {
  expect(isDue({ status, callFrom: at(callFrom) }, at('2026-11-17T10:00'))).toBe(due)
})

test.each([
  ['+32470123456', '+32 4•• •• •• 56', false],
  ['+3242220099', '+32 4• •• •• 99', false],
  ['+33612345678', '+33 6•• •• •• 78', true],
  ['+491711234567', '+49 1•• •• •• •67', true],
])('%s is shown as %s', (e164, shown, foreign) => {
  const digits = (text: string) => text.replace(/[^\d•]/g, '')
  expect(digits(maskedPhone(e164))).toBe(digits(shown))
  expect(isForeign(e164)).toBe(foreign)
})

test.each<[said: (boolean | null)[], heeded: boolean | null]>([
  [[true], true],
  [[null], null],
  [[false], false],
  [[true, true], true],
  [[true, null], null],
  [[null, true], null],
  [[true, null, false], false],
  [[false, true], false],
])('of %j what is heeded is %j, for each wish by itself', (said, heeded) => {
  const all = (wish: 'safeVoicemail' | 'safeSms' | 'safeSayWhoCalls') =>
    strictest(said.map((one) => ({ safeVoicemail: true, safeSms: true, safeSayWhoCalls: true, [wish]: one })))
  expect(all('safeVoicemail')).toEqual({ voicemail: heeded, sms: true, sayWhoCalls: true })
  expect(all('safeSms')).toEqual({ voicemail: true, sms: heeded, sayWhoCalls: true })
  expect(all('safeSayWhoCalls')).toEqual({ voicemail: true, sms: true, sayWhoCalls: heeded })
})
