import { ALPHABET } from '../../callback/rules/reference.ts'

const CHARACTERS = 6

/**
 * What a partner and a line call a case by on the phone: six characters that are easy to read aloud ("4KQ-7XM"), made of the random end of its
 * id. It opens nothing and says nothing, so that it may stand in a mail. Of a thousand cases two share one about once in four hundred times.
 */
export function numberOf(id: string): string {
  let rest = Number.parseInt(id.slice(-12), 16)
  let characters = ''
  for (let count = 0; count < CHARACTERS; count++) {
    characters += ALPHABET[rest % ALPHABET.length]
    rest = Math.floor(rest / ALPHABET.length)
  }
  return `${characters.slice(0, 3)}-${characters.slice(3)}`
}
