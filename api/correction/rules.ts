import type { CorrectionTopic, LanguageCode } from '../db/generated/enums.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { InvalidInput, type Problem } from '../errors.ts'
import { maskIdentifiers } from '../strings/identifiers.ts'
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

/** The same, checked: exactly one of the two slugs, the message trimmed or null, without numbers that identify a person or an account. */
export type CheckedCorrection = {
  service: string | null
  faqEntry: string | null
  topic: CorrectionTopic
  message: string | null
  /** Such a number was taken out of the message. */
  masked: boolean
  language: LanguageCode
}

/** Longest message, in characters: what is wrong, and how it is right. */
export const LONGEST_MESSAGE = 1_000

const HOUR = 3_600
const DAY = 86_400

/**
 * How many reports are taken, narrowest first. From one block of addresses, which may be a library or a welfare centre with one address for
 * all its computers, as many as a diligent reader finds in an hour, and in a day a fifth of what its site has; from one site what editors
 * can read in a day. Programs, which name no origin, are allowed least, and all together a fourth of their site's: they leave room for
 * people.
 */
export const LIMITS = {
  page: [
    { name: 'correction.address', by: 'address', points: 12, seconds: HOUR },
    { name: 'correction.address.day', by: 'address', points: 40, seconds: DAY },
  ],
  program: [
    { name: 'correction.program.address', by: 'address', points: 3, seconds: HOUR },
    { name: 'correction.program.address.day', by: 'address', points: 10, seconds: DAY },
    { name: 'correction.program', by: 'site', points: 50, seconds: DAY },
  ],
  site: [{ name: 'correction.site', by: 'site', points: 200, seconds: DAY }],
} as const

/**
 * Which limits hold for a report, each with what it counts by, in the order in which they are taken.
 * @param address the block of addresses it comes from; null when that is not known, and then it counts for the site only
 */
export function limitsFor({ fromPage, site, address }: { fromPage: boolean; site: string; address: string | null }) {
  return [...(fromPage ? LIMITS.page : LIMITS.program), ...LIMITS.site].flatMap(({ by, ...limit }) => {
    const who = by === 'site' ? site : address
    return who === null ? [] : [{ limit, by: who }]
  })
}

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
  const { text, masked } = maskIdentifiers(message)
  return { service, faqEntry, topic: input.topic, message: text === '' ? null : text, masked, language: input.language ?? language }
}
