import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { inviteFromConsole } from '../access/actions/invitations.ts'
import { recoverFromConsole } from '../access/actions/recovery.ts'
import { NOW, type TestApp } from '../testing/ask.ts'
import { expectGood, type InBrowser, openInBrowser } from '../testing/in-browser.ts'
import { codeOf, PASSWORD } from '../testing/staff.ts'

/** The staff's pages in a real browser: what can be used with a keyboard, a thumb and a screen reader, in both colour schemes. */
let opened: InBrowser
let app: TestApp
let browser: Browser
let ours: string
beforeAll(async () => {
  opened = await openInBrowser()
  ;({ app, browser, ours } = opened)
  await openDemonstration(app.db, NOW)
})
afterAll(() => opened?.close())

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
      await expectGood(page)
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
