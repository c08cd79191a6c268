import { FEWEST, protectList, protectTable, type Shown } from './suppress.ts'

/** A count as it may be shown; `value` is null unless it is exact. */
export type Count = { shown: Shown; value: number | null }

/** So many of a need that have this key on one of the other sides. Everybody is counted once on each side. */
export type Fact<Side extends string> = { side: Side; need: string; key: string; count: number }

/** How the others are counted that make up a row of each table: null stands for all needs that are not shown by themselves. */
export type Group = { need: string | null; count: number }

/** Groups of needs by another side. */
export type Table = {
  keys: readonly string[]
  /** By key. */
  totals: readonly Count[]
  /** By group, then by key; null when they cannot be shown. */
  cells: readonly (readonly Count[])[] | null
}

/** Counts by one thing only; without any when not even that can be shown. */
export type List<Key extends string> = { total: Count; counts: readonly { key: Key; count: Count }[] }

/** What may be published of some facts. */
export type Publication<Side extends string> = {
  total: Count
  /** Every need of which there is something. */
  needs: readonly { need: string; count: Count }[]
  groups: readonly Group[]
  tables: Readonly<Record<Side, Table>>
}

const exact = (value: number): Count => ({ shown: 'EXACT', value })
const countOf = (value: number, shown: Shown | undefined): Count =>
  shown === 'EXACT' ? exact(value) : { shown: shown ?? 'WITHHELD', value: null }

/**
 * What may be published together, so that no hidden count can be computed from all of it.
 *
 * There is one table for each other side, need by side, and no more. Their rows are the same in all: the needs that are shown by themselves, and
 * one row for all the rest, of `fewest` or more. So all totals of rows are published, and the tables say nothing of each other: whatever one
 * of them could be, the others can be whatever they could be, since within a need people can be put together in any way. Each table by itself is
 * protected exactly (`suppress.ts`), and how the rest is made up is a list with its total. A table of two other sides, week by commune, would
 * close a circle, and nothing of the kind could be proved of it.
 * @param sides in which order does not matter
 */
export function publish<Side extends string>(facts: readonly Fact<Side>[], sides: readonly Side[], fewest = FEWEST): Publication<Side> {
  const byNeed = sumsBy(
    facts.filter(({ side }) => side === sides[0]),
    ({ need }) => need,
  )
  const total = sum(byNeed.values())
  const tables = <T>(of: (side: Side) => T) => Object.fromEntries(sides.map((side) => [side, of(side)])) as Record<Side, T>
  if (total < fewest) {
    const none = tables((): Table => ({ keys: [], totals: [], cells: null }))
    return { total: countOf(total, total === 0 ? 'EXACT' : 'FEW'), needs: [], groups: [], tables: none }
  }
  const names = [...byNeed.keys()].sort()
  const shown = shownNeeds(
    names.map((need) => byNeed.get(need) as number),
    fewest,
  )
  const groups: Group[] = names.flatMap((need, index) => (shown?.[index] === 'EXACT' ? [{ need, count: byNeed.get(need) as number }] : []))
  const rest = total - sum(groups.map(({ count }) => count))
  if (rest > 0) groups.push({ need: null, count: rest })
  return {
    total: exact(total),
    needs: shown ? names.map((need, index) => ({ need, count: countOf(byNeed.get(need) as number, shown[index]) })) : [],
    groups,
    tables: tables((side) =>
      tableOf(
        facts.filter((fact) => fact.side === side),
        groups,
        fewest,
      ),
    ),
  }
}

/** What may be published of a list by itself: its total, and what it is made of; what is nought is not in it. */
export function publishList<Key extends string>(facts: readonly { key: Key; count: number }[], fewest = FEWEST): List<Key> {
  const all = [...sumsBy(facts, ({ key }) => key)]
  const total = sum(all.map(([, count]) => count))
  if (total < fewest) return { total: countOf(total, total === 0 ? 'EXACT' : 'FEW'), counts: [] }
  const shown = protectList(
    all.map(([, count]) => count),
    fewest,
  )
  return { total: exact(total), counts: shown ? all.map(([key, count], index) => ({ key, count: countOf(count, shown[index]) })) : [] }
}

/** How the needs are shown; those that are not must be so many together that their sum may be shown. */
function shownNeeds(values: readonly number[], fewest: number): Shown[] | null {
  const shown = protectList(values, fewest)
  if (!shown) return null
  const hidden = () => values.reduce((sum, value, index) => sum + (shown[index] === 'EXACT' ? 0 : value), 0)
  while (hidden() > 0 && hidden() < fewest) {
    const least = values.reduce(
      (best, value, index) => (shown[index] === 'EXACT' && value > 0 && (best === -1 || value < (values[best] as number)) ? index : best),
      -1,
    )
    shown[least] = 'WITHHELD'
  }
  return shown
}

function tableOf(facts: readonly Fact<string>[], groups: readonly Group[], fewest: number): Table {
  const keys = [...new Set(facts.flatMap(({ key, count }) => (count > 0 ? [key] : [])))].sort()
  const columnOf = new Map(keys.map((key, index) => [key, index]))
  const rowOf = new Map(groups.map(({ need }, index) => [need, index]))
  const counts = groups.map(() => keys.map(() => 0))
  for (const fact of facts) {
    if (fact.count === 0) continue
    const row = counts[rowOf.get(fact.need) ?? (rowOf.get(null) as number)] as number[]
    const column = columnOf.get(fact.key)
    if (column !== undefined) row[column] = (row[column] as number) + fact.count
  }
  const totals = keys.map((_, column) => counts.reduce((sum, row) => sum + (row[column] as number), 0))
  const shown = protectTable(counts, fewest)
  if (shown) {
    return {
      keys,
      totals: totals.map((value, column) => countOf(value, shown.columns[column])),
      cells: counts.map((row, r) => row.map((value, column) => countOf(value, shown.cells[r]?.[column]))),
    }
  }
  const list = protectList(totals, fewest)
  return list
    ? { keys, totals: totals.map((value, column) => countOf(value, list[column])), cells: null }
    : { keys: [], totals: [], cells: null }
}

const sum = (values: Iterable<number>): number => [...values].reduce((so, value) => so + value, 0)

function sumsBy<T extends { count: number }, Key extends string>(rows: readonly T[], keyOf: (row: T) => Key): Map<Key, number> {
  const sums = new Map<Key, number>()
  for (const row of rows) if (row.count > 0) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.count)
  return sums
}

/** The sum of counts that are all shown; where one is hidden, so is the sum. Nought when there are none. */
export function sumOf(counts: readonly Count[]): Count {
  const values = counts.map(({ value }) => value)
  return values.includes(null) ? { shown: 'WITHHELD', value: null } : exact(sum(values as number[]))
}

/** How many of these are hidden. */
export const hiddenAmong = (counts: readonly Count[]): number => counts.filter(({ shown }) => shown !== 'EXACT').length
