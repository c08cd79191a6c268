import type { Pool } from 'pg'
import { inTransaction } from '../callback/actions/change.ts'
import { Prisma, type PrismaClient } from '../db/generated/client.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import type { Job } from '../jobs/runner.ts'
import { endLeases } from './actions/lease.ts'
import { remindOfLate } from './actions/remind.ts'

/** How often it is looked whether a claim has run out, in milliseconds; whoever wants such a request may take it at once. */
const LEASES_MS = 10_000

/** How often it is looked whether somebody waits too long, in milliseconds: targets are in minutes. */
const REMIND_MS = 60_000

export type DeskParts = { db: PrismaClient; sql: Pool; clock: () => Date; directory: { current(): Snapshot } }

/** What the desk does by itself. */
export const deskJobs = ({ db, sql, clock, directory }: DeskParts): Job[] => [
  {
    name: 'desk.leases',
    everyMs: LEASES_MS,
    run: () => inTransaction(db, (tx) => endLeases(tx, { directory: directory.current(), now: clock() }, Prisma.sql`true`)),
  },
  {
    name: 'desk.remind',
    everyMs: REMIND_MS,
    run: (stop) => remindOfLate({ db, sql, directory: directory.current(), now: clock(), stop }),
  },
]
