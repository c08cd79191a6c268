import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { Visitor } from '../testing/browser.ts'
import { signIn } from '../testing/staff.ts'

const ID = '3f1c1f7e-6a51-4d1f-9a43-0d5c2b6f8a11'

let app: TestApp
let editor: string
beforeAll(async () => {
  app = await createTestApp()
  await openDemonstration(app.db, NOW)
  editor = await signIn(app, { email: 'eva@liege.example' })
})
afterAll(() => app.close())

const get = (path: string, cookie?: string, more: Record<string, string> = {}) =>
  app.fetch(path, { headers: { ...(cookie ? { cookie } : {}), ...more }, redirect: 'manual' })

describe('the page of the workshop', () => {
  test.each([
    ['/edit', '/sign-in?next=%2Fedit'],
    ['/edit?lang=de', '/sign-in?next=%2Fedit%3Flang%3Dde&lang=de'],
    ['/edit?kind=QUESTION&concern=STALE', '/sign-in?next=%2Fedit%3Fkind%3DQUESTION%26concern%3DSTALE'],
    [`/edit/preview/${ID}`, '/sign-in?next=%2Fedit'],
  ])('%s leads whoever has not signed in to %s', async (path, to) => {
    const answer = await get(path)
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([303, to, 'no-store'])
  })

  test('signing in again leads back to the record, in the language that was last chosen', async () => {
    const visitor = new Visitor(app)
    const next = `/edit?lang=de&concern=STALE#${ID}`
    const asked = await visitor.get(`/sign-in?next=${encodeURIComponent(next)}&lang=nl`)
    expect(asked.page).toContain(`name="next" value="/edit?lang=de&amp;concern=STALE#${ID}"`)
    const inside = await visitor.post('/sign-in?lang=nl', { email: 'eva@liege.example', password: DEMONSTRATION_PASSWORD, next })
    expect([inside.status, inside.path]).toEqual([200, `/edit?concern=STALE&lang=nl#${ID}`])
  })

  test('an editor begins there, and finds it from her account', async () => {
    const visitor = new Visitor(app)
    const [name, value] = editor.split('=') as [string, string]
    visitor.cookies.set(name, value)
    expect((await visitor.get('/sign-in')).path).toBe('/edit')
    expect((await visitor.get('/sign-in?next=%2Fedit')).path).toBe('/edit')
    expect((await visitor.get('/account')).page).toContain('href="/edit"')
  })

  test('is a frame around the element: our script and frames of ours, kept by nobody', async () => {
    const answer = await get('/edit?lang=de', editor)
    const page = await answer.text()
    expect(page).toContain('<html lang="de">')
    expect(page).toContain('<script type="module" src="/widgets/v1/passerelle-workshop.js"></script>')
    expect(page).toContain('<passerelle-workshop><p>Die Werkstatt öffnet sich.')
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'")
    expect(policy).toContain("frame-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('the preview stands in a frame of ours only, and its script comes before the finder’s', async () => {
    const answer = await get(`/edit/preview/${ID}?lang=nl`, editor)
    const page = await answer.text()
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
    expect(page.indexOf('/widgets/v1/preview.js')).toBeLessThan(page.indexOf('/widgets/v1/passerelle-finder.js'))
    expect(page).toContain('Het voorbeeld wordt voorbereid.')
  })

  test('who is no editor is not shown a preview, and is told on the page of the workshop', async () => {
    const agent = await signIn(app, { email: 'ana@liege.example' })
    expect((await get(`/edit/preview/${ID}`, agent)).headers.get('location')).toBe('/edit')
    expect((await get('/edit', agent)).status).toBe(200)
  })

  test.each(['/edit/preview/', '/edit/preview/x', `/edit/preview/${ID}/x`, '/edit/elsewhere'])('%s is no page', async (path) => {
    expect((await get(path, editor)).status).toBe(404)
  })

  test('is only read', async () => {
    expect((await app.fetch('/edit', { method: 'POST', headers: { cookie: editor } })).status).toBe(405)
  })
})
