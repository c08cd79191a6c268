import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { pastRequests } from '../testing/demand.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let supervisor: Record<string, string>
let elsewhere: Record<string, string>

/** In the weeks of Monday 2, 9 and 16 November 2026 (on the first of which the city is closed); at 10:00 in Liège, when the line is open. */
const FIRST = '2026-11-03T09:00:00Z'
const SECOND = '2026-11-09T09:00:00Z'
const THIRD = '2026-11-16T09:00:00Z'

/*
 * Counted by hand, on the line of the city of Liège:
 *
 *            need     week  place    became
 *    8       food     2/11  Liège    resolved
 *    6       food     9/11  Liège    waits (called in vain)
 *    7       debt     2/11  Seraing  at a partner
 *    3       debt     9/11  Liège    withdrawn
 *    2       housing  9/11  unknown  not reached
 *    9       work    16/11  Liège    partly, 5 of them by a partner
 *    5       food    16/11  Liège    resolved
 *
 * in all 40; food 19, debt 10, work 9, housing 2; weeks 15, 11, 14; Liège 31, Seraing 7, unknown 2.
 */
beforeAll(async () => {
  app = await createTestApp()
  supervisor = (await staff(app, { role: 'SUPERVISOR' })).headers
  elsewhere = (await staff(app, { role: 'SUPERVISOR', organization: 'rwlp' })).headers
  const [resolved] = await pastRequests(app, { count: 8, need: 'food', postalCode: '4000', at: FIRST, calledAfter: 30 })
  await pastRequests(app, {
    count: 6,
    need: 'food',
    postalCode: '4020',
    at: SECOND,
    status: 'NEW',
    calledAfter: 31,
    called: 'NO_ANSWER',
  })
  await pastRequests(app, { count: 7, need: 'debt', postalCode: '4100', at: FIRST, status: 'ESCALATED', calledAfter: 95 })
  await pastRequests(app, { count: 3, need: 'debt', postalCode: '4000', at: SECOND, status: 'CANCELLED' })
  await pastRequests(app, { count: 2, need: 'housing', at: SECOND, status: 'UNREACHABLE', outcome: 'not_reachable' })
  await pastRequests(app, { count: 4, need: 'work', postalCode: '4000', at: THIRD, outcome: 'partly' })
  const byPartner = await pastRequests(app, { count: 5, need: 'work', postalCode: '4000', at: THIRD, outcome: 'partly' })
  await pastRequests(app, { count: 5, need: 'food', postalCode: '4000', at: THIRD })
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'rwlp' } })
  await app.db.partner.upsert({ where: { organizationId }, create: { organizationId }, update: {} })
  const at = new Date(THIRD)
  await app.db.escalation.createMany({
    data: byPartner.map((requestId) => ({
      requestId,
      organizationId,
      state: 'COMPLETED' as const,
      outcome: 'partly',
      urgency: 'INFO' as const,
      shares: [],
      requestedAt: at,
      requestedBy: 'system',
      agreementWay: 'SPOKEN' as const,
      agreementVersion: '2026-11-22',
      agreementLanguage: 'FR' as const,
      agreedAt: at,
      agreementBy: 'system',
      agreementAnyone: false,
      answerDueAt: at,
      outcomeDueAt: at,
      endedAt: new Date(at.getTime() + 7_200_000),
    })),
  })
  // None of these counts: it adds to another one, came before or after, or is another organization's.
  const [added] = await pastRequests(app, { count: 1, need: 'food', postalCode: '4000', at: FIRST })
  await app.db.callbackRequest.update({ where: { id: added as string }, data: { repeatOfId: resolved as string } })
  await pastRequests(app, { count: 6, need: 'food', postalCode: '4000', at: '2026-10-31T22:59:00Z' })
  await pastRequests(app, { count: 6, need: 'food', postalCode: '4000', at: '2026-11-30T23:01:00Z' })
  await pastRequests(app, { count: 20, need: 'violence', postalCode: '5000', at: FIRST, line: '1718' })
})
afterAll(() => app.close())

const COUNT = '{ label }'
const BY = [null, 'NEED', 'WEEK', 'COMMUNE', 'NEED_AND_WEEK', 'NEED_AND_COMMUNE'] as const
const ROW = `need { code } others week commune { nisCode } requests ${COUNT} reached ${COUNT} escalated ${COUNT}
  fates { fate count ${COUNT} } delay { median ninetieth }`

async function demand(headers: Record<string, string>, by: string | null = null, period = { from: '2026-11-01', to: '2026-11-30' }) {
  const { data, errors } = await app.ask(
    `query ($from: Date!, $to: Date!, $by: DemandBy) { demand(from: $from, to: $to, by: $by) { from to suppressed total { ${ROW} } rows { ${ROW} } } }`,
    { ...period, by },
    headers,
  )
  return { ...data?.demand, errors }
}

/** What a row says, in short: `food 14`. */
const short = (rows: any[]): string[] =>
  rows.map(({ need, others, week, commune, requests }) =>
    [others ? 'others' : need?.code, week, commune?.nisCode, requests?.label].filter((part) => part != null).join(' '),
  )

describe('the demand of a line, as its supervisor sees it', () => {
  test('in all: what became of it, how long people waited, and what was not met', async () => {
    const { total, from, to, suppressed } = await demand(supervisor)
    expect([from, to]).toEqual(['2026-11-01', '2026-11-30'])
    expect(total.requests.label).toBe('40')
    // Three of few: none of them can be computed, since their sum may be made up in several ways.
    expect(Object.fromEntries(total.fates.map(({ fate, count }: any) => [fate, count.label]))).toEqual({
      WAITING: '6',
      WITH_PARTNER: '7',
      RESOLVED: '13',
      PARTLY: '<5',
      PARTNER_HELPED: '5',
      NOT_REACHED: '<5',
      WITHDRAWN: '<5',
    })
    expect(suppressed).toBe(3)
    // Of those who were reached a part is hidden.
    expect([total.reached.label, total.escalated.label]).toEqual(['…', '12'])
    // 8 after 30 minutes, 6 after 31, 7 after 95: the 11th is 31, the 19th 95.
    expect(total.delay).toEqual({ median: 30, ninetieth: 95 })
  })

  test('by need: one of few takes another with it, and both are told of together', async () => {
    const { rows } = await demand(supervisor, 'NEED')
    expect(short(rows)).toEqual(['debt 10', 'food 19', 'housing <5', 'work …', 'others 11'])
    const food = rows[1]
    expect(food.fates.filter(({ count }: any) => count.label !== '0')).toEqual([
      { fate: 'WAITING', count: { label: '6' } },
      { fate: 'RESOLVED', count: { label: '13' } },
    ])
    expect([food.reached.label, food.escalated.label, food.delay]).toEqual(['13', '0', null])
    expect(rows[2].fates).toBeNull()
    expect(rows[4].fates).not.toBeNull()
  })

  test('by week, and by need and week', async () => {
    const { rows, suppressed } = await demand(supervisor, 'WEEK')
    expect(short(rows)).toEqual(['2026-11-02 15', '2026-11-09 11', '2026-11-16 14'])
    expect(suppressed).toBe(0)
    // Debt of the second week is few, and 10 less that of the first would tell it; that of the first, 15 less that of the others.
    expect(short((await demand(supervisor, 'NEED_AND_WEEK')).rows)).toEqual([
      'debt 2026-11-02 …',
      'debt 2026-11-09 <5',
      'food 2026-11-02 8',
      'food 2026-11-09 6',
      'food 2026-11-16 5',
      'others 2026-11-02 …',
      'others 2026-11-09 <5',
      'others 2026-11-16 9',
    ])
  })

  test('by commune, and by need and commune', async () => {
    expect(short((await demand(supervisor, 'COMMUNE')).rows)).toEqual(['<5', '62063 31', '62096 …'])
    const { rows } = await demand(supervisor, 'NEED_AND_COMMUNE')
    expect(rows.every(({ reached, fates, delay }: any) => reached === null && fates === null && delay === null)).toBe(true)
    expect(short(rows)).toEqual(['debt …', 'debt 62063 <5', 'debt 62096 …', 'food 62063 19', 'others <5', 'others 62063 …'])
  })
})

describe('who is told what', () => {
  test('the supervisor of another organization counts her own lines, of which there are none', async () => {
    expect((await demand(elsewhere)).total.requests.label).toBe('0')
    expect((await demand(elsewhere, 'NEED')).rows).toEqual([])
  })

  test('what everybody searched for in vain is no line’s, and changes nothing: of two periods one could be subtracted from the other', async () => {
    const all = () => Promise.all(BY.flatMap((by) => [supervisor, elsewhere].map((headers) => demand(headers, by))))
    const before = await all()
    expect(before.flatMap(({ errors }) => errors ?? [])).toEqual([])
    await app.db.unmetNeed.createMany({
      data: (['NOTHING_FOUND', 'NOT_ELIGIBLE', 'FULL'] as const).flatMap((reason, index) =>
        ['violence', 'food', ''].map((needCode) => ({
          day: new Date(`2026-11-0${2 + index}`),
          reason,
          needCode,
          nisCode: '62063',
          count: 7,
        })),
      ),
    })
    expect(await all()).toEqual(before)
    const { errors } = await app.ask('{ demand(from: "2026-11-02", to: "2026-11-04") { total { unmet { reason } } } }', {}, supervisor)
    expect(errors?.[0]?.message).toContain('Cannot query field "unmet"')
  })

  test('the one of the region counts the region’s', async () => {
    const { db } = app
    const { organization } = await db.line.findUniqueOrThrow({ where: { slug: '1718' }, include: { organization: true } })
    const { headers } = await staff(app, { role: 'SUPERVISOR', organization: organization.slug })
    expect(short((await demand(headers, 'NEED')).rows)).toContain('violence 20')
    expect((await demand(headers)).total.requests.label).toBe('20')
  })

  test.each(['AGENT', 'EDITOR', 'PARTNER', 'ADMINISTRATOR'] as const)('to %s: nothing', async (role) => {
    const { headers } = await staff(app, { role })
    expect((await demand(headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('whoever supervises one organization and calls for another counts the first only', async () => {
    const { viewer, headers } = await staff(app, { role: 'SUPERVISOR', organization: 'rwlp' })
    const { id } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'ville-de-liege' } })
    app.viewers.set(viewer.id, { ...viewer, memberships: [...viewer.memberships, { organizationId: id, role: 'AGENT' }] })
    expect((await demand(headers)).total.requests.label).toBe('0')
  })
})

test('who asks for very much at once is asked to come again, and nobody else is', async () => {
  const { headers } = await staff(app, { role: 'SUPERVISOR' })
  const mine = Array.from({ length: 20 }, () => demand(headers))
  const other = await demand(supervisor)
  const codes = (await Promise.all(mine)).map(({ errors }) => errors?.[0]?.extensions.code ?? 'answered')
  expect(codes.filter((code) => code === 'TOO_MANY_REQUESTS').length).toBeGreaterThan(0)
  expect(codes.filter((code) => code === 'answered').length).toBeGreaterThanOrEqual(6)
  expect(other.total.requests.label).toBe('40')
  expect((await demand(headers)).total.requests.label).toBe('40')
})

describe('a period', () => {
  test.each([
    ['ends before it begins', { from: '2026-11-02', to: '2026-11-01' }],
    ['is longer than three years', { from: '2023-01-01', to: '2026-11-01' }],
  ])('that %s is refused', async (_, period) => {
    const { errors } = await demand(supervisor, null, period)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', problems: [{ path: ['to'], code: 'out_of_range' }] })
  })

  test('may be a day, of which little is told', async () => {
    const { total, rows } = await demand(supervisor, 'NEED', { from: '2026-11-04', to: '2026-11-04' })
    expect(total.requests.label).toBe('0')
    expect(short(rows)).toEqual([])
  })
})
