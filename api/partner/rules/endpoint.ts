/** Longest address of an endpoint, in characters. */
const LONGEST_URL = 500

/** https's own port, and what no other service of the system uses: 25 or 22 of another machine are not knocked at. */
const HTTPS_PORT = 443
const FIRST_FREE_PORT = 1024

/**
 * After so long without one good answer an endpoint is paused, in milliseconds: three days and an hour. Whoever is away for three days is still sent
 * all by itself when it comes back, and the last attempt of a message, after which it would be given up, comes two hours later.
 */
export const FAILING_MS = 73 * 3_600_000

/** Whoever was away for longer is sent all that waits as soon as it is back; after less, each message goes in its own time. In milliseconds. */
export const BACK_MS = 60_000

/** How long a secret is good beside the one that takes its place, in milliseconds: a day. */
export const OVERLAP_MS = 86_400_000

/** Why an endpoint is paused, as a code: it says that it is gone (410), it has failed for more than three days, or somebody paused it. */
export type PausedWhy = 'gone' | 'failing' | 'by_hand'

/**
 * The address of a partner's system as it is stored; null when it may be none: https, without user or password, on port 443 or one from 1024.
 * Where its name leads is judged when it is connected to.
 * @param loopback this machine may be named by http, too, for development
 */
export function endpointUrl(text: string, loopback: boolean): string | null {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.username || url.password || url.hash) return null
  if (loopback && url.protocol === 'http:' && /^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname)) return url.href
  const port = Number(url.port) || HTTPS_PORT
  return url.protocol === 'https:' && (port === HTTPS_PORT || port >= FIRST_FREE_PORT) ? url.href : null
}

/** Whether an endpoint has failed for so long that it is paused. */
export const isGivenUp = (failingSince: Date | null, now: Date): boolean =>
  failingSince !== null && now.getTime() - failingSince.getTime() > FAILING_MS

/** Whether an endpoint that answers again was away for long. */
export const wasAway = (failingSince: Date | null, now: Date): boolean =>
  failingSince !== null && now.getTime() - failingSince.getTime() > BACK_MS
