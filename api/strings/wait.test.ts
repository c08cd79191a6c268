import { expect, test } from 'vitest'
import { stringsFor } from './strings.ts'

const HOUR = 60
const sentence = (language: 'FR' | 'DE' | 'NL' | 'EN', minutes: number, number?: string) =>
  stringsFor([language]).tooManyRequests(minutes, number)

test.each([
  [1, 'dans une minute'],
  [2, 'dans 2 minutes'],
  [90, 'dans 90 minutes'],
  [91, 'dans 2 heures'],
  [2 * HOUR, 'dans 2 heures'],
  [2 * HOUR + 1, 'dans 3 heures'],
  [20 * HOUR - 1, 'dans 20 heures'],
  [20 * HOUR, 'demain'],
  [24 * HOUR, 'demain'],
])('a wait of %i minutes is told as "%s"', (minutes, wait) => {
  expect(sentence('FR', minutes)).toBe(`Trop d’envois en peu de temps. Réessayez ${wait}.`)
})

test.each([
  ['FR', ['Réessayez dans une minute', 'Réessayez dans 5 heures', 'Réessayez demain, ou appelez le 1718.']],
  [
    'DE',
    ['Versuchen Sie es in einer Minute', 'Versuchen Sie es in 5 Stunden', 'Versuchen Sie es morgen noch einmal, oder rufen Sie 1718 an.'],
  ],
  ['NL', ['Probeer het over een minuut', 'Probeer het over 5 uur', 'Probeer het morgen opnieuw, of bel 1718.']],
  ['EN', ['Try again in a minute', 'Try again in 5 hours', 'Try again tomorrow, or call 1718.']],
] as const)('in %s, with whom to call where that is known', (language, [minute, hours, tomorrow]) => {
  expect(sentence(language, 1)).toContain(minute)
  expect(sentence(language, 5 * HOUR)).toContain(hours)
  expect(sentence(language, 24 * HOUR, '1718')).toContain(tomorrow)
  expect(sentence(language, 24 * HOUR)).not.toMatch(/1718|undefined|appelez|rufen|bel |call/)
})
