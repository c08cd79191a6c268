import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../testing/ask.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())

const LANGUAGES = ['fr', 'de', 'nl', 'en'] as const

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') => app.fetch(path, { method, headers })
const read = async (path: string, headers: Record<string, string> = {}): Promise<string> => (await get(path, headers)).text()

/** The one block of data of a page. */
function dataOf(page: string): any {
  const blocks = [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)]
  expect(blocks).toHaveLength(1)
  expect(page.match(/<script/g)).toHaveLength(1)
  return JSON.parse(blocks[0]?.[1] as string)
}

const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
const plainText = (page: string) => unescaped(page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' '))

/** On weekdays of the year from 17 November 2026: the legal holidays, and 2 November, on which communes close. */
const CLOSED_DAYS = ['2026-12-25', '2027-01-01', '2027-03-29', '2027-05-06', '2027-05-17', '2027-07-21'].concat([
  '2027-11-01',
  '2027-11-02',
  '2027-11-11',
])

/** Elements that have no end. */
const VOID = new Set(['meta', 'link', 'br'])

/** Every tag is closed in its turn: no value has broken the markup. */
function isWellFormed(page: string): boolean {
  const open: string[] = []
  for (const [, end, name = ''] of page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/gi)) {
    if (VOID.has(name)) continue
    if (!end) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}

/** One title comes first; those below it go down by one step at a time. */
function isTitled(page: string): boolean {
  const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level))
  return levels.every((level, index) => (index === 0 ? level === 1 : level > 1 && level <= (levels[index - 1] as number) + 1))
}

describe('every service and question of the demonstration', () => {
  test.each(LANGUAGES)('is a page in %s, in its own words', async (language) => {
    const { services, faqEntries } = app.directory.current()
    const code = language.toUpperCase() as 'FR'
    expect(services.length).toBeGreaterThan(80)
    expect(faqEntries.length).toBeGreaterThan(60)
    const wrong: string[] = []
    const check = (path: string, holds: boolean, what: string) => {
      if (!holds) wrong.push(`${path}: ${what}`)
    }
    const common = async (path: string, title: string | undefined): Promise<string> => {
      const response = await get(`${path}?lang=${language}`)
      const page = await response.text()
      check(path, response.status === 200 && response.headers.get('content-language') === language, 'answer')
      check(path, page.startsWith(`<!doctype html>\n<html lang="${language}">`), 'language')
      check(path, isWellFormed(page), 'markup')
      check(path, isTitled(page), 'titles')
      check(path, !/undefined|\[object|NaN|Invalid Date/.test(page), 'values')
      check(path, plainText(page).includes(title ?? '?'), 'title')
      check(path, !/ (on\w+|style)=/.test(page.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')), 'nothing that runs or is styled in place')
      return page
    }
    for (const service of services) {
      const path = `/services/${service.slug}`
      const text = service.texts[code]
      const page = await common(path, text?.name)
      const data = dataOf(page)
      check(path, data.name === text?.name && data.description === (text?.description ?? undefined), 'data: texts')
      check(path, ['GovernmentService', 'Service'].includes(data['@type']) && data['@context'] === 'https://schema.org', 'data: type')
      check(path, typeof data.provider.name === 'string' && data.areaServed.length > 0, 'data: provider and area')
      const channels = (data.availableChannel ?? []).filter((channel: any) => channel.servicePhone)
      check(path, channels.length === service.phones.length, 'data: phones')
      check(path, !data.hoursAvailable === (service.schedules.length === 0), 'data: hours')
      for (const { number } of service.phones) check(path, page.includes(`href="tel:${number.replace(/\D/g, '')}"`), `call ${number}`)
      for (const document of service.requiredDocuments)
        check(path, plainText(page).includes(document.texts[code]?.document ?? '?'), 'documents')
      for (const value of [text?.alert, text?.eligibilityDescription, text?.applicationProcess, text?.feesDescription])
        if (value) check(path, plainText(page).replace(/\s+/g, ' ').includes(value.replace(/\s+/g, ' ').trim()), value)
      for (const { slug } of service.faqEntries) check(path, page.includes(`href="/questions/${slug}?lang=${language}"`), `link to ${slug}`)
    }
    for (const entry of faqEntries) {
      const path = `/questions/${entry.slug}`
      const page = await common(path, entry.texts[code]?.question)
      const data = dataOf(page)
      const [question] = data.mainEntity
      check(path, data['@type'] === 'FAQPage' && question['@type'] === 'Question', 'data: type')
      check(path, question.name === entry.texts[code]?.question, 'data: question')
      check(path, question.acceptedAnswer.text === (entry.answers[code] ?? entry.answers.FR)?.answer, 'data: answer')
      for (const { slug } of entry.related) check(path, page.includes(`href="/questions/${slug}?lang=${language}"`), `link to ${slug}`)
      for (const { slug } of entry.services) check(path, page.includes(`href="/services/${slug}?lang=${language}"`), `link to ${slug}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('a page', () => {
  test('is in the language chosen, else preferred, else French, and leads to the others', async () => {
    const title = async (path: string, accept = '') => /<h1[^>]*>(.*?)<\/h1>/.exec(await read(path, { 'accept-language': accept }))?.[1]
    expect(await title('/services/colis-alimentaires')).toBe('Colis alimentaires')
    expect(await title('/services/colis-alimentaires', 'nl-BE,fr;q=0.5')).toBe('Voedselpakketten')
    expect(await title('/services/colis-alimentaires?lang=en', 'nl')).toBe('Food parcels')
    expect(await title('/services/colis-alimentaires?lang=xx')).toBe('Colis alimentaires')
    const page = await read('/services/colis-alimentaires?lang=de')
    for (const language of LANGUAGES) {
      expect(page).toContain(
        `<link rel="alternate" hreflang="${language}" href="http://127.0.0.1:4000/services/colis-alimentaires?lang=${language}">`,
      )
      expect(page).toMatch(
        new RegExp(`<a href="/services/colis-alimentaires\\?lang=${language}" lang="${language}" hreflang="${language}"`),
      )
    }
    expect(page).toContain('<link rel="canonical" href="http://127.0.0.1:4000/services/colis-alimentaires?lang=de">')
    expect(page).toContain('hreflang="x-default" href="http://127.0.0.1:4000/services/colis-alimentaires"')
  })

  test('keeps links plain while nobody has chosen a language', async () => {
    expect(await read('/questions/rien-a-manger')).toContain('href="/services/colis-alimentaires"')
  })

  test('marks a text that exists in another language only, and says so', async () => {
    const slug = 'rien-a-manger'
    const page = await read(`/questions/${slug}?lang=nl`)
    // The question is translated, its answer is not.
    expect(page).toMatch(/<h1>Ik heb niets meer te eten/)
    expect(page).toContain('Deze tekst bestaat nog niet in het Nederlands. Taal van de tekst: Frans.')
    expect(page).toMatch(/<div class="lead stack" lang="fr">/)
    expect(page).toContain(`<link rel="canonical" href="http://127.0.0.1:4000/questions/${slug}?lang=fr">`)
    expect(page).not.toContain(`<link rel="alternate" hreflang="nl"`)
    expect(dataOf(page)).toMatchObject({ inLanguage: 'fr', mainEntity: [{ inLanguage: 'nl', acceptedAnswer: { inLanguage: 'fr' } }] })
  })

  test('shows whom to call, and whether it is open', async () => {
    const page = await read('/services/soutien-seniors-liege')
    expect(page).toContain('<a class="phone" href="tel:080043436" aria-label="Appeler 0800/43 436">0800/43 436</a>')
    expect(page).toContain('<p class="status open">Ouvert jusqu’à 17 h</p>')
    expect(plainText(page).replace(/\s+/g, ' ')).toContain('lundi – vendredi 9 h – 17 h')
    app.setTime(new Date('2026-11-17T20:00:00Z'))
    expect(await read('/services/soutien-seniors-liege')).toContain('<p class="status">Ouvre demain à 9 h</p>')
    app.setTime(new Date('2026-11-17T09:00:00Z'))
  })

  test('tells on which days the hours are others', async () => {
    const slug = 'ligne-1718'
    const { id } = await app.db.service.update({ where: { slug }, data: { url: null } })
    await app.db.scheduleException.createMany({
      data: [
        { serviceId: id, firstDay: new Date('2026-12-24'), lastDay: new Date('2027-01-03') },
        { serviceId: id, firstDay: new Date('2026-12-23'), lastDay: new Date('2026-12-23'), opensAt: '09:00', closesAt: '12:00' },
        { serviceId: id, firstDay: new Date('2026-01-05'), lastDay: new Date('2026-01-06') },
      ],
    })
    await app.directory.refresh()
    const page = plainText(await read(`/services/${slug}`)).replace(/\s+/g, ' ')
    expect(page).toContain('lundi – vendredi 8 h 30 – 17 h')
    expect(page).toContain('du 24 décembre 2026 au 3 janvier 2027 fermé')
    expect(page).toContain('23 décembre 2026 9 h – 12 h')
    expect(page).not.toContain('5 janvier 2026')
    expect(page).toContain('Fermé les jours fériés légaux.')
    const { hoursAvailable } = dataOf(await read(`/services/${slug}`))
    expect(hoursAvailable).toContainEqual({
      '@type': 'OpeningHoursSpecification',
      opens: '00:00',
      closes: '00:00',
      validFrom: '2026-12-24',
      validThrough: '2027-01-03',
    })
  })

  test('tells programs what it tells people', async () => {
    expect(dataOf(await read('/services/soutien-seniors-liege'))).toMatchObject({
      '@type': 'GovernmentService',
      '@id': 'http://127.0.0.1:4000/services/soutien-seniors-liege',
      provider: { '@type': 'GovernmentOrganization', name: 'Ville de Liège' },
      areaServed: [{ '@type': 'AdministrativeArea', name: 'Liège' }],
      audience: [{ '@type': 'Audience', audienceType: expect.any(String) }, { '@type': 'Audience' }],
      availableChannel: [
        { '@type': 'ServiceChannel', servicePhone: { '@type': 'ContactPoint', telephone: '0800/43 436' }, availableLanguage: ['fr'] },
      ],
      hoursAvailable: [
        {
          '@type': 'OpeningHoursSpecification',
          dayOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) => `https://schema.org/${day}`),
          opens: '09:00',
          closes: '17:00',
        },
        ...CLOSED_DAYS.map((day) => ({ opens: '00:00', closes: '00:00', validFrom: day, validThrough: day })),
      ],
    })
  })

  test('in danger, gives the numbers before the answer; where being seen is a risk, a way out', async () => {
    const { faqEntries } = app.directory.current()
    const dangers = faqEntries.filter(({ urgency }) => urgency === 'DANGER')
    expect(dangers.length).toBeGreaterThan(0)
    for (const { slug } of dangers) {
      const page = await read(`/questions/${slug}`)
      expect(page.indexOf('class="phone"')).toBeGreaterThan(0)
      expect(page.indexOf('class="phone"')).toBeLessThan(page.indexOf('class="lead stack"'))
    }
    const shown = faqEntries.find(({ needs }) => needs.some(({ quickExit }) => quickExit))
    expect(await read(`/questions/${shown?.slug}`)).toContain('<a class="exit" href="https://www.meteo.be" rel="noreferrer">')
    expect(await read('/questions/colis-alimentaire')).not.toContain('class="exit"')
  })

  test.each([
    ['ended', { status: 'DEFUNCT' }],
    ['is not given at present', { status: 'INACTIVE' }],
    ['did not answer when it was checked', { checkFailedOn: new Date('2026-11-10') }],
  ] as const)('tells programs neither hours nor numbers of what %s', async (_what, change) => {
    const slug = 'soutien-seniors-liege'
    const path = `/services/${slug}`
    const reachable = dataOf(await read(path))
    expect(reachable.availableChannel.length).toBeGreaterThan(0)
    const { status, checkFailedOn, organizationId } = await app.db.service.findUniqueOrThrow({ where: { slug } })
    const { id } = await app.db.phone.create({ data: { organizationId, number: '04 221 80 00', position: 9 } })
    await app.db.service.update({ where: { slug }, data: change })
    await app.directory.refresh()
    const page = await read(path)
    const data = dataOf(page)
    expect(data.name).toBe(reachable.name)
    expect(data).not.toHaveProperty('hoursAvailable')
    expect(JSON.stringify(data)).not.toMatch(/telephone|ServiceChannel/)
    await app.db.service.update({ where: { slug }, data: { status, checkFailedOn } })
    await app.directory.refresh()
    expect(dataOf(await read(path)).provider.telephone).toBeDefined()
    await app.db.phone.delete({ where: { id } })
    await app.directory.refresh()
  })

  test('says what ended, and what is closed for a time', async () => {
    const slug = 'epiceries-sociales'
    const set = async (status: 'DEFUNCT' | 'INACTIVE' | 'TEMPORARILY_CLOSED') => {
      await app.db.service.update({ where: { slug }, data: { status } })
      await app.directory.refresh()
      return read(`/services/${slug}`)
    }
    expect(await set('DEFUNCT')).toContain('Cette aide n’existe plus.')
    expect(await set('INACTIVE')).toContain('Cette aide n’est pas donnée pour le moment.')
    expect(await set('TEMPORARILY_CLOSED')).toContain('Fermé temporairement')
  })

  test('says that the content is a demonstration, and stays out of search engines then', async () => {
    const page = await read('/services/colis-alimentaires')
    expect(page).toContain('Contenu de démonstration')
    expect(page).toContain('<meta name="robots" content="noindex">')
  })
})

describe('what is not there', () => {
  test.each([
    ['fr', 'Cette page n’existe pas'],
    ['de', 'Diese Seite gibt es nicht'],
    ['nl', 'Deze pagina bestaat niet'],
    ['en', 'This page does not exist'],
  ])('is told in %s', async (language, text) => {
    for (const path of [
      '/services/nothing',
      '/questions/nothing',
      '/services',
      '/questions/',
      '/services/constructor',
      '/services/%3Cb%3E',
    ]) {
      const response = await get(path, { 'accept-language': language })
      expect(response.status).toBe(404)
      expect(response.headers.get('content-language')).toBe(language)
      expect(await response.text()).toContain(`<h1>${text}</h1>`)
    }
  })

  test('an address cannot write into the page', async () => {
    const page = await read(`/services/${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(page).not.toContain('<script')
    expect(isWellFormed(page)).toBe(true)
  })

  test('only reading is possible', async () => {
    expect((await get('/services/colis-alimentaires', {}, 'POST')).status).toBe(405)
  })
})

describe('what editors or others wrote', () => {
  const HOSTILE = `</script><script>alert(1)</script>"><img src=x onerror=alert(1)> ' & <!-- \u2028 ]]> \${x} $& </title></style></div>`

  test('cannot break out of the page or of its data', async () => {
    const slug = 'colis-alimentaires'
    const { id } = await app.db.service.update({
      where: { slug },
      data: { url: 'javascript:alert(1)', email: '"><script>@x.be', source: HOSTILE },
    })
    const texts = { name: HOSTILE, description: HOSTILE, applicationProcess: HOSTILE, feesDescription: HOSTILE }
    await app.db.serviceTranslation.updateMany({
      where: { serviceId: id },
      data: { ...texts, eligibilityDescription: HOSTILE, alert: HOSTILE },
    })
    await app.db.phone.create({
      data: { serviceId: id, number: '"><script>1', position: 9, translations: { create: { language: 'FR', description: HOSTILE } } },
    })
    const question = await app.db.faqEntry.update({ where: { slug: 'rien-a-manger' }, data: { source: HOSTILE } })
    await app.db.faqEntryTranslation.updateMany({
      where: { faqEntryId: question.id },
      data: { question: HOSTILE, answer: `${HOSTILE}\n\n${HOSTILE}` },
    })
    await app.directory.refresh()

    for (const path of [`/services/${slug}`, '/questions/rien-a-manger']) {
      const page = await read(path)
      // The data is the only script, and the title the only title.
      const data = dataOf(page)
      expect(data.name ?? data.mainEntity[0].name).toBe(HOSTILE)
      expect(page).not.toContain('<img')
      expect(page).not.toContain('<!--')
      expect(page).not.toContain('javascript:')
      expect(page.match(/<\/title>/g)).toHaveLength(1)
      expect(page.match(/<\/style>/g)).toHaveLength(1)
      expect(isWellFormed(page)).toBe(true)
      // It is shown as it was written.
      expect(plainText(page)).toContain(HOSTILE)
    }
  })
})

describe('how it is sent', () => {
  test('nothing may run, load or send; only our own style, by its hash', async () => {
    const response = await get('/questions/colis-alimentaire')
    const policy = response.headers.get('content-security-policy') as string
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(await response.text()) ?? []
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|script-src/)
    expect(policy).toContain(
      `style-src 'sha256-${createHash('sha256')
        .update(style as string)
        .digest('base64')}'`,
    )
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('vary')).toBe('Accept-Language, Accept-Encoding')
  })

  test('not again while it says the same, and compressed', async () => {
    const path = '/questions/colis-alimentaire'
    const first = await get(path)
    expect(first.headers.get('cache-control')).toBe('public, max-age=60')
    const etag = first.headers.get('etag') as string
    const again = await get(path, { 'if-none-match': etag })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await get(`${path}?lang=nl`, { 'if-none-match': etag })).status).toBe(200)
    const packed = await get(path, { 'accept-encoding': 'gzip' })
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toBe(await first.text())
    const head = await get(path, {}, 'HEAD')
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-length')).toBe(first.headers.get('content-length'))
  })
})
