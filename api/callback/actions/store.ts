import type { Pool } from 'pg'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { OPEN, type Receipt } from '../rules/receipt.ts'

/** A request as it is stored: everything that identifies the person is sealed or an HMAC. */
export type NewRow = {
  id: string
  reference: string
  siteId: string
  lineId: string
  need: string | null
  service: string | null
  faqEntry: string | null
  language: LanguageCode
  postalCode: string | null
  phoneSealed: string
  nameSealed: string | null
  emailSealed: string | null
  messageSealed: string | null
  safeNoteSealed: string | null
  phoneIndex: string
  voicemail: boolean | null
  sms: boolean | null
  sayWhoCalls: boolean | null
  masked: boolean
  noticeVersion: string
  noticeLanguage: LanguageCode
  idempotencyIndex: string
  inputDigest: string
  requestedAt: Date
  slot: { startsAt: Date; endsAt: Date; places: number } | null
  callFrom: Date
  /** From when a phone is called that was asked for too often today. */
  putOffTo: Date
  /** A proof of work that must not be used twice. */
  proof: { id: string; expiresAt: Date } | null
}

/** New requests of one phone in a day; the next ones wait until tomorrow, so that nobody is rung up all day at a stranger's wish. */
export const MOST_A_DAY = 3

const COLUMNS = `"id", "reference", "site_id", "line_id", "need_code", "service_slug", "faq_entry_slug", "language", "postal_code",
  "phone_sealed", "name_sealed", "email_sealed", "message_sealed", "safe_note_sealed", "phone_index", "safe_voicemail", "safe_sms",
  "safe_say_who_calls", "masked", "notice_version", "notice_language", "idempotency_index", "input_digest", "requested_at",
  "slot_starts_at", "slot_ends_at"`
const VALUES = `$1::uuid, $2::text, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::"LanguageCode", $9::text,
  $10::text, $11::text, $12::text, $13::text, $14::text, $15::text, $16::boolean, $17::boolean,
  $18::boolean, $19::boolean, $20::text, $21::"LanguageCode", $22::text, $23::text, $24::timestamptz,
  $25::timestamptz, $26::timestamptz`
const OPEN_OF_PHONE = `"phone_index" = $15 AND "repeat_of_id" IS NULL AND "status" IN (${OPEN.map((status) => `'${status}'`).join()})`

/**
 * One statement, and so one transaction and one way to the server: the place in the slot, the request, its event, its audit row and the use
 * of the proof of work are all there or none is. A phone that has an open request for the line gets a row that adds to it; the work is the
 * same, and so is the time, so that nobody learns by either that a number is known.
 * No row comes back when the slot had no place left. Unique indexes decide all the rest: see `request.ts`.
 */
const STORE = `
WITH held AS (
  INSERT INTO "callback_slot" AS s ("line_id", "starts_at", "ends_at", "taken")
  SELECT $4::uuid, $25::timestamptz, $26::timestamptz, 1 WHERE $25 IS NOT NULL
  ON CONFLICT ("line_id", "starts_at") DO UPDATE SET "taken" = s."taken" + 1 WHERE s."taken" < $27::int
  RETURNING 1
), stored AS (
  INSERT INTO "callback_request" (${COLUMNS}, "call_from", "repeat_of_id")
  SELECT ${VALUES},
    CASE WHEN (
      SELECT count(*) FROM "callback_request"
      WHERE "phone_index" = $15 AND "repeat_of_id" IS NULL AND "requested_at" > $24::timestamptz - interval '1 day'
    ) < ${MOST_A_DAY} THEN $28::timestamptz ELSE greatest($28::timestamptz, $29::timestamptz) END,
    (SELECT "id" FROM "callback_request" WHERE ${OPEN_OF_PHONE} AND "line_id" = $4)
  WHERE $25 IS NULL OR EXISTS (SELECT FROM held)
  RETURNING "id", "position", "call_from"
), proof AS (
  INSERT INTO "used_challenge" ("id", "expires_at") SELECT $30::text, $31::timestamptz FROM stored WHERE $30 IS NOT NULL
), event AS (
  INSERT INTO "outbox_event" ("type", "subject_id", "at") SELECT 'callback.requested', "id", $24 FROM stored
), audit AS (
  INSERT INTO "audit_event" ("at", "actor", "action", "subject_id") SELECT $24, 'citizen', 'callback.requested', "id" FROM stored
)
SELECT "position", "call_from" FROM stored`

/** Stores a request; null when its slot is full. */
export async function storeRequest(sql: Pool, row: NewRow): Promise<{ position: bigint; callFrom: Date } | null> {
  const { slot, proof } = row
  const { rows } = await sql.query<{ position: string; call_from: Date }>({
    name: 'callback_store',
    text: STORE,
    values: [
      row.id,
      row.reference,
      row.siteId,
      row.lineId,
      row.need,
      row.service,
      row.faqEntry,
      row.language,
      row.postalCode,
      row.phoneSealed,
      row.nameSealed,
      row.emailSealed,
      row.messageSealed,
      row.safeNoteSealed,
      row.phoneIndex,
      row.voicemail,
      row.sms,
      row.sayWhoCalls,
      row.masked,
      row.noticeVersion,
      row.noticeLanguage,
      row.idempotencyIndex,
      row.inputDigest,
      row.requestedAt,
      slot?.startsAt ?? null,
      slot?.endsAt ?? null,
      slot?.places ?? 0,
      row.callFrom,
      row.putOffTo,
      proof?.id ?? null,
      proof?.expiresAt ?? null,
    ],
  })
  const [stored] = rows
  return stored ? { position: BigInt(stored.position), callFrom: stored.call_from } : null
}

const RECEIPT = `"id", "reference", "status", "line_id", "requested_at", "slot_starts_at", "slot_ends_at", "call_from", "position", "masked", "outcome"`

type ReceiptRow = {
  id: string
  reference: string
  status: Receipt['status']
  line_id: string
  requested_at: Date
  slot_starts_at: Date | null
  slot_ends_at: Date | null
  call_from: Date
  position: string
  masked: boolean
  outcome: string | null
}

const receiptOf = (row: ReceiptRow): Receipt => ({
  id: row.id,
  reference: row.reference,
  status: row.status,
  lineId: row.line_id,
  requestedAt: row.requested_at,
  slot: row.slot_starts_at && row.slot_ends_at && { startsAt: row.slot_starts_at, endsAt: row.slot_ends_at },
  callFrom: row.call_from,
  position: BigInt(row.position),
  masked: row.masked,
  outcome: row.outcome,
})

/** The request a site sent under a key, with the digest of what it was. */
export async function storedUnderKey(
  sql: Pool,
  siteId: string,
  idempotencyIndex: string,
): Promise<{ receipt: Receipt; inputDigest: string | null } | null> {
  const { rows } = await sql.query<ReceiptRow & { input_digest: string | null }>({
    name: 'callback_under_key',
    text: `SELECT ${RECEIPT}, "input_digest" FROM "callback_request" WHERE "site_id" = $1::uuid AND "idempotency_index" = $2`,
    values: [siteId, idempotencyIndex],
  })
  const [row] = rows
  return row ? { receipt: receiptOf(row), inputDigest: row.input_digest } : null
}

/** The request with this reference and phone. One statement whatever is asked for. */
export async function storedUnderReference(sql: Pool, reference: string, phoneIndex: string): Promise<Receipt | null> {
  const { rows } = await sql.query<ReceiptRow>({
    name: 'callback_under_reference',
    text: `SELECT ${RECEIPT} FROM "callback_request" WHERE "reference" = $1 AND "phone_index" = $2`,
    values: [reference, phoneIndex],
  })
  return rows[0] ? receiptOf(rows[0]) : null
}
