import type { Pool } from 'pg'
import type { CrashPoint } from '../../context.ts'
import type { Job } from '../../jobs/runner.ts'
import type { Way } from '../../jobs/ways.ts'
import type { Sender } from '../../notice/actions/send.ts'
import { probeEndpoints } from '../../partner/actions/endpoint-probe.ts'
import { forgetMessages } from './inbound.ts'
import { tellOfDead } from './send-dead.ts'
import { linkWay } from './send-link.ts'
import { type SendStaffParts, staffWay } from './send-staff.ts'
import { type SendCaseParts, webhookWay } from './send-webhook.ts'

export type SendParts = Omit<SendCaseParts, 'reach'> & {
  sql: Pool
} & Omit<SendStaffParts, 'mail'> & {
    reach: (point: CrashPoint) => void
    /** How long one attempt may take, in milliseconds; 15 s unless said. */
    timeLimitMs?: number
  }

/** What sends e-mails, if this server can. */
export const mailOf = (senders: readonly Sender[]): Sender['mail'] => senders.find(({ mail }) => mail)?.mail

/** Telling partners of their cases, and the staff of what waits. */
export function caseWays(parts: SendParts, senders: readonly Sender[]): Way[] {
  const mail = mailOf(senders)
  return [webhookWay(parts), ...(mail ? [linkWay({ ...parts, mail }), staffWay({ ...parts, mail })] : [])]
}

/** How often it is asked whether a system that fails is back, in milliseconds. */
const PROBE_MS = 10_000
/** How often it is looked whether a message was given up, in milliseconds. */
const DEAD_MS = 5_000
/** How often messages that cannot come again are forgotten, in milliseconds. */
const FORGET_MS = 600_000

export const sendJobs = (parts: SendParts): Job[] => [
  { name: 'endpoint.probe', everyMs: PROBE_MS, run: (stop) => probeEndpoints(parts, stop) },
  { name: 'escalation.dead', everyMs: DEAD_MS, run: (stop) => tellOfDead(parts, stop) },
  { name: 'inbound.forget', everyMs: FORGET_MS, run: (stop) => forgetMessages({ sql: parts.sql, now: parts.clock() }, stop) },
]
