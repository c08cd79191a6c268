import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fateOf, type RequestFact, type UnmetFact } from './demand.ts'
import { type Count, type Publication, publish } from './publication.ts'

/**
 * What happened once: somebody searched in vain, or asked to be called, and it ended somehow. Who was not helped is counted in both publications:
 * among the requests by what became of it, and among the unmet needs by the reason.
 */
type Event = { need: string; outcome: string | null; reason: string | null }
const EVENTS: Event[] = ['a', 'b'].flatMap((need) => [
  { need, outcome: 'resolved', reason: null },
  { need, outcome: 'declined_by_person', reason: null },
  { need, outcome: 'no_help_available', reason: 'FULL' },
  { need, outcome: 'not_eligible', reason: 'NOT_ELIGIBLE' },
  { need, outcome: null, reason: 'FULL' },
  { need, outcome: null, reason: 'NOT_ELIGIBLE' },
])
const fateIn = ({ outcome }: Event): string | null => outcome && fateOf({ status: 'CLOSED', outcome, byPartner: false })

/** How often each of them happened. */
type World = readonly number[]
const sum = (world: World, of: readonly number[]): number => of.reduce((so, index) => so + (world[index] as number), 0)
const indexes = (which: (event: Event) => boolean): number[] => EVENTS.flatMap((event, index) => (which(event) ? [index] : []))
const REQUESTS = indexes(({ outcome }) => outcome !== null)
const UNMET = indexes(({ reason }) => reason !== null)

const requestsIn = (world: World): RequestFact[] =>
  REQUESTS.map((index) => {
    const event = EVENTS[index] as Event
    return { side: 'fate', need: event.need, key: fateIn(event) as string, count: world[index] as number }
  })
const unmetIn = (world: World): UnmetFact[] =>
  UNMET.map((index) => {
    const { need, reason } = EVENTS[index] as Event
    return { side: 'reason', need, key: reason as string, count: world[index] as number }
  })

/** One number of a publication, as the sum of some events. */
type Told = { name: string; count: Count; least: number; of: number[] }

function toldBy<Side extends string>(
  { total, needs, groups, tables }: Publication<Side>,
  side: Side,
  all: readonly number[],
  keyOf: (event: Event) => string | null,
): Told[] {
  const listed = groups.flatMap(({ need }) => need ?? [])
  const only = (which: (event: Event) => boolean) => all.filter((index) => which(EVENTS[index] as Event))
  const inGroup = (event: Event, group: string | null) => (group === null ? !listed.includes(event.need) : event.need === group)
  const { keys, totals, cells } = tables[side]
  return [
    { name: 'total', count: total, least: 1, of: [...all] },
    ...needs.map(({ need, count }) => ({ name: need, count, least: 1, of: only((event) => event.need === need) })),
    ...groups.map(({ need, count }) => ({
      name: `group ${need}`,
      count: { shown: 'EXACT' as const, value: count },
      least: 1,
      of: only((event) => inGroup(event, need)),
    })),
    ...keys.flatMap((key, column) => [
      { name: key, count: totals[column] as Count, least: 1, of: only((event) => keyOf(event) === key) },
      ...(cells ?? []).map((row, r) => {
        const need = groups[r]?.need ?? null
        const of = only((event) => keyOf(event) === key && inGroup(event, need))
        return { name: `${need} ${key}`, count: row[column] as Count, least: 0, of }
      }),
    ]),
    // What has no row and no column is known to be nought.
    ...(keys.length > 0
      ? [{ name: 'else', count: { shown: 'EXACT' as const, value: 0 }, least: 0, of: only((event) => !keys.includes(keyOf(event) ?? '')) }]
      : []),
  ]
}

const fits = ({ count: { shown, value }, least }: Told, real: number, fewest: number): boolean =>
  shown === 'EXACT' ? real === value : shown === 'FEW' ? real >= 1 && real < fewest : real >= least

const FEWEST = 3
const MOST = 9

/** All worlds of so many events. */
function worlds(events: number, kinds = EVENTS.length): number[][] {
  if (kinds === 1) return [[events]]
  return Array.from({ length: events + 1 }, (_, first) => worlds(events - first, kinds - 1).map((rest) => [first, ...rest])).flat()
}
const totalsOf = (world: World): string => `${sum(world, REQUESTS)} ${sum(world, UNMET)}`
const byTotals = new Map<string, World[]>()
for (let events = 0; events <= MOST; events++) {
  for (const world of worlds(events)) {
    const key = totalsOf(world)
    const known = byTotals.get(key)
    if (known) known.push(world)
    else byTotals.set(key, [world])
  }
}

describe('requests by what became of them, and unmet needs by reason, of which some are the same people', () => {
  test('tell nothing of each other: no hidden number of either has one value only in all worlds that fit both', {
    timeout: 120_000,
  }, () => {
    let hidden = 0
    const seen = new Set<string>()
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: EVENTS.length - 1 }), { minLength: 5, maxLength: MOST }).map((where) => ({
          world: EVENTS.map((_, index) => where.filter((one) => one === index).length),
        })),
        ({ world }) => {
          // All worlds of these totals must be among those gone through: at most none of them is counted twice.
          if (sum(world, REQUESTS) + sum(world, UNMET) > MOST || seen.has(world.join())) return
          seen.add(world.join())
          const told = [
            ...toldBy(publish(requestsIn(world), ['fate'], FEWEST), 'fate', REQUESTS, fateIn),
            ...toldBy(publish(unmetIn(world), ['reason'], FEWEST), 'reason', UNMET, ({ reason }) => reason),
          ]
          // Where there are few in all, the totals are hidden, too.
          const few = [sum(world, REQUESTS), sum(world, UNMET)].some((total) => total > 0 && total < FEWEST)
          if (few) return
          const fitting = (byTotals.get(totalsOf(world)) ?? []).filter((one) => told.every((each) => fits(each, sum(one, each.of), FEWEST)))
          expect(fitting).toContainEqual(world)
          for (const { name, count, of } of told) {
            if (count.shown === 'EXACT') continue
            hidden++
            expect(new Set(fitting.map((one) => sum(one, of))).size, `${name} of ${world}`).toBeGreaterThan(1)
          }
        },
      ),
      { numRuns: 4_000, seed: 15 },
    )
    expect(hidden).toBeGreaterThan(200)
  })
})
