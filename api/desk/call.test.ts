import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, phoneNumber } from '../testing/callbacks.ts'
import { act, emptyDesk, listed, waiting } from '../testing/desk.ts'
import { type Receivers, startReceivers } from '../testing/notices.ts'
import { staff } from '../testing/staff.ts'

let receivers: Receivers
let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let supervisor: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders(), limited: false })
  agent = await staff(app, { name: 'Ada' })
  supervisor = await staff(app, { name: 'Sara', role: 'SUPERVISOR' })
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

/** Tuesday 17 November 2026, so many minutes after 10:00 in Liège. */
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
const actions = async (subjectId: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action }) => action)
/** A request that the agent holds. */
async function claimed(overrides: object = {}) {
  const request = await waiting(app, overrides)
  expect(await act(app, agent.headers, 'claimCallback', { id: request.id })).toMatchObject({ mine: true })
  return request
}
const attempt = (id: string, outcome: string, more: object = {}) =>
  act(app, agent.headers, 'recordAttempt', { id, input: { outcome, ...more } })

describe('revealing the contact', () => {
  const reveal = (headers: Record<string, string>, id: string, reason = 'appel') => act(app, headers, 'revealContact', { id, reason })

  test('shows it to who holds the request, and stores that she looked, and why', async () => {
    const { id } = await claimed({ name: 'Jeanne', email: 'jeanne@example.org' })
    expect(await reveal(agent.headers, id)).toEqual({
      __typename: 'Contact',
      phone: '+32470123456',
      tel: 'tel:+32470123456',
      foreign: false,
      name: 'Jeanne',
      email: 'jeanne@example.org',
    })
    expect(await actions(id)).toEqual(['callback.requested', 'callback.claimed', 'callback.contact_revealed'])
    const [stored] = await app.db.contactReveal.findMany()
    expect(stored).toMatchObject({ requestId: id, actor: agent.viewer.actor, at: NOW })
    expect(stored?.reasonSealed).not.toContain('appel')
  })

  test('shows whose name stands on each request of the phone, too, and before it none', async () => {
    const { id } = await claimed({ name: 'Jean' })
    await waiting(app, { name: 'Marie', message: 'il me frappe' })
    const names = async (headers = agent.headers) => (await listed(app, headers)).nodes[0].repeats.map(({ name }: any) => name)
    expect(await names()).toEqual([null])
    await reveal(agent.headers, id)
    expect(await names()).toEqual(['Marie'])
    app.setTime(minutes(14))
    await act(app, agent.headers, 'keepCallback', { id })
    app.setTime(minutes(20))
    expect(await names()).toEqual(['Marie'])
    expect(await names(supervisor.headers)).toEqual([null])
    await reveal(supervisor.headers, id, 'plainte')
    expect(await names(supervisor.headers)).toEqual(['Marie'])
    await act(app, agent.headers, 'releaseCallback', { id })
    expect(await names()).toEqual([null])
    await act(app, agent.headers, 'claimCallback', { id })
    expect(await names()).toEqual([null])
    app.setTime(minutes(35))
    expect(await names(supervisor.headers)).toEqual([null])
  })

  test('shows nothing when it cannot be stored', async () => {
    const { id } = await claimed()
    await app.db.$executeRaw`ALTER TABLE "contact_reveal" ADD CONSTRAINT "none" CHECK (false) NOT VALID`
    try {
      const answer = await app.ask(
        'mutation ($id: ID!) { revealContact(id: $id, reason: "appel") { ... on Contact { phone } } }',
        { id },
        agent.headers,
      )
      expect(JSON.stringify(answer)).not.toContain('470123456')
      expect(answer.errors).toHaveLength(1)
    } finally {
      await app.db.$executeRaw`ALTER TABLE "contact_reveal" DROP CONSTRAINT "none"`
      app.errors.length = 0
    }
    expect(await actions(id)).not.toContain('callback.contact_revealed')
  })

  test('is refused to who does not hold it, with the name of who does', async () => {
    const other = await staff(app)
    const { id } = await claimed()
    expect(await reveal(other.headers, id)).toMatchObject({ code: 'not_holding', holderName: 'Ada' })
    expect(await app.db.contactReveal.count()).toBe(0)
  })

  test('a supervisor may look; for a quarter of an hour she sees what was written, too', async () => {
    const { id } = await claimed({ message: 'Mon frigo est vide.', safeContact: { sms: false, note: 'pas le soir' } })
    await act(app, agent.headers, 'addCallNote', { id, input: { text: 'un fils' } })
    await waiting(app, { message: 'Encore moi.', safeContact: { note: 'il lit tout' } })
    const seen = async () => (await listed(app, supervisor.headers)).nodes[0]
    const nothing = {
      message: null,
      notes: null,
      safeContact: { sms: false, note: null },
      repeats: [{ message: null, safeNote: null, language: 'FR' }],
    }
    expect(await seen()).toMatchObject(nothing)
    expect(await reveal(supervisor.headers, id, 'plainte')).toMatchObject({ phone: '+32470123456' })
    expect(await seen()).toMatchObject({
      message: 'Mon frigo est vide.',
      notes: [{ text: 'un fils' }],
      safeContact: { sms: false, note: 'pas le soir' },
      repeats: [{ message: 'Encore moi.', safeNote: 'il lit tout' }],
    })
    app.setTime(minutes(15))
    expect(await seen()).toMatchObject(nothing)
  })

  test.each([
    ['', 'required'],
    ['   ', 'required'],
    ['x'.repeat(201), 'too_long'],
  ])('needs a reason of 1 to 200 characters: "%s"', async (reason, code) => {
    const { id } = await claimed()
    expect(await reveal(agent.headers, id, reason)).toMatchObject({ problems: [{ path: ['reason'], code }] })
  })

  test('of another country says so', async () => {
    const { id } = await claimed({ phone: '+33 6 12 34 56 78' })
    expect(await reveal(agent.headers, id)).toMatchObject({ foreign: true })
  })
})

describe('a call', () => {
  test('that reaches her goes on: she is no longer late, and cannot withdraw any more', async () => {
    const { id } = await claimed()
    app.setTime(minutes(5))
    expect(await attempt(id, 'REACHED')).toMatchObject({ status: 'REACHED', mine: true, dueAt: null, overdue: false, waitingMinutes: 5 })
    expect(await actions(id)).toEqual(['callback.requested', 'callback.claimed', 'callback.attempted', 'callback.reached'])
  })

  test('that misses her frees the agent, and waits for its time', async () => {
    const { id } = await claimed()
    const answer = await attempt(id, 'NO_ANSWER', { note: 'sonne longtemps' })
    expect(answer).toMatchObject({
      status: 'NEW',
      mine: false,
      due: false,
      paused: true,
      attemptsLeft: 4,
      callFrom: minutes(120).toISOString(),
    })
    expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ __typename: 'NothingWaiting' })
    app.setTime(minutes(120))
    expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({
      id,
      notes: [{ text: 'sonne longtemps', member: { name: 'Ada' } }],
    })
  })

  test('the pause is not hers to wait: by when she is to be called moves with it', async () => {
    const { id } = await claimed({ need: 'food' })
    const [{ dueAt: before }] = (await listed(app, agent.headers)).nodes
    await attempt(id, 'NO_ANSWER')
    const [{ dueAt: after }] = (await listed(app, agent.headers)).nodes
    expect(Date.parse(after)).toBeGreaterThanOrEqual(Date.parse(before) + 2 * 3_600_000)
  })

  test('a key belongs to one claim: in a later one it is another call', async () => {
    const { id } = await claimed()
    const key = crypto.randomUUID()
    await attempt(id, 'NO_ANSWER', { key })
    app.setTime(minutes(180))
    await act(app, agent.headers, 'claimCallback', { id })
    const answers = await Promise.all([attempt(id, 'NO_ANSWER', { key }), attempt(id, 'NO_ANSWER', { key })])
    expect(answers).toMatchObject([
      { status: 'NEW', mine: false },
      { status: 'NEW', mine: false },
    ])
    expect((await app.db.callAttempt.findMany({ where: { requestId: id } })).map(({ at }) => at).sort()).toEqual([NOW, minutes(180)])
  })

  test('clicked twice is one call, with the same key or without', async () => {
    const { id } = await claimed()
    const key = crypto.randomUUID()
    const answers = await Promise.all([attempt(id, 'BUSY', { key }), attempt(id, 'BUSY', { key })])
    expect(answers.map(({ status }) => status)).toEqual(['NEW', 'NEW'])
    app.setTime(minutes(20))
    await act(app, agent.headers, 'claimCallback', { id })
    await Promise.all([attempt(id, 'NO_ANSWER'), attempt(id, 'NO_ANSWER')])
    expect(await attempt(id, 'NO_ANSWER', { key })).toMatchObject({ __typename: 'CallbackRequest' })
    expect((await app.db.callAttempt.findMany({ orderBy: { at: 'asc' } })).map(({ outcome }) => outcome)).toEqual(['BUSY', 'NO_ANSWER'])
  })

  test('that she wants later is due then', async () => {
    const { id } = await claimed()
    expect(await attempt(id, 'ASKED_LATER')).toMatchObject({ problems: [{ path: ['input', 'callAt'], code: 'required' }] })
    const saturday = '2026-11-21T10:00:00+01:00'
    expect(await attempt(id, 'ASKED_LATER', { callAt: saturday })).toMatchObject({ problems: [{ code: 'moment_closed' }] })
    const tomorrow = '2026-11-18T14:30:00+01:00'
    expect(await attempt(id, 'ASKED_LATER', { callAt: tomorrow })).toMatchObject({
      status: 'NEW',
      callFrom: '2026-11-18T13:30:00.000Z',
      attemptsLeft: 5,
    })
  })

  test('after the fifth that misses her it ends, repeats with it, and she is told when we tried', async () => {
    const { id, reference } = await claimed({ email: 'ada@example.org', safeContact: { sms: true }, need: 'debt' })
    const repeat = await waiting(app, { email: 'ada2@example.org', safeContact: { sms: true } })
    await app.runJobsOnce()
    receivers.reset()
    for (let time = 1; time <= 5; time++) {
      const { callFrom } = await row(id)
      if (callFrom > NOW) app.setTime(callFrom)
      if (time > 1) await act(app, agent.headers, 'claimCallback', { id })
      await attempt(id, 'VOICEMAIL')
    }
    expect(await row(id)).toMatchObject({ status: 'UNREACHABLE', outcome: 'not_reachable', claimedById: null, closedAt: expect.any(Date) })
    expect(await row(repeat.id)).toMatchObject({ status: 'UNREACHABLE', outcome: 'not_reachable', repeatOfId: id })
    await app.runJobsOnce()
    expect(receivers.mails.map(({ to }) => to[0]).sort()).toEqual(['ada2@example.org', 'ada@example.org'])
    const mail = receivers.mails.find(({ to }) => to[0] === 'ada@example.org')
    expect(mail?.text).toContain(reference)
    expect(mail?.text).toContain('Nous avons appelé 5 fois, la dernière fois')
    expect(mail?.text).not.toMatch(/dette|aide|Liège|social/i)
    expect(receivers.messages).toHaveLength(2)
    for (const { body } of receivers.messages)
      expect(body.text).toMatch(/nous n'avons pas pu vous joindre \(dernier appel jeudi 19 novembre\)/)
    // The number may ask again at once.
    expect(await waiting(app)).toMatchObject({ id: expect.any(String) })
  })

  test('a number that does not exist ends it at once; nobody waits behind it', async () => {
    const { id } = await claimed()
    expect(await attempt(id, 'INVALID_NUMBER')).toMatchObject({
      status: 'UNREACHABLE',
      outcome: 'not_reachable',
      maskedPhone: expect.any(String),
    })
  })

  test.each(['INVALID_NUMBER', 'NO_ANSWER'])('after a conversation is never the end of it: %s', async (outcome) => {
    const { id } = await claimed()
    await attempt(id, 'REACHED')
    app.setTime(minutes(1))
    expect(await attempt(id, outcome)).toMatchObject({ status: 'NEW', mine: false, outcome: null, paused: true, attemptsLeft: 5 })
    expect(await actions(id)).not.toContain('callback.unreachable')
  })

  test('whoever does not want it any more is not called any more', async () => {
    const { id } = await claimed()
    const repeat = await waiting(app)
    expect(await attempt(id, 'REFUSED')).toMatchObject({ status: 'CLOSED', outcome: 'declined_by_person' })
    expect(await row(repeat.id)).toMatchObject({ status: 'CLOSED', outcome: null })
  })
})

describe('notes', () => {
  test('are sealed, added to, and apart from her own words; account numbers are taken out', async () => {
    const { id } = await claimed({ message: 'Bonjour' })
    await act(app, agent.headers, 'addCallNote', { id, input: { text: 'rappeler le fils' } })
    app.setTime(minutes(1))
    const answer = await act(app, agent.headers, 'addCallNote', { id, input: { text: 'compte BE68 5390 0754 7034' } })
    expect(answer.message).toBe('Bonjour')
    expect(answer.notes[0].text).toBe('rappeler le fils')
    expect(answer.notes[1].text).not.toContain('5390')
    for (const { textSealed } of await app.db.callNote.findMany()) expect(textSealed).toMatch(/^v1\./)
  })
})

describe('an orientation', () => {
  const orient = (id: string, services: string[], sendBy?: string) =>
    act(app, agent.headers, 'orientCallback', { id, input: { services, sendBy } })

  test('is recorded once, and sent once, by the way she allows', async () => {
    const { id, reference } = await claimed({ email: 'ada@example.org', need: 'food', message: 'Mon frigo est vide.', language: 'DE' })
    await app.runJobsOnce()
    receivers.reset()
    const first = await orient(id, ['courses-liege'])
    expect(first).toMatchObject({ canSend: ['EMAIL'], referrals: [{ sentBy: null, service: { slug: 'courses-liege' } }] })
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(0)
    const sent = await orient(id, ['courses-liege', 'soutien-seniors-liege'], 'EMAIL')
    expect(sent.referrals.map((one: any) => [one.service.slug, one.sentBy])).toEqual([
      ['courses-liege', 'EMAIL'],
      ['soutien-seniors-liege', 'EMAIL'],
    ])
    await orient(id, ['courses-liege', 'soutien-seniors-liege'], 'EMAIL')
    await act(app, agent.headers, 'closeCallback', { id, input: { outcome: 'REFERRED_ON' } })
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(1)
    const [mail] = receivers.mails
    const { data } = await app.ask('{ service(slug: "courses-liege") { name phones { number } } }', {}, { 'accept-language': 'de' })
    expect(mail?.text).toContain(`${reference}\n– ${data.service.name}`)
    expect(mail?.text).not.toContain('frigo')
    expect(receivers.messages).toHaveLength(0)
  })

  test('goes by text message to who said that she may get some, and by that only', async () => {
    const { id, reference } = await claimed({ email: 'ada@example.org', safeContact: { sms: true } })
    await app.runJobsOnce()
    receivers.reset()
    await orient(id, ['courses-liege'], 'SMS')
    await app.runJobsOnce()
    expect(receivers.mails).toHaveLength(0)
    expect(receivers.messages.map(({ body }) => body.text)).toEqual([expect.stringContaining(`Réf. ${reference} : `)])
  })

  test.each<[string, object]>([
    ['she left no address', {}],
    ['being seen with it is a risk', { email: 'ada@example.org', need: 'violence' }],
    ['being seen with it is a risk, by the sub-need', { email: 'ada@example.org', need: 'violence.partner' }],
  ])('is not sent when %s', async (_what, overrides) => {
    const { id } = await claimed(overrides)
    expect(await orient(id, ['courses-liege'], 'EMAIL')).toMatchObject({ problems: [{ path: ['input', 'sendBy'], code: 'not_sendable' }] })
    expect(await orient(id, ['courses-liege'])).toMatchObject({ canSend: [], referrals: [{ sentBy: null }] })
  })

  test('to a service that is about such a need is not sent either', async () => {
    const { id } = await claimed({ email: 'ada@example.org' })
    const exposing = app.directory.current().services.find(({ needs }) => needs.some(({ quickExit }) => quickExit))
    expect(await orient(id, [exposing?.slug ?? ''], 'EMAIL')).toMatchObject({ problems: [{ code: 'not_sendable' }] })
  })

  test('to services that do not exist, to none, or to eleven is refused', async () => {
    const { id } = await claimed()
    expect(await orient(id, ['courses-liege', 'nowhere'])).toMatchObject({ problems: [{ code: 'unknown' }] })
    expect(await orient(id, [])).toMatchObject({ problems: [{ code: 'required' }] })
    expect(
      await orient(
        id,
        Array.from({ length: 11 }, (_, index) => `s${index}`),
      ),
    ).toMatchObject({ problems: [{ code: 'too_many' }] })
    expect(await app.db.referral.count()).toBe(0)
  })
})

describe('closing', () => {
  const close = (id: string, input: object) => act(app, agent.headers, 'closeCallback', { id, input })

  test('says what came of it, on her receipt, too; what adds to it is closed with it, and its place is free', async () => {
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt } }')).data.callbackSlots
    const { id, reference } = await waiting(app, { slot: slot.id })
    const repeat = await waiting(app)
    expect(await app.db.callbackSlot.findFirst()).toMatchObject({ taken: 1 })
    app.setTime(new Date(slot.startsAt))
    await act(app, agent.headers, 'claimCallback', { id })
    await attempt(id, 'REACHED')
    expect(await close(id, { outcome: 'RESOLVED', note: 'merci' })).toMatchObject({
      status: 'CLOSED',
      outcome: 'resolved',
      mine: false,
      message: null,
    })
    expect(await row(repeat.id)).toMatchObject({ status: 'CLOSED', outcome: null, closedAt: new Date(slot.startsAt) })
    expect(await app.db.callbackSlot.findFirst()).toMatchObject({ taken: 0 })
    expect(await actions(repeat.id)).toEqual(['callback.requested', 'callback.closed'])
    const { data } = await app.ask(
      'query ($reference: String!) { callback(reference: $reference, phone: "0470 12 34 56") { status outcome } }',
      { reference },
      { 'passerelle-site': 'demo' },
    )
    expect(data.callback).toEqual({ status: 'CLOSED', outcome: 'resolved' })
    expect(await close(id, { outcome: 'RESOLVED' })).toMatchObject({ code: 'callback_over' })
  })

  test('without help needs the reason, which counts by need and commune and names nobody', async () => {
    const { id } = await claimed({ need: 'food', postalCode: '4000' })
    for (const outcome of ['NO_HELP_AVAILABLE', 'NOT_ELIGIBLE'])
      expect(await close(id, { outcome })).toMatchObject({ problems: [{ path: ['input', 'unmet'], code: 'required' }] })
    expect(await close(id, { outcome: 'NO_HELP_AVAILABLE', unmet: 'FULL', need: 'nothing-like-it' })).toMatchObject({
      problems: [{ code: 'unknown' }],
    })
    expect(await close(id, { outcome: 'NO_HELP_AVAILABLE', unmet: 'FULL' })).toMatchObject({ outcome: 'no_help_available' })
    expect(await app.db.unmetNeed.findMany()).toMatchObject([{ reason: 'FULL', needCode: 'food', nisCode: '62063', count: 1 }])
  })

  test('as not reachable needs a call', async () => {
    const { id } = await claimed()
    expect(await close(id, { outcome: 'NOT_REACHABLE' })).toMatchObject({ code: 'not_tried' })
    await attempt(id, 'NO_ANSWER')
    app.setTime(minutes(120))
    await act(app, agent.headers, 'claimCallback', { id })
    expect(await close(id, { outcome: 'NOT_REACHABLE' })).toMatchObject({ status: 'UNREACHABLE', outcome: 'not_reachable' })
  })
})

describe('a supervisor', () => {
  test('gives a request to a colleague, or back into the queue', async () => {
    const other = await staff(app, { name: 'Bea' })
    const { id } = await claimed()
    const reassign = (to?: string) => act(app, supervisor.headers, 'reassignCallback', { id, to })
    expect(await reassign(other.viewer.id)).toMatchObject({ status: 'CLAIMED', holder: { name: 'Bea' } })
    expect(await attempt(id, 'REACHED')).toMatchObject({ code: 'not_holding', holderName: 'Bea' })
    expect(await reassign()).toMatchObject({ status: 'NEW', holder: null })
    const busy = await waiting(app, { phone: phoneNumber(9) })
    await act(app, other.headers, 'claimCallback', { id: busy.id })
    expect(await reassign(other.viewer.id)).toMatchObject({ code: 'colleague_busy' })
    const stranger = await staff(app, { organization: 'service-public-de-wallonie' })
    for (const to of [stranger.viewer.id, supervisor.viewer.id, crypto.randomUUID(), 'x'])
      expect(await reassign(to)).toMatchObject({ __typename: 'NotFound' })
    expect((await actions(id)).filter((action) => action === 'callback.reassigned')).toHaveLength(2)
  })

  test('sees who is on what; an agent does not', async () => {
    const { id } = await claimed()
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    await staff(app, { name: 'Lia', lineIds: [line.id] })
    const { data } = await app.ask('{ colleagues { name holds { id } lines { slug } } }', {}, supervisor.headers)
    expect(data.colleagues).toContainEqual({ name: 'Ada', holds: { id }, lines: [] })
    expect(data.colleagues).toContainEqual({ name: 'Sara', holds: null, lines: [] })
    expect(data.colleagues).toContainEqual({ name: 'Lia', holds: null, lines: [{ slug: 'liege-solidaire' }] })
    const [foreign] = await app.db.line.findMany({
      where: { organization: { slug: 'service-public-de-wallonie' } },
      orderBy: { slug: 'asc' },
    })
    await staff(app, { name: 'Two', lineIds: [line.id, foreign?.id ?? ''] })
    const again = await app.ask('{ colleagues { name lines { slug } } }', {}, supervisor.headers)
    expect(again.data.colleagues).toContainEqual({ name: 'Two', lines: [{ slug: 'liege-solidaire' }] })
    // Who administers the organization sees what she sets.
    const administrator = await staff(app, { role: 'ADMINISTRATOR' })
    const all = await app.ask('{ staff { name lines { slug } } }', {}, administrator.headers)
    expect(all.data.staff).toContainEqual({ name: 'Two', lines: [{ slug: 'liege-solidaire' }] })
    expect((await app.ask('{ colleagues { name } }', {}, agent.headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await app.ask(`mutation { reassignCallback(id: "${id}") { __typename } }`, {}, agent.headers)).errors).toHaveLength(1)
  })

  test('sets targets, by which requests become late', async () => {
    const { id } = await waiting(app, { need: 'food' })
    const [{ urgency, dueAt }] = (await listed(app, supervisor.headers)).nodes
    const set = (line: string, count: number) => act(app, supervisor.headers, 'setLineTarget', { input: { line, urgency, minutes: count } })
    expect((await set('liege-solidaire', 30)).targets).toContainEqual({ urgency, minutes: 30 })
    const [after] = (await listed(app, supervisor.headers)).nodes
    expect(after).toMatchObject({ id, targetMinutes: 30, dueAt: minutes(30).toISOString() })
    expect(dueAt).not.toBe(after.dueAt)
    expect(await set('liege-solidaire', 0)).toMatchObject({ problems: [{ code: 'out_of_range' }] })
    expect(await set('1718', 30)).toMatchObject({ __typename: 'NotFound' })
    expect(await set('nowhere', 30)).toMatchObject({ __typename: 'NotFound' })
  })

  test('is reminded once when a quarter is left, and once when it is late, in working hours only', async () => {
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
    await app.db.lineTarget.create({ data: { lineId: line.id, urgency: 'INFO', minutes: 400 } })
    app.setTime(minutes(30))
    const { id } = await waiting(app)
    const reminders = async () => {
      await app.runJobsOnce()
      return (await actions(id)).slice(1)
    }
    app.setTime(minutes(329))
    expect(await reminders()).toEqual([])
    app.setTime(minutes(330))
    expect(await reminders()).toEqual(['callback.due_soon'])
    expect((await listed(app, supervisor.headers, { filter: { overdue: true } })).totalCount).toBe(0)
    // 18:00: nobody works, and it is not late before tomorrow.
    app.setTime(minutes(480))
    expect(await reminders()).toEqual(['callback.due_soon'])
    app.setTime(new Date('2026-11-18T08:11:00Z'))
    expect(await reminders()).toEqual(['callback.due_soon', 'callback.overdue'])
    expect(await reminders()).toEqual(['callback.due_soon', 'callback.overdue'])
    expect((await listed(app, supervisor.headers, { filter: { overdue: true } })).totalCount).toBe(1)
  })
})

test('the audit trail leads to its requests, and to no other organization’s', async () => {
  const { id, reference } = await claimed()
  const events = async (headers: Record<string, string>) => {
    const { data } = await app.ask(
      'query ($id: ID) { auditEvents(filter: { request: $id }) { edges { node { action request { id reference message } } } } }',
      { id },
      headers,
    )
    const rows: [string, unknown][] = data.auditEvents.edges.map(({ node }: any) => [node.action, node.request])
    // That it was read is said there, too.
    return rows.filter(([action]) => action.startsWith('callback.'))
  }
  const request = { id, reference, message: null }
  expect(await events(supervisor.headers)).toEqual([
    ['callback.claimed', request],
    ['callback.requested', request],
  ])
  const stranger = await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })
  expect(await events(stranger.headers)).toEqual([])
})

test('the numbers of the desk', async () => {
  const numbers = async () =>
    (
      await app.ask(
        `{ deskNumbers { waiting due overdue soonOverdue claimed reachedToday closedToday unreachableToday attemptsToday referralsToday
          lines { line { slug } waiting due } } }`,
        {},
        supervisor.headers,
      )
    ).data.deskNumbers
  const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id } }')).data.callbackSlots
  await waiting(app, { phone: phoneNumber(1), slot: slot.id })
  await waiting(app, { phone: phoneNumber(2) })
  await waiting(app, { phone: phoneNumber(2) })
  await waiting(app, { phone: phoneNumber(3), line: '1718' })
  const { id } = await claimed({ phone: phoneNumber(4) })
  const before = await numbers()
  expect(before).toMatchObject({ waiting: 2, due: 1, claimed: 1, overdue: 0, reachedToday: 0, attemptsToday: 0 })
  expect(before.lines).toEqual([{ line: { slug: 'liege-solidaire' }, waiting: 2, due: 1 }])
  await attempt(id, 'REACHED')
  await act(app, agent.headers, 'orientCallback', { id, input: { services: ['courses-liege'] } })
  await act(app, agent.headers, 'closeCallback', { id, input: { outcome: 'PARTLY' } })
  const wrong = await claimed({ phone: phoneNumber(5) })
  await attempt(wrong.id, 'INVALID_NUMBER')
  expect(await numbers()).toMatchObject({
    waiting: 2,
    claimed: 0,
    reachedToday: 1,
    closedToday: 1,
    unreachableToday: 1,
    attemptsToday: 2,
    referralsToday: 1,
  })
  app.setTime(new Date('2026-11-18T09:00:00Z'))
  expect(await numbers()).toMatchObject({ reachedToday: 0, closedToday: 0, unreachableToday: 0, attemptsToday: 0, referralsToday: 0 })
})

test('a call after a reload: what one holds is found again, with all that was done', async () => {
  const { id, reference } = await claimed({ message: 'Bonjour' })
  await attempt(id, 'REACHED')
  const { data } = await app.ask('{ myCall { id message attempts { outcome } } }', {}, agent.headers)
  expect(data.myCall).toEqual({ id, message: 'Bonjour', attempts: [{ outcome: 'REACHED' }] })
  await change(app, 'eraseCallback', { reference, phone: '0470 12 34 56' })
  expect((await app.ask('{ myCall { id } }', {}, agent.headers)).data.myCall).toBeNull()
})

test('the script and the targets of a line are for who works on it', async () => {
  const { headers } = await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })
  const query = '{ line(slug: "liege-solidaire") { name script targets { minutes } } }'
  const { data, errors } = await app.ask(query, {}, headers)
  expect([data.line, errors]).toEqual([{ name: expect.any(String), script: null, targets: null }, undefined])
  expect((await app.ask(query, {}, agent.headers)).data.line).toMatchObject({ script: expect.any(String), targets: expect.any(Array) })
})

test('the line’s script, in her language, however often it is asked for; nothing for the public', async () => {
  const query = '{ line(slug: "liege-solidaire") { script } }'
  for (let time = 0; time < 6; time++) {
    const { data, errors } = await app.ask(query, {}, { ...agent.headers, 'accept-language': 'nl' })
    expect(errors).toBeUndefined()
    expect(data.line.script).toMatch(/^Goeiedag.*\n\n/)
    const open = await app.ask(query)
    expect(open).toMatchObject({ data: { line: { script: null } }, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  }
})
