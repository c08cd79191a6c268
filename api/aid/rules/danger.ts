import { fold } from '../../directory/search.ts'
import type { Need, Snapshot } from '../../directory/snapshot.ts'

/**
 * The needs whose danger phrases a person's words contain. Rather one time too often than once too little: words may stand between those of
 * a phrase ("je veux vraiment mourir"), long words may have one wrong letter, and a negation does not count ("I do not want to die" shows
 * the numbers too). The phrases are content (`NeedTranslation.dangerPhrases`), in every language, whatever the page's. An exclamation mark
 * keeps a phrase from what only sounds like it: "en finir !avec" (mes dettes) is none when the very next word is "avec", "!apres infarctus"
 * none when "après" stands just before, or a few words before.
 */
export function dangersIn(directory: Snapshot, text: string): Need[] {
  const words = wordsOf(text.slice(0, LONGEST_TEXT))
  const phrases = phrasesOf(directory)
  const found = new Set<Need>()
  words.forEach((word, position) => {
    for (const [first, starting] of phrases) {
      if (!isWord(first, word)) continue
      for (const { without, rest, need } of starting) {
        if (found.has(need) || stands(without, words, position)) continue
        if (follows(rest, words, position + 1)) found.add(need)
      }
    }
  })
  // In the order of the content, not of the words.
  return [...directory.needsByCode.values()].filter((need) => found.has(need))
}

/** Somebody in danger is brief; the search reads no more either. In characters. */
const LONGEST_TEXT = 1_000
/** Words that may stand between two words of a phrase. */
const GAP = 2
/** From this length on a word may have one wrong letter: "suicde". Shorter ones become other words: "violée" and "volée", "voilée". */
const FORGIVING = 7

type Phrase = {
  /** Words that may not stand before it. */
  without: readonly string[]
  rest: readonly string[]
  need: Need
}

/** Phrases by their first word, made once for each snapshot, which never changes: a cache. */
function phrasesOf(directory: Snapshot): ReadonlyMap<string, readonly Phrase[]> {
  let known = read.get(directory)
  if (!known) {
    known = new Map()
    for (const need of directory.needsByCode.values()) {
      for (const phrase of Object.values(need.texts).flatMap(({ dangerPhrases }) => dangerPhrases)) {
        const words = phrase.split(/\s+/).map(fold)
        const start = words.findIndex((word) => !word.startsWith('!'))
        const first = words[start]
        if (!first) continue
        const without = words.slice(0, start).map((word) => word.slice(1))
        known.set(first, [...(known.get(first) ?? []), { without, rest: words.slice(start + 1), need }])
      }
    }
    read.set(directory, known)
  }
  return known
}
const read = new WeakMap<Snapshot, Map<string, readonly Phrase[]>>()

/** Folded words; an apostrophe parts them: "m’a frappée" is three. German ä ö ü are also written ae oe ue. */
const wordsOf = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Whether one of the words unwanted stands before a position, with no more between than in a phrase. */
const stands = (unwanted: readonly string[], words: readonly string[], before: number): boolean =>
  unwanted.length > 0 && words.slice(Math.max(0, before - GAP - 1), before).some((word) => unwanted.some((one) => isWord(one, word)))

function follows(rest: readonly string[], words: readonly string[], from: number): boolean {
  const [next, ...others] = rest
  if (next === undefined) return true
  if (next.startsWith('!')) return !isWord(next.slice(1), words[from] ?? '') && follows(others, words, from)
  for (let position = from; position <= from + GAP && position < words.length; position++) {
    if (isWord(next, words[position] as string) && follows(others, words, position + 1)) return true
  }
  return false
}

/** Whether a word typed is the word of a phrase; one that ends in * is only its beginning. */
function isWord(wanted: string, typed: string): boolean {
  const beginning = wanted.endsWith('*') ? wanted.slice(0, -1) : null
  const word = beginning ?? wanted
  const same = beginning === null ? typed : typed.slice(0, beginning.length)
  return word === same || (word.length >= FORGIVING && word[0] === same[0] && isNearly(word, same))
}

/** Whether two words differ by one letter: another, one more, one less, or two that changed places. */
function isNearly(a: string, b: string): boolean {
  const [long, short] = a.length >= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && long[same] === short[same]) same++
  if (long.length !== short.length) return long.slice(same + 1) === short.slice(same)
  const swapped = long[same] === short[same + 1] && long[same + 1] === short[same] && long.slice(same + 2) === short.slice(same + 2)
  return swapped || long.slice(same + 1) === short.slice(same + 1)
}
