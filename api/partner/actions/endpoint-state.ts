import { record } from '../../callback/actions/change.ts'
import type { Prisma, PrismaClient } from '../../db/generated/client.ts'
import type { Outcome } from '../../jobs/outbox.ts'
import { isGivenUp, type PausedWhy, wasAway } from '../rules/endpoint.ts'

type Tx = Prisma.TransactionClient
type Endpoint = { id: string; organizationId: string }

/**
 * Notes that an endpoint answered as it should. What waits for one that was away for long goes at once: the next attempt of a message may have
 * been a day ahead.
 */
export async function noteAnswer(db: PrismaClient, { id, organizationId }: Endpoint, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const [row] = await lockEndpoint(tx, id)
    if (!row?.failingSince) return
    await tx.partnerEndpoint.update({ where: { id }, data: { failingSince: null } })
    if (wasAway(row.failingSince, now)) await sendWaiting(tx, organizationId, now)
  })
}

/**
 * Notes that an endpoint did not answer as it should: one that says that it is gone, and one that has failed for three days, is paused, and
 * those who look after it are told.
 * @param code how the attempt ended
 * @param askedMs how long it asked to be left alone, in milliseconds
 */
export async function noteFailure(
  db: PrismaClient,
  { id, organizationId }: Endpoint,
  { code, askedMs }: Pick<Outcome, 'code' | 'askedMs'>,
  now: Date,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const [row] = await lockEndpoint(tx, id)
    if (!row || row.pausedAt) return
    const failingSince = row.failingSince ?? now
    const why: PausedWhy | null = code === 'http_410' ? 'gone' : isGivenUp(failingSince, now) ? 'failing' : null
    const retryAt = askedMs === undefined ? undefined : new Date(now.getTime() + askedMs)
    if (!row.failingSince || retryAt) await tx.partnerEndpoint.update({ where: { id }, data: { failingSince, retryAt } })
    if (why) await pause(tx, organizationId, why, now, 'system')
  })
}

/** Pauses a partner's endpoint: what is to be sent waits. Nothing happens to one that is paused already. */
export async function pause(tx: Tx, organizationId: string, why: PausedWhy, now: Date, actor: string): Promise<void> {
  const { count } = await tx.partnerEndpoint.updateMany({
    where: { organizationId, pausedAt: null },
    data: { pausedAt: now, pausedWhy: why },
  })
  if (count > 0) await record(tx, 'endpoint.paused', organizationId, now, actor)
}

/**
 * All that waits for a partner's system is due now, or when it asked to be asked again, and begins its attempts anew: in the order in which it happened, a millisecond apart, so that
 * whoever looks for the next message need not look at all of them.
 */
export async function sendWaiting(tx: Tx, organizationId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH waiting AS (
      SELECT d."id", row_number() OVER (ORDER BY d."event_id" DESC) AS "behind"
      FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id" JOIN "escalation" AS c ON c."id" = e."subject_id"
      WHERE c."organization_id" = ${organizationId}::uuid AND d."channel" = 'WEBHOOK' AND d."state" = 'PENDING'
        AND (d."leased_until" IS NULL OR d."leased_until" <= ${now}::timestamptz)
    )
    UPDATE "delivery" AS d SET "attempts" = 0, "next_at" = w."behind" * interval '-1 millisecond' + greatest(${now}::timestamptz, (
      SELECT "retry_at" FROM "partner_endpoint" WHERE "organization_id" = ${organizationId}::uuid))
    FROM waiting AS w WHERE w."id" = d."id"`
}

/**
 * What waits for a partner's system is looked at once more by those who know how partners are told: it has no system that passed a test, and may
 * be told otherwise.
 */
export async function lookAgain(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE "outbox_event" AS e SET "dispatched_at" = NULL FROM "delivery" AS d, "escalation" AS c
    WHERE d."event_id" = e."id" AND c."id" = e."subject_id" AND c."organization_id" = ${organizationId}::uuid
      AND d."channel" = 'WEBHOOK' AND d."state" = 'PENDING'`
}

/** Nothing that waits for a partner's system is sent there any more: it has none, and is told otherwise. */
export async function callOff(tx: Tx, organizationId: string, now: Date): Promise<void> {
  await lookAgain(tx, organizationId)
  await tx.$executeRaw`
    UPDATE "delivery" AS d SET "state" = 'CANCELLED', "done_at" = ${now}, "leased_until" = NULL
    FROM "outbox_event" AS e JOIN "escalation" AS c ON c."id" = e."subject_id"
    WHERE e."id" = d."event_id" AND c."organization_id" = ${organizationId}::uuid AND d."channel" = 'WEBHOOK' AND d."state" = 'PENDING'`
}

type State = { failingSince: Date | null; pausedAt: Date | null }
const lockEndpoint = (tx: Tx, id: string) => tx.$queryRaw<State[]>`
  SELECT "failing_since" AS "failingSince", "paused_at" AS "pausedAt" FROM "partner_endpoint" WHERE "id" = ${id}::uuid FOR UPDATE`
