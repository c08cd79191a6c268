import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type HttpServer, listen } from './server.ts'
import { word } from './states.ts'

let server: HttpServer
let errors: object[]
let address: string
beforeEach(async () => {
  errors = []
  server = await listen('127.0.0.1', 0, (event) => errors.push(event))
  address = `http://127.0.0.1:${server.port}`
})
afterEach(() => server.close())

/** Sends bytes as they are; all that comes back. @param stay leave it to the server to end the connection */
const raw = (bytes: string, stay = false): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => (stay ? socket.write(bytes) : socket.end(bytes)))
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

test('it tells the application from which address it is asked, also over a connection that stays', async () => {
  const asked: (string | undefined)[] = []
  server.serve(({ remote }) => {
    asked.push(remote)
    return word(200, 'here')
  })
  const request = 'GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.1\r\n'
  await raw(`${request}\r\n${request}Connection: close\r\n\r\n`)
  expect(asked).toEqual(['127.0.0.1', '127.0.0.1'])
})

describe('a file', () => {
  const big = 'x'.repeat(200_000)
  const sendFile = (who: string, path = '/exchange/imports?format=questions') =>
    fetch(`${address}${path}`, { method: 'POST', headers: { cookie: who }, body: big })

  test('is read from who is known only, two at a time; a third is told to come back', async () => {
    const waiting: (() => void)[] = []
    server.serve(
      ({ body }) =>
        new Promise((resolve) => {
          const length = body instanceof Uint8Array ? body.length : 0
          if (length === 0) resolve(word(200, 'not read'))
          else waiting.push(() => resolve(word(200, String(length))))
        }),
      undefined,
      async ({ headers }) => headers.cookie === 'known=1',
    )
    const strangers = await Promise.all([1, 2, 3].map(() => sendFile('known=0').then((response) => response.text())))
    expect(strangers).toEqual(['not read\n', 'not read\n', 'not read\n'])
    const two = [sendFile('known=1'), sendFile('known=1')]
    await expect.poll(() => waiting.length).toBe(2)
    const third = await sendFile('known=1')
    expect([third.status, third.headers.get('retry-after')]).toEqual([503, '10'])
    // Its page says so itself.
    expect(await (await sendFile('known=1', '/edit/exchange?lang=fr')).text()).toBe('not read\n')
    for (const go of waiting) go()
    expect(await Promise.all(two.map(async (one) => (await one).text()))).toEqual(['200000\n', '200000\n'])
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
    server.serve(() => word(200, 'here'))
    const answer = await raw(`${head}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).not.toMatch(/\bat |node_modules|Error/)
  })

  test('but a whole URL as target is its path', async () => {
    server.serve(({ target }) => word(200, target))
    expect(await raw('GET http://example.org/a?b HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 [\s\S]*\r\n\/a\?b\n$/,
    )
  })

  test.each(['TRACE', 'PROPFIND', 'DELETE'])('the method %s shows no stack', async (method) => {
    server.serve(() => word(200, 'here'))
    expect(await raw(`${method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).not.toMatch(/\bat |node_modules/)
  })
})

test('a failure of the application is a 500 without detail, logged by its name', async () => {
  server.serve(async () => {
    throw Object.assign(new TypeError('secret 0470123456'), { code: 'E_X' })
  })
  const response = await fetch(address)
  expect({ status: response.status, body: await response.text() }).toEqual({ status: 500, body: 'unexpected\n' })
  const reqId = response.headers.get('x-request-id')
  expect(errors).toEqual([{ event: 'unexpected_error', code: 'TypeError E_X', path: 'http', reqId }])
})

describe('the id of a request', () => {
  const idFor = async (given?: string) => {
    const response = await fetch(address, given === undefined ? {} : { headers: { 'x-request-id': given } })
    return response.headers.get('x-request-id')
  }

  test.each(['3f8e4c1a-5b7d-4e2f-9a0b-1c2d3e4f5a6b', '3F8E4C1A-5B7D-4E2F-9A0B-1C2D3E4F5A6B', '4bf92f3577b34da6a3ce929d0e0e4736'])(
    '%s is kept, and told to the application',
    async (given) => {
      const told: (string | undefined)[] = []
      server.serve(({ id }) => {
        told.push(id)
        return word(200, 'here')
      })
      expect([await idFor(given), ...told]).toEqual([given, given])
    },
  )

  test.each([
    undefined,
    '',
    '0470998877',
    '+32470998877',
    'ada@example.org',
    'x'.repeat(2_000),
    '3f8e4c1a-5b7d-4e2f-9a0b-1c2d3e4f5a6b; a',
    '4bf92f3577b34da6a3ce929d0e0e473',
  ])('%j is none: it gets one of its own', async (given) => {
    server.serve(() => word(200, 'here'))
    const [one, other] = [await idFor(given), await idFor(given)]
    expect(one).toMatch(/^[\da-f]{12}-[\da-z]+$/)
    expect(other).not.toBe(one)
  })

  test('is also on what is no answer of the application', async () => {
    expect(await idFor()).toMatch(/^[\da-f]{12}-/)
    expect(await raw('GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n')).toMatch(/\r\nx-request-id: [\da-f]{12}-/)
  })
})

test('whoever observes is told of each answer, its status and its time', async () => {
  const seen: [string, number, number][] = []
  server.serve(
    async ({ target }) => {
      if (target === '/fails') throw new Error('x')
      return word(target === '/here' ? 200 : 404, 'x')
    },
    ({ target }, status, ms) => seen.push([target, status, ms]),
  )
  for (const path of ['/here', '/nowhere', '/fails']) await fetch(`${address}${path}`)
  expect(seen).toEqual([
    ['/here', 200, expect.any(Number)],
    ['/nowhere', 404, expect.any(Number)],
    ['/fails', 500, expect.any(Number)],
  ])
})

describe('bodies', () => {
  /** Answers with what it was brought. */
  const echo = () =>
    server.serve(({ body }) => word(200, body instanceof Uint8Array ? `${body.length} ${Buffer.from(body).toString()}` : String(body)))
  const post = (head: string, body = '') => `POST /graphql HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n${body}`
  const bodiesOf = (answer: string) =>
    answer
      .split(/HTTP\/1\.1 \d+ [^\r]*\r\n/)
      .slice(1)
      .map((one) => one.split('\r\n\r\n')[1])
  const LAST = 'Connection: close\r\n'

  test('requests sent at once on one connection are answered in order, whether at once or later', async () => {
    server.serve(({ body }) => {
      const answer = word(200, Buffer.from(body as Uint8Array).toString())
      return answer.body?.[0] === 97 ? new Promise((resolve) => setTimeout(resolve, 100, answer)) : answer
    })
    const answer = await raw(post('Content-Length: 1', 'a') + post('Content-Length: 1', 'b') + post(`${LAST}Content-Length: 1`, 'c'), true)
    expect(bodiesOf(answer)).toEqual(['a\n', 'b\n', 'c\n'])
    expect(answer.match(/content-length: 2/gi)).toHaveLength(3)
  })

  test('in pieces, empty and absent', async () => {
    echo()
    const chunked = '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n'
    const answer = await raw(
      `${post('Transfer-Encoding: chunked', chunked) + post('Content-Length: 0')}GET / HTTP/1.1\r\nHost: a\r\n${LAST}\r\n`,
    )
    expect(bodiesOf(answer)).toEqual(['5 abcde\n', '0 \n', 'null\n'])
  })

  test.each(['Content-Length: 70000', 'Transfer-Encoding: chunked'])('too long (%s): said so, and the connection goes on', async (head) => {
    echo()
    const long = 'x'.repeat(70_000)
    const body = head.startsWith('T') ? `${(70_000).toString(16)}\r\n${long}\r\n0\r\n\r\n` : long
    expect(bodiesOf(await raw(post(head, body) + post(`${LAST}Content-Length: 2`, 'ok')))).toEqual(['Symbol(too long)\n', '2 ok\n'])
  })

  test('of somebody who goes away in the middle: nothing is asked, and the next one is answered', async () => {
    let asked = 0
    server.serve(() => {
      asked++
      return word(200, 'here')
    })
    const socket = connect(server.port, '127.0.0.1', () => socket.write(post('Content-Length: 100', 'half')))
    await new Promise((resolve) => setTimeout(resolve, 100))
    socket.destroy()
    expect(bodiesOf(await raw(post(`${LAST}Content-Length: 1`, 'x')))).toEqual(['here\n'])
    expect({ asked, errors }).toEqual({ asked: 1, errors: [] })
  })
})

describe('stopping', () => {
  test('answers what it has received, and says that the connection ends', async () => {
    let finish = () => {}
    server.serve(() => new Promise((resolve) => (finish = () => resolve(word(200, 'late')))))
    const asked = fetch(`${address}/slow`)
    await expect.poll(() => finish.toString()).toContain('late')
    const closed = server.close()
    setTimeout(finish, 1_000)
    const response = await asked
    expect(await response.text()).toBe('late\n')
    expect(response.headers.get('connection')).toBe('close')
    await closed
    await expect(fetch(address)).rejects.toThrow()
  })

  test('is not ready any more, and does not wait for connections that say nothing', async () => {
    server.serve(() => word(200, 'here'))
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
