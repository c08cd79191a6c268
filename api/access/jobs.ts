import type { PrismaClient } from '../db/generated/client.ts'
import type { Job } from '../jobs/runner.ts'
import { LONGEST_MS } from './rules/session.ts'

const EVERY_MS = 10 * 60_000
/** How long used and expired links can still be looked at, in milliseconds: a month, to settle who invited whom. */
const INVITATION_KEPT_MS = 30 * 86_400_000

/** Clearing what lets nobody in any more: sessions and sign-ins that ended, old links. Tokens stay: the audit trail names them. */
export const accessJob = ({ db, clock }: { db: PrismaClient; clock: () => Date }): Job => ({
  name: 'access.clear',
  everyMs: EVERY_MS,
  run: async () => {
    const now = clock()
    const longAgo = new Date(now.getTime() - INVITATION_KEPT_MS)
    const begun = { lt: new Date(now.getTime() - LONGEST_MS) }
    const { count } = await db.staffSession.deleteMany({ where: { OR: [{ expiresAt: { lte: now } }, { createdAt: begun }] } })
    const ended = await db.staffVerification.deleteMany({ where: { expiresAt: { lte: now } } })
    const recoveries = await db.staffRecovery.deleteMany({ where: { OR: [{ usedAt: { lt: longAgo } }, { expiresAt: { lt: longAgo } }] } })
    const invitations = await db.invitation.deleteMany({ where: { OR: [{ usedAt: { lt: longAgo } }, { expiresAt: { lt: longAgo } }] } })
    return count + ended.count + invitations.count + recoveries.count
  },
})
