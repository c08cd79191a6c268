import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change } from '../testing/callbacks.ts'
import { act, emptyDesk, listed, waiting } from '../testing/desk.ts'
import { type Receivers, startReceivers } from '../testing/notices.ts'
import { staff } from '../testing/staff.ts'

let receivers: Receivers
let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders(), limited: false })
  agent = await staff(app)
})
afterAll(async () => {
  await app.close()
  await receivers.close()
})
beforeEach(async () => {
  receivers.reset()
  app.setTime(NOW)
  await emptyDesk(app)
})

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const claim = (id: string) => act(app, agent.headers, 'claimCallback', { id })
const attempt = (id: string, outcome: string) => act(app, agent.headers, 'recordAttempt', { id, input: { outcome } })
const yes = { voicemail: true, sms: true, sayWhoCalls: true }

/** One phone asks so, one request after the other; nobody knows whether it is one person. */
async function asked(...requests: object[]) {
  const all = []
  for (const [index, request] of requests.entries()) {
    app.setTime(minutes(index))
    all.push(await waiting(app, request))
  }
  return all as [{ id: string; reference: string }, ...{ id: string; reference: string }[]]
}

describe('what a phone asks besides is heeded', () => {
  test('the strictest wish counts, and each one’s precautions and language are shown to who holds the call', async () => {
    const [first] = await asked(
      { safeContact: { ...yes, note: 'appelez quand vous voulez' } },
      { safeContact: { ...yes, voicemail: false, note: 'il lit tout' }, language: 'NL', message: 'svp' },
      { safeContact: { sms: true, sayWhoCalls: false }, need: 'violence' },
    )
    const [before] = (await listed(app, agent.headers)).nodes
    expect(before).toMatchObject({ safeContact: null, repeats: [{ safeNote: null, language: 'NL' }, { safeNote: null }] })
    expect(await claim(first.id)).toMatchObject({
      safeContact: { voicemail: false, sms: true, sayWhoCalls: false, note: 'appelez quand vous voulez' },
      repeats: [
        { safeNote: 'il lit tout', language: 'NL', message: 'svp', need: null },
        { safeNote: null, language: 'FR', need: { code: 'violence' } },
      ],
    })
  })

  test('who said nothing has not said yes', async () => {
    const [first] = await asked({ safeContact: yes }, {})
    expect(await claim(first.id)).toMatchObject({ safeContact: { voicemail: null, sms: null, sayWhoCalls: null } })
  })

  test('what is withdrawn is heeded no more', async () => {
    const [first, second] = await asked({ safeContact: yes, need: 'food' }, { safeContact: { sms: false }, need: 'violence' })
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ urgency: 'DANGER' }])
    await change(app, 'cancelCallback', { reference: second?.reference ?? '', phone: '0470 12 34 56' })
    const held = await claim(first.id)
    expect(held).toMatchObject({ safeContact: { sms: true, voicemail: true }, repeats: [], canSend: ['SMS'] })
    expect(held.urgency).not.toBe('DANGER')
  })

  test('the most pressing of them decides the place, the target and who is taken next', async () => {
    const other = await waiting(app, { phone: '0470 00 00 01', need: 'mental-health' })
    const [first] = await asked({}, { need: 'food' }, { need: 'violence' })
    const { nodes } = await listed(app, agent.headers)
    expect(nodes.map(({ id, urgency, targetMinutes }) => [id, urgency, targetMinutes])).toEqual([
      [first.id, 'DANGER', 30],
      [other.id, 'CRISIS', 120],
    ])
    expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ id: first.id })
  })

  test('of very many the newest are shown, and the wish of the oldest counts all the same', async () => {
    const [first] = await asked({ safeContact: yes }, { safeContact: { ...yes, sms: false } }, ...Array(22).fill({ safeContact: yes }))
    await app.db.$executeRaw`UPDATE "callback_request" SET "need_code" = 'violence' WHERE "position" = (
      SELECT min("position") FROM "callback_request" WHERE "repeat_of_id" IS NOT NULL)`
    const last = await waiting(app, { message: 'la dernière', safeContact: yes })
    expect(last.id).not.toBe(first.id)
    const held = await claim(first.id)
    expect(held.repeats).toHaveLength(20)
    expect(held.repeats.at(-1)).toMatchObject({ message: 'la dernière' })
    expect(held).toMatchObject({ urgency: 'DANGER', canSend: [], safeContact: { sms: false, voicemail: true } })
  })
})

describe('by which ways she may be sent something', () => {
  test.each<[what: string, requests: object[], channels: string[]]>([
    ['alone, by those she allows', [{ email: 'ada@example.org', safeContact: yes }], ['EMAIL', 'SMS']],
    ['nothing to an address, which may be somebody else’s', [{ email: 'ada@example.org' }, {}], []],
    ['nor to one of a repeat', [{}, { email: 'ada@example.org' }], []],
    ['by text message when every request allows it', [{ email: 'ada@example.org', safeContact: yes }, { safeContact: yes }], ['SMS']],
    ['not when one forbids it', [{ safeContact: yes }, { safeContact: yes }, { safeContact: { sms: false } }], []],
    ['not when one does not say', [{ safeContact: yes }, {}], []],
    ['not when one is about what must not be seen', [{ safeContact: yes }, { safeContact: yes, need: 'violence.partner' }], []],
  ])('%s', async (_what, requests, channels) => {
    const [{ id }] = await asked(...requests)
    expect((await claim(id)).canSend.sort()).toEqual(channels)
    for (const sendBy of ['EMAIL', 'SMS']) {
      const answer = await act(app, agent.headers, 'orientCallback', { id, input: { services: ['courses-liege'], sendBy } })
      expect(answer.problems?.[0].code ?? 'sent').toBe(channels.includes(sendBy) ? 'sent' : 'not_sendable')
    }
  })

  test('a text message about one of them goes to no phone where another forbids it', async () => {
    const [first] = await asked({ safeContact: yes }, { safeContact: { sms: false } })
    await app.runJobsOnce()
    receivers.reset()
    await claim(first.id)
    await attempt(first.id, 'INVALID_NUMBER')
    await app.runJobsOnce()
    expect(receivers.messages).toEqual([])
    const where = { event: { type: 'callback.unreachable', subjectId: first.id } }
    const [delivery] = await app.db.delivery.findMany({ where, include: { tries: true } })
    expect(delivery).toMatchObject({ state: 'CANCELLED', tries: [{ code: 'unwished' }] })
  })
})

describe('wishes hold for the phone, whatever line was asked', () => {
  const wishes = { voicemail: false, sms: false, sayWhoCalls: false, note: 'mon mari répond' }
  const other = { line: '1719', language: 'DE', safeContact: yes, need: 'food' }
  const region = () => staff(app, { organization: 'service-public-de-wallonie' })

  test('who calls for one line keeps to what was said to the other, and learns nothing else of it', async () => {
    const { headers } = await region()
    const [, second] = await asked({ line: '1718', safeContact: wishes, need: 'violence', message: 'il me frappe' }, other)
    const held = await act(app, headers, 'claimCallback', { id: second?.id })
    expect(held).toMatchObject({
      safeContact: { voicemail: false, sms: false, sayWhoCalls: false, note: null },
      canSend: [],
      repeats: [],
      need: { code: 'food' },
    })
    expect(held.urgency).not.toBe('DANGER')
    expect(JSON.stringify(held)).not.toMatch(/mari|frappe|violence/)
    const input = { services: ['courses-liege'], sendBy: 'SMS' }
    expect(await act(app, headers, 'orientCallback', { id: second?.id, input })).toMatchObject({ problems: [{ code: 'not_sendable' }] })
  })

  test.each<[what: string, first: object, canSend: string[]]>([
    ['one that allows all', { safeContact: yes }, ['SMS']],
    ['one that is silent', {}, []],
    ['one about what must not be seen', { safeContact: yes, need: 'violence' }, []],
  ])('%s', async (_what, first, canSend) => {
    const { headers } = await region()
    const [{ reference }, second] = await asked({ line: '1718', ...first }, other)
    expect(await act(app, headers, 'claimCallback', { id: second?.id })).toMatchObject({ canSend })
    await change(app, 'cancelCallback', { reference, phone: '0470 12 34 56' })
    const { data } = await app.ask('{ myCall { canSend safeContact { sayWhoCalls } } }', {}, headers)
    expect(data.myCall).toEqual({ canSend: ['SMS'], safeContact: { sayWhoCalls: true } })
  })

  test('a line of others has no part in what the desk shows', async () => {
    const [, second] = await asked({ line: '1718', safeContact: wishes }, { safeContact: yes })
    expect(await claim(second?.id ?? '')).toMatchObject({ safeContact: { sayWhoCalls: true, sms: true } })
  })

  test.each<[what: string, first: object, sent: number]>([
    ['allowed by both', { line: '1718', safeContact: yes }, 1],
    ['forbidden to another line', { line: '1718', safeContact: { sms: false } }, 0],
    ['not allowed to another line', { line: '1718' }, 0],
    ['not allowed by an earlier one of the same line', {}, 0],
  ])('a text message %s', async (_what, first, sent) => {
    await asked(first)
    await app.runJobsOnce()
    receivers.reset()
    const second = await waiting(app, { safeContact: yes })
    await app.runJobsOnce()
    expect(receivers.messages).toHaveLength(sent)
    const where = { event: { subjectId: second.id } }
    const [delivery] = await app.db.delivery.findMany({ where, include: { tries: true } })
    expect(delivery?.state).toBe(sent ? 'DELIVERED' : 'CANCELLED')
    if (!sent) expect(delivery?.tries).toMatchObject([{ code: 'unwished' }])
  })

  test('a no that was said is kept to when that request is over; silence is not', async () => {
    for (const [safeContact, sent] of [[{ sms: false }, 0] as const, [{}, 1] as const]) {
      await emptyDesk(app)
      const [first] = await asked({ line: '1718', safeContact })
      await app.db.callbackRequest.update({ where: { id: first.id }, data: { status: 'CLOSED', closedAt: NOW } })
      await app.runJobsOnce()
      receivers.reset()
      await waiting(app, { safeContact: yes })
      await app.runJobsOnce()
      expect(receivers.messages).toHaveLength(sent)
    }
  })
})

describe('what somebody else with the same phone learns', () => {
  const receipt = async (reference: string) =>
    (
      await app.ask(
        'query ($reference: String!) { callback(reference: $reference, phone: "0470 12 34 56") { status outcome } }',
        { reference },
        { 'passerelle-site': 'demo' },
      )
    ).data.callback

  test.each(['RESOLVED', 'NO_HELP_AVAILABLE', 'DECLINED_BY_PERSON'])('nothing of how a conversation ended: %s', async (outcome) => {
    const [first, second] = await asked({}, {})
    await claim(first.id)
    await attempt(first.id, 'REACHED')
    await act(app, agent.headers, 'closeCallback', { id: first.id, input: { outcome, unmet: 'FULL' } })
    expect(await receipt(first.reference)).toEqual({ status: 'CLOSED', outcome: outcome.toLowerCase() })
    expect(await receipt(second?.reference ?? '')).toEqual({ status: 'CLOSED', outcome: null })
  })

  test('that nobody is reached under the number, and how often that was tried since she asked', async () => {
    const [first] = await asked({})
    await claim(first.id)
    await attempt(first.id, 'BUSY')
    app.setTime(minutes(30))
    const second = await waiting(app, { email: 'stranger@example.org' })
    await claim(first.id)
    await attempt(first.id, 'NO_ANSWER')
    app.setTime(minutes(240))
    await claim(first.id)
    await attempt(first.id, 'INVALID_NUMBER')
    await app.runJobsOnce()
    expect(await receipt(second.reference)).toEqual({ status: 'UNREACHABLE', outcome: 'not_reachable' })
    expect(receivers.mails.at(-1)?.text).toContain('Nous avons appelé 2 fois')
  })
})

describe('what a conversation cannot have settled goes on waiting', () => {
  const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
  const states = async (ids: readonly { id: string }[]) => Promise.all(ids.map(async ({ id }) => (await row(id)).status))
  const close = (id: string, outcome = 'RESOLVED') => act(app, agent.headers, 'closeCallback', { id, input: { outcome } })
  async function slotAfter(date: Date): Promise<string> {
    const { data } = await app.ask(
      '{ callbackSlots(line: "liege-solidaire") { id startsAt available } }',
      {},
      { 'passerelle-site': 'demo' },
    )
    return data.callbackSlots.find((slot: any) => slot.available && new Date(slot.startsAt) > date).id
  }

  test.each<[what: string, first: object, second: object, status: string]>([
    ['the same name, written otherwise', { name: 'Zoé  Lambert' }, { name: ' ZOE Lambert' }, 'CLOSED'],
    ['no name now', { name: 'Marie' }, {}, 'CLOSED'],
    ['no name before', {}, { name: 'Marie' }, 'CLOSED'],
    ['another name', { name: 'Jean' }, { name: 'Marie' }, 'NEW'],
    ['what must not be seen, and the other one is not about it', {}, { need: 'violence' }, 'NEW'],
    ['what must not be seen, as the other one', { need: 'violence' }, { need: 'violence.partner' }, 'CLOSED'],
  ])('%s', async (_what, first, second, status) => {
    const all = await asked(first, second)
    await claim(all[0].id)
    await attempt(all[0].id, 'REACHED')
    expect(await close(all[0].id)).toMatchObject({ status: 'CLOSED', outcome: 'resolved' })
    expect(await states(all)).toEqual(['CLOSED', status])
  })

  test('what she asked while somebody else was on the phone, under another name and for another day', async () => {
    const [first] = await asked({ name: 'Jean' })
    await claim(first.id)
    await attempt(first.id, 'REACHED')
    app.setTime(minutes(5))
    const slot = await slotAfter(minutes(24 * 60))
    const second = await waiting(app, { name: 'Marie', need: 'violence', slot, email: 'marie@example.org' })
    const before = await row(second.id)
    await close(first.id)
    expect(await row(second.id)).toMatchObject({
      status: 'NEW',
      repeatOfId: null,
      callFrom: before.callFrom,
      slotStartsAt: before.slotStartsAt,
      closedAt: null,
    })
    expect(await app.db.callbackSlot.findFirst({ where: { startsAt: before.slotStartsAt ?? NOW } })).toMatchObject({ taken: 1 })
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: second.id, urgency: 'DANGER' }])
  })

  test('what came after the conversation had begun, or has a moment of its own, though nobody gave a name', async () => {
    const [first, second] = await asked({}, { slot: await slotAfter(minutes(60)) })
    app.setTime(minutes(2))
    await claim(first.id)
    await attempt(first.id, 'REACHED')
    app.setTime(minutes(3))
    const third = await waiting(app)
    await close(first.id)
    expect(await states([first, second as { id: string }, third])).toEqual(['CLOSED', 'NEW', 'NEW'])
    expect(await row(third.id)).toMatchObject({ repeatOfId: second?.id })
  })

  test('of what goes on the first stands in the queue, and what had ended goes with neither', async () => {
    const all = await asked({ name: 'Jean' }, { name: 'Jean' }, { name: 'Marie' }, { name: 'Jean' }, { name: 'Ada' })
    await claim(all[0].id)
    await attempt(all[0].id, 'REACHED')
    await close(all[0].id)
    expect(await states(all)).toEqual(['CLOSED', 'CLOSED', 'NEW', 'CLOSED', 'NEW'])
    expect(await row(all[4]?.id ?? '')).toMatchObject({ repeatOfId: all[2]?.id })
    expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ id: all[2]?.id, repeats: [{}], attempts: [] })
  })

  test('a no from whoever answers is not the no of everybody', async () => {
    const all = await asked({ name: 'Jean' }, { name: 'Marie', need: 'violence' }, {})
    app.setTime(minutes(3))
    await claim(all[0].id)
    app.setTime(minutes(4))
    const late = await waiting(app)
    expect(await attempt(all[0].id, 'REFUSED')).toMatchObject({ status: 'CLOSED', outcome: 'declined_by_person' })
    expect(await states([...all, late])).toEqual(['CLOSED', 'NEW', 'CLOSED', 'NEW'])
  })

  test('nobody is told that she was not reached when nobody called since she asked', async () => {
    const [first] = await asked({ email: 'first@example.org', safeContact: yes })
    await claim(first.id)
    await attempt(first.id, 'BUSY')
    app.setTime(minutes(60))
    const second = await waiting(app, { email: 'second@example.org', safeContact: yes })
    await app.runJobsOnce()
    receivers.reset()
    await claim(first.id)
    expect(await close(first.id, 'NOT_REACHABLE')).toMatchObject({ status: 'UNREACHABLE' })
    await app.runJobsOnce()
    expect(await states([first, second])).toEqual(['UNREACHABLE', 'NEW'])
    expect(receivers.mails.flatMap(({ to }) => to)).toEqual(['first@example.org'])
    expect(receivers.messages).toHaveLength(1)
    expect(await claim(second.id)).toMatchObject({ mine: true, attemptsLeft: 5 })
  })

  test('nor is that sent when there was no call at all', async () => {
    const { id } = await waiting(app, { email: 'ada@example.org' })
    await app.runJobsOnce()
    receivers.reset()
    await app.db.callbackRequest.update({ where: { id }, data: { status: 'UNREACHABLE', outcome: 'not_reachable', closedAt: NOW } })
    await app.db.outboxEvent.create({ data: { type: 'callback.unreachable', subjectId: id, at: NOW } })
    await app.runJobsOnce()
    expect(receivers.mails).toEqual([])
    const where = { event: { type: 'callback.unreachable', subjectId: id } }
    expect(await app.db.delivery.findMany({ where, include: { tries: true } })).toMatchObject([{ tries: [{ code: 'not_tried' }] }])
  })
})
