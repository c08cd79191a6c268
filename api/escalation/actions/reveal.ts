import { randomUUID } from 'node:crypto'
import { viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf } from '../../access/rules/viewer.ts'
import { record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import { LONGEST_REASON, writtenText } from '../../desk/rules/written.ts'
import { Conflict } from '../../errors.ts'
import { seal } from '../../sealing/seal.ts'
import { isForPartner } from '../rules/shared.ts'
import { applyVerb, type By, type CaseParts, inCase, type Scope } from './change.ts'
import { type CaseContact, contactOf } from './contact.ts'

/**
 * Shows to a case worker whom a case is about. That she looked, and why, is stored first: nothing is opened before it is, and nothing is shown
 * when it cannot be. Whoever looks has the case: one that nobody had opened yet is received.
 * @throws NotFound; Conflict `case_over` once it is not the partner's any more; InvalidInput for a reason that is empty or too long
 */
export async function revealCase(context: Context, id: string, reason: string): Promise<CaseContact> {
  const viewer = viewerIn(context)
  const why = writtenText(reason, ['reason'], LONGEST_REASON)
  return openCase(context, id, { actor: viewer.actor, now: context.now }, why, { organizationIds: organizationsOf(viewer, ['PARTNER']) })
}

/**
 * The same for whoever may open it otherwise, such as by a link.
 * @param why in her words; null when nobody was asked
 * @throws NotFound; Conflict
 */
export async function openCase(parts: CaseParts, id: string, by: By, why: string | null, scope?: Scope): Promise<CaseContact> {
  const { actor, now } = by
  const { request, shares } = await inCase(parts, id, scope, async (tx, locked) => {
    const { row, request } = locked
    if (!isForPartner(row, request, now)) throw new Conflict('case_over')
    const revealId = randomUUID()
    const reasonSealed = why === null ? null : seal(parts.keys, why, { table: 'contact_reveal', column: 'reason', row: revealId })
    await tx.contactReveal.create({ data: { id: revealId, requestId: request.id, actor, at: now, reasonSealed } })
    await record(tx, 'escalation.contact_revealed', id, now, actor)
    if (row.state === 'REQUESTED') await applyVerb(tx, parts, locked, { kind: 'receive' }, by)
    return { request, shares: row.shares }
  })
  const contact = await contactOf(parts, parts.db, request, shares)
  if (!contact) throw new Conflict('case_over')
  return contact
}
