import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeFaqEntry } from '../faq/make.ts'
import { makeOrganization } from '../organization/make.ts'
import { makeCommune } from '../place/make.ts'
import { makeArea, makeService, makeServiceTexts } from '../service/make.ts'
import { makeNeed, makeNeedTexts } from '../taxonomy/make.ts'
import { makeSnapshot } from './make.ts'
import type { FaqEntry, Service } from './snapshot.ts'

const food = makeNeed('food', { texts: { FR: makeNeedTexts('Alimentation', { keywords: 'faim, frigo vide, à la soupe' }) } })
const energy = makeNeed('energy', {
  texts: { FR: makeNeedTexts('Énergie', { keywords: 'courant, facture' }), DE: makeNeedTexts('Energie') },
})
const violence = makeNeed('violence', {
  texts: { FR: makeNeedTexts('Violences'), EN: makeNeedTexts('Violence', { keywords: 'want to die' }) },
})

type Texts = Partial<Record<'FR' | 'DE' | 'NL' | 'EN', string>>
const question = (slug: string, texts: Texts, answers: Texts = {}, overrides: Partial<FaqEntry> = {}) =>
  makeFaqEntry(slug, {
    texts: Object.fromEntries(Object.entries(texts).map(([language, question]) => [language, { question }])),
    answers: Object.fromEntries(Object.entries(answers).map(([language, answer]) => [language, { answer }])),
    ...overrides,
  })

const { search } = makeSnapshot({
  needs: [food, energy, violence],
  faqEntries: [
    question(
      'rien-a-manger',
      { FR: 'Je n’ai plus rien à manger' },
      { FR: 'Appelez le CPAS. Un colis alimentaire.', DE: 'Das ÖSHZ hilft.' },
      { needs: [food] },
    ),
    question('loyer', { FR: 'Je ne peux plus payer mon loyer', DE: 'Ich kann die Miete nicht zahlen' }, { FR: 'Une aide du CPAS.' }),
    question('eau', { FR: 'La facture d’eau', DE: 'Die Rechnung für das Wasser' }, { FR: 'Le Fonds social de l’eau. Le 1718.' }),
    question('expulsion', { FR: 'Expulsion' }, { FR: 'Le loyer en retard, le juge, le loyer encore.', DE: 'Schulden beim Vermieter.' }),
    question('violent', { FR: 'Mon partenaire est violent' }, { FR: 'Appelez le 112.', NL: 'Huiselijk geweld, of een rekening.' }),
    question('strom', { DE: 'Ihre Stromrechnungen' }, { DE: 'Wer keinen Strom hat: rufen Sie an.' }, { needs: [energy] }),
  ],
})
const find = (text: string) => search.faqEntries.find(text).map(({ slug }) => slug)

describe('searching', () => {
  test.each([
    ['a word', 'manger', ['rien-a-manger']],
    ['in capitals, without accents', 'OSHZ', ['rien-a-manger']],
    ['the two letters that stand for an umlaut', 'OESHZ', ['rien-a-manger']],
    ['with its article', 'l’eau', ['eau']],
    ['with an article grown onto it', 'deau', ['eau']],
    ['in the plural', 'expulsions', ['expulsion']],
    ['the beginning of a word', 'aliment', ['rien-a-manger']],
    ['two letters the other way round', 'explusion', ['expulsion']],
    ['a letter too many', 'expulssion', ['expulsion']],
    ['in German', 'Mieten', ['loyer']],
    ['in Dutch', 'geweld', ['violent']],
    ['a part of a compound', 'Rechnung', ['strom', 'eau']],
    ['a compound of words that stand apart', 'Wasserrechnung', ['eau', 'strom']],
    ['a compound whose first word lost its end', 'Mietschulden', ['loyer', 'expulsion']],
    ['a short number', '112', ['violent']],
    ['a word of the title before one of the body', 'loyer', ['loyer', 'expulsion']],
    ['a whole sentence', 'je n’ai rien à manger ce soir', ['rien-a-manger']],
    ['a word that people use for its need', 'frigo', ['rien-a-manger']],
    ['a phrase of nothing but small words, and one more', 'à la soupe', ['rien-a-manger']],
    ['words that carry no need', 'je ne suis pas dans mon', []],
    ['nothing', '', []],
    ['signs only', '?! … « »', []],
    ['a word nobody has', 'xylophone', []],
    ['names of what every object has', 'constructor __proto__ toString hasOwnProperty', []],
  ])('%s: %s', (_what, text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  test('own words come before those of the need', () => {
    expect(find('facture').slice(0, 2)).toEqual(['eau', 'strom'])
  })

  test('a small word of one language is a word in another', () => {
    expect(search.needs.find('die')).toEqual([violence])
    expect(find('die Miete')).toEqual(['loyer'])
  })

  test('more words that fit are better', () => {
    expect(find('colis alimentaire cpas')[0]).toBe('rien-a-manger')
  })

  test('what comes after 500 characters is not read', () => {
    expect(find(`${'xyzxyz '.repeat(100)} manger`)).toEqual([])
    expect(find(`manger ${'xyzxyz '.repeat(10_000)}`)).toEqual(['rien-a-manger'])
  })

  test('any text is searched without an exception, twice alike, and leaves nothing behind', () => {
    const before = search.faqEntries.hits('loyer manger')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        expect(search.faqEntries.hits(text)).toEqual(search.faqEntries.hits(text))
      }),
    )
    for (const text of ["é'%_\\", 'x'.repeat(5_000), '\0', '😀🏠', 'مساعدة غذائية', '(?:a+)+$', '"fields:title"', '‮manger']) {
      search.services.hits(text, new Set(['62063']))
      search.needs.hits(text)
    }
    expect(search.faqEntries.hits('loyer manger')).toEqual(before)
  })
})

test('a text tells the needs it is about', () => {
  expect(search.needs.find('le frigo est vide')).toEqual([food])
  expect(search.needs.find('plus rien a manger')).toEqual([food])
})

describe('services of single communes', () => {
  const communes = [
    ...['Namur', 'Amay', 'Le Roeulx'].map((name, i) =>
      makeCommune({ nisCode: `9000${i}`, texts: { FR: { name } }, postalCodes: [`500${i}`] }),
    ),
    makeCommune({ nisCode: '21004', province: null, region: 'bruxelles', texts: { FR: { name: 'Bruxelles' } }, postalCodes: ['1000'] }),
  ]
  const [namur, amay, roeulx] = communes
  const titles = ['CPAS de Namur', 'CPAS d’Amay', 'CPAS du Roeulx']
  const inCommune = (slug: string, name: string, commune = namur, overrides: Partial<Service> = {}) =>
    makeService(slug, {
      texts: { FR: makeServiceTexts(name, { description: `Pour les habitants ${name.replace(/^.*CPAS/, '')}.` }) },
      serviceAreas: [{ kind: 'COMMUNE', code: commune?.nisCode ?? '', commune: commune ?? null }],
      organization: makeOrganization(slug, { commune: commune ?? null, texts: { FR: { name, description: null } } }),
      ...overrides,
    })
  const centres = [namur, amay, roeulx].map((commune, i) => inCommune(`cpas-${i}`, titles[i] ?? '', commune))
  const { services } = makeSnapshot({
    communes,
    services: [
      inCommune('vestiaire', 'Un vestiaire'),
      ...centres,
      makeService('recours', { texts: { FR: makeServiceTexts('Contester', { description: 'Une décision du CPAS.' }) } }),
      makeService('partout', { texts: { FR: makeServiceTexts('Trouver son CPAS') }, serviceAreas: [makeArea('REGION', 'wallonie')] }),
      makeService('province', {
        texts: { FR: makeServiceTexts('Le vestiaire de la province') },
        serviceAreas: [makeArea('PROVINCE', 'liege')],
      }),
      makeService('deux', {
        texts: { FR: makeServiceTexts('Vestiaire des deux') },
        serviceAreas: [makeArea('COMMUNE', '90001'), makeArea('COMMUNE', '90002')],
      }),
    ],
  }).search
  const slugs = (text: string, ...within: string[]) =>
    services.hits(text, within.length > 0 ? new Set(within) : undefined).map(({ record }) => record.slug)

  test('those alike but for the place come last when no place is named', () => {
    expect(slugs('cpas')).toEqual(['partout', 'recours', 'cpas-0', 'cpas-1', 'cpas-2'])
  })

  test.each([
    ['cpas namur', 'cpas-0'],
    ['CPAS AMAY', 'cpas-1'],
    ['cpas le roeulx', 'cpas-2'],
    ['cpas 5002', 'cpas-2'],
  ])('%s: the one of the place that is named comes first', (text, first) => {
    expect(slugs(text)[0]).toBe(first)
  })

  test('within a commune nothing of other places is found', () => {
    expect(slugs('cpas', '90001').toSorted()).toEqual(['cpas-1', 'partout', 'recours'])
    expect(slugs('vestiaire', '90000').toSorted()).toEqual(['province', 'vestiaire'])
    expect(slugs('vestiaire', '90002').toSorted()).toEqual(['deux', 'province'])
    expect(slugs('cpas vestiaire', '21004')).toEqual(['recours'])
    expect(slugs('cpas', '00000')).toEqual([])
  })

  test('within one of several communes that share a postal code', () => {
    expect(slugs('cpas', '90000', '90001').toSorted()).toEqual(['cpas-0', 'cpas-1', 'partout', 'recours'])
  })
})
