import type { Prisma } from '../../db/generated/client.ts'
import { record } from '../../callback/actions/change.ts'

/**
 * How long a claim lasts, in milliseconds. A conversation of this kind takes some ten minutes, and the desk renews the claim each minute while
 * somebody is at it: who waits behind a browser that has crashed waits a quarter of an hour longer at the very most.
 */
export const LEASE_MS = 15 * 60_000

/** Ends the leases that have run out, among those named, and says so. @returns how many */
export async function endLeases(tx: Prisma.TransactionClient, now: Date, which: Prisma.Sql): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "callback_request" SET "claimed_by_id" = NULL, "claimed_at" = NULL, "claimed_until" = NULL,
      "status" = CASE "status" WHEN 'CLAIMED' THEN 'NEW' ELSE "status" END
    WHERE "id" IN (
      SELECT "id" FROM "callback_request" WHERE "claimed_by_id" IS NOT NULL AND "claimed_until" <= ${now} AND ${which} ORDER BY "id" FOR UPDATE)
    RETURNING "id"`
  for (const { id } of ended) await record(tx, 'callback.lease_ended', id, now, 'system')
  return ended.length
}
