import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeOrganization } from '../../organization/make.ts'
import { makeCommune } from '../../place/make.ts'
import { makeService } from '../make.ts'
import { type Dated, demoteStale, type FreshnessState, freshnessOf, freshnessWarning, isOutdated, isStale, staleLast } from './freshness.ts'

const TODAY = '2026-11-17'
const dated = (overrides: Partial<Dated> = {}): Dated => ({
  assuredDate: null,
  reviewedAt: null,
  lastModified: new Date('2026-11-01T08:00:00Z'),
  checkFailedOn: null,
  ...overrides,
})

describe('how far a record can be trusted', () => {
  const cases: [what: string, record: Partial<Dated>, state: FreshnessState, days: number | null][] = [
    ['assured today', { assuredDate: '2026-11-17' }, 'FRESH', 0],
    ['assured a year ago', { assuredDate: '2025-11-17' }, 'FRESH', 365],
    ['a day longer ago', { assuredDate: '2025-11-16' }, 'AGEING', 366],
    ['two years ago', { assuredDate: '2024-11-17' }, 'AGEING', 730],
    ['a day longer than that', { assuredDate: '2024-11-16' }, 'STALE', 731],
    ['assured long ago, and its texts read yesterday', { assuredDate: '2020-12-01', reviewedAt: '2026-11-16' }, 'STALE', 2_177],
    ['never assured, its texts read yesterday', { reviewedAt: '2026-11-16' }, 'FRESH', 1],
    ['never checked, edited this month', {}, 'AGEING', null],
    ['never checked, edited two years ago', { lastModified: new Date('2024-11-01T08:00:00Z') }, 'STALE', null],
    ['assured long ago and edited yesterday', { assuredDate: '2020-12-01', lastModified: new Date('2026-11-16') }, 'STALE', 2_177],
    ['assured lately and edited long ago', { assuredDate: '2026-11-01', lastModified: new Date('2020-01-01') }, 'FRESH', 16],
    ['assured yesterday, but a check failed', { assuredDate: '2026-11-16', checkFailedOn: '2026-11-16' }, 'STALE', 1],
    ['assured in days to come', { assuredDate: '2026-11-21' }, 'FRESH', 0],
  ]
  test.each(cases)('%s', (_what, record, state, days) => {
    expect(freshnessOf(dated(record), TODAY)).toMatchObject({ state, days })
  })

  test('what a list asks is what a record says', () => {
    const day = fc
      .date({ min: new Date('2018-01-01'), max: new Date('2028-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const record = fc.record({
      assuredDate: fc.option(day),
      reviewedAt: fc.option(day),
      lastModified: fc.date({ min: new Date('2018-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      checkFailedOn: fc.option(day, { freq: 5 }),
    })
    fc.assert(
      fc.property(record, day, (one, today) => {
        expect(isStale(one, today)).toBe(freshnessOf(one, today).state === 'STALE')
      }),
      { numRuns: 1_000 },
    )
  })

  test('a day only makes older', () => {
    const order = ['FRESH', 'AGEING', 'STALE']
    const offset = fc.integer({ min: 0, max: 2_000 })
    const dayAt = (days: number) => new Date(Date.parse('2022-01-01') + days * 86_400_000).toISOString().slice(0, 10)
    fc.assert(
      fc.property(offset, fc.option(offset), offset, (first, assured, later) => {
        const record = dated({ assuredDate: assured === null ? null : dayAt(assured), lastModified: new Date('2022-01-01') })
        const state = (days: number) => order.indexOf(freshnessOf(record, dayAt(days)).state)
        expect(state(first + later)).toBeGreaterThanOrEqual(state(first))
      }),
    )
  })
})

describe('what it warns of', () => {
  const warning = (record: Partial<Dated>, language: 'FR' | 'DE' | 'NL' | 'EN') =>
    freshnessWarning(freshnessOf(dated(record), TODAY), [language])
  test.each([
    [
      'FR',
      'Dernière vérification : décembre 2020. Ces informations ont pu changer : renseignez-vous d’abord.',
      'Ces informations n’ont pas été vérifiées. Elles ont pu changer : renseignez-vous d’abord.',
      'Attention : le 2 novembre 2026, ce service ne répondait plus comme indiqué ici. Renseignez-vous d’abord.',
    ],
    [
      'DE',
      'Zuletzt geprüft: Dezember 2020. Diese Angaben können sich geändert haben: Fragen Sie vorher nach.',
      'Diese Angaben wurden nicht geprüft. Sie können sich geändert haben: Fragen Sie vorher nach.',
      'Achtung: Am 2. November 2026 war dieser Dienst nicht mehr so erreichbar wie hier angegeben. Fragen Sie vorher nach.',
    ],
    [
      'NL',
      'Laatst nagekeken: december 2020. Deze informatie kan veranderd zijn: vraag het eerst na.',
      'Deze informatie is niet nagekeken. Ze kan veranderd zijn: vraag het eerst na.',
      'Let op: op 2 november 2026 was deze dienst niet meer bereikbaar zoals hier vermeld. Vraag het eerst na.',
    ],
    [
      'EN',
      'Last checked: December 2020. This may have changed: ask first.',
      'This has not been checked. It may have changed: ask first.',
      'Take care: on 2 November 2026 this service no longer answered as described here. Ask first.',
    ],
  ] as const)('in %s', (language, stale, never, failed) => {
    expect(warning({ assuredDate: '2020-12-01' }, language)).toBe(stale)
    expect(warning({ lastModified: new Date('2020-01-01') }, language)).toBe(never)
    expect(warning({ checkFailedOn: '2026-11-02', assuredDate: '2026-10-01' }, language)).toBe(failed)
  })

  test('what is fresh or ageing warns of nothing', () => {
    for (const record of [{ assuredDate: '2026-01-02' }, { assuredDate: '2025-03-20' }, {}]) expect(warning(record, 'FR')).toBeNull()
  })
})

describe('in a list', () => {
  const record = (slug: string) => makeService(slug, { assuredDate: slug.startsWith('old') ? '2020-01-01' : '2026-11-01' })
  const slugs = (records: readonly { slug: string }[]) => records.map(({ slug }) => slug)
  const list = ['old 1', 'new 2', 'new 3', 'old 4', 'old 5', 'new 6'].map(record)

  test('of best matches a stale record lets one fresh record go first', () => {
    expect(slugs(demoteStale(list, TODAY))).toEqual(['new 2', 'old 1', 'new 3', 'old 4', 'new 6', 'old 5'])
  })

  test('without a search stale records come after the others', () => {
    expect(slugs(staleLast(list, TODAY))).toEqual(['new 2', 'new 3', 'new 6', 'old 1', 'old 4', 'old 5'])
  })

  test('nothing else changes its order, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (ages) => {
        const records = ages.map((old, index) => record(`${old ? 'old' : 'new'} ${index}`))
        for (const order of [demoteStale(records, TODAY), staleLast(records, TODAY)]) {
          expect(new Set(order)).toEqual(new Set(records))
          for (const kind of ['old', 'new'])
            expect(order.filter(({ slug }) => slug.startsWith(kind))).toEqual(records.filter(({ slug }) => slug.startsWith(kind)))
        }
      }),
    )
  })

  test('of best matches no stale record falls by more than one place', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (ages) => {
        const records = ages.map((old, index) => record(`${old ? 'old' : 'new'} ${index}`))
        for (const [place, one] of demoteStale(records, TODAY).entries()) expect(place - records.indexOf(one)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('a translation', () => {
  const [early, late] = [new Date('2026-01-01T08:00:00Z'), new Date('2026-06-01T08:00:00Z')]
  const walloon = makeOrganization('cpas', { commune: makeCommune() })
  const german = makeOrganization('oshz', { commune: makeCommune({ officialLanguages: ['DE'] }) })
  const nobodys = makeOrganization('forem')
  test.each([
    ['older than the French text', { FR: late, DE: early }, 'DE', walloon, true],
    ['as old as the French text', { FR: early, DE: early }, 'DE', walloon, false],
    ['younger than the French text', { FR: early, DE: late }, 'DE', walloon, false],
    ['older than another translation only', { FR: early, DE: early, NL: late }, 'DE', walloon, false],
    ['that is the French text itself', { FR: early, DE: late }, 'FR', walloon, false],
    ['into French of what a German-speaking commune wrote', { FR: early, DE: late }, 'FR', german, true],
    ['of a body without a commune is one from French', { FR: late, EN: early }, 'EN', nobodys, true],
    ['where there is no French comes from German', { DE: late, EN: early }, 'EN', walloon, true],
    ['that stands alone', { EN: early }, 'EN', walloon, false],
  ] as const)('%s', (_what, edited, shown, organization, expected) => {
    expect(isOutdated(edited, shown, organization)).toBe(expected)
  })
})
