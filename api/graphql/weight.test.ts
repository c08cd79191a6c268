import { complexityFromQuery } from '@pothos/plugin-complexity'
import { readFileSync } from 'node:fs'
import { Kind, parse, print } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schema } from '../schema.ts'
import { createTestApp, type TestApp } from '../testing/ask.ts'

/** What `http/bounds.ts` accepts. */
const LIMIT = 20_000
const weigh = (query: string, variables: Record<string, unknown> = {}) => complexityFromQuery(query, { schema, variables }).complexity
const aliases = (count: number, field: string) => Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')

const WORDS =
  'manger loyer facture electricite violance chaufage dettes logemnt medcin papiers enfants solitude nourriture expulsoin huissier ' +
  'allocation mazout vaccination courses transport traduction handicap scolaire vetements meubles juridique mediation garde creche emploi ' +
  'formation pension chomage mutuelle dentiste lunettes medicaments psychologue deuil couple separation tutelle'
const LONG = WORDS.repeat(2).slice(0, 500)

describe('the widgets’ own operations weigh less than a third of what is accepted', () => {
  const input = { idempotencyKey: 'key', line: '1718', phone: '0470 12 34 56', language: 'FR', noticeVersion: '1' }
  const callback = { input, reference: '7KM-4QX-9TQ', phone: '0470 12 34 56' }
  const variables = {
    search: LONG,
    services: { search: LONG, openNow: true, postalCode: '4000' },
    questions: { search: LONG },
    more: false,
    line: '1718',
    ...callback,
  }
  const situation = { text: LONG, needs: ['food'], audiences: ['seniors'], age: 70, postalCode: '4000', languages: ['FR'], openNow: true }
  const inputs: Record<string, object> = {
    FinderReport: { service: 'tele-accueil', topic: 'HOURS', message: LONG },
    ConfirmOutcome: { contacted: true, useful: false, stillNeeded: true },
  }
  const operations = [['callback/callback', 'callback/follow'], ['finder/finder']].flatMap((names) => {
    const { definitions } = parse(names.map((name) => readFileSync(`widgets/${name}.graphql`, 'utf8')).join('\n'))
    const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
    return definitions
      .filter((one) => one.kind === Kind.OPERATION_DEFINITION)
      .map((one) => [one.name?.value ?? '', { kind: Kind.DOCUMENT, definitions: [one, ...fragments] } as const] as const)
  })
  test.each(operations)('%s', (name, document) => {
    const weight = weigh(print(document), { ...variables, situation, first: 20, input: inputs[name] ?? input })
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThan(LIMIT / 3)
  })
})

describe('what costs much weighs much', () => {
  test('a search, also without a page', () => {
    const query = (count: number) => `query ($f: ServiceFilter) { ${aliases(count, 'services(first: 0, filter: $f) { totalCount }')} }`
    expect(weigh(query(130), { f: { search: LONG } })).toBeGreaterThan(LIMIT)
    expect(weigh(query(130), { f: { search: 'loyer' } })).toBeLessThan(LIMIT)
    expect(weigh(query(1), { f: { search: 'loyer loyer' } })).toBeGreaterThan(weigh(query(1), { f: { search: 'loyer' } }))
  })

  test.each([
    ['hours', 'openingStatus { open }'],
    ['hours at another moment', 'openingStatus(at: "2026-11-17T09:00:00Z") { open }'],
    ['verdicts', 'eligibility(situation: { age: 30 }) { verdict }'],
  ])('%s of many services', (_what, field) => {
    expect(weigh(`{ services(first: 100) { edges { node { ${aliases(60, field)} } } } }`)).toBeGreaterThan(LIMIT)
  })

  test('a verdict on long lists, more than on short ones', () => {
    const verdict = (needs: number) =>
      `{ service(slug: "x") { eligibility(situation: { needs: [${'"food" '.repeat(needs)}] }) { verdict } } }`
    expect(weigh(verdict(50))).toBeGreaterThanOrEqual(weigh(verdict(0)) + 10)
  })

  test('as many communes as are asked for', () => {
    const query = (first: string) => `{ communes(search: "4"${first}) { name nisCode postalCodes } }`
    expect(weigh(query(', first: 100'))).toBeGreaterThan(300)
    expect(weigh(query(', first: 1'))).toBeLessThan(weigh(query('')))
  })
})

describe('the heaviest that is accepted does not stop the others', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await createTestApp()
  })
  afterAll(() => app.close())

  // Milliseconds of processor. Without weights and caches these took up to 2.3 s; now 0.07 s, and the bound leaves room for slow machines.
  test.each([
    ['searches', `query ($f: ServiceFilter) { ${aliases(25, 'services(first: 0, filter: $f) { totalCount }')} }`, { f: { search: LONG } }],
    ['open now', `{ ${aliases(100, 'services(first: 0, filter: { openNow: true }) { totalCount }')} }`, {}],
    ['organizations', `{ ${aliases(100, 'organizations(first: 0, filter: { search: "cpas de liege" }) { totalCount }')} }`, {}],
    [
      'hours of lines',
      `{ lines { ${Array.from({ length: 35 }, (_, years) => `a${years}: openingStatus(at: "${2030 + years}-01-01T08:00:00Z") { label }`).join(' ')} } }`,
      {},
    ],
    [
      'whom to call in place of lines',
      `{ lines { ${Array.from({ length: 12 }, (_, years) => `a${years}: instead(at: "${2030 + years}-01-01T08:00:00Z") { slug }`).join(' ')} } }`,
      {},
    ],
  ])('%s', async (_what, query, variables) => {
    const times: number[] = []
    for (let run = 0; run < 3; run++) {
      const before = process.cpuUsage()
      const { errors } = await app.ask(query, variables)
      expect(errors).toBeUndefined()
      const { user, system } = process.cpuUsage(before)
      times.push((user + system) / 1_000)
    }
    expect(Math.min(...times)).toBeLessThan(500)
  })
})
