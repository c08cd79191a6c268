const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** How long to wait after each failed attempt, in milliseconds: those of Standard Webhooks. Ten attempts in a little more than three days. */
const DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]

export const MOST_ATTEMPTS = DELAYS.length + 1

/** By what part of itself a wait becomes longer at most, so that what failed together does not come back together. */
const JITTER = 0.1

/** Bounds of what a receiver may ask for, in milliseconds. */
const SHORTEST_ASKED = 5 * SECOND
const LONGEST_ASKED = 24 * HOUR

/**
 * How long to wait after an attempt that failed, in milliseconds; null when it was the last.
 * @param attempt which one it was, from 1
 * @param askedMs what the receiver asked for: never sooner than that
 * @param chance from 0 to 1, for the jitter
 */
export function delayAfter(attempt: number, chance: number, askedMs = 0): number | null {
  const delay = DELAYS[attempt - 1]
  return delay === undefined ? null : Math.round(Math.max(delay, askedMs) * (1 + JITTER * chance))
}

/**
 * What a `Retry-After` header asks for (RFC 9110, 10.2.3: seconds, or a date), in milliseconds, brought between 5 s and 24 h; undefined when
 * there is none, or none that can be read.
 */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined
  const wait = /^\d{1,9}$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - now.getTime()
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, SHORTEST_ASKED), LONGEST_ASKED)
}
