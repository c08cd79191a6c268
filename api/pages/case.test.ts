import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { changeEscalation } from '../escalation/actions/change.ts'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { type Receivers, startReceivers } from '../testing/notices.ts'
import { emptyCases, handOver, makePartner } from '../testing/partners.ts'
import { staff } from '../testing/staff.ts'

let app: TestApp
let receivers: Receivers
let now: Date
beforeAll(async () => {
  receivers = await startReceivers()
  app = await createTestApp({ senders: await receivers.senders() })
})
afterAll(async () => {
  await app.close()
  await receivers.close()
})
beforeEach(async () => {
  receivers.reset()
  setTime(NOW)
  await emptyCases(app)
  await app.resetLimits()
  await makePartner(app, { handOver: 'EMAIL', email: 'dossiers@rwlp.example' })
})

function setTime(moment: Date): void {
  now = moment
  app.setTime(moment)
}
const wait = (seconds: number): void => setTime(new Date(now.getTime() + seconds * 1_000))
const linkIn = (index: number) => /\/case\/[\w-]{43}/.exec(receivers.mails[index]?.text ?? '')?.[0] ?? ''
const reveals = () => app.db.contactReveal.findMany()
const caseOf = (id: string) => app.db.escalation.findUniqueOrThrow({ where: { id } })

/** A case of which its partner has been written. */
async function written(overrides: Parameters<typeof handOver>[1] = {}): Promise<{ id: string; requestId: string; link: string }> {
  const made = await handOver(app, { phone: '+32470998877', ...overrides })
  await app.runJobsOnce()
  return { ...made, link: linkIn(receivers.mails.length - 1) }
}
/** Somebody of the partner, with French as her language. */
const reader = () => {
  const visitor = new Visitor(app)
  const language = { 'accept-language': 'fr' }
  return {
    get: (path: string) => visitor.get(path, language),
    // As a browser sends a form of a page that tells nobody where one came from.
    post: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      visitor.post(path, fields, { origin: 'null', ...language, ...headers }),
  }
}

describe('a link to a case', () => {
  test('shows where it stands, and no word more, to whoever only looks', async () => {
    const { id, link } = await written({ object: 'Une aide pour le loyer.' })
    const { status, page, headers } = await reader().get(link)
    expect(status).toBe(200)
    expect(page).toContain('Le dossier attend d’être ouvert')
    expect(page).toContain('Ouvrir le dossier')
    expect(page).not.toMatch(/470|Ada|Dupont|loyer/)
    expect(page).not.toContain('<script')
    expect([headers.get('cache-control'), headers.get('referrer-policy'), headers.get('x-robots-tag')]).toEqual([
      'no-store',
      'no-referrer',
      'noindex, nofollow',
    ])
    expect(headers.get('set-cookie')).toBeNull()
    expect(await reveals()).toEqual([])
    expect(await caseOf(id)).toMatchObject({ state: 'REQUESTED', version: 1 })
  })

  test('opens it, which is written down first, and the case is received', async () => {
    const { id, requestId, link } = await written({ object: 'Une aide pour le loyer.' })
    const { status, page } = await reader().post(link, { act: 'open' })
    expect(status).toBe(200)
    expect(page).toContain('tel:+32470998877')
    expect(page, 'in groups, for who types it').toContain('>+32 470 99 88 77</a>')
    expect(page).toContain('Ada Dupont')
    expect(page).toContain('Une aide pour le loyer.')
    expect(page, 'who asks, and how to reach it').toContain('Liège')
    expect(page.indexOf('À respecter avant d’appeler')).toBeLessThan(page.indexOf('tel:+32470998877'))
    const [{ id: linkId } = { id: '' }] = await app.db.caseLink.findMany()
    expect(await reveals()).toMatchObject([{ requestId, actor: `link:${linkId}`, at: NOW, reasonSealed: null }])
    expect(await caseOf(id)).toMatchObject({ state: 'RECEIVED' })
  })

  test('shows nothing that was not shared', async () => {
    const { link } = await written({ shares: [] })
    const { page } = await reader().post(link, { act: 'open' })
    expect(page).toContain('tel:+32470998877')
    expect(page).not.toContain('Dupont')
  })

  test('lets the partner accept, go on, wait and complete', async () => {
    const { id, requestId, link } = await written()
    const { post } = reader()
    const version = async () => String((await caseOf(id)).version)
    await post(link, { act: 'open' })
    const accepted = await post(link, { act: 'accept', version: await version() })
    expect(accepted.page).toContain('C’est noté.')
    expect(accepted.page).toContain('Pris en charge')
    await post(link, { act: 'progress', version: await version(), 'progress-note': 'Rendez-vous mardi.' })
    const held = await post(link, { act: 'hold', version: await version(), 'hold-note': 'Attend un papier.' })
    expect(held.page).toContain('Rendez-vous mardi.')
    expect(await caseOf(id)).toMatchObject({ state: 'ON_HOLD' })
    const done = await post(link, { act: 'complete', version: await version(), 'complete-outcome': 'RESOLVED' })
    expect(done.page).toContain('Terminé')
    expect(await caseOf(id)).toMatchObject({ state: 'COMPLETED', outcome: 'resolved' })
    expect(await app.db.callbackRequest.findUnique({ where: { id: requestId } })).toMatchObject({ status: 'CLOSED' })
    const steps = await app.db.escalationStep.findMany({ where: { escalationId: id, version: { gt: 1 } } })
    expect(steps.every(({ actor }) => actor.startsWith('link:'))).toBe(true)
  })

  test('lets it refuse, with a reason', async () => {
    const { id, link } = await written()
    const { post } = reader()
    const missing = await post(link, { act: 'reject', version: '1', 'reject-note': 'Elle vit <à> Verviers' })
    expect(missing.status).toBe(422)
    expect(missing.page).toContain('<title>Erreur : ')
    expect(missing.page).toContain('Un point est à corriger')
    expect(missing.page).toContain('<a href="#reject-reason">Pourquoi ? Dites-le, s’il vous plaît.</a>')
    expect(missing.page, 'what was typed is kept').toContain('>Elle vit &lt;à&gt; Verviers</textarea>')
    const refused = await post(link, { act: 'reject', version: '2', 'reject-reason': 'OUT_OF_AREA', 'reject-note': 'Verviers' })
    expect(refused.status).toBe(200)
    expect(refused.page).toContain('les coordonnées ne sont plus affichées')
    expect(refused.page).not.toMatch(/470998877|Verviers/)
    expect(await caseOf(id)).toMatchObject({ state: 'REJECTED', rejectReason: 'OUT_OF_AREA' })
  })

  test('says when the case has changed meanwhile, and when something is not possible', async () => {
    const { id, link } = await written()
    const { post } = reader()
    await post(link, { act: 'open' })
    const stale = await post(link, { act: 'accept', version: '1' })
    expect([stale.status, stale.page.includes('Le dossier a changé entre-temps')]).toEqual([409, true])
    const refusal = await post(link, { act: 'reject', version: '1', 'reject-reason': 'OTHER', 'reject-note': 'Elle vit à Gand.' })
    expect(refusal.page, 'what was typed and chosen stands in its form').toContain('>Elle vit à Gand.</textarea>')
    expect(refusal.page).toContain('<option value="OTHER" selected>')
    const early = await post(link, { act: 'complete', version: '2', 'complete-outcome': 'RESOLVED', 'complete-note': 'Vu ensemble.' })
    expect([early.status, early.page.includes('Ce n’est pas possible à ce stade.')]).toEqual([409, true])
    expect(early.page, 'there is no form for it: it is there to be copied').toMatch(/n’est pas parti.*Vu ensemble\./s)
    expect(await caseOf(id)).toMatchObject({ state: 'RECEIVED' })
  })

  test('shows nothing any more once the agreement is withdrawn, but a way to say that all is erased', async () => {
    const { id, link } = await written()
    const { post } = reader()
    await post(link, { act: 'open' })
    const directory = app.directory.current()
    await changeEscalation({ ...app, directory }, id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, { actor: 'citizen', now })
    const { page } = await post(link, { act: 'open' })
    expect(page).not.toMatch(/470998877|Dupont|loyer/)
    expect(page).toContain('Nous avons tout effacé')
    const { page: after } = await post(link, { act: 'erased' })
    expect(after).not.toContain('Nous avons tout effacé')
    expect(await caseOf(id)).toMatchObject({ erasureConfirmedAt: NOW })
  })

  test('opens one case only, and no other page of ours', async () => {
    const one = await written()
    const other = await written({ phone: '+32470112233' })
    const { page } = await reader().post(one.link, { act: 'open' })
    expect(page).toContain('470998877')
    expect(page).not.toContain('470112233')
    expect(one.link).not.toBe(other.link)
  })
})

test('each mail, the page and the API call a case by the same number, so that two are not taken for each other', async () => {
  const one = await written()
  const other = await written({ phone: '+32470112233' })
  const { data } = await app.ask(
    'query ($id: ID!) { escalation(id: $id) { number } }',
    { id: one.id },
    (await staff(app, { role: 'PARTNER', organization: 'rwlp' })).headers,
  )
  const { number } = data.escalation
  const [first, second] = receivers.mails
  expect(first?.text).toContain(`Dossier ${number}. Confié : `)
  expect(second?.text).not.toContain(number)
  expect((await reader().get(one.link)).page).toContain(number)
  expect((await reader().post(one.link, { act: 'open' })).page).toContain(number)
  receivers.reset()
  const directory = app.directory.current()
  for (const { id } of [one, other])
    await changeEscalation({ ...app, directory }, id, { kind: 'cancel', reason: 'TAKEN_BACK' }, { actor: 'staff:x', now })
  await app.runJobsOnce()
  const taken = receivers.mails.find(({ text }) => text.includes(number))
  expect(taken?.text).toContain('Un dossier qui vous était confié vous est retiré.')
  expect(taken?.text, 'and nothing about anybody').not.toMatch(/Dupont|470|loyer/)
  expect(receivers.mails).toHaveLength(2)
})

test('a message about a case that was taken over, sent again, does not ask whether it is taken over', async () => {
  const { id, link } = await written()
  await reader().post(link, { act: 'open' })
  await reader().post(link, { act: 'accept', version: '2' })
  receivers.reset()
  await app.db.delivery.updateMany({ where: { channel: 'CASE_LINK' }, data: { state: 'PENDING', doneAt: null, nextAt: now } })
  await app.runJobsOnce()
  expect(await caseOf(id)).toMatchObject({ state: 'ACCEPTED' })
  expect(receivers.mails[0]?.text).toContain('où il en est')
  expect(receivers.mails[0]?.text).not.toContain('si vous le prenez en charge')
})

describe('a link that is no longer good', () => {
  test('is answered like one that never was', async () => {
    const { link } = await written()
    wait(7 * 86_400)
    const never = `/case/${'x'.repeat(43)}`
    const typed = await reader().post(never, { act: 'progress', 'progress-note': 'Rendez-vous mardi.' })
    expect(typed.page, 'what was typed is not lost').toMatch(/n’est pas parti.*Rendez-vous mardi\./s)
    const strip = (text: string, path: string) => text.replaceAll(path, 'LINK')
    for (const act of [null, 'open', 'accept', 'renew']) {
      const ask = (path: string) => (act === null ? reader().get(path) : reader().post(path, { act }))
      const [expired, wrong] = [await ask(link), await ask(never)]
      expect(expired.status).toBe(act === 'renew' ? 200 : 404)
      expect(wrong.status).toBe(expired.status)
      expect(strip(wrong.page, never)).toBe(strip(expired.page, link))
      expect(expired.page).not.toMatch(/470998877|Dupont/)
    }
    expect(await reveals()).toEqual([])
  })

  test('leads to a new one, at the address of the first, three times a day', async () => {
    const { id, link } = await written()
    wait(7 * 86_400)
    receivers.reset()
    for (let count = 0; count < 5; count++) await reader().post(link, { act: 'renew' })
    await app.runJobsOnce()
    const renewals = receivers.mails.filter(({ text }) => text.includes('Voici un nouveau lien vers votre dossier.'))
    expect(renewals).toHaveLength(3)
    expect(renewals[0]?.to).toEqual(['dossiers@rwlp.example'])
    const fresh = /\/case\/[\w-]{43}/.exec(renewals[0]?.text ?? '')?.[0] ?? ''
    expect(fresh).not.toBe(link)
    expect((await reader().post(fresh, { act: 'open' })).page).toContain('470998877')
    expect(await caseOf(id)).toMatchObject({ state: 'RECEIVED' })
  })

  test('leads to a new one at the address of now, also when its partner is told otherwise', async () => {
    const { link } = await written()
    await makePartner(app, { handOver: 'INBOX', email: 'neuf@rwlp.example' })
    wait(7 * 86_400)
    await app.runJobsOnce()
    receivers.reset()
    await reader().post(link, { act: 'renew' })
    await app.runJobsOnce()
    expect(receivers.mails.map(({ to }) => to)).toEqual([['neuf@rwlp.example']])
  })

  test('leads to none once the case is over', async () => {
    const { id, link } = await written()
    const directory = app.directory.current()
    await changeEscalation({ ...app, directory }, id, { kind: 'cancel', reason: 'TAKEN_BACK' }, { actor: 'staff:x', now })
    wait(7 * 86_400)
    await app.runJobsOnce()
    receivers.reset()
    await reader().post(link, { act: 'renew' })
    await app.runJobsOnce()
    expect(receivers.mails).toEqual([])
  })
})

describe('what is sent to a link', () => {
  test('from another page, in another form, or too long, is refused', async () => {
    const { id, link } = await written()
    expect((await reader().post(link, { act: 'accept' }, { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await reader().post(link, { act: 'accept' }, { origin: ORIGIN })).status).toBe(200)
    const json = await app.fetch(link, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"act":"accept"}' })
    expect(json.status).toBe(415)
    const long = await reader().post(link, { act: 'progress', 'progress-note': 'x'.repeat(70_000) })
    expect(long.status).toBe(413)
    expect((await app.fetch(link, { method: 'DELETE' })).status).toBe(405)
    expect((await reader().post(link, { act: 'destroy' })).status).toBe(422)
    expect(await caseOf(id)).toMatchObject({ state: 'ACCEPTED' })
  })

  test.each(['de', 'nl', 'en'])('is answered in the language asked for: %s', async (lang) => {
    const { link } = await written()
    const { page } = await reader().post(`${link}?lang=${lang}`, { act: 'open' })
    expect(page).toContain(`<html lang="${lang}">`)
    expect(page).not.toContain('À respecter')
    expect(page, 'a moment is written with one comma').not.toContain(',,')
    expect(page).toContain('470998877')
  })
})
