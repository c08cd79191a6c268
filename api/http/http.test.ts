import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
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
    expect(response.headers.get('cache-control')).toMatch(/^public/)
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
    expect((await post(body, { 'content-length': String(body.length) })).status).toBe(413)
  })

  test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    expect((await app.fetch('/graphql', { method })).status).toBe(405)
  })

  test('a browser gets GraphiQL, from this server alone', async () => {
    const response = await app.fetch('/graphql', { headers: { accept: 'text/html' } })
    expect(response.headers.get('content-type')).toMatch(/text\/html/)
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

  test.each([
    ['too many tokens', `{ ${'a:lines{slug} '.repeat(1_000)}}`],
    ['too deep', `{ lines ${'{ fallback '.repeat(30)}{ slug }${' }'.repeat(30)} }`],
    [
      'too costly',
      `{ faqEntries(first: 100) { edges { node { services { faqEntries(first: 100) { edges { node { services { slug } } } } } } } } }`,
    ],
    ['not GraphQL', '{{{'],
    ['a deeply nested literal', `{ services(filter: { needs: ${'['.repeat(500)}${']'.repeat(500)} }) { totalCount } }`],
  ])('%s: a 4xx or an error without data, and the next query is answered', async (_what, query) => {
    const response = await post(JSON.stringify({ query }))
    const { data, errors } = (await response.json()) as { data?: unknown; errors: { extensions: { code: string } }[] }
    expect(data ?? null).toBeNull()
    expect(errors[0]?.extensions.code).toMatch(/^[A-Z_]+$/)
    expect(response.status).toBeLessThan(500)
    expect((await post('{"query":"{ lines { slug } }"}')).status).toBe(200)
  })

  test('a bug is answered without its message, and logged without it', async () => {
    vi.spyOn(app.db.callbackRequest, 'findFirst').mockRejectedValueOnce(new Error('secret 0470123456'))
    const response = await post(JSON.stringify({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' }))
    const text = await response.text()
    expect(text).not.toContain('secret')
    expect(JSON.parse(text).errors[0].extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' })
    expect(JSON.stringify(app.errors)).not.toContain('0470123456')
    expect(app.errors).toEqual([{ event: 'unexpected_error', code: 'Error', path: 'callback' }])
  })

  test('a database that does not answer is a 503 with Retry-After, and nothing else stops', async () => {
    vi.spyOn(app.db.callbackRequest, 'findFirst').mockRejectedValueOnce(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
    const response = await post(JSON.stringify({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' }))
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
    await vi.waitFor(async () =>
      expect((await preflight('https://commune.example')).headers.get('access-control-allow-origin')).toBe('https://commune.example'),
    )
  })
})

describe('the other addresses', () => {
  test.each([
    ['/health', 200],
    ['/ready', 200],
    ['/nowhere', 404],
    ['/../package.json', 404],
    ['/widgets/v1/..%2f..%2fserver%2fmain.js', 404],
  ])('%s answers %i', async (path, status) => {
    expect((await app.fetch(path)).status).toBe(status)
  })
})
