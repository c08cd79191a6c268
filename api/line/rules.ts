import type { Line, MenuEntry, Need, Snapshot } from '../directory/snapshot.ts'
import { validOn } from '../service/rules/hours.ts'

/** What a caller hears today: entries that are dated and not yet, or no longer, valid are left out; by key. */
export const menuOn = (line: Line, day: string): MenuEntry[] =>
  line.menu.filter((entry) => validOn(entry, day)).sort((a, b) => a.position - b.position)

/**
 * The numbers to call first on that day for a pressing need: emergency before listening, and a line that names the need itself before one that names
 * its parent. Empty for a need that is not pressing.
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
