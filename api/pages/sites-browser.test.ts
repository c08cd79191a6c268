import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { NOW, type TestApp } from '../testing/ask.ts'
import { expectGood, type InBrowser, openInBrowser } from '../testing/in-browser.ts'

/** The pages of sites in a real browser: with a keyboard, a thumb and a screen reader, in both colour schemes. */
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

test.each([
  ['light', 'de', 360],
  ['dark', 'nl', 1440],
] as const)('a site is made, dressed and revoked (%s, %s, %i pixels)', { timeout: 60_000 }, async (colorScheme, locale, width) => {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme, locale, bypassCSP: true })
  const page = await context.newPage()
  const go = async (act: Promise<unknown>) => void (await Promise.all([page.waitForEvent('load'), act]))
  const isGood = () => expectGood(page)
  await page.goto(`${ours}/sign-in?next=/edit/sites`)
  await page.fill('#email', 'eva@liege.example')
  await page.fill('#password', DEMONSTRATION_PASSWORD)
  await go(page.press('#password', 'Enter'))
  await isGood()

  // What is wrong has the focus, and leads to its field.
  await go(page.click('button.go'))
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
  await isGood()
  await page.fill('#name', `Browser ${colorScheme}`)
  await page.fill('#origins', `https://${colorScheme}.example\nhttps://www.${colorScheme}.example`)
  await go(page.click('button.go'))
  expect(new URL(page.url()).pathname).toBe(`/edit/sites/browser-${colorScheme}`)
  for (const summary of await page.locator('summary').all())
    if (!(await summary.evaluate((one) => (one.parentElement as any).open))) await summary.click()
  await isGood()

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('.snippet button').first().click()
  await page.locator('.snippet [role=status]').first().filter({ hasText: /\S/ }).waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.trim()).toBe((await page.inputValue('#plain')).trim())
  expect(copied).toContain(`site="browser-${colorScheme}"`)

  // What is chosen shows in the preview before it is saved.
  const shown = page.frameLocator('iframe')
  await page.getByRole('radio').and(page.locator('[value=own]')).check()
  await page.locator('#accent').fill('#7a1f5c')
  await shown.locator('passerelle-finder[theme=light]').waitFor()
  const frame = page.frame({ name: 'preview' })
  await expect
    .poll(() =>
      frame?.evaluate(() =>
        getComputedStyle(document.querySelector('passerelle-finder') as Element).getPropertyValue('--passerelle-accent'),
      ),
    )
    .toBe('#7a1f5c')
  await isGood()
  await page.locator('#onAccent').fill('#a06a90')
  await go(page.locator('form:has(#accent) button.go').click())
  expect(await page.locator('#onAccent-error').textContent()).toMatch(/4,5/)
  await isGood()
  await page.locator('#onAccent').fill('#ffffff')
  await go(page.locator('form:has(#accent) button.go').click())
  expect(await page.inputValue('#plain')).toContain('--passerelle-accent: #7a1f5c;')
  await isGood()

  await go(page.click('a[href*="revoke=ask"]'))
  await isGood()
  await go(page.click('button.go'))
  expect(await page.locator('textarea').count()).toBe(0)
  await isGood()
  await context.close()
})
