import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { joined, PASSWORD, staff } from '../testing/staff.ts'
import { closeDemonstration, openDemonstration } from './actions/demonstration.ts'
import { inviteFromConsole } from './actions/invitations.ts'
import { endLinksOf } from './actions/links.ts'
import { makeToken } from './actions/tokens.ts'

const CITY = 'ville-de-liege'
const REGION = 'service-public-de-wallonie'
const NEW = 'une autre suite de mots'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  app.setTime(NOW)
  await app.resetLimits()
})
afterAll(() => app.close())

const administrator = (organization = CITY) => staff(app, { role: 'ADMINISTRATOR', organization })
/** One of the whole installation. */
async function chief() {
  const made = await administrator()
  await app.db.membership.updateMany({ where: { memberId: made.viewer.id }, data: { organizationId: null } })
  app.viewers.set(made.viewer.id, { ...made.viewer, memberships: [{ organizationId: null, role: 'ADMINISTRATOR' }] })
  return made
}
const daysOn = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString()
const pathOf = (link: string) => link.slice(ORIGIN.length)
const idOf = async (email: string) => (await app.db.staffMember.findUniqueOrThrow({ where: { email } })).id

describe('inviting', () => {
  const INVITE = `mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) {
    __typename ... on StaffLink { link expiresAt } ... on InvalidInput { problems { path code } } } }`
  const invite = async (input: object, headers: Record<string, string>) => app.ask(INVITE, { input }, headers)

  test('an administrator gets a link, once, that makes somebody of her organization', async () => {
    const { viewer, headers } = await administrator()
    const { data } = await invite({ email: ' Lea@Liege.example ', role: 'SUPERVISOR', organization: CITY }, headers)
    expect(data.inviteStaff).toMatchObject({ __typename: 'StaffLink', expiresAt: daysOn(7) })
    const { link } = data.inviteStaff
    expect(link.startsWith(`${ORIGIN}/invitation/`)).toBe(true)
    expect((await new Visitor(app).post(pathOf(link), { name: 'Léa', password: PASSWORD })).path).toBe('/account/second-factor')
    const lea = await app.db.staffMember.findUniqueOrThrow({ where: { email: 'lea@liege.example' }, include: { memberships: true } })
    expect(lea.memberships).toMatchObject([{ role: 'SUPERVISOR', organizationId: viewer.memberships[0]?.organizationId }])
    const { id } = await app.db.invitation.findFirstOrThrow({ where: { email: 'lea@liege.example' } })
    const invited = await app.db.auditEvent.findMany({ where: { action: 'staff.invited', actor: viewer.actor }, orderBy: { id: 'asc' } })
    expect(invited.map(({ subjectId }) => subjectId)).toEqual([id, viewer.memberships[0]?.organizationId])
  })

  test('answers for a known address as for an unknown one', async () => {
    const { email } = await joined(app)
    const { headers } = await administrator()
    const answers = [email, 'unknown@liege.example'].map((one) => invite({ email: one, role: 'AGENT', organization: CITY }, headers))
    for (const { data } of await Promise.all(answers)) expect(data.inviteStaff).toMatchObject({ __typename: 'StaffLink' })
  })

  test.each([
    [{ email: 'lea', role: 'AGENT', organization: CITY }, [['input.email', 'email_malformed']]],
    [{ email: 'josé@liege.example', role: 'AGENT', organization: CITY }, [['input.email', 'email_unsupported']]],
    [{ email: 'lea@liege.example', role: 'AGENT', organization: REGION }, [['input.organization', 'unknown']]],
    [{ email: 'lea@liege.example', role: 'AGENT', organization: 'nowhere' }, [['input.organization', 'unknown']]],
    [{ email: 'lea@liege.example', role: 'ADMINISTRATOR' }, [['input.organization', 'required']]],
    [
      { email: '', role: 'AGENT' },
      [
        ['input.email', 'email_malformed'],
        ['input.organization', 'required'],
      ],
    ],
  ])('refuses %o', async (input, problems) => {
    const { headers } = await administrator()
    const before = await app.db.invitation.count()
    const { data } = await invite(input, headers)
    expect(data.inviteStaff.problems.map(({ path, code }: { path: string[]; code: string }) => [path.join('.'), code])).toEqual(problems)
    expect(await app.db.invitation.count()).toBe(before)
  })

  test('an administrator of the whole installation invites to any organization, and another one like her', async () => {
    const { headers } = await chief()
    const type = async (input: object) => (await invite({ email: 'any@liege.example', ...input }, headers)).data.inviteStaff.__typename
    expect(await type({ role: 'AGENT', organization: REGION })).toBe('StaffLink')
    expect(await type({ role: 'ADMINISTRATOR' })).toBe('StaffLink')
    expect(await type({ role: 'AGENT' })).toBe('InvalidInput')
  })

  test('is for no other role, no token, and one at a time', async () => {
    const input = { email: 'lea@liege.example', role: 'AGENT', organization: CITY }
    const { token } = await makeToken(app.db, { role: 'administrator', organization: CITY, days: '3', scopes: 'read,write' }, NOW)
    const supervisor = await staff(app, { role: 'SUPERVISOR' })
    for (const headers of [supervisor.headers, { authorization: `Bearer ${token}` }]) {
      expect((await invite(input, headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    expect((await invite(input, {})).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
    const twice = `mutation ($input: InviteStaffInput!) { a: inviteStaff(input: $input) { __typename } b: inviteStaff(input: $input) { __typename } }`
    const { headers } = await administrator()
    expect((await app.ask(twice, { input }, headers)).errors?.[0]?.extensions.code).toBe('QUERY_TOO_LARGE')
  })
})

describe('a way back for somebody', () => {
  const RECOVER = `mutation ($id: ID!) { recoverStaff(id: $id) {
    __typename ... on StaffLink { link expiresAt } ... on Conflict { code message } ... on NotFound { message } } }`
  const recover = async (id: string, headers: Record<string, string>) => app.ask(RECOVER, { id }, headers)

  test('is made by an administrator of her organization, and leads to a new password', async () => {
    const { visitor, email } = await joined(app)
    const { viewer, headers } = await administrator()
    const id = await idOf(email)
    const { data } = await recover(id, headers)
    expect(data.recoverStaff).toMatchObject({ __typename: 'StaffLink', expiresAt: daysOn(1) })
    const { link } = data.recoverStaff
    expect(link.startsWith(`${ORIGIN}/account/recovery/`)).toBe(true)
    expect((await new Visitor(app).post(pathOf(link), { password: NEW })).status).toBe(200)
    expect((await visitor.ask('{ viewer { id } }')).data.viewer).toBeNull()
    const events = await app.db.auditEvent.findMany({
      where: { subjectId: id, action: { startsWith: 'staff.recover' } },
      orderBy: { id: 'asc' },
    })
    expect(events.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      `staff.recovery_made ${viewer.actor}`,
      `staff.recovered staff:${id}`,
    ])
  })

  test('does not exist for the staff of another organization, for nobody, or for a token', async () => {
    const { headers } = await administrator(REGION)
    const own = await makeToken(app.db, { role: 'agent', organization: REGION, days: '3' }, NOW)
    const { email } = await joined(app)
    for (const id of [await idOf(email), own.row.memberId, randomUUID(), 'nobody']) {
      expect((await recover(id, headers)).data.recoverStaff.__typename).toBe('NotFound')
    }
    expect(await app.db.staffRecovery.count({ where: { member: { email } } })).toBe(0)
  })

  test('is no way into what is not hers to give: a role elsewhere, or the whole installation', async () => {
    const { headers } = await administrator()
    const { headers: ofAll } = await chief()
    const region = await app.db.organization.findUniqueOrThrow({ where: { slug: REGION } })
    for (const more of [
      { organizationId: region.id, role: 'EDITOR' },
      { organizationId: null, role: 'ADMINISTRATOR' },
    ] as const) {
      const { email } = await joined(app)
      const id = await idOf(email)
      await app.db.membership.create({ data: { memberId: id, ...more } })
      expect((await recover(id, headers)).data.recoverStaff).toMatchObject({ __typename: 'Conflict', code: 'account_beyond_reach' })
      expect(await app.db.staffRecovery.count({ where: { memberId: id } })).toBe(0)
      expect((await recover(id, ofAll)).data.recoverStaff.__typename).toBe('StaffLink')
    }
  })

  test('waits for a role that she is taking on at that moment, and is then beyond reach', async () => {
    const { email } = await joined(app)
    const { headers } = await administrator()
    const id = await idOf(email)
    const region = await app.db.organization.findUniqueOrThrow({ where: { slug: REGION } })
    const taking = await app.sql.connect()
    try {
      await taking.query('BEGIN')
      const values = [randomUUID(), id, region.id]
      await taking.query(`INSERT INTO "membership" ("id", "member_id", "organization_id", "role") VALUES ($1, $2, $3, 'AGENT')`, values)
      const asked = recover(id, headers)
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await expect.poll(async () => (await app.sql.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1)
      await taking.query('COMMIT')
      expect((await asked).data.recoverStaff).toMatchObject({ __typename: 'Conflict', code: 'account_beyond_reach' })
    } finally {
      taking.release()
    }
    expect(await app.db.staffRecovery.count({ where: { memberId: id } })).toBe(0)
  })

  test('ends when she is given a role more: its maker could not give that', async () => {
    const { visitor, email } = await joined(app)
    const { headers } = await administrator()
    const { link } = (await recover(await idOf(email), headers)).data.recoverStaff
    const more = await inviteFromConsole(app.db, { email, role: 'administrator' }, NOW)
    await visitor.post(`/invitation/${more}`, {})
    expect(await app.db.membership.count({ where: { member: { email } } })).toBe(2)
    expect((await new Visitor(app).post(pathOf(link), { password: NEW })).status).toBe(404)
  })

  test('is not for oneself, nor for an account without a password, or of the demonstration', async () => {
    await openDemonstration(app.db, NOW)
    const { viewer, headers } = await administrator()
    const { viewer: colleague } = await staff(app)
    const code = async (id: string) => (await recover(id, headers)).data.recoverStaff.code
    expect(await code(viewer.id)).toBe('own_recovery')
    expect(await code(colleague.id)).toBe('account_not_recoverable')
    expect(await code(await idOf('ana@liege.example'))).toBe('account_not_recoverable')
  })

  test('is for no other role, and for no token', async () => {
    const { email } = await joined(app)
    const { token } = await makeToken(app.db, { role: 'administrator', organization: CITY, days: '3', scopes: 'read,write' }, NOW)
    const supervisor = await staff(app, { role: 'SUPERVISOR' })
    for (const headers of [supervisor.headers, { authorization: `Bearer ${token}` }]) {
      expect((await recover(await idOf(email), headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
    expect(await app.db.staffRecovery.count({ where: { member: { email } } })).toBe(0)
  })

  test('ends with the demonstration, when one of its accounts made it', async () => {
    await openDemonstration(app.db, NOW)
    const { email } = await joined(app)
    const { viewer } = await administrator()
    const ada = await idOf('ada@liege.example')
    app.viewers.set(ada, { ...viewer, id: ada, actor: `staff:${ada}`, isDemonstration: true })
    const { link } = (await recover(await idOf(email), { 'test-viewer': ada })).data.recoverStaff
    expect((await new Visitor(app).get(pathOf(link))).status).toBe(200)
    await closeDemonstration(app.db, NOW)
    expect((await new Visitor(app).get(pathOf(link))).status).toBe(404)
  })
})

describe('the links of an administrator who is dismissed', () => {
  const inviteTo = (organization: string | null) =>
    `mutation { inviteStaff(input: { email: "door-${randomUUID()}@liege.example", role: ADMINISTRATOR${organization ? `, organization: "${organization}"` : ''} }) {
      ... on StaffLink { link } } }`
  const DISMISS = 'mutation ($id: ID!) { dismissStaff(id: $id) { __typename } }'
  const recoverOf = (id: string) => `mutation { recoverStaff(id: "${id}") { ... on StaffLink { link } } }`
  const isOpen = async (link: string) => (await new Visitor(app).get(pathOf(link))).status === 200
  const linkBy = async (visitor: Visitor, mutation: string): Promise<string> => {
    const { data } = await visitor.ask(mutation)
    return (data.inviteStaff ?? data.recoverStaff).link
  }

  test('end with her: neither an invitation nor a way back is left as a back door', async () => {
    const bad = await joined(app, { role: 'administrator' })
    const victim = await joined(app, { role: 'supervisor' })
    const door = await linkBy(bad.visitor, inviteTo(CITY))
    const back = await linkBy(bad.visitor, recoverOf(await idOf(victim.email)))
    const { headers } = await administrator()
    const others = (await app.ask(inviteTo(CITY), {}, headers)).data.inviteStaff.link
    for (const link of [door, back, others]) expect(await isOpen(link)).toBe(true)

    await app.ask(DISMISS, { id: await idOf(bad.email) }, headers)
    expect(await isOpen(others)).toBe(true)
    for (const link of [door, back]) expect(await isOpen(link)).toBe(false)
    expect((await new Visitor(app).post(pathOf(door), { name: 'Back', password: NEW })).status).toBe(404)
    expect((await new Visitor(app).post(pathOf(back), { password: NEW })).status).toBe(404)
    expect((await victim.visitor.ask('{ viewer { email } }')).data.viewer).toEqual({ email: victim.email })
  })

  test('end where she administers no more, and stay where she does', async () => {
    const two = await joined(app, { role: 'administrator' })
    const more = await inviteFromConsole(app.db, { email: two.email, role: 'administrator', organization: REGION }, NOW)
    await two.visitor.post(`/invitation/${more}`, {})
    const [city, region] = [await linkBy(two.visitor, inviteTo(CITY)), await linkBy(two.visitor, inviteTo(REGION))]
    const victim = await joined(app, { organization: REGION })
    const back = await linkBy(two.visitor, recoverOf(await idOf(victim.email)))
    await app.ask(DISMISS, { id: await idOf(two.email) }, (await administrator(CITY)).headers)
    expect([await isOpen(city), await isOpen(region), await isOpen(back)]).toEqual([false, true, false])
    // What is taken elsewhere does not touch it: the role by which she made it stays.
    const { visitor, email } = await joined(app, { role: 'administrator' })
    await visitor.post(`/invitation/${await inviteFromConsole(app.db, { email, role: 'editor', organization: REGION }, NOW)}`, {})
    const link = await linkBy(visitor, inviteTo(CITY))
    await app.ask(DISMISS, { id: await idOf(email) }, (await administrator(REGION)).headers)
    expect(await isOpen(link)).toBe(true)
    await app.ask(DISMISS, { id: await idOf(email) }, (await administrator(CITY)).headers)
    expect(await isOpen(link)).toBe(false)
  })

  test('end all with one of the whole installation who keeps a role of less', async () => {
    const { visitor, email } = await joined(app, { role: 'administrator' })
    const id = await idOf(email)
    const all = await app.db.membership.create({ data: { memberId: id, organizationId: null, role: 'ADMINISTRATOR' } })
    const links = [await linkBy(visitor, inviteTo(null)), await linkBy(visitor, inviteTo(REGION))]
    const stays = await linkBy(visitor, inviteTo(CITY))
    // No door takes this one role alone: one of the whole installation takes all of them.
    await app.db.$transaction(async (tx) => {
      await tx.membership.delete({ where: { id: all.id } })
      const left = await tx.membership.findMany({ where: { memberId: id }, select: { organizationId: true, role: true } })
      await endLinksOf(tx, id, { taken: [{ organizationId: null, role: 'ADMINISTRATOR' }], left })
    })
    for (const link of links) expect(await isOpen(link)).toBe(false)
    expect(await isOpen(stays)).toBe(true)
    await app.ask(DISMISS, { id }, (await chief()).headers)
    expect(await isOpen(stays)).toBe(false)
  })

  test('are none when she is dismissed at the moment at which she makes one', async () => {
    const { viewer, headers } = await administrator()
    const dismissing = await app.sql.connect()
    try {
      await dismissing.query('BEGIN')
      await dismissing.query('DELETE FROM "membership" WHERE "member_id" = $1', [viewer.id])
      const asked = app.ask(inviteTo(CITY), {}, headers)
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      await expect.poll(async () => (await app.sql.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1)
      await dismissing.query('COMMIT')
      expect((await asked).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    } finally {
      dismissing.release()
    }
    expect(await app.db.invitation.count({ where: { invitedBy: viewer.actor } })).toBe(0)
  })
})

describe('the keys of other systems', () => {
  const LIST = '{ tokens { id name role organization { slug } scopes expiresAt lastUsedAt revokedAt } }'
  const REVOKE = 'mutation ($id: ID!) { revokeToken(id: $id) { __typename ... on ApiToken { id revokedAt } } }'
  const made = (organization: string, name: string) =>
    makeToken(app.db, { role: 'supervisor', organization, days: '30', scopes: 'read,write', name }, NOW)

  test('are listed where one administers, without what makes them keys', async () => {
    const { token, row } = await made(CITY, 'Statistics of the city')
    await made(REGION, 'Statistics of the region')
    const { headers } = await administrator()
    const { data } = await app.ask(LIST, {}, headers)
    expect(data.tokens.find(({ id }: { id: string }) => id === row.id)).toEqual({
      id: row.id,
      name: 'Statistics of the city',
      role: 'SUPERVISOR',
      organization: { slug: CITY },
      scopes: ['READ', 'WRITE'],
      expiresAt: daysOn(30),
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(new Set(data.tokens.map(({ organization }: { organization: { slug: string } }) => organization.slug))).toEqual(new Set([CITY]))
    expect(JSON.stringify(data)).not.toContain(token.slice(17))
    const { headers: ofAll } = await chief()
    const all = (await app.ask(LIST, {}, ofAll)).data.tokens.map(({ name }: { name: string }) => name)
    expect(all).toEqual(expect.arrayContaining(['Statistics of the city', 'Statistics of the region']))
  })

  test('are revoked at once, and only where one administers', async () => {
    const { token, row } = await made(CITY, 'To be revoked')
    const revoke = async (id: string, headers: Record<string, string>) => (await app.ask(REVOKE, { id }, headers)).data.revokeToken
    const { headers: foreign } = await administrator(REGION)
    for (const id of [row.id, 'aaaaaaaaaaaa', token]) expect(await revoke(id, foreign)).toEqual({ __typename: 'NotFound' })
    const who = () => app.ask('{ viewer { name } }', {}, { authorization: `Bearer ${token}` })
    expect((await who()).status).toBe(200)

    const { viewer, headers } = await administrator()
    expect(await revoke(row.id, headers)).toEqual({ __typename: 'ApiToken', id: row.id, revokedAt: NOW.toISOString() })
    expect((await who()).status).toBe(401)
    app.setTime(new Date(NOW.getTime() + 1_000))
    expect(await revoke(row.id, headers)).toMatchObject({ revokedAt: NOW.toISOString() })
    expect(await app.db.auditEvent.count({ where: { action: 'token.revoked', actor: viewer.actor } })).toBe(1)
  })

  test('are nobody else’s, and end no others', async () => {
    const { row } = await made(CITY, 'Stays')
    const { token } = await makeToken(app.db, { role: 'administrator', organization: CITY, days: '3', scopes: 'read,write' }, NOW)
    const { errors } = await app.ask(REVOKE, { id: row.id }, { authorization: `Bearer ${token}` })
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    for (const role of ['AGENT', 'SUPERVISOR', 'EDITOR', 'PARTNER'] as const) {
      const { headers } = await staff(app, { role })
      expect((await app.ask(LIST, {}, headers)).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })
})
