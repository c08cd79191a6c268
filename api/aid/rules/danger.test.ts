import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Need } from '../../directory/snapshot.ts'
import { makeSnapshot } from '../../directory/make.ts'
import { makeNeed, makeNeedTexts } from '../../taxonomy/make.ts'
import { dangersIn } from './danger.ts'

/** The phrases of the content: what matters is that they work together. */
const phrases: Record<string, Record<string, string[]>> = JSON.parse(readFileSync('prisma/seed/danger-phrases.json', 'utf8'))
const needs = Object.entries(phrases).map(([code, texts]) =>
  makeNeed(code, {
    texts: Object.fromEntries(
      Object.entries(texts).map(([tag, dangerPhrases]) => [tag.toUpperCase(), makeNeedTexts(code, { dangerPhrases })]),
    ) as Need['texts'],
  }),
)
const directory = makeSnapshot({ needs })
const dangers = (text: string) => dangersIn(directory, text).map(({ code }) => code)

describe('words of danger are recognized', () => {
  test.each([
    ['je veux mourir', 'mental-health.suicide'],
    ['Je n’ai plus envie de vivre', 'mental-health.suicide'],
    ['je veu en finir', 'mental-health.suicide'],
    ['je pense au suicde', 'mental-health.suicide'],
    ['ma fille parle de se suicider', 'mental-health.suicide'],
    ['mon mari me frappe', 'violence.partner'],
    ['il m’a encore frappée hier', 'violence.partner'],
    ['il ma frapper devant les enfants', 'violence.partner'],
    ['MON COMPAGNON EST VIOLENT, violences conjugales', 'violence.partner'],
    ['il a dit qu’il va me tuer', 'violence'],
    ['j’ai été violée', 'violence.sexual'],
    ['mon beau-père frappe mon fils', 'violence.child'],
    ['mon frère maltraite ma mère', 'violence.elder'],
    ['mon voisin ne respire plus', 'health'],
    ['ça sent une odeur de gaz', 'health'],
    ['mein Mann schlägt mich', 'violence.partner'],
    ['Ich will nicht mehr leben', 'mental-health.suicide'],
    ['er bringt mich um', 'violence'],
    ['mijn man slaat mij', 'violence.partner'],
    ['ik wil dood', 'mental-health.suicide'],
    ['my husband hits me', 'violence.partner'],
    ['I don’t want to live anymore', 'mental-health.suicide'],
    ['i want to kill myself', 'mental-health.suicide'],
    ['she was raped', 'violence.sexual'],
    ['je veux en finir, avec mes dettes je n’y arrive plus', 'mental-health.suicide'],
    ['je veux en finir avec la vie', 'mental-health.suicide'],
    ['je suis rentrée après. infarctus !!', 'health'],
    ['je veux... vraiment... mourir', 'mental-health.suicide'],
    ['je préférerais être morte', 'mental-health.suicide'],
    ['mon bébé ne respire pas', 'health'],
    ['ça sent le gaz', 'health'],
    ['mon beau-père me touche', 'violence.sexual'],
    ['j’ai reçu des coups de mon mari', 'violence.partner'],
    ['mein Vermieter bedroht mich mit einem Messer', 'violence'],
    ['mein Sohn will sich das Leben nehmen', 'mental-health.suicide'],
    ['ik ga me verhangen', 'mental-health.suicide'],
    ['mijn man bedreigt mij', 'violence.partner'],
    ['i smell gas', 'health'],
    ['he threatens me with a knife', 'violence'],
    ['I took too many pills', 'mental-health.suicide'],
  ])('%s', (text, code) => {
    expect(dangers(text)).toContain(code)
  })
})

describe('everyday trouble is no danger', () => {
  test.each([
    'je ne peux plus payer mon loyer',
    'j’ai plus rien à manger',
    'un huissier est venu hier',
    'je me bats avec l’administration depuis des mois',
    'mon fils a eu son diplôme',
    'colis alimentaire à Liège',
    'die Stromrechnung ist zu hoch',
    'ik kan de huur niet betalen',
    'my electricity was cut off',
    'une robe violette',
    'la violence des prix de l’énergie',
    'mort de rire',
    'je me bats pour mes droits',
    'en finir avec mes dettes',
    'mon emploi est en danger',
    'ma mère est morte d’une crise cardiaque, qui paie l’enterrement',
    'après un infarctus, aide ménagère',
    'assurance incendie',
    'on m’a volée',
    'femme voilée, discrimination',
    'je m’enferme chez moi',
    'mein Handy ist tot',
    'die Miete bringt mich um',
    'mein Vermieter bedroht mich mit Kündigung',
    'Pflege nach einem Schlaganfall',
    'mijn baan is in gevaar',
    'thuishulp na een beroerte',
    'I could kill for a job',
    'after my stroke I cannot walk',
    'I do not want to live in this flat anymore',
    '',
    '   ',
    '!!!',
  ])('%s', (text) => {
    expect(dangers(text)).toEqual([])
  })
})

test('a need is told once, in the order of the content', () => {
  expect(dangers('je veux mourir, mon mari me frappe, je veux mourir')).toEqual(['violence.partner', 'mental-health.suicide'])
})

test('any text is read without an exception, and a long one to its end', () => {
  fc.assert(fc.property(fc.string({ maxLength: 3_000, unit: 'binary' }), (text) => Array.isArray(dangers(text))))
  expect(dangers(`${'a '.repeat(300)}je veux mourir`)).toEqual(['mental-health.suicide'])
  expect(dangers(`${'a '.repeat(30_000)}je veux mourir`)).toEqual(['mental-health.suicide'])
})

test('words that stand far from each other are no phrase', () => {
  expect(dangers('je veux une maison pour ma famille avant de mourir')).toEqual([])
})
