import type { SearchablePlace } from './snapshot.ts'
import { wordsOf } from './words.ts'

/** Words of the longest name that is looked for ("Fontaine l'Évêque" has three). */
const LONGEST_NAME = 5

/** Finds the NIS codes of the communes that a text names, by a name in any language, a locality or a postal code. */
export function placeFinder(places: readonly SearchablePlace[]): (text: string) => ReadonlySet<string> {
  const byName = new Map<string, Set<string>>()
  for (const { folded, commune } of places) {
    const name = wordsOf(folded).join(' ')
    const codes = byName.get(name)
    if (codes) codes.add(commune.nisCode)
    else byName.set(name, new Set([commune.nisCode]))
  }
  return (text) => {
    const words = wordsOf(text.slice(0, 500)).slice(0, 30)
    const found = new Set<string>()
    for (let from = 0; from < words.length; from++) {
      for (let to = from + 1; to <= Math.min(words.length, from + LONGEST_NAME); to++) {
        for (const code of byName.get(words.slice(from, to).join(' ')) ?? []) found.add(code)
      }
    }
    return found
  }
}
