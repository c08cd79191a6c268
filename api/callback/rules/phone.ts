import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Countries an agent may dial without asking: Belgium and its neighbours, where cross-border workers and their families live. */
const COUNTRIES = new Set(['BE', 'FR', 'DE', 'NL', 'LU'])
/** Never premium-rate, shared-cost, pager or short numbers: a callback must not cost the line, nor ring at an emergency service. */
const TYPES = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE', 'VOIP'])
/** The parser forgives letters after digits ("0475123456abc") and turns 1718 into +321718, so the shape is checked first. */
const SHAPE = /^\+?[\d\s./()-]{8,25}$/
const FEWEST_DIGITS = 8
/** Marks that telephones put around a number copied from their contacts. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g

export type PhoneReading = { e164: string } | { problem: 'phone_malformed' | 'phone_not_allowed' }

/** Reads a phone number as people write it in Belgium ("0475/12.34.56", "+32 4 222 00 00", "0032…") into E.164. */
export function readPhone(typed: string): PhoneReading {
  const tidy = typed
    .replace(INVISIBLE, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim()
  if (!SHAPE.test(tidy) || tidy.replace(/\D/g, '').length < FEWEST_DIGITS) return { problem: 'phone_malformed' }
  const number = parsePhoneNumberFromString(tidy, 'BE')
  if (!number?.isValid()) return { problem: 'phone_malformed' }
  if (!number.country || !COUNTRIES.has(number.country) || !TYPES.has(number.getType() ?? '')) return { problem: 'phone_not_allowed' }
  return { e164: number.number }
}
