import { fold } from '../../directory/search.ts'
import type { Need, Snapshot } from '../../directory/snapshot.ts'

/**
 * The needs whose danger phrases a person's words contain. Rather one time too often than once too little: words may stand between those of
 * a phrase ("je veux vraiment mourir"), long words may have one wrong letter, and a negation does not count ("I do not want to die" shows
 * the numbers too). The phrases are content (`NeedTranslation.dangerPhrases`), in every language, whatever the page's. An exclamation mark
 * keeps a phrase from what only sounds like it: "en finir !avec" (mes dettes) is none when "avec" follows at once, "!apres infarctus" none
 * when "après" stands shortly before. What a comma or a full stop parts does not count: "je veux en finir, avec mes dettes ..." is danger.
 */
export function dangersIn(directory: Snapshot, text: string): Need[] {
  const said = readWords(text)
  const { words } = said
  const phrases = phrasesOf(directory)
  const found = new Set<Need>()
  words.forEach((word, position) => {
    for (const { first, starting } of phrases.get(word.charAt(0)) ?? []) {
      if (!isWord(first, word)) continue
      for (const { without, rest, need } of starting) {
        if (found.has(need) || standsBefore(without, said, position)) continue
        if (follows(rest, said, position + 1)) found.add(need)
      }
    }
  })
  // In the order of the content, not of the words.
  return [...directory.needsByCode.values()].filter((need) => found.has(need))
}

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

/** Phrases by their first word, and these by their first letter, which is never the wrong one. */
type Phrases = ReadonlyMap<string, readonly { first: string; starting: readonly Phrase[] }[]>

/** Made once for each snapshot, which never changes: a cache. A text is read whole, some 2 ms for the longest body that is accepted. */
function phrasesOf(directory: Snapshot): Phrases {
  let letters = read.get(directory)
  if (!letters) {
    const known = new Map<string, Phrase[]>()
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
    letters = new Map()
    for (const [first, starting] of known) letters.set(first.charAt(0), [...(letters.get(first.charAt(0)) ?? []), { first, starting }])
    read.set(directory, letters)
  }
  return letters
}
const read = new WeakMap<Snapshot, Map<string, { first: string; starting: readonly Phrase[] }[]>>()

/** A text that was read: its words, and which of them stand behind a comma, a full stop or the like. */
type Words = { words: readonly string[]; apart: ReadonlySet<number> }

/** Folded words; an apostrophe parts them: “m’a frappée” is three. German ä ö ü are also written ae oe ue. */
function readWords(text: string): Words {
  const words: string[] = []
  const apart = new Set<number>()
  for (const [piece] of fold(text).matchAll(/[\p{L}\p{N}]+|[.,;:!?…\n]/gu)) {
    if (/^[\p{L}\p{N}]/u.test(piece)) words.push(piece)
    else apart.add(words.length)
  }
  return { words, apart }
}

/** Whether one of these words stands before a position, with no more between than in a phrase. */
function standsBefore(unwanted: readonly string[], { words, apart }: Words, position: number): boolean {
  for (let at = position - 1; at >= 0 && at >= position - 1 - GAP && !apart.has(at + 1); at--) {
    if (unwanted.some((one) => isWord(one, words[at] as string))) return true
  }
  return false
}

function follows(rest: readonly string[], said: Words, from: number): boolean {
  const { words, apart } = said
  const [next, ...others] = rest
  if (next === undefined) return true
  if (next.startsWith('!')) return (apart.has(from) || !isWord(next.slice(1), words[from] ?? '')) && follows(others, said, from)
  for (let position = from; position <= from + GAP && position < words.length; position++) {
    if (isWord(next, words[position] as string) && follows(others, said, position + 1)) return true
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
