import type { Context } from '../../context.ts'
import type { CallbackRequest, Prisma } from '../../db/generated/client.ts'
import { DEADLOCK, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE, sqlStateOf } from '../../db/sqlstate.ts'
import { Conflict, InvalidInput, SlotTaken } from '../../errors.ts'
import { OPEN, type Receipt } from '../rules/receipt.ts'
import { isSlotOf, type Slot, slotById } from '../rules/slots.ts'
import { type Claim, claimedCallback } from './find.ts'
import { nextFreeSlots } from './slots.ts'

type Tx = Prisma.TransactionClient

/** Held by nobody: what is over, or withdrawn, no agent is at any more. */
export const FREE = { claimedById: null, claimedAt: null, claimedUntil: null } as const

/** How often a transaction is tried again that another one got in the way of. */
const TRIES = 4

/**
 * Withdraws a request, as long as nobody has spoken with the person; and one that came back from a partner, as long as nobody has it: she is to be
 * called about it. Once more is the same as once.
 * @throws NotFound; Conflict when it is over; TooManyRequests; SiteRefused; PostRequired
 */
export async function cancelCallback(context: Context, claim: Claim): Promise<Receipt> {
  const found = await claimedCallback(context, claim)
  if (found.status === 'CANCELLED') return found
  const { db, now } = context
  await inTransaction(db, async (tx) => {
    // Who is at it is known only until it is withdrawn.
    const [before] = await tx.$queryRaw<{ claimedUntil: Date | null }[]>`
      SELECT "claimed_until" AS "claimedUntil" FROM "callback_request" WHERE "id" = ${found.id}::uuid FOR UPDATE`
    const isFree = before?.claimedUntil == null || before.claimedUntil <= now
    const waits = { status: { in: ['NEW', 'CLAIMED'] satisfies Receipt['status'][] } }
    const isBack = { status: 'REACHED' as const, escalations: { some: {} } }
    const where = { id: found.id, OR: isFree ? [waits, isBack] : [waits] }
    const [row] = await tx.callbackRequest.updateManyAndReturn({ where, data: { status: 'CANCELLED', closedAt: now, ...FREE } })
    if (row) {
      await leaveQueue(tx, { ...row, claimedUntil: before?.claimedUntil ?? null })
      return record(tx, 'callback.cancelled', found.id, now)
    }
    // Sent twice, and the other one was first: it is withdrawn, which is what she wants to hear.
    const present = await tx.callbackRequest.findUnique({ where: { id: found.id }, select: { status: true } })
    if (present?.status !== 'CANCELLED') throw new Conflict('callback_over')
  })
  context.reach('callback.moved')
  return { ...found, status: 'CANCELLED' }
}

/**
 * Moves a request that nobody has taken yet to another slot, or to "as soon as possible". The place it had is free again.
 * @param slot id of the slot wanted; null: as soon as possible
 * @throws NotFound; Conflict when somebody is calling already, or it is over; SlotTaken; InvalidInput; TooManyRequests; SiteRefused
 */
export async function rescheduleCallback(context: Context, claim: Claim, slot: string | null): Promise<Receipt> {
  const found = await claimedCallback(context, claim)
  const { db, now } = context
  const line = context.directory.linesById.get(found.lineId)
  if (!line) throw new Conflict('callback_over')
  const wanted = slot === null ? null : slotById(line, slot, now)
  if (slot !== null && !wanted) {
    if (isSlotOf(line, slot)) throw new SlotTaken(await nextFreeSlots(context, line, now))
    throw new InvalidInput([{ path: ['slot'], code: 'slot_not_offered' }])
  }
  const changed = await inTransaction(db, async (tx) => {
    // Nobody takes it, and no second move begins, until this one is done.
    const [row] = await tx.$queryRaw<Waiting[]>`
      SELECT "status", "slot_starts_at" AS "slotStartsAt", "call_from" AS "callFrom", "not_before" AS "notBefore" FROM "callback_request"
      WHERE "id" = ${found.id}::uuid FOR UPDATE`
    if (row?.status !== 'NEW') throw new Conflict(row?.status === 'CLAIMED' ? 'callback_under_way' : 'callback_over')
    if (row.slotStartsAt?.getTime() === wanted?.startsAt.getTime()) return {}
    if (!(await changePlace(tx, line.id, row.slotStartsAt, wanted))) return null
    const callFrom = latest(wanted ? wanted.startsAt : row.slotStartsAt ? now : row.callFrom, row.notBefore)
    const data = { slotStartsAt: wanted?.startsAt ?? null, slotEndsAt: wanted?.endsAt ?? null, callFrom }
    await tx.callbackRequest.update({ where: { id: found.id }, data })
    await record(tx, 'callback.rescheduled', found.id, now)
    return { slot: wanted && { startsAt: wanted.startsAt, endsAt: wanted.endsAt }, callFrom }
  })
  if (!changed) throw new SlotTaken(await nextFreeSlots(context, line, wanted?.startsAt ?? now))
  context.reach('callback.moved')
  return { ...found, ...changed }
}

type Waiting = { status: Receipt['status']; slotStartsAt: Date | null; callFrom: Date; notBefore: Date | null }

const latest = (one: Date, other: Date | null): Date => (other && other > one ? other : one)

/**
 * What a request leaves behind when it is no longer open: its place in a slot, and those that added to it, of which the first takes its place
 * in the queue. Whoever held it may have the phone ringing at this moment: before her lease would have ended nobody else calls the same number.
 * The calls that were made about it do not count for the heir, who may be somebody else.
 * @param row as it was while somebody held it
 */
export async function leaveQueue(
  tx: Tx,
  row: { id: string; lineId: string; slotStartsAt: Date | null; claimedUntil: Date | null },
): Promise<void> {
  if (row.slotStartsAt) await freePlace(tx, row.lineId, row.slotStartsAt)
  const [heir, ...others] = await lockRepeats(tx, row.id)
  if (!heir) return
  // To move it does not bring it forward either.
  await tx.$executeRaw`
    UPDATE "callback_request" SET "repeat_of_id" = NULL, "call_from" = greatest("call_from", ${row.claimedUntil}::timestamptz),
      "not_before" = greatest("not_before", ${row.claimedUntil}::timestamptz)
    WHERE "id" = ${heir}::uuid`
  await tx.callbackRequest.updateMany({ where: { id: { in: others } }, data: { repeatOfId: heir } })
}

/**
 * The ids of those that add to a request and are open, oldest first, locked before anything is decided: one of them may be withdrawn at this
 * moment, and then it neither ends nor inherits.
 */
async function lockRepeats(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "callback_request" WHERE "repeat_of_id" = ${id}::uuid AND "status"::text = ANY(${[...OPEN]})
    ORDER BY "position" FOR UPDATE`
  return rows.map((row) => row.id)
}

/** How a request ends at the desk: its status, what the receipt says of it, and what is recorded. */
export type Ending = { status: 'CLOSED' | 'UNREACHABLE'; outcome: string; what: 'callback.closed' | 'callback.unreachable' }

/**
 * Ends a request, and those of the ones that add to it of which `endsToo` says that this ends them, too. Each is recorded. Places in slots are
 * free, and nobody holds it any more. The others go on waiting, the first of them in its place, from when she may be called: the phone is not in
 * use any more. That nobody was reached is as true of those that end with it; what came of a conversation is not, since whoever left such a
 * request may be somebody else, who would read it on her receipt. One that came back from a partner, or was opened again (`back.ts`), never ends
 * with another: she was told that somebody calls about it. Nor does one about which somebody has begun to speak with her.
 */
export async function endCallback(
  tx: Tx,
  row: { id: string; lineId: string; slotStartsAt: Date | null },
  ending: Ending,
  by: { now: Date; actor: string },
  endsToo: (repeat: CallbackRequest) => boolean,
): Promise<void> {
  const { status, outcome, what } = ending
  await tx.callbackRequest.update({ where: { id: row.id }, data: { status, outcome, closedAt: by.now, ...FREE } })
  if (row.slotStartsAt) await freePlace(tx, row.lineId, row.slotStartsAt)
  await record(tx, what, row.id, by.now, by.actor)
  await endRepeats(tx, row, ending, by, endsToo)
}

/** The same for those only that add to a request. */
export async function endRepeats(
  tx: Tx,
  { id, lineId }: { id: string; lineId: string },
  { status, outcome, what }: Omit<Ending, 'outcome'> & { outcome: string | null },
  { now, actor }: { now: Date; actor: string },
  endsToo: (repeat: CallbackRequest) => boolean,
): Promise<void> {
  const ids = await lockRepeats(tx, id)
  const where = { id: { in: ids }, status: { not: 'REACHED' as const }, escalations: { none: {} } }
  const also = (await tx.callbackRequest.findMany({ where, orderBy: { position: 'asc' } })).filter(endsToo)
  await tx.callbackRequest.updateMany({
    where: { id: { in: also.map((one) => one.id) } },
    data: { status, closedAt: now, ...FREE, outcome: status === 'UNREACHABLE' ? outcome : null },
  })
  for (const { slotStartsAt } of also) if (slotStartsAt) await freePlace(tx, lineId, slotStartsAt)
  await leaveQueue(tx, { id, lineId, slotStartsAt: null, claimedUntil: null })
  for (const one of also) await record(tx, what, one.id, now, actor)
}

/** Says in the same transaction what was done: to those who act on it, and to those who look into it later. */
export async function record(tx: Tx, what: string, subjectId: string, at: Date, actor = 'citizen'): Promise<void> {
  await tx.outboxEvent.create({ data: { type: what, subjectId, at } })
  await tx.auditEvent.create({ data: { action: what, subjectId, at, actor } })
}

/**
 * Several statements as one. Who waited crosswise for another is tried again.
 * @param busy how that is told to who waited for too long
 * @throws Conflict when somebody else holds what is wanted for too long
 */
export async function inTransaction<T>(
  db: Context['db'],
  work: (tx: Tx) => Promise<T>,
  busy: 'in_progress' | 'content_busy' = 'in_progress',
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work)
    } catch (error) {
      const state = sqlStateOf(error)
      if (state === LOCK_NOT_AVAILABLE) throw new Conflict(busy)
      if ((state !== DEADLOCK && state !== SERIALIZATION_FAILURE) || attempt === TRIES) throw error
    }
  }
}

/**
 * Gives up one place and takes another; false when the other slot is full. Both rows are locked in the order of time, so that two people who
 * change places do not wait for each other for ever.
 */
async function changePlace(tx: Tx, lineId: string, from: Date | null, to: Slot | null): Promise<boolean> {
  if (to) {
    const { startsAt, endsAt } = to
    await tx.callbackSlot.createMany({ data: { lineId, startsAt, endsAt, taken: 0 }, skipDuplicates: true })
    await tx.$queryRaw`
      SELECT 1 FROM "callback_slot" WHERE "line_id" = ${lineId}::uuid AND "starts_at" IN (${startsAt}, ${from ?? startsAt})
      ORDER BY "starts_at" FOR UPDATE`
    const held = { where: { lineId, startsAt, taken: { lt: to.places } }, data: { taken: { increment: 1 } } }
    if ((await tx.callbackSlot.updateMany(held)).count === 0) return false
  }
  if (from) await freePlace(tx, lineId, from)
  return true
}

const freePlace = (tx: Tx, lineId: string, startsAt: Date) =>
  tx.callbackSlot.updateMany({ where: { lineId, startsAt, taken: { gt: 0 } }, data: { taken: { decrement: 1 } } })
