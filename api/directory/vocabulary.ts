import SearchableMap from 'minisearch/SearchableMap'
import type { LanguageCode } from '../db/generated/enums.ts'
import { splitCompound } from './compounds.ts'
import type { Steps } from './steps.ts'
import { fold, isStop, LANGUAGES, rawWordsOf, stem, wordsOf } from './words.ts'

/** The number of a word without its endings, or of a phrase, in one language. */
export type Term = number

/** A term that a typed word may mean, and how sure that is: 1 is the word itself. */
export type Meaning = { term: Term; weight: number }

/** A text as one language understands it: for each typed word that counts, what to look up; empty for a word it does not know. */
export type Reading = { language: LanguageCode; words: readonly (readonly Meaning[])[] }

/** All words of the content, by language: what typed words are understood by. Shared by the indexes of one snapshot. */
export type Vocabulary = {
  /** What a text, one of those that were read, is found under: its words without endings, in order, and the parts of compounds. */
  termsOf(text: string, language: LanguageCode): readonly Term[]
  /** The terms of a list of words and phrases, separated by commas; a phrase is a term of its own too. */
  termsOfPhrases(list: string, language: LanguageCode): readonly Term[]
  /** What a person typed, as each language reads it; languages that know none of it are left out. */
  read(text: string): readonly Reading[]
  /** Lets go of the texts, when all of them are indexed. */
  settle(): void
}

/** Nobody types more than this to find help; the rest is ignored, so that a huge text costs no more than a long one. */
const LONGEST_QUERY = 500
/** Different words that count, the first ones; more of them find no better. */
const MOST_WORDS = 30
/** So many words that nobody knows are guessed at, the first ones: each guess looks through the vocabulary, up to 0.2 ms. */
const MOST_GUESSES = 6
/** Words of a phrase that is looked up as a whole ("plus rien à manger"). */
const LONGEST_PHRASE = 5

/** How much a word counts that was found only as the part of a compound, as the beginning of a longer one, or with a typing error. */
const WEIGHT = { part: 0.6, beginning: 0.7, slip: 0.6 }
const MOST_ALTERNATIVES = 6

/** Languages that write compounds as one word. */
const COMPOUNDING: ReadonlySet<LanguageCode> = new Set(['DE', 'NL'])

type Lexicon = {
  /** Each word as it is written somewhere. */
  written: Map<string, Written>
  /** The words of each text that was read, so that nothing is cut into words twice; null when all are indexed. */
  texts: Map<string, readonly Written[]> | null
  /** Each word that says something, folded. */
  words: Map<string, Term>
  /** The same as a radix tree, for beginnings and typing errors. */
  tree: SearchableMap<Term>
  stems: Map<string, Term>
  phrases: Map<string, Term>
}

/** Its terms: none when it says nothing, several when it is a compound; null until all words are known that may be its parts. */
type Written = { word: string; terms: readonly Term[] | null }

type Source = { text: string; language: LanguageCode; phrases?: boolean }

/** Reads all texts once; a word that is in none of them cannot be found later. */
export function* makeVocabulary(sources: Iterable<Source>): Steps<Vocabulary> {
  const lexicons = new Map<LanguageCode, Lexicon>(
    LANGUAGES.map((language) => [
      language,
      { written: new Map(), texts: new Map(), words: new Map(), tree: new SearchableMap<Term>(), stems: new Map(), phrases: new Map() },
    ]),
  )
  const of = (language: LanguageCode) => lexicons.get(language) as Lexicon
  let count = 0
  const number = (terms: Map<string, Term>, key: string): Term => {
    const term = terms.get(key) ?? count++
    terms.set(key, term)
    return term
  }
  const learn = (raw: string, language: LanguageCode): Written => {
    const { written, words, tree, stems } = of(language)
    let known = written.get(raw)
    if (known) return known
    const word = fold(raw)
    known = { word, terms: isStop(word, language) ? [] : null }
    written.set(raw, known)
    if (known.terms === null && !words.has(word)) {
      const term = number(stems, stem(word, language))
      words.set(word, term)
      tree.set(word, term)
    }
    return known
  }
  for (const { text, language, phrases } of sources) {
    const { texts } = of(language)
    if (!texts?.has(text))
      texts?.set(
        text,
        rawWordsOf(text).map((raw) => learn(raw, language)),
      )
    if (phrases) for (const phrase of phrasesOf(text, language)) number(of(language).phrases, phrase)
    yield
  }

  /** The term of a folded word; undefined when the content has none. */
  const known = (word: string, language: LanguageCode): Term | undefined =>
    of(language).words.get(word) ?? of(language).stems.get(stem(word, language))

  const partsOf = (word: string, language: LanguageCode): readonly Term[] =>
    COMPOUNDING.has(language)
      ? splitCompound(word, {
          written: (part) => of(language).words.get(part) ?? of(language).stems.get(part),
          inflected: (part) => known(part, language),
        })
      : []

  function termsOf(text: string, language: LanguageCode): Term[] {
    const { words, texts } = of(language)
    const terms: Term[] = []
    for (const written of texts?.get(text) ?? []) {
      written.terms ??= [words.get(written.word) as Term, ...partsOf(written.word, language)]
      for (const term of written.terms) terms.push(term)
    }
    return terms
  }

  function meanings(word: string, language: LanguageCode, mayGuess: () => boolean): Meaning[] {
    for (const spelling of spellingsOf(word, language)) {
      const term = known(spelling, language)
      if (spelling !== word && term === undefined) continue
      const parts = partsOf(spelling, language).filter((part) => part !== term)
      const ofParts = parts.map((part): Meaning => ({ term: part, weight: WEIGHT.part }))
      if (term !== undefined) return [{ term, weight: 1 }, ...ofParts]
      if (ofParts.length > 0) return ofParts
    }
    return mayGuess() ? guess(of(language), word) : []
  }

  function readAll(text: string): readonly Reading[] {
    const typed = wordsOf(text.slice(0, LONGEST_QUERY))
    const different = [...new Set(typed)].slice(0, MOST_WORDS)
    const familiar = LANGUAGES.map(
      (language) => new Set(different.filter((word) => isStop(word, language) || known(word, language) !== undefined)),
    )
    const most = Math.max(...familiar.map(({ size }) => size))
    const isStrange = (word: string) => !familiar.some((words) => words.has(word))
    return LANGUAGES.flatMap((language, at): Reading[] => {
      let guesses = MOST_GUESSES
      // A word that some other language knows may still be a typing error in the one the text seems to be in.
      const likely = familiar[at]?.size === most
      const words = different
        .filter((word) => !isStop(word, language))
        .map((word) => meanings(word, language, () => (likely || isStrange(word)) && guesses-- > 0))
      for (const run of runsOf(typed.slice(0, MOST_WORDS), language)) {
        const phrase = of(language).phrases.get(run)
        if (phrase !== undefined) words.push([{ term: phrase, weight: 1 }])
      }
      return words.some(({ length }) => length > 0) ? [{ language, words }] : []
    })
  }

  let last: { text: string; readings: readonly Reading[] } | null = null
  return {
    termsOf,
    termsOfPhrases: (list, language) => [
      ...termsOf(list, language),
      ...phrasesOf(list, language).flatMap((phrase) => of(language).phrases.get(phrase) ?? []),
    ],
    read(text) {
      if (last?.text !== text) {
        last = { text, readings: readAll(text) }
        // One request asks several indexes; what a person typed is not kept longer than that.
        queueMicrotask(() => {
          last = null
        })
      }
      return last.readings
    },
    settle() {
      for (const lexicon of lexicons.values()) {
        lexicon.texts = null
        lexicon.written.clear()
      }
    },
  }
}

/** Ways in which a word may have been meant: German ä ö ü written ae oe ue, French articles grown onto it ("lhuissier", "deau"). */
function spellingsOf(word: string, language: LanguageCode): string[] {
  if (language === 'DE' && /[aou]e/.test(word)) return [word, word.replace(/([aou])e/g, '$1')]
  if (language === 'FR') {
    const rest = /^(?:qu|[cdjlmnst])([aeiouyh].{2,})$/.exec(word)?.[1]
    if (rest) return [word, rest]
  }
  return [word]
}

/** What an unknown word may be: the beginning of known ones, or one of them with a typing error. */
function guess({ words, tree }: Lexicon, word: string): Meaning[] {
  if (word.length < 3) return []
  const beginnings = [...tree.atPrefix(word)]
  if (beginnings.length > 0) {
    return best(beginnings.map(([full, term]) => ({ term, weight: (WEIGHT.beginning * (word.length + 3)) / (full.length + 3) })))
  }
  for (const distance of word.length < 4 ? [] : word.length < 8 ? [1] : [1, 2]) {
    const slips = [...tree.fuzzyGet(word, distance)]
    if (slips.length > 0) {
      return best(slips.map(([full, [term, off]]) => ({ term, weight: (WEIGHT.slip * full.length) / (full.length + 2 * off) })))
    }
  }
  return best(
    swapsOf(word)
      .flatMap((other) => words.get(other) ?? [])
      .map((term) => ({ term, weight: WEIGHT.slip })),
  )
}

/** The best meanings, each term once. */
function best(meanings: Meaning[]): Meaning[] {
  const weights = new Map<Term, number>()
  for (const { term, weight } of meanings) weights.set(term, Math.max(weight, weights.get(term) ?? 0))
  const sorted = [...weights].sort((a, b) => b[1] - a[1]).slice(0, MOST_ALTERNATIVES)
  return sorted.map(([term, weight]) => ({ term, weight }))
}

/** The word with two neighbouring letters the other way round, for each pair. */
const swapsOf = (word: string): string[] =>
  Array.from({ length: word.length - 1 }, (_, i) => word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2))

/** The phrases of a list of words and phrases, each as one term. */
const phrasesOf = (list: string, language: LanguageCode): string[] =>
  list.split(',').flatMap((phrase) => {
    const words = wordsOf(phrase)
    return words.length > 1 && words.length <= LONGEST_PHRASE ? [phraseTerm(words, language)] : []
  })

const phraseTerm = (words: readonly string[], language: LanguageCode): string => words.map((word) => stem(word, language)).join('_')

/** Each run of two to five words, as a phrase would be a term. */
function* runsOf(typed: readonly string[], language: LanguageCode): Iterable<string> {
  const stemmed = typed.map((word) => stem(word, language))
  for (let from = 0; from < stemmed.length; from++)
    for (let to = from + 2; to <= Math.min(stemmed.length, from + LONGEST_PHRASE); to++) yield stemmed.slice(from, to).join('_')
}
