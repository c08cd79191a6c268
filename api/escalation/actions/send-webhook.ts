import type { Context, CrashPoint } from '../../context.ts'
import type { CancelReason, EscalationState, Urgency } from '../../db/generated/enums.ts'
import { Conflict } from '../../errors.ts'
import type { Claimed, Outcome } from '../../jobs/outbox.ts'
import type { Way } from '../../jobs/ways.ts'
import { noteAnswer, noteFailure } from '../../partner/actions/endpoint-state.ts'
import { sendMessage, type WebhookParts } from '../../partner/actions/webhook.ts'
import { isGivenUp } from '../../partner/rules/endpoint.ts'
import { pointlessForPartner, thinOf, TOLD_BY_WEBHOOK } from '../rules/send.ts'
import { changeEscalation } from './change.ts'

export type SendCaseParts = WebhookParts & {
  directory: { current(): Context['directory'] }
  clock: () => Date
  reach(point: Extract<CrashPoint, 'webhook.answered'>): void
}

/**
 * Only to an endpoint that has passed a test and is not paused; what is for another one waits, and no attempt is counted. One that fails is
 * tried with one message at a time, so that a system that hangs holds up nobody else's.
 */
const READY = `EXISTS (
  SELECT FROM "outbox_event" AS e JOIN "escalation" AS c ON c."id" = e."subject_id"
    JOIN "partner_endpoint" AS n ON n."organization_id" = c."organization_id"
  WHERE e."id" = "delivery"."event_id" AND n."checked_at" IS NOT NULL AND n."paused_at" IS NULL
    AND (n."failing_since" IS NULL OR n."organization_id" NOT IN (
      SELECT lc."organization_id" FROM "delivery" AS l JOIN "outbox_event" AS le ON le."id" = l."event_id"
        JOIN "escalation" AS lc ON lc."id" = le."subject_id"
      WHERE l."state" = 'PENDING' AND l."channel" = 'WEBHOOK' AND l."leased_until" > $2)))`

/** Messages sent at the same time by one process: one partner's system that hangs takes one of these places for long, and all of them once. */
const AT_ONCE = 8

type Row = {
  id: string
  version: number
  state: EscalationState
  urgency: Urgency
  answerDueAt: Date
  cancelReason: CancelReason | null
  /** Null: it was taken away in this moment. */
  endpointId: string | null
  organizationId: string
  url: string
  failingSince: Date | null
}

/** A case, and where its partner's system is; undefined when there is no such case. */
async function rowOf({ db }: Pick<SendCaseParts, 'db'>, id: string): Promise<Row | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c."id", c."version", c."state"::text, c."urgency"::text, c."answer_due_at" AS "answerDueAt", c."cancel_reason"::text AS "cancelReason",
      n."id" AS "endpointId", c."organization_id" AS "organizationId", n."url", n."failing_since" AS "failingSince"
    FROM "escalation" AS c LEFT JOIN "partner_endpoint" AS n ON n."organization_id" = c."organization_id" WHERE c."id" = ${id}::uuid`
  return rows[0]
}

/** Telling partners' own systems of their cases. */
export const webhookWay = (parts: SendCaseParts): Way => ({
  channel: 'WEBHOOK',
  atOnce: AT_ONCE,
  speaksOf: (event) => TOLD_BY_WEBHOOK.includes(event),
  ready: READY,
  send: (claimed, signal) => sendCase(parts, claimed, signal),
})

/** Sends one message, if it still makes sense. A system that takes it has received the case. */
async function sendCase(parts: SendCaseParts, { id, event }: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { db, clock, reach } = parts
  const row = await rowOf(parts, event.subjectId)
  if (!row) return { state: 'CANCELLED', code: 'gone' }
  const { endpointId, organizationId, url, failingSince } = row
  if (endpointId === null) return { state: 'PENDING', code: 'no_endpoint' }
  const endpoint = { id: endpointId, organizationId, url, failingSince }
  const why = pointlessForPartner(event.type, row)
  if (why !== null) return { state: 'CANCELLED', code: why }

  const message = { id, type: event.type, data: thinOf(row), at: clock() }
  const outcome = await sendMessage(parts, endpoint, message, signal).catch(async (error: unknown) => {
    // Told to stop is no failure of the endpoint.
    if (signal.reason === 'timeout') await noteFailure(db, endpoint, { code: 'timeout' }, clock())
    throw error
  })
  if (outcome.state !== 'DELIVERED') {
    // Whose failing is noted fails on: nothing is to be written, unless it has been too long, or it asks for time.
    const { code, askedMs } = outcome
    const isNews =
      endpoint.failingSince === null || code === 'http_410' || askedMs !== undefined || isGivenUp(endpoint.failingSince, clock())
    if (isNews && code !== 'unreadable') await noteFailure(db, endpoint, outcome, clock())
    return outcome
  }
  reach('webhook.answered')
  if (endpoint.failingSince !== null) await noteAnswer(db, endpoint, clock())
  if (row.state === 'REQUESTED') await receive(parts, row.id, endpoint.id)
  return outcome
}

async function receive(parts: SendCaseParts, id: string, endpointId: string): Promise<void> {
  const directory = parts.directory.current()
  try {
    await changeEscalation({ ...parts, directory }, id, { kind: 'receive' }, { actor: `endpoint:${endpointId}`, now: parts.clock() })
  } catch (error) {
    // It was taken back, or answered, in the same moment.
    if (!(error instanceof Conflict)) throw error
  }
}
