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

describe('whom to call instead', () => {
  test.each(['REACHED', 'CLOSED', 'ESCALATED', 'UNREACHABLE', 'CANCELLED'] as const)(
    'stands beside a request that is %s',
    async (status) => {
      const claim = await ask({ line: '1718' })
      expect((await post(claim)).page).not.toContain('class="phone"')
      await app.db.callbackRequest.updateMany({ where: { reference: claim.reference }, data: { status } })
      const { page } = await post(claim)
      expect(page).toContain('class="phone" href="tel:1718"')
      expect(isWellFormed(page)).toBe(true)
    },
  )

  test('is the line that has taken over', async () => {
    const claim = await ask({ line: 'liege-solidaire' })
    await app.db.callbackRequest.updateMany({ where: { reference: claim.reference }, data: { status: 'UNREACHABLE' } })
    const successor = await app.db.line.findUniqueOrThrow({ where: { slug: '1718' } })
    const where = { slug: 'liege-solidaire' }
    await app.db.line.update({ where, data: { validTo: new Date('2026-11-01'), successorId: successor.id } })
    await app.directory.refresh()
    const { page } = await post(claim)
    await app.db.line.update({ where, data: { validTo: null, successorId: null } })
    await app.directory.refresh()
    expect(page).toContain('class="phone" href="tel:1718"')
  })
})

describe('another time', () => {
  const slotsIn = (page: string) => [...page.matchAll(/name="slot" value="([^"]+@[^"]+)"/g)].map(([, id]) => id as string)
  const other = async (overrides: object = {}) => {
    const claim = await ask({ line: '1718', ...overrides })
    return { claim, page: (await press((await post(claim)).page, 'move')).page }
  }
  const choose = (page: string, slot: string) => post({ ...fieldsOf(page), act: 'move-now', slot })
  const fill = (slot: string, taken = 10_000) => {
    const startsAt = new Date(slot.replace(/^.*@(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5Z'))
    const lineId = app.directory.current().linesBySlug.get('1718')?.id as string
    const endsAt = new Date(startsAt.getTime() + 3_600_000)
    const where = { lineId_startsAt: { lineId, startsAt } }
    return app.db.callbackSlot.upsert({ where, create: { lineId, startsAt, endsAt, taken }, update: { taken } })
  }

  test('is chosen, then told, and the old place is free', async () => {
    const taken = async () => (await app.db.callbackSlot.aggregate({ _sum: { taken: true } }))._sum.taken ?? 0
    const before = await taken()
    const { claim, page } = await other()
    // She is called as soon as possible already: that is no other time.
    expect(page).not.toContain('value="asap"')
    expect(page).toContain('id="slot"')
    expect(page).not.toMatch(/ checked/)
    const [first, second] = slotsIn(page) as [string, string]
    const moved = await choose(page, first)
    expect(moved.response.status).toBe(200)
    expect(plainText(moved.page)).toContain('Le moment est changé.')
    expect(plainText(moved.page)).toMatch(/1718 vous appelle \S+ \d+ novembre entre/)
    expect((await row(claim.reference))?.slotStartsAt).not.toBeNull()
    expect(await taken()).toBe(before + 1)

    const again = await press(moved.page, 'move')
    expect(slotsIn(again.page)).not.toContain(first)
    expect(slotsIn(again.page)).toContain(second)
    const soon = await choose(again.page, 'asap')
    expect(plainText(soon.page)).toContain('1718 vous appelle dès que possible')
    expect((await row(claim.reference))?.slotStartsAt).toBeNull()
    expect(await taken()).toBe(before)
    // Events, for those who act on it: asked, moved twice.
    const id = (await row(claim.reference))?.id as string
    expect(await app.db.outboxEvent.count({ where: { subjectId: id, type: 'callback.rescheduled' } })).toBe(2)
  })

  test.each([
    ['fr', 'Changer le moment'],
    ['de', 'Zeit ändern'],
    ['nl', 'Ander moment kiezen'],
    ['en', 'Change the time'],
  ])('is asked for in %s, and says that one must be chosen', async (language, title) => {
    const claim = await ask({ line: '1718' })
    const address = `${ADDRESS}&lang=${language}`
    const { page } = await post({ ...claim, act: 'move' }, address)
    expect(page).toContain(`<h1>${title}</h1>`)
    expect(page).not.toMatch(/undefined|\[object/)
    expect(isWellFormed(page)).toBe(true)
    const none = await post({ ...claim, act: 'move-now' }, address)
    expect(none.response.status).toBe(422)
    expect(summaryOf(none.page)).toEqual(['#slot'])
    expect(fieldsOf(none.page)).toEqual(claim)
    expect((await row(claim.reference))?.slotStartsAt).toBeNull()
  })

  test('that somebody took meanwhile: the slots anew, and what she had stays', async () => {
    const { claim, page } = await other()
    const [slot] = slotsIn(page) as [string]
    await fill(slot)
    const { page: anew, response } = await choose(page, slot)
    await fill(slot, 0)
    expect(response.status).toBe(409)
    expect(plainText(anew)).toContain('Ce moment vient d’être pris.')
    expect(summaryOf(anew)).toEqual(['#slot'])
    expect(slotsIn(anew)).not.toContain(slot)
    expect((await choose(anew, slotsIn(anew)[0] as string)).response.status).toBe(200)
    expect((await row(claim.reference))?.slotStartsAt).not.toBeNull()
  })

  test('that the line never offered is refused', async () => {
    const { page } = await other()
    for (const slot of ['nonsense', 'liege-solidaire@20261118T0730Z', '"><b>']) {
      const { page: anew, response } = await choose(page, slot)
      expect(response.status).toBe(422)
      expect(plainText(anew)).toContain('Ce moment n’est pas proposé par cette ligne.')
      expect(isWellFormed(anew)).toBe(true)
    }
  })

  test('there is none: it says so', async () => {
    const { claim, page } = await other()
    for (const slot of slotsIn(page)) await fill(slot)
    const { page: none, response } = await post({ ...claim, act: 'move' })
    for (const slot of slotsIn(page)) await fill(slot, 0)
    expect(response.status).toBe(200)
    expect(plainText(none)).toContain('Aucun autre moment n’est proposé actuellement.')
    expect(none).not.toContain('value="move-now"')
  })

  test.each([
    ['CLAIMED', 'Quelqu’un est en train de vous appeler'],
    ['CLOSED', 'Cette demande est terminée.'],
  ] as const)('is not given to a request that is %s by now: it is said, with how it stands', async (status, why) => {
    const { claim, page } = await other()
    const [slot] = slotsIn(page) as [string]
    await app.db.callbackRequest.updateMany({ where: { reference: claim.reference }, data: { status } })
    for (const answer of [await choose(page, slot), await post({ ...claim, act: 'move' })]) {
      expect(answer.response.status).toBe(409)
      expect(plainText(answer.page)).toContain(why)
      expect(referenceOf(answer.page)).toBe(claim.reference)
      expect(answer.page).not.toContain('value="move"')
    }
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
    expect(plainText(done.page)).toContain('Cette demande est retirée.')
    expect((await row(claim.reference))?.status).toBe('CANCELLED')
    expect(done.page).not.toContain('value="withdraw"')
    expect((await press(sure.page, 'withdraw-now')).response.status).toBe(200)
  })

  test.each([
    ['fr', 'Si vous en avez fait une autre pour ce numéro, elle reste.', /personne ne vous appellera|annul/i],
    ['de', 'Wenn Sie für diese Nummer eine andere gestellt haben, bleibt sie.', /ruft Sie niemand|niemand ruft|Aktenzeichen/i],
    ['nl', 'Hebt u voor dit nummer nog een andere gedaan, dan blijft die.', /belt niemand|niemand belt/i],
    ['en', 'If you made another one for this number, it stays.', /nobody will call|cancel/i],
  ])('who asked twice is still called: nobody says otherwise, in %s', async (language, stays, never) => {
    const address = `${ADDRESS}&lang=${language}`
    const [first, second] = [await ask(), await ask()]
    const says = (page: string) => {
      expect(plainText(page)).toContain(stays)
      expect(plainText(page)).not.toMatch(never)
    }
    says((await post({ ...first, act: 'withdraw' }, address)).page)
    says((await post({ ...first, act: 'withdraw-now' }, address)).page)
    expect(await row(second.reference)).toMatchObject({ status: 'NEW', repeatOfId: null })
    says((await post({ ...first, act: 'erase-now' }, address)).page)
    expect(await row(second.reference)).toMatchObject({ status: 'NEW', phoneSealed: expect.any(String) })
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
    const slot = (await app.ask('{ callbackSlots(line: "liege-solidaire") { id } }')).data.callbackSlots[0].id
    for (const act of ['move', 'move-now', 'withdraw-now', 'erase-now']) {
      expect((await post({ ...claim, phone: '0470 99 99 99', act, slot })).response.status).toBe(404)
    }
    expect(await row(claim.reference)).toMatchObject({ status: 'NEW', slotStartsAt: null, phoneSealed: expect.any(String) })
  })
})
