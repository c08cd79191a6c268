import { betterAuth } from 'better-auth'
import { describe, expect, test } from 'vitest'
import { cookieIn, cookieNames, countsFrom, signedValue } from './rules/cookie.ts'
import { emailOf, emailProblem, readInviteOptions } from './rules/invitation.ts'
import { nextOf } from './rules/next.ts'
import { passwordProblem } from './rules/password.ts'
import { endOf, idleEnd, isAlive, isWorthTouching } from './rules/session.ts'
import { readToken, readTokenOptions } from './rules/token.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 17, 9) + minutes * 60_000)

describe('a session', () => {
  test.each([
    [0, 30],
    [449, 479],
    [450, 480],
    [470, 480],
  ])('after %i minutes in which something was done it is good until %i', (done, until) => {
    expect(idleEnd({ createdAt: at(0) }, at(done))).toEqual(at(until))
  })

  test.each([
    [0, 30, 29, true],
    [0, 30, 30, false],
    [0, 480, 479, true],
    [0, 480, 480, false],
    [0, 9_999, 480, false],
  ])('made at %i and good until %i, at %i: %s', (made, until, now, alive) => {
    expect(isAlive({ createdAt: at(made), expiresAt: at(until) }, at(now))).toBe(alive)
  })

  test.each([
    [30, 0, false],
    [30, 1, false],
    [30, 1.01, true],
    [480, 479, false],
  ])('that ends at %i if nothing is done is written anew at %d: %s', (idle, now, worth) => {
    expect(isWorthTouching({ idleAt: at(idle), endsAt: endOf({ createdAt: at(0) }) }, at(now))).toBe(worth)
  })
})

describe('a password', () => {
  test.each([
    ['onze caract', 'too_short'],
    ['douze caract', null],
    ['x'.repeat(50).concat('abcdefg'), null],
    ['a b c d e '.repeat(20), null],
    [`${'a b c d e '.repeat(20)}!`, 'too_long'],
    ['ANA.LAMBERT-2026', 'like_email'],
    ['ana.lambert@liege.example', 'like_email'],
    ['password1234', 'too_common'],
    ['Mot de passe 2026', 'too_common'],
    ['Wachtwoord!!', 'too_common'],
    ['123456789012', 'too_common'],
    ['abababababab', 'too_common'],
    ['quatre mots sans suite', null],
    ['пароль из слов', null],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password, 'ana.lambert@liege.example')).toBe(problem)
  })

  test('is like no address that is not known yet', () => {
    expect(passwordProblem('quatre mots sans suite', '')).toBeNull()
  })

  test('may contain a very short name', () => {
    expect(passwordProblem('a passage by bob', 'bob@liege.example')).toBeNull()
  })
})

describe('where one goes on to', () => {
  test.each([
    ['/desk', '/desk'],
    ['/desk?line=liege-solidaire', '/desk?line=liege-solidaire'],
    ['/account/second-factor', '/account/second-factor'],
    [`/invitation/${'a'.repeat(43)}`, `/invitation/${'a'.repeat(43)}`],
    ['/partner?lang=nl', '/partner?lang=nl'],
    ['/edit/exchange/3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001', '/edit/exchange/3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001'],
    [
      '/edit?concern=STALE&search=l%27aide+%C3%A0#3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001',
      '/edit?concern=STALE&search=l%27aide+%C3%A0#3f0e0c52-54a1-4a55-9c61-0f5f6a1f0001',
    ],
    ['/edit#new-CLOSING_DAY', '/edit#new-CLOSING_DAY'],
    ['/edit//evil.example', null],
    ['/edit/a/b/c', null],
    ['/desks', null],
    ['/graphql', null],
    ['//desk', null],
    ['/\\desk', null],
    ['https://evil.example/desk', null],
    ['/desk\n', null],
    ['/desk#//evil.example', null],
    ['#//evil.example', null],
    ['/desk/../graphql', null],
    ['', null],
    [null, null],
  ])('%s: %s', (asked, next) => {
    expect(nextOf(asked)).toBe(next)
  })
})

describe('a cookie', () => {
  const own = new Set(['https://aide.example.be'])
  test.each([
    [undefined, undefined, true],
    ['https://aide.example.be', 'same-origin', true],
    [undefined, 'none', true],
    [undefined, 'cross-site', false],
    [undefined, 'same-site', false],
    ['https://aide.example.be', 'cross-site', false],
    ['https://aide.example.be.evil.example', 'same-origin', false],
    ['http://aide.example.be', 'same-origin', false],
    ['null', undefined, false],
    ['', undefined, false],
  ])('counts from the origin %s and the site %s: %s', (origin, site, counts) => {
    expect(countsFrom(origin, site, own)).toBe(counts)
  })

  test.each([
    ['a=1; b=2', 'b', '2'],
    ['xb=1; b=2', 'b', '2'],
    ['b=', 'b', ''],
    ['b', 'b', null],
    ['a=1', 'b', null],
    [undefined, 'b', null],
    [`b=${'x'.repeat(9_000)}`, 'b', null],
  ])('in %s by the name %s: %s', (header, name, value) => {
    expect(cookieIn(header, name)).toBe(value)
  })

  test('is read without its signature, if it has one', () => {
    const token = 'A'.repeat(32)
    expect(signedValue(`${token}.${encodeURIComponent(`${'b'.repeat(43)}=`)}`)).toBe(token)
    for (const wrong of [token, `${token}.`, `.${'b'.repeat(44)}`, '%', `${token}'.${'b'.repeat(44)}`])
      expect(signedValue(wrong)).toBeNull()
  })

  test('has the strict prefix where there is https', () => {
    expect(cookieNames(true).session).toBe('__Host-passerelle.session_token')
    expect(cookieNames(false).session).toBe('passerelle.session_token')
  })
})

describe('what an operator says', () => {
  test('an address in small letters, or none', () => {
    expect(emailOf(' Ana.Lambert@Liege.Example ')).toBe('ana.lambert@liege.example')
    for (const wrong of ['', 'ana', 'ana@', '@liege.example', 'ana@liege', 'a b@liege.example', 'ana@liege.example, bob@liege.example']) {
      expect(emailOf(wrong)).toBeNull()
    }
    expect(emailOf(`${'a'.repeat(64)}@${'b.'.repeat(100)}be`)).toBeNull()
  })

  /** What better-auth says of an address before it looks whether anybody has it. */
  const library = betterAuth({
    baseURL: 'http://localhost',
    secret: 'a secret of the tests only, and long',
    logger: { disabled: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, password: { verify: async () => false, hash: async () => '' } },
  })
  const isTaken = async (email: string): Promise<boolean> => {
    const error = await library.api.signInEmail({ body: { email, password: 'none' } }).catch((reason: unknown) => reason)
    const { code } = (error as { body: { code: string } }).body
    expect(['INVALID_EMAIL', 'INVALID_EMAIL_OR_PASSWORD']).toContain(code)
    return code === 'INVALID_EMAIL_OR_PASSWORD'
  }

  test.each([
    ['ana.lambert+desk@liege.example', null],
    ["o'neil@liege.example", null],
    ['a_b-c@sub.liege-ville.example', null],
    ['1@xn--lige-5oa.be', null],
    ['josé@liege.example', 'email_unsupported'],
    ['r&d@liege.example', 'email_unsupported'],
    ['a..b@liege.example', 'email_unsupported'],
    ['.ana@liege.example', 'email_unsupported'],
    ['ana.@liege.example', 'email_unsupported'],
    ["ana'@liege.example", 'email_unsupported'],
    ['ana@liège.example', 'email_unsupported'],
    ['ana@-liege.example', 'email_unsupported'],
    ['ana@liege.e1', 'email_unsupported'],
    ['ana@liege.e', 'email_unsupported'],
    ['ana@liege.xn--vermgensberatung-pwb', 'email_unsupported'],
    ['ana@liege', 'email_malformed'],
    ['ana@@liege.example', 'email_malformed'],
    ['ana@liege..example', 'email_malformed'],
    ['an a@liege.example', 'email_malformed'],
  ])('is for an address with which better-auth lets somebody sign in: %s %s', async (email, problem) => {
    expect(emailProblem(email)).toBe(problem)
    expect(await isTaken(email)).toBe(problem === null)
  })

  test('an administrator may be of the whole installation', () => {
    const wanted = { email: 'ada@liege.example', role: 'ADMINISTRATOR' }
    expect(readInviteOptions(wanted)).toEqual({ email: 'ada@liege.example', role: 'ADMINISTRATOR', organization: null })
  })

  test('a token reads unless said otherwise, and is called by what it is', () => {
    const wanted = { role: 'agent', organization: 'ville-de-liege', days: '400' }
    const usual = { role: 'AGENT', organization: 'ville-de-liege', days: 400, scopes: ['READ'], name: 'agent of ville-de-liege' }
    expect(readTokenOptions(wanted)).toEqual(usual)
    expect(readTokenOptions({ ...wanted, scopes: 'write, read,read' })).toMatchObject({ scopes: ['WRITE', 'READ'] })
    expect(readTokenOptions({ ...wanted, name: 'x'.repeat(101) })).toEqual({ problem: 'The --name has 100 characters at most.' })
  })

  test.each([
    '',
    'psl_',
    `psl_aaaaaaaaaaaa_${'x'.repeat(42)}`,
    `psl_aaaaaaaaaaa1_${'x'.repeat(43)}`,
    `psl_aaaaaaaaaaaa_${'x'.repeat(43)}\n`,
  ])('is no token: %j', (text) => {
    expect(readToken(text)).toBeNull()
  })
})
