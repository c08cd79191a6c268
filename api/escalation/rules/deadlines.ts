import type { EscalationState, Urgency } from '../../db/generated/enums.ts'
import { afterWorking, isOpen, workingMs } from '../../desk/rules/working-time.ts'
import type { Hours } from '../../directory/snapshot.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Within how many minutes of the line's opening hours a partner says whether it takes a case. */
export const ANSWER_MINUTES: Readonly<Record<Urgency, number>> = { DANGER: 60, CRISIS: 240, SOON: 960, INFO: 1_440 }

/** Within how many such minutes, from when it took the case, it says what came of it. While the case waits they stand still. */
export const OUTCOME_MINUTES: Readonly<Record<Urgency, number>> = { DANGER: 480, CRISIS: 1_440, SOON: 4_800, INFO: 9_600 }

/** A line that is closed for longer than anybody looks ahead is late after so many days, open or not. */
const FAR_DAYS = 90

/** Hours of a line that is published no more: what was promised counts day and night. */
export const ALWAYS: Hours = { schedules: [], exceptions: [], closingDays: [] }

const after = (hours: Hours, from: Date, ms: number): Date => afterWorking(hours, from, ms) ?? new Date(from.getTime() + FAR_DAYS * DAY_MS)

/** By when the partner is to answer. */
export const answerDue = (hours: Hours, urgency: Urgency, from: Date): Date => after(hours, from, ANSWER_MINUTES[urgency] * MINUTE_MS)

/** By when it is to say what came of it. */
export const outcomeDue = (hours: Hours, urgency: Urgency, from: Date): Date => after(hours, from, OUTCOME_MINUTES[urgency] * MINUTE_MS)

/** The same after a time in which the case waited: what was left then is left now. One that was late already stays late. */
export function resumedDue(hours: Hours, due: Date, heldSince: Date, now: Date): Date {
  if (due <= heldSince) return due
  return after(hours, now, workingMs(hours, heldSince, due))
}

/** What must be known of a case to say by when what is to be said. */
export type Timed = { state: EscalationState; urgency: Urgency; answerDueAt: Date; outcomeDueAt: Date; rung: number }

/** The ladder of a case: of its deadline, and while it waits of the waiting itself, which may be forgotten, too. */
export type Ladder = { of: 'ANSWER' | 'OUTCOME'; from: Date }

/** @param heldSince since when it has waited, if it does */
export function ladderOf(hours: Hours, timed: Timed, heldSince: Date | null): Ladder | null {
  const deadline = deadlineOf(timed)
  if (deadline) return { of: deadline.of, from: deadline.at }
  return timed.state === 'ON_HOLD' && heldSince ? { of: 'OUTCOME', from: outcomeDue(hours, timed.urgency, heldSince) } : null
}

/** The deadline that runs: none while the case waits, and none once it is over. */
export function deadlineOf({ state, answerDueAt, outcomeDueAt }: Timed): { of: 'ANSWER' | 'OUTCOME'; at: Date } | null {
  if (state === 'REQUESTED' || state === 'RECEIVED') return { of: 'ANSWER', at: answerDueAt }
  if (state === 'ACCEPTED' || state === 'IN_PROGRESS') return { of: 'OUTCOME', at: outcomeDueAt }
  return null
}

/** What happens on a rung: the partner is reminded, the supervisors are told, another partner is offered, or it goes elsewhere by itself. */
export type Rung = 'REMIND' | 'TELL' | 'OFFER' | 'MOVE_ON'

/** The rungs of an unanswered case; of an accepted one, which no machine takes away, the supervisors are told again and again. */
export const rungOf = (deadline: 'ANSWER' | 'OUTCOME', rung: number): Rung =>
  rung === 1 ? 'REMIND' : deadline === 'OUTCOME' || rung === 2 ? 'TELL' : rung === 3 ? 'OFFER' : 'MOVE_ON'

/**
 * The rung that is to be climbed now, one at a time and only while the line works, or null. The first when the deadline has passed; the second
 * half as much time later. Unanswered: the third at twice the time, the fourth at three times. Accepted: one more each time as much has passed
 * again. What waits is asked after in the same way, once it has waited for as long as a case may take.
 */
export function nextRung(hours: Hours, timed: Timed, now: Date, heldSince: Date | null = null): number | null {
  const ladder = ladderOf(hours, timed, heldSince)
  if (!ladder || now < ladder.from || !isOpen(hours, now)) return null
  const answer = ladder.of === 'ANSWER'
  const period = (answer ? ANSWER_MINUTES : OUTCOME_MINUTES)[timed.urgency] * MINUTE_MS
  const late = workingMs(hours, ladder.from, now) / period
  const reached = late < 0.5 ? 1 : answer ? (late < 1 ? 2 : late < 2 ? 3 : 4) : 2 + Math.floor(late - 0.5)
  return timed.rung < reached ? timed.rung + 1 : null
}
