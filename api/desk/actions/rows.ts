import { type Staff, viewerIn } from '../../access/actions/staff.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { Prisma, Urgency } from '../../db/generated/client.ts'
import type { Line } from '../../directory/snapshot.ts'
import { inBatches } from '../../db/batch.ts'
import { unseal } from '../../sealing/seal.ts'
import { holderAt, urgencyOf } from '../rules/queue.ts'
import { linesOf, supervises, isId } from '../rules/scope.ts'
import { targetKey, targetOf, type Targets } from '../rules/targets.ts'

/** After looking at the contact details a supervisor sees the person's own words for so long, in milliseconds: as long as a lease. */
export const SEEN_MS = 15 * 60_000

const MEMBER = { select: { id: true, name: true, languages: true } } as const

const included = (viewer: Viewer, now: Date) =>
  ({
    claimedBy: MEMBER,
    attempts: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    notes: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    referrals: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    repeats: { where: { status: { not: 'CANCELLED' }, erasedAt: null }, orderBy: { position: 'asc' } },
    reveals: { where: { actor: viewer.actor, at: { gt: new Date(now.getTime() - SEEN_MS) } }, select: { at: true } },
  }) satisfies Prisma.CallbackRequestInclude

type Row = Prisma.CallbackRequestGetPayload<{ include: ReturnType<typeof included> }>

/** A request as one of the staff may see it. What is sealed is opened by `opened`, and only when it is asked for. */
export type DeskRequest = Row & {
  line: Line
  urgency: Urgency
  targetMinutes: number
  /** The viewer holds it. */
  mine: boolean
  /** She may see the wishes and notes: she holds it, or supervises the line. */
  closeTo: boolean
  /** She may see the person's own words: she holds it, or supervises the line and has looked at the contact details just now. */
  hearing: boolean
}

/** Requests by id, as the viewer may see them, in the order asked for; those that she may not see are not among them. */
export async function requestsById(context: Context, ids: readonly string[]): Promise<DeskRequest[]> {
  if (ids.length === 0) return []
  const { db, directory, now } = context
  const viewer = viewerIn(context)
  const lines = linesOf(directory, viewer)
  const lineIds = lines.map(({ id }) => id)
  const [rows, targets] = await Promise.all([
    db.callbackRequest.findMany({ where: { id: { in: [...ids] }, lineId: { in: lineIds } }, include: included(viewer, now) }),
    targetsOf(context, lineIds),
  ])
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = known.get(id)
    const line = row && directory.linesById.get(row.lineId)
    if (!row || !line) return []
    const urgency = urgencyOf(directory, row)
    const mine = holderAt(row, now) === viewer.id
    const above = supervises(viewer, line)
    return [
      {
        ...row,
        line,
        urgency,
        targetMinutes: targetOf(targets, line.id, urgency),
        mine,
        closeTo: mine || above,
        hearing: mine || (above && row.reveals.length > 0),
      },
    ]
  })
}

/** One request, or null when there is none that the viewer may see. */
export async function requestById(context: Context, id: string): Promise<DeskRequest | null> {
  return isId(id) ? ((await requestsById(context, [id]))[0] ?? null) : null
}

/** For a list of other things that each lead to a request: those that are asked for at once are read together. */
export function requestAmongOthers(context: Context, id: string): Promise<DeskRequest | null> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => {
      const found = new Map((await requestsById(context, [...new Set(ids)].filter(isId))).map((request) => [request.id, request]))
      return ids.map((one) => found.get(one) ?? null)
    })
    asking.set(context, ask)
  }
  return ask(id)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<DeskRequest | null>>()

/** What the viewer holds now. */
export async function heldBy(context: Context): Promise<DeskRequest | null> {
  const viewer = viewerIn(context)
  const where = { claimedById: viewer.id, claimedUntil: { gt: context.now } }
  const held = await context.db.callbackRequest.findFirst({ where, select: { id: true } })
  return held && requestById(context, held.id)
}

/** What everybody holds on the viewer's lines, by member: asked once for a whole list of members. */
export function holdings(context: Context): Promise<ReadonlyMap<string, DeskRequest>> {
  const viewer = viewerIn(context)
  return context.together(`holdings ${viewer.actor} ${context.now.getTime()}`, async () => {
    const lineId = { in: linesOf(context.directory, viewer).map(({ id }) => id) }
    const where = { lineId, claimedById: { not: null }, claimedUntil: { gt: context.now } }
    const held = await context.db.callbackRequest.findMany({ where, select: { id: true } })
    const requests = await requestsById(
      context,
      held.map(({ id }) => id),
    )
    return new Map(requests.map((request) => [request.claimedById ?? '', request]))
  })
}

/** The targets that supervisors set for these lines. */
export async function targetsOf({ db }: Pick<Context, 'db'>, lineIds: readonly string[]): Promise<Targets> {
  const rows = await db.lineTarget.findMany({ where: { lineId: { in: [...lineIds] } } })
  return new Map(rows.map(({ lineId, urgency, minutes }) => [targetKey(lineId, urgency), minutes]))
}

/** A sealed value of a request in clear; null when there is none, or once it is erased. */
export function opened(
  { keys }: Pick<Context, 'keys'>,
  { id, ...row }: Pick<Row, 'id' | 'phoneSealed' | 'nameSealed' | 'emailSealed' | 'messageSealed' | 'safeNoteSealed'>,
  column: 'phone' | 'name' | 'email' | 'message' | 'safe_note',
): string | null {
  const sealed = column === 'safe_note' ? row.safeNoteSealed : row[`${column}Sealed`]
  return sealed === null ? null : unseal(keys, sealed, { table: 'callback_request', column, row: id })
}

/** A colleague as whoever works beside her sees her. */
export const colleague = (member: { id: string; name: string; languages: Staff['languages'] } | null): Staff | null =>
  member && { ...member, email: null, memberships: [], disabledAt: null }
