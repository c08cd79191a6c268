import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { remindOfLate } from '../desk/actions/remind.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change } from '../testing/callbacks.ts'
import { emptyCases, handed, handing, onCase, reached } from '../testing/cases.ts'
import { act, listed, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  agent = await staff(app, { name: 'Ada' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'relais-sociaux' } })
  await app.db.partner.create({ data: { organizationId } })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyCases(app)
})

const SITE = { 'passerelle-site': 'demo', 'accept-language': 'fr' }
const PHONE = '0470 12 34 56'
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
const queue = async () => (await listed(app, agent.headers)).nodes.map(({ id }) => id as string)
const receipt = async (reference: string) =>
  (
    await app.ask(
      'query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { status outcome escalation { state } } }',
      { reference, phone: PHONE },
      SITE,
    )
  ).data.callback
const reject = (id: string) => onCase(app, worker.headers, 'rejectEscalation', { id, input: { reason: 'NO_CAPACITY' } })

async function stillNeeded(reference: string): Promise<void> {
  const { data } = await app.ask(
    `mutation ($reference: String!, $phone: String!) {
      confirmOutcome(reference: $reference, phone: $phone, input: { contacted: false, stillNeeded: true }) { __typename }
    }`,
    { reference, phone: PHONE },
    SITE,
  )
  expect(data.confirmOutcome).toEqual({ __typename: 'CallbackReceipt' })
}

/** A request that was with a partner, and comes back while somebody calls the same phone about a younger one. */
async function backDuringCall(how: 'rejected' | 'reopened') {
  const { id, requestId, reference } = await handed(app, agent, { request: { need: 'housing' } })
  if (how === 'reopened') {
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    await onCase(app, worker.headers, 'completeEscalation', { id, input: { outcome: 'NO_HELP_AVAILABLE' } })
  }
  app.setTime(minutes(5))
  const other = await waiting(app, { need: 'food' })
  await act(app, agent.headers, 'claimCallback', { id: other.id })
  if (how === 'rejected') await act(app, agent.headers, 'recordAttempt', { id: other.id, input: { outcome: 'REACHED' } })
  app.setTime(minutes(10))
  if (how === 'rejected') await reject(id)
  else await stillNeeded(reference)
  expect(await row(requestId)).toMatchObject({ status: 'REACHED', repeatOfId: other.id })
  app.setTime(minutes(12))
  return { requestId, reference, other }
}

describe('what comes back while its phone is being called', () => {
  const waitsOn = async ({ requestId, reference }: { requestId: string; reference: string }) => {
    expect(await row(requestId)).toMatchObject({ status: 'REACHED', repeatOfId: null, closedAt: null })
    expect(await queue()).toEqual([requestId])
    expect(await receipt(reference)).toEqual({ status: 'REACHED', outcome: null, escalation: { state: 'LOOKING_AGAIN' } })
    expect(await act(app, agent.headers, 'claimNextCallback')).toMatchObject({ id: requestId })
  }

  test('is not closed with the other one', async () => {
    const { other, ...back } = await backDuringCall('rejected')
    expect(await act(app, agent.headers, 'closeCallback', { id: other.id, input: { outcome: 'RESOLVED' } })).toMatchObject({
      status: 'CLOSED',
    })
    await waitsOn(back)
  })

  test('does not end when the other one is handed over', async () => {
    const { other, ...back } = await backDuringCall('rejected')
    expect(await onCase(app, agent.headers, 'escalateCallback', { id: other.id, input: handing() })).toMatchObject({ state: 'REQUESTED' })
    await waitsOn(back)
  })

  test('was spoken with, and is not given up as one whom nobody reached', async () => {
    const { other, ...back } = await backDuringCall('reopened')
    expect(await act(app, agent.headers, 'recordAttempt', { id: other.id, input: { outcome: 'INVALID_NUMBER' } })).toMatchObject({
      status: 'UNREACHABLE',
    })
    await waitsOn(back)
  })
})

test('of two that came back neither ends with the other, though nobody answered the call about one', async () => {
  const older = await handed(app, agent, { request: { need: 'housing' } })
  app.setTime(minutes(5))
  const younger = await handed(app, agent, { request: { need: 'food' } })
  app.setTime(minutes(10))
  await reject(younger.id)
  await act(app, agent.headers, 'claimCallback', { id: younger.requestId })
  await act(app, agent.headers, 'recordAttempt', { id: younger.requestId, input: { outcome: 'NO_ANSWER' } })
  app.setTime(minutes(20))
  await reject(older.id)
  expect(await row(younger.requestId)).toMatchObject({ status: 'NEW', repeatOfId: older.requestId })
  app.setTime(minutes(30))
  await act(app, agent.headers, 'claimCallback', { id: older.requestId })
  await act(app, agent.headers, 'recordAttempt', { id: older.requestId, input: { outcome: 'REACHED' } })
  await act(app, agent.headers, 'closeCallback', { id: older.requestId, input: { outcome: 'RESOLVED' } })
  expect(await row(older.requestId)).toMatchObject({ status: 'CLOSED' })
  expect(await row(younger.requestId)).toMatchObject({ status: 'NEW', repeatOfId: null })
  expect(await queue()).toEqual([younger.requestId])
})

describe('what a phone asks while its case is back', () => {
  test('waits by itself once that case goes to another partner', async () => {
    const { id, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    await reject(id)
    app.setTime(minutes(1))
    const second = await waiting(app, { need: 'violence', name: 'Luc' })
    const third = await waiting(app)
    expect(await queue()).toEqual([requestId])
    const again = await onCase(app, agent.headers, 'rerouteEscalation', { id, input: { partner: 'relais-sociaux' } })
    expect(again).toMatchObject({ __typename: 'Escalation', state: 'REQUESTED' })
    expect(await row(second.id)).toMatchObject({ status: 'NEW', repeatOfId: null })
    expect(await row(third.id)).toMatchObject({ status: 'NEW', repeatOfId: second.id })
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: second.id, urgency: 'DANGER', due: true }])
  })

  test('before it came back, too', async () => {
    const { id, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    app.setTime(minutes(1))
    const second = await waiting(app)
    await reject(id)
    expect(await queue()).toEqual([requestId])
    await onCase(app, agent.headers, 'rerouteEscalation', { id, input: { partner: 'relais-sociaux' } })
    expect(await queue()).toEqual([second.id])
  })
})

describe('what came back is late as a new one is', () => {
  const NUMBERS = '{ deskNumbers { waiting due overdue soonOverdue } }'
  const numbers = async () => (await app.ask(NUMBERS, {}, agent.headers)).data.deskNumbers
  const overdue = async () => (await listed(app, agent.headers, { filter: { overdue: true } })).nodes.map(({ id }) => id)
  const reminded = (now: Date) => remindOfLate({ db: app.db, sql: app.sql, directory: app.directory.current(), now })
  const reminders = async (subjectId: string) => {
    const rows = await app.db.auditEvent.findMany({ where: { subjectId, actor: 'system' }, orderBy: { id: 'asc' } })
    return rows.map(({ action }) => action)
  }

  /** How it came back, and what the partner or the person did for that. */
  const WAYS: [what: string, comeBack: (the: { id: string; reference: string }) => Promise<unknown>][] = [
    ['rejected', ({ id }) => reject(id)],
    ['taken back', ({ id }) => onCase(app, agent.headers, 'takeBackEscalation', { id, input: {} })],
    ['withdrawn', ({ reference }) => change(app, 'withdrawAgreement', { reference, phone: PHONE })],
    [
      'opened again',
      async ({ id, reference }) => {
        await onCase(app, worker.headers, 'acceptEscalation', { id })
        await onCase(app, worker.headers, 'completeEscalation', { id, input: { outcome: 'RESOLVED' } })
        await stillNeeded(reference)
      },
    ],
  ]

  test.each(WAYS)('%s: its time counts anew, and supervisors are reminded', async (_what, comeBack) => {
    const { requestId, ...of } = await handed(app, agent, { request: { need: 'violence' } })
    app.setTime(minutes(60))
    expect(await listed(app, agent.headers, { order: 'OVERDUE' })).toMatchObject({ totalCount: 0 })
    await comeBack(of)
    expect((await listed(app, agent.headers)).nodes).toMatchObject([
      { id: requestId, status: 'REACHED', dueAt: minutes(90).toISOString(), overdue: false, waitingMinutes: 0 },
    ])
    app.setTime(minutes(83))
    expect(await numbers()).toEqual({ waiting: 1, due: 1, overdue: 0, soonOverdue: 1 })
    expect(await reminded(minutes(83))).toBe(1)
    app.setTime(minutes(91))
    expect(await numbers()).toEqual({ waiting: 1, due: 1, overdue: 1, soonOverdue: 0 })
    expect([await reminded(minutes(91)), await reminded(minutes(92))]).toEqual([1, 0])
    expect(await reminders(requestId)).toEqual(['callback.due_soon', 'callback.overdue'])
    expect(await overdue()).toEqual([requestId])
    expect((await listed(app, agent.headers, { order: 'OVERDUE' })).nodes).toMatchObject([{ overdue: true, waitingMinutes: 31 }])
  })

  test('no more once somebody speaks with her, and again when it comes back again', async () => {
    const { id, requestId } = await handed(app, agent, { request: { need: 'violence' } })
    app.setTime(minutes(60))
    await reject(id)
    expect([await reminded(minutes(83)), await reminded(minutes(91))]).toEqual([1, 1])
    app.setTime(minutes(95))
    expect(await act(app, agent.headers, 'claimCallback', { id: requestId })).toMatchObject({ overdue: true })
    expect(await act(app, agent.headers, 'recordAttempt', { id: requestId, input: { outcome: 'REACHED' } })).toMatchObject({
      overdue: false,
      dueAt: null,
    })
    const again = await onCase(app, agent.headers, 'escalateCallback', { id: requestId, input: handing() })
    expect(await reminded(minutes(120))).toBe(0)
    app.setTime(minutes(120))
    await reject(again.id)
    expect([await reminded(minutes(143)), await reminded(minutes(151)), await reminded(minutes(152))]).toEqual([1, 1, 0])
    expect(await reminders(requestId)).toEqual(['callback.due_soon', 'callback.overdue', 'callback.due_soon', 'callback.overdue'])
  })

  test('a conversation that somebody left unfinished is none', async () => {
    const { id } = await reached(app, agent, { need: 'violence' })
    await act(app, agent.headers, 'releaseCallback', { id })
    app.setTime(minutes(120))
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id, status: 'REACHED', dueAt: null, overdue: false }])
    expect(await reminded(minutes(120))).toBe(0)
  })
})
