import type { Line, MenuEntry, Need, Snapshot } from '../directory/snapshot.ts'
import { dayIn, validOn } from '../service/rules/calendar.ts'
import { openingAt } from '../service/rules/hours.ts'

/**
 * What a caller hears on a day (`YYYY-MM-DD`), by key: entries that are dated and not yet, or no longer, valid are left out. Of several for
 * one key the one that began last holds: an editor who gives a key a new purpose need not end the old one.
 */
export function menuOn(line: Line, day: string): MenuEntry[] {
  const valid = line.menu.filter((entry) => validOn(entry, day))
  const keys = new Map<number, MenuEntry>()
  for (const entry of valid) {
    const other = keys.get(entry.position)
    if (!other || (entry.validFrom ?? '') > (other.validFrom ?? '')) keys.set(entry.position, entry)
  }
  return [...keys.values()].sort((a, b) => a.position - b.position)
}

/** Whether the line's last day has passed. */
export const hasEnded = ({ validTo }: Line, day: string): boolean => validTo !== null && validTo < day

/** The line itself, or the one that has taken over by that day, however many came between; null when none has. */
export function presentLine(line: Line, day: string): Line | null {
  const seen = new Set<Line>()
  let present: Line | null = line
  while (present && hasEnded(present, day)) {
    if (seen.has(present)) return null
    seen.add(present)
    present = present.successor
  }
  return present
}

/**
 * Whom to call at a moment in place of a line: always one that is in service that day. Null when the line itself is the right one (it is
 * open, or nobody else is and it is the first to open again), and when there is nobody. Once it has ended, its successor stands in its place;
 * before its first day, its fallback. While that one is closed, the first open one of its fallback, that one's fallback and so on; if all are
 * closed, whichever opens first. A line whose hours are not published may answer: it comes after those known to be open, and is never left for
 * another.
 */
export function lineInstead(line: Line, at: Date): Line | null {
  const candidates = chainOf(line, dayIn(at)).map((one) => ({ line: one, opening: openingAt(one, at, one) }))
  const [first] = candidates
  if (!first) return null
  const open =
    first.opening.open || !first.opening.known
      ? first
      : (candidates.find(({ opening }) => opening.open) ?? candidates.find(({ opening }) => !opening.known))
  const next = candidates
    .filter(({ opening }) => opening.opensAt !== null)
    .sort((a, b) => Number(a.opening.opensAt) - Number(b.opening.opensAt))[0]
  const best = (open ?? next ?? first).line
  return best === line ? null : best
}

/**
 * A line and those behind it that are in service, each once: what has ended gives way to its successor and then to its own fallback, what has
 * not begun to its fallback.
 */
function chainOf(line: Line, day: string): Line[] {
  const chain: Line[] = []
  const seen = new Set<Line>()
  const follow = (one: Line | null): void => {
    if (!one || seen.has(one)) return
    seen.add(one)
    if (hasEnded(one, day)) follow(one.successor)
    else if (validOn(one, day)) chain.push(one)
    follow(one.fallback)
  }
  follow(line)
  return chain
}

/**
 * The numbers to call first on that day for a pressing need: emergency before listening, and a line that names the need itself before one
 * that names its parent. Empty for a need that is not pressing.
 */
export function emergencyLines(directory: Snapshot, need: Need, day: string): Line[] {
  if (need.urgency !== 'DANGER' && need.urgency !== 'CRISIS') return []
  const rank = (line: Line): number => (line.kind === 'EMERGENCY' ? 0 : line.needs.includes(need) ? 1 : 2)
  return directory.lines
    .filter(
      (line) =>
        line.kind !== 'SOCIAL' &&
        validOn(line, day) &&
        line.needs.some((one) => one === need || one === need.parent || one.parent === need),
    )
    .sort((a, b) => rank(a) - rank(b))
}
