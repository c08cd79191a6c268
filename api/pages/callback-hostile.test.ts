import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'
import { fieldsOf, isWellFormed, referenceOf } from '../testing/pages.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
  await app.db.site.create({ data: { key: 'rivage', name: 'Rivage', origins: ['https://www.rivage.example'], defaultLanguage: 'FR' } })
  await app.directory.refresh()
})
afterAll(() => app.close())
let caller = 0
beforeEach(() => app.setAddress(`203.0.113.${++caller}`))

const ADDRESS = '/embed/callback?site=demo&line=1718'
const FOLLOW = '/embed/callback/follow?site=demo'
const send = (address: string, body: string | URLSearchParams, headers: Record<string, string> = {}) =>
  app.fetch(address, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
const good = async (): Promise<Record<string, string>> => ({
  ...fieldsOf(await (await app.fetch(ADDRESS)).text()),
  phone: `0470 44 55 ${10 + caller}`,
})
const count = () => app.db.callbackRequest.count()

/** Nothing is stored meanwhile. */
async function stores(expected: number, work: () => Promise<void>): Promise<void> {
  const before = await count()
  await work()
  expect(await count()).toBe(before + expected)
}

describe('from where', () => {
  test.each(['https://evil.example', 'https://www.rivage.example', 'null', 'http://127.0.0.1:4001', 'self'])(
    'a form sent from a page of %s is refused, whatever the site allows in its own pages',
    async (origin) => {
      for (const site of ['demo', 'rivage']) {
        await stores(0, async () => {
          const response = await send(`/embed/callback?site=${site}&line=1718`, new URLSearchParams(await good()), { origin })
          expect(response.status).toBe(403)
          const page = await response.text()
          expect(page).toContain('class="phone" href="tel:1718"')
          expect(page).not.toContain('0470')
        })
        const follow = await send(`/embed/callback/follow?site=${site}`, new URLSearchParams({ reference: 'x', phone: 'y' }), { origin })
        expect(follow.status).toBe(403)
      }
    },
  )

  test('our own origin is taken for every site, and so is none', async () => {
    await stores(2, async () => {
      expect((await send('/embed/callback?site=rivage&line=1718', new URLSearchParams(await good()))).status).toBe(200)
      const fields = new URLSearchParams({ ...(await good()), phone: '0470 44 66 10' })
      expect((await app.fetch(ADDRESS, { method: 'POST', body: fields })).status).toBe(200)
    })
  })

  test('what names no origin is a program, and less is taken of it: two requests, ten look-ups', async () => {
    const program = async (address: string, fields: Record<string, string>) =>
      (await app.fetch(address, { method: 'POST', body: new URLSearchParams(fields) })).status
    const asked: number[] = []
    for (let count = 0; count < 3; count++) asked.push(await program(ADDRESS, { ...(await good()), phone: `0470 44 67 ${10 + count}` }))
    expect(asked).toEqual([200, 200, 429])
    const looked: number[] = []
    for (let count = 0; count < 11; count++) looked.push(await program(FOLLOW, { reference: '333-333-333', phone: '0470 44 67 99' }))
    expect(looked).toEqual([...Array(10).fill(404), 429])
    // A page at the same address still has what is a page's.
    expect((await send(ADDRESS, new URLSearchParams({ ...(await good()), phone: '0470 44 67 20' }))).status).toBe(200)
  })

  test('only pages of the site may show it in a frame', async () => {
    const policy = async (address: string) => (await app.fetch(address)).headers.get('content-security-policy')
    expect(await policy('/embed/callback?site=rivage')).toMatch(/frame-ancestors https:\/\/www\.rivage\.example$/)
    expect(await policy('/embed/callback/follow?site=rivage')).toMatch(/frame-ancestors https:\/\/www\.rivage\.example$/)
    expect(await policy('/embed/callback')).toMatch(/frame-ancestors 'none'$/)
    expect(await policy(ADDRESS)).toMatch(/^default-src 'none'; style-src 'sha256-\S+ 'sha256-\S+; base-uri 'none'; form-action 'self';/)
  })

  test('browsers are told to say where a form comes from', async () => {
    for (const address of [ADDRESS, FOLLOW]) expect((await app.fetch(address)).headers.get('referrer-policy')).toBe('same-origin')
  })
})

describe('what is no form', () => {
  test.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded; charset=utf-16',
    'application/x-www-form-urlencoded, text/plain',
  ])('of type %s', async (type) => {
    await stores(0, async () => {
      const response = await send(ADDRESS, String(new URLSearchParams(await good())), { 'content-type': type })
      expect(response.status).toBe(415)
      expect(await response.text()).toContain('class="phone"')
    })
  })

  test('longer than 64 KB', async () => {
    await stores(0, async () => {
      const response = await send(ADDRESS, new URLSearchParams({ ...(await good()), message: 'x'.repeat(65_536) }))
      expect(response.status).toBe(413)
      expect(await response.text()).not.toContain('xxx')
    })
  })

  test.each(['PUT', 'DELETE', 'PATCH'])('by %s', async (method) => {
    expect((await app.fetch(ADDRESS, { method })).status).toBe(405)
  })

  test('by HEAD: the head alone', async () => {
    const response = await app.fetch(ADDRESS, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })
})

describe('what is in it', () => {
  const MARKUP = `"><script>alert(1)</script><b x='`

  test('markup in every field stays text', async () => {
    const names = Object.keys(await good())
    const hostile = Object.fromEntries(names.map((name) => [name, MARKUP]))
    await stores(0, async () => {
      const response = await send(ADDRESS, new URLSearchParams(hostile))
      const page = await response.text()
      expect(response.status).toBe(422)
      expect(page).not.toMatch(/<script|<b x/)
      expect(page).toContain('&quot;&gt;&lt;script&gt;')
      expect(isWellFormed(page)).toBe(true)
      expect(fieldsOf(page)).toMatchObject({ phone: MARKUP, name: MARKUP, message: MARKUP })
    })
  })

  test('markup in every part of the address stays text', async () => {
    const query = new URLSearchParams({
      site: 'demo',
      line: MARKUP,
      need: MARKUP,
      service: MARKUP,
      faqEntry: MARKUP,
      safe: MARKUP,
      lang: MARKUP,
    })
    for (const path of ['/embed/callback', '/embed/callback/follow']) {
      const page = await (await app.fetch(`${path}?${query}`)).text()
      expect(page).not.toMatch(/<script|<b x/)
      expect(isWellFormed(page)).toBe(true)
    }
    expect((await app.fetch(`/embed/callback?${new URLSearchParams({ site: MARKUP })}`)).status).toBe(404)
  })

  test('control characters are left out, and break nothing', async () => {
    const fields = { ...(await good()), name: 'A\u0000d\u001ba', message: 'un\u0000\u0007deux', note: '\u0000' }
    await stores(1, async () => {
      expect((await send(ADDRESS, new URLSearchParams(fields))).status).toBe(200)
    })
    const page = await (await send(ADDRESS, new URLSearchParams({ ...fields, phone: '\u00001' }))).text()
    expect([...page].some((character) => character < '\t')).toBe(false)
    expect(fieldsOf(page)).toMatchObject({ name: 'Ada', message: 'undeux' })
  })

  test('broken percent signs, fields that nobody knows, and fields sent twice', async () => {
    await stores(1, async () => {
      const body = new URLSearchParams(await good())
      for (let index = 0; index < 100; index++) body.append(`field${index}`, 'x'.repeat(100))
      body.append('phone', '0900 12 345')
      body.append('__proto__', 'x')
      body.append('constructor', 'x')
      const response = await send(ADDRESS, `${body}&%E0%A4%A=%ff&=&&&`, { 'content-type': 'application/x-www-form-urlencoded' })
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain('xxxx')
    })
  })

  test('an empty body is a form that is not filled in', async () => {
    const response = await send(ADDRESS, '', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(response.status).toBe(422)
  })

  test('codes that do not exist are as if not given, and a slot of another line is refused', async () => {
    const fields = { ...(await good()), need: 'nope', service: 'nope', faqEntry: 'nope', language: 'XX', notice: 'nope', key: 'é é' }
    await stores(1, async () => {
      expect((await send(ADDRESS, new URLSearchParams(fields))).status).toBe(200)
    })
    await stores(0, async () => {
      const wrong = { ...(await good()), slot: 'liege-solidaire@20261118T0800Z' }
      const response = await send(ADDRESS, new URLSearchParams(wrong))
      expect(response.status).toBe(422)
      expect(await response.text()).toContain('href="#slot"')
    })
  })

  test('a premium number is refused', async () => {
    await stores(0, async () => {
      expect((await send(ADDRESS, new URLSearchParams({ ...(await good()), phone: '0903 12 345' }))).status).toBe(422)
    })
  })
})

describe('programs', () => {
  test('that fill in what people do not see are told what they want to hear, and nothing is stored', async () => {
    await stores(0, async () => {
      const response = await send(ADDRESS, new URLSearchParams({ ...(await good()), website: 'https://spam.example' }))
      expect(response.status).toBe(200)
      const page = await response.text()
      expect(referenceOf(page)).toMatch(/^\w{3}-\w{3}-\w{3}$/)
      expect(page).not.toContain('spam.example')
    })
  })

  test('are known also after the page of danger, which keeps that field', async () => {
    await stores(0, async () => {
      const first = await send(ADDRESS, new URLSearchParams({ ...(await good()), need: 'violence', website: 'x' }))
      const response = await send(ADDRESS, new URLSearchParams({ ...fieldsOf(await first.text()), safe: '1' }))
      expect(referenceOf(await response.text())).toBeDefined()
    })
  })

  test('the field has a label that says to leave it empty, and no way to it by keyboard', async () => {
    const page = await (await app.fetch(ADDRESS)).text()
    const part = /<p class="unseen"[\s\S]*?<\/p>/.exec(page)?.[0] as string
    expect(part).toContain('<label for="website">Laissez ce champ vide</label>')
    expect(part).toMatch(/tabindex="-1" autocomplete="off"/)
    expect(page).toMatch(/\.unseen \{ position: absolute; left: -99em/)
  })
})

test('what a person typed stands in no address and in no log', async () => {
  const said = { phone: '0470 77 88 99', name: 'Kontrollname', message: 'Kontrollwort', note: 'Kontrollzeit', postalCode: 'Kontrollort' }
  const consoles = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  const key = await good()
  const answers = [
    await send(ADDRESS, new URLSearchParams({ ...key, ...said })),
    await send(ADDRESS, new URLSearchParams({ ...key, ...said, need: 'violence' })),
    await send(ADDRESS, new URLSearchParams({ ...key, ...said, postalCode: '4000' })),
    await send(FOLLOW, new URLSearchParams({ reference: 'Kontrollreferenz', phone: said.phone })),
    await send(FOLLOW, new URLSearchParams({ reference: 'Kontrollreferenz', phone: said.phone, act: 'erase' })),
  ]
  expect(answers.map(({ status }) => status)).toEqual([422, 200, 200, 404, 200])
  for (const answer of answers) {
    const page = await answer.text()
    expect(page).not.toMatch(/(href|action)="[^"]*(Kontroll|0470|7788|470778899)/)
    expect([...answer.headers].join()).not.toMatch(/Kontroll|0470|778899/)
    // What is shown again is of the person who asks: nobody keeps it.
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('etag')).toBeNull()
  }
  for (const one of consoles) {
    expect(JSON.stringify(one.mock.calls)).not.toMatch(/Kontroll|0470/)
    one.mockRestore()
  }
  expect(app.errors).toEqual([])
})
