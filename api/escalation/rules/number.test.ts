import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { numberOf } from './number.ts'

test('a case always has the same number, which can be read aloud', () => {
  const id = '01922f00-0000-7000-8000-0123456789ab'
  expect(numberOf(id)).toBe(numberOf(id))
  expect(numberOf(id)).toMatch(/^[34679ACDEFGHJKMNPQRTUWXY]{3}-[34679ACDEFGHJKMNPQRTUWXY]{3}$/)
})

test('cases of the same moment have different ones', () => {
  const numbers = Array.from({ length: 200 }, () => numberOf(`01922f00-0000-7000-8${randomUUID().slice(20)}`))
  expect(new Set(numbers).size).toBeGreaterThan(197)
})
