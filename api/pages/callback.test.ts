import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NOTICE_VERSION as WIDGETS_NOTICE } from '../../widgets/shared/strings/fr.ts'
import type { Line } from '../directory/snapshot.ts'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'
import { NOTICE_VERSION } from './strings/callback/fr.ts'
import { fieldsOf, isWellFormed, plainText, referenceOf, summaryOf, titleOf } from '../testing/pages.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
/** Each test comes from an address of its own, so that none uses up another's limit. */
let caller = 0
beforeEach(() => app.setAddress(`198.51.100.${++caller}`))

const LINE = '?site=demo&line=liege-solidaire'
const ADDRESS = `/embed/callback${LINE}`

const open = async (address = ADDRESS, headers: Record<string, string> = {}) => {
  const response = await app.fetch(address, { headers: { 'accept-language': 'fr', ...headers } })
  return { response, page: await response.text() }
}
/** Sends as a browser does from our own page. */
const post = async (address: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const body = new URLSearchParams(fields)
  const response = await app.fetch(address, { method: 'POST', body, headers: { 'accept-language': 'fr', origin: ORIGIN, ...headers } })
  return { response, page: await response.text() }
}
/** Opens the form, fills it in over what stands in it already, and sends it. */
const send = async (changed: Record<string, string>, address = ADDRESS) => {
  const fields = { ...fieldsOf((await open(address)).page), ...changed }
  return { ...(await post(address, fields)), fields }
}
const stored = () => app.db.callbackRequest.findMany({ orderBy: { position: 'asc' } })
const newest = async () => (await stored()).at(-1)
const slotsIn = (page: string) => [...page.matchAll(/name="slot" value="([^"]+@[^"]+)"/g)].map(([, id]) => id as string)

describe('the form', () => {
  test.each([
    ['fr', 'Être rappelé gratuitement'],
    ['de', 'Kostenlos zurückgerufen werden'],
    ['nl', 'Gratis teruggebeld worden'],
    ['en', 'Be called back, free of charge'],
  ])('is there in %s, without a script', async (language, title) => {
    const { response, page } = await open(`${ADDRESS}&lang=${language}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe(language)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(page).toContain(`<html lang="${language}">`)
    expect(page).toContain(`<h1>${title}</h1>`)
    expect(page).not.toMatch(/<script| on\w+=| style="|undefined|\[object/)
    expect(isWellFormed(page)).toBe(true)
  })

  test('asks how to reach a person safely before it asks for her number', async () => {
    const { page } = await open()
    const order = ['voicemail', 'sayWhoCalls', 'note', 'phone', 'name', 'language', 'postalCode', 'slot', 'message']
    const places = order.map((name) => page.indexOf(`name="${name}"`))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
    expect(page).not.toMatch(/ checked/)
  })

  test('shows the slots that have a place, by day, and when one would be called without', async () => {
    const { page } = await open()
    const slots = slotsIn(page)
    expect(slots.length).toBeGreaterThan(4)
    expect(new Set(slots).size).toBe(slots.length)
    expect(plainText(page)).toMatch(/Dès que possible\s+sans doute aujourd’hui avant/)
    expect(page).toContain('<legend>demain, mercredi 18 novembre</legend>')
  })

  test('asks which line when several call back and none is named, and then shows its times with all that was filled in', async () => {
    const address = '/embed/callback?site=demo'
    const { page } = await open(address)
    expect(page.match(/name="line"/g)?.length).toBeGreaterThan(1)
    expect(slotsIn(page)).toEqual([])
    // Enter sends: the button that sends is the first.
    expect(page.match(/<button[^>]*>/)?.[0]).toBe('<button class="go">')
    const shown = await send({ line: '1718', name: 'Ada', show: 'times' }, address)
    expect(shown.response.status).toBe(200)
    expect(slotsIn(shown.page).every((id) => id.startsWith('1718@'))).toBe(true)
    expect(slotsIn(shown.page).length).toBeGreaterThan(0)
    expect(shown.page).toContain('value="Ada"')
    const none = await send({ name: 'Ada', show: 'times' }, address)
    expect(none.response.status).toBe(422)
    expect(summaryOf(none.page)).toEqual(['#line'])
  })

  test('asks for no e-mail address and nothing about text messages where the server sends neither', async () => {
    const { page } = await open()
    expect(page).not.toMatch(/name="(email|sms)"/)
  })

  test('takes a need, a service and a question from the address, and leaves out what does not exist', async () => {
    const { page } = await open(`${ADDRESS}&need=food&service=colis-alimentaires&faqEntry=rien-a-manger`)
    expect(page).not.toContain('<select id="need"')
    expect(plainText(page)).toContain('Colis alimentaires')
    const { page: other, response } = await open('/embed/callback?site=demo&line=nope&need=nope&service=nope&faqEntry=nope')
    expect(response.status).toBe(200)
    expect(other).toContain('<select id="need"')
    expect(other).toContain('name="line"')
  })

  test('tells who uses the data, in the version that the widget tells', async () => {
    const { page } = await open()
    expect(page).toContain(
      '<p>Ville de Liège utilise ces données pour vous rappeler et vous donner des nouvelles de votre demande. ' +
        'C’est une mission publique : votre accord n’est pas demandé. Votre numéro et ce que vous avez écrit sont effacés 30 jours après ' +
        'la fin de votre demande, 14 si personne n’a pu vous joindre, 90 si elle est confiée à un partenaire ; le besoin et le code postal ' +
        'restent, sans vous, pour compter. Vous pouvez demander à les voir, à les corriger ou à les effacer.</p>',
    )
    expect(NOTICE_VERSION).toBe(WIDGETS_NOTICE)
    expect(fieldsOf(page).notice).toBe(NOTICE_VERSION)
  })

  test.each([
    ['fr', 'effacés 1 jour après', '2 si personne', '3 si elle est confiée'],
    ['de', '1 Tag nach dem Ende', 'nach 2, wenn niemand', 'nach 3, wenn ein Partner'],
    ['nl', '1 dag na het einde', 'na 2 als niemand', 'na 3 als een partner'],
    ['en', '1 day after the end', '2 if nobody', '3 if it is handed'],
  ])('tells for how long the server keeps the data, in %s', async (language, ...parts) => {
    const other = await createTestApp({ retention: { closedDays: 1, unreachedDays: 2, escalatedDays: 3, correctionDays: 4 } })
    const page = await (await other.fetch(`${ADDRESS}&lang=${language}`)).text().finally(() => other.close())
    for (const part of parts) expect(plainText(page)).toContain(part)
  })

  test.each([
    ['fr', 'Nous pouvons ', 'facultatif', 'Aktenzeichen'],
    ['de', 'Wir dürfen ', 'freiwillig', 'Aktenzeichen'],
    ['nl', 'We mogen ', 'niet verplicht', 'dossiernummer'],
    ['en', 'We may ', 'optional', 'file number'],
  ])('asks what we may do, which nobody need say, in %s', async (language, may, optional, never) => {
    const { page } = await open(`${ADDRESS}&lang=${language}`)
    const [group = ''] = /<fieldset[^>]*>\s*<legend>[\s\S]*?name="sayWhoCalls"[\s\S]*?<\/fieldset>/.exec(page) ?? []
    expect(/<legend>([\s\S]*?)<\/legend>/.exec(group)?.[1]).toContain(`(${optional})`)
    const wishes = [...group.matchAll(/<span>([^<]*)<\/span>/g)].map(([, wish]) => wish)
    expect(wishes).toHaveLength(2)
    for (const wish of wishes) expect(wish).toMatch(new RegExp(`^${may}`))
    expect(page).not.toContain(never)
  })

  test('tells the language of a name that is not in the page’s', async () => {
    const { id, organization } = app.directory.current().linesBySlug.get('1718') as Line
    await app.db.lineTranslation.delete({ where: { lineId_language: { lineId: id, language: 'EN' } } })
    await app.db.organizationTranslation.delete({ where: { organizationId_language: { organizationId: organization.id, language: 'EN' } } })
    await app.directory.refresh()
    const address = '/embed/callback?site=demo&line=1718&lang=en'
    const { page } = await open(address)
    expect(page).toMatch(/<strong><span lang="fr">[^<]+<\/span><\/strong>/)
    expect(page).toMatch(/<p><span lang="fr">[^<]+<\/span> uses these data/)
    const sent = await send({ phone: '0470 12 34 11' }, address)
    expect(sent.page).toMatch(/<p class="status"><span lang="fr">[^<]+<\/span> calls you/)
    expect((await open(address.replace('lang=en', 'lang=fr'))).page).not.toContain('<span lang="fr">')
  })

  test('draws a key of its own each time', async () => {
    const keys = [fieldsOf((await open()).page).key, fieldsOf((await open()).page).key]
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/)
    expect(keys[0]).not.toBe(keys[1])
  })

  test('says when nobody calls back, and whom to call', async () => {
    await app.db.line.updateMany({ where: { slug: { in: ['liege-solidaire', '1718', '1719'] } }, data: { acceptsCallbacks: false } })
    await app.directory.refresh()
    const { page, response } = await open('/embed/callback?site=demo')
    await app.db.line.updateMany({ where: { slug: { in: ['liege-solidaire', '1718', '1719'] } }, data: { acceptsCallbacks: true } })
    await app.directory.refresh()
    expect(response.status).toBe(200)
    expect(page).not.toContain('<form')
    expect(page).toContain('href="tel:1718"')
  })
})

describe('a request', () => {
  test('is stored with all that was said, and answered with what to keep', async () => {
    const { page: form } = await open(`${ADDRESS}&need=debt`)
    const [slot] = slotsIn(form)
    const { response, page } = await send(
      { phone: '0470/12.34.01', name: 'Ada', postalCode: '4000', message: 'Bonjour\r\nmerci', slot: slot as string, voicemail: '1' },
      `${ADDRESS}&need=debt`,
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('cache-control')).toBe('no-store')
    const row = await newest()
    expect(referenceOf(page)).toBe(row?.reference)
    expect(row).toMatchObject({
      needCode: 'debt',
      postalCode: '4000',
      language: 'FR',
      safeVoicemail: true,
      safeSms: null,
      safeSayWhoCalls: false,
    })
    expect(row).toMatchObject({ noticeVersion: NOTICE_VERSION, noticeLanguage: 'FR' })
    expect(row?.slotStartsAt).not.toBeNull()
    expect(plainText(page)).toMatch(/Liège Solidaire vous appelle mardi 17 novembre entre/)
    expect(plainText(page)).toContain('Ceci n’est pas une demande d’aide officielle.')
    expect(page).toContain('href="/embed/callback/follow?site=demo"')
    expect(isWellFormed(page)).toBe(true)
  })

  test.each([
    ['fr', 'Notez-la', 'dès que possible, sans doute aujourd’hui'],
    ['de', 'Schreiben Sie sie auf', 'so bald wie möglich an, wohl heute'],
    ['nl', 'Schrijf ze op', 'zo snel mogelijk, wellicht vandaag'],
    ['en', 'Write it down', 'as soon as possible, probably today'],
  ])('as soon as possible, in %s', async (language, keep, soon) => {
    const { page, response } = await send({ phone: `0470 12 35 ${10 + caller}` }, `${ADDRESS}&lang=${language}`)
    expect(response.status).toBe(200)
    expect(plainText(page)).toContain(keep)
    expect(plainText(page)).toContain(soon)
    expect((await newest())?.noticeLanguage).toBe(language.toUpperCase())
  })

  test('sent again, by a reload or a second press, is the same request', async () => {
    const before = (await stored()).length
    const fields = { ...fieldsOf((await open()).page), phone: '0470 12 34 02' }
    const answers = await Promise.all([post(ADDRESS, fields), post(ADDRESS, fields), post(ADDRESS, fields)])
    const later = await post(ADDRESS, fields)
    const references = [...answers, later].map(({ page }) => referenceOf(page))
    expect(new Set(references).size).toBe(1)
    expect(references[0]).toMatch(/^[\dA-Z]{3}-[\dA-Z]{3}-[\dA-Z]{3}$/)
    expect((await stored()).length).toBe(before + 1)
    expect([...answers, later].map(({ response }) => response.status)).toEqual([200, 200, 200, 200])
  })

  test('with the same key and other words keeps them, and may be sent once more', async () => {
    const fields: Record<string, string> = { ...fieldsOf((await open()).page), phone: '0470 12 34 03' }
    await post(ADDRESS, fields)
    const { response, page } = await post(ADDRESS, { ...fields, message: 'autre chose' })
    expect(response.status).toBe(409)
    expect(page).toContain('autre chose')
    const again: Record<string, string> = { ...fieldsOf(page), message: 'autre chose' }
    expect(again.key).not.toBe(fields.key)
    expect((await post(ADDRESS, again)).response.status).toBe(200)
  })

  test('tells that a register number was taken out', async () => {
    const { page } = await send({ phone: '0470 12 34 04', message: 'Mon numéro est le 85.07.30-033.28' })
    expect(plainText(page)).toContain('Nous avons retiré de votre texte un numéro national')
    expect(page).not.toContain('033.28')
  })

  test('of a site that does not exist is not found, by GET and by POST; without a site it is our own page', async () => {
    const nobody = '/embed/callback?site=nobody&line=1718'
    const { page, response } = await open(nobody)
    expect(response.status).toBe(404)
    expect(page).toContain('Cette page n’existe pas')
    expect((await post(nobody, { phone: '0470 12 34 56' })).response.status).toBe(404)
    expect((await send({ phone: '0470 12 34 05' }, '/embed/callback?line=1718')).response.status).toBe(200)
  })
})

describe('danger', () => {
  test('comes before the form when the address names it, until the person is safe', async () => {
    const { page, response } = await open(`${ADDRESS}&need=violence`)
    expect(response.status).toBe(200)
    expect(page).toContain('href="tel:112"')
    expect(page).toContain('href="tel:080030030"')
    expect(page).toContain('class="exit"')
    expect(page).not.toContain('<form')
    const safe = /href="([^"]*safe=1[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') as string
    const form = await open(safe)
    expect(form.page).toContain('name="phone"')
    expect(form.page).toContain('class="card urgent"')
    expect((await send({ phone: '0470 12 34 06' }, safe)).response.status).toBe(200)
    expect((await newest())?.needCode).toBe('violence')
  })

  test('comes before anything is stored when the form names it, and nothing is lost', async () => {
    const before = (await stored()).length
    const { page, response } = await send({ phone: '0470 12 34 07', need: 'violence', message: 'pas le soir', note: 'chez ma mère' })
    expect(response.status).toBe(200)
    expect(page).toContain('href="tel:112"')
    expect((await stored()).length).toBe(before)
    const kept = fieldsOf(page)
    expect(kept).toMatchObject({ phone: '0470 12 34 07', message: 'pas le soir', note: 'chez ma mère', need: 'violence' })
    const sent = await post(ADDRESS, { ...kept, safe: '1' })
    expect(referenceOf(sent.page)).toBe((await newest())?.reference)
    expect((await stored()).length).toBe(before + 1)
    // Whoever is called back in an hour still sees whom to call now.
    expect(sent.page).toContain('class="card urgent"')
  })

  test('in the person’s own words shows whom to call, beside the request', async () => {
    const { page } = await send({ phone: '0470 12 34 08', message: 'mon mari me frappe' })
    expect(referenceOf(page)).toBeDefined()
    expect(page).toContain('href="tel:112"')
    expect(page).toContain('class="exit"')
  })
})

describe('what has to be put right', () => {
  test('is said at once, with links to the fields, and nothing typed is lost', async () => {
    const typed = {
      phone: '12',
      name: 'Ada Ø',
      postalCode: '99',
      note: 'x'.repeat(301),
      message: 'reste\r\nici',
      slot: 'asap',
      sayWhoCalls: '1',
    }
    const { page, response } = await send(typed)
    expect(response.status).toBe(422)
    expect(titleOf(page)).toBe('Erreur : Être rappelé gratuitement')
    expect(page).toContain('role="alert"')
    expect(summaryOf(page)).toEqual(['#note', '#phone', '#postalCode'])
    for (const name of ['note', 'phone', 'postalCode']) {
      const tag = new RegExp(`<input id="${name}"[^>]*>`).exec(page)?.[0] as string
      expect(tag).toContain('aria-invalid="true"')
      expect(tag).toContain(`${name}-error`)
      expect(page).toContain(`id="${name}-error"`)
    }
    expect(page.match(/aria-invalid/g)).toHaveLength(3)
    expect(fieldsOf(page)).toMatchObject({ ...typed, message: 'reste\nici' })
    expect(isWellFormed(page)).toBe(true)
  })

  test.each([
    ['fr', 'Erreur : '],
    ['de', 'Fehler: '],
    ['nl', 'Fout: '],
    ['en', 'Error: '],
  ])('begins the title in %s', async (language, prefix) => {
    const { page } = await send({ phone: '' }, `${ADDRESS}&lang=${language}`)
    expect(titleOf(page).startsWith(prefix)).toBe(true)
    expect(summaryOf(page)).toEqual(['#phone'])
  })

  test('a line that was not chosen', async () => {
    const { page, response } = await send({ phone: '0470 12 34 09' }, '/embed/callback?site=demo')
    expect(response.status).toBe(422)
    expect(summaryOf(page)).toEqual(['#line'])
    expect(page).toContain('id="line"')
  })

  test('a slot that is lost meanwhile: the others are shown, and the rest is kept', async () => {
    const { page: form } = await open()
    const slot = slotsIn(form)[1] as string
    const line = app.directory.current().linesBySlug.get('liege-solidaire')
    const startsAt = new Date(slot.replace(/^.*@(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5Z'))
    const place = { lineId: line?.id as string, startsAt }
    await app.db.callbackSlot.upsert({
      where: { lineId_startsAt: place },
      create: { ...place, endsAt: new Date(startsAt.getTime() + 3_600_000), taken: 10_000 },
      update: { taken: 10_000 },
    })
    const { page, response } = await post(ADDRESS, { ...fieldsOf(form), phone: '0470 12 34 10', name: 'Ada', slot })
    expect(response.status).toBe(409)
    expect(summaryOf(page)).toEqual(['#slot'])
    expect(slotsIn(page)).not.toContain(slot)
    expect(slotsIn(page).length).toBeGreaterThan(0)
    expect(fieldsOf(page)).toMatchObject({ phone: '0470 12 34 10', name: 'Ada' })
    await app.db.callbackSlot.deleteMany({ where: place })
  })
})

describe('what is not the person’s fault', () => {
  test('too many from one place: the number of the line, big, and nothing is lost', async () => {
    for (let count = 0; count < 5; count++) await send({ phone: `0470 22 33 ${10 + count}` })
    const before = (await stored()).length
    const { page, response } = await send({ phone: '0470 22 33 20', message: 'reste ici' })
    expect(response.status).toBe(429)
    expect(page).toContain('<a class="phone" href="tel:080043436"')
    expect(page.indexOf('class="phone"')).toBeLessThan(page.indexOf('<form'))
    expect(fieldsOf(page)).toMatchObject({ phone: '0470 22 33 20', message: 'reste ici' })
    expect((await stored()).length).toBe(before)
    expect(plainText(page)).toContain('Appelez, ou réessayez plus tard')
  })

  test('too many for one number: when to try again, in words and for programs', async () => {
    for (let count = 0; count < 3; count++) await send({ phone: '0470 22 34 10' })
    const { page, response } = await send({ phone: '0470 22 34 10' })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(3_600)
    expect(plainText(page)).toContain('Réessayez demain, ou appelez le 0800/43 436.')
  })

  test('the database is away: the form is there with the numbers, and sent again later it is stored once', async () => {
    const fields = { ...fieldsOf((await open()).page), phone: '0470 22 35 10', message: 'reste ici', slot: 'asap' }
    const { query } = app.sql
    app.sql.query = (() => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))) as never
    const answer = await post(ADDRESS, fields).finally(() => {
      app.sql.query = query
    })
    expect(answer.response.status).toBe(503)
    expect(answer.response.headers.get('retry-after')).toBe('5')
    expect(answer.page).toContain('class="phone" href="tel:080043436"')
    expect(fieldsOf(answer.page)).toMatchObject(fields)
    expect(slotsIn(answer.page).length).toBeGreaterThan(0)
    expect(referenceOf((await post(ADDRESS, fieldsOf(answer.page))).page)).toBe((await newest())?.reference)
    expect(app.errors).toEqual([])
  })

  test('the database is away when the form is opened: it says so, and still is a form', async () => {
    const { findMany } = app.db.callbackSlot
    app.db.callbackSlot.findMany = (() => Promise.reject(Object.assign(new Error('gone'), { code: 'P1001' }))) as never
    const { page, response } = await open().finally(() => {
      app.db.callbackSlot.findMany = findMany
    })
    expect(response.status).toBe(503)
    expect(page).toContain('name="phone"')
    expect(page).toContain('class="phone"')
  })

  test('a fault of ours keeps what was typed, and is logged without it', async () => {
    const fields = { ...fieldsOf((await open()).page), phone: '0470 22 36 10', message: 'Kontrollwort' }
    const { query } = app.sql
    app.sql.query = (() => Promise.reject(new TypeError('Kontrollwort 0470 22 36 10'))) as never
    const { page, response } = await post(ADDRESS, fields).finally(() => {
      app.sql.query = query
    })
    expect(response.status).toBe(500)
    expect(fieldsOf(page)).toMatchObject(fields)
    expect(app.errors).toEqual([{ event: 'unexpected_error', code: 'TypeError', path: 'pages' }])
    app.errors.length = 0
  })
})
