import MiniSearch from 'minisearch'

/** Finds records by what a person types; best first. */
export type SearchIndex<T> = { find(text: string): readonly T[] }

/** Lower case, without accents: "Liège" and "LIEGE" are one word. */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/ß/g, 'ss')

/** Words that carry no need, in the four languages, folded; without them every record would match. Shorter words never count. */
const STOP = new Set(
  (
    'les des une aux par pour sur dans avec sans que qui quoi est suis etes ont mon mes son ses nos vos leur pas plus mais car tres ' +
    'ich der die das ein eine und oder mit von vom zum zur fur auf ist bin hat haben nicht kein keine mein meine kann mehr ' +
    'het een van voor met niet geen mijn kan ben heb zijn naar ook meer ' +
    'the and for with not have has had can are you what how who where when from more any'
  ).split(' '),
)
const SHORTEST_WORD = 3
/** Nobody types more than this to find help; the rest is ignored, so that a huge text costs no more than a long one. */
const LONGEST_QUERY = 500

/** Different words that count, the first ones: each costs about 0.1 ms, and more of them find no better. */
const MOST_WORDS = 30

/** What was typed into an optional field, without spaces around it; null when there is nothing. */
export const given = (text: string | null | undefined): string | null => text?.trim() || null

const tokenize = MiniSearch.getDefault('tokenize') as (text: string) => string[]

const processTerm = (term: string): string | null => {
  const folded = fold(term)
  return folded.length < SHORTEST_WORD || STOP.has(folded) ? null : folded
}

/**
 * Indexes `records` by a title and a body text, each the words of all languages together: a person may type in another language than
 * the page's.
 */
export function searchIndex<T>(records: readonly T[], titleOf: (record: T) => string, bodyOf: (record: T) => string): SearchIndex<T> {
  const index = new MiniSearch({ fields: ['title', 'body'], idField: 'index', tokenize, processTerm })
  index.addAll(records.map((record, position) => ({ index: position, title: titleOf(record), body: bodyOf(record) })))
  return {
    find(text) {
      const typed = tokenize(text.slice(0, LONGEST_QUERY)).flatMap((term) => processTerm(term) ?? [])
      const hits = index.search([...new Set(typed)].slice(0, MOST_WORDS).join(' '), {
        boost: { title: 4 },
        prefix: (term) => term.length > SHORTEST_WORD,
        fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      })
      return hits.map((hit) => records[hit.id as number] as T)
    },
  }
}
