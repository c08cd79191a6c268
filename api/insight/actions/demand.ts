import { setImmediate as turn } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { CallbackStatus, UnmetReason } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { communeOf } from '../../desk/rules/close.ts'
import { linesOf, supervises } from '../../desk/rules/scope.ts'
import { workingMs } from '../../desk/rules/working-time.ts'
import { InvalidInput } from '../../errors.ts'
import { dayOf, daysBetween, TIME_ZONE } from '../../service/rules/calendar.ts'
import { type DelayFact, type Demand, demandOf, fateOf, type Period, type RequestFact, type UnmetFact } from '../rules/demand.ts'

const MINUTE_MS = 60_000
/** Longest period, in days: three years. */
const LONGEST = 1_096
/** So many delays are worked out before others have their turn: some 10 ms. */
const AT_ONCE = 200

/**
 * The demand of a period, of the lines that the viewer supervises. What was searched for in vain belongs to no line: that is everybody's.
 * @throws InvalidInput for a period that ends before it begins, or is longer than three years
 */
export async function demandOfViewer(context: Context, period: Period): Promise<Demand> {
  const viewer = viewerIn(context)
  const lines = linesOf(context.directory, viewer).filter((line) => supervises(viewer, line))
  return readDemand(
    context,
    lines.map(({ id }) => id),
    period,
  )
}

/**
 * The demand of a period.
 * @param lineIds of these lines; null: of all
 * @throws InvalidInput for a period that ends before it begins, or is longer than three years
 */
export async function readDemand(
  { sql, directory }: Pick<Context, 'sql' | 'directory'>,
  lineIds: readonly string[] | null,
  { from, to }: Period,
): Promise<Demand> {
  const days = daysBetween(from, to)
  if (days < 0 || days >= LONGEST)
    throw new InvalidInput([{ path: ['to'], code: 'out_of_range', params: { min: from, max: lastAfter(from) } }])
  const values = [lineIds, new Date(dayOf(from).start), new Date(dayOf(dayOf(to).next).start)]
  const found = await unchanging(sql, async (connection) => ({
    requests: (await connection.query<FoundRequests>(REQUESTS, values)).rows,
    delays: (await connection.query<FoundDelay>(DELAYS, values)).rows,
    unmet: (await connection.query<FoundUnmet>(UNMET, [from, to])).rows,
  }))
  const needOf = topNeeds(directory)
  const requests = found.requests.map(
    ({ need_code, postal_code, week, status, outcome, by_partner, count }): RequestFact => ({
      need: needOf(need_code),
      commune: communeOf(directory, postal_code),
      week,
      fate: fateOf({ status, outcome, byPartner: by_partner }),
      count: Number(count),
    }),
  )
  const unmet = found.unmet.map(
    ({ need_code, nis_code, reason, count }): UnmetFact => ({
      need: needOf(need_code),
      commune: directory.communesByNis.has(nis_code) ? nis_code : '',
      reason,
      count: Number(count),
    }),
  )
  return demandOf({ from, to }, { requests, unmet, delays: await delaysOf(directory, needOf, found.delays) })
}

const lastAfter = (from: string): string => new Date(Date.parse(from) + (LONGEST - 1) * 86_400_000).toISOString().slice(0, 10)

/** Who asked twice counts once: what adds to another request is not counted. `$1`: lines, or null for all. */
const COUNTED = `r."repeat_of_id" IS NULL AND ($1::uuid[] IS NULL OR r."line_id" = ANY ($1)) AND r."requested_at" >= $2 AND r."requested_at" < $3`
const WEEK = `date_trunc('week', r."requested_at" AT TIME ZONE '${TIME_ZONE}')::date::text`

type FoundRequests = {
  need_code: string | null
  postal_code: string | null
  week: string
  status: CallbackStatus
  outcome: string | null
  by_partner: boolean
  count: string
}

// A case that was completed ends its request in the same moment; one that was opened again and ended by the line has another.
const REQUESTS = `
SELECT r."need_code", r."postal_code", ${WEEK} AS "week", r."status", r."outcome", EXISTS (
    SELECT FROM "escalation" AS e WHERE e."request_id" = r."id" AND e."state" = 'COMPLETED' AND e."ended_at" = r."closed_at"
  ) AS "by_partner", count(*) AS "count"
FROM "callback_request" AS r WHERE ${COUNTED} GROUP BY 1, 2, 3, 4, 5, 6`

type FoundDelay = { line_id: string; need_code: string | null; week: string; waits_from: Date; called_at: Date }

const DELAYS = `
SELECT r."line_id", r."need_code", ${WEEK} AS "week", greatest(r."requested_at", r."slot_starts_at", r."not_before") AS "waits_from",
  min(a."at") AS "called_at"
FROM "callback_request" AS r JOIN "call_attempt" AS a ON a."request_id" = r."id" WHERE ${COUNTED} GROUP BY r."id"`

type FoundUnmet = { need_code: string; nis_code: string; reason: UnmetReason; count: string }

const UNMET = `
SELECT "need_code", "nis_code", "reason", sum("count") AS "count" FROM "unmet_need"
WHERE "day" >= $1::date AND "day" <= $2::date GROUP BY 1, 2, 3`

/** Reads several things as they were at one moment. */
async function unchanging<T>(sql: Context['sql'], read: (connection: PoolClient) => Promise<T>): Promise<T> {
  const connection = await sql.connect()
  let failed: Error | undefined
  try {
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const found = await read(connection)
    await connection.query('COMMIT')
    return found
  } catch (error) {
    failed = error as Error
    throw error
  } finally {
    // A connection of which it is not known how it stands is not used again.
    connection.release(failed)
  }
}

/** The need that stands for one and all its sub-needs; empty when it is not known. */
function topNeeds({ needsByCode }: Snapshot): (code: string | null) => string {
  return (code) => {
    let need = code === null ? undefined : needsByCode.get(code)
    while (need?.parent) need = need.parent
    return need?.code ?? ''
  }
}

/** How long each person waited for the first call; a line that is not published has no hours, and is left out. */
async function delaysOf(directory: Snapshot, needOf: (code: string | null) => string, rows: readonly FoundDelay[]): Promise<DelayFact[]> {
  const delays: DelayFact[] = []
  for (const [index, { line_id, need_code, week, waits_from, called_at }] of rows.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await turn()
    const line = directory.linesById.get(line_id)
    if (line) delays.push({ need: needOf(need_code), week, minutes: workingMs(line, waits_from, called_at) / MINUTE_MS })
  }
  return delays
}
