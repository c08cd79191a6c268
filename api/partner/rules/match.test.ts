import { describe, expect, test } from 'vitest'
import type { Commune, Need } from '../../directory/snapshot.ts'
import { type Asked, bestFirst, matchPartner, type Offering } from './match.ts'

const need = (code: string, parent: Need | null = null): Need => {
  const children: Need[] = []
  const made = { code, parent, children, urgency: null, quickExit: false, servedByCpas: false, texts: {} as Need['texts'] }
  if (parent) (parent.children as Need[]).push(made)
  return made
}
const housing = need('housing')
const eviction = need('housing.eviction', housing)
const food = need('food')

const commune = (nisCode: string, province: string | null, region: string): Commune => ({
  nisCode,
  province,
  region,
  officialLanguages: ['FR'],
  facilityLanguages: [],
  texts: {} as Commune['texts'],
  center: null,
  postalCodes: [],
  cpas: null,
})
const liege = commune('62063', 'liege', 'wallonie')
const brussels = commune('21004', null, 'bruxelles')

const partner = (overrides: Partial<Offering> = {}): Offering => ({
  accepting: true,
  capacity: 10,
  openCases: 3,
  reachable: true,
  needCodes: [],
  languages: [],
  areas: [],
  ...overrides,
})
const asked = (overrides: Partial<Asked> = {}): Asked => ({ need: eviction, communes: [liege], language: 'FR', ...overrides })
const area = (kind: Offering['areas'][number]['kind'], code: string) => ({ areas: [{ kind, code }] })

describe('a partner fits', () => {
  test.each<[string, Partial<Offering>, Partial<Asked>, string | null]>([
    ['when it takes everything, everywhere', {}, {}, null],
    ['not when it takes nothing new', { accepting: false }, {}, 'ACCEPTING NO'],
    ['not when it is full', { openCases: 10 }, {}, 'ROOM NO'],
    ['with no bound, however much it has', { capacity: null, openCases: 900 }, {}, null],
    ['not while it cannot be told of a case', { reachable: false }, {}, 'REACHABLE NO'],
    ['by the need itself', { needCodes: ['housing.eviction'] }, {}, null],
    ['by the need above it', { needCodes: ['housing'] }, {}, null],
    ['not by another need', { needCodes: ['food'] }, {}, 'NEED NO'],
    ['perhaps when only a part of the need is its own', { needCodes: ['housing.eviction'] }, { need: housing }, 'NEED UNKNOWN'],
    ['not when no part of it is', { needCodes: ['housing.eviction'] }, { need: food }, 'NEED NO'],
    ['perhaps when the need is not known', { needCodes: ['food'] }, { need: null }, 'NEED UNKNOWN'],
    ['in its commune', area('COMMUNE', '62063'), {}, null],
    ['in its province', area('PROVINCE', 'liege'), {}, null],
    ['in its region', area('REGION', 'wallonie'), {}, null],
    ['in the country', area('COUNTRY', ''), {}, null],
    ['not elsewhere', area('REGION', 'bruxelles'), {}, 'PLACE NO'],
    ['not in a commune without a province', area('PROVINCE', 'liege'), { communes: [brussels] }, 'PLACE NO'],
    ['perhaps when the place is not known', area('REGION', 'wallonie'), { communes: [] }, 'PLACE UNKNOWN'],
    ['in the country, wherever that is', area('COUNTRY', ''), { communes: [] }, null],
    [
      'perhaps when the code lies in two communes, one of them its own',
      area('COMMUNE', '62063'),
      { communes: [liege, brussels] },
      'PLACE UNKNOWN',
    ],
    ['in her language', { languages: ['FR', 'DE'] }, { language: 'DE' }, null],
    ['not in another one', { languages: ['FR'] }, { language: 'NL' }, 'LANGUAGE NO'],
  ])('%s', (_what, offered, wanted, but) => {
    const { fits, reasons } = matchPartner(partner(offered), asked(wanted))
    expect(reasons.filter((one) => one.fits !== 'YES').map((one) => `${one.of} ${one.fits}`)).toEqual(but === null ? [] : [but])
    expect(fits).toBe(!but?.endsWith('NO'))
    expect(reasons).toHaveLength(offered.reachable === false ? 6 : 5)
  })

  test('the best one comes first: what fits, what is surest, who has most room, who has fewest', () => {
    const offer = (name: string, offered: Partial<Offering>) => ({
      name,
      partner: partner(offered),
      ...matchPartner(partner(offered), asked({ need: null })),
    })
    const offers = [
      offer('full', { openCases: 10 }),
      offer('half', { openCases: 5 }),
      offer('unsure', { needCodes: ['food'], openCases: 0 }),
      offer('boundless and busy', { capacity: null, openCases: 90 }),
      offer('boundless', { capacity: null, openCases: 2 }),
      offer('free', { openCases: 1 }),
    ]
    expect(bestFirst(offers).map(({ name }) => name)).toEqual(['boundless', 'boundless and busy', 'free', 'half', 'unsure', 'full'])
  })
})
