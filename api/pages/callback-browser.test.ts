import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Frame, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Sender } from '../notice/actions/send.ts'
import type { TestApp } from '../testing/ask.ts'
import { type InBrowser, openInBrowser } from '../testing/in-browser.ts'

/** The pages in a real browser, which never runs a script of theirs: alone, and in the frame of a partner's page. */
const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const senders = (['EMAIL', 'SMS'] as const).map((channel): Sender => ({ channel, send: async () => ({}) }) as never)

let opened: InBrowser
let app: TestApp
let partner: Server
let browser: Browser
/** Ours, and the same machine under another name: another origin. */
let ours: string
let theirs: string
beforeAll(async () => {
  opened = await openInBrowser({ senders })
  ;({ app, browser, ours } = opened)
  partner = createServer((request, response) => {
    const address = `${ours}/embed/callback?${new URL(request.url ?? '/', ours).searchParams}`
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      `<!doctype html><title>Rivage</title><iframe title="Rappel" src="${address.replaceAll('&', '&amp;')}" width="400" height="700"></iframe>`,
    )
  })
  await new Promise<void>((resolve) => partner.listen(0, '127.0.0.1', () => resolve()))
  theirs = `http://localhost:${(partner.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => partner?.close(resolve))
  await opened?.close()
})
beforeEach(() => {
  app.errors.length = 0
})

let called = 0
/** A number that nobody has asked for yet. */
const phone = () => `0470 55 ${1_000 + ++called}`

/** Asks for a call by the form that is shown; the reference. */
async function ask(on: Page | Frame): Promise<string> {
  await on.fill('#phone', phone())
  await on.click('button.go')
  return (await on.textContent('.reference')) as string
}

describe('without a script', () => {
  test('from the form to the reference, which a reload shows again, and on to following it', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${ours}/embed/callback?site=demo&line=1718&lang=fr`)
    const number = phone()
    await page.fill('#phone', number)
    await page.press('#phone', 'Enter')
    const reference = (await page.textContent('.reference')) as string
    const before = await app.db.callbackRequest.count()
    await page.reload()
    expect(await page.textContent('.reference')).toBe(reference)
    expect(await app.db.callbackRequest.count()).toBe(before)
    await page.click('main >> text=Suivre ma demande')
    await page.fill('#reference', reference)
    await page.fill('#phone', number)
    await page.click('button.go')
    await page.click('button[value=withdraw]')
    await page.click('button[value=withdraw-now]')
    expect(await page.textContent('.status')).toContain('Cette demande est retirée.')
    expect(page.url()).toBe(`${ours}/embed/callback/follow?site=demo&lang=fr`)
    await page.close()
  })

  test('in the frame of a page of the site, with its key, its line and a danger in it', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${theirs}/?site=demo&line=1718&lang=fr&need=violence`)
    const frame = page.frames()[1] as Frame
    await frame.click('text=Je suis en sécurité')
    expect(await ask(frame)).toMatch(/-/)
    await frame.click('main >> text=Suivre ma demande')
    expect(await frame.textContent('h1')).toBe('Suivre ma demande')
    await frame.click('.brand')
    expect(await frame.textContent('h1')).toBe('Qui peut m’aider ?')
    await page.close()
  })

  test('not in the frame of another page', async () => {
    await app.db.site.create({ data: { key: 'rivage', name: 'Rivage', origins: ['https://www.rivage.example'], defaultLanguage: 'FR' } })
    await app.directory.refresh()
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${theirs}/?site=rivage&line=1718`)
    expect(await (page.frames()[1] as Frame).$('#phone')).toBeNull()
    await page.close()
  })

  test('what is wrong has the focus', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${ours}/embed/callback?site=demo&line=1718`)
    await page.click('button.go')
    expect(await page.locator('[role=alert]:focus').count()).toBe(1)
    await page.close()
  })

  test('on paper: the reference and the numbers, no form', async () => {
    const page = await browser.newPage({ javaScriptEnabled: false })
    await page.goto(`${ours}/embed/callback?site=demo&line=1718`)
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('form')).toBe(false)
    expect(await page.isVisible('main .phone')).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await ask(page)
    await page.emulateMedia({ media: 'print' })
    expect(await page.isVisible('.reference')).toBe(true)
    expect(await page.isVisible('.step')).toBe(false)
    await page.close()
  })
})

/** Nothing that axe finds, nothing wider than the window, nothing to press that is lower than 44 pixels, nothing that the policy stops. */
async function check(page: Page, state: string): Promise<void> {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => {
    const { axe } = window as never as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
    const low = [
      ...document.querySelectorAll(
        'main :is(button, select, textarea, .choice, .step, summary, input:not([type]), [type=tel], [type=email])',
      ),
    ]
      .filter((one) => !one.closest('.unseen') && (one as HTMLElement).checkVisibility() && one.getBoundingClientRect().height < 43.9)
      .map((one) => one.outerHTML)
    return axe.run().then(({ violations }) => ({
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
      low,
      width: document.documentElement.scrollWidth,
    }))
  })
  expect(found, state).toEqual({ violations: [], low: [], width: 320 })
}

describe('every state at 320 pixels', () => {
  test.each([
    ['fr', 'light'],
    ['de', 'light'],
    ['nl', 'light'],
    ['en', 'light'],
    ['de', 'dark'],
    ['de', 'forced colours'],
  ])(
    'in %s, %s',
    async (lang, look) => {
      const page = await browser.newPage({
        viewport: { width: 320, height: 800 },
        colorScheme: look === 'dark' ? 'dark' : 'light',
        forcedColors: look === 'forced colours' ? 'active' : 'none',
      })
      const complaints: string[] = []
      page.on('console', (message) => complaints.push(message.text()))
      const address = `${ours}/embed/callback?site=demo&lang=${lang}`
      await page.goto(address)
      await check(page, 'which line')
      await page.goto(`${address}&line=liege-solidaire&service=colis-alimentaires`)
      await check(page, 'form')
      await page.click('summary')
      await check(page, 'all days')
      await page.fill('#phone', '12')
      await page.fill('#postalCode', '99')
      await page.fill('#email', 'x')
      await page.click('button.go')
      await check(page, 'errors')
      await page.fill('#email', '')
      await page.fill('#postalCode', '')
      await page.fill('#message', '85.07.30-033.28')
      const number = phone()
      await page.fill('#phone', number)
      await page.click('button.go')
      await check(page, 'done')
      const reference = (await page.textContent('.reference')) as string
      await page.goto(`${address}&need=violence`)
      await check(page, 'danger')
      await page.goto(`${ours}/embed/callback/follow?site=demo&lang=${lang}`)
      await check(page, 'look')
      await page.fill('#reference', reference)
      await page.fill('#phone', '0470 99 99 99')
      await page.click('button.go')
      await check(page, 'not found')
      await page.fill('#phone', number)
      await page.click('button.go')
      await check(page, 'found')
      await page.click('button[value=move]')
      await check(page, 'another time')
      await page.click('button.go')
      await check(page, 'no time chosen')
      await page.click('label.choice')
      await page.click('button.go')
      await check(page, 'moved')
      await page.click('button[value=erase]')
      await check(page, 'sure')
      await page.click('button[value=erase-now]')
      await check(page, 'erased')
      // A status of 4xx is told there too; what the policy stops would be.
      expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([])
      await page.close()
    },
    60_000,
  )
})
