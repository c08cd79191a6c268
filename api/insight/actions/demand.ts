import type { PoolClient } from 'pg'
import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { CallbackStatus, CancelReason, EscalationState, UnmetReason } from '../../db/generated/enums.ts'
import { communeOf } from '../../desk/rules/close.ts'
import { linesOf, supervises } from '../../desk/rules/scope.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { dayOf, daysBetween } from '../../service/rules/calendar.ts'
import {
  type Answers,
  type Demand,
  demandOf,
  fateOf,
  type PartnerFacts,
  type Period,
  type Report,
  type RequestFact,
  returnOf,
  type UnmetFact,
  unmetOf,
  type Wait,
  type WaitFact,
} from '../rules/demand.ts'
import { COUNTED, WEEK } from './counted.ts'
import { oneByOne } from './one-by-one.ts'
import { ANSWERED, CALLS, COMPLETED, type FoundWait, openingsOf } from './waits.ts'

const DAY_MS = 86_400_000
/** Longest period, in days: three years. */
const LONGEST = 1_096
/** So many days are read by one statement, so that none takes as long as the database allows for one. */
const AT_ONCE = 92

type Parts = Pick<Context, 'sql' | 'directory'>

/**
 * The demand of a period, of the lines that the viewer supervises; one such question at a time. What was searched for in vain belongs to no line,
 * so it is not told here: by asking for many periods she would learn of people who never came to hers.
 * @throws InvalidInput for a period that ends before it begins, or is longer than three years; TooManyRequests
 */
export async function demandOfViewer(context: Context, period: Period): Promise<Demand> {
  const viewer = viewerIn(context)
  const lines = linesOf(context.directory, viewer).filter((line) => supervises(viewer, line))
  checkPeriod(period)
  return oneByOne(context.sql, viewer.id, () =>
    unchanging(context.sql, (connection) =>
      readDemand(
        connection,
        context.directory,
        lines.map(({ id }) => id),
        period,
      ),
    ),
  )
}

/**
 * What is said of a period to everybody: of all lines, and of all that was searched for in vain.
 * @throws InvalidInput for a period that ends before it begins, or is longer than three years
 */
export async function readReport({ sql, directory }: Parts, period: Period): Promise<Report> {
  checkPeriod(period)
  return unchanging(sql, async (connection) => ({
    ...(await readDemand(connection, directory, null, period)),
    unmet: unmetOf(await readUnmet(connection, directory, period)),
  }))
}

function checkPeriod({ from, to }: Period): void {
  const days = daysBetween(from, to)
  const last = new Date(Date.parse(from) + (LONGEST - 1) * DAY_MS).toISOString().slice(0, 10)
  if (days < 0 || days >= LONGEST) throw new InvalidInput([{ path: ['to'], code: 'out_of_range', params: { min: from, max: last } }])
}

/** @param lineIds of these lines; null: of all */
async function readDemand(connection: PoolClient, directory: Snapshot, lineIds: readonly string[] | null, period: Period): Promise<Demand> {
  const start = dayOf(period.from).start
  const end = dayOf(dayOf(period.to).next).start
  const needOf = topNeeds(directory)
  const requests = new Map<string, RequestFact>()
  const waits = new Map<string, WaitFact>()
  const partners = {
    answer: [] as Wait[],
    outcome: [] as Wait[],
    returned: [] as PartnerFacts['returned'][number][],
    said: [] as Answers[],
  }
  // Also those that are retired by now: people asked them then.
  const lines = [...directory.linesById.values()].filter(({ id }) => lineIds === null || lineIds.includes(id))
  const open = await openingsOf(connection, lines, start)
  for (let from = start; from < end; from += AT_ONCE * DAY_MS) {
    const values = [lineIds, new Date(from), new Date(Math.min(from + AT_ONCE * DAY_MS, end))]
    const found = async <T extends object>(text: string, more: unknown[] = []) =>
      (await connection.query<T>(text, [...values, ...more])).rows
    for (const row of await found<FoundRequests>(REQUESTS)) {
      const fact = factOf(directory, needOf, row)
      add(requests, `${fact.side} ${fact.need} ${fact.key}`, fact)
    }
    for (const { by_week, need_code, week, minutes, count } of await found<FoundWait>(CALLS, [open])) {
      const side = by_week ? 'week' : 'need'
      const key = by_week ? (week ?? '') : needOf(need_code)
      add(waits, `${side} ${key} ${minutes}`, { side, key, minutes, count: Number(count) })
    }
    for (const [kind, text] of [
      ['answer', ANSWERED],
      ['outcome', COMPLETED],
    ] as const)
      for (const { by_week, minutes, count } of await found<FoundWait>(text, [open]))
        if (!by_week) partners[kind].push({ minutes, count: Number(count) })
    for (const { count, ...ended } of await found<FoundReturn>(RETURNED))
      partners.returned.push({ key: returnOf(ended), count: Number(count) })
    for (const { contacted, useful, still_needed, count } of await found<FoundAnswers>(SAID))
      partners.said.push({ contacted, useful, stillNeeded: still_needed, count: Number(count) })
  }
  return demandOf(period, { requests: [...requests.values()], waits: [...waits.values()], partners })
}

function add<T extends { count: number }>(facts: Map<string, T>, key: string, fact: T): void {
  const known = facts.get(key)
  if (known) known.count += fact.count
  else facts.set(key, fact)
}

type FoundRequests = { need_code: string | null; count: string } & (
  | { side: 'week'; week: string }
  | { side: 'commune'; postal_code: string | null }
  | { side: 'fate'; status: CallbackStatus; outcome: string | null; by_partner: boolean }
)

// Counted side by side, since there are many more needs by week by commune than any table has.
// A case that was completed ends its request in the same moment; one that was opened again and ended by the line has another.
const REQUESTS = `
SELECT CASE grouping("week", "postal_code", "status") WHEN 3 THEN 'week' WHEN 5 THEN 'commune' ELSE 'fate' END AS "side",
  "need_code", "week", "postal_code", "status", "outcome", "by_partner", count(*) AS "count"
FROM (
  SELECT r."need_code", r."postal_code", ${WEEK} AS "week", r."status", r."outcome", EXISTS (
      SELECT FROM "escalation" AS e WHERE e."request_id" = r."id" AND e."state" = 'COMPLETED' AND e."ended_at" = r."closed_at"
    ) AS "by_partner"
  FROM "callback_request" AS r WHERE ${COUNTED}
) AS counted
GROUP BY GROUPING SETS (("need_code", "week"), ("need_code", "postal_code"), ("need_code", "status", "outcome", "by_partner"))`

function factOf(directory: Snapshot, needOf: NeedOf, row: FoundRequests): RequestFact {
  const about = { need: needOf(row.need_code), count: Number(row.count) }
  switch (row.side) {
    case 'week':
      return { ...about, side: row.side, key: row.week }
    case 'commune':
      return { ...about, side: row.side, key: communeOf(directory, row.postal_code) }
    case 'fate':
      return { ...about, side: row.side, key: fateOf({ status: row.status, outcome: row.outcome, byPartner: row.by_partner }) }
  }
}

const CASES = `FROM "escalation" AS e JOIN "callback_request" AS r ON r."id" = e."request_id" WHERE ${COUNTED}`

type FoundReturn = { state: EscalationState; reason: CancelReason | null; count: string }

const RETURNED = `
SELECT e."state", e."cancel_reason" AS "reason", count(*) AS "count" ${CASES} AND e."state" IN ('REJECTED', 'FAILED', 'CANCELLED') GROUP BY 1, 2`

type FoundAnswers = { contacted: boolean; useful: boolean | null; still_needed: boolean; count: string }

const SAID = `
SELECT a."contacted", a."useful", a."still_needed", count(*) AS "count"
FROM "citizen_answer" AS a JOIN "callback_request" AS r ON r."id" = a."request_id" WHERE ${COUNTED} GROUP BY 1, 2, 3`

type FoundUnmet = { side: 'reason' | 'commune'; need_code: string; nis_code: string; reason: UnmetReason; count: string }

const UNMET = `
SELECT CASE grouping("reason") WHEN 0 THEN 'reason' ELSE 'commune' END AS "side", "need_code", "nis_code", "reason", sum("count") AS "count"
FROM "unmet_need" WHERE "day" >= $1::date AND "day" <= $2::date GROUP BY GROUPING SETS (("need_code", "reason"), ("need_code", "nis_code"))`

async function readUnmet(connection: PoolClient, directory: Snapshot, { from, to }: Period): Promise<UnmetFact[]> {
  const needOf = topNeeds(directory)
  const { rows } = await connection.query<FoundUnmet>(UNMET, [from, to])
  return rows.map(({ side, need_code, nis_code, reason, count }): UnmetFact => {
    const about = { need: needOf(need_code), count: Number(count) }
    if (side === 'reason') return { ...about, side, key: reason }
    return { ...about, side, key: directory.communesByNis.has(nis_code) ? nis_code : '' }
  })
}

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

type NeedOf = (code: string | null) => string

/** The need that stands for one and all its sub-needs; empty when it is not known. */
function topNeeds({ needsByCode }: Snapshot): NeedOf {
  return (code) => {
    let need = code === null ? undefined : needsByCode.get(code)
    while (need?.parent) need = need.parent
    return need?.code ?? ''
  }
}
