import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { waiting } from '../testing/desk.ts'
import { plainText } from '../testing/pages.ts'
import { type Person, startProvider, type TestProvider } from '../testing/provider.ts'
import { codeOf, joined, PASSWORD, secretOf, staff } from '../testing/staff.ts'
import { closeDemonstration, openDemonstration } from './actions/demonstration.ts'
import { inviteFromConsole } from './actions/invitations.ts'
import { recoverFromConsole } from './actions/recovery.ts'

const CITY = 'ville-de-liege'
const REGION = 'service-public-de-wallonie'
const NEW = 'une autre suite de mots'
const WHO = '{ viewer { id name email languages memberships { role organization { slug } } } }'
const LEA: Person = { sub: 'lea-1', email: 'lea@liege.example', verified: true, name: 'Léa Servais' }

let provider: TestProvider
let app: TestApp
beforeAll(async () => {
  provider = await startProvider(`${ORIGIN}/sign-in/provider/callback/liege`, LEA)
  const { issuer, clientSecret } = provider
  app = await createTestApp({
    providers: [{ id: 'liege', label: 'Ville de Liège', organization: CITY, clientId: 'passerelle', issuer, clientSecret }],
  })
})
beforeEach(async () => {
  app.setTime(NOW)
  await app.resetLimits()
})
afterAll(async () => {
  await app.close()
  await provider.close()
})

const invite = (email: string, role = 'agent', organization = CITY) => inviteFromConsole(app.db, { email, role, organization }, NOW)
const memberOf = (email: string) => app.db.staffMember.findUniqueOrThrow({ where: { email } })
const actionsOf = async (id: string) =>
  (await app.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })).map(({ action }) => action)
const who = async (visitor: Visitor) => (await visitor.ask(WHO)).data.viewer
async function dismiss(email: string, organization = CITY): Promise<string> {
  const { headers } = await staff(app, { role: 'ADMINISTRATOR', organization })
  const { id } = await memberOf(email)
  const { data } = await app.ask('mutation ($id: ID!) { dismissStaff(id: $id) { __typename } }', { id }, headers)
  expect(data.dismissStaff.__typename).toBe('StaffMember')
  return id
}

describe('who was dismissed and is invited again', () => {
  test('comes as if for the first time: another password, another second factor, and what the invitation says', async () => {
    const { email, secret, backupCodes } = await joined(app, { role: 'supervisor' })
    const { id: lineId } = await app.db.line.findFirstOrThrow({ where: { organization: { slug: CITY } } })
    const { id, name } = await memberOf(email)
    await app.db.staffMember.update({ where: { id }, data: { languages: ['NL'], lines: { create: { lineId } } } })
    const begun = new Visitor(app)
    await begun.post('/sign-in', { email, password: PASSWORD })
    const link = await recoverFromConsole(app.db, { email }, NOW)
    await dismiss(email)

    const invitation = await invite(email, 'editor', REGION)
    const back = new Visitor(app)
    const seen = await back.get(`/invitation/${invitation}`, { 'accept-language': 'en' })
    expect(plainText(seen.page)).not.toContain('You have an account already')
    expect(seen.page).toContain('type="password"')
    expect((await back.post(`/invitation/${invitation}`, { name: 'Inès', password: 'short' })).status).toBe(422)
    expect(await memberOf(email)).toMatchObject({ id, disabledAt: NOW })
    const half = await back.post(`/invitation/${invitation}`, { name: 'Inès', password: NEW })
    expect(half.path).toBe('/account/second-factor')
    expect(secretOf(half.page)).not.toBe(secret)
    expect(await who(back)).toBeNull()

    // Nothing from before lets anybody in.
    expect((await new Visitor(app).post('/sign-in', { email, password: PASSWORD })).status).toBe(422)
    for (const code of [codeOf(secret, 1), backupCodes[0] as string]) {
      expect((await begun.post('/sign-in/code', { code })).status).toBe(422)
    }
    expect((await new Visitor(app).get(`/account/recovery/${link}`)).status).toBe(404)

    await back.post('/account/second-factor', { code: codeOf(secretOf(half.page)) })
    const memberships = [{ role: 'EDITOR', organization: { slug: REGION } }]
    const { id: now } = await memberOf(email)
    expect(await who(back)).toEqual({ id: now, name: 'Inès', email, languages: [], memberships })
    expect(await actionsOf(now)).toEqual(['staff.joined', 'staff.second_factor_set', 'staff.signed_in'])
    // Whoever has the address now, she is another member: nothing that the first one did is hers.
    expect(now).not.toBe(id)
    expect((await actionsOf(id)).slice(-2)).toEqual(['staff.dismissed', 'staff.address_freed'])
    const first = { lines: true, accounts: true, secondFactors: true, memberships: true, sessions: true, recoveries: true } as const
    const empty = { lines: [], accounts: [], secondFactors: [], memberships: [], sessions: [], recoveries: [] }
    expect(await app.db.staffMember.findUnique({ where: { id }, include: first })).toMatchObject({
      ...empty,
      name,
      email: `${id}@dismissed.invalid`,
      disabledAt: NOW,
    })
    expect((await new Visitor(app).get(`/invitation/${invitation}`)).status).toBe(404)
  })

  test('comes once, of twenty who use the invitation at once', async () => {
    const { email } = await joined(app)
    const id = await dismiss(email)
    const link = await invite(email)
    const tries = Array.from({ length: 20 }, (_one, index) =>
      app.access.join(link, { email: '', name: `No ${index}`, password: `${NEW} ${index}` }, null),
    )
    expect((await Promise.all(tries)).filter((one) => typeof one === 'object')).toHaveLength(1)
    const { id: now } = await memberOf(email)
    expect(await app.db.membership.count({ where: { memberId: now } })).toBe(1)
    expect((await actionsOf(id)).filter((action) => action === 'staff.address_freed')).toHaveLength(1)
    expect(await app.db.staffAccount.findMany({ where: { userId: { in: [id, now] } } })).toMatchObject([{ userId: now }])
  })

  test('is somebody else in the trail, when the address is', async () => {
    const email = 'accueil@liege.example'
    const first = await joined(app, { email })
    const { name } = await memberOf(email)
    const { id: request } = await waiting(app, { phone: '0470 99 00 11' })
    const claim = `mutation { claimCallback(id: "${request}") { __typename } }`
    expect((await first.visitor.ask(claim)).data.claimCallback.__typename).toBe('CallbackRequest')
    await dismiss(email)
    await new Visitor(app).post(`/invitation/${await invite(email)}`, { name: 'Nadia la Nouvelle', password: NEW })
    const { headers } = await staff(app, { role: 'SUPERVISOR' })
    const events = '($id: ID!) { auditEvents(filter: { request: $id, action: "callback.claimed" }) { edges { node { actorName } } } }'
    const { data } = await app.ask(`query ${events}`, { id: request }, headers)
    expect(data.auditEvents.edges).toEqual([{ node: { actorName: name } }])
  })

  test('can be so again and again', async () => {
    const email = 'again@liege.example'
    await joined(app, { email })
    for (const name of ['Second', 'Third']) {
      await dismiss(email)
      expect((await new Visitor(app).post(`/invitation/${await invite(email)}`, { name, password: NEW })).path).toBe(
        '/account/second-factor',
      )
    }
    expect(await memberOf(email)).toMatchObject({ name: 'Third', disabledAt: null })
  })

  test('does not come by an invitation from before, but by another organization’s', async () => {
    const { email } = await joined(app)
    const before = await invite(email, 'supervisor')
    const elsewhere = await invite(email, 'agent', REGION)
    await dismiss(email)
    expect((await new Visitor(app).get(`/invitation/${before}`)).status).toBe(404)
    expect((await new Visitor(app).post(`/invitation/${elsewhere}`, { name: 'Back', password: NEW })).path).toBe('/account/second-factor')
  })

  test('has no role left that was not taken from her', async () => {
    const { email } = await joined(app, { role: 'administrator' })
    const { id } = await memberOf(email)
    await app.db.staffMember.update({ where: { id }, data: { disabledAt: NOW } })
    const link = await invite(email, 'partner', REGION)
    await new Visitor(app).post(`/invitation/${link}`, { name: 'Back', password: NEW })
    expect(await app.db.membership.findMany({ where: { member: { email } }, select: { role: true } })).toEqual([{ role: 'PARTNER' }])
    expect(await app.db.membership.count({ where: { memberId: id } })).toBe(0)
  })

  test('is nobody of the demonstration', async () => {
    await openDemonstration(app.db, NOW)
    await closeDemonstration(app.db, NOW)
    const email = 'ana@liege.example'
    const link = await invite(email, 'administrator')
    await new Visitor(app).post(`/invitation/${link}`, { name: 'Thief', password: NEW })
    expect(await app.access.join(link, { email: '', name: 'Thief', password: NEW }, null)).toBe('taken')
    expect((await memberOf(email)).disabledAt).toEqual(NOW)
    expect((await new Visitor(app).post('/sign-in', { email, password: NEW })).status).toBe(422)
  })

  const enter = async (person = LEA) => {
    provider.person = person
    const visitor = new Visitor(app)
    const left = await visitor.once('/sign-in/with/liege')
    const back = await provider.walk(left.headers.get('location') as string)
    return { visitor, ...(await visitor.get(`${back.pathname}${back.search}`, { 'sec-fetch-site': 'cross-site' })) }
  }

  test('comes by her organization’s provider, too, once it awaits her, and is the same person to it and to us', async () => {
    await invite(LEA.email, 'supervisor')
    expect((await enter()).path).toBe('/desk')
    const id = await dismiss(LEA.email)
    expect((await enter()).path).toBe('/sign-in?failed=provider')
    // Another organization's invitation is not for this provider to vouch for.
    await invite(LEA.email, 'agent', REGION)
    expect((await enter()).path).toBe('/sign-in?failed=provider')
    expect((await memberOf(LEA.email)).disabledAt).toEqual(NOW)

    await invite(LEA.email)
    const again = await enter()
    expect([again.status, again.path]).toEqual([200, '/desk'])
    expect(await who(again.visitor)).toMatchObject({ id, memberships: [{ role: 'AGENT', organization: { slug: CITY } }] })
    expect((await actionsOf(id)).slice(-4)).toEqual(['staff.dismissed', 'staff.returned', 'staff.joined', 'staff.signed_in'])
    expect((await enter()).path).toBe('/desk')
  })

  test('is not she whom the provider knows by another subject, at the same address', async () => {
    const max: Person = { sub: 'max-1', email: 'max@liege.example', verified: true, name: 'Max Petit' }
    const other = { ...max, sub: 'max-2', name: 'Max Grand' }
    await invite(max.email)
    expect((await enter(max)).path).toBe('/desk')
    const id = await dismiss(max.email)
    expect((await enter(other)).path).toBe('/sign-in?failed=provider')
    expect(await memberOf(max.email)).toMatchObject({ id, name: 'Max Petit' })

    await invite(max.email)
    // An address that the provider has not verified makes nobody room.
    expect((await enter({ ...other, verified: false })).path).toBe('/sign-in?failed=provider')
    expect(await memberOf(max.email)).toMatchObject({ id })
    expect((await enter(other)).path).toBe('/desk')
    const { id: now, name } = await memberOf(max.email)
    expect([now === id, name]).toEqual([false, 'Max Grand'])
    expect(await app.db.staffMember.findUnique({ where: { id } })).toMatchObject({ name: 'Max Petit', email: `${id}@dismissed.invalid` })
    expect((await enter(max)).path).toBe('/sign-in?failed=provider')
  })

  test('goes over from a password to the provider that way, and back', async () => {
    const person: Person = { sub: 'eve-1', email: 'eve@liege.example', verified: true, name: 'Ève Noël' }
    await joined(app, { email: person.email })
    await invite(person.email, 'supervisor')
    // While she has a password here, the provider's word is not enough.
    expect((await enter(person)).path).toBe('/sign-in?failed=provider')
    const first = await dismiss(person.email)
    expect((await enter(person)).path).toBe('/sign-in?failed=provider')
    await invite(person.email)
    const by = await enter(person)
    expect(by.path).toBe('/desk')
    const { id: second } = await memberOf(person.email)
    expect(second).not.toBe(first)
    expect(await who(by.visitor)).toMatchObject({ id: second, memberships: [{ role: 'AGENT' }] })
    expect((await new Visitor(app).post('/sign-in', { email: person.email, password: PASSWORD })).status).toBe(422)

    await dismiss(person.email)
    await new Visitor(app).post(`/invitation/${await invite(person.email)}`, { name: 'Ève', password: NEW })
    expect((await memberOf(person.email)).id).not.toBe(second)
    expect((await enter(person)).path).toBe('/sign-in?failed=provider')
    await dismiss(person.email)
    await invite(person.email)
    expect((await enter(person)).path).toBe('/desk')
  })
})
