import { expect, test } from 'vitest'
import { isGood, print } from './report.ts'
import { runFaults } from './run.ts'

/** A new one each time: what is found once is found again with the seed that is printed. */
const seed = () => Math.floor(Math.random() * 1_000_000)

test.each([
  ['bundled', 30],
  ['external', 4],
] as const)(
  'with the %s database, %i times killed under load, nothing is lost, doubled or orphaned',
  { timeout: 600_000 },
  async (database, cycles) => {
    const report = await runFaults({ cycles, clients: 20, seed: seed(), database, say: () => {} })
    print(report, console.log)
    expect(report.wrong).toEqual([])
    expect(report.faults).toEqual({ lost: [], doubled: [], orphaned: [], outOfOrder: [] })
    expect(report.acknowledged).toBeGreaterThan(cycles * 20)
    // Of many some ended where they were meant to, and not by chance only.
    if (cycles >= 30) expect(Object.keys(report.endings).some((name) => /^(callback|outbox|delivery)\./.test(name))).toBe(true)
    expect(isGood(report)).toBe(true)
  },
)
