import { randomInt } from 'node:crypto'

/**
 * What a person writes on a piece of paper and reads aloud on the phone: eight random characters and a check character, in groups of
 * three ("7KM-4QX-9TQ"). The alphabet has no 0 O 1 I L, no U V beside each other to confuse, no S beside 5, no B beside 8, no Z beside 2.
 * 24^8 is 1.1 × 10^11: guessing one also needs the phone number that goes with it.
 */
export const ALPHABET = '34679ACDEFGHJKMNPQRTUWXY'
const RANDOM_CHARACTERS = 8

export function newReference(): string {
  const characters = Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return format(characters + checkCharacter(characters))
}

/** The canonical form of a reference as somebody typed it (any case, spaces, dots, hyphens or dashes), or null when it cannot be one. */
export function readReference(typed: string): string | null {
  const characters = typed.toUpperCase().replace(/[\s.\p{Pd}]/gu, '')
  if (characters.length !== RANDOM_CHARACTERS + 1) return null
  if ([...characters].some((character) => !ALPHABET.includes(character))) return null
  const body = characters.slice(0, RANDOM_CHARACTERS)
  return checkCharacter(body) === characters.slice(RANDOM_CHARACTERS) ? format(characters) : null
}

const format = (characters: string): string => (characters.match(/.{3}/g) as string[]).join('-')

/** Luhn mod N (ISO/IEC 7812-1, annex B, for an alphabet of N characters): finds every single error and most swapped neighbours. */
function checkCharacter(characters: string): string {
  const size = ALPHABET.length
  let factor = 2
  let sum = 0
  for (const character of [...characters].reverse()) {
    const product = ALPHABET.indexOf(character) * factor
    sum += Math.floor(product / size) + (product % size)
    factor = factor === 2 ? 1 : 2
  }
  return ALPHABET[(size - (sum % size)) % size] as string
}
