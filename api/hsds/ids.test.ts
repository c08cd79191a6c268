import { expect, test } from 'vitest'
import { uuidOf } from './ids.ts'

test('the same names have the same identifier, for ever', () => {
  // Written down here: consumers keep identifiers, so none may change.
  expect(uuidOf('taxonomy', 'needs')).toBe('916eecff-c962-591f-9f5d-e22447620612')
  expect(uuidOf('taxonomy', 'needs', 'food')).toBe('88659e92-1e5b-5bd1-aa58-cbbe09383374')
})

test('it is a UUID of version 5, and names are told apart', () => {
  const ids = [uuidOf('a', 'bc'), uuidOf('ab', 'c'), uuidOf('abc'), uuidOf('a', 1), uuidOf('a', 11)]
  for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
})
