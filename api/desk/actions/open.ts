import type { Pool } from 'pg'
import type { Context } from '../../context.ts'
import type { Line } from '../../directory/snapshot.ts'
import type { OpenRequest } from '../rules/live.ts'
import { dueBy, targetOf } from '../rules/targets.ts'
import { attemptsOf, openRequests } from './list.ts'
import { targetsOf } from './rows.ts'

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

/** The open requests of each of these lines, with what the numbers of the queue need. */
export async function readOpen(
  parts: Pick<Context, 'sql' | 'db' | 'directory'>,
  lines: readonly Line[],
): Promise<ReadonlyMap<string, readonly OpenRequest[]>> {
  const open = new Map(lines.map(({ id }): [string, OpenRequest[]] => [id, []]))
  if (lines.length === 0) return open
  const rows = await openRequests(parts, lines)
  const attempts = await attemptsOf(
    parts,
    rows.map(({ id }) => id),
  )
  const targets = await targetsOf(parts, [...open.keys()])
  const moments = new Map(lines.map((line): [Line, Map<string, Date | null>] => [line, new Map()]))
  for (const row of rows) {
    const minutes = targetOf(targets, row.line.id, row.urgency)
    const waiting = { ...row, attempts: attempts(row.id) }
    const { id, status, callFrom, claimedById, claimedUntil, requestedAt, slotStartsAt, notBefore } = row
    // JSON would write each moment as a date, which takes as long as the rest.
    const calls = waiting.attempts.map(({ at, nextAt }) => `${Number(at)}-${Number(nextAt)}`).join()
    const key = `${id} ${status} ${minutes} ${Number(requestedAt)} ${Number(slotStartsAt)} ${Number(notBefore)} ${calls}`
    const before = known.get(row.line)?.get(key)
    const dueAt = before === undefined ? dueBy(row.line, waiting, minutes) : before
    moments.get(row.line)?.set(key, dueAt)
    open.get(row.line.id)?.push({ status, callFrom, claimedById, claimedUntil, dueAt })
  }
  for (const [line, ofLine] of moments) known.set(line, ofLine)
  return open
}

/**
 * When the open requests of a line were due as it was last read: working time takes 30 µs to go through, and of 2,000 requests one has changed.
 * A line of the directory never changes, and another one has other hours.
 */
const known = new WeakMap<Line, ReadonlyMap<string, Date | null>>()
