import { describe, expect, test } from 'vitest'
import { delayAfter, MOST_ATTEMPTS, readRetryAfter } from './retry.ts'

const S = 1_000
const H = 3_600 * S

describe('after a failed attempt', () => {
  test.each([
    [1, 5 * S],
    [2, 300 * S],
    [3, 1_800 * S],
    [4, 2 * H],
    [5, 5 * H],
    [6, 10 * H],
    [7, 14 * H],
    [8, 20 * H],
    [9, 24 * H],
  ])('number %i the next one comes in %i ms, a tenth later at most', (attempt, delay) => {
    expect(delayAfter(attempt, 0)).toBe(delay)
    expect(delayAfter(attempt, 1)).toBe(Math.round(delay * 1.1))
    expect(delayAfter(attempt, 0.5)).toBe(Math.round(delay * 1.05))
  })

  test('the tenth is the last', () => {
    expect(MOST_ATTEMPTS).toBe(10)
    expect(delayAfter(10, 0)).toBeNull()
    expect(delayAfter(11, 0)).toBeNull()
  })

  test('a receiver may ask for more time, never for less', () => {
    expect(delayAfter(1, 0, 60 * S)).toBe(60 * S)
    expect(delayAfter(4, 0, 60 * S)).toBe(2 * H)
    expect(delayAfter(10, 0, 60 * S)).toBeNull()
  })
})

describe('Retry-After', () => {
  const now = new Date('2026-11-17T09:00:00Z')
  test.each([
    ['nothing', undefined, undefined],
    ['seconds', '90', 90 * S],
    ['seconds with spaces', ' 90 ', 90 * S],
    ['too few', '0', 5 * S],
    ['too many', '999999999', 24 * H],
    ['a date', 'Tue, 17 Nov 2026 09:02:00 GMT', 120 * S],
    ['a date in the past', 'Tue, 17 Nov 2026 08:00:00 GMT', 5 * S],
    ['a far date', 'Tue, 17 Nov 2099 08:00:00 GMT', 24 * H],
    ['words', 'later', undefined],
    ['an empty text', '', undefined],
    ['digits without end', '9'.repeat(400), undefined],
  ])('that is %s', (_what, header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected)
  })
})
