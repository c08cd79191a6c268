import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeToken } from '../access/actions/tokens.ts'
import { type HttpServer, listen } from '../http/server.ts'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { endpoint, handOver, makePartner } from '../testing/partners.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'

/** The example of examples/partner, as its README says, but for the console. Its library has the system's clock, and so has the server here. */
let app: TestApp
let server: HttpServer
let system: ChildProcess
let said: string[]
beforeAll(async () => {
  app = await createTestApp()
  app.setTime(new Date())
  server = await listen('127.0.0.1', 0, () => {})
  server.serve(app.answer)
  await makePartner(app, { handOver: 'WEBHOOK' })
  const { headers } = await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })
  // A port that was free a moment ago: its address is set before the system runs, since the secret comes from there.
  const free = await listen('127.0.0.1', 0, () => {})
  const { port } = free
  await free.close()
  const made = await endpoint(app, headers, 'setEndpoint', { url: `http://127.0.0.1:${port}/hook` })
  const wanted = { role: 'partner', organization: 'rwlp', days: '30', scopes: 'read,write' }
  const { token } = await makeToken(app.db, wanted, new Date())
  said = []
  system = spawn(process.execPath, ['examples/partner/server.mjs'], {
    env: {
      PATH: process.env.PATH,
      ENDPOINT: made.endpoint.id,
      SECRET: made.secret,
      TOKEN: token,
      PASSERELLE: `http://127.0.0.1:${server.port}`,
      PORT: String(port),
      WORK_MS: '50',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: system.stdout as NodeJS.ReadableStream }).on('line', (line) => said.push(line))
  await once(lines, 'line')
  expect(said).toEqual([`Waiting for cases at http://127.0.0.1:${port}/hook`])
  expect(await endpoint(app, headers, 'testEndpoint')).toMatchObject({ passed: true })
})
afterAll(async () => {
  system.kill()
  await server.close()
  await app.close()
})

test('receives, verifies, accepts and completes a case, and looks at the person only then', async () => {
  const { id, requestId } = await handOver(app, { now: new Date() })
  await app.runJobsOnce()
  await expect.poll(async () => (await app.db.escalation.findUniqueOrThrow({ where: { id } })).state).toBe('COMPLETED')
  const steps = await app.db.escalationStep.findMany({ where: { escalationId: id }, orderBy: { version: 'asc' } })
  expect(steps.map(({ state }) => state).filter((state) => state !== 'RECEIVED')).toEqual([
    'REQUESTED',
    'ACCEPTED',
    'IN_PROGRESS',
    'COMPLETED',
  ])
  expect(await app.db.contactReveal.findMany()).toMatchObject([{ requestId, actor: expect.stringMatching(/^token:/) }])
  expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({
    status: 'CLOSED',
    outcome: 'resolved',
  })
  await expect.poll(() => said.at(-1)).toBe(`${id}: COMPLETED`)
  expect(said.join('\n')).not.toMatch(/470|Ada|Dupont|loyer/)
})

test('erases what it has when the agreement is withdrawn, and confirms it', async () => {
  const { id } = await handOver(app, { now: new Date() })
  const directory = app.directory.current()
  const cancel = { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' } as const
  await changeEscalation({ ...app, directory }, id, cancel, { actor: 'citizen', now: new Date() })
  await app.runJobsOnce()
  await expect.poll(async () => (await app.db.escalation.findUniqueOrThrow({ where: { id } })).erasureConfirmedAt).not.toBeNull()
})
