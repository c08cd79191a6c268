import { setTimeout as wait } from 'node:timers/promises'
import { Prisma } from '../../db/generated/client.ts'
import type { ContentKind } from '../../db/generated/enums.ts'
import { readDocument } from '../../editing/actions/document.ts'
import type { Tx } from '../../editing/actions/documents/parts.ts'
import { documentAt, type Located } from '../../editing/actions/locate.ts'
import { PUBLISHED, slugsOf } from '../../editing/actions/locks.ts'
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

/**
 * All records of all kinds and how far each is, at one moment: a file of 10,000 rows asks for each of them. Also of kinds that are not brought in:
 * what they are known by is taken.
 */
export async function readHere(tx: Tx): Promise<Located[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.*, c."version", c."published_version" FROM (
      SELECT "id", 'ORGANIZATION' AS "kind", "slug", "id" AS "organization_id", "retired_at" FROM "organization"
      UNION ALL SELECT "id", 'LOCATION', "slug", "organization_id", "retired_at" FROM "location"
      UNION ALL SELECT "id", 'SERVICE', "slug", "organization_id", "retired_at" FROM "service"
      UNION ALL SELECT "id", 'QUESTION', "slug", "owner_id", "retired_at" FROM "faq_entry"
      UNION ALL SELECT "id", 'LINE', "slug", "organization_id", "retired_at" FROM "line"
      UNION ALL SELECT "id", 'CLOSING_DAY', NULL, "organization_id", "retired_at" FROM "closing_day"
    ) AS r LEFT JOIN "content_record" AS c ON c."id" = r."id"
    UNION ALL SELECT "id", "kind"::text, "slug", "organization_id", "retired_at", "version", "published_version" FROM "content_record"
      WHERE "published_version" IS NULL`
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

/** Between two looks whether a lock is free, in milliseconds. */
const LOOK_AGAIN_MS = 200

/** What is waited for meanwhile: a process that says nothing for long is taken for dead. */
type Waiting = () => Promise<void>

async function lock(tx: Tx, name: string, waiting: Waiting): Promise<void> {
  for (;;) {
    const [row] = await tx.$queryRaw<{ locked: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended(${name}, 0)) AS "locked"`
    if (row?.locked) return
    await waiting()
    await wait(LOOK_AGAIN_MS)
  }
}

/** One import after the other, in all processes and on the console; what is published waits for other publishing as well. */
export async function lockImports(tx: Tx, publish: boolean, waiting: Waiting): Promise<void> {
  await lock(tx, 'content imports', waiting)
  if (publish) await lock(tx, PUBLISHED, waiting)
}

/** Until the transaction ends nobody else makes records of these kinds, whose slugs are given out one after the other. */
export async function lockKinds(tx: Tx, kinds: readonly ContentKind[], waiting: Waiting): Promise<void> {
  for (const kind of [...kinds].sort()) await lock(tx, slugsOf(kind), waiting)
}

/** How far a record is, of those that may have changed since they were read. */
export type Stand = Pick<Located, 'version' | 'publishedVersion' | 'retiredAt'>

/** How far records are that have versions. @param locked from now on nobody else changes them */
export async function standOf(tx: Tx, ids: readonly string[], locked: boolean): Promise<Map<string, Stand>> {
  const rows = await tx.$queryRaw<{ id: string; version: number; published: number | null; retired: Date | null }[]>`
    SELECT "id", "version", "published_version" AS "published", "retired_at" AS "retired" FROM "content_record"
    WHERE "id" = ANY (${ids}::uuid[]) ORDER BY "id" ${locked ? Prisma.sql`FOR UPDATE` : Prisma.empty}`
  return new Map(rows.map(({ id, version, published, retired }) => [id, { version, publishedVersion: published, retiredAt: retired }]))
}

/** Documents read in one statement. */
const AT_ONCE = 500

type Numbered = { id: string; number: number }

/** The documents of these versions, by the ids of their records. */
async function revisions(tx: Tx, wanted: readonly Numbered[]): Promise<Map<string, ContentDocument>> {
  const found = new Map<string, ContentDocument>()
  for (let from = 0; from < wanted.length; from += AT_ONCE) {
    const some = wanted.slice(from, from + AT_ONCE)
    const rows = await tx.$queryRaw<{ id: string; document: ContentDocument }[]>`
      SELECT r."record_id" AS "id", r."document" FROM "content_revision" AS r
      JOIN unnest(${some.map(({ id }) => id)}::uuid[], ${some.map(({ number }) => number)}::int[]) AS w ("id", "number")
        ON r."record_id" = w."id" AND r."number" = w."number"`
    for (const { id, document } of rows) found.set(id, document)
  }
  return found
}

/** The newest documents of records. */
export async function newestDocuments(tx: Tx, records: readonly Located[]): Promise<Map<string, ContentDocument>> {
  // Who keeps an organization may be said beside its versions.
  const isPlain = ({ touched, kind }: Located) => touched && kind !== 'ORGANIZATION'
  const found = await revisions(
    tx,
    records.filter(isPlain).map(({ id, version }) => ({ id, number: version })),
  )
  for (const one of records) {
    if (isPlain(one)) continue
    const document = one.touched ? await documentAt(tx, one, one.version) : await readDocument(tx, one.kind, one.id)
    if (document) found.set(one.id, document)
  }
  return found
}

/** What the public sees of records of which a newer version waits; of those that were never published nothing. */
export const shownDocuments = (tx: Tx, records: readonly Located[]): Promise<Map<string, ContentDocument>> =>
  revisions(
    tx,
    records.flatMap(({ id, publishedVersion }) => (publishedVersion === null ? [] : [{ id, number: publishedVersion }])),
  )
