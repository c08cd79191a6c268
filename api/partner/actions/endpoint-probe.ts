import { randomUUID } from 'node:crypto'
import { TIME_LIMIT_MS } from '../../jobs/outbox.ts'
import { noteAnswer, noteFailure } from './endpoint-state.ts'
import { sendMessage, type WebhookParts } from './webhook.ts'

/** Systems asked at once; more than a region has. */
const MOST = 200
/** After so long it may be asked again, in milliseconds: a little less than the rest between two looks, so that none is left out. */
const REST_MS = 9_000

/**
 * Asks each system that fails whether it is back, by a message that is about nobody: what waits for it then goes at once, and not only at its
 * next attempt, a day ahead perhaps. Of several processes one asks, and nobody before the time that it asked for.
 */
export async function probeEndpoints(
  { clock, timeLimitMs = TIME_LIMIT_MS, ...parts }: WebhookParts & { clock: () => Date; timeLimitMs?: number },
  stop: AbortSignal,
): Promise<void> {
  const { db } = parts
  const now = clock()
  const failing = await db.$queryRaw<{ id: string; organizationId: string; url: string }[]>`
    UPDATE "partner_endpoint" SET "probe_at" = ${new Date(now.getTime() + REST_MS)}::timestamptz WHERE "id" IN (
      SELECT "id" FROM "partner_endpoint"
      WHERE "failing_since" IS NOT NULL AND "paused_at" IS NULL AND "checked_at" IS NOT NULL
        AND coalesce("probe_at" <= ${now}::timestamptz, true) AND coalesce("retry_at" <= ${now}::timestamptz, true)
      ORDER BY "failing_since" LIMIT ${MOST} FOR UPDATE SKIP LOCKED)
    RETURNING "id", "organization_id" AS "organizationId", "url"`
  await Promise.all(
    failing.map(async (endpoint) => {
      const at = clock()
      const limit = AbortSignal.any([AbortSignal.timeout(timeLimitMs), stop])
      const message = { id: randomUUID(), type: 'endpoint.test', data: {}, at }
      const outcome = await sendMessage(parts, endpoint, message, limit).catch(() => null)
      if (stop.aborted) return
      if (outcome?.state === 'DELIVERED') await noteAnswer(db, endpoint, at)
      else if (outcome?.code !== 'unreadable') await noteFailure(db, endpoint, outcome ?? { code: 'timeout' }, at)
    }),
  )
}
