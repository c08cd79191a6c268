import { expect, test } from 'vitest'
import { makeSnapshot } from '../directory/make.ts'
import { makeAudience, makeNeed } from './make.ts'
import { readAudiences, readNeeds, unknownCode } from './rules.ts'

const meal = makeNeed('food.meal')
const parcel = makeNeed('food.emergency-parcel')
const food = makeNeed('food', { children: [meal, parcel] })
const debt = makeNeed('debt')
const directory = makeSnapshot({ needs: [food, debt], audiences: [makeAudience('seniors')] })
const read = (...codes: string[]) => readNeeds(directory, codes, ['filter', 'needs'])

test.each([
  ['no code names no need', [], []],
  ['a need brings its sub-needs', ['food'], [food, meal, parcel]],
  ['a sub-need comes alone', ['food.meal'], [meal]],
  ['a need without sub-needs comes alone', ['debt'], [debt]],
  ['a need named twice comes once', ['food.meal', 'food', 'food'], [meal, food, parcel]],
])('%s', (_what, codes, expected) => {
  const { needs, problems } = read(...codes)
  expect([...needs]).toEqual(expected)
  expect(problems).toEqual([])
})

test('codes that do not exist are problems, beside the needs that do', () => {
  const { needs, problems } = read('food.meal', 'Food', '', '__proto__')
  expect([...needs]).toEqual([meal])
  expect(problems).toEqual(['Food', '', '__proto__'].map((value) => ({ path: ['filter', 'needs'], code: 'unknown', params: { value } })))
})

test('what names nothing is repeated shortened, since it may be anything', () => {
  expect(unknownCode(['input', 'need'], 'é'.repeat(5_000))).toEqual({
    path: ['input', 'need'],
    code: 'unknown',
    params: { value: 'é'.repeat(60) },
  })
})

test('audiences are read likewise', () => {
  const { audiences, problems } = readAudiences(directory, ['seniors', 'senior', 'seniors'], ['filter', 'audiences'])
  expect([...audiences].map(({ code }) => code)).toEqual(['seniors'])
  expect(problems).toEqual([{ path: ['filter', 'audiences'], code: 'unknown', params: { value: 'senior' } }])
})

test('a list of more than 50 codes is one problem, however many of them exist', () => {
  expect(read(...Array(50).fill('food')).problems).toEqual([])
  expect(read(...Array(51).fill('food'))).toEqual({
    needs: new Set(),
    problems: [{ path: ['filter', 'needs'], code: 'too_many', params: { max: 50 } }],
  })
})

test('what is shortened keeps whole characters', () => {
  expect(unknownCode([], `x${'😀'.repeat(100)}`).params?.value).toBe(`x${'😀'.repeat(59)}`)
})
