import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import {
  type GraphQLObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
  getNamedType,
  isObjectType,
  parse,
  print,
  separateOperations,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { audienceOf, MATRIX } from '../access/rules/matrix.ts'
import { type App, createApp } from '../app.ts'
import { schema } from '../schema.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { READS, RUNS } from './documents.ts'
import type { Answer, Ask } from './exchange.ts'

/**
 * A public read may be answered by Yoga, by graphql-js or compiled code on the short way, or from memory: whoever asks must not be able to
 * tell. Each request here goes both ways, again and again, and all the answers must be one.
 */
let test_: TestApp
let short: App
let yoga: App
let age = 0
let now = NOW
/** What each way noted as unmet. */
let notes: { short: unknown[]; yoga: unknown[] }
beforeAll(async () => {
  test_ = await createTestApp()
  notes = { short: [], yoga: [] }
  const make = (way: 'short' | 'yoga') =>
    createApp({
      ...test_,
      unmet: { ...test_.unmet, note: (...note) => notes[way].push(note) },
      directory: { ...test_.directory, age: () => age },
      place: { ownOrigins: new Set([ORIGIN]), loopback: true },
      files: new Map(),
      clock: () => now,
      logError: () => {},
      shortWay: way === 'short',
    })
  short = make('short')
  yoga = make('yoga')
})
afterAll(() => test_.close())

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const post = (body: unknown, headers: Ask['headers'] = {}): Ask => ({
  method: 'POST',
  target: '/graphql',
  headers: { host: '127.0.0.1', 'content-type': 'application/json', ...headers },
  body: bytes(typeof body === 'string' ? body : JSON.stringify(body)),
})
const get = (params: Record<string, string>, headers: Ask['headers'] = {}): Ask => ({
  method: 'GET',
  target: `/graphql?${new URLSearchParams(params)}`,
  headers: { host: '127.0.0.1', ...headers },
  body: null,
})

const plain = ({ status, headers, body }: Answer) => ({ status, headers, body: body && Buffer.from(body).toString('latin1') })
const textOf = ({ body }: Answer) => Buffer.from(body ?? []).toString()

/** How often each request is asked on the short way: until its document is compiled, and from memory. */
const TIMES = 6

/** Asks both ways; the answer, which is the same each time. */
async function bothWays(ask: Ask, times = TIMES): Promise<Answer> {
  const expected = await yoga.answer(ask)
  for (let time = 1; time <= times; time++) {
    const answer = await short.answer(ask)
    expect({ time, ...plain(answer) }).toEqual({ time, ...plain(expected) })
  }
  return expected
}

const LIST = `query List($first: Int, $filter: ServiceFilter, $after: String) {
  services(first: $first, filter: $filter, after: $after) {
    totalCount
    edges { cursor node { id slug name description language status minimumAge virtual lastModified assuredDate
      organization { name kind commune { name province } phones { number languages } }
      phones { number description } needs { code label urgency } schedules { byday opensAt closesAt validFrom }
      serviceAreas { kind code name } locations { name latitude longitude } openingStatus { known open opensAt closesAt label } } }
    pageInfo { hasNextPage endCursor }
  }
}`
const SLUG = 'query Slug($slug: String!) { service(slug: $slug) { name description phones { number } openingStatus { label } } }'
const AID = `query Aid($situation: SituationInput!) { findAid(situation: $situation, first: 5) { urgency unmet emergencyPhones { number }
  matches { service { slug name } eligibility { verdict reasons } } faqEntries { slug } line { number openingStatus { label } } } }`

/** The widgets' own reads, and what they store, as they are sent: each with the fragments it uses. */
const widgets = [['callback/callback', 'callback/follow'], ['finder/finder']]
  .flatMap((names) =>
    Object.values(separateOperations(parse(names.map((name) => readFileSync(`widgets/${name}.graphql`, 'utf8')).join('\n')))).map(
      ({ definitions }) =>
        // The operation first, by which it is named below.
        [...definitions]
          .sort((a, b) => Number(b.kind === Kind.OPERATION_DEFINITION) - Number(a.kind === Kind.OPERATION_DEFINITION))
          .map(print)
          .join(' '),
    ),
  )
  .filter((text) => !/^mutation ((Move|Cancel|Erase)Callback|WithdrawAgreement)\b/.test(text))
/** Something that fits each variable of an operation, and something that does not. */
const FITTING: Record<string, unknown> = {
  search: 'liege',
  services: { search: 'courses', postalCode: '4000', needs: ['food'], openNow: false },
  questions: { search: 'facture' },
  more: false,
  after: null,
  first: 3,
  last: 2,
  filter: { needs: ['debt'], languages: ['FR', 'DE'] },
  slug: 'courses-liege',
  situation: { needs: ['food'], age: 70, postalCode: '4000', languages: ['FR'] },
  reference: 'x',
  phone: '0470123456',
  line: '1718',
  nisCode: '62063',
  postalCode: '4000',
}
const variablesOf = (text: string): Record<string, unknown> =>
  Object.fromEntries(
    [...new Set([...text.matchAll(/\$(\w+)\s*:/g)].map(([, name = '']) => name))].map((name) => [name, FITTING[name] ?? null]),
  )

type Asked = readonly (readonly [query: string, variables?: object])[]
const ofWidgets = (which: RegExp): Asked =>
  widgets.filter((text) => which.test(text)).map((text) => [text.replace(/\s+/g, ' '), variablesOf(text)])

/** By either method there are data, and no errors. */
const ANSWERED: Asked = [
  ...ofWidgets(/^query (CallbackChoices|CallbackTimes|FinderStart|FinderCommunes)\b/),
  [LIST, { first: 20 }],
  [LIST, { first: 20, filter: null, after: null }],
  [LIST, { first: 1, filter: { search: ' ', audiences: ['seniors'], languages: ['FR'], postalCode: '4000' } }],
  [LIST],
  [SLUG, { slug: 'courses-liege' }],
  [SLUG, { slug: 'nowhere' }],
  [SLUG, { slug: '__proto__' }],
  [AID, { situation: { needs: ['food'], postalCode: '4000', languages: ['FR'], openNow: true, text: '', audiences: [] } }],
  ['{ about { demonstration notice contentVersion languages contentReadAt } }'],
  ['{ about { __typename contentVersion } x: __typename }'],
  ['{ noticeChannels }'],
  ['{ needs { code ...f } } fragment f on Need { label children { ...g } } fragment g on Need { code label parent: __typename }'],
  ['{ lines { slug ... { name } ... on Line { number menu { position label service { slug } transfersTo { name } } } slug } }'],
  ['{ a: service(slug: "courses-liege") { slug } b: service(slug: "tele-accueil") { slug } a: service(slug: "courses-liege") { name } }'],
  ['{ service(slug: "__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0),x:(globalThis.hacked=1),y:(0") { slug } }'],
  ['query ($a: Boolean!) { lines { slug @skip(if: $a) name @include(if: $a) slug number } }', { a: true }],
  ['query ($a: Boolean!) { lines { slug @skip(if: $a) name @include(if: $a) number } }', { a: false }],
  [
    'query ($a: Boolean!) { ... @include(if: $a) { lines { slug } } ...f @skip(if: $a) } fragment f on Query { needs { code } }',
    { a: true },
  ],
  ['query ($at: DateTime = "2026-11-21T08:30:00Z") { lines { openingStatus(at: $at) { open label opensAt } } }'],
  ['query ($at: DateTime) { lines { openingStatus(at: $at) { open label opensAt } } }', { at: '2026-12-25T08:30:00+01:00' }],
  ['query ($at: DateTime) { lines { inService(at: $at) instead(at: $at) { slug } } }', { at: '2026-12-25T08:30:00+01:00' }],
  ['query ($at: DateTime!) { service(slug: "courses-liege") { openingStatus(at: $at) { label } } }', { at: '2026-12-25T08:30:00Z' }],
  ['query ($day: Date) { lines { menu(at: $day) { position } } }', { day: '2024-02-29' }],
  ['query ($at: DateTime) { lines { openingStatus(at: $at) { open label } } }'],
  ['{ lines { openingStatus(at: "2027-03-28T02:30:00+01:00") { open label closesAt } } }'],
  [
    'query ($s: SituationInput!) { services(first: 5) { edges { node { eligibility(situation: $s) { verdict reasons } } } } }',
    { s: { nisCode: '62063', languages: ['DE'] } },
  ],
  ['query ($l: [LanguageCode!]) { services(first: 2, filter: { languages: $l }) { totalCount } }', { l: 'DE' }],
  ['{ organizations(first: 3) { edges { node { a_b: name a: commune { b_c: name } services(last: 1) { totalCount } } } } }'],
  ['{ constructor: needs { toString: code hasOwnProperty: label } __proto__: lines { slug } }'],
]

/** By POST there are data; by GET it is refused, because a person typed or told some of it. */
const ANSWERED_BY_POST: Asked = [
  ...ofWidgets(/^query (FollowCallback|FinderAid)\b/),
  [LIST, { first: 1, filter: { search: 'é\'%_\\ "quoted" \u2028 😀' } }],
  ['{ services(filter: { search: "faim", needs: ["food"] }) { totalCount } }'],
  ['query ($search: String) { faqEntries(filter: { search: $search }) { totalCount } }', { search: 'facture' }],
  ['{ lines { slug } faqEntries(filter: { search: "facture" }) { totalCount } }'],
  [AID, { situation: { text: 'je veux mourir' } }],
  [AID, { situation: { needs: ['food'], postalCode: '4000', age: 80 } }],
  [AID, { situation: { needs: ['food'], audiences: ['isolated'] } }],
  ['{ findAid(situation: { age: 0 }) { urgency } }'],
  ...[{ age: 70 }, { audiences: ['isolated'] }, { text: 'seule' }].map((s): Asked[number] => [
    'query ($s: SituationInput!) { services(first: 5) { edges { node { eligibility(situation: $s) { verdict reasons } } } } }',
    { s },
  ]),
]

/** What is wrong, each in its way. */
const REFUSED: Asked = [
  ...ofWidgets(/^mutation/),
  ['{ nope }'],
  ['{'],
  [''],
  ['query A { needs { code } } query B { lines { slug } }'],
  ['query ($l: LanguageCode) { services(first: 2, filter: { languages: [DE], openNow: true }) { totalCount } }', { l: 'DE' }],
  ['{ services(filter: { needs: ["nope"] }) { totalCount } }'],
  ['{ services(first: -1) { totalCount } }'],
  ['{ lines { slug } callback(reference: "x", phone: 1) { status } }'],
  ['mutation { requestCallback(input: {}) { __typename } }'],
  ['{ lines { menu(at: "2026-13-45") { position } } }'],
  ['query ($day: Date) { lines { menu(at: $day) { position } } }', { day: '2026-02-31' }],
  ['query ($at: DateTime) { lines { inService(at: $at) } }', { at: '2026-02-31T10:00:00Z' }],
  ['query ($at: DateTime) { lines { inService(at: $at) } }', { at: 5 }],
  [AID, { situation: { needs: ['debt'], nisCode: '99999' } }],
  [LIST, { first: 101 }],
  [LIST, { first: 'x' }],
  [LIST, { filter: { search: 5 } }],
  [LIST, { after: 'unknown' }],
  [SLUG, {}],
  [SLUG, { slug: null }],
  [`{ faqEntries(first: 100) { edges { node { services { faqEntries(first: 100) { edges { node { services { slug } } } } } } } } }`],
  [`{ ${Array.from({ length: 301 }, (_, index) => `a${index}: __typename`).join(' ')} }`],
]

describe('each document, by POST and by GET', () => {
  const byPost = (query: string, variables?: object) => bothWays(post({ query, variables }))
  const byGet = (query: string, variables?: object) =>
    bothWays(get(variables ? { query, variables: JSON.stringify(variables) } : { query }))
  const resultOf = (answer: Answer) => JSON.parse(textOf(answer)) as { data?: object | null; errors?: { extensions: { code: string } }[] }
  const data = { data: expect.any(Object) }

  test('the operations of the widgets are among them, each once', () => {
    const all = [...ANSWERED, ...ANSWERED_BY_POST, ...REFUSED].map(([query]) => query)
    for (const text of widgets) expect(all.filter((query) => query === text.replace(/\s+/g, ' '))).toHaveLength(1)
  })

  test.each(ANSWERED.map(([query, variables]) => [query, variables] as const))('answered: %s %j', async (query, variables) => {
    expect(resultOf(await byPost(query, variables))).toEqual(data)
    expect(resultOf(await byGet(query, variables))).toEqual(data)
  })

  test.each(ANSWERED_BY_POST.map(([query, variables]) => [query, variables] as const))('by POST only: %s %j', async (query, variables) => {
    expect(resultOf(await byPost(query, variables))).toEqual(data)
    const refused = resultOf(await byGet(query, variables))
    expect(Object.values(refused.data ?? {}).filter((value) => value !== null)).toEqual([])
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(['POST_REQUIRED'])
  })

  test.each(REFUSED.map(([query, variables]) => [query, variables] as const))('refused: %s %j', async (query, variables) => {
    for (const answer of [await byPost(query, variables), await byGet(query, variables)]) {
      const { data: none, errors } = resultOf(answer)
      expect([none ?? null, errors?.[0]?.extensions.code]).toEqual([null, expect.stringMatching(/^(?!INTERNAL)/)])
    }
  })

  test('a document is the same in each language, after it was asked in others', async () => {
    for (const language of ['fr', 'de', 'nl', 'en', 'de, en;q=0.5', 'es', '*', '', ';;q=x,,']) {
      for (const body of [{ query: LIST, variables: { first: 20 } }, { query: widgets[0] }]) {
        await bothWays(post(body, { 'accept-language': language }), 3)
      }
    }
  })

  test('each variable shows its own answer', async () => {
    const slugs = test_.directory.current().services.map(({ slug }) => slug)
    for (const slug of slugs.slice(0, 60))
      expect(textOf(await bothWays(post({ query: SLUG, variables: { slug } }), 2))).not.toContain('null}}')
    for (let first = 0; first <= 100; first += 7) await bothWays(post({ query: LIST, variables: { first } }), 2)
  })

  test('an operation of several is the one that was named', async () => {
    const query = 'query A { needs { code } } query B { lines { slug } }'
    for (const operationName of ['A', 'B', 'C', '', null, 5]) await bothWays(post({ query, operationName }))
    for (const operationName of ['A', 'B', 'C', '']) await bothWays(get({ query, operationName }))
  })
})

describe('each way to ask', () => {
  const QUERY = { query: LIST, variables: { first: 20 } }
  const SMALL = { query: '{ lines { slug } }' }
  const ENCODINGS = ['gzip', 'br', 'gzip, deflate, br', 'br;q=0', 'identity', '*', 'gzip;q=0.5']
  const ACCEPTS = [
    'application/json',
    'application/graphql-response+json',
    'application/graphql-response+json, application/json;q=0.9',
    'application/json, text/plain, */*',
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed',
    'text/html,application/xhtml+xml,*/*;q=0.8',
    'text/html',
    'text/event-stream',
    'image/png',
    'application/*',
    '*/json',
    'application/json;charset=utf-8',
    'application/json;charset=latin1',
    'APPLICATION/JSON',
    '',
  ]
  const ORIGINS = [ORIGIN, 'http://localhost:9999', 'https://example.org', 'null', '']

  test.each(ENCODINGS)('accept-encoding %s', async (encoding) => {
    for (const body of [QUERY, SMALL]) await bothWays(post(body, { 'accept-encoding': encoding }))
  })
  test.each(ACCEPTS)('accept %s', async (accept) => {
    for (const body of [SMALL, { query: '{ nope }' }]) await bothWays(post(body, { accept }))
    await bothWays(get(SMALL, { accept }))
  })
  test.each(ORIGINS)('origin %s', async (origin) => {
    for (const ask of [post(SMALL, { origin }), get(SMALL, { origin }), post(SMALL, { origin, 'passerelle-site': 'demo' })])
      await bothWays(ask)
    await bothWays({ method: 'OPTIONS', target: '/graphql', headers: { origin, 'access-control-request-method': 'POST' }, body: null })
  })
  test.each(['HEAD', 'OPTIONS', 'PUT', 'DELETE'])('%s', async (method) => {
    await bothWays({ ...get(SMALL), method })
    await bothWays({ ...get(SMALL), target: '/graphql', method })
  })
  test.each([
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON',
    'text/plain',
    'application/json; x=y',
    '',
  ])('content-type %s', async (type) => void (await bothWays(post(SMALL, { 'content-type': type }))))
  test.each([
    '[]',
    '[{"query":"{ lines { slug } }"}]',
    'null',
    '"x"',
    '{"query":5}',
    '{"query":"{ lines { slug } }","variables":[]}',
    '{"query":"{ lines { slug } }","variables":"x"}',
    '{"query":"{ lines { slug } }","extensions":{"a":1}}',
    '{"query":"{ lines { slug } }","extensions":null}',
    '{"query":"{ lines { slug } }","other":1}',
    '{"query":"{ lines { slug } }","other":null}',
    '{"query":"{ nope }","query":"{ lines { slug } }"}',
    '\ufeff{"query":"{ lines { slug } }"}',
    '{"query":"{ lines { slug } }",}',
    '',
    ' {"query":"{ lines { slug } }"} ',
    '{"query":"{ lines { slug } # \\ud800 }"}',
  ])('a body %s', async (body) => void (await bothWays(post(body))))
  test.each([
    'query=%7Blines%7Bslug%7D%7D&query=%7Bneeds%7Bcode%7D%7D',
    'query=%7Blines%7Bslug%7D%7D&variables=',
    'query=%7Blines%7Bslug%7D%7D&variables=null',
    'query=%7Blines%7Bslug%7D%7D&variables=x',
    'query=%7Blines%7Bslug%7D%7D&variables=[]',
    'query=%7Blines%7Bslug%7D%7D&extensions=%7B%7D',
    'query=%7Blines%7Bslug%7D%7D&other=1',
    'query=%7Blines+%7Bslug%7D%7D',
    'query=%',
    'query',
    '',
    'variables={}',
  ])('an address with ?%s', async (search) => void (await bothWays({ ...get({}), target: `/graphql?${search}` })))

  test('content that nobody confirmed for long tells its age, by either way', async () => {
    const told = ({ headers }: Answer) => headers[headers.indexOf('passerelle-content-age') + 1]
    for (const [present, expected] of [
      [9_999, undefined],
      [10_000, '10'],
      [75_500, '75'],
      [0, undefined],
    ] as const) {
      age = present
      const answer = await bothWays(post(SMALL), 3)
      expect(answer.headers.includes('passerelle-content-age') ? told(answer) : undefined).toBe(expected)
      expect(textOf(await bothWays(post({ query: '{ about { contentReadAt } }' }), 3))).toContain(
        new Date(NOW.getTime() - present).toISOString(),
      )
    }
  })

  test('time passes: an answer is not older than its minute', async () => {
    const open = { query: '{ services(first: 100) { edges { node { openingStatus { open label } } } } }' }
    const seen = new Set<string>()
    for (let minute = 0; minute < 24 * 60; minute += 15) {
      now = new Date(NOW.getTime() + minute * 60_000)
      seen.add(textOf(await bothWays(post(open), 2)))
    }
    now = NOW
    expect([...seen][0]).toContain('"data"')
    expect(seen.size).toBeGreaterThan(2)
  })

  test('content changes: the next answer is of the new content', async () => {
    const ask = post({ query: SLUG, variables: { slug: 'tele-accueil' } })
    await bothWays(ask)
    for (const name of ['Un nom', 'Un autre nom']) {
      await test_.db.serviceTranslation.updateMany({ where: { service: { slug: 'tele-accueil' }, language: 'FR' }, data: { name } })
      await test_.directory.refresh()
      expect(textOf(await bothWays(ask, 2))).toContain(`"${name}"`)
    }
  })
})

describe('effects', () => {
  test('who was not helped is noted each time, and as by Yoga', async () => {
    const ask = post({ query: AID, variables: { situation: { needs: ['legal'], nisCode: '62063', age: 3, openNow: true } } })
    notes.short = []
    notes.yoga = []
    await bothWays(ask)
    await bothWays(
      post({
        query: `${AID.replace('{ findAid', '{ x: services(first: -1) { totalCount } findAid')}`,
        variables: { situation: { nisCode: '62063' } },
      }),
    )
    expect(notes.short).toHaveLength(notes.yoga.length * TIMES)
    expect(notes.short[0]).toEqual(notes.yoga[0])
  })

  test('no literal of a document becomes code', () => {
    expect((globalThis as { hacked?: unknown }).hacked).toBeUndefined()
  })

  test('every field of Query has been judged: read, run, or for Yoga alone', () => {
    const forYoga = ['callback', 'callbackEstimate', 'callbackSlots', 'viewer', ...FOR_STAFF]
    const judged = [...READS, ...RUNS, ...forYoga].filter((name) => name !== '__typename').sort()
    expect(judged).toEqual(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort())
  })
})

/** The fields of `Query` that are not for everyone. */
const FOR_STAFF = Object.entries(MATRIX.Query ?? {}).flatMap(([name, audience]) => (audience === 'EVERYONE' ? [] : [name]))

/** Numbers from 0 to 1 that look random, the same for each seed (the generator mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A small random document: fields, aliases, fragments, directives, arguments as literals and as variables. */
function randomDocument(number: () => number): { query: string; variables: Record<string, unknown> } {
  const variables = new Map<string, string>()
  const fragments: string[] = []
  let aliases = 0
  const chance = (share: number) => number() < share
  const selection = (type: GraphQLObjectType, depth: number): string => {
    const parts = Object.values(type.getFields()).flatMap((field) => {
      const inner = getNamedType(field.type)
      if (type === schema.getQueryType() && field.name === 'callback') return []
      // What is for the staff is refused both ways; with much of it hardly any document would be answered.
      if (audienceOf(type.name, field.name) !== 'EVERYONE' && chance(0.95)) return []
      if (!chance(type === schema.getQueryType() ? 0.15 : 0.35) || (!isLeafType(inner) && depth === 0) || field.name === 'eligibility')
        return []
      const args = field.args.flatMap((arg) => {
        if (!(arg.name in FITTING) || (!isNonNullType(arg.type) && chance(0.6))) return []
        if (arg.name === 'after' || (arg.name === 'last' && field.args.length > 1 && chance(0.9))) return []
        const plainType = getNamedType(arg.type)
        if (isLeafType(plainType) && !isListType(arg.type) && chance(0.4)) return [`${arg.name}: ${JSON.stringify(FITTING[arg.name])}`]
        variables.set(arg.name, String(arg.type))
        return [`${arg.name}: $${arg.name}`]
      })
      const alias = chance(0.2) ? `${['a', 'b', 'name', 'x_y'][Math.floor(number() * 4)]}${aliases++}: ` : ''
      const directive = chance(0.08) ? ` @${chance(0.5) ? 'skip' : 'include'}(if: ${chance(0.5)})` : ''
      const below = isObjectType(inner) ? ` ${selection(inner, depth - 1)}` : ''
      return [`${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${directive}${below}`]
    })
    if (chance(0.2)) parts.push('__typename')
    if (parts.length === 0) parts.push('__typename')
    if (chance(0.15)) {
      fragments.push(`fragment f${fragments.length} on ${type.name} { ${parts.join(' ')} }`)
      return `{ ...f${fragments.length - 1} }`
    }
    if (chance(0.1)) return `{ ... on ${type.name} { ${parts.join(' ')} } ${parts[0]} }`
    return `{ ${parts.join(' ')} }`
  }
  const body = selection(schema.getQueryType() as GraphQLObjectType, 4)
  const declared = [...variables].map(([name, type]) => `$${name}: ${type}`)
  return {
    query: `query ${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body} ${fragments.join(' ')}`,
    variables: Object.fromEntries([...variables.keys()].map((name) => [name, FITTING[name]])),
  }
}

test('any document', { timeout: 120_000 }, async () => {
  let answered = 0
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { query, variables } = randomDocument(numbersFrom(seed))
      const answer = await bothWays(post({ query, variables }))
      if (textOf(answer).startsWith('{"data":{')) answered++
    }),
    { numRuns: 150 },
  )
  expect(answered).toBeGreaterThan(60)
})
