import type { Pool } from 'pg'
import { inBatches } from '../../db/batch.ts'
import { CARDINALITY_VIOLATION, DEADLOCK, LOCK_NOT_AVAILABLE, sqlStateOf, UNIQUE_VIOLATION } from '../../db/sqlstate.ts'
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

/** A value of a row: the column it stands in, if it is one, its type, and where it comes from. */
type Field = readonly [name: string, type: string, of: (row: NewRow) => unknown]

/** What the request itself is made of. */
const COLUMNS: readonly Field[] = [
  ['id', 'uuid', (row) => row.id],
  ['reference', 'text', (row) => row.reference],
  ['site_id', 'uuid', (row) => row.siteId],
  ['line_id', 'uuid', (row) => row.lineId],
  ['need_code', 'text', (row) => row.need],
  ['service_slug', 'text', (row) => row.service],
  ['faq_entry_slug', 'text', (row) => row.faqEntry],
  ['language', '"LanguageCode"', (row) => row.language],
  ['postal_code', 'text', (row) => row.postalCode],
  ['phone_sealed', 'text', (row) => row.phoneSealed],
  ['name_sealed', 'text', (row) => row.nameSealed],
  ['email_sealed', 'text', (row) => row.emailSealed],
  ['message_sealed', 'text', (row) => row.messageSealed],
  ['safe_note_sealed', 'text', (row) => row.safeNoteSealed],
  ['phone_index', 'text', (row) => row.phoneIndex],
  ['safe_voicemail', 'boolean', (row) => row.voicemail],
  ['safe_sms', 'boolean', (row) => row.sms],
  ['safe_say_who_calls', 'boolean', (row) => row.sayWhoCalls],
  ['masked', 'boolean', (row) => row.masked],
  ['notice_version', 'text', (row) => row.noticeVersion],
  ['notice_language', '"LanguageCode"', (row) => row.noticeLanguage],
  ['idempotency_index', 'text', (row) => row.idempotencyIndex],
  ['input_digest', 'text', (row) => row.inputDigest],
  ['requested_at', 'timestamptz', (row) => row.requestedAt],
  ['slot_starts_at', 'timestamptz', (row) => row.slot?.startsAt],
  ['slot_ends_at', 'timestamptz', (row) => row.slot?.endsAt],
]
/** What decides how it is stored. */
const BESIDE: readonly Field[] = [
  ['places', 'int', (row) => row.slot?.places],
  ['wanted_from', 'timestamptz', (row) => row.callFrom],
  ['put_off_to', 'timestamptz', (row) => row.putOffTo],
  ['proof_id', 'text', (row) => row.proof?.id],
  ['proof_expires_at', 'timestamptz', (row) => row.proof?.expiresAt],
]
const FIELDS = [...COLUMNS, ...BESIDE]
const names = (fields: readonly Field[], of = ''): string => fields.map(([name]) => `${of}"${name}"`).join(', ')
const OPEN_ONES = `"repeat_of_id" IS NULL AND "status" IN (${OPEN.map((status) => `'${status}'`).join(', ')})`

/**
 * One statement, and so one transaction and one way to the server: the place in the slot, the request, its event, its audit row and the use
 * of the proof of work are all there or none is. A phone that has an open request for the line gets a row that adds to it; the work is the
 * same, and so is the time, so that nobody learns by either that a number is known.
 * That open request is locked meanwhile (FOR SHARE): one that is just being withdrawn is waited for, and then not added to.
 * No row comes back for a request whose slot had no place left. Unique indexes decide all the rest: see `request.ts`.
 */
const STORE = `
WITH "r" AS (
  SELECT * FROM unnest(${FIELDS.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')}) AS "r" (${names(FIELDS)})
), held AS (
  INSERT INTO "callback_slot" AS s ("line_id", "starts_at", "ends_at", "taken")
  SELECT "line_id", "slot_starts_at", "slot_ends_at", 1 FROM "r" WHERE "slot_starts_at" IS NOT NULL
  ON CONFLICT ("line_id", "starts_at") DO UPDATE SET "taken" = s."taken" + 1
  WHERE s."taken" < (SELECT "places" FROM "r" WHERE "r"."line_id" = s."line_id" AND "r"."slot_starts_at" = s."starts_at")
  RETURNING "line_id", "starts_at"
), put_off AS (
  SELECT "id", CASE WHEN (
    SELECT count(*) FROM "callback_request" AS t
    WHERE t."phone_index" = "r"."phone_index" AND t."repeat_of_id" IS NULL AND t."requested_at" > "r"."requested_at" - interval '1 day'
  ) >= ${MOST_A_DAY} THEN "r"."put_off_to" END AS "not_before"
  FROM "r"
), stored AS (
  INSERT INTO "callback_request" (${names(COLUMNS)}, "not_before", "call_from", "repeat_of_id")
  SELECT ${names(COLUMNS, '"r".')}, "not_before", greatest("r"."wanted_from", "not_before"),
    (SELECT "id" FROM "callback_request" AS o WHERE o."phone_index" = "r"."phone_index" AND o."line_id" = "r"."line_id" AND ${OPEN_ONES} FOR SHARE)
  FROM "r" JOIN put_off USING ("id")
  WHERE "slot_starts_at" IS NULL
    OR EXISTS (SELECT FROM held WHERE held."line_id" = "r"."line_id" AND held."starts_at" = "r"."slot_starts_at")
  RETURNING "id", "position", "call_from", "requested_at"
), proof AS (
  INSERT INTO "used_challenge" ("id", "expires_at")
  SELECT "proof_id", "proof_expires_at" FROM "r" JOIN stored USING ("id") WHERE "proof_id" IS NOT NULL
), event AS (
  INSERT INTO "outbox_event" ("type", "subject_id", "at") SELECT 'callback.requested', "id", "requested_at" FROM stored
), audit AS (
  INSERT INTO "audit_event" ("at", "actor", "action", "subject_id") SELECT "requested_at", 'citizen', 'callback.requested', "id" FROM stored
)
SELECT "id", "position", "call_from" FROM stored`

/** What the database adds to a row; null when its slot is full. */
export type Stored = { position: bigint; callFrom: Date } | null

/**
 * Stores requests, all of them or none.
 * @throws the driver's error when any of them breaks a unique index, or when two want the same slot: then each is to be tried alone
 */
async function storeTogether(sql: Pool, rows: readonly NewRow[]): Promise<Stored[]> {
  const result = await sql.query<{ id: string; position: string; call_from: Date }>({
    name: 'callback_store',
    text: STORE,
    values: FIELDS.map(([, , of]) => rows.map((row) => of(row) ?? null)),
  })
  const stored = new Map(result.rows.map((row) => [row.id, { position: BigInt(row.position), callFrom: row.call_from }]))
  return rows.map(({ id }) => stored.get(id) ?? null)
}

/** SQLSTATEs of what one row does to the others: a unique index, a place wanted twice in one statement, a lock waited for, a deadlock. */
const SPOILED = new Set<string | null>([UNIQUE_VIOLATION, CARDINALITY_VIOLATION, LOCK_NOT_AVAILABLE, DEADLOCK])

/** Storing and finding again, for all requests of the process: those that come at once go to the database together. */
export type RequestStore = {
  /** @throws the driver's error, which tells the unique index that refused it */
  store(row: NewRow): Promise<Stored>
  /** The request a site sent under a key, with the digest of what it was. */
  underKey(siteId: string, idempotencyIndex: string): Promise<{ receipt: Receipt; inputDigest: string | null } | null>
}

type KeyRow = ReceiptRow & { site_id: string; idempotency_index: string; input_digest: string | null }

export function openRequestStore(sql: Pool): RequestStore {
  const together = inBatches<NewRow, Stored | { failed: true }>(async (rows) => {
    try {
      return await storeTogether(sql, rows)
    } catch (error) {
      // One of them spoils it for all: each by itself, and each gets its own answer.
      if (rows.length === 1 || !SPOILED.has(sqlStateOf(error))) throw error
      return rows.map(() => ({ failed: true }))
    }
  })
  const underKey = inBatches<{ siteId: string; index: string }, KeyRow | null>(async (asked) => {
    const { rows } = await sql.query<KeyRow>({
      name: 'callback_under_key',
      text: `SELECT ${RECEIPT}, "site_id", "idempotency_index", "input_digest" FROM "callback_request"
        WHERE ("site_id", "idempotency_index") IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
      values: [asked.map(({ siteId }) => siteId), asked.map(({ index }) => index)],
    })
    return asked.map(({ siteId, index }) => rows.find((row) => row.site_id === siteId && row.idempotency_index === index) ?? null)
  })
  return {
    async store(row) {
      const stored = await together(row)
      return stored && 'failed' in stored ? ((await storeTogether(sql, [row]))[0] ?? null) : stored
    },
    async underKey(siteId, index) {
      const row = await underKey({ siteId, index })
      return row && { receipt: receiptOf(row), inputDigest: row.input_digest }
    },
  }
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

/** The request with this reference and phone. One statement whatever is asked for. */
export async function storedUnderReference(sql: Pool, reference: string, phoneIndex: string): Promise<Receipt | null> {
  const { rows } = await sql.query<ReceiptRow>({
    name: 'callback_under_reference',
    text: `SELECT ${RECEIPT} FROM "callback_request" WHERE "reference" = $1 AND "phone_index" = $2`,
    values: [reference, phoneIndex],
  })
  return rows[0] ? receiptOf(rows[0]) : null
}
