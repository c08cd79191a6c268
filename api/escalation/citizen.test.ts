import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { casesSeen, emptyCases, handed, handing, onCase } from '../testing/cases.ts'
import { act, listed, waiting } from '../testing/desk.ts'
import { type Receivers, startReceivers } from '../testing/notices.ts'
import { staff } from '../testing/staff.ts'

let receivers: Receivers
let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
/** Works for the other partner. */
let other: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders() })
  agent = await staff(app, { name: 'Ada' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
  other = await staff(app, { name: 'Rita', role: 'PARTNER', organization: 'relais-sociaux' })
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'relais-sociaux' } })
  await app.db.partner.create({ data: { organizationId } })
})
afterAll(async () => {
  await app.close()
  await receivers.close()
})
beforeEach(async () => {
  receivers.reset()
  app.setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
})

const PHONE = '0470 12 34 56'
const SITE = { 'passerelle-site': 'demo', 'accept-language': 'fr' }
const SHOWN = 'status outcome canAnswer canCancel escalation { partner state since language }'
const ANSWER = `__typename ... on CallbackReceipt { ${SHOWN} } ... on UserError { message } ... on Conflict { code }`
const follow = async (reference: string, phone = PHONE) =>
  (
    await app.ask(
      `query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { ${SHOWN} } }`,
      { reference, phone },
      SITE,
    )
  ).data.callback
const withdraw = async (reference: string, phone = PHONE) =>
  (
    await app.ask(
      `mutation ($reference: String!, $phone: String!) { withdrawAgreement(reference: $reference, phone: $phone) { ${ANSWER} } }`,
      { reference, phone },
      SITE,
    )
  ).data.withdrawAgreement
const confirm = async (reference: string, input: object = {}, phone = PHONE) =>
  (
    await app.ask(
      `mutation ($reference: String!, $phone: String!, $input: ConfirmOutcomeInput!) {
        confirmOutcome(reference: $reference, phone: $phone, input: $input) { ${ANSWER} } }`,
      { reference, phone, input: { contacted: true, useful: true, stillNeeded: false, ...input } },
      SITE,
    )
  ).data.confirmOutcome
const work = (mutation: string, id: string, input?: object) => onCase(app, worker.headers, mutation, { id, ...(input ? { input } : {}) })
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const actions = async (subjectId: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action }) => action)
async function completed() {
  const one = await handed(app, agent)
  await work('acceptEscalation', one.id)
  await work('completeEscalation', one.id, { outcome: 'RESOLVED' })
  return one
}
const NAME = 'Réseau wallon de lutte contre la pauvreté (RWLP)'

describe('what the person sees by her reference', () => {
  test('who has it, and how far it is, without what professionals say', async () => {
    const { id, reference } = await handed(app, agent)
    const state = async () => (await follow(reference)).escalation
    expect(await follow(reference)).toEqual({
      status: 'ESCALATED',
      outcome: null,
      canAnswer: false,
      canCancel: false,
      escalation: { partner: NAME, state: 'HANDED_OVER', since: NOW.toISOString(), language: 'FR' },
    })
    app.setTime(minutes(5))
    await work('acceptEscalation', id)
    expect(await state()).toMatchObject({ state: 'TAKEN_OVER', since: minutes(5).toISOString() })
    await work('holdEscalation', id, { note: 'une chose secrète' })
    expect(await state()).toMatchObject({ state: 'UNDER_WAY' })
    await work('failEscalation', id, { reason: 'NOT_REACHABLE', note: 'elle ne répond pas' })
    expect(await follow(reference)).toMatchObject({ status: 'REACHED', escalation: { state: 'LOOKING_AGAIN' }, canAnswer: false })
    expect(JSON.stringify(await follow(reference))).not.toMatch(/secrète|répond|NOT_REACHABLE/)
  })

  test('that it is done, and that she may answer', async () => {
    const { reference } = await completed()
    expect(await follow(reference)).toMatchObject({ status: 'CLOSED', outcome: 'resolved', canAnswer: true, escalation: { state: 'DONE' } })
  })

  test('nothing of partners where there was none', async () => {
    const { reference } = await handed(app, agent)
    await app.db.escalation.deleteMany()
    expect(await follow(reference)).toMatchObject({ escalation: null, canAnswer: false })
  })
})

describe('withdrawing the agreement', () => {
  test('ends the case, tells the partner to erase, and leaves the request with the line', async () => {
    const { id, reference, requestId } = await handed(app, agent)
    await work('acceptEscalation', id)
    expect(await withdraw(reference)).toMatchObject({ __typename: 'CallbackReceipt', status: 'REACHED', escalation: null })
    expect(await actions(id)).toEqual(['escalation.requested', 'escalation.accepted', 'escalation.cancelled', 'escalation.erasure_wanted'])
    expect(await actions(requestId)).toContain('callback.agreement_withdrawn')
    expect((await casesSeen(app, worker.headers)).nodes).toMatchObject([
      { cancelReason: 'AGREEMENT_WITHDRAWN', erasureWanted: true, object: null },
    ])
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, due: true }])
    // Once more is the same as once.
    expect(await withdraw(reference)).toMatchObject({ __typename: 'CallbackReceipt', status: 'REACHED' })
    expect((await actions(id)).filter((action) => action === 'escalation.cancelled')).toHaveLength(1)
    expect(await work('confirmErasure', id)).toMatchObject({ erasureWanted: false })
  })

  const reroute = (id: string) => onCase(app, agent.headers, 'rerouteEscalation', { id, input: { partner: 'relais-sociaux' } })
  const reveal = (headers: Record<string, string>, id: string) => onCase(app, headers, 'revealCase', { id, reason: 'Le dossier' })
  const wanted = async (headers: Record<string, string>) => (await casesSeen(app, headers)).nodes.map(({ erasureWanted }) => erasureWanted)
  const reject = (id: string) => work('rejectEscalation', id, { reason: 'NO_CAPACITY' })

  test('after a partner has completed it ends what that one may still look at', async () => {
    const { id, reference, requestId } = await completed()
    expect((await reveal(worker.headers, id)).phone).toBe('+32470123456')
    expect(await withdraw(reference)).toMatchObject({
      __typename: 'CallbackReceipt',
      status: 'CLOSED',
      outcome: 'resolved',
      escalation: null,
    })
    expect(await reveal(worker.headers, id)).toMatchObject({ code: 'case_over' })
    expect((await casesSeen(app, worker.headers)).nodes).toMatchObject([{ state: 'COMPLETED', erasureWanted: true, object: null }])
    expect(await withdraw(reference)).toMatchObject({ __typename: 'CallbackReceipt' })
    expect((await actions(id)).filter((action) => action === 'escalation.erasure_wanted')).toHaveLength(1)
    expect((await actions(requestId)).filter((action) => action === 'callback.agreement_withdrawn')).toHaveLength(1)
  })

  test('while the line looks for somebody else keeps it from the next partner', async () => {
    const { id, reference, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    await reject(id)
    expect(await withdraw(reference)).toMatchObject({ status: 'REACHED', escalation: null })
    expect(await reroute(id)).toMatchObject({ code: 'case_over' })
    expect(await wanted(worker.headers)).toEqual([true])
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, due: true }])
  })

  test('asks all partners that had it', async () => {
    const { id, reference } = await handed(app, agent, { agreement: { anyone: true } })
    await work('acceptEscalation', id)
    app.setTime(minutes(3))
    await reroute(id)
    app.setTime(minutes(6))
    await withdraw(reference)
    expect([await wanted(worker.headers), await wanted(other.headers)]).toEqual([[true], [true]])
    expect(await actions(id)).toContain('escalation.erasure_wanted')
    expect(await work('confirmErasure', id)).toMatchObject({ erasureWanted: false })
  })

  test('whoever agreed once to any partner, and took it back from the last, goes to none on the first agreement', async () => {
    const { id, requestId, reference } = await handed(app, agent, { agreement: { anyone: true } })
    await reject(id)
    app.setTime(minutes(5))
    await act(app, agent.headers, 'claimCallback', { id: requestId })
    const input = handing({ partner: 'relais-sociaux', agreement: { anyone: false } })
    const second = await onCase(app, agent.headers, 'escalateCallback', { id: requestId, input })
    app.setTime(minutes(10))
    await withdraw(reference)
    for (const one of [id, second.id]) expect(await reroute(one)).toMatchObject({ code: 'case_over' })
    expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ status: 'REACHED' })
  })

  test('nor does who told the last partner that she wants no help from it', async () => {
    const { id, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    await reject(id)
    app.setTime(minutes(5))
    await act(app, agent.headers, 'claimCallback', { id: requestId })
    const input = handing({ partner: 'relais-sociaux', agreement: { anyone: true } })
    const second = await onCase(app, agent.headers, 'escalateCallback', { id: requestId, input })
    await onCase(app, other.headers, 'acceptEscalation', { id: second.id })
    await onCase(app, other.headers, 'failEscalation', { id: second.id, input: { reason: 'DECLINED_BY_PERSON' } })
    expect(await reroute(id)).toMatchObject({ code: 'case_over' })
  })

  test('at the moment at which it goes to another partner ends it there, too', async () => {
    for (let tries = 0; tries < 8; tries++) {
      await emptyCases(app)
      app.setTime(NOW)
      const { id, reference, requestId } = await handed(app, agent, { agreement: { anyone: true } })
      app.setTime(minutes(1))
      const [withdrawn] = await Promise.all([withdraw(reference), reroute(id)])
      expect(withdrawn).toMatchObject({ __typename: 'CallbackReceipt', status: 'REACHED', escalation: null })
      expect(await app.db.escalation.count({ where: { requestId, OR: [{ endedAt: null }, { erasureWantedAt: null }] } })).toBe(0)
    }
  })
})

describe('withdrawing a request that came back', () => {
  const cancel = async (reference: string) =>
    (
      await app.ask(
        `mutation ($reference: String!, $phone: String!) { cancelCallback(reference: $reference, phone: $phone) { ${ANSWER} } }`,
        { reference, phone: PHONE },
        SITE,
      )
    ).data.cancelCallback

  test('spares her the call, after she took her agreement back and after she asked for another', async () => {
    for (const hand of [() => handed(app, agent), completed]) {
      const { reference, requestId } = await hand()
      expect(await follow(reference)).toMatchObject({ canCancel: false })
      expect(await cancel(reference)).toMatchObject({ code: 'callback_over' })
      if ((await follow(reference)).canAnswer) await confirm(reference, { contacted: false, stillNeeded: true })
      else await withdraw(reference)
      expect(await follow(reference)).toMatchObject({ status: 'REACHED', canCancel: true })
      expect(await cancel(reference)).toMatchObject({ __typename: 'CallbackReceipt', status: 'CANCELLED', canCancel: false })
      expect((await listed(app, agent.headers)).totalCount).toBe(0)
      expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ status: 'CANCELLED' })
      await emptyCases(app)
    }
  })

  test('is too late while somebody is calling about it', async () => {
    const { reference, requestId } = await handed(app, agent)
    await withdraw(reference)
    await act(app, agent.headers, 'claimCallback', { id: requestId })
    expect(await follow(reference)).toMatchObject({ status: 'REACHED', canCancel: false })
    expect(await cancel(reference)).toMatchObject({ code: 'callback_over' })
  })
})

describe('saying afterwards whether it helped', () => {
  test('is three answers, kept without words', async () => {
    const { reference, requestId } = await completed()
    expect(await confirm(reference, { useful: null })).toMatchObject({ __typename: 'CallbackReceipt', status: 'CLOSED', canAnswer: false })
    expect(await app.db.citizenAnswer.findMany()).toEqual([{ requestId, at: NOW, contacted: true, useful: null, stillNeeded: false }])
    expect(await actions(requestId)).toContain('callback.answered')
    expect(await confirm(reference, { useful: null })).toMatchObject({ __typename: 'CallbackReceipt' })
    expect(await confirm(reference, { useful: false })).toMatchObject({ code: 'answered' })
    expect((await actions(requestId)).filter((action) => action === 'callback.answered')).toHaveLength(1)
  })

  test('who still needs help is called again, and may be handed over and asked again', async () => {
    const { reference, requestId } = await completed()
    app.setTime(minutes(30))
    expect(await confirm(reference, { contacted: false, stillNeeded: true })).toMatchObject({
      status: 'REACHED',
      outcome: null,
      escalation: { state: 'LOOKING_AGAIN' },
    })
    expect(await actions(requestId)).toContain('callback.reopened')
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, due: true, outcome: null, closedAt: null }])
    expect(await confirm(reference, { contacted: false, stillNeeded: true })).toMatchObject({ status: 'REACHED' })
    await act(app, agent.headers, 'claimCallback', { id: requestId })
    app.setTime(minutes(40))
    const again = await onCase(app, agent.headers, 'escalateCallback', {
      id: requestId,
      input: {
        partner: 'rwlp',
        object: 'Encore.',
        shares: [],
        agreement: { way: 'SPOKEN', version: '2026-11-22', language: 'FR', anyone: false },
      },
    })
    await work('acceptEscalation', again.id)
    await work('completeEscalation', again.id, { outcome: 'PARTLY' })
    expect(await follow(reference)).toMatchObject({ canAnswer: true, outcome: 'partly' })
    expect(await confirm(reference)).toMatchObject({ canAnswer: false })
    expect(await app.db.citizenAnswer.findMany()).toMatchObject([{ contacted: true, stillNeeded: false }])
  })

  test('whoever had helped her before sees her no more', async () => {
    const { id, reference } = await completed()
    const shown = () => onCase(app, worker.headers, 'revealCase', { id, reason: 'Le dossier' })
    expect((await shown()).phone).toBe('+32470123456')
    await confirm(reference, { contacted: false, stillNeeded: true })
    expect(await shown()).toMatchObject({ code: 'case_over' })
  })

  test('and asking the line anew at that moment are both heard', async () => {
    for (let tries = 0; tries < 12; tries++) {
      await emptyCases(app)
      app.setTime(NOW)
      const { reference, requestId } = await completed()
      app.setTime(minutes(1))
      const [answer] = await Promise.all([confirm(reference, { contacted: false, stillNeeded: true }), waiting(app)])
      expect(answer).toMatchObject({ __typename: 'CallbackReceipt', status: 'REACHED' })
      const rows = await app.db.callbackRequest.findMany({ where: { repeatOfId: null, status: { in: ['NEW', 'CLAIMED', 'REACHED'] } } })
      expect(rows).toMatchObject([{ id: requestId }])
    }
  })

  test('of two answers at once one counts', async () => {
    const { reference } = await completed()
    const answers = await Promise.all([confirm(reference, { useful: true }), confirm(reference, { useful: false })])
    expect(answers.map((answer) => answer.code ?? 'heard').sort()).toEqual(['answered', 'heard'])
  })

  test('her answers stay once what leads to her is erased', async () => {
    const { reference } = await completed()
    await confirm(reference)
    await app.ask(
      'mutation ($reference: String!, $phone: String!) { eraseCallback(reference: $reference, phone: $phone) { __typename } }',
      { reference, phone: PHONE },
      SITE,
    )
    expect(await app.db.citizenAnswer.count()).toBe(1)
    const [one] = await app.db.escalation.findMany()
    expect(one).toMatchObject({ state: 'COMPLETED', objectSealed: null })
  })
})

describe('to whoever guesses', () => {
  test('an unknown reference, a wrong number and a request that no partner has are answered alike', async () => {
    const { reference } = await handed(app, agent)
    const other = await handed(app, agent, { request: { phone: '0470 00 00 01' } })
    await app.db.escalation.deleteMany({ where: { id: other.id } })
    for (const ask of [withdraw, (one: string, phone: string) => confirm(one, {}, phone)]) {
      const answers = [
        await ask('7KM-4QX-9TQ', PHONE),
        await ask('nonsense', 'nonsense'),
        await ask(reference, '0470 12 34 57'),
        await ask(other.reference, '0470 00 00 01'),
      ]
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
      expect(answers[0]).toMatchObject({ __typename: 'NotFound' })
    }
    // Nothing to answer yet is the same, too.
    expect(await confirm(reference)).toMatchObject({ __typename: 'NotFound' })
  })

  test('tries are counted as looking is', async () => {
    app.setAddress('192.0.2.7')
    const answers = new Set<string>()
    for (let count = 0; count < 15; count++) answers.add((await withdraw('7KM-4QX-9TQ')).__typename)
    expect([...answers]).toEqual(['NotFound', 'TooManyRequests'])
    expect((await confirm('7KM-4QX-9TQ')).__typename).toBe('TooManyRequests')
  })
})

describe('she is told, as she wished', () => {
  const request = { email: 'jeanne@example.org', safeContact: { sms: true } }
  test('that somebody takes it over, and that there is news: not who, and not what about', async () => {
    const { id, reference } = await handed(app, agent, { request })
    await app.runJobsOnce()
    receivers.reset()
    await work('acceptEscalation', id)
    await app.runJobsOnce()
    await expect.poll(() => [receivers.mails.length, receivers.messages.length]).toEqual([1, 1])
    expect(receivers.mails[0]?.text).toContain('Quelqu’un a pris votre demande en charge.')
    expect(receivers.messages[0]?.body.text).toContain(reference)
    receivers.reset()
    await work('completeEscalation', id, { outcome: 'RESOLVED' })
    await app.runJobsOnce()
    await expect.poll(() => [receivers.mails.length, receivers.messages.length]).toEqual([1, 1])
    expect(receivers.mails[0]?.text).toContain('Il y a du nouveau pour votre demande.')
    expect(JSON.stringify([receivers.mails, receivers.messages])).not.toMatch(/RWLP|pauvreté|résolu|expulsion/i)
  })
})
