import type { Pool } from 'pg'
import type { Job } from '../jobs/runner.ts'
import type { Keys } from '../sealing/seal.ts'
import { chainAudit } from './actions/chain.ts'

/** How long a row waits for its place in the chain at most, in milliseconds: until then it could be altered unseen. */
const EVERY_MS = 2_000

/** Chaining the audit trail. */
export const auditJob = ({ sql, keys }: { sql: Pool; keys: Keys }): Job => ({
  name: 'audit.chain',
  everyMs: EVERY_MS,
  run: (stop) => chainAudit(sql, keys, stop),
})
