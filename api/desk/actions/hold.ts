import { viewerIn } from '../../access/actions/staff.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import { inTransaction } from '../../callback/actions/change.ts'
import { isOpenStatus } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import type { CallAttempt, CallbackRequest, Prisma } from '../../db/generated/client.ts'
import type { Line } from '../../directory/snapshot.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { isId, linesOf } from '../rules/scope.ts'
import { LEASE_MS } from './lease.ts'

type Tx = Prisma.TransactionClient

/** A request that the viewer may see, locked until the transaction ends. */
export type Locked = CallbackRequest & { line: Line; attempts: CallAttempt[] }

/**
 * Locks a request, so that nothing else happens to it meanwhile.
 * @throws NotFound when there is none that the viewer may see
 */
export async function lock(tx: Tx, { directory }: Context, viewer: Viewer, id: string): Promise<Locked> {
  const lineIds = linesOf(directory, viewer).map((line) => line.id)
  if (!isId(id)) throw new NotFound('record')
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "callback_request" WHERE "id" = ${id}::uuid AND "line_id" = ANY(${lineIds}::uuid[]) AND "repeat_of_id" IS NULL FOR UPDATE`
  const attempts = { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] }
  const row = found.length === 0 ? null : await tx.callbackRequest.findUnique({ where: { id }, include: { attempts } })
  const line = row === null ? undefined : directory.linesById.get(row.lineId)
  if (!row || !line) throw new NotFound('record')
  return { ...row, line }
}

/**
 * Does something with a request that the viewer holds, in one transaction. Who does something is at it: the lease begins anew.
 * @param isDone whether it was done already, by a first click, perhaps with the claim given up: then nothing happens
 * @throws NotFound; Conflict when it is over, when she does not hold it, and when her lease has ended
 */
export async function holding(
  context: Context,
  id: string,
  work: (tx: Tx, row: Locked, viewer: Viewer) => Promise<void>,
  isDone: (row: Locked, viewer: Viewer) => boolean = () => false,
): Promise<void> {
  const viewer = viewerIn(context)
  const { db, now } = context
  await inTransaction(db, async (tx) => {
    const row = await lock(tx, context, viewer, id)
    if (isDone(row, viewer)) return
    await checkHeld(tx, row, viewer, now)
    await tx.callbackRequest.update({ where: { id }, data: { claimedUntil: new Date(now.getTime() + LEASE_MS) } })
    await work(tx, row, viewer)
  })
}

/** @throws Conflict */
export async function checkHeld(tx: Tx, row: Locked, viewer: Viewer, now: Date): Promise<void> {
  if (!isOpenStatus(row.status)) throw new Conflict('callback_over')
  if (row.claimedById === viewer.id && row.claimedUntil !== null && row.claimedUntil > now) return
  if (row.claimedById === viewer.id || (row.claimedById === null && (await lostLease(tx, row.id, viewer))))
    throw new Conflict('lease_ended')
  const holder =
    row.claimedById === null ? null : await tx.staffMember.findUnique({ where: { id: row.claimedById }, select: { name: true } })
  throw new Conflict('not_holding', holder?.name)
}

/** Whether the last that happened to a claim is that hers ran out. */
export async function lostLease(tx: Tx, subjectId: string, { actor }: Viewer): Promise<boolean> {
  const action = { in: ['callback.claimed', 'callback.released', 'callback.reassigned', 'callback.lease_ended'] }
  const [last, before] = await tx.auditEvent.findMany({ where: { subjectId, action }, orderBy: { id: 'desc' }, take: 2 })
  return last?.action === 'callback.lease_ended' && before?.actor === actor
}
