import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../../testing/ask.ts'
import { input } from '../../testing/callbacks.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.callbackRequest.deleteMany()
  await app.db.callbackSlot.deleteMany()
  await app.db.outboxEvent.deleteMany()
})

const SITE = { 'passerelle-site': 'demo' }
const RECEIPT = `__typename
  ... on CallbackReceipt { reference status masked slot { id startsAt endsAt dayLabel timesLabel } expected { from by label } line { slug } }
  ... on UserError { message }`
const REFUSALS = '... on SlotTaken { slots { id available } } ... on InvalidInput { problems { path code } }'

type Slot = { id: string; startsAt: string; endsAt: string; available: boolean; day: string; dayLabel: string; timesLabel: string }
const slots = async (args = '', language = 'fr'): Promise<Slot[]> => {
  const query = `{ callbackSlots(line: "liege-solidaire"${args}) { id startsAt endsAt available day dayLabel timesLabel } }`
  return (await app.ask(query, {}, { 'accept-language': language })).data.callbackSlots
}
let phones = 0
const newPhone = () => `0470 ${String(100_000 + phones++)}`
const request = async (phone: string, slot: string | null = null, overrides: object = {}) => {
  const query = `mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { ${RECEIPT} ${REFUSALS} } }`
  const answer = await app.ask(query, { input: input({ phone, slot, ...overrides }) }, SITE)
  expect(answer.errors).toBeUndefined()
  return answer.data.requestCallback
}
const cancel = async (reference: string, phone: string) => {
  const query = `mutation ($reference: String!, $phone: String!) { cancelCallback(reference: $reference, phone: $phone) { ${RECEIPT} } }`
  return (await app.ask(query, { reference, phone }, SITE)).data.cancelCallback
}
const move = async (reference: string, phone: string, slot: string | null) => {
  const query = `mutation ($reference: String!, $phone: String!, $slot: ID) {
    rescheduleCallback(reference: $reference, phone: $phone, slot: $slot) { ${RECEIPT} ${REFUSALS} } }`
  const answer = await app.ask(query, { reference, phone, slot }, SITE)
  expect(answer.errors).toBeUndefined()
  return answer.data.rescheduleCallback
}
/** What the counters say is taken, and what the open requests have taken: they never differ. */
const places = async () => {
  const counted = await app.db.callbackSlot.findMany({ where: { taken: { gt: 0 } }, orderBy: { startsAt: 'asc' } })
  const held = await app.db.callbackRequest.groupBy({
    by: ['slotStartsAt'],
    where: { slotStartsAt: { not: null }, status: { in: ['NEW', 'CLAIMED', 'REACHED'] } },
    _count: true,
    orderBy: { slotStartsAt: 'asc' },
  })
  expect(counted.map(({ startsAt, taken }) => [startsAt, taken])).toEqual(held.map((one) => [one.slotStartsAt, one._count]))
  return counted.map(({ taken }) => taken)
}

describe('the slots of a line', () => {
  test('are parts of the days on which it is open, in words and in order', async () => {
    const all = await slots()
    expect(all[0]).toEqual({
      id: 'liege-solidaire@20261117T1200Z',
      startsAt: '2026-11-17T12:00:00.000Z',
      endsAt: '2026-11-17T16:00:00.000Z',
      available: true,
      day: '2026-11-17',
      dayLabel: 'aujourd’hui, mardi 17 novembre',
      timesLabel: 'de 13 h à 17 h',
    })
    expect(all.map(({ startsAt }) => startsAt)).toEqual(all.map(({ startsAt }) => startsAt).sort())
    expect(new Set(all.map(({ day }) => new Date(day).getUTCDay()))).toEqual(new Set([1, 2, 3, 4, 5]))
    expect((await slots(', from: "2026-11-18", days: 1', 'de')).map(({ dayLabel, timesLabel }) => `${dayLabel}: ${timesLabel}`)).toEqual([
      'morgen, Mittwoch, 18. November: 9 bis 13 Uhr',
      'morgen, Mittwoch, 18. November: 13 bis 17 Uhr',
    ])
  })

  test('are none for a line that does not exist, and for one that calls nobody back', async () => {
    const { data } = await app.ask('{ a: callbackSlots(line: "nulle-part") { id } }')
    expect(data.a).toEqual([])
    const { data: listening } = await app.ask('{ callbackSlots(line: "112") { id } callbackEstimate(line: "112") { label } }')
    expect(listening ?? {}).not.toHaveProperty('callbackSlots.0')
  })

  test('more days than a month are refused', async () => {
    const { errors } = await app.ask('{ callbackSlots(line: "liege-solidaire", days: 32) { id } }')
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
  })
})

describe('a request for a slot', () => {
  test('takes a place in it, and says when', async () => {
    const [, slot] = await slots()
    const receipt = await request(newPhone(), slot?.id)
    expect(receipt).toMatchObject({ __typename: 'CallbackReceipt', slot: { id: slot?.id, timesLabel: slot?.timesLabel }, expected: null })
    expect(await places()).toEqual([1])
  })

  test('forty at once for the last place: one gets it, the others are told the next ones, and nothing of them is stored', async () => {
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const [slot, next] = (await slots()) as [Slot, Slot]
    const room = 4 * line.callsPerHour
    await app.db.callbackSlot.create({
      data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: room - 1 },
    })
    const answers = await Promise.all(Array.from({ length: 40 }, () => request(newPhone(), slot.id)))
    expect(answers.filter(({ __typename }) => __typename === 'CallbackReceipt')).toHaveLength(1)
    const refused = answers.filter(({ __typename }) => __typename === 'SlotTaken')
    expect(refused).toHaveLength(39)
    expect(refused[0].slots[0]).toEqual({ id: next.id, available: true })
    expect(await app.db.callbackRequest.count()).toBe(1)
    expect(await app.db.callbackSlot.findMany({ select: { taken: true } })).toEqual([{ taken: room }])
    expect((await slots())[0]?.available).toBe(false)
  })

  test('the same one sent twice at once for the last place is one receipt', async () => {
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const [slot] = (await slots()) as [Slot]
    await app.db.callbackSlot.create({
      data: { lineId: line.id, startsAt: slot.startsAt, endsAt: slot.endsAt, taken: 4 * line.callsPerHour - 1 },
    })
    const phone = newPhone()
    const idempotencyKey = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 10 }, () => request(phone, slot.id, { idempotencyKey })))
    expect(new Set(answers.map(({ reference }) => reference)).size).toBe(1)
    expect(await app.db.callbackRequest.count()).toBe(1)
  })

  test('that begins too soon by now is answered as one that is taken, and one that never was is a problem', async () => {
    const [slot] = await slots()
    app.setTime(new Date('2026-11-17T11:30:00Z'))
    const gone = await request(newPhone(), slot?.id)
    expect(gone.__typename).toBe('SlotTaken')
    expect(gone.slots).toHaveLength(6)
    for (const id of ['1718@20261118T0800Z', 'liege-solidaire', '', '../../etc/passwd', 'liege-solidaire@20261118T0801Z\u0000']) {
      const answer = await request(newPhone(), id)
      if (id === '') expect(answer.__typename).toBe('CallbackReceipt')
      else expect(answer).toMatchObject({ __typename: 'InvalidInput', problems: [{ path: ['input', 'slot'], code: 'slot_not_offered' }] })
    }
  })
})

describe('as soon as possible', () => {
  test('comes with an estimate that counts who waits already', async () => {
    const first = await request(newPhone())
    expect(first.expected.label).toBe('aujourd’hui avant 13 h')
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    for (let waiting = 1; waiting < 3 * line.callsPerHour; waiting++) await request(newPhone())
    const { data } = await app.ask('{ callbackEstimate(line: "liege-solidaire") { from by label } }')
    expect(data.callbackEstimate.label).toBe('aujourd’hui entre 13 h et 17 h')
    // Who came first still has her turn.
    const phone = newPhone()
    const last = await request(phone)
    expect(last.expected.label).toBe('aujourd’hui entre 13 h et 17 h')
  })
})

test('a fourth new request of a phone in a day waits until tomorrow, and neither its answer nor its look-up says so', async () => {
  const phone = newPhone()
  for (let time = 0; time < 3; time++) {
    const { reference } = await request(phone)
    await cancel(reference, phone)
  }
  const fourth = await request(phone)
  const other = await request(newPhone())
  expect(fourth.expected).toEqual(other.expected)
  const looked = await app.ask(
    `{ callback(reference: "${fourth.reference}", phone: "${phone}") { expected { label } } }`,
    {},
    { ...SITE, origin: ORIGIN },
  )
  expect(looked.data.callback.expected.label).toBe(other.expected.label)
  const row = await app.db.callbackRequest.findUniqueOrThrow({ where: { reference: fourth.reference } })
  const tomorrow = new Date('2026-11-17T23:00:00Z')
  expect(row.callFrom).toEqual(tomorrow)
  // Nor does moving it undo that.
  const [today] = await slots()
  await move(fourth.reference, phone, today?.id ?? null)
  await move(fourth.reference, phone, null)
  expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { reference: fourth.reference } })).toMatchObject({ callFrom: tomorrow })
})

describe('a request is withdrawn', () => {
  test('by reference and phone, as often as one likes; its place is free again', async () => {
    const phone = newPhone()
    const [slot] = await slots()
    const { reference } = await request(phone, slot?.id)
    expect((await cancel(reference, phone)).status).toBe('CANCELLED')
    expect((await cancel(reference.toLowerCase().replaceAll('-', ' '), phone)).status).toBe('CANCELLED')
    expect(await places()).toEqual([])
    const events = await app.db.outboxEvent.findMany({ where: { type: 'callback.cancelled' } })
    expect(events).toHaveLength(1)
  })

  test.each([
    ['the reference', (reference: string) => ({ reference: reference.replace(/^./, (one) => (one === 'A' ? 'C' : 'A')) })],
    ['the phone', () => ({ phone: '0470 99 99 99' })],
    ['both, and hostile', () => ({ reference: `' OR 1=1 --`, phone: '%' })],
  ])('not with another one: %s', async (_what, wrong) => {
    const phone = newPhone()
    const { reference } = await request(phone)
    const claim = { reference, phone, ...wrong(reference) }
    expect(await cancel(claim.reference, claim.phone)).toEqual({
      __typename: 'NotFound',
      message: 'Aucune demande ne correspond à cette référence et à ce numéro.',
    })
    expect(await move(claim.reference, claim.phone, null)).toMatchObject({ __typename: 'NotFound' })
    expect(await app.db.callbackRequest.count({ where: { status: 'NEW' } })).toBe(1)
  })

  test('not once somebody has spoken with the person', async () => {
    const phone = newPhone()
    const { reference } = await request(phone)
    await app.db.callbackRequest.updateMany({ data: { status: 'REACHED' } })
    expect(await cancel(reference, phone)).toEqual({ __typename: 'Conflict', message: 'Cette demande est terminée.' })
  })

  test('and the next one of the same phone takes its place in the queue', async () => {
    const phone = newPhone()
    const first = await request(phone)
    const [second, third] = [await request(phone), await request(phone)]
    expect(await app.db.callbackRequest.count({ where: { repeatOfId: null } })).toBe(1)
    expect(second.reference).not.toBe(first.reference)
    await cancel(first.reference, phone)
    const heir = await app.db.callbackRequest.findUniqueOrThrow({ where: { reference: second.reference } })
    expect(heir.repeatOfId).toBeNull()
    expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { reference: third.reference } })).toMatchObject({ repeatOfId: heir.id })
  })
})

describe('a request is moved', () => {
  test('to another slot and back to as soon as possible; places are taken and freed', async () => {
    const phone = newPhone()
    const [first, second] = (await slots()) as [Slot, Slot]
    const { reference } = await request(phone, first.id)
    expect(await move(reference, phone, second.id)).toMatchObject({ status: 'NEW', slot: { id: second.id } })
    expect(await places()).toEqual([1])
    expect(await move(reference, phone, second.id)).toMatchObject({ slot: { id: second.id } })
    expect(await move(reference, phone, null)).toMatchObject({ slot: null, expected: { label: 'aujourd’hui avant 13 h' } })
    expect(await places()).toEqual([])
    expect(await app.db.outboxEvent.count({ where: { type: 'callback.rescheduled' } })).toBe(2)
  })

  test('not into a full one: it keeps the place it has', async () => {
    const phone = newPhone()
    const [first, second] = (await slots()) as [Slot, Slot]
    const { reference } = await request(phone, first.id)
    const { id: lineId, callsPerHour } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    const full = { lineId, startsAt: second.startsAt, endsAt: second.endsAt, taken: 4 * callsPerHour }
    await app.db.callbackSlot.create({ data: full })
    const answer = await move(reference, phone, second.id)
    expect(answer.__typename).toBe('SlotTaken')
    expect(answer.slots.map(({ id }: Slot) => id)).not.toContain(second.id)
    expect(await app.db.callbackRequest.findFirstOrThrow()).toMatchObject({ slotStartsAt: new Date(first.startsAt) })
  })

  test('crosswise and at once, each gets a place or an answer, and the counters are right', async () => {
    const [a, b] = (await slots()) as [Slot, Slot]
    const people = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const phone = newPhone()
        return { phone, ...(await request(phone, index % 2 ? a.id : b.id)) }
      }),
    )
    for (let round = 0; round < 3; round++) {
      const moved = people.map(({ reference, phone }, index) => move(reference, phone, (index + round) % 2 ? b.id : a.id))
      for (const answer of await Promise.all(moved)) expect(answer.__typename).toBe('CallbackReceipt')
    }
    expect((await places()).reduce((sum, taken) => sum + taken, 0)).toBe(8)
  })

  test('not while somebody is calling', async () => {
    const phone = newPhone()
    const { reference } = await request(phone)
    await app.db.callbackRequest.updateMany({ data: { status: 'CLAIMED' } })
    expect(await move(reference, phone, null)).toMatchObject({ __typename: 'Conflict' })
  })
})

test('each change has its event and its audit row', async () => {
  const phone = newPhone()
  const before = await app.db.auditEvent.count()
  const { reference } = await request(phone)
  const [slot] = await slots()
  await move(reference, phone, slot?.id ?? null)
  await cancel(reference, phone)
  const types = ['callback.requested', 'callback.rescheduled', 'callback.cancelled']
  const events = await app.db.outboxEvent.findMany({ orderBy: { id: 'asc' } })
  expect(events.map(({ type }) => type)).toEqual(types)
  const audit = await app.db.auditEvent.findMany({ orderBy: { id: 'asc' }, skip: before })
  expect(audit.map(({ action, actor }) => `${actor} ${action}`)).toEqual(types.map((type) => `citizen ${type}`))
  expect(new Set([...events, ...audit].map(({ subjectId }) => subjectId)).size).toBe(1)
})
