import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { fieldsOf, isWellFormed, plainText, referenceOf, summaryOf, titleOf } from '../testing/pages.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.close())
let caller = 0
beforeEach(() => app.setAddress(`198.51.100.${++caller}`))

const ADDRESS = '/embed/callback/follow?site=demo'
const post = async (fields: Record<string, string>, address = ADDRESS) => {
  const body = new URLSearchParams(fields)
  const response = await app.fetch(address, { method: 'POST', body, headers: { 'accept-language': 'fr', origin: ORIGIN } })
  return { response, page: await response.text() }
}
/** Presses one of the buttons of a page. */
const press = (page: string, act: string) => {
  expect(page).toContain(`name="act" value="${act}"`)
  return post({ ...fieldsOf(page), act })
}
const ask = async (overrides: object = {}) => {
  const phone = `0470 33 44 ${10 + caller}`
  return { reference: await requestCallback(app, { phone, ...overrides }), phone }
}
const row = (reference: string) => app.db.callbackRequest.findFirst({ where: { reference } })

describe('following a request', () => {
  test.each([
    ['fr', 'Suivre ma demande', 'Votre demande'],
    ['de', 'Meine Anfrage verfolgen', 'Ihre Anfrage'],
    ['nl', 'Mijn aanvraag volgen', 'Uw aanvraag'],
    ['en', 'Follow my request', 'Your request'],
  ])('in %s: what was kept, then how it stands', async (language, title, yours) => {
    const claim = await ask()
    const form = await app.fetch(`${ADDRESS}&lang=${language}`)
    expect(await form.text()).toContain(`<h1>${title}</h1>`)
    expect(form.headers.get('cache-control')).toBe('no-store')
    const { page, response } = await post(claim, `${ADDRESS}&lang=${language}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(page).toContain(`<h1>${yours}</h1>`)
    expect(referenceOf(page)).toBe(claim.reference)
    expect(page).not.toMatch(/undefined|\[object/)
    expect(isWellFormed(page)).toBe(true)
    // In no address, only in what the next button sends.
    expect(page).not.toMatch(new RegExp(`(href|action)="[^"]*(${claim.reference}|0470)`))
  })

  test('tells the slot, the estimate, or the state once somebody has it', async () => {
    const slots = (await app.ask('{ callbackSlots(line: "1718") { id } }')).data.callbackSlots
    const chosen = await ask({ line: '1718', slot: slots[3].id })
    expect(plainText((await post(chosen)).page)).toMatch(/1718 vous appelle \S+ \d+ novembre entre/)
    const soon = await ask()
    expect(plainText((await post(soon)).page)).toContain('sans doute aujourd’hui')
    await app.db.callbackRequest.updateMany({ where: { reference: soon.reference }, data: { status: 'CLAIMED' } })
    expect(plainText((await post(soon)).page)).toContain('Quelqu’un s’en occupe')
  })

  test('is found as it is typed', async () => {
    const { reference, phone } = await ask()
    const typed = { reference: ` ${reference.toLowerCase().replaceAll('-', ' ')}`, phone: phone.replace('0470', '+32 470') }
    expect(referenceOf((await post(typed)).page)).toBe(reference)
  })

  test('answers the same whichever of the two is wrong', async () => {
    const claim = await ask()
    const wrong = [
      { ...claim, phone: '0470 99 99 99' },
      { ...claim, reference: '333-333-333' },
      { reference: 'nonsense', phone: 'nonsense' },
    ]
    const answers = await Promise.all(wrong.map((one) => post(one)))
    for (const [index, { response, page }] of answers.entries()) {
      expect(response.status).toBe(404)
      expect(plainText(page)).toContain('Aucune demande ne correspond')
      expect(fieldsOf(page)).toEqual(wrong[index])
    }
    const masked = answers.map(({ page }) => page.replace(/ value="[^"]*"/g, ''))
    expect(new Set(masked).size).toBe(1)
  })

  test('asks for what is missing', async () => {
    const { page, response } = await post({ reference: '', phone: '' })
    expect(response.status).toBe(422)
    expect(titleOf(page)).toBe('Erreur : Suivre ma demande')
    expect(summaryOf(page)).toEqual(['#reference', '#phone'])
  })

  test('is limited: guessing ends, with when to try again', async () => {
    const claim = await ask()
    for (let count = 0; count < 30; count++) await post({ ...claim, reference: '333-333-333' })
    const { page, response } = await post(claim)
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(referenceOf(page)).toBeUndefined()
  })

  test('says that the database is away', async () => {
    const claim = await ask()
    const { query } = app.sql
    app.sql.query = (() => Promise.reject(Object.assign(new Error('gone'), { code: '57P01' }))) as never
    const { page, response } = await post(claim).finally(() => {
      app.sql.query = query
    })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('5')
    expect(fieldsOf(page)).toEqual(claim)
  })
})

describe('what can be done', () => {
  test('withdrawing is asked once more, then done, and done again it is the same', async () => {
    const claim = await ask()
    const { page } = await post(claim)
    const sure = await press(page, 'withdraw')
    expect(plainText(sure.page)).toContain('Retirer votre demande ?')
    expect((await row(claim.reference))?.status).toBe('NEW')
    const kept = await press(sure.page, '')
    expect(referenceOf(kept.page)).toBe(claim.reference)
    const done = await press(sure.page, 'withdraw-now')
    expect(done.response.status).toBe(200)
    expect(plainText(done.page)).toContain('Retirée')
    expect((await row(claim.reference))?.status).toBe('CANCELLED')
    expect(done.page).not.toContain('value="withdraw"')
    expect((await press(sure.page, 'withdraw-now')).response.status).toBe(200)
  })

  test('what is over cannot be withdrawn: it is said, with how it stands', async () => {
    const claim = await ask()
    const sure = await press((await post(claim)).page, 'withdraw')
    await app.db.callbackRequest.updateMany({ where: { reference: claim.reference }, data: { status: 'CLOSED', closedAt: new Date() } })
    const { page, response } = await press(sure.page, 'withdraw-now')
    expect(response.status).toBe(409)
    expect(plainText(page)).toContain('Terminée.')
    expect(page).toContain('role="alert"')
  })

  test('erasing is asked once more, then done, and then nothing is found', async () => {
    const claim = await ask({ message: 'à effacer' })
    const sure = await press((await post(claim)).page, 'erase')
    expect(plainText(sure.page)).toContain('Effacer vos données ?')
    const id = (await row(claim.reference))?.id as string
    const done = await press(sure.page, 'erase-now')
    expect(done.response.status).toBe(200)
    expect(plainText(done.page)).toContain('Vos données sont effacées')
    expect(done.page).not.toContain(claim.phone)
    expect(await app.db.callbackRequest.findUnique({ where: { id } })).toMatchObject({
      reference: null,
      phoneSealed: null,
      messageSealed: null,
    })
    expect((await press(sure.page, 'erase-now')).response.status).toBe(404)
    expect((await post(claim)).response.status).toBe(404)
  })

  test('nothing is done for who does not know both', async () => {
    const claim = await ask()
    for (const act of ['withdraw-now', 'erase-now']) {
      expect((await post({ ...claim, phone: '0470 99 99 99', act })).response.status).toBe(404)
    }
    expect(await row(claim.reference)).toMatchObject({ status: 'NEW', phoneSealed: expect.any(String) })
  })
})
