import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../../directory/make.ts'
import type { Service } from '../../directory/snapshot.ts'
import { makeLine } from '../../line/make.ts'
import { makeOrganization } from '../../organization/make.ts'
import { makeCommune } from '../../place/make.ts'
import { makeArea, makeSchedule, makeService } from '../../service/make.ts'
import { makeAudience, makeNeed } from '../../taxonomy/make.ts'
import { findAid, type Situation } from './find-aid.ts'
import { unmetReason } from './unmet.ts'
import { urgencyOf } from './urgency.ts'

/** Tuesday 17 November 2026, 10:00 in Liège. */
const NOW = new Date('2026-11-17T09:00:00Z')

const liege = makeCommune()
const seraing = makeCommune({
  nisCode: '62096',
  texts: { FR: { name: 'Seraing' } },
  postalCodes: ['4100'],
  center: { latitude: 50.6, longitude: 5.51 },
})
const namur = makeCommune({
  nisCode: '92094',
  province: 'namur',
  texts: { FR: { name: 'Namur' } },
  postalCodes: ['5000'],
  center: { latitude: 50.46, longitude: 4.87 },
})
const parcel = makeNeed('food.parcel')
const food = makeNeed('food', { children: [parcel] })
const debt = makeNeed('debt')
const seniors = makeAudience('seniors')
const everyone = makeAudience('everyone')
const at = (nisCode: string) => [makeArea('COMMUNE', nisCode)]

const serve = (slug: string, overrides: Partial<Service> = {}) => makeService(slug, { needs: [food], audiences: [everyone], ...overrides })

function find(services: Service[], situation: Situation = {}, lines = [makeLine('line')]) {
  const directory = makeSnapshot({
    communes: [liege, seraing, namur],
    needs: [food, debt],
    audiences: [seniors, everyone],
    services,
    lines,
  })
  return findAid(directory, { needs: ['food'], nisCode: liege.nisCode, ...situation }, { now: NOW, languages: ['FR', 'DE'], first: 20 })
}
const order = (services: Service[], situation: Situation = {}) => find(services, situation).matches.map(({ service }) => service.slug)

describe('the order of services', () => {
  test('the commune’s own, then the province’s, the region’s, the country’s', () => {
    const services = [
      serve('country'),
      serve('region', { serviceAreas: [makeArea('REGION', 'wallonie')] }),
      serve('commune', { serviceAreas: at('62063') }),
      serve('province', { serviceAreas: [makeArea('PROVINCE', 'liege')] }),
      serve('elsewhere', { serviceAreas: at('92094') }),
    ]
    expect(order(services)).toEqual(['commune', 'province', 'region', 'country'])
  })

  test('what is about the need itself before what is about a part or the whole of it', () => {
    const services = [serve('whole'), serve('itself', { needs: [parcel] })]
    expect(order(services, { needs: ['food.parcel'] })).toEqual(['itself', 'whole'])
    expect(order(services, { needs: ['food'] })).toEqual(['whole', 'itself'])
  })

  test('distance orders what covers, and excludes nothing', () => {
    const wide = [makeArea('REGION', 'wallonie')]
    const there = (commune: typeof liege, slug: string) =>
      serve(slug, {
        serviceAreas: wide,
        locations: [{ slug, texts: { FR: { name: slug } }, street: null, postalCode: null, commune, latitude: null, longitude: null }],
      })
    expect(order([there(namur, 'far'), there(seraing, 'near')])).toEqual(['near', 'far'])
  })

  test('who may use it before who may not, and it says why', () => {
    const { matches } = find([serve('for-seniors', { minimumAge: 65, serviceAreas: at('62063') }), serve('for-all')], { age: 30 })
    expect(matches.map(({ service, eligibility }) => `${service.slug} ${eligibility.verdict}`)).toEqual([
      'for-all ELIGIBLE',
      'for-seniors NOT_ELIGIBLE',
    ])
    expect(matches[1]?.eligibility.reasons).toMatchObject([{ kind: 'age', truth: 'no' }])
  })

  test('what was not told excludes nothing', () => {
    expect(find([serve('for-seniors', { minimumAge: 65 })]).matches[0]?.eligibility.verdict).toBe('TO_BE_ASSESSED')
  })

  test('what is made for her before what is made for others', () => {
    const services = [serve('all'), serve('seniors', { audiences: [seniors] })]
    expect(order(services, { audiences: ['seniors'] })).toEqual(['seniors', 'all'])
  })

  test('her language, open hours and free places come first', () => {
    expect(order([serve('dutch', { languages: ['NL'] }), serve('french')])).toEqual(['french', 'dutch'])
    const closed = [makeSchedule({ byday: ['SA'] })]
    expect(order([serve('closed', { schedules: closed }), serve('open', { schedules: [makeSchedule()] })])).toEqual(['open', 'closed'])
    const capacity = (available: number) => [{ unit: 'bed', available, maximum: 10, updated: NOW }]
    expect(order([serve('full', { capacities: capacity(0) }), serve('free', { capacities: capacity(1) })])).toEqual(['free', 'full'])
    expect(order([serve('paused', { status: 'TEMPORARILY_CLOSED' }), serve('given')])).toEqual(['given', 'paused'])
  })

  test('what was not checked for years comes after what was', () => {
    const fresh = { assuredDate: '2026-10-01' }
    expect(order([serve('stale', { assuredDate: '2020-01-01' }), serve('fresh', fresh)])).toEqual(['fresh', 'stale'])
  })

  test('what ended, is not given, or failed its check is not there', () => {
    const services = [
      serve('ended', { status: 'DEFUNCT' }),
      serve('inactive', { status: 'INACTIVE' }),
      serve('failed', { checkFailedOn: '2026-11-01' }),
      serve('given'),
    ]
    expect(order(services)).toEqual(['given'])
  })

  test('without a commune wide services come first, others’ after them', () => {
    const services = [serve('namur', { serviceAreas: at('92094') }), serve('country')]
    expect(order(services, { nisCode: null })).toEqual(['country', 'namur'])
  })

  test('the commune’s centre stands third at the latest', () => {
    const cpas = makeOrganization('cpas-liege', { kind: 'CPAS' })
    const home = { ...liege, cpas }
    const helped = makeNeed('food', { servedByCpas: true })
    const services = [
      ...['a', 'b', 'c', 'd'].map((slug) => makeService(slug, { needs: [helped], audiences: [seniors], serviceAreas: at('62063') })),
      makeService('centre', { needs: [debt, helped], organization: cpas, serviceAreas: at('62063') }),
    ]
    const directory = makeSnapshot({ communes: [home], needs: [helped, debt], audiences: [seniors], services })
    const { matches } = findAid(
      directory,
      { needs: ['food'], nisCode: '62063', audiences: ['seniors'] },
      { now: NOW, languages: ['FR'], first: 20 },
    )
    expect(matches.map(({ service }) => service.slug)).toEqual(['a', 'b', 'centre', 'c', 'd'])
  })
})

describe('a centre that may not help her', () => {
  test('is not lifted', () => {
    const cpas = makeOrganization('cpas-liege', { kind: 'CPAS' })
    const helped = makeNeed('food', { servedByCpas: true })
    const services = [
      ...['a', 'b', 'c'].map((slug) => makeService(slug, { needs: [helped], serviceAreas: at('62063') })),
      makeService('centre', { needs: [helped], organization: cpas, minimumAge: 65, serviceAreas: at('62063') }),
    ]
    const directory = makeSnapshot({ communes: [{ ...liege, cpas }], needs: [helped], services })
    const { matches } = findAid(directory, { needs: ['food'], nisCode: '62063', age: 30 }, { now: NOW, languages: ['FR'], first: 20 })
    expect(matches.map(({ service }) => service.slug)).toEqual(['a', 'b', 'c', 'centre'])
  })
})

describe('a directory with very many services', () => {
  test('a bounded number is weighed, and the nearest is among them', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => serve(`wide-${index}`, { serviceAreas: [makeArea('REGION', 'wallonie')] }))
    const { matches, total } = find([...many, serve('own', { serviceAreas: at('62063') })])
    expect(matches[0]?.service.slug).toBe('own')
    expect(total).toBe(120)
  })
})

describe('who one is', () => {
  test('follows from the age told, too', () => {
    const youth = makeAudience('youth')
    const services = [serve('young', { audiences: [youth] }), serve('all'), serve('old', { audiences: [seniors] })]
    const directory = makeSnapshot({ communes: [liege], needs: [food], audiences: [seniors, youth, everyone], services })
    const at = (age: number) =>
      findAid(directory, { needs: ['food'], age }, { now: NOW, languages: ['FR'], first: 20 }).matches.map(({ service }) => service.slug)
    expect(at(80)).toEqual(['old', 'all', 'young'])
    expect(at(17)).toEqual(['young', 'all', 'old'])
  })
})

test('the emergency services are for emergencies', () => {
  const rescue = makeOrganization('rescue')
  const services = [serve('112', { organization: rescue })]
  const lines = [makeLine('112', { kind: 'EMERGENCY', organization: rescue }), makeLine('line')]
  const { matches, unmet } = find(services, {}, lines)
  expect(matches).toEqual([])
  expect(unmet).not.toBeNull()
})

describe('phone and online services', () => {
  const phone = serve('phone', { virtual: true, serviceAreas: [makeArea('REGION', 'flandre')] })

  test('made for another region may be asked too, after what is made for hers', () => {
    const { matches, unmet } = find([phone, serve('here', { serviceAreas: at('62063') })])
    expect(matches.map(({ service, eligibility }) => `${service.slug} ${eligibility.verdict}`)).toEqual([
      'here ELIGIBLE',
      'phone TO_BE_ASSESSED',
    ])
    expect(matches[1]?.eligibility.reasons).toMatchObject([{ kind: 'afar' }])
    expect(unmet).toBeNull()
  })

  test('alone they do not meet the need', () => {
    expect(find([phone]).unmet?.reason).toBe('OUT_OF_AREA')
  })

  test('of a single other commune are its own people’s', () => {
    expect(order([serve('phone', { virtual: true, serviceAreas: at('92094') })])).toEqual([])
  })

  test('made for her own region are like any other', () => {
    expect(find([serve('phone', { virtual: true, serviceAreas: [makeArea('REGION', 'wallonie')] })]).matches[0]?.eligibility.verdict).toBe(
      'ELIGIBLE',
    )
  })
})

describe('why nobody helps', () => {
  test('nothing, only elsewhere, not for her, full, closed', () => {
    expect(find([]).unmet?.reason).toBe('NOTHING_FOUND')
    expect(find([serve('elsewhere', { serviceAreas: at('92094') })]).unmet?.reason).toBe('OUT_OF_AREA')
    expect(find([serve('seniors', { minimumAge: 65 })], { age: 20 }).unmet?.reason).toBe('NOT_ELIGIBLE')
    expect(find([serve('full', { capacities: [{ unit: 'bed', available: 0, maximum: 4, updated: NOW }] })]).unmet?.reason).toBe('FULL')
    expect(find([serve('paused', { status: 'TEMPORARILY_CLOSED' })]).unmet?.reason).toBe('CLOSED')
    expect(find([serve('later', { schedules: [makeSchedule({ byday: ['SA'] })] })], { openNow: true }).unmet?.reason).toBe('CLOSED')
  })

  test('it is told by need and commune, and nothing else', () => {
    expect(find([]).unmet).toEqual({ reason: 'NOTHING_FOUND', needCodes: ['food'], nisCode: '62063' })
    expect(find([], { nisCode: null, postalCode: null }).unmet).toEqual({ reason: 'NOTHING_FOUND', needCodes: ['food'], nisCode: '' })
  })

  test('who is there for others does not make up for who is not here', () => {
    const afar = serve('afar', { virtual: true, serviceAreas: [makeArea('REGION', 'flandre')] })
    const full = serve('full', { capacities: [{ unit: 'bed', available: 0, maximum: 4, updated: NOW }] })
    expect(find([full, afar]).unmet?.reason).toBe('FULL')
    expect(find([serve('paused', { status: 'TEMPORARILY_CLOSED' }), afar]).unmet?.reason).toBe('CLOSED')
  })

  test('unpublished hours are no closed door', () => {
    expect(find([serve('unknown')], { openNow: true }).unmet).toBeNull()
  })

  test('one that may help is enough', () => {
    expect(find([serve('seniors', { minimumAge: 65 }), serve('full', { capacities: [] })], { age: 20 }).unmet).toBeNull()
    expect(unmetReason(find([serve('unknown', { minimumAge: 65 })]).matches, { elsewhere: true, closedOnly: true })).toBeNull()
  })
})

describe('urgency', () => {
  const need = (urgency: 'DANGER' | 'CRISIS' | 'SOON' | null) => makeNeed('x', { urgency })
  test.each([
    ['words of danger', [need(null)], [], [], 'DANGER'],
    ['a dangerous need', [], [need('SOON'), need('DANGER')], [], 'DANGER'],
    ['a crisis', [], [need('SOON'), need('CRISIS')], [], 'CRISIS'],
    ['a deadline', [], [need('SOON'), need(null)], [], 'SOON'],
    ['nothing pressing', [], [need(null)], [], 'INFO'],
    ['a danger that is only guessed', [], [], [need('DANGER')], 'CRISIS'],
    ['a crisis that is only guessed', [], [need('SOON')], [need('CRISIS')], 'CRISIS'],
  ])('%s', (_what, dangers, chosen, guessed, urgency) => {
    expect(urgencyOf(dangers, chosen, guessed, undefined)).toBe(urgency)
  })
})

describe('whom to call', () => {
  const open = { schedules: [makeSchedule()] }
  const shut = { schedules: [makeSchedule({ opensAt: '13:00' })] }
  const call = (lines: ReturnType<typeof makeLine>[], situation: Situation = {}) => find([], situation, lines).line?.slug

  test('open before closed, and of closed ones the one that opens first', () => {
    expect(call([makeLine('shut', shut), makeLine('open', open)])).toBe('open')
    expect(call([makeLine('later', { schedules: [makeSchedule({ byday: ['SA'] })] }), makeLine('soon', shut)])).toBe('soon')
  })

  test('her language before the hours', () => {
    expect(call([makeLine('french', open), makeLine('german', { ...shut, languages: ['DE'] })], { languages: ['DE'] })).toBe('german')
  })

  test('one that looks for a solution before one that listens', () => {
    expect(call([makeLine('listening', { ...open, kind: 'LISTENING' }), makeLine('social', open)])).toBe('social')
  })

  test('another commune’s line, an ended one and the emergency number are not for this', () => {
    const lines = [
      makeLine('namur', { ...open, serviceAreas: at('92094') }),
      makeLine('ended', { ...open, validTo: '2026-11-16' }),
      makeLine('112', { ...open, kind: 'EMERGENCY' }),
    ]
    expect(call(lines)).toBeUndefined()
    expect(call([...lines, makeLine('wide', shut)])).toBe('wide')
  })
})
