import type { ContentKind, LanguageCode } from '../../db/generated/enums.ts'
import { fold } from '../../directory/words.ts'
import { isStale } from '../../service/rules/freshness.ts'
import { type ContentDocument, languageOf, TAGS, type Tag, titleIn, titleOf } from './documents.ts'
import { behindIn, missingIn } from './freshness.ts'

export const CONCERNS = ['STALE', 'MISSING_TRANSLATION', 'BEHIND_TRANSLATION', 'DRAFT', 'REPORTED', 'DEAD_LINK'] as const
/** Why somebody should look at a record. */
export type Concern = (typeof CONCERNS)[number]

/** DRAFT: never published. CHANGED: published, and a newer version waits. */
export type ContentState = 'DRAFT' | 'PUBLISHED' | 'CHANGED' | 'RETIRED'

/** What is known of a record without its whole document: what a list shows. */
export type Stored = {
  id: string
  kind: ContentKind
  slug: string | null
  /** Of a closing day. */
  day: string | null
  organizationId: string | null
  version: number
  publishedVersion: number | null
  retiredAt: Date | null
  language: LanguageCode
  texts: ContentDocument['texts']
  assuredDate: string | null
  reviewedAt: string | null
  checkFailedOn: string | null
  /** Null: it was never published. */
  lastModified: Date | null
  changedAt: Date | null
  changedBy: string | null
  /** Corrections that visitors suggested and nobody has looked at. */
  reports: number
  deadLink: boolean
}

export function stateOf({
  version,
  publishedVersion,
  retiredAt,
}: Pick<Stored, 'version' | 'publishedVersion' | 'retiredAt'>): ContentState {
  if (retiredAt !== null) return 'RETIRED'
  if (publishedVersion === null) return 'DRAFT'
  return publishedVersion === version ? 'PUBLISHED' : 'CHANGED'
}

/** As a document, as far as its texts go. */
const asDocument = ({ kind, slug, day, language, texts }: Stored) =>
  ({ kind, language, texts, ...(kind === 'CLOSING_DAY' ? { day: day ?? '' } : { slug: slug ?? '' }) }) as ContentDocument

export const languagesIn = (stored: Stored): LanguageCode[] => TAGS.filter((tag) => titleIn(asDocument(stored), tag)).map(languageOf)

export const missingLanguages = (stored: Stored): LanguageCode[] => missingIn(asDocument(stored))
export const behindLanguages = (stored: Stored): LanguageCode[] => behindIn(asDocument(stored))
export const titleFor = (stored: Stored, languages: readonly LanguageCode[]): string => titleOf(asDocument(stored), languages)

/** Kinds whose facts somebody checks from time to time. */
const DATED: ReadonlySet<ContentKind> = new Set(['ORGANIZATION', 'SERVICE', 'QUESTION', 'LINE'])

/** Why somebody should look at it; nothing of what is retired. */
export function concernsOf(stored: Stored, today: string): Concern[] {
  const { kind, retiredAt, lastModified, reports, deadLink } = stored
  if (retiredAt !== null) return []
  const state = stateOf(stored)
  const found: Record<Concern, boolean> = {
    STALE: DATED.has(kind) && lastModified !== null && isStale({ ...stored, lastModified }, today),
    MISSING_TRANSLATION: missingLanguages(stored).length > 0,
    BEHIND_TRANSLATION: behindLanguages(stored).length > 0,
    DRAFT: state === 'DRAFT' || state === 'CHANGED',
    REPORTED: reports > 0,
    DEAD_LINK: deadLink,
  }
  return CONCERNS.filter((concern) => found[concern])
}

export type ContentFilter = {
  kinds?: readonly ContentKind[] | null
  concerns?: readonly Concern[] | null
  states?: readonly ContentState[] | null
  /** Slug of an organization. */
  organization?: string | null
  search?: string | null
  /** With concerns about translations: those of this language. Alone: what has no text in it, or one that is behind. */
  language?: LanguageCode | null
}

/** Whether a record is wanted. Values of one list combine with OR, the rest with AND; what is retired is shown to who asks for it. */
export function isWanted(
  stored: Stored,
  filter: ContentFilter,
  { today, organizationId }: { today: string; organizationId: string | null },
): boolean {
  const { kinds, concerns, states, search, language } = filter
  const asked = <T>(list: readonly T[] | null | undefined): list is readonly T[] => list != null && list.length > 0
  if (asked(kinds) && !kinds.includes(stored.kind)) return false
  const state = stateOf(stored)
  if (asked(states) ? !states.includes(state) : state === 'RETIRED') return false
  if (organizationId !== null && stored.organizationId !== organizationId && stored.id !== organizationId) return false
  if (search && !hasWords(stored, search)) return false
  if (asked(concerns)) return concernsOf(stored, today).some((concern) => concerns.includes(concern) && isAbout(stored, concern, language))
  return language == null || missingLanguages(stored).includes(language) || behindLanguages(stored).includes(language)
}

function isAbout(stored: Stored, concern: Concern, language: LanguageCode | null | undefined): boolean {
  if (language == null) return true
  if (concern === 'MISSING_TRANSLATION') return missingLanguages(stored).includes(language)
  return concern !== 'BEHIND_TRANSLATION' || behindLanguages(stored).includes(language)
}

/** All the words, in its titles or its slug. */
function hasWords(stored: Stored, search: string): boolean {
  const document = asDocument(stored)
  const titles = Object.keys(stored.texts).map((tag) => titleIn(document, tag as Tag) ?? '')
  const text = fold([...titles, stored.slug ?? '', stored.day ?? ''].join(' '))
  return fold(search)
    .split(/\s+/)
    .every((word) => text.includes(word))
}
