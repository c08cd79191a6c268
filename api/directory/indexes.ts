import type { LanguageCode } from '../db/generated/enums.ts'
import type { Texts } from './language.ts'
import { alikeBut } from './look-alikes.ts'
import { areaKey, areasOf, COUNTRY } from './offered.ts'
import { placeFinder } from './place-names.ts'
import type { Rows } from './rows.ts'
import { searchIndex } from './search.ts'
import type * as S from './snapshot.ts'
import type { Steps } from './steps.ts'
import type { Document } from './text-index.ts'
import { makeVocabulary } from './vocabulary.ts'
import { fold, LANGUAGES } from './words.ts'

type Records = Pick<S.Snapshot, 'needs' | 'services' | 'faqEntries' | 'communesByNis'>

/** What people search in, from the finished records. */
export function* searchIndexes(records: Records, rows: Pick<Rows, 'communes'>): Steps<S.Snapshot['search']> {
  const communes = rows.communes.flatMap((row) => {
    const commune = records.communesByNis.get(row.nisCode)
    if (!commune) return []
    const names = [...row.translations, ...row.localities.flatMap((locality) => locality.translations)].map(({ name }) => fold(name))
    return [...new Set([...names, ...commune.postalCodes])].map((folded) => ({ folded, commune }))
  })
  return { ...(yield* textIndexes(records, communes)), communes }
}

/** The same, of whatever records a test has. */
export function* textIndexes(
  { needs, services, faqEntries, communesByNis }: Records,
  places: readonly S.SearchablePlace[],
): Steps<Omit<S.Snapshot['search'], 'communes'>> {
  const allNeeds = needs.flatMap((need) => [need, ...need.children])
  const questions = new Map<S.Need, S.FaqEntry[]>()
  for (const entry of faqEntries) for (const need of mainNeeds(entry.needs)) questions.set(need, [...(questions.get(need) ?? []), entry])
  const ofNeed = (need: S.Need) =>
    each(need.texts, ({ label, keywords }, language) => ({
      title: label,
      phrases: keywords ?? '',
      body: (questions.get(need) ?? []).map(({ texts }) => texts[language]?.question).join(' '),
    }))
  // A question may have an answer in a language in which it is not asked.
  const ofQuestion = ({ texts, answers }: S.FaqEntry) =>
    each<unknown>({ ...answers, ...texts }, (_text, language) => ({
      title: texts[language]?.question ?? '',
      body: answers[language]?.answer ?? '',
    }))

  const needEntries = yield* alikeBut(allNeeds, { textsOf: ofNeed })
  const serviceEntries = yield* alikeBut(services, { textsOf: ofService, areasOf: areaKeysOf, namesOf })
  const questionEntries = yield* alikeBut(faqEntries, { textsOf: ofQuestion })
  const vocabulary = yield* makeVocabulary(sources([...needEntries, ...serviceEntries, ...questionEntries].map(({ texts }) => texts)))
  const needIndex = yield* searchIndex(vocabulary, needEntries)
  const helpers = {
    needs: needIndex,
    needsOf: ({ needs }: { needs: readonly S.Need[] }) => needs,
    communesIn: placeFinder(places),
    areasAround(nisCode: string) {
      const commune = communesByNis.get(nisCode)
      return commune ? areasOf(commune) : []
    },
  }
  const indexes = {
    needs: needIndex,
    services: yield* searchIndex<S.Service, S.Need>(vocabulary, serviceEntries, helpers),
    faqEntries: yield* searchIndex<S.FaqEntry, S.Need>(vocabulary, questionEntries, helpers),
  }
  vocabulary.settle()
  return indexes
}

function ofService({ texts, organization }: S.Service): Texts<Document> {
  return each(texts, ({ name, description, eligibilityDescription, applicationProcess }, language) => ({
    title: name,
    body: [description, eligibilityDescription, applicationProcess, organization.texts[language]?.name].filter(Boolean).join(' '),
  }))
}

/** A question belongs to its most exact need; to its main one when that has no parts. */
const mainNeeds = (needs: readonly S.Need[]): readonly S.Need[] =>
  needs.filter(({ parent }, at) => at === 0 || (at === 1 && parent === needs[0]))

const areaKeysOf = ({ serviceAreas }: S.Service): readonly string[] => (serviceAreas.length === 0 ? [COUNTRY] : serviceAreas.map(areaKey))

const namesOf = ({ serviceAreas, organization }: S.Service): readonly string[] =>
  [organization.commune, ...serviceAreas.map(({ commune }) => commune)].flatMap((commune) =>
    commune ? Object.values(commune.texts).map(({ name }) => name) : [],
  )

function each<T>(texts: Texts<T>, of: (text: T, language: LanguageCode) => Document): Texts<Document> {
  return Object.fromEntries(LANGUAGES.flatMap((language) => (texts[language] ? [[language, of(texts[language], language)]] : [])))
}

function* sources(documents: readonly Texts<Document>[]) {
  for (const texts of documents) {
    for (const language of LANGUAGES) {
      const { title = '', body = '', phrases = '' } = texts[language] ?? {}
      yield { text: title, language }
      yield { text: body, language }
      yield { text: phrases, language, phrases: true }
    }
  }
}
