import type { Pool } from 'pg'
import { Gauge, type Registry } from 'prom-client'
import type { PrismaClient } from '../db/generated/client.ts'
import { queueNumbers } from '../desk/actions/numbers.ts'
import type { Snapshot } from '../directory/snapshot.ts'

/** What is not counted as it happens, but read when somebody asks. */
export type Gauges = {
  register(registers: Registry[]): void
  /** Reads all anew; what comes from the database is left out while that does not answer. */
  read(): Promise<void>
}

export type GaugeParts = {
  db: PrismaClient
  sql: Pool
  clock: () => Date
  directory: { current(): Snapshot; age(): number }
  live: { watching(): number }
}

/** Somebody who asks all the time makes the database count no more often than this, in milliseconds. */
const FRESH_MS = 1_000

/** What waits in the database. Each count uses an index of what is not yet done, or a table that is kept short. */
const WAITING = `SELECT
  (SELECT count(*)::int FROM "outbox_event" WHERE "dispatched_at" IS NULL) AS "events",
  (SELECT count(*)::int FROM "delivery" WHERE "state" = 'PENDING') AS "pending",
  (SELECT count(*)::int FROM "delivery" WHERE "state" = 'DEAD') AS "dead",
  (SELECT count(*)::int FROM "audit_event" WHERE "link" IS NULL) AS "unchained"`
type Waiting = { events: number; pending: number; dead: number; unchained: number }

export function openGauges({ db, sql, clock, directory, live }: GaugeParts): Gauges {
  let read = Number.NEGATIVE_INFINITY
  let gauges: ReturnType<typeof make>

  let reading: Promise<void> | undefined
  /** Two who ask at once are told the same. */
  function readDatabase(): Promise<void> {
    if (performance.now() - read >= FRESH_MS) {
      read = performance.now()
      reading = readOnce()
    }
    return reading ?? Promise.resolve()
  }

  async function readOnce(): Promise<void> {
    forget()
    try {
      const current = directory.current()
      const lines = [...current.linesById.values()]
      // A line that takes no more requests counts as long as somebody waits for it.
      const calling = new Set(lines.flatMap(({ slug, acceptsCallbacks }) => (acceptsCallbacks ? [slug] : [])))
      const queues = (await queueNumbers({ db, sql, directory: current }, lines, clock())).filter(
        ({ line, waiting }) => waiting > 0 || calling.has(line.slug),
      )
      const { rows } = await sql.query<Waiting>(WAITING)
      const { events, pending, dead, unchained } = rows[0] as Waiting
      for (const { line, waiting, due, overdue } of queues) {
        for (const [state, count] of Object.entries({ waiting, due, overdue })) gauges.queue.set({ line: line.slug, state }, count)
      }
      gauges.outbox.set({ stage: 'event' }, events)
      gauges.outbox.set({ stage: 'delivery' }, pending)
      gauges.dead.set(dead)
      gauges.unchained.set(unchained)
      gauges.database.set(1)
    } catch {
      forget()
      gauges.database.set(0)
    }
  }

  /** A number that is not known is not told, rather than as nought. */
  function forget(): void {
    gauges.queue.reset()
    gauges.outbox.reset()
    gauges.dead.remove()
    gauges.unchained.remove()
  }

  return {
    register(registers) {
      gauges = make(registers)
    },
    async read() {
      await readDatabase()
      gauges.age.set(directory.age() / 1_000)
      gauges.streams.set(live.watching())
      gauges.pool.set({ state: 'in_use' }, sql.totalCount - sql.idleCount)
      gauges.pool.set({ state: 'idle' }, sql.idleCount)
      gauges.pool.set({ state: 'waiting' }, sql.waitingCount)
    },
  }
}

const make = (registers: Registry[]) => ({
  queue: new Gauge({
    name: 'passerelle_queue_requests',
    help: 'Open requests to be called back that nobody is at, by line: all that wait, those that may be called now, those that are late.',
    labelNames: ['line', 'state'],
    registers,
  }),
  outbox: new Gauge({
    name: 'passerelle_outbox_waiting',
    help: 'Events not yet dispatched, and deliveries not yet made.',
    labelNames: ['stage'],
    registers,
  }),
  dead: new Gauge({ name: 'passerelle_deliveries_dead', help: 'Messages given up: somebody is to look.', registers }),
  unchained: new Gauge({ name: 'passerelle_audit_rows_unchained', help: 'Rows of the audit trail not yet in the chain.', registers }),
  database: new Gauge({ name: 'passerelle_database_up', help: '1 while the database answers, else 0.', registers }),
  age: new Gauge({ name: 'passerelle_content_age_seconds', help: 'How long ago the database confirmed the directory.', registers }),
  streams: new Gauge({ name: 'passerelle_streams_open', help: 'Live queues being watched.', registers }),
  pool: new Gauge({
    name: 'passerelle_database_connections',
    help: 'Connections of the pool in use and idle, and how many wait for one.',
    labelNames: ['state'],
    registers,
  }),
})
