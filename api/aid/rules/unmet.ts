import type { UnmetReason } from '../../db/generated/enums.ts'
import { isFull, type Match } from './rank.ts'

/**
 * Why nobody on the list helps, if so: the most hopeful reason that holds for all. Null when somebody may help.
 * @param elsewhere something would have been found in another commune
 * @param closedOnly she asked for what is open now, and something would have been found at another hour
 */
export function unmetReason(
  matches: readonly Match[],
  { elsewhere, closedOnly }: { elsewhere: boolean; closedOnly: boolean },
): UnmetReason | null {
  if (matches.length === 0) return closedOnly ? 'CLOSED' : elsewhere ? 'OUT_OF_AREA' : 'NOTHING_FOUND'
  const eligible = matches.filter(({ eligibility }) => eligibility.verdict !== 'NOT_ELIGIBLE')
  if (eligible.length === 0) return 'NOT_ELIGIBLE'
  const given = eligible.filter(({ service }) => service.status === 'ACTIVE')
  if (given.length === 0) return 'CLOSED'
  return given.every(({ service }) => isFull(service)) ? 'FULL' : null
}
