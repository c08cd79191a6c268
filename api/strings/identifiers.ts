/** What may stand between the signs of a number as people write it: `85.07.30-033.28`, `BE68 5390 …`. */
const GAP = '[\\s\\p{Cf}\\p{Pd}./]{0,3}'

/**
 * Belgian national register numbers: six digits of the date of birth, three of the day's row, two check digits (royal decree of 3 April 1984,
 * articles 1 to 3). A digit or a plus sign before makes it part of something else, such as `+32 470 …`.
 */
const REGISTER_NUMBER = new RegExp(`(?<![\\d+])(?=((?:\\d\\d${GAP}){3}\\d{3}${GAP}\\d\\d)(?!\\d))`, 'gu')
/** What begins like an IBAN (ISO 13616), up to the longest one. */
const IBAN = new RegExp(`(?=([A-Za-z]{2}${GAP}\\d${GAP}\\d(?:${GAP}[A-Za-z0-9]){11,30}))`, 'gu')

/** How many signs an IBAN of each country has (the SWIFT IBAN Registry): without it nobody knows where a spaced one ends. */
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ' +
    'ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ' +
    'ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/** What stands in the place of a number: the same in every language. */
const MASK = '•••'

/**
 * Takes out of a text the numbers that name a person for life or open her account: Belgian national register numbers and IBANs, in the usual
 * writings, when their check digits are right. Other numbers, telephones above all, stay.
 * @returns the text, and whether anything was taken out
 */
export function maskIdentifiers(text: string): { text: string; masked: boolean } {
  const spans = [...spansOf(text, IBAN, ibanIn), ...spansOf(text, REGISTER_NUMBER, registerNumberIn)].sort((a, b) => a.start - b.start)
  let result = ''
  let done = 0
  for (const { start, end } of spans) {
    // One that begins within another is hidden with it.
    if (start >= done) result += text.slice(done, start) + MASK
    done = Math.max(done, end)
  }
  return { text: result + text.slice(done), masked: spans.length > 0 }
}

type Span = { start: number; end: number }

/** @param lengthIn how much of what the pattern found is a number, from its start; 0 when it is none */
function spansOf(text: string, pattern: RegExp, lengthIn: (found: string) => number): Span[] {
  return [...text.matchAll(pattern)].flatMap(({ index, 1: found = '' }) => {
    const length = lengthIn(found)
    return length > 0 ? [{ start: index, end: index + length }] : []
  })
}

/** For who was born in 2000 or later a 2 is put before the nine digits. */
function registerNumberIn(found: string): number {
  const digits = found.replace(/\D/g, '')
  const [row, check] = [Number(digits.slice(0, 9)), Number(digits.slice(9))]
  return check === 97 - (row % 97) || check === 97 - ((2_000_000_000 + row) % 97) ? found.length : 0
}

function ibanIn(found: string): number {
  const country = found.slice(0, 2).toUpperCase()
  const length = IBAN_LENGTHS.get(country)
  const written = length && new RegExp(`^(?:${GAP}[A-Za-z0-9]){${length}}(?!\\d)`, 'u').exec(found)?.[0]
  if (!written) return 0
  const signs = written.toUpperCase().replace(/[^A-Z0-9]/g, '')
  // In every country at least half are digits; in words of a sentence, of which one in 97 would pass the check, they are not.
  if (signs.replace(/\D/g, '').length * 2 < signs.length) return 0
  const numbers = [...signs.slice(4), ...signs.slice(0, 4)].map((sign) => Number.parseInt(sign, 36)).join('')
  return BigInt(numbers) % 97n === 1n ? written.length : 0
}
