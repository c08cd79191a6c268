import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unseal } from '../../sealing/seal.ts'
import { createTestApp, NOW, type TestApp } from '../../testing/ask.ts'
import { input, phoneNumber, REQUEST } from '../../testing/callbacks.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.callbackRequest.deleteMany()
  await app.db.outboxEvent.deleteMany()
})

const SITE = { 'passerelle-site': 'demo' }
const request = async (overrides: object = {}) => (await app.ask(REQUEST, { input: input(overrides) }, SITE)).data.requestCallback
const inQueue = () => app.db.callbackRequest.findMany({ where: { repeatOfId: null, status: 'NEW' }, orderBy: { position: 'asc' } })
const follow = async (field: 'cancelCallback' | 'eraseCallback', reference: string, phone = '0470 12 34 56') => {
  const query = `mutation ($reference: String!, $phone: String!) { ${field}(reference: $reference, phone: $phone) { __typename } }`
  return (await app.ask(query, { reference, phone }, SITE)).data[field].__typename
}

describe('one number for one line', () => {
  test('asked for forty times at once, with forty keys, stands once in the queue; all are answered alike', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => request({ message: `Message ${index}` })))
    expect(answers.map(({ __typename }) => __typename)).toEqual(Array(40).fill('CallbackReceipt'))
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(40)
    const queue = await inQueue()
    expect(queue).toHaveLength(1)
    expect(await app.db.callbackRequest.count({ where: { repeatOfId: queue[0]?.id } })).toBe(39)
    // Each has its event, and what each said is there.
    expect(await app.db.outboxEvent.count({ where: { type: 'callback.requested' } })).toBe(40)
    const rows = await app.db.callbackRequest.findMany()
    const said = rows.map(({ id, messageSealed }) =>
      unseal(app.keys, messageSealed as string, { table: 'callback_request', column: 'message', row: id }),
    )
    expect(new Set(said).size).toBe(40)
  })

  test('asked for again later adds to the request that waits, and its place stays', async () => {
    await request({ phone: '0470 00 00 01' })
    await request()
    app.setTime(new Date(NOW.getTime() + 3_600_000))
    await request({ phone: '0470 00 00 02' })
    await request({ phone: '+32 470 12 34 56' })
    const queue = await inQueue()
    expect(queue).toHaveLength(3)
    expect(queue[1]?.callFrom).toEqual(NOW)
    const repeat = await app.db.callbackRequest.findFirstOrThrow({ where: { repeatOfId: { not: null } } })
    expect(repeat.repeatOfId).toBe(queue[1]?.id)
  })

  test('but for another line it is another request', async () => {
    await request()
    await request({ line: '1718' })
    expect(await inQueue()).toHaveLength(2)
  })

  test.each(['cancelCallback', 'eraseCallback'] as const)('after %s the one that came next takes the place', async (field) => {
    const first = await request()
    const second = await request()
    const third = await request()
    expect(await follow(field, first.reference)).not.toBe('NotFound')
    const queue = await inQueue()
    expect(queue.map(({ reference }) => reference)).toEqual([second.reference])
    const last = await app.db.callbackRequest.findFirstOrThrow({ where: { reference: third.reference } })
    expect(last.repeatOfId).toBe(queue[0]?.id)
    expect(await follow(field, second.reference)).not.toBe('NotFound')
    expect((await inQueue()).map(({ reference }) => reference)).toEqual([third.reference])
  })

  test('that was asked for three times in a day is called tomorrow, from wherever the fourth comes', async () => {
    for (let time = 0; time < 4; time++) {
      const { reference } = await request()
      await follow('cancelCallback', reference)
    }
    const rows = await app.db.callbackRequest.findMany({ orderBy: { position: 'asc' } })
    expect(rows.map(({ callFrom }) => callFrom.toISOString())).toEqual([...Array(3).fill(NOW.toISOString()), '2026-11-17T23:00:00.000Z'])
  })
})

describe('the last place of a slot', () => {
  test('asked for by forty at once goes to one; the others hear which come next, and nothing of them is stored', async () => {
    const query = '{ callbackSlots(line: "liege-solidaire") { id startsAt endsAt available } }'
    const [slot, ...later] = (await app.ask(query)).data.callbackSlots
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const hours = (Date.parse(slot.endsAt) - Date.parse(slot.startsAt)) / 3_600_000
    const places = Math.max(1, Math.floor(line.callsPerHour * hours))
    await app.db.callbackSlot.create({ data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: places - 1 } })
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => request({ phone: phoneNumber(index), slot: slot.id })))
    const receipts = answers.filter(({ __typename }) => __typename === 'CallbackReceipt')
    const refused = answers.filter(({ __typename }) => __typename === 'SlotTaken')
    expect([receipts.length, refused.length]).toEqual([1, 39])
    expect(receipts[0].slot.id).toBe(slot.id)
    for (const { slots } of refused) {
      expect(slots).toEqual(later.slice(0, 6).map(({ id }: { id: string }) => ({ id, available: true })))
    }
    expect(await app.db.callbackRequest.count()).toBe(1)
    expect(await app.db.callbackSlot.findFirstOrThrow()).toMatchObject({ taken: places })
    expect((await app.ask(query)).data.callbackSlots[0]).toMatchObject({ id: slot.id, available: false })
    await app.db.callbackSlot.deleteMany()
  })
})

describe('a key', () => {
  test('sent fifty times at once makes one row, one event and one receipt', async () => {
    const sent = { idempotencyKey: 'fifty', phone: phoneNumber(1) }
    const answers = await Promise.all(Array.from({ length: 50 }, () => request(sent)))
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1)
    expect([await app.db.callbackRequest.count(), await app.db.outboxEvent.count()]).toEqual([1, 1])
  })

  test('whose request is still being stored is in progress; sent again later, it gives the receipt', async () => {
    const sent = { idempotencyKey: 'slow', phone: phoneNumber(2) }
    // Another process has stored it and has not yet come to the end of its transaction: the same statement, held open.
    const other = await app.sql.connect()
    await other.query('BEGIN')
    const query = app.sql.query.bind(app.sql)
    const held: unknown[] = []
    app.sql.query = ((...args: [{ name?: string }]) => {
      if (args[0]?.name !== 'callback_store') return (query as (...all: unknown[]) => unknown)(...args)
      held.push(args[0])
      return other.query(args[0] as never)
    }) as typeof app.sql.query
    const first = await request(sent)
    app.sql.query = query as typeof app.sql.query
    expect([first.__typename, held.length]).toEqual(['CallbackReceipt', 1])

    const meanwhile = await request(sent)
    expect(meanwhile).toEqual({ __typename: 'Conflict', message: expect.stringMatching(/en cours|encore/) })
    await other.query('COMMIT')
    other.release()
    expect((await request(sent)).reference).toBe(first.reference)
    expect(await app.db.callbackRequest.count()).toBe(1)
  })

  test('whose request was not stored after all is free again', async () => {
    const sent = { idempotencyKey: 'lost', phone: phoneNumber(3) }
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt endsAt } }')).data.callbackSlots
    await app.db.callbackSlot.create({ data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: 10_000 } })
    expect((await request({ ...sent, slot: slot.id })).__typename).toBe('SlotTaken')
    await app.db.callbackSlot.deleteMany()
    expect((await request(sent)).__typename).toBe('CallbackReceipt')
  })
})

describe('what people write', () => {
  test.each([
    ['a register number', 'Mon numéro national est 85.07.30-033.28, merci.', true],
    ['an account number', 'Mon compte : BE68 5390 0754 7034', true],
    ['neither', 'Ma facture de 2026 est de 85,07 euros.', false],
  ])('%s: is taken out before storing, and the person is told', async (_what, message, masked) => {
    expect(await request({ message })).toMatchObject({ __typename: 'CallbackReceipt', masked })
    const [row] = await app.db.callbackRequest.findMany()
    const stored = unseal(app.keys, row?.messageSealed as string, { table: 'callback_request', column: 'message', row: row?.id as string })
    expect(stored.includes('033') || stored.includes('5390')).toBe(false)
    expect(stored === message).toBe(!masked)
    expect(row?.masked).toBe(masked)
  })

  test('into a field that people do not see is answered like any other, and nothing is stored', async () => {
    const seen = await request({ phone: phoneNumber(7) })
    const hidden = await request({ phone: phoneNumber(8), website: 'https://example.org' })
    expect({ ...hidden, reference: '' }).toEqual({ ...seen, reference: '' })
    expect(hidden.reference).toMatch(/^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$/)
    expect([await app.db.callbackRequest.count(), await app.db.outboxEvent.count()]).toEqual([1, 1])
    expect((await request({ phone: 'abc', website: 'x' })).__typename).toBe('InvalidInput')
  })
})

describe('what asks the database', () => {
  test('is asked once for all who look at the slots of a line at the same moment', async () => {
    let asked = 0
    const counting = app.db.callbackSlot.findMany
    Object.defineProperty(app.db.callbackSlot, 'findMany', {
      configurable: true,
      value: (...args: Parameters<typeof counting>) => {
        asked++
        return counting.apply(app.db.callbackSlot, args)
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        app.ask('{ callbackSlots(line: "liege-solidaire") { available } callbackEstimate(line: "liege-solidaire") { by } }'),
      ),
    )
    Object.defineProperty(app.db.callbackSlot, 'findMany', { configurable: true, value: counting })
    expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1)
    expect(answers[0]?.data.callbackSlots.length).toBeGreaterThan(0)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(20)
  })
})

describe('several of one phone are withdrawn at once', () => {
  test('and whoever is left stands in the queue', async () => {
    for (let round = 0; round < 12; round++) {
      await app.db.callbackRequest.deleteMany()
      const phone = phoneNumber(700_000 + round)
      const references: string[] = []
      for (let one = 0; one < 4; one++) references.push((await request({ phone })).reference)
      await Promise.all(references.slice(0, 3).map((reference) => follow(round % 2 ? 'cancelCallback' : 'eraseCallback', reference, phone)))
      const rows = await app.db.callbackRequest.findMany({ where: { status: 'NEW' } })
      expect(rows.map(({ reference, repeatOfId }) => ({ reference, repeatOfId }))).toEqual([{ reference: references[3], repeatOfId: null }])
    }
  }, 60_000)

  test('one of them four times: four times it is withdrawn', async () => {
    const { reference } = await request()
    const answers = await Promise.all(Array.from({ length: 4 }, () => follow('cancelCallback', reference)))
    expect(answers).toEqual(Array(4).fill('CallbackReceipt'))
    expect(await app.db.outboxEvent.count({ where: { type: 'callback.cancelled' } })).toBe(1)
  })

  test('while the same phone asks for the slot that one of them had', async () => {
    const { data } = await app.ask('{ callbackSlots(line: "liege-solidaire") { id } }')
    const slot = data.callbackSlots[1].id
    for (let round = 0; round < 8; round++) {
      const phone = phoneNumber(800_000 + round)
      const { reference } = await request({ phone, slot })
      const [withdrawn, asked] = await Promise.all([follow('cancelCallback', reference, phone), request({ phone, slot })])
      expect([withdrawn, asked.__typename]).toEqual(['CallbackReceipt', 'CallbackReceipt'])
      await follow('cancelCallback', asked.reference, phone)
    }
  }, 60_000)
})
