import { create, insertMultiple, search as searchOrama } from '@orama/orama'
import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import MiniSearch from 'minisearch'
import { textIndexes } from '../../api/directory/indexes.ts'
import { areaKey, areasOf } from '../../api/directory/offered.ts'
import type { Commune, FaqEntry, Need, Service } from '../../api/directory/snapshot.ts'
import { atOnce } from '../../api/directory/steps.ts'
import { fold, isStop, LANGUAGES, wordsOf } from '../../api/directory/words.ts'
import type { Searched } from './content.ts'

/** A library as a good engineer would set it up in a morning, with what it offers itself; or what this project has. */
export type Engine = {
  services(text: string, commune?: Commune): Promise<readonly Service[]> | readonly Service[]
  faqEntries(text: string): Promise<readonly FaqEntry[]> | readonly FaqEntry[]
}
export type Records = Pick<Searched, 'services' | 'faqEntries' | 'needs' | 'communesByNis'>

export const ENGINES: Record<string, (records: Records) => Engine | Promise<Engine>> = { minisearch, orama, passerelle }

/** Orama has one number of wrong letters for all words, long and short; with 1 it finds 3 to 7 % less of what is expected. */
const TOLERANCE = 0

/** Field weights, the same for both libraries. */
const BOOST = { title: 4, body: 1, needs: 0.8 }

type Row = { language: string; title: string; body: string; needs: string; areas: string[] }

const needsIn = (needs: readonly Need[], language: (typeof LANGUAGES)[number]) =>
  needs.map(({ texts }) => `${texts[language]?.label} ${texts[language]?.keywords ?? ''}`).join(' ')

const rowsOfService = ({ texts, needs, organization, serviceAreas }: Service): Row[] =>
  LANGUAGES.flatMap((language) => {
    const text = texts[language]
    const body = [text?.description, text?.eligibilityDescription, text?.applicationProcess, organization.texts[language]?.name].join(' ')
    return text ? [{ language, title: text.name, body, needs: needsIn(needs, language), areas: serviceAreas.map(areaKey) }] : []
  })

const rowsOfQuestion = ({ texts, answers, needs }: FaqEntry): Row[] =>
  LANGUAGES.map((language) => ({
    language,
    title: texts[language]?.question ?? '',
    body: answers[language]?.answer ?? '',
    needs: needsIn(needs, language),
    areas: [],
  }))

/** All languages together; folded words without stop words, beginnings and typing errors. It has no stemmers. */
function minisearch({ services, faqEntries }: Records): Engine {
  const processTerm = (term: string) => {
    const word = fold(term)
    return word.length < 2 || LANGUAGES.some((language) => isStop(word, language)) ? null : word
  }
  const index = <T>(records: readonly T[], rowsOf: (record: T) => Row[]) => {
    const mini = new MiniSearch({ idField: 'id', fields: ['title', 'body', 'needs'], storeFields: ['areas'], processTerm })
    records.forEach((record, id) => {
      const rows = rowsOf(record)
      const all = (field: 'title' | 'body' | 'needs') => rows.map((row) => row[field]).join(' ')
      mini.add({ id, title: all('title'), body: all('body'), needs: all('needs'), areas: rows[0]?.areas })
    })
    return (text: string, areas?: ReadonlySet<string>) =>
      mini
        .search(text, {
          boost: BOOST,
          prefix: (term) => term.length > 3,
          fuzzy: (term) => (term.length > 4 ? 0.2 : false),
          // Asked before a document is scored, so the cheapest way to leave one out.
          ...(areas && {
            boostDocument: (_id, _term, stored) => ((stored?.areas as string[] | undefined)?.some((area) => areas.has(area)) ? 1 : 0),
          }),
        })
        .map(({ id }) => records[id] as T)
  }
  const inServices = index(services, rowsOfService)
  return {
    services: (text, commune) => inServices(text, commune && new Set(areasOf(commune))),
    faqEntries: index(faqEntries, rowsOfQuestion),
  }
}

/** A database for each language with its stemmer; the language in which a record fits best counts. */
async function orama({ services, faqEntries }: Records): Promise<Engine> {
  const LIBRARY = {
    FR: { language: 'french', stemmer: french },
    DE: { language: 'german', stemmer: german },
    NL: { language: 'dutch', stemmer: dutch },
    EN: { language: 'english', stemmer: english },
  } as const
  // Every word is also the beginning of others for it: small words of one language would find everything in another.
  const says = (text: string) =>
    wordsOf(text)
      .filter((word) => word.length > 2 && !LANGUAGES.some((language) => isStop(word, language)))
      .join(' ')
  const index = async <T>(records: readonly T[], rowsOf: (record: T) => Row[]) => {
    const databases = LANGUAGES.map((language) =>
      create({
        schema: { position: 'number', title: 'string', body: 'string', needs: 'string', areas: 'enum[]' } as const,
        components: { tokenizer: { stemming: true, ...LIBRARY[language] } },
      }),
    )
    for (const [at, database] of databases.entries()) {
      const rows = records.flatMap((record, position) =>
        rowsOf(record)
          .filter(({ language }) => language === LANGUAGES[at])
          .map(({ title, body, needs, areas }) => ({
            position,
            title: says(title),
            body: says(body),
            needs: says(needs),
            areas,
          })),
      )
      await insertMultiple(database, rows, 500)
    }
    return async (text: string, areas?: readonly string[]): Promise<T[]> => {
      const scores = new Map<number, number>()
      for (const database of databases) {
        const { hits } = await searchOrama(database, {
          term: says(text),
          properties: ['title', 'body', 'needs'],
          boost: BOOST,
          tolerance: TOLERANCE,
          threshold: 1,
          limit: 100,
          ...(areas && { where: { areas: { containsAny: [...areas] } } }),
        })
        for (const { document, score } of hits) scores.set(document.position, Math.max(score, scores.get(document.position) ?? 0))
      }
      return [...scores].sort((a, b) => b[1] - a[1]).map(([position]) => records[position] as T)
    }
  }
  const inServices = await index(services, rowsOfService)
  const inQuestions = await index(faqEntries, rowsOfQuestion)
  return { services: (text, commune) => inServices(text, commune && areasOf(commune)), faqEntries: (text) => inQuestions(text) }
}

function passerelle(records: Records): Engine {
  const places = [...records.communesByNis.values()].flatMap((commune) =>
    Object.values(commune.texts).map(({ name }) => ({ folded: fold(name), commune })),
  )
  const { services, faqEntries } = atOnce(textIndexes(records, places))
  return {
    services: (text, commune) => services.hits(text, commune && new Set([commune.nisCode])).map(({ record }) => record),
    faqEntries: (text) => faqEntries.find(text),
  }
}
