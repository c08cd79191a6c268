import type { StaffRole } from '../../db/generated/enums.ts'
import { ROLES, roleOf } from './roles.ts'

/** How long an invitation is good, in milliseconds: a week, and a day for the first administrator's. */
export const INVITATION_MS = 7 * 86_400_000
export const FIRST_MS = 86_400_000
/** How long the first administrator's is not replaced, in milliseconds: processes that start together print one that works. */
export const FIRST_KEPT_MS = 60_000

/** 256 bits of chance in base64url. */
const SECRET = /^[\w-]{43}$/
export const isSecret = (text: string): boolean => SECRET.test(text)

/** Longest e-mail address (RFC 5321, 4.5.3.1.3) and name, in characters. */
export const LONGEST_EMAIL = 254
export const LONGEST_NAME = 100

/** What looks like an address, and what better-auth takes of it when somebody signs in (`email` of zod 4), in small letters. */
const EMAIL = /^[^\s@<>()[\],;:"\\\p{C}]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/u
const USABLE = /^([a-z\d_'+-]+\.)*[a-z\d_'+-]*[a-z\d_+-]@([a-z\d][a-z\d-]*\.)+[a-z]{2,}$/

/** Why nobody can sign in with an address: it is none, or it has letters or signs that are not taken; null when she can. */
export function emailProblem(text: string): 'email_malformed' | 'email_unsupported' | null {
  const email = text.trim().toLowerCase()
  if (email.length > LONGEST_EMAIL || !EMAIL.test(email)) return 'email_malformed'
  return USABLE.test(email) ? null : 'email_unsupported'
}

/** An e-mail address in small letters; null when nobody can sign in with it. */
export const emailOf = (text: string): string | null => (emailProblem(text) === null ? text.trim().toLowerCase() : null)

/** What is wrong with an address, for an operator. */
export function emailTold(text: string | undefined): string {
  if (text === undefined) return 'The --email is missing.'
  return emailProblem(text) === 'email_unsupported'
    ? `Nobody can sign in with the --email “${text}”: only letters without accents, digits and . _ + - ' are taken.`
    : `The --email “${text}” is no address.`
}

export type InviteOptions = { email?: string; role?: string; organization?: string }
export type InviteWanted = { email: string; role: StaffRole; organization: string | null }

/** What an operator asked for, or what is wrong with it in one line. */
export function readInviteOptions({ email, role, organization }: InviteOptions): InviteWanted | { problem: string } {
  const known = roleOf(role)
  const address = emailOf(email ?? '')
  if (!address) return { problem: emailTold(email) }
  if (!known) return { problem: `The --role ${role === undefined ? 'is missing' : `“${role}” is not known`}: one of ${ROLES}.` }
  if (!organization && known !== 'ADMINISTRATOR') {
    return { problem: 'The --organization is missing: its slug, such as ville-de-liege. Only an administrator can do without.' }
  }
  return { email: address, role: known, organization: organization || null }
}
