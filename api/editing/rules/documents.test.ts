import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { makeSnapshot } from '../../directory/make.ts'
import type { Audience } from '../../directory/snapshot.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { compare } from './compare.ts'
import type { ServiceDocument } from './documents.ts'
import { behindIn, confirmed, isSame, missingIn, stamped } from './freshness.ts'
import { ruleSentences } from './sentences.ts'
import { slugFrom, tidyDocument } from './tidy.ts'
import { wordChange } from './wording.ts'

const THEN = '2026-01-01T00:00:00.000Z'
const NOW = new Date('2026-11-17T09:00:00Z')

const texts = (name: string, changedAt = THEN) => ({
  name,
  description: 'x',
  applicationProcess: null,
  fees: null,
  eligibility: null,
  alert: null,
  changedAt,
})
const service = (overrides: Partial<ServiceDocument> = {}): ServiceDocument => ({
  kind: 'SERVICE',
  language: 'FR',
  slug: 'abri',
  organization: 'ville',
  status: 'ACTIVE',
  url: null,
  email: null,
  minimumAge: null,
  maximumAge: null,
  virtual: false,
  eligibility: null,
  languages: ['FR'],
  position: 0,
  checkFailedOn: null,
  source: 'x',
  assuredDate: null,
  reviewedAt: null,
  needs: ['housing'],
  audiences: [],
  areas: [],
  locations: [],
  phones: [],
  hours: [],
  exceptions: [],
  capacities: [],
  requiredDocuments: [],
  texts: { fr: texts('Abri'), de: texts('Unterkunft') },
  ...overrides,
})
const phone = (number: string, label: Record<string, string> = {}) => ({ number, languages: [], label })

describe('how old a text is', () => {
  test('saving moves the time of the language whose words changed, and of no other', () => {
    const next = stamped(service({ texts: { fr: texts('Abri de nuit', ''), de: texts('Unterkunft', '') } }), service(), NOW)
    expect([next.texts.fr?.changedAt, next.texts.de?.changedAt]).toEqual([NOW.toISOString(), THEN])
    expect(behindIn(next)).toEqual(['DE'])
  })

  test.each<[string, Partial<ServiceDocument>]>([
    ['the label of a phone', { phones: [phone('1718', { de: 'Auskunft' })] }],
    ['a document to bring', { requiredDocuments: [{ de: 'Ausweis' }] }],
    ['a condition of the rule', { eligibility: { assessed: { de: 'nach Prüfung' } } as unknown as Rule }],
  ])('%s is a word of its language as well', (_what, change) => {
    const next = stamped(service(change), service(), NOW)
    expect([next.texts.fr?.changedAt, next.texts.de?.changedAt]).toEqual([THEN, NOW.toISOString()])
  })

  test('what is not words moves nothing', () => {
    expect(stamped(service({ minimumAge: 18 }), service(), NOW).texts).toEqual(service().texts)
  })

  test('what was confirmed is as new as that', () => {
    const behind = service({ texts: { fr: texts('Abri', '2026-02-01T00:00:00.000Z'), de: texts('Unterkunft') } })
    expect(behindIn(behind)).toEqual(['DE'])
    const read = confirmed(behind, ['DE'], NOW, '2026-11-17')
    expect(behindIn(read)).toEqual([])
    expect([read.assuredDate, read.reviewedAt, isSame({ ...read, assuredDate: null, reviewedAt: null }, behind)]).toEqual([
      '2026-11-17',
      '2026-11-17',
      true,
    ])
  })

  test('a language without a title is missing', () => {
    expect(missingIn(service())).toEqual(['NL', 'EN'])
  })
})

describe('two versions', () => {
  const directory = makeSnapshot({})
  const told = (before: Partial<ServiceDocument>, after: Partial<ServiceDocument>, language: LanguageCode = 'EN') =>
    compare(service(before), service(after)).map((change) => {
      const { label, before: was, after: is } = wordChange(change, { directory, languages: [language] })
      return `${label}: ${was} > ${is}`
    })
  const week = { days: ['MO', 'TU', 'WE'], opens: '09:00', closes: '17:00', validFrom: null, validTo: null, openOnHolidays: false }

  test.each<[string, Partial<ServiceDocument>, Partial<ServiceDocument>, string[]]>([
    ['nothing', {}, {}, []],
    ['a value', {}, { status: 'TEMPORARILY_CLOSED' }, ['Status: given now > closed for a time']],
    ['a day', {}, { assuredDate: '2026-11-01' }, ['Checked on: null > 1 November 2026']],
    ['a text', {}, { texts: { fr: texts('Toit'), de: texts('Unterkunft') } }, ['Name (French): Abri > Toit']],
    [
      'a language that is gone',
      {},
      { texts: { fr: texts('Abri') } },
      ['Name (German): Unterkunft > null', 'Description (German): x > null'],
    ],
    ['a new phone', {}, { phones: [phone('1718')] }, ['Phones · 1718: null > 1718']],
    [
      'the label of a phone that stays',
      { phones: [phone('112'), phone('1718', { fr: 'Accueil', de: 'Empfang' })] },
      { phones: [phone('1718', { fr: 'Accueil', de: 'Auskunft' })] },
      ['Phones · 112: 112 > null', 'Phones · 1718, Label (German): Empfang > Auskunft'],
    ],
    ['hours', { hours: [week] }, { hours: [{ ...week, closes: '18:00' }] }, ['Hours · 1, Closes: 17:00 > 18:00']],
    ['new hours', {}, { hours: [week] }, ['Hours · 1: null > Monday – Wednesday, 9:00 – 17:00']],
    [
      'only the order',
      {
        areas: [
          { kind: 'COUNTRY', code: 'BE' },
          { kind: 'REGION', code: 'wallonie' },
        ],
      },
      {
        areas: [
          { kind: 'REGION', code: 'wallonie' },
          { kind: 'COUNTRY', code: 'BE' },
        ],
      },
      ['Where: Belgium, Wallonia > Wallonia, Belgium'],
    ],
    ['the rule', {}, { eligibility: { age: { min: 65 } } }, ['Rule of access: null > Be 65 or over.']],
  ])('%s', (_what, before, after, expected) => {
    expect(told(before, after)).toEqual(expected)
  })

  test.each<[LanguageCode, string]>([
    ['FR', 'Par téléphone ou en ligne: non > oui'],
    ['DE', 'Am Telefon oder online: nein > ja'],
    ['NL', 'Per telefoon of online: nee > ja'],
  ])('in %s', (language, expected) => {
    expect(told({}, { virtual: true }, language)).toEqual([expected])
  })
})

describe('a rule as sentences', () => {
  const isolated: Audience = { code: 'isolated', texts: { FR: { label: 'personnes isolées' }, DE: { label: 'allein Lebende' } } }
  const directory = makeSnapshot({ audiences: [isolated] })
  const rule: Rule = {
    all: [
      { any: [{ age: { min: 65 } }, { all: [{ audience: 'isolated' }, { not: { language: 'NL' } }] }] },
      { assessed: { fr: 'après analyse', de: 'nach Prüfung', nl: 'na onderzoek', en: 'after a look' } },
    ],
  }
  test.each<[LanguageCode, string[]]>([
    [
      'FR',
      [
        'Au moins une de ces conditions :\n– avoir 65 ans ou plus\n– toutes ces conditions : faire partie de ce public : personnes isolées ; ne pas parler cette langue : néerlandais.',
        'Après analyse (c’est le service qui décide).',
      ],
    ],
    [
      'DE',
      [
        'Mindestens eine dieser Bedingungen:\n– 65 Jahre alt oder älter sein\n– alle diese Bedingungen: zu dieser Gruppe gehören: allein Lebende; diese Sprache nicht sprechen: Niederländisch.',
        'Nach Prüfung (das entscheidet der Dienst).',
      ],
    ],
  ])('in %s', (language, expected) => {
    expect(ruleSentences(rule, directory, [language, 'FR'])).toEqual(expected)
  })

  test('conditions within conditions within conditions are indented, and a no to a group turns it round', () => {
    const within: Rule = {
      any: [{ age: { min: 65 } }, { all: [{ language: 'NL' }, { not: { any: [{ age: { max: 20 } }, { language: 'FR' }] } }] }],
    }
    expect(ruleSentences(within, directory, ['EN'])).toEqual([
      'At least one of these conditions:\n– be 65 or over\n– all of these conditions:\n\u2003– speak this language: Dutch\n\u2003– all of these conditions: not be 20 or under; not speak this language: French.',
    ])
  })

  test('none is for everybody', () => {
    expect(ruleSentences(null, directory, ['EN'])).toEqual(['It is for everybody.'])
  })
})

describe('what somebody filled in', () => {
  test('is stored without spaces around it, without empty texts, and in order', () => {
    const form = service({
      url: '  ',
      texts: { fr: texts('  Abri  '), nl: { ...texts(''), name: '', description: ' ' } },
      phones: [phone(' 1718 ', { fr: ' ', de: ' Auskunft ' })],
      locations: ['b', 'a', 'b'],
    })
    const tidied = tidyDocument(form)
    expect(tidied).toMatchObject({ url: null, locations: ['a', 'b'], phones: [{ number: '1718', label: { de: 'Auskunft' } }] })
    expect(Object.entries(tidied.texts).map(([tag, { name }]) => [tag, name])).toEqual([['fr', 'Abri']])
    expect(tidied.phones[0]?.label).toEqual({ de: 'Auskunft' })
    expect(tidyDocument(tidied)).toEqual(tidied)
  })

  test.each([
    ['Logement d’urgence', 'logement-d-urgence'],
    ['  ÖSHZ — Eupen!  ', 'oshz-eupen'],
    ['€€', ''],
  ])('“%s” makes the slug “%s”', (title, slug) => {
    expect(slugFrom(title)).toBe(slug)
  })
})
