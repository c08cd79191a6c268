import type { EscalationState, Urgency } from '../../db/generated/enums.ts'
import { afterWorking, isOpen, nextOpening, workingMs } from '../../desk/rules/working-time.ts'
import type { Hours } from '../../directory/snapshot.ts'
import { type Erasing, isErasureWanted } from './erasing.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Within how many minutes of the line's opening hours a partner says whether it takes a case. */
export const ANSWER_MINUTES: Readonly<Record<Urgency, number>> = { DANGER: 60, CRISIS: 240, SOON: 960, INFO: 1_440 }

/** Within how many such minutes, from when it took the case, it says what came of it. While the case waits they stand still. */
export const OUTCOME_MINUTES: Readonly<Record<Urgency, number>> = { DANGER: 480, CRISIS: 1_440, SOON: 4_800, INFO: 9_600 }

/** Within how many such minutes it says that it has erased what it had, once that is wanted: five days of eight hours. */
export const ERASURE_MINUTES = 2_400

/** A line that works so little that nobody looks so far ahead is late after so many days, open or not. */
const FAR_DAYS = 90

/** Hours of a line that is published no more: what was promised counts day and night. */
export const ALWAYS: Hours = { schedules: [], exceptions: [], closingDays: [] }

/** The same for a line whose hours have ended: it does not open any more, as far as anybody looks ahead. */
export const hoursAt = (hours: Hours, now: Date): Hours => (nextOpening(hours, now) === null ? ALWAYS : hours)

function after(hours: Hours, from: Date, ms: number): Date {
  const far = new Date(from.getTime() + FAR_DAYS * DAY_MS)
  return afterWorking(hours, from, ms) ?? (hoursAt(hours, far) === ALWAYS ? new Date(from.getTime() + ms) : far)
}

/** By when the partner is to answer. */
export const answerDue = (hours: Hours, urgency: Urgency, from: Date): Date => after(hours, from, ANSWER_MINUTES[urgency] * MINUTE_MS)

/** By when it is to say what came of it. */
export const outcomeDue = (hours: Hours, urgency: Urgency, from: Date): Date => after(hours, from, OUTCOME_MINUTES[urgency] * MINUTE_MS)

/** The same after a time in which the case waited: what was left then is left now. One that was late already stays late. */
export function resumedDue(hours: Hours, due: Date, heldSince: Date, now: Date): Date {
  if (due <= heldSince) return due
  return after(hours, now, workingMs(hoursAt(hours, heldSince), heldSince, due))
}

/** What must be known of a case to say by when what is to be said. */
export type Timed = { state: EscalationState; urgency: Urgency; answerDueAt: Date; outcomeDueAt: Date; rung: number } & Erasing

/** The ladder of a case: of its deadline, while it waits of the waiting itself, which may be forgotten, too, and once it is over of the erasing. */
export type Ladder = { of: 'ANSWER' | 'OUTCOME' | 'ERASURE'; from: Date }

/** @param heldSince since when it has waited, if it does */
export function ladderOf(hours: Hours, timed: Timed, heldSince: Date | null): Ladder | null {
  const { erasureWantedAt } = timed
  if (erasureWantedAt && isErasureWanted(timed)) return { of: 'ERASURE', from: after(hours, erasureWantedAt, PERIOD.ERASURE(timed)) }
  const deadline = deadlineOf(timed)
  if (deadline) return { of: deadline.of, from: deadline.at }
  return timed.state === 'ON_HOLD' && heldSince ? { of: 'OUTCOME', from: outcomeDue(hours, timed.urgency, heldSince) } : null
}

/** The deadline that runs: none while the case waits, and none once it is over. */
export function deadlineOf({
  state,
  answerDueAt,
  outcomeDueAt,
}: Pick<Timed, 'state' | 'answerDueAt' | 'outcomeDueAt'>): { of: 'ANSWER' | 'OUTCOME'; at: Date } | null {
  if (state === 'REQUESTED' || state === 'RECEIVED') return { of: 'ANSWER', at: answerDueAt }
  if (state === 'ACCEPTED' || state === 'IN_PROGRESS') return { of: 'OUTCOME', at: outcomeDueAt }
  return null
}

/**
 * What happens on a rung: the partner is reminded of the case, or asked again to erase; the supervisors are told; another partner is offered; or it
 * goes elsewhere by itself.
 */
export type Rung = 'REMIND' | 'ASK' | 'TELL' | 'OFFER' | 'MOVE_ON'

/**
 * The rungs of an unanswered case; of an accepted one, which no machine takes away, the supervisors are told again and again, and of one that is to
 * be erased both sides in turn.
 */
export function rungOf(of: Ladder['of'], rung: number): Rung {
  if (of === 'ERASURE') return rung % 2 === 1 ? 'ASK' : 'TELL'
  return rung === 1 ? 'REMIND' : of === 'OUTCOME' || rung === 2 ? 'TELL' : rung === 3 ? 'OFFER' : 'MOVE_ON'
}

/** How long each ladder's own time is, in milliseconds of working time. */
const PERIOD: Readonly<Record<Ladder['of'], (timed: Pick<Timed, 'urgency'>) => number>> = {
  ANSWER: ({ urgency }) => ANSWER_MINUTES[urgency] * MINUTE_MS,
  OUTCOME: ({ urgency }) => OUTCOME_MINUTES[urgency] * MINUTE_MS,
  ERASURE: () => ERASURE_MINUTES * MINUTE_MS,
}

/**
 * The rung that is to be climbed now, one at a time and only while the line works, or null. The first when the deadline has passed; the second
 * half as much time later. Unanswered: the third at twice the time, the fourth at three times. Accepted: one more each time as much has passed
 * again. What waits is asked after in the same way, once it has waited for as long as a case may take; and so is what is to be erased. Where the
 * line's hours have ended nobody may wait for ever: then time counts day and night.
 */
export function nextRung(hours: Hours, timed: Timed, now: Date, heldSince: Date | null = null): number | null {
  const ladder = ladderOf(hours, timed, heldSince)
  const working = hoursAt(hours, now)
  if (!ladder || now < ladder.from || !isOpen(working, now)) return null
  const answer = ladder.of === 'ANSWER'
  const late = workingMs(working, ladder.from, now) / PERIOD[ladder.of](timed)
  const reached = late < 0.5 ? 1 : answer ? (late < 1 ? 2 : late < 2 ? 3 : 4) : 2 + Math.floor(late - 0.5)
  return timed.rung < reached ? timed.rung + 1 : null
}

/**
 * Whether a partner that was reminded then has had time to answer since: as much as between the first two rungs. A server that was away over all
 * deadlines reminds at once, but takes nothing away at once.
 */
export const hadTime = (hours: Hours, timed: Timed, remindedAt: Date, now: Date): boolean =>
  workingMs(hoursAt(hours, now), remindedAt, now) >= PERIOD.ANSWER(timed) / 2
