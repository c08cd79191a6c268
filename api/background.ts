import type { Pool } from 'pg'
import { accessJob } from './access/jobs.ts'
import { auditJob } from './audit/jobs.ts'
import { callbackJobs } from './callback/jobs.ts'
import type { Config } from './config.ts'
import type { Context, CrashPoint } from './context.ts'
import { correctionJob } from './correction/jobs.ts'
import type { PrismaClient } from './db/generated/client.ts'
import { deskJobs } from './desk/jobs.ts'
import type { Snapshot } from './directory/snapshot.ts'
import { linkJob } from './editing/jobs.ts'
import { importJob } from './exchange/jobs.ts'
import { escalationJobs } from './escalation/jobs.ts'
import { caseRoute } from './escalation/actions/send-route.ts'
import { caseWays, mailOf, sendJobs } from './escalation/actions/send-ways.ts'
import { type LogError, nameOf } from './http/errors.ts'
import { openRunner, type Runner } from './jobs/runner.ts'
import { outboxJobs } from './jobs/ways.ts'
import type { Limits } from './limits/limits.ts'
import type { Sender } from './notice/actions/send.ts'
import { noticeRoute } from './notice/actions/route.ts'
import { noticeWays } from './notice/jobs.ts'
import { resealJob } from './sealing/jobs.ts'
import type { Keys } from './sealing/seal.ts'

export type BackgroundParts = {
  db: PrismaClient
  sql: Pool
  keys: Keys
  limits: Limits
  /** The published content: a line's hours say when somebody is late. */
  directory: { current(): Snapshot }
  /** The ways by which people are told; none when nothing is configured. */
  senders: readonly Sender[]
  /** Where partners' systems may be. */
  endpoints: Context['endpoints']
  /** Whether the web addresses that records name are tried; not unless said. */
  linkChecks?: boolean
  /** Where our own pages are, for links to them. */
  origin: string
  clock: () => Date
  /** How long personal data is kept. */
  retention: Config['retention']
  logError: LogError
  reach?: (point: CrashPoint) => void
  /** How long one attempt to send may take, in milliseconds; 15 s unless said. */
  timeLimitMs?: number
}

/** What the server does without being asked: each feature's jobs, in one runner. Failures are logged by their codes only. */
export function openBackground({ logError, reach = () => {}, ...parts }: BackgroundParts): Runner {
  const { retention, db, clock, senders, endpoints } = parts
  const cases = { ...parts, ...endpoints, reach }
  const jobs = [
    ...outboxJobs({
      ...parts,
      reach,
      routes: [noticeRoute(senders.map(({ channel }) => channel)), caseRoute(mailOf(senders) !== undefined)],
      ways: [...noticeWays(parts, senders), ...caseWays(cases, senders)],
    }),
    ...sendJobs(cases),
    auditJob(parts),
    resealJob({ ...parts, reach }),
    ...callbackJobs(parts),
    ...deskJobs(parts),
    ...escalationJobs(parts),
    correctionJob({ db, clock, days: retention.correctionDays }),
    accessJob({ db, clock }),
    importJob(parts),
    ...(parts.linkChecks ? [linkJob({ ...parts, ...endpoints })] : []),
  ]
  return openRunner(jobs, (job, error) => logError({ event: 'job_failed', code: nameOf(error), path: job }))
}
