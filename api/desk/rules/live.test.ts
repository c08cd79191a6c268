import { expect, test } from 'vitest'
import { numbersOf, type OpenRequest } from './live.ts'

const NOW = new Date('2026-11-17T09:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const AGENT = '00000000-0000-4000-8000-000000000001'

/** One that may be called, is in time, and that nobody is at. */
const request = (overrides: Partial<OpenRequest> = {}): OpenRequest => ({
  status: 'NEW',
  callFrom: at(-10),
  claimedById: null,
  claimedUntil: null,
  dueAt: at(10),
  ...overrides,
})
const held = (until: Date): Partial<OpenRequest> => ({ status: 'CLAIMED', claimedById: AGENT, claimedUntil: until })

test.each<[what: string, request: OpenRequest, numbers: [waiting: number, due: number, overdue: number]]>([
  ['one whose turn it is', request(), [1, 1, 0]],
  ['one whose turn comes at this moment', request({ callFrom: NOW }), [1, 1, 0]],
  ['one whose turn comes later', request({ callFrom: at(1), dueAt: at(90) }), [1, 0, 0]],
  ['one that should have been called a moment ago', request({ dueAt: at(-1) }), [1, 1, 1]],
  ['one that should be called at this moment', request({ dueAt: NOW }), [1, 1, 1]],
  ['one that somebody is at', request({ ...held(at(1)), dueAt: at(-1) }), [0, 0, 0]],
  ['one whose lease ends at this moment', request(held(NOW)), [1, 1, 0]],
  ['one whose lease has ended and is late', request({ ...held(at(-1)), dueAt: at(-2) }), [1, 1, 1]],
  ['one that was reached, and left unfinished', request({ status: 'REACHED', dueAt: null }), [1, 1, 0]],
  ['one that is being spoken with', request({ ...held(at(5)), status: 'REACHED', dueAt: null }), [0, 0, 0]],
])('%s', (_what, one, [waiting, due, overdue]) => {
  expect(numbersOf([one], NOW)).toEqual({ waiting, due, overdue })
})

test('all are counted together', () => {
  const all = [request(), request({ callFrom: at(5) }), request({ dueAt: at(-5) }), request(held(at(5)))]
  expect(numbersOf(all, NOW)).toEqual({ waiting: 3, due: 2, overdue: 1 })
  expect(numbersOf([], NOW)).toEqual({ waiting: 0, due: 0, overdue: 0 })
})
