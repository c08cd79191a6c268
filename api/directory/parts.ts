import type { LanguageCode } from '../db/generated/client.ts'
import type { Texts } from './language.ts'
import type * as S from './snapshot.ts'

/** The small parts of records, from rows. */

export function dayOf(date: Date): string
export function dayOf(date: Date | null): string | null
export function dayOf(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null
}

export const checked = (row: { source: string | null; assuredDate: Date | null; reviewedAt: Date | null }) => ({
  source: row.source,
  assuredDate: dayOf(row.assuredDate),
  reviewedAt: dayOf(row.reviewedAt),
})

export const phoneOf = (row: {
  id: string
  number: string
  languages: LanguageCode[]
  translations: { language: LanguageCode; description: string }[]
}): S.Phone => ({ id: row.id, number: row.number, languages: row.languages, texts: textsOf(row.translations) })

export const scheduleOf = (row: {
  validFrom: Date | null
  validTo: Date | null
  byday: string[]
  opensAt: string
  closesAt: string
  openOnHolidays: boolean
}): S.Schedule => ({
  validFrom: dayOf(row.validFrom),
  validTo: dayOf(row.validTo),
  byday: row.byday,
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  openOnHolidays: row.openOnHolidays,
})

export const exceptionOf = (row: {
  firstDay: Date
  lastDay: Date
  opensAt: string | null
  closesAt: string | null
  translations: { language: LanguageCode; reason: string }[]
}): S.ScheduleException => ({
  firstDay: dayOf(row.firstDay),
  lastDay: dayOf(row.lastDay),
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  texts: textsOf(row.translations),
})

export function textsOf<T extends { language: LanguageCode }>(translations: T[]): Texts<T> {
  const texts: Texts<T> = {}
  for (const translation of translations) texts[translation.language] = translation
  return texts
}

export const bySlug = <T extends { slug: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.slug, record]))

export function groupBy<K, V>(pairs: readonly (readonly [K, V])[]): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
