import { viewerIn } from '../../access/actions/staff.ts'
import { leaveQueue, record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { Prisma } from '../../db/generated/client.ts'
import { holderAt } from '../../desk/rules/queue.ts'
import { Conflict, InvalidInput } from '../../errors.ts'
import { casesOf } from '../rules/scope.ts'
import { isOpenCase } from '../rules/transitions.ts'
import { applyVerb, type By, type CaseParts, changeEscalation, checkRoom, inCase, type LockedCase, lockLatest } from './change.ts'
import { deal, objectOf } from './deal.ts'
import { reread } from './partner.ts'
import type { CaseView } from './rows.ts'

/** Takes a case back from its partner: the request is in the queue again at once. @throws NotFound; Conflict; InvalidInput */
export async function takeBack(context: Context, id: string, note: string | null): Promise<CaseView> {
  const viewer = viewerIn(context)
  const { lineIds } = casesOf(context.directory, viewer)
  const by = { actor: viewer.actor, now: context.now }
  await changeEscalation(context, id, { kind: 'cancel', reason: 'TAKEN_BACK', note }, by, null, { lineIds })
  return reread(context, id)
}

/**
 * Hands the last case of a request to another partner, as the person agreed that one may: one that is open, or one that came back and that nobody
 * is calling about.
 * The one before stays, with what happened to it.
 * @param partner slug of the organization
 * @returns the new case; sent twice it is one
 * @throws NotFound; Conflict `agreement_for_one`, `case_over`, `partner_full`; InvalidInput
 */
export async function reroute(context: Context, id: string, partner: string): Promise<CaseView> {
  const viewer = viewerIn(context)
  const { directory, now } = context
  const { lineIds } = casesOf(directory, viewer)
  const organization = directory.organizationsBySlug.get(partner)
  if (!organization) throw new InvalidInput([{ path: ['input', 'partner'], code: 'unknown', params: { value: partner.slice(0, 60) } }])
  const made = await inCase(context, id, { lineIds }, async (tx, locked) => {
    const next = await tx.escalation.findFirst({ where: { previousId: id } })
    if (next?.organizationId === organization.id) return next.id
    const { row, request } = locked
    if (next || !mayMoveOn(locked, viewer.id, now) || (await lockLatest(tx, request.id)) !== id) throw new Conflict('case_over')
    if (!row.agreementAnyone) throw new Conflict('agreement_for_one')
    if (row.organizationId === organization.id)
      throw new InvalidInput([{ path: ['input', 'partner'], code: 'unknown', params: { value: partner.slice(0, 60) } }])
    await checkRoom(tx, organization)
    const moved = await moveOn(tx, context, locked, organization.id, { actor: viewer.actor, now })
    if (request.status !== 'ESCALATED') await record(tx, 'callback.escalated', request.id, now, viewer.actor)
    return moved
  })
  return reread(context, made)
}

/** It is open, or came back to a request that nobody is calling about. What the person took back goes nowhere. */
function mayMoveOn({ row, request }: LockedCase, viewerId: string, now: Date): boolean {
  if (row.erasureWantedAt !== null) return false
  if (isOpenCase(row)) return true
  const holder = holderAt(request, now)
  const cameBack = row.state === 'REJECTED' || (row.state === 'FAILED' && row.failReason !== 'DECLINED_BY_PERSON')
  return cameBack && request.status === 'REACHED' && request.repeatOfId === null && (holder === null || holder === viewerId)
}

/**
 * Gives a case to another partner, which gets the same. What the phone asked since it came back waits on by itself: nobody has spoken with her.
 * @returns the id of the new one
 */
export async function moveOn(
  tx: Prisma.TransactionClient,
  parts: CaseParts,
  locked: LockedCase,
  organizationId: string,
  by: By,
): Promise<string> {
  const { row, request, hours } = locked
  const object = objectOf(parts.keys, row)
  if (object === null) throw new Conflict('case_over')
  if (isOpenCase(row)) await applyVerb(tx, parts, locked, { kind: 'cancel', reason: 'REROUTED' }, by)
  const { urgency, needCode, communeNis, shares } = row
  const { agreementWay, agreementVersion, agreementLanguage, agreedAt, agreementBy, agreementAnyone } = row
  const agreement = { agreementWay, agreementVersion, agreementLanguage, agreedAt, agreementBy, agreementAnyone }
  const made = { organizationId, object, urgency, needCode, communeNis, shares, ...agreement, previousId: row.id }
  const next = await deal(tx, parts.keys, { request, hours }, made, by)
  await leaveQueue(tx, { ...request, slotStartsAt: null, claimedUntil: null })
  await record(tx, 'escalation.rerouted', next.id, by.now, by.actor)
  return next.id
}
