import type { PrismaClient } from '../db/generated/client.ts'
import { Prisma } from '../db/generated/client.ts'
import { inTransaction } from '../callback/actions/change.ts'
import type { Job } from '../jobs/runner.ts'
import { endLeases } from './actions/lease.ts'

/** How often it is looked whether a claim has run out, in milliseconds; whoever wants such a request may take it at once. */
const LEASES_MS = 10_000

/** What the desk does by itself. */
export const deskJobs = ({ db, clock }: { db: PrismaClient; clock: () => Date }): Job[] => [
  { name: 'desk.leases', everyMs: LEASES_MS, run: () => inTransaction(db, (tx) => endLeases(tx, clock(), Prisma.sql`true`)) },
]
