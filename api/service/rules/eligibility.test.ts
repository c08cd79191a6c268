import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { covers, isOfferedIn } from '../../directory/offered.ts'
import type { Service } from '../../directory/snapshot.ts'
import { makeCommune } from '../../place/make.ts'
import { makeArea, makeService } from '../make.ts'
import { assess, evaluate, type Facts, type Rule, type Truth, type Verdict } from './eligibility.ts'

const nothing: Facts = { age: null, audiences: null, communes: null, languages: null }
const told = (facts: Partial<Facts>): Facts => ({ ...nothing, ...facts })
const truth = (rule: Rule, facts: Facts = nothing): Truth => evaluate(rule, facts).truth

const texts = { fr: 'être en quarantaine', de: 'in Quarantäne sein', nl: 'in quarantaine zijn', en: 'be in quarantine' }
const liege = makeCommune()
const seraing = makeCommune({ nisCode: '62096', postalCodes: ['4100'], texts: { FR: { name: 'Seraing' } } })
const ixelles = makeCommune({
  nisCode: '21009',
  province: null,
  region: 'bruxelles',
  postalCodes: ['1050'],
  texts: { FR: { name: 'Ixelles' } },
})

describe('errands in Liège: isolated and over 65 or with reduced mobility, or in quarantine after analysis', () => {
  const lines = JSON.parse(readFileSync('prisma/seed/services/lines.json', 'utf8')) as { slug: string; eligibility: Rule }[]
  const eligibility = lines.find(({ slug }) => slug === 'courses-liege')?.eligibility
  const errands = makeService('courses-liege', { eligibility, serviceAreas: [makeArea('COMMUNE', '62063')] })

  const cases: [who: string, facts: Partial<Facts>, verdict: Verdict][] = [
    ['somebody who told nothing', {}, 'TO_BE_ASSESSED'],
    ['somebody of Liège who told nothing else', { communes: [liege] }, 'TO_BE_ASSESSED'],
    ['somebody isolated of 66', { communes: [liege], age: 66, audiences: ['isolated'] }, 'ELIGIBLE'],
    ['somebody isolated of 65, who may be in quarantine', { communes: [liege], age: 65, audiences: ['isolated'] }, 'TO_BE_ASSESSED'],
    ['somebody isolated of 30', { communes: [liege], age: 30, audiences: ['isolated'] }, 'TO_BE_ASSESSED'],
    [
      'somebody isolated of 30 who moves with difficulty',
      { communes: [liege], age: 30, audiences: ['isolated', 'reduced-mobility'] },
      'ELIGIBLE',
    ],
    ['somebody who moves with difficulty, of no told age', { communes: [liege], audiences: ['isolated', 'reduced-mobility'] }, 'ELIGIBLE'],
    ['somebody of 80 who said nothing of isolation', { communes: [liege], age: 80 }, 'TO_BE_ASSESSED'],
    ['somebody of 80 who named another audience', { communes: [liege], age: 80, audiences: ['seniors'] }, 'TO_BE_ASSESSED'],
    ['somebody isolated of 80 in Seraing', { communes: [seraing], age: 80, audiences: ['isolated'] }, 'NOT_ELIGIBLE'],
    ['somebody in Seraing who told nothing else', { communes: [seraing] }, 'NOT_ELIGIBLE'],
    ['somebody whose postal code is shared by both', { communes: [liege, seraing], age: 80, audiences: ['isolated'] }, 'TO_BE_ASSESSED'],
    ['somebody isolated of 80 of no told commune', { age: 80, audiences: ['isolated'] }, 'TO_BE_ASSESSED'],
  ]
  test.each(cases)('%s', (_who, facts, verdict) => {
    expect(assess(errands, told(facts)).verdict).toBe(verdict)
  })

  test('the reasons are those that decide', () => {
    const told80 = told({ communes: [liege], age: 80, audiences: ['isolated'] })
    expect(assess(errands, told80).reasons).toEqual([
      { kind: 'area', truth: 'yes', communes: [liege] },
      { kind: 'audience', truth: 'yes', code: 'isolated' },
      { kind: 'age', truth: 'yes', min: 66, max: null },
    ])
    expect(assess(errands, told({ communes: [seraing] })).reasons).toEqual([{ kind: 'area', truth: 'no', communes: [seraing] }])
    expect(assess(errands, told({ communes: [liege], age: 30, audiences: ['isolated'] })).reasons.map(({ kind }) => kind)).toEqual([
      'audience',
      'condition',
      'assessed',
    ])
  })
})

describe('Kleene’s truth tables', () => {
  // Adults, of 40: age rules make a yes and a no; a condition is always unknown.
  const facts = told({ age: 40 })
  const parts: Record<Truth, Rule> = {
    yes: { age: { min: 18 } },
    no: { age: { min: 66 } },
    unknown: { condition: { code: 'quarantine', texts } },
  }
  const pairs: [Truth, Truth, all: Truth, any: Truth][] = [
    ['yes', 'yes', 'yes', 'yes'],
    ['yes', 'unknown', 'unknown', 'yes'],
    ['yes', 'no', 'no', 'yes'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
    ['unknown', 'no', 'no', 'unknown'],
    ['no', 'no', 'no', 'no'],
  ]
  test.each(pairs)('%s with %s: all is %s, any is %s', (a, b, all, any) => {
    for (const [first, second] of [
      [parts[a], parts[b]],
      [parts[b], parts[a]],
    ] as [Rule, Rule][]) {
      expect(truth({ all: [first, second] }, facts)).toBe(all)
      expect(truth({ any: [first, second] }, facts)).toBe(any)
    }
  })

  test.each<[Truth, Truth]>([
    ['yes', 'no'],
    ['no', 'yes'],
    ['unknown', 'unknown'],
  ])('not %s is %s', (a, b) => {
    expect(truth({ not: parts[a] }, facts)).toBe(b)
  })
})

describe('any rule says what Kleene’s logic says of its facts', () => {
  const VALUE = { no: 0, unknown: 1, yes: 2 } as const
  const TRUTHS = ['no', 'unknown', 'yes'] as const
  const facts = told({ age: 40 })
  const leaf: Record<Truth, Rule> = {
    yes: { age: { min: 18 } },
    no: { age: { min: 66 } },
    unknown: { condition: { code: 'quarantine', texts } },
  }
  type Tree = Truth | { all: Tree[] } | { any: Tree[] } | { not: Tree }
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom(...TRUTHS),
      fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }),
      fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }) }),
      fc.record({ not: tie('tree') }),
    ),
  }))
  const ruleOf = (one: Tree): Rule =>
    typeof one === 'string'
      ? leaf[one]
      : 'all' in one
        ? { all: one.all.map(ruleOf) }
        : 'any' in one
          ? { any: one.any.map(ruleOf) }
          : { not: ruleOf(one.not) }
  const worthOf = (one: Tree): number =>
    typeof one === 'string'
      ? VALUE[one]
      : 'all' in one
        ? Math.min(...one.all.map(worthOf))
        : 'any' in one
          ? Math.max(...one.any.map(worthOf))
          : 2 - worthOf(one.not)

  test('all is the least, any the greatest, not the contrary', () => {
    fc.assert(
      fc.property(tree, (one) => {
        expect(truth(ruleOf(one), facts)).toBe(TRUTHS[worthOf(one)])
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('lists without parts never exclude', () => {
  test.each<[Rule, Truth]>([
    [{ all: [] }, 'yes'],
    [{ any: [] }, 'unknown'],
    [{ not: { all: [] } }, 'unknown'],
    [{ not: { any: [] } }, 'unknown'],
    [{ all: [{ all: [] }, { age: { min: 18 } }] }, 'yes'],
    [{ any: [{ any: [] }, { age: { min: 18 } }] }, 'yes'],
  ])('%j is %s', (one, expected) => {
    expect(evaluate(one, told({ age: 40 })).truth).toBe(expected)
  })
})

describe('single facts', () => {
  const cases: [what: string, rule: Rule, facts: Partial<Facts>, expected: Truth][] = [
    ['an age not told', { age: { min: 18 } }, {}, 'unknown'],
    ['the lowest age', { age: { min: 18, max: 25 } }, { age: 18 }, 'yes'],
    ['the highest age', { age: { min: 18, max: 25 } }, { age: 25 }, 'yes'],
    ['a year less', { age: { min: 18, max: 25 } }, { age: 17 }, 'no'],
    ['a year more', { age: { min: 18, max: 25 } }, { age: 26 }, 'no'],
    ['a newborn under an upper limit', { age: { max: 3 } }, { age: 0 }, 'yes'],
    ['a newborn under a lower limit', { age: { min: 1 } }, { age: 0 }, 'no'],
    ['audiences not told', { audience: 'isolated' }, {}, 'unknown'],
    ['an audience named', { audience: 'isolated' }, { audiences: ['seniors', 'isolated'] }, 'yes'],
    ['an audience not among those named', { audience: 'isolated' }, { audiences: ['seniors'] }, 'unknown'],
    ['no audience named', { audience: 'isolated' }, { audiences: [] }, 'unknown'],
    ['seniors, by somebody of 64 who did not name them', { audience: 'seniors' }, { audiences: ['youth'], age: 64 }, 'no'],
    ['seniors, by somebody of 65 who did not name them', { audience: 'seniors' }, { audiences: ['youth'], age: 65 }, 'yes'],
    ['seniors, by somebody of 80 who named nothing', { audience: 'seniors' }, { age: 80 }, 'yes'],
    ['seniors, by somebody of 40 who named nothing', { audience: 'seniors' }, { age: 40 }, 'no'],
    ['seniors, by somebody of 40 who named them', { audience: 'seniors' }, { audiences: ['isolated', 'seniors'], age: 40 }, 'no'],
    ['seniors, by somebody who named them and no age', { audience: 'seniors' }, { audiences: ['seniors'] }, 'yes'],
    ['another audience, whatever the age', { audience: 'isolated' }, { age: 80 }, 'unknown'],
    ['a commune not told', { commune: ['62063'] }, {}, 'unknown'],
    ['a commune of the list', { commune: ['62063', '62096'] }, { communes: [seraing] }, 'yes'],
    ['a commune outside the list', { commune: ['62063'] }, { communes: [seraing] }, 'no'],
    ['a postal code half inside', { commune: ['62063'] }, { communes: [liege, seraing] }, 'unknown'],
    ['a postal code wholly inside', { commune: ['62063', '62096'] }, { communes: [liege, seraing] }, 'yes'],
    ['codes that contradict each other', { commune: ['62063'] }, { communes: [] }, 'unknown'],
    ['languages not told', { language: 'DE' }, {}, 'unknown'],
    ['a language spoken', { language: 'DE' }, { languages: ['FR', 'DE'] }, 'yes'],
    ['a language not spoken', { language: 'DE' }, { languages: ['FR'] }, 'no'],
    ['a condition', { condition: { code: 'quarantine', texts } }, { age: 40, audiences: ['isolated'] }, 'unknown'],
    ['a decision of the service', { assessed: texts }, { age: 40, audiences: ['isolated'] }, 'unknown'],
  ]
  test.each(cases)('%s', (_what, rule, facts, expected) => {
    expect(truth(rule, told(facts))).toBe(expected)
  })
})

describe('a service', () => {
  test('without area, ages and rule is for everybody, without a reason', () => {
    expect(assess(makeService('info', { serviceAreas: [] }), nothing)).toEqual({ verdict: 'ELIGIBLE', reasons: [] })
  })

  test.each<[number | null, Verdict]>([
    [null, 'TO_BE_ASSESSED'],
    [17, 'NOT_ELIGIBLE'],
    [18, 'ELIGIBLE'],
    [25, 'ELIGIBLE'],
    [26, 'NOT_ELIGIBLE'],
  ])('for ages 18 to 25 says to somebody of %s: %s', (age, verdict) => {
    expect(assess(makeService('student', { minimumAge: 18, maximumAge: 25 }), told({ age })).verdict).toBe(verdict)
  })

  test.each([
    ['COUNTRY', 'BE', [true, true, true]],
    ['REGION', 'wallonie', [true, true, false]],
    ['PROVINCE', 'liege', [true, true, false]],
    ['COMMUNE', '62063', [true, false, false]],
    // The code of one kind means nothing to another.
    ['REGION', 'liege', [false, false, false]],
  ] as const)('of the %s %s covers Liège, Seraing, Ixelles: %j', (kind, code, expected) => {
    const service = { serviceAreas: [makeArea(kind, code)] }
    expect([liege, seraing, ixelles].map((commune) => covers(service, commune))).toEqual(expected)
  })

  test.each<[what: string, overrides: Partial<Service>, expected: boolean[]]>([
    ['without any area, everywhere', { serviceAreas: [] }, [true, true, true]],
    ['of a commune, there', { serviceAreas: [makeArea('COMMUNE', '62063')] }, [true, false, false]],
    ['of a commune by phone, there', { virtual: true, serviceAreas: [makeArea('COMMUNE', '62063')] }, [true, false, false]],
    ['of a region, in its communes', { serviceAreas: [makeArea('REGION', 'wallonie')] }, [true, true, false]],
    ['of a region by phone, everywhere', { virtual: true, serviceAreas: [makeArea('REGION', 'wallonie')] }, [true, true, true]],
  ])('is offered, %s', (_what, overrides, expected) => {
    const service = makeService('any', overrides)
    expect([liege, seraing, ixelles].map((commune) => isOfferedIn(service, [commune]))).toEqual(expected)
    // A postal code of several communes finds what is offered in one of them.
    expect(isOfferedIn(service, [ixelles, liege])).toBe(expected[0])
  })
})

describe('what always holds', () => {
  const { rule } = fc.letrec<{ rule: Rule; leaf: Rule }>((tie) => ({
    leaf: fc.oneof(
      // Without any limit it would be no rule.
      fc.record({
        age: fc
          .record({ min: fc.integer({ min: 0, max: 100 }), max: fc.integer({ min: 0, max: 130 }) }, { requiredKeys: [] })
          .filter(({ min, max }) => min !== undefined || max !== undefined),
      }),
      fc.record({ audience: fc.constantFrom('isolated', 'seniors', 'youth') }),
      fc.record({ commune: fc.subarray(['62063', '62096', '21009'], { minLength: 1 }) }),
      fc.record({ language: fc.constantFrom('FR', 'DE', 'NL', 'EN') }),
      fc.constant({ condition: { code: 'quarantine', texts } }),
      fc.constant({ assessed: texts }),
    ),
    rule: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('leaf'),
      fc.record({ all: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('rule') }),
    ),
  }))
  const facts: fc.Arbitrary<Facts> = fc.record({
    age: fc.option(fc.integer({ min: 0, max: 130 })),
    audiences: fc.option(fc.subarray(['isolated', 'seniors', 'youth'])),
    communes: fc.option(fc.subarray([liege, seraing, ixelles], { minLength: 1 })),
    languages: fc.option(fc.subarray(['FR', 'DE', 'NL', 'EN'] as const, { minLength: 1 })),
  })
  const holds = <T>(property: fc.IProperty<T>) => fc.assert(property, { numRuns: 500 })
  const KEYS = ['age', 'audiences', 'communes', 'languages'] as const
  /** What somebody told, and less of it: whole facts left out, and some of the audiences. An age that contradicts an audience stays told. */
  const moreAndLess = fc
    .record({ all: facts, hidden: fc.subarray([...KEYS]), named: fc.subarray(['isolated', 'seniors', 'youth']) })
    .map(({ all, hidden, named }): { all: Facts; fewer: Facts } => {
      const contradicts = all.age !== null && all.age < 65 && all.audiences?.includes('seniors') && named.includes('seniors')
      const left = hidden.filter((key) => key !== 'age' || !contradicts)
      const audiences = all.audiences?.filter((code) => named.includes(code)) ?? null
      return { all, fewer: { ...all, audiences, ...Object.fromEntries(left.map((key) => [key, null])) } }
    })

  test('who told nothing is never excluded, nor accepted on a condition', () => {
    holds(
      fc.property(rule, (one) => {
        expect(truth(one)).toBe('unknown')
        expect(assess(makeService('any', { eligibility: one }), nothing).verdict).toBe('TO_BE_ASSESSED')
      }),
    )
  })

  test('telling more turns “unknown” into an answer, and never an answer into another', () => {
    holds(
      fc.property(rule, moreAndLess, (one, { all, fewer }) => {
        const before = truth(one, fewer)
        if (before !== 'unknown') expect(truth(one, all)).toBe(before)
      }),
    )
  })

  const service = fc
    .record({
      eligibility: fc.option(rule),
      minimumAge: fc.option(fc.integer({ min: 0, max: 70 })),
      maximumAge: fc.option(fc.integer({ min: 0, max: 130 })),
      serviceAreas: fc.subarray([
        makeArea('COMMUNE', '62063'),
        makeArea('PROVINCE', 'liege'),
        makeArea('REGION', 'bruxelles'),
        makeArea('COUNTRY', 'BE'),
      ]),
    })
    .map((overrides) => makeService('any', overrides))

  test('the same holds of the verdict on a service, its area and ages included', () => {
    holds(
      fc.property(service, moreAndLess, (one, { all, fewer }) => {
        const before = assess(one, fewer).verdict
        if (before !== 'TO_BE_ASSESSED') expect(assess(one, all).verdict).toBe(before)
      }),
    )
  })

  test('in which order she tells things changes neither verdict nor reasons', () => {
    const reversed = <T>(list: readonly T[] | null) => list && [...list].reverse()
    holds(
      fc.property(service, facts, (one, all) => {
        const otherwise = {
          ...all,
          audiences: reversed(all.audiences),
          communes: reversed(all.communes),
          languages: reversed(all.languages),
        }
        expect(assess(one, otherwise)).toEqual(assess(one, all))
      }),
    )
  })

  test('a verdict that is not plain always says why', () => {
    holds(
      fc.property(service, facts, (one, all) => {
        const { verdict, reasons } = assess(one, all)
        if (verdict !== 'ELIGIBLE') expect(reasons.length).toBeGreaterThan(0)
      }),
    )
  })

  test('narrowing a postal code to one of its communes does neither', () => {
    holds(
      fc.property(rule, facts, (one, all) => {
        const before = truth(one, all)
        for (const commune of all.communes ?? []) if (before !== 'unknown') expect(truth(one, { ...all, communes: [commune] })).toBe(before)
      }),
    )
  })

  test('the order of the parts does not matter', () => {
    const reversed = (one: Rule): Rule => {
      if ('all' in one) return { all: one.all.map(reversed).reverse() }
      if ('any' in one) return { any: one.any.map(reversed).reverse() }
      return 'not' in one ? { not: reversed(one.not) } : one
    }
    const sorted = (outcome: ReturnType<typeof evaluate>) => outcome.reasons.map((reason) => JSON.stringify(reason)).sort()
    holds(
      fc.property(rule, facts, (one, all) => {
        const [forwards, backwards] = [evaluate(one, all), evaluate(reversed(one), all)]
        expect(backwards.truth).toBe(forwards.truth)
        expect(sorted(backwards)).toEqual(sorted(forwards))
      }),
    )
  })

  test('“not any” is “all not”, and a double “not” is nothing', () => {
    holds(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), facts, (parts, all) => {
        expect(truth({ not: { any: parts } }, all)).toBe(truth({ all: parts.map((part) => ({ not: part })) }, all))
        expect(truth({ not: { not: { all: parts } } }, all)).toBe(truth({ all: parts }, all))
      }),
    )
  })

  test('a reason never says the contrary of the verdict', () => {
    holds(
      fc.property(rule, facts, (one, all) => {
        const outcome = evaluate(one, all)
        for (const reason of outcome.reasons) expect(reason.truth).toBe(outcome.truth)
      }),
    )
  })
})

describe('what must not be', () => {
  const no = (rule: Rule): Rule => ({ not: rule })
  const negated = true as const
  const condition = { condition: { code: 'home-owner', texts } }
  const inAll = { FR: texts.fr, DE: texts.de, NL: texts.nl, EN: texts.en }
  const cases: [what: string, rule: Rule, facts: Partial<Facts>, expected: ReturnType<typeof evaluate>][] = [
    [
      'an age outside what is excluded',
      no({ age: { min: 65 } }),
      { age: 40 },
      { truth: 'yes', reasons: [{ kind: 'age', truth: 'yes', negated, min: 65, max: null }] },
    ],
    [
      'an audience that is excluded',
      no({ audience: 'isolated' }),
      { audiences: ['isolated'] },
      { truth: 'no', reasons: [{ kind: 'audience', truth: 'no', negated, code: 'isolated' }] },
    ],
    [
      'a condition that must not hold',
      no(condition),
      {},
      { truth: 'unknown', reasons: [{ kind: 'condition', truth: 'unknown', negated, texts: inAll }] },
    ],
    [
      'twice is what must be',
      no(no(condition)),
      {},
      { truth: 'unknown', reasons: [{ kind: 'condition', truth: 'unknown', texts: inAll }] },
    ],
    [
      'of several it is the one that holds that counts',
      no({ any: [{ age: { min: 65 } }, { audience: 'isolated' }] }),
      { age: 40, audiences: ['isolated'] },
      { truth: 'no', reasons: [{ kind: 'audience', truth: 'no', negated, code: 'isolated' }] },
    ],
    [
      'all together one that does not hold is enough',
      no({ all: [{ age: { min: 65 } }, { audience: 'isolated' }] }),
      { age: 40, audiences: ['isolated'] },
      { truth: 'yes', reasons: [{ kind: 'age', truth: 'yes', negated, min: 65, max: null }] },
    ],
  ]
  test.each(cases)('%s', (_what, rule, facts, expected) => {
    expect(evaluate(rule, told(facts))).toEqual(expected)
  })
})

describe('a rule that does not follow the grammar', () => {
  test.each([
    null,
    true,
    0,
    'age',
    [],
    {},
    { ages: { min: 18 } },
    { all: null },
    { any: { age: { min: 18 } } },
    { not: null },
    { age: null },
    { age: {} },
    { age: { min: '18' } },
    { audience: 3 },
    { commune: '62063' },
    { language: 'x' },
    { condition: null },
    { condition: { code: 'quarantine' } },
    { condition: { texts: { fr: 3 } } },
    { assessed: 'by the service' },
    { all: [null] },
  ])('%j is unknown, without a reason', (one) => {
    const everything = told({ age: 40, audiences: ['isolated'], communes: [liege], languages: ['FR'] })
    expect(evaluate(one as unknown as Rule, everything)).toEqual({ truth: 'unknown', reasons: [] })
    expect(() => assess(makeService('edited', { eligibility: one }), everything)).not.toThrow()
  })

  test('whatever it is, nothing is thrown and nobody is excluded by what is no rule', () => {
    const everything = told({ age: 40, audiences: ['isolated'], communes: [liege], languages: ['FR'] })
    const keys = fc.constantFrom(
      'all',
      'any',
      'not',
      'age',
      'audience',
      'commune',
      'language',
      'condition',
      'assessed',
      '__proto__',
      'constructor',
    )
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.anything(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
      ),
    })).value
    fc.assert(
      fc.property(value, (one) => {
        const { truth: found, reasons } = evaluate(one as Rule, everything)
        expect(['yes', 'no', 'unknown']).toContain(found)
        if (found === 'no') expect(reasons.length).toBeGreaterThan(0)
      }),
      { numRuns: 2_000 },
    )
  })

  test('nested deeper than anybody writes is unknown, and does not exhaust the stack', () => {
    const nest = (levels: number, wrap: (inner: Rule) => Rule) => {
      let one: Rule = { age: { min: 18 } }
      for (let level = 0; level < levels; level++) one = wrap(one)
      return one
    }
    for (const wrap of [
      (inner: Rule): Rule => ({ not: inner }),
      (inner: Rule): Rule => ({ all: [inner] }),
      (inner: Rule): Rule => ({ any: [inner] }),
    ]) {
      expect(evaluate(nest(32, wrap), told({ age: 40 })).truth).toBe('yes')
      expect(evaluate(nest(100_000, wrap), told({ age: 40 }))).toEqual({ truth: 'unknown', reasons: [] })
    }
  })

  test('leaves the rest of the rule as it is', () => {
    const one = { any: [{ ages: 18 }, { age: { min: 18 } }] } as unknown as Rule
    expect(truth(one, told({ age: 40 }))).toBe('yes')
    expect(truth(one, told({ age: 12 }))).toBe('unknown')
  })

  test('shows a condition in the languages it has', () => {
    const one = { condition: { code: 'quarantine', texts: { fr: 'être en quarantaine' } } } as unknown as Rule
    expect(evaluate(one, nothing).reasons).toEqual([{ kind: 'condition', truth: 'unknown', texts: { FR: 'être en quarantaine' } }])
  })
})
