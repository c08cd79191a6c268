import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { plainText, summaryOf } from '../testing/pages.ts'
import { codeOf, joined, PASSWORD, secretOf, signIn } from '../testing/staff.ts'
import { closeDemonstration, openDemonstration } from './actions/demonstration.ts'
import { inviteFirst, inviteFromConsole } from './actions/invitations.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD } from './rules/demonstration.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  app.setTime(NOW)
  await app.resetLimits()
})
afterAll(() => app.close())

const hoursOn = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)
const agent = (email: string) => inviteFromConsole(app.db, { email, role: 'agent', organization: 'ville-de-liege' }, NOW)
/** As if no start had told one just now. */
async function firstLink(now: Date): Promise<string> {
  await app.db.invitation.updateMany({ where: { email: null }, data: { createdAt: new Date(now.getTime() - 60_000) } })
  const made = await inviteFirst(app.db, now)
  if (made === null || made === 'TOLD') throw new Error(`No link: ${made}`)
  return made.secret
}
const WHO = '{ viewer { email memberships { role organization { slug } } } }'

describe('an invitation', () => {
  test('stands in the database as a hash, and in the trail without an address', async () => {
    const link = await agent('hash@liege.example')
    const row = await app.db.invitation.findFirstOrThrow({ where: { email: 'hash@liege.example' } })
    expect(JSON.stringify(row)).not.toContain(link)
    expect(row.expiresAt).toEqual(hoursOn(7 * 24))
    const [event] = await app.db.auditEvent.findMany({ where: { subjectId: row.id } })
    expect(event).toMatchObject({ actor: 'system', action: 'staff.invited' })
  })

  test('makes one member of twenty who use it at once', async () => {
    const email = 'twenty@liege.example'
    const link = await agent(email)
    const results = await Promise.all(
      Array.from({ length: 20 }, (_one, index) => app.access.join(link, { email: '', name: `No ${index}`, password: PASSWORD }, null)),
    )
    expect(results.filter((one) => typeof one === 'object')).toHaveLength(1)
    expect(await app.db.staffMember.count({ where: { email } })).toBe(1)
    expect(await app.db.membership.count({ where: { member: { email } } })).toBe(1)
  })

  test('without an address makes one administrator of twenty addresses', async () => {
    const link = await firstLink(NOW)
    const results = await Promise.all(
      Array.from({ length: 20 }, (_one, index) =>
        app.access.join(link, { email: `first-${index}@liege.example`, name: `No ${index}`, password: PASSWORD }, null),
      ),
    )
    expect(results.filter((one) => typeof one === 'object')).toHaveLength(1)
    expect(await app.db.staffMember.count({ where: { email: { startsWith: 'first-' } } })).toBe(1)
    expect(await inviteFirst(app.db, NOW)).toBeNull()
    // Dismissed, she is none any more.
    await app.db.staffMember.updateMany({ where: { email: { startsWith: 'first-' } }, data: { disabledAt: NOW } })
    expect(await firstLink(NOW)).toMatch(/^[\w-]{43}$/)
  })

  test('to the first administrator is good for a day, and a later start makes another', async () => {
    await app.db.invitation.deleteMany({ where: { email: null } })
    const first = await firstLink(NOW)
    const minute = new Date(NOW.getTime() + 60_000)
    const second = await firstLink(minute)
    expect((await new Visitor(app).get(`/invitation/${first}`)).status).toBe(404)
    expect((await new Visitor(app).get(`/invitation/${second}`)).status).toBe(200)
    app.setTime(new Date(minute.getTime() + 86_400_000))
    expect((await new Visitor(app).get(`/invitation/${second}`)).status).toBe(404)
  })

  test('to the first administrator is one for all processes that start together, and it works', async () => {
    await app.db.invitation.deleteMany({ where: { email: null } })
    const told = await Promise.all(Array.from({ length: 8 }, (_one, index) => inviteFirst(app.db, new Date(NOW.getTime() + index))))
    const links = told.flatMap((one) => (one !== null && one !== 'TOLD' ? [one.secret] : []))
    expect([links.length, told.filter((one) => one === 'TOLD').length]).toEqual([1, 7])
    expect((await new Visitor(app).get(`/invitation/${links[0]}`)).status).toBe(200)
    expect(await inviteFirst(app.db, new Date(NOW.getTime() + 59_000))).toBe('TOLD')
  })

  test('is over after seven days, once it was used, and when it never was', async () => {
    const link = await agent('late@liege.example')
    app.setTime(new Date(hoursOn(7 * 24).getTime() - 1))
    expect((await new Visitor(app).get(`/invitation/${link}`)).status).toBe(200)
    app.setTime(hoursOn(7 * 24))
    const late = new Visitor(app)
    const seen = await late.post(`/invitation/${link}`, { name: 'Late', password: PASSWORD })
    expect(seen.status).toBe(404)
    expect(await app.db.staffMember.count({ where: { email: 'late@liege.example' } })).toBe(0)
    app.setTime(NOW)
    await late.post(`/invitation/${link}`, { name: 'Late', password: PASSWORD })
    expect((await new Visitor(app).get(`/invitation/${link}`)).status).toBe(404)
    for (const made of ['x', 'A'.repeat(43), '..%2Faccount']) expect((await new Visitor(app).get(`/invitation/${made}`)).status).toBe(404)
  })

  test('tells what is wrong with what was filled in, at its field', async () => {
    const link = await firstLink(NOW)
    const send = (fields: Record<string, string>) => new Visitor(app).post(`/invitation/${link}`, fields, { 'accept-language': 'en' })
    const empty = await send({})
    expect(empty.status).toBe(422)
    expect(summaryOf(empty.page)).toEqual(['#name', '#email', '#password'])
    const of = async (password: string) =>
      plainText((await send({ name: 'Zoé', email: 'zoe.martin@liege.example', password })).page).replace(/\s+/g, ' ')
    expect(await of('short')).toContain('It is too short.')
    expect(await of('x'.repeat(201))).toContain('It is too long.')
    expect(await of('zoe.martin loves')).toContain('must not contain your e-mail')
    expect(await of('Password1234!')).toContain('Too many people')
    expect(await of('111111111111')).toContain('Too many people')
    const kept = await send({ name: '<b>Zoé', email: 'zoe.martin@liege.example', password: 'short' })
    expect(kept.page).toContain('value="&lt;b&gt;Zoé"')
    expect(kept.page).not.toContain('value="short"')
  })

  test('to somebody who is known gives her one role more, once she has signed in', async () => {
    const { visitor, email } = await joined(app)
    const link = await inviteFromConsole(app.db, { email, role: 'editor', organization: 'service-public-de-wallonie' }, NOW)
    const stranger = new Visitor(app)
    const seen = await stranger.get(`/invitation/${link}`, { 'accept-language': 'en' })
    expect(plainText(seen.page)).toContain('You have an account already')
    expect(seen.page).toContain(`/sign-in?next=${encodeURIComponent(`/invitation/${link}`)}`)
    expect((await stranger.post(`/invitation/${link}`, { name: 'Thief', password: PASSWORD })).status).toBe(200)
    expect(await app.db.invitation.count({ where: { email, usedAt: null } })).toBe(1)

    const other = await joined(app)
    expect((await other.visitor.post(`/invitation/${link}`, {})).status).toBe(403)
    expect((await visitor.get(`/invitation/${link}`)).status).toBe(200)
    await visitor.post(`/invitation/${link}`, {})
    expect((await visitor.ask(WHO)).data.viewer.memberships).toEqual([
      { role: 'AGENT', organization: { slug: 'ville-de-liege' } },
      { role: 'EDITOR', organization: { slug: 'service-public-de-wallonie' } },
    ])
    expect((await visitor.get(`/invitation/${link}`)).status).toBe(404)
  })

  test('to the first administrator says which address does not do, and is still good for another one', async () => {
    await app.db.membership.deleteMany({ where: { organizationId: null } })
    const link = await firstLink(NOW)
    const visitor = new Visitor(app)
    const send = (email: string) => visitor.post(`/invitation/${link}?lang=en`, { name: 'Ada', email, password: PASSWORD })
    for (const [email, told] of [
      ['josé@liege.example', 'You cannot sign in with this address'],
      ['josé', 'This is no e-mail address'],
    ] as const) {
      const seen = await send(email)
      expect(seen.status).toBe(422)
      expect(plainText(seen.page)).toContain(told)
      expect(summaryOf(seen.page)).toHaveLength(1)
    }
    expect((await send("Ada.O'Neil@liege.example")).path).toContain('/account/second-factor')
    const last = new Visitor(app)
    expect((await last.post('/sign-in', { email: "ada.o'neil@liege.example", password: PASSWORD })).path).toBe('/account/second-factor')
  })

  test('tells nobody on the way from where somebody came', async () => {
    const link = await agent('referrer@liege.example')
    const { headers } = await new Visitor(app).get(`/invitation/${link}`)
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-.*form-action 'self'; frame-ancestors 'none'$/,
    )
  })

  test.each([
    [{}, /--email is missing/],
    [{ email: 'ana' }, /“ana” is no address/],
    [
      { email: 'r&d@liege.example', role: 'agent', organization: 'ville-de-liege' },
      /Nobody can sign in with the --email “r&d@liege.example”/,
    ],
    [{ email: 'ana@liege.example' }, /--role is missing/],
    [{ email: 'ana@liege.example', role: 'boss' }, /“boss” is not known: one of agent, supervisor/],
    [{ email: 'ana@liege.example', role: 'agent' }, /--organization is missing/],
    [{ email: 'ana@liege.example', role: 'agent', organization: 'nowhere' }, /no organization “nowhere”/],
  ])('is not made of %o', async (options, line) => {
    await expect(inviteFromConsole(app.db, options, NOW)).rejects.toThrow(line)
  })
})

describe('the accounts of the demonstration', () => {
  test('are let in with one click, without a second factor, and the page says what they are', async () => {
    await openDemonstration(app.db, NOW)
    await openDemonstration(app.db, NOW)
    const { page } = await new Visitor(app).get('/sign-in', { 'accept-language': 'en' })
    expect(plainText(page)).toContain('They exist on this machine only')
    for (const { email, role, organization } of DEMONSTRATION_ACCOUNTS) {
      expect(page).toContain(`value="${email}"`)
      const visitor = new Visitor(app)
      const [name, value] = (await signIn(app, { email })).split('=') as [string, string]
      visitor.cookies.set(name, value)
      expect((await visitor.ask(WHO)).data.viewer).toEqual({ email, memberships: [{ role, organization: { slug: organization } }] })
    }
  })

  test.each<[string, Record<string, string>]>([
    ['by another name', { host: 'aide.example.be' }],
    ['by another name on this machine’s port', { host: 'aide.example.be:4000' }],
    ['by a name that begins as this machine’s', { host: '127.0.0.1.example.be' }],
    ['for somebody, as a proxy says', { 'x-forwarded-for': '203.0.113.9' }],
    ['by https, as a proxy says', { 'x-forwarded-proto': 'https' }],
    ['for a host, as a proxy says', { 'x-forwarded-host': '127.0.0.1' }],
    ['forwarded, as the standard has it', { forwarded: 'for=127.0.0.1' }],
    ['by way of something', { via: '1.1 tunnel' }],
    ['for a real address', { 'x-real-ip': '127.0.0.1' }],
  ])('do not exist for what a proxy or a tunnel on this machine brings: %s', async (_what, from) => {
    await openDemonstration(app.db, NOW)
    await app.resetLimits()
    const cookie = await signIn(app)
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', cookie }
    const ask = async (headers: Record<string, string>) => (await app.ask(WHO, {}, headers)).data.viewer
    expect((await ask(own)).email).toBe('ana@liege.example')
    expect(await ask({ ...own, ...from })).toBeNull()

    const { page } = await new Visitor(app).get('/sign-in', from)
    expect(page).not.toContain(DEMONSTRATION_PASSWORD)
    for (const { email } of DEMONSTRATION_ACCOUNTS) expect(page).not.toContain(email)
    const sent = await new Visitor(app).once('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ email: 'ana@liege.example', password: DEMONSTRATION_PASSWORD }),
      headers: from,
    })
    expect([sent.status, sent.headers.getSetCookie()]).toEqual([422, []])
    const led = await app.fetch('/desk', { headers: { cookie, ...from } })
    expect([led.status, led.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fdesk'])
    expect((await app.fetch('/account', { headers: { cookie, ...from } })).status).toBe(303)
    // Others are who they are, whatever brings them.
    const { visitor, email } = await joined(app)
    expect((await ask({ ...own, cookie: visitor.cookie, ...from })).email).toBe(email)
  })

  test.each(['localhost', 'LOCALHOST:4000', '127.0.0.1', '127.1.2.3:80', '[::1]', '[::1]:4000'])(
    'are there for who asks this machine by its name %s',
    async (host) => {
      await openDemonstration(app.db, NOW)
      expect((await new Visitor(app).get('/sign-in', { host })).page).toContain(DEMONSTRATION_PASSWORD)
    },
  )

  test('are out at once where others can reach the server, and it is written down', async () => {
    await openDemonstration(app.db, NOW)
    const cookie = await signIn(app)
    await closeDemonstration(app.db, NOW)
    await closeDemonstration(app.db, NOW)
    expect((await app.ask(WHO, {}, { cookie })).data.viewer).toBeNull()
    await expect(signIn(app)).rejects.toThrow('422')
    const { id } = await app.db.staffMember.findUniqueOrThrow({ where: { email: 'ana@liege.example' } })
    expect(await app.db.auditEvent.count({ where: { subjectId: id, action: 'staff.disabled' } })).toBe(1)
    await openDemonstration(app.db, NOW)
    expect((await app.ask(WHO, {}, { cookie })).data.viewer).toBeNull()
    expect(await signIn(app)).toContain('session_token')
  })
})

describe('what lets nobody in any more', () => {
  test('is cleared: sessions, begun sign-ins, old invitations; what is good stays', async () => {
    const { visitor, email, secret } = await joined(app)
    await new Visitor(app).post('/sign-in', { email, password: PASSWORD })
    const link = await agent('stays@liege.example')
    await app.runJobsOnce()
    expect((await visitor.ask(WHO)).data.viewer.email).toBe(email)
    expect(await app.db.staffVerification.count()).toBeGreaterThan(0)
    expect((await new Visitor(app).get(`/invitation/${link}`)).status).toBe(200)

    app.setTime(hoursOn(1))
    await app.runJobsOnce()
    expect([await app.db.staffSession.count(), await app.db.staffVerification.count()]).toEqual([0, 0])
    app.setTime(hoursOn(24 * 38))
    await app.runJobsOnce()
    expect(await app.db.invitation.count({ where: { createdAt: { lte: NOW } } })).toBe(0)
    // The member and her second factor are none of that.
    app.setTime(NOW)
    const again = new Visitor(app)
    await again.post('/sign-in', { email, password: PASSWORD })
    await again.post('/sign-in/code', { code: codeOf(secret, 1) })
    expect((await again.ask(WHO)).data.viewer.email).toBe(email)
  })
})

test('setting up asks for the code of the key that was shown last', async () => {
  const link = await agent('shown@liege.example')
  const visitor = new Visitor(app)
  const { page } = await visitor.post(`/invitation/${link}`, { name: 'Shown', password: PASSWORD })
  expect((await visitor.post('/account/second-factor', { code: '000000' })).status).toBe(422)
  expect(secretOf((await visitor.get('/account/second-factor')).page)).toBe(secretOf(page))
})
