import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unseal } from '../../sealing/seal.ts'
import { createTestApp, ORIGIN, type TestApp } from '../../testing/ask.ts'
import { input } from '../../testing/callbacks.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
beforeEach(() => app.db.callbackRequest.deleteMany())

const REQUEST = `mutation ($input: RequestCallbackInput!) {
  requestCallback(input: $input) {
    __typename
    ... on CallbackReceipt { reference status requestedAt outcome line { slug name } }
    ... on UserError { message }
    ... on InvalidInput { problems { path code message } }
  }
}`
const FOLLOW =
  'query ($reference: String!, $phone: String!) { callback(reference: $reference, phone: $phone) { reference status line { slug } } }'

const request = async (overrides: object = {}, headers: Record<string, string> = { 'passerelle-site': 'demo' }) =>
  app.ask(REQUEST, { input: input(overrides) }, headers)
const problemsOf = async (overrides: object) => {
  const { data } = await request(overrides)
  expect(data.requestCallback.__typename).toBe('InvalidInput')
  return data.requestCallback.problems.map((problem: { path: string[]; code: string }) => `${problem.path.join('.')} ${problem.code}`)
}

describe('a request to be called back', () => {
  test('answers a receipt with a reference, and repeats nothing the person wrote', async () => {
    const { status, data } = await request({ name: 'Ana', message: 'Mon frigo est vide.', need: 'food', postalCode: '4000' })
    expect(status).toBe(200)
    expect(data.requestCallback).toEqual({
      __typename: 'CallbackReceipt',
      reference: expect.stringMatching(/^[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}$/),
      status: 'NEW',
      requestedAt: '2026-11-17T09:00:00.000Z',
      outcome: null,
      line: { slug: 'liege-solidaire', name: 'Liège Solidaire' },
    })
  })

  test('is stored sealed: nothing personal stands in the database in clear', async () => {
    await request({
      phone: '0470 99 88 77',
      name: 'Sentinelle',
      message: 'texte-sentinelle',
      safeContact: { note: 'note-sentinelle', voicemail: false },
    })
    const row = await app.db.callbackRequest.findFirstOrThrow()
    const stored = JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
    for (const secret of ['470998877', '470 99 88 77', 'Sentinelle', 'sentinelle']) expect(stored).not.toContain(secret)
    const open = (sealed: string | null, column: string) =>
      unseal(app.keys, sealed as string, { table: 'callback_request', column, row: row.id })
    expect(open(row.phoneSealed, 'phone')).toBe('+32470998877')
    expect(open(row.nameSealed, 'name')).toBe('Sentinelle')
    expect(open(row.messageSealed, 'message')).toBe('texte-sentinelle')
    expect(open(row.safeNoteSealed, 'safe_note')).toBe('note-sentinelle')
    expect(row).toMatchObject({ safeVoicemail: false, safeSms: null, noticeVersion: '2026-11-21', noticeLanguage: 'FR' })
  })

  test('with every fault at once tells every problem at once, each with its path', async () => {
    expect(
      await problemsOf({
        idempotencyKey: '',
        line: 'nulle-part',
        need: 'bonheur',
        service: 'rien',
        faqEntry: 'rien',
        phone: '12',
        postalCode: '0000',
        name: 'x'.repeat(101),
        message: 'x'.repeat(5_000),
        safeContact: { note: 'x'.repeat(301) },
        noticeVersion: ' ',
      }),
    ).toEqual([
      'input.idempotencyKey required',
      'input.line unknown',
      'input.phone phone_malformed',
      'input.need unknown',
      'input.service unknown',
      'input.faqEntry unknown',
      'input.name too_long',
      'input.postalCode unknown',
      'input.message too_long',
      'input.safeContact.note too_long',
      'input.noticeVersion required',
    ])
    expect(await app.db.callbackRequest.count()).toBe(0)
  })

  test.each([
    ['phone', '5,000 characters', { phone: '0'.repeat(5_000) }, 'input.phone phone_malformed'],
    ['phone', 'a premium number', { phone: '0903 12 345' }, 'input.phone phone_not_allowed'],
    ['phone', 'a short number', { phone: '1718' }, 'input.phone phone_malformed'],
    ['line', 'one that listens only', { line: 'tele-accueil' }, 'input.line line_takes_no_callbacks'],
  ])('is refused for a %s that is %s', async (_field, _what, overrides, problem) => {
    expect(await problemsOf(overrides)).toEqual([problem])
  })

  test.each([
    ['fr', 'Ce numéro de téléphone ne semble pas correct. Exemple : 0470 12 34 56.'],
    ['de-BE', 'Diese Telefonnummer scheint nicht zu stimmen. Beispiel: 0470 12 34 56.'],
    ['nl', 'Dit telefoonnummer lijkt niet te kloppen. Voorbeeld: 0470 12 34 56.'],
    ['en', 'This phone number does not look right. Example: 0470 12 34 56.'],
  ])('speaks %s about a bad phone number', async (language, message) => {
    const { data, headers } = await app.ask(REQUEST, { input: input({ phone: 'abc' }) }, { 'accept-language': language })
    expect(data.requestCallback.problems).toEqual([{ path: ['input', 'phone'], code: 'phone_malformed', message }])
    expect(headers.get('content-language')).toBe(language.slice(0, 2))
  })
})

describe('sending twice', () => {
  test('with the same key and input gives the same receipt and one row', async () => {
    const again = { idempotencyKey: 'key-1', message: 'Bonjour' }
    const [first, second] = [await request(again), await request(again)]
    expect(second.data).toEqual(first.data)
    expect(await app.db.callbackRequest.count()).toBe(1)
  })

  test('fifty times at once makes one row, and every answer is the same receipt', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => request({ idempotencyKey: 'key-50' })))
    const references = new Set(answers.map(({ data }) => data.requestCallback.reference))
    expect(references.size).toBe(1)
    expect([...references][0]).toBeTruthy()
    expect(await app.db.callbackRequest.count()).toBe(1)
  })

  test('with the same key and another input is a conflict, and changes nothing', async () => {
    await request({ idempotencyKey: 'key-2', message: 'Bonjour' })
    const { data } = await request({ idempotencyKey: 'key-2', message: 'Bonsoir' })
    expect(data.requestCallback).toEqual({ __typename: 'Conflict', message: 'Cette clé d’envoi a déjà servi pour une autre demande.' })
    expect(await app.db.callbackRequest.count()).toBe(1)
  })

  test('with the same key gives the same receipt when the line has closed since', async () => {
    const again = { idempotencyKey: 'key-4' }
    const first = await request(again)
    await app.db.line.update({ where: { slug: 'liege-solidaire' }, data: { validTo: new Date('2026-11-16T00:00:00Z') } })
    await app.directory.refresh()
    expect((await request(again)).data).toEqual(first.data)
    expect(await problemsOf({})).toEqual(['input.line line_not_in_service'])
    await app.db.line.update({ where: { slug: 'liege-solidaire' }, data: { validTo: null } })
    await app.directory.refresh()
  })

  test('with the same key from another site is another request', async () => {
    const again = { idempotencyKey: 'key-3' }
    await request(again)
    const { data } = await request(again, {})
    expect(data.requestCallback.__typename).toBe('CallbackReceipt')
    expect(await app.db.callbackRequest.count()).toBe(2)
  })
})

describe('the site a request speaks for', () => {
  test.each([
    ['an unknown key', { 'passerelle-site': 'nobody' }, 'UNKNOWN_SITE'],
    ['a web page without a key', { origin: 'https://example.org' }, 'UNKNOWN_SITE'],
    ['a page of another website', { 'passerelle-site': 'demo', origin: 'https://example.org' }, 'ORIGIN_NOT_ALLOWED'],
    ['a sandboxed page', { 'passerelle-site': 'demo', origin: 'null' }, 'ORIGIN_NOT_ALLOWED'],
  ])('is refused for %s', async (_what, headers, code) => {
    const { data, errors } = await request({}, headers as Record<string, string>)
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions.code).toBe(code)
    expect(await app.db.callbackRequest.count()).toBe(0)
  })

  test.each([
    ['the server’s own pages', ORIGIN],
    ['a page of this machine', 'http://localhost:8080'],
  ])('is accepted for %s', async (_what, origin) => {
    const { data, headers } = await request({}, { 'passerelle-site': 'demo', origin })
    expect(data.requestCallback.__typename).toBe('CallbackReceipt')
    expect(headers.get('access-control-allow-origin')).toBe(origin)
  })
})

describe('looking a request up', () => {
  test('finds it by reference and phone, however they are written', async () => {
    const { reference } = (await request()).data.requestCallback
    const typed = ` ${reference.toLowerCase().replaceAll('-', ' ')} `
    const { data } = await app.ask(FOLLOW, { reference: typed, phone: '+32 470/12.34.56' })
    expect(data.callback).toEqual({ reference, status: 'NEW', line: { slug: 'liege-solidaire' } })
  })

  test.each([
    ['another phone', (reference: string) => ({ reference, phone: '0470 12 34 57' })],
    ['another reference', () => ({ reference: '333-333-333', phone: '0470 12 34 56' })],
    ['no phone number at all', (reference: string) => ({ reference, phone: 'x'.repeat(5_000) })],
    ['NUL characters', (reference: string) => ({ reference: `${reference}\0`, phone: '\0' })],
  ])('answers null for %s', async (_what, variables) => {
    const { reference } = (await request()).data.requestCallback
    expect(await app.ask(FOLLOW, variables(reference))).toMatchObject({ status: 200, data: { callback: null } })
  })

  test('is refused by GET, since a phone number must not stand in an address', async () => {
    const query = new URLSearchParams({ query: '{ callback(reference: "x", phone: "0470123456") { status } }' })
    const response = await app.fetch(`/graphql?${query}`)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'POST_REQUIRED' } }] })
  })
})
