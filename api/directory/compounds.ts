/** The letters between the parts of a compound: Arbeit-s-amt, Familie-n-beihilfe, Kind-er-geld, gezin-s-bijslag; or one that is lost. */
const LINKS = ['', 's', 'n', 'en', 'er', 'es', 'e']
const SHORTEST_HEAD = 3
const SHORTEST_TAIL = 4
/** Arbeits-losen-geld, Lebens-mittel-paket. */
const MOST_PARTS = 3

/** How the parts of a compound are known: as they are written, and, for the last one, with its own ending too. */
export type Parts<T> = { written(part: string): T | undefined; inflected(part: string): T | undefined }

/**
 * A compound as the words it is made of, when all of them are words of the content: the fewest parts, and of these the longest last one,
 * which says what it is.
 * @returns its parts in order, as `parts` has them; empty when it is no compound
 */
export function splitCompound<T>(word: string, parts: Parts<T>, most = MOST_PARTS): readonly T[] {
  let found: readonly T[] = []
  for (let at = SHORTEST_HEAD; at <= word.length - SHORTEST_TAIL; at++) {
    const head = headOf(word.slice(0, at), parts)
    if (head === undefined) continue
    const rest = word.slice(at)
    const tail = parts.inflected(rest)
    const tails = tail !== undefined ? [tail] : most > 2 ? splitCompound(rest, parts, most - 1) : []
    if (tails.length > 0 && (found.length === 0 || tails.length + 1 < found.length)) found = [head, ...tails]
  }
  return found
}

function headOf<T>(head: string, { written }: Parts<T>): T | undefined {
  for (const link of LINKS) {
    if (!head.endsWith(link) || head.length - link.length < SHORTEST_HEAD) continue
    const found = written(head.slice(0, head.length - link.length))
    if (found !== undefined) return found
  }
  return undefined
}
