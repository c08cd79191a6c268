import { record } from '../../callback/actions/change.ts'
import type { Prisma } from '../../db/generated/client.ts'
import { Conflict } from '../../errors.ts'
import { bestPartner } from '../../partner/actions/read.ts'
import { ladderOf, nextRung, type Rung, rungOf } from '../rules/deadlines.ts'
import { heldSince, OPEN_STATES } from '../rules/transitions.ts'
import { applyVerb, type CaseParts, checkRoom, inCase, type LockedCase } from './change.ts'
import { moveOn } from './line.ts'

/** Cases looked at together. */
const BATCH = 200

/** What is recorded on a rung, but for the last one, which is recorded as what it does. */
const RECORDED: Readonly<Record<Exclude<Rung, 'MOVE_ON'>, string>> = {
  REMIND: 'escalation.reminded',
  TELL: 'escalation.supervisor_told',
  OFFER: 'escalation.reroute_offered',
}

/**
 * Climbs the ladder of every case that is late, one rung at a time, in the opening hours of its line: the partner is reminded, the supervisors are
 * told, another partner is offered; and who has not answered after three times the time loses the case, to another partner where the person
 * agreed to that and one fits, else to the line's own queue. Nobody takes an accepted case away. Each in a transaction of its own: one that fails
 * holds up no other, and of several processes one climbs.
 * @returns how many rungs
 * @throws the first failure, once all others are done
 */
export async function climbLadders(parts: CaseParts, now: Date, stop?: AbortSignal): Promise<number> {
  const failures: unknown[] = []
  let climbed = 0
  for (let after = NO_ID; !stop?.aborted; ) {
    const rows = await parts.db.escalation.findMany({
      where: { state: { in: [...OPEN_STATES] }, id: { gt: after }, OR: [{ answerDueAt: { lte: now } }, { outcomeDueAt: { lte: now } }] },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true },
    })
    for (const { id } of rows) {
      if (stop?.aborted) break
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
  await tx.escalation.update({ where: { id: row.id }, data: { rung } })
  await tx.callbackRequest.updateMany({ where: { id: request.id }, data: { status: request.status } })
  const by = { actor: 'system', now }
  const what = rungOf(ladder.of, rung)
  if (what !== 'MOVE_ON') {
    await record(tx, RECORDED[what], row.id, now, by.actor)
    return true
  }
  const other = row.agreementAnyone ? await nextPartner(tx, parts, locked) : null
  if (other === null) await applyVerb(tx, parts, locked, { kind: 'cancel', reason: 'TAKEN_BACK' }, by)
  else await moveOn(tx, parts, locked, other, by)
  return true
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
