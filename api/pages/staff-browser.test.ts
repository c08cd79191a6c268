import { readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from '../../scripts/chromium.mjs'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { inviteFromConsole } from '../access/actions/invitations.ts'
import { recoverFromConsole } from '../access/actions/recovery.ts'
import type { Ask } from '../http/exchange.ts'
import { type HttpServer, listen } from '../http/server.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { codeOf, PASSWORD } from '../testing/staff.ts'

/** The staff's pages in a real browser: what can be used with a keyboard, a thumb and a screen reader, in both colour schemes. */
const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

let app: TestApp
let server: HttpServer
let browser: Browser
let ours: string
beforeAll(async () => {
  app = await createTestApp({ limited: false })
  await openDemonstration(app.db, NOW)
  server = await listen('127.0.0.1', 0, (event) => app.errors.push(event))
  ours = `http://127.0.0.1:${server.port}`
  // The application knows itself under one origin; the browser knows it under the port it has got.
  const asOurs = ({ headers, ...ask }: Ask): Ask => ({
    ...ask,
    headers: { ...headers, host: new URL(ORIGIN).host, ...(headers.origin === ours ? { origin: ORIGIN } : {}) },
  })
  server.serve((ask) => app.answer(asOurs(ask)))
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await app?.close()
})

test.each(['light', 'dark'] as const)(
  'joining, setting up a code and signing in, on a telephone (%s)',
  { timeout: 60_000 },
  async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme, locale: 'nl', bypassCSP: true })
    const page = await context.newPage()
    /** Does what leads to another page, or to this one anew, and waits until that is there. */
    const go = async (act: Promise<unknown>) => void (await Promise.all([page.waitForEvent('load'), act]))
    const isGood = async (path: string) => {
      expect(new URL(page.url()).pathname).toBe(path)
      await page.evaluate(AXE)
      const faults = await page.evaluate(async () => {
        const { violations } = await (globalThis as any).axe.run(document)
        const things = [...document.querySelectorAll('button, input:not([type=hidden]), summary, .step')]
        const small = things.filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44)
        const wide = document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []
        return [...violations.map(({ id }: { id: string }) => id), ...small.map(({ outerHTML }) => outerHTML), ...wide]
      })
      expect(faults).toEqual([])
    }
    const email = `${colorScheme}@liege.example`
    const link = await inviteFromConsole(app.db, { email, role: 'administrator', organization: 'ville-de-liege' }, NOW)
    await page.goto(`${ours}/invitation/${link}`)
    await isGood(`/invitation/${link}`)
    await go(page.click('button.go'))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    await isGood(`/invitation/${link}`)
    await page.fill('#name', 'Zoé')
    await page.fill('#password', PASSWORD)
    await go(page.press('#password', 'Enter'))
    await isGood('/account/second-factor')
    const secret = ((await page.textContent('code')) ?? '').replaceAll(' ', '')
    await page.fill('#code', codeOf(secret))
    await go(page.press('#code', 'Enter'))
    expect(await page.locator('.codes li').count()).toBe(10)
    await isGood('/account/second-factor')
    await go(page.click('main a.step'))
    await isGood('/account')
    await go(page.click('input[value="sign-out"] ~ p button'))
    await isGood('/sign-in')
    await page.fill('#email', email)
    await page.fill('#password', PASSWORD)
    await go(page.press('#password', 'Enter'))
    await isGood('/sign-in/code')
    await page.fill('#code', codeOf(secret, 1))
    await go(page.press('#code', 'Enter'))
    await isGood('/account')
    for (const summary of await page.locator('summary').all()) await summary.click()
    await isGood('/account')
    await go(page.click('input[value="password"] ~ p button'))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    await isGood('/account')
    const back = await recoverFromConsole(app.db, { email }, NOW)
    await page.goto(`${ours}/account/recovery/${back}`)
    await isGood(`/account/recovery/${back}`)
    await page.fill('#password', 'short')
    await go(page.press('#password', 'Enter'))
    await isGood(`/account/recovery/${back}`)
    await page.fill('#password', `${PASSWORD} encore`)
    await go(page.press('#password', 'Enter'))
    await isGood(`/account/recovery/${back}`)
    await go(page.click('main a.step'))
    await isGood('/sign-in')
    await context.close()
  },
)
