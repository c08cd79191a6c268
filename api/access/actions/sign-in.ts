import { isAPIError } from 'better-auth/api'
import { symmetricDecrypt } from 'better-auth/crypto'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Counted, Limits } from '../../limits/limits.ts'
import type { Access, Cookies, SignedIn } from '../rules/access.ts'
import { type CookieNames, cookieIn, signedValue } from '../rules/cookie.ts'
import { emailOf } from '../rules/invitation.ts'
import { CODES_BY_MEMBER } from '../rules/limits.ts'
import { LONGEST_PASSWORD } from '../rules/password.ts'
import { tokenIndex } from './adapter.ts'
import type { Auth } from './auth.ts'
import { blindIndex, type Keys } from '../../sealing/seal.ts'
import { passwordTriesOf, triesOf } from './tries.ts'

export type SignInParts = { db: PrismaClient; keys: Keys; limits: Limits; auth: Auth; names: CookieNames; clock: () => Date }

type SignIn = Pick<Access, 'signIn' | 'giveCode' | 'enrolment' | 'enrol' | 'newBackupCodes' | 'signOut' | 'signOutEverywhere'>

/** How long a code that was tried is remembered, in milliseconds: it is good for 90 s (RFC 6238, 5.2, with one step on either side). */
const CODE_MS = 180_000

/** Signing in, in two steps, and out: what better-auth does, with limits, an end to sessions begun before, and a trail. */
export function openSignIn({ db, keys, limits, auth, names, clock }: SignInParts): SignIn {
  const cookiesOf = (headers: Headers): Cookies => headers.getSetCookie()
  const only = (name: string, cookie: string | null): Headers => {
    const value = cookieIn(cookie, name)
    return new Headers(value === null ? {} : { cookie: `${name}=${value}` })
  }
  const note = (action: string, memberId: string) =>
    db.auditEvent.create({ data: { at: clock(), actor: `staff:${memberId}`, action, subjectId: memberId } })

  /** Runs something that is counted, and takes the count back when it was right. */
  async function counted<T>(by: readonly Counted[], work: () => Promise<T | null>): Promise<T | null> {
    await limits.take(by)
    const result = await work()
    if (result !== null) await limits.giveBack(by)
    return result
  }

  /** What better-auth does, or null when it refuses; what went wrong otherwise is thrown on. */
  async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch (error) {
      if (isAPIError(error) && error.statusCode < 500) return null
      throw error
    }
  }

  async function begin(email: string, password: string): Promise<SignedIn | null> {
    const done = await unlessRefused(auth.api.signInEmail({ body: { email, password }, returnHeaders: true }))
    if (!done) return null
    const cookies = cookiesOf(done.headers)
    if ('twoFactorRedirect' in done.response) return { step: 'CODE', cookies }
    const { user, token } = done.response
    const member = await db.staffMember.findUniqueOrThrow({ where: { id: user.id } })
    // Her second factor was set up in the meantime: this session would be a whole one without a code.
    if (member.twoFactorEnabled) {
      await db.staffSession.deleteMany({ where: { token: tokenIndex(keys, token) } })
      return null
    }
    if (member.isDemonstration) {
      await note('staff.signed_in', member.id)
      return { step: 'IN', cookies }
    }
    const headers = asCookie(cookies, names.session)
    await auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers })
    return { step: 'ENROL', cookies }
  }

  /** Whose sign-in waits for a code. */
  async function memberWaiting(cookie: string): Promise<string | null> {
    const identifier = signedValue(cookieIn(cookie, names.code))
    if (!identifier) return null
    const found = await (await auth.$context).internalAdapter.findVerificationValue(identifier)
    return found && found.expiresAt > new Date() ? found.value : null
  }

  /** Remembers a code of somebody; false when it was tried already: a code that was overseen is worth nothing. */
  async function isFresh(memberId: string, code: string): Promise<boolean> {
    const name = blindIndex(keys, 'code', `${memberId} ${code}`)
    // The primary key decides who was first; better-auth's own way to reserve a value makes keys that are no UUIDs.
    const digits = Buffer.from(name, 'base64url').toString('hex')
    const id = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`
    const row = { id, identifier: name, value: '', expiresAt: new Date(clock().getTime() + CODE_MS) }
    return (await db.staffVerification.createMany({ data: [row], skipDuplicates: true })).count === 1
  }

  return {
    async signIn({ email: typed, password }, address) {
      const email = typed.trim().toLowerCase()
      // Whatever is no address, or none that better-auth takes, takes as long as one that nobody has.
      const asked = emailOf(email) ?? 'nobody@passerelle.invalid'
      return counted(passwordTriesOf(email, address), () => begin(asked, password.slice(0, LONGEST_PASSWORD)))
    },

    async giveCode(cookie, typed, address) {
      const memberId = await memberWaiting(cookie)
      if (!memberId) return null
      const code = typed.replace(/\s/g, '')
      const headers = only(names.code, cookie)
      const isTotp = /^\d{6}$/.test(code)
      const by = [{ limit: CODES_BY_MEMBER, by: memberId }, ...triesOf(address)]
      const cookies = await counted(by, async () => {
        if (isTotp && !(await isFresh(memberId, code))) return null
        const asked = { body: { code }, headers, returnHeaders: true } as const
        const done = await unlessRefused<{ headers: Headers }>(isTotp ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked))
        return done && cookiesOf(done.headers)
      })
      await note(cookies ? 'staff.signed_in' : 'staff.second_factor_failed', memberId)
      return cookies
    },

    async enrolment({ id, email }) {
      const factor = await db.staffSecondFactor.findFirst({ where: { userId: id, verified: false } })
      if (!factor) return null
      const plain = await symmetricDecrypt({ key: (await auth.$context).secretConfig, data: factor.secret })
      const secret = base32(Buffer.from(plain))
      const label = encodeURIComponent(`Passerelle:${email}`)
      return { secret, uri: `otpauth://totp/${label}?secret=${secret}&issuer=Passerelle&digits=6&period=30` }
    },

    async enrol(cookie, { id }, typed) {
      const code = typed.replace(/\s/g, '')
      const cookies = await counted([{ limit: CODES_BY_MEMBER, by: id }], async () => {
        if (!/^\d{6}$/.test(code) || !(await isFresh(id, code))) return null
        const done = await unlessRefused(auth.api.verifyTOTP({ body: { code }, headers: only(names.session, cookie), returnHeaders: true }))
        return done && cookiesOf(done.headers)
      })
      if (!cookies) {
        await note('staff.second_factor_failed', id)
        return null
      }
      // Whoever else has her password may have half a session, which would now be a whole one.
      const token = signedValue(cookieIn(asCookie(cookies, names.session).get('cookie'), names.session)) ?? ''
      await db.staffSession.deleteMany({ where: { userId: id, token: { not: tokenIndex(keys, token) } } })
      await note('staff.second_factor_set', id)
      await note('staff.signed_in', id)
      const { backupCodes } = await auth.api.viewBackupCodes({ body: { userId: id } })
      return { cookies, backupCodes }
    },

    async newBackupCodes(cookie, { id, email }, password, address) {
      const by = passwordTriesOf(email ?? '', address)
      const headers = only(names.session, cookie)
      const made = await counted(by, () => unlessRefused(auth.api.generateBackupCodes({ body: { password }, headers })))
      if (made) await note('staff.backup_codes_made', id)
      return made ? made.backupCodes : null
    },

    async signOut(cookie) {
      const token = signedValue(cookieIn(cookie, names.session))
      const session = token && (await db.staffSession.findUnique({ where: { token: tokenIndex(keys, token) } }))
      const { headers } = await auth.api.signOut({ headers: only(names.session, cookie), returnHeaders: true })
      if (session) await note('staff.signed_out', session.userId)
      return cookiesOf(headers)
    },

    async signOutEverywhere(cookie, { id }) {
      const { headers } = await auth.api.signOut({ headers: only(names.session, cookie), returnHeaders: true })
      await db.staffSession.deleteMany({ where: { userId: id } })
      await note('staff.signed_out_everywhere', id)
      return cookiesOf(headers)
    },
  }
}

/** One of the cookies that are to be set, as the browser will send it. */
const asCookie = (cookies: Cookies, name: string): Headers => {
  const set = cookies.findLast((one) => one.startsWith(`${name}=`))
  return new Headers(set ? { cookie: set.split(';')[0] as string } : {})
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** As apps take a secret that is typed (RFC 4648, without the padding). */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
