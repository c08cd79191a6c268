import { isOpenStatus } from '../../callback/rules/receipt.ts'
import type { AttemptOutcome, CallbackStatus, Urgency } from '../../db/generated/enums.ts'
import type { Line } from '../../directory/snapshot.ts'
import { afterWorking, workingMs } from './working-time.ts'

const MINUTE_MS = 60_000

/**
 * Within how many minutes of a line's opening hours a request is to be called, where the line has no target of its own. Danger: at once, as
 * far as a queue can (the form names the emergency numbers first). Crisis: within the same half of a day. Soon: within a working day of eight
 * hours. Information: within two.
 */
export const TARGETS: Readonly<Record<Urgency, number>> = { DANGER: 30, CRISIS: 120, SOON: 480, INFO: 960 }

/** Targets that supervisors set, by line and urgency. */
export type Targets = ReadonlyMap<string, number>

export const targetKey = (lineId: string, urgency: Urgency): string => `${lineId} ${urgency}`

/** In minutes of opening hours. */
export const targetOf = (targets: Targets, lineId: string, urgency: Urgency): number =>
  targets.get(targetKey(lineId, urgency)) ?? TARGETS[urgency]

/** What is left of a target, as a share of it, when supervisors are reminded. */
const SOON = 0.25

/** What must be known of a request to say how long it has waited. */
export type Waiting = {
  status: CallbackStatus
  requestedAt: Date
  slotStartsAt: Date | null
  notBefore: Date | null
  closedAt: Date | null
  /** Oldest first. */
  attempts: readonly { at: Date; outcome: AttemptOutcome; nextAt: Date | null }[]
}

/** From when the time counts: nobody is late before she may be called. */
const clockFrom = ({ requestedAt, slotStartsAt, notBefore }: Waiting): Date =>
  new Date(Math.max(requestedAt.getTime(), slotStartsAt?.getTime() ?? 0, notBefore?.getTime() ?? 0))

/** When somebody spoke with her: what was said before her time began to count anew is another conversation. */
const reachedAt = ({ attempts, notBefore }: Waiting): Date | undefined =>
  attempts.find(({ outcome, at }) => outcome === 'REACHED' && (notBefore === null || at > notBefore))?.at

/** Between a call that missed her and the next one nothing can be done: the rule says so, or she. */
const pausesOf = ({ attempts }: Waiting) =>
  attempts.flatMap(({ at, nextAt }) => (nextAt === null ? [] : [{ start: at.getTime(), end: nextAt.getTime() }]))

/**
 * By when she is to be called; null once somebody spoke with her, once it is over or with a partner, and where the hours lead nowhere. What came
 * back from a partner, or was opened again, is `REACHED` though nobody has spoken with her since: that is late as a new one is.
 */
export function dueBy(line: Line, waiting: Waiting, minutes: number): Date | null {
  const { status, notBefore } = waiting
  if (!isOpenStatus(status)) return null
  if (status === 'REACHED' && (notBefore === null || reachedAt(waiting))) return null
  return afterWorking(line, clockFrom(waiting), minutes * MINUTE_MS, pausesOf(waiting))
}

/** How long she has waited or did wait, in whole minutes of opening hours. */
export function waitedMinutes(line: Line, waiting: Waiting, now: Date): number {
  const ends = [now, waiting.closedAt, reachedAt(waiting)].filter((end): end is Date => end instanceof Date)
  const to = new Date(Math.min(...ends.map((end) => end.getTime())))
  return Math.floor(workingMs(line, clockFrom(waiting), to, pausesOf(waiting)) / MINUTE_MS)
}

/** How a request stands against its target at a moment. */
export type Lateness = 'IN_TIME' | 'SOON' | 'OVERDUE'

/** @param by the moment that `dueBy` gives for these minutes */
export function latenessOf(line: Line, waiting: Waiting, minutes: number, now: Date, by = dueBy(line, waiting, minutes)): Lateness {
  if (by === null) return 'IN_TIME'
  if (by <= now) return 'OVERDUE'
  // While it waits for her nobody can be late sooner by waiting.
  return workingMs(line, now, by, pausesOf(waiting)) <= minutes * SOON * MINUTE_MS ? 'SOON' : 'IN_TIME'
}
