import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { phoneIndex } from './actions/find.ts'
import { clearSpent, EVENT_DAYS, eraseExpired } from './jobs.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await app.sql.query('TRUNCATE "callback_request", "callback_slot", "outbox_event", "used_challenge", "rate_limit" CASCADE')
})

const PHONE = '0470 12 34 56'
const RECEIPT = '__typename ... on CallbackReceipt { reference status slot { id } } ... on UserError { message }'
const REQUEST = `mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { ${RECEIPT} } }`
const ERASE = `mutation ($reference: String!, $phone: String!) {
  eraseCallback(reference: $reference, phone: $phone) { __typename ... on CallbackErased { erased } ... on UserError { message } } }`
const FOLLOW = 'query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { reference status } }'
const CANCEL = `mutation ($reference: String!, $phone: String!) { cancelCallback(reference: $reference, phone: $phone) { ${RECEIPT} } }`

const SITE = { 'passerelle-site': 'demo' }
const input = (overrides: object = {}) => ({
  idempotencyKey: crypto.randomUUID(),
  line: 'liege-solidaire',
  phone: PHONE,
  name: 'Ana',
  email: 'ana@example.org',
  message: 'Mon frigo est vide.',
  need: 'food',
  safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: 'Le soir' },
  language: 'FR',
  noticeVersion: '1',
  ...overrides,
})
/** Asks to be called back; the reference. */
async function request(overrides: object = {}): Promise<string> {
  const { data, errors } = await app.ask(REQUEST, { input: input(overrides) }, SITE)
  expect({ errors, type: data?.requestCallback.__typename }).toEqual({ errors: undefined, type: 'CallbackReceipt' })
  return data.requestCallback.reference
}
const erase = async (reference: string, phone = PHONE) => (await app.ask(ERASE, { reference, phone }, SITE)).data.eraseCallback
const follow = async (reference: string, phone = PHONE) => (await app.ask(FOLLOW, { reference, phone }, SITE)).data.callback
const rowOf = async (reference: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { reference } })
const slots = async () =>
  (await app.ask('{ callbackSlots(line: "liege-solidaire") { id available } }')).data.callbackSlots as { id: string; available: boolean }[]

/** Everything that may lead to the person. */
const PERSONAL = [
  'reference',
  'phoneSealed',
  'nameSealed',
  'emailSealed',
  'messageSealed',
  'safeNoteSealed',
  'safeVoicemail',
  'safeSms',
  'safeSayWhoCalls',
  'phoneIndex',
  'idempotencyIndex',
  'inputDigest',
] as const
const personalOf = (row: object) => Object.fromEntries(PERSONAL.map((name) => [name, (row as Record<string, unknown>)[name]]))
const NOTHING = Object.fromEntries(PERSONAL.map((name) => [name, null]))

describe('erasing at the wish of the person', () => {
  test('leaves a row that counts and leads to nobody, and the reference leads nowhere', async () => {
    const reference = await request()
    const { id, position } = await rowOf(reference)
    expect(Object.values(personalOf(await rowOf(reference))).filter((value) => value === null)).toEqual([])
    expect(await erase(reference)).toEqual({ __typename: 'CallbackErased', erased: true })

    expect(await follow(reference)).toBeNull()
    const row = await app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
    expect(personalOf(row)).toEqual(NOTHING)
    expect(row).toMatchObject({
      position,
      status: 'CANCELLED',
      needCode: 'food',
      language: 'FR',
      requestedAt: NOW,
      closedAt: NOW,
      erasedAt: NOW,
    })
  })

  test('works once: the second time there is nothing, as for a wrong phone or reference', async () => {
    const reference = await request()
    const [wrongPhone, wrongReference] = [await erase(reference, '0470 12 34 57'), await erase('333-333-333')]
    expect(await follow(reference)).not.toBeNull()
    await erase(reference)
    expect(await erase(reference)).toEqual({ __typename: 'NotFound', message: expect.any(String) })
    expect([wrongPhone, wrongReference]).toEqual([await erase(reference), await erase(reference)])
  })

  test('of ten at once works for one', async () => {
    const reference = await request()
    const all = await Promise.all(Array.from({ length: 10 }, () => erase(reference)))
    expect(all.filter(({ __typename }) => __typename === 'CallbackErased')).toHaveLength(1)
    expect(await app.db.auditEvent.count({ where: { action: 'callback.erased', subjectId: await theOnlyId() } })).toBe(1)
  })

  test('calls off what was still to be sent, and keeps what was done as codes', async () => {
    const reference = await request()
    const { id } = await rowOf(reference)
    const event = await app.db.outboxEvent.findFirstOrThrow({ where: { subjectId: id } })
    const [waits, sent] = await Promise.all([
      app.db.delivery.create({ data: { eventId: event.id, channel: 'EMAIL', nextAt: NOW, leasedUntil: NOW } }),
      app.db.delivery.create({
        data: {
          eventId: event.id,
          channel: 'SMS',
          nextAt: NOW,
          state: 'DELIVERED',
          doneAt: NOW,
          tries: { create: { at: NOW, code: 'sent', milliseconds: 3 } },
        },
      }),
    ])
    await erase(reference)
    expect(await app.db.delivery.findUnique({ where: { id: waits.id } })).toMatchObject({
      state: 'CANCELLED',
      leasedUntil: null,
      doneAt: NOW,
    })
    expect(await app.db.delivery.findUnique({ where: { id: sent.id }, include: { tries: true } })).toMatchObject({
      state: 'DELIVERED',
      tries: [{ code: 'sent' }],
    })
  })

  test('is told to those who act on it and to those who look into it, without a word of hers', async () => {
    const reference = await request()
    const { id } = await rowOf(reference)
    await erase(reference)
    const where = { subjectId: id }
    expect((await app.db.outboxEvent.findMany({ where, orderBy: { id: 'asc' } })).map(({ type }) => type)).toEqual([
      'callback.requested',
      'callback.erased',
    ])
    const audit = await app.db.auditEvent.findMany({ where, orderBy: { id: 'asc' } })
    expect(audit.map(({ action, actor }) => `${actor} ${action}`)).toEqual(['citizen callback.requested', 'citizen callback.erased'])
    const told = JSON.stringify([audit, await app.db.outboxEvent.findMany({ where })], (_key, value) =>
      typeof value === 'bigint' ? String(value) : value,
    )
    expect(told).toContain('callback.erased')
    for (const secret of ['470123456', 'Ana', 'frigo', reference]) expect(told).not.toContain(secret)
  })

  test('gives the place in the slot back', async () => {
    const slot = (await slots()).find(({ available }) => available)?.id as string
    const reference = await request({ slot })
    expect((await app.db.callbackSlot.findFirstOrThrow()).taken).toBe(1)
    await erase(reference)
    expect((await app.db.callbackSlot.findFirstOrThrow()).taken).toBe(0)
    // An erased request that was withdrawn before has given it back already.
    const other = await request({ slot })
    await app.ask(CANCEL, { reference: other, phone: PHONE }, SITE)
    await erase(other)
    expect((await app.db.callbackSlot.findFirstOrThrow()).taken).toBe(0)
  })

  test('leaves another request of the same phone as it is, and gives it the place in the queue', async () => {
    const [first, second, third] = [await request(), await request({ message: 'Aussi le loyer.' }), await request()]
    const [row, repeat, other] = [await rowOf(first), await rowOf(second), await rowOf(third)]
    expect([row.repeatOfId, repeat.repeatOfId, other.repeatOfId]).toEqual([null, row.id, row.id])
    await erase(first)
    expect(await rowOf(second)).toEqual({ ...repeat, repeatOfId: null, changedAt: expect.any(Date) })
    expect(await rowOf(third)).toEqual({ ...other, repeatOfId: repeat.id, changedAt: expect.any(Date) })
    expect(await follow(second)).toMatchObject({ status: 'NEW' })
    // A request of that phone adds to the heir from now on.
    expect((await rowOf(await request())).repeatOfId).toBe(repeat.id)
  })

  test('of a repeat leaves the first as it is', async () => {
    const [first, second] = [await request(), await request()]
    const row = await rowOf(first)
    await erase(second)
    expect(await rowOf(first)).toEqual(row)
  })

  test('of one that is over erases it too, and does not end it again', async () => {
    const reference = await request()
    await app.ask(CANCEL, { reference, phone: PHONE }, SITE)
    const { id } = await rowOf(reference)
    const later = new Date(NOW.getTime() + 3_600_000)
    app.setTime(later)
    expect(await erase(reference)).toMatchObject({ erased: true })
    expect(await app.db.callbackRequest.findUnique({ where: { id } })).toMatchObject({ closedAt: NOW, erasedAt: later, ...NOTHING })
  })

  test('while a second request of the same phone comes in loses neither', async () => {
    for (let round = 0; round < 25; round++) {
      await app.sql.query('TRUNCATE "callback_request" CASCADE')
      const first = await request()
      const [, ...others] = await Promise.all([erase(first), request(), request(), request()])
      const heads = await app.db.callbackRequest.findMany({ where: { status: 'NEW', repeatOfId: null } })
      const rows = await app.db.callbackRequest.findMany({ where: { status: 'NEW' } })
      expect(rows.map(({ reference }) => reference).sort()).toEqual([...others].sort())
      expect(heads).toHaveLength(1)
      expect(rows.filter(({ repeatOfId, id }) => repeatOfId !== heads[0]?.id && id !== heads[0]?.id)).toEqual([])
    }
  })
})

/** A case of it that is over. */
async function handToPartner(requestId: string): Promise<void> {
  const { organizationId } = await app.db.partner.findFirstOrThrow()
  await app.db.escalation.create({
    data: {
      requestId,
      organizationId,
      state: 'COMPLETED',
      outcome: 'resolved',
      urgency: 'INFO',
      objectSealed: 'sealed',
      requestedAt: NOW,
      requestedBy: 'staff:x',
      agreementWay: 'SPOKEN',
      agreementVersion: '2026-11-22',
      agreementLanguage: 'FR',
      agreedAt: NOW,
      agreementBy: 'staff:x',
      agreementAnyone: false,
      answerDueAt: NOW,
      outcomeDueAt: NOW,
      endedAt: NOW,
    },
  })
}

const theOnlyId = async () => (await app.db.callbackRequest.findFirstOrThrow()).id

describe('erasing by time', () => {
  const retention = { closedDays: 30, unreachedDays: 14, escalatedDays: 90 }
  const run = (now = NOW) => eraseExpired({ db: app.db, now, retention })
  const day = 86_400_000

  test.each<[status: 'CLOSED' | 'CANCELLED' | 'UNREACHABLE', days: number, what: string]>([
    ['CLOSED', 30, 'no partner had'],
    ['CANCELLED', 30, 'no partner had'],
    ['UNREACHABLE', 14, 'no partner had'],
    ['CLOSED', 90, 'a partner had'],
    ['CANCELLED', 90, 'a partner had'],
    ['UNREACHABLE', 90, 'a partner had'],
  ])('a request that is %s goes %i days after its end, not before, when %s it', async (status, days, what) => {
    const reference = await request()
    const { id } = await rowOf(reference)
    if (what === 'a partner had') await handToPartner(id)
    await app.db.callbackRequest.update({ where: { id }, data: { status, closedAt: NOW, outcome: 'resolved' } })
    expect(await run(new Date(NOW.getTime() + days * day - 1))).toBe(0)
    expect(await follow(reference)).toMatchObject({ status })
    const then = new Date(NOW.getTime() + days * day)
    expect(await run(then)).toBe(1)
    expect(await follow(reference)).toBeNull()
    expect(await app.db.callbackRequest.findUnique({ where: { id } })).toMatchObject({
      status,
      closedAt: NOW,
      erasedAt: then,
      outcome: 'resolved',
      ...NOTHING,
    })
    expect(await app.db.auditEvent.count({ where: { subjectId: id, action: 'callback.erased', actor: 'system' } })).toBe(1)
    expect(await run(then)).toBe(0)
  })

  test.each(['NEW', 'CLAIMED', 'REACHED', 'ESCALATED'] as const)('one that is %s never goes', async (status) => {
    const reference = await request()
    await app.db.callbackRequest.update({ where: { reference }, data: { status } })
    expect(await run(new Date('2036-01-01T00:00:00Z'))).toBe(0)
    expect(await follow(reference)).toMatchObject({ status })
  })

  test('of very many takes all, by two processes at once, each once', async () => {
    const template = await rowOf(await request())
    const { position: _own, ...copy } = template
    await app.db.callbackRequest.createMany({
      data: Array.from({ length: 450 }, (_, number) => ({
        ...copy,
        id: crypto.randomUUID(),
        reference: `R${number}`,
        idempotencyIndex: `i${number}`,
        status: 'CLOSED' as const,
        closedAt: new Date(NOW.getTime() - 31 * day),
      })),
    })
    const [one, two] = await Promise.all([run(), run()])
    expect(one + two).toBe(450)
    expect(await app.db.callbackRequest.count({ where: { erasedAt: { not: null } } })).toBe(450)
    expect(await app.db.callbackRequest.count({ where: { phoneIndex: phoneIndex(app.keys, '+32470123456') } })).toBe(1)
  })

  test('of one that ended leaves nobody behind who still waits', async () => {
    const [first, second] = [await request(), await request()]
    await app.db.callbackRequest.update({
      where: { reference: first },
      data: { status: 'CLOSED', closedAt: new Date(NOW.getTime() - 31 * day) },
    })
    expect((await rowOf(second)).repeatOfId).toBe((await rowOf(first)).id)
    expect(await run()).toBe(1)
    expect(await rowOf(second)).toMatchObject({ status: 'NEW', repeatOfId: null, messageSealed: expect.any(String) })
  })

  test('stops when it is told to, and goes on the next time', async () => {
    const reference = await request()
    await app.db.callbackRequest.update({ where: { reference }, data: { status: 'CLOSED', closedAt: new Date(NOW.getTime() - 31 * day) } })
    expect(await eraseExpired({ db: app.db, now: NOW, retention, stop: AbortSignal.abort() })).toBe(0)
    expect(await run()).toBe(1)
  })
})

test('the server erases and clears by itself, at the times that are set', async () => {
  const reference = await request()
  await app.ask(CANCEL, { reference, phone: PHONE }, SITE)
  await app.db.usedChallenge.create({ data: { id: 'old', expiresAt: NOW } })
  const later = (days: number) => app.setTime(new Date(NOW.getTime() + days * 86_400_000))
  later(29)
  await app.runJobsOnce()
  expect(await follow(reference)).toMatchObject({ status: 'CANCELLED' })
  expect(await app.db.usedChallenge.count()).toBe(0)
  later(30)
  await app.runJobsOnce()
  expect(await follow(reference)).toBeNull()
})

describe('clearing what is spent', () => {
  const at = (days: number) => new Date(NOW.getTime() - days * 86_400_000)
  const clear = () => clearSpent({ sql: app.sql, now: NOW })

  test('proofs of work, places and counters go once they are over', async () => {
    const line = await app.db.line.findFirstOrThrow()
    await app.db.usedChallenge.createMany({
      data: [
        { id: 'old', expiresAt: at(0.001) },
        { id: 'new', expiresAt: at(-0.001) },
      ],
    })
    await app.db.callbackSlot.createMany({
      data: [1.1, 0.9].map((days) => ({ lineId: line.id, startsAt: at(days + 0.1), endsAt: at(days), taken: 1 })),
    })
    await app.db.rateLimit.createMany({
      data: [
        { key: 'old', points: 1, expire: at(0.001) },
        { key: 'new', points: 1, expire: at(-0.001) },
        { key: 'for ever', points: 1, expire: null },
      ],
    })
    expect(await clear()).toBe(3)
    expect((await app.db.usedChallenge.findMany()).map(({ id }) => id)).toEqual(['new'])
    expect((await app.db.callbackSlot.findMany()).map(({ endsAt }) => endsAt)).toEqual([at(0.9)])
    expect((await app.db.rateLimit.findMany({ orderBy: { key: 'asc' } })).map(({ key }) => key)).toEqual(['for ever', 'new'])
    expect(await clear()).toBe(0)
  })

  test('events go with their messages, but not those that are young, under way, or failed', async () => {
    const event = async (
      what: string,
      dispatchedAt: Date | null,
      delivery?: { state: 'PENDING' | 'DELIVERED' | 'DEAD' | 'CANCELLED'; doneAt?: Date },
    ) =>
      app.db.outboxEvent.create({
        data: {
          type: what,
          subjectId: crypto.randomUUID(),
          at: at(200),
          dispatchedAt,
          deliveries: delivery && {
            create: { channel: 'EMAIL', nextAt: at(200), ...delivery, tries: { create: { at: at(200), code: 'sent', milliseconds: 1 } } },
          },
        },
      })
    const old = at(EVENT_DAYS + 1)
    await event('no message', old)
    await event('delivered', old, { state: 'DELIVERED', doneAt: old })
    await event('called off', old, { state: 'CANCELLED', doneAt: old })
    await event('not dispatched', null)
    await event('young', at(EVENT_DAYS - 1))
    await event('delivered of late', old, { state: 'DELIVERED', doneAt: at(EVENT_DAYS - 1) })
    await event('under way', old, { state: 'PENDING' })
    await event('failed', old, { state: 'DEAD', doneAt: old })
    expect(await clear()).toBe(3)
    const left = await app.db.outboxEvent.findMany({ orderBy: { id: 'asc' } })
    expect(left.map(({ type }) => type)).toEqual(['not dispatched', 'young', 'delivered of late', 'under way', 'failed'])
    expect([await app.db.delivery.count(), await app.db.deliveryAttempt.count()]).toEqual([3, 3])
  })

  test('of thousands takes all, in small statements', async () => {
    await app.sql.query(`INSERT INTO "used_challenge" SELECT n::text, $1 FROM generate_series(1, 1001) AS n`, [at(1)])
    expect(await clear()).toBe(1_001)
  })
})
