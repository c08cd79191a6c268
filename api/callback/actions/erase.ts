import type { Context } from '../../context.ts'
import type { CallbackStatus, Prisma } from '../../db/generated/client.ts'
import { NotFound } from '../../errors.ts'
import { UNFINISHED } from '../rules/receipt.ts'
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
  await leaveNo(tx, id)
  const [row] = await tx.callbackRequest.updateManyAndReturn({ where: { id, erasedAt: null }, data: { ...ERASED, erasedAt: now } })
  if (!row) return false
  const open = (UNFINISHED as readonly CallbackStatus[]).includes(row.status)
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
 * A no outlives what it was said with, as long as the same phone waits or is with a partner: whoever calls it keeps to that. Not of what was
 * withdrawn.
 */
async function leaveNo(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "callback_request" AS o SET "safe_voicemail" = o."safe_voicemail" AND coalesce(r."safe_voicemail", true),
      "safe_sms" = o."safe_sms" AND coalesce(r."safe_sms", true),
      "safe_say_who_calls" = o."safe_say_who_calls" AND coalesce(r."safe_say_who_calls", true)
    FROM "callback_request" AS r
    WHERE r."id" = ${id}::uuid AND r."status" IN ('CLOSED', 'UNREACHABLE') AND o."phone_index" = r."phone_index" AND o."id" <> r."id"
      AND o."status"::text = ANY(${[...UNFINISHED]}) AND false IN (r."safe_voicemail", r."safe_sms", r."safe_say_who_calls")`
}

/**
 * Erases what was handed to partners with a request: what they were asked for, and what was noted. A case that is open ends, and every partner
 * is asked to erase what it has. Written here and not as other changes of a case, since nothing about the request is left to be done, and the row
 * is locked already.
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
  await wantErasure(tx, requestId, now, actor)
}

/**
 * Asks every partner that has or had a request, each once, to erase what it has of the person, unless it said already that it did. From then on
 * none of them sees whom it was about, and none of these cases goes on to another partner.
 */
export async function wantErasure(tx: Prisma.TransactionClient, requestId: string, now: Date, actor: string): Promise<void> {
  const asked = await tx.escalation.updateManyAndReturn({
    where: { requestId, erasureWantedAt: null },
    // How long that takes is a ladder of its own.
    data: { erasureWantedAt: now, rung: 0 },
    select: { id: true, erasureConfirmedAt: true },
  })
  for (const { id, erasureConfirmedAt } of asked)
    if (erasureConfirmedAt === null) await record(tx, 'escalation.erasure_wanted', id, now, actor)
}
