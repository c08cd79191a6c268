import type { Context } from '../../context.ts'
import type { Prisma } from '../../db/generated/client.ts'
import { NotFound } from '../../errors.ts'
import { OPEN } from '../rules/receipt.ts'
import { FREE, inTransaction, leaveQueue, record } from './change.ts'
import { type Claim, claimedCallback } from './find.ts'

/** What is left of a request once it is erased: that there was one, for which need and line, when, and what came of it. */
export const ERASED = {
  reference: null,
  phoneSealed: null,
  nameSealed: null,
  emailSealed: null,
  messageSealed: null,
  safeNoteSealed: null,
  safeVoicemail: null,
  safeSms: null,
  safeSayWhoCalls: null,
  phoneIndex: null,
  idempotencyIndex: null,
  inputDigest: null,
} as const

/**
 * Erases what a person left with a request, at her wish; an open one is withdrawn. Only this request: another one with the same phone may be
 * somebody else's.
 * @throws NotFound, also the second time; TooManyRequests; SiteRefused; PostRequired
 */
export async function eraseCallback(context: Context, claim: Claim): Promise<void> {
  const { id } = await claimedCallback(context, claim)
  const { db, now } = context
  // Of two at once the second finds nothing either.
  if (!(await inTransaction(db, (tx) => eraseRequest(tx, id, now, 'citizen')))) throw new NotFound()
  context.reach('callback.erased')
}

/**
 * Erases one request within a transaction: the row, what the staff wrote about it, and the messages that were still to be sent. That it was
 * called, and where she was led, stays: it counts, and leads to nobody.
 * @returns false when it was erased already
 */
export async function eraseRequest(tx: Prisma.TransactionClient, id: string, now: Date, actor: 'citizen' | 'system'): Promise<boolean> {
  const [row] = await tx.callbackRequest.updateManyAndReturn({ where: { id, erasedAt: null }, data: { ...ERASED, erasedAt: now } })
  if (!row) return false
  const open = row.status === 'ESCALATED' || (OPEN as readonly string[]).includes(row.status)
  if (open) await tx.callbackRequest.update({ where: { id }, data: { status: 'CANCELLED', closedAt: now, ...FREE } })
  // One that had ended gave its place back then. Nobody who still waits must hang on a row that leads to nobody.
  await leaveQueue(tx, open ? row : { ...row, slotStartsAt: null })
  await tx.callNote.deleteMany({ where: { requestId: id } })
  await tx.contactReveal.updateMany({ where: { requestId: id }, data: { reasonSealed: null } })
  await eraseCases(tx, id, now, actor)
  await tx.delivery.updateMany({
    where: { event: { subjectId: id }, state: 'PENDING' },
    data: { state: 'CANCELLED', doneAt: now, leasedUntil: null },
  })
  await record(tx, 'callback.erased', id, now, actor)
  return true
}

/**
 * Erases what was handed to partners with a request: what they were asked for, and what was noted. A case that is open ends, and every partner
 * that has not said yet that it erased what it has is asked to. Written here and not as other changes of a case, since nothing about the request
 * is left to be done, and the row is locked already.
 */
async function eraseCases(tx: Prisma.TransactionClient, requestId: string, now: Date, actor: string): Promise<void> {
  const open = await tx.$queryRaw<{ id: string; version: number }[]>`
    UPDATE "escalation" SET "state" = 'CANCELLED', "cancel_reason" = 'ERASED', "ended_at" = ${now}, "version" = "version" + 1
    WHERE "request_id" = ${requestId}::uuid AND "ended_at" IS NULL RETURNING "id", "version"`
  for (const { id, version } of open) {
    await tx.escalationStep.create({ data: { escalationId: id, version, at: now, actor, state: 'CANCELLED' } })
    await record(tx, 'escalation.cancelled', id, now, actor)
  }
  await tx.escalation.updateMany({ where: { requestId }, data: { objectSealed: null } })
  await tx.escalationStep.updateMany({ where: { escalation: { requestId } }, data: { noteSealed: null } })
  const unconfirmed = await tx.escalation.findMany({ where: { requestId, erasureConfirmedAt: null }, select: { id: true } })
  for (const { id } of unconfirmed) await record(tx, 'escalation.erasure_wanted', id, now, actor)
}
