import type { PrismaClient } from '../db/generated/client.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import type { Job } from '../jobs/runner.ts'
import type { Keys } from '../sealing/seal.ts'
import { climbLadders } from './actions/ladder.ts'

/** How often it is looked whether a partner is late, in milliseconds: deadlines are in minutes. */
const LADDER_MS = 60_000

/** What happens to cases by itself. */
export const escalationJobs = (parts: { db: PrismaClient; keys: Keys; clock: () => Date; directory: { current(): Snapshot } }): Job[] => {
  const { db, keys, clock, directory } = parts
  return [
    {
      name: 'escalation.ladder',
      everyMs: LADDER_MS,
      run: (stop) => climbLadders({ db, keys, directory: directory.current() }, clock(), stop),
    },
  ]
}
