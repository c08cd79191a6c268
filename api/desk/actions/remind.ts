import type { Pool } from 'pg'
import { inTransaction, record } from '../../callback/actions/change.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { holderAt } from '../rules/queue.ts'
import { latenessOf, targetOf } from '../rules/targets.ts'
import { isOpen } from '../rules/working-time.ts'
import { attemptsOf, openRequests } from './list.ts'
import { targetsOf } from './rows.ts'

/** What is recorded, once for each request, when a quarter of its target is left, and when the target has passed. */
const REMINDERS = { SOON: 'callback.due_soon', OVERDUE: 'callback.overdue' } as const

/**
 * Reminds of requests that are nearly late, or late, each once, and only while the line works: nobody can do anything about it at night. The
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
  const lines = [...directory.linesById.values()].filter((line) => line.acceptsCallbacks && isOpen(line, now))
  const rows = (await openRequests(parts, lines)).filter((row) => row.status !== 'REACHED' && holderAt(row, now) === null)
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
    if (told.has(`${row.id} ${what}`)) continue
    // Of several processes one tells: the row is locked, and it is looked once more.
    const isNew = await inTransaction(db, async (tx) => {
      const locked = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM "callback_request" WHERE "id" = ${row.id}::uuid AND "status" IN ('NEW', 'CLAIMED') FOR UPDATE SKIP LOCKED`
      if (locked.length === 0 || (await tx.auditEvent.count({ where: { subjectId: row.id, action: what } })) > 0) return false
      await record(tx, what, row.id, now, 'system')
      return true
    })
    if (isNew) count++
  }
  return count
}

/** Which of the reminders were given. */
async function toldOf(sql: Pool, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql.query<{ subject_id: string; action: string }>({
    name: 'desk_told',
    text: `SELECT "subject_id", "action" FROM "audit_event" WHERE "subject_id" = ANY ($1::uuid[]) AND "action" = ANY ($2::text[])`,
    values: [ids, Object.values(REMINDERS)],
  })
  return new Set(rows.map(({ subject_id: id, action }) => `${id} ${action}`))
}
