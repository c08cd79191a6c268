import type { Line } from '../../directory/snapshot.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { type Part, partsAhead } from './slots.ts'

/** When somebody who asked for "as soon as possible" will be called: not before `from`, and before `by`. */
export type Estimate = { from: Date; by: Date }

/**
 * What is before somebody in the queue.
 * - `ahead`: how many wait before her for "as soon as possible";
 * - `taken`: by the start of a slot (milliseconds since the epoch), how many chose it.
 */
export type Waiting = { ahead: number; taken: ReadonlyMap<number, number> }

/**
 * When a line calls back somebody who asks for "as soon as possible", honestly: the part of its opening in which there is a place for her
 * after everybody ahead, with the places of chosen slots kept free. Of the present part only the places are left that its remaining time
 * allows; all that were chosen in it count, since who has been called already is not known here: rather too late than too early.
 * @returns null when no such part is known: better no promise than a wrong one. So for a line that takes no callbacks, whose hours are not
 *   known, or whose queue is longer than it can call in the 25 days that are looked at
 */
export function estimateFor(line: Line, now: Date, { ahead, taken }: Waiting): Estimate | null {
  const at = now.getTime()
  let wanted = ahead + 1
  // Hours that changed since leave chosen slots where there are fewer places, or none: those people are called next, before anybody else.
  let owed = 0
  let since = at
  for (const part of partsAhead(line, dayIn(now))) {
    if (part.end <= at) continue
    const isPresent = part.start <= at
    const free = placesFrom(part, at) - owed - chosenBetween(taken, isPresent ? part.start : since, part.end)
    wanted -= Math.max(0, free)
    if (wanted <= 0) return { from: new Date(Math.max(at, part.start)), by: new Date(part.end) }
    // Of the present part most were called in the time that is over: they do not burden the next one.
    owed = isPresent ? 0 : Math.max(0, -free)
    since = part.end
  }
  return null
}

/** The places of a part that are left at a moment: in proportion to its time. */
function placesFrom({ start, end, places }: Part, at: number): number {
  return at <= start ? places : Math.floor((places * (end - at)) / (end - start))
}

function chosenBetween(taken: Waiting['taken'], from: number, to: number): number {
  let sum = 0
  for (const [start, places] of taken) if (from <= start && start < to) sum += places
  return sum
}
