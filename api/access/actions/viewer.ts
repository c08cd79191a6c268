import type { Pool } from 'pg'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Keys } from '../../sealing/seal.ts'
import type { Known } from '../rules/access.ts'
import { endOf, IDLE_MS, isAlive, isWorthTouching, LONGEST_MS } from '../rules/session.ts'
import type { Member, Viewer } from '../rules/viewer.ts'
import { tokenIndex } from './adapter.ts'

type Row = {
  id: string
  created_at: Date
  expires_at: Date
  member_id: string
  name: string
  email: string
  languages: LanguageCode[]
  is_demonstration: boolean
  second_factor: boolean
  has_password: boolean
  memberships: Member[]
  line_ids: string[]
}

const BY_TOKEN = `
SELECT s."id", s."created_at", s."expires_at", m."id" AS "member_id", m."name", m."email", COALESCE(m."languages"::text[], '{}') AS "languages",
       m."is_demonstration", m."two_factor_enabled" AS "second_factor",
       EXISTS (SELECT 1 FROM "staff_account" WHERE "user_id" = m."id" AND "provider_id" = 'credential') AS "has_password",
       COALESCE((SELECT json_agg(json_build_object('organizationId', "organization_id", 'role', "role") ORDER BY "created_at", "id")
                 FROM "membership" WHERE "member_id" = m."id"), '[]') AS "memberships",
       ARRAY(SELECT "line_id"::text FROM "staff_line" WHERE "member_id" = m."id") AS "line_ids"
FROM "staff_session" AS s JOIN "staff_member" AS m ON m."id" = s."user_id"
WHERE s."token" = $1 AND m."disabled_at" IS NULL`

const NOBODY: Known = { viewer: null, half: null }

export type SessionParts = { sql: Pool; keys: Keys; demonstration: boolean }

/**
 * Whose session it is, by what the cookie holds, in one statement and with nothing kept in between: who is disabled or has signed out elsewhere
 * is out with her next request. A password alone opens nothing: without a second factor the session is half of one, but for the accounts
 * of the demonstration.
 */
export async function memberOf({ sql, keys, demonstration }: SessionParts, token: string, now: Date): Promise<Known> {
  const { rows } = await sql.query<Row>({ name: 'staff_session', text: BY_TOKEN, values: [tokenIndex(keys, token)] })
  const row = rows[0]
  if (!row || (row.is_demonstration && !demonstration)) return NOBODY
  const session = { createdAt: row.created_at, expiresAt: row.expires_at }
  if (!isAlive(session, now)) return NOBODY
  if (row.has_password && !row.second_factor && !row.is_demonstration) {
    return { viewer: null, half: { id: row.member_id, email: row.email } }
  }
  const viewer: Viewer = {
    kind: 'member',
    id: row.member_id,
    actor: `staff:${row.member_id}`,
    name: row.name,
    email: row.email,
    memberships: row.memberships,
    scopes: ['READ', 'WRITE'],
    languages: row.languages,
    lineIds: row.line_ids,
    isDemonstration: row.is_demonstration,
    session: { id: row.id, endsAt: endOf(session), idleAt: row.expires_at },
  }
  return { viewer, half: null, hasPassword: row.has_password }
}

const TOUCH = `
UPDATE "staff_session" SET "updated_at" = $2, "expires_at" = LEAST($2::timestamptz + $3 * interval '1 ms', "created_at" + $4 * interval '1 ms')
WHERE "id" = $1 AND "expires_at" > $2`

/** Something was done: the session is good for half an hour from now, if not for less until its end. What has ended stays so. */
export async function touchSession(sql: Pool, { session }: Viewer, now: Date): Promise<void> {
  if (!session || !isWorthTouching(session, now)) return
  await sql.query({ name: 'staff_session_touch', text: TOUCH, values: [session.id, now, IDLE_MS, LONGEST_MS] })
}
