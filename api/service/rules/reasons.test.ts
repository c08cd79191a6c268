import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { makeSnapshot } from '../../directory/make.ts'
import { makeCommune } from '../../place/make.ts'
import { makeAudience } from '../../taxonomy/make.ts'
import { makeArea, makeService } from '../make.ts'
import { assess, type Facts, type Rule } from './eligibility.ts'
import { reasonSentence } from './reasons.ts'

const LANGUAGES: LanguageCode[] = ['FR', 'DE', 'NL', 'EN']
const nothing: Facts = { age: null, audiences: null, communes: null, languages: null }
const liege = makeCommune({ texts: { FR: { name: 'Liège' }, DE: { name: 'Lüttich' }, NL: { name: 'Luik' }, EN: { name: 'Liège' } } })
const bruxelles = makeCommune({
  nisCode: '21004',
  province: null,
  region: 'bruxelles',
  texts: { FR: { name: 'Bruxelles' }, DE: { name: 'Brüssel' }, NL: { name: 'Brussel' }, EN: { name: 'Brussels' } },
})
const ixelles = makeCommune({
  nisCode: '21009',
  province: null,
  region: 'bruxelles',
  texts: { FR: { name: 'Ixelles' }, DE: { name: 'Ixelles' }, NL: { name: 'Elsene' }, EN: { name: 'Ixelles' } },
})
const students = makeAudience('students', {
  texts: { FR: { label: 'Étudiants' }, DE: { label: 'Studierende' }, NL: { label: 'Studenten' }, EN: { label: 'Students' } },
})
const directory = makeSnapshot({ communes: [liege, bruxelles, ixelles], audiences: [students] })

/** What a person reads of a service with this rule, in a language. */
function sentences(rule: Rule | null, facts: Partial<Facts>, language: LanguageCode, areas = [makeArea('COUNTRY', 'BE')]): string[] {
  const service = makeService('any', { eligibility: rule, serviceAreas: areas })
  return assess(service, { ...nothing, ...facts }).reasons.map((reason) => reasonSentence(reason, directory, [language, ...LANGUAGES]))
}

type Case = [what: string, rule: Rule | null, facts: Partial<Facts>, fr: string, de: string, nl: string, en: string]
const check = (cases: Case[], areas?: Parameters<typeof sentences>[3]) =>
  describe.each(cases)('%s', (_what, rule, facts, ...expected) => {
    test.each(LANGUAGES.map((language, index) => [language, expected[index] as string] as const))('in %s: %s', (language, sentence) => {
      expect(sentences(rule, facts, language, areas)).toEqual([sentence])
    })
  })

const texts = { fr: 'être propriétaire', de: 'Sie besitzen ein Haus', nl: 'u bezit een huis', en: 'you own a home' }

describe('what is asked', () => {
  check([
    [
      'an age that fits',
      { age: { min: 18, max: 25 } },
      { age: 20 },
      'Votre âge convient (de 18 à 25 ans).',
      'Ihr Alter passt (von 18 bis 25 Jahren).',
      'Uw leeftijd past (van 18 tot 25 jaar).',
      'Your age fits (aged 18 to 25).',
    ],
    [
      'an audience not told',
      { audience: 'students' },
      {},
      'Cela dépend : le service s’adresse à ce public : Étudiants.',
      'Es kommt darauf an: Der Dienst richtet sich an diese Zielgruppe: Studierende.',
      'Het hangt ervan af: de dienst is er voor deze doelgroep: Studenten.',
      'It depends: this service is for: Students.',
    ],
    [
      'a condition',
      { condition: { code: 'home-owner', texts } },
      {},
      'Une condition à vérifier : être propriétaire.',
      'Eine Bedingung ist zu prüfen: Sie besitzen ein Haus.',
      'Een voorwaarde die moet worden nagegaan: u bezit een huis.',
      'One condition to check: you own a home.',
    ],
  ])
})

describe('what must not be', () => {
  const over65: Rule = { not: { age: { min: 65 } } }
  const noStudents: Rule = { not: { audience: 'students' } }
  const noGerman: Rule = { not: { language: 'DE' } }
  check([
    [
      'an age that is not excluded',
      over65,
      { age: 40 },
      'Votre âge convient : ce service exclut les personnes à partir de 65 ans.',
      'Ihr Alter passt: Dieser Dienst ist nicht für Personen ab 65 Jahren.',
      'Uw leeftijd past: deze dienst is niet voor personen vanaf 65 jaar.',
      'Your age fits: this service is not for people aged 65 or over.',
    ],
    [
      'an age that is excluded',
      over65,
      { age: 70 },
      'Ce service n’est pas pour les personnes à partir de 65 ans.',
      'Dieser Dienst ist nicht für Personen ab 65 Jahren.',
      'Deze dienst is niet voor personen vanaf 65 jaar.',
      'This service is not for people aged 65 or over.',
    ],
    [
      'an age not told',
      over65,
      {},
      'Il faut connaître votre âge : ce service exclut les personnes à partir de 65 ans.',
      'Dafür muss man Ihr Alter kennen: Dieser Dienst ist nicht für Personen ab 65 Jahren.',
      'Hiervoor moet uw leeftijd bekend zijn: deze dienst is niet voor personen vanaf 65 jaar.',
      'Your age has to be known: this service is not for people aged 65 or over.',
    ],
    [
      'an audience that is excluded',
      noStudents,
      { audiences: ['students'] },
      'Ce service n’est pas pour ce public : Étudiants.',
      'Dieser Dienst ist nicht für diese Zielgruppe: Studierende.',
      'Deze dienst is niet voor deze doelgroep: Studenten.',
      'This service is not for: Students.',
    ],
    [
      'an audience not told',
      noStudents,
      {},
      'Cela dépend : ce service n’est pas pour ce public : Étudiants.',
      'Es kommt darauf an: Der Dienst ist nicht für diese Zielgruppe: Studierende.',
      'Het hangt ervan af: de dienst is niet voor deze doelgroep: Studenten.',
      'It depends: this service is not for: Students.',
    ],
    [
      'an audience that she cannot be in',
      { not: { audience: 'seniors' } },
      { audiences: [], age: 30 },
      'Ce service exclut ce public, dont vous ne faites pas partie : seniors.',
      'Dieser Dienst ist nicht für diese Zielgruppe, zu der Sie nicht gehören: seniors.',
      'Deze dienst is niet voor deze doelgroep, waar u niet bij hoort: seniors.',
      'This service is not for these people, and you are not one of them: seniors.',
    ],
    [
      'a language that is excluded',
      noGerman,
      { languages: ['DE'] },
      'Ce service n’est pas pour les personnes qui parlent cette langue : allemand.',
      'Dieser Dienst ist nicht für Personen, die diese Sprache sprechen: Deutsch.',
      'Deze dienst is niet voor wie deze taal spreekt: Duits.',
      'This service is not for people who speak this language: German.',
    ],
    [
      'a language that is not',
      noGerman,
      { languages: ['FR'] },
      'Ce service est pour les personnes qui ne parlent pas cette langue : allemand.',
      'Dieser Dienst ist für Personen, die diese Sprache nicht sprechen: Deutsch.',
      'Deze dienst is voor wie deze taal niet spreekt: Duits.',
      'This service is for people who do not speak this language: German.',
    ],
    [
      'a condition',
      { not: { condition: { code: 'home-owner', texts } } },
      {},
      'À vérifier : ce service n’est pas pour vous dans ce cas : être propriétaire.',
      'Zu prüfen ist: In diesem Fall ist der Dienst nicht für Sie: Sie besitzen ein Haus.',
      'Na te gaan: in dit geval is de dienst niet voor u: u bezit een huis.',
      'To check: the service is not for you in this case: you own a home.',
    ],
    [
      'a decision of the service',
      { not: { assessed: texts } },
      {},
      'C’est le service qui vérifie que ce n’est pas le cas : être propriétaire.',
      'Der Dienst prüft, ob das nicht zutrifft: Sie besitzen ein Haus.',
      'De dienst gaat na of dit niet het geval is: u bezit een huis.',
      'The service checks that this is not the case: you own a home.',
    ],
    [
      'a commune that is excluded',
      { not: { commune: ['62063'] } },
      { communes: [liege] },
      'Ce service ne couvre pas Liège.',
      'Dieser Dienst ist nicht für Lüttich da.',
      'Deze dienst is er niet voor Luik.',
      'This service does not cover Liège.',
    ],
  ])
})

describe('where she lives', () => {
  const ixelloise = [makeArea('COMMUNE', '21009')]
  check(
    [
      [
        'in a commune it covers',
        null,
        { communes: [ixelles] },
        'Ce service couvre Ixelles.',
        'Dieser Dienst ist für Ixelles da.',
        'Deze dienst is er voor Elsene.',
        'This service covers Ixelles.',
      ],
      [
        'in a commune it does not cover',
        null,
        { communes: [liege] },
        'Ce service ne couvre pas Liège.',
        'Dieser Dienst ist nicht für Lüttich da.',
        'Deze dienst is er niet voor Luik.',
        'This service does not cover Liège.',
      ],
      [
        'by a postal code of two communes',
        null,
        { communes: [ixelles, bruxelles] },
        'Cela dépend de la commune où vous vivez : Bruxelles ou Ixelles.',
        'Es kommt darauf an, in welcher Gemeinde Sie leben: Brüssel oder Ixelles.',
        'Het hangt af van de gemeente waar u woont: Brussel of Elsene.',
        'It depends on the commune where you live: Brussels or Ixelles.',
      ],
      [
        'not told',
        null,
        {},
        'Cela dépend de la commune où vous vivez.',
        'Es kommt darauf an, in welcher Gemeinde Sie leben.',
        'Het hangt af van de gemeente waar u woont.',
        'It depends on the commune where you live.',
      ],
    ],
    ixelloise,
  )
  check(
    [
      [
        'by a postal code of two communes that it covers both',
        null,
        { communes: [ixelles, bruxelles] },
        'Ce service couvre votre commune.',
        'Dieser Dienst ist für Ihre Gemeinde da.',
        'Deze dienst is er voor uw gemeente.',
        'This service covers your commune.',
      ],
    ],
    [makeArea('REGION', 'bruxelles')],
  )
})
