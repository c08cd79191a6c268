import type { Pool } from 'pg'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { OpenRequest } from '../rules/live.ts'
import { type About, urgencyOf } from '../rules/queue.ts'
import { dueBy, type Targets, targetKey, targetOf, type Waiting } from '../rules/targets.ts'

const DAY_MS = 86_400_000

/**
 * A word for each line's requests, another one after any change to one that is open or was changed today, and to its targets. Made of the
 * numbers of the transactions that wrote the rows: times would miss one that began early and ended late.
 */
export async function readVersions(sql: Pool, lineIds: readonly string[], now: Date): Promise<ReadonlyMap<string, string>> {
  const today = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS)
  const { rows } = await sql.query<{ id: string; version: string }>({
    name: 'queue_versions',
    text: `SELECT "line_id" AS "id", count(*) || '.' || sum("version") AS "version" FROM (
        SELECT "line_id", "xmin"::text::bigint AS "version" FROM "callback_request"
        WHERE "line_id" = ANY ($1::uuid[]) AND "status" IN ('NEW', 'CLAIMED', 'REACHED')
        UNION ALL SELECT "line_id", "xmin"::text::bigint FROM "callback_request"
        WHERE "line_id" = ANY ($1::uuid[]) AND "status" NOT IN ('NEW', 'CLAIMED', 'REACHED') AND "changed_at" >= $2
        UNION ALL SELECT "line_id", "xmin"::text::bigint FROM "line_target" WHERE "line_id" = ANY ($1::uuid[])
      ) AS "rows" GROUP BY "line_id"`,
    values: [lineIds, today],
  })
  const versions = new Map(rows.map(({ id, version }) => [id, version]))
  return new Map(lineIds.map((id) => [id, `${today.getTime()} ${versions.get(id) ?? ''}`]))
}

type Row = Omit<OpenRequest, 'dueAt'> & Omit<Waiting, 'attempts'> & About & { lineId: string; attempts: Waiting['attempts'] | null }

/** The open requests of some lines, with what the numbers of the queue need; a line without any has an empty list. */
export async function readOpen(
  sql: Pool,
  directory: Snapshot,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenRequest[]>> {
  const open = new Map(lineIds.map((id): [string, OpenRequest[]] => [id, []]))
  if (lineIds.length === 0) return open
  const targets = await readTargets(sql, lineIds)
  const { rows } = await sql.query<Row>({
    name: 'queue_open',
    text: `SELECT "line_id" AS "lineId", "status", "call_from" AS "callFrom", "claimed_by_id" AS "claimedById",
        "claimed_until" AS "claimedUntil", "requested_at" AS "requestedAt", "slot_starts_at" AS "slotStartsAt",
        "not_before" AS "notBefore", "closed_at" AS "closedAt", "need_code" AS "needCode", "service_slug" AS "serviceSlug",
        "faq_entry_slug" AS "faqEntrySlug", (
          SELECT json_agg(json_build_object('at', a."at", 'outcome', a."outcome", 'nextAt', a."next_at") ORDER BY a."at")
          FROM "call_attempt" AS a WHERE a."request_id" = r."id"
        ) AS "attempts"
      FROM "callback_request" AS r
      WHERE "line_id" = ANY ($1::uuid[]) AND "status" IN ('NEW', 'CLAIMED', 'REACHED') AND "repeat_of_id" IS NULL`,
    values: [lineIds],
  })
  const lines = new Map(directory.lines.map((line) => [line.id, line]))
  for (const row of rows) {
    const line = lines.get(row.lineId)
    // JSON has no moments.
    const attempts = (row.attempts ?? []).map(({ at, outcome, nextAt }) => ({
      at: new Date(at),
      outcome,
      nextAt: nextAt === null ? null : new Date(nextAt),
    }))
    const minutes = targetOf(targets, row.lineId, urgencyOf(directory, row))
    const dueAt = line ? dueBy(line, { ...row, attempts }, minutes) : null
    const { status, callFrom, claimedById, claimedUntil } = row
    open.get(row.lineId)?.push({ status, callFrom, claimedById, claimedUntil, dueAt })
  }
  return open
}

async function readTargets(sql: Pool, lineIds: readonly string[]): Promise<Targets> {
  const { rows } = await sql.query<{ lineId: string; urgency: Parameters<typeof targetKey>[1]; minutes: number }>({
    name: 'queue_targets',
    text: `SELECT "line_id" AS "lineId", "urgency", "minutes" FROM "line_target" WHERE "line_id" = ANY ($1::uuid[])`,
    values: [lineIds],
  })
  return new Map(rows.map(({ lineId, urgency, minutes }) => [targetKey(lineId, urgency), minutes]))
}
