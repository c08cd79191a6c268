import type { CallbackStatus } from '../../db/generated/enums.ts'
import { holderAt, isDue } from './queue.ts'

/** What the numbers of the queue need of an open request: the first of its phone and line, not one that adds to it. */
export type OpenRequest = {
  status: CallbackStatus
  /** Nobody calls before. */
  callFrom: Date
  claimedById: string | null
  claimedUntil: Date | null
  /** By when it is to be called; null: she has been reached, and it did not come back since. */
  dueAt: Date | null
}

export type QueueNumbers = {
  /** Open, and nobody is at it. */
  waiting: number
  /** Of these: may be called now. */
  due: number
  /** Of these: should have been called by now. */
  overdue: number
}

/** Counts what is open at a moment. A lease that has run out holds nothing, whether or not that has been noted yet. */
export function numbersOf(requests: Iterable<OpenRequest>, now: Date): QueueNumbers {
  const numbers = { waiting: 0, due: 0, overdue: 0 }
  for (const request of requests) {
    if (holderAt(request, now) !== null) continue
    numbers.waiting++
    if (isDue(request, now)) numbers.due++
    if (request.dueAt !== null && request.dueAt <= now) numbers.overdue++
  }
  return numbers
}
