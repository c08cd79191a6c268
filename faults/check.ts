import { blindIndex, type Keys } from '../api/sealing/seal.ts'
import type { Sent } from './client.ts'
import type { Ground } from './database.ts'

/** Everything that should be zero. */
export type Faults = {
  /** Acknowledged, and not there; or withdrawn, erased, and still there. */
  lost: string[]
  /** A key with several rows, a place in a slot counted twice, a phone in the queue twice. */
  doubled: string[]
  /** A row without its event or audit row, or the reverse; a request that nobody sent; one that adds to nothing. */
  orphaned: string[]
  /** Asked later, and before somebody who was acknowledged earlier. */
  outOfOrder: string[]
}

type Row = {
  id: string
  position: string
  reference: string | null
  status: string
  key: string | null
  call_from: Date
  slot: Date | null
  put_off: boolean
  erased: boolean
}

const REQUESTS = `SELECT "id", "position", "reference", "status", "idempotency_index" AS key, "call_from", "slot_starts_at" AS slot,
  "not_before" IS NOT NULL AS put_off, "erased_at" IS NOT NULL AS erased FROM "callback_request"`

/** Rows that lack something, each as one line. */
const BROKEN = {
  doubled: [
    `SELECT 'a place counted wrong: ' || coalesce(s."starts_at"::text, r.starts_at::text) AS line FROM
       (SELECT "line_id", "starts_at", "taken" FROM "callback_slot" WHERE "taken" > 0) s FULL JOIN
       (SELECT "line_id", "slot_starts_at" AS starts_at, count(*) AS taken FROM "callback_request"
        WHERE "slot_starts_at" IS NOT NULL AND "status" IN ('NEW', 'CLAIMED', 'REACHED') GROUP BY 1, 2) r
       ON s."line_id" = r."line_id" AND s."starts_at" = r.starts_at WHERE s."taken" IS DISTINCT FROM r.taken`,
    `SELECT 'two in the queue: ' || min("id"::text) AS line FROM "callback_request"
       WHERE "repeat_of_id" IS NULL AND "status" IN ('NEW', 'CLAIMED', 'REACHED') GROUP BY "phone_index", "line_id" HAVING count(*) > 1`,
    `SELECT 'two deliveries: ' || "event_id" AS line FROM "delivery" GROUP BY "event_id", "channel" HAVING count(*) > 1`,
  ],
  orphaned: [
    `SELECT 'without its event: ' || r."id" AS line FROM "callback_request" r LEFT JOIN "outbox_event" e
       ON e."subject_id" = r."id" AND e."type" = 'callback.requested' GROUP BY r."id" HAVING count(e."id") <> 1`,
    `SELECT 'without its audit row: ' || r."id" AS line FROM "callback_request" r LEFT JOIN "audit_event" a
       ON a."subject_id" = r."id" AND a."action" = 'callback.requested' GROUP BY r."id" HAVING count(a."id") <> 1`,
    `SELECT 'an event of nothing: ' || e."id" AS line FROM "outbox_event" e LEFT JOIN "callback_request" r ON r."id" = e."subject_id"
       WHERE r."id" IS NULL`,
    `SELECT 'events are not audit rows: ' || coalesce(e.subject, a.subject) || ' ' || coalesce(e.what, a.what) AS line FROM
       (SELECT "subject_id"::text AS subject, "type" AS what, count(*) AS n FROM "outbox_event" WHERE "type" LIKE 'callback.%' GROUP BY 1, 2) e FULL JOIN
       (SELECT "subject_id"::text AS subject, "action" AS what, count(*) AS n FROM "audit_event" WHERE "action" LIKE 'callback.%' GROUP BY 1, 2) a
       ON e.subject = a.subject AND e.what = a.what WHERE e.n IS DISTINCT FROM a.n`,
    `SELECT 'cancelled without saying so: ' || r."id" AS line FROM "callback_request" r WHERE r."status" = 'CANCELLED' AND NOT EXISTS
       (SELECT FROM "outbox_event" e WHERE e."subject_id" = r."id" AND e."type" IN ('callback.cancelled', 'callback.erased'))`,
    `SELECT 'adds to what is over: ' || r."id" AS line FROM "callback_request" r JOIN "callback_request" f ON f."id" = r."repeat_of_id"
       WHERE r."status" IN ('NEW', 'CLAIMED', 'REACHED') AND f."status" NOT IN ('NEW', 'CLAIMED', 'REACHED')`,
    `SELECT 'adds to one that adds: ' || r."id" AS line FROM "callback_request" r JOIN "callback_request" f ON f."id" = r."repeat_of_id"
       WHERE f."repeat_of_id" IS NOT NULL AND r."status" IN ('NEW', 'CLAIMED', 'REACHED')`,
    `SELECT 'erased, and something is left: ' || "id" AS line FROM "callback_request" WHERE "erased_at" IS NOT NULL AND coalesce("reference",
       "phone_sealed", "phone_index", "name_sealed", "email_sealed", "message_sealed", "safe_note_sealed", "idempotency_index",
       "input_digest") IS NOT NULL`,
  ],
}

/** Compares what people were told with what is stored. */
export async function check(sent: readonly Sent[], ground: Ground): Promise<Faults> {
  const rows = await ground.rows<Row>(REQUESTS)
  const keys = await ground.keys()
  const broken = async (queries: readonly string[]) => {
    const found: string[] = []
    for (const query of queries) found.push(...(await ground.rows<{ line: string }>(query)).map(({ line }) => line))
    return found
  }
  return {
    lost: lostOf(sent, rows),
    doubled: [...doubledOf(rows), ...(await broken(BROKEN.doubled))],
    orphaned: [...strangersOf(sent, rows, keys), ...(await broken(BROKEN.orphaned))],
    outOfOrder: outOfOrderOf(sent, rows),
  }
}

function lostOf(sent: readonly Sent[], rows: readonly Row[]): string[] {
  const stored = new Map(rows.map((row) => [row.reference, row]))
  const lost = sent.flatMap(({ key, reference, cancelled, erased }) => {
    if (reference === null) return []
    const row = stored.get(reference)
    if (!row) return erased === 'no' ? [`acknowledged and not there: ${key}`] : []
    if (erased === 'yes') return [`erased and still there: ${key}`]
    if (cancelled === 'yes' && row.status !== 'CANCELLED') return [`withdrawn and still open: ${key}`]
    if (cancelled === 'no' && row.status !== 'NEW') return [`nobody withdrew it: ${key}`]
    return []
  })
  const erased = rows.filter((row) => row.erased).length
  const wished = sent.filter((one) => one.erased === 'yes').length
  return erased < wished ? [...lost, `${wished} were erased, ${erased} rows are`] : lost
}

function doubledOf(rows: readonly Row[]): string[] {
  const seen = new Set<string>()
  return rows.flatMap(({ key }) => {
    if (key === null) return []
    const doubled = seen.has(key)
    seen.add(key)
    return doubled ? [`two rows of one key: ${key}`] : []
  })
}

function strangersOf(sent: readonly Sent[], rows: readonly Row[], keys: Keys): string[] {
  const known = new Set(sent.map(({ key }) => blindIndex(keys, 'callback.key', key)))
  return rows.flatMap(({ key, id }) => (key !== null && !known.has(key) ? [`nobody sent it: ${id}`] : []))
}

/** Whoever was acknowledged before another one even asked is before her: by number, and among those for "as soon as possible" in the queue. */
function outOfOrderOf(sent: readonly Sent[], rows: readonly Row[]): string[] {
  const stored = new Map(rows.map((row) => [row.reference, row]))
  const all = sent.flatMap(({ sentAt, ackedAt, reference, moved, key }) => {
    const row = reference === null ? undefined : stored.get(reference)
    return row && ackedAt !== null ? [{ sentAt, ackedAt, key, moved, row, position: Number(row.position) }] : []
  })
  // A phone that was asked for too often today waits until tomorrow, behind all others.
  const waiting = all.filter(({ row, moved }) => row.slot === null && !row.put_off && moved === 'no')
  const inQueue = new Map(
    [...waiting].sort((a, b) => +a.row.call_from - +b.row.call_from || a.position - b.position).map(({ key }, index) => [key, index]),
  )
  return [
    ...behind(all.map((one) => ({ ...one, place: one.position }))),
    ...behind(waiting.map((one) => ({ ...one, place: inQueue.get(one.key) ?? 0 }))),
  ]
}

function behind(all: readonly { sentAt: number; ackedAt: number; key: string; place: number }[]): string[] {
  const asked = [...all].sort((a, b) => a.sentAt - b.sentAt)
  const answered = [...all].sort((a, b) => a.ackedAt - b.ackedAt)
  let furthest = -1
  let next = 0
  return asked.flatMap(({ sentAt, place, key }) => {
    for (let one = answered[next]; one && one.ackedAt < sentAt; one = answered[++next]) furthest = Math.max(furthest, one.place)
    return place < furthest ? [`before somebody who was there first: ${key}`] : []
  })
}
