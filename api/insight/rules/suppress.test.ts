import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protect, protectList, protectTable, type Shown } from './suppress.ts'

/** What somebody who tries to find out knows of a count beforehand. */
const bounds = (value: number, shown: Shown, fewest: number, least: number, most: number): [number, number] =>
  shown === 'EXACT' ? [value, value] : shown === 'FEW' ? [1, fewest - 1] : [least, most]

/**
 * The attack, written without a thought of networks: goes through every table that agrees with all that is shown, and notes which values each
 * cell takes. Totals of rows and the grand total are known; those of columns as far as they are shown.
 */
function valuesPossible(
  counts: readonly (readonly number[])[],
  { cells, columns }: { cells: Shown[][]; columns: Shown[] },
  fewest: number,
): { cells: Set<number>[][]; columns: Set<number>[] } {
  const rowTotals = counts.map((row) => row.reduce((sum, one) => sum + one, 0))
  const all = rowTotals.reduce((sum, one) => sum + one, 0)
  const width = counts[0]?.length ?? 0
  const columnBounds = columns.map((shown, c) => {
    const value = counts.reduce((sum, row) => sum + (row[c] as number), 0)
    return bounds(value, shown, fewest, 1, all)
  })
  const found = { cells: counts.map((row) => row.map(() => new Set<number>())), columns: columns.map(() => new Set<number>()) }
  const tried = counts.map((row) => row.map(() => 0))
  const sums = columns.map(() => 0)
  const walk = (r: number, c: number, left: number) => {
    if (r === counts.length) {
      if (sums.some((sum, column) => sum < (columnBounds[column]?.[0] as number))) return
      for (const [i, row] of tried.entries()) for (const [j, value] of row.entries()) found.cells[i]?.[j]?.add(value)
      for (const [j, sum] of sums.entries()) found.columns[j]?.add(sum)
      return
    }
    if (c === width) {
      if (left === 0) walk(r + 1, 0, rowTotals[r + 1] ?? 0)
      return
    }
    const [low, high] = bounds(counts[r]?.[c] as number, cells[r]?.[c] as Shown, fewest, 0, all)
    for (let value = low; value <= Math.min(high, left); value++) {
      if ((sums[c] as number) + value > (columnBounds[c]?.[1] as number)) break
      ;(tried[r] as number[])[c] = value
      sums[c] = (sums[c] as number) + value
      walk(r, c + 1, left - value)
      sums[c] = (sums[c] as number) - value
    }
  }
  walk(0, 0, rowTotals[0] ?? 0)
  return found
}

const small = (most: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.integer({ min: 1, max: most }) })

describe('a list with its total', () => {
  test.each([
    ['nothing is hidden when nothing is small', [5, 7, 0, 12], ['EXACT', 'EXACT', 'EXACT', 'EXACT']],
    ['one small count takes the next smallest with it, which has room', [3, 9, 30], ['FEW', 'WITHHELD', 'EXACT']],
    ['two small ones keep each other', [3, 2, 30], ['FEW', 'FEW', 'EXACT']],
    ['but not two of 1, which two together would tell', [1, 1, 30, 8], ['FEW', 'FEW', 'EXACT', 'WITHHELD']],
    ['nor are two of 4 both called few, which 8 together would tell', [4, 4, 9], ['WITHHELD', 'FEW', 'EXACT']],
    ['not even when there is nothing else', [4, 4], ['WITHHELD', 'FEW']],
  ] as [string, number[], Shown[]][])('%s', (_, values, expected) => {
    expect(protectList(values)).toEqual(expected)
  })

  test('that cannot be shown without telling is not', () => {
    expect(protectList([3])).toBeNull()
  })
})

describe('a table', () => {
  test('of six people in six weeks does not say that nobody asked in any other: few in each would tell everything', () => {
    const row = [1, 1, 1, 1, 1, 1, 0, 0]
    const shown = protectTable([row, row.map(() => 40)])
    expect(shown?.cells[0]?.filter((one) => one === 'WITHHELD').length).toBeGreaterThan(0)
    expect(shown?.columns).toEqual(row.map(() => 'EXACT'))
  })

  test('of four needs of one in a commune does not say that all are fewer than 5: it would tell each of them', () => {
    const shown = protectTable([
      [1, 20, 30],
      [1, 20, 30],
      [1, 20, 30],
      [1, 20, 30],
    ])
    expect(shown?.cells.map(([first]) => first)).not.toEqual(['FEW', 'FEW', 'FEW', 'FEW'])
    expect(shown?.columns).toEqual(['FEW', 'WITHHELD', 'EXACT'])
  })

  test('hides what the totals of its rows and columns would tell', () => {
    const shown = protectTable([
      [3, 20, 15],
      [12, 30, 40],
      [25, 11, 60],
    ])
    expect(shown?.cells).toEqual([
      ['FEW', 'WITHHELD', 'EXACT'],
      ['EXACT', 'EXACT', 'EXACT'],
      ['WITHHELD', 'WITHHELD', 'EXACT'],
    ])
    expect(shown?.columns).toEqual(['EXACT', 'EXACT', 'EXACT'])
  })

  test('of one small column, which stands in the total of everything, hides another one as well', () => {
    const shown = protectTable([
      [2, 30, 0],
      [1, 40, 15],
    ])
    expect(shown?.columns[0]).toBe('FEW')
    expect(shown?.columns.filter((one) => one === 'WITHHELD')).toHaveLength(1)
  })

  test('shows all it can: large counts only are untouched', () => {
    const counts = [
      [5, 0, 17],
      [8, 9, 0],
    ]
    expect(protectTable(counts)).toEqual({ cells: counts.map((row) => row.map(() => 'EXACT')), columns: ['EXACT', 'EXACT', 'EXACT'] })
  })

  test('never tells a hidden count to whoever knows everything else: every table that fits is gone through', () => {
    let hidden = 0
    let shownAtAll = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(small(8)),
        (fewest, rows, width, stream) => {
          const numbers = stream[Symbol.iterator]()
          const counts = Array.from({ length: rows }, () => Array.from({ length: width }, () => numbers.next().value as number))
          const shown = protectTable(counts, fewest)
          if (shown === null) return
          shownAtAll++
          const possible = valuesPossible(counts, shown, fewest)
          for (const [r, row] of shown.cells.entries()) {
            for (const [c, one] of row.entries()) {
              const value = counts[r]?.[c] as number
              expect(possible.cells[r]?.[c]?.has(value)).toBe(true)
              if (value > 0 && value < fewest) expect(one).not.toBe('EXACT')
              if (value === 0 || value >= fewest) expect(one).not.toBe('FEW')
              if (one === 'EXACT') continue
              hidden++
              expect(possible.cells[r]?.[c]?.size).toBeGreaterThan(1)
            }
          }
          for (const [c, one] of shown.columns.entries()) {
            if (one !== 'EXACT') expect(possible.columns[c]?.size).toBeGreaterThan(1)
          }
        },
      ),
      { numRuns: 1_500 },
    )
    expect(shownAtAll).toBeGreaterThan(500)
    expect(hidden).toBeGreaterThan(1_000)
  })

  test('and gives up only where it must: with large counts beside, there is always a way', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 2, max: 30 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 40 })),
        (rows, width, stream) => {
          const numbers = stream[Symbol.iterator]()
          const counts = Array.from({ length: rows }, () => Array.from({ length: width }, () => numbers.next().value as number))
          // A row and a column that nobody would hide anything of.
          counts.push(Array.from({ length: width + 1 }, () => 1_000))
          for (const row of counts.slice(0, -1)) row.push(1_000)
          expect(protectTable(counts)).not.toBeNull()
        },
      ),
      { numRuns: 200 },
    )
  })

  test('of all communes of Wallonia and all needs takes no time to speak of', () => {
    // The same numbers each time: few large, many small, most of them nought.
    let state = 7
    const chance = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const counts = Array.from({ length: 23 }, () =>
      Array.from({ length: 262 }, () => (chance() < 0.7 ? 0 : Math.floor(1 + 12 * chance() ** 4 + (chance() < 0.02 ? 80 * chance() : 0)))),
    )
    const before = performance.now()
    const shown = protectTable(counts)
    expect(performance.now() - before).toBeLessThan(5_000)
    expect(shown).not.toBeNull()
  })
})

test('the attack of these tests finds what is badly hidden', () => {
  const counts = [
    [3, 20],
    [12, 30],
  ]
  const naive = {
    cells: [
      ['FEW', 'EXACT'],
      ['EXACT', 'EXACT'],
    ] as Shown[][],
    columns: ['EXACT', 'EXACT'] as Shown[],
  }
  expect([...(valuesPossible(counts, naive, 5).cells[0]?.[0] ?? [])]).toEqual([3])
})

test('where nothing is small nothing is hidden', () => {
  expect(protect([])).toEqual([])
  expect(protect([{ from: 0, to: 1, value: 0 }])).toEqual(['EXACT'])
})
