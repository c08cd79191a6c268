import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, phoneNumber } from '../testing/callbacks.ts'
import { act, emptyDesk, listed, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ limited: false })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyDesk(app)
})

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const actions = async (subjectId: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action, actor }) => `${action} ${actor}`)

describe('a claim', () => {
  test('takes a request for a quarter of an hour, and says so in the audit trail and by an event', async () => {
    const { viewer, headers } = await staff(app, { name: 'Ada' })
    const { id } = await waiting(app, { message: 'Bonjour', safeContact: { sms: true } })
    const [before] = (await listed(app, headers)).nodes
    expect(before).toMatchObject({
      mine: false,
      message: null,
      safeContact: null,
      notes: null,
      maskedPhone: '+32 47• •• •• 56'.replace('47•', '4••'),
    })
    const claimed = await act(app, headers, 'claimCallback', { id })
    expect(claimed).toMatchObject({
      __typename: 'CallbackRequest',
      status: 'CLAIMED',
      mine: true,
      holder: { name: 'Ada' },
      heldUntil: minutes(15).toISOString(),
      message: 'Bonjour',
      safeContact: { sms: true, voicemail: null },
      notes: [],
    })
    expect(await actions(id)).toEqual(['callback.requested citizen', `callback.claimed ${viewer.actor}`])
    expect(await app.db.outboxEvent.count({ where: { subjectId: id, type: 'callback.claimed' } })).toBe(1)
  })

  test('of twenty agents who want it at once one gets it', async () => {
    const agents = await Promise.all(Array.from({ length: 20 }, () => staff(app)))
    const { id } = await waiting(app)
    const answers = await Promise.all(agents.map(({ headers }) => act(app, headers, 'claimCallback', { id })))
    const won = answers.filter(({ __typename }) => __typename === 'CallbackRequest')
    expect(won).toHaveLength(1)
    const lost = answers.filter(({ __typename }) => __typename === 'Conflict')
    expect(lost).toHaveLength(19)
    for (const one of lost) expect(one).toMatchObject({ code: 'claimed_by_other', holderName: won[0].holder.name })
    expect((await actions(id)).filter((one) => one.startsWith('callback.claimed'))).toHaveLength(1)
  })

  test('twenty agents who take the next one at once get twenty people', async () => {
    const agents = await Promise.all(Array.from({ length: 20 }, () => staff(app)))
    for (let index = 0; index < 22; index++) await waiting(app, { phone: phoneNumber(index) })
    const answers = await Promise.all(agents.map(({ headers }) => act(app, headers, 'claimNextCallback')))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(20)
    expect(answers.every(({ mine }) => mine)).toBe(true)
  })

  test('sent twice is one', async () => {
    const { headers } = await staff(app)
    const { id } = await waiting(app)
    const [one, other] = await Promise.all([act(app, headers, 'claimCallback', { id }), act(app, headers, 'claimCallback', { id })])
    expect([one, other]).toMatchObject([{ mine: true }, { mine: true }])
    expect((await actions(id)).filter((line) => line.startsWith('callback.claimed'))).toHaveLength(1)
  })

  test('nobody holds two, whether one after the other or in two tabs at once', async () => {
    const { headers } = await staff(app)
    const first = await waiting(app, { phone: phoneNumber(1) })
    const second = await waiting(app, { phone: phoneNumber(2) })
    const answers = await Promise.all([first, second].map(({ id }) => act(app, headers, 'claimCallback', { id })))
    expect(answers.map((one) => one.code ?? one.__typename).sort()).toEqual(['CallbackRequest', 'holding_another'])
    // The next one is the one she has: a double click takes one person.
    expect(await act(app, headers, 'claimNextCallback')).toMatchObject({ id: answers.find(({ mine }) => mine).id })
  })

  test('nobody is rung by two: the same phone on two lines', async () => {
    const [liege, region] = [await staff(app), await staff(app, { organization: 'service-public-de-wallonie' })]
    const one = await waiting(app)
    const other = await waiting(app, { line: '1718' })
    const answers = await Promise.all([
      act(app, liege.headers, 'claimCallback', { id: one.id }),
      act(app, region.headers, 'claimCallback', { id: other.id }),
    ])
    expect(answers.map((answer) => answer.code ?? answer.__typename).sort()).toEqual(['CallbackRequest', 'person_on_the_phone'])
    const next = answers[0].code ? region : liege
    await act(app, next.headers, 'releaseCallback', { id: answers.find(({ mine }) => mine).id })
    const loser = answers[0].code ? liege : region
    expect(await act(app, loser.headers, 'claimNextCallback')).toMatchObject({ mine: true })
  })

  test('of a request that is not due, that adds to another one, or that is over is refused', async () => {
    const { headers } = await staff(app)
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id } }')).data.callbackSlots
    const later = await waiting(app, { slot: slot.id })
    expect(await act(app, headers, 'claimCallback', { id: later.id })).toMatchObject({ code: 'not_due' })
    expect(await act(app, headers, 'claimNextCallback')).toMatchObject({ __typename: 'NothingWaiting' })
    const first = await waiting(app, { phone: phoneNumber(3) })
    const repeat = await waiting(app, { phone: phoneNumber(3) })
    expect(await act(app, headers, 'claimCallback', { id: repeat.id })).toMatchObject({ __typename: 'NotFound' })
    await change(app, 'cancelCallback', { reference: repeat.reference, phone: phoneNumber(3) })
    await change(app, 'cancelCallback', { reference: first.reference, phone: phoneNumber(3) })
    expect(await act(app, headers, 'claimCallback', { id: first.id })).toMatchObject({ code: 'callback_over' })
  })
})

describe('a lease', () => {
  test('that is kept lasts, and one that has run out is lost to whoever comes', async () => {
    const [one, other] = [await staff(app), await staff(app, { name: 'Bea' })]
    const { id } = await waiting(app)
    await act(app, one.headers, 'claimCallback', { id })
    app.setTime(minutes(10))
    expect(await act(app, one.headers, 'keepCallback', { id })).toMatchObject({ heldUntil: minutes(25).toISOString() })
    app.setTime(minutes(20))
    expect(await act(app, other.headers, 'claimCallback', { id })).toMatchObject({ code: 'claimed_by_other' })
    app.setTime(minutes(25))
    expect(await act(app, one.headers, 'keepCallback', { id })).toMatchObject({ code: 'lease_ended' })
    expect(await act(app, other.headers, 'claimCallback', { id })).toMatchObject({ mine: true, holder: { name: 'Bea' } })
    expect(await act(app, one.headers, 'keepCallback', { id })).toMatchObject({ code: 'not_holding', holderName: 'Bea' })
    expect((await actions(id)).map((line) => line.split(' ')[0])).toEqual([
      'callback.requested',
      'callback.claimed',
      'callback.lease_ended',
      'callback.claimed',
    ])
  })

  test('that has run out is given up by a job: one before the call waits again, one after it can be finished by anybody', async () => {
    const [one, other] = [await staff(app), await staff(app)]
    const called = await waiting(app, { phone: phoneNumber(1) })
    const reached = await waiting(app, { phone: phoneNumber(2) })
    await act(app, one.headers, 'claimCallback', { id: called.id })
    await act(app, other.headers, 'claimCallback', { id: reached.id })
    await act(app, other.headers, 'recordAttempt', { id: reached.id, input: { outcome: 'REACHED' } })
    app.setTime(minutes(16))
    await app.runJobsOnce()
    const rows = await app.db.callbackRequest.findMany({ orderBy: { position: 'asc' } })
    expect(rows.map(({ status, claimedById }) => [status, claimedById])).toEqual([
      ['NEW', null],
      ['REACHED', null],
    ])
    expect(await act(app, one.headers, 'keepCallback', { id: called.id })).toMatchObject({ code: 'lease_ended' })
    expect(await act(app, one.headers, 'claimCallback', { id: reached.id })).toMatchObject({ code: 'not_due' })
    app.setTime(minutes(35))
    expect(await act(app, one.headers, 'claimCallback', { id: reached.id })).toMatchObject({ status: 'REACHED', mine: true })
  })

  test('that ran out during a conversation is taken again at once by who was in it, and by nobody else', async () => {
    const [one, other] = [await staff(app), await staff(app)]
    const { id } = await waiting(app)
    await act(app, one.headers, 'claimCallback', { id })
    await act(app, one.headers, 'recordAttempt', { id, input: { outcome: 'REACHED' } })
    app.setTime(minutes(16))
    expect(await act(app, other.headers, 'claimCallback', { id })).toMatchObject({ code: 'not_due' })
    expect(await act(app, other.headers, 'claimNextCallback')).toMatchObject({ __typename: 'NothingWaiting' })
    expect(await act(app, one.headers, 'claimCallback', { id })).toMatchObject({ status: 'REACHED', mine: true })
    await act(app, one.headers, 'releaseCallback', { id })
    expect(await act(app, one.headers, 'claimCallback', { id })).toMatchObject({ code: 'not_due' })
  })

  test.each(['releaseCallback', 'reassignCallback'] as const)(
    'a conversation given back by %s does not stand before all others, and its turn comes',
    async (mutation) => {
      const agent = await staff(app)
      const supervisor = await staff(app, { role: 'SUPERVISOR' })
      const { id } = await waiting(app, { phone: phoneNumber(1) })
      const others = [await waiting(app, { phone: phoneNumber(2) }), await waiting(app, { phone: phoneNumber(3) })]
      await act(app, agent.headers, 'claimCallback', { id })
      await act(app, agent.headers, 'recordAttempt', { id, input: { outcome: 'REACHED' } })
      const { headers } = mutation === 'releaseCallback' ? agent : supervisor
      expect(await act(app, headers, mutation, { id, ...(mutation === 'reassignCallback' ? { to: null } : {}) })).toMatchObject({
        status: 'REACHED',
        due: false,
        callFrom: minutes(20).toISOString(),
      })
      for (const other of others) {
        expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ id: other.id })
        await act(app, agent.headers, 'recordAttempt', { id: other.id, input: { outcome: 'NO_ANSWER' } })
      }
      expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ __typename: 'NothingWaiting' })
      app.setTime(minutes(20))
      expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ id, status: 'REACHED' })
      expect(await act(app, agent.headers, 'recordAttempt', { id, input: { outcome: 'NO_ANSWER' } })).toMatchObject({
        status: 'NEW',
        due: false,
      })
    },
  )

  test('a conversation that waits is handed to a colleague at once', async () => {
    const [one, other] = [await staff(app), await staff(app)]
    const supervisor = await staff(app, { role: 'SUPERVISOR' })
    const { id } = await waiting(app)
    await act(app, one.headers, 'claimCallback', { id })
    await act(app, one.headers, 'recordAttempt', { id, input: { outcome: 'REACHED' } })
    await act(app, one.headers, 'releaseCallback', { id })
    expect(await act(app, supervisor.headers, 'reassignCallback', { id, to: other.viewer.id })).toMatchObject({
      status: 'REACHED',
      due: false,
      holder: expect.any(Object),
    })
  })

  test('ends or is kept, but not both: the job and the agent at the same moment', async () => {
    const { headers } = await staff(app)
    const { id } = await waiting(app)
    await act(app, headers, 'claimCallback', { id })
    app.setTime(minutes(15))
    const [answer] = await Promise.all([act(app, headers, 'claimCallback', { id }), app.runJobsOnce()])
    const row = await app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
    expect(answer.mine).toBe(true)
    if (row.claimedById !== null) expect(row.claimedUntil).toEqual(minutes(30))
  })

  test('of a member who went home does not keep her from another', async () => {
    const { headers } = await staff(app)
    const [first, second] = [await waiting(app, { phone: phoneNumber(1) }), await waiting(app, { phone: phoneNumber(2) })]
    await act(app, headers, 'claimCallback', { id: first.id })
    app.setTime(minutes(16))
    expect(await act(app, headers, 'claimCallback', { id: second.id })).toMatchObject({ mine: true })
    expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ status: 'NEW', claimedById: null })
  })
})

describe('giving back', () => {
  test('puts a request at its old place; twice is a conflict', async () => {
    const { headers } = await staff(app)
    const first = await waiting(app, { phone: phoneNumber(1) })
    await waiting(app, { phone: phoneNumber(2) })
    await act(app, headers, 'claimCallback', { id: first.id })
    expect(await act(app, headers, 'releaseCallback', { id: first.id })).toMatchObject({ status: 'NEW', mine: false, holder: null })
    expect((await listed(app, headers)).references[0]).toBe(first.reference)
    expect(await act(app, headers, 'releaseCallback', { id: first.id })).toMatchObject({ code: 'not_holding' })
  })
})

describe('what the citizen does meanwhile', () => {
  test('she withdraws it during the call: whatever the agent does next is told so', async () => {
    const { headers } = await staff(app)
    const { id, reference } = await waiting(app)
    await act(app, headers, 'claimCallback', { id })
    await change(app, 'cancelCallback', { reference, phone: '0470 12 34 56' })
    for (const [mutation, variables] of [
      ['keepCallback', {}],
      ['releaseCallback', {}],
      ['revealContact', { reason: 'appel' }],
      ['recordAttempt', { input: { outcome: 'REACHED' } }],
      ['closeCallback', { input: { outcome: 'RESOLVED' } }],
    ] as const)
      expect(await act(app, headers, mutation, { id, ...variables })).toMatchObject({ code: 'callback_over' })
    expect((await app.ask('{ myCall { id } }', {}, headers)).data).toEqual({ myCall: null })
  })

  test.each(['cancelCallback', 'eraseCallback'])(
    'after %s what the phone asked besides is called by nobody else before the lease would have ended',
    async (mutation) => {
      const [one, other] = [await staff(app), await staff(app)]
      const first = await waiting(app)
      const second = await waiting(app)
      app.setTime(minutes(5))
      await act(app, one.headers, 'claimCallback', { id: first.id })
      await change(app, mutation, { reference: first.reference, phone: '0470 12 34 56' })
      expect(await act(app, other.headers, 'claimCallback', { id: second.id })).toMatchObject({ code: 'not_due' })
      expect(await act(app, other.headers, 'claimNextCallback')).toMatchObject({ __typename: 'NothingWaiting' })
      app.setTime(minutes(20))
      expect(await act(app, other.headers, 'claimNextCallback')).toMatchObject({ id: second.id, callFrom: minutes(20).toISOString() })
    },
  )

  test('nor is it when she moves it forward meanwhile', async () => {
    const [one, other] = [await staff(app), await staff(app)]
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id } }')).data.callbackSlots
    const first = await waiting(app)
    const second = await waiting(app, { slot: slot.id })
    app.setTime(minutes(5))
    await act(app, one.headers, 'claimCallback', { id: first.id })
    await change(app, 'cancelCallback', { reference: first.reference, phone: '0470 12 34 56' })
    await change(app, 'rescheduleCallback', { reference: second.reference, phone: '0470 12 34 56' })
    expect(await act(app, other.headers, 'claimCallback', { id: second.id })).toMatchObject({ code: 'not_due' })
    app.setTime(minutes(20))
    expect(await act(app, other.headers, 'claimCallback', { id: second.id })).toMatchObject({ callFrom: minutes(20).toISOString() })
  })

  test('what nobody held is taken over at its old moment, and a later one stays as it was', async () => {
    const { headers } = await staff(app)
    const [slot] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt } }')).data.callbackSlots
    const first = await waiting(app)
    const second = await waiting(app)
    const third = await waiting(app, { slot: slot.id })
    await change(app, 'cancelCallback', { reference: first.reference, phone: '0470 12 34 56' })
    expect(await act(app, headers, 'claimCallback', { id: second.id })).toMatchObject({ callFrom: NOW.toISOString() })
    await change(app, 'cancelCallback', { reference: second.reference, phone: '0470 12 34 56' })
    const stored = await app.db.callbackRequest.findUniqueOrThrow({ where: { id: third.id } })
    expect(stored).toMatchObject({ repeatOfId: null, callFrom: new Date(slot.startsAt) })
  })

  test('she withdraws it while it is closed: one of the two happens', async () => {
    const { headers } = await staff(app)
    for (let time = 0; time < 5; time++) {
      await emptyDesk(app)
      const { id, reference } = await waiting(app)
      await act(app, headers, 'claimCallback', { id })
      const [closed] = await Promise.all([
        act(app, headers, 'closeCallback', { id, input: { outcome: 'RESOLVED' } }),
        app.ask(
          'mutation ($reference: String!) { cancelCallback(reference: $reference, phone: "0470 12 34 56") { __typename } }',
          { reference },
          { 'passerelle-site': 'demo' },
        ),
      ])
      const { status } = await app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
      expect(status).toBe(closed.__typename === 'CallbackRequest' ? 'CLOSED' : 'CANCELLED')
    }
  })

  test('she erases it while it is shown: shown before, or not at all; nothing is left', async () => {
    const { headers } = await staff(app)
    const { id, reference } = await waiting(app)
    await act(app, headers, 'claimCallback', { id })
    await act(app, headers, 'addCallNote', { id, input: { text: 'appelle le soir' } })
    const [shown] = await Promise.all([
      act(app, headers, 'revealContact', { id, reason: 'appel' }),
      change(app, 'eraseCallback', { reference, phone: '0470 12 34 56' }),
    ])
    expect(shown.phone ?? shown.code).toMatch(/^(\+32470123456|callback_over)$/)
    expect(await app.db.callNote.count()).toBe(0)
    expect(await app.db.contactReveal.count({ where: { reasonSealed: { not: null } } })).toBe(0)
    expect(await act(app, headers, 'revealContact', { id, reason: 'encore' })).toMatchObject({ code: 'callback_over' })
  })
})
