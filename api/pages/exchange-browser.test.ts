import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemonstration } from '../access/actions/demonstration.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { NOW, type TestApp } from '../testing/ask.ts'
import { expectGood, type InBrowser, openInBrowser } from '../testing/in-browser.ts'

/** The pages of import and export in a real browser: with a keyboard, a thumb and a screen reader, in both colour schemes, with and without a script. */
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

/** More than any other request may have. */
const WIDE = ' '.repeat(200_000)
const file = (...rows: string[]) => ({
  name: 'questions.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`slug;organization;question_fr;answer_fr;urgency\n${rows.join('\n')}\n`),
})

async function enter(options: Parameters<Browser['newContext']>[0]) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(`${ours}/sign-in?next=/edit/exchange`)
  await page.fill('#email', 'eva@liege.example')
  await page.fill('#password', DEMONSTRATION_PASSWORD)
  await Promise.all([page.waitForURL(`${ours}/edit/exchange`), page.press('#password', 'Enter')])
  return { context, page }
}

test.each([
  ['light', 'de', 390],
  ['dark', 'fr', 1280],
] as const)(
  'a broken file is sent, a good one is tried and brought in (%s, %s, %i pixels)',
  { timeout: 90_000 },
  async (colorScheme, locale, width) => {
    const { context, page } = await enter({ viewport: { width, height: 800 }, colorScheme, locale, bypassCSP: true })
    const go = async (act: Promise<unknown>) => void (await Promise.all([page.waitForEvent('load'), act]))
    const isGood = () => expectGood(page)
    const tried = page.locator('button[value=try]')
    const open = async () => {
      for (const summary of await page.locator('summary').all()) await summary.click()
    }
    await isGood()

    // What is wrong has the focus, and leads to its field.
    await page.fill('#source', 'Provinz')
    await go(page.press('#source', 'Enter'))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    expect(await page.inputValue('#source')).toBe('Provinz')
    await isGood()

    // Too large is told before it is sent: nothing is lost.
    const form = page.locator('form[data-most]')
    const longest = await form.getAttribute('data-most')
    await form.evaluate((one) => one.setAttribute('data-most', '20'))
    await page.setInputFiles('#file', file(`bonne-${width};ville-de-liege;Q ?;R${WIDE};`, `falsch-${width};ville-de-liege;Q ?;R;vite`))
    await tried.click()
    expect(await form.locator('[role=status]').textContent()).toContain('64 M')
    expect(new URL(page.url()).pathname).toBe('/edit/exchange')
    await isGood()
    await form.evaluate((one, most) => one.setAttribute('data-most', String(most)), longest)

    // It is on its way; the page shows the report as soon as that is there.
    await page.fill('#source', 'Provinz ohne „Ende“')
    await go(tried.click())
    expect(new URL(page.url()).pathname).toMatch(/^\/edit\/exchange\/[\da-f-]{36}$/)
    await isGood()
    const id = new URL(page.url()).pathname.split('/').at(-1) as string
    await app.db.contentImport.update({ where: { id }, data: { done: 4_000, total: 10_000 } })
    await page.locator('progress[value="4000"]').waitFor()
    await go(app.runJobsOnce())
    expect(await page.locator('.faults tbody tr').count()).toBe(1)
    expect(await page.locator('.faults tbody').textContent()).toContain('vite')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert')
    await isGood()

    await go(page.locator('[role=alert] a').click())
    expect(await page.inputValue('#source')).toBe('Provinz ohne „Ende“')
    await page.setInputFiles('#file', file(`bonne-${width};ville-de-liege;Q ?;R;`))
    await go(tried.click())
    await go(app.runJobsOnce())
    await open()
    await isGood()
    await go(page.locator('button.go').click())
    await go(app.runJobsOnce())
    await open()
    await isGood()
    expect(await app.db.contentRecord.count({ where: { slug: `bonne-${width}`, publishedVersion: null } })).toBe(1)

    await page.goto(`${ours}/edit/exchange/tables`)
    await isGood()
    await context.close()
  },
)

test('without a script the page comes anew until the report is there', { timeout: 60_000 }, async () => {
  const { context, page } = await enter({ javaScriptEnabled: false, locale: 'nl' })
  await page.setInputFiles('#file', file(`stil;ville-de-liege;Q ?;R${WIDE};`))
  await page.click('button[value=try]')
  await page.locator('progress').waitFor()
  await app.runJobsOnce()
  await page.locator('h1', { hasText: 'De proef is gelukt' }).waitFor()
  await page.click('button.go')
  await page.locator('progress').waitFor()
  await app.runJobsOnce()
  await page.locator('h1', { hasText: 'De import is klaar' }).waitFor()
  expect(await app.db.contentRecord.count({ where: { slug: 'stil' } })).toBe(1)
  await context.close()
})
