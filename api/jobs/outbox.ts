import type { Pool } from 'pg'
import type { Channel, DeliveryState } from '../db/generated/enums.ts'
import { delayAfter, MOST_ATTEMPTS } from './retry.ts'

/** One message that is to be sent now, by us alone. */
export type Claimed = {
  /** The same at every attempt: by it a receiver knows a message that comes twice. */
  id: string
  /** Which attempt this is, from 1. */
  attempt: number
  event: { id: bigint; type: string; subjectId: string }
}

/**
 * How an attempt ended. `code` is stored: small letters, digits and underscores, never a message, which may quote an address.
 * - DELIVERED: the receiver took it;
 * - PENDING: to be tried again, not before `askedMs` milliseconds if the receiver said so;
 * - DEAD: refused for good;
 * - CANCELLED: there is nothing left to say.
 */
export type Outcome = { state: DeliveryState; code: string; askedMs?: number }

export type DeliveryParts = {
  sql: Pool
  clock: () => Date
  channel: Channel
  /**
   * Sends one message. It throws when `signal` ended it; what else it throws is a failure of ours (the database is away, say), and another
   * attempt begins once the lease is over.
   */
  send(claimed: Claimed, signal: AbortSignal): Promise<Outcome>
  reach(point: 'delivery.claimed' | 'delivery.sent'): void
  /** A condition on a row of "delivery" (`$2` is now): where it does not hold, the message waits, and no attempt is counted. */
  ready?: string
  /** How long one attempt may take, in milliseconds. */
  timeLimitMs?: number
  /** From 0 to 1, for the jitter. */
  chance?: () => number
}

export const TIME_LIMIT_MS = 15_000
/**
 * For how long a message is ours, in milliseconds: four attempts' time, so that clocks that differ by less than three quarters of a minute
 * do no harm.
 */
const LEASE_MS = 60_000
/** How long an attempt may go on once the process stops, in milliseconds. */
const GRACE_MS = 3_000

/**
 * Sends what is due on one channel, one after the other. Each message is claimed with a lease and sent outside any transaction, so that
 * several processes, and several jobs of one, share the work, and a process that dies leaves its messages to the others. One that dies
 * between sending and noting it has sent what another sends again: a message is never lost, and bears the same id both times.
 */
export async function deliverDue(parts: DeliveryParts, stop: AbortSignal): Promise<void> {
  while (!stop.aborted && (await deliverNext(parts, stop)));
}

/** @returns whether there was one */
async function deliverNext(parts: DeliveryParts, stop: AbortSignal): Promise<boolean> {
  const { sql, clock, channel, reach, ready, chance = Math.random } = parts
  const lease = new Date(clock().getTime() + LEASE_MS)
  const claimed = await claim(sql, { channel, now: clock(), lease, ready })
  if (!claimed) return false
  reach('delivery.claimed')
  const at = clock()
  const began = performance.now()
  const { state, code, askedMs } = await attempt(parts, claimed, stop)
  reach('delivery.sent')
  const milliseconds = Math.round(performance.now() - began)
  const delay = state === 'PENDING' ? delayAfter(claimed.attempt, chance(), askedMs) : null
  await finish(sql, {
    claimed,
    lease,
    at,
    now: clock(),
    milliseconds,
    code,
    state: state === 'PENDING' && delay === null ? 'DEAD' : state,
    nextAt: delay === null ? null : new Date(clock().getTime() + delay),
  })
  return true
}

async function attempt({ send, timeLimitMs = TIME_LIMIT_MS }: DeliveryParts, claimed: Claimed, stop: AbortSignal): Promise<Outcome> {
  // Whoever had it last died of it, or with it.
  if (claimed.attempt > MOST_ATTEMPTS) return { state: 'DEAD', code: 'given_up' }
  const ending = new AbortController()
  const timers = [setTimeout(() => ending.abort('timeout'), timeLimitMs)]
  const leave = () => timers.push(setTimeout(() => ending.abort('stopped'), GRACE_MS))
  stop.addEventListener('abort', leave, { once: true })
  if (stop.aborted) leave()
  try {
    return await send(claimed, ending.signal)
  } catch (error) {
    if (!ending.signal.aborted) throw error
    return { state: 'PENDING', code: String(ending.signal.reason) }
  } finally {
    stop.removeEventListener('abort', leave)
    for (const timer of timers) clearTimeout(timer)
  }
}

/**
 * The next message that is due becomes ours. The attempt counts from here on: a message that kills who sends it is not tried for ever. One
 * whose lease is over was lost with its process, and that is noted.
 */
async function claim(
  sql: Pool,
  { channel, now, lease, ready }: { channel: Channel; now: Date; lease: Date; ready: string | undefined },
): Promise<Claimed | null> {
  const { rows } = await sql.query<{ id: string; attempts: number; event_id: string; type: string; subject_id: string }>({
    name: ready === undefined ? 'delivery_claim' : `delivery_claim_${channel}`,
    text: `
      WITH due AS MATERIALIZED (
        SELECT "id", "leased_until" FROM "delivery"
        WHERE "state" = 'PENDING' AND "channel" = $1::"Channel" AND "next_at" <= $2 AND ("leased_until" IS NULL OR "leased_until" <= $2)
          ${ready === undefined ? '' : `AND (${ready})`}
        ORDER BY "next_at", "event_id" LIMIT 1 FOR UPDATE SKIP LOCKED
      ), lost AS (
        INSERT INTO "delivery_attempt" ("delivery_id", "at", "code", "milliseconds")
        SELECT "id", $2, 'lost', 0 FROM due WHERE "leased_until" IS NOT NULL
      )
      UPDATE "delivery" AS d SET "attempts" = d."attempts" + 1, "leased_until" = $3
      FROM due, "outbox_event" AS e WHERE d."id" = due."id" AND e."id" = d."event_id"
      RETURNING d."id", d."attempts", d."event_id", e."type", e."subject_id"`,
    values: [channel, now, lease],
  })
  const [row] = rows
  if (!row) return null
  return { id: row.id, attempt: row.attempts, event: { id: BigInt(row.event_id), type: row.type, subjectId: row.subject_id } }
}

type Finish = {
  claimed: Claimed
  lease: Date
  /** When the attempt began. */
  at: Date
  now: Date
  milliseconds: number
  code: string
  state: DeliveryState
  nextAt: Date | null
}

/**
 * Notes an attempt, always, and what follows from it, unless the message was cancelled meanwhile or somebody else has it since. A dead one
 * is told to those who look after the request, by an event and in the audit trail.
 */
async function finish(sql: Pool, { claimed, lease, at, now, milliseconds, code, state, nextAt }: Finish): Promise<void> {
  await sql.query({
    name: 'delivery_finish',
    text: `
      WITH attempt AS (
        INSERT INTO "delivery_attempt" ("delivery_id", "at", "code", "milliseconds")
        SELECT "id", $3, $4, $5 FROM "delivery" WHERE "id" = $1::uuid
      ), done AS (
        UPDATE "delivery" SET "state" = $6::"DeliveryState", "leased_until" = NULL, "next_at" = coalesce($7, "next_at"),
          "done_at" = CASE WHEN $6::text = 'PENDING' THEN NULL ELSE $8::timestamptz END
        WHERE "id" = $1::uuid AND "state" = 'PENDING' AND "leased_until" = $2
        RETURNING "event_id"
      ), dead AS (
        SELECT e."subject_id" FROM done JOIN "outbox_event" AS e ON e."id" = done."event_id" WHERE $6::text = 'DEAD'
      ), event AS (
        INSERT INTO "outbox_event" ("type", "subject_id", "at") SELECT 'delivery.dead', "subject_id", $8 FROM dead
      )
      INSERT INTO "audit_event" ("at", "actor", "action", "subject_id") SELECT $8, 'system', 'delivery.dead', "subject_id" FROM dead`,
    values: [claimed.id, lease, at, code, milliseconds, state, nextAt, now],
  })
}
