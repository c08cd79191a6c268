import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { emptyDesk, waiting } from '../testing/desk.ts'
import { joined, staff } from '../testing/staff.ts'
import { inviteFromConsole } from './actions/invitations.ts'

const CITY = 'ville-de-liege'
const REGION = 'service-public-de-wallonie'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  await app.db.callbackRequest.updateMany({ data: { claimedById: null, claimedUntil: null, status: 'NEW' } })
  await app.db.staffMember.deleteMany()
})

const names = (rows: { name: string }[]) => rows.map(({ name }) => name)
const VIEWER = '{ viewer { id name email demonstration endsAt memberships { role organization { slug } } } }'

describe('who asks', () => {
  test('is nobody for the public', async () => {
    expect((await app.ask(VIEWER)).data.viewer).toBeNull()
  })

  test('is told her name and her roles', async () => {
    const { viewer, headers } = await staff(app, { role: 'AGENT', name: 'Ada' })
    const { data } = await app.ask(VIEWER, {}, headers)
    expect(data.viewer).toMatchObject({ id: viewer.id, name: 'Ada', memberships: [{ role: 'AGENT', organization: { slug: CITY } }] })
  })
})

test('what was answered to who showed a cookie or a token is kept by nobody', async () => {
  const { headers } = await staff(app)
  const get = async (more: Record<string, string>) => {
    const answer = await app.fetch(`/graphql?query=${encodeURIComponent('{ viewer { name } }')}`, {
      headers: { accept: 'application/json', ...more },
    })
    return answer.headers.get('cache-control')
  }
  expect(await get({})).toBe('public, max-age=60')
  expect(await get({ ...headers, cookie: 'passerelle.session_token=x' })).toBe('no-store')
  expect(await get({ authorization: 'Bearer psl_x' })).toBe('no-store')
})

describe('a supervisor', () => {
  test('sees those who call in her organization, by name, without their addresses', async () => {
    const { headers } = await staff(app, { role: 'SUPERVISOR', name: 'Zoé' })
    await staff(app, { name: 'Ada' })
    await staff(app, { role: 'EDITOR', name: 'Éric' })
    await staff(app, { organization: REGION, name: 'Nora' })
    const { data } = await app.ask('{ colleagues { name memberships { role } } }', {}, headers)
    expect(names(data.colleagues)).toEqual(['Ada', 'Zoé'])
    const { errors } = await app.ask('{ colleagues { email } }', {}, headers)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  const SET = `mutation ($id: ID!, $input: StaffSkillsInput!) { setStaffSkills(id: $id, input: $input) {
    __typename ... on StaffMember { languages } ... on InvalidInput { problems { path code } } } }`

  test('sets for which of her lines somebody calls, and in which languages', async () => {
    const { headers } = await staff(app, { role: 'SUPERVISOR' })
    const { viewer } = await staff(app)
    const { data } = await app.ask(SET, { id: viewer.id, input: { lines: ['liege-solidaire'], languages: ['FR', 'DE', 'FR'] } }, headers)
    expect(data.setStaffSkills).toEqual({ __typename: 'StaffMember', languages: ['FR', 'DE'] })
    expect(await app.db.staffLine.count({ where: { memberId: viewer.id } })).toBe(1)
  })

  test('neither sets a line of another organization nor reaches its staff', async () => {
    const { headers } = await staff(app, { role: 'SUPERVISOR' })
    const { viewer: own } = await staff(app)
    const { viewer: foreign } = await staff(app, { organization: REGION })
    const set = async (id: string, lines: string[]) =>
      (await app.ask(SET, { id, input: { lines, languages: [] } }, headers)).data.setStaffSkills
    expect(await set(own.id, ['1718'])).toMatchObject({
      __typename: 'InvalidInput',
      problems: [{ path: ['input', 'lines', '0'], code: 'unknown' }],
    })
    for (const id of [foreign.id, randomUUID(), 'nobody']) expect(await set(id, [])).toEqual({ __typename: 'NotFound' })
    expect(await app.db.staffLine.count()).toBe(0)
  })
})

describe('an administrator', () => {
  const DISMISS =
    'mutation ($id: ID!) { dismissStaff(id: $id) { __typename ... on StaffMember { disabledAt } ... on UserError { message } } }'

  test('sees the staff of her organization, the dismissed ones too', async () => {
    const { headers } = await staff(app, { role: 'ADMINISTRATOR', name: 'Zoé' })
    const { viewer } = await staff(app, { name: 'Ada' })
    await staff(app, { organization: REGION, name: 'Nora' })
    await app.db.staffMember.update({ where: { id: viewer.id }, data: { disabledAt: NOW } })
    const { data } = await app.ask('{ staff { name email disabledAt } }', {}, headers)
    expect(names(data.staff)).toEqual(['Ada', 'Zoé'])
    expect(data.staff[0].email).toMatch(/@/)
  })

  test('of the whole installation sees everybody', async () => {
    const { viewer, headers } = await staff(app, { role: 'ADMINISTRATOR', name: 'Zoé' })
    await staff(app, { organization: REGION, name: 'Nora' })
    app.viewers.set(viewer.id, { ...viewer, memberships: [{ organizationId: null, role: 'ADMINISTRATOR' }] })
    expect(names((await app.ask('{ staff { name } }', {}, headers)).data.staff)).toEqual(['Nora', 'Zoé'])
  })

  test('dismisses: sessions end, and what she held is free for others', async () => {
    const { headers } = await staff(app, { role: 'ADMINISTRATOR' })
    const { viewer } = await staff(app)
    await app.db.staffSession.create({ data: { token: randomUUID(), expiresAt: NOW, userId: viewer.id } })
    const reference = await requestCallback(app, { phone: '0470 55 55 01' })
    const data = { status: 'CLAIMED', claimedById: viewer.id, claimedAt: NOW, claimedUntil: new Date(NOW.getTime() + 60_000) } as const
    await app.db.callbackRequest.update({ where: { reference }, data })
    const answer = await app.ask(DISMISS, { id: viewer.id }, headers)
    expect(answer.data.dismissStaff).toEqual({ __typename: 'StaffMember', disabledAt: NOW.toISOString() })
    expect(await app.db.staffSession.count({ where: { userId: viewer.id } })).toBe(0)
    expect(await app.db.callbackRequest.findUnique({ where: { reference } })).toMatchObject({ status: 'NEW', claimedById: null })
    expect(await app.db.auditEvent.count({ where: { action: 'staff.dismissed', subjectId: viewer.id } })).toBe(1)
  })

  test('takes away only what is hers: who works elsewhere too stays there', async () => {
    const { headers } = await staff(app, { role: 'ADMINISTRATOR' })
    const { viewer } = await staff(app)
    const region = await app.db.organization.findUniqueOrThrow({ where: { slug: REGION } })
    await app.db.membership.create({ data: { memberId: viewer.id, organizationId: region.id, role: 'AGENT' } })
    const { data } = await app.ask(DISMISS, { id: viewer.id }, headers)
    expect(data.dismissStaff).toEqual({ __typename: 'StaffMember', disabledAt: null })
    expect(await app.db.membership.findMany({ where: { memberId: viewer.id } })).toMatchObject([{ organizationId: region.id }])
  })

  test('takes the lines of her organization with the roles: who stays elsewhere calls there for what she called for, or for all', async () => {
    const { visitor, email } = await joined(app, { organization: REGION })
    const link = await inviteFromConsole(app.db, { email, role: 'agent', organization: CITY }, NOW)
    await visitor.post(`/invitation/${link}`, {})
    const { id } = await app.db.staffMember.findUniqueOrThrow({ where: { email } })
    const region = await staff(app, { role: 'ADMINISTRATOR', organization: REGION })
    const set = `mutation { setStaffSkills(id: "${id}", input: { lines: ["1718"], languages: [] }) { __typename } }`
    expect((await app.ask(set, {}, region.headers)).data.setStaffSkills.__typename).toBe('StaffMember')

    // Which lines were set in one organization says nothing of another one's.
    const next = async () => (await visitor.ask('mutation { claimNextCallback { __typename ... on CallbackRequest { id } } }')).data
    await emptyDesk(app)
    const { id: request } = await waiting(app, { phone: '0470 99 00 22' })
    expect((await next()).claimNextCallback).toEqual({ __typename: 'CallbackRequest', id: request })
    await emptyDesk(app)
    await waiting(app, { phone: '0470 99 00 23', line: '1719' })
    expect((await next()).claimNextCallback).toEqual({ __typename: 'NothingWaiting' })

    await app.ask(DISMISS, { id }, region.headers)
    expect(await app.db.staffLine.count({ where: { memberId: id } })).toBe(0)
    const { id: another } = await waiting(app, { phone: '0470 99 00 24' })
    expect((await next()).claimNextCallback).toEqual({ __typename: 'CallbackRequest', id: another })
  })

  test('leaves the lines that were set elsewhere', async () => {
    const { headers } = await staff(app, { role: 'ADMINISTRATOR' })
    const lines = await app.db.line.findMany({ where: { slug: { in: ['liege-solidaire', '1718'] } } })
    const { viewer } = await staff(app, { lineIds: lines.map(({ id }) => id) })
    const region = await app.db.organization.findUniqueOrThrow({ where: { slug: REGION } })
    await app.db.membership.create({ data: { memberId: viewer.id, organizationId: region.id, role: 'AGENT' } })
    await app.ask(DISMISS, { id: viewer.id }, headers)
    const left = await app.db.staffLine.findMany({ where: { memberId: viewer.id }, select: { line: { select: { slug: true } } } })
    expect(left).toEqual([{ line: { slug: '1718' } }])
  })

  test('does not dismiss herself, nor anybody of another organization', async () => {
    const { viewer, headers } = await staff(app, { role: 'ADMINISTRATOR' })
    const { viewer: foreign } = await staff(app, { organization: REGION })
    const dismiss = async (id: string) => (await app.ask(DISMISS, { id }, headers)).data.dismissStaff.__typename
    expect(await dismiss(viewer.id)).toBe('Conflict')
    expect([await dismiss(foreign.id), await dismiss(randomUUID()), await dismiss('nobody')]).toEqual(['NotFound', 'NotFound', 'NotFound'])
    expect(await app.db.membership.count()).toBe(2)
  })
})
