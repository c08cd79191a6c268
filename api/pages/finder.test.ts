import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const open = async (query = '', headers: Record<string, string> = {}) => {
  const response = await app.fetch(`/embed/finder${query}`, { headers: { 'accept-language': 'fr', ...headers } })
  return { response, page: await response.text() }
}
const send = async (fields: Record<string, string>, query = '') => {
  const response = await app.fetch(`/embed/finder${query}`, { method: 'POST', body: new URLSearchParams(fields) })
  return { response, page: await response.text() }
}
/** The services listed, by their slugs, in order. */
const services = (page: string) => [...page.matchAll(/href="\/services\/([^"?]+)/g)].map(([, slug]) => slug)

describe('the finder without a script', () => {
  test('begins with a form and the subjects, in the person’s language', async () => {
    const { response, page } = await open()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-language')).toBe('fr')
    expect(page).toContain('<form')
    expect(page).toContain('?need=food')
    expect(page).not.toContain('<script')
    expect((await open('?lang=de')).page).toContain('Wer kann mir helfen?')
    expect((await open('?lang=nl')).page).toContain('Wie kan mij helpen?')
    expect((await open('?lang=en')).page).toContain('Who can help me?')
  })

  test('a subject and a commune lead to services, which lead to their pages', async () => {
    const { page, response } = await open('?need=food&commune=62063')
    const [first] = services(page)
    expect(services(page).slice(0, 3)).toContain('accueil-cpas-liege')
    expect(response.headers.get('cache-control')).toContain('max-age')
    expect((await app.fetch(`/services/${first}`)).status).toBe(200)
    expect(page).toContain('?need=food.meal&amp;commune=62063')
  })

  test('words and a place are sent in the body, and nobody keeps the answer', async () => {
    const { page, response } = await send({ words: 'jai plus rien a manger', place: '4000' })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(services(page).length).toBeGreaterThan(3)
    expect(page).toContain('value="jai plus rien a manger"')
    expect(page).toContain('value="4000 Liège"')
    // The form is the only one that has them: no address does.
    expect(page).not.toMatch(/href="[^"]*jai/)
  })

  test('danger comes first', async () => {
    const { page } = await send({ words: 'mon mari me frappe' })
    const emergency = page.indexOf('class="card urgent"')
    expect(emergency).toBeGreaterThan(0)
    expect(emergency).toBeLessThan(page.indexOf('/services/'))
    expect(page).toContain('class="exit"')
  })

  test.each([
    ['Liège', 'value="4000 Liège"'],
    ['liege', 'value="4000 Liège"'],
    ['4000 Liège', 'value="4000 Liège"'],
    ['4020', 'value="4020 Liège"'],
    ['1050', 'name="commune" value="21004"'],
    ['nowhere-at-all', 'id="place-problem"'],
  ])('the place “%s” is understood, or asked again', async (place, expected) => {
    expect((await send({ need: 'food', place })).page).toContain(expected)
  })

  test('Enter searches again, and chooses no commune', async () => {
    const { page } = await send({ need: 'food', place: '1050' })
    expect(page.match(/<button [^>]*>/)?.[0]).toBe('<button class="go">')
    expect(page).toContain('<button name="commune"')
  })

  test('a commune chosen among several is kept', async () => {
    const { page } = await send({ need: 'food', place: '1050', commune: '21009' })
    expect(page).not.toContain('id="place-problem"')
    expect(page).toMatch(/value="1050 (Ixelles|Elsene)/)
  })

  test('nothing found is counted and leads to a person', async () => {
    await app.db.unmetNeed.deleteMany()
    const { page } = await open('?need=goods&commune=11002')
    expect(page).toContain('href="tel:')
    await app.unmet.flush()
    expect(await app.db.unmetNeed.count({ where: { needCode: 'goods', nisCode: '11002' } })).toBe(1)
  })

  test('what somebody typed cannot become markup, and unknown codes are no error', async () => {
    const { page } = await send({ words: '"><script>alert(1)</script>', place: '<b>x' })
    expect(page).not.toContain('<script')
    expect(page).not.toContain('<b>x')
    expect((await open('?need=nope&commune=99999&site=nobody')).response.status).toBe(200)
  })

  test('the languages of the page keep what was chosen', async () => {
    expect((await open('?need=food&commune=62063')).page).toContain('/embed/finder?need=food&amp;commune=62063&amp;lang=de')
  })
})

describe('whose frames may show it', () => {
  const ancestors = async (query: string) =>
    (await open(query)).response.headers.get('content-security-policy')?.match(/frame-ancestors (.*)$/)?.[1]

  test('those of the site, and nobody else’s', async () => {
    await app.db.site.create({ data: { key: 'rivage', name: 'Rivage', origins: ['https://www.rivage.example'], defaultLanguage: 'FR' } })
    await app.directory.refresh()
    expect(await ancestors('?site=rivage')).toBe('https://www.rivage.example')
    expect(await ancestors('')).toBe("'none'")
    expect(await ancestors('?site=nobody')).toBe("'none'")
    expect(await ancestors('?site=demo')).toContain("'self'")
  })

  test('links keep the site', async () => {
    expect((await open('?site=demo')).page).toContain('?need=food&amp;site=demo')
  })
})

test('other methods are refused', async () => {
  expect((await app.fetch('/embed/finder', { method: 'PUT' })).status).toBe(405)
  expect((await app.fetch('/embed/nothing')).status).toBe(404)
})

describe('from what was found, or not', () => {
  test('to being called by the line that is shown, about the same need and for the same site', async () => {
    const { page } = await open('?need=debt&commune=62063&site=demo')
    const [, address] = /href="(\/embed\/callback\?[^"]+)"/.exec(page) ?? []
    const query = new URLSearchParams(address?.replaceAll('&amp;', '&').split('?')[1])
    expect(Object.fromEntries(query)).toMatchObject({ site: 'demo', need: 'debt', line: expect.any(String) })
    const form = await (await app.fetch(`/embed/callback?${query}`)).text()
    expect(form).toContain('name="phone"')
    expect(form).not.toContain('name="need"')
  })

  test('from a question that did not help to a request that carries it', async () => {
    const page = await (await app.fetch('/questions/rien-a-manger?lang=fr')).text()
    expect(page).toMatch(/href="\/embed\/callback\?faqEntry=rien-a-manger&amp;need=food[^"]*&amp;lang=fr"/)
  })
})
