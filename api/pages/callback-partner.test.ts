import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, ORIGIN, type TestApp } from '../testing/ask.ts'
import { emptyCases, handed, handing, onCase } from '../testing/cases.ts'
import { act, waiting } from '../testing/desk.ts'
import { fieldsOf, isWellFormed, plainText, referenceOf, summaryOf, titleOf } from '../testing/pages.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let agent: Awaited<ReturnType<typeof staff>>
let worker: Awaited<ReturnType<typeof staff>>
beforeAll(async () => {
  app = await createTestApp()
  agent = await staff(app, { name: 'Ada' })
  worker = await staff(app, { name: 'Paul', role: 'PARTNER', organization: 'rwlp' })
})
afterAll(() => app.close())
beforeEach(async () => {
  await emptyCases(app)
  await app.resetLimits()
})

const phone = '0470 12 34 56'
const post = async (fields: Record<string, string>, language = 'fr') => {
  const body = new URLSearchParams(fields)
  const headers = { 'accept-language': language, origin: ORIGIN }
  const response = await app.fetch('/embed/callback/follow?site=demo', { method: 'POST', body, headers })
  return { response, page: await response.text() }
}
const press = (page: string, act: string, more: object = {}) => {
  expect(page).toContain(`name="act" value="${act}"`)
  return post({ ...fieldsOf(page), ...more, act })
}
const work = (mutation: string, id: string, input?: object) => onCase(app, worker.headers, mutation, { id, ...(input ? { input } : {}) })
const completed = async () => {
  const one = await handed(app, agent)
  await work('acceptEscalation', one.id)
  await work('completeEscalation', one.id, { outcome: 'PARTLY' })
  return one
}
const stateOf = async (id: string) => (await app.db.escalation.findUniqueOrThrow({ where: { id } })).state
const requestOf = (reference: string) => app.db.callbackRequest.findFirstOrThrow({ where: { reference }, include: { answer: true } })

describe('a request that a partner has', () => {
  test('tells who, and how far it is, and never why a partner did not go on', async () => {
    const { id, reference } = await handed(app, agent)
    const seen = async () => plainText((await post({ reference, phone })).page)
    expect(await seen()).toContain('Confiée à Réseau wallon de lutte contre la pauvreté (RWLP), qui doit encore répondre.')
    await work('acceptEscalation', id)
    expect(await seen()).toContain('Réseau wallon de lutte contre la pauvreté (RWLP) s’occupe de votre demande et va vous contacter.')
    await work('progressEscalation', id, { note: 'Un secret entre professionnels.' })
    expect(await seen()).toContain('Réseau wallon de lutte contre la pauvreté (RWLP) s’occupe de votre demande.')
    await work('failEscalation', id, { reason: 'NO_CAPACITY', note: 'Un secret entre professionnels.' })
    const back = await seen()
    expect(back).toContain('Nous cherchons une autre solution, et nous vous rappelons.')
    expect(back).not.toMatch(/secret|place|CAPACITY/)
  })

  test.each([
    ['fr', 'Si vous avez fait une autre demande pour ce numéro, suivez-la avec sa référence.'],
    ['de', 'Wenn Sie für diese Nummer noch eine Anfrage gestellt haben, sehen Sie mit deren Referenz nach.'],
    ['nl', 'Hebt u voor dit nummer nog een aanvraag gedaan, kijk dan met de referentie daarvan.'],
    ['en', 'If you made another request for this number, follow that one with its reference.'],
  ])('is followed by its own reference; one that ended with it leads there, and says nothing else (%s)', async (language, leads) => {
    const first = await waiting(app)
    const second = await waiting(app)
    await act(app, agent.headers, 'claimCallback', { id: first.id })
    await act(app, agent.headers, 'recordAttempt', { id: first.id, input: { outcome: 'REACHED' } })
    await onCase(app, agent.headers, 'escalateCallback', { id: first.id, input: handing() })
    expect(await requestOf(second.reference)).toMatchObject({ status: 'CLOSED', outcome: null })
    const page = plainText((await post({ reference: second.reference, phone }, language)).page)
    expect(page).toContain(leads)
    expect(page).not.toContain('RWLP')
    expect(plainText((await post({ reference: first.reference, phone }, language)).page)).toContain('RWLP')
  })

  test.each([
    ['de', 'Mein Einverständnis zurückziehen', 'Ihr Einverständnis zurückziehen?'],
    ['nl', 'Mijn akkoord intrekken', 'Uw akkoord intrekken?'],
    ['en', 'Withdraw my agreement', 'Withdraw your agreement?'],
  ])('in %s', async (language, button, question) => {
    const { reference } = await handed(app, agent)
    const { page } = await post({ reference, phone }, language)
    expect(page).toContain(button)
    const { page: sure } = await post({ ...fieldsOf(page), act: 'agreement' }, language)
    expect(titleOf(sure)).toContain(question)
    expect(isWellFormed(sure)).toBe(true)
  })

  test('the agreement is withdrawn once she has said that she means it; once more is the same as once', async () => {
    const { id, reference } = await handed(app, agent)
    const { page } = await post({ reference, phone })
    const { page: sure } = await press(page, 'agreement')
    expect(plainText(sure)).toContain('doit effacer ce qui a été transmis')
    expect(await stateOf(id)).toBe('REQUESTED')
    const { page: done, response } = await press(sure, 'agreement-now')
    expect(response.status).toBe(200)
    expect(plainText(done)).toContain('Votre accord est retiré. Le partenaire est prévenu et doit effacer vos données.')
    expect(plainText(done)).toContain('Nous vous rappelons, sauf si vous retirez votre demande.')
    expect(referenceOf(done)).toBe(reference)
    expect(await stateOf(id)).toBe('CANCELLED')
    expect(done).not.toContain('value="agreement"')
    const { page: ask } = await press(done, 'withdraw')
    expect(plainText((await press(ask, 'withdraw-now')).page)).toContain('Cette demande est retirée.')
    expect((await press(sure, 'agreement-now')).response.status).toBe(200)
  })

  test('one that is over meanwhile is withdrawn all the same, and then nobody calls', async () => {
    const { id, reference } = await handed(app, agent)
    const { page } = await post({ reference, phone })
    const { page: sure } = await press(page, 'agreement')
    expect(plainText(sure)).toContain('Nous vous rappelons ensuite, sauf si vous retirez aussi votre demande.')
    await work('acceptEscalation', id)
    await work('completeEscalation', id, { outcome: 'RESOLVED' })
    const { page: late } = await post({ ...fieldsOf(sure), act: 'agreement' })
    expect(plainText(late)).toContain('doit effacer ce qui a été transmis.')
    expect(plainText(late)).not.toContain('Nous vous rappelons')
    const { page: done, response } = await press(late, 'agreement-now')
    expect(response.status).toBe(200)
    expect(plainText(done)).toContain('Votre accord est retiré.')
    expect(plainText(done)).not.toContain('Nous vous rappelons')
    expect((await post({ ...fieldsOf(sure), act: 'agreement' })).response.status).toBe(409)
  })

  test('the answer is the same whichever of reference and number is wrong', async () => {
    const { reference } = await handed(app, agent)
    for (const act of ['agreement', 'agreement-now', 'answer', 'answer-now'])
      for (const wrong of [
        { reference, phone: '0470 99 99 99' },
        { reference: '333-333-333', phone },
      ]) {
        const { page, response } = await post({ ...wrong, act, contacted: 'yes', still: 'no' })
        expect([act, response.status]).toEqual([act, 404])
        expect(plainText(page)).toContain('Aucune demande ne correspond')
      }
  })
})

describe('afterwards', () => {
  test('she is asked three things, nothing chosen beforehand; what is missing is told, what was said stays', async () => {
    const { reference } = await completed()
    const { page } = await post({ reference, phone })
    const { page: form } = await press(page, 'answer')
    expect(titleOf(form)).toContain('Dire si cela m’a aidé')
    expect(form).not.toContain(' checked')
    const { page: wrong, response } = await press(form, 'answer-now', { useful: 'yes' })
    expect(response.status).toBe(422)
    expect(summaryOf(wrong).length).toBe(2)
    expect(wrong.match(/value="(yes|no)"[^>]* checked/g)?.length).toBe(1)
    expect(isWellFormed(wrong)).toBe(true)
    expect((await requestOf(reference)).answer).toBeNull()
  })

  test('it helped: thanked, and not asked again', async () => {
    const { reference } = await completed()
    const { page } = await post({ reference, phone })
    const { page: form } = await press(page, 'answer')
    const { page: done } = await press(form, 'answer-now', { contacted: 'yes', useful: 'yes', still: 'no' })
    expect(plainText(done)).toContain('Merci. C’est noté.')
    expect(done).not.toContain('value="answer"')
    const { answer, status } = await requestOf(reference)
    expect([answer, status]).toMatchObject([{ contacted: true, useful: true, stillNeeded: false }, 'CLOSED'])
  })

  test('help is still needed: the request is open again', async () => {
    const { reference } = await completed()
    const { page } = await post({ reference, phone })
    const { page: form } = await press(page, 'answer')
    const { page: done } = await press(form, 'answer-now', { contacted: 'no', still: 'yes' })
    expect(plainText(done)).toContain('C’est noté : nous vous rappelons.')
    const { answer, status } = await requestOf(reference)
    expect([answer, status]).toMatchObject([{ contacted: false, useful: null, stillNeeded: true }, 'REACHED'])
  })
})
