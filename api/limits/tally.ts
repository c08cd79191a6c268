import type { Limit } from './limits.ts'

/** Callers known at once. Were there more, the rest would have nothing left: what is counted here is better lost than invented. */
const MOST_KNOWN = 20_000

/**
 * Counts in this process's memory alone, for what is not worth asking the database.
 * @returns whether one more is within the limit for whoever it is counted by; windows begin at fixed times, the same for all
 */
export function openTally({ points, seconds }: Omit<Limit, 'name'>): (by: string, now: Date) => boolean {
  const counts = new Map<string, number>()
  let present = 0
  return (by, now) => {
    const window = Math.floor(now.getTime() / (seconds * 1_000))
    if (window !== present) counts.clear()
    present = window
    const count = counts.get(by) ?? 0
    if (count >= points || (count === 0 && counts.size >= MOST_KNOWN)) return false
    counts.set(by, count + 1)
    return true
  }
}
