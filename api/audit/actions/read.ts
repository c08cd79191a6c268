import { organizationsOf } from '../../access/rules/viewer.ts'
import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'

/** A row of the audit trail, for people. */
export type AuditRow = {
  id: string
  at: Date
  /** `citizen`, `system`, `staff:<id>` or `token:<id>`. */
  actor: string
  /** Her name, or what the token is for; null for the others, and for who never was of the viewer's organizations. */
  actorName: string | null
  action: string
  subjectId: string
  /** It has its place in the chain. */
  chained: boolean
}

/** Which rows are wanted; what is absent does not narrow them. */
export type AuditFilter = {
  /** Id of a request. */
  request?: string | null
  /** Id of a member: what she did, and what was done to her; to who was dismissed, until then. */
  member?: string | null
  action?: string | null
  since?: Date | null
  until?: Date | null
}

/**
 * What was done to the requests and the staff of the organizations that the viewer supervises, the latest first. That she looked is written
 * down before she is answered: for the request or the member she asked about, else for her organization, as for who is no longer there.
 * @param wanted how many, after the row with this number
 * @returns one row more than wanted, if there is one, and how many there are in all
 */
export async function readAudit(
  context: Context,
  { request, member, action, since, until }: AuditFilter,
  wanted: { take: number; after: string | null },
): Promise<{ rows: AuditRow[]; total: number }> {
  const viewer = viewerIn(context)
  const { db, sql, now } = context
  const organizations = organizationsOf(viewer, ['SUPERVISOR'])
  const [own] = organizations
  const ids = [request, member].flatMap((id) => (id != null ? [id] : []))
  if (!own || ids.some((id) => !UUID.test(id))) return { rows: [], total: 0 }
  const after = wanted.after !== null && /^\d{1,18}$/.test(wanted.after) ? wanted.after : null
  const asked = request ?? member ?? own
  // Whoever guesses at another organization's ids leaves no name in its trail.
  const { rows: within } = await sql.query(`SELECT WHERE ${inScope('$2::uuid')}`, [organizations, asked])
  await db.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'audit.read', subjectId: within.length > 0 ? asked : own } })
  const values = [organizations, request, member, action, since, until].map((value) => value ?? null)
  const [{ rows }, { rows: counted }] = await Promise.all([
    sql.query<Found>(`${ROWS} ORDER BY a."id" DESC LIMIT $8`, [...values, after, wanted.take + 1]),
    sql.query<{ total: string }>(`SELECT count(*) AS "total" FROM (${ROWS}) AS "all"`, [...values, null]),
  ])
  return {
    rows: rows.map(({ actor_name, subject_id, ...row }) => ({ ...row, actorName: actor_name, subjectId: subject_id })),
    total: Number(counted[0]?.total ?? 0),
  }
}

type Found = { id: string; at: Date; actor: string; actor_name: string | null; action: string; subject_id: string; chained: boolean }

/**
 * Whether something belongs to the organizations of `$1`: a request, a case of their lines or handed to them, a line, a record, a member, a token, an
 * invitation, or one of them itself.
 */
const inScope = (subject: string): string => `(
  ${subject} = ANY ($1::uuid[])
  OR EXISTS (SELECT FROM "callback_request" AS r JOIN "line" AS l ON l."id" = r."line_id"
    WHERE r."id" = ${subject} AND l."organization_id" = ANY ($1::uuid[]))
  OR EXISTS (SELECT FROM "escalation" AS e JOIN "callback_request" AS r ON r."id" = e."request_id" JOIN "line" AS l ON l."id" = r."line_id"
    WHERE e."id" = ${subject} AND (e."organization_id" = ANY ($1::uuid[]) OR l."organization_id" = ANY ($1::uuid[])))
  OR EXISTS (SELECT FROM "line" AS l WHERE l."id" = ${subject} AND l."organization_id" = ANY ($1::uuid[]))
  OR EXISTS (SELECT FROM "content_record" AS c WHERE c."id" = ${subject} AND c."organization_id" = ANY ($1::uuid[]))
  OR EXISTS (SELECT FROM "membership" AS s WHERE s."member_id" = ${subject} AND s."organization_id" = ANY ($1::uuid[]))
  OR EXISTS (SELECT FROM "api_token" AS t WHERE t."member_id" = ${subject} AND t."organization_id" = ANY ($1::uuid[]))
  OR EXISTS (SELECT FROM "invitation" AS i WHERE i."id" = ${subject} AND i."organization_id" = ANY ($1::uuid[])))`

/**
 * `former`: who left the organizations of `$1`, and the row that says so. `ours`: all whose names are known there; an administrator of the whole
 * installation is everywhere.
 */
const ROWS = `
WITH "former" AS (
  SELECT substr("actor", 7)::uuid AS "member_id", max("id") AS "until" FROM "audit_event"
  WHERE "subject_id" = ANY ($1::uuid[]) AND "action" = 'staff.left' GROUP BY "actor"
), "ours" AS (
  SELECT "member_id" FROM "membership" WHERE "organization_id" = ANY ($1::uuid[]) OR "organization_id" IS NULL
  UNION SELECT "member_id" FROM "former"
)
SELECT a."id", a."at", a."actor", a."action", a."subject_id", a."link" IS NOT NULL AS "chained", coalesce(m."name", t."name") AS "actor_name"
FROM "audit_event" AS a
LEFT JOIN "staff_member" AS m ON a."actor" = 'staff:' || m."id" AND m."id" IN (SELECT "member_id" FROM "ours")
LEFT JOIN "api_token" AS t ON a."actor" = 'token:' || t."id" AND t."organization_id" = ANY ($1::uuid[])
WHERE (${inScope('a."subject_id"')}
  OR EXISTS (SELECT FROM "former" AS f WHERE f."member_id" = a."subject_id" AND a."id" <= f."until"))
  AND ($2::uuid IS NULL OR a."subject_id" = $2::uuid)
  AND ($3::uuid IS NULL OR a."subject_id" = $3::uuid OR a."actor" = 'staff:' || $3::text)
  AND ($4::text IS NULL OR a."action" = $4::text)
  AND ($5::timestamptz IS NULL OR a."at" >= $5::timestamptz)
  AND ($6::timestamptz IS NULL OR a."at" < $6::timestamptz)
  AND ($7::bigint IS NULL OR a."id" < $7::bigint)`

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
