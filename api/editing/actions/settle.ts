import { viewerIn } from '../../access/actions/staff.ts'
import { inTransaction } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import { NotFound } from '../../errors.ts'
import { isInReach } from '../rules/reach.ts'
import { locate } from './locate.ts'
import { reachOf } from './reach.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/**
 * Somebody has looked at what a visitor suggested, and it was right or not. Twice the same is once.
 * @returns the id of the record that it was about
 * @throws NotFound for a correction that is not there, or of a record that is not hers
 */
export async function settleCorrection(context: Context, { id, accepted }: { id: string; accepted: boolean }): Promise<string> {
  const viewer = viewerIn(context)
  const reach = await reachOf(context)
  return inTransaction(context.db, async (tx) => {
    const correction = UUID.test(id) ? await tx.correction.findUnique({ where: { id } }) : null
    const { serviceSlug, faqEntrySlug } = correction ?? {}
    const row = serviceSlug
      ? await tx.service.findUnique({ where: { slug: serviceSlug }, select: { id: true } })
      : faqEntrySlug
        ? await tx.faqEntry.findUnique({ where: { slug: faqEntrySlug }, select: { id: true } })
        : null
    const record = row && (await locate(tx, row.id))
    if (!record || !isInReach(reach, record)) throw new NotFound('record')
    const status = accepted ? 'ACCEPTED' : 'DISMISSED'
    const { count } = await tx.correction.updateMany({ where: { id, status: 'NEW' }, data: { status } })
    if (count === 1)
      await tx.auditEvent.create({
        data: {
          at: context.now,
          actor: viewer.actor,
          action: accepted ? 'correction.accepted' : 'correction.dismissed',
          subjectId: record.id,
        },
      })
    return record.id
  })
}
