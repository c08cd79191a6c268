import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { pastRequests } from '../testing/demand.ts'
import { handOver, makePartner } from '../testing/partners.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let supervisor: Record<string, string>
let question: string
beforeAll(async () => {
  app = await createTestApp()
  supervisor = (await staff(app, { role: 'SUPERVISOR' })).headers
  question = app.directory.current().faqEntries[0]?.slug as string
  await pastRequests(app, { count: 2, need: 'debt', postalCode: '4000', at: '2026-10-05T08:00:00Z', faqEntry: question, calledAfter: 20 })
  await pastRequests(app, { count: 1, need: 'food', postalCode: '4100', at: '2026-10-31T22:59:00Z', outcome: 'partly' })
  await pastRequests(app, { count: 3, need: 'food', at: '2026-10-07T08:00:00Z', line: '1718' })
})
afterAll(() => app.close())

const CHAIN = `id requestedAt need { code } faqEntry { slug } attempts { outcome } referrals { service { slug } }
  escalations { partner { slug } state outcome } outcome status answer { contacted useful stillNeeded }`

async function chains(headers: Record<string, string>, filter: object | null = null, page: object = {}) {
  const { data, errors } = await app.ask(
    `query ($filter: ChainFilter, $first: Int, $after: String) {
      chains(filter: $filter, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { ${CHAIN} } } }
    }`,
    { filter, ...page },
    headers,
  )
  return { ...data?.chains, nodes: (data?.chains?.edges ?? []).map(({ node }: any) => node) as any[], errors }
}

describe('a chain', () => {
  test('is told from the question to what the person said afterwards', async () => {
    await makePartner(app)
    const { id, requestId } = await handOver(app)
    const service = app.directory.current().services[0]?.slug as string
    await app.db.callAttempt.create({ data: { requestId, at: NOW, outcome: 'REACHED' } })
    await app.db.referral.create({ data: { requestId, at: NOW, serviceSlug: service } })
    await app.db.escalation.update({ where: { id }, data: { state: 'COMPLETED', outcome: 'partly', endedAt: NOW } })
    await app.db.callbackRequest.update({
      where: { id: requestId },
      data: { status: 'CLOSED', outcome: 'partly', closedAt: NOW, needCode: 'housing', faqEntrySlug: question },
    })
    await app.db.citizenAnswer.create({ data: { requestId, at: NOW, contacted: true, useful: null, stillNeeded: false } })
    const { nodes, totalCount } = await chains(supervisor, { needs: ['housing'] })
    expect(totalCount).toBe(1)
    expect(nodes).toEqual([
      {
        id: requestId,
        requestedAt: NOW.toISOString(),
        need: { code: 'housing' },
        faqEntry: { slug: question },
        attempts: [{ outcome: 'REACHED' }],
        referrals: [{ service: { slug: service } }],
        escalations: [{ partner: { slug: 'rwlp' }, state: 'COMPLETED', outcome: 'PARTLY' }],
        outcome: 'partly',
        status: 'CLOSED',
        answer: { contacted: true, useful: null, stillNeeded: false },
      },
    ])
  })

  test('whose data were erased is there all the same', async () => {
    const { nodes } = await chains(supervisor, { faqEntry: question, escalated: false })
    expect(nodes.map(({ outcome, attempts, answer }: any) => [outcome, attempts.length, answer])).toEqual([
      ['resolved', 1, null],
      ['resolved', 1, null],
    ])
  })
})

test.each([
  ['from a day on, as days are in Belgium', { from: '2026-10-31' }, 2],
  ['up to a day', { from: '2026-10-01', to: '2026-10-31' }, 3],
  ['of a need', { needs: ['debt'] }, 2],
  ['of a commune', { commune: '62096' }, 1],
  ['of an outcome', { outcome: 'PARTLY' }, 2],
  ['that went to a partner', { escalated: true }, 1],
  ['that never did', { escalated: false }, 3],
  ['of all that at once', { needs: ['food'], commune: '62096', outcome: 'RESOLVED' }, 0],
])('they are found %s', async (_, filter, expected) => {
  const { totalCount, nodes } = await chains(supervisor, filter)
  expect([totalCount, nodes.length]).toEqual([expected, expected])
})

test('what does not exist is an error, never an empty list', async () => {
  const { errors } = await chains(supervisor, { needs: ['gold'], commune: '00000', faqEntry: 'why' })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' })
  expect(errors?.[0]?.extensions.problems.map(({ path }: any) => path.at(-1))).toEqual(['needs', 'commune', 'faqEntry'])
})

test('they come page by page, the latest first, each once', async () => {
  const seen: string[] = []
  let after: string | null = null
  for (let pages = 0; pages < 4; pages++) {
    const page: Awaited<ReturnType<typeof chains>> = await chains(supervisor, null, { first: 1, after })
    seen.push(...page.nodes.map(({ id }: any) => id))
    expect(page.totalCount).toBe(4)
    expect(page.pageInfo.hasNextPage).toBe(pages < 3)
    after = page.pageInfo.endCursor
  }
  expect(new Set(seen).size).toBe(4)
})

test('another organization’s supervisor sees hers, and nobody else sees any', async () => {
  const { headers } = await staff(app, { role: 'SUPERVISOR', organization: 'rwlp' })
  expect((await chains(headers)).totalCount).toBe(0)
  for (const role of ['AGENT', 'PARTNER', 'EDITOR', 'ADMINISTRATOR'] as const) {
    const { errors } = await chains((await staff(app, { role })).headers)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})
