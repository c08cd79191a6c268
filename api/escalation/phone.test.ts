import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eraseExpired } from '../callback/jobs.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change } from '../testing/callbacks.ts'
import { casesSeen, emptyCases, handed, handing, onCase, reached } from '../testing/cases.ts'
import { act, listed, waiting } from '../testing/desk.ts'
import { type Receivers, startReceivers } from '../testing/notices.ts'
import { staff } from '../testing/staff.ts'

let receivers: Receivers
let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders(), limited: false })
  agent = await staff(app, { name: 'Ada' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
})
afterAll(async () => {
  await app.close()
  await receivers.close()
})
beforeEach(async () => {
  receivers.reset()
  app.setTime(NOW)
  await emptyCases(app)
})

const PHONE = '0470 12 34 56'
const YES = { voicemail: true, sms: true, sayWhoCalls: true }
const NO = { voicemail: false, sms: false, sayWhoCalls: false }
const jean = { name: 'Jean', need: 'food', email: 'jean@example.org', safeContact: YES }
const sophie = { name: 'Sophie', need: 'violence', safeContact: NO }
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
const escalate = (id: string) => onCase(app, agent.headers, 'escalateCallback', { id, input: handing() })
const claim = (id: string) => act(app, agent.headers, 'claimCallback', { id })
const erase = (now: Date) => eraseExpired({ db: app.db, now, retention: { closedDays: 30, unreachedDays: 14, escalatedDays: 90 } })

/** What its partner is told of how to reach the person: with her number, and in the list of its cases. */
async function toldToPartner(id: string) {
  const { safe } = await onCase(app, worker.headers, 'revealCase', { id, reason: 'appeler' })
  const { nodes } = await casesSeen(app, worker.headers)
  expect(nodes.find((one) => one.id === id).safeContact).toEqual(safe)
  return safe
}

async function previewed(id: string) {
  const { data } = await app.ask(
    `query ($id: ID!, $input: EscalateCallbackInput!) {
      escalationPreview(id: $id, input: $input) { urgency safe { voicemail sms sayWhoCalls note } }
    }`,
    { id, input: handing() },
    agent.headers,
  )
  return data.escalationPreview
}

describe('a no that was said with one phone is kept to by the partner', () => {
  test('though who said it is somebody else, and waits on at the line', async () => {
    const first = await reached(app, agent, jean)
    const second = await waiting(app, sophie)
    const { safe } = await previewed(first.id)
    expect(safe).toMatchObject(NO)
    const { id } = await escalate(first.id)
    expect(await row(second.id)).toMatchObject({ status: 'NEW', repeatOfId: null })
    expect(await toldToPartner(id)).toEqual(safe)
  })

  test('when it is said after the phone was handed over, and to another organization’s line', async () => {
    const { id } = await handed(app, agent, { request: jean })
    expect(await toldToPartner(id)).toMatchObject(YES)
    await waiting(app, { line: '1718', safeContact: { voicemail: false } })
    expect(await toldToPartner(id)).toMatchObject({ voicemail: false, sms: null, sayWhoCalls: null })
  })

  test('when the one with which it was said is over; that she said nothing there is not', async () => {
    const { id } = await handed(app, agent, { request: jean })
    const second = await reached(app, agent, { name: 'Sophie', safeContact: { sms: false } })
    await act(app, agent.headers, 'closeCallback', { id: second.id, input: { outcome: 'RESOLVED' } })
    expect(await toldToPartner(id)).toMatchObject({ voicemail: true, sms: false, sayWhoCalls: true })
  })

  test.each(['settled with it', 'of somebody else, and over'])(
    'when the one with which it was said is erased in its time: %s',
    async (what) => {
      const first = await waiting(app, { safeContact: YES })
      const second = await waiting(app, {
        safeContact: { voicemail: false, sayWhoCalls: false },
        ...(what === 'settled with it' ? {} : { need: 'violence' }),
      })
      app.setTime(minutes(1))
      await claim(first.id)
      await act(app, agent.headers, 'recordAttempt', { id: first.id, input: { outcome: 'REACHED' } })
      const { id } = await escalate(first.id)
      if (what !== 'settled with it') {
        await claim(second.id)
        await act(app, agent.headers, 'recordAttempt', { id: second.id, input: { outcome: 'REFUSED' } })
      }
      await onCase(app, worker.headers, 'acceptEscalation', { id })
      await onCase(app, worker.headers, 'holdEscalation', { id, input: { note: 'attend une place' } })
      expect(await toldToPartner(id)).toMatchObject({ voicemail: false, sayWhoCalls: false })
      app.setTime(minutes(31 * 1_440))
      expect(await erase(minutes(31 * 1_440))).toBe(1)
      expect((await row(second.id)).erasedAt).not.toBeNull()
      expect(await toldToPartner(id)).toMatchObject({ voicemail: false, sayWhoCalls: false })
    },
  )

  test('and not once it is withdrawn, erased or not', async () => {
    const { id } = await handed(app, agent, { request: jean })
    for (const mutation of ['cancelCallback', 'eraseCallback']) {
      const { reference } = await waiting(app, sophie)
      expect(await toldToPartner(id)).toMatchObject(NO)
      await change(app, mutation, { reference, phone: PHONE })
      expect(await toldToPartner(id)).toMatchObject(YES)
    }
  })
})

describe('at the desk, what a phone asked that is with a partner', () => {
  test('is heeded as what waits there', async () => {
    const { id } = await handed(app, agent, { request: sophie })
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    app.setTime(minutes(1))
    const second = await waiting(app, jean)
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: second.id, canSend: [], need: { code: 'food' } }])
    expect(await claim(second.id)).toMatchObject({ safeContact: NO, canSend: [] })
    const input = { services: ['courses-liege'], sendBy: 'SMS' }
    expect(await act(app, agent.headers, 'orientCallback', { id: second.id, input })).toMatchObject({
      problems: [{ code: 'not_sendable' }],
    })
  })

  test('keeps its no when that is over, and nothing else of it', async () => {
    const { id } = await handed(app, agent, { request: { need: 'violence', safeContact: { voicemail: false } } })
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    await onCase(app, worker.headers, 'completeEscalation', { id, input: { outcome: 'RESOLVED' } })
    const second = await waiting(app, jean)
    const held = await claim(second.id)
    expect(held).toMatchObject({ safeContact: { voicemail: false, sms: true, sayWhoCalls: true } })
    expect(held.canSend.sort()).toEqual(['EMAIL', 'SMS'])
  })

  test('gets no text message as long as it did not allow one', async () => {
    await handed(app, agent, { request: { name: 'Sophie' } })
    await app.runJobsOnce()
    receivers.reset()
    await waiting(app, { name: 'Jean', safeContact: YES })
    await app.runJobsOnce()
    expect(receivers.messages).toEqual([])
  })
})

describe('how pressing a case is', () => {
  test('is not what somebody else asked with the same phone', async () => {
    const first = await reached(app, agent, jean)
    await waiting(app, sophie)
    const { urgency } = await previewed(first.id)
    expect(urgency).not.toBe('DANGER')
    expect(await escalate(first.id)).toMatchObject({ urgency, need: { code: 'food' } })
    expect((await casesSeen(app, worker.headers)).nodes).toMatchObject([{ urgency }])
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ urgency: 'DANGER' }])
  })

  test('is by all that was talked about', async () => {
    const first = await waiting(app, { name: 'Sophie' })
    await waiting(app, { name: 'sophie', need: 'mental-health' })
    app.setTime(minutes(1))
    await claim(first.id)
    await act(app, agent.headers, 'recordAttempt', { id: first.id, input: { outcome: 'REACHED' } })
    expect(await previewed(first.id)).toMatchObject({ urgency: 'CRISIS' })
    const { id, urgency } = await escalate(first.id)
    expect(urgency).toBe('CRISIS')
    await onCase(app, worker.headers, 'rejectEscalation', { id, input: { reason: 'NO_CAPACITY' } })
    await claim(first.id)
    expect(await escalate(first.id)).toMatchObject({ urgency: 'CRISIS' })
  })
})
