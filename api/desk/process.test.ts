import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { makeToken } from '../access/actions/tokens.ts'
import { createClient, type DatabaseClient } from '../db/open.ts'
import { phoneNumber, requestCallback } from '../testing/callbacks.ts'
import { administer, databaseUrl } from '../testing/database.ts'
import { type Events, QUEUE, subscribe } from '../testing/events.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, startServer } from '../testing/server.ts'

/** Built servers, as `npm start` runs them, on one PostgreSQL and with one key file. */
const NAME = `passerelle_test_${randomBytes(6).toString('hex')}`
let folder: string
let base: { DATA_DIR: string; DATABASE_URL: string; LIMITS: string }
let database: DatabaseClient
const servers: RunningServer[] = []
beforeAll(async () => {
  folder = await temporaryFolder()
  const { url, seeded } = inject('testServer')
  await administer(url, `CREATE DATABASE ${NAME} TEMPLATE ${seeded}`)
  base = { DATA_DIR: folder, DATABASE_URL: databaseUrl(url, NAME), LIMITS: 'off' }
  database = createClient(base.DATABASE_URL)
  // More are sent in a minute than a site sends in an hour.
  await database.client.site.updateMany({ data: { callbacksPerHour: 100_000 } })
})
afterAll(async () => {
  for (const server of servers) await server.stop()
  await database.close()
  await administer(inject('testServer').url, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`)
  await rm(folder, { recursive: true, force: true })
})

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({ ...base, ...env })
  servers.push(server)
  return server
}

/** A token of an agent of the city, as a header. */
async function agent(): Promise<{ authorization: string }> {
  const wanted = { role: 'AGENT', organization: 'ville-de-liege', days: '1', scopes: 'read,write' }
  const { token } = await makeToken(database.client, wanted, new Date())
  return { authorization: `Bearer ${token}` }
}

/** A client of a server. */
const clientOf = ({ address }: RunningServer) => ({
  async ask<T = any>(query: string, variables?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, headers: response.headers, ...((await response.json()) as { data: T }) }
  },
})

/** Watches the queue as a desk does: keeps the last number, and when each was first seen. */
class Desk {
  readonly headers: Record<string, string>
  readonly seen = new Map<number, number>()
  waiting = -1
  /** `complete`, or that the connection broke. */
  ending: Promise<'complete' | 'broken'> = Promise.resolve('broken')

  constructor(headers: Record<string, string>) {
    this.headers = headers
  }

  async connect({ address }: RunningServer): Promise<void> {
    const events = await subscribe((path, init) => fetch(`${address}${path}`, init), QUEUE, this.headers)
    expect(events.response.status).toBe(200)
    this.waiting = -1
    this.ending = this.#follow(events).catch(() => 'broken')
    await expect.poll(() => this.waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(0)
  }

  async #follow(events: Events): Promise<'complete' | 'broken'> {
    for (;;) {
      const event = await events.next()
      if (!event) return 'broken'
      if (event.event === 'complete') return 'complete'
      this.waiting = event.data.data.callbackQueue.waiting
      for (let count = this.waiting; count > 0 && !this.seen.has(count); count--) this.seen.set(count, performance.now())
    }
  }
}

const sorted = (values: number[]) => [...values].sort((a, b) => a - b)
const share = (values: number[], of: number) => sorted(values)[Math.ceil(values.length * of) - 1] ?? Number.NaN
const told = (values: number[]) =>
  `p50 ${Math.round(share(values, 0.5))} ms, p95 ${Math.round(share(values, 0.95))} ms, of ${values.length}`

let phones = 0
const newPhone = () => phoneNumber(500_000 + phones++)

test('three processes tell each other’s changes, one of them wins a claim, and one that is killed is not missed', async () => {
  const [one, two, three] = (await Promise.all([start(), start(), start()])) as [RunningServer, RunningServer, RunningServer]
  const desks = [new Desk(await agent()), new Desk(await agent()), new Desk(await agent())] as const
  const at = [one, two, three] as const
  for (const [index, desk] of desks.entries()) await desk.connect(at[index] as RunningServer)
  expect(desks.map(({ waiting }) => waiting)).toEqual([0, 0, 0])

  const own: number[] = []
  const across: number[] = []
  for (let change = 1; change <= 102; change++) {
    const where = change % 3
    await requestCallback(clientOf(at[where] as RunningServer), { phone: newPhone() })
    // From the moment when the request is acknowledged: it is on disk then.
    const stored = performance.now()
    await expect.poll(() => desks.every(({ seen }) => seen.has(change)), { timeout: 10_000, interval: 5 }).toBe(true)
    for (const [index, { seen }] of desks.entries()) {
      const late = Math.max(0, (seen.get(change) ?? Number.NaN) - stored)
      if (index === where) own.push(late)
      else across.push(late)
    }
  }
  console.log(`Seen in the same process: ${told(own)}; in another: ${told(across)}.`)
  // The promise is 1 and 2 s; a machine that does other things as well may take longer.
  expect(share(own, 0.95)).toBeLessThan(5_000)
  expect(share(across, 0.95)).toBeLessThan(5_000)

  const [row] = await database.client.callbackRequest.findMany({ orderBy: { position: 'asc' }, take: 1 })
  const claim = `mutation ($id: ID!) { claimCallback(id: $id) { __typename ... on Conflict { code } } }`
  const agents = await Promise.all(Array.from({ length: 20 }, agent))
  const claims = await Promise.all(
    agents.map((headers, index) => clientOf(at[index % 3] as RunningServer).ask(claim, { id: row?.id }, headers)),
  )
  const results = claims.map(({ data }) => [data.claimCallback.__typename, data.claimCallback.code].filter(Boolean).join(' '))
  expect(results.filter((result) => result === 'CallbackRequest')).toHaveLength(1)
  expect(results.filter((result) => result === 'Conflict claimed_by_other')).toHaveLength(19)
  await expect.poll(() => desks.map(({ waiting }) => waiting), { timeout: 15_000 }).toEqual([101, 101, 101])

  await three.stop('SIGKILL')
  expect(await desks[2].ending).toBe('broken')
  await requestCallback(clientOf(one), { phone: newPhone() })
  await desks[2].connect(two)
  await expect.poll(() => desks.map(({ waiting }) => waiting), { timeout: 15_000 }).toEqual([102, 102, 102])
  await requestCallback(clientOf(two), { phone: newPhone() })
  await expect.poll(() => desks.map(({ waiting }) => waiting), { timeout: 15_000 }).toEqual([103, 103, 103])
})

test('SIGTERM completes the streams, finishes what is under way, and ends the process within ten seconds', async () => {
  const server = await start()
  const desks = await Promise.all(Array.from({ length: 12 }, async () => new Desk(await agent())))
  for (const desk of desks) await desk.connect(server)
  const waiting = desks[0]?.waiting ?? 0
  const under = Array.from({ length: 20 }, () => requestCallback(clientOf(server), { phone: newPhone() }))
  // They are being answered.
  await Promise.race(under)
  const asked = performance.now()
  const stopped = server.stop()
  expect(new Set(await Promise.all(desks.map(({ ending }) => ending)))).toEqual(new Set(['complete']))
  const completed = performance.now() - asked
  for (const reference of await Promise.all(under)) expect(reference).toMatch(/^\w{3}-\w{3}-\w{3}$/)
  await stopped
  expect(performance.now() - asked).toBeLessThan(10_000)
  expect(server.output()).toContain('Stopped.')
  expect(server.output()).not.toMatch(/unexpected|\n\s+at /)
  console.log(
    `Streams were complete after ${Math.round(completed)} ms, the process ended after ${Math.round(performance.now() - asked)} ms.`,
  )
  const next = await start()
  const desk = new Desk(await agent())
  await desk.connect(next)
  expect(desk.waiting).toBe(waiting + 20)
})

test('a stream ends within a minute of its token’s end, and a dead token opens none', async () => {
  const server = await start()
  const headers = await agent()
  const desk = new Desk(headers)
  await desk.connect(server)
  await database.client.apiToken.updateMany({ data: { revokedAt: new Date() } })
  const asked = performance.now()
  expect(await desk.ending).toBe('complete')
  expect(performance.now() - asked).toBeLessThan(60_000)
  const refused = await subscribe((path, init) => fetch(`${server.address}${path}`, init), QUEUE, headers)
  expect(refused.response.status).toBe(401)
})
