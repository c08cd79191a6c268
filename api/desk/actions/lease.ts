import { FREE, record } from '../../callback/actions/change.ts'
import type { Prisma } from '../../db/generated/client.ts'
import type { CallbackStatus } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { afterLeaving } from '../rules/attempts.ts'

/**
 * How long a claim lasts, in milliseconds. A conversation of this kind takes some ten minutes, and the desk renews the claim each minute while
 * somebody is at it: who waits behind a browser that has crashed waits a quarter of an hour longer at the very most.
 */
export const LEASE_MS = 15 * 60_000

/** Ends the leases that have run out, among those named, and says so. @returns how many */
export async function endLeases(
  tx: Prisma.TransactionClient,
  { directory, now }: { directory: Snapshot; now: Date },
  which: Prisma.Sql,
): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string; lineId: string; status: CallbackStatus; until: Date }[]>`
    WITH over AS (
      SELECT "id", "claimed_until" AS "until" FROM "callback_request"
      WHERE "claimed_by_id" IS NOT NULL AND "claimed_until" <= ${now} AND ${which} ORDER BY "id" FOR UPDATE
    )
    UPDATE "callback_request" AS r SET "claimed_by_id" = NULL, "claimed_at" = NULL, "claimed_until" = NULL,
      "status" = CASE r."status" WHEN 'CLAIMED' THEN 'NEW' ELSE r."status" END
    FROM over WHERE r."id" = over."id" RETURNING r."id", r."line_id" AS "lineId", r."status", over."until"`
  for (const { id, until, ...row } of ended) {
    const left = leftUnfinished(directory, row, until)
    if (left) await tx.callbackRequest.update({ where: { id }, data: left })
    await record(tx, 'callback.lease_ended', id, now, 'system')
  }
  return ended.length
}

/** A request that nobody holds any more: who was not called yet waits at her old place, and what was begun is finished by somebody else, a little later. */
export const letGo = (directory: Snapshot, row: { status: CallbackStatus; lineId: string }, at: Date) => ({
  ...FREE,
  status: row.status === 'CLAIMED' ? ('NEW' as const) : row.status,
  ...leftUnfinished(directory, row, at),
})

/** A conversation that nobody is at any more is not the first of the queue again at once; null for what was not one. */
function leftUnfinished(
  { linesById }: Pick<Snapshot, 'linesById'>,
  { status, lineId }: { status: CallbackStatus; lineId: string },
  at: Date,
): { callFrom: Date } | null {
  const line = linesById.get(lineId)
  return status === 'REACHED' && line ? { callFrom: afterLeaving(line, at) } : null
}
