import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { dayLabel, estimateLabel, timesLabel } from './labels.ts'

const LANGUAGES: LanguageCode[] = ['FR', 'DE', 'NL', 'EN']
const at = (text: string) => new Date(text)
const inAll = (label: (languages: LanguageCode[]) => string) => LANGUAGES.map((language) => label([language]))
/** A Saturday. */
const NOW = at('2026-11-21T10:00:00+01:00')

describe('a day', () => {
  test.each([
    [
      'today',
      '2026-11-21T13:00:00+01:00',
      ['aujourd’hui, samedi 21 novembre', 'heute, Samstag, 21. November', 'vandaag, zaterdag 21 november', 'today, Saturday 21 November'],
    ],
    [
      'tomorrow',
      '2026-11-22T00:00:00+01:00',
      ['demain, dimanche 22 novembre', 'morgen, Sonntag, 22. November', 'morgen, zondag 22 november', 'tomorrow, Sunday 22 November'],
    ],
    ['later', '2026-11-23T08:30:00+01:00', ['lundi 23 novembre', 'Montag, 23. November', 'maandag 23 november', 'Monday 23 November']],
    [
      'the day that it is in Belgium',
      '2026-11-30T23:30:00Z',
      ['mardi 1er décembre', 'Dienstag, 1. Dezember', 'dinsdag 1 december', 'Tuesday 1 December'],
    ],
  ])('%s', (_what, moment, expected) => {
    expect(inAll((languages) => dayLabel(at(moment), NOW, languages))).toEqual(expected)
  })

  test('tomorrow is the next day on the calendar, on the days of 23 and 25 hours too', () => {
    expect(dayLabel(at('2026-03-30T00:00:00+02:00'), at('2026-03-29T00:00:00+01:00'), ['FR'])).toBe('demain, lundi 30 mars')
    expect(dayLabel(at('2026-10-25T23:30:00+01:00'), at('2026-10-25T00:00:00+02:00'), ['FR'])).toBe('aujourd’hui, dimanche 25 octobre')
    expect(dayLabel(at('2026-11-22T00:00:00+01:00'), at('2026-11-21T23:59:59+01:00'), ['FR'])).toBe('demain, dimanche 22 novembre')
  })

  test('one that is over has no other name', () => {
    expect(dayLabel(at('2026-11-20T09:00:00+01:00'), NOW, ['EN'])).toBe('Friday 20 November')
  })
})

describe('the times of a slot', () => {
  test.each([
    ['08:30', '23T13:00', ['de 8 h 30 à 13 h', '8.30 bis 13 Uhr', 'van 8.30 tot 13 uur', '8:30 to 13:00']],
    ['13:00', '23T17:45', ['de 13 h à 17 h 45', '13 bis 17.45 Uhr', 'van 13 tot 17.45 uur', '13:00 to 17:45']],
    ['22:00', '24T00:00', ['de 22 h à minuit', '22 Uhr bis Mitternacht', 'van 22 uur tot middernacht', '22:00 to midnight']],
    ['00:00', '23T06:00', ['de minuit à 6 h', 'Mitternacht bis 6 Uhr', 'van middernacht tot 6 uur', 'midnight to 6:00']],
    ['22:00', '24T00:30', ['de 22 h à 0 h 30', '22 bis 0.30 Uhr', 'van 22 tot 0.30 uur', '22:00 to 0:30']],
  ])('from %s to %s', (from, to, expected) => {
    const slot = { startsAt: at(`2026-11-23T${from}:00+01:00`), endsAt: at(`2026-11-${to}:00+01:00`) }
    expect(inAll((languages) => timesLabel(slot, languages))).toEqual(expected)
  })

  test('are those of the clock before and after it changes', () => {
    const night = { startsAt: at('2026-03-29T00:00:00+01:00'), endsAt: at('2026-03-29T06:00:00+02:00') }
    expect(timesLabel(night, ['FR'])).toBe('de minuit à 6 h')
  })
})

describe('an estimate', () => {
  const label = (from: string, by: string, now: string) =>
    inAll((languages) => estimateLabel({ from: at(`${from}:00+01:00`), by: at(`${by}:00+01:00`) }, at(`${now}:00+01:00`), languages))

  test.each([
    [
      'from now on',
      ['2026-11-23T10:07', '2026-11-23T13:00', '2026-11-23T10:07'],
      ['aujourd’hui avant 13 h', 'heute vor 13 Uhr', 'vandaag voor 13 uur', 'today before 13:00'],
    ],
    [
      'once its time has come',
      ['2026-11-23T09:00', '2026-11-23T13:00', '2026-11-23T10:07'],
      ['aujourd’hui avant 13 h', 'heute vor 13 Uhr', 'vandaag voor 13 uur', 'today before 13:00'],
    ],
    [
      'later today',
      ['2026-11-23T13:00', '2026-11-23T17:30', '2026-11-23T10:07'],
      [
        'aujourd’hui entre 13 h et 17 h 30',
        'heute zwischen 13 und 17.30 Uhr',
        'vandaag tussen 13 en 17.30 uur',
        'today between 13:00 and 17:30',
      ],
    ],
    [
      'tomorrow',
      ['2026-11-24T08:30', '2026-11-24T13:00', '2026-11-23T22:00'],
      ['demain entre 8 h 30 et 13 h', 'morgen zwischen 8.30 und 13 Uhr', 'morgen tussen 8.30 en 13 uur', 'tomorrow between 8:30 and 13:00'],
    ],
    [
      'after the weekend',
      ['2026-11-23T08:30', '2026-11-23T13:00', '2026-11-20T22:00'],
      [
        'lundi 23 novembre entre 8 h 30 et 13 h',
        'am Montag, 23. November, zwischen 8.30 und 13 Uhr',
        'op maandag 23 november tussen 8.30 en 13 uur',
        'on Monday 23 November between 8:30 and 13:00',
      ],
    ],
    [
      'until midnight, which is still today',
      ['2026-11-23T22:10', '2026-11-24T00:00', '2026-11-23T22:10'],
      ['aujourd’hui avant minuit', 'heute vor Mitternacht', 'vandaag voor middernacht', 'today before midnight'],
    ],
    [
      'until after midnight',
      ['2026-11-23T22:10', '2026-11-24T00:30', '2026-11-23T22:10'],
      ['cette nuit avant 0 h 30', 'heute Nacht vor 0.30 Uhr', 'vannacht voor 0.30 uur', 'tonight before 0:30'],
    ],
    [
      'after midnight, when the night is of today',
      ['2026-11-24T00:10', '2026-11-24T06:00', '2026-11-24T00:10'],
      ['aujourd’hui avant 6 h', 'heute vor 6 Uhr', 'vandaag voor 6 uur', 'today before 6:00'],
    ],
    [
      'from midnight',
      ['2026-11-24T00:00', '2026-11-24T06:00', '2026-11-23T20:00'],
      [
        'demain entre minuit et 6 h',
        'morgen zwischen Mitternacht und 6 Uhr',
        'morgen tussen middernacht en 6 uur',
        'tomorrow between midnight and 6:00',
      ],
    ],
    [
      'late this evening',
      ['2026-11-23T22:00', '2026-11-24T00:00', '2026-11-23T20:00'],
      [
        'aujourd’hui entre 22 h et minuit',
        'heute zwischen 22 Uhr und Mitternacht',
        'vandaag tussen 22 uur en middernacht',
        'today between 22:00 and midnight',
      ],
    ],
  ])('%s', (_what, [from, by, now], expected) => {
    expect(label(from as string, by as string, now as string)).toEqual(expected)
  })
})
