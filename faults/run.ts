import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, randomFrom } from '../bench/data/random.ts'
import { check } from './check.ts'
import { startLoad } from './client.ts'
import { type Ground, openGround } from './database.ts'
import type { Report } from './report.ts'
import { startServer, type Victim } from './server.ts'

export type Options = {
  cycles: number
  clients: number
  seed: number
  database: 'bundled' | 'external'
  say(line: string): void
}

/** Where the server ends by itself, and how often the place is passed in a cycle at most: some are on everybody's way, some are not. */
const POINTS: readonly (readonly [name: string, passages: number])[] = [
  ['callback.before-store', 150],
  ['callback.stored', 150],
  ['callback.moved', 15],
  ['callback.erased', 5],
  ['outbox.dispatched', 3],
  ['delivery.claimed', 10],
  ['delivery.sent', 10],
]
/** How long a cycle's load lasts, in milliseconds. */
const SHORTEST = 150
const LONGEST = 1_200
/** A crash point that is not reached is not waited for longer. In milliseconds. */
const PATIENCE = 2_500
/** A killed database has recovered after this time, in milliseconds. */
const RECOVERY = 60_000
/** Everything that is still to be dispatched and delivered is so after this time, in milliseconds. */
const DRAIN = 20_000

/**
 * Kills the built server under load, starts it again, and compares in the end what people were told with what is stored.
 * The people go on all the while: what they sent and got no answer to they send again, with the same key.
 */
export async function runFaults({ cycles, clients, seed, database, say }: Options): Promise<Report> {
  say(`Seed ${seed}. ${cycles} cycles, ${clients} clients, ${database} database.`)
  const random = randomFrom(seed)
  const began = performance.now()
  const ground = await openGround(database)
  try {
    const port = await freePort()
    const env = { ...ground.env, PORT: String(port) }
    const load = startLoad(port, clients, randomFrom(seed + 1))
    const endings: Record<string, number> = {}
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const [point, passages] = random.pick(POINTS)
      const planned = random.chance(0.5) ? `${point}:${random.between(1, passages)}` : null
      if (database === 'external') await awaken(ground)
      const server = await startServer(planned ? { ...env, CRASH_AT: planned } : env)
      const ending = await endOf({ server, planned, random, ground, database })
      endings[ending] = (endings[ending] ?? 0) + 1
      if (cycle % 10 === 0) say(`${cycle} cycles, ${load.answers.receipt} acknowledged, ${load.wrong.length} unexpected answers`)
    }
    if (database === 'external') await awaken(ground)
    const last = await startServer(env)
    await sleep(SHORTEST)
    await load.stop()
    await drain(ground)
    const faults = await check(load.sent, ground)
    last.kill()
    await last.ended
    return {
      seed,
      cycles,
      clients,
      database,
      endings,
      requests: load.sent.length,
      acknowledged: load.answers.receipt,
      answers: load.answers,
      wrong: load.wrong,
      faults,
      took: (performance.now() - began) / 1_000,
    }
  } finally {
    await ground.stop('SIGKILL')
    await ground.remove()
  }
}

type Cycle = { server: Victim; planned: string | null; random: Random; ground: Ground; database: Options['database'] }

/** Lets the load run and ends the server, or the database under it. @returns how it ended, for the report */
async function endOf({ server, planned, random, ground, database }: Cycle): Promise<string> {
  const at = random.between(SHORTEST, LONGEST)
  // An operator restarts the database, or it crashes: the server goes on, and people are told to come back.
  const restart = database === 'external' && random.chance(0.5) ? random.pick(['SIGINT', 'SIGKILL'] as const) : null
  await sleep(at / 2)
  if (restart) await ground.stop(restart)
  const byItself = server.ended.then(() => true)
  const ended = await Promise.race([byItself, sleep(planned ? PATIENCE : at, false)])
  if (!ended) server.kill()
  // The bundled database dies at the same moment, with what it had in memory only.
  if (database === 'bundled' && random.chance(0.7)) await ground.stop('SIGKILL')
  await server.ended
  const name = ended && planned ? (planned.split(':')[0] ?? '') : 'by chance'
  return restart ? `${name} after a restart of the database` : name
}

/** Waits until a database that was restarted is there: the server ends when it finds none as it starts, and its operator starts it later. */
async function awaken(ground: Ground): Promise<void> {
  const end = performance.now() + RECOVERY
  while (
    !(await ground.rows('SELECT 1').then(
      () => true,
      () => false,
    ))
  ) {
    if (performance.now() > end) throw new Error('the database did not come back')
    await sleep(100)
  }
}

/** Waits until every event has become what it becomes. */
async function drain(ground: Ground): Promise<void> {
  const end = performance.now() + DRAIN
  while (performance.now() < end) {
    const [row] = await ground.rows<{ waiting: string }>(
      `SELECT (SELECT count(*) FROM "outbox_event" WHERE "dispatched_at" IS NULL)
        + (SELECT count(*) FROM "delivery" WHERE "state" = 'PENDING' AND "attempts" = 0) AS waiting`,
    )
    if (row?.waiting === '0') return
    await sleep(200)
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
