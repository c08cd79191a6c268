import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const slugs = (connection: { edges: { node: { slug: string } }[] }) => connection.edges.map(({ node }) => node.slug)
/** What a query answers; every service of the demonstration is fresh unless a test says otherwise. */
async function ask(query: string, variables: object = {}, language = 'fr') {
  const { data, errors } = await app.ask(query, variables, { 'accept-language': language })
  expect(errors).toBeUndefined()
  return data
}
const LIST = 'query ($filter: ServiceFilter) { services(first: 100, filter: $filter) { edges { node { slug } } } }'
const list = async (filter: object) => slugs((await ask(LIST, { filter })).services)
const FRESH = new Date('2026-11-01')
const LONG_AGO = new Date('2020-01-01')
const set = async (slug: string, data: { assuredDate?: Date | null; checkFailedOn?: Date | null }) => {
  await app.db.service.update({ where: { slug }, data })
  await app.directory.refresh()
}
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.service.updateMany({ data: { assuredDate: FRESH, checkFailedOn: null } })
  await app.directory.refresh()
})

describe('a service that nobody checked for long', () => {
  test.each([
    ['fr', 'Dernière vérification : janvier 2020. Ces informations ont pu changer : renseignez-vous d’abord.'],
    ['de', 'Zuletzt geprüft: Januar 2020. Diese Angaben können sich geändert haben: Fragen Sie vorher nach.'],
  ])('warns in %s, and keeps its numbers', async (language, warning) => {
    await set('tele-accueil', { assuredDate: LONG_AGO })
    const { service } = await ask(
      '{ service(slug: "tele-accueil") { phones { number } checkFailedOn freshness { state warning checkedOn days } } }',
      {},
      language,
    )
    expect(service).toEqual({
      phones: [{ number: '107' }],
      checkFailedOn: null,
      freshness: { state: 'STALE', warning, checkedOn: '2020-01-01', days: 2_512 },
    })
  })

  test('becomes so by the passing of time alone', async () => {
    const state = async (at: string) => {
      app.setTime(new Date(at))
      return (await ask('{ service(slug: "tele-accueil") { freshness { state } } }')).service.freshness.state
    }
    expect(await state('2027-11-01T12:00:00Z')).toBe('FRESH')
    // Midnight in Liège is an hour earlier in UTC.
    expect(await state('2027-11-01T23:30:00Z')).toBe('AGEING')
    expect(await state('2028-11-01T12:00:00Z')).toBe('STALE')
  })

  test('comes after the others that are as near, and not after what is farther', async () => {
    const filter = { nisCode: '62063', needs: ['food'] }
    const fresh = await list(filter)
    const width = async (slug: string) =>
      (await ask('query ($slug: String!) { service(slug: $slug) { serviceAreas { kind } } }', { slug })).service.serviceAreas.map(
        ({ kind }: { kind: string }) => kind,
      )
    const communal: string[] = []
    for (const slug of fresh) if ((await width(slug)).includes('COMMUNE')) communal.push(slug)
    expect(communal.length).toBeGreaterThan(1)
    const [first, ...others] = communal as [string, ...string[]]
    await set(first, { assuredDate: LONG_AGO })
    expect(await list(filter)).toEqual([...others, first, ...fresh.slice(communal.length)])
  })

  test('comes after the others where no place is named, and before what is for single communes', async () => {
    const filter = { needs: ['mental-health.listening'] }
    const fresh = await list(filter)
    const local = fresh.filter((slug) => slug.endsWith('-liege'))
    const wide = fresh.slice(0, fresh.length - local.length)
    expect([wide.length, local.length].map((length) => length > 1)).toEqual([true, true])
    expect(fresh).toEqual([...wide, ...local])
    const [first, ...others] = wide as [string, ...string[]]
    await set(first, { assuredDate: LONG_AGO })
    expect(await list(filter)).toEqual([...others, first, ...local])
  })

  test('comes one place later in a search, and no more', async () => {
    const fresh = await list({ search: 'dettes' })
    expect(fresh.length).toBeGreaterThan(2)
    const [first, second, ...others] = fresh as [string, string, ...string[]]
    await set(first, { assuredDate: LONG_AGO })
    expect(await list({ search: 'dettes' })).toEqual([second, first, ...others])
  })
})

describe('a service that failed a check', () => {
  const QUERY = `{
    service(slug: "tele-accueil") { name phones { number } checkFailedOn freshness { state warning } organization { services(first: 100) { edges { node { slug } } } } }
    services(first: 100) { totalCount edges { node { slug } } }
    searched: services(first: 100, filter: { search: "télé-accueil" }) { edges { node { slug } } }
    open: services(first: 100, filter: { openNow: true }) { edges { node { slug } } }
    faqEntries(first: 100) { edges { node { services { slug } } } }
  }`
  const named = (data: any) => ({
    list: slugs(data.services).includes('tele-accueil'),
    searched: slugs(data.searched).includes('tele-accueil'),
    open: slugs(data.open).includes('tele-accueil'),
    ofOrganization: slugs(data.service.organization.services).includes('tele-accueil'),
    ofQuestions: data.faqEntries.edges.some(({ node }: any) => node.services.some(({ slug }: any) => slug === 'tele-accueil')),
  })

  test('is in no list and no search, and answers by its slug with a warning and its numbers', async () => {
    const before = await ask(QUERY)
    expect(named(before)).toEqual({ list: true, searched: true, open: true, ofOrganization: true, ofQuestions: true })
    await set('tele-accueil', { checkFailedOn: new Date('2026-11-16') })
    const after = await ask(QUERY)
    expect(named(after)).toEqual({ list: false, searched: false, open: false, ofOrganization: false, ofQuestions: false })
    expect(after.services.totalCount).toBe(before.services.totalCount - 1)
    expect(after.service).toMatchObject({
      phones: [{ number: '107' }],
      checkFailedOn: '2026-11-16',
      freshness: {
        state: 'STALE',
        warning: 'Attention : le 16 novembre 2026, ce service ne répondait plus comme indiqué ici. Renseignez-vous d’abord.',
      },
    })
  })

  test('is back once the check is taken back', async () => {
    await set('tele-accueil', { checkFailedOn: new Date('2026-11-16') })
    await set('tele-accueil', { checkFailedOn: null, assuredDate: new Date('2026-11-17') })
    expect(named(await ask(QUERY))).toMatchObject({ list: true, searched: true })
  })
})

describe('a translation', () => {
  const outdated = async (language: string) => {
    const { service } = await ask('{ service(slug: "tele-accueil") { language translationOutdated } }', {}, language)
    return [service.language, service.translationOutdated]
  }

  test('of the demonstration is as old as its source', async () => {
    const { services, faqEntries } = await ask(
      '{ services(first: 100) { edges { node { slug translationOutdated } } } faqEntries(first: 100) { edges { node { slug translationOutdated } } } }',
      {},
      'de',
    )
    const both = [...services.edges, ...faqEntries.edges]
    expect(both.length).toBeGreaterThan(150)
    expect(both.filter(({ node }: any) => node.translationOutdated)).toEqual([])
  })

  test('is outdated once the French text was edited, until it is edited too', async () => {
    const { id } = await app.db.service.findUniqueOrThrow({ where: { slug: 'tele-accueil' } })
    const edit = async (language: 'FR' | 'DE', lastModified: Date) => {
      await app.db.serviceTranslation.update({ where: { serviceId_language: { serviceId: id, language } }, data: { lastModified } })
      await app.directory.refresh()
    }
    await edit('FR', new Date('2100-01-01'))
    expect([await outdated('de'), await outdated('nl'), await outdated('fr')]).toEqual([
      ['DE', true],
      ['NL', true],
      ['FR', false],
    ])
    await edit('DE', new Date('2100-01-02'))
    expect([await outdated('de'), await outdated('nl')]).toEqual([
      ['DE', false],
      ['NL', true],
    ])
  })

  test('of an answer likewise', async () => {
    const entry = await app.db.faqEntry.findFirstOrThrow({ orderBy: { position: 'asc' } })
    const read = async (language: string) =>
      (await ask(`{ faqEntry(slug: "${entry.slug}") { answerLanguage translationOutdated freshness { state checkedOn } } }`, {}, language))
        .faqEntry
    const freshness = { state: 'FRESH', checkedOn: '2026-11-21' }
    expect(await read('de')).toEqual({ answerLanguage: 'DE', translationOutdated: false, freshness })
    await app.db.faqEntryTranslation.update({
      where: { faqEntryId_language: { faqEntryId: entry.id, language: 'FR' } },
      data: { lastModified: new Date('2100-01-01') },
    })
    await app.directory.refresh()
    expect(await read('de')).toEqual({ answerLanguage: 'DE', translationOutdated: true, freshness })
    expect(await read('fr')).toEqual({ answerLanguage: 'FR', translationOutdated: false, freshness })
  })
})

test('a question whose answer was read long ago comes after the others, and warns', async () => {
  const read = async () =>
    (await ask('{ faqEntries(first: 100) { edges { node { slug freshness { state warning } } } } }')).faqEntries.edges.map(
      ({ node }: any) => node,
    )
  const [first, ...others] = await read()
  await app.db.faqEntry.update({ where: { slug: first.slug }, data: { reviewedAt: LONG_AGO } })
  await app.directory.refresh()
  const after = await read()
  expect(after.map(({ slug }: any) => slug)).toEqual([...others.map(({ slug }: any) => slug), first.slug])
  expect(after.at(-1).freshness).toEqual({
    state: 'STALE',
    warning: 'Dernière vérification : janvier 2020. Ces informations ont pu changer : renseignez-vous d’abord.',
  })
})

test('places left are told, and when none is', async () => {
  const { id } = await app.db.service.findUniqueOrThrow({ where: { slug: 'tele-accueil' } })
  const updated = new Date('2026-11-17T06:00:00Z')
  const read = async () => (await ask('{ service(slug: "tele-accueil") { full capacities { unit available maximum updated } } }')).service
  expect(await read()).toEqual({ full: false, capacities: [] })
  await app.db.serviceCapacity.create({ data: { serviceId: id, unit: 'bed', available: 1, maximum: 12, updated } })
  await app.directory.refresh()
  expect(await read()).toEqual({ full: false, capacities: [{ unit: 'bed', available: 1, maximum: 12, updated: updated.toISOString() }] })
  await app.db.serviceCapacity.updateMany({ where: { serviceId: id }, data: { available: 0 } })
  await app.directory.refresh()
  expect(await read()).toMatchObject({ full: true })
})

test('exceptions of a service are shown, and a closed day says why', async () => {
  const { id } = await app.db.service.findUniqueOrThrow({ where: { slug: 'tele-accueil' } })
  await app.db.scheduleException.create({
    data: {
      serviceId: id,
      firstDay: new Date('2026-11-17'),
      lastDay: new Date('2026-11-18'),
      translations: { create: [{ language: 'FR', reason: 'déménagement' }] },
    },
  })
  await app.directory.refresh()
  const { service } = await ask(
    '{ service(slug: "tele-accueil") { openingStatus { open closedFor label } scheduleExceptions { firstDay lastDay opensAt closesAt reason } } }',
  )
  expect(service).toEqual({
    openingStatus: { open: false, closedFor: 'déménagement', label: 'Fermé : déménagement. Ouvre jeudi à minuit' },
    scheduleExceptions: [{ firstDay: '2026-11-17', lastDay: '2026-11-18', opensAt: null, closesAt: null, reason: 'déménagement' }],
  })
})

test('a verdict names the commune, and says of an excluded age what is excluded', async () => {
  await app.db.service.update({ where: { slug: 'tele-accueil' }, data: { eligibility: { not: { age: { min: 65 } } } } })
  await app.directory.refresh()
  const { service } = await ask(
    '{ service(slug: "tele-accueil") { eligibility(situation: { age: 70, nisCode: "62063" }) { verdict reasons } } }',
    {},
    'de',
  )
  expect(service.eligibility).toEqual({ verdict: 'NOT_ELIGIBLE', reasons: ['Dieser Dienst ist nicht für Personen ab 65 Jahren.'] })
  const young = await ask(
    '{ service(slug: "tele-accueil") { eligibility(situation: { age: 30, nisCode: "62063" }) { verdict reasons } } }',
    {},
    'de',
  )
  expect(young.service.eligibility).toEqual({
    verdict: 'ELIGIBLE',
    reasons: ['Dieser Dienst ist für Lüttich da.', 'Ihr Alter passt: Dieser Dienst ist nicht für Personen ab 65 Jahren.'],
  })
})
