import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { input, phoneNumber, REQUEST, requestCallback } from '../testing/callbacks.ts'
import { Events, QUEUE, subscribe } from '../testing/events.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let url: string
beforeAll(async () => {
  app = await createTestApp()
  const [row] = await app.db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  url = row?.name ?? ''
})
afterAll(() => app.close())
const open: Events[] = []
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.callbackRequest.deleteMany()
})
afterEach(async () => {
  vi.useRealTimers()
  for (const one of open.splice(0)) await one.close()
  await expect.poll(() => app.live.watching()).toBe(0)
  expect(app.errors).toEqual([])
})

const watch = async (headers: Record<string, string>): Promise<Events> => {
  const events = await subscribe(app.fetch, QUEUE, headers)
  open.push(events)
  return events
}
const numbers = async (events: Events) => {
  const event = await events.next()
  const { waiting, due, overdue } = event?.data.data.callbackQueue ?? {}
  return [waiting, due, overdue]
}
const untilWaiting = (events: Events, count: number) => events.until(({ data }) => data?.data.callbackQueue.waiting === count)

describe('the live queue', () => {
  test('is told at once, and after each change, as events that nothing on the way holds back', async () => {
    const { headers } = await staff(app)
    const events = await watch({ ...headers, 'accept-encoding': 'br, gzip' })
    expect(events.response.status).toBe(200)
    expect(Object.fromEntries(events.response.headers)).toEqual({
      'cache-control': 'no-store, no-transform',
      'content-language': 'fr',
      'content-type': 'text/event-stream; charset=utf-8',
      vary: 'Accept-Language, Accept, Accept-Encoding, Origin',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    const first = await events.next()
    expect(first).toEqual({
      event: 'next',
      data: { data: { callbackQueue: { at: NOW.toISOString(), version: expect.any(String), waiting: 0, due: 0, overdue: 0 } } },
    })
    await requestCallback(app)
    const second = await events.next()
    expect(second?.data.data.callbackQueue).toMatchObject({ waiting: 1, due: 1, overdue: 0 })
    expect(second?.data.data.callbackQueue.version).not.toBe(first?.data.data.callbackQueue.version)
  })

  test('has another version when a list may look otherwise though the numbers are the same', async () => {
    await requestCallback(app)
    const { headers } = await staff(app)
    const events = await watch(headers)
    const before = (await events.next())?.data.data.callbackQueue
    await app.db.callbackRequest.updateMany({ data: { needCode: 'food' } })
    const after = (await events.next())?.data.data.callbackQueue
    expect(after).toMatchObject({ waiting: 1, due: 1 })
    expect(after.version).not.toBe(before.version)
  })

  test('counts what the viewer’s organizations run, and nothing of others', async () => {
    const city = await watch((await staff(app)).headers)
    const region = await watch((await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })).headers)
    expect([await numbers(city), await numbers(region)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ])
    await requestCallback(app, { line: '1718' })
    expect(await numbers(region)).toEqual([1, 1, 0])
    await requestCallback(app, { line: 'liege-solidaire', phone: phoneNumber(1) })
    // The city's next event is about its own request, not about the other one.
    expect(await numbers(city)).toEqual([1, 1, 0])
  })

  test('counts a person once, who is held not at all, and a lease that has run out again', async () => {
    const { viewer, headers } = await staff(app)
    await requestCallback(app)
    await requestCallback(app)
    const events = await watch(headers)
    expect(await numbers(events)).toEqual([1, 1, 0])
    const held = { status: 'CLAIMED', claimedById: viewer.id, claimedUntil: new Date(NOW.getTime() + 60_000) } as const
    await app.db.callbackRequest.updateMany({ where: { repeatOfId: null }, data: held })
    expect(await numbers(events)).toEqual([0, 0, 0])
    app.setTime(new Date(NOW.getTime() + 61_000))
    // Nothing has been written: time alone is noticed by the polling.
    expect(await numbers(events)).toEqual([1, 1, 0])
  })

  test('counts what is not to be called yet as waiting only, and what is late as overdue, as time passes', async () => {
    const { headers } = await staff(app)
    await requestCallback(app)
    await app.db.callbackRequest.updateMany({ data: { callFrom: new Date(NOW.getTime() + 3_600_000) } })
    const events = await watch(headers)
    expect(await numbers(events)).toEqual([1, 0, 0])
    app.setTime(new Date(NOW.getTime() + 3_600_000))
    expect(await numbers(events)).toEqual([1, 1, 0])
    app.setTime(new Date(NOW.getTime() + 40 * 86_400_000))
    expect(await numbers(events)).toEqual([1, 1, 1])
  })

  test('is right again by itself when the connection that listens is killed and a notification is lost', async () => {
    const { headers } = await staff(app)
    const events = await watch(headers)
    expect(await numbers(events)).toEqual([0, 0, 0])
    const listeners = () =>
      app.db.$queryRaw`SELECT pid FROM pg_stat_activity WHERE datname = ${url} AND application_name = 'passerelle queue'`
    await expect.poll(listeners).toHaveLength(1)
    const before = await listeners()
    await app.db.$transaction([
      app.db.$executeRaw`ALTER TABLE callback_request DISABLE TRIGGER notify_queue`,
      app.db
        .$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${url} AND application_name = 'passerelle queue'`,
    ])
    await requestCallback(app)
    expect(await numbers(events)).toEqual([1, 1, 0])
    await requestCallback(app, { phone: phoneNumber(2) })
    // By polling alone.
    expect(await numbers(events)).toEqual([2, 2, 0])
    await app.db.$executeRaw`ALTER TABLE callback_request ENABLE TRIGGER notify_queue`
    await expect.poll(listeners).toHaveLength(1)
    expect(await listeners()).not.toEqual(before)
  })

  test('tells many changes together, and ends with the right number', async () => {
    const { headers } = await staff(app)
    const events = await watch(headers)
    await numbers(events)
    const began = performance.now()
    await Promise.all(Array.from({ length: 60 }, (_, index) => requestCallback(app, { phone: phoneNumber(100 + index) })))
    let told = 0
    await events.until(({ data }) => {
      told++
      return data.data.callbackQueue.waiting === 60
    })
    // One at once, and then one each 100 ms at most.
    expect(told).toBeLessThanOrEqual(2 + (performance.now() - began) / 100)
  })

  test('asks the database once for all who watch', async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, async () => watch((await staff(app)).headers)))
    for (const events of streams) await numbers(events)
    let asked = 0
    const query = app.sql.query
    app.sql.query = ((...args: [{ name?: string }]) => {
      if (/^(queue|desk)_/.test(args[0]?.name ?? '')) asked++
      return (query as (...all: unknown[]) => unknown).apply(app.sql, args)
    }) as typeof app.sql.query
    await app.db.callbackRequest.deleteMany()
    const [row] = await app.db.callbackRequest.findMany()
    expect(row).toBeUndefined()
    await requestCallback(app)
    for (const events of streams) await untilWaiting(events, 1)
    app.sql.query = query
    // Versions, rows and their calls, of the change and of what the clock may have asked meanwhile.
    expect(asked).toBeGreaterThanOrEqual(3)
    expect(asked).toBeLessThan(20)
  })
})

describe('who is let in', () => {
  test.each([
    ['the public', {}, 'UNAUTHENTICATED'],
    ['an editor', { role: 'EDITOR' }, 'FORBIDDEN'],
    ['a partner', { role: 'PARTNER' }, 'FORBIDDEN'],
    ['an administrator', { role: 'ADMINISTRATOR' }, 'FORBIDDEN'],
  ] as const)('not %s', async (_who, who, code) => {
    const headers = 'role' in who ? (await staff(app, who)).headers : {}
    const events = await watch(headers)
    expect((await events.next())?.data).toMatchObject({ errors: [{ path: ['callbackQueue'], extensions: { code } }] })
    expect(await events.next()).toEqual({ event: 'complete', data: null })
    expect(await events.next()).toBeNull()
  })

  test('five times at once, and the sixth is told to come back', async () => {
    const { headers } = await staff(app)
    const streams = await Promise.all(Array.from({ length: 5 }, () => watch(headers)))
    for (const events of streams) expect(await numbers(events)).toEqual([0, 0, 0])
    const sixth = await watch(headers)
    expect(sixth.response.status).toBe(429)
    expect(Number(sixth.response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await sixth.next())?.data.errors[0].extensions.code).toBe('TOO_MANY_REQUESTS')
    await streams[0]?.close()
    await expect.poll(() => app.live.watching()).toBe(4)
    expect(await numbers(await watch(headers))).toEqual([0, 0, 0])
    // Another one is not concerned.
    expect(await numbers(await watch((await staff(app)).headers))).toEqual([0, 0, 0])
  })

  test('five hundred in a process, and whoever comes beyond is told to come back', async () => {
    const { headers, viewer } = await staff(app)
    const many = Array.from({ length: 500 }, (_, index) => app.live.watch({ ...viewer, id: `one of many ${index}` }))
    const refused = await watch(headers)
    expect(refused.response.status).toBe(503)
    expect((await refused.next())?.data.errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE')
    for (const one of many) await one.return?.()
    expect(app.live.watching()).toBe(0)
    expect(await numbers(await watch(headers))).toEqual([0, 0, 0])
  })

  test.each([
    ['signed out', (_viewers: TestApp['viewers'], id: string) => _viewers.delete(id)],
    ['no agent any more', (viewers: TestApp['viewers'], id: string) => demote(viewers, id)],
  ])('until she is %s: within half a minute it is over', async (_what, lose) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const { headers, viewer } = await staff(app)
    const events = await watch(headers)
    await numbers(events)
    vi.advanceTimersByTime(30_000)
    await requestCallback(app)
    await untilWaiting(events, 1)
    lose(app.viewers, viewer.id)
    vi.advanceTimersByTime(30_000)
    expect((await events.until(({ event }) => event === 'complete')).data).toBeNull()
    expect(await events.next()).toBeNull()
  })
})

function demote(viewers: TestApp['viewers'], id: string): void {
  const viewer = viewers.get(id)
  if (viewer) viewers.set(id, { ...viewer, memberships: viewer.memberships.map((one) => ({ ...one, role: 'EDITOR' })) })
}

describe('a subscription', () => {
  const send = (path: string, init: RequestInit) => app.fetch(path, init)

  test('by GET is refused: it would be a link that any page can hold', async () => {
    const { headers } = await staff(app)
    const response = await send(`/graphql?${new URLSearchParams({ query: QUEUE })}`, {
      headers: { ...headers, accept: 'text/event-stream' },
    })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await response.text()).toContain('METHOD_NOT_ALLOWED')
  })

  test.each(['application/json', '*/*', 'application/graphql-response+json'])(
    'without asking for events (accept: %s) is refused',
    async (accept) => {
      const { headers } = await staff(app)
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers, accept },
        body: JSON.stringify({ query: QUEUE }),
      }
      const response = await send('/graphql', init)
      expect(response.status).toBe(406)
      expect(await response.text()).toContain('NOT_ACCEPTABLE')
      expect(app.live.watching()).toBe(0)
    },
  )

  test.each([
    ['to two things at once', 'subscription { a: callbackQueue { at } b: callbackQueue { at } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['to something that there is not', 'subscription { messages }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'that is too large',
      `subscription { callbackQueue { ${Array.from({ length: 301 }, (_, index) => `a${index}: at`).join(' ')} } }`,
      'QUERY_TOO_LARGE',
    ],
  ])('%s is refused', async (_what, query, code) => {
    const { headers } = await staff(app)
    const events = await subscribe(app.fetch, query, headers)
    expect((await events.next())?.data.errors[0].extensions.code).toBe(code)
    expect(await events.next()).toEqual({ event: 'complete', data: null })
    expect(app.live.watching()).toBe(0)
  })

  test('is the only thing that goes on: a query and a mutation asked for as events are one event each', async () => {
    const query = await subscribe(app.fetch, '{ noticeChannels }')
    expect([await query.next(), await query.next(), await query.next()]).toEqual([
      { event: 'next', data: { data: { noticeChannels: [] } } },
      { event: 'complete', data: null },
      null,
    ])
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'passerelle-site': 'demo' },
      body: JSON.stringify({ query: REQUEST, variables: { input: input() } }),
    }
    const mutation = new Events(await app.fetch('/graphql', init))
    expect((await mutation.next())?.data.data.requestCallback.__typename).toBe('CallbackReceipt')
    expect((await mutation.next())?.event).toBe('complete')
  })
})
