import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { ContentKind, LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { sourceLanguage } from '../../service/rules/freshness.ts'
import type { ContentDocument } from '../rules/documents.ts'
import { FAILING_MS, FEWEST_TRIES } from '../rules/links.ts'
import { isInReach, type Reach } from '../rules/reach.ts'
import { CONCERNS, type Concern, type ContentFilter, concernsOf, isWanted, type Stored, titleFor } from '../rules/summary.ts'
import { reachOf } from './reach.ts'

/** A record as one viewer may see it. Outside her reach it is what is published, and nothing is told of drafts and reports. */
export type RecordView = Stored & { mayEdit: boolean }

/**
 * The records that the viewer may change, by title in her language.
 * @param filter which of them
 */
export async function contentRecords(context: Context, filter: ContentFilter): Promise<RecordView[]> {
  const today = dayIn(context.now)
  const { directory, languages } = context
  const organizationId = filter.organization ? (directory.organizationsBySlug.get(filter.organization)?.id ?? NOBODY) : null
  const reach = await reachOf(context)
  const records = (await readStored(context, null, reach)).filter((stored) => isWanted(stored, filter, { today, organizationId }))
  const order = new Intl.Collator(tagOf(languages[0] ?? 'FR'), { numeric: true })
  return records
    .map((stored) => ({ stored, title: titleFor(stored, languages) }))
    .sort((a, b) => order.compare(a.title, b.title) || (a.stored.id < b.stored.id ? -1 : 1))
    .map(({ stored }) => ({ ...stored, mayEdit: true }))
}

/** Nobody's id. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** How many records of each kind there are in the viewer's reach, and how many ask for a look, by why. */
export async function contentCounts(context: Context): Promise<{ kind: ContentKind; concern: Concern | null; count: number }[]> {
  const today = dayIn(context.now)
  const counts = new Map<string, { kind: ContentKind; concern: Concern | null; count: number }>()
  const add = (kind: ContentKind, concern: Concern | null) => {
    const key = `${kind} ${concern}`
    const known = counts.get(key) ?? { kind, concern, count: 0 }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  for (const stored of await readStored(context, null, await reachOf(context))) {
    if (stored.retiredAt !== null) continue
    add(stored.kind, null)
    for (const concern of concernsOf(stored, today)) add(stored.kind, concern)
  }
  return [...counts.values()].sort((a, b) => (a.kind === b.kind ? rank(a.concern) - rank(b.concern) : a.kind < b.kind ? -1 : 1))
}

const rank = (concern: Concern | null): number => (concern === null ? -1 : CONCERNS.indexOf(concern))

/** One record; null when there is none, or none that the viewer may see: outside her reach only what the public is shown. */
export async function contentRecord(context: Context, id: string): Promise<RecordView | null> {
  viewerIn(context)
  if (!UUID.test(id)) return null
  const reach = await reachOf(context)
  const [stored] = await readStored(context, id, null)
  if (!stored) return null
  if (isInReach(reach, stored)) return { ...stored, mayEdit: true }
  if (stored.publishedVersion === null || stored.retiredAt !== null || !stored.publishedTexts) return null
  const { publishedVersion: version, publishedTexts: texts } = stored
  return { ...stored, version, texts, reports: 0, deadLink: false, changedAt: stored.lastModified, changedBy: null, mayEdit: false }
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

type Texts = ContentDocument['texts']
type Row = {
  id: string
  kind: ContentKind
  slug: string | null
  day: string | null
  organization_id: string | null
  version: number | null
  published_version: number | null
  retired_at: Date | null
  language: LanguageCode | null
  table_texts: Texts | null
  newest_texts: Texts | null
  assured_date: string | null
  reviewed_at: string | null
  check_failed_on: string | null
  last_modified: Date | null
  changed_at: Date | null
  changed_by: string | null
  reports: number
  dead_link: boolean
}

/**
 * Records of the tables, and drafts that are in none yet.
 * @param id one record; null: all
 * @param reach only those; null: all
 */
async function readStored(
  { sql, directory, now }: Context,
  id: string | null,
  reach: Reach | null,
): Promise<(Stored & { publishedTexts: Texts | null })[]> {
  const { rows } = await sql.query<Row>({
    name: 'editing_records',
    text: RECORDS,
    values: [id, new Date(now.getTime() - FAILING_MS), FEWEST_TRIES],
  })
  const organizations = new Map(directory.organizations.map((organization) => [organization.id, organization]))
  return rows
    .filter((row) => reach === null || isInReach(reach, { id: row.id, kind: row.kind, organizationId: row.organization_id }))
    .map((row) => {
      const { table_texts: published, newest_texts: newest, organization_id: organizationId } = row
      const texts = newest ?? published ?? {}
      const inCapitals = Object.fromEntries(Object.keys(texts).map((tag) => [tag.toUpperCase(), true]))
      const commune = organizations.get(organizationId ?? '')?.commune ?? null
      return {
        id: row.id,
        kind: row.kind,
        slug: row.slug,
        day: row.day,
        organizationId,
        version: row.version ?? 1,
        publishedVersion: row.version === null ? 1 : row.published_version,
        retiredAt: row.retired_at,
        language: row.language ?? sourceLanguage(inCapitals, { commune }),
        texts,
        publishedTexts: published,
        assuredDate: row.assured_date,
        reviewedAt: row.reviewed_at,
        checkFailedOn: row.check_failed_on,
        lastModified: row.last_modified,
        changedAt: row.changed_at ?? row.last_modified,
        changedBy: row.changed_by,
        reports: row.reports,
        deadLink: row.dead_link,
      }
    })
}

/** The texts of a row by language, as a document has them. */
const texts = (table: string, key: string, of: string) => `(
  SELECT json_object_agg(lower(t."language"::text), json_build_object(${of},
    'changedAt', to_char(t."last_modified" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  FROM "${table}_translation" AS t WHERE t."${key}" = r."id")`

/** One line for each kind: which columns of its table the list needs. Of an answer only whether there is one. */
const RECORDS = `
WITH "rows" AS (
  SELECT 'SERVICE' AS "kind", r."id", r."slug", NULL AS "day", r."organization_id", r."retired_at", r."url", r."assured_date", r."reviewed_at",
    r."check_failed_on", r."last_modified", ${texts('service', 'service_id', `'name', t."name"`)} AS "texts"
  FROM "service" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
  UNION ALL SELECT 'ORGANIZATION', r."id", r."slug", NULL, r."id", r."retired_at", r."url", r."assured_date", r."reviewed_at",
    NULL, r."last_modified", ${texts('organization', 'organization_id', `'name', t."name"`)}
  FROM "organization" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
  UNION ALL SELECT 'QUESTION', r."id", r."slug", NULL, r."owner_id", r."retired_at", NULL, NULL, r."reviewed_at",
    NULL, r."last_modified", ${texts('faq_entry', 'faq_entry_id', `'question', t."question", 'answer', left(t."answer", 1)`)}
  FROM "faq_entry" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
  UNION ALL SELECT 'LINE', r."id", r."slug", NULL, r."organization_id", r."retired_at", NULL, r."assured_date", r."reviewed_at",
    NULL, r."last_modified", ${texts('line', 'line_id', `'name', t."name"`)}
  FROM "line" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
  UNION ALL SELECT 'LOCATION', r."id", r."slug", NULL, r."organization_id", r."retired_at", NULL, NULL, NULL,
    NULL, NULL, ${texts('location', 'location_id', `'name', t."name"`)}
  FROM "location" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
  UNION ALL SELECT 'CLOSING_DAY', r."id", NULL, r."day", r."organization_id", r."retired_at", NULL, NULL, NULL,
    NULL, NULL, ${texts('closing_day', 'closing_day_id', `'name', t."name"`)}
  FROM "closing_day" AS r WHERE $1::uuid IS NULL OR r."id" = $1::uuid
), "changed" AS (
  SELECT c."id", c."kind"::text AS "kind", c."slug", c."organization_id", c."retired_at", c."version", c."published_version",
    v."document" ->> 'language' AS "language", v."document" -> 'texts' AS "texts", v."document" ->> 'day' AS "day", v."at", v."actor_name"
  FROM "content_record" AS c JOIN "content_revision" AS v ON v."record_id" = c."id" AND v."number" = c."version"
  WHERE $1::uuid IS NULL OR c."id" = $1::uuid
), "reported" AS (
  SELECT coalesce("service_slug", '') AS "service", coalesce("faq_entry_slug", '') AS "question", count(*)::int AS "count"
  FROM "correction" WHERE "status" = 'NEW' GROUP BY 1, 2
)
SELECT coalesce(r."id", c."id") AS "id", coalesce(r."kind", c."kind") AS "kind", coalesce(c."slug", r."slug") AS "slug",
  coalesce(c."day", r."day") AS "day", coalesce(r."organization_id", c."organization_id") AS "organization_id", c."version",
  c."published_version", CASE WHEN r."id" IS NULL THEN c."retired_at" ELSE r."retired_at" END AS "retired_at", c."language",
  r."texts" AS "table_texts", c."texts" AS "newest_texts", r."assured_date"::text AS "assured_date", r."reviewed_at"::text AS "reviewed_at",
  r."check_failed_on"::text AS "check_failed_on", r."last_modified", c."at" AS "changed_at", c."actor_name" AS "changed_by",
  coalesce(p."count", 0) AS "reports", l."url" IS NOT NULL AS "dead_link"
FROM "rows" AS r FULL JOIN "changed" AS c ON c."id" = r."id"
LEFT JOIN "reported" AS p ON (r."kind" = 'SERVICE' AND p."service" = r."slug") OR (r."kind" = 'QUESTION' AND p."question" = r."slug")
LEFT JOIN "link_check" AS l ON l."url" = r."url" AND l."failing_since" <= $2 AND l."tries" >= $3`
