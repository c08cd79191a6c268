import { connect } from 'node:net'
import { serverAudits } from 'graphql-http'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { type HttpServer, listen } from './server.ts'

/** Through a port, as the public comes; each test ends with a plain query that must be answered. */
let app: TestApp
let server: HttpServer
let address: string
beforeAll(async () => {
  app = await createTestApp()
  server = await listen('127.0.0.1', 0, (event) => app.errors.push(event), {
    headersTimeout: 500,
    requestTimeout: 1_000,
    connectionsCheckingInterval: 100,
  })
  server.serve(app.answer)
  address = `http://127.0.0.1:${server.port}`
})
afterAll(async () => {
  await server.close()
  await app.close()
})
afterEach(async () => {
  const response = await post({ query: '{ lines { slug } }' })
  expect(response.status).toBe(200)
  expect((await response.json()).data.lines.length).toBeGreaterThan(3)
})

const JSON_TYPE = { 'content-type': 'application/json' }
const STRICT = { ...JSON_TYPE, accept: 'application/graphql-response+json' }
const post = (body: object | string, headers: Record<string, string> = STRICT) =>
  fetch(`${address}/graphql`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
const get = (params: Record<string, string>) => fetch(`${address}/graphql?${new URLSearchParams(params)}`)

/** What a refusal shows: its status and code, and that there is neither data nor anything of the inside. */
async function refusalOf(response: Response) {
  const text = await response.text()
  expect(text).not.toMatch(/\bat .*\(|node_modules|stack|Did you mean|prisma|originalError|0470 99 88 77|secret/i)
  const { data, errors, ...rest } = JSON.parse(text)
  // A field that may be absent is null beside its error; there is nothing else.
  expect({ values: Object.values(data ?? {}).filter((value) => value !== null), rest }).toEqual({ values: [], rest: {} })
  for (const { extensions } of errors)
    expect(Object.keys(extensions).filter((key) => !['code', 'problems', 'retryAfterSeconds'].includes(key))).toEqual([])
  return `${response.status} ${errors[0].extensions.code}`
}

/** Sends bytes as they are; all that comes back until the server ends the connection. */
const raw = (...pieces: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => {
      for (const piece of pieces) socket.write(piece)
    })
    socket.on('data', (data) => (answer += data)).on('close', () => resolve(answer))
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    )
  })

const REQUEST = 'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename } }'
const repeated = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index)).join(' ')
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('a document', () => {
  test.each<[what: string, query: string, code: string]>([
    ['of too many tokens', `{ services(filter: { needs: [${'"x" '.repeat(3_000)}] }) { totalCount } }`, 'QUERY_TOO_LARGE'],
    ['of very many tokens that make no document', '{ '.repeat(20_000), 'QUERY_TOO_LARGE'],
    ['of too many levels', `{ lines ${'{ fallback '.repeat(30)}{ slug }${' }'.repeat(30)} }`, 'QUERY_TOO_LARGE'],
    ['of too many aliases', `{ ${repeated(301, (index) => `a${index}: __typename`)} }`, 'QUERY_TOO_LARGE'],
    [
      'of too many aliases of one list',
      `{ ${repeated(60, (index) => `a${index}: services(first: 100) { edges { node { name description } } }`)} }`,
      'QUERY_TOO_LARGE',
    ],
    [
      'of too many fields in fragments',
      `{ ${repeated(40, () => '...f')} lines { ...g } } fragment f on Query { ${repeated(301, (index) => `a${index}: __typename`)} } fragment g on Line { slug }`,
      'QUERY_TOO_LARGE',
    ],
    [
      'of fragments that double, again and again',
      `{ ...f0 } ${repeated(30, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`)} fragment f30 on Query { ${repeated(301, (index) => `a${index}: __typename`)} }`,
      'QUERY_TOO_LARGE',
    ],
    ['of too many directives', `{ lines { slug ${'@include(if: true) '.repeat(600)} } }`, 'QUERY_TOO_LARGE'],
    ['of the same directive twice', '{ lines { slug @include(if: true) @include(if: true) } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['of a directive that nobody knows', '{ lines { slug @defer } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'that costs too much',
      '{ faqEntries(first: 100) { edges { node { services { faqEntries(first: 100) { edges { node { services { slug } } } } } } } } }',
      'QUERY_TOO_LARGE',
    ],
    [
      'that guesses at two references',
      '{ a: callback(reference: "x", phone: "1") { status } b: callback(reference: "y", phone: "1") { status } }',
      'QUERY_TOO_LARGE',
    ],
    [
      'that withdraws two requests',
      'mutation { a: cancelCallback(reference: "x", phone: "1") { __typename } b: eraseCallback(reference: "x", phone: "1") { __typename } }',
      'QUERY_TOO_LARGE',
    ],
    [
      'that asks the database again and again',
      `{ ${repeated(2, (index) => `a${index}: callbackSlots(line: "1718") { id }`)} }`,
      'QUERY_TOO_LARGE',
    ],
    ...['callbackRequest(id: "1") { id }', 'myCall { id }', 'auditEvents { totalCount }', 'colleagues { id }', 'tokens { id }'].map(
      (field): [string, string, string] => [
        `that asks twice for ${field}, which the database answers`,
        `{ a: ${field} ...b } fragment b on Query { b: ${field} }`,
        'QUERY_TOO_LARGE',
      ],
    ),
    ['that is none', '{{{', 'GRAPHQL_PARSE_FAILED'],
    ['that is empty', '', 'GRAPHQL_PARSE_FAILED'],
    ['of blanks only', '   ', 'GRAPHQL_PARSE_FAILED'],
    ['with a text that does not end', '{ line(slug: "0470 99 88 77', 'GRAPHQL_PARSE_FAILED'],
    ['with a deeply nested literal', `{ services(filter: { needs: ${nested(500)} }) { totalCount } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['with a literal nested ever deeper', `{ services(filter: { needs: ${nested(20_000)} }) { totalCount } }`, 'QUERY_TOO_LARGE'],
    [
      'with deeply nested objects',
      `{ findAid(situation: ${'{ text: '.repeat(400)}1${' }'.repeat(400)}) { urgency } }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['with a type nested deeply', `query ($a: ${'['.repeat(900)}Int${']'.repeat(900)}) { __typename }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['with a fragment that contains itself', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with a misspelled field', '{ servises { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with a misspelled argument', '{ line(slag: "1718") { slug } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with a misspelled enum value', '{ services(filter: { languages: [FRR] }) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with a misspelled type', '{ ...f } fragment f on Querry { __typename }', 'GRAPHQL_VALIDATION_FAILED'],
    ['with a misspelled variable', 'query ($slug: String!) { line(slug: $slag) { slug } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['of a subscription', 'subscription { lines { slug } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['of two operations without a choice', 'query a { __typename } query b { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('%s is refused', async (_what, query, code) => {
    // The second time it may go another way.
    for (let time = 0; time < 3; time++) expect(await refusalOf(await post({ query }))).toBe(`400 ${code}`)
  })

  test.each<[what: string, query: string, variables: object, code: string]>([
    ['a page that is too long', 'query ($n: Int) { services(first: $n) { totalCount } }', { n: 101 }, 'INVALID_INPUT'],
    ['a page of two billion', 'query ($n: Int) { services(first: $n) { edges { node { name } } } }', { n: 2_147_483_647 }, 'INVALID_INPUT'],
    ['a page of less than nothing', 'query ($n: Int) { services(first: $n) { totalCount } }', { n: -1 }, 'INVALID_INPUT'],
    [
      'a list that is too long',
      'query ($n: [String!]) { services(filter: { needs: $n }) { totalCount } }',
      { n: Array(5_000).fill('food') },
      'INVALID_INPUT',
    ],
    [
      'slots of too many days',
      'query ($n: Int) { callbackSlots(line: "liege-solidaire", days: $n) { id } }',
      { n: 1_000 },
      'INVALID_INPUT',
    ],
    ['a variable of the wrong form', REQUEST, { input: { phone: '0470 99 88 77', message: 'secret' } }, 'BAD_USER_INPUT'],
    ['a variable of the wrong type', REQUEST, { input: '0470 99 88 77' }, 'BAD_USER_INPUT'],
    ['variables that are a list', '{ lines { slug } }', ['0470 99 88 77'], 'BAD_REQUEST'],
  ])('%s is refused', async (_what, query, variables, code) => {
    for (let time = 0; time < 3; time++)
      expect(await refusalOf(await post({ query, variables }))).toMatch(new RegExp(`^(200|400) ${code}$`))
  })

  test('variables nested deeply are refused, and nothing of them comes back', async () => {
    const body = `{"query":${JSON.stringify(REQUEST)},"variables":{"input":${nested(20_000)}}}`
    expect(await refusalOf(await post(body))).toBe('400 BAD_USER_INPUT')
  })

  test('introspection is open: the schema is public', async () => {
    const { data } = await (await post({ query: '{ __schema { queryType { name } types { name description } } }' })).json()
    expect(data.__schema.types.find(({ name }: { name: string }) => name === 'CallbackReceipt').description).toMatch(/keeps of her request/)
  })

  test('introspection that turns in a circle is refused', async () => {
    const query = `{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } } } }`
    expect(await refusalOf(await post({ query }))).toBe('400 GRAPHQL_VALIDATION_FAILED')
  })
})

describe('a body', () => {
  const query = '{"query":"{ lines { slug } }"}'
  const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))
  test.each<[what: string, status: number, code: string, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>]>([
    ['as a web form', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/x-www-form-urlencoded' }, 'query={lines{slug}}'],
    ['in parts', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['as plain text, which needs no preflight', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'text/plain' }, query],
    ['as a bare document', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/graphql' }, '{ lines { slug } }'],
    ['of another JSON', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/json-patch+json' }, query],
    ['that hides its type', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'text/plain; application/json' }, query],
    ['of two types', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/json, text/plain' }, query],
    ['in UTF-16, said', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/json; charset=utf-16le' }, bytes(query, 'utf16le')],
    ['in Latin 1, said', 415, 'UNSUPPORTED_MEDIA_TYPE', { 'content-type': 'application/json;charset=iso-8859-1' }, bytes(query, 'latin1')],
    ['in Latin 1, not said', 400, 'BAD_REQUEST', JSON_TYPE, bytes('{"query":"{ lines { slug } } #é"}', 'latin1')],
    ['with a byte order mark', 400, 'BAD_REQUEST', JSON_TYPE, `\uFEFF${query}`],
    [
      'compressed, though nobody said it may be',
      400,
      'BAD_REQUEST',
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      bytes('H4sIAAAAAAAAA6tWKk4tKlKyUqpWyslMSi1SsqpWKi5JLElVqq0FAGlP3yIaAAAA', 'base64'),
    ],
    ['of several queries', 400, 'BAD_REQUEST', JSON_TYPE, `[${query},${query}]`],
    ['that is not JSON', 400, 'BAD_REQUEST', JSON_TYPE, '{"variables":{"phone":"0470 99 88 77"},}'],
    ['that is empty', 400, 'BAD_REQUEST', JSON_TYPE, ''],
    ['that is null', 400, 'BAD_REQUEST', JSON_TYPE, 'null'],
    ['that is a number', 400, 'BAD_REQUEST', JSON_TYPE, '7'],
    ['that asks for nothing', 400, 'BAD_REQUEST', JSON_TYPE, '{}'],
    ['whose query is a list', 400, 'BAD_REQUEST', JSON_TYPE, '{"query":["{ lines { slug } }"]}'],
    ['of more than 64 KB', 413, 'BODY_TOO_LARGE', JSON_TYPE, `{"query":"{ lines { slug } } #${'x'.repeat(70_000)}"}`],
    ['of many megabytes', 413, 'BODY_TOO_LARGE', JSON_TYPE, `{"query":"${'x'.repeat(8_000_000)}"}`],
  ])('%s is refused', async (_what, status, code, headers, body) => {
    const send = () => fetch(`${address}/graphql`, { method: 'POST', headers, body })
    for (let time = 0; time < 3; time++) expect(await refusalOf(await send())).toBe(`${status} ${code}`)
  })

  test('a record in four languages is long: who shows something to be known by may send it', async () => {
    const body = `{"query":"{ lines { slug } } #${'x'.repeat(300_000)}"}`
    const known = { ...JSON_TYPE, cookie: 'passerelle=x' }
    expect((await fetch(`${address}/graphql`, { method: 'POST', headers: known, body })).status).not.toBe(413)
    const longer = await fetch(`${address}/graphql`, { method: 'POST', headers: known, body: `${body}${' '.repeat(200_000)}` })
    expect(await refusalOf(longer)).toBe('413 BODY_TOO_LARGE')
  })

  test.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'Application/JSON ; Charset=utf8'])(
    'as %s is taken',
    async (type) => {
      const response = await post(query, { 'content-type': type })
      expect([response.status, Object.keys(await response.json())]).toEqual([200, ['data']])
    },
  )

  test('that comes too slowly is not waited for', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n'
    expect(await raw(head, '{')).toMatch(/^(HTTP\/1\.1 408 |$)/)
  })

  test('whose headers come too slowly is not waited for', async () => {
    expect(await raw('POST /graphql HTTP/1.1\r\nHost: a\r\n')).toMatch(/^(HTTP\/1\.1 408 |$)/)
  })

  test('that is shorter than was said is not waited for, and one that is longer is another request that cannot be read', async () => {
    const head = 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: '
    expect(await raw(`${head}200\r\n\r\n${query}`)).toMatch(/^(HTTP\/1\.1 408 |$)/)
    const answers = await raw(`${head}${query.length}\r\n\r\n${query}${query}`)
    expect(answers).toMatch(/HTTP\/1\.1 400 /)
  })

  test('told in two ways at once is refused', async () => {
    const answer = await raw('POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  })
})

describe('an address', () => {
  test('may ask, and must not change anything', async () => {
    expect((await get({ query: '{ lines { slug } }' })).status).toBe(200)
    const response = await get({ query: 'mutation { eraseCallback(reference: "x", phone: "y") { __typename } }' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('with a person in it is refused', async () => {
    expect(await refusalOf(await get({ query: '{ callback(reference: "x", phone: "0470 99 88 77") { status } }' }))).toMatch(
      /POST_REQUIRED$/,
    )
  })

  test('that is very long is refused', async () => {
    expect((await fetch(`${address}/graphql?query=${'x'.repeat(100_000)}`)).status).toBe(431)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'PROPFIND'])('asked by %s is refused', async (method) => {
    const response = await fetch(`${address}/graphql`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  })
})

describe('headers', () => {
  test('of a megabyte are refused', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(1_000_000)}\r\n\r\n`)
    // The connection may be gone before all was sent, and the answer with it.
    expect(answer).toMatch(/^(HTTP\/1\.1 431 |$)/)
  })

  test.each([
    ['accept-language', 'x-'.repeat(6_000)],
    ['accept-language', 'fr;q=0.1,'.repeat(1_500)],
    ['accept', '*/*,'.repeat(3_000)],
    ['accept-encoding', 'br;q=0.1,'.repeat(1_500)],
    ['x-forwarded-for', '1.1.1.1,'.repeat(1_500)],
    ['passerelle-site', 'x'.repeat(12_000)],
    ['origin', `https://${'x'.repeat(12_000)}.example`],
  ])('%s of 12 KB is read without harm', async (name, value) => {
    const response = await post({ query: '{ lines { slug } }' }, { ...JSON_TYPE, [name]: value })
    expect(response.status).toBe(200)
    expect((await response.text()).length).toBeLessThan(2_000)
  })

  test('a thousand of them are refused or cut, not worked through', async () => {
    const many = repeated(3_000, (index) => `X-${index}: y\r\n`).replaceAll('\r\n ', '\r\n')
    expect(await raw(`GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${many}\r\n`)).toMatch(/^(HTTP\/1\.1 (431|200) |$)/)
  })
})

describe('a bug', () => {
  test.each([undefined, 'development', 'production', 'test'])('shows nothing of itself with NODE_ENV %s', async (mode) => {
    vi.stubEnv('NODE_ENV', mode)
    const other = await createTestApp()
    const bug = () => Promise.reject(new Error('secret 0470 99 88 77'))
    const findMany = vi.spyOn(other.sql, 'query').mockImplementation(bug as never)
    const response = await other.fetch('/graphql', {
      method: 'POST',
      headers: STRICT,
      body: JSON.stringify({ query: '{ callback(reference: "x", phone: "0470998877") { status } }' }),
    })
    findMany.mockRestore()
    vi.unstubAllEnvs()
    expect(await refusalOf(response)).toMatch(/^(200|500) INTERNAL_SERVER_ERROR$/)
    expect(JSON.stringify(other.errors)).not.toMatch(/secret|0470/)
    expect(other.errors).toHaveLength(1)
    await other.close()
  })
})

describe('GraphQL over HTTP, through the port', () => {
  const all = () => serverAudits({ url: `${address}/graphql`, fetchFn: fetch })
  // The list does not depend on where the server is.
  const names = serverAudits({ url: 'http://127.0.0.1/graphql', fetchFn: fetch }).map(({ id, name }) => [id, name] as const)

  test('has as many audits as the library knows, none left out', () => {
    expect(names.length).toBeGreaterThanOrEqual(61)
    expect(new Set(names.map(([id]) => id)).size).toBe(names.length)
  })

  test.each(names)('%s: %s', async (id) => {
    const audit = all().find((one) => one.id === id)
    expect(await audit?.fn()).toMatchObject({ status: 'ok' })
  })
})
