import { isDeepStrictEqual } from 'node:util'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { type ContentDocument, languageOf, TAGS, type Tag } from './documents.ts'

/**
 * All that a document says in one language: its texts, and the short ones within its lists (labels, reasons), without when they changed.
 * Two documents that give the same here say the same in that language.
 */
export function wordsIn(document: ContentDocument, tag: Tag): unknown {
  const { texts, ...rest } = document
  const { changedAt: _, ...own } = texts[tag] ?? { changedAt: '' }
  return [own, shortIn(rest, tag)]
}

/** A short text is whatever has a language for its key; an eligibility rule has some as well. */
function shortIn(value: unknown, tag: Tag): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => shortIn(one, tag))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => (key === tag && typeof inner === 'string' ? [inner] : shortIn(inner, tag)))
}

/** The same document with the times of its texts: those that say what they said before keep theirs. */
export function stamped<D extends ContentDocument>(next: D, before: ContentDocument | null, now: Date): D {
  const texts: Record<string, unknown> = {}
  for (const tag of TAGS) {
    const text = next.texts[tag]
    if (!text) continue
    const known = before?.texts[tag]
    const same = known !== undefined && before !== null && isDeepStrictEqual(wordsIn(next, tag), wordsIn(before, tag))
    texts[tag] = { ...text, changedAt: same ? known.changedAt : now.toISOString() }
  }
  return { ...next, texts }
}

/**
 * The same document, its texts in these languages confirmed as right at this moment. The text in its first language says what it said: if it
 * seemed newer for that, the translations would seem to be behind it.
 */
export function confirmed<D extends ContentDocument>(document: D, languages: readonly LanguageCode[], now: Date, today: string): D {
  const texts = Object.fromEntries(
    Object.entries(document.texts).map(([tag, text]) => [
      tag,
      languages.includes(languageOf(tag as Tag)) && tag !== document.language.toLowerCase()
        ? { ...text, changedAt: now.toISOString() }
        : text,
    ]),
  )
  const checked = {
    ...('reviewedAt' in document ? { reviewedAt: today } : {}),
    ...('assuredDate' in document ? { assuredDate: today } : {}),
    ...('checkFailedOn' in document ? { checkFailedOn: null } : {}),
  }
  return { ...document, ...checked, texts }
}

/** Whether two documents say the same, whenever their texts changed. */
export const isSame = (a: ContentDocument, b: ContentDocument): boolean => isDeepStrictEqual(withoutTimes(a), withoutTimes(b))

function withoutTimes(document: ContentDocument): object {
  const texts = Object.entries(document.texts).map(([tag, { changedAt: _, ...text }]) => [tag, text])
  return { ...document, texts: Object.fromEntries(texts) }
}

/** Languages in which a record has no text of its own yet. A question without an answer is not translated. */
export const missingIn = (document: ContentDocument): LanguageCode[] =>
  TAGS.filter((tag) => {
    const text = document.texts[tag]
    return !text || ('question' in text ? !text.question || !text.answer : !text.name)
  }).map(languageOf)

/** Languages whose text last changed before that of the language it was written in: it may tell what no longer holds. */
export function behindIn({ texts, language }: ContentDocument): LanguageCode[] {
  const source = texts[language.toLowerCase() as Tag]
  if (!source) return []
  return TAGS.filter((tag) => {
    const text = texts[tag]
    return text !== undefined && text.changedAt < source.changedAt
  }).map(languageOf)
}
