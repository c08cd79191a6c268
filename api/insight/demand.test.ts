import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { pastCases, pastRequests } from '../testing/demand.ts'
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
  await pastCases(app, byPartner)
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

describe('what partners made of it', () => {
  const PERIOD = { from: '2026-10-05', to: '2026-10-11' }
  const ask = async (period = PERIOD, headers = supervisor) => {
    const { data, errors } = await app.ask(
      `query ($from: Date!, $to: Date!) { demand(from: $from, to: $to) { total { fates { fate count ${COUNT} } } partners {
        answer { median ninetieth } outcome { median ninetieth } returned ${COUNT} returns { reason count ${COUNT} } said { contacted useful stillNeeded } } } }`,
      period,
      headers,
    )
    expect(errors).toBeUndefined()
    return data.demand.partners
  }

  /*
   * Handed over at 10:00 on Tuesday, 6 October, and ended two hours later: 30 that a partner completed, of which 20 were accepted after 30 minutes
   * and 10 after 90; 25 said that they were contacted, of these 20 that it was useful, and 5 others that they were not, and need help.
   * Before, others had refused 6 of these after 60 minutes; the line had taken 3 back, and 2 had gone to another one.
   */
  beforeAll(async () => {
    const some = (count: number) =>
      pastRequests(app, { count, need: 'food', postalCode: '4000', at: '2026-10-06T08:00:00Z', outcome: 'partly' })
    const quick = await some(20)
    const slow = await some(10)
    await pastCases(app, quick, { acceptedAfter: 30, said: { contacted: true, useful: true, stillNeeded: false } })
    await pastCases(app, slow.slice(0, 5), { acceptedAfter: 90, said: { contacted: true, useful: false, stillNeeded: false } })
    await pastCases(app, slow.slice(5), { acceptedAfter: 90, said: { contacted: false, useful: null, stillNeeded: true } })
    await pastCases(app, quick.slice(0, 6), { state: 'REJECTED', endedAfter: 60 })
    await pastCases(app, slow.slice(0, 3), { state: 'CANCELLED', reason: 'TAKEN_BACK', endedAfter: 70 })
    await pastCases(app, slow.slice(0, 2), { state: 'CANCELLED', reason: 'REROUTED', endedAfter: 80 })
    // Few: nothing is said of any of them.
    const few = await pastRequests(app, { count: 19, need: 'food', postalCode: '4000', at: '2026-10-13T08:00:00Z', outcome: 'partly' })
    await pastCases(app, few, { acceptedAfter: 30, said: { contacted: true, useful: true, stillNeeded: false } })
    await pastCases(app, few.slice(0, 4), { state: 'FAILED', acceptedAfter: 30 })
  })

  test('how long they took, of the cases that they answered and completed', async () => {
    // Of 36 answers 20 came after 30 minutes, 6 after 60, 10 after 90.
    expect(await ask()).toMatchObject({ answer: { median: 30, ninetieth: 90 }, outcome: { median: 120, ninetieth: 120 } })
  })

  test('why cases ended without an outcome: few of one kind take another one with them', async () => {
    const { returned, returns } = await ask()
    expect(returned.label).toBe('11')
    expect(returns.map(({ reason, count }: any) => `${reason} ${count.label}`)).toEqual(['REFUSED 6', 'MOVED_ON <5', 'TAKEN_BACK <5'])
  })

  test('what the people said, to the nearest ten per cent', async () => {
    expect((await ask()).said).toEqual({ contacted: 80, useful: 80, stillNeeded: 20 })
  })

  test('of few cases and few answers nothing', async () => {
    const few = await ask({ from: '2026-10-12', to: '2026-10-18' })
    // 23 were accepted.
    expect(few).toEqual({ answer: { median: 30, ninetieth: 30 }, outcome: null, returned: { label: '<5' }, returns: [], said: null })
  })

  test('of other organizations’ lines nothing', async () => {
    expect(await ask(PERIOD, elsewhere)).toEqual({ answer: null, outcome: null, returned: { label: '0' }, returns: [], said: null })
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
