import { record } from '../../callback/actions/change.ts'
import type { Prisma } from '../../db/generated/client.ts'
import { Conflict } from '../../errors.ts'
import { bestPartner } from '../../partner/actions/read.ts'
import { ALWAYS, ERASURE_MINUTES, hadTime, ladderOf, nextRung, type Rung, rungOf } from '../rules/deadlines.ts'
import { heldSince, OPEN_STATES } from '../rules/transitions.ts'
import { applyVerb, type CaseParts, checkRoom, inCase, type LockedCase, touch } from './change.ts'
import { objectOf } from './deal.ts'
import { moveOn } from './line.ts'

/** Cases looked at together. */
const BATCH = 200

/** What is recorded on a rung, but for the last one, which is recorded as what it does. */
const RECORDED: Readonly<Record<Exclude<Rung, 'MOVE_ON'>, string>> = {
  REMIND: 'escalation.reminded',
  ASK: 'escalation.erasure_wanted',
  TELL: 'escalation.supervisor_told',
  OFFER: 'escalation.reroute_offered',
}

/**
 * Climbs the ladder of every case that is late, one rung at a time, in the opening hours of its line: the partner is reminded, the supervisors are
 * told, another partner is offered; and who has not answered after three times the time loses the case, to another partner where the person
 * agreed to that and one fits, else to the line's own queue. Nobody takes an accepted case away. Who is to erase what it had is asked again, and
 * the supervisors are told, until it says that it did. Each in a transaction of its own: one that fails holds up no other, and of several
 * processes one climbs.
 * @returns how many rungs
 * @throws the first failure, once all others are done
 */
export async function climbLadders(parts: CaseParts, now: Date, stop?: AbortSignal): Promise<number> {
  const failures: unknown[] = []
  // What is not late on the clock is not late in working time.
  const askedBy = new Date(now.getTime() - ERASURE_MINUTES * 60_000)
  let climbed = 0
  for (let after = NO_ID; !stop?.aborted; ) {
    const rows = await parts.db.escalation.findMany({
      where: {
        id: { gt: after },
        OR: [
          { state: { in: [...OPEN_STATES] }, OR: [{ answerDueAt: { lte: now } }, { outcomeDueAt: { lte: now } }] },
          { erasureWantedAt: { lte: askedBy }, erasureConfirmedAt: null },
        ],
      },
      orderBy: { id: 'asc' },
      take: BATCH,
      include: { steps: { orderBy: { version: 'asc' }, select: { at: true, state: true } }, request: { select: { lineId: true } } },
    })
    for (const { id, request, steps, ...timed } of rows) {
      if (stop?.aborted) break
      const hours = parts.directory.linesById.get(request.lineId) ?? ALWAYS
      // Most stand on their rung for long: nothing is locked for these.
      if (nextRung(hours, timed, now, heldSince(steps)) === null) continue
      try {
        if (await inCase(parts, id, undefined, (tx, locked) => climb(tx, parts, locked, now))) climbed++
      } catch (error) {
        // Somebody was quicker, with the case or with the last place of another partner: the next minute sees.
        if (!(error instanceof Conflict)) failures.push(error)
      }
    }
    after = rows.at(-1)?.id ?? after
    if (rows.length < BATCH) break
  }
  if (failures.length > 0) throw failures[0]
  return climbed
}

/** Before every UUID. */
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** @returns whether a rung was climbed: not when another process was quicker, or the partner */
async function climb(tx: Prisma.TransactionClient, parts: CaseParts, locked: LockedCase, now: Date): Promise<boolean> {
  const { row, request, hours } = locked
  const held = heldSince(row.steps)
  const rung = nextRung(hours, row, now, held)
  const ladder = ladderOf(hours, row, held)
  if (rung === null || ladder === null) return false
  const what = rungOf(ladder.of, rung)
  if (what === 'MOVE_ON' && !(await wasWaitedFor(tx, locked, now))) return false
  await tx.escalation.update({ where: { id: row.id }, data: { rung } })
  await touch(tx, request)
  const by = { actor: 'system', now }
  if (what !== 'MOVE_ON') {
    await record(tx, RECORDED[what], row.id, now, by.actor)
    return true
  }
  const other = row.agreementAnyone && isReadable(parts.keys, row) ? await nextPartner(tx, parts, locked) : null
  if (other === null) await applyVerb(tx, parts, locked, { kind: 'cancel', reason: 'TAKEN_BACK' }, by)
  else await moveOn(tx, parts, locked, other, by)
  return true
}

/** What cannot be opened any more, as after the loss of a key, cannot be given to another partner: the line asks her again. */
function isReadable(keys: CaseParts['keys'], row: LockedCase['row']): boolean {
  try {
    return objectOf(keys, row) !== null
  } catch {
    return false
  }
}

/** Whether the partner had time to answer since it was reminded. Who could not even be told is not waited for. */
async function wasWaitedFor(tx: Prisma.TransactionClient, { row, hours }: LockedCase, now: Date): Promise<boolean> {
  const where = { subjectId: row.id, action: RECORDED.REMIND }
  const reminded = await tx.auditEvent.findFirst({ where, orderBy: { id: 'desc' }, select: { at: true } })
  return reminded === null || hadTime(hours, row, reminded.at, now)
}

/** The best partner that fits and has not had this request before; null when there is none. */
async function nextPartner(tx: Prisma.TransactionClient, { directory }: CaseParts, { row, request }: LockedCase): Promise<string | null> {
  const had = await tx.escalation.findMany({ where: { requestId: row.requestId }, select: { organizationId: true } })
  const organizationId = await bestPartner(
    tx,
    directory,
    request,
    had.map((one) => one.organizationId),
  )
  // Locked as when an agent chooses it: of two cases at once one gets the last place, and the other waits for the next minute.
  if (organizationId !== null) await checkRoom(tx, { id: organizationId, slug: '' })
  return organizationId
}
