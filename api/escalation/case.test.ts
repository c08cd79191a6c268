import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StaffRole } from '../db/generated/enums.ts'
import { Conflict } from '../errors.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { phoneNumber } from '../testing/callbacks.ts'
import { casesSeen, emptyCases, handed, onCase } from '../testing/cases.ts'
import { act, listed, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'
import { changeEscalation } from './actions/change.ts'
import type { Verb } from './rules/transitions.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let supervisor: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
let other: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  agent = await staff(app, { name: 'Ada' })
  supervisor = await staff(app, { name: 'Sara', role: 'SUPERVISOR' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'relais-sociaux' } })
  await app.db.partner.create({ data: { organizationId } })
  other = await staff(app, { name: 'Rita', role: 'PARTNER', organization: 'relais-sociaux' })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await app.db.partner.updateMany({ data: { accepting: true, capacity: 40 } })
  await emptyCases(app)
})

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const row = (id: string) => app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
const actions = async (subjectId: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(({ action }) => action)
const work = (mutation: string, id: string, more: object = {}, headers = worker.headers) => onCase(app, headers, mutation, { id, ...more })

describe('a case worker', () => {
  test('receives, accepts, goes on, waits, goes on, and says what came of it', async () => {
    const { id, requestId } = await handed(app, agent)
    expect(await work('receiveEscalation', id)).toMatchObject({ state: 'RECEIVED', receivedAt: NOW.toISOString() })
    app.setTime(minutes(10))
    const accepted = await work('acceptEscalation', id)
    expect(accepted).toMatchObject({ state: 'ACCEPTED', version: 3, acceptedAt: minutes(10).toISOString(), rung: 0, request: null })
    expect(accepted.dueAt).toBe(accepted.outcomeDueAt)
    expect(await work('progressEscalation', id, { input: { note: 'rendez-vous pris' } })).toMatchObject({ state: 'IN_PROGRESS' })
    expect(await work('holdEscalation', id, { input: { note: 'attend un papier' } })).toMatchObject({ state: 'ON_HOLD', dueAt: null })
    app.setTime(minutes(70))
    const resumed = await work('progressEscalation', id)
    expect(Date.parse(resumed.outcomeDueAt) - Date.parse(accepted.outcomeDueAt)).toBe(60 * 60_000)
    const done = await work('completeEscalation', id, { input: { outcome: 'PARTLY', note: 'un toit pour deux mois' } })
    expect(done).toMatchObject({ state: 'COMPLETED', version: 7, outcome: 'PARTLY', endedAt: minutes(70).toISOString(), ageMinutes: 70 })
    expect(done.steps.map(({ state, actorName, note }: any) => [state, actorName, note])).toEqual([
      // Who of the line handed it over is not the partner's to know.
      ['REQUESTED', null, null],
      ['RECEIVED', 'Paul', null],
      ['ACCEPTED', 'Paul', null],
      ['IN_PROGRESS', 'Paul', 'rendez-vous pris'],
      ['ON_HOLD', 'Paul', 'attend un papier'],
      ['IN_PROGRESS', 'Paul', null],
      ['COMPLETED', 'Paul', 'un toit pour deux mois'],
    ])
    expect(done.agreement.by).toBeNull()
    expect(await row(requestId)).toMatchObject({ status: 'CLOSED', outcome: 'partly', closedAt: minutes(70) })
    expect(await actions(requestId)).toEqual(
      expect.arrayContaining(['callback.escalated', 'callback.taken_over', 'callback.closed', 'callback.outcome_known']),
    )
    expect(await actions(id)).toEqual([
      'escalation.requested',
      'escalation.received',
      'escalation.accepted',
      'escalation.progressed',
      'escalation.held',
      'escalation.progressed',
      'escalation.completed',
    ])
  })

  test.each([
    ['rejectEscalation', { reason: 'NO_CAPACITY', note: 'complet' }, 'REJECTED'],
    ['failEscalation', { reason: 'NOT_REACHABLE' }, 'FAILED'],
  ])('who says no (%s) gives the request back: it is called at once, by anybody', async (mutation, input, state) => {
    const { id, requestId } = await handed(app, agent)
    if (mutation === 'failEscalation') await work('acceptEscalation', id)
    app.setTime(minutes(120))
    expect(await work(mutation, id, { input })).toMatchObject({ state, rejectReason: state === 'REJECTED' ? 'NO_CAPACITY' : null })
    expect(await row(requestId)).toMatchObject({ status: 'REACHED', claimedById: null, callFrom: minutes(120), closedAt: null })
    const [queued] = (await listed(app, supervisor.headers)).nodes
    expect(queued).toMatchObject({ id: requestId, due: true, holder: null })
    const colleague = await staff(app)
    expect(await act(app, colleague.headers, 'claimNextCallback')).toMatchObject({ id: requestId, mine: true })
    const { data } = await app.ask(
      'query ($id: ID!) { callbackRequest(id: $id) { escalations { state rejectReason failReason steps { note } } } }',
      { id: requestId },
      colleague.headers,
    )
    expect(data.callbackRequest.escalations).toMatchObject([{ state }])
    expect(JSON.stringify(data)).toContain(input.reason)
  })

  test.each([
    ['NOT_ELIGIBLE', 'NOT_ELIGIBLE'],
    ['NO_HELP_AVAILABLE', 'NOTHING_FOUND'],
  ])('whom nobody helped (%s) is counted, by need and commune, without her', async (outcome, reason) => {
    const { id } = await handed(app, agent, { request: { need: 'housing', postalCode: '4000' } })
    await work('acceptEscalation', id)
    await work('completeEscalation', id, { input: { outcome } })
    expect(await app.db.unmetNeed.findMany()).toMatchObject([{ reason, needCode: 'housing', nisCode: '62063', count: 1 }])
  })

  test('what is too early, too late or seen in an older version is refused, with a code', async () => {
    const { id } = await handed(app, agent)
    expect(await work('completeEscalation', id, { input: { outcome: 'RESOLVED' } })).toMatchObject({ code: 'case_not_accepted' })
    expect(await work('acceptEscalation', id, { version: 2 })).toMatchObject({ code: 'case_changed' })
    expect(await work('acceptEscalation', id, { version: 1 })).toMatchObject({ state: 'ACCEPTED', version: 2 })
    expect(await work('rejectEscalation', id, { input: { reason: 'OTHER' } })).toMatchObject({ code: 'case_accepted' })
    expect(await work('holdEscalation', id, { input: { note: ' ' } })).toMatchObject({
      problems: [{ path: ['input', 'note'], code: 'required' }],
    })
    expect(await work('progressEscalation', id, { input: { note: 'x'.repeat(2_001) } })).toMatchObject({ problems: [{ code: 'too_long' }] })
    expect(await work('failEscalation', id, { input: { reason: 'OTHER' } })).toMatchObject({ state: 'FAILED' })
    expect(await work('acceptEscalation', id)).toMatchObject({ code: 'case_over' })
    expect(await work('confirmErasure', (await handed(app, agent, { request: { phone: phoneNumber(8) } })).id)).toMatchObject({
      code: 'case_open',
    })
  })

  test('clicked twice is once; of two who say different things one is heard', async () => {
    const { id } = await handed(app, agent)
    await Promise.all([work('acceptEscalation', id, { version: 1 }), work('acceptEscalation', id, { version: 1 })])
    expect((await actions(id)).filter((action) => action === 'escalation.accepted')).toHaveLength(1)
    const answers = await Promise.all([
      work('completeEscalation', id, { input: { outcome: 'RESOLVED' } }),
      work('failEscalation', id, { input: { reason: 'OTHER' } }),
    ])
    expect(answers.map((answer) => answer.code ?? 'done').sort()).toEqual(['case_over', 'done'])
    expect(await app.db.escalationStep.count({ where: { escalationId: id } })).toBe(3)
  })
})

describe('the line', () => {
  test('takes a case back, and it is in the queue', async () => {
    const { id, requestId } = await handed(app, agent)
    await work('acceptEscalation', id)
    expect(await work('takeBackEscalation', id, { input: { note: 'elle a rappelé' } }, agent.headers)).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'TAKEN_BACK',
      request: { status: 'REACHED' },
    })
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, due: true }])
    expect(await work('acceptEscalation', id)).toMatchObject({ code: 'case_over' })
  })

  test('sends it to another partner, if she agreed to that; its history stays', async () => {
    const one = await handed(app, agent)
    const to = { input: { partner: 'relais-sociaux' } }
    expect(await work('rerouteEscalation', one.id, to, agent.headers)).toMatchObject({ code: 'agreement_for_one' })
    const two = await handed(app, agent, { request: { phone: phoneNumber(3) }, agreement: { anyone: true } })
    await work('acceptEscalation', two.id)
    const [moved, again] = await Promise.all([
      work('rerouteEscalation', two.id, to, supervisor.headers),
      work('rerouteEscalation', two.id, to, supervisor.headers),
    ])
    expect(moved.id).toBe(again.id)
    expect(moved).toMatchObject({
      state: 'REQUESTED',
      partner: { slug: 'relais-sociaux' },
      object: 'Une menace d’expulsion : chercher un logement.',
      agreement: { by: 'Ada', at: NOW.toISOString(), anyone: true },
      previous: { id: two.id, state: 'CANCELLED' },
      request: { status: 'ESCALATED' },
    })
    expect((await casesSeen(app, worker.headers)).nodes.find(({ id }) => id === two.id)).toMatchObject({
      cancelReason: 'REROUTED',
      object: null,
      next: null,
    })
    expect(await onCase(app, other.headers, 'acceptEscalation', { id: moved.id })).toMatchObject({ state: 'ACCEPTED', previous: null })
    expect(await work('rerouteEscalation', one.id, { input: { partner: 'nobody' } }, agent.headers)).toMatchObject({
      problems: [{ path: ['input', 'partner'], code: 'unknown' }],
    })
  })

  test('may send on what was rejected, without calling her first; not what somebody is calling about', async () => {
    const { id, requestId } = await handed(app, agent, { agreement: { anyone: true } })
    await work('rejectEscalation', id, { input: { reason: 'OUT_OF_AREA' } })
    const colleague = await staff(app)
    await act(app, colleague.headers, 'claimCallback', { id: requestId })
    const to = { input: { partner: 'relais-sociaux' } }
    expect(await work('rerouteEscalation', id, to, agent.headers)).toMatchObject({ code: 'case_over' })
    expect(await work('rerouteEscalation', id, to, colleague.headers)).toMatchObject({
      state: 'REQUESTED',
      previous: { state: 'REJECTED' },
    })
    expect(await row(requestId)).toMatchObject({ status: 'ESCALATED', claimedById: null })
    expect(await row(requestId)).not.toMatchObject({ closedAt: expect.any(Date) })
  })

  test('what comes back joins what the same phone asked meanwhile: one is called, not two', async () => {
    const { id, requestId } = await handed(app, agent)
    const younger = await waiting(app)
    expect(younger.id).not.toBe(requestId)
    await work('rejectEscalation', id, { input: { reason: 'OTHER' } })
    expect((await listed(app, agent.headers)).nodes).toMatchObject([{ id: requestId, repeats: [{}] }])
    expect(await row(younger.id)).toMatchObject({ repeatOfId: requestId, status: 'NEW' })
  })

  test('but what somebody is calling about at that moment stays before her, and shows what came back', async () => {
    const { id, requestId } = await handed(app, agent)
    const younger = await waiting(app)
    await act(app, agent.headers, 'claimCallback', { id: younger.id })
    await work('rejectEscalation', id, { input: { reason: 'OTHER' } })
    const { data } = await app.ask('{ myCall { id repeats { language } escalations { id state } } }', {}, agent.headers)
    expect(data.myCall).toEqual({ id: younger.id, repeats: [{ language: 'FR' }], escalations: [{ id, state: 'REJECTED' }] })
    expect(await row(requestId)).toMatchObject({ status: 'REACHED', repeatOfId: younger.id })
  })
})

describe('at the same moment', () => {
  const claimOf = (reference: string) => ({ reference, phone: '0470 12 34 56' })
  const SITE = { 'passerelle-site': 'demo' }
  const byCitizen = (mutation: string, reference: string) =>
    app
      .ask(
        `mutation ($reference: String!, $phone: String!) { ${mutation}(reference: $reference, phone: $phone) { __typename } }`,
        claimOf(reference),
        SITE,
      )
      .then(({ data, errors }) => {
        expect(errors).toBeUndefined()
        return data[mutation].__typename
      })
  const stored = (id: string) => app.db.escalation.findUniqueOrThrow({ where: { id }, include: { steps: true } })

  test('she erases and the partner says something: she is erased, whoever was first', async () => {
    for (let round = 0; round < 15; round++) {
      await emptyCases(app)
      const { id, requestId, reference } = await handed(app, agent)
      await Promise.all([
        byCitizen('eraseCallback', reference),
        work(round % 2 ? 'acceptEscalation' : 'rejectEscalation', id, round % 2 ? {} : { input: { reason: 'OTHER', note: 'un mot' } }),
      ])
      const one = await stored(id)
      expect(one).toMatchObject({ objectSealed: null, endedAt: NOW })
      expect(one.steps.map(({ noteSealed }) => noteSealed).filter(Boolean)).toEqual([])
      expect(one.steps).toHaveLength(one.version)
      expect(await row(requestId)).toMatchObject({ status: 'CANCELLED', phoneSealed: null, erasedAt: NOW })
    }
  })

  test('she withdraws and the partner completes: one of the two happened, and her request is with somebody or over', async () => {
    for (let round = 0; round < 15; round++) {
      await emptyCases(app)
      const { id, requestId, reference } = await handed(app, agent)
      await work('acceptEscalation', id)
      const [hers] = await Promise.all([
        byCitizen('withdrawAgreement', reference),
        work('completeEscalation', id, { input: { outcome: 'RESOLVED' } }),
      ])
      const { state, erasureWantedAt } = await stored(id)
      expect(erasureWantedAt).toEqual(NOW)
      expect([hers, state, (await row(requestId)).status]).toEqual(
        state === 'CANCELLED' ? ['CallbackReceipt', 'CANCELLED', 'REACHED'] : ['CallbackReceipt', 'COMPLETED', 'CLOSED'],
      )
    }
  })

  test('a case comes back and the same phone asks again: one of the two is called', async () => {
    for (let round = 0; round < 15; round++) {
      await emptyCases(app)
      const { id } = await handed(app, agent)
      await Promise.all([work('rejectEscalation', id, { input: { reason: 'OTHER' } }), waiting(app), waiting(app)])
      expect((await listed(app, agent.headers)).totalCount).toBe(1)
      expect(await app.db.callbackRequest.count({ where: { repeatOfId: { not: null } } })).toBe(2)
    }
  })

  test('who has the queue before her is told that something has changed', async () => {
    const { id } = await handed(app, agent)
    const watching = app.live.watch(agent.viewer)
    const { value: before } = await watching.next()
    const next = watching.next()
    await work('acceptEscalation', id)
    const { value: after } = await next
    expect(after.version).not.toBe(before.version)
    await watching.return?.()
  })
})

describe('whose cases', () => {
  test('a partner sees its own, a line its own, and nobody else any', async () => {
    const mine = await handed(app, agent)
    const theirs = await handed(app, agent, { partner: 'relais-sociaux', request: { phone: phoneNumber(4) } })
    const elsewhere = await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })
    const idsOf = async (headers: Record<string, string>, filter?: object) =>
      (await casesSeen(app, headers, { filter })).nodes.map(({ id }) => id).sort()
    expect(await idsOf(agent.headers)).toEqual([mine.id, theirs.id].sort())
    expect(await idsOf(worker.headers)).toEqual([mine.id])
    expect(await idsOf(other.headers)).toEqual([theirs.id])
    expect(await casesSeen(app, elsewhere.headers)).toEqual({ totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] })
    // Nor by naming what one has no part in.
    for (const filter of [{ partner: 'relais-sociaux' }, { request: theirs.requestId }, { request: mine.requestId }, { request: 'x' }]) {
      expect((await casesSeen(app, worker.headers, { filter })).totalCount).toBe(0)
    }
    expect(await idsOf(agent.headers, { request: mine.requestId })).toEqual([mine.id])
    expect(await idsOf(agent.headers, { partner: 'relais-sociaux', line: 'liege-solidaire', states: ['REQUESTED'] })).toEqual([theirs.id])
    expect(await idsOf(agent.headers, { line: '1718-urgences-sociales' })).toEqual([])
    const asked = (headers: Record<string, string>, id: string) =>
      app.ask('query ($id: ID!) { escalation(id: $id) { id } }', { id }, headers).then(({ data }) => data.escalation)
    expect(await asked(worker.headers, mine.id)).toEqual({ id: mine.id })
    for (const [headers, id] of [
      [worker.headers, theirs.id],
      [other.headers, mine.id],
      [elsewhere.headers, mine.id],
      [worker.headers, mine.requestId],
      [worker.headers, 'nothing'],
    ] as const)
      expect(await asked(headers, id)).toBeNull()
  })

  test('who had a case sees no more of it than that it did', async () => {
    const { id } = await handed(app, agent, { request: { need: 'housing', postalCode: '4000' }, shares: ['PLACE'] })
    const seen = async (headers: Record<string, string>) => (await casesSeen(app, headers)).nodes
    const about = { need: { code: 'housing' }, commune: { nisCode: '62063' } }
    expect(await seen(worker.headers)).toMatchObject([about])
    await work('rejectEscalation', id, { input: { reason: 'OTHER' } })
    expect(await seen(worker.headers)).toMatchObject([{ state: 'REJECTED', need: null, commune: null, object: null, safeContact: null }])
    expect(await seen(agent.headers)).toMatchObject([about])
  })

  test('and nobody does anything with the cases of others', async () => {
    const { id } = await handed(app, agent)
    const elsewhere = await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })
    for (const mutation of ['receiveEscalation', 'acceptEscalation', 'confirmErasure'])
      expect(await onCase(app, other.headers, mutation, { id })).toMatchObject({ __typename: 'NotFound' })
    expect(await onCase(app, other.headers, 'revealCase', { id, reason: 'voir' })).toMatchObject({ __typename: 'NotFound' })
    expect(await onCase(app, elsewhere.headers, 'takeBackEscalation', { id })).toMatchObject({ __typename: 'NotFound' })
    expect(await onCase(app, elsewhere.headers, 'rerouteEscalation', { id, input: { partner: 'rwlp' } })).toMatchObject({
      __typename: 'NotFound',
    })
    expect(await actions(id)).toEqual(['escalation.requested'])
  })

  test('the roles that may not are told so', async () => {
    const { id } = await handed(app, agent)
    const code = async (role: StaffRole, document: string) =>
      (await app.ask(document, { id }, (await staff(app, { role, organization: 'rwlp' })).headers)).errors?.[0]?.extensions.code ?? 'let in'
    const READ = 'query ($id: ID!) { escalation(id: $id) { object } }'
    const REVEAL = 'mutation ($id: ID!) { revealCase(id: $id, reason: "voir") { __typename } }'
    const TAKE = 'mutation ($id: ID!) { takeBackEscalation(id: $id) { __typename } }'
    const found: Record<string, string[]> = {}
    for (const role of Object.values(StaffRole))
      found[role] = await Promise.all([READ, REVEAL, TAKE].map((document) => code(role, document)))
    expect(found).toEqual({
      AGENT: ['let in', 'FORBIDDEN', 'let in'],
      SUPERVISOR: ['let in', 'FORBIDDEN', 'let in'],
      EDITOR: ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
      PARTNER: ['let in', 'let in', 'FORBIDDEN'],
      ADMINISTRATOR: ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'],
    })
    expect((await app.ask(READ, { id })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })

  test('the trail of a case is for the supervisors of the line, and of the partner', async () => {
    const { id } = await handed(app, agent)
    const trail = async (headers: Record<string, string>) =>
      (
        await app.ask('{ auditEvents(filter: { action: "escalation.requested" }) { edges { node { subjectId actorName } } } }', {}, headers)
      ).data.auditEvents.edges.map(({ node }: any) => node.subjectId)
    const theirs = await staff(app, { role: 'SUPERVISOR', organization: 'rwlp' })
    const elsewhere = await staff(app, { role: 'SUPERVISOR', organization: 'relais-sociaux' })
    expect(await trail(supervisor.headers)).toContain(id)
    expect(await trail(theirs.headers)).toContain(id)
    expect(await trail(elsewhere.headers)).not.toContain(id)
  })

  test('pages go on where they ended', async () => {
    const ids: string[] = []
    for (let index = 0; index < 5; index++) {
      app.setTime(minutes(Math.floor(index / 2)))
      ids.unshift((await handed(app, agent, { request: { phone: phoneNumber(20 + index) } })).id)
    }
    const seen: string[] = []
    for (let after: string | undefined, more = true; more; ) {
      const { nodes, pageInfo, totalCount } = await casesSeen(app, worker.headers, { first: 2, ...(after ? { after } : {}) })
      expect(totalCount).toBe(5)
      seen.push(...nodes.map(({ id }) => id))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(seen.toSorted()).toEqual(ids.toSorted())
    const all = (await casesSeen(app, worker.headers)).nodes
    expect(seen).toEqual(all.map(({ id }) => id))
    expect(all.map(({ requestedAt }) => requestedAt)).toEqual(
      all
        .map(({ requestedAt }) => requestedAt)
        .toSorted()
        .reverse(),
    )
  })

  test('what is overdue can be asked for', async () => {
    const { id } = await handed(app, agent, { request: { need: 'violence' } })
    const late = async () => (await casesSeen(app, supervisor.headers, { filter: { overdue: true } })).nodes.map((one) => one.id)
    expect(await late()).toEqual([])
    const [{ dueAt }] = (await casesSeen(app, supervisor.headers)).nodes
    app.setTime(new Date(Date.parse(dueAt) + 1))
    expect(await late()).toEqual([id])
    expect((await casesSeen(app, supervisor.headers)).nodes).toMatchObject([{ overdue: true }])
    expect((await casesSeen(app, supervisor.headers, { filter: { overdue: false } })).totalCount).toBe(0)
  })
})

test('250 random sequences through the door leave the tables possible, and nobody without somebody', async () => {
  const { id: first, requestId } = await handed(app, agent)
  const template = await app.db.escalation.findUniqueOrThrow({ where: { id: first } })
  await app.db.escalation.deleteMany()
  const parts = { db: app.db, keys: app.keys, directory: app.directory.current() }
  const verb = fc.constantFrom<Verb>(
    { kind: 'receive' },
    { kind: 'accept' },
    { kind: 'accept' },
    { kind: 'reject', reason: 'OTHER', note: 'non' },
    { kind: 'progress', note: 'un pas' },
    { kind: 'progress' },
    { kind: 'hold', note: 'attend' },
    { kind: 'complete', outcome: 'RESOLVED' },
    { kind: 'fail', reason: 'OTHER' },
    { kind: 'cancel', reason: 'TAKEN_BACK' },
    { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' },
  )
  const actor = fc.constantFrom('staff:a', 'endpoint:b', 'citizen', 'system')
  const sequence = fc.array(fc.tuple(verb, actor, fc.option(fc.integer({ min: 1, max: 5 }), { nil: null })), { minLength: 1, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      await app.db.escalation.deleteMany()
      await app.db.callbackRequest.update({ where: { id: requestId }, data: { status: 'ESCALATED', closedAt: null, outcome: null } })
      const { id } = await app.db.escalation.create({ data: { ...template, id: crypto.randomUUID(), objectSealed: null } })
      await app.db.escalationStep.create({ data: { escalationId: id, version: 1, at: NOW, actor: 'staff:a', state: 'REQUESTED' } })
      for (const [one, who, version] of steps) {
        await changeEscalation(parts, id, one, { actor: who, now: NOW }, version).catch((error) => {
          if (!(error instanceof Conflict)) throw error
        })
      }
      const after = await app.db.escalation.findUniqueOrThrow({ where: { id }, include: { steps: true } })
      expect(after.steps).toHaveLength(after.version)
      const { status } = await row(requestId)
      expect(status).toBe(after.endedAt === null ? 'ESCALATED' : after.state === 'COMPLETED' ? 'CLOSED' : 'REACHED')
    }),
    { numRuns: 250 },
  )
}, 60_000)
