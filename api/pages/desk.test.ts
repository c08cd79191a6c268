import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { Visitor } from '../testing/browser.ts'
import { signIn } from '../testing/staff.ts'

let app: TestApp
let headers: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  await openDemonstration(app.db, NOW)
  headers = { cookie: await signIn(app) }
})
afterAll(() => app.close())

describe('the page of the desk', () => {
  test.each([
    ['/desk', '/sign-in?next=%2Fdesk'],
    ['/desk?lang=de', '/sign-in?next=%2Fdesk&lang=de'],
    ['/desk?lang=x"y', '/sign-in?next=%2Fdesk'],
  ])('%s leads whoever has not signed in to %s', async (path, to) => {
    const answer = await app.fetch(path, { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([303, to, 'no-store'])
  })

  test('is a frame around the element: our script and nothing else, kept by nobody', async () => {
    const answer = await app.fetch('/desk', { headers })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('<script type="module" src="/widgets/v1/passerelle-desk.js"></script>')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'sha256-")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test.each(['cross-site', 'same-site', 'same-origin', 'none'])(
    'opens for whoever has signed in, led there from a page that is %s',
    async (site) => {
      const visitor = new Visitor(app)
      const [name, value] = (headers.cookie as string).split('=') as [string, string]
      visitor.cookies.set(name, value)
      const seen = await visitor.get('/desk', { 'sec-fetch-site': site })
      expect([seen.status, seen.path]).toEqual([200, '/desk'])
      expect(seen.page).not.toContain('Ana')
      // By signing in, where the page sends on whoever is in already.
      expect((await visitor.get('/sign-in?next=%2Fdesk', { 'sec-fetch-site': site })).status).toBe(200)
      expect((await visitor.get('/sign-in')).path).toBe('/desk')
    },
  )

  test('but what it asks for is answered to our own page only', async () => {
    const { cookie } = headers as { cookie: string }
    const ask = (site: string) => app.ask('{ viewer { name } }', {}, { cookie, 'sec-fetch-site': site })
    for (const site of ['cross-site', 'same-site']) expect((await ask(site)).data.viewer).toBeNull()
    expect((await ask('same-origin')).data.viewer.name).toBe('Ana Lambert')
  })

  test.each([
    ['?lang=de', '', 'de', 'Anrufplatz'],
    ['', 'nl-BE, fr;q=0.5', 'nl', 'Belpost'],
    ['', '', 'fr', 'Poste d’appel'],
    ['?lang=en', 'nl', 'en', 'Call desk'],
  ])('speaks the language that was asked for: %s %s', async (query, accept, language, title) => {
    const answer = await app.fetch(`/desk${query}`, { headers: { ...headers, 'accept-language': accept } })
    const page = await answer.text()
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(`<title>${title}</title>`)
    expect(answer.headers.get('content-language')).toBe(language)
  })

  test('is only read', async () => {
    expect((await app.fetch('/desk', { method: 'POST', headers })).status).toBe(405)
    expect(await (await app.fetch('/desk', { method: 'HEAD', headers })).text()).toBe('')
  })
})

describe('the page of a partner’s case workers', () => {
  const as = async (email: string, path: string) => {
    const cookie = await signIn(app, { email })
    return app.fetch(path, { headers: { cookie }, redirect: 'manual' })
  }

  test('is the same element with its cases alone, and the same policy', async () => {
    const answer = await as('paul@rwlp.example', '/partner?lang=nl')
    const page = await answer.text()
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(page).toContain('<passerelle-desk partner><p>Uw dossiers gaan open.')
    expect(page).toContain('<title>Toevertrouwde dossiers</title>')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'; connect-src 'self'")
  })

  test.each([
    ['paul@rwlp.example', '/desk', '/partner'],
    ['paul@rwlp.example', '/desk?lang=de', '/partner?lang=de'],
    ['ana@liege.example', '/partner', '/desk'],
  ])('%s is led from %s to %s', async (email, path, to) => {
    const answer = await as(email, path)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, to])
  })

  test('whoever has not signed in does so first, and comes back; a case worker begins there', async () => {
    const answer = await app.fetch('/partner', { redirect: 'manual' })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fpartner'])
    const visitor = new Visitor(app)
    const [name, value] = (await signIn(app, { email: 'paul@rwlp.example' })).split('=') as [string, string]
    visitor.cookies.set(name, value)
    expect((await visitor.get('/sign-in')).path).toBe('/partner')
    expect((await visitor.get('/account')).page).toContain('href="/partner"')
  })
})
