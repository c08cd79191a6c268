import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HttpServer, listen } from './server.ts'

let server: HttpServer
let errors: object[]
let address: string
beforeEach(async () => {
  errors = []
  server = await listen('127.0.0.1', 0, (event) => errors.push(event))
  address = `http://127.0.0.1:${server.port}`
})
afterEach(() => server.close())

/** Sends bytes as they are; all that comes back. */
const raw = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (data) => (answer += data)).on('error', reject)
    socket.on('close', () => resolve(answer))
  })

describe('before it is ready', () => {
  test('GraphQL says so to any page, by a code', async () => {
    const response = await fetch(`${address}/graphql`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    expect({ status: response.status, body: await response.json() }).toEqual({
      status: 503,
      body: { errors: [{ message: expect.any(String), extensions: { code: 'STARTING' } }] },
    })
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toBe('retry-after')
  })

  test('a browser may ask whether it may ask', async () => {
    const response = await fetch(`${address}/graphql`, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toContain('passerelle-site')
  })

  test('it lives and is not ready', async () => {
    expect([(await fetch(`${address}/health`)).status, (await fetch(`${address}/ready`)).status]).toEqual([200, 503])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['a host with a space', 'GET / HTTP/1.1\r\nHost: a b:99999'],
    ['a port beyond all', 'GET / HTTP/1.1\r\nHost: a:99999'],
    ['a host with a name and password', 'GET / HTTP/1.1\r\nHost: a:b@c'],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: a/b'],
    ['a target without a slash', 'GET nowhere HTTP/1.1\r\nHost: a'],
    ['a target that is a star', 'OPTIONS * HTTP/1.1\r\nHost: a'],
  ])('%s is a 400 without detail', async (_what, head) => {
    server.serve(async () => new Response('here'))
    const answer = await raw(`${head}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toMatch(/\bat |node_modules|Error/)
  })

  test('but a whole URL as target is its path', async () => {
    server.serve(async (request) => new Response(new URL(request.url).pathname))
    expect(await raw('GET http://example.org/a?b HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*\r\n\/a\r\n/,
    )
  })

  test.each(['TRACE', 'PROPFIND', 'DELETE'])('the method %s shows no stack', async (method) => {
    server.serve(async () => new Response('here'))
    expect(await raw(`${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).not.toMatch(/\bat |node_modules/)
  })
})

test('a failure of the application is a 500 without detail, logged by its name', async () => {
  server.serve(async () => {
    throw Object.assign(new TypeError('secret 0470123456'), { code: 'E_X' })
  })
  const response = await fetch(address)
  expect({ status: response.status, body: await response.text() }).toEqual({ status: 500, body: 'unexpected\n' })
  expect(errors).toEqual([{ event: 'unexpected_error', code: 'TypeError E_X', path: 'http' }])
})

describe('stopping', () => {
  test('answers what it has received, and says that the connection ends', async () => {
    let finish = () => {}
    server.serve(() => new Promise((resolve) => (finish = () => resolve(new Response('late')))))
    const asked = fetch(`${address}/slow`)
    await expect.poll(() => finish.toString()).toContain('late')
    const closed = server.close()
    setTimeout(finish, 1_000)
    const response = await asked
    expect(await response.text()).toBe('late')
    expect(response.headers.get('connection')).toBe('close')
    await closed
    await expect(fetch(address)).rejects.toThrow()
  })

  test('is not ready any more, and does not wait for connections that say nothing', async () => {
    server.serve(async () => new Response('here'))
    const silent = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => silent.once('connect', resolve))
    const began = Date.now()
    const closed = server.close()
    const response = await fetch(`${address}/ready`)
    expect([response.status, await response.text()]).toEqual([503, 'stopping\n'])
    await closed
    expect(Date.now() - began).toBeLessThan(2_500)
  })
})
