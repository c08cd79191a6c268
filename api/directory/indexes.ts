import type { LanguageCode } from '../db/generated/client.ts'
import type { Texts } from './language.ts'
import type { Rows } from './rows.ts'
import { fold, searchIndex } from './search.ts'
import type * as S from './snapshot.ts'

const ALL_LANGUAGES: readonly LanguageCode[] = ['FR', 'DE', 'NL', 'EN']

/** What people search in, from the finished records. */
export function searchIndexes(
  { services, faqEntries, communesByNis }: Pick<S.Snapshot, 'services' | 'faqEntries' | 'communesByNis'>,
  rows: Pick<Rows, 'communes'>,
): S.Snapshot['search'] {
  return {
    services: searchIndex<S.Service>(
      services,
      (service) => words(service.texts, (text) => [text.name]),
      (service) =>
        [
          words(service.texts, (text) => [text.description, text.eligibilityDescription, text.applicationProcess]),
          words(service.organization.texts, (text) => [text.name]),
          ...service.needs.map((need) => words(need.texts, (text) => [text.label])),
        ].join(' '),
    ),
    faqEntries: searchIndex<S.FaqEntry>(
      faqEntries,
      (entry) => words(entry.texts, (text) => [text.question]),
      (entry) =>
        [words(entry.answers, (text) => [text.answer]), ...entry.needs.map((need) => words(need.texts, (text) => [text.label]))].join(' '),
    ),
    communes: rows.communes.flatMap((row) => {
      const commune = communesByNis.get(row.nisCode)
      if (!commune) return []
      const names = [...row.translations, ...row.localities.flatMap((locality) => locality.translations)].map(({ name }) => fold(name))
      return [...new Set([...names, ...commune.postalCodes])].map((folded) => ({ folded, commune }))
    }),
  }
}

function words<T>(texts: Texts<T>, of: (text: T) => (string | null)[]): string {
  return ALL_LANGUAGES.flatMap((language) => (texts[language] ? of(texts[language]) : [])).join(' ')
}
