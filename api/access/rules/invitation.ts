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

/** An e-mail address in small letters; null when it is none. */
export function emailOf(text: string): string | null {
  const email = text.trim().toLowerCase()
  const isOne = /^[^\s@<>()[\],;:"\\\p{C}]{1,64}@[a-z\d-]+(\.[a-z\d-]+)+$/u.test(email)
  return isOne && email.length <= LONGEST_EMAIL ? email : null
}

export type InviteOptions = { email?: string; role?: string; organization?: string }
export type InviteWanted = { email: string; role: StaffRole; organization: string | null }

/** What an operator asked for, or what is wrong with it in one line. */
export function readInviteOptions({ email, role, organization }: InviteOptions): InviteWanted | { problem: string } {
  const known = roleOf(role)
  const address = emailOf(email ?? '')
  if (!address) return { problem: `The --email ${email === undefined ? 'is missing' : `“${email}” is no address`}.` }
  if (!known) return { problem: `The --role ${role === undefined ? 'is missing' : `“${role}” is not known`}: one of ${ROLES}.` }
  if (!organization && known !== 'ADMINISTRATOR') {
    return { problem: 'The --organization is missing: its slug, such as ville-de-liege. Only an administrator can do without.' }
  }
  return { email: address, role: known, organization: organization || null }
}
