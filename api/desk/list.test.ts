import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { change, phoneNumber } from '../testing/callbacks.ts'
import { act, emptyDesk, listed, waiting } from '../testing/desk.ts'
import { staff } from '../testing/staff.ts'
import { placeKey, urgencyOf } from './rules/queue.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let stranger: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  agent = await staff(app)
  stranger = await staff(app, { organization: 'service-public-de-wallonie', role: 'SUPERVISOR' })
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  await emptyDesk(app)
})

const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
let lastPhone = 0
const someone = (overrides: object = {}) => waiting(app, { phone: phoneNumber(++lastPhone), ...overrides })

describe('whose requests somebody sees', () => {
  /** What does not exist, asked in each way; and the same with a request of another organization. */
  const ways = (id: string, reference: string): Record<string, (headers: Record<string, string>) => Promise<unknown>> => ({
    'by id': async (headers) => (await app.ask('query ($id: ID!) { callbackRequest(id: $id) { id } }', { id }, headers)).data,
    'by reference': (headers) => listed(app, headers, { filter: { reference } }),
    'by reference among all': (headers) => listed(app, headers, { filter: { reference }, order: 'RECENT' }),
    'by its line': (headers) => listed(app, headers, { filter: { lines: ['liege-solidaire'] } }),
    'by order': (headers) => listed(app, headers, { order: 'OVERDUE' }),
    'by day': (headers) => listed(app, headers, { filter: { day: '2026-11-17' } }),
    'all of them': (headers) => listed(app, headers, { order: 'RECENT', first: 100 }),
    'by number': async (headers) =>
      (await app.ask('{ deskNumbers { waiting due overdue claimed attemptsToday lines { line { slug } waiting } } }', {}, headers)).data,
    'by who holds it': async (headers) => (await app.ask('{ colleagues { name holds { id } } }', {}, headers)).data,
    claim: (headers) => act(app, headers, 'claimCallback', { id }),
    'claim the next': (headers) => act(app, headers, 'claimNextCallback'),
    'claim the next of its line': (headers) => act(app, headers, 'claimNextCallback', { input: { lines: ['liege-solidaire'] } }),
    keep: (headers) => act(app, headers, 'keepCallback', { id }),
    release: (headers) => act(app, headers, 'releaseCallback', { id }),
    reassign: (headers) => act(app, headers, 'reassignCallback', { id }),
    reveal: (headers) => act(app, headers, 'revealContact', { id, reason: 'appel' }),
    attempt: (headers) => act(app, headers, 'recordAttempt', { id, input: { outcome: 'INVALID_NUMBER' } }),
    note: (headers) => act(app, headers, 'addCallNote', { id, input: { text: 'x' } }),
    orient: (headers) => act(app, headers, 'orientCallback', { id, input: { services: ['courses-liege'] } }),
    close: (headers) => act(app, headers, 'closeCallback', { id, input: { outcome: 'RESOLVED' } }),
  })

  test('another organization’s request is as one that does not exist, in every way, and nothing happens to it', async () => {
    const nothing = ways('01999999-0000-7000-8000-000000000000', '333-333-333')
    const before = new Map<string, unknown>()
    for (const [way, ask] of Object.entries(nothing)) before.set(way, await ask(stranger.headers))
    const { id, reference } = await someone({ message: 'Bonjour' })
    await act(app, agent.headers, 'claimCallback', { id })
    const stored = await app.db.callbackRequest.findUniqueOrThrow({ where: { id } })
    for (const [way, ask] of Object.entries(ways(id, reference))) expect([way, await ask(stranger.headers)]).toEqual([way, before.get(way)])
    expect(await app.db.callbackRequest.findUniqueOrThrow({ where: { id } })).toEqual(stored)
    // And the way is open for her own.
    expect((await listed(app, agent.headers, { filter: { reference } })).references).toEqual([reference])
  })

  test('what is no id at all is nothing, not a failure', async () => {
    const { data, errors } = await app.ask('{ callbackRequest(id: "x\'; DROP TABLE") { id } }', {}, agent.headers)
    expect([data, errors]).toEqual([{ callbackRequest: null }, undefined])
    expect(await act(app, agent.headers, 'claimCallback', { id: 'x' })).toMatchObject({ __typename: 'NotFound' })
    expect(await act(app, agent.headers, 'closeCallback', { id: 'x', input: { outcome: 'RESOLVED' } })).toMatchObject({
      __typename: 'NotFound',
    })
  })

  test('the public, editors and administrators see none', async () => {
    await someone()
    const query = '{ callbackRequests { totalCount } myCall { id } deskNumbers { waiting } }'
    expect((await app.ask(query)).errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('UNAUTHENTICATED'))
    for (const role of ['EDITOR', 'PARTNER', 'ADMINISTRATOR'] as const) {
      const { headers } = await staff(app, { role })
      const { data, errors } = await app.ask(query, {}, headers)
      expect(data).toEqual({ callbackRequests: null, myCall: null, deskNumbers: null })
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('FORBIDDEN'))
    }
  })

  test('a token sees and does what its role may, under its own name, within its scopes', async () => {
    const { viewer } = await staff(app, { name: 'Central' })
    app.viewers.set('token', { ...viewer, kind: 'token', actor: `token:${viewer.id}` })
    app.viewers.set('reader', { ...viewer, kind: 'token', actor: `token:${viewer.id}`, scopes: ['READ'] })
    const { id } = await someone()
    expect((await listed(app, { 'test-viewer': 'reader' })).totalCount).toBe(1)
    const refused = await app.ask(`mutation { claimCallback(id: "${id}") { __typename } }`, {}, { 'test-viewer': 'reader' })
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await act(app, { 'test-viewer': 'token' }, 'claimCallback', { id })).toMatchObject({ mine: true, holder: { name: 'Central' } })
    const claims = await app.db.auditEvent.findMany({ where: { subjectId: id, action: 'callback.claimed' } })
    expect(claims.map(({ actor }) => actor)).toEqual([`token:${viewer.id}`])
  })

  test('who may not answer a mutation twice in one request', async () => {
    const { id } = await someone()
    const { errors } = await app.ask(
      `mutation { a: claimCallback(id: "${id}") { __typename } b: revealContact(id: "${id}", reason: "x") { __typename } }`,
      {},
      agent.headers,
    )
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_LARGE')
  })
})

describe('the list', () => {
  test('is in the order of the queue; who asked twice is there once, with what she added', async () => {
    const [morning, afternoon] = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id startsAt } }')).data.callbackSlots
    const inSlot = await someone({ slot: afternoon.id })
    const info = await someone()
    const crisis = await someone({ need: 'mental-health' })
    const first = await waiting(app, { phone: phoneNumber(900), message: 'une fois' })
    await waiting(app, { phone: phoneNumber(900), message: 'deux fois', need: 'food' })
    const early = await someone({ slot: morning.id })
    const urgencies = new Map((await listed(app, agent.headers)).nodes.map(({ id, urgency }) => [id, urgency]))
    expect(urgencies.get(crisis.id)).not.toBe('INFO')
    const { references, totalCount, nodes } = await listed(app, agent.headers)
    expect(references).toEqual([crisis, info, first, early, inSlot].map(({ reference }) => reference))
    expect(totalCount).toBe(5)
    const ofFirst = () => listed(app, agent.headers, { filter: { reference: first.reference } }).then((list) => list.nodes[0])
    expect(nodes.find(({ id }) => id === first.id).repeats).toEqual([
      { name: null, message: null, safeNote: null, language: 'FR', need: { code: 'food' } },
    ])
    await act(app, agent.headers, 'claimCallback', { id: first.id })
    expect(await ofFirst()).toMatchObject({ message: 'une fois', repeats: [{ message: 'deux fois' }] })
  })

  test('is paged by cursors that hold while others come and go', async () => {
    const all = []
    for (let index = 0; index < 7; index++) {
      app.setTime(minutes(index))
      all.push(await someone())
    }
    const one = await listed(app, agent.headers, { first: 3 })
    expect(one.references).toEqual(all.slice(0, 3).map(({ reference }) => reference))
    expect(one).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: true } })
    // Somebody more pressing comes before the page's end, and the last one seen goes.
    await someone({ need: 'violence' })
    await change(app, 'cancelCallback', { reference: all[2]?.reference ?? '', phone: phoneNumber(lastPhone - 5) })
    const two = await listed(app, agent.headers, { first: 10, after: one.pageInfo.endCursor })
    expect(two.references).toEqual(all.slice(3).map(({ reference }) => reference))
    expect(two).toMatchObject({ totalCount: 7, pageInfo: { hasNextPage: false } })
  })

  test('of what is over is most recent first, and paged as well', async () => {
    const closed = []
    for (let index = 0; index < 4; index++) {
      const request = await someone()
      await act(app, agent.headers, 'claimCallback', { id: request.id })
      app.setTime(minutes(index + 1))
      await act(app, agent.headers, 'closeCallback', { id: request.id, input: { outcome: 'RESOLVED' } })
      closed.unshift(request.reference)
    }
    const one = await listed(app, agent.headers, { filter: { statuses: ['CLOSED'] }, first: 3 })
    expect(one.references).toEqual(closed.slice(0, 3))
    const two = await listed(app, agent.headers, { filter: { statuses: ['CLOSED'] }, first: 3, after: one.pageInfo.endCursor })
    expect([two.references, two.totalCount, two.pageInfo.hasNextPage]).toEqual([closed.slice(3), 4, false])
    expect((await listed(app, agent.headers, { filter: { day: '2026-11-17' } })).references).toEqual(closed)
    expect((await listed(app, agent.headers, { filter: { day: '2026-11-18' } })).totalCount).toBe(0)
    const end = await listed(app, agent.headers, { order: 'RECENT', after: two.pageInfo.endCursor })
    expect([end.references, end.totalCount]).toEqual([[], 4])
    expect((await listed(app, agent.headers)).totalCount).toBe(0)
  })

  test.each([
    ['a cursor of another order', { after: Buffer.from(`RECENT ${'0'.repeat(15)} ${crypto.randomUUID()}`).toString('base64url') }],
    ['a cursor that is none', { after: 'nonsense' }],
    ['an empty cursor', { after: '' }],
    ['101 at once', { first: 101 }],
    ['fewer than none', { first: -1 }],
  ])('refuses %s', async (_what, page) => {
    const { errors } = await app.ask(
      'query ($first: Int, $after: String) { callbackRequests(first: $first, after: $after) { totalCount } }',
      page,
      agent.headers,
    )
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
  })

  test('is filtered by each part, in each order', async () => {
    const region = await staff(app, { organization: 'service-public-de-wallonie' })
    const french = await someone({ line: '1718', need: 'food' })
    const german = await someone({ line: '1719', language: 'DE', need: 'debt' })
    const pressing = await someone({ line: '1718', need: 'violence', language: 'NL' })
    await act(app, region.headers, 'claimCallback', { id: german.id })
    for (const order of ['QUEUE', 'OVERDUE', 'RECENT']) {
      const found = async (filter: object) => new Set((await listed(app, region.headers, { filter, order })).nodes.map(({ id }) => id))
      const only = (...requests: { id: string }[]) => new Set(requests.map(({ id }) => id))
      expect(await found({})).toEqual(only(french, german, pressing))
      expect(await found({ lines: [], needs: [], languages: [] })).toEqual(only(french, german, pressing))
      expect(await found({ lines: ['1719'] })).toEqual(only(german))
      expect(await found({ lines: ['1719', 'liege-solidaire', 'nowhere'] })).toEqual(only(german))
      expect(await found({ languages: ['FR', 'NL'] })).toEqual(only(french, pressing))
      expect(await found({ needs: ['food', 'debt'] })).toEqual(only(french, german))
      expect(await found({ needs: ['nothing'] })).toEqual(only())
      expect(await found({ needs: ['\u0000', 'debt'] })).toEqual(only(german))
      expect(await found({ needs: ['\u0000'], overdue: false })).toEqual(only())
      expect(await found({ urgencies: ['DANGER', 'CRISIS'] })).toEqual(only(pressing))
      expect(await found({ statuses: ['CLAIMED'] })).toEqual(only(german))
      expect(await found({ mine: true })).toEqual(only(german))
      expect(await found({ mine: false })).toEqual(only(french, pressing))
      expect(await found({ due: true })).toEqual(only(french, german, pressing))
      expect(await found({ due: false })).toEqual(only())
      expect(await found({ overdue: true })).toEqual(only())
      expect(await found({ reference: french.reference.toLowerCase().replaceAll('-', ' ') })).toEqual(only(french))
      expect(await found({ reference: 'nonsense' })).toEqual(only())
      expect(await found({ lines: ['1718'], languages: ['NL'], urgencies: ['DANGER', 'CRISIS'] })).toEqual(only(pressing))
    }
  })

  test('by what is late has the latest first', async () => {
    const info = await someone()
    const food = await someone({ need: 'food' })
    const violence = await someone({ need: 'violence' })
    const { nodes } = await listed(app, agent.headers, { order: 'OVERDUE' })
    const times = nodes.map(({ dueAt }) => Date.parse(dueAt))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(nodes.map(({ id }) => id).sort()).toEqual([info, food, violence].map(({ id }) => id).sort())
    expect(nodes[0].id).toBe(violence.id)
    app.setTime(new Date('2026-11-17T11:01:00Z'))
    expect((await listed(app, agent.headers, { filter: { overdue: true } })).nodes.map(({ id }) => id)).toEqual([violence.id])
  })
})

test('the database orders as the rule does, at noon, at midnight and on both sides of a clock change', async () => {
  const moments = ['2026-10-24T22:30', '2026-10-25T00:30', '2026-10-25T01:30', '2026-10-25T11:59', '2026-10-25T12:00', '2026-07-01T10:59']
  for (const moment of [...moments, '2026-07-01T11:00', '2026-07-01T21:59', '2026-07-01T22:00', '2026-07-01T22:00'])
    for (const need of ['food', 'violence', null]) {
      const { id } = await someone({ need })
      await app.db.callbackRequest.update({ where: { id }, data: { callFrom: new Date(`${moment}:00Z`) } })
      // What the same phone adds counts; what was withdrawn does not.
      if (moment.endsWith('0')) await waiting(app, { phone: phoneNumber(lastPhone), need: 'violence' })
      if (moment.endsWith('0')) await waiting(app, { phone: phoneNumber(lastPhone), need: 'debt' })
      const { reference } = await waiting(app, { phone: phoneNumber(lastPhone), need: 'mental-health' })
      if (moment.endsWith('9')) await change(app, 'cancelCallback', { reference, phone: phoneNumber(lastPhone) })
    }
  const rows = await app.db.callbackRequest.findMany({
    where: { repeatOfId: null },
    include: { repeats: { where: { status: { not: 'CANCELLED' } } } },
  })
  const urgencies = new Map(rows.map((row) => [row.id, urgencyOf(app.directory.current(), row, ...row.repeats)]))
  const keys = rows.map((row) => placeKey({ ...row, urgency: urgencies.get(row.id) ?? 'INFO' })).sort()
  const { nodes } = await listed(app, agent.headers, { first: 100 })
  expect(nodes.map(({ id }) => id)).toEqual(keys.map((key) => key.slice(-36)))
  expect(nodes).toHaveLength(30)
  expect(nodes.map(({ id, urgency }) => [id, urgency])).toEqual(nodes.map(({ id }) => [id, urgencies.get(id)]))
  for (const order of ['QUEUE', 'OVERDUE', 'RECENT'])
    for (const urgency of ['DANGER', 'CRISIS', 'SOON', 'INFO']) {
      const found = await listed(app, agent.headers, { first: 100, order, filter: { urgencies: [urgency] } })
      expect(found.nodes.map(({ id }) => id).sort()).toEqual(rows.flatMap(({ id }) => (urgencies.get(id) === urgency ? id : [])).sort())
    }
})

describe('the next one', () => {
  test('is within the lines and languages of the agent, and what she asks for', async () => {
    const line = await app.db.line.findUniqueOrThrow({ where: { slug: '1719' } })
    const german = await staff(app, { organization: 'service-public-de-wallonie', languages: ['DE'] })
    const ofLine = await staff(app, { organization: 'service-public-de-wallonie', lineIds: [line.id] })
    const any = await staff(app, { organization: 'service-public-de-wallonie' })
    const french = await someone({ line: '1718' })
    const onLine = await someone({ line: '1719', language: 'FR' })
    const inGerman = await someone({ line: '1718', language: 'DE' })
    const next = (who: typeof any, input?: object) => act(app, who.headers, 'claimNextCallback', input && { input })
    expect(await next(ofLine, { lines: ['1718'] })).toMatchObject({ __typename: 'NothingWaiting' })
    expect(await next(german, { languages: ['FR'] })).toMatchObject({ __typename: 'NothingWaiting' })
    expect(await next(any, { lines: ['liege-solidaire'] })).toMatchObject({ __typename: 'NothingWaiting' })
    expect(await next(german)).toMatchObject({ id: inGerman.id })
    expect(await next(ofLine)).toMatchObject({ id: onLine.id })
    expect(await next(any)).toMatchObject({ id: french.id })
    expect(await next(any)).toMatchObject({ id: french.id })
    expect((await listed(app, german.headers)).totalCount).toBe(3)
  })
})
