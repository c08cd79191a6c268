import { InvalidInput } from '../../errors.ts'
import { maskIdentifiers } from '../../strings/identifiers.ts'
import { lengthOf, tidyText } from '../../strings/written.ts'

/** Longest texts of the staff, in characters. */
export const LONGEST_NOTE = 2_000
export const LONGEST_REASON = 200

/**
 * What somebody of the staff wrote, trimmed, with register and account numbers taken out as from the person's own words.
 * @param path where it stood in the input
 * @throws InvalidInput when it is empty or too long
 */
export function writtenText(text: string, path: string[], longest: number): string {
  const tidy = tidyText(text)
  if (tidy === '') throw new InvalidInput([{ path, code: 'required' }])
  if (lengthOf(tidy) > longest) throw new InvalidInput([{ path, code: 'too_long', params: { max: longest } }])
  return maskIdentifiers(tidy).text
}
