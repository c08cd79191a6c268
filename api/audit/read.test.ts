import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inviteFromConsole } from '../access/actions/invitations.ts'
import { recoverFromConsole } from '../access/actions/recovery.ts'
import { makeToken } from '../access/actions/tokens.ts'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { joined, staff } from '../testing/staff.ts'

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

describe('who was dismissed', () => {
  const CITY = 'ville-de-liege'
  const REGION = 'service-public-de-wallonie'
  const DISMISS = 'mutation ($id: ID!) { dismissStaff(id: $id) { __typename } }'
  const dismiss = async (id: string, organization: string, name?: string) => {
    const made = await staff(app, { role: 'ADMINISTRATOR', organization, name })
    expect((await app.ask(DISMISS, { id }, made.headers)).data.dismissStaff.__typename).toBe('StaffMember')
    return made
  }
  const idOf = async (email: string) => (await app.db.staffMember.findUniqueOrThrow({ where: { email } })).id

  test('is found by the supervisors of her organization, with what was done to her until then', async () => {
    const { email, visitor } = await joined(app)
    const id = await idOf(email)
    await visitor.post(`/invitation/${await inviteFromConsole(app.db, { email, role: 'editor', organization: REGION }, NOW)}`, {})
    const administrator = await dismiss(id, CITY)
    const later = await app.db.auditEvent.create({ data: { at: NOW, actor: `staff:${id}`, action: 'staff.signed_in', subjectId: id } })
    await dismiss(id, REGION)
    const { rows } = await read({ filter: { member: id } })
    const found = rows.map(({ action, actorName }) => [action, actorName])
    const { name } = await app.db.staffMember.findUniqueOrThrow({ where: { id } })
    const names = { staff: name, administrator: administrator.viewer.name }
    expect(found).toEqual([
      ['staff.left', names.staff],
      ['staff.dismissed', names.administrator],
      ['staff.joined', names.staff],
      ['staff.signed_in', names.staff],
      ['staff.second_factor_set', names.staff],
      ['staff.joined', names.staff],
    ])
    // That she was asked about is written down for the organization: what is written about her by now is not the organization's.
    const { organizationId } = supervisor.viewer.memberships[0] as { organizationId: string }
    expect((await read({ first: 1 })).rows).toMatchObject([{ action: 'audit.read', subjectId: organizationId }])
    const theirs = await staff(app, { role: 'SUPERVISOR', organization: REGION })
    const seen = await read({ first: 100, filter: { member: id } }, theirs.headers)
    expect(seen.rows.map(({ action }) => action)).toContain('staff.signed_in')
    expect(await app.db.auditEvent.count({ where: { subjectId: id, id: { gt: later.id } } })).toBe(1)
  })

  test('was never of another organization: it finds nothing', async () => {
    const { email } = await joined(app)
    const id = await idOf(email)
    await dismiss(id, CITY)
    const theirs = await staff(app, { role: 'SUPERVISOR', organization: REGION })
    expect(await read({ filter: { member: id } }, theirs.headers)).toMatchObject({ rows: [], totalCount: 0 })
  })

  test('who did it has no name for another organization where she works, too; who leads all has one', async () => {
    const { email, visitor } = await joined(app)
    const id = await idOf(email)
    await visitor.post(`/invitation/${await inviteFromConsole(app.db, { email, role: 'agent', organization: REGION }, NOW)}`, {})
    const chief = await staff(app, { role: 'ADMINISTRATOR', name: 'Chief of all' })
    await app.db.membership.updateMany({ where: { memberId: chief.viewer.id }, data: { organizationId: null } })
    await app.db.auditEvent.create({ data: { at: NOW, actor: chief.viewer.actor, action: 'test.by_chief', subjectId: id } })
    const { viewer } = await dismiss(id, CITY, 'Secret chief of the city')
    const theirs = await staff(app, { role: 'SUPERVISOR', organization: REGION })
    const { rows } = await read({ filter: { member: id } }, theirs.headers)
    expect(rows.find(({ action }) => action === 'staff.dismissed')).toMatchObject({ actor: viewer.actor, actorName: null })
    expect(rows.find(({ action }) => action === 'test.by_chief')).toMatchObject({ actorName: 'Chief of all' })
    expect(JSON.stringify(rows)).not.toContain('Secret')
    // Her own supervisors know her, after she has gone, too.
    await dismiss(viewer.id, CITY)
    const own = await read({ first: 100, filter: { member: id, action: 'staff.dismissed' } })
    expect(own.rows).toMatchObject([{ actor: viewer.actor, actorName: 'Secret chief of the city' }])
  })

  test('leaves what was offered and recovered in the trail of the organization, when the rows are gone', async () => {
    const { email } = await joined(app)
    await recoverFromConsole(app.db, { email }, NOW)
    await dismiss(await idOf(email), CITY)
    await app.db.staffRecovery.deleteMany()
    await app.db.invitation.deleteMany()
    const { organizationId } = supervisor.viewer.memberships[0] as { organizationId: string }
    for (const action of ['staff.invited', 'staff.recovery_made']) {
      const { rows } = await read({ first: 100, filter: { action } })
      expect(rows.map(({ subjectId }) => subjectId)).toContain(organizationId)
    }
  })
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
