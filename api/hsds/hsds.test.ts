import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { HSDS_SCHEMAS, readHsdsSchemas } from '../testing/hsds.ts'

type Item = Record<string, any>

const KINDS = ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms'] as const
type Kind = (typeof KINDS)[number]
const SCHEMAS: Record<Kind, string> = {
  services: 'service',
  organizations: 'organization',
  service_at_locations: 'service_at_location',
  taxonomies: 'taxonomy',
  taxonomy_terms: 'taxonomy_term',
}
const LANGUAGES = ['fr', 'de', 'nl', 'en'] as const

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const get = async (path: string, headers: Record<string, string> = {}) => app.fetch(`/hsds${path}`, { headers })

async function read(path: string): Promise<Item> {
  const response = await get(path)
  expect(`${path} ${response.status}`).toBe(`${path} 200`)
  return (await response.json()) as Item
}

/** All pages of a list, one after another; what they say about themselves must be true. */
async function readAll(kind: Kind, parameters: string, size = 100): Promise<Item[]> {
  const all: Item[] = []
  for (let number = 1; ; number++) {
    const page = await read(`/${kind}?${parameters}&per_page=${size}&page=${number}`)
    all.push(...page.contents)
    expect(page).toMatchObject({ page_number: number, size: page.contents.length, first_page: number === 1, empty: page.size === 0 })
    expect(page.total_pages).toBe(Math.ceil(page.total_items / size))
    if (page.last_page) {
      expect(number).toBe(Math.max(1, page.total_pages))
      expect(all).toHaveLength(page.total_items)
      return all
    }
    expect(page.contents).toHaveLength(size)
  }
}

const lines = (text: string): Item[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** Every record below one, itself included, with the property it stands in. */
function* below(record: Item, kind: string): Generator<{ kind: string; record: Item }> {
  yield { kind, record }
  for (const [name, value] of Object.entries(record)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'object' && one !== null) yield* below(one, SINGULAR[name] ?? name)
    }
  }
}
const SINGULAR: Record<string, string> = {
  locations: 'location',
  phones: 'phone',
  service_at_locations: 'service_at_location',
  taxonomy_detail: 'taxonomy',
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (text: string) => DAY.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text)
const TIME = /^([01]\d|2[0-3]):[0-5]\d\+0[12]:00$/

/** What the schemas cannot say, of one record wherever it stands. */
function faultsOf({ kind, record }: { kind: string; record: Item }): string[] {
  const faults: string[] = []
  const wrong = (name: string) => faults.push(`${kind} ${record.id}: ${name} ${record[name]}`)
  for (const name of ['valid_from', 'valid_to', 'assured_date']) if (name in record && !isDay(record[name])) wrong(name)
  for (const name of ['opens_at', 'closes_at']) if (name in record && !TIME.test(record[name])) wrong(name)
  for (const name of ['last_modified', 'updated']) if (name in record && new Date(record[name]).toISOString() !== record[name]) wrong(name)
  if (record.opens_at >= record.closes_at) wrong('closes_at')
  if (record.valid_from > record.valid_to) wrong('valid_to')
  if (record.byday && !/^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$/.test(record.byday)) wrong('byday')
  if ('timezone' in record && !record.opens_at.endsWith(`+0${record.timezone}:00`)) wrong('timezone')
  for (const [name, value] of Object.entries(record))
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) wrong(name)
  return faults
}

describe.each(LANGUAGES)('the feed in %s', (language) => {
  const all = {} as Record<Kind, Item[]>
  beforeAll(async () => {
    for (const kind of KINDS) all[kind] = await readAll(kind, `lang=${language}&full=true`)
  })

  test('has everything that is published, and nothing is listed twice', () => {
    const { services, organizations } = app.directory.current()
    expect(all.services).toHaveLength(services.length)
    expect(all.organizations).toHaveLength(organizations.length)
    expect(all.service_at_locations).toHaveLength(services.flatMap(({ locations }) => locations).length)
    expect(all.taxonomy_terms.length).toBeGreaterThan(70)
    for (const kind of KINDS) {
      expect(all[kind].length).toBeGreaterThan(0)
      expect(new Set(all[kind].map(({ id }) => id)).size).toBe(all[kind].length)
    }
  })

  test('has dates, times and values that can be true', () => {
    const records = KINDS.flatMap((kind) => all[kind].flatMap((record) => [...below(record, SCHEMAS[kind])]))
    expect(records.flatMap(faultsOf)).toEqual([])
    expect(records.filter(({ record }) => 'opens_at' in record).length).toBeGreaterThan(20)
  })

  test('has one record for one identifier, wherever it stands', () => {
    const seen = new Map<string, { kind: string; facts: string }>()
    const clashes: string[] = []
    for (const kind of KINDS) {
      for (const { kind: at, record } of all[kind].flatMap((one) => [...below(one, SCHEMAS[kind])])) {
        // A nested record may have fewer parts; what a record says of itself must be the same.
        const facts = JSON.stringify(Object.entries(record).filter(([, value]) => typeof value !== 'object'))
        const known = seen.get(record.id)
        if (known && (known.facts !== facts || known.kind !== at))
          clashes.push(`${at} ${record.id}: ${facts}, also ${known.kind} ${known.facts}`)
        seen.set(record.id, { kind: at, facts })
      }
    }
    expect(clashes).toEqual([])
  })

  test('leads from each reference to a record', () => {
    const ids = (kind: Kind) => new Set(all[kind].map(({ id }) => id))
    const [services, organizations, terms, taxonomies] = [ids('services'), ids('organizations'), ids('taxonomy_terms'), ids('taxonomies')]
    const lost: string[] = []
    const follow = (to: ReadonlySet<string>, id: string | undefined, from: string) => {
      if (id !== undefined && !to.has(id)) lost.push(`${from} -> ${id}`)
    }
    for (const service of all.services) {
      follow(organizations, service.organization_id, `service ${service.id}`)
      expect(service.organization.id).toBe(service.organization_id)
      for (const attribute of service.attributes ?? []) {
        expect(attribute).toMatchObject({ link_id: service.id, link_entity: 'service' })
        follow(terms, attribute.taxonomy_term_id, `attribute ${attribute.id}`)
        if (attribute.taxonomy_term) expect(attribute.taxonomy_term.id).toBe(attribute.taxonomy_term_id)
      }
      for (const pair of service.service_at_locations ?? []) follow(ids('service_at_locations'), pair.id, `service ${service.id}`)
    }
    for (const pair of all.service_at_locations) {
      follow(services, pair.service_id, `service_at_location ${pair.id}`)
      expect(pair.location.id).toBe(pair.location_id)
    }
    for (const term of all.taxonomy_terms) {
      follow(terms, term.parent_id, `term ${term.code}`)
      follow(taxonomies, term.taxonomy_id, `term ${term.code}`)
    }
    expect(lost).toEqual([])
  })

  test('is in this language', async () => {
    const response = await get(`/services?lang=${language}&full=true&per_page=1000`)
    expect(response.headers.get('content-language')).toBe(language)
    // The demonstration content exists in all four.
    expect((await response.text()).includes('text_language')).toBe(false)
    expect(new Set(all.taxonomy_terms.map((term) => term.language))).toEqual(new Set([language]))
  })

  test('is the same without pages, one record a line', async () => {
    for (const kind of KINDS) {
      const response = await get(`/${kind}?lang=${language}&full=true&format=ndjson`, { 'accept-encoding': 'identity' })
      expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8')
      expect(lines(await response.text())).toEqual(all[kind])
    }
  })

  test('is the same record by record', async () => {
    for (const kind of KINDS) {
      for (const record of all[kind]) expect(await read(`/${kind}/${record.id}?lang=${language}`)).toEqual(record)
    }
  })

  test('lists the direct fields, and no more, unless all is asked for', async () => {
    const [service] = await readAll('services', `lang=${language}`)
    expect(service).toMatchObject({ id: all.services[0]?.id, organization: { name: expect.any(String) } })
    expect(Object.values(service as Item).filter(Array.isArray)).toEqual([])
    const [minimal] = (await read(`/services?lang=${language}&minimal=true`)).contents
    expect(Object.keys(minimal)).toEqual(['id', 'last_modified'])
  })
})

const reason = HSDS_SCHEMAS ? '' : ' (left out: HSDS_SCHEMAS does not name the folder of the official schemas)'

test.skipIf(!HSDS_SCHEMAS)(
  `every record follows the official schemas, without a property that they do not name${reason}`,
  async () => {
    const check = readHsdsSchemas(HSDS_SCHEMAS as string)
    let count = 0
    const faults: string[] = []
    const validate = (schema: string, record: Item) => {
      count++
      faults.push(...check(schema, record).map((fault) => `${schema} ${record.id}: ${fault}`))
    }
    for (const language of LANGUAGES) {
      for (const kind of KINDS) {
        const schema = SCHEMAS[kind]
        for (const record of await readAll(kind, `lang=${language}`)) validate(schema, record)
        for (const record of await readAll(kind, `lang=${language}&full=true`)) {
          validate(schema, record)
          validate(schema, await read(`/${kind}/${record.id}?lang=${language}`))
        }
        for (const record of lines(await (await get(`/${kind}?lang=${language}&format=ndjson`)).text())) validate(schema, record)
      }
      for (const { services = [], ...organization } of await readAll('organizations', `lang=${language}&full_service=true`)) {
        validate('organization', organization)
        for (const service of services) validate('service', service)
      }
    }
    console.log(`HSDS: ${count} records validated against the official schemas of 3.1`)
    expect(faults).toEqual([])
    expect(count).toBeGreaterThan(3_000)
    // What they would refuse, so that the check is known to look.
    const [service] = (await read('/services?full=true&per_page=1')).contents
    expect(check('service', { ...service, colour: 'blue' })).not.toEqual([])
    expect(check('service', { ...service, status: 'ACTIVE' })).not.toEqual([])
    expect(check('service', { ...service, organization: { ...service.organization, colour: 'blue' } })).not.toEqual([])
    expect(check('service', { ...service, last_modified: 'yesterday' })).not.toEqual([])
  },
  120_000,
)
