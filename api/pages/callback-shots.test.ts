import { createServer } from 'node:http'
import { chromium } from 'playwright'
import { test, expect } from 'vitest'
import { createTestApp } from '../testing/ask.ts'
import { readBody } from '../http/body.ts'
import { findChromium } from '../../scripts/chromium.mjs'

test('shots', async () => {
  const app = await createTestApp({
    senders: [
      { channel: 'EMAIL', send: async () => ({ ok: true }) } as never,
      { channel: 'SMS', send: async () => ({ ok: true }) } as never,
    ],
  })
  const server = createServer((request, response) => {
    readBody(request, 65536, async (body) => {
      if (request.method === 'POST') console.log('origin', request.headers.origin, request.headers.referer)
      const headers = {
        ...request.headers,
        ...(request.headers.origin ? { origin: String(request.headers.origin).replace(`:${port}`, ':4000') } : {}),
        host: '127.0.0.1:4000',
      }
      const answer = await app.answer({ method: request.method!, target: request.url!, headers, body } as never)
      response.writeHead(answer.status, answer.headers as string[])
      response.end(answer.body)
    })
  })
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', () => r()))
  const { port } = server.address() as { port: number }
  const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })
  for (const [width, lang] of [
    [1280, 'fr'],
    [360, 'fr'],
    [1280, 'de'],
    [360, 'de'],
    [320, 'de'],
  ] as const) {
    const page = await browser.newPage({
      viewport: { width, height: 900 },
      javaScriptEnabled: false,
      colorScheme: width === 320 ? 'dark' : 'light',
    })
    const shot = async (name: string) => {
      await page.screenshot({ path: `/tmp/shots-embed/${name}-${lang}-${width}.png`, fullPage: true })
    }
    const base = `http://127.0.0.1:${port}`
    await page.goto(`${base}/embed/callback?site=demo&lang=${lang}`)
    await shot('any')
    await page.goto(`${base}/embed/callback?site=demo&line=liege-solidaire&lang=${lang}`)
    await shot('form')
    await page.fill('#phone', '12')
    await page.fill('#postalCode', '99')
    await page.click('button.go')
    await shot('errors')
    await page.fill('#phone', '0470 12 34 56')
    await page.fill('#postalCode', '4000')
    await page.fill('#message', 'Mon numéro 85.07.30-033.28 je ne peux plus payer')
    await page.click('button.go')
    await shot('done')
    const reference = await page.textContent('.reference')
    expect(reference).toMatch(/-/)
    await page.goto(`${base}/embed/callback?site=demo&need=violence&lang=${lang}`)
    await shot('gate')
    await page.goto(`${base}/embed/callback/follow?site=demo&lang=${lang}`)
    await page.click('button.go')
    await shot('follow-errors')
    await page.fill('#reference', reference!)
    await page.fill('#phone', '0470 12 34 56')
    await page.click('button.go')
    await shot('found')
    await page.click('button[value=erase]')
    await shot('sure')
    await page.click('button[value=erase-now]')
    await shot('erased')
    await page.close()
  }
  await browser.close()
  server.close()
  await app.close()
}, 120_000)
