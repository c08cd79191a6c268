import type { Texts } from './language.ts'
import type { Steps } from './steps.ts'
import type { Reading, Term, Vocabulary } from './vocabulary.ts'
import { LANGUAGES } from './words.ts'

/** What a record is found by in one language. */
export type Document = {
  title: string
  body: string
  /** Words and phrases that people use for it, separated by commas. */
  phrases?: string
}

/** Positions of documents, from the first up to and without the second; ascending, without overlap. */
export type Ranges = readonly (readonly [from: number, to: number])[]

export type TextIndex = {
  /**
   * How well each document in the ranges fits that has any of the words; the more the better, comparable within one answer.
   * @param each is called once a document
   */
  score(text: string, ranges: Ranges, each: (position: number, score: number) => void): void
}

const FIELDS = ['title', 'phrases', 'body'] as const
/** A word of the title says what the record is; one of the body may stand there by the way. Measured with prisma/seed/queries. */
const BOOST = { title: 3, phrases: 1, body: 1 }
/** How much a record loses that lacks some of the words: half of them give 0.5 to this power. */
const COMPLETENESS = 0.5
/** What a document adds that fits in a second language too: names and numbers are the same in all of them. */
const SECOND_LANGUAGE = 0.1
/** BM25+ (Lv and Zhai, CIKM 2011), parameters as MiniSearch has them: what length counts, and what any occurrence is worth. */
const B = 0.7
const K = 1.2
const DELTA = 0.5

/** A posting is a position times 8, plus a bit for each field that has the term. */
const FIELD_BITS = 3

/**
 * Indexes documents, each language by itself: a text is read once in each language, and the language in which a document fits best
 * counts. So a person may type in another language than the page's, and a German article is no English verb.
 *
 * The words are MiniSearch's radix tree (vocabulary.ts); what stands here instead of MiniSearch are its postings, because it can only
 * score all documents of a word and then throw away those of other communes (docs/decisions/0007-search.md has the figures).
 */
export function* textIndex(vocabulary: Vocabulary, documents: readonly Texts<Document>[]): Steps<TextIndex> {
  const { postings, worth } = yield* gather(vocabulary, documents)
  // What is kept must not hold the texts.
  const count = documents.length
  // Sums of the search that runs; left zero after it.
  const sums = new Float64Array(count)
  const found = new Uint32Array(count)
  const best = new Float64Array(count)

  /** Adds up a reading: the terms of a word together count as one word found. @returns the positions it touched */
  function sum({ language, words }: Reading, ranges: Ranges): number[] {
    const touched: number[] = []
    const factors = worth[LANGUAGES.indexOf(language)] as Float32Array[]
    // A bit for each word.
    for (const [at, meanings] of words.slice(0, 32).entries()) {
      for (const { term, weight } of meanings) {
        const list = postings.get(term)
        if (!list) continue
        const rarity = weight * Math.log(1 + (count - list.length + 0.5) / (list.length + 0.5))
        for (const [from, to] of ranges) {
          const end = to << FIELD_BITS
          for (let i = ranges.length === 1 && from === 0 ? 0 : firstFrom(list, from << FIELD_BITS); i < list.length; i++) {
            const posting = list[i] as number
            if (posting >= end) break
            const position = posting >> FIELD_BITS
            let value = 0
            if (posting & 1) value += factors[0]?.[position] as number
            if (posting & 2) value += factors[1]?.[position] as number
            if (posting & 4) value += factors[2]?.[position] as number
            if (found[position] === 0) touched.push(position)
            found[position] = (found[position] as number) | (1 << at)
            sums[position] = (sums[position] as number) + rarity * value
          }
        }
      }
    }
    return touched
  }

  return {
    score(text, ranges, each) {
      const all: number[] = []
      for (const reading of vocabulary.read(text)) {
        for (const position of sum(reading, ranges)) {
          const complete = ones(found[position] as number) / reading.words.length
          const score = (sums[position] as number) * complete ** COMPLETENESS
          sums[position] = 0
          found[position] = 0
          const other = best[position] as number
          if (other === 0) all.push(position)
          best[position] = Math.max(other, score) + SECOND_LANGUAGE * Math.min(other, score)
        }
      }
      for (const position of all) {
        const score = best[position] as number
        best[position] = 0
        each(position, score)
      }
    },
  }
}

/** Reads the documents: for each term its postings in order, and for each language, field and document what a word in it is worth. */
function* gather(vocabulary: Vocabulary, documents: readonly Texts<Document>[]) {
  const lists = new Map<Term, number[]>()
  const lengths = LANGUAGES.map(() => FIELDS.map(() => new Float32Array(documents.length)))
  const readField = (terms: readonly Term[], position: number, bit: number): number => {
    let length = 0
    for (const term of terms) {
      let list = lists.get(term)
      if (!list) {
        list = []
        lists.set(term, list)
      }
      const last = list.length - 1
      const posting = list[last] ?? -1
      if (posting >> FIELD_BITS !== position) list.push((position << FIELD_BITS) | bit)
      else if (posting & bit) continue
      else list[last] = posting | bit
      length++
    }
    return length
  }
  for (const [position, texts] of documents.entries()) {
    for (const [l, language] of LANGUAGES.entries()) {
      for (const [f, field] of FIELDS.entries()) {
        const text = texts[language]?.[field]
        if (!text) continue
        const terms = field === 'phrases' ? vocabulary.termsOfPhrases(text, language) : vocabulary.termsOf(text, language)
        const perField = lengths[l]?.[f] as Float32Array
        perField[position] = readField(terms, position, 1 << f)
      }
    }
    yield
  }
  for (const fields of lengths) {
    for (const [f, field] of FIELDS.entries()) toWorth(fields[f] as Float32Array, BOOST[field])
  }
  const postings = new Map<Term, Uint32Array>()
  for (const [term, list] of lists) {
    postings.set(term, Uint32Array.from(list))
    lists.delete(term)
    yield
  }
  return { postings, worth: lengths }
}

/** Turns the lengths of a field, in different words, into what one of them is worth: a word says more about a short text. */
function toWorth(lengths: Float32Array, boost: number) {
  const filled = lengths.filter((length) => length > 0)
  const average = filled.reduce((sum, length) => sum + length, 0) / Math.max(filled.length, 1)
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number
    lengths[i] = length === 0 ? 0 : boost * (DELTA + (K + 1) / (1 + K * (1 - B + (B * length) / average)))
  }
}

/** Where the first posting is that is not below `least`. */
function firstFrom(list: Uint32Array, least: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
