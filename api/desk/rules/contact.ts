import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/** Where a call costs the line no more than usual, and needs no look. */
const HOME = 'BE'

/**
 * A number of which one recognizes that there is one, and no more: country, first digit and the last two. `+32 4•• •• •• 56`.
 * @param e164 as stored
 */
export function maskedPhone(e164: string): string {
  const number = parsePhoneNumberFromString(e164)
  const national = number?.nationalNumber ?? e164.slice(1)
  const hidden = [...national].map((digit, index) => (index === 0 || index >= national.length - 2 ? digit : '•')).join('')
  // From the end in pairs, so that the length tells nothing that the country does not.
  const head = hidden.length % 2 === 0 ? 2 : 3
  const pairs = hidden.slice(head).match(/../g) ?? []
  return [number ? `+${number.countryCallingCode}` : '+', hidden.slice(0, head), ...pairs].join(' ')
}

/** Whether a number (E.164) is of another country: it is dialled after a look. */
export const isForeign = (e164: string): boolean => parsePhoneNumberFromString(e164)?.country !== HOME
