import type { Context } from '../../context.ts'
import type { EscalationState } from '../../db/generated/client.ts'
import { NotFound, SignInRequired } from '../../errors.ts'
import { isId } from '../../desk/rules/scope.ts'
import { addressBlock, type Limit, type Limits } from '../../limits/limits.ts'
import { secretsOf } from '../../partner/actions/webhook.ts'
import { isSigned } from '../../partner/rules/webhook.ts'
import { hasMovedOn, readSaid } from '../rules/inbound.ts'
import { applyVerb, type CaseParts, inCase, type Scope } from './change.ts'
import { confirmErasureBy } from './partner.ts'

export type InboundParts = CaseParts & { limits: Limits; now: Date; address: string | null }

/** A message as it came: its headers by Standard Webhooks, and its body to the letter. */
export type Inbound = { endpointId: string; id: string; timestamp: string; signature: string; body: string }

/**
 * What came of a message: where the case stands. `repeat`: it had come before; `stale`: something else happened since the version it tells of.
 * In both cases nothing was done.
 */
export type Taken = { id: string; version: number; state: EscalationState; repeat?: true; stale?: true }

/** Refused messages from one block of addresses: who has the secret is never counted. */
const REFUSED: Limit = { name: 'partner.refused', points: 100, seconds: 300 }

/** Ids of messages are short. */
const ID = /^[\w.:-]{1,100}$/

/**
 * Acts on a message of a partner's system, once, however often it comes.
 * @throws SignInRequired for one that is not signed with a secret of the endpoint, or not in these minutes; TooManyRequests; NotFound for a case
 * that is not the partner's; Conflict; InvalidInput
 */
export async function takeMessage(parts: InboundParts, message: Inbound): Promise<Taken> {
  const { db, now } = parts
  const { organizationId } = await senderOf(parts, message)
  const { id, version, does } = readSaid(message.body)
  const where = { endpointId_messageId: { endpointId: message.endpointId, messageId: message.id } }
  const row = isId(id) ? await db.escalation.findUnique({ where: { id } }) : null
  if (row?.organizationId !== organizationId) throw new NotFound('record')
  const present = { id, version: row.version, state: row.state }
  if (await db.receivedMessage.findUnique({ where })) return { ...present, repeat: true }

  const scope: Scope = { organizationIds: [organizationId] }
  const by = { actor: `endpoint:${message.endpointId}`, now }
  const changed =
    does.kind === 'erasure_confirmed'
      ? await confirmErasureBy(parts, id, by, scope)
      : // Judged once the case is locked: our own noting that it was received comes in the same moment as what its system answers at once.
        await inCase(parts, id, scope, async (tx, locked) =>
          hasMovedOn(locked.row.steps, version) ? 'stale' : applyVerb(tx, parts, locked, does, by),
        )
  // Afterwards: one that came while the process died is acted on again, and its version then says that nothing is to be done.
  await db.receivedMessage.createMany({ data: { endpointId: message.endpointId, messageId: message.id, at: now }, skipDuplicates: true })
  if (changed === 'stale') {
    const after = await db.escalation.findUniqueOrThrow({ where: { id } })
    return { id, version: after.version, state: after.state, stale: true }
  }
  return changed ? { id, version: changed.version, state: changed.state } : present
}

/** The partner whose system signed a message. @throws SignInRequired; TooManyRequests */
async function senderOf({ db, keys, limits, now, address }: InboundParts, message: Inbound): Promise<{ organizationId: string }> {
  const { endpointId, id } = message
  const endpoint = isId(endpointId) ? await db.partnerEndpoint.findUnique({ where: { id: endpointId } }) : null
  const secrets = endpoint ? await secretsOf({ db, keys }, endpointId, now) : []
  if (endpoint && ID.test(id) && isSigned(secrets, message, now)) return endpoint
  if (address !== null) await limits.take([{ limit: REFUSED, by: addressBlock(address) }])
  throw new SignInRequired()
}

/** How long messages are remembered, in milliseconds: a repeat that comes later is too old to be taken. */
const REMEMBERED_MS = 86_400_000
/** Rows forgotten by one statement. */
const BATCH = 1_000

/** Forgets messages that can no longer come again. */
export async function forgetMessages({ sql, now }: Pick<Context, 'sql' | 'now'>, stop?: AbortSignal): Promise<void> {
  for (let count = BATCH; count === BATCH && !stop?.aborted; ) {
    const { rowCount } = await sql.query(
      `DELETE FROM "received_message" WHERE ("endpoint_id", "message_id") IN (
        SELECT "endpoint_id", "message_id" FROM "received_message" WHERE "at" < $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - REMEMBERED_MS)],
    )
    count = rowCount ?? 0
  }
}
