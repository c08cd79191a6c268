import type { Pool } from 'pg'
import type { PrismaClient } from '../db/generated/client.ts'
import type { Job } from '../jobs/runner.ts'
import { inTransaction } from './actions/change.ts'
import { eraseRequest } from './actions/erase.ts'
import { daysAgo, dueForErasure, type Retention } from './rules/retention.ts'

/** Requests looked up at once, and rows of bookkeeping cleared by one statement. */
const BATCH = 200

/** Before every UUID. */
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Events and messages that were sent are kept for so many days, to answer "was I told?" and for the checks of the fault harness. */
export const EVENT_DAYS = 90

/** The places of a slot are forgotten a day after it has ended. */
const SLOT_DAYS = 1

/** How often it is looked whether something is to go, in milliseconds. */
const EVERY_MS = 600_000

/** Keeping nothing too long. */
export const callbackJobs = ({
  db,
  sql,
  clock,
  retention,
}: {
  db: PrismaClient
  sql: Pool
  clock: () => Date
  retention: Retention
}): Job[] => [
  { name: 'callback.erase', everyMs: EVERY_MS, run: (stop) => eraseExpired({ db, now: clock(), retention, stop }) },
  { name: 'callback.clear', everyMs: EVERY_MS, run: (stop) => clearSpent({ sql, now: clock(), stop }) },
]

/**
 * Erases what people left with requests that ended long enough ago; what remains counts, and leads to nobody. Each in a transaction of its
 * own, so that one that fails holds up no other; several processes may do so at once.
 * @returns how many were erased
 * @throws the first failure, once all others are done
 */
export async function eraseExpired(parts: { db: PrismaClient; now: Date; retention: Retention; stop?: AbortSignal }): Promise<number> {
  const { db, now, retention, stop } = parts
  const failures: unknown[] = []
  let erased = 0
  for (const { statuses, escalated, endedBy } of dueForErasure(now, retention)) {
    for (let after = NO_ID; !stop?.aborted; ) {
      const escalations = escalated ? { some: {} } : { none: {} }
      const where = { erasedAt: null, status: { in: [...statuses] }, closedAt: { lte: endedBy }, id: { gt: after }, escalations }
      const rows = await db.callbackRequest.findMany({ where, orderBy: { id: 'asc' }, take: BATCH, select: { id: true } })
      for (const { id } of rows) {
        if (stop?.aborted) break
        try {
          if (await inTransaction(db, (tx) => eraseRequest(tx, id, now, 'system'))) erased++
        } catch (error) {
          failures.push(error)
        }
      }
      after = rows.at(-1)?.id ?? after
      if (rows.length < BATCH) break
    }
  }
  if (failures.length > 0) throw failures[0]
  return erased
}

/**
 * Clears what is of no more use: proofs of work that have expired, places of slots that are over, counters whose window has passed, and events
 * whose messages were sent or called off long ago, with those messages. A message that could not be sent stays until somebody has looked.
 * @returns how many rows went
 */
export async function clearSpent({ sql, now, stop }: { sql: Pool; now: Date; stop?: AbortSignal }): Promise<number> {
  let cleared = 0
  for (const { table, key, where, before } of spentBy(now)) {
    const statement = `DELETE FROM "${table}" WHERE (${key}) IN (SELECT ${key} FROM "${table}" WHERE ${where} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`
    for (let count = BATCH; count === BATCH && !stop?.aborted; cleared += count) {
      count = (await sql.query(statement, [before])).rowCount ?? 0
    }
  }
  return cleared
}

const spentBy = (now: Date) => [
  { table: 'used_challenge', key: '"id"', where: '"expires_at" < $1', before: now },
  { table: 'callback_slot', key: '"line_id", "starts_at"', where: '"ends_at" < $1', before: daysAgo(now, SLOT_DAYS) },
  { table: 'rate_limit', key: '"key"', where: '"expire" < $1', before: now },
  {
    table: 'outbox_event',
    key: '"id"',
    // Deliveries and their attempts go with the event.
    where: `"dispatched_at" < $1 AND NOT EXISTS (
      SELECT FROM "delivery" WHERE "event_id" = "outbox_event"."id" AND ("state" IN ('PENDING', 'DEAD') OR "done_at" >= $1))`,
    before: daysAgo(now, EVENT_DAYS),
  },
]
