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
import { type Heeded, heededOf } from './repeats.ts'

/** After looking at the contact details a supervisor sees what was written, by her or about her, for so long, in milliseconds: as a lease. */
export const SEEN_MS = 15 * 60_000

const MEMBER = { select: { id: true, name: true, languages: true } } as const

const included = (viewer: Viewer) =>
  ({
    claimedBy: MEMBER,
    attempts: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    notes: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    referrals: { orderBy: [{ at: 'asc' }, { id: 'asc' }], include: { member: MEMBER } },
    reveals: { where: { actor: viewer.actor }, orderBy: { at: 'desc' }, take: 1, select: { at: true } },
  }) satisfies Prisma.CallbackRequestInclude

type Row = Prisma.CallbackRequestGetPayload<{ include: ReturnType<typeof included> }>

/** A request as one of the staff may see it. What is sealed is opened by `opened`, and only when it is asked for. */
export type DeskRequest = Row &
  Heeded & {
    line: Line
    /** By the request and those that add to it. */
    urgency: Urgency
    targetMinutes: number
    /** The viewer holds it. */
    mine: boolean
    /** She may see what is allowed in reaching her: she holds it, or supervises the line. */
    closeTo: boolean
    /** She may see what was written, by the person or about her: she holds it, or supervises the line and has looked at the contact details just now. */
    hearing: boolean
    /** She has looked at the contact details: within this claim, or as a supervisor just now. */
    looked: boolean
  }

/** Requests by id, as the viewer may see them, in the order asked for; those that she may not see are not among them. */
export async function requestsById(context: Context, ids: readonly string[]): Promise<DeskRequest[]> {
  if (ids.length === 0) return []
  const { db, directory, now } = context
  const viewer = viewerIn(context)
  const lines = linesOf(directory, viewer)
  const lineIds = lines.map(({ id }) => id)
  const [rows, targets, heeded] = await Promise.all([
    db.callbackRequest.findMany({ where: { id: { in: [...ids] }, lineId: { in: lineIds } }, include: included(viewer) }),
    targetsOf(context, lineIds),
    heededOf(db, ids, lineIds),
  ])
  const known = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = known.get(id)
    const line = row && directory.linesById.get(row.lineId)
    if (!row || !line) return []
    const ofPhone = heeded(row)
    const urgency = urgencyOf(directory, row, ...ofPhone.added)
    const mine = holderAt(row, now) === viewer.id
    const above = supervises(viewer, line)
    const lookedAt = row.reveals[0]?.at ?? null
    const seen = above && lookedAt !== null && now.getTime() - lookedAt.getTime() < SEEN_MS
    return [
      {
        ...row,
        ...ofPhone,
        line,
        urgency,
        targetMinutes: targetOf(targets, line.id, urgency),
        mine,
        closeTo: mine || above,
        hearing: mine || seen,
        looked: seen || (mine && lookedAt !== null && row.claimedAt !== null && lookedAt >= row.claimedAt),
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

/** What is sealed of a request. */
const SEALED = {
  phone: 'phoneSealed',
  name: 'nameSealed',
  email: 'emailSealed',
  message: 'messageSealed',
  safe_note: 'safeNoteSealed',
} as const

/** A sealed value of a request in clear; null when there is none, or once it is erased. */
export function opened<Column extends keyof typeof SEALED>(
  { keys }: Pick<Context, 'keys'>,
  row: { id: string } & Record<(typeof SEALED)[Column], string | null>,
  column: Column,
): string | null {
  const sealed = row[SEALED[column]]
  return sealed === null ? null : unseal(keys, sealed, { table: 'callback_request', column, row: row.id })
}

/** A colleague as whoever works beside her sees her. */
export const colleague = (member: { id: string; name: string; languages: Staff['languages'] } | null): Staff | null =>
  member && { ...member, email: null, memberships: [], disabledAt: null }
