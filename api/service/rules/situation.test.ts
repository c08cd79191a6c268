import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../../directory/make.ts'
import { InvalidInput } from '../../errors.ts'
import { makeCommune } from '../../place/make.ts'
import { makeAudience, makeNeed } from '../../taxonomy/make.ts'
import { factsOf, readSituation, type Situation } from './situation.ts'

const liege = makeCommune()
const bruxelles = makeCommune({ nisCode: '21004', region: 'bruxelles', province: null, postalCodes: ['1000', '1050'] })
const ixelles = makeCommune({ nisCode: '21009', region: 'bruxelles', province: null, postalCodes: ['1050'] })
const directory = makeSnapshot({
  communes: [liege, bruxelles, ixelles],
  needs: [makeNeed('food', { children: [makeNeed('food.meal')] })],
  audiences: [makeAudience('isolated')],
})

const nothing = { age: null, audiences: null, communes: null, languages: null }

describe('what was told becomes facts', () => {
  const cases: [what: string, situation: Situation, expected: object][] = [
    ['nothing', {}, {}],
    ['nulls are nothing', { needs: null, audiences: null, age: null, postalCode: null, nisCode: null, languages: null }, {}],
    ['empty lists are nothing: who named none may still be one', { needs: [], audiences: [], languages: [] }, {}],
    ['needs are checked, and change no fact', { needs: ['food', 'food.meal'] }, {}],
    ['an age', { age: 66 }, { age: 66 }],
    ['a newborn', { age: 0 }, { age: 0 }],
    ['the oldest age', { age: 130 }, { age: 130 }],
    ['audiences', { audiences: ['isolated'] }, { audiences: ['isolated'] }],
    ['a postal code', { postalCode: '4000' }, { communes: [liege] }],
    ['a postal code of two communes', { postalCode: '1050' }, { communes: [bruxelles, ixelles] }],
    ['a NIS code narrows it', { postalCode: '1050', nisCode: '21009' }, { communes: [ixelles] }],
    ['empty texts are nothing', { postalCode: '', nisCode: ' ' }, {}],
    ['languages', { languages: ['DE'] }, { languages: ['DE'] }],
  ]
  test.each(cases)('%s', (_what, situation, expected) => {
    expect(readSituation(directory, situation)).toEqual({ ...nothing, ...expected })
  })
})

function problemsOf(situation: Situation) {
  try {
    readSituation(directory, situation)
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems
    throw error
  }
  return []
}

describe('what does not exist is refused', () => {
  test.each<[string, Situation, object]>([
    ['need', { needs: ['foood'] }, { path: ['situation', 'needs'], code: 'unknown', params: { value: 'foood' } }],
    ['audience', { audiences: ['senior'] }, { path: ['situation', 'audiences'], code: 'unknown', params: { value: 'senior' } }],
    ['postal code', { postalCode: '0000' }, { path: ['situation', 'postalCode'], code: 'unknown', params: { value: '0000' } }],
    ['commune of another postal code', { postalCode: '4000', nisCode: '21009' }, { path: ['situation', 'nisCode'], code: 'contradictory' }],
    ['long list', { needs: Array(51).fill('food') }, { path: ['situation', 'needs'], code: 'too_many', params: { max: 50 } }],
    [
      'long list of languages',
      { languages: Array(51).fill('FR') },
      { path: ['situation', 'languages'], code: 'too_many', params: { max: 50 } },
    ],
    ['NIS code', { nisCode: '4000' }, { path: ['situation', 'nisCode'], code: 'unknown', params: { value: '4000' } }],
    ['negative age', { age: -1 }, { path: ['situation', 'age'], code: 'out_of_range', params: { min: 0, max: 130 } }],
    ['age of a tree', { age: 131 }, { path: ['situation', 'age'], code: 'out_of_range', params: { min: 0, max: 130 } }],
  ])('%s', (_what, situation, problem) => {
    expect(problemsOf(situation)).toEqual([problem])
  })

  test('all of it together', () => {
    const problems = problemsOf({ needs: ['a', 'food', 'b'], audiences: ['c'], postalCode: 'd', nisCode: 'e', age: 999 })
    expect(problems.map(({ path }) => path.at(-1)).sort()).toEqual(['age', 'audiences', 'needs', 'needs', 'nisCode', 'postalCode'])
  })

  test('a huge code is shortened in the answer', () => {
    expect(problemsOf({ needs: ['x'.repeat(5_000)] })[0]?.params?.value).toBe('x'.repeat(60))
  })
})

test('one person’s situation is read once for a directory, however many services are weighed', () => {
  const situation = { age: 80, audiences: ['isolated'] }
  expect(factsOf(directory, situation)).toEqual(readSituation(directory, situation))
  expect(factsOf(directory, situation)).toBe(factsOf(directory, situation))
  expect(() => factsOf(makeSnapshot({}), situation)).toThrow(InvalidInput)
})
