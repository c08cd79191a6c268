import type { StaffRole, TokenScope } from '../../db/generated/enums.ts'
import { ROLES, roleOf } from './roles.ts'

/** Longest life of a token, in days: somebody looks once a year whether it is still needed. */
export const LONGEST_DAYS = 400

const TOKEN = /^psl_([a-z2-7]{12})_([\w-]{43})$/

/** The two parts of a token: 12 letters that name it, and 32 bytes of chance in base64url. Null when it does not look like one. */
export function readToken(text: string): { id: string; secret: string } | null {
  const [, id, secret] = TOKEN.exec(text) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** A name from bytes of chance, 5 bits a letter (RFC 4648, in small letters). */
export const idFrom = (bytes: Uint8Array): string => [...bytes].map((byte) => ALPHABET[byte & 31]).join('')

export type TokenOptions = { role?: string; organization?: string; days?: string; scopes?: string; name?: string }
export type TokenWanted = { role: StaffRole; organization: string; days: number; scopes: TokenScope[]; name: string }

/** What an operator asked for, or what is wrong with it in one line. */
export function readTokenOptions({ role, organization, days, scopes = 'read', name }: TokenOptions): TokenWanted | { problem: string } {
  const known = roleOf(role)
  if (!known) return { problem: `The --role ${role === undefined ? 'is missing' : `“${role}” is not known`}: one of ${ROLES}.` }
  if (!organization) return { problem: 'The --organization is missing: its slug, such as ville-de-liege.' }
  if (!/^[1-9]\d{0,3}$/.test(days ?? '') || Number(days) > LONGEST_DAYS) {
    return { problem: `The --days ${days === undefined ? 'are missing' : `“${days}” are none`}: 1 to ${LONGEST_DAYS}.` }
  }
  const all = scopes.split(',').map((one) => one.trim().toUpperCase())
  // What a change answers is read.
  if (!all.every((one) => one === 'READ' || one === 'WRITE') || !all.includes('READ')) {
    return { problem: `The --scopes “${scopes}” must be read, or read,write: whoever writes reads the answer.` }
  }
  const called = name?.trim() || `${known.toLowerCase()} of ${organization}`
  if (called.length > 100) return { problem: 'The --name has 100 characters at most.' }
  return { role: known, organization, days: Number(days), scopes: [...new Set(all)] as TokenScope[], name: called }
}
