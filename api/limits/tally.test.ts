import { describe, expect, test } from 'vitest'
import { openTally } from './tally.ts'

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1_000)

describe('a count in memory', () => {
  test('lets so many pass for each, and begins anew in the next window', () => {
    const within = openTally({ points: 2, seconds: 3_600 })
    const tries = (by: string, seconds: number) => [1, 2, 3].map(() => within(by, at(seconds)))
    expect(tries('a', 0)).toEqual([true, true, false])
    expect(tries('b', 10)).toEqual([true, true, false])
    expect(tries('a', 3_599)).toEqual([false, false, false])
    expect(tries('a', 3_600)).toEqual([true, true, false])
  })

  test('knows a bounded number of callers; one too many has nothing, and those known keep theirs', () => {
    const within = openTally({ points: 2, seconds: 3_600 })
    for (let caller = 0; caller < 20_000; caller++) within(`caller ${caller}`, at(0))
    expect(within('one too many', at(1))).toBe(false)
    expect(within('caller 7', at(1))).toBe(true)
    expect(within('one too many', at(3_600))).toBe(true)
  })
})
