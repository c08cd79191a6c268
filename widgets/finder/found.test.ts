import { describe, expect, test } from 'vitest'
import { firstSentence, foundWith, groupOf, isOld, linesFor, pressingNeeds } from './found.ts'
import { makeCommune, makeEmergencyNeed, makeLine, makeNeed, makeQuestion, makeService } from './make.ts'

const huy = { ...makeCommune(), label: '4500 Huy' }
const at = (nisCode: string) => [{ name: 'Guichet', street: null, postalCode: '4500', commune: { nisCode, name: 'Huy' } }]
const phone = [{ number: '107', description: null }]

describe('groupOf', () => {
  test.each([
    ['a service of one commune is near, once the commune is known', { serviceAreas: [{ kind: 'COMMUNE' as const }] }, huy, 'near'],
    ['and apart while it is not', { serviceAreas: [{ kind: 'COMMUNE' as const }] }, undefined, 'local'],
    ['a counter in the commune is near', { locations: at('61031') }, huy, 'near'],
    ['a counter in another commune is not', { locations: at('62063'), phones: phone }, huy, 'everywhere'],
    ['what has only a number is by phone', { phones: phone }, huy, 'byPhone'],
    ['what has neither is everywhere', {}, undefined, 'everywhere'],
  ])('%s', (_, service, commune, group) => {
    expect(groupOf(makeService(service), commune)).toBe(group)
  })
})

describe('foundWith', () => {
  const page = (slug: string, after?: string) => ({
    totalCount: 2,
    edges: [{ node: makeService({ slug }) }],
    pageInfo: { hasNextPage: !!after, endCursor: after ?? 'end' },
  })
  const first = foundWith({ services: page('a', 'abc'), faqEntries: { edges: [{ node: makeQuestion() }] } })

  test('is one page, and where the next starts', () => {
    expect(first).toMatchObject({ services: [{ slug: 'a' }], questions: [makeQuestion()], total: 2, after: 'abc' })
  })

  test('adds the next page to the first, whose questions stay', () => {
    const all = foundWith({ services: page('b') }, first)
    expect(all).toMatchObject({ services: [{ slug: 'a' }, { slug: 'b' }], questions: [makeQuestion()], total: 2, after: undefined })
  })
})

describe('pressingNeeds', () => {
  const needs = [makeNeed(), makeEmergencyNeed(), makeNeed({ code: 'housing.shelter', urgency: 'CRISIS' })]

  test('is the chosen need, when it presses', () => {
    expect(pressingNeeds(needs, 'housing.shelter').map(({ code }) => code)).toEqual(['housing.shelter'])
    expect(pressingNeeds(needs, 'energy')).toEqual([])
  })

  test('is the need behind a dangerous answer', () => {
    const danger = makeQuestion({ urgency: 'DANGER', needs: [{ code: 'violence' }] })
    expect(pressingNeeds(needs, undefined, [makeQuestion(), danger]).map(({ code }) => code)).toEqual(['violence'])
    expect(pressingNeeds(needs, undefined, [makeQuestion()])).toEqual([])
  })
})

test('linesFor puts those who speak the language first, and a commune’s own line only before its people', () => {
  const french = makeLine()
  const german = makeLine({ slug: '1719', languages: ['DE'] })
  const ofHuy = makeLine({ slug: 'huy', serviceAreas: [{ kind: 'COMMUNE', code: '61031' }] })
  const listening = makeLine({ slug: 'listening', kind: 'LISTENING' })
  expect(linesFor([french, german, ofHuy, listening], 'de', undefined)).toEqual([german, french])
  expect(linesFor([french, ofHuy], 'fr', huy)).toEqual([french, ofHuy])
})

describe('firstSentence', () => {
  test.each([
    ['One sentence that is long enough to stand. And another.', 'One sentence that is long enough to stand.', ' And another.'],
    ['Short. It goes on until it is long enough. Then the rest.', 'Short. It goes on until it is long enough.', ' Then the rest.'],
    ['No end', 'No end', ''],
    ['It costs at most 12.50 euros in p. ex. a shop. Übrigens.', 'It costs at most 12.50 euros in p. ex. a shop.', ' Übrigens.'],
  ])('%s', (text, first, rest) => {
    expect(firstSentence(text)).toEqual([first, rest])
  })
})

test('isOld begins after two years', () => {
  const now = Date.parse('2026-11-21')
  expect(isOld('2024-11-22', now)).toBe(false)
  expect(isOld('2024-11-20', now)).toBe(true)
})
