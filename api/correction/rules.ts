import type { CorrectionTopic, LanguageCode } from '../db/generated/enums.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { InvalidInput, type Problem } from '../errors.ts'
import { lengthOf, tidyText } from '../strings/written.ts'
import { unknownCode } from '../taxonomy/rules.ts'

/** What a visitor reports, as it arrives. */
export type CorrectionInput = {
  service?: string | null
  faqEntry?: string | null
  topic: CorrectionTopic
  message?: string | null
  language?: LanguageCode | null
}

/** The same, checked: exactly one of the two slugs, the message trimmed or null. */
export type CheckedCorrection = {
  service: string | null
  faqEntry: string | null
  topic: CorrectionTopic
  message: string | null
  language: LanguageCode
}

/** Longest message, in characters: what is wrong, and how it is right. */
export const LONGEST_MESSAGE = 1_000

/**
 * How many reports are taken. From one block of addresses, which may be a library or a welfare centre with one address for all its
 * computers, as many as a diligent reader finds in an hour; from one site what editors can read in a day.
 */
export const LIMITS = {
  address: { name: 'correction.address', points: 12, seconds: 3_600 },
  site: { name: 'correction.site', points: 200, seconds: 86_400 },
} as const

/** The same report within this time counts once: a double click, or a second try after a lost answer. In milliseconds. */
export const SAME_MS = 3_600_000

/**
 * Checks a report against the directory.
 * @param language that of the request, when the visitor names none
 * @throws InvalidInput with every problem of the input, paths below `input`
 */
export function checkCorrection(directory: Snapshot, input: CorrectionInput, language: LanguageCode): CheckedCorrection {
  const problems: Problem[] = []
  const known = (slug: string | null | undefined, records: ReadonlyMap<string, unknown>, name: string): string | null => {
    if (slug == null || slug === '') return null
    if (!records.has(slug)) problems.push(unknownCode(['input', name], slug))
    return slug
  }
  const service = known(input.service, directory.servicesBySlug, 'service')
  const faqEntry = known(input.faqEntry, directory.faqEntriesBySlug, 'faqEntry')
  if (service === null && faqEntry === null) problems.push({ path: ['input', 'service'], code: 'required' })
  if (service !== null && faqEntry !== null) problems.push({ path: ['input', 'faqEntry'], code: 'one_only' })
  const message = tidyText(input.message ?? '')
  if (lengthOf(message) > LONGEST_MESSAGE) problems.push({ path: ['input', 'message'], code: 'too_long', params: { max: LONGEST_MESSAGE } })
  if (problems.length > 0) throw new InvalidInput(problems)
  return { service, faqEntry, topic: input.topic, message: message === '' ? null : message, language: input.language ?? language }
}
