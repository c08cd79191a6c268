import Negotiator from 'negotiator'
import type { LanguageCode } from '../db/generated/enums.ts'

/** Texts by language; a record need not exist in all of them. */
export type Texts<T> = Partial<Record<LanguageCode, T>>

/** Order of fallback when none of the wanted languages exists: the order of speakers among the first users (Wallonia). */
const FALLBACK: readonly LanguageCode[] = ['FR', 'DE', 'NL', 'EN']

/**
 * The languages to try, wanted ones first, then every other.
 * @param acceptLanguage an HTTP `Accept-Language` header (RFC 9110, 12.5.4); anything malformed counts as absent
 */
export function languagesFrom(acceptLanguage: string | null | undefined): readonly LanguageCode[] {
  if (!acceptLanguage) return FALLBACK
  const wanted = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages(['fr', 'de', 'nl', 'en'])
  return [...new Set([...wanted.map((code) => code.toUpperCase() as LanguageCode), ...FALLBACK])]
}

/**
 * The best of the texts there are, and the language it is in, so that a fallback stays visible.
 * @throws Error when there is no text at all: the loader leaves such records out, so this is a bug.
 */
export function choose<T>(texts: Texts<T>, languages: readonly LanguageCode[]): { language: LanguageCode; text: T } {
  for (const language of languages) {
    const text = texts[language]
    if (text !== undefined) return { language, text }
  }
  throw new Error('a record without any text')
}

/** The lower-case code that HTTP and HTML use. */
export const tagOf = (language: LanguageCode): string => language.toLowerCase()
