import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { vi } from 'vitest'
import { findChromium } from '../../../scripts/chromium.mjs'

// The built server with the demonstration content, a commune's page on another origin with one script tag, and a real browser.

export interface World {
  /** Origins of the server and of the commune's page. */
  ours: string
  partner: string
  /** The server's data folder. */
  folder: string
  browser: Browser
  context: BrowserContext
  /** What the browser complained of, and what was asked: method and address. Both begin anew with `open`. */
  complaints: string[]
  asked: string[]
  open(path: string, options?: Parameters<Browser['newContext']>[0]): Promise<Page>
  close(): Promise<void>
}

/**
 * @param env the variables the server inherits
 * @param body what stands in the commune's page, by its address
 * @param others origins that its policy lets it connect to, beside ours
 */
export async function createWorld(env: NodeJS.ProcessEnv, body: (url: URL) => string, others: () => string[] = () => []): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-journey-'))
  await chmod(folder, 0o711)
  const server = spawn(process.execPath, ['dist/server/main.js'], { env: { ...env, PORT: '0', DATA_DIR: folder } })
  const ended = new Promise((resolve) => server.once('close', resolve))
  let output = ''
  server.stdout.on('data', (data) => (output += data))
  server.stderr.on('data', (data) => (output += data))
  const ours = await vi.waitFor(
    () => {
      const address = /Demonstration\s+(http:\S+)\//.exec(output)?.[1]
      if (!address) throw new Error(output)
      return address
    },
    { timeout: 60_000 },
  )

  const partner = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    // What docs/embedding.md tells a page with a strict policy, and nothing more.
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${ours}; connect-src ${[ours, ...others()].join(' ')}; ` +
        `require-trusted-types-for 'script'; trusted-types lit-html`,
    )
    response.end(`<!doctype html><html lang="${url.searchParams.get('lang') ?? 'fr'}"><meta name="viewport" content="width=device-width">
      <title>Commune</title><main><h1>Commune</h1><script type="module" src="${ours}/widgets/v1/passerelle.js"></script>
      ${body(url)}</main></html>`)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => partner.once('listening', resolve))
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] })

  const world: World = {
    ours,
    partner: `http://127.0.0.1:${(partner.address() as AddressInfo).port}`,
    folder,
    browser,
    context: undefined as unknown as BrowserContext,
    complaints: [],
    asked: [],
    async open(path, options = {}) {
      world.context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options })
      const page = await world.context.newPage()
      const complaints: string[] = []
      const asked: string[] = []
      Object.assign(world, { complaints, asked })
      page.on(
        'console',
        (message) => message.type() === 'error' && !/favicon/.test(message.location().url) && complaints.push(message.text()),
      )
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => asked.push(`${request.method()} ${decodeURIComponent(request.url())}`))
      await page.goto(path)
      return page
    },
    async close() {
      await browser.close()
      partner.close()
      server.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
  return world
}
