/** An address that fails once may be back tomorrow: it is told after so many checks over so long, in milliseconds. */
export const FEWEST_TRIES = 3
export const FAILING_MS = 2 * 86_400_000

/** What is known of an address that a record names. */
export type CheckedLink = { url: string; checkedAt: Date; status: number | null; failingSince: Date | null; tries: number }

/** Whether an address is told to lead nowhere any more. */
export const isDead = ({ failingSince, tries }: CheckedLink, now: Date): boolean =>
  failingSince !== null && tries >= FEWEST_TRIES && now.getTime() - failingSince.getTime() >= FAILING_MS
