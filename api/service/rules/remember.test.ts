import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('a result is worked out once, until there are too many', () => {
  const asked: number[] = []
  const square = remember((key: number) => {
    asked.push(key)
    return key * key
  }, 2)
  expect([1, 2, 2, 1].map(square)).toEqual([1, 4, 4, 1])
  expect(asked).toEqual([1, 2])
  expect([3, 3, 1].map(square)).toEqual([9, 9, 1])
  expect(asked).toEqual([1, 2, 3, 1])
})
