import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { plainText, summaryOf } from '../testing/pages.ts'
import { codeOf, joined, PASSWORD, secretOf, signIn } from '../testing/staff.ts'
import { closeDemonstration, openDemonstration } from './actions/demonstration.ts'
import { inviteFromConsole } from './actions/invitations.ts'
import { recoverFromConsole } from './actions/recovery.ts'
import { makeToken } from './actions/tokens.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(async () => {
  app.setTime(NOW)
  await app.resetLimits()
})
afterAll(() => app.close())

const NEW = 'une autre suite de mots'
const WHO = '{ viewer { email } }'
const hoursOn = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000)
const reset = (email: string, now = NOW) => recoverFromConsole(app.db, { email }, now)
const pathOf = (secret: string) => `/account/recovery/${secret}`
const english = { 'accept-language': 'en' }
const actionsOf = async (email: string) => {
  const { id } = await app.db.staffMember.findUniqueOrThrow({ where: { email } })
  return (await app.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })).map(({ action }) => action)
}
const entered = async (email: string, password: string) => {
  const visitor = new Visitor(app)
  return { visitor, ...(await visitor.post('/sign-in', { email, password })) }
}

describe('a link back into an account', () => {
  test('a new password, then a new second factor: the old ones and all sessions are over', async () => {
    const { visitor: before, email, secret, backupCodes } = await joined(app)
    const begun = await entered(email, PASSWORD)
    expect(begun.path).toBe('/sign-in/code')

    const link = await reset(email)
    expect((await before.ask(WHO)).data.viewer.email).toBe(email)
    const visitor = new Visitor(app)
    const { page, status } = await visitor.get(pathOf(link), english)
    expect([status, plainText(page).includes('Choose a new password')]).toEqual([200, true])
    expect(page).toContain(`value="${email}"`)
    const done = await visitor.post(pathOf(link), { password: NEW }, english)
    expect(plainText(done.page)).toContain('Your password is changed')
    expect(visitor.cookie).toBe('')

    expect((await before.ask(WHO)).data.viewer).toBeNull()
    expect((await begun.visitor.post('/sign-in/code', { code: codeOf(secret, 1) })).status).toBe(422)
    expect((await begun.visitor.post('/sign-in/code', { code: backupCodes[0] as string })).status).toBe(422)
    expect((await entered(email, PASSWORD)).status).toBe(422)

    const again = await entered(email, NEW)
    expect(again.path).toBe('/account/second-factor')
    expect((await again.visitor.ask(WHO)).data.viewer).toBeNull()
    expect(secretOf(again.page)).not.toBe(secret)
    await again.visitor.post('/account/second-factor', { code: codeOf(secretOf(again.page)) })
    expect((await again.visitor.ask(WHO)).data.viewer.email).toBe(email)
    expect((await actionsOf(email)).slice(-4)).toEqual([
      'staff.recovery_made',
      'staff.recovered',
      'staff.second_factor_set',
      'staff.signed_in',
    ])
  })

  test('stands in the database as a hash, and ends the one before', async () => {
    const { email } = await joined(app)
    const first = await reset(email)
    const second = await reset(email)
    const rows = await app.db.staffRecovery.findMany({ where: { member: { email } } })
    expect(rows).toMatchObject([{ madeBy: 'system', expiresAt: hoursOn(24), usedAt: null }])
    expect(JSON.stringify(rows)).not.toContain(second)
    expect((await new Visitor(app).get(pathOf(first))).status).toBe(404)
    expect((await new Visitor(app).get(pathOf(second))).status).toBe(200)
  })

  test('is over after a day, once it was used, and when it never was', async () => {
    const { email } = await joined(app)
    const link = await reset(email)
    app.setTime(hoursOn(24))
    expect((await new Visitor(app).post(pathOf(link), { password: NEW })).status).toBe(404)
    app.setTime(new Date(hoursOn(24).getTime() - 1))
    expect((await new Visitor(app).post(pathOf(link), { password: NEW })).status).toBe(200)
    expect((await new Visitor(app).post(pathOf(link), { password: `${NEW} encore` })).status).toBe(404)
    for (const made of ['x', 'A'.repeat(43), '..%2Faccount']) expect((await new Visitor(app).get(pathOf(made))).status).toBe(404)
    expect((await entered(email, `${NEW} encore`)).status).toBe(422)
    expect((await entered(email, NEW)).path).toBe('/account/second-factor')
  })

  test('works for one of twenty who use it at once', async () => {
    const { email } = await joined(app)
    const link = await reset(email)
    const passwords = Array.from({ length: 20 }, (_one, index) => `${NEW} ${index}`)
    const results = await Promise.all(passwords.map((password) => app.access.recover(link, password, null)))
    expect(results.filter(Boolean)).toHaveLength(1)
    const winner = passwords[results.indexOf(true)] as string
    expect((await entered(email, winner)).path).toBe('/account/second-factor')
    expect((await actionsOf(email)).filter((action) => action === 'staff.recovered')).toHaveLength(1)
  })

  test('ends half a session too: whoever had the old password sets up nothing', async () => {
    const email = 'half@liege.example'
    const invitation = await inviteFromConsole(app.db, { email, role: 'agent', organization: 'ville-de-liege' }, NOW)
    const half = new Visitor(app)
    const { page } = await half.post(`/invitation/${invitation}`, { name: 'Half', password: PASSWORD })
    const link = await reset(email)
    await new Visitor(app).post(pathOf(link), { password: NEW })
    expect((await half.post('/account/second-factor', { code: codeOf(secretOf(page)) })).path).toMatch(/^\/sign-in/)
    expect((await half.ask(WHO)).data.viewer).toBeNull()
    expect(await app.db.staffMember.findUnique({ where: { email } })).toMatchObject({ twoFactorEnabled: false })
  })

  test('says what is wrong with the password, and is good still', async () => {
    const { email } = await joined(app)
    const link = await reset(email)
    const send = (password: string) => new Visitor(app).post(pathOf(link), { password }, english)
    const short = await send('short')
    expect([short.status, summaryOf(short.page)]).toEqual([422, ['#password']])
    expect(plainText((await send('Password1234!')).page)).toContain('Too many people')
    expect(plainText((await send(`${email} again`)).page)).toContain('must not contain your e-mail')
    expect((await send(NEW)).status).toBe(200)
  })

  test('is nobody’s once she is dismissed, and is told nobody on the way', async () => {
    const { email } = await joined(app)
    const link = await reset(email)
    const { headers } = await new Visitor(app).get(pathOf(link))
    expect([headers.get('referrer-policy'), headers.get('cache-control')]).toEqual(['same-origin', 'no-store'])
    await app.db.staffMember.update({ where: { email }, data: { disabledAt: NOW } })
    expect((await new Visitor(app).post(pathOf(link), { password: NEW })).status).toBe(404)
  })

  test.each(['fr', 'de', 'nl', 'en'])('is spoken of in the language %s', async (language) => {
    const { email } = await joined(app)
    const { page } = await new Visitor(app).get(pathOf(await reset(email)), { 'accept-language': language })
    expect(page).toContain(`<html lang="${language}"`)
  })

  test('counts by address: sixty tries, then later', async () => {
    const { email } = await joined(app)
    const link = await reset(email)
    for (let tried = 0; tried < 60; tried++) await app.access.recover('A'.repeat(43), NEW, '192.0.2.7')
    await expect(app.access.recover(link, NEW, '192.0.2.7')).rejects.toThrow('too many')
    expect(await app.access.recover(link, NEW, '192.0.2.8')).toBe(true)
  })

  test('is made of nothing else than an account with a password', async () => {
    await openDemonstration(app.db, NOW)
    const { row } = await makeToken(app.db, { role: 'agent', organization: 'ville-de-liege', days: '3' }, NOW)
    const token = await app.db.staffMember.findUniqueOrThrow({ where: { id: row.memberId } })
    const closed = await joined(app)
    await app.db.staffMember.update({ where: { email: closed.email }, data: { disabledAt: NOW } })
    for (const email of ['nobody@liege.example', 'ana@liege.example', token.email, closed.email]) {
      await expect(reset(email)).rejects.toThrow(/No account of .* can be recovered/)
    }
    await expect(recoverFromConsole(app.db, {}, NOW)).rejects.toThrow('--email is missing')
    await expect(recoverFromConsole(app.db, { email: 'ana' }, NOW)).rejects.toThrow('“ana” is no address')
    await expect(recoverFromConsole(app.db, { email: 'ana@liege.example', role: 'agent' }, NOW)).rejects.toThrow('leave out --role')
    await closeDemonstration(app.db, NOW)
  })

  test('is cleared a month after it was over', async () => {
    const { email } = await joined(app)
    await reset(email)
    const count = () => app.db.staffRecovery.count({ where: { member: { email } } })
    app.setTime(hoursOn(24 * 30))
    await app.runJobsOnce()
    expect(await count()).toBe(1)
    app.setTime(hoursOn(24 * 32))
    await app.runJobsOnce()
    expect(await count()).toBe(0)
  })
})

describe('changing the password', () => {
  test('asks for the present one, keeps this session and ends the others', async () => {
    const { visitor, email, secret } = await joined(app)
    const other = await entered(email, PASSWORD)
    await other.visitor.post('/sign-in/code', { code: codeOf(secret, 1) })
    expect((await other.visitor.ask(WHO)).data.viewer.email).toBe(email)
    const begun = await entered(email, PASSWORD)
    const link = await reset(email)

    const wrong = await visitor.post('/account', { act: 'password', present: 'not this one, surely', chosen: NEW }, english)
    expect([wrong.status, summaryOf(wrong.page)]).toEqual([422, ['#present']])
    const done = await visitor.post('/account', { act: 'password', present: PASSWORD, chosen: NEW }, english)
    expect(plainText(done.page)).toContain('Your password is changed')
    expect((await visitor.ask(WHO)).data.viewer.email).toBe(email)
    expect((await other.visitor.ask(WHO)).data.viewer).toBeNull()
    expect((await begun.visitor.post('/sign-in/code', { code: codeOf(secret, -1) })).status).toBe(422)
    expect((await new Visitor(app).get(pathOf(link))).status).toBe(404)
    expect((await entered(email, PASSWORD)).status).toBe(422)
    expect((await entered(email, NEW)).path).toBe('/sign-in/code')
    expect(await actionsOf(email)).toContain('staff.password_changed')
  })

  test('has one winner of five at once', async () => {
    const { visitor, email } = await joined(app)
    const { viewer } = await app.access.known(visitor.cookie)
    if (!viewer) throw new Error('nobody')
    const tries = Array.from({ length: 5 }, (_one, index) =>
      app.access.changePassword(viewer, { present: PASSWORD, chosen: `${NEW} ${index}` }, null),
    )
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
    expect((await actionsOf(email)).filter((action) => action === 'staff.password_changed')).toHaveLength(1)
  })

  test('says what is missing or weak, and counts wrong tries with those of signing in', async () => {
    const { visitor, email } = await joined(app)
    const send = (present: string, chosen: string) => visitor.post('/account', { act: 'password', present, chosen }, english)
    expect(summaryOf((await send('', 'short')).page)).toEqual(['#present', '#chosen'])
    for (let tried = 0; tried < 5; tried++) expect((await send('not this one, surely', NEW)).status).toBe(422)
    expect((await send(PASSWORD, NEW)).status).toBe(429)
    expect((await entered(email, PASSWORD)).status).toBe(429)
    await app.resetLimits()
    expect((await entered(email, PASSWORD)).path).toBe('/sign-in/code')
  })

  test('is for nobody with half a session, from another page, or of the demonstration', async () => {
    const fields = { act: 'password', present: PASSWORD, chosen: NEW }
    const email = 'not-yet@liege.example'
    const invitation = await inviteFromConsole(app.db, { email, role: 'agent', organization: 'ville-de-liege' }, NOW)
    const half = new Visitor(app)
    await half.post(`/invitation/${invitation}`, { name: 'Not yet', password: PASSWORD })
    expect((await half.post('/account', fields)).path).toBe('/account/second-factor')
    expect((await entered(email, NEW)).status).toBe(422)

    const { visitor } = await joined(app)
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await visitor.post('/account', fields, foreign)).status).toBe(403)

    await openDemonstration(app.db, NOW)
    const demonstration = new Visitor(app)
    const [name, value] = (await signIn(app)).split('=') as [string, string]
    demonstration.cookies.set(name, value)
    expect((await demonstration.get('/account')).page).not.toContain('name="chosen"')
    const asked = await demonstration.post('/account', { act: 'password', present: 'essai-sans-risque', chosen: NEW })
    expect(asked.status).toBe(422)
    expect(await signIn(app)).toContain('session_token')
  })
})
