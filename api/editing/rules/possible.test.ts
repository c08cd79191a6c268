import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, type Rule } from '../../service/rules/eligibility.ts'
import { impossibleAges, isAlways, isPossible } from './possible.ts'

/** Ages and audiences, one by one: what a rule says of somebody of whom everything is known. The seniors are those of 65 and over. */
function holds(rule: Rule, age: number, audiences: ReadonlySet<string>): boolean {
  if ('all' in rule) return rule.all.every((part) => holds(part, age, audiences))
  if ('any' in rule) return rule.any.some((part) => holds(part, age, audiences))
  if ('not' in rule) return !holds(rule.not, age, audiences)
  if ('age' in rule) return age >= (rule.age.min ?? 0) && age <= (rule.age.max ?? 130)
  if ('audience' in rule) return rule.audience === 'seniors' ? age >= 65 : audiences.has(rule.audience)
  throw new Error('not in this test')
}

const AUDIENCES = ['isolated', 'youth', 'reduced-mobility']
const SETS = Array.from({ length: 2 ** AUDIENCES.length }, (_, bits) => new Set(AUDIENCES.filter((_one, index) => bits & (1 << index))))
const PEOPLE = Array.from({ length: 131 }, (_, age) => SETS.map((audiences) => ({ age, audiences }))).flat()

const age = fc.nat(130)
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  age.map((min) => ({ age: { min } })),
  age.map((max) => ({ age: { max } })),
  fc.tuple(age, age).map(([min, max]) => ({ age: { min, max } })),
  fc.constantFrom('seniors', ...AUDIENCES).map((audience) => ({ audience })),
)
const { rule: anyRule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('rule').map((not) => ({ not })),
  ),
}))

describe('against everybody there is', () => {
  test('a rule is possible when somebody fulfils it, and asks nothing when everybody does', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        const yes = PEOPLE.filter(({ age, audiences }) => holds(rule, age, audiences)).length
        expect(isPossible(rule)).toBe(yes > 0)
        expect(isAlways(rule)).toBe(yes === PEOPLE.length)
      }),
      { numRuns: 400, seed: 7 },
    )
  })

  test('age limits beside the rule count as well', () => {
    fc.assert(
      fc.property(anyRule, age, age, (rule, minimumAge, maximumAge) => {
        const some = PEOPLE.some((one) => one.age >= minimumAge && one.age <= maximumAge && holds(rule, one.age, one.audiences))
        expect(isPossible(rule, { minimumAge, maximumAge })).toBe(some)
      }),
      { numRuns: 200, seed: 7 },
    )
  })

  test('ages that exclude each other at the top leave nobody, whatever else is asked', () => {
    let told = 0
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 2, maxLength: 4 }), (parts) => {
        for (const { path } of impossibleAges({ all: parts })) {
          if (path.length > 0) continue
          told++
          expect(PEOPLE.filter(({ age, audiences }) => holds({ all: parts }, age, audiences))).toEqual([])
        }
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(told).toBeGreaterThan(20)
  })

  test('and the verdict never says yes to a rule that is impossible', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        if (isPossible(rule)) return
        for (const { age, audiences } of PEOPLE)
          expect(evaluate(rule, { age, audiences: [...audiences], communes: null, languages: null }).truth).not.toBe('yes')
      }),
      { numRuns: 100, seed: 11 },
    )
  })
})

describe('both over 65 and under 60', () => {
  test.each<[string, Rule, { min: number; max: number }[]]>([
    ['side by side', { all: [{ age: { min: 65 } }, { age: { max: 60 } }] }, [{ min: 65, max: 60 }]],
    [
      'nested',
      { all: [{ audience: 'isolated' }, { all: [{ age: { min: 65 } }, { all: [{ age: { max: 60 } }] }] }] },
      [{ min: 65, max: 60 }],
    ],
    ['as seniors', { all: [{ audience: 'seniors' }, { age: { max: 60 } }] }, [{ min: 65, max: 60 }]],
    ['by a denial', { all: [{ age: { min: 65 } }, { not: { age: { min: 61 } } }] }, [{ min: 65, max: 60 }]],
    [
      'in one of two ways in',
      { any: [{ audience: 'isolated' }, { all: [{ age: { min: 65 } }, { age: { max: 60 } }] }] },
      [{ min: 65, max: 60 }],
    ],
    ['as two ways in, which is sound', { any: [{ age: { min: 65 } }, { age: { max: 60 } }] }, []],
    ['not at all', { all: [{ age: { min: 60 } }, { age: { max: 65 } }] }, []],
  ])('%s', (_how, rule, expected) => {
    expect(impossibleAges(rule).map(({ min, max }) => ({ min, max }))).toEqual(expected)
  })

  test('with the limits of the service', () => {
    expect(impossibleAges({ age: { min: 65 } }, { minimumAge: null, maximumAge: 60 })).toEqual([{ path: [], min: 65, max: 60 }])
  })
})

test('a commune is one, a language and a condition may be any', () => {
  const texts = { fr: 'a', de: 'a', nl: 'a', en: 'a' }
  const condition: Rule = { condition: { code: 'a', texts } }
  expect(isPossible({ all: [{ commune: ['62063'] }, { commune: ['63079'] }] })).toBe(false)
  expect(isPossible({ all: [{ commune: ['62063', '63079'] }, { not: { commune: ['62063'] } }] })).toBe(true)
  expect(isPossible({ all: [{ language: 'FR' }, { language: 'DE' }, { not: { language: 'NL' } }] })).toBe(true)
  expect(isPossible({ all: [condition, { not: condition }] })).toBe(false)
  expect(isAlways({ any: [condition, { not: condition }] })).toBe(true)
  expect(isAlways({ any: [{ age: { max: 64 } }, { audience: 'seniors' }] })).toBe(true)
})
