import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Hours, Schedule } from '../../directory/snapshot.ts'
import { makeException, makeHours, makeSchedule } from '../make.ts'
import { openingAt } from './hours.ts'
import { openingLabel } from './label.ts'

const LANGUAGES: LanguageCode[] = ['FR', 'DE', 'NL', 'EN']
const office = [makeSchedule({ opensAt: '08:30' })]
const only = (...byday: string[]) => [makeSchedule({ byday })]

const cases: [what: string, hours: Schedule[] | Hours, at: string, fr: string, de: string, nl: string, en: string][] = [
  [
    'hours nobody published',
    [],
    '2026-11-20T10:00:00+01:00',
    'Horaires non communiqués',
    'Öffnungszeiten nicht bekannt',
    'Openingsuren niet bekend',
    'Opening hours not known',
  ],
  ['open', office, '2026-11-20T10:00:00+01:00', 'Ouvert jusqu’à 17 h', 'Geöffnet bis 17 Uhr', 'Open tot 17 uur', 'Open until 17:00'],
  [
    'before opening',
    office,
    '2026-11-20T07:00:00+01:00',
    'Ouvre aujourd’hui à 8 h 30',
    'Öffnet heute um 8.30 Uhr',
    'Opent vandaag om 8.30 uur',
    'Opens today at 8:30',
  ],
  [
    'the evening before',
    office,
    '2026-11-19T23:30:00+01:00',
    'Ouvre demain à 8 h 30',
    'Öffnet morgen um 8.30 Uhr',
    'Opent morgen om 8.30 uur',
    'Opens tomorrow at 8:30',
  ],
  [
    'over the weekend',
    office,
    '2026-11-21T10:00:00+01:00',
    'Ouvre lundi à 8 h 30',
    'Öffnet Montag um 8.30 Uhr',
    'Opent maandag om 8.30 uur',
    'Opens Monday at 8:30',
  ],
  [
    'on 11 November',
    office,
    '2026-11-11T10:00:00+01:00',
    'Fermé pour le 11 novembre. Ouvre demain à 8 h 30',
    'Geschlossen (Feiertag: 11. November). Öffnet morgen um 8.30 Uhr',
    'Gesloten (feestdag: 11 november). Opent morgen om 8.30 uur',
    'Closed for Armistice Day. Opens tomorrow at 8:30',
  ],
  [
    'on All Saints’, which the CPAS lengthens',
    makeHours(office, {
      closingDays: [
        {
          day: '11-02',
          texts: { FR: { name: '2 novembre' }, DE: { name: 'Allerseelen' }, NL: { name: 'Allerzielen' }, EN: { name: 'All Souls’ Day' } },
        },
      ],
    }),
    '2026-11-02T10:00:00+01:00',
    'Fermé : 2 novembre. Ouvre demain à 8 h 30',
    'Geschlossen: Allerseelen. Öffnet morgen um 8.30 Uhr',
    'Gesloten: Allerzielen. Opent morgen om 8.30 uur',
    'Closed: All Souls’ Day. Opens tomorrow at 8:30',
  ],
  [
    'during the inventory, until the afternoon',
    makeHours(office, {
      exceptions: [
        makeException('2026-11-20', '2026-11-20', {
          opensAt: '14:00',
          closesAt: '17:00',
          texts: { FR: { reason: 'inventaire' }, DE: { reason: 'Inventur' }, NL: { reason: 'inventaris' }, EN: { reason: 'stocktaking' } },
        }),
      ],
    }),
    '2026-11-20T10:00:00+01:00',
    'Fermé : inventaire. Ouvre aujourd’hui à 14 h',
    'Geschlossen: Inventur. Öffnet heute um 14 Uhr',
    'Gesloten: inventaris. Opent vandaag om 14 uur',
    'Closed: stocktaking. Opens today at 14:00',
  ],
  [
    'closed for longer than anybody looks ahead',
    makeHours(office, {
      exceptions: [
        makeException('2026-07-01', '2026-08-31', {
          texts: { FR: { reason: 'travaux' }, DE: { reason: 'Umbau' }, NL: { reason: 'werken' }, EN: { reason: 'building work' } },
        }),
      ],
    }),
    '2026-07-06T10:00:00+02:00',
    'Fermé : travaux',
    'Geschlossen: Umbau',
    'Gesloten: werken',
    'Closed: building work',
  ],
  [
    'six days away, where the weekday is enough',
    only('SA'),
    '2026-11-22T10:00:00+01:00',
    'Ouvre samedi à 9 h',
    'Öffnet Samstag um 9 Uhr',
    'Opent zaterdag om 9 uur',
    'Opens Saturday at 9:00',
  ],
  [
    'a week away, where it would be mistaken for today',
    only('SA'),
    '2026-11-21T18:00:00+01:00',
    'Ouvre samedi 28 novembre à 9 h',
    'Öffnet Samstag 28. November um 9 Uhr',
    'Opent zaterdag 28 november om 9 uur',
    'Opens Saturday 28 November at 9:00',
  ],
  [
    'a shift that ends at midnight',
    [makeSchedule({ closesAt: '00:00' })],
    '2026-11-20T20:00:00+01:00',
    'Ouvert jusqu’à minuit',
    'Geöffnet bis Mitternacht',
    'Open tot middernacht',
    'Open until midnight',
  ],
  [
    'a shift that ends in the night',
    [makeSchedule({ opensAt: '20:00', closesAt: '05:30' })],
    '2026-11-20T21:00:00+01:00',
    'Ouvert jusqu’à 5 h 30',
    'Geöffnet bis 5.30 Uhr',
    'Open tot 5.30 uur',
    'Open until 5:30',
  ],
  [
    'a shift that ends in the morning',
    [makeSchedule({ opensAt: '20:00', closesAt: '08:00' })],
    '2026-11-20T21:00:00+01:00',
    'Ouvert jusqu’à samedi à 8 h',
    'Geöffnet bis Samstag um 8 Uhr',
    'Open tot zaterdag om 8 uur',
    'Open until Saturday at 8:00',
  ],
  [
    'round the clock',
    [makeSchedule({ byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], opensAt: '00:00', closesAt: '00:00', openOnHolidays: true })],
    '2026-11-11T03:00:00+01:00',
    'Ouvert jour et nuit',
    'Tag und Nacht geöffnet',
    'Dag en nacht open',
    'Open day and night',
  ],
  [
    'hours that ended',
    [makeSchedule({ validTo: '2021-06-30' })],
    '2026-11-20T10:00:00+01:00',
    'Fermé',
    'Geschlossen',
    'Gesloten',
    'Closed',
  ],
  [
    'the Saturday before the clocks go forward',
    office,
    '2026-03-28T12:00:00+01:00',
    'Ouvre lundi à 8 h 30',
    'Öffnet Montag um 8.30 Uhr',
    'Opent maandag om 8.30 uur',
    'Opens Monday at 8:30',
  ],
]

describe.each(cases)('%s', (_what, of, at, ...sentences) => {
  test.each(LANGUAGES.map((language, index) => [language, sentences[index]]))('in %s: %s', (language, sentence) => {
    const now = new Date(at)
    const label = openingLabel(openingAt('schedules' in of ? of : makeHours(of), now), now, [language as LanguageCode])
    // Whether a comma follows the weekday depends on the language data of the Node.js version.
    expect(label.replace(',', '')).toBe(sentence)
  })
})

test('without a language it speaks French', () => {
  const now = new Date('2026-11-21T10:00:00+01:00')
  expect(openingLabel(openingAt(makeHours(office), now), now, [])).toBe('Ouvre lundi à 8 h 30')
})

test.each([
  ['FR', 'N’est plus en service'],
  ['DE', 'Nicht mehr in Betrieb'],
  ['NL', 'Niet meer in dienst'],
  ['EN', 'No longer in service'],
] as const)('a line whose last day has passed says so in %s', (language, sentence) => {
  const now = new Date('2026-11-21T10:00:00+01:00')
  const opening = openingAt(makeHours(office), now, { validFrom: null, validTo: '2021-06-30' })
  expect(openingLabel(opening, now, [language])).toBe(sentence)
})
