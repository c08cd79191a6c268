import type { PrismaClient } from '../db/generated/client.ts'
import type { Job } from '../jobs/runner.ts'

/** How often it is looked whether something is to go, in milliseconds. */
const EVERY_MS = 600_000

/** Keeping no words of visitors too long. */
export const correctionJob = ({ db, clock, days }: { db: PrismaClient; clock: () => Date; days: number }): Job => ({
  name: 'correction.erase',
  everyMs: EVERY_MS,
  run: () => eraseOldMessages({ db, now: clock(), days }),
})

const DAY_MS = 86_400_000

/**
 * Erases the words of visitors who said that something is wrong, once they are older than that, answered or not: people write about themselves.
 * What it was about and what became of it stays.
 * @returns how many were erased
 */
export async function eraseOldMessages({ db, now, days }: { db: PrismaClient; now: Date; days: number }): Promise<number> {
  const before = new Date(now.getTime() - days * DAY_MS)
  const { count } = await db.correction.updateMany({
    where: { suggestedAt: { lte: before }, messageSealed: { not: null } },
    data: { messageSealed: null },
  })
  return count
}
