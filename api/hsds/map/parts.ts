import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose, type Texts, tagOf } from '../../directory/language.ts'
import type { Phone } from '../../directory/snapshot.ts'
import { languageName } from '../../service/rules/formats.ts'
import { uuidOf } from '../ids.ts'
import type { AttributeRecord, LanguageRecord, PhoneRecord } from '../records.ts'
import { WORDS } from '../words.ts'

/** The languages of the feed: the one it is in, then those a text falls back to. */
export type Languages = readonly LanguageCode[]

export const languageOf = (languages: Languages): LanguageCode => languages[0] ?? 'FR'

/** An absent value is left out of the record. */
export const known = <T>(value: T | null | undefined): T | undefined => value ?? undefined
export const some = <T>(values: T[]): T[] | undefined => (values.length > 0 ? values : undefined)

/** A text that says something. */
export const said = (text: string | null | undefined): string | undefined => text?.trim() || undefined

/**
 * The texts of a record in the language of the feed, or in the next best: then an attribute tells which, since HSDS has no field for it.
 */
export function textIn<T>(texts: Texts<T>, languages: Languages, entity: string, id: string): { text: T; attributes: AttributeRecord[] } {
  const { text, language } = choose(texts, languages)
  const wanted = languageOf(languages)
  if (language === wanted) return { text, attributes: [] }
  const fallback: AttributeRecord = {
    id: uuidOf(id, 'text_language'),
    link_id: id,
    link_entity: entity,
    link_type: 'text_language',
    value: tagOf(language),
    label: WORDS[wanted].textLanguage,
  }
  return { text, attributes: [fallback] }
}

/** The languages that are spoken by a service or at a phone. */
export const languageRecords = (parentId: string, spoken: readonly LanguageCode[], languages: Languages): LanguageRecord[] | undefined =>
  some(
    [...new Set(spoken)].map((language) => ({
      id: uuidOf(parentId, 'language', language),
      name: languageName(language, languageOf(languages)),
      code: tagOf(language),
    })),
  )

export function phoneRecord({ id, number, languages: spoken, texts }: Phone, languages: Languages): PhoneRecord {
  const { text, attributes } =
    Object.keys(texts).length > 0 ? textIn(texts, languages, 'phone', id) : { text: { description: null }, attributes: [] }
  return {
    id,
    number,
    type: 'voice',
    description: said(text.description),
    languages: languageRecords(id, spoken, languages),
    attributes: some(attributes),
  }
}
