import type { Pool } from 'pg'
import { inTransaction, record } from '../../callback/actions/change.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { holderAt } from '../rules/queue.ts'
import { latenessOf, targetOf } from '../rules/targets.ts'
import { isOpen } from '../rules/working-time.ts'
import { attemptsOf, openRequests } from './list.ts'
import { targetsOf } from './rows.ts'

/** What is recorded, once for each time that it waits, when a quarter of its target is left, and when the target has passed. */
const REMINDERS = { SOON: 'callback.due_soon', OVERDUE: 'callback.overdue' } as const

/**
 * Reminds of requests that are nearly late, or late, each once, and once more when one came back from a partner or was opened again; and only
 * while the line works: nobody can do anything about it at night. The
 * event and the audit row are what a supervisor's screen, and whoever reads events, learn it by. Somebody who is at it needs no reminder.
 * @returns how many reminders
 */
export async function remindOfLate(parts: {
  db: PrismaClient
  sql: Pool
  directory: Snapshot
  now: Date
  stop?: AbortSignal
}): Promise<number> {
  const { db, sql, directory, now, stop } = parts
  const lines = [...directory.linesById.values()].filter((line) => isOpen(line, now))
  const rows = (await openRequests(parts, lines)).filter((row) => holderAt(row, now) === null)
  const ids = rows.map(({ id }) => id)
  const lineIds = lines.map(({ id }) => id)
  const [attempts, targets, told] = await Promise.all([attemptsOf(parts, ids), targetsOf(parts, lineIds), toldOf(sql, ids)])
  let count = 0
  for (const row of rows) {
    if (stop?.aborted) break
    const minutes = targetOf(targets, row.line.id, row.urgency)
    const lateness = latenessOf(row.line, { ...row, attempts: attempts(row.id) }, minutes, now)
    if (lateness === 'IN_TIME') continue
    const what = REMINDERS[lateness]
    if ((told.get(`${row.id} ${what}`) ?? NEVER) > row.requestedAt) continue
    // Of several processes one tells: the row is locked, and it is looked once more.
    const isNew = await inTransaction(db, async (tx) => {
      const locked = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM "callback_request" WHERE "id" = ${row.id}::uuid AND "status"::text = ${row.status} FOR UPDATE SKIP LOCKED`
      const before = { subjectId: row.id, action: what, at: { gt: row.requestedAt } }
      if (locked.length === 0 || (await tx.auditEvent.count({ where: before })) > 0) return false
      await record(tx, what, row.id, now, 'system')
      return true
    })
    if (isNew) count++
  }
  return count
}

const NEVER = new Date(0)

/** When each of the reminders was given last. */
async function toldOf(sql: Pool, ids: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql.query<{ subject_id: string; action: string; at: Date }>({
    name: 'desk_told',
    text: `SELECT "subject_id", "action", max("at") AS "at" FROM "audit_event"
      WHERE "subject_id" = ANY ($1::uuid[]) AND "action" = ANY ($2::text[]) GROUP BY 1, 2`,
    values: [ids, Object.values(REMINDERS)],
  })
  return new Map(rows.map(({ subject_id: id, action, at }) => [`${id} ${action}`, at]))
}
