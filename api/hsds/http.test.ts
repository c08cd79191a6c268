import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => app.fetch(`/hsds${path}`, { method, headers })
const read = async (path: string): Promise<any> => (await get(path)).json()
const names = async (path: string): Promise<string[]> => (await read(path)).contents.map(({ name }: { name: string }) => name)

describe('the root', () => {
  test.each(['', '/'])('“%s” says which version this is, and where it is described', async (path) => {
    const about = await read(path)
    expect(about).toEqual({
      version: '3.1',
      profile: expect.stringMatching(/^https:/),
      openapi_url: 'http://127.0.0.1:4000/hsds/openapi.json',
    })
  })

  test('the description has every address of the standard, and each of them answers', async () => {
    const { openapi, paths, servers } = await read('/openapi.json')
    expect(openapi).toBe('3.1.0')
    expect(servers).toEqual([{ url: 'http://127.0.0.1:4000/hsds' }])
    const all = ['services', 'organizations', 'service_at_locations', 'taxonomies', 'taxonomy_terms']
    expect(Object.keys(paths).sort()).toEqual(['/', ...all.flatMap((name) => [`/${name}`, `/${name}/{id}`])].sort())
    for (const name of all) {
      expect(paths[`/${name}`].get.parameters.map(({ name }: { name: string }) => name)).toEqual(
        expect.arrayContaining(['search', 'page', 'per_page', 'format']),
      )
      expect((await get(`/${name}`)).status).toBe(200)
    }
  })
})

describe('what is asked for', () => {
  test('words find services, best first, in any language', async () => {
    const first = async (words: string) => (await names(`/services?lang=fr&search=${encodeURIComponent(words)}`)).slice(0, 3)
    expect(await first('colis alimentaires')).toContain('Colis alimentaires')
    expect(await first('voedselpakketten')).toContain('Colis alimentaires')
    expect((await read('/services?search=xyzzyxyzzy')).contents).toEqual([])
  })

  test('words find organizations, taxonomies and terms', async () => {
    expect(await names('/organizations?search=croix-rouge')).toContain('Croix-Rouge')
    expect(await names('/taxonomies?search=publics')).toEqual(['Publics'])
    expect(await names('/taxonomy_terms?search=EPICERIE')).toEqual(['Épicerie sociale'])
  })

  test('a term finds its services, those of a term below it too, and the organizations that give them', async () => {
    const [food, grocery] = await Promise.all(
      ['food', 'food.social-grocery'].map(async (code) =>
        (await read('/taxonomy_terms?per_page=1000')).contents.find((term: any) => term.code === code),
      ),
    )
    expect(grocery.parent_id).toBe(food.id)
    const { services } = app.directory.current()
    const having = (code: string) => services.filter(({ needs }) => needs.some((need) => need.code === code || need.parent?.code === code))
    for (const [term, code] of [
      [food, 'food'],
      [grocery, 'food.social-grocery'],
    ]) {
      const found = await read(`/services?taxonomy_term_id=${term.id}&per_page=1000`)
      expect(found.contents.map(({ id }: any) => id)).toEqual(having(code).map(({ id }) => id))
      expect(found.total_items).toBeGreaterThan(0)
      const organizations = await read(`/organizations?taxonomy_term_id=${term.id}&per_page=1000`)
      expect(new Set(organizations.contents.map(({ id }: any) => id))).toEqual(
        new Set(having(code).map(({ organization }) => organization.id)),
      )
    }
  })

  test('a taxonomy finds what has any of its terms', async () => {
    const { contents } = await read('/taxonomies')
    for (const { id, name } of contents) {
      const terms = await read(`/taxonomy_terms?taxonomy_id=${id}&per_page=1000`)
      expect(new Set(terms.contents.map(({ taxonomy }: any) => taxonomy))).toEqual(new Set([name]))
      expect((await read(`/services?taxonomy_id=${id}`)).total_items).toBeGreaterThan(80)
    }
  })

  test('terms without a parent, and terms below one', async () => {
    const top = await read('/taxonomy_terms?top_only=true&per_page=1000')
    expect(top.contents.some((term: any) => 'parent_id' in term)).toBe(false)
    const food = top.contents.find((term: any) => term.code === 'food')
    const below = await read(`/taxonomy_terms?parent_id=${food.id}`)
    expect(below.total_items).toBeGreaterThan(2)
    expect(below.contents.every((term: any) => term.code.startsWith('food.'))).toBe(true)
  })

  test('filters narrow one another', async () => {
    const { services } = app.directory.current()
    const [service] = services.filter(({ needs }) => needs.some(({ code }) => code === 'food'))
    const of = `organization_id=${service?.organization.id}`
    const all = await read(`/services?${of}`)
    expect(all.total_items).toBe(service?.organization.services.length)
    const terms = (await read('/taxonomy_terms?per_page=1000')).contents
    const food = terms.find((term: any) => term.code === 'food').id
    const both = await read(`/services?${of}&taxonomy_term_id=${food}`)
    expect(both.contents.map(({ id }: any) => id)).toContain(service?.id)
    expect(both.total_items).toBeLessThanOrEqual(all.total_items)
    expect((await read(`/services?${of}&taxonomy_term_id=${food}&search=xyzzyxyzzy`)).total_items).toBe(0)
  })

  test('an identifier in use nowhere finds nothing', async () => {
    const nowhere = '00000000-0000-4000-8000-000000000000'
    expect(await read(`/services?organization_id=${nowhere}`)).toEqual({
      total_items: 0,
      total_pages: 0,
      page_number: 1,
      size: 0,
      first_page: true,
      last_page: true,
      empty: true,
      contents: [],
    })
    expect((await read(`/services?taxonomy_term_id=${nowhere}`)).total_items).toBe(0)
  })

  test('only what changed since a moment, that moment included', async () => {
    const slug = 'colis-alimentaires'
    const modified = await modify(slug, (serviceId) =>
      app.db.service.update({ where: { id: serviceId }, data: { email: 'colis@example.be' } }),
    )
    const since = (moment: string) => read(`/services?modified_after=${moment}`)
    expect((await since(modified.toISOString())).contents).toMatchObject([{ last_modified: modified.toISOString() }])
    // The + of an offset, as it is and as a space.
    const elsewhere = new Date(modified.getTime() + 2 * 3_600_000).toISOString().slice(0, -1)
    for (const plus of ['%2B', '+']) expect((await since(`${elsewhere}${plus}02:00`)).total_items).toBe(1)
    expect((await since(new Date(modified.getTime() + 1).toISOString())).total_items).toBe(0)
    expect((await since('2031-05-05')).total_items).toBe(0)
    expect((await since('2000-01-01')).total_items).toBe(app.directory.current().services.length)
  })

  /** Changes something of a service; tells when the feed says that it changed. */
  async function modify(slug: string, change: (serviceId: string) => Promise<unknown>): Promise<Date> {
    const before = app.directory.current().servicesBySlug.get(slug)
    await change(before?.id as string)
    await app.directory.refresh()
    const { contents } = await read('/services?minimal=true')
    return new Date(contents.find(({ id }: any) => id === before?.id).last_modified)
  }

  const day = new Date('2026-12-24')
  const PARTS: [part: string, change: (db: TestApp['db'], serviceId: string) => Promise<unknown>][] = [
    ['a text', (db, serviceId) => db.serviceTranslation.updateMany({ where: { serviceId, language: 'DE' }, data: { alert: 'Neu' } })],
    ['a new number', (db, serviceId) => db.phone.create({ data: { serviceId, number: '04 221 80 00', position: 8 } })],
    [
      'what a number is for',
      async (db, serviceId) => {
        const { id: phoneId } = await db.phone.findFirstOrThrow({ where: { serviceId, number: '04 221 80 00' } })
        await db.phoneTranslation.create({ data: { phoneId, language: 'NL', description: 'voor afspraken' } })
      },
    ],
    ['a number that is gone', (db, serviceId) => db.phone.deleteMany({ where: { serviceId } })],
    [
      'its hours',
      (db, serviceId) => db.schedule.create({ data: { serviceId, byday: ['MO'], opensAt: '09:00', closesAt: '12:00', position: 9 } }),
    ],
    ['an exception', (db, serviceId) => db.scheduleException.create({ data: { serviceId, firstDay: day, lastDay: day } })],
    [
      'the reason of an exception',
      async (db, serviceId) => {
        const { id: scheduleExceptionId } = await db.scheduleException.findFirstOrThrow({ where: { serviceId } })
        await db.scheduleExceptionTranslation.create({ data: { scheduleExceptionId, language: 'FR', reason: 'inventaire' } })
      },
    ],
    ['its area', (db, serviceId) => db.serviceArea.create({ data: { serviceId, kind: 'COMMUNE', code: '62096', position: 9 } })],
    ['places left', (db, serviceId) => db.serviceCapacity.create({ data: { serviceId, unit: 'bed', available: 2, updated: day } })],
    [
      'what to bring',
      (db, serviceId) =>
        db.requiredDocument.create({
          data: { serviceId, position: 9, translations: { create: { language: 'FR', document: 'carte d’identité' } } },
        }),
    ],
    ['its needs', (db, serviceId) => db.serviceNeed.create({ data: { serviceId, needCode: 'violence', position: 9 } })],
    ['its audiences', (db, serviceId) => db.serviceAudience.create({ data: { serviceId, audienceCode: 'youth', position: 9 } })],
    [
      'a new place',
      async (db, serviceId) => {
        const texts = { create: { language: 'FR', name: 'Guichet' } } as const
        const { id: locationId } = await db.location.create({ data: { slug: 'guichet', communeNis: '62063', translations: texts } })
        await db.serviceAtLocation.create({ data: { serviceId, locationId } })
      },
    ],
    ['the street of its place', (db) => db.location.update({ where: { slug: 'guichet' }, data: { street: 'Rue Haute 1' } })],
    [
      'the name of its place',
      (db) => db.locationTranslation.updateMany({ where: { location: { slug: 'guichet' } }, data: { name: 'Guichet social' } }),
    ],
  ]
  test.each(PARTS)('%s counts as a change of the service, and of no other', async (_part, change) => {
    const slug = 'mediation-dettes-cpas-liege'
    const { contents } = await read('/services?minimal=true')
    const latest = Math.max(...contents.map((record: any) => Date.parse(record.last_modified)))
    const modified = await modify(slug, (serviceId) => change(app.db, serviceId))
    expect(modified.getTime()).toBeGreaterThan(latest)
    const changed = await read(`/services?modified_after=${modified.toISOString()}`)
    expect(changed.contents.map(({ id }: any) => id)).toEqual([app.directory.current().servicesBySlug.get(slug)?.id])
  })

  test('minimal records are all on one page, unless pages are asked for', async () => {
    const count = app.directory.current().services.length
    expect((await read('/services?minimal=true')).contents).toHaveLength(count)
    expect((await read('/services?minimal=true&per_page=10')).contents).toHaveLength(10)
  })

  test('a page holds 50, or what is asked for, 1000 at most; after the last one there is nothing', async () => {
    expect(await read('/services')).toMatchObject({ size: 50, first_page: true, last_page: false, empty: false })
    expect(await read('/services?per_page=7&page=2')).toMatchObject({ size: 7, page_number: 2, first_page: false })
    expect(await read('/services?per_page=100000')).toMatchObject({ size: app.directory.current().services.length, total_pages: 1 })
    expect(await read('/services?page=4000')).toMatchObject({ size: 0, last_page: true, empty: true, contents: [] })
  })

  test('an organization with its services', async () => {
    const { organizations } = app.directory.current()
    const organization = organizations.find(({ services }) => services.length > 1)
    const record = await read(`/organizations/${organization?.id}?full_service=true`)
    expect(record.services.map(({ id }: any) => id)).toEqual(organization?.services.map(({ id }) => id))
    expect(await read(`/organizations/${organization?.id}`)).not.toHaveProperty('services')
  })

  test('what is offered in a postal code, and how far away it is', async () => {
    const { services } = app.directory.current()
    const all = services.flatMap(({ locations }) => locations)
    const near = (query: string) => read(`/service_at_locations?${query}`)
    expect((await near('')).total_items).toBe(all.length)
    expect((await near('postcode=4000')).total_items).toBeGreaterThan(0)
    // Nothing that is given in a place reaches Ostend.
    expect((await near('postcode=8400')).total_items).toBe(0)
    const somewhere = services.find(({ locations }) => locations.length > 0)
    const areas = await app.db.serviceArea.findMany({ where: { serviceId: somewhere?.id ?? '' } })
    await app.db.serviceArea.deleteMany({ where: { serviceId: somewhere?.id ?? '' } })
    await app.directory.refresh()
    // Without an area it is offered everywhere, there too.
    expect((await near('postcode=8400')).total_items).toBe(somewhere?.locations.length)
    await app.db.serviceArea.createMany({ data: areas })
    await app.directory.refresh()
    expect((await near('postcode=4000&proximity=20000')).total_items).toBe((await near('postcode=4000')).total_items)
    await app.db.location.updateMany({ data: { latitude: 50.2, longitude: 5.58 } })
    await app.directory.refresh()
    expect((await near('postcode=4000&proximity=20000')).total_items).toBe(0)
    expect((await near('postcode=4000&proximity=90000')).total_items).toBeGreaterThan(0)
  })

  test('by POST, with the parameters in the address', async () => {
    const response = await get('/services?per_page=3', {}, 'POST')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual(await read('/services?per_page=3'))
  })
})

describe('what is refused', () => {
  test.each([
    ['/services?page=0', 'page'],
    ['/services?page=-1', 'page'],
    ['/services?page=1.5', 'page'],
    ['/services?page=', 'page'],
    ['/services?page=1&page=2', 'page'],
    ['/services?per_page=many', 'per_page'],
    ['/services?format=xml', 'format'],
    ['/services?full=yes', 'full'],
    ['/services?lang=es', 'lang'],
    ['/services?organization_id=liege', 'organization_id'],
    ['/services?taxonomy_term_id=food', 'taxonomy_term_id'],
    ['/services?modified_after=yesterday', 'modified_after'],
    ['/services?modified_after=2026-02-30', 'modified_after'],
    ['/services?modified_after=2026-01-01T25:00:00Z', 'modified_after'],
    ['/services?postcode=4000', 'postcode'],
    ['/taxonomies?taxonomy_term_id=00000000-0000-4000-8000-000000000000', 'taxonomy_term_id'],
    ['/service_at_locations?postcode=0001', 'postcode'],
    ['/service_at_locations?postcode=Liège', 'postcode'],
    ['/service_at_locations?proximity=100', 'proximity'],
    ['/service_at_locations?postcode=4000&proximity=-5', 'proximity'],
  ])('%s: %s', async (path, parameter) => {
    const response = await get(path)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({ status: 400, errors: [{ parameter, detail: expect.any(String) }] })
  })

  test('everything that is wrong is told together', async () => {
    const { errors } = await read('/services?page=0&per_page=0&full=1')
    expect(errors.map(({ parameter }: any) => parameter)).toEqual(['page', 'per_page', 'full'])
  })

  test('what the standard does not know is ignored', async () => {
    expect((await get('/services?utm_source=letter&full=true')).status).toBe(200)
    expect((await get('/taxonomies?full=true&minimal=true')).status).toBe(200)
  })

  test.each([
    '/nothing',
    '/services/00000000-0000-4000-8000-000000000000',
    '/services/colis-alimentaires',
    '/services/a/b',
    '/taxonomies/constructor',
    '/openapi.json/x',
    '/__proto__',
  ])('%s is not there', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ status: 404, title: 'Not Found' })
  })

  test.each([
    ['DELETE', '/services'],
    ['PUT', '/services'],
    ['POST', '/taxonomies/00000000-0000-4000-8000-000000000000'],
    ['POST', ''],
  ])('%s %s', async (method, path) => {
    const response = await get(path, {}, method)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('GET')
  })

  test('an address that only begins alike is not ours', async () => {
    expect((await app.fetch('/hsdsx')).headers.get('content-type')).not.toContain('problem')
  })
})

describe('how it is answered', () => {
  test('in one language: the one asked for, else the one preferred, else French', async () => {
    const language = async (path: string, accept?: string) =>
      (await get(path, accept === undefined ? {} : { 'accept-language': accept })).headers.get('content-language')
    expect(await language('/taxonomies')).toBe('fr')
    expect(await language('/taxonomies', 'nl-BE, fr;q=0.8')).toBe('nl')
    expect(await language('/taxonomies', 'es')).toBe('fr')
    expect(await language('/taxonomies?lang=de', 'nl')).toBe('de')
    expect(await names('/taxonomies?lang=de')).toEqual(['Bedürfnisse', 'Zielgruppen'])
    expect((await get('/taxonomies')).headers.get('vary')).toBe('Accept-Language, Accept-Encoding')
  })

  test('a text that does not exist in the language is in another, and says so', async () => {
    const slug = 'epiceries-sociales'
    const service = app.directory.current().servicesBySlug.get(slug)
    await app.db.serviceTranslation.deleteMany({ where: { service: { slug }, language: { not: 'FR' } } })
    await app.directory.refresh()
    const record = await read(`/services/${service?.id}?lang=nl`)
    expect(record.name).toBe('Épiceries sociales')
    expect(record.attributes).toContainEqual({
      id: expect.any(String),
      link_id: service?.id,
      link_entity: 'service',
      link_type: 'text_language',
      value: 'fr',
      label: 'Taal van de tekst',
    })
    // In a list too, and not where the text exists.
    const [listed] = (await read('/services?lang=nl&search=sociale%20kruidenier%20epiceries')).contents.filter(
      (one: any) => one.id === service?.id,
    )
    expect(listed.attributes).toMatchObject([{ link_type: 'text_language', value: 'fr' }])
    expect((await read(`/services/${service?.id}?lang=fr`)).attributes.map(({ link_type }: any) => link_type)).not.toContain(
      'text_language',
    )
  })

  test('what ended, is closed for a time or did not answer says so', async () => {
    const status = async (slug: string) => (await read(`/services/${app.directory.current().servicesBySlug.get(slug)?.id}`)).status
    const slug = 'colis-alimentaires'
    expect(await status(slug)).toBe('active')
    for (const [stored, told] of [
      ['INACTIVE', 'inactive'],
      ['DEFUNCT', 'defunct'],
      ['TEMPORARILY_CLOSED', 'temporarily closed'],
    ] as const) {
      await app.db.service.update({ where: { slug }, data: { status: stored } })
      await app.directory.refresh()
      expect(await status(slug)).toBe(told)
    }
    await app.db.service.update({ where: { slug }, data: { status: 'ACTIVE', checkFailedOn: new Date('2026-11-01') } })
    await app.directory.refresh()
    expect(await status(slug)).toBe('inactive')
  })

  test('how many places are left', async () => {
    const service = app.directory.current().services[0]
    const updated = new Date('2026-11-17T08:00:00.000Z')
    await app.db.serviceCapacity.create({ data: { serviceId: service?.id as string, unit: 'bed', available: 3, maximum: 12, updated } })
    await app.directory.refresh()
    expect((await read(`/services/${service?.id}?lang=de`)).capacities).toEqual([
      { id: expect.any(String), unit: { id: expect.any(String), name: 'Bett' }, available: 3, maximum: 12, updated: updated.toISOString() },
    ])
  })

  test('to any page, without a preflight or with one', async () => {
    const response = await get('/services', { origin: 'https://example.org' })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    const preflight = await get('/services', { origin: 'https://example.org', 'access-control-request-method': 'GET' }, 'OPTIONS')
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('GET')
  })

  test('not again while nothing has changed', async () => {
    const first = await get('/services')
    const etag = first.headers.get('etag') as string
    expect(first.headers.get('cache-control')).toBe('public, max-age=60')
    for (const known of [etag, `"other", ${etag}`, '*', etag.replace('W/', '')]) {
      const again = await get('/services', { 'if-none-match': known })
      expect(again.status).toBe(304)
      expect(again.headers.get('etag')).toBe(etag)
      expect(await again.text()).toBe('')
    }
    expect((await get('/services?lang=de', { 'if-none-match': etag })).status).toBe(200)
    await app.db.service.update({ where: { slug: 'colis-alimentaires' }, data: { url: 'https://example.org/colis' } })
    await expect.poll(async () => (await get('/services', { 'if-none-match': etag })).status).toBe(200)
    // On another day other hours may be told.
    const today = (await get('/services')).headers.get('etag') as string
    app.setTime(new Date('2026-11-18T09:00:00Z'))
    expect((await get('/services', { 'if-none-match': today })).status).toBe(200)
  })

  test('compressed, the same', async () => {
    const plain = await (await get('/services?full=true')).text()
    for (const path of ['/services?full=true', '/services?full=true&format=ndjson']) {
      const whole = path.includes('ndjson') ? await (await get(path)).text() : plain
      for (const [encoding, open] of [
        ['gzip', gunzipSync],
        ['br', brotliDecompressSync],
      ] as const) {
        const response = await get(path, { 'accept-encoding': encoding })
        expect(response.headers.get('content-encoding')).toBe(encoding)
        const bytes = Buffer.from(await response.arrayBuffer())
        expect(bytes.length).toBeLessThan(whole.length / 5)
        expect(open(bytes).toString() === whole).toBe(true)
      }
    }
  })

  test('without a body when only the head is asked for', async () => {
    for (const path of ['', '/services', '/services?format=ndjson', '/nothing']) {
      const [head, whole] = [await get(path, {}, 'HEAD'), await get(path)]
      expect(head.status).toBe(whole.status)
      expect(await head.text()).toBe('')
      // The length of lines is not known before they are made.
      const kept = ([name]: [string, string]) => name !== 'content-length' || !path.includes('ndjson')
      expect([...head.headers].filter(kept)).toEqual([...whole.headers].filter(kept))
    }
  })

  test('an answer that nobody waits for any more is not made to its end', async () => {
    const response = await get('/services?full=true&format=ndjson', { 'accept-encoding': 'gzip' })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await reader.cancel()
    expect(app.errors).toEqual([])
  })

  test('while the database is away', async () => {
    await app.db.$disconnect()
    expect((await read('/services')).total_items).toBeGreaterThan(0)
  })
})
