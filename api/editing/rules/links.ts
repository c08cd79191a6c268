/** An address that fails once may be back tomorrow: it is told after so many checks over so long, in milliseconds. */
export const FEWEST_TRIES = 3
export const FAILING_MS = 2 * 86_400_000

/** How often an address is tried while it answers, and while it does not, in milliseconds: a week, a day. */
export const WELL_MS = 7 * 86_400_000
export const FAILING_EVERY_MS = 86_400_000

/** Something is there, though not for a machine: signing in, a wall against robots, too many of them. */
const STILL_THERE: ReadonlySet<number> = new Set([401, 403, 405, 406, 429])

/** Whether an answer says that something is there. @param status null: there was no answer */
export const isThere = (status: number | null): boolean => status !== null && (status < 400 || STILL_THERE.has(status))

/** Redirects followed at most: a browser follows twenty, a page that still exists needs few. */
export const MOST_REDIRECTS = 5

/** Where an answer sends on to; null when it does not, or to where nobody goes. */
export function redirectOf(status: number, location: string | undefined, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || !location || !URL.canParse(location, from.href)) return null
  return checkable(new URL(location, from.href).href)
}

/** An address that may be tried: of the web, without a password; where its name leads is judged when it is connected to. */
export function checkable(text: string): URL | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : null
}

/** What is known of an address that a record names. */
export type CheckedLink = { url: string; checkedAt: Date; status: number | null; failingSince: Date | null; tries: number }

/** Whether an address is told to lead nowhere any more. */
export const isDead = ({ failingSince, tries }: CheckedLink, now: Date): boolean =>
  failingSince !== null && tries >= FEWEST_TRIES && now.getTime() - failingSince.getTime() >= FAILING_MS
