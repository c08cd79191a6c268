import { describe, expect, test } from 'vitest'
import { firstSentence, hoursOf } from '../shared/service.ts'
import { groupOf, linesFor, pressingLines } from './found.ts'
import { makeEmergencyNeed, makeFound, makeLine, makeMatch, makeNeed } from './make.ts'

const HUY = '61031'
const at = (nisCode: string) => [{ name: 'Guichet', street: null, postalCode: '4500', commune: { nisCode, name: 'Huy' } }]
const phone = [{ number: '107', description: null }]

describe('groupOf', () => {
  test.each([
    ['a service of one commune is near, once the commune is known', { serviceAreas: [{ kind: 'COMMUNE' as const }] }, HUY, 'near'],
    ['and apart while it is not', { serviceAreas: [{ kind: 'COMMUNE' as const }] }, undefined, 'local'],
    ['a counter in the commune is near', { locations: at(HUY) }, HUY, 'near'],
    ['a counter in another commune is not', { locations: at('62063'), phones: phone }, HUY, 'everywhere'],
    ['what has only a number is by phone', { phones: phone }, HUY, 'byPhone'],
    ['what has neither is everywhere', {}, undefined, 'everywhere'],
    ['what tells no area is not of single communes', { serviceAreas: [] }, undefined, 'everywhere'],
  ])('%s', (_, service, nisCode, group) => {
    expect(groupOf(makeMatch(service), nisCode)).toBe(group)
  })

  test('what is not for her is apart, wherever it is', () => {
    expect(groupOf(makeMatch({ locations: at(HUY) }, { verdict: 'NOT_ELIGIBLE' }), HUY)).toBe('unlikely')
  })
})

describe('pressingLines', () => {
  const need = makeEmergencyNeed()
  const lines = [makeLine({ slug: '107' })]

  test('are those of the chosen need until the answer is there, and then those of the answer', () => {
    expect(pressingLines(need)).toEqual(need.emergencyLines)
    expect(pressingLines(need, makeFound([], { urgency: 'CRISIS', emergencyLines: lines }))).toEqual(lines)
  })

  test('are none where nothing presses', () => {
    expect(pressingLines()).toEqual([])
    expect(pressingLines(makeNeed({ emergencyLines: lines }))).toEqual([])
    expect(pressingLines(undefined, makeFound([], { urgency: 'SOON', emergencyLines: lines }))).toEqual([])
  })
})

test('linesFor puts those who speak the language first, and a commune’s own line only before its people', () => {
  const french = makeLine()
  const german = makeLine({ slug: '1719', languages: ['DE'] })
  const ofHuy = makeLine({ slug: 'huy', serviceAreas: [{ kind: 'COMMUNE', code: HUY }] })
  const listening = makeLine({ slug: 'listening', kind: 'LISTENING' })
  expect(linesFor([french, german, ofHuy, listening], 'de', undefined)).toEqual([german, french])
  expect(linesFor([french, ofHuy], 'fr', HUY)).toEqual([french, ofHuy])
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

describe('hoursOf', () => {
  const hours = (byday: string[], more = {}) => [{ byday, opensAt: '09:00', closesAt: '17:00', validFrom: null, validTo: null, ...more }]
  test.each([
    ['days in a row by their ends', ['MO', 'TU', 'WE', 'TH', 'FR'], 'fr', ['lun.–ven. 09:00–17:00']],
    ['in whatever order they come', ['WE', 'MO', 'TU'], 'fr', ['lun.–mer. 09:00–17:00']],
    ['two days each by its name', ['MO', 'TU'], 'nl', ['ma, di 09:00–17:00']],
    ['days apart each by its name', ['MO', 'WE', 'SU'], 'en', ['Mon, Wed, Sun 09:00–17:00']],
    ['one day', ['SA'], 'de', ['Sa 09:00–17:00']],
  ])('%s', (_, byday, language, said) => {
    expect(hoursOf({ schedules: hours(byday) }, language)).toEqual(said)
  })

  test('only what holds today', () => {
    const of = (validFrom: string | null, validTo: string | null) =>
      hoursOf({ schedules: hours(['SA'], { validFrom, validTo }) }, 'fr', '2026-11-21').length
    expect([of('2026-11-21', '2026-11-21'), of(null, '2026-11-20'), of('2026-11-22', null)]).toEqual([1, 0, 0])
  })
})
