import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { plainText } from '../testing/pages.ts'
import { type Person, startProvider, type TestProvider } from '../testing/provider.ts'
import { joined } from '../testing/staff.ts'
import { inviteFromConsole } from './actions/invitations.ts'

const CALLBACK = '/sign-in/provider/callback/liege'
const LEA: Person = { sub: 'lea-1', email: 'lea@liege.example', verified: true, name: 'Léa Servais' }
const WHO = '{ viewer { name email memberships { role organization { slug } } } }'

let provider: TestProvider
let app: TestApp
beforeAll(async () => {
  provider = await startProvider(`${ORIGIN}${CALLBACK}`, LEA)
  const { issuer, clientSecret } = provider
  const common = { organization: 'ville-de-liege', clientId: 'passerelle', clientSecret }
  app = await createTestApp({
    providers: [
      { id: 'liege', label: 'Ville de Liège', issuer, ...common },
      // Nobody listens there.
      { id: 'away', label: 'Away', issuer: 'http://127.0.0.1:9', ...common },
    ],
  })
})
beforeEach(async () => {
  app.setTime(NOW)
  provider.person = LEA
  await app.resetLimits()
})
afterAll(async () => {
  await app.close()
  await provider.close()
})

/** From our page to the provider: where its answer leads back to. */
async function cameBack(visitor: Visitor, next = ''): Promise<URL> {
  const left = await visitor.once(`/sign-in/with/liege${next}`)
  expect(left.status).toBe(303)
  return provider.walk(left.headers.get('location') as string)
}
const enter = async (visitor: Visitor, next = '') => {
  const back = await cameBack(visitor, next)
  expect(back.origin).toBe(ORIGIN)
  return visitor.get(`${back.pathname}${back.search}`, { 'sec-fetch-site': 'cross-site', 'accept-language': 'en' })
}
const invite = (email: string, organization = 'ville-de-liege') => inviteFromConsole(app.db, { email, role: 'agent', organization }, NOW)

describe('an organization’s own sign-in', () => {
  test('lets in who was invited, and asks for no second factor of ours', async () => {
    const link = await invite(LEA.email)
    const lea = new Visitor(app)
    expect((await lea.get(`/invitation/${link}`)).page).toContain('/sign-in/with/liege')
    const asked = new URL((await lea.once('/sign-in/with/liege')).headers.get('location') as string)
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.searchParams.get(name)).toMatch(/^[\w-]{20,}$/)

    const seen = await enter(lea)
    // The browser says of the whole way from the provider that it is from elsewhere.
    expect([seen.status, seen.path]).toEqual([200, '/desk'])
    expect(seen.page).toContain('<passerelle-desk>')
    expect((await lea.ask(WHO)).data.viewer).toEqual({
      name: LEA.name,
      email: LEA.email,
      memberships: [{ role: 'AGENT', organization: { slug: 'ville-de-liege' } }],
    })
    expect((await lea.get(`/invitation/${link}`)).status).toBe(404)
    // What the provider gave us is not kept.
    const account = await app.db.staffAccount.findFirstOrThrow({ where: { providerId: 'liege' } })
    expect([account.accountId, account.accessToken, account.idToken, account.refreshToken]).toEqual([LEA.sub, null, null, null])
  })

  test('lets her in again, to where she wanted, whatever became of her address', async () => {
    provider.person = { ...LEA, email: 'lea.servais@liege.example', verified: false }
    const lea = new Visitor(app)
    const seen = await enter(lea, '?next=/account')
    expect([seen.status, seen.path]).toEqual([200, '/account'])
    expect(plainText(seen.page)).not.toContain('backup codes')
    expect((await lea.ask(WHO)).data.viewer.email).toBe(LEA.email)
    expect(await app.db.staffMember.count({ where: { name: LEA.name } })).toBe(1)
    await lea.post('/account', { act: 'sign-out' })
    expect((await lea.ask(WHO)).data.viewer).toBeNull()
  })

  test('lets in all of a call centre, which has one address; what fails is counted there', async () => {
    app.setAddress('192.0.2.30')
    try {
      for (let agent = 0; agent < 35; agent++) expect((await enter(new Visitor(app))).path).toBe('/desk')
      const visitor = new Visitor(app)
      for (let tried = 0; tried < 60; tried++) expect((await visitor.get(`${CALLBACK}?code=x&state=y`)).status).toBe(403)
      expect((await visitor.get(`${CALLBACK}?code=x&state=y`)).status).toBe(429)
      expect((await visitor.get('/sign-in/with/liege')).status).toBe(429)
    } finally {
      app.setAddress('127.0.0.1')
    }
  })

  test('a new invitation is taken on with her next sign-in', async () => {
    await inviteFromConsole(app.db, { email: LEA.email, role: 'supervisor', organization: 'ville-de-liege' }, NOW)
    await invite(LEA.email, 'service-public-de-wallonie')
    const lea = new Visitor(app)
    await enter(lea)
    const { memberships } = (await lea.ask(WHO)).data.viewer
    // The other organization's is not for this provider to vouch for.
    expect(
      memberships.map(({ role, organization }: { role: string; organization: { slug: string } }) => `${role} ${organization.slug}`),
    ).toEqual(['AGENT ville-de-liege', 'SUPERVISOR ville-de-liege'])
  })

  test('does not let in who is disabled', async () => {
    const { id } = await app.db.staffMember.findUniqueOrThrow({ where: { email: LEA.email } })
    await app.db.staffMember.update({ where: { id }, data: { disabledAt: NOW } })
    const lea = new Visitor(app)
    expect((await enter(lea)).path).toBe('/sign-in?failed=provider')
    expect((await lea.ask(WHO)).data.viewer).toBeNull()
    await app.db.staffMember.update({ where: { id }, data: { disabledAt: null } })
  })

  test.each<[string, Person, () => Promise<unknown>]>([
    ['nobody invited', { sub: 'max-1', email: 'max@liege.example', verified: true, name: 'Max' }, async () => {}],
    [
      'was invited to another organization',
      { sub: 'max-2', email: 'max2@liege.example', verified: true, name: 'Max' },
      () => invite('max2@liege.example', 'service-public-de-wallonie'),
    ],
    [
      'has not shown that the address is hers',
      { sub: 'max-3', email: 'max3@liege.example', verified: false, name: 'Max' },
      () => invite('max3@liege.example'),
    ],
  ])('does not let in who %s, and makes nobody of her', async (_what, person, prepare) => {
    await prepare()
    provider.person = person
    const visitor = new Visitor(app)
    const seen = await enter(visitor)
    expect([seen.path, seen.status]).toEqual(['/sign-in?failed=provider', 403])
    expect((await visitor.ask(WHO)).data.viewer).toBeNull()
    expect(await app.db.staffMember.count({ where: { email: person.email } })).toBe(0)
    expect(await app.db.staffAccount.count({ where: { accountId: person.sub } })).toBe(0)
  })

  test('is not linked to an account with a password by its address', async () => {
    const { email } = await joined(app)
    await inviteFromConsole(app.db, { email, role: 'administrator', organization: 'ville-de-liege' }, NOW)
    provider.person = { sub: 'thief', email, verified: true, name: 'Thief' }
    const thief = new Visitor(app)
    expect((await enter(thief)).path).toBe('/sign-in?failed=provider')
    expect((await thief.ask(WHO)).data.viewer).toBeNull()
    expect(await app.db.staffAccount.count({ where: { accountId: 'thief' } })).toBe(0)
  })
})

describe('on the way back', () => {
  const back = (visitor: Visitor, url: URL) => visitor.get(`${url.pathname}${url.search}`, { 'accept-language': 'en' })

  test('another state is refused', async () => {
    const visitor = new Visitor(app)
    const url = await cameBack(visitor)
    url.searchParams.set('state', 'A'.repeat(32))
    const seen = await back(visitor, url)
    expect(seen.path).toBe('/sign-in?failed=provider')
    expect(plainText(seen.page)).toContain('You cannot come in this way')
    expect((await visitor.ask(WHO)).data.viewer).toBeNull()
  })

  test('what another browser began is refused', async () => {
    const attacker = new Visitor(app)
    const url = await cameBack(attacker)
    const victim = new Visitor(app)
    expect((await back(victim, url)).path).toBe('/sign-in?failed=provider')
    expect((await victim.ask(WHO)).data.viewer).toBeNull()
  })

  test('the same code is taken once', async () => {
    const visitor = new Visitor(app)
    const url = await cameBack(visitor)
    const kept = new Map(visitor.cookies)
    expect((await back(visitor, url)).path).toBe('/desk')
    const again = new Visitor(app)
    for (const [name, value] of kept) again.cookies.set(name, value)
    expect((await back(again, url)).path).toBe('/sign-in?failed=provider')
    expect((await again.ask(WHO)).data.viewer).toBeNull()
  })

  test('a code of somebody else’s making, a refusal and nothing at all are refused', async () => {
    for (const change of [
      (url: URL) => url.searchParams.set('code', 'made-up'),
      (url: URL) => {
        url.searchParams.delete('code')
        url.searchParams.set('error', 'access_denied')
        url.searchParams.set('error_description', '<script>alert(1)</script>')
      },
      (url: URL) => {
        url.search = ''
      },
    ]) {
      const visitor = new Visitor(app)
      const url = await cameBack(visitor)
      change(url)
      const seen = await back(visitor, url)
      expect(seen.path).toBe('/sign-in?failed=provider')
      expect(seen.page).not.toContain('alert(1)')
      expect((await visitor.ask(WHO)).data.viewer).toBeNull()
    }
  })

  test('where somebody is led is ours', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/graphql']) {
      const visitor = new Visitor(app)
      expect((await enter(visitor, `?next=${encodeURIComponent(next)}`)).path).toBe('/desk')
    }
  })
})

describe('a provider that is down', () => {
  test('is said to be, and passwords are not held up', async () => {
    const visitor = new Visitor(app)
    const seen = await visitor.get('/sign-in/with/away', { 'accept-language': 'en' })
    expect(seen.status).toBe(503)
    expect(plainText(seen.page)).toContain('does not answer at the moment')
    expect((await joined(app)).backupCodes).toHaveLength(10)
    expect((await visitor.get('/sign-in/with/nobody')).status).toBe(404)
    expect((await visitor.get('/sign-in/provider/callback/nobody?code=x&state=y')).path).toBe('/sign-in?failed=provider')
  })
})
