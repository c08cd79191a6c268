import { afterEach, describe, expect, test, vi } from 'vitest'
import { type FailureKind, type RequestFailed, send } from './client.ts'

const options = { api: 'https://api.example', site: 'demo', languages: ['de'] }
const answer = (body: unknown, status = 200) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
const spy = (result: () => Promise<Response>) => vi.spyOn(globalThis, 'fetch').mockImplementation(result)
const kindOf = async (result: () => Promise<Response>) => {
  spy(result)
  return send('query A { a }', {}, options).then(
    () => 'none',
    (error: RequestFailed) => error.kind,
  )
}

afterEach(() => vi.restoreAllMocks())

describe('send', () => {
  test('asks by GET without a header of its own, so that an answer can be cached', async () => {
    const fetched = spy(async () => answer({ data: { a: 1 } }))
    expect(await send('\n  query A($x: Int) {\n    a\n  }\n', { x: 1 }, options)).toEqual({ a: 1 })
    const [address, init] = fetched.mock.calls[0] ?? []
    const { pathname, searchParams } = new URL(String(address))
    expect([pathname, ...searchParams]).toEqual(['/graphql', ['query', 'query A($x: Int) { a }'], ['variables', '{"x":1}']])
    expect(init).toMatchObject({ headers: { accept: 'application/json', 'accept-language': 'de' }, credentials: 'omit' })
    expect(init?.method).toBeUndefined()
  })

  test.each([
    ['a mutation', 'mutation B { b }', {}],
    ['what is personal', 'query C { c }', { personal: true }],
  ])('sends %s by POST, with the site', async (_, document, more) => {
    const fetched = spy(async () => answer({ data: { b: 1 } }))
    await send(document, { phone: '0470123456' }, { ...options, ...more })
    const [address, init] = fetched.mock.calls[0] ?? []
    expect(address).toBe('https://api.example/graphql')
    expect(init).toMatchObject({ method: 'POST', headers: { 'passerelle-site': 'demo', 'content-type': 'application/json' } })
    expect(JSON.parse(String(init?.body))).toEqual({ query: document, variables: { phone: '0470123456' } })
  })

  test.each<[FailureKind, () => Promise<Response>]>([
    ['unreachable', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['limited', async () => answer({ errors: [{ message: 'slow down' }] }, 429)],
    ['rejected', async () => answer({ errors: [{ message: 'unknown site' }] }, 403)],
    ['rejected', async () => answer({ errors: [{ message: 'no', extensions: { code: 'ORIGIN_NOT_ALLOWED' } }], data: null })],
    ['rejected', async () => answer({ errors: [{ message: 'no', extensions: { code: 'UNKNOWN_SITE' } }], data: null })],
    ['failed', async () => answer({ errors: [{ message: 'broken' }], data: null })],
    ['failed', async () => answer('<h1>Bad gateway</h1>', 502)],
  ])('says that it was %s', async (kind, result) => {
    expect(await kindOf(result)).toBe(kind)
  })

  test.each([
    [429, 'limited'],
    [503, 'failed'],
  ])('gives the server’s words on when to come back (%i)', async (status, kind) => {
    const extensions = { code: 'X', retryAfterSeconds: 90 }
    spy(async () => answer({ errors: [{ message: 'Dans deux minutes.', extensions }], data: null }, status))
    const failure = send('query A { a }', {}, options)
    await expect(failure).rejects.toMatchObject({ kind, said: 'Dans deux minutes.', after: 90 })
  })

  test('says nothing of the server’s about another fault', async () => {
    spy(async () => answer({ errors: [{ message: 'A stack', extensions: { code: 'INTERNAL' } }], data: null }, 500))
    await expect(send('query A { a }', {}, options)).rejects.toMatchObject({ kind: 'failed', said: undefined })
  })

  test('asks the browser to go on when the page is left, where that is wanted', async () => {
    const fetched = spy(async () => answer({ data: { b: 1 } }))
    await send('mutation B { b }', {}, { ...options, keepalive: true })
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ keepalive: true })
  })

  test('says when the person is offline', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    expect(await kindOf(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('offline')
  })

  test('stops when it is interrupted', async () => {
    const controller = new AbortController()
    const signals: AbortSignal[] = []
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      signals.push(init?.signal as AbortSignal)
      controller.abort()
      throw new DOMException('', 'AbortError')
    })
    await expect(send('query A { a }', {}, { ...options, signal: controller.signal })).rejects.toThrow()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })
})
