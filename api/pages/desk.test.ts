import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let headers: Record<string, string>
beforeAll(async () => {
  app = await createTestApp()
  headers = (await staff(app)).headers
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
