import type { Prisma } from '../../db/generated/client.ts'
import { OPEN } from '../rules/receipt.ts'
import { FREE } from './change.ts'

/**
 * Puts a request back into the queue that was with somebody else, or over: spoken with, held by nobody, to be called at once. If the same phone
 * has asked the same line again meanwhile, the younger one adds to it from now on; but one that somebody is calling at this moment stays what
 * she sees, and this one adds to that. Its time counts anew (`notBefore`): what was said with her before it went is over.
 * @param id of a request that is locked
 */
export async function putBack(tx: Prisma.TransactionClient, id: string, now: Date): Promise<void> {
  const row = await tx.callbackRequest.findUniqueOrThrow({ where: { id } })
  const [other] = await tx.$queryRaw<{ id: string; claimedUntil: Date | null }[]>`
    SELECT "id", "claimed_until" AS "claimedUntil" FROM "callback_request"
    WHERE "phone_index" = ${row.phoneIndex} AND "line_id" = ${row.lineId}::uuid AND "repeat_of_id" IS NULL
      AND "status"::text = ANY(${[...OPEN]}) AND "id" <> ${id}::uuid FOR UPDATE`
  const isHeld = other?.claimedUntil != null && other.claimedUntil > now
  if (other && !isHeld) {
    const status = { status: 'NEW' as const }
    await tx.callbackRequest.updateMany({ where: { id: other.id, status: 'CLAIMED' }, data: status })
    await tx.callbackRequest.update({ where: { id: other.id }, data: { ...FREE, repeatOfId: id } })
    await tx.callbackRequest.updateMany({ where: { repeatOfId: other.id }, data: { repeatOfId: id } })
  }
  const over = row.closedAt === null ? {} : { closedAt: null, outcome: null, slotStartsAt: null, slotEndsAt: null }
  await tx.callbackRequest.update({
    where: { id },
    data: { ...FREE, ...over, status: 'REACHED', callFrom: now, notBefore: now, repeatOfId: isHeld ? (other?.id ?? null) : null },
  })
}
