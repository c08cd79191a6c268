import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, ORIGIN, type TestApp } from '../testing/ask.ts'
import { Visitor } from '../testing/browser.ts'
import { plainText } from '../testing/pages.ts'
import { codeOf, joined, PASSWORD, secretOf, signIn } from '../testing/staff.ts'
import { openDemonstration } from './actions/demonstration.ts'
import { inviteFromConsole } from './actions/invitations.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
  await openDemonstration(app.db, NOW)
})
beforeEach(async () => {
  app.setTime(NOW)
  await app.resetLimits()
})
afterAll(() => app.close())

const WHO = '{ viewer { name email demonstration idleAt endsAt memberships { role organization { slug } } } }'
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000)
const actionsOf = async (email: string) => {
  const { id } = await app.db.staffMember.findUniqueOrThrow({ where: { email } })
  return (await app.db.auditEvent.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } })).map(({ action }) => action)
}

describe('becoming one of the staff', () => {
  test('an invitation, a password, a second factor: then the API knows her', async () => {
    const email = 'ines@liege.example'
    const link = await inviteFromConsole(app.db, { email, role: 'supervisor', organization: 'ville-de-liege' }, NOW)
    const ines = new Visitor(app)
    const invited = await ines.get(`/invitation/${link}`, { 'accept-language': 'nl' })
    expect(invited.status).toBe(200)
    expect(plainText(invited.page)).toContain('U bent uitgenodigd als supervisor: ')
    const half = await ines.post(`/invitation/${link}`, { name: 'Inès', password: PASSWORD })
    expect(half.path).toBe('/account/second-factor')
    expect(half.page).toContain('<svg')
    expect((await ines.ask(WHO)).data.viewer).toBeNull()

    const before = ines.cookie
    const done = await ines.post('/account/second-factor', { code: codeOf(secretOf(half.page)) })
    expect(done.page.match(/<code>\w{5}-\w{5}<\/code>/g)).toHaveLength(10)
    expect(done.page).toContain('href="/desk"')
    expect(ines.cookie).not.toBe(before)
    expect((await ines.ask(WHO)).data.viewer).toEqual({
      name: 'Inès',
      email,
      demonstration: false,
      idleAt: minutes(30).toISOString(),
      endsAt: minutes(8 * 60).toISOString(),
      memberships: [{ role: 'SUPERVISOR', organization: { slug: 'ville-de-liege' } }],
    })
    expect(await actionsOf(email)).toEqual(['staff.joined', 'staff.second_factor_set', 'staff.signed_in'])
  })

  test('then she signs in with both, and out again', async () => {
    const { email, secret } = await joined(app)
    const again = new Visitor(app)
    const asked = await again.post('/sign-in', { email: email.toUpperCase(), password: PASSWORD, next: '/account' })
    expect(asked.path).toBe('/sign-in/code?next=%2Faccount')
    expect((await again.ask(WHO)).data.viewer).toBeNull()
    const inside = await again.post('/sign-in/code', { code: codeOf(secret, 1), next: '/account' })
    expect(inside.path).toBe('/account')
    expect(plainText(inside.page)).toContain(email)
    expect((await again.ask(WHO)).data.viewer.email).toBe(email)

    const { cookie } = again
    expect((await again.post('/account', { act: 'sign-out' })).path).toBe('/sign-in')
    again.cookies.set('passerelle.session_token', /session_token=([^;]+)/.exec(cookie)?.[1] as string)
    expect((await again.ask(WHO)).data.viewer).toBeNull()
    expect((await actionsOf(email)).slice(-2)).toEqual(['staff.signed_in', 'staff.signed_out'])
  })

  test('a backup code lets her in once', async () => {
    const { email, backupCodes } = await joined(app)
    const enter = async () => {
      const visitor = new Visitor(app)
      await visitor.post('/sign-in', { email, password: PASSWORD })
      return visitor.post('/sign-in/code', { code: backupCodes[3] as string, next: '/account' })
    }
    expect((await enter()).path).toBe('/account')
    expect((await enter()).status).toBe(422)
  })

  test('new backup codes are made with the password, and end the old ones', async () => {
    const { visitor, email, backupCodes } = await joined(app)
    expect((await visitor.post('/account', { act: 'backup-codes', password: 'not this one, surely' })).status).toBe(422)
    const made = await visitor.post('/account', { act: 'backup-codes', password: PASSWORD })
    expect(made.page.match(/<code>\w{5}-\w{5}<\/code>/g)).toHaveLength(10)
    const other = new Visitor(app)
    await other.post('/sign-in', { email, password: PASSWORD })
    expect((await other.post('/sign-in/code', { code: backupCodes[0] as string })).status).toBe(422)
  })
})

describe('a session', () => {
  test('stands in the database under another name than in the cookie', async () => {
    const { visitor } = await joined(app)
    const value = decodeURIComponent(visitor.cookies.get('passerelle.session_token') as string)
    const token = value.split('.')[0] as string
    expect(token).toHaveLength(32)
    const { rows } = await app.sql.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    expect(rows.length).toBeGreaterThan(30)
    for (const { name } of rows) {
      const found = await app.sql.query(`SELECT 1 FROM "${name}" AS t WHERE t::text LIKE '%' || $1 || '%'`, [token])
      expect(found.rowCount, name).toBe(0)
    }
    // The search finds what is there.
    const { id } = await app.db.staffSession.findFirstOrThrow()
    expect((await app.sql.query('SELECT 1 FROM "staff_session" AS t WHERE t::text LIKE $1', [`%${id}%`])).rowCount).toBe(1)
    expect(await app.db.staffSession.count({ where: { OR: [{ ipAddress: { not: null } }, { userAgent: { not: null } }] } })).toBe(0)
  })

  test('ends after half an hour in which nothing was done; looking on does nothing', async () => {
    const { visitor } = await joined(app)
    app.setTime(minutes(20))
    expect((await visitor.ask(WHO)).data.viewer.idleAt).toBe(minutes(30).toISOString())
    app.setTime(minutes(29))
    expect((await visitor.ask(WHO)).data.viewer.idleAt).toBe(minutes(30).toISOString())
    app.setTime(minutes(30))
    expect((await visitor.ask(WHO)).data.viewer).toBeNull()
  })

  test('goes on with what is done, and ends after eight hours whatever is done', async () => {
    const { visitor } = await joined(app, { role: 'supervisor' })
    const act =
      'mutation { setStaffSkills(id: "01a201eb-3b14-749d-bd92-ae719bc52596", input: { lines: [], languages: [] }) { __typename } }'
    let last = 0
    for (let minute = 25; minute < 8 * 60; minute += 25) {
      app.setTime(minutes(minute))
      expect((await visitor.ask(act)).data.setStaffSkills.__typename).toBe('NotFound')
      last = minute
    }
    expect((await visitor.ask(WHO)).data.viewer.idleAt).toBe(minutes(8 * 60).toISOString())
    app.setTime(minutes(8 * 60))
    expect(last).toBe(475)
    expect((await visitor.ask(WHO)).data.viewer).toBeNull()
  })

  test('that something was done is written once a minute', async () => {
    const { visitor } = await joined(app, { role: 'supervisor' })
    const act =
      'mutation { setStaffSkills(id: "01a201eb-3b14-749d-bd92-ae719bc52596", input: { lines: [], languages: [] }) { __typename } }'
    const idleAt = async (at: Date) => {
      app.setTime(at)
      await visitor.ask(act)
      return (await visitor.ask(WHO)).data.viewer.idleAt
    }
    expect(await idleAt(new Date(NOW.getTime() + 59_000))).toBe(minutes(30).toISOString())
    expect(await idleAt(new Date(NOW.getTime() + 61_000))).toBe(new Date(minutes(31).getTime() + 1_000).toISOString())
  })

  test('ends at once when she is disabled, on all her devices when she says so', async () => {
    const { visitor, email, secret } = await joined(app)
    const other = new Visitor(app)
    await other.post('/sign-in', { email, password: PASSWORD })
    await other.post('/sign-in/code', { code: codeOf(secret, 1), next: '/account' })
    expect((await other.ask(WHO)).data.viewer.email).toBe(email)
    await other.post('/account', { act: 'sign-out-everywhere' })
    expect((await visitor.ask(WHO)).data.viewer).toBeNull()

    const again = await joined(app)
    const waiting = new Visitor(app)
    await waiting.post('/sign-in', { email: again.email, password: PASSWORD })
    await app.db.staffMember.update({ where: { email: again.email }, data: { disabledAt: NOW } })
    expect((await again.visitor.ask(WHO)).data.viewer).toBeNull()
    const refused = await new Visitor(app).post('/sign-in', { email: again.email, password: PASSWORD })
    expect(refused.status).toBe(422)
    await waiting.post('/sign-in/code', { code: codeOf(again.secret, 1) })
    expect((await waiting.ask(WHO)).data.viewer).toBeNull()
  })

  test('its cookie is for this host and for pages only, and for https where there is https', async () => {
    const { headers } = await new Visitor(app).once('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ email: 'ana@liege.example', password: 'essai-sans-risque' }),
    })
    const [cookie = ''] = headers.getSetCookie()
    expect(cookie).toMatch(/^passerelle\.session_token=[^;]+; Max-Age=28800; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(headers.get('cache-control')).toBe('no-store')
  })
})

describe('the second factor', () => {
  test('a code counts once', async () => {
    const { email, secret } = await joined(app)
    const code = codeOf(secret, 1)
    const first = new Visitor(app)
    await first.post('/sign-in', { email, password: PASSWORD })
    expect((await first.post('/sign-in/code', { code, next: '/account' })).path).toBe('/account')
    const second = new Visitor(app)
    await second.post('/sign-in', { email, password: PASSWORD })
    expect((await second.post('/sign-in/code', { code, next: '/account' })).status).toBe(422)
    expect((await second.ask(WHO)).data.viewer).toBeNull()
    expect((await actionsOf(email)).at(-1)).toBe('staff.second_factor_failed')
  })

  test('nine at once with one code: one is let in', async () => {
    const { email, secret } = await joined(app)
    const visitors = await Promise.all(
      Array.from({ length: 9 }, async () => {
        const visitor = new Visitor(app)
        await visitor.post('/sign-in', { email, password: PASSWORD })
        return visitor
      }),
    )
    const code = codeOf(secret, 1)
    await Promise.all(visitors.map((one) => one.post('/sign-in/code', { code, next: '/account' })))
    const inside = await Promise.all(visitors.map(async (one) => (await one.ask(WHO)).data.viewer !== null))
    expect(inside.filter(Boolean)).toHaveLength(1)
  })

  test('codes cannot be guessed: ten wrong ones in a quarter of an hour, in however many sign-ins', async () => {
    const { email, secret } = await joined(app)
    const statuses: number[] = []
    for (let round = 0; round < 3; round++) {
      const visitor = new Visitor(app)
      await visitor.post('/sign-in', { email, password: PASSWORD })
      for (let index = 0; index < 4; index++) {
        statuses.push((await visitor.post('/sign-in/code', { code: String(100_000 + round * 10 + index) })).status)
      }
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429])
    const late = new Visitor(app)
    await late.post('/sign-in', { email, password: PASSWORD })
    expect((await late.post('/sign-in/code', { code: codeOf(secret, 1) })).status).toBe(429)
  })

  test('a stolen half of a session opens nothing, and is over once she has a second factor', async () => {
    const email = 'half@liege.example'
    const link = await inviteFromConsole(app.db, { email, role: 'agent', organization: 'ville-de-liege' }, NOW)
    const victim = new Visitor(app)
    const { page } = await victim.post(`/invitation/${link}`, { name: 'Half', password: PASSWORD })
    const thief = new Visitor(app)
    for (const [name, value] of victim.cookies) thief.cookies.set(name, value)
    const other = new Visitor(app)
    await other.post('/sign-in', { email, password: PASSWORD })
    for (const one of [thief, other]) {
      expect((await one.ask(WHO)).data.viewer).toBeNull()
      expect((await one.ask('{ staff { id } }')).errors?.[0].extensions.code).toBe('UNAUTHENTICATED')
      expect((await one.get('/account')).path).toBe('/account/second-factor')
    }
    // Her app has the key of the last time that she signed in.
    const shown = await victim.get('/account/second-factor')
    expect(secretOf(shown.page)).not.toBe(secretOf(page))
    await victim.post('/account/second-factor', { code: codeOf(secretOf(shown.page)) })
    expect((await victim.ask(WHO)).data.viewer.email).toBe(email)
    for (const one of [thief, other]) expect((await one.ask(WHO)).data.viewer).toBeNull()
  })

  test('the code is of the one whose password it was', async () => {
    const [one, two] = [await joined(app), await joined(app)]
    const visitor = new Visitor(app)
    await visitor.post('/sign-in', { email: one.email, password: PASSWORD })
    expect((await visitor.post('/sign-in/code', { code: codeOf(two.secret, 1) })).status).toBe(422)
    // With a session of her own in the same browser, too.
    for (const [name, value] of two.visitor.cookies) visitor.cookies.set(name, value)
    expect((await visitor.post('/sign-in/code', { code: codeOf(two.secret, 1) })).status).toBe(422)
    expect((await visitor.ask(WHO)).data.viewer.email).toBe(two.email)
  })
})

describe('who is unknown learns nothing', () => {
  test('a wrong password is answered as an unknown address is', async () => {
    const { email } = await joined(app)
    const textOf = async (address: string, password: string) => {
      const seen = await new Visitor(app).post('/sign-in', { email: address, password })
      return [seen.status, plainText(seen.page), [...seen.headers.keys()].join(' '), seen.headers.getSetCookie().length]
    }
    const known = await textOf(email, 'wrong, and long enough')
    expect(await textOf('nobody-at-all@liege.example', 'wrong, and long enough')).toEqual(known)
    expect(await textOf('no address', 'wrong, and long enough')).toEqual(known)
    expect(known[0]).toBe(422)
  })

  // Forty hashes take a while where others compute, too.
  test('and takes as long', { timeout: 60_000 }, async () => {
    const { email } = await joined(app)
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
    for (let run = 0; run < 20; run++) {
      for (const kind of ['known', 'unknown'] as const) {
        if (run % 4 === 0) await app.resetLimits()
        const start = performance.now()
        await app.access.signIn(
          { email: kind === 'known' ? email : `nobody-${run}@liege.example`, password: 'wrong, and long enough' },
          null,
        )
        times[kind].push(performance.now() - start)
      }
    }
    const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] as number
    const ratio = median(times.known) / median(times.unknown)
    // Without a hash for who is unknown it would be ten times and more.
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.7)
  })

  test('who guesses from elsewhere does not shut out whose account it is, before fifty have', async () => {
    const { email } = await joined(app)
    for (const address of [email, 'nobody-there@liege.example']) {
      const from = async (place: string, password = 'wrong, and long enough') => {
        app.setAddress(place)
        return new Visitor(app).post('/sign-in', { email: address, password })
      }
      try {
        const rounds: number[][] = []
        for (let block = 0; block < 10; block++) {
          const statuses: number[] = []
          for (let index = 0; index < 6; index++) statuses.push((await from(`2001:db8:0:${block}::${index}`)).status)
          rounds.push(statuses)
          if (block === 0 && address === email) expect((await from('192.0.2.5', PASSWORD)).path).toBe('/sign-in/code')
        }
        // A sixth from one place counts for that place only.
        expect(rounds).toEqual(Array(10).fill([422, 422, 422, 422, 422, 429]))
        expect((await from('192.0.2.5', PASSWORD)).status).toBe(429)
      } finally {
        app.setAddress('127.0.0.1')
      }
    }
  })

  test('five wrong passwords for an address, known or not, and no more for a quarter of an hour', async () => {
    const { email } = await joined(app)
    for (const address of [email, 'nobody-here@liege.example']) {
      const statuses: number[] = []
      for (let index = 0; index < 7; index++) {
        statuses.push((await new Visitor(app).post('/sign-in', { email: address, password: 'wrong, and long enough' })).status)
      }
      expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429])
    }
    // The right one is not tried either.
    const { status, headers } = await new Visitor(app).post('/sign-in', { email, password: PASSWORD })
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(800)
  })

  test('one address may try sixty times, whomever it tries; another address still may', async () => {
    app.setAddress('192.0.2.77')
    try {
      for (let index = 0; index < 60; index++) {
        await app.access.signIn({ email: `guess-${index}@liege.example`, password: 'x' }, '192.0.2.77')
      }
      expect((await new Visitor(app).post('/sign-in', { email: 'ana@liege.example', password: 'essai-sans-risque' })).status).toBe(429)
      app.setAddress('192.0.2.78')
      expect(await signIn(app)).toContain('session_token')
    } finally {
      app.setAddress('127.0.0.1')
    }
  })
})

describe('other people’s pages', () => {
  const enter = { email: 'ana@liege.example', password: 'essai-sans-risque' }

  test.each([
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['no origin at all', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { origin: ORIGIN, 'sec-fetch-site': 'same-site' }],
  ])('cannot sign somebody in or out: %s', async (_what, headers) => {
    const { visitor } = await joined(app)
    expect((await visitor.post('/sign-in', enter, headers)).status).toBe(403)
    expect((await visitor.post('/account', { act: 'sign-out' }, headers)).status).toBe(403)
    expect((await visitor.ask(WHO)).data.viewer).not.toBeNull()
  })

  test.each([
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a program of another page', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed page', { origin: 'null' }],
  ])('cannot use a session: %s', async (_what, headers) => {
    const { visitor } = await joined(app)
    expect((await visitor.ask(WHO, headers)).data?.viewer ?? null).toBeNull()
    expect((await visitor.ask(WHO)).data.viewer).not.toBeNull()
  })

  test('are never told that cookies may be sent', async () => {
    const { visitor } = await joined(app)
    for (const origin of [ORIGIN, 'https://www.rivage.example', 'https://evil.example']) {
      const { headers } = await visitor.once('/graphql', {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { id } }' }),
      })
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/desk/../../evil',
    '/account\r\nset-cookie: a=b',
    'javascript:alert(1)',
    '/hsds',
  ])('are not where one is led after signing in: %s', async (next) => {
    const response = await new Visitor(app).once('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ ...enter, next }),
      headers: { origin: ORIGIN },
    })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/desk')
  })

  test('a session that somebody else put into the browser is not hers afterwards', async () => {
    const attacker = await joined(app)
    const victim = new Visitor(app)
    for (const [name, value] of attacker.visitor.cookies) victim.cookies.set(name, value)
    await victim.post('/sign-in', enter)
    expect((await victim.ask(WHO)).data.viewer.email).toBe(enter.email)
    expect(victim.cookies.get('passerelle.session_token')).not.toBe(attacker.visitor.cookies.get('passerelle.session_token'))
    expect((await attacker.visitor.ask(WHO)).data.viewer.email).toBe(attacker.email)
  })

  test.each([
    '/sign-in/provider/sign-in/email',
    '/sign-in/provider/sign-up/email',
    '/sign-in/provider/get-session',
    '/sign-in/provider/ok',
    '/sign-in/email',
    '/api/auth/get-session',
  ])('nothing of the library answers by itself: %s', async (path) => {
    expect((await app.fetch(path)).status).toBe(404)
    const sent = await app.fetch(path, { method: 'POST', body: new URLSearchParams(enter), headers: { origin: ORIGIN } })
    expect([404, 405]).toContain(sent.status)
    expect(sent.headers.getSetCookie()).toEqual([])
  })
})
