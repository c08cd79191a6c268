import { describe, expect, test } from 'vitest'
import { openTogether } from './together.ts'

describe('asking together', () => {
  test('asks once for all who ask meanwhile, and anew for who comes later', async () => {
    const together = openTogether()
    let asked = 0
    const ask = async () => {
      await Promise.resolve()
      return ++asked
    }
    expect(await Promise.all([together('a', ask), together('a', ask), together('b', ask)])).toEqual([1, 1, 2])
    expect(await together('a', ask)).toBe(3)
  })

  test('a failure is told to all who waited for it, and not kept', async () => {
    const together = openTogether()
    const fail = () => Promise.reject(new Error('away'))
    const both = await Promise.allSettled([together('a', fail), together('a', fail)])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await together('a', async () => 1)).toBe(1)
  })
})
