import type { Entry } from './look-alikes.ts'
import { push } from './lists.ts'
import { areaKey, COUNTRY } from './offered.ts'
import type { Steps } from './steps.ts'
import { type Ranges, textIndex } from './text-index.ts'
import type { Vocabulary } from './vocabulary.ts'

export { fold, given } from './words.ts'

/** A record that a text finds. Scores are comparable within one answer only. */
export type Hit<T> = { record: T; score: number }

/** Finds records by what a person types, in any language, with errors; best first. Any text is harmless. */
export type SearchIndex<T> = {
  find(text: string): readonly T[]
  /**
   * @param within NIS codes: only what is offered in one of these communes, and only that is looked at. Without it, what is for single
   * communes counts less than what is for more, unless the text names the commune; and what is alike but for the commune comes last.
   */
  hits(text: string, within?: ReadonlySet<string>): readonly Hit<T>[]
}

/** What else an index may know of its records and of places. */
export type Helpers<T, N> = {
  /** The needs a record helps with, main one first: it is also found by their words. */
  needsOf?(record: T): readonly N[]
  needs?: SearchIndex<N>
  /** NIS codes of the communes that a text names. */
  communesIn?(text: string): ReadonlySet<string>
  /** Every area that covers the commune with this NIS code, as `areaKey` writes them. */
  areasAround?(nisCode: string): readonly string[]
}

/** A need's words count less than a record's own. */
const BY_NEED = 0.5
/** Needs that fit less than this part of the best one are not meant. */
const UNLIKELY_NEED = 0.4
/** What a later need of a record counts less than the one before. */
const LATER_NEED = 0.1
/** A record of some single commune, when nobody said which. */
const ELSEWHERE = 0.7
/** One of many that are alike but for the commune: after everything else. */
const ONE_OF_MANY = 0.001
/** One of these whose commune the text names: that word was its own, too. */
const NAMED = 2

/** Where entries stand that are offered in several areas: asked one by one. */
const SEVERAL = 'SEVERAL'

/** Of the records found, those that fit less than this part of the best one are left out: they share some everyday word with the text. */
const FAR_WORSE = 0.1

export function* searchIndex<T, N = never>(
  vocabulary: Vocabulary,
  unordered: readonly Entry<T>[],
  helpers: Helpers<T, N> = {},
): Steps<SearchIndex<T>> {
  const { ordered, ranges } = byArea(unordered)
  // Without the texts, which are indexed now.
  const entries = ordered.map(({ members, local }): Kept<T> => ({ members, local }))
  const listed = listByNeed(ordered, helpers)
  const index = yield* textIndex(
    vocabulary,
    ordered.map(({ texts }) => texts),
  )
  // Sums of the search that runs; left zero after it.
  const sums = new Float64Array(entries.length)

  /** Tells the entries that fit, by all words of the text, and by those of the needs it is probably about. */
  function eachFitting(text: string, places: Ranges, each: (entry: Kept<T>, score: number) => void) {
    const touched: number[] = []
    for (const [need, fit] of likelyNeeds(helpers.needs, text)) {
      const list = listed.get(need) ?? []
      for (const [from, to] of places) {
        for (let i = firstFrom(list, from); i < list.length; i++) {
          const { position, share } = list[i] as Listed
          if (position >= to) break
          if (sums[position] === 0) touched.push(position)
          sums[position] = Math.max(sums[position] as number, BY_NEED * fit * share)
        }
      }
    }
    index.score(text, places, (position, score) => {
      if (sums[position] === 0) touched.push(position)
      sums[position] = (sums[position] as number) + score
    })
    let least = 0
    for (const position of touched) least = Math.max(least, FAR_WORSE * (sums[position] as number))
    for (const position of touched) {
      const score = sums[position] as number
      sums[position] = 0
      if (score >= least) each(entries[position] as Kept<T>, score)
    }
  }

  function hitsWithin(text: string, within: ReadonlySet<string>): Hit<T>[] {
    const areas = new Set([...within].flatMap((code) => helpers.areasAround?.(code) ?? []))
    const places = [...areas, SEVERAL].flatMap((area): Ranges => (ranges.has(area) ? [ranges.get(area) as Ranges[number]] : []))
    places.sort((a, b) => a[0] - b[0])
    const found: Hit<T>[] = []
    eachFitting(text, places, ({ members }, score) => {
      for (const { record, areas: offered } of members) if (offered.some((area) => areas.has(area))) found.push({ record, score })
    })
    return found
  }

  function hitsAnywhere(text: string): Hit<T>[] {
    const named = new Set([...(helpers.communesIn?.(text) ?? [])].map((code) => areaKey({ kind: 'COMMUNE', code })))
    const found: Hit<T>[] = []
    eachFitting(text, [[0, entries.length]], ({ members, local }, score) => {
      const alone = members.length === 1
      for (const { record, areas } of members) {
        const here = !local || (named.size > 0 && areas.some((area) => named.has(area)))
        found.push({ record, score: score * (alone ? (here ? 1 : ELSEWHERE) : here ? NAMED : ONE_OF_MANY) })
      }
    })
    return found
  }

  const hits = (text: string, within?: ReadonlySet<string>): readonly Hit<T>[] =>
    (within ? hitsWithin(text, within) : hitsAnywhere(text)).sort((a, b) => b.score - a.score)
  return { hits, find: (text) => hits(text).map(({ record }) => record) }
}

/** Entries of one area stand together, so that an index can be asked about an area only. */
function byArea<T>(unordered: readonly Entry<T>[]) {
  const groups = new Map<string, Entry<T>[]>()
  for (const entry of unordered) {
    const areas = new Set(entry.members.flatMap(({ areas }) => areas))
    push(groups, areas.size > 1 ? SEVERAL : ([...areas][0] ?? COUNTRY), entry)
  }
  const ranges = new Map<string, Ranges[number]>()
  const ordered: Entry<T>[] = []
  for (const [area, group] of groups) {
    ranges.set(area, [ordered.length, ordered.length + group.length])
    for (const entry of group) ordered.push(entry)
  }
  return { ordered, ranges }
}

type Kept<T> = Pick<Entry<T>, 'members' | 'local'>
type Listed = { position: number; share: number }

/** Entries by need, in order, with what the need counts for each. */
function listByNeed<T, N>(entries: readonly Entry<T>[], { needsOf }: Helpers<T, N>): Map<N, Listed[]> {
  const listed = new Map<N, Listed[]>()
  for (const [position, { members }] of entries.entries()) {
    const needs = needsOf?.(members[0].record) ?? []
    for (const [at, need] of needs.entries()) push(listed, need, { position, share: 1 / (1 + LATER_NEED * at) })
  }
  return listed
}

function likelyNeeds<N>(needs: SearchIndex<N> | undefined, text: string): Map<N, number> {
  const hits = needs?.hits(text) ?? []
  const least = UNLIKELY_NEED * (hits[0]?.score ?? 0)
  return new Map(hits.filter(({ score }) => score >= least).map(({ record, score }) => [record, score]))
}

function firstFrom(list: readonly Listed[], least: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as Listed).position < least) low = middle + 1
    else high = middle
  }
  return low
}
