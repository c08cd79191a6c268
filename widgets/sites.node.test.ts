import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEMONSTRATION_PASSWORD } from '../api/access/rules/demonstration.ts'
import { runCommand } from '../api/testing/server.ts'
import { createWorld, type World } from './shared/testing/partner.ts'

/** A commune makes its key, pastes its snippet into its own pages, and revokes the key: the built server, another origin, a real browser. */
let world: World
let commune: Server
/** What stands in the commune's pages, by path, with its policy where it has one. */
const pages = new Map<string, { type?: string; text: string; policy?: string }>()
let theirs: string
/** What `/edit/sites` gave: snippets by id. */
const snippets = new Map<string, string>()
let editing: string

const shell = (text: string, style = '') =>
  `<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width"><title>Commune</title>${style}<main><h1>Commune</h1>${text}</main>`

beforeAll(async () => {
  world = await createWorld(process.env, () => '')
  // The demonstration's key is for every page of this machine: this origin must be known by its own key alone.
  const { code, output } = await runCommand('site', ['--key', 'demo', '--origin', 'self'], { DATA_DIR: world.folder })
  if (code !== 0) throw new Error(output)
  commune = createServer((request, response) => {
    const found = pages.get(request.url ?? '')
    if (!found) return void response.writeHead(404).end()
    response.setHeader('content-type', found.type ?? 'text/html; charset=utf-8')
    if (found.policy) response.setHeader('content-security-policy', found.policy)
    response.end(found.text)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => commune.once('listening', resolve))
  theirs = `http://127.0.0.1:${(commune.address() as AddressInfo).port}`
  await makeSite()
}, 120_000)
afterEach(() => world.context?.close())
afterAll(async () => {
  commune?.close()
  await world?.close()
})

/** Does what leads to another page, and waits until that is there. */
const go = async (page: Page, act: Promise<unknown>) => void (await Promise.all([page.waitForEvent('load'), act]))

async function signedIn(path: string): Promise<Page> {
  const page = await world.open(`${world.ours}/sign-in?next=/edit/sites&lang=fr`, { viewport: { width: 1440, height: 900 } })
  await page.fill('#email', 'eva@liege.example')
  await page.fill('#password', DEMONSTRATION_PASSWORD)
  await go(page, page.press('#password', 'Enter'))
  if (path !== '/edit/sites') await page.goto(`${world.ours}${path}`)
  return page
}

async function makeSite(): Promise<void> {
  const page = await signedIn('/edit/sites')
  await page.fill('#name', 'Commune de Rivage')
  await page.fill('#origins', theirs)
  await go(page, page.click('button.go'))
  editing = new URL(page.url()).pathname
  await page.locator('[name=colours][value=own]').check()
  await page.locator('#accent').fill('#7a1f5c')
  await page.locator('#radius').fill('2')
  await go(page, page.locator('form:has(#accent) button.go').click())
  for (const area of await page.locator('.snippet textarea').all())
    snippets.set((await area.getAttribute('id')) as string, await area.inputValue())
  await world.context.close()
  pages.set('/', { text: shell(snippets.get('plain') as string) })
  pages.set('/site.css', { type: 'text/css', text: snippets.get('drupal-style') as string })
  pages.set('/strict', {
    text: shell(`${snippets.get('plone-script')}${snippets.get('drupal-tags')}`, '<link rel="stylesheet" href="/site.css">'),
    policy: `default-src 'none'; style-src 'self'; require-trusted-types-for 'script'; ${snippets.get('policy')}`,
  })
  pages.set('/frame', { text: shell(snippets.get('frame') as string), policy: `default-src 'none'; ${snippets.get('policy-frame')}` })
}

const styleOf = (one: Locator, name: string): Promise<string> =>
  one.first().evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)

describe('the snippet, in a page of another origin', () => {
  test.each([
    ['pasted whole', '/'],
    ['under a strict policy, with its colours in the site’s style sheet', '/strict'],
  ])('works in the colours that were chosen: %s', async (_what, path) => {
    const page = await world.open(`${theirs}${path}`)
    const finder = page.locator('passerelle-finder')
    expect(await styleOf(finder.getByRole('button', { name: 'Chercher', exact: true }), 'background-color')).toBe('rgb(122, 31, 92)')
    expect(await styleOf(finder.locator('.root'), 'border-radius')).toBe('2px')
    await finder.getByRole('button', { name: /^Alimentation/ }).click()
    await finder.locator('.results .card').first().waitFor()
    const callback = page.locator('passerelle-callback')
    await callback.getByRole('button', { name: /Demander un rappel/ }).click()
    await callback.locator('#phone').fill('0470 12 34 56')
    await callback.locator('[name=day]').first().check()
    await callback.getByRole('button', { name: /Envoyer/ }).click()
    await callback
      .getByText(/[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}/)
      .first()
      .waitFor()
    // The number stands in the tag, behind the widgets as long as they work.
    expect(await page.locator('passerelle-finder > p a[href^="tel:"]').isVisible()).toBe(false)
    expect(world.complaints).toEqual([])
  })

  test('without a script, a frame shows the same on pages of the site, and on no others', async () => {
    const page = await world.open(`${theirs}/frame`)
    await page.frameLocator('iframe >> nth=0').getByRole('heading', { level: 1 }).waitFor()
    await page.frameLocator('iframe >> nth=1').getByRole('heading', { level: 1 }).waitFor()
    expect(world.complaints).toEqual([])
  })
})

describe('once the key is revoked', () => {
  test('the widgets show the number that stands in their tags', async () => {
    const staff = await signedIn(`${editing}?revoke=ask&lang=fr`)
    await go(staff, staff.click('button.go'))
    await staff.getByText('Clé révoquée le').waitFor()
    await world.context.close()

    await expect
      .poll(async () => {
        const answer = await fetch(`${world.ours}/graphql?query={about{demonstration}}`, { headers: { origin: theirs } })
        return answer.headers.get('access-control-allow-origin')
      })
      .toBeNull()
    const refused = await fetch(`${world.ours}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: theirs, 'passerelle-site': 'commune-de-rivage' },
      body: JSON.stringify({ query: 'mutation { suggestCorrection(input: { topic: OTHER, message: "x" }) { __typename } }' }),
    })
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_SITE' } }] })

    const page = await world.open(`${theirs}/`)
    await page.locator('passerelle-finder > p a[href^="tel:"]').waitFor()
    const callback = page.locator('passerelle-callback')
    await callback.getByRole('button', { name: /Demander un rappel/ }).click()
    await page.locator('passerelle-callback > p a[href^="tel:"]').waitFor()
  })

  test('and no page may show it in a frame', async () => {
    const page = await world.open(`${theirs}/frame`)
    await expect.poll(() => world.complaints.join()).toMatch(/frame-ancestors|Framing|refused/i)
    expect(await page.frameLocator('iframe >> nth=0').getByRole('heading').count()).toBe(0)
    expect(await page.locator('p a[href^="tel:"]').isVisible()).toBe(true)
  })
})
