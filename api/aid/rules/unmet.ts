import type { UnmetReason } from '../../db/generated/enums.ts'
import { isFull } from '../../service/rules/capacity.ts'
import type { Match } from './rank.ts'

/** Nobody was helped: by need and commune, empty where not told, and without anything about the person. */
export type Unmet = { reason: UnmetReason; needCodes: readonly string[]; nisCode: string }

/** Notes taken from one address block: nobody, and no library, looks for help in vain more often in an hour. */
export const NOTED = { points: 60, seconds: 3_600 } as const

/** Collects unmet needs, so that finding aid never waits for the database, nor fails with it. */
export type UnmetLog = {
  /** @param day YYYY-MM-DD in Belgium */
  note(unmet: Unmet, day: string): void
  /** Writes what was noted; what cannot be written is kept for the next time. */
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Why nobody on the list helps, if so. Who is there for other places, and may only be asked from afar, is no answer yet.
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
  const hers = eligible.filter(({ here }) => here)
  if (hers.length === 0) return 'OUT_OF_AREA'
  const given = hers.filter(({ service }) => service.status === 'ACTIVE')
  if (given.length === 0) return 'CLOSED'
  return given.every(({ service }) => isFull(service)) ? 'FULL' : null
}
