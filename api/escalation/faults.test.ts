import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openRunner, type Runner } from '../jobs/runner.ts'
import { outboxJobs } from '../jobs/ways.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { emptyCases, endpoint, handOver, makePartner } from '../testing/partners.ts'
import { bundleProgram, Child, temporaryFolder } from '../testing/processes.ts'
import { bodyOf } from '../testing/receivers.ts'
import { staff } from '../testing/staff.ts'
import type { KeyFile } from '../sealing/keys.ts'
import type { Keys } from '../sealing/seal.ts'
import { caseRoute } from './actions/send-route.ts'
import { caseWays, sendJobs } from './actions/send-ways.ts'

/** A partner's own system as one would write it: what is signed it takes, and what it has by its id it does not take twice. */
class Partner {
  readonly secrets: string[] = []
  /** Every message that came, by its id, and how often. */
  readonly came = new Map<string, number>()
  /** What it did: cases by the id of the message that told of them. */
  readonly did = new Map<string, string>()
  unsigned = 0
  #server: Server | undefined
  port = 0

  get url(): string {
    return `http://127.0.0.1:${this.port}/`
  }

  async start(): Promise<void> {
    const server = createServer(async (request, response) => {
      const body = await bodyOf(request)
      const headers = request.headers as Record<string, string>
      const id = headers['webhook-id'] ?? ''
      if (!this.secrets.some((secret) => isSigned(secret, body, headers))) {
        this.unsigned++
        return response.writeHead(401).end()
      }
      const { type, data } = JSON.parse(body)
      if (type !== 'endpoint.test') this.came.set(id, (this.came.get(id) ?? 0) + 1)
      if (type === 'escalation.requested') this.did.set(id, data.id)
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as { port: number }).port
    this.#server = server
  }

  /** As when a machine goes down: nobody is there. */
  stop(): Promise<void> {
    const server = this.#server
    return new Promise((resolve) => {
      server?.close(() => resolve())
      server?.closeAllConnections()
    })
  }
}

/** As the library says, at the moment that stands in the message: the tests have a clock of their own. */
function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  return headers['webhook-signature']?.split(' ').includes(new Webhook(secret).sign(headers['webhook-id'] ?? '', at, body)) ?? false
}

let app: TestApp
let partner: Partner
let administrator: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  administrator = (await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })).headers
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
  await makePartner(app, { handOver: 'WEBHOOK' })
  partner = new Partner()
  await partner.start()
  const made = await endpoint(app, administrator, 'setEndpoint', { url: partner.url })
  partner.secrets.push(made.secret)
  await endpoint(app, administrator, 'testEndpoint')
  // The first message came before it knew the secret.
  partner.unsigned = 0
})

/** Cases, and what became of each: of how many their partner's system was told, and how often that was written down. */
async function outcome(): Promise<{ cases: number; received: number; steps: number; delivered: number; waiting: number; dead: number }> {
  const [cases, received, steps, delivered, waiting, dead] = await Promise.all([
    app.db.escalation.count(),
    app.db.escalation.count({ where: { state: 'RECEIVED' } }),
    app.db.escalationStep.count({ where: { state: 'RECEIVED' } }),
    app.db.delivery.count({ where: { state: 'DELIVERED', event: { type: 'escalation.requested' } } }),
    app.db.delivery.count({ where: { state: 'PENDING' } }),
    app.db.delivery.count({ where: { state: 'DEAD' } }),
  ])
  return { cases, received, steps, delivered, waiting, dead }
}

/** What sends, as the server runs it. */
function sending(clock: () => Date): Runner {
  const { db, sql, keys, directory, limits } = app
  const parts = { db, sql, keys, directory, limits, clock, loopback: true, origin: 'http://localhost', reach: () => {} }
  const outbox = outboxJobs({ sql, clock, routes: [caseRoute(false)], ways: caseWays(parts, []), reach: () => {} })
  return openRunner([...outbox, ...sendJobs(parts)], () => {})
}

const CASES = 1_000
const HOUR = 3_600

test('a partner that is away for three days has each of a thousand cases once, as soon as it is back', {
  timeout: 600_000,
}, async () => {
  for (let count = 0; count < CASES; count++) await handOver(app)
  await partner.stop()
  // Some of the moments at which messages are tried again, up to three days; the deadlines of the cases are another test's.
  let moment = () => NOW
  const tries = sending(() => moment())
  const hours = [0, 0.1, 9, 38, 72]
  for (const after of hours) {
    moment = () => new Date(NOW.getTime() + after * HOUR * 1_000)
    await tries.runOnce()
  }
  await tries.close()
  expect(await outcome()).toMatchObject({ cases: CASES, received: 0, delivered: 0, waiting: CASES, dead: 0 })
  const [row] = await app.db.$queryRaw<{ attempts: number }[]>`SELECT min("attempts")::int AS "attempts" FROM "delivery"`
  expect(row?.attempts).toBe(hours.length)

  const began = performance.now()
  const back = moment().getTime()
  // With the pauses that the server makes: a probe every ten seconds.
  const runner = sending(() => new Date(back + performance.now() - began))
  runner.start()
  // A first probe finds nobody: the worst moment to come back.
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await partner.start()
  const returned = performance.now()
  await expect.poll(async () => (await outcome()).received, { timeout: 400_000, interval: 250 }).toBe(CASES)
  const seconds = (performance.now() - returned) / 1_000
  await runner.close()
  console.info(`A thousand cases after 72 hours: drained ${seconds.toFixed(1)} s after the return.`)
  expect(await outcome()).toMatchObject({ cases: CASES, received: CASES, steps: CASES, delivered: CASES, dead: 0 })
  expect(new Set(partner.did.values()).size).toBe(CASES)
  expect(partner.did.size).toBe(CASES)
  expect([...partner.came.values()].every((times) => times === 1)).toBe(true)
  expect(partner.unsigned).toBe(0)
  await partner.stop()
})

const KILLS = 100

/** Keys as they stand in a file, for another process. */
const fileOf = ({ current, sealing, index }: Keys): KeyFile => ({
  current,
  sealing: Object.fromEntries([...sealing].map(([id, key]) => [id, key.toString('base64')])),
  index: index.toString('base64'),
})

test('a process killed a hundred times between the answer and writing it down loses nothing, and repeats bear the same id', {
  timeout: 600_000,
}, async () => {
  const program = await bundleProgram('api/testing/delivery-process.ts')
  const folder = await temporaryFolder()
  const keysFile = join(folder, 'keys.json')
  await writeFile(keysFile, JSON.stringify(fileOf(app.keys)))
  const cases: string[] = []
  for (let count = 0; count < 260; count++) cases.push((await handOver(app)).id)
  let kills = 0
  let runs = 0
  const { url } = app
  /** Each one begins when the leases of those before it are over. */
  const next = () => new Date(NOW.getTime() + ++runs * 61_000).toISOString()
  const lane = async (point: string) => {
    while (kills < KILLS) {
      const child = new Child(program.path, [url, keysFile, next(), `${point}:${1 + (runs % 3)}`])
      const code = await child.ended
      // Killed by itself: there is no exit code.
      if (code === null) kills++
      else break
    }
  }
  await Promise.all([lane('delivery.sent'), lane('webhook.answered')])
  expect(kills).toBeGreaterThanOrEqual(KILLS)
  const twice = [...partner.came.values()].filter((times) => times > 1).length
  app.setTime(new Date(NOW.getTime() + ++runs * 61_000 + 3_600_000))
  await app.runJobsOnce()
  await app.runJobsOnce()
  expect(await outcome()).toMatchObject({ cases: 260, received: 260, steps: 260, delivered: 260, dead: 0, waiting: 0 })
  // One id for each case, however often it came.
  expect(partner.did.size).toBe(260)
  expect([...partner.did.values()].sort()).toEqual(cases.sort())
  const total = [...partner.came.values()].reduce((sum, times) => sum + times, 0)
  console.info(`${kills} kills: ${total} messages for 260 cases, ${twice} of them more than once.`)
  expect(total).toBeGreaterThan(260)
  await partner.stop()
  await program.remove()
})
