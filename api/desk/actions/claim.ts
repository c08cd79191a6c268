import { viewerIn } from '../../access/actions/staff.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import { inTransaction, record } from '../../callback/actions/change.ts'
import { isOpenStatus, OPEN } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import { type LanguageCode, Prisma } from '../../db/generated/client.ts'
import { sqlStateOf, UNIQUE_VIOLATION } from '../../db/sqlstate.ts'
import { Conflict, NotFound, NothingWaiting } from '../../errors.ts'
import { holderAt, isDue, placeKey } from '../rules/queue.ts'
import { isId, linesOf, ownLinesOf } from '../rules/scope.ts'
import { openRequests } from './list.ts'
import { type DeskRequest, heldBy, requestById } from './rows.ts'
import { holding, lostLease } from './hold.ts'
import { endLeases, LEASE_MS, letGo } from './lease.ts'

type Tx = Prisma.TransactionClient

/** How often it is tried again to take the next one, when somebody else took it, or its phone, at that moment. */
const TRIES = 5

/**
 * Takes a request, to call: of any number who want it at once one gets it. To claim what one holds is to keep it. One that is not due yet, by
 * the moment she chose or by the rule after a call, is nobody's.
 * @throws NotFound; Conflict, with the name of who was first
 */
export async function claimCallback(context: Context, id: string): Promise<DeskRequest> {
  const viewer = viewerIn(context)
  const lineIds = scopeOf(context, viewer)
  const own = Prisma.sql`"line_id" = ANY(${lineIds}::uuid[]) AND "repeat_of_id" IS NULL AND "id" = ${idOf(id)}::uuid`
  const taken = await claiming(context, viewer, id, async (tx) => {
    await endLeases(
      tx,
      context,
      Prisma.sql`("claimed_by_id" = ${viewer.id}::uuid OR "id" = ${id}::uuid OR
        "phone_index" = (SELECT "phone_index" FROM "callback_request" WHERE "id" = ${id}::uuid)) AND NOT
        ("claimed_by_id" = ${viewer.id}::uuid AND "id" = ${id}::uuid)`,
    )
    return take(tx, context, viewer, own, await lostLease(tx, id, viewer))
  })
  if (!taken) throw await whyNot(context, viewer, id)
  return reread(context, id)
}

/**
 * Takes the first request of the queue that is due and that nobody is at: on the viewer's own lines and in her languages, where she has any,
 * and within what she asks for. Who holds one already gets that one, so that a double click takes one person.
 * @throws NothingWaiting; Conflict
 */
export async function claimNext(
  context: Context,
  wanted: { lines?: readonly string[] | null; languages?: readonly LanguageCode[] | null },
): Promise<DeskRequest> {
  const viewer = viewerIn(context)
  const held = await heldBy(context)
  if (held) return held
  const { directory, now } = context
  const lines = ownLinesOf(directory, viewer).filter(({ slug }) => !wanted.lines?.length || wanted.lines.includes(slug))
  const speaks = (language: LanguageCode) =>
    (viewer.languages.length === 0 || viewer.languages.includes(language)) &&
    (!wanted.languages?.length || wanted.languages.includes(language))
  for (let time = 0; time < TRIES; time++) {
    const free = (await openRequests(context, lines)).filter(
      (row) => holderAt(row, now) === null && isDue(row, now) && speaks(row.language),
    )
    const ids = free
      .map((row) => ({ id: row.id, key: placeKey(row) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .slice(0, AHEAD)
      .map(({ id }) => id)
    if (ids.length === 0) throw new NothingWaiting()
    const id = await claiming(context, viewer, null, async (tx) => {
      await endLeases(tx, context, Prisma.sql`("claimed_by_id" = ${viewer.id}::uuid OR "id" = ANY(${ids}::uuid[]))`)
      return take(
        tx,
        context,
        viewer,
        Prisma.sql`"id" = (
          SELECT r."id" FROM "callback_request" AS r WHERE r."id" = ANY(${ids}::uuid[]) AND r."repeat_of_id" IS NULL
            AND r."claimed_by_id" IS NULL AND r."status"::text = ANY(${[...OPEN]}) AND r."call_from" <= ${now}
            AND NOT EXISTS (SELECT FROM "callback_request" AS h WHERE h."phone_index" = r."phone_index" AND h."claimed_by_id" IS NOT NULL)
          ORDER BY array_position(${ids}::uuid[], r."id") LIMIT 1 FOR UPDATE SKIP LOCKED)`,
      )
    })
    if (id) return reread(context, id)
  }
  throw new NothingWaiting()
}

/** How many of the queue are looked at for one that nobody else takes at this moment: more agents than any desk has. */
const AHEAD = 200

/** Holds on to what one holds, for a lease more. Nothing is noted of it: it happens each minute. @throws NotFound; Conflict */
export async function keepCallback(context: Context, id: string): Promise<DeskRequest> {
  await holding(context, id, async () => {})
  return reread(context, id)
}

/**
 * Gives a request back: who was not called yet waits at her old place, and a conversation that was begun is finished by somebody else, a little
 * later.
 * @throws NotFound; Conflict
 */
export async function releaseCallback(context: Context, id: string): Promise<DeskRequest> {
  await holding(context, id, async (tx, row, viewer) => {
    await tx.callbackRequest.update({ where: { id }, data: letGo(context.directory, row, context.now) })
    await record(tx, 'callback.released', id, context.now, viewer.actor)
  })
  return reread(context, id)
}

/**
 * The one statement that decides who gets it.
 * @param lost her own claim was the last, and ran out: a conversation that she had begun, and may still be in, she takes up again at once
 * @returns its id, or null when there is none to be had
 */
async function take(tx: Tx, { now }: Context, viewer: Viewer, which: Prisma.Sql, lost = false): Promise<string | null> {
  const until = new Date(now.getTime() + LEASE_MS)
  const [row] = await tx.$queryRaw<{ id: string; before: string | null }[]>`
    WITH old AS (SELECT "id", "claimed_by_id" AS "holder" FROM "callback_request" WHERE ${which} FOR UPDATE)
    UPDATE "callback_request" AS r SET "claimed_by_id" = ${viewer.id}::uuid, "claimed_until" = ${until},
      "claimed_at" = CASE WHEN old."holder" IS NULL THEN ${now} ELSE r."claimed_at" END,
      "status" = CASE r."status" WHEN 'NEW' THEN 'CLAIMED' ELSE r."status" END
    FROM old WHERE r."id" = old."id"
      AND (r."claimed_by_id" = ${viewer.id}::uuid OR r."claimed_by_id" IS NULL AND
        r."status"::text = ANY(${[...OPEN]}) AND (r."call_from" <= ${now} OR ${lost} AND r."status" = 'REACHED'))
    RETURNING r."id", old."holder" AS "before"`
  if (!row) return null
  if (row.before === null) await record(tx, 'callback.claimed', row.id, now, viewer.actor)
  return row.id
}

/**
 * Claims within a transaction. The two unique indexes have the last word: nobody holds two, and no phone is held twice.
 * @param id the request named, or null when any would do: then a phone that somebody took at this moment is no conflict
 */
async function claiming<T>(context: Context, viewer: Viewer, id: string | null, work: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    return await inTransaction(context.db, work)
  } catch (error) {
    if (sqlStateOf(error) !== UNIQUE_VIOLATION) throw error
    const other = await context.db.callbackRequest.count({ where: { claimedById: viewer.id, ...(id ? { id: { not: id } } : {}) } })
    if (other > 0) throw new Conflict('holding_another')
    if (id !== null) throw new Conflict('person_on_the_phone')
    return null
  }
}

/** Why a request could not be claimed. */
async function whyNot({ db, now, directory }: Context, viewer: Viewer, id: string): Promise<Conflict | NotFound> {
  const lineId = { in: linesOf(directory, viewer).map((line) => line.id) }
  const row = await db.callbackRequest.findFirst({
    where: { id, lineId, repeatOfId: null },
    include: { claimedBy: { select: { name: true } } },
  })
  if (!row) return new NotFound('record')
  if (!isOpenStatus(row.status)) return new Conflict('callback_over')
  if (holderAt(row, now) !== null) return new Conflict('claimed_by_other', row.claimedBy?.name)
  return isDue(row, now) ? new Conflict('in_progress') : new Conflict('not_due')
}

/** @throws NotFound */
function idOf(id: string): string {
  if (!isId(id)) throw new NotFound('record')
  return id
}

const scopeOf = ({ directory }: Context, viewer: Viewer): string[] => linesOf(directory, viewer).map(({ id }) => id)

/** What was just changed, as it is now. @throws NotFound when it has gone meanwhile */
export async function reread(context: Context, id: string): Promise<DeskRequest> {
  const request = await requestById(context, id)
  if (!request) throw new NotFound('record')
  return request
}
