import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { serverAudits } from 'graphql-http'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const post = (body: string, headers: Record<string, string> = {}) =>
  app.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
const get = (query: string, headers: Record<string, string> = {}) => app.fetch(`/graphql?${new URLSearchParams({ query })}`, { headers })

describe('GraphQL over HTTP', () => {
  const audits = serverAudits({
    url: `${ORIGIN}/graphql`,
    fetchFn: (url: string, init?: RequestInit) => app.fetch(url.slice(ORIGIN.length), init),
  })
  test.each(audits.map((audit) => [audit.name, audit] as const))('%s', async (_name, audit) => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
})

describe('languages', () => {
  test.each([
    ['de', 'de'],
    ['fr-BE, nl;q=0.5', 'fr'],
    ['es, nl-BE;q=0.8, fr;q=0.3', 'nl'],
    ['*', 'fr'],
    ['', 'fr'],
    [';;q=x,,', 'fr'],
  ])('%j is answered in %s, and says so', async (accept, language) => {
    const response = await get('{ about { languages } }', { 'accept-language': accept })
    expect(response.headers.get('content-language')).toBe(language)
    expect(response.headers.get('vary')).toMatch(/accept-language/i)
    expect(await response.json()).toMatchObject({ data: { about: { languages: expect.arrayContaining([language.toUpperCase()]) } } })
  })
})

describe('what is accepted', () => {
  test('a query by GET, which may be cached for a while', async () => {
    const response = await get('{ lines { slug } }')
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test.each([
    '{',
    '{ nope }',
    '{ services(filter: { needs: ["nope"] }) { totalCount } }',
    '{ callback(reference: "x", phone: "1") { status } }',
  ])('an answer that tells of an error is not kept: %s', async (query) => {
    expect((await get(query)).headers.get('cache-control')).toBe('no-store')
  })

  test.each(['br', 'gzip'])('a long answer is sent as %s to whoever takes it, and says the same', async (encoding) => {
    const query = '{ needs { code label children { code label } } }'
    const response = await get(query, { 'accept-encoding': encoding })
    expect(response.headers.get('content-encoding')).toBe(encoding)
    const body = Buffer.from(await response.arrayBuffer())
    const plain = encoding === 'br' ? brotliDecompressSync(body) : gunzipSync(body)
    expect(plain.toString()).toBe(await (await get(query)).text())
    expect(body.length).toBeLessThan(plain.length / 2)
  })

  test('a mutation by GET is refused', async () => {
    const response = await get('mutation { requestCallback(input: {}) { __typename } }')
    expect(response.status).toBe(405)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/graphql', 'multipart/form-data; boundary=x', ''])(
    'a body of type %j is refused',
    async (type) => {
      const response = await post('{"query":"{ lines { slug } }"}', { 'content-type': type })
      expect(response.status).toBe(415)
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] })
    },
  )

  test('a body of more than 64 KB is refused, told or untold', async () => {
    const body = JSON.stringify({ query: `{ lines { slug } } #${'x'.repeat(70_000)}` })
    expect((await post(body)).status).toBe(413)
    const told = await post(body, { 'content-length': String(body.length) })
    expect(told.status).toBe(413)
    expect(await told.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] })
    expect(await (await post(body)).json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_TOO_LARGE' } }] })
  })

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    expect((await app.fetch('/graphql', { method })).status).toBe(405)
  })

  test('a browser gets GraphiQL, from this server alone', async () => {
    const response = await app.fetch('/graphql', { headers: { accept: 'text/html' } })
    expect(response.headers.get('content-type')).toMatch(/text\/html/)
    const etag = response.headers.get('etag') as string
    expect((await app.fetch('/graphql', { headers: { accept: 'text/html', 'if-none-match': etag } })).status).toBe(304)
    expect(await response.text()).not.toMatch(/<script[^>]+src="https?:/)
  })
})

describe('what is refused says why, and no more', () => {
  test('a misspelled field gets no hint at other names', async () => {
    const response = await post('{"query":"{ line { slog } needz { code } }"}', { accept: 'application/graphql-response+json' })
    const text = await response.text()
    expect(response.status).toBe(400)
    expect(text).not.toMatch(/did you mean/i)
    expect(JSON.parse(text).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
  })

  const nested = '['.repeat(500) + ']'.repeat(500)
  test.each([
    ['too many tokens', `{ services(filter: { needs: [${'"x" '.repeat(3_000)}] }) { totalCount } }`, 'QUERY_TOO_LARGE', 400],
    ['too deep', `{ lines ${'{ fallback '.repeat(30)}{ slug }${' }'.repeat(30)} }`, 'QUERY_TOO_LARGE', 400],
    ['too broad', `{ ${Array.from({ length: 301 }, (_, index) => `a${index}: __typename`).join(' ')} }`, 'QUERY_TOO_LARGE', 400],
    [
      'too costly',
      `{ faqEntries(first: 100) { edges { node { services { faqEntries(first: 100) { edges { node { services { slug } } } } } } } } }`,
      'QUERY_TOO_LARGE',
      400,
    ],
    [
      'two guesses at a reference',
      '{ a: callback(reference: "x", phone: "1") { status } ...f } fragment f on Query { b: callback(reference: "y", phone: "1") { status } }',
      'QUERY_TOO_LARGE',
      400,
    ],
    [
      'fragments that double, again and again',
      `{ ...f0 } ${Array.from({ length: 40 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f40 on Query { a: callback(reference: "x", phone: "1") { status } b: callback(reference: "y", phone: "1") { status } }`,
      'QUERY_TOO_LARGE',
      400,
    ],
    ['not GraphQL', '{{{', 'GRAPHQL_PARSE_FAILED', 400],
    ['a fragment that contains itself', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED', 400],
    ['a deeply nested literal', `{ services(filter: { needs: ${nested} }) { totalCount } }`, 'GRAPHQL_VALIDATION_FAILED', 400],
  ])('%s: refused without data, and the next query is answered', async (_what, query, code, status) => {
    const response = await post(JSON.stringify({ query }), { accept: 'application/graphql-response+json' })
    const { data, errors } = (await response.json()) as { data?: unknown; errors: { extensions: { code: string } }[] }
    expect({ data: data ?? null, code: errors[0]?.extensions.code, status: response.status }).toEqual({ data: null, code, status })
    expect((await post('{"query":"{ lines { slug } }"}')).status).toBe(200)
  })

  test.each([
    ['a variable of the wrong form', { variables: { input: { phone: '0470 99 88 77', message: 'secret' } } }, 'BAD_USER_INPUT'],
    ['a variable of the wrong type', { variables: { input: '0470 99 88 77' } }, 'BAD_USER_INPUT'],
    [
      'a wrong enum value',
      { variables: { input: { idempotencyKey: 'k', line: 'x', phone: 'x', noticeVersion: '1', language: '0470 99 88 77' } } },
      'BAD_USER_INPUT',
    ],
  ])('%s is not repeated', async (_what, extra, code) => {
    const query = 'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename } }'
    const text = await (await post(JSON.stringify({ query, ...extra }))).text()
    expect(text).not.toMatch(/0470|secret/)
    for (const error of JSON.parse(text).errors) expect(error.extensions).toEqual({ code })
  })

  test.each([
    ['a literal of the wrong type', 'mutation { requestCallback(input: { phone: 470998877 }) { __typename } }', /470998877/],
    ['a literal in the wrong place', '{ callback(reference: "0470998877" "0470998877") { status } }', /0470998877/],
    ['an enum value that does not exist', '{ services(filter: { languages: [p0470998877] }) { totalCount } }', /0470998877/],
  ])('%s is not repeated', async (_what, query, secret) => {
    expect(await (await post(JSON.stringify({ query }))).text()).not.toMatch(secret)
  })

  test('what cannot be measured, because an argument is null, is not run', async () => {
    const query = 'query ($s: String = "x") { lines { slug } communes(search: $s) { name } }'
    const response = await post(JSON.stringify({ query, variables: { s: null } }))
    expect(response.status).toBe(400)
    const { data, errors } = (await response.json()) as { data?: unknown; errors: { extensions: object }[] }
    expect({ data, code: errors[0]?.extensions }).toEqual({ data: undefined, code: { code: 'BAD_USER_INPUT' } })
  })

  test('a body that is not JSON is not repeated', async () => {
    const response = await post('{"variables":{"phone":"0470 99 88 77"},}')
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ errors: [{ message: 'POST body sent invalid JSON.', extensions: { code: 'BAD_REQUEST' } }] })
  })

  test('a bug is answered without its message, and logged without it', async () => {
    const query = vi.spyOn(app.sql, 'query').mockImplementation((() => Promise.reject(new Error('secret 0470123456'))) as never)
    const response = await post(JSON.stringify({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' }))
    query.mockRestore()
    const text = await response.text()
    expect(text).not.toContain('secret')
    expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(app.errors)).not.toContain('0470123456')
    expect(app.errors).toEqual([{ event: 'unexpected_error', code: 'Error', path: 'callback' }])
  })

  test('a bug is logged with the id of the request in which it showed', async () => {
    app.errors.length = 0
    const query = vi.spyOn(app.sql, 'query').mockImplementation((() => Promise.reject(new Error('secret'))) as never)
    const body = new Uint8Array(Buffer.from(JSON.stringify({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' })))
    const headers = { host: '127.0.0.1', 'content-type': 'application/json' }
    await app.answer({ method: 'POST', target: '/graphql', headers, body, id: 'a-1' })
    query.mockRestore()
    expect(app.errors).toEqual([{ event: 'unexpected_error', code: 'Error', path: 'callback', reqId: 'a-1' }])
  })

  test('a database that does not answer is a 503 with Retry-After, and nothing else stops', async () => {
    const away = () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
    const query = vi.spyOn(app.sql, 'query').mockImplementation(away as never)
    const response = await post(JSON.stringify({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' }))
    query.mockRestore()
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }] })
  })
})

describe('other origins', () => {
  const preflight = (origin: string) =>
    app.fetch('/graphql', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,passerelle-site' },
    })

  test('a known one may ask', async () => {
    const response = await preflight('http://localhost:9999')
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:9999')
    expect(response.headers.get('access-control-allow-headers')).toContain('passerelle-site')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test.each(['https://example.org', 'null', 'http://localhost.example.org', 'https://127.0.0.1:4000.example.org'])(
    '%s is not let in',
    async (origin) => {
      for (const response of [await preflight(origin), await get('{ lines { slug } }', { origin })]) {
        expect(response.headers.get('access-control-allow-origin')).toBeNull()
        expect(response.headers.get('vary')).toMatch(/origin/i)
      }
    },
  )

  test('one that a new site names is known as soon as the site is stored', async () => {
    await app.db.site.create({ data: { key: 'partner', name: 'Partner', origins: ['https://commune.example'], defaultLanguage: 'FR' } })
    await expect
      .poll(async () => (await preflight('https://commune.example')).headers.get('access-control-allow-origin'))
      .toBe('https://commune.example')
  })
})

describe('the other addresses', () => {
  test.each([
    ['/health', 200],
    ['/ready', 200],
    ['/nowhere', 404],
    ['/graphql/', 404],
    ['/../package.json', 404],
    ['/widgets/v1/..%2f..%2fserver%2fmain.js', 404],
  ])('%s answers %i', async (path, status) => {
    expect((await app.fetch(path)).status).toBe(status)
  })
})
