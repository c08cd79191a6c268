import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bySide } from '../../testing/demand.ts'
import { type Count, type Publication, publish as publishFacts, publishList, sumOf } from './publication.ts'

type Side = 'week' | 'place'
const SIDES = ['week', 'place'] as const

type Alike = Record<Side | 'need', string> & { count: number }
const fact = (need: string, week: string, place: string, count: number): Alike => ({ need, week, place, count })
const publish = (facts: readonly Alike[], sides: readonly Side[], fewest?: number) => publishFacts(bySide(facts, sides), sides, fewest)

/** Whether a count may be so much, as far as is shown. */
const fits = ({ shown, value }: Count, real: number, fewest: number, least: number): boolean =>
  shown === 'EXACT' ? real === value : shown === 'FEW' ? real >= 1 && real < fewest : real >= least

/** One cell for each way in which somebody may have asked. */
const CELLS = ['a', 'b', 'c'].flatMap((need) => ['1', '2'].flatMap((week) => ['x', 'y'].map((place) => ({ need, week, place }))))
type Cell = (typeof CELLS)[number]

/** All counts of a publication, and of which cells each is the sum. */
function published({ total, needs, groups, tables }: Publication<Side>): { name: string; count: Count; least: number; of: number[] }[] {
  const listed = groups.flatMap(({ need }) => need ?? [])
  const inGroup = (cell: Cell, group: string | null) => (group === null ? !listed.includes(cell.need) : cell.need === group)
  // What has a place in a list is not nought; in a cell it may be.
  const one = (name: string, count: Count, which: (cell: Cell) => boolean, least = 1) => ({
    name,
    count,
    least,
    of: CELLS.flatMap((cell, index) => (which(cell) ? [index] : [])),
  })
  return [
    one('total', total, () => true),
    ...needs.map(({ need, count }) => one(need, count, (cell) => cell.need === need)),
    ...groups.map(({ need, count }) => one(`group ${need}`, { shown: 'EXACT', value: count }, (cell) => inGroup(cell, need))),
    ...SIDES.flatMap((side) =>
      tables[side].keys.flatMap((key, column) => [
        one(key, tables[side].totals[column] as Count, (cell) => cell[side] === key),
        ...(tables[side].cells ?? []).map((row, r) => {
          const need = groups[r]?.need ?? null
          return one(`${need} ${key}`, row[column] as Count, (cell) => cell[side] === key && inGroup(cell, need), 0)
        }),
      ]),
    ),
  ]
}

/** Every way in which so many people can be spread over the cells. */
function spreads(people: number, cells = CELLS.length): number[][] {
  if (cells === 1) return [[people]]
  return Array.from({ length: people + 1 }, (_, first) => spreads(people - first, cells - 1).map((rest) => [first, ...rest])).flat()
}

describe('what is published together', () => {
  test('cannot be put together to learn a hidden count: everybody is spread over needs, weeks and places in every way that fits all of it', () => {
    const people = 8
    const ways = spreads(people)
    let hidden = 0
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: CELLS.length - 1 }), { minLength: people, maxLength: people }),
        fc.integer({ min: 3, max: 4 }),
        (where, fewest) => {
          const facts = CELLS.map((cell, index) => ({ ...cell, count: where.filter((one) => one === index).length }))
          const all = published(publish(facts, SIDES, fewest))
          const sum = (spread: readonly number[], of: readonly number[]) => of.reduce((so, index) => so + (spread[index] as number), 0)
          const fitting = ways.filter((spread) => all.every(({ count, of, least }) => fits(count, sum(spread, of), fewest, least)))
          const real = facts.map(({ count }) => count)
          expect(fitting).toContainEqual(real)
          for (const { name, count, of } of all) {
            if (count.shown === 'EXACT') continue
            hidden++
            const values = new Set(fitting.map((spread) => sum(spread, of)))
            expect(values.size, `${name} of ${real}`).toBeGreaterThan(1)
          }
        },
      ),
      { numRuns: 120 },
    )
    expect(hidden).toBeGreaterThan(300)
  })

  test('is nothing but that there are few, when there are few', () => {
    const of = publish([fact('a', '1', 'x', 3), fact('b', '1', 'x', 1)], SIDES)
    expect(of.total).toEqual({ shown: 'FEW', value: null })
    expect([of.needs, of.groups, of.tables.week.keys, of.tables.place.keys]).toEqual([[], [], [], []])
    expect(publish([], SIDES).total).toEqual({ shown: 'EXACT', value: 0 })
  })

  test('has needs of few in one row, which is not of few itself', () => {
    const of = publish([fact('a', '1', 'x', 40), fact('b', '1', 'y', 1), fact('c', '2', 'y', 2), fact('d', '2', 'x', 9)], SIDES)
    expect(of.needs.map(({ need, count }) => `${need} ${count.shown}`)).toEqual(['a EXACT', 'b FEW', 'c FEW', 'd WITHHELD'])
    expect(of.groups).toEqual([
      { need: 'a', count: 40 },
      { need: null, count: 12 },
    ])
  })

  test('shows everything where nothing is small', () => {
    const of = publish([fact('a', '1', 'x', 7), fact('a', '2', 'y', 8), fact('b', '1', 'y', 9), fact('b', '2', 'x', 6)], SIDES)
    expect(of.tables.week).toEqual({
      keys: ['1', '2'],
      totals: [
        { shown: 'EXACT', value: 16 },
        { shown: 'EXACT', value: 14 },
      ],
      cells: [
        [
          { shown: 'EXACT', value: 7 },
          { shown: 'EXACT', value: 8 },
        ],
        [
          { shown: 'EXACT', value: 9 },
          { shown: 'EXACT', value: 6 },
        ],
      ],
    })
  })
})

test('of a list of few only that it is one is told, and one of few in another takes a second one with it', () => {
  const list = (counts: Record<string, number>) => {
    const { total, counts: shown } = publishList(Object.entries(counts).map(([key, count]) => ({ key, count })))
    return [total.shown, ...shown.map(({ key, count }) => `${key} ${count.value ?? count.shown}`)]
  }
  expect(list({ a: 2, b: 2 })).toEqual(['FEW'])
  expect(list({})).toEqual(['EXACT'])
  expect(list({ a: 2, b: 7, c: 0, d: 8 })).toEqual(['EXACT', 'a FEW', 'b WITHHELD', 'd 8'])
  expect(list({ a: 4, b: 4 })).toEqual(['EXACT', 'a WITHHELD', 'b FEW'])
})

test('a sum is shown only when all of it is', () => {
  expect(
    sumOf([
      { shown: 'EXACT', value: 7 },
      { shown: 'EXACT', value: 0 },
    ]),
  ).toEqual({ shown: 'EXACT', value: 7 })
  expect(
    sumOf([
      { shown: 'EXACT', value: 7 },
      { shown: 'FEW', value: null },
    ]),
  ).toEqual({ shown: 'WITHHELD', value: null })
  expect(sumOf([])).toEqual({ shown: 'EXACT', value: 0 })
})
