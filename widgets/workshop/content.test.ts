import { describe, expect, test } from 'vitest'
import { at, fromWire, isSame, merge, put, shortTexts, slugFrom, toInput } from './content.ts'
import { line, service } from './testing/made.ts'

describe('a record as a document and on the wire', () => {
  test.each([
    ['a service', service],
    ['a line', line],
  ])('%s comes back as it was sent', (_what, content) => {
    const { __typename: _, ...wire } = content
    expect(toInput(fromWire(content))).toEqual(wire)
  })

  test('texts and labels by language, and the paths of problems lead to them', () => {
    const doc = fromWire(service)
    expect(at(doc, ['texts', 'de', 'name'])).toBe('Lebensmittelpakete')
    expect(at(doc, ['phones', '0', 'label', 'fr'])).toBe('Accueil')
    expect(at(doc, ['requiredDocuments', '0', 'fr'])).toBe('Carte d’identité')
    expect(at(doc, ['eligibility', 'any', '0', 'age', 'min'])).toBe(65)
  })

  test('names that stand for another kind’s value are its own', () => {
    expect(fromWire({ __typename: 'LocationContent', placeOrganization: 'cpas', commune: '62063' })).toEqual({
      organization: 'cpas',
      commune: '62063',
    })
    expect(fromWire({ dayAreas: ['liege'], dayOrganization: null, orgCommune: '62063' })).toEqual({
      areas: ['liege'],
      organization: null,
      commune: '62063',
    })
  })
})

describe('changing a value', () => {
  test('leaves the rest, makes what is on the way, and keeps lists lists', () => {
    const before = { texts: { fr: { name: 'a' } }, hours: [{ opens: '1' }, { opens: '2' }] }
    expect(put(before, ['texts', 'de', 'name'], 'b')).toEqual({ ...before, texts: { fr: { name: 'a' }, de: { name: 'b' } } })
    expect(put(before, ['hours', '1', 'opens'], '3').hours).toEqual([{ opens: '1' }, { opens: '3' }])
    expect(put(before, ['hours', '0'], undefined).hours).toEqual([{ opens: '2' }])
    expect(before.hours).toHaveLength(2)
  })

  test('nothing, null and an empty text are one', () => {
    expect(isSame({ a: null, b: '', c: 1 }, { c: 1 })).toBe(true)
    expect(isSame({ c: 1, d: [] }, { d: [], c: 1 })).toBe(true)
    expect(isSame({ d: ['a'] }, { d: ['b'] })).toBe(false)
  })
})

describe('two editors', () => {
  const base = { source: 'x', needs: ['food'], texts: { fr: { name: 'a', description: 'd' }, de: { name: 'A' } } }
  const mine = put(base, ['texts', 'fr', 'name'], 'mine')

  test('what only one changed is taken from her', () => {
    const theirs = put(put(base, ['needs'], ['housing']), ['texts', 'de', 'name'], 'B')
    const { merged, clashes } = merge(base, mine, theirs)
    expect(clashes).toEqual([])
    expect(merged).toEqual({ ...base, needs: ['housing'], texts: { fr: { name: 'mine', description: 'd' }, de: { name: 'B' } } })
  })

  test('what both changed is for a person to choose; until then it is mine', () => {
    const { merged, clashes } = merge(base, mine, put(base, ['texts', 'fr', 'name'], 'theirs'))
    expect(clashes).toEqual([['texts', 'fr', 'name']])
    expect(at(merged, ['texts', 'fr', 'name'])).toBe('mine')
  })

  test('the same change by both is none', () => {
    expect(merge(base, mine, mine).clashes).toEqual([])
  })

  test('what one emptied stays empty', () => {
    expect(merge(base, put(base, ['source'], null), base).merged.source).toBeNull()
  })
})

test('short texts are found wherever they are, for their translation', () => {
  const doc = { ...fromWire(service), eligibility: { all: [{ assessed: { fr: 'a' } }, { condition: { code: 'c', texts: { fr: 'b' } } }] } }
  expect(shortTexts(doc).map((path) => path.join('.'))).toEqual([
    'eligibility.all.0.assessed',
    'eligibility.all.1.condition.texts',
    'phones.0.label',
    'exceptions.0.reason',
    'requiredDocuments.0',
  ])
})

test.each([
  ['Être en quarantaine', 'etre-en-quarantaine'],
  ['  ', 'condition'],
  ['« Œuvre »', 'uvre'],
])('a code made of %s', (words, code) => {
  expect(slugFrom(words)).toBe(code)
})
