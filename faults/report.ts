import type { Faults } from './check.ts'

/** What a run found. */
export type Report = {
  seed: number
  cycles: number
  clients: number
  database: 'bundled' | 'external'
  /** How each cycle ended, counted: by name of the crash point, by chance, or with the database. */
  endings: Record<string, number>
  requests: number
  acknowledged: number
  answers: Record<string, number>
  /** Answers that should not be. */
  wrong: readonly string[]
  faults: Faults
  /** Of all cycles together, in seconds. */
  took: number
}

export const isGood = ({ wrong, faults, acknowledged }: Report): boolean =>
  acknowledged > 0 && wrong.length === 0 && Object.values(faults).every((lines) => lines.length === 0)

/** Writes a report for a person. */
export function print(report: Report, say: (line: string) => void): void {
  const { seed, cycles, clients, database, endings, requests, acknowledged, answers, wrong, faults, took } = report
  const counted = (all: Record<string, number>) =>
    Object.entries(all)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  say(`
Seed ${seed}: ${cycles} cycles in ${Math.round(took)} s, ${clients} clients, ${database} database
  ended       ${counted(endings)}
  sent        ${requests} requests, ${acknowledged} acknowledged
  answers     ${counted(answers)}
  lost        ${faults.lost.length}
  doubled     ${faults.doubled.length}
  orphaned    ${faults.orphaned.length}
  order       ${faults.outOfOrder.length} out of order
  unexpected  ${wrong.length} answers`)
  for (const line of [...Object.values(faults).flatMap((lines) => lines.slice(0, 10)), ...wrong.slice(0, 10)]) say(`    ${line}`)
}
