import { setImmediate as turn } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { openings } from '../../desk/rules/working-time.ts'
import type { Line } from '../../directory/snapshot.ts'
import { ROUNDED_TO } from '../rules/demand.ts'
import { COUNTED, WEEK } from './counted.ts'

const MINUTE_MS = 60_000

/**
 * When lines are open, as JSON for `WAITS`: moments in minutes since the epoch, and how long a line was open before each. Working time between two
 * moments is then what was open before the one less what was open before the other: found by bisection, in the database, for each person.
 * A line that is not published has no hours, and is left out.
 */
export async function openingsOf(connection: PoolClient, lines: readonly Line[], from: number): Promise<string> {
  const { rows } = await connection.query<{ last: Date | null }>(LAST)
  const last = rows[0]?.last?.getTime() ?? from
  const all: object[] = []
  for (const line of lines) {
    // Some tens of milliseconds for years of a line: others have their turn.
    await turn()
    const starts: number[] = []
    const ends: number[] = []
    const before: number[] = []
    let sum = 0
    for (const { start, end } of openings(line, from, last)) {
      starts.push(start / MINUTE_MS)
      ends.push(end / MINUTE_MS)
      before.push(sum)
      sum += (end - start) / MINUTE_MS
    }
    all.push({ line_id: line.id, starts, ends, before })
  }
  return JSON.stringify(all)
}

/** Nobody is known to have waited for longer. */
const LAST = `
SELECT greatest((SELECT max("at") FROM "call_attempt"), (SELECT max("accepted_at") FROM "escalation"), (SELECT max("ended_at") FROM "escalation")) AS "last"`

/** So many waited so long: `minutes`, rounded; those of a need, and once more those of a week, in which `need_code` means nothing. */
export type FoundWait = { need_code: string | null; week: string | null; minutes: number; count: string; by_week: boolean }

/** Who waited from when to when, so that few rows come of many people. `$1` to `$3` as in `COUNTED`; `$4` are the openings. */
const waits = (who: string): string => `
WITH open AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($4::jsonb) AS o("line_id" uuid, "starts" float8[], "ends" float8[], "before" float8[])
), waited AS (
  SELECT "line_id", "need_code", "week", date_part('epoch', "since") / 60 AS "since", date_part('epoch', "until") / 60 AS "until" FROM (${who}) AS who
), worked AS (
  SELECT "need_code", "week", floor(greatest(0,
      coalesce("before"[there] + least("until", "ends"[there]) - "starts"[there], 0)
      - coalesce("before"[here] + least("since", "ends"[here]) - "starts"[here], 0)
    ) / ${ROUNDED_TO} + 0.5) * ${ROUNDED_TO} AS "minutes"
  FROM waited JOIN open USING ("line_id")
  CROSS JOIN LATERAL (SELECT width_bucket("since", "starts") AS here, width_bucket("until", "starts") AS there) AS found
)
SELECT "need_code", "week", "minutes", count(*) AS "count", grouping("need_code") = 1 AS "by_week"
FROM worked GROUP BY GROUPING SETS (("need_code", "minutes"), ("week", "minutes"))`

/** Until the first call. What came back from a partner after it waits for another one. */
export const CALLS = waits(`
  SELECT r."line_id", r."need_code", ${WEEK} AS "week",
    greatest(r."requested_at", r."slot_starts_at", CASE WHEN r."not_before" <= a."at" THEN r."not_before" END) AS "since", a."at" AS "until"
  FROM "callback_request" AS r
  JOIN (SELECT "request_id", min("at") AS "at" FROM "call_attempt" WHERE "at" >= $2 GROUP BY 1) AS a ON a."request_id" = r."id" WHERE ${COUNTED}`)

const ofCases = (until: string, which: string): string =>
  waits(`
  SELECT r."line_id", '' AS "need_code", '' AS "week", e."requested_at" AS "since", ${until} AS "until"
  FROM "escalation" AS e JOIN "callback_request" AS r ON r."id" = e."request_id" WHERE ${COUNTED} AND ${which}`)

/** Until a partner said whether it takes a case. */
export const ANSWERED = ofCases(`coalesce(e."accepted_at", e."ended_at")`, `(e."accepted_at" IS NOT NULL OR e."state" = 'REJECTED')`)

/** Until it had come to an outcome. */
export const COMPLETED = ofCases(`e."ended_at"`, `e."state" = 'COMPLETED'`)
