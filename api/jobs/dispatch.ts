import type { Pool } from 'pg'

/** Events looked at in one transaction. */
const BATCH = 100

/**
 * Which messages events need, as a feature knows it: a SELECT of `event_id` and `channel` from `waiting` ("id", "type", "subject_id", "at"), the
 * events that are being looked at. `bind` gives a value its place in the statement.
 */
export type Route = (bind: (value: unknown) => string) => string

export type DispatchParts = {
  sql: Pool
  clock: () => Date
  routes: readonly Route[]
  reach(point: 'outbox.dispatched'): void
}

/**
 * Makes of each event that has not been looked at the messages it needs. The mark and the messages are one statement, so that an event is looked
 * at once, whichever process does. Events that need none are marked as well: a channel that is set up later does not send what is old.
 */
export async function dispatchEvents({ sql, clock, routes, reach }: DispatchParts, stop: AbortSignal): Promise<void> {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value) + 1}`
  const selects = routes.map((route) => `(${route(bind)})`)
  const made =
    selects.length === 0
      ? ''
      : `, made AS (
          INSERT INTO "delivery" ("id", "event_id", "channel", "next_at")
          SELECT gen_random_uuid(), r."event_id", r."channel", $1 FROM (${selects.join(' UNION ALL ')}) AS r ("event_id", "channel")
          ON CONFLICT ("event_id", "channel") DO NOTHING
        )`
  const text = `
        WITH waiting AS MATERIALIZED (
          SELECT "id", "type", "subject_id", "at" FROM "outbox_event" WHERE "dispatched_at" IS NULL
          ORDER BY "id" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
        )${made}
        UPDATE "outbox_event" AS e SET "dispatched_at" = $1 FROM waiting AS w WHERE e."id" = w."id"`
  for (let looked = BATCH; looked === BATCH && !stop.aborted; ) {
    looked = (await sql.query(text, [clock(), ...values])).rowCount ?? 0
    if (looked > 0) reach('outbox.dispatched')
  }
}
