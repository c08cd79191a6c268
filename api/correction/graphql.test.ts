import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unseal } from '../sealing/seal.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { LIMITS } from './rules.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  app.setTime(NOW)
  app.setAddress('192.0.2.1')
  await app.db.correction.deleteMany()
  await app.resetLimits()
})

const SUGGEST = `mutation ($input: SuggestCorrectionInput!) {
  suggestCorrection(input: $input) {
    __typename
    ... on CorrectionReceipt { received suggestedAt masked }
    ... on UserError { message }
    ... on InvalidInput { problems { path code message } }
    ... on TooManyRequests { retryAfterSeconds }
  }
}`
const SERVICE = 'tele-accueil'
/** As a page of the site sends it. */
const suggest = (input: object = {}, headers: Record<string, string> = {}) => send(input, { origin: ORIGIN, ...headers })
const send = async (input: object = {}, headers: Record<string, string> = {}) => {
  const report = { service: SERVICE, topic: 'HOURS', ...input }
  const { data, errors } = await app.ask(SUGGEST, { input: report }, { 'passerelle-site': 'demo', ...headers })
  expect(errors).toBeUndefined()
  return data.suggestCorrection
}
const question = () => app.directory.current().faqEntries[0]?.slug as string

describe('what a visitor reports', () => {
  test('of a service is received', async () => {
    expect(await suggest({ message: 'Fermé le mercredi.' })).toEqual({
      __typename: 'CorrectionReceipt',
      received: true,
      suggestedAt: NOW.toISOString(),
      masked: false,
    })
    const row = await app.db.correction.findFirstOrThrow()
    expect(row).toMatchObject({ serviceSlug: SERVICE, faqEntrySlug: null, topic: 'HOURS', language: 'FR', status: 'NEW', suggestedAt: NOW })
  })

  test('of a question is received, without a message and in another language', async () => {
    expect(await suggest({ service: null, faqEntry: question(), topic: 'TEXT' }, { 'accept-language': 'de' })).toMatchObject({
      received: true,
    })
    const row = await app.db.correction.findFirstOrThrow()
    expect(row).toMatchObject({ serviceSlug: null, faqEntrySlug: question(), topic: 'TEXT', language: 'DE', messageSealed: null })
  })

  test('says its language when it is not that of the page', async () => {
    await suggest({ language: 'NL' }, { 'accept-language': 'de' })
    expect(await app.db.correction.findFirstOrThrow()).toMatchObject({ language: 'NL' })
  })

  test('is stored sealed: an editor with the keys reads it, who has the database does not', async () => {
    await suggest({ message: '  Je m’appelle Sentinelle, et j’ai attendu.\u0000 ' })
    const row = await app.db.correction.findFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain('Sentinelle')
    expect(unseal(app.keys, row.messageSealed as string, { table: 'correction', column: 'message', row: row.id })).toBe(
      'Je m’appelle Sentinelle, et j’ai attendu.',
    )
  })

  test('needs a site that exists', async () => {
    const { data, errors } = await app.ask(SUGGEST, { input: { service: SERVICE, topic: 'HOURS' } }, { 'passerelle-site': 'nowhere' })
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'UNKNOWN_SITE'])
    expect(await app.db.correction.count()).toBe(0)
  })

  test('is one in an operation', async () => {
    const two =
      'mutation ($i: SuggestCorrectionInput!) { a: suggestCorrection(input: $i) { __typename } b: suggestCorrection(input: $i) { __typename } }'
    const { errors } = await app.ask(two, { i: { service: SERVICE, topic: 'HOURS' } }, { 'passerelle-site': 'demo' })
    expect(errors?.[0]?.extensions.code).toBe('QUERY_TOO_LARGE')
    expect(await app.db.correction.count()).toBe(0)
  })
})

describe('what cannot be accepted is told, all of it', () => {
  test.each<[what: string, input: () => object, problems: string[]]>([
    ['neither service nor question', () => ({ service: null }), ['input.service required']],
    ['both', () => ({ faqEntry: question() }), ['input.faqEntry one_only']],
    ['a service that does not exist', () => ({ service: 'nulle-part' }), ['input.service unknown']],
    ['a message that is too long', () => ({ message: 'é'.repeat(1_001) }), ['input.message too_long']],
    [
      'everything at once',
      () => ({ service: 'x', faqEntry: 'y', message: 'é'.repeat(1_001) }),
      ['input.service unknown', 'input.faqEntry unknown', 'input.faqEntry one_only', 'input.message too_long'],
    ],
  ])('%s', async (_what, input, expected) => {
    const { problems } = await suggest(input())
    expect(problems.map(({ path, code }: { path: string[]; code: string }) => `${path.join('.')} ${code}`)).toEqual(expected)
    expect(await app.db.correction.count()).toBe(0)
    expect(await app.db.rateLimit.count()).toBe(0)
  })

  test('a message as long as it may be is accepted', async () => {
    expect(await suggest({ message: 'é'.repeat(1_000) })).toMatchObject({ received: true })
  })

  test.each([
    ['fr', 'Nommez un service ou une question, pas les deux.'],
    ['de', 'Nennen Sie einen Dienst oder eine Frage, nicht beides.'],
    ['nl', 'Noem een dienst of een vraag, niet allebei.'],
    ['en', 'Name a service or a question, not both.'],
  ])('in %s', async (language, message) => {
    const { problems } = await suggest({ faqEntry: question() }, { 'accept-language': language })
    expect(problems).toEqual([{ path: ['input', 'faqEntry'], code: 'one_only', message }])
  })
})

describe('the same report within the hour counts once', () => {
  const later = (minutes: number) => app.setTime(new Date(NOW.getTime() + minutes * 60_000))

  test('sent twice at the same moment', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => suggest({ message: 'Fermé.' })))
    for (const answer of answers)
      expect(answer).toEqual({ __typename: 'CorrectionReceipt', received: true, suggestedAt: NOW.toISOString(), masked: false })
    expect(await app.db.correction.count()).toBe(1)
  })

  test.each([
    [1, 1],
    [59, 1],
    [60, 2],
    [119, 2],
  ])('sent again after %i minutes: %i', async (minutes, count) => {
    // Half past, so that the hour of the clock changes in between.
    app.setTime(new Date(NOW.getTime() + 30 * 60_000))
    const first = await suggest({ message: 'Fermé.' })
    later(30 + minutes)
    const again = await suggest({ message: ' Fermé. ' })
    expect(await app.db.correction.count()).toBe(count)
    expect(again.suggestedAt === first.suggestedAt).toBe(count === 1)
  })

  test('another message, topic or record is another report', async () => {
    const other = app.directory.current().services.find(({ slug }) => slug !== SERVICE)?.slug
    const message = 'Fermé.'
    for (const report of [{ message }, { message: 'Fermé le soir.' }, { message, topic: 'GONE' }, { message, service: other }])
      await suggest(report)
    expect(await app.db.correction.count()).toBe(4)
  })
})

describe('numbers of a person or an account', () => {
  const MESSAGE = 'Mon numéro 85.07.30-033.28, mon compte BE68 5390 0754 7034 : appelez le +32 475 98 76 54.'
  const stored = async () => {
    const { id, messageSealed } = await app.db.correction.findFirstOrThrow()
    return unseal(app.keys, messageSealed as string, { table: 'correction', column: 'message', row: id })
  }

  test('are taken out before anything is stored, and she is told, each time she sends it', async () => {
    for (let time = 0; time < 2; time++) expect(await suggest({ message: MESSAGE })).toMatchObject({ received: true, masked: true })
    expect(await stored()).toBe('Mon numéro •••, mon compte ••• : appelez le +32 475 98 76 54.')
    expect(await app.db.correction.count()).toBe(1)
  })

  test('other numbers stay', async () => {
    expect(await suggest({ message: 'Le 0800/43 436, de 9 h à 17 h.' })).toMatchObject({ received: true, masked: false })
    expect(await stored()).toBe('Le 0800/43 436, de 9 h à 17 h.')
  })
})

describe('limits', () => {
  const [{ points }, { points: aDay }] = LIMITS.page
  const [site] = LIMITS.site
  const many = async (count: number, one = suggest) => {
    const answers: string[] = []
    for (let index = 0; index < count; index++) answers.push((await one({ message: `${index}` })).__typename)
    return answers
  }
  const counted = async (name: string) =>
    (await app.db.rateLimit.findMany({ where: { key: { startsWith: `${name}:` } } })).map((row) => row.points)
  const open = async () => {
    app.setAddress('203.0.113.9')
    return (await suggest({ message: 'd’un autre' })).received
  }

  test('the same report is answered alike, however often it is sent, and counts once', async () => {
    const receipts: unknown[] = []
    for (let time = 0; time < 14; time++) receipts.push(await suggest({ message: 'Fermé.' }))
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1)
    expect(receipts[13]).toMatchObject({ __typename: 'CorrectionReceipt', received: true })
    expect(await app.db.correction.count()).toBe(1)
    expect(await counted(LIMITS.page[0].name)).toEqual([1])
  })

  test('what one address is refused does not close the site for others', async () => {
    expect((await many(points + 30)).filter((type) => type === 'CorrectionReceipt')).toHaveLength(points)
    expect(await counted(site.name)).toEqual([points])
    expect(await open()).toBe(true)
  })

  test('one address that comes back each hour has had enough after some hours, and the site is still open', async () => {
    await many(1)
    await app.db.rateLimit.updateMany({ where: { key: { startsWith: `${LIMITS.page[1].name}:` } }, data: { points: aDay } })
    const refused = await suggest({ message: 'encore' })
    expect(refused.retryAfterSeconds).toBeGreaterThan(86_000)
    expect(aDay * 5).toBeLessThanOrEqual(site.points)
    expect(await counted(site.name)).toEqual([1])
    expect(await open()).toBe(true)
  })

  test('a program without an origin is allowed less than a page, also from many addresses, and takes no page’s place', async () => {
    const [{ points: each }, , { name, points: together }] = LIMITS.program
    expect((await many(points, send)).filter((type) => type === 'CorrectionReceipt')).toHaveLength(each)
    expect(each).toBeLessThan(points)
    expect(await suggest({ message: 'de la page' })).toMatchObject({ received: true })
    await app.db.rateLimit.updateMany({ where: { key: { startsWith: `${name}:` } }, data: { points: together } })
    app.setAddress('203.0.113.7')
    expect(await send({ message: 'd’ailleurs' })).toMatchObject({ __typename: 'TooManyRequests' })
    expect(await counted(site.name)).toEqual([each + 1])
    expect(together).toBeLessThan(site.points)
    expect(await open()).toBe(true)
  })

  test('one address sends so many in an hour, then is told when to come back', async () => {
    expect(new Set(await many(points))).toEqual(new Set(['CorrectionReceipt']))
    const refused = await suggest({ message: 'encore' })
    expect(refused).toEqual({
      __typename: 'TooManyRequests',
      message: 'Trop d’envois en peu de temps. Réessayez dans 60 minutes.',
      retryAfterSeconds: expect.any(Number),
    })
    expect(refused.retryAfterSeconds).toBeGreaterThan(3_500)
    // What a header says is not believed: no proxy is trusted here.
    expect(await suggest({ message: 'encore' }, { 'x-forwarded-for': '192.0.2.99' })).toMatchObject({ __typename: 'TooManyRequests' })
    expect(await app.db.correction.count()).toBe(points)
    app.setAddress('192.0.2.2')
    expect(await suggest({ message: 'encore' })).toMatchObject({ received: true })
  })

  test('all addresses of one household count together', async () => {
    for (let index = 0; index < points; index++) {
      app.setAddress(`2001:db8:1:2::${index + 1}`)
      expect(await suggest({ message: `${index}` })).toMatchObject({ received: true })
    }
    app.setAddress('2001:db8:1:2:ffff::1')
    expect(await suggest({ message: 'encore' })).toMatchObject({ __typename: 'TooManyRequests' })
    app.setAddress('2001:db8:1:3::1')
    expect(await suggest({ message: 'encore' })).toMatchObject({ received: true })
  })

  test('one site sends so many in a day, from whatever address', async () => {
    await suggest({ message: 'un' })
    await app.db.rateLimit.updateMany({ where: { key: { startsWith: `${site.name}:` } }, data: { points: site.points } })
    app.setAddress('203.0.113.1')
    const refused = await suggest({ message: 'deux' }, { 'accept-language': 'en' })
    expect(refused.message).toMatch(/^Too many sent in a short time\. Try again tomorrow\.$/)
    expect(refused.retryAfterSeconds).toBeGreaterThan(86_000)
  })

  test('no address is in the database', async () => {
    app.setAddress('192.0.2.77')
    await suggest({ message: 'un' })
    const rows = JSON.stringify([await app.db.rateLimit.findMany(), await app.db.correction.findMany()])
    expect(rows).not.toContain('192.0.2.77')
  })
})
