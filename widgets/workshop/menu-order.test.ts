import { describe, expect, test } from 'vitest'
import { freeKey, moveKey } from './menu-order.ts'

const menu = [
  { key: 1, name: 'a' },
  { key: 2, name: 'b' },
  { key: 5, name: 'c' },
]
const told = (entries: readonly { key: number; name: string }[]) => entries.map(({ key, name }) => `${key}${name}`).join(' ')

describe('the order of a menu', () => {
  test.each<[string, number, number, string]>([
    ['down by one', 1, 1, '1b 2a 5c'],
    ['up by one', 5, 1, '1a 2c 5b'],
    ['to the end', 1, 2, '1b 2c 5a'],
    ['to the beginning', 5, 0, '1c 2a 5b'],
    ['beyond the end', 2, 9, '1a 2c 5b'],
    ['to where it is', 2, 1, '1a 2b 5c'],
    ['what is not there', 7, 0, '1a 2b 5c'],
  ])('%s: the keys that are in use stay', (_what, key, to, expected) => {
    expect(told(moveKey(menu, key, to))).toBe(expected)
  })

  test('two entries of one key go together', () => {
    expect(told(moveKey([...menu, { key: 2, name: 'later' }], 2, 0))).toBe('1b 1later 2a 5c')
  })

  test.each([
    [menu, 3],
    [[], 1],
    [[{ key: 2 }], 1],
  ])('the first key that is free', (entries, key) => {
    expect(freeKey(entries)).toBe(key)
  })
})
