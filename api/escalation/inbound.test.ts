import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { connect, emptyCases, endpoint, handOver, makePartner, type PartnerSystem, startPartner } from '../testing/partners.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'
import { readSaid } from './rules/inbound.ts'

let app: TestApp
let system: PartnerSystem
let administrator: Record<string, string>
let endpointId: string
let now: Date
beforeAll(async () => {
  app = await createTestApp()
  system = await startPartner()
  administrator = (await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })).headers
})
afterAll(async () => {
  await app.close()
  await system.close()
})
beforeEach(async () => {
  system.reset()
  setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
  await makePartner(app, { handOver: 'WEBHOOK' })
  endpointId = await connect(app, administrator, system)
})

function setTime(moment: Date): void {
  now = moment
  app.setTime(moment)
}
const wait = (seconds: number): void => setTime(new Date(now.getTime() + seconds * 1_000))
const caseOf = (id: string) => app.db.escalation.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { version: 'asc' } } } })

type Sent = { id?: string; at?: Date; secret?: string; to?: string; change?: (body: string) => string; headers?: Record<string, string> }

/** As a partner's system says something of a case. */
async function say(type: string, data: object, { id = crypto.randomUUID(), at = now, secret, to, change, headers }: Sent = {}) {
  const body = JSON.stringify({ type: `escalation.${type}`, timestamp: at.toISOString(), data })
  const webhook = new Webhook(secret ?? system.secrets[0] ?? '')
  const response = await app.fetch(`/partner-events/${to ?? endpointId}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, at, body),
      ...headers,
    },
    body: change ? change(body) : body,
  })
  return { status: response.status, ...((await response.json()) as any) }
}

describe('a partner’s system', () => {
  test('accepts, works on, waits and completes a case by signed messages', async () => {
    const { id, requestId } = await handOver(app)
    await app.runJobsOnce()
    // It knows the version it was sent: that it has received the case since is no news to it.
    const version = system.messages[0]?.body.data.version
    expect(version).toBe(1)
    const accepted = await say('accept', { id, version })
    expect(accepted).toEqual({ status: 200, id, version: 3, state: 'ACCEPTED' })
    wait(60)
    expect(await say('progress', { id, version: 3, note: 'Rendez-vous pris.' })).toMatchObject({ version: 4, state: 'IN_PROGRESS' })
    expect(await say('hold', { id, version: 4, note: 'Attend un document.' })).toMatchObject({ version: 5, state: 'ON_HOLD' })
    expect(await say('complete', { id, version: 5, outcome: 'RESOLVED', note: 'Logée.' })).toMatchObject({ version: 6, state: 'COMPLETED' })
    const row = await caseOf(id)
    expect(row).toMatchObject({ state: 'COMPLETED', outcome: 'resolved' })
    expect(row.steps.slice(1).every(({ actor }) => actor === `endpoint:${endpointId}`)).toBe(true)
    expect(await app.db.callbackRequest.findUnique({ where: { id: requestId } })).toMatchObject({ status: 'CLOSED', outcome: 'resolved' })
    expect(JSON.stringify(row)).not.toContain('Rendez-vous')
    await app.runJobsOnce()
    expect(system.messages.map(({ body }) => body.type)).toEqual(['escalation.requested'])
  })

  test('refuses a case, and says why', async () => {
    const { id, requestId } = await handOver(app)
    expect(await say('reject', { id, version: 1, reason: 'NO_CAPACITY' })).toMatchObject({ status: 200, state: 'REJECTED' })
    expect(await caseOf(id)).toMatchObject({ rejectReason: 'NO_CAPACITY', version: 2 })
    expect(await app.db.callbackRequest.findUnique({ where: { id: requestId } })).toMatchObject({ status: 'REACHED' })
  })

  test('gives up, and says why', async () => {
    const { id } = await handOver(app)
    await say('accept', { id, version: 1 })
    expect(await say('fail', { id, version: 2, reason: 'NOT_REACHABLE' })).toMatchObject({ status: 200, state: 'FAILED' })
  })

  test('confirms that it has erased what it had', async () => {
    const { id } = await handOver(app)
    expect(await say('erasure_confirmed', { id, version: 1 })).toMatchObject({ status: 409, error: 'conflict', code: 'case_open' })
    await say('reject', { id, version: 1, reason: 'OTHER' })
    expect(await say('erasure_confirmed', { id, version: 2 })).toMatchObject({ status: 200 })
    expect(await caseOf(id)).toMatchObject({ erasureConfirmedAt: now })
  })

  test('says the same again, and it is done once', async () => {
    const { id } = await handOver(app)
    const message = { id: 'msg_1' }
    expect(await say('accept', { id, version: 1 }, message)).toEqual({ status: 200, id, version: 2, state: 'ACCEPTED' })
    expect(await say('accept', { id, version: 1 }, message)).toEqual({ status: 200, id, version: 2, state: 'ACCEPTED', repeat: true })
    expect((await caseOf(id)).steps).toHaveLength(2)
  })

  test.each([
    ['accept', {}, 'ACCEPTED'],
    ['reject', { reason: 'NO_CAPACITY' }, 'REJECTED'],
  ])('says “%s” in the moment in which we note that it has received the case, and is heard', async (verb, data, state) => {
    const { id, requestId } = await handOver(app)
    const client = await app.sql.connect()
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM "callback_request" WHERE "id" = $1 FOR UPDATE', [requestId])
    const waiting = (count: number) =>
      expect
        .poll(
          async () =>
            (await app.sql.query(`SELECT FROM pg_stat_activity WHERE "wait_event_type" = 'Lock' AND "datname" = current_database()`))
              .rowCount,
        )
        .toBe(count)
    const parts = { ...app, directory: app.directory.current() }
    const received = changeEscalation(parts, id, { kind: 'receive' }, { actor: `endpoint:${endpointId}`, now })
    await waiting(1)
    const said = say(verb, { id, version: 1, ...data }, { id: 'msg_1' })
    await waiting(2)
    await client.query('COMMIT')
    client.release()
    await received
    expect(await said).toEqual({ status: 200, id, version: 3, state })
    expect(await caseOf(id)).toMatchObject({ state, receivedAt: now })
  })

  test('says the same many times at once, and it is done once', async () => {
    const { id } = await handOver(app)
    const answers = await Promise.all(Array.from({ length: 10 }, () => say('accept', { id, version: 1 }, { id: 'msg_1' })))
    expect(answers.map(({ status, state }) => [status, state])).toEqual(Array(10).fill([200, 'ACCEPTED']))
    expect((await caseOf(id)).steps).toHaveLength(2)
  })

  test('comes too late with what it says of an older version: nothing is done', async () => {
    const { id } = await handOver(app)
    await say('accept', { id, version: 1 })
    await say('progress', { id, version: 2 })
    expect(await say('fail', { id, version: 2, reason: 'OTHER' })).toEqual({
      status: 200,
      id,
      version: 3,
      state: 'IN_PROGRESS',
      stale: true,
    })
    await say('complete', { id, version: 3, outcome: 'PARTLY' })
    expect(await say('hold', { id, version: 3, note: 'x' })).toMatchObject({ status: 200, state: 'COMPLETED', stale: true })
    expect(await caseOf(id)).toMatchObject({ state: 'COMPLETED', version: 4 })
  })

  test.each([
    ['complete', { outcome: 'RESOLVED' }, 'case_not_accepted'],
    ['progress', {}, 'case_not_accepted'],
    ['fail', { reason: 'OTHER' }, 'case_not_accepted'],
  ])('cannot %s what it has not accepted', async (type, more, code) => {
    const { id } = await handOver(app)
    expect(await say(type, { id, version: 1, ...more })).toEqual({ status: 409, error: 'conflict', code })
    expect(await caseOf(id)).toMatchObject({ state: 'REQUESTED', version: 1 })
  })

  test('cannot refuse what it has accepted, nor go on with what is over', async () => {
    const { id } = await handOver(app)
    await say('accept', { id, version: 1 })
    expect(await say('reject', { id, version: 2, reason: 'OTHER' })).toMatchObject({ status: 409, code: 'case_accepted' })
    await say('complete', { id, version: 2, outcome: 'RESOLVED' })
    expect(await say('progress', { id, version: 3 })).toMatchObject({ status: 409, code: 'case_over' })
  })

  test('changes its secret, and signs with either for a day', async () => {
    const [old = ''] = system.secrets
    const { secret } = await endpoint(app, administrator, 'rotateEndpointSecret')
    const { id } = await handOver(app)
    expect(await say('accept', { id, version: 1 }, { secret: old })).toMatchObject({ status: 200 })
    expect(await say('progress', { id, version: 2 }, { secret })).toMatchObject({ status: 200 })
    wait(86_400)
    expect(await say('hold', { id, version: 3, note: 'x' }, { secret: old })).toEqual({ status: 401, error: 'signature' })
    expect(await say('hold', { id, version: 3, note: 'x' }, { secret })).toMatchObject({ status: 200 })
  })
})

describe('a message is refused that', () => {
  let id: string
  beforeEach(async () => {
    ;({ id } = await handOver(app))
  })
  const untouched = async () => expect(await caseOf(id)).toMatchObject({ state: 'REQUESTED', version: 1 })

  test.each([
    ['is signed with another key', { secret: `whsec_${Buffer.alloc(32, 9).toString('base64')}` }],
    ['was altered', { change: (body: string) => body.replace('accept', 'reject') }],
    ['has one more space', { change: (body: string) => `${body} ` }],
    ['is six minutes old', { at: new Date(NOW.getTime() - 301_000) }],
    ['is of tomorrow', { at: new Date(NOW.getTime() + 301_000) }],
    ['bears another id', { headers: { 'webhook-id': 'another' } }],
    ['bears another time', { headers: { 'webhook-timestamp': String(NOW.getTime() / 1_000 + 1) } }],
    ['bears no time', { headers: { 'webhook-timestamp': 'now' } }],
    ['bears no signature', { headers: { 'webhook-signature': '' } }],
    ['bears a signature of another kind', { headers: { 'webhook-signature': 'v1a,AAAA' } }],
    ['is for no endpoint', { to: '00000000-0000-7000-8000-000000000000' }],
    ['is for what is no endpoint', { to: 'rwlp' }],
  ] satisfies [string, Sent][])('%s', async (_what, sent) => {
    expect(await say('accept', { id, version: 1 }, sent)).toEqual({ status: 401, error: 'signature' })
    await untouched()
  })

  test('is not signed at all', async () => {
    const response = await app.fetch(`/partner-events/${endpointId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'escalation.accept', data: { id, version: 1 } }),
    })
    expect(response.status).toBe(401)
    await untouched()
  })

  test('was taken a while ago and comes again then', async () => {
    const first = { id: 'msg_1', at: NOW }
    await say('accept', { id, version: 1 }, first)
    wait(301)
    expect(await say('accept', { id, version: 1 }, first)).toEqual({ status: 401, error: 'signature' })
    // One that is remembered no longer is too old by far.
    wait(86_400)
    await app.runJobsOnce()
    expect(await app.db.receivedMessage.count()).toBe(0)
  })

  test('is of a case that is another partner’s', async () => {
    await makePartner(app, { organization: 'ville-de-liege' })
    const foreign = await handOver(app, { organization: 'ville-de-liege' })
    expect(await say('accept', { id: foreign.id, version: 1 })).toEqual({ status: 404, error: 'not_found' })
    expect(await say('accept', { id: crypto.randomUUID(), version: 1 })).toEqual({ status: 404, error: 'not_found' })
    expect(await caseOf(foreign.id)).toMatchObject({ state: 'REQUESTED' })
  })

  test('is signed with another partner’s secret', async () => {
    await makePartner(app, { organization: 'ville-de-liege' })
    const other = await startPartner()
    const { headers } = await staff(app, { role: 'ADMINISTRATOR', organization: 'ville-de-liege' })
    await connect(app, headers, other, 'ville-de-liege')
    expect(await say('accept', { id, version: 1 }, { secret: other.secrets[0] })).toEqual({ status: 401, error: 'signature' })
    await other.close()
    await untouched()
  })

  test('is too large', async () => {
    expect(await say('hold', { id, version: 1, note: 'x'.repeat(70_000) })).toEqual({ status: 413, error: 'too_large' })
  })

  test('is not JSON, or comes by another method', async () => {
    expect(await say('accept', { id, version: 1 }, { headers: { 'content-type': 'text/plain' } })).toMatchObject({ status: 415 })
    expect((await app.fetch(`/partner-events/${endpointId}`)).status).toBe(405)
  })

  test('is one of very many from one place', async () => {
    app.setAddress('192.0.2.7')
    const bad = { secret: `whsec_${Buffer.alloc(32, 9).toString('base64')}` }
    for (let count = 0; count < 100; count++) expect((await say('accept', { id, version: 1 }, bad)).status).toBe(401)
    expect(await say('accept', { id, version: 1 }, bad)).toEqual({ status: 429, error: 'too_many' })
    expect(await say('accept', { id, version: 1 })).toMatchObject({ status: 200 })
  })
})

describe('what a message must say', () => {
  const CASE = { id: '00000000-0000-7000-8000-000000000000', version: 1 }
  test.each<[string, string, object, string[]]>([
    ['a type', '', CASE, ['type']],
    ['a type that there is', 'escalation.cancel', CASE, ['type']],
    ['a case', 'escalation.accept', { version: 1 }, ['data.id']],
    ['a version', 'escalation.accept', { id: CASE.id }, ['data.version']],
    ['a version that is a number', 'escalation.accept', { ...CASE, version: '1' }, ['data.version']],
    ['a version from 1', 'escalation.accept', { ...CASE, version: 0 }, ['data.version']],
    ['why it refuses', 'escalation.reject', CASE, ['data.reason']],
    ['a reason that there is', 'escalation.reject', { ...CASE, reason: 'NOT_REACHABLE' }, ['data.reason']],
    ['why it gives up', 'escalation.fail', { ...CASE, reason: 5 }, ['data.reason']],
    ['what came of it', 'escalation.complete', { ...CASE, outcome: 'DONE' }, ['data.outcome']],
    ['for what it waits', 'escalation.hold', CASE, ['data.note']],
    ['words as words', 'escalation.progress', { ...CASE, note: {} }, ['data.note']],
    ['all of it', 'escalation.complete', {}, ['data.id', 'data.version', 'data.outcome']],
  ])('%s', (_what, type, data, paths) => {
    const read = () => readSaid(JSON.stringify({ type, data }))
    expect(read).toThrow()
    try {
      read()
    } catch (error) {
      expect((error as any).problems.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual(paths.sort())
    }
  })

  test.each(['', 'null', '[]', '{}', '"x"', '{"type":1,"data":[]}', '{"data":'])('as an object: %s', (text) => {
    expect(() => readSaid(text)).toThrow()
  })

  test('is told to a system that knows the secret', async () => {
    const { id } = await handOver(app)
    expect(await say('complete', { id, version: 1, outcome: 'DONE' })).toEqual({
      status: 400,
      error: 'invalid',
      problems: [{ path: 'data.outcome', code: 'malformed' }],
    })
  })
})
