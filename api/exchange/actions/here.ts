import type { ContentKind } from '../../db/generated/enums.ts'
import { readDocument } from '../../editing/actions/document.ts'
import type { Tx } from '../../editing/actions/documents/parts.ts'
import type { Located } from '../../editing/actions/locate.ts'
import type { ContentDocument } from '../../editing/rules/documents.ts'

/** Kinds that are brought in. */
export const KINDS = ['ORGANIZATION', 'LOCATION', 'SERVICE', 'QUESTION'] as const satisfies readonly ContentKind[]

type Row = {
  id: string
  kind: ContentKind
  slug: string | null
  organization_id: string | null
  retired_at: Date | null
  version: number | null
  published_version: number | null
}

/** All records of these kinds and how far each is, at one moment: a file of 10,000 rows asks for each of them. */
export async function readHere(tx: Tx): Promise<Located[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.*, c."version", c."published_version" FROM (
      SELECT "id", 'ORGANIZATION' AS "kind", "slug", "id" AS "organization_id", "retired_at" FROM "organization"
      UNION ALL SELECT "id", 'LOCATION', "slug", "organization_id", "retired_at" FROM "location"
      UNION ALL SELECT "id", 'SERVICE', "slug", "organization_id", "retired_at" FROM "service"
      UNION ALL SELECT "id", 'QUESTION', "slug", "owner_id", "retired_at" FROM "faq_entry"
    ) AS r LEFT JOIN "content_record" AS c ON c."id" = r."id"
    UNION ALL SELECT "id", "kind"::text, "slug", "organization_id", "retired_at", "version", "published_version" FROM "content_record"
      WHERE "published_version" IS NULL AND "kind" IN ('ORGANIZATION', 'LOCATION', 'SERVICE', 'QUESTION')`
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    slug: row.slug,
    organizationId: row.organization_id,
    version: row.version ?? 1,
    publishedVersion: row.version === null ? 1 : row.published_version,
    retiredAt: row.retired_at,
    touched: row.version !== null,
  }))
}

/** Nobody else changes these records until the transaction ends; slugs of these kinds are given out by it alone (`editing/actions/save.ts`). */
export async function lockKinds(tx: Tx, kinds: readonly ContentKind[]): Promise<void> {
  for (const kind of [...kinds].sort())
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`content slugs ${kind}`}, 0))) AS "locked"`
}

/** Locks records that have versions. @returns their newest versions, which may have changed since they were read */
export async function lockRecords(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT "id", "version" FROM "content_record" WHERE "id" = ANY (${ids}::uuid[]) ORDER BY "id" FOR UPDATE`
  return new Map(rows.map(({ id, version }) => [id, version]))
}

/** Documents read in one statement. */
const AT_ONCE = 500

/** The newest documents of records. */
export async function newestDocuments(tx: Tx, records: readonly Located[]): Promise<Map<string, ContentDocument>> {
  const found = new Map<string, ContentDocument>()
  const touched = records.filter((one) => one.touched)
  for (let from = 0; from < touched.length; from += AT_ONCE) {
    const ids = touched.slice(from, from + AT_ONCE).map(({ id }) => id)
    const rows = await tx.$queryRaw<{ id: string; document: ContentDocument }[]>`
      SELECT c."id", r."document" FROM "content_record" AS c
      JOIN "content_revision" AS r ON r."record_id" = c."id" AND r."number" = c."version" WHERE c."id" = ANY (${ids}::uuid[])`
    for (const { id, document } of rows) found.set(id, document)
  }
  for (const { id, kind, touched: known } of records) {
    if (known) continue
    const document = await readDocument(tx, kind, id)
    if (document) found.set(id, document)
  }
  return found
}
