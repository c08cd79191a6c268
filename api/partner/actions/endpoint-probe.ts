import { randomUUID } from 'node:crypto'
import { TIME_LIMIT_MS } from '../../jobs/outbox.ts'
import { noteAnswer, noteFailure } from './endpoint-state.ts'
import { sendMessage, type WebhookParts } from './webhook.ts'

/** Systems asked at once; more than a region has. */
const MOST = 200

/**
 * Asks each system that fails whether it is back, by a message that is about nobody: what waits for it then goes at once, and not only at its
 * next attempt, a day ahead perhaps.
 */
export async function probeEndpoints(
  { clock, timeLimitMs = TIME_LIMIT_MS, ...parts }: WebhookParts & { clock: () => Date; timeLimitMs?: number },
  stop: AbortSignal,
): Promise<void> {
  const { db } = parts
  const failing = await db.partnerEndpoint.findMany({
    where: { failingSince: { not: null }, pausedAt: null, checkedAt: { not: null } },
    orderBy: { failingSince: 'asc' },
    take: MOST,
  })
  await Promise.all(
    failing.map(async (endpoint) => {
      const at = clock()
      const limit = AbortSignal.any([AbortSignal.timeout(timeLimitMs), stop])
      const message = { id: randomUUID(), type: 'endpoint.test', data: {}, at }
      const outcome = await sendMessage(parts, endpoint, message, limit).catch(() => null)
      if (stop.aborted) return
      if (outcome?.state === 'DELIVERED') await noteAnswer(db, endpoint, at)
      else if (outcome?.code !== 'unreadable') await noteFailure(db, endpoint, outcome?.code ?? 'timeout', at)
    }),
  )
}
