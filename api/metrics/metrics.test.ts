import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../app.ts'
import { type HttpServer, listen } from '../http/server.ts'
import { routeOf } from '../http/route.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { phoneNumber, requestCallback } from '../testing/callbacks.ts'
import { QUEUE, subscribe } from '../testing/events.ts'
import { staff } from '../testing/staff.ts'
import { openGauges } from './gauges.ts'
import { listenForMetrics } from './listen.ts'
import { type Meter, openMeter } from './meter.ts'

let app: TestApp
let meter: Meter
let server: HttpServer
let metrics: Awaited<ReturnType<typeof listenForMetrics>>
let address: string
const errors: object[] = []
beforeAll(async () => {
  app = await createTestApp()
  const clock = () => NOW
  meter = openMeter(openGauges({ db: app.db, sql: app.sql, clock, directory: app.directory, live: app.live }))
  const { answer } = createApp({
    ...app,
    place: { ownOrigins: new Set([ORIGIN]), loopback: true },
    files: new Map(),
    clock,
    viewerOf: async ({ headers }) => app.viewers.get(String(headers['test-viewer'])) ?? null,
    logError: (event) => errors.push(event),
    count: meter.operation,
  })
  server = await listen('127.0.0.1', 0, (event) => errors.push(event))
  server.serve(answer, (ask, status, ms) => meter.request(routeOf(ask), status, ms))
  address = `http://127.0.0.1:${server.port}`
  metrics = await listenForMetrics({ host: '127.0.0.1', port: 0 }, meter, (event) => errors.push(event))
})
afterAll(async () => {
  await metrics.close()
  await server.close()
  await app.close()
  expect(errors).toEqual([])
})

const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
const text = async () => (await fetch(metrics.address)).text()
/** The value of a series; undefined when it is not told. */
async function numberAt(series: string): Promise<number | undefined> {
  const line = (await text()).split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}
/** How much a series rises by what is done. */
async function rise(series: string, work: () => Promise<unknown>): Promise<number> {
  const before = (await numberAt(series)) ?? 0
  await work()
  return ((await numberAt(series)) ?? 0) - before
}

describe('what is counted', () => {
  test('requests by route and status, with their times', async () => {
    const count = 'passerelle_http_request_seconds_count{route="health",status="200"}'
    expect(await rise(count, () => Promise.all([1, 2, 3].map(() => fetch(`${address}/health`))))).toBe(3)
    expect(await rise('passerelle_http_request_seconds_count{route="other",status="404"}', () => fetch(`${address}/nowhere`))).toBe(1)
    expect(await numberAt('passerelle_http_request_seconds_bucket{le="+Inf",route="health",status="200"}')).toBe(await numberAt(count))
  })

  const operations = (kind: string, outcome: string) => `passerelle_graphql_operations_total{kind="${kind}",outcome="${outcome}"}`
  test.each<[what: string, kind: string, outcome: string, work: () => Promise<unknown>]>([
    ['reads, from memory and not', 'query', 'ok', () => Promise.all([1, 2, 3, 4, 5].map(() => post({ query: '{ lines { slug } }' })))],
    ['a query that fails', 'query', 'failed', () => post({ query: '{ viewer { id } colleagues { id } }' })],
    ['what cannot be read', 'none', 'failed', () => post({ query: '{' })],
  ])('%s', async (_what, kind, outcome, work) => {
    expect(await rise(operations(kind, outcome), work)).toBeGreaterThanOrEqual(1)
  })

  test('a request to be called back is a mutation, and makes the queue of its line longer', async () => {
    const ask: TestApp['ask'] = async (query, variables, headers) => {
      const response = await post({ query, variables }, headers)
      return { status: response.status, headers: response.headers, ...((await response.json()) as { data: any }) }
    }
    const queue = (line: string, state: string) => numberAt(`passerelle_queue_requests{line="${line}",state="${state}"}`)
    expect(await queue('liege-solidaire', 'waiting')).toBe(0)
    expect(await rise(operations('mutation', 'ok'), () => requestCallback({ ask }, { phone: phoneNumber(1) }))).toBe(1)
    // Asked at once again, the database is not.
    await expect.poll(() => queue('liege-solidaire', 'waiting'), { timeout: 15_000 }).toBe(1)
    expect([await queue('liege-solidaire', 'due'), await queue('liege-solidaire', 'overdue'), await queue('1718', 'waiting')]).toEqual([
      1, 0, 0,
    ])
    expect(await numberAt('passerelle_outbox_waiting{stage="event"}')).toBe(1)
    expect(await numberAt('passerelle_audit_rows_unchained')).toBeGreaterThanOrEqual(1)
    expect(await numberAt('passerelle_deliveries_dead')).toBe(0)
  })

  test('who watches the queue', async () => {
    const { headers } = await staff(app)
    const subscribed = () => subscribe((path, init) => fetch(`${address}${path}`, init), QUEUE, headers)
    let events: Awaited<ReturnType<typeof subscribed>> | undefined
    expect(
      await rise(operations('subscription', 'ok'), async () => {
        events = await subscribed()
      }),
    ).toBe(1)
    expect(await numberAt('passerelle_streams_open')).toBe(1)
    await events?.close()
    await expect.poll(() => numberAt('passerelle_streams_open')).toBe(0)
  })

  test('two who ask at the same moment are told the same, by one look into the database', async () => {
    const query = vi.spyOn(app.sql, 'query')
    const clock = () => NOW
    const other = openMeter(openGauges({ db: app.db, sql: app.sql, clock, directory: app.directory, live: app.live }))
    const told = await Promise.all([other.text(), other.text(), other.text()])
    for (const one of told) expect(one).toMatch(/^passerelle_queue_requests\{line="liege-solidaire",state="waiting"\} \d+$/m)
    expect(query.mock.calls.filter(([asked]) => String(asked).includes('"outbox_event"')).length).toBe(1)
    query.mockRestore()
  })

  test('the process itself', async () => {
    for (const series of ['nodejs_eventloop_lag_seconds', 'nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']) {
      expect(await numberAt(series)).toBeGreaterThan(0)
    }
    expect(await text()).toMatch(/^passerelle_build_info\{version="\d+\.\d+\.\d+",node="v\d+[^"]*"\} 1$/m)
    expect(await numberAt('passerelle_database_connections{state="waiting"}')).toBe(0)
    expect(await numberAt('passerelle_database_up')).toBe(1)
    expect(await numberAt('passerelle_content_age_seconds')).toBeGreaterThanOrEqual(0)
  })
})

/** All that tells one number from another, but for kinds of garbage collections, which come when they come. */
const seriesOf = (told: string) =>
  new Set(told.split('\n').flatMap((line) => (/^(#|nodejs_gc)/.test(line) ? [] : [line.replace(/ [^ ]*$/, '')])))

describe('what strangers send', () => {
  test('a thousand odd paths, methods, statuses, names and hosts make no number of their own, and none of it is told', async () => {
    const odd = async (index: number) => {
      const word = `zzq${index}`
      await fetch(`${address}/${word}/${phoneNumber(index).replaceAll(' ', '')}?${word}`, {
        headers: { 'user-agent': word, 'x-request-id': word },
      })
      await fetch(`${address}/widgets/v1/${word}.js`)
      await fetch(`${address}/graphql/${word}`)
      await fetch(`${address}/__proto__${word}`, { method: 'DELETE' })
      await post({ query: `query ${word} { ${word}: noticeChannels }`, operationName: word })
      await post({ query: `query ${word} { ${word} }` })
      await post({ query: `subscription ${word} { ${word} }` }, { accept: 'text/event-stream' })
    }
    await odd(0)
    const before = seriesOf(await text())
    for (let index = 1; index <= 1_000; index += 20) await Promise.all(Array.from({ length: 20 }, (_, more) => odd(index + more)))
    const told = await text()
    expect([...seriesOf(told)].filter((one) => !before.has(one))).toEqual([])
    expect(told).not.toMatch(/zzq|(?<![\d.])0470/)
    expect(before.size).toBeLessThan(400)
  }, 120_000)
})

describe('the port of the numbers', () => {
  test('knows nothing else', async () => {
    const at = (path: string, method = 'GET') => fetch(new URL(path, metrics.address), { method })
    const statuses = await Promise.all([at('/'), at('/graphql', 'POST'), at('/metrics/'), at('/metrics', 'POST'), at('/metrics?a=b')])
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 404, 404, 200])
    expect((await at('/metrics')).headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  })

  test('is not the public’s', async () => {
    expect((await fetch(`${address}/metrics`)).status).toBe(404)
  })
})

test('while the database is away, what is in it is not told, and all else is', async () => {
  const away = { totalCount: 2, idleCount: 1, waitingCount: 3, query: () => Promise.reject(new Error('away')) }
  const { text: told } = openMeter(
    openGauges({ db: app.db, sql: away as never, clock: () => NOW, directory: app.directory, live: app.live }),
  )
  const lines = (await told()).split('\n')
  expect(lines).toContain('passerelle_database_up 0')
  expect(lines).toContain('passerelle_database_connections{state="in_use"} 1')
  expect(lines).toContain('passerelle_database_connections{state="waiting"} 3')
  expect(lines.filter((line) => /^passerelle_(queue|outbox|deliveries|audit)/.test(line))).toEqual([])
})
