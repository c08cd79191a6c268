import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { connect, emptyCases, endpoint, handOver, makePartner, type PartnerSystem, startPartner } from '../testing/partners.ts'
import { say } from '../testing/receivers.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'

let app: TestApp
let system: PartnerSystem
let administrator: Record<string, string>
let supervisor: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  system = await startPartner()
  administrator = (await staff(app, { role: 'ADMINISTRATOR', organization: 'rwlp' })).headers
  supervisor = (await staff(app, { role: 'SUPERVISOR' })).headers
})
afterAll(async () => {
  await app.close()
  await system.close()
})
beforeEach(async () => {
  system.reset()
  app.setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
  await makePartner(app, { handOver: 'WEBHOOK' })
  await connect(app, administrator, system)
})

const FIELDS = 'id escalation event channel state attempts nextAt tries { code milliseconds }'
const shown = async (id: string, headers: Record<string, string>) => {
  const { data, errors } = await app.ask(`query ($id: ID!) { escalation(id: $id) { deliveries { ${FIELDS} } } }`, { id }, headers)
  return errors ? errors[0]?.extensions.code : data.escalation?.deliveries
}
const replay = async (id: string, headers: Record<string, string>) => {
  const { data, errors } = await app.ask(
    `mutation ($id: ID!) { replayDelivery(id: $id) { __typename ... on UserError { message } ... on Conflict { code } ... on EscalationDelivery { ${FIELDS} } } }`,
    { id },
    headers,
  )
  return errors ? errors[0]?.extensions.code : data.replayDelivery
}
const replayMany = async (input: object, headers: Record<string, string>) => {
  const { data, errors } = await app.ask(
    'mutation ($input: ReplayDeliveriesInput!) { replayDeliveries(input: $input) { __typename ... on UserError { message } ... on DeliveriesReplayed { count } } }',
    { input: { organization: 'rwlp', since: '2026-11-17T00:00:00Z', ...input } },
    headers,
  )
  return errors ? errors[0]?.extensions.code : data.replayDeliveries
}
/** A message that was given up. */
async function dead(): Promise<{ id: string; delivery: string }> {
  const { id } = await handOver(app)
  system.answer((_request, response) => say(response, 500))
  await app.runJobsOnce()
  system.reset()
  await app.db.delivery.updateMany({ where: { state: 'PENDING' }, data: { state: 'DEAD', attempts: 10, doneAt: NOW } })
  return { id, delivery: (await app.db.delivery.findFirstOrThrow({ where: { event: { subjectId: id } } })).id }
}

test('the line sees how its partner was told, attempt by attempt', async () => {
  const { id } = await handOver(app)
  system.answer((_request, response) => say(response, 503))
  await app.runJobsOnce()
  expect(await shown(id, supervisor)).toEqual([
    {
      id: expect.any(String),
      escalation: id,
      event: 'escalation.requested',
      channel: 'WEBHOOK',
      state: 'PENDING',
      attempts: 1,
      nextAt: expect.stringMatching(/^2026-11-17T09:00:0[5-6]/),
      tries: [{ code: 'http_503', milliseconds: expect.any(Number) }],
    },
  ])
})

test('the line sees that its partner’s system is paused, and that messages wait', async () => {
  const { id } = await handOver(app)
  const reachable = async () =>
    (await app.ask('query ($id: ID!) { escalation(id: $id) { partnerReachable } }', { id }, supervisor)).data.escalation.partnerReachable
  expect(await reachable()).toBe(true)
  await endpoint(app, administrator, 'pauseEndpoint')
  expect(await reachable()).toBe(false)
  await endpoint(app, administrator, 'removeEndpoint')
  expect(await reachable()).toBe(false)
})

describe('a message that was given up', () => {
  test.each(['supervisor', 'administrator'])('is sent again by a %s, under the same id', async (who) => {
    const { id, delivery } = await dead()
    const headers = who === 'supervisor' ? supervisor : administrator
    expect(await replay(delivery, headers)).toMatchObject({ state: 'PENDING', attempts: 0 })
    await app.runJobsOnce()
    expect(system.messages).toMatchObject([{ id: `msg_${delivery}`, verified: true, body: { data: { id } } }])
    expect(await shown(id, supervisor)).toMatchObject([{ state: 'DELIVERED', tries: [{ code: 'http_500' }, { code: 'sent' }] }])
    const [row] = await app.db.auditEvent.findMany({ where: { action: 'delivery.replayed' }, orderBy: { id: 'desc' }, take: 1 })
    expect(row).toMatchObject({ subjectId: id, actor: expect.stringMatching(/^staff:/) })
  })

  test('is nobody else’s to send', async () => {
    const { delivery } = await dead()
    for (const [role, organization, answer] of [
      ['AGENT', 'ville-de-liege', 'FORBIDDEN'],
      ['PARTNER', 'rwlp', 'FORBIDDEN'],
      ['SUPERVISOR', 'rwlp', 'NotFound'],
      ['ADMINISTRATOR', 'ville-de-liege', 'NotFound'],
    ] as const) {
      const { headers } = await staff(app, { role, organization })
      const answered = await replay(delivery, headers)
      expect(answered.__typename ?? answered).toBe(answer)
      const many = await replayMany({}, headers)
      expect(many.__typename ?? many).toBe(answer)
    }
    expect(await replay('no id', supervisor)).toMatchObject({ __typename: 'NotFound' })
    expect(await app.db.delivery.findFirst()).toMatchObject({ state: 'DEAD' })
  })

  test('and was called off since stays so', async () => {
    const { delivery } = await dead()
    await app.db.delivery.updateMany({ data: { state: 'CANCELLED' } })
    expect(await replay(delivery, supervisor)).toMatchObject({ __typename: 'Conflict', code: 'delivery_called_off' })
  })
})

test('many are sent again at once, those that were taken only if that is wanted', async () => {
  const taken = await handOver(app)
  await app.runJobsOnce()
  await dead()
  await dead()
  await dead()
  system.reset()
  expect(await replayMany({ since: '2026-11-18T00:00:00Z' }, supervisor)).toMatchObject({ count: 0 })
  expect(await replayMany({}, supervisor)).toMatchObject({ count: 3 })
  await app.runJobsOnce()
  expect(system.messages).toHaveLength(3)
  system.reset()
  expect(await replayMany({ delivered: true }, administrator)).toMatchObject({ count: 4 })
  await app.runJobsOnce()
  expect(system.messages).toHaveLength(4)
  expect(system.messages.map(({ body }) => body.data.id)).toContain(taken.id)
})

test('very many are sent again at once', async () => {
  const { id } = await dead()
  const many = 35_000
  await app.sql.query(
    `WITH event AS (
      INSERT INTO "outbox_event" ("type", "subject_id", "at", "dispatched_at")
      SELECT 'escalation.progressed', $1, $2, $2 FROM generate_series(1, ${many}) RETURNING "id"
    )
    INSERT INTO "delivery" ("id", "event_id", "channel", "state", "next_at") SELECT gen_random_uuid(), "id", 'WEBHOOK', 'DEAD', $2 FROM event`,
    [id, NOW],
  )
  expect(await replayMany({}, supervisor)).toMatchObject({ count: many + 1 })
  expect(await app.db.delivery.count({ where: { state: 'PENDING', attempts: 0 } })).toBe(many + 1)
})

test('what asks for an answer to a case that is over is not sent again: it was delivered, and stays so', async () => {
  const { id } = await handOver(app)
  await app.runJobsOnce()
  const parts = { ...app, directory: app.directory.current() }
  await changeEscalation(parts, id, { kind: 'cancel', reason: 'TAKEN_BACK' }, { actor: 'staff:x', now: new Date(NOW.getTime() + 60_000) })
  await app.runJobsOnce()
  expect(await replayMany({ delivered: true }, supervisor)).toMatchObject({ count: 1 })
  const [asked, over] = await shown(id, supervisor)
  expect([asked, over]).toMatchObject([
    { event: 'escalation.requested', state: 'DELIVERED' },
    { event: 'escalation.cancelled', state: 'PENDING' },
  ])
  expect(await replay(asked.id, supervisor)).toMatchObject({ __typename: 'Conflict', code: 'delivery_called_off' })
})

test('a supervisor sends again what is of her lines only', async () => {
  await dead()
  const line = app.directory
    .current()
    .lines.find(({ organization, acceptsCallbacks }) => acceptsCallbacks && organization.slug !== 'ville-de-liege')
  const { id } = await handOver(app, { line: line?.slug })
  system.answer((_request, response) => say(response, 500))
  await app.runJobsOnce()
  await app.db.delivery.updateMany({ where: { state: 'PENDING' }, data: { state: 'DEAD' } })
  expect(await replayMany({}, supervisor)).toMatchObject({ count: 1 })
  expect(await shown(id, supervisor)).toBeUndefined()
})

test('a partner’s administrator sees what was sent to its system, and no case', async () => {
  const { id } = await handOver(app)
  await app.runJobsOnce()
  const { data } = await app.ask(
    `{ partners { organization { slug } endpoint { url checkedAt deliveries { ${FIELDS} } waits: deliveries(state: PENDING) { id } } } }`,
    {},
    administrator,
  )
  expect(data.partners).toMatchObject([
    { organization: { slug: 'rwlp' }, endpoint: { url: system.url, deliveries: [{ escalation: id, state: 'DELIVERED' }], waits: [] } },
  ])
  expect(await shown(id, administrator)).toBe('FORBIDDEN')
})
