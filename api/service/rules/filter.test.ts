import { describe, expect, test } from 'vitest'
import { makeSnapshot } from '../../directory/make.ts'
import { InvalidInput } from '../../errors.ts'
import { makeOrganization } from '../../organization/make.ts'
import { makeCommune } from '../../place/make.ts'
import { makeAudience, makeNeed } from '../../taxonomy/make.ts'
import { makeArea, makeSchedule, makeService, makeServiceTexts } from '../make.ts'
import { findServices, type ServiceFilter } from './filter.ts'

const meal = makeNeed('food.meal')
const food = makeNeed('food', { children: [meal] })
const debt = makeNeed('debt')
const seniors = makeAudience('seniors')
const youth = makeAudience('youth')
const everyDay = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const directory = makeSnapshot({
  communes: [
    makeCommune(),
    makeCommune({ nisCode: '62096', postalCodes: ['4100'] }),
    makeCommune({ nisCode: '21004', province: null, region: 'bruxelles', postalCodes: ['1000', '1050'] }),
    makeCommune({ nisCode: '21009', province: null, region: 'bruxelles', postalCodes: ['1050'] }),
  ],
  needs: [food, debt],
  audiences: [seniors, youth],
  organizations: [makeOrganization('croix-rouge'), makeOrganization('empty')],
  services: [],
})
const croixRouge = directory.organizationsBySlug.get('croix-rouge') ?? makeOrganization('never')

const services = [
  makeService('national', {
    needs: [debt],
    languages: ['FR', 'DE'],
    schedules: [makeSchedule({ byday: everyDay, opensAt: '00:00', closesAt: '00:00' })],
  }),
  makeService('walloon', {
    needs: [food],
    serviceAreas: [makeArea('REGION', 'wallonie')],
    audiences: [seniors],
    schedules: [makeSchedule()],
  }),
  makeService('provincial', { needs: [debt], serviceAreas: [makeArea('PROVINCE', 'liege')], audiences: [youth], languages: ['DE'] }),
  makeService('communal', {
    needs: [meal],
    serviceAreas: [makeArea('REGION', 'wallonie'), makeArea('COMMUNE', '62063')],
    organization: croixRouge,
    texts: { FR: makeServiceTexts('Repas chaud', { description: 'Un repas servi à midi.' }), DE: makeServiceTexts('Warme Mahlzeit') },
  }),
  makeService('ixellois', { needs: [food], serviceAreas: [makeArea('COMMUNE', '21009')], organization: croixRouge }),
  makeService('ended', { needs: [food], status: 'DEFUNCT' }),
  makeService('not-now', { needs: [food], status: 'INACTIVE' }),
  makeService('paused', {
    needs: [debt],
    status: 'TEMPORARILY_CLOSED',
    serviceAreas: [makeArea('COMMUNE', '21004')],
    schedules: [makeSchedule({ byday: everyDay, opensAt: '00:00', closesAt: '00:00' })],
  }),
]
const snapshot = makeSnapshot({ ...directory, services })

const FRIDAY_MORNING = new Date('2026-11-20T10:00:00+01:00')
const SUNDAY = new Date('2026-11-22T10:00:00+01:00')
const find = (filter: ServiceFilter, now = FRIDAY_MORNING) => findServices(snapshot, filter, now).map(({ slug }) => slug)

const all = ['national', 'walloon', 'provincial', 'communal', 'ixellois', 'paused']

describe('each part alone', () => {
  test.each<[what: string, filter: ServiceFilter, slugs: string[]]>([
    ['no filter gives all that is given or closed for a time, in the editors’ order', {}, all],
    ['nulls, empty lists and a blank search ask nothing', { search: ' ', needs: [], audiences: null, languages: [], openNow: false }, all],
    ['empty texts ask nothing', { search: '', postalCode: '', nisCode: ' ', organization: '' }, all],
    ['a need includes its sub-needs', { needs: ['food'] }, ['walloon', 'communal', 'ixellois']],
    ['a sub-need does not include its parent', { needs: ['food.meal'] }, ['communal']],
    ['needs of one list are alternatives', { needs: ['food.meal', 'debt'] }, ['national', 'provincial', 'communal', 'paused']],
    ['an audience', { audiences: ['seniors'] }, ['walloon']],
    ['audiences are alternatives', { audiences: ['youth', 'seniors'] }, ['walloon', 'provincial']],
    ['a language', { languages: ['DE'] }, ['national', 'provincial']],
    ['an organization', { organization: 'croix-rouge' }, ['communal', 'ixellois']],
    ['an organization that gives nothing', { organization: 'empty' }, []],
    ['open now, which nothing is that is closed for a time', { openNow: true }, ['national', 'walloon']],
    ['words of any language', { search: 'mahlzeit' }, ['communal']],
    ['words without accents, with a slip', { search: 'REPPAS' }, ['communal']],
    ['words that nothing has', { search: 'xylophone' }, []],
  ])('%s', (_what, filter, slugs) => {
    expect(find(filter)).toEqual(slugs)
  })

  test('open now depends on now', () => {
    expect(find({ openNow: true }, SUNDAY)).toEqual(['national'])
  })
})

describe('a place', () => {
  test.each<[what: string, filter: ServiceFilter, slugs: string[]]>([
    [
      'puts the nearest first and leaves out what does not cover it',
      { postalCode: '4000' },
      ['communal', 'provincial', 'walloon', 'national'],
    ],
    ['in the same province counts the region’s width', { nisCode: '62096' }, ['provincial', 'walloon', 'communal', 'national']],
    ['of two communes shows what covers either', { postalCode: '1050' }, ['ixellois', 'paused', 'national']],
    ['is narrowed by its NIS code', { postalCode: '1050', nisCode: '21009' }, ['ixellois', 'national']],
    ['leaves the best matches first, though others are nearer', { search: 'walloon midi', postalCode: '4000' }, ['walloon', 'communal']],
  ])('%s', (_what, filter, slugs) => {
    expect(find(filter)).toEqual(slugs)
  })
})

test('what names no area is offered everywhere, as far away as the whole country', () => {
  const everywhere = makeSnapshot({ ...directory, services: [makeService('anywhere', { serviceAreas: [] }), ...services] })
  const slugs = (filter: ServiceFilter) => findServices(everywhere, filter, FRIDAY_MORNING).map(({ slug }) => slug)
  expect(slugs({ postalCode: '4000' })).toEqual(['communal', 'provincial', 'walloon', 'anywhere', 'national'])
  expect(slugs({})[0]).toBe('anywhere')
})

test('parts combine', () => {
  expect(find({ needs: ['food'], postalCode: '4000' })).toEqual(['communal', 'walloon'])
  expect(find({ needs: ['food'], postalCode: '4000', openNow: true })).toEqual(['walloon'])
  expect(find({ needs: ['debt'], postalCode: '4000', languages: ['DE'], audiences: ['youth'] })).toEqual(['provincial'])
})

test('the list of the directory itself stays as it is', () => {
  find({ postalCode: '4000' })
  expect(snapshot.services.map(({ slug }) => slug)).toEqual(services.map(({ slug }) => slug))
})

test('codes that do not exist are refused together: an empty list would say that nobody helps', () => {
  const filter = { needs: ['food', 'foood'], audiences: ['senior'], postalCode: '0000', nisCode: '1', organization: 'croix-bleue' }
  expect(() => find(filter)).toThrow(InvalidInput)
  try {
    find(filter)
  } catch (error) {
    expect((error as InvalidInput).problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['filter.needs', 'unknown'],
      ['filter.audiences', 'unknown'],
      ['filter.postalCode', 'unknown'],
      ['filter.nisCode', 'unknown'],
      ['filter.organization', 'unknown'],
    ])
  }
})

const problemsOf = (filter: ServiceFilter) => {
  try {
    find(filter)
  } catch (error) {
    return (error as InvalidInput).problems
  }
  return []
}

test('lists have 50 values at most', () => {
  expect(find({ needs: Array(50).fill('food.meal'), languages: Array(50).fill('FR') })).toEqual(['communal'])
  const filter = { needs: Array(12_000).fill('x'), audiences: Array(51).fill('seniors'), languages: Array(51).fill('FR') }
  expect(problemsOf(filter)).toEqual(
    ['needs', 'audiences', 'languages'].map((name) => ({ path: ['filter', name], code: 'too_many', params: { max: 50 } })),
  )
})

test('a refusal tells 20 problems at most', () => {
  expect(problemsOf({ needs: Array(50).fill('x'), audiences: Array(50).fill('y') })).toHaveLength(20)
})

test('a place that contradicts itself is refused', () => {
  expect(problemsOf({ postalCode: '4000', nisCode: '21009' })).toEqual([{ path: ['filter', 'nisCode'], code: 'contradictory' }])
})
