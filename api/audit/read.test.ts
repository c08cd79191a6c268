import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeToken } from '../access/actions/tokens.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let supervisor: Awaited<ReturnType<typeof staff>>
/** Ids of a request of her organization, and of one of another. */
let own: string
let foreign: string
beforeAll(async () => {
  app = await createTestApp()
  supervisor = await staff(app, { role: 'SUPERVISOR' })
  const idOf = async (reference: string) => (await app.db.callbackRequest.findUniqueOrThrow({ where: { reference } })).id
  own = await idOf(await requestCallback(app, { phone: '0470 10 10 01' }))
  foreign = await idOf(await requestCallback(app, { phone: '0470 10 10 02', line: '1718' }))
})
afterAll(() => app.close())

const QUERY = `query ($first: Int, $after: String, $filter: AuditFilter) {
  auditEvents(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { node { action actor actorName subjectId at chained } }
  }
}`
type Row = { action: string; actor: string; actorName: string | null; subjectId: string; chained: boolean }
async function read(variables: object = {}, headers = supervisor.headers) {
  const { data, errors } = await app.ask(QUERY, variables, headers)
  const { totalCount, pageInfo, edges = [] } = data?.auditEvents ?? {}
  const rows: Row[] = edges.map(({ node }: { node: Row }) => node)
  return { errors, totalCount: totalCount as number, pageInfo: pageInfo as { hasNextPage: boolean; endCursor: string }, rows }
}

test('a supervisor reads what was done to a request, and that she read it', async () => {
  const { rows } = await read({ filter: { request: own } })
  expect(rows.map(({ action, actor }) => [action, actor])).toEqual([
    ['audit.read', supervisor.viewer.actor],
    ['callback.requested', 'citizen'],
  ])
  expect(rows[0]?.actorName).toBe(supervisor.viewer.name)
})

test('she sees when a row has its place in the chain', async () => {
  await app.runJobsOnce()
  const { rows } = await read({ filter: { request: own, action: 'callback.requested' } })
  expect(rows.map(({ chained }) => chained)).toEqual([true])
})

test('requests and staff of another organization are not there, by any filter or count', async () => {
  const other = await staff(app, { role: 'AGENT', organization: 'service-public-de-wallonie' })
  await app.db.auditEvent.create({ data: { at: NOW, actor: other.viewer.actor, action: 'access.signed_in', subjectId: other.viewer.id } })
  const nothing = { rows: [], totalCount: 0 }
  // Her own question is written down, and is no row of theirs.
  const about = async (filter: object) => {
    const { rows, totalCount } = await read({ filter: { ...filter, until: NOW.toISOString() } })
    return { rows, totalCount }
  }
  expect(await about({ request: foreign })).toEqual(nothing)
  expect(await about({ member: other.viewer.id })).toEqual(nothing)
  expect(await about({ request: randomUUID() })).toEqual(nothing)
  const { rows } = await read({ first: 100 })
  expect(rows.map(({ subjectId }) => subjectId)).not.toContain(foreign)
  const theirs = await staff(app, { role: 'SUPERVISOR', organization: 'service-public-de-wallonie' })
  const seen = await read({ first: 100 }, theirs.headers)
  expect(seen.rows.map(({ subjectId }) => subjectId)).toContain(foreign)
  expect(seen.rows.map(({ subjectId }) => subjectId)).not.toContain(own)
})

test('what was done to its lines, tokens, invitations and former staff belongs to an organization as well', async () => {
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: 'ville-de-liege' } })
  const { row: token } = await makeToken(app.db, { role: 'agent', organization: 'ville-de-liege', days: '9', name: 'central' }, NOW)
  const { id: lineId } = await app.db.line.findUniqueOrThrow({ where: { slug: 'liege-solidaire' } })
  const invitation = await app.db.invitation.create({
    data: { organizationId, role: 'AGENT', tokenHash: randomUUID(), expiresAt: NOW, invitedBy: 'system' },
  })
  const gone = await staff(app)
  const administrator = await staff(app, { role: 'ADMINISTRATOR' })
  await app.ask('mutation ($id: ID!) { dismissStaff(id: $id) { __typename } }', { id: gone.viewer.id }, administrator.headers)
  const row = (action: string, subjectId: string) => ({ at: NOW, actor: 'system', action, subjectId })
  await app.db.auditEvent.createMany({ data: [row('line.target_set', lineId), row('staff.invited', invitation.id)] })
  const seen = (await read({ first: 100 })).rows.map(({ action, subjectId }) => `${action} ${subjectId}`)
  for (const one of [
    `token.made ${token.memberId}`,
    `line.target_set ${lineId}`,
    `staff.invited ${invitation.id}`,
    `staff.dismissed ${organizationId}`,
  ]) {
    expect(seen).toContain(one)
  }
})

test('who guesses at a foreign request leaves no name in the trail of its organization', async () => {
  await read({ filter: { request: foreign } })
  expect(await app.db.auditEvent.count({ where: { subjectId: foreign, action: 'audit.read', actor: supervisor.viewer.actor } })).toBe(0)
  expect(await app.db.auditEvent.count({ where: { action: 'audit.read', actor: supervisor.viewer.actor } })).toBeGreaterThan(0)
})

test('pages follow each other without a gap, whatever is written meanwhile', async () => {
  const at = new Date(NOW.getTime() - 3_600_000)
  await app.db.auditEvent.createMany({
    data: Array.from({ length: 7 }, (_, index) => ({ at, actor: 'system', action: `test.${index}`, subjectId: own })),
  })
  const filter = { request: own, until: NOW.toISOString() }
  const seen: string[] = []
  let after: string | null = null
  do {
    const page = await read({ first: 3, after, filter })
    seen.push(...page.rows.map(({ action }) => action))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after)
  expect(seen).toEqual(['test.6', 'test.5', 'test.4', 'test.3', 'test.2', 'test.1', 'test.0'])
})

test('by member: what she did', async () => {
  const { rows } = await read({ filter: { member: supervisor.viewer.id, action: 'audit.read' } })
  expect(rows.length).toBeGreaterThan(3)
  expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([supervisor.viewer.actor]))
})

test('an agent and an administrator read nothing of it', async () => {
  for (const role of ['AGENT', 'ADMINISTRATOR', 'EDITOR', 'PARTNER'] as const) {
    const { headers } = await staff(app, { role })
    const { errors } = await read({}, headers)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

test.each([{ filter: { request: 'nothing' } }, { after: 'nothing' }, { filter: { member: "'; DROP TABLE audit_event; --" } }])(
  'what is no id is nothing: %j',
  async (variables) => {
    expect((await read(variables)).errors).toBeUndefined()
  },
)
