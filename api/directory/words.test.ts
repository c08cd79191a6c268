import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitCompound } from './compounds.ts'
import { fold, given, isStop, stem, wordsOf } from './words.ts'

describe('folding', () => {
  test.each([
    ['Liège', 'liege'],
    ['LIÈGE', 'liege'],
    ['Lie\u0300ge', 'liege'],
    ['ÖSHZ', 'oshz'],
    ['Sœur Cœur ŒUVRE', 'soeur coeur oeuvre'],
    ['Straße GROẞ', 'strasse gross'],
    ['Heizöl für Sint-Truiden', 'heizol fur sint-truiden'],
    ['0800/43 436', '0800/43 436'],
  ])('%s is %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })
})

test('words are runs of letters and digits', () => {
  expect(wordsOf('L’électricité, c’est 0800/43 436 !')).toEqual(['l', 'electricite', 'c', 'est', '0800', '43', '436'])
  expect(wordsOf('\0 … 😀')).toEqual([])
})

test('stop words belong to a language', () => {
  expect([isStop('die', 'DE'), isStop('die', 'EN'), isStop('jai', 'FR')]).toEqual([true, false, true])
})

test.each([
  ['FR', 'factures', 'facture'],
  ['FR', 'electricite', 'electricite'],
  ['DE', 'wohnungen', 'wohnung'],
  ['NL', 'rekeningen', 'rekening'],
  ['EN', 'bills', 'bill'],
] as const)('in %s, %s has the stem of %s', (language, one, other) => {
  expect(stem(one, language)).toBe(stem(other, language))
})

test('what was typed is without spaces around it, or nothing', () => {
  expect([given(' a '), given('  '), given(null), given(undefined)]).toEqual(['a', null, null, null])
})

describe('compounds', () => {
  const words = new Set([
    'strom',
    'rechnung',
    'arbeit',
    'amt',
    'kind',
    'geld',
    'miet',
    'schuld',
    'schulden',
    'lebens',
    'mittel',
    'paket',
    'lebensmittel',
  ])
  const written = (part: string) => (words.has(part) ? part : undefined)
  const split = (word: string) => splitCompound(word, { written, inflected: (part) => written(stem(part, 'DE')) ?? written(part) })

  test.each([
    ['stromrechnung', ['strom', 'rechnung']],
    ['stromrechnungen', ['strom', 'rechnung']],
    ['arbeitsgeld', ['arbeit', 'geld']],
    ['kindergeld', ['kind', 'geld']],
    ['mietschulden', ['miet', 'schuld']],
    ['lebensmittelpaket', ['lebensmittel', 'paket']],
    ['mittelkindergeld', ['mittel', 'kind', 'geld']],
    ['stromxyz', []],
    ['xyzrechnung', []],
    ['strom', []],
    ['', []],
  ])('%s is made of %j', (word, parts) => {
    expect(split(word)).toEqual(parts)
  })

  test('a long word of no sense is done at once', () => {
    expect(split('kinder'.repeat(80))).toEqual([])
  })
})
