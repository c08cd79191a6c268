import { fold } from '../../directory/search.ts'
import type { Need, Snapshot } from '../../directory/snapshot.ts'

/**
 * The needs whose danger phrases a person's words contain. Rather one time too often than once too little: words may stand between those of
 * a phrase ("je veux vraiment mourir"), long words may have one wrong letter, and a negation does not count ("I do not want to die" shows
 * the numbers too). The phrases are content (`NeedTranslation.dangerPhrases`), in every language, whatever the page's.
 */
export function dangersIn(directory: Snapshot, text: string): Need[] {
  const words = wordsOf(text.slice(0, LONGEST_TEXT))
  const phrases = phrasesOf(directory)
  const found = new Set<Need>()
  words.forEach((word, position) => {
    for (const [first, starting] of phrases) {
      if (!isWord(first, word)) continue
      for (const { rest, need } of starting) if (!found.has(need) && follows(rest, words, position + 1)) found.add(need)
    }
  })
  // In the order of the content, not of the words.
  return [...directory.needsByCode.values()].filter((need) => found.has(need))
}

/** Somebody in danger is brief; the search reads no more either. In characters. */
const LONGEST_TEXT = 1_000
/** Words that may stand between two words of a phrase. */
const GAP = 2
/** From this length on a word may have one wrong letter: "suicde". */
const FORGIVING = 6

type Phrase = { rest: readonly string[]; need: Need }

/** Phrases by their first word, made once for each snapshot, which never changes: a cache. */
function phrasesOf(directory: Snapshot): ReadonlyMap<string, readonly Phrase[]> {
  let known = read.get(directory)
  if (!known) {
    known = new Map()
    for (const need of directory.needsByCode.values()) {
      for (const phrase of Object.values(need.texts).flatMap(({ dangerPhrases }) => dangerPhrases)) {
        const [first, ...rest] = phrase.split(/\s+/).map((word) => (word.endsWith('*') ? `${fold(word.slice(0, -1))}*` : fold(word)))
        if (first) known.set(first, [...(known.get(first) ?? []), { rest, need }])
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

function follows(rest: readonly string[], words: readonly string[], from: number): boolean {
  const [next, ...others] = rest
  if (next === undefined) return true
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
