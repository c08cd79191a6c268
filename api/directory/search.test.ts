import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, searchIndex } from './search.ts'

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

const records = [
  { slug: 'rien-a-manger', title: 'Je n’ai plus rien à manger', body: 'Appelez le CPAS. Das ÖSHZ hilft. Un colis alimentaire.' },
  { slug: 'loyer', title: 'Je ne peux plus payer mon loyer', body: 'Ich kann die Miete nicht zahlen. Une aide du CPAS.' },
  { slug: 'eau', title: 'La facture d’eau', body: 'Le Fonds social de l’eau. Das Wasser. Rufen Sie 1718 an.' },
  { slug: 'expulsion', title: 'Expulsion', body: 'Le loyer en retard, le juge, le loyer encore.' },
  { slug: 'violence', title: 'Mon partenaire est violent', body: 'Appelez le 112, puis le 0800 30 030. Huiselijk geweld.' },
]
const index = searchIndex(
  records,
  ({ title }) => title,
  ({ body }) => body,
)
const find = (text: string) => index.find(text).map(({ slug }) => slug)

describe('searching', () => {
  test.each([
    ['a word', 'manger', ['rien-a-manger']],
    ['in capitals, without accents', 'OSHZ', ['rien-a-manger']],
    ['after an apostrophe', 'eau', ['eau']],
    ['with its article', 'l’eau', ['eau']],
    ['the beginning of a word', 'aliment', ['rien-a-manger']],
    ['a slip of the finger', 'explusion', ['expulsion']],
    ['in German', 'Miete', ['loyer']],
    ['in Dutch', 'geweld', ['violence']],
    ['a short number', '112', ['violence']],
    ['a word of the title before one of the body', 'loyer', ['loyer', 'expulsion']],
    ['a whole sentence', 'je n’ai rien à manger ce soir', ['rien-a-manger']],
    ['words that carry no need', 'je ne suis pas dans mon', []],
    ['nothing', '', []],
    ['signs only', '?! … « »', []],
    ['a word of two letters', 'je', []],
    ['a language of the index', '"fields:title"', []],
  ])('%s: %s', (_what, text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  test('more words that fit are better', () => {
    expect(find('colis alimentaire cpas')[0]).toBe('rien-a-manger')
  })

  test('what comes after 500 characters is not read', () => {
    expect(find(`${'xyzxyz '.repeat(100)} manger`)).toEqual([])
    expect(find(`manger ${'xyzxyz '.repeat(10_000)}`)).toEqual(['rien-a-manger'])
  })

  test('any text is searched without an exception, and finds only records', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        for (const record of index.find(text)) expect(records).toContain(record)
      }),
    )
  })
})

test('a huge text costs no more than a long one', () => {
  const began = performance.now()
  index.find('loyer manger facture '.repeat(50_000))
  expect(performance.now() - began).toBeLessThan(500)
})
