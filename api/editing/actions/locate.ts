import type { ContentKind } from '../../db/generated/enums.ts'
import type { ContentDocument } from '../rules/documents.ts'
import { readDocument } from './document.ts'
import type { Tx } from './documents/parts.ts'

/** A record and how far it is. What was never changed here is at its first version, and published. */
export type Located = {
  id: string
  kind: ContentKind
  slug: string | null
  organizationId: string | null
  version: number
  publishedVersion: number | null
  retiredAt: Date | null
  /** It has revisions. */
  touched: boolean
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Finds a record by its id, of whichever kind; null when there is none. */
export async function locate(tx: Tx, id: string): Promise<Located | null> {
  if (!UUID.test(id)) return null
  const record = await tx.contentRecord.findUnique({ where: { id } })
  if (record) {
    const { createdAt: _, ...located } = record
    return { ...located, organizationId: (await ownerInTables(tx, id))?.organization_id ?? record.organizationId, touched: true }
  }
  const row = await ownerInTables(tx, id)
  if (!row) return null
  const { kind, slug, organization_id: organizationId, retired_at: retiredAt } = row
  return { id, kind, slug, organizationId, version: 1, publishedVersion: 1, retiredAt, touched: false }
}

type Row = { kind: ContentKind; slug: string | null; organization_id: string | null; retired_at: Date | null }

/** Whose a record is, as published. */
async function ownerInTables(tx: Tx, id: string): Promise<Row | undefined> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT 'SERVICE' AS "kind", "slug", "organization_id", "retired_at" FROM "service" WHERE "id" = ${id}::uuid
    UNION ALL SELECT 'ORGANIZATION', "slug", "id", "retired_at" FROM "organization" WHERE "id" = ${id}::uuid
    UNION ALL SELECT 'QUESTION', "slug", "owner_id", "retired_at" FROM "faq_entry" WHERE "id" = ${id}::uuid
    UNION ALL SELECT 'LINE', "slug", "organization_id", "retired_at" FROM "line" WHERE "id" = ${id}::uuid
    UNION ALL SELECT 'LOCATION', "slug", "organization_id", "retired_at" FROM "location" WHERE "id" = ${id}::uuid
    UNION ALL SELECT 'CLOSING_DAY', NULL, "organization_id", "retired_at" FROM "closing_day" WHERE "id" = ${id}::uuid`
  return rows[0]
}

/**
 * The document of one version; of what was never changed, the tables hold the first. Who looks after an organization may also be said on the
 * console (docs/operations.md): where no editor has said otherwise since it was published, it is as the table has it.
 */
export async function documentAt(
  tx: Tx,
  { id, kind, touched, publishedVersion }: Located,
  number: number,
): Promise<ContentDocument | null> {
  if (!touched) return number === 1 ? readDocument(tx, kind, id) : null
  const document = await revisionOf(tx, id, number)
  if (document?.kind !== 'ORGANIZATION' || publishedVersion === null || number < publishedVersion) return document
  const published = await revisionOf(tx, id, publishedVersion)
  if (published?.kind !== 'ORGANIZATION' || published.keeper !== document.keeper) return document
  const row = await tx.organization.findUnique({ where: { id }, select: { keeper: { select: { slug: true } } } })
  return { ...document, keeper: row?.keeper?.slug ?? null }
}

async function revisionOf(tx: Tx, recordId: string, number: number): Promise<ContentDocument | null> {
  const revision = await tx.contentRevision.findUnique({ where: { recordId_number: { recordId, number } }, select: { document: true } })
  return (revision?.document as ContentDocument | undefined) ?? null
}
