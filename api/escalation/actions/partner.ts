import { viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf } from '../../access/rules/viewer.ts'
import { record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import { Conflict, NotFound } from '../../errors.ts'
import type { Verb } from '../rules/transitions.ts'
import { type By, type CaseParts, changeEscalation, inCase, type Scope, touch } from './change.ts'
import { type CaseView, caseById } from './rows.ts'

/**
 * What a case worker does with a case of her organization.
 * @param version the one that she has seen; null: whatever it is
 * @throws NotFound; Conflict; InvalidInput
 */
export async function workOn(context: Context, id: string, verb: Verb, version: number | null = null): Promise<CaseView> {
  const viewer = viewerIn(context)
  const scope = { organizationIds: organizationsOf(viewer, ['PARTNER']) }
  await changeEscalation(context, id, verb, { actor: viewer.actor, now: context.now }, version, scope)
  return reread(context, id)
}

/** The organization says that it has erased what it had of the person. Twice is once. @throws NotFound; Conflict while it is still to work on it */
export async function confirmErasure(context: Context, id: string): Promise<CaseView> {
  const viewer = viewerIn(context)
  await confirmErasureBy(context, id, { actor: viewer.actor, now: context.now }, { organizationIds: organizationsOf(viewer, ['PARTNER']) })
  return reread(context, id)
}

/** The same by whoever speaks for it otherwise. @throws NotFound; Conflict `case_open` */
export async function confirmErasureBy(parts: CaseParts, id: string, { actor, now }: By, scope?: Scope): Promise<void> {
  await inCase(parts, id, scope, async (tx, { row, request }) => {
    if (row.erasureConfirmedAt !== null) return
    if (row.endedAt === null) throw new Conflict('case_open')
    await tx.escalation.update({ where: { id }, data: { erasureConfirmedAt: now } })
    await record(tx, 'escalation.erasure_confirmed', id, now, actor)
    await touch(tx, request)
  })
}

/** What was just changed, as it is now. @throws NotFound when it has gone meanwhile */
export async function reread(context: Context, id: string): Promise<CaseView> {
  const one = await caseById(context, id)
  if (!one) throw new NotFound('record')
  return one
}
