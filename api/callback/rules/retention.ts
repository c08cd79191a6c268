import type { CallbackStatus } from '../../db/generated/enums.ts'

/** After how many days what a person left with a request is erased, by how the request ended. */
export type Retention = { closedDays: number; unreachedDays: number; escalatedDays: number }

/** Requests that ended so, at that moment or before, have been kept for as long as they may be. */
export type Due = {
  statuses: readonly CallbackStatus[]
  /** Whether they had been handed to a partner, however they ended then. */
  escalated: boolean
  endedBy: Date
}

const DAY_MS = 86_400_000

/** The moment so many times 24 hours ago. */
export const daysAgo = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS)

/**
 * What is to be erased now. The time runs from the end of a request: one that somebody still is to work on, here or at a partner, is never erased
 * by time, since nothing that was promised may be lost.
 */
export const dueForErasure = (now: Date, { closedDays, unreachedDays, escalatedDays }: Retention): Due[] => [
  { statuses: ['CLOSED', 'CANCELLED'], escalated: false, endedBy: daysAgo(now, closedDays) },
  { statuses: ['UNREACHABLE'], escalated: false, endedBy: daysAgo(now, unreachedDays) },
  { statuses: ['CLOSED', 'CANCELLED', 'UNREACHABLE'], escalated: true, endedBy: daysAgo(now, escalatedDays) },
]
