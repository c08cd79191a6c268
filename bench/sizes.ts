import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { answerTo } from './compare.ts'
import type { BenchDatabase } from './data/database.ts'
import type { BenchProcess } from './processes/spawn.ts'
import { type Folders, startApi } from './peers.ts'
import { median } from './measure.ts'
import { plainAsk } from './queries.ts'

/** How this API bears a directory of some size. Times in milliseconds, memory in bytes. */
export type SizeFigures = {
  services: number
  /** From the start of the process to the first answer. */
  start: number
  /** Resident memory, just started; and the most there ever was, swaps and load included. */
  memory: number
  mostMemory: number
  /** From the commit of a change until the new answer shows. */
  swap: number
  /** While it swaps: the longest the event loop did not turn, and the longest anybody waited for an answer. */
  block: number
  longestWait: number
}

type Started = { api: BenchProcess } & Pick<SizeFigures, 'start' | 'memory' | 'mostMemory'>

/** Starts this API on a database and times it. */
export async function startTimed(folders: Folders, database: BenchDatabase): Promise<Started> {
  const began = performance.now()
  const api = await startApi(folders, database)
  await answerTo(api.url, 'list', plainAsk('list', database))
  const start = performance.now() - began
  const { memory, mostMemory } = await api.usage()
  return { api, start, memory, mostMemory }
}

/** Once a change has not shown for so long, in milliseconds, it never will. */
const PATIENCE = 120_000

/**
 * Changes a name by SQL, as an editor's transaction would, and asks for it again and again until the new one shows.
 * @param times how often; the figures are medians, the longest wait and block are those of the worst
 */
export async function timeSwaps(
  api: BenchProcess,
  database: BenchDatabase,
  times: number,
): Promise<Pick<SizeFigures, 'swap' | 'block' | 'longestWait'>> {
  const swaps: number[] = []
  const blocks: number[] = []
  let longestWait = 0
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    for (let time = 1; time <= times; time++) {
      const ask = plainAsk('slug', database)
      const name = `Changed ${time}`
      await api.watch()
      await client.query('UPDATE service_translation t SET name = $1 FROM service s WHERE s.id = t.service_id AND s.slug = $2', [
        name,
        ask.variables.slug,
      ])
      const changed = performance.now()
      for (;;) {
        const asked = performance.now()
        const shown = (await answerTo(api.url, 'slug', ask)).includes(name)
        longestWait = Math.max(longestWait, performance.now() - asked)
        if (shown) break
        if (asked - changed > PATIENCE) throw new Error('A change of the content does not show.')
        await sleep(2)
      }
      swaps.push(performance.now() - changed)
      blocks.push((await api.usage()).block)
      // Whatever follows a swap, such as polling, is over before the next.
      await sleep(500)
    }
  } finally {
    await client.end()
  }
  return { swap: median(swaps), block: Math.max(...blocks), longestWait }
}
