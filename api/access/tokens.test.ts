import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, NOW, type TestApp } from '../testing/ask.ts'
import { makeToken, revokeToken } from './actions/tokens.ts'
import { idFrom, readToken } from './rules/token.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
beforeEach(() => app.setTime(NOW))
afterAll(() => app.close())

const wanted = { role: 'supervisor', organization: 'ville-de-liege', days: '30' }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const WHO = '{ viewer { name email endsAt memberships { role organization { slug } } } }'

describe('a token', () => {
  test('lets a system in as what it was made for', async () => {
    const { token } = await makeToken(app.db, { ...wanted, name: 'Statistics' }, NOW)
    expect(token).toMatch(/^psl_[a-z2-7]{12}_[\w-]{43}$/)
    const { data } = await app.ask(WHO, {}, bearer(token))
    expect(data.viewer).toEqual({
      name: 'Statistics',
      email: null,
      endsAt: null,
      memberships: [{ role: 'SUPERVISOR', organization: { slug: 'ville-de-liege' } }],
    })
    expect((await app.ask('{ colleagues { id } }', {}, bearer(token))).errors).toBeUndefined()
  })

  test('reads only, unless it was made to write', async () => {
    const act =
      'mutation { setStaffSkills(id: "01a201eb-3b14-749d-bd92-ae719bc52596", input: { lines: [], languages: [] }) { __typename } }'
    const reads = await makeToken(app.db, wanted, NOW)
    const writes = await makeToken(app.db, { ...wanted, scopes: 'read,write' }, NOW)
    expect((await app.ask(act, {}, bearer(reads.token))).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await app.ask(act, {}, bearer(writes.token))).data.setStaffSkills.__typename).toBe('NotFound')
  })

  test.each([
    ['of another secret', (token: string) => `${token.slice(0, -2)}xx`],
    ['of another name', (token: string) => token.replace(/^psl_.{12}/, 'psl_aaaaaaaaaaaa')],
    ['cut off', (token: string) => token.slice(0, 30)],
    ['that is none', () => 'nonsense'],
    ['of nothing', () => 'psl__'],
  ])('%s is refused, and gets no public answer', async (_what, change) => {
    const { token } = await makeToken(app.db, wanted, NOW)
    for (const query of [WHO, '{ about { contentVersion } }', '{ needs { code } }']) {
      const { status, errors, data, headers } = await app.ask(query, {}, bearer(change(token)))
      expect([status, errors?.[0]?.extensions.code, data]).toEqual([401, 'UNAUTHENTICATED', undefined])
      expect(headers.get('www-authenticate')).toBe('Bearer')
      expect(headers.get('cache-control')).toContain('no-store')
    }
  })

  test('ends when it is revoked, and when its days are over', async () => {
    const { token, row } = await makeToken(app.db, wanted, NOW)
    const other = await makeToken(app.db, wanted, NOW)
    expect(await revokeToken(app.db, row.id, 'system', NOW)).toBe(true)
    expect(await revokeToken(app.db, row.id, 'system', NOW)).toBe(false)
    expect((await app.ask(WHO, {}, bearer(token))).status).toBe(401)
    app.setTime(new Date(NOW.getTime() + 30 * 86_400_000 - 1))
    expect((await app.ask(WHO, {}, bearer(other.token))).status).toBe(200)
    app.setTime(new Date(NOW.getTime() + 30 * 86_400_000))
    expect((await app.ask(WHO, {}, bearer(other.token))).status).toBe(401)
    const events = await app.db.auditEvent.findMany({ where: { subjectId: row.memberId }, orderBy: { id: 'asc' } })
    expect(events.map(({ action, actor }) => `${action} ${actor}`)).toEqual(['token.made system', 'token.revoked system'])
  })

  test('is stored as a hash, and that it was used once a minute', async () => {
    const { token, row } = await makeToken(app.db, wanted, NOW)
    const secret = readToken(token)?.secret as string
    expect(JSON.stringify(row)).not.toContain(secret)
    const used = async (seconds: number) => {
      app.setTime(new Date(NOW.getTime() + seconds * 1_000))
      await app.ask(WHO, {}, bearer(token))
      return (await app.db.apiToken.findUniqueOrThrow({ where: { id: row.id } })).lastUsedAt
    }
    expect(await used(0)).toEqual(NOW)
    expect(await used(59)).toEqual(NOW)
    expect(await used(60)).toEqual(new Date(NOW.getTime() + 60_000))
  })

  test.each([
    [{}, /--role is missing/],
    [{ role: 'boss' }, /“boss” is not known/],
    [{ role: 'agent' }, /--organization is missing/],
    [{ role: 'agent', organization: 'ville-de-liege' }, /--days are missing/],
    [{ role: 'agent', organization: 'ville-de-liege', days: '401' }, /1 to 400/],
    [{ role: 'agent', organization: 'ville-de-liege', days: '0' }, /1 to 400/],
    [{ role: 'agent', organization: 'ville-de-liege', days: '9', scopes: 'all' }, /must be read, or read,write/],
    [{ role: 'agent', organization: 'ville-de-liege', days: '9', scopes: 'write' }, /“write” must be read, or read,write: whoever writes/],
    [{ role: 'agent', organization: 'ville-de-liege', days: '9', scopes: 'write,' }, /must be read, or read,write/],
    [{ role: 'agent', organization: 'nowhere', days: '9' }, /no organization “nowhere”/],
  ])('is not made of %o', async (options, line) => {
    await expect(makeToken(app.db, options, NOW)).rejects.toThrow(line)
  })

  test('has a name of letters and digits that are not mistaken for each other', () => {
    expect(idFrom(new Uint8Array(12).fill(255))).toBe('777777777777')
  })
})
