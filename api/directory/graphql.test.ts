import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const ask = async (query: string, language = 'fr') => (await app.ask(query, {}, { 'accept-language': language })).data
const slugs = (connection: { edges: { node: { slug: string } }[] }) => connection.edges.map(({ node }) => node.slug)

describe('what this installation serves', () => {
  test('says that it is demonstration content, in the language asked for', async () => {
    expect(await ask('{ about { demonstration notice languages } }', 'en')).toEqual({
      about: {
        demonstration: true,
        notice: 'Demonstration content: check everything with the service itself.',
        languages: ['EN', 'FR', 'DE', 'NL'],
      },
    })
  })
})

describe('lines', () => {
  test('are those of the sources, social ones first', async () => {
    const { lines } = await ask('{ lines { slug number kind acceptsCallbacks } }')
    expect(lines.slice(0, 4)).toEqual([
      { slug: 'liege-solidaire', number: '0800/43 436', kind: 'SOCIAL', acceptsCallbacks: true },
      { slug: '1718', number: '1718', kind: 'SOCIAL', acceptsCallbacks: true },
      { slug: '1719', number: '1719', kind: 'SOCIAL', acceptsCallbacks: true },
      { slug: '112', number: '112', kind: 'EMERGENCY', acceptsCallbacks: false },
    ])
  })

  test('Liège Solidaire has its six menus, its alert, its hours and where to turn when it is closed', async () => {
    const { line } = await ask(`{ line(slug: "liege-solidaire") {
      number uri validFrom alert closingMessage fallback { slug }
      menu { position label kind service { slug organization { slug } } transfersTo { slug } }
      tuesday: openingStatus(at: "2026-11-17T09:00:00Z") { open closesAt label }
      saturday: openingStatus(at: "2026-11-21T12:00:00Z") { open opensAt label }
      holiday: openingStatus(at: "2026-11-11T12:00:00Z") { open label }
      before: openingStatus(at: "2020-11-13T10:00:00Z") { open label }
    } }`)
    expect(line).toMatchObject({ number: '0800/43 436', uri: 'tel:080043436', validFrom: '2020-11-16', fallback: { slug: '1718' } })
    expect(line.alert).toMatch(/30 juin 2021.*1718/)
    expect(line.closingMessage).toContain('1718')
    expect(line.menu.map((entry: { position: number }) => entry.position)).toEqual([1, 2, 3, 4, 5, 6])
    expect(line.menu[2]).toMatchObject({
      kind: 'TRANSFER',
      service: { slug: 'elis-transport-urgent', organization: { slug: 'cpas-liege' } },
    })
    expect(line.tuesday).toEqual({ open: true, closesAt: '2026-11-17T16:00:00.000Z', label: 'Ouvert jusqu’à 17 h' })
    expect(line.saturday).toEqual({ open: false, opensAt: '2026-11-23T08:00:00.000Z', label: 'Ouvre lundi à 9 h' })
    expect(line.holiday).toEqual({ open: false, label: 'Fermé pour le 11 novembre. Ouvre demain à 9 h' })
    expect(line.before).toEqual({ open: false, label: 'Ouvre lundi à 9 h' })
  })

  test('a pressing need names the numbers to call before anything else', async () => {
    const { needs } = await ask('{ needs { code urgency quickExit emergencyLines { slug } } }')
    const byCode = Object.fromEntries(needs.map((need: { code: string }) => [need.code, need]))
    expect(byCode.violence).toMatchObject({ urgency: 'DANGER', quickExit: true })
    expect(byCode.violence.emergencyLines[0].slug).toBe('112')
    expect(slugsOf(byCode.violence.emergencyLines)).toContain('ecoute-violences-conjugales')
    expect(slugsOf(byCode['mental-health'].emergencyLines)).toEqual(expect.arrayContaining(['tele-accueil', 'prevention-suicide']))
    expect(byCode.energy.emergencyLines).toEqual([])
  })
})

const slugsOf = (records: { slug: string }[]) => records.map(({ slug }) => slug)

describe('needs and audiences', () => {
  test('are 22 and 16, in four languages', async () => {
    for (const [language, food, seniors] of [
      ['fr', 'Alimentation', /65/],
      ['de', 'Ernährung', /65/],
      ['nl', 'Voeding', /65/],
      ['en', 'Food', /65/],
    ] as const) {
      const { needs, audiences } = await ask('{ needs { label language children { code } } audiences { code label } }', language)
      expect(needs).toHaveLength(22)
      expect(audiences).toHaveLength(16)
      expect(needs[0]).toMatchObject({ label: food, language: language.toUpperCase() })
      expect(audiences.find(({ code }: { code: string }) => code === 'seniors').label).toMatch(seniors)
    }
  })
})

describe('communes', () => {
  test.each([
    ['4000', ['Liège']],
    ['lieg', ['Liège']],
    ['LIEGE', ['Liège']],
    ['Lüttich', ['Liège']],
    ['grivegnee', ['Liège']],
    ['eupen', ['Eupen']],
    ['', []],
    ["é'%_\\", []],
    ['x'.repeat(5_000), []],
  ])('are found by %j', async (search, names) => {
    const { data } = await app.ask(
      'query ($search: String!) { communes(search: $search, first: 1) { name } }',
      { search },
      { 'accept-language': 'fr' },
    )
    expect(data.communes.map(({ name }: { name: string }) => name)).toEqual(names)
  })

  test('1050 belongs to two', async () => {
    const { communes } = await ask('{ communes(search: "1050") { nisCode cpas { slug } } }')
    expect(communes.map(({ nisCode }: { nisCode: string }) => nisCode).sort()).toEqual(['21004', '21009'])
  })

  test('have their CPAS, or ÖSHZ in the German-speaking ones', async () => {
    const { liege, eupen } = await ask(
      '{ liege: communes(search: "4000") { cpas { slug name kind } } eupen: communes(search: "4700") { name cpas { slug name phones { number uri } } languages } }',
      'de',
    )
    expect(liege[0].cpas).toMatchObject({ slug: 'cpas-liege', kind: 'CPAS' })
    expect(eupen[0]).toMatchObject({
      name: 'Eupen',
      languages: ['DE', 'FR'],
      cpas: { slug: 'oshz-eupen', name: 'ÖSHZ Eupen', phones: [{ number: '087 63 89 50' }] },
    })
  })
})

describe('organizations', () => {
  test('are paged with cursors that lead through all of them once', async () => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const { data }: { data: any } = await app.ask(
        'query ($after: String) { organizations(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { slug } } } }',
        { after },
      )
      seen.push(...slugs(data.organizations))
      expect(data.organizations.totalCount).toBeGreaterThan(300)
      after = data.organizations.pageInfo.hasNextPage ? data.organizations.pageInfo.endCursor : null
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(300)
  })

  test('are found by words, kind and place together', async () => {
    const { organizations } = await ask(
      '{ organizations(filter: { search: "action sociale", kind: CPAS, postalCode: "4500" }) { edges { node { slug } } } }',
    )
    expect(slugs(organizations)).toEqual(['cpas-huy'])
  })
})

describe('services', () => {
  test('know everything a person needs, in her language', async () => {
    const { service } = await ask(
      `{ service(slug: "courses-liege") { name description language status organization { name } phones { number uri description }
         serviceAreas { kind name } needs { code } audiences { code } source reviewedAt assuredDate openingStatus { label } requiredDocuments { document } locations { name } } }`,
      'de',
    )
    expect(service).toMatchObject({
      language: 'DE',
      status: 'ACTIVE',
      phones: [{ number: '0800/43 436', uri: 'tel:080043436' }],
      serviceAreas: [{ kind: 'COMMUNE', name: 'Lüttich' }],
      openingStatus: { label: 'Geöffnet bis 17 Uhr' },
    })
    expect(service.source).toBeTruthy()
    expect(service.reviewedAt).toBeTruthy()
  })

  test.each([
    ['isolated and 80', '{ age: 80, audiences: ["isolated"], postalCode: "4000" }', 'ELIGIBLE'],
    ['isolated with reduced mobility', '{ audiences: ["isolated", "reduced-mobility"], nisCode: "62063" }', 'ELIGIBLE'],
    ['nothing told', '{}', 'TO_BE_ASSESSED'],
    ['another commune', '{ age: 80, audiences: ["isolated"], postalCode: "5000" }', 'NOT_ELIGIBLE'],
    ['young: quarantine may still open it', '{ age: 30, postalCode: "4000" }', 'TO_BE_ASSESSED'],
  ])('weigh eligibility for the errands of Liège: %s', async (_what, situation, verdict) => {
    const { service } = await ask(`{ service(slug: "courses-liege") { eligibility(situation: ${situation}) { verdict reasons } } }`)
    expect(service.eligibility.verdict).toBe(verdict)
    expect(service.eligibility.reasons.length).toBeGreaterThan(0)
  })

  test('filters combine with AND', async () => {
    const query = (filter: string) =>
      ask(
        `{ services(first: 100, filter: ${filter}) { totalCount edges { node { slug needs { code } languages openingStatus { open } } } } }`,
      )
    const food = (await query('{ needs: ["food"] }')).services
    const both = (await query('{ needs: ["food"], postalCode: "5000" }')).services
    const three = (await query('{ needs: ["food"], postalCode: "4000", openNow: true }')).services
    expect(food.totalCount).toBeGreaterThan(both.totalCount)
    for (const { node } of food.edges) expect(node.needs.some(({ code }: { code: string }) => code.startsWith('food'))).toBe(true)
    expect(slugs(both)).not.toContain('resto-du-coeur-liege')
    expect(three.edges.every(({ node }: { node: { openingStatus: { open: boolean } } }) => node.openingStatus.open)).toBe(true)
    expect(slugs(three)).toContain('courses-liege')
  })

  test.each([
    ['de', 'Heizöl'],
    ['fr', 'mazout'],
    ['fr', 'MÉDIATION de dettes'],
    ['fr', 'mediatoin dettes'],
    ['nl', 'schuldbemiddeling'],
    ['en', 'food parcel'],
  ])('are found in %s by %j', async (language, search) => {
    const { data } = await app.ask(
      'query ($search: String) { services(first: 5, filter: { search: $search }) { edges { node { slug name } } } }',
      { search },
      { 'accept-language': language },
    )
    expect(data.services.edges.length).toBeGreaterThan(0)
    const expected = /Heizöl|mazout/.test(search)
      ? ['fonds-social-chauffage']
      : /food/.test(search)
        ? ['colis-alimentaires']
        : ['mediation-dettes']
    expect(slugs(data.services)).toEqual(expect.arrayContaining(expected))
  })

  test.each(["é'%_\\", 'x'.repeat(5_000), '\0', '   '])('hostile words are harmless: %.10j', async (search) => {
    const { status, errors } = await app.ask('query ($search: String) { services(filter: { search: $search }) { totalCount } }', { search })
    expect({ status, errors }).toEqual({ status: 200, errors: undefined })
  })

  test.each([
    ['needs: ["nope"]', ['filter', 'needs']],
    ['audiences: ["nope"]', ['filter', 'audiences']],
    ['postalCode: "0000"', ['filter', 'postalCode']],
    ['nisCode: "1"', ['filter', 'nisCode']],
    ['organization: "nope"', ['filter', 'organization']],
  ])('an unknown code is invalid input, not an empty list: %s', async (filter, path) => {
    const { errors } = await app.ask(`{ services(filter: { ${filter} }) { totalCount } }`)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', problems: [{ path, code: 'unknown' }] })
  })

  test.each(['first: 101', 'first: -1', 'last: 1000', 'after: "bm9wZQ"', 'first: 1, last: 1'])(
    'a page that cannot be is refused: %s',
    async (page) => {
      const { errors } = await app.ask(`{ services(${page}) { totalCount } }`)
      expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
    },
  )
})

describe('questions', () => {
  test('are 66, answered in French and German, and lead to services', async () => {
    for (const language of ['fr', 'de']) {
      const { faqEntries } = await ask(
        '{ faqEntries(first: 100) { totalCount edges { node { slug answer language answerLanguage services { slug } reviewedAt source } } } }',
        language,
      )
      expect(faqEntries.totalCount).toBe(66)
      for (const { node } of faqEntries.edges) {
        expect(node).toMatchObject({ language: language.toUpperCase(), answerLanguage: language.toUpperCase() })
        expect(node.services.length).toBeGreaterThan(0)
        expect(node.reviewedAt && node.source).toBeTruthy()
      }
    }
  })

  test('a title may be there before its answer: the fallback is visible', async () => {
    const { faqEntry } = await ask('{ faqEntry(slug: "rien-a-manger") { question language answer answerLanguage } }', 'nl')
    expect(faqEntry).toMatchObject({ language: 'NL', answerLanguage: 'FR' })
  })

  test('are found by the words people use', async () => {
    const { faqEntries } = await ask('{ faqEntries(first: 3, filter: { search: "huissier saisie" }) { edges { node { slug } } } }')
    expect(slugs(faqEntries)).toContain('huissier-saisie')
  })

  test('lead to a service and back', async () => {
    const { service, faqEntries } = await ask(
      '{ service(slug: "tele-accueil") { faqEntries(first: 50) { edges { node { slug } } } } faqEntries(first: 50, filter: { service: "tele-accueil" }) { edges { node { slug } } } }',
    )
    expect(slugs(service.faqEntries)).toEqual(slugs(faqEntries))
    expect(slugs(faqEntries).length).toBeGreaterThan(0)
  })
})

describe('what is looked up and is not there', () => {
  test('is null', async () => {
    expect(
      await ask('{ line(slug: "x") { slug } service(slug: "x") { slug } faqEntry(slug: "x") { slug } organization(slug: "x") { slug } }'),
    ).toEqual({
      line: null,
      service: null,
      faqEntry: null,
      organization: null,
    })
  })
})
