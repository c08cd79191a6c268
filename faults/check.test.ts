import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../api/testing/ask.ts'
import { check } from './check.ts'
import type { Sent } from './client.ts'
import type { Ground } from './database.ts'

/** What was not looked for is not found: each kind of fault is made here by hand, and the check must name it. */
let app: TestApp
let ground: Ground
let sent: Sent[]
beforeAll(async () => {
  app = await createTestApp()
  ground = {
    env: {},
    stop: async () => {},
    remove: async () => {},
    keys: async () => app.keys,
    rows: async (query) => (await app.sql.query(query)).rows,
  }
})
afterAll(() => app.close())

const REQUEST =
  'mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename ... on CallbackReceipt { reference } } }'
let phones = 0
async function ask(overrides: object = {}): Promise<Sent> {
  const key = crypto.randomUUID()
  const phone = `0470 ${300_000 + phones++}`
  const input = { idempotencyKey: key, line: '1718', phone, language: 'FR', noticeVersion: '1', ...overrides }
  const sentAt = performance.now()
  const { data } = await app.ask(REQUEST, { input }, { 'passerelle-site': 'demo', origin: 'http://127.0.0.1:4000' })
  expect(data.requestCallback.__typename).toBe('CallbackReceipt')
  const ackedAt = performance.now()
  const one: Sent = {
    key,
    phone,
    input,
    sentAt,
    ackedAt,
    reference: data.requestCallback.reference,
    moved: 'no',
    cancelled: 'no',
    erased: 'no',
  }
  sent.push(one)
  return one
}
/** Past the rules of the database, as only a fault could. */
const force = async (statement: string) => {
  await app.sql.query(`BEGIN; SET LOCAL session_replication_role = replica; ${statement}; COMMIT`)
}
const faults = () => check(sent, ground)
const GOOD = { lost: [], doubled: [], orphaned: [], outOfOrder: [] }

beforeEach(async () => {
  sent = []
  await force('TRUNCATE callback_request, callback_slot, outbox_event, delivery, delivery_attempt, audit_event, rate_limit CASCADE')
  const { data } = await app.ask('{ callbackSlots(line: "1718") { id } }')
  await ask({ slot: data.callbackSlots[0].id })
  await ask()
  await ask()
})

test('nothing is found where nothing is wrong', async () => {
  expect(await faults()).toEqual(GOOD)
})

test('a phone that was asked for too often today waits until tomorrow, and those after it are not before it wrongly', async () => {
  const phone = '0470 299 999'
  for (const _ of [1, 2, 3]) {
    const one = await ask({ phone })
    one.phone = phone
    const cancel = 'mutation ($reference: String!, $phone: String!) { cancelCallback(reference: $reference, phone: $phone) { __typename } }'
    await app.ask(cancel, { reference: one.reference, phone })
    one.cancelled = 'yes'
  }
  await ask({ phone })
  await ask()
  expect(await faults()).toEqual(GOOD)
})

describe('it is noticed that', () => {
  const at = (index: number) => `(SELECT id FROM callback_request ORDER BY position OFFSET ${index} LIMIT 1)`
  test.each([
    ['an acknowledged request is gone', 'lost', `DELETE FROM callback_request WHERE id = ${at(1)}`],
    ['a request was withdrawn by nobody', 'lost', `UPDATE callback_request SET status = 'CANCELLED' WHERE id = ${at(1)}`],
    ['an event is missing', 'orphaned', `DELETE FROM outbox_event WHERE subject_id = ${at(1)}`],
    [
      'an event is there twice',
      'orphaned',
      `INSERT INTO outbox_event (type, subject_id, at) SELECT type, subject_id, at FROM outbox_event LIMIT 1`,
    ],
    ['an audit row is missing', 'orphaned', `DELETE FROM audit_event WHERE subject_id = ${at(1)}`],
    [
      'an event is of nothing',
      'orphaned',
      `INSERT INTO outbox_event (type, subject_id, at) VALUES ('callback.requested', gen_random_uuid(), now())`,
    ],
    ['a request is there that nobody sent', 'orphaned', `UPDATE callback_request SET idempotency_index = 'x' WHERE id = ${at(1)}`],
    [
      'a request adds to one that is over',
      'orphaned',
      `UPDATE callback_request SET repeat_of_id = ${at(0)} WHERE id = ${at(1)}; UPDATE callback_request SET status = 'CLOSED' WHERE id = ${at(0)}`,
    ],
    ['something was left of an erased one', 'orphaned', `UPDATE callback_request SET erased_at = now() WHERE id = ${at(1)}`],
    ['a place is counted twice', 'doubled', 'UPDATE callback_slot SET taken = taken + 1'],
    ['a place was not counted', 'doubled', 'DELETE FROM callback_slot'],
    [
      'one person is in the queue twice',
      'doubled',
      `DROP INDEX callback_request_one_open; UPDATE callback_request SET phone_index = 'x', line_id = (SELECT line_id FROM callback_request LIMIT 1)`,
    ],
    ['the later one is before the earlier one', 'outOfOrder', `UPDATE callback_request SET position = 0 WHERE id = ${at(2)}`],
    [
      'the later one is called first',
      'outOfOrder',
      `UPDATE callback_request SET call_from = call_from - interval '1 hour' WHERE id = ${at(2)}`,
    ],
  ] as const)('%s', async (_what, kind, statement) => {
    await force(statement)
    expect((await faults())[kind]).not.toEqual([])
  })

  test('what was withdrawn or erased is still there', async () => {
    const [, second, third] = sent as [Sent, Sent, Sent]
    second.cancelled = 'yes'
    third.erased = 'yes'
    const { lost } = await faults()
    expect(lost.filter((line) => /withdrawn|erased and/.test(line))).toHaveLength(2)
  })
})
