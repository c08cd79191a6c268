import type { AttemptOutcome } from '../../db/generated/enums.ts'
import type { Line } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { dayIn, dayOf, daysBetween } from '../../service/rules/calendar.ts'
import { afterWorking, isOpen, nextHalf, nextOpening } from './working-time.ts'

/** Calls without reaching her before it is given up: domain rule 7 asks for a rule that ends. */
export const MOST_ATTEMPTS = 5

/**
 * How many opening days after the first call each further one comes at the earliest: five calls within a morning would only find that she is
 * out that morning. So they lie on three different days at least.
 */
const EARLIEST_DAY = [0, 0, 0, 1, 2]

/** Working time until the next call, in milliseconds. A busy line is free again soon; who does not answer has something else to do. */
const BUSY_MS = 20 * 60_000
const NO_ANSWER_MS = 2 * 3_600_000

/** Calls that count towards the most: nobody who was meant was spoken with. */
const MISSED: readonly AttemptOutcome[] = ['NO_ANSWER', 'BUSY', 'VOICEMAIL', 'WRONG_PERSON']

export type Attempt = { at: Date; outcome: AttemptOutcome }

/** What a call leads to. */
export type Next =
  | { to: 'REACHED' }
  /** Again, not before `at`. */
  | { to: 'AGAIN'; at: Date }
  | { to: 'UNREACHABLE' }
  /** She does not want it any more. */
  | { to: 'DECLINED' }

/** How many more calls may miss her. Once somebody spoke with her none is the last one. */
export const attemptsLeft = (attempts: readonly Attempt[]): number =>
  wasReached(attempts) ? MOST_ATTEMPTS : Math.max(0, MOST_ATTEMPTS - missesOf(attempts).length)

const wasReached = (attempts: readonly Attempt[]): boolean => attempts.some(({ outcome }) => outcome === 'REACHED')

const missesOf = (attempts: readonly Attempt[]): Attempt[] => attempts.filter(({ outcome }) => MISSED.includes(outcome))

/**
 * What follows from a call, by how it ended and what came before.
 * - REACHED: the conversation.
 * - NO_ANSWER: two working hours later; from the second time on in the next half of a day in which the line works.
 * - BUSY: twenty working minutes later.
 * - VOICEMAIL: in the next half of a day.
 * - WRONG_PERSON: once more on the next working day, since one misdials; then never again.
 * - INVALID_NUMBER: no number, no call.
 * - REFUSED: it ends.
 * - ASKED_LATER: when she said, which must be within opening hours and the days the line plans.
 * After the fifth call that missed her nothing more is tried.
 * Whoever was spoken with before is never given up by this rule, since it would say that nobody reached her: the call that missed her, or a
 * number that seems not to exist any more, is tried again, from the fifth on once on each working day, until somebody closes the request.
 * @param before earlier calls, oldest first
 * @param callAt when she asked to be called, for ASKED_LATER
 * @throws InvalidInput for a moment that is missing, over, too far ahead, or at which nobody calls
 */
export function afterAttempt(line: Line, before: readonly Attempt[], present: Attempt, callAt: Date | null): Next {
  const { outcome, at } = present
  const known = wasReached(before)
  switch (outcome) {
    case 'REACHED':
      return { to: 'REACHED' }
    case 'REFUSED':
      return { to: 'DECLINED' }
    case 'INVALID_NUMBER':
      return known ? { to: 'AGAIN', at: openingDay(line, at, 1) } : { to: 'UNREACHABLE' }
    case 'ASKED_LATER':
      return { to: 'AGAIN', at: checkedMoment(line, at, callAt) }
    default:
  }
  if (!known && outcome === 'WRONG_PERSON' && before.some((one) => one.outcome === 'WRONG_PERSON')) return { to: 'UNREACHABLE' }
  const misses = [...missesOf(before), present]
  const isLast = misses.length >= MOST_ATTEMPTS
  if (isLast && !known) return { to: 'UNREACHABLE' }
  const first = (misses[0] as Attempt).at
  const wanted = nextCall(line, before, present)
  const earliest = isLast ? openingDay(line, at, 1) : openingDay(line, first, EARLIEST_DAY[misses.length] ?? 0)
  return { to: 'AGAIN', at: wanted > earliest ? wanted : earliest }
}

/**
 * When a conversation that somebody began and left may be taken up again: as after a busy line, so that it stands in nobody's way meanwhile.
 * @param at when it was left
 */
export const afterLeaving = (line: Line, at: Date): Date => afterWorking(line, at, BUSY_MS) ?? later(at)

function nextCall(line: Line, before: readonly Attempt[], { outcome, at }: Attempt): Date {
  switch (outcome) {
    case 'BUSY':
      return afterLeaving(line, at)
    case 'WRONG_PERSON':
      return openingDay(line, at, 1)
    case 'NO_ANSWER':
      if (!before.some((one) => one.outcome === 'NO_ANSWER')) return afterWorking(line, at, NO_ANSWER_MS) ?? later(at)
      return nextOpening(line, nextHalf(at)) ?? later(at)
    default:
      return nextOpening(line, nextHalf(at)) ?? later(at)
  }
}

/** The first open moment of the so-manieth opening day after the one of a moment; the moment itself for none. */
function openingDay(line: Line, at: Date, days: number): Date {
  let moment = at
  for (let count = 0; count < days; count++) {
    const tomorrow = new Date(dayOf(dayOf(dayIn(moment)).next).start)
    moment = nextOpening(line, tomorrow) ?? later(moment)
  }
  return moment
}

/** Where a line does not open for months, a day: somebody is to look. */
const later = (at: Date): Date => new Date(at.getTime() + 86_400_000)

function checkedMoment(line: Line, now: Date, callAt: Date | null): Date {
  const path = ['input', 'callAt']
  if (callAt === null) throw new InvalidInput([{ path, code: 'required' }])
  if (callAt <= now) throw new InvalidInput([{ path, code: 'moment_over' }])
  if (daysBetween(dayIn(now), dayIn(callAt)) > line.slotDaysAhead)
    throw new InvalidInput([{ path, code: 'moment_too_far', params: { days: line.slotDaysAhead } }])
  if (!isOpen(line, callAt)) throw new InvalidInput([{ path, code: 'moment_closed' }])
  return callAt
}
