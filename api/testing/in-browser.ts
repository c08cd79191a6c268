import { readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright'
import { expect } from 'vitest'
import { findChromium } from '../../scripts/chromium.mjs'
import type { Ask } from '../http/exchange.ts'
import { listen } from '../http/server.ts'
import { createTestApp, ORIGIN, type TestApp } from './ask.ts'

const AXE = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

/** An application behind a real server, and a browser. @property ours its origin, as the browser knows it */
export type InBrowser = { app: TestApp; browser: Browser; ours: string; close(): Promise<void> }

/** @param parts of the application; without limits unless given */
export async function openInBrowser(parts: Parameters<typeof createTestApp>[0] = {}): Promise<InBrowser> {
  const app = await createTestApp({ limited: false, ...parts })
  const server = await listen('127.0.0.1', 0, (event) => app.errors.push(event))
  const ours = `http://127.0.0.1:${server.port}`
  // The application knows itself under one origin; the browser knows it under the port it has got.
  const asOurs = ({ headers, ...ask }: Ask): Ask => ({
    ...ask,
    headers: { ...headers, host: new URL(ORIGIN).host, ...(headers.origin === ours ? { origin: ORIGIN } : {}) },
  })
  server.serve(
    (ask) => app.answer(asOurs(ask)),
    undefined,
    (ask) => app.isKnown(asOurs(ask)),
  )
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  return {
    app,
    browser,
    ours,
    async close() {
      await browser.close()
      await server.close()
      await app.close()
    },
  }
}

/** What one presses or fills in, with a thumb as well: 44 pixels at least. */
const PRESSED = 'main button, main input:not([type=hidden], [type=radio], [type=checkbox]), main summary, .choice, .step'

/** Nothing on the page that axe finds, that is too small for a thumb, or that is wider than the screen; frames are other pages. */
export async function expectGood(page: Page): Promise<void> {
  await page.evaluate(AXE)
  const faults = await page.evaluate(async (pressed) => {
    const { violations } = await (globalThis as any).axe.run(document, { iframes: false })
    const small = [...document.querySelectorAll(pressed)].filter(
      (one) => one.getClientRects().length > 0 && one.getBoundingClientRect().height < 44,
    )
    return [
      ...violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id} ${nodes[0]?.html}`),
      ...small.map(({ outerHTML }) => outerHTML),
      ...(document.documentElement.scrollWidth > innerWidth ? ['wider than the screen'] : []),
    ]
  }, PRESSED)
  expect(faults).toEqual([])
}
