import type { Pool } from 'pg'
import { NOTICE_EVENTS, type NoticeChannel, ONE_WAY } from '../rules/notice.ts'

/** Events looked at in one transaction. */
const BATCH = 100

export type DispatchParts = {
  sql: Pool
  clock: () => Date
  /** The ways by which this server can send. */
  channels: readonly NoticeChannel[]
  reach(point: 'outbox.dispatched'): void
}

/**
 * Makes of each event that has not been looked at the messages it needs: by e-mail to who left an address, by text message to who said that
 * she may get some. Whether her number is a mobile one is sealed, and seen when the message goes. The mark and the messages are one
 * statement, so that an event is looked at once, whichever process does. Events that need none are marked as well: a channel that is set up
 * later does not send what is old.
 */
export async function dispatchEvents({ sql, clock, channels, reach }: DispatchParts, stop: AbortSignal): Promise<void> {
  for (let looked = BATCH; looked === BATCH && !stop.aborted; ) {
    const { rowCount } = await sql.query({
      name: 'outbox_dispatch',
      text: `
        WITH waiting AS MATERIALIZED (
          SELECT "id", "type", "subject_id" FROM "outbox_event" WHERE "dispatched_at" IS NULL
          ORDER BY "id" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
        ), made AS (
          INSERT INTO "delivery" ("id", "event_id", "channel", "next_at")
          SELECT gen_random_uuid(), w."id", c."channel", $1
          FROM waiting AS w JOIN "callback_request" AS r ON r."id" = w."subject_id" CROSS JOIN unnest($2::"Channel"[]) AS c("channel")
          WHERE w."type" = ANY ($3::text[])
            AND (w."type" <> ALL ($4::text[]) OR (w."type", c."channel"::text) IN (SELECT * FROM unnest($4::text[], $5::text[])))
            AND CASE c."channel" WHEN 'EMAIL' THEN r."email_sealed" IS NOT NULL WHEN 'SMS' THEN r."safe_sms" AND r."phone_sealed" IS NOT NULL END
          ON CONFLICT ("event_id", "channel") DO NOTHING
        )
        UPDATE "outbox_event" AS e SET "dispatched_at" = $1 FROM waiting AS w WHERE e."id" = w."id"`,
      values: [clock(), channels, NOTICE_EVENTS, ONE_WAY.map(([event]) => event), ONE_WAY.map(([, channel]) => channel)],
    })
    looked = rowCount ?? 0
    if (looked > 0) reach('outbox.dispatched')
  }
}
