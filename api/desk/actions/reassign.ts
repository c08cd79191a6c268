import { viewerIn } from '../../access/actions/staff.ts'
import { inTransaction, record } from '../../callback/actions/change.ts'
import { isOpenStatus } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import { Prisma } from '../../db/generated/client.ts'
import { sqlStateOf, UNIQUE_VIOLATION } from '../../db/sqlstate.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { isDue } from '../rules/queue.ts'
import { isId, supervises } from '../rules/scope.ts'
import { reread } from './claim.ts'
import { lock } from './hold.ts'
import { endLeases, LEASE_MS, letGo } from './lease.ts'
import type { DeskRequest } from './rows.ts'

/**
 * Gives a request to a colleague who is at nobody's, or back into the queue, whoever holds it.
 * @param to a member who is an agent where the line is run; null: nobody
 * @throws NotFound for a request that the viewer does not supervise, and a member who is no agent there; Conflict
 */
export async function reassignCallback(context: Context, id: string, to: string | null): Promise<DeskRequest> {
  const viewer = viewerIn(context)
  const { db, directory, now } = context
  try {
    await inTransaction(db, async (tx) => {
      const row = await lock(tx, context, viewer, id)
      if (!supervises(viewer, row.line)) throw new NotFound('record')
      if (!isOpenStatus(row.status)) throw new Conflict('callback_over')
      if (to === null) {
        if (row.claimedById === null) return
        await tx.callbackRequest.update({ where: { id }, data: letGo(directory, row, now) })
      } else {
        await checkAgent(tx, to, row.line.organization.id)
        // A conversation that was begun is handed on at once.
        if (!isDue(row, now) && row.status !== 'REACHED') throw new Conflict('not_due')
        await endLeases(tx, context, Prisma.sql`"claimed_by_id" = ${to}::uuid AND "id" <> ${id}::uuid`)
        const held = { claimedById: to, claimedAt: now, claimedUntil: new Date(now.getTime() + LEASE_MS) }
        await tx.callbackRequest.update({ where: { id }, data: { ...held, status: row.status === 'NEW' ? 'CLAIMED' : row.status } })
      }
      await record(tx, 'callback.reassigned', id, now, viewer.actor)
    })
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION || to === null) throw error
    const busy = await db.callbackRequest.count({ where: { claimedById: to, id: { not: id } } })
    throw new Conflict(busy > 0 ? 'colleague_busy' : 'person_on_the_phone')
  }
  return reread(context, id)
}

/** @throws NotFound when there is no such agent in the organization */
async function checkAgent(tx: Prisma.TransactionClient, id: string, organizationId: string): Promise<void> {
  const where = { id, disabledAt: null, memberships: { some: { organizationId, role: 'AGENT' as const } } }
  if (!isId(id) || (await tx.staffMember.count({ where })) === 0) throw new NotFound('record')
}
