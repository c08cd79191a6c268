import { administered, viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { Delivery, DeliveryAttempt, DeliveryState, Prisma } from '../../db/generated/client.ts'
import { inBatches } from '../../db/batch.ts'
import { isId } from '../../desk/rules/scope.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { ASKING, pointlessForPartner } from '../rules/send.ts'

/** A message to a partner, and how it went. */
export type CaseDelivery = Delivery & { tries: DeliveryAttempt[]; event: { type: string; subjectId: string } }

/** How partners are told. */
const CHANNELS = ['WEBHOOK', 'CASE_LINK'] as const

/** Messages of one partner shown at most. */
const MOST = 100

const INCLUDED = {
  tries: { orderBy: { id: 'asc' } },
  event: { select: { type: true, subjectId: true } },
} as const satisfies Prisma.DeliveryInclude

/** The messages about a case, oldest first; those of a whole list of cases are read together. */
export function deliveriesOf(context: Context, caseId: string): Promise<readonly CaseDelivery[]> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => {
      const rows = await context.db.delivery.findMany({
        where: { channel: { in: [...CHANNELS] }, event: { subjectId: { in: [...ids] } } },
        orderBy: [{ eventId: 'asc' }, { channel: 'asc' }],
        include: INCLUDED,
      })
      return ids.map((id) => rows.filter(({ event }) => event.subjectId === id))
    })
    asking.set(context, ask)
  }
  return ask(caseId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<readonly CaseDelivery[]>>()

/** The last messages to a partner's own system, the latest first. */
export async function deliveriesTo(context: Context, organizationId: string, state: DeliveryState | null): Promise<CaseDelivery[]> {
  const { db, sql } = context
  const { rows } = await sql.query<{ id: string }>(
    `SELECT d."id" FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id" JOIN "escalation" AS c ON c."id" = e."subject_id"
     WHERE c."organization_id" = $1::uuid AND d."channel" = 'WEBHOOK' AND ($2::text IS NULL OR d."state"::text = $2)
     ORDER BY d."event_id" DESC LIMIT ${MOST}`,
    [organizationId, state],
  )
  return db.delivery.findMany({ where: { id: { in: rows.map(({ id }) => id) } }, orderBy: { eventId: 'desc' }, include: INCLUDED })
}

/**
 * Sends a message again, under the same name: who has it already knows it by that. It begins its attempts anew.
 * @throws NotFound for one that is not of the viewer's lines, where she supervises, or of an organization she administers; Conflict when it
 * was called off, or asks for an answer to a case that is over
 */
export async function replayDelivery(context: Context, id: string): Promise<CaseDelivery> {
  const { db, now } = context
  const viewer = viewerIn(context)
  const found = isId(id)
    ? await db.delivery.findFirst({
        where: { id, channel: { in: [...CHANNELS] } },
        include: { event: { select: { type: true, subjectId: true } } },
      })
    : null
  const row = found && (await db.escalation.findFirst({ where: { id: found.event.subjectId, ...within(context) } }))
  if (!found || !row) throw new NotFound('record')
  if (found.state === 'CANCELLED' || pointlessForPartner(found.event.type, row) !== null) throw new Conflict('delivery_called_off')
  await db.$transaction(async (tx) => {
    // One that is under way at this moment goes on.
    await tx.delivery.updateMany({
      where: { id, state: { not: 'CANCELLED' }, OR: [{ leasedUntil: null }, { leasedUntil: { lte: now } }] },
      data: { state: 'PENDING', attempts: 0, nextAt: now, doneAt: null, leasedUntil: null },
    })
    await tx.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'delivery.replayed', subjectId: row.id } })
  })
  return db.delivery.findUniqueOrThrow({ where: { id }, include: INCLUDED })
}

/**
 * Sends all messages to a partner again that were given up since a moment, but for those that ask for an answer to a case that is over.
 * @param delivered also those that it took, for one that has lost what it had
 * @returns how many
 * @throws NotFound for an organization whose cases are none of the viewer's business
 */
export async function replayDeliveries(
  context: Context,
  { organization: slug, since, delivered }: { organization: string; since: Date; delivered: boolean },
): Promise<number> {
  const { db, directory, now } = context
  const viewer = viewerIn(context)
  const organization = directory.organizationsBySlug.get(slug)
  const partner = organization && (await db.partner.findUnique({ where: { organizationId: organization.id } }))
  if (!partner) throw new NotFound('record')
  const { organizationId } = partner
  const reach = administered(viewer)
  const all = reach === 'ALL' || reach.includes(organizationId)
  if (!all && !(await db.escalation.findFirst({ where: { organizationId, ...within(context) }, select: { id: true } })))
    throw new NotFound('record')
  const states = delivered ? ['DEAD', 'DELIVERED'] : ['DEAD']
  // In one statement, however many there are.
  const [again] = await db.$queryRaw<{ count: number }[]>`
    WITH again AS (
      UPDATE "delivery" AS d SET "state" = 'PENDING', "attempts" = 0, "next_at" = ${now}, "done_at" = NULL, "leased_until" = NULL
      FROM "outbox_event" AS e, "escalation" AS c, "callback_request" AS r, "line" AS l
      WHERE e."id" = d."event_id" AND c."id" = e."subject_id" AND r."id" = c."request_id" AND l."id" = r."line_id"
        AND c."organization_id" = ${organizationId}::uuid AND e."at" >= ${since}
        AND d."channel"::text = ANY (${CHANNELS}) AND d."state"::text = ANY (${states})
        AND (${all} OR l."organization_id" = ANY (${organizationsOf(viewer, ['SUPERVISOR'])}::uuid[]))
        AND (c."ended_at" IS NULL OR e."type" <> ALL (${ASKING}))
      RETURNING d."id"
    ), noted AS (
      INSERT INTO "audit_event" ("at", "actor", "action", "subject_id")
      SELECT ${now}, ${viewer.actor}, 'delivery.replayed', ${organizationId}::uuid WHERE EXISTS (SELECT FROM again)
    )
    SELECT count(*)::int AS "count" FROM again`
  return again?.count ?? 0
}

/** Cases whose messages the viewer may send again: of lines that she supervises, and of partners that she administers. */
function within(context: Context): Prisma.EscalationWhereInput {
  const viewer = viewerIn(context)
  const reach = administered(viewer)
  const supervised = organizationsOf(viewer, ['SUPERVISOR'])
  const ofLine = { request: { line: { organizationId: { in: supervised } } } }
  return reach === 'ALL' ? {} : { OR: [ofLine, { organizationId: { in: [...reach] } }] }
}
