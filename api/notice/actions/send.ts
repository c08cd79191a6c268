import type { Pool } from 'pg'
import { UNFINISHED } from '../../callback/rules/receipt.ts'
import type { CallbackStatus, LanguageCode } from '../../db/generated/enums.ts'
import { TooManyRequests } from '../../errors.ts'
import type { Claimed, Outcome } from '../../jobs/outbox.ts'
import type { Limit, Limits } from '../../limits/limits.ts'
import { type Keys, unseal } from '../../sealing/seal.ts'
import { isMobile, kindOf, type Notice, type NoticeChannel, NOTICE_EVENTS, type NoticeKind, pointless } from '../rules/notice.ts'

/** A way to send. */
export type Sender = {
  channel: NoticeChannel
  /**
   * @param id the same at every attempt
   * @throws when `signal` ended it, and only then
   */
  send(message: { id: string; to: string; notice: Notice; at: Date }, signal: AbortSignal): Promise<Outcome>
  /** Of e-mail: sends one with another text, to partners and the staff. */
  mail?(mail: Mail, signal: AbortSignal): Promise<Outcome>
}

/** An e-mail. `id` is the same at every attempt. */
export type Mail = { id: string; to: string; subject: string; text: string; language: LanguageCode; at: Date }

export type SendParts = { sql: Pool; keys: Keys; limits: Limits; clock: () => Date }

/**
 * Messages to one receiver in a day: a person with three requests, each of which she moves once. Anybody may type anybody's address into a
 * form, so what nobody would need is not sent.
 */
const MOST_A_DAY: Record<NoticeChannel, Limit> = {
  EMAIL: { name: 'notice.email', points: 6, seconds: 86_400 },
  SMS: { name: 'notice.sms', points: 6, seconds: 86_400 },
}

type Row = {
  status: CallbackStatus
  reference: string | null
  language: LanguageCode
  phone_sealed: string | null
  email_sealed: string | null
  slot_starts_at: Date | null
  slot_ends_at: Date | null
  superseded: boolean
  /** Somebody who asked with the same phone, of whatever line, wants no text message there, or did not say that she does. */
  sms_refused: boolean
}

/** Sends one notice, if it still makes sense. Where it goes is opened here, for as long as it takes to send it. */
export async function sendNotice(parts: SendParts, sender: Sender, claimed: Claimed, signal: AbortSignal): Promise<Outcome> {
  const { sql, keys, limits, clock } = parts
  const kind = kindOf(claimed.event.type)
  const row = await rowOf(sql, claimed)
  if (!kind || !row) return { state: 'CANCELLED', code: 'gone' }
  const slot = row.slot_starts_at && row.slot_ends_at && { startsAt: row.slot_starts_at, endsAt: row.slot_ends_at }
  const { reference, language } = row
  const now = clock()
  const why = pointless(kind, { ...row, slot }, now)
  if (why !== null || reference === null) return { state: 'CANCELLED', code: why ?? 'erased' }

  if (sender.channel === 'SMS' && row.sms_refused) return { state: 'CANCELLED', code: 'unwished' }

  const column = sender.channel === 'EMAIL' ? 'email' : 'phone'
  const sealed = sender.channel === 'EMAIL' ? row.email_sealed : row.phone_sealed
  if (sealed === null) return { state: 'CANCELLED', code: 'erased' }
  const to = opened(keys, sealed, { table: 'callback_request', column, row: claimed.event.subjectId })
  // A key that is missing may be put back.
  if (to === null) return { state: 'PENDING', code: 'unreadable' }
  if (sender.channel === 'SMS' && !isMobile(to)) return { state: 'CANCELLED', code: 'not_mobile' }
  const more = await besides(sql, kind, claimed, sender.channel, language)
  // Nobody called since she asked: that she was not reached would be no news of hers.
  if (more.tried?.length === 0) return { state: 'CANCELLED', code: 'not_tried' }
  if (claimed.attempt === 1 && !(await admits(limits, MOST_A_DAY[sender.channel], to))) return { state: 'CANCELLED', code: 'limited' }
  const notice: Notice = { kind, reference, slot, language, ...more }
  return sender.send({ id: claimed.id, to, notice, at: now }, signal)
}

/** What only some notices say: when she was called, or where she was led. */
async function besides(
  sql: Pool,
  kind: NoticeKind,
  { event: { subjectId } }: Claimed,
  channel: NoticeChannel,
  language: LanguageCode,
): Promise<Pick<Notice, 'tried' | 'services'>> {
  if (kind === 'unreachable') {
    // One that added to another was not called by itself; and what was tried before she asked is nobody's business but the other's.
    const { rows } = await sql.query<{ at: Date }>({
      name: 'notice_tried',
      text: `SELECT a."at" FROM "call_attempt" AS a JOIN "callback_request" AS r ON a."request_id" IN (r."id", r."repeat_of_id")
        WHERE r."id" = $1::uuid AND a."at" >= r."requested_at" ORDER BY a."at"`,
      values: [subjectId],
    })
    return { tried: rows.map(({ at }) => at) }
  }
  if (kind !== 'oriented') return {}
  const { rows } = await sql.query<{ name: string; phone: string | null }>({
    name: 'notice_services',
    text: `
      SELECT t."name", (
        SELECT p."number" FROM "phone" AS p WHERE p."service_id" = s."id" OR p."organization_id" = s."organization_id"
        ORDER BY p."service_id" IS NULL, p."position" LIMIT 1
      ) AS "phone"
      FROM "referral" AS r JOIN "service" AS s ON s."slug" = r."service_slug" CROSS JOIN LATERAL (
        SELECT "name" FROM "service_translation" WHERE "service_id" = s."id" ORDER BY "language" <> $3::"LanguageCode", "language" LIMIT 1
      ) AS t
      WHERE r."request_id" = $1::uuid AND r."sent_by" = $2::"Channel" ORDER BY r."at", r."id"`,
    values: [subjectId, channel, language],
  })
  return { services: rows }
}

async function rowOf(sql: Pool, { event }: Claimed): Promise<Row | undefined> {
  const { rows } = await sql.query<Row>({
    name: 'notice_row',
    text: `
      SELECT r."status", r."reference", r."language", r."phone_sealed", r."email_sealed", r."slot_starts_at", r."slot_ends_at",
        EXISTS (
          SELECT FROM "outbox_event" AS e WHERE e."subject_id" = r."id" AND e."id" > $2 AND e."type" = ANY ($3::text[])
        ) AS "superseded",
        EXISTS (
          SELECT FROM "callback_request" AS o WHERE o."phone_index" = r."phone_index" AND o."status" <> 'CANCELLED' AND o."erased_at" IS NULL
            AND (NOT o."safe_sms" OR o."safe_sms" IS NULL AND (o."status"::text = ANY ($4::text[])
              OR o."id" = r."repeat_of_id" OR o."repeat_of_id" = r."id" OR o."repeat_of_id" = r."repeat_of_id"))
        ) AS "sms_refused"
      FROM "callback_request" AS r WHERE r."id" = $1::uuid`,
    // What she is sent in writing says all that she was told, and nothing else says it.
    values: [event.subjectId, String(event.id), kindOf(event.type) === 'oriented' ? [event.type] : NOTICE_EVENTS, UNFINISHED],
  })
  return rows[0]
}

function opened(keys: Keys, sealed: string, place: Parameters<typeof unseal>[2]): string | null {
  try {
    return unseal(keys, sealed, place)
  } catch {
    return null
  }
}

/** Whether one more message may go to this receiver today. */
async function admits(limits: Limits, limit: Limit, to: string): Promise<boolean> {
  try {
    await limits.take([{ limit, by: to.toLowerCase() }])
    return true
  } catch (error) {
    if (error instanceof TooManyRequests) return false
    throw error
  }
}
