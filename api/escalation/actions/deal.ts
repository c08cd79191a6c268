import { randomUUID } from 'node:crypto'
import { record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { CallbackRequest, Escalation, Prisma } from '../../db/generated/client.ts'
import type { Hours } from '../../directory/snapshot.ts'
import { seal, unseal } from '../../sealing/seal.ts'
import { answerDue, outcomeDue } from '../rules/deadlines.ts'
import { addStep, type By } from './change.ts'

type Tx = Prisma.TransactionClient

/** What a new case is made of, but for what follows from the moment. */
export type NewCase = Pick<
  Escalation,
  | 'organizationId'
  | 'urgency'
  | 'needCode'
  | 'communeNis'
  | 'shares'
  | 'agreementWay'
  | 'agreementVersion'
  | 'agreementLanguage'
  | 'agreedAt'
  | 'agreementBy'
  | 'agreementAnyone'
> & { object: string; previousId: string | null }

/** Gives a locked request to a partner: from then on the case is the partner's, and nobody of the line holds the request. */
export async function deal(
  tx: Tx,
  keys: Context['keys'],
  { request, hours }: { request: Pick<CallbackRequest, 'id'>; hours: Hours },
  { object, ...made }: NewCase,
  { actor, now }: By,
): Promise<Escalation> {
  const id = randomUUID()
  const answerDueAt = answerDue(hours, made.urgency, now)
  const row = await tx.escalation.create({
    data: {
      ...made,
      id,
      requestId: request.id,
      objectSealed: seal(keys, object, { table: 'escalation', column: 'object', row: id }),
      requestedAt: now,
      requestedBy: actor,
      answerDueAt,
      // Counted anew once it is accepted.
      outcomeDueAt: outcomeDue(hours, made.urgency, answerDueAt),
    },
  })
  await addStep(tx, keys, { escalationId: id, version: row.version, at: now, actor, state: row.state }, null)
  const data = { status: 'ESCALATED', claimedById: null, claimedAt: null, claimedUntil: null, closedAt: null } as const
  await tx.callbackRequest.update({ where: { id: request.id }, data })
  await record(tx, 'escalation.requested', id, now, actor)
  return row
}

/** What the partner is asked for, in clear; null once it is erased. */
export const objectOf = (keys: Context['keys'], { id, objectSealed }: Pick<Escalation, 'id' | 'objectSealed'>): string | null =>
  objectSealed === null ? null : unseal(keys, objectSealed, { table: 'escalation', column: 'object', row: id })
