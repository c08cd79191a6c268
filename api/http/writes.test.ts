import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import { NO_LIMITS } from '../limits/limits.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'

/** The same request by the short way and through Yoga. */
let app: TestApp
const ways: Record<'short' | 'yoga', ReturnType<typeof createApp>> = {} as never
beforeAll(async () => {
  app = await createTestApp()
  for (const way of ['short', 'yoga'] as const)
    ways[way] = createApp({
      ...app,
      limits: NO_LIMITS,
      place: { ownOrigins: new Set([ORIGIN]), loopback: true },
      files: new Map(),
      clock: () => NOW,
      logError: () => {},
      shortWay: way === 'short',
    })
})
afterAll(() => app.close())

const RECEIPT = `__typename
  ... on CallbackReceipt { reference status requestedAt masked slot { id } expected { label } line { slug name } }
  ... on UserError { message }
  ... on InvalidInput { problems { path code message } }
  ... on SlotTaken { slots { id dayLabel } }`
const DOCUMENT = `mutation Ask($input: RequestCallbackInput!) { requestCallback(input: $input) { ${RECEIPT} } }`
let phones = 0
const input = () => ({
  idempotencyKey: crypto.randomUUID(),
  line: 'liege-solidaire',
  phone: `0470 ${200_000 + phones++}`,
  language: 'FR',
  noticeVersion: '1',
})

const send = async (way: 'short' | 'yoga', body: object, headers: Record<string, string> = {}) => {
  const all = { 'content-type': 'application/json', 'passerelle-site': 'demo', 'accept-language': 'de', ...headers }
  const response = await ways[way].fetch(new Request(`${ORIGIN}/graphql`, { method: 'POST', headers: all, body: JSON.stringify(body) }))
  return { status: response.status, headers: [...response.headers], text: await response.text() }
}
/** Without what differs by nature: the reference that is drawn, and where an error stands in a text that is no longer looked at. */
const tidy = ({ status, headers, text }: Awaited<ReturnType<typeof send>>) => ({
  status,
  headers: headers.filter(([name]) => name !== 'content-length'),
  text: text.replace(/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/, 'REF').replace(/"locations":\[[^\]]*\],/g, ''),
})

test.each([
  ['a request', () => ({ query: DOCUMENT, variables: { input: input() } })],
  ['one with problems', () => ({ query: DOCUMENT, variables: { input: { ...input(), phone: '12', line: 'nowhere', slot: 'x' } } })],
  [
    'one for a slot that is past',
    () => ({ query: DOCUMENT, variables: { input: { ...input(), slot: 'liege-solidaire@20261102T0800Z' } } }),
  ],
  ['variables that do not fit', () => ({ query: DOCUMENT, variables: { input: { ...input(), phone: 5 } } })],
  ['no variables', () => ({ query: DOCUMENT })],
  [
    'a literal',
    () => {
      const { idempotencyKey, phone } = input()
      return {
        query: `mutation { requestCallback(input: { idempotencyKey: "${idempotencyKey}", line: "1718", phone: "${phone}", language: DE, noticeVersion: "1" }) { ${RECEIPT} } }`,
      }
    },
  ],
  [
    'twice in one operation',
    () => ({
      query: `mutation ($input: RequestCallbackInput!) { a: requestCallback(input: $input) { __typename } b: requestCallback(input: $input) { __typename } }`,
      variables: { input: input() },
    }),
  ],
  [
    'with another mutation',
    () => ({
      query: `mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename } eraseCallback(reference: "a", phone: "b") { __typename } }`,
      variables: { input: input() },
    }),
  ],
])('%s is answered the same, however often it is asked', async (_what, body) => {
  for (let time = 0; time < 6; time++) expect(tidy(await send('short', body()))).toEqual(tidy(await send('yoga', body())))
})

test.each([
  ['from a site that does not exist', { 'passerelle-site': 'nobody' }],
  ['from a page that may not use the site', { origin: 'https://evil.example' }],
  ['in the other media type', { accept: 'application/graphql-response+json' }],
  ['compressed', { 'accept-encoding': 'gzip' }],
])('%s it is answered the same', async (_what, headers) => {
  for (let time = 0; time < 6; time++) {
    const body = () => ({ query: DOCUMENT, variables: { input: input() } })
    expect(tidy(await send('short', body(), headers))).toEqual(tidy(await send('yoga', body(), headers)))
  }
})

test('what has run by the short way and failed is told, and not run again', async () => {
  let stored = 0
  const requests = app.sql.query.bind(app.sql)
  const body = { query: DOCUMENT, variables: { input: input() } }
  for (let time = 0; time < 4; time++) await send('short', { query: DOCUMENT, variables: { input: input() } })
  app.sql.query = ((query: { name?: string }) => {
    if (query.name === 'callback_under_key') return requests(query as never)
    stored++
    return Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))
  }) as never
  try {
    const answer = await send('short', body)
    expect(stored).toBe(1)
    expect(answer.status).toBe(503)
    expect(Object.fromEntries(answer.headers)['retry-after']).toBe('5')
    expect(JSON.parse(answer.text).errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE')
  } finally {
    app.sql.query = requests as never
  }
  expect((await send('short', body)).status).toBe(200)
})
