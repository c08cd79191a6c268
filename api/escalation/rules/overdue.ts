import { deadlineOf, type Timed } from './deadlines.ts'
import { isErasureWanted } from './erasing.ts'
import { TOLD_RUNG } from './send.ts'
import { isOpenCase } from './transitions.ts'

/**
 * Whether somebody must look after a case: the deadline that runs has passed, or the supervisors were told of it, since it has waited for too long,
 * could not be delivered, or was to be erased and is not.
 */
export function isOverdue(timed: Omit<Timed, 'urgency'>, now: Date): boolean {
  const due = deadlineOf(timed)
  if (due !== null && due.at < now) return true
  return timed.rung >= TOLD_RUNG && (isOpenCase(timed) || isErasureWanted(timed))
}
