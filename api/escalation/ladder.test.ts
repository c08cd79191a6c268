import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { phoneNumber } from '../testing/callbacks.ts'
import { casesSeen, emptyCases, handed, onCase } from '../testing/cases.ts'
import { listed } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'
import { climbLadders } from './actions/ladder.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
let relais: string
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  agent = await staff(app, { name: 'Ada' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
  relais = (await app.db.organization.findUniqueOrThrow({ where: { slug: 'relais-sociaux' } })).id
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyCases(app)
  await app.db.partner.deleteMany({ where: { organizationId: relais } })
})

const parts = () => ({ db: app.db, keys: app.keys, directory: app.directory.current() })
const climb = (now: Date) => climbLadders(parts(), now)
const one = async (id: string) => (await casesSeen(app, agent.headers)).nodes.find((found) => found.id === id)
const events = async (subjectId: string) =>
  (await app.db.outboxEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ type }) => type.replace('escalation.', ''))
/** The first moment of the line's opening hours, minute by minute, at which a rung is climbed; nothing else happens before. */
async function next(from: Date, step = 10): Promise<Date> {
  for (let at = from.getTime(), tries = 0; tries < 5_000; tries++, at += step * 60_000) {
    const now = new Date(at)
    if ((await climb(now)) > 0) return now
  }
  throw new Error('no rung')
}

describe('who does not answer', () => {
  test('is reminded, then the supervisors are told, then another partner is offered, then the request is in the queue', async () => {
    const { id, requestId } = await handed(app, agent)
    const { dueAt } = await one(id)
    const due = new Date(dueAt)
    expect(await climb(new Date(due.getTime() - 1))).toBe(0)
    const moments: Date[] = [await next(due, 60)]
    for (const rung of [2, 3]) {
      expect(await climb(moments.at(-1) as Date)).toBe(0)
      moments.push(await next(moments.at(-1) as Date, 60))
      expect(await one(id)).toMatchObject({ state: 'REQUESTED', rung, overdue: true, version: 1 })
    }
    expect(await events(id)).toEqual(['requested', 'reminded', 'supervisor_told', 'reroute_offered'])
    const end = await next(moments.at(-1) as Date, 60)
    expect(await one(id)).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'TAKEN_BACK',
      steps: [{}, { state: 'CANCELLED', actorName: null }],
    })
    expect(await events(id)).toEqual(['requested', 'reminded', 'supervisor_told', 'reroute_offered', 'cancelled'])
    app.setTime(end)
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, status: 'REACHED', due: true }])
    expect(await climb(new Date(end.getTime() + 86_400_000))).toBe(0)
  })

  test('loses it to another partner that fits, if she agreed to any; one that had it gets it no more', async () => {
    await app.db.partner.create({ data: { organizationId: relais } })
    const { id, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    await app.db.escalation.update({ where: { id }, data: { rung: 3 } })
    const moved = await next(NOW, 60)
    const after = await one(id)
    expect(after).toMatchObject({ cancelReason: 'REROUTED', next: { partner: { slug: 'relais-sociaux' } } })
    expect(await one(after.next.id)).toMatchObject({
      state: 'REQUESTED',
      rung: 0,
      requestedAt: moved.toISOString(),
      previous: { id },
      request: { status: 'ESCALATED' },
    })
    expect(await events(after.next.id)).toEqual(['requested', 'rerouted'])
    await app.db.escalation.update({ where: { id: after.next.id }, data: { rung: 3 } })
    await next(moved, 60)
    expect(await one(after.next.id)).toMatchObject({ cancelReason: 'TAKEN_BACK' })
    expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ status: 'REACHED' })
  })

  test('loses it to nobody who does not fit', async () => {
    await app.db.partner.create({ data: { organizationId: relais, accepting: false } })
    const { id } = await handed(app, agent, { agreement: { anyone: true } })
    await app.db.escalation.update({ where: { id }, data: { rung: 3 } })
    await next(NOW, 60)
    expect(await one(id)).toMatchObject({ cancelReason: 'TAKEN_BACK', next: null })
  })

  test('loses it to nobody who cannot be told of it', async () => {
    await app.db.partner.create({ data: { organizationId: relais, handOver: 'WEBHOOK' } })
    const url = 'https://partner.example.be/'
    await app.db.partnerEndpoint.create({ data: { organizationId: relais, url, checkedAt: NOW, pausedAt: NOW, pausedWhy: 'gone' } })
    const { id } = await handed(app, agent, { agreement: { anyone: true } })
    await app.db.escalation.update({ where: { id }, data: { rung: 3 } })
    await next(NOW, 60)
    expect(await one(id)).toMatchObject({ cancelReason: 'TAKEN_BACK', next: null })
  })

  test('keeps it for a while after a reminder that came late because this server was away', async () => {
    const { id } = await handed(app, agent)
    let now = new Date(new Date((await one(id)).dueAt).getTime() + 7 * 86_400_000)
    for (let rung = 1; rung <= 3; rung++, now = new Date(now.getTime() + 60_000)) {
      expect(await climb(now)).toBe(1)
      expect(await one(id)).toMatchObject({ state: 'REQUESTED', rung })
    }
    const reminded = now.getTime() - 3 * 60_000
    const end = await next(now)
    expect(await one(id)).toMatchObject({ cancelReason: 'TAKEN_BACK' })
    // Half of the 1,440 minutes that a partner has to answer, of the line's opening hours.
    expect(end.getTime() - reminded).toBeGreaterThanOrEqual(720 * 60_000)
  })

  test('loses what cannot be opened any more to the line, even if she agreed to any', async () => {
    await app.db.partner.create({ data: { organizationId: relais } })
    const { id } = await handed(app, agent, { agreement: { anyone: true } })
    await app.db.escalation.update({ where: { id }, data: { rung: 3, objectSealed: 'v1.x.x.x.x' } })
    await next(NOW, 60)
    expect(await app.db.escalation.findUniqueOrThrow({ where: { id } })).toMatchObject({ cancelReason: 'TAKEN_BACK' })
  })

  test('nothing happens at night, on Sundays and on holidays, and each rung is climbed once, by several processes at once', async () => {
    const { id } = await handed(app, agent)
    const due = new Date((await one(id)).dueAt)
    // Deep in the night after, and on Christmas Day.
    expect(await climb(new Date(`${due.toISOString().slice(0, 10)}T23:30:00Z`))).toBe(0)
    expect(await climb(new Date('2026-12-25T10:00:00Z'))).toBe(0)
    const now = await next(due, 60)
    await app.db.escalation.update({ where: { id }, data: { rung: 0 } })
    await app.db.outboxEvent.deleteMany()
    const climbed = await Promise.all([climb(now), climb(now), climb(now)])
    expect(climbed.reduce((sum, count) => sum + count)).toBe(1)
    expect(await events(id)).toEqual(['reminded'])
  })
})

describe('who has accepted', () => {
  test('is reminded, and the supervisors are told again and again; nobody takes the case away', async () => {
    const { id } = await handed(app, agent)
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    let now = new Date((await one(id)).dueAt)
    for (let rung = 1; rung <= 4; rung++) {
      now = await next(now, 240)
      expect(await one(id)).toMatchObject({ state: 'ACCEPTED', rung, version: 2 })
    }
    expect(await events(id)).toEqual(['requested', 'accepted', 'reminded', 'supervisor_told', 'supervisor_told', 'supervisor_told'])
  })

  test('and waits for something is not late, but asked after when that takes too long', async () => {
    const { id } = await handed(app, agent)
    await onCase(app, worker.headers, 'acceptEscalation', { id })
    await onCase(app, worker.headers, 'holdEscalation', { id, input: { note: 'attend un papier' } })
    const due = new Date((await one(id)).outcomeDueAt)
    for (let day = 0; NOW.getTime() + day * 86_400_000 < due.getTime(); day++)
      expect(await climb(new Date(NOW.getTime() + day * 86_400_000))).toBe(0)
    await next(await next(due, 240), 240)
    expect(await one(id)).toMatchObject({ state: 'ON_HOLD', rung: 2, overdue: true, dueAt: null })
    // The desk counts by the same.
    expect((await casesSeen(app, agent.headers, { filter: { overdue: true } })).totalCount).toBe(1)
    expect(await events(id)).toEqual(['requested', 'accepted', 'held', 'reminded', 'supervisor_told'])
    await onCase(app, worker.headers, 'progressEscalation', { id })
    expect(await one(id)).toMatchObject({ state: 'IN_PROGRESS', rung: 0 })
  })
})

test('who is to erase what it had is asked again, and the supervisors are told, until it says that it did', async () => {
  const { id } = await handed(app, agent)
  await onCase(app, worker.headers, 'acceptEscalation', { id })
  await changeEscalation(parts(), id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, { actor: 'citizen', now: NOW })
  const moments = [NOW]
  for (let rung = 1; rung <= 3; rung++) {
    moments.push(await next(moments.at(-1) as Date, 240))
    expect(await one(id)).toMatchObject({ state: 'CANCELLED', rung, erasureWanted: true, overdue: rung > 1 })
  }
  const found = async (filter: object) => (await casesSeen(app, agent.headers, { filter })).totalCount
  expect([await found({ overdue: true }), await found({ erasureWanted: true }), await found({ erasureWanted: false })]).toEqual([1, 1, 0])
  expect(((moments[1] as Date).getTime() - NOW.getTime()) / 86_400_000).toBeGreaterThan(4)
  expect(await events(id)).toEqual([
    'requested',
    'accepted',
    'cancelled',
    'erasure_wanted',
    'erasure_wanted',
    'supervisor_told',
    'erasure_wanted',
  ])
  await onCase(app, worker.headers, 'confirmErasure', { id })
  expect([await found({ overdue: true }), await found({ erasureWanted: true }), await found({ overdue: false })]).toEqual([0, 0, 1])
  for (let day = 0; day < 60; day++) expect(await climb(new Date(NOW.getTime() + day * 86_400_000))).toBe(0)
})

test('a job climbs, and one case that fails holds up no other', async () => {
  const broken = await handed(app, agent)
  const { id } = await handed(app, agent, { request: { phone: phoneNumber(2) } })
  const now = await next(new Date((await one(id)).dueAt), 60)
  await app.db.escalation.updateMany({ data: { rung: 3 } })
  // The next step of this one is there already: nothing that works, but something that fails.
  const step = { escalationId: broken.id, version: 2, at: NOW, actor: 'system', state: 'REQUESTED' } as const
  await app.db.escalationStep.create({ data: step })
  app.setTime(new Date(now.getTime() + 21 * 86_400_000))
  await expect(app.runJobsOnce()).rejects.toThrow('Unique constraint failed')
  const stored = (of: string) => app.db.escalation.findUniqueOrThrow({ where: { id: of } })
  expect(await stored(id)).toMatchObject({ cancelReason: 'TAKEN_BACK' })
  expect(await stored(broken.id)).toMatchObject({ state: 'REQUESTED', rung: 3 })
})
