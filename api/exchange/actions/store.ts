import type { Prisma } from '../../db/generated/client.ts'
import type { ContentKind } from '../../db/generated/enums.ts'
import { writeDocument } from '../../editing/actions/document.ts'
import type { References, Tx } from '../../editing/actions/documents/parts.ts'
import type { Located } from '../../editing/actions/locate.ts'
import { type ContentDocument, slugOf } from '../../editing/rules/documents.ts'
import { gathering } from './gather.ts'
import { KINDS } from './here.ts'

/** A record that becomes another one, or is made. */
export type Change = {
  id: string
  kind: ContentKind
  here: Located | null
  before: ContentDocument | null
  document: ContentDocument
  organizationId: string | null
}

export type StoreParts = {
  publish: boolean
  actor: string | null
  actorName: string | null
  now: Date
  refs: References
  progress(stored: number): Promise<void>
}

/** Rows of one statement. */
const AT_ONCE = 100
/** Records written into the tables between two tellings. */
const A_BREATH = 200

/** Stores all of it as new versions, in few statements; what is published goes into the tables by the editors' own door. */
export async function storeChanges(tx: Tx, changes: readonly Change[], parts: StoreParts): Promise<void> {
  const { publish, actor, actorName, now, progress } = parts
  const ordered = KINDS.flatMap((kind) => changes.filter((change) => change.kind === kind))
  // First, since a record belongs to an organization of the tables.
  if (publish) await writeAll(tx, ordered, parts)
  for (let from = 0; from < ordered.length; from += AT_ONCE) {
    const some = ordered.slice(from, from + AT_ONCE)
    await storeRecords(tx, some, parts)
    await tx.contentRevision.createMany({
      data: some.flatMap(({ id, here, before, document }): Prisma.ContentRevisionCreateManyInput[] => {
        const first = { recordId: id, number: 1, action: 'IMPORTED' as const, at: now }
        const anew = { ...first, number: numberOf(here), document: json(document), actor, actorName }
        return here && !here.touched && before ? [{ ...first, document: json(before) }, anew] : [anew]
      }),
    })
    await tx.auditEvent.createMany({
      data: some.map(({ id }) => ({
        at: now,
        actor: actor ?? 'system',
        action: publish ? 'content.published' : 'content.imported',
        subjectId: id,
      })),
    })
    if (!publish) await progress(Math.min(from + AT_ONCE, ordered.length))
  }
}

const json = (document: ContentDocument) => document as unknown as Prisma.InputJsonValue

/** The number of the version that is made. What was never changed here is at its first. */
const numberOf = (here: Located | null): number => (here ? here.version + 1 : 1)

/** Whose a record is once it is published: its organization's, which is in the tables by then. */
function publishedOwner(id: string, document: ContentDocument, refs: References): string | null {
  const owner = document.kind === 'ORGANIZATION' ? null : document.organization
  return document.kind === 'ORGANIZATION' ? id : owner === null ? null : refs('ORGANIZATION', owner)
}

async function storeRecords(tx: Tx, changes: readonly Change[], { publish, now, refs }: StoreParts): Promise<void> {
  const rows = changes.map(({ id, kind, here, document, organizationId }) => ({
    id,
    kind,
    slug: slugOf(document),
    organizationId: publish ? publishedOwner(id, document, refs) : organizationId,
    version: numberOf(here),
    publishedVersion: publish ? numberOf(here) : (here?.publishedVersion ?? null),
    createdAt: now,
    touched: here?.touched ?? false,
  }))
  await tx.contentRecord.createMany({ data: rows.filter(({ touched }) => !touched).map(({ touched: _, ...row }) => row) })
  const known = rows.filter(({ touched }) => touched)
  await tx.$executeRaw`
    UPDATE "content_record" AS c SET "version" = n."version", "published_version" = n."published", "slug" = n."slug", "organization_id" = n."owner"
    FROM unnest(
      ${known.map(({ id }) => id)}::uuid[], ${known.map(({ version }) => version)}::int[],
      ${known.map(({ publishedVersion }) => publishedVersion)}::int[], ${known.map(({ slug }) => slug)}::text[],
      ${known.map(({ organizationId }) => organizationId)}::uuid[]
    ) AS n ("id", "version", "published", "slug", "owner") WHERE c."id" = n."id"`
}

/** Questions may lead to questions that come later: those are written once more when all are there. */
async function writeAll(tx: Tx, changes: readonly Change[], { refs, progress }: StoreParts): Promise<void> {
  const isNew = ({ here }: Change) => !here || here.publishedVersion === null
  const absent = new Set(changes.filter(isNew).map(({ id }) => id))
  const again: Change[] = []
  const heap = gathering(tx)
  let stored = 0
  let kind: ContentKind | null = null
  for (const change of changes) {
    const { id, document } = change
    absent.delete(id)
    const isThere = (slug: string) => !absent.has(refs('QUESTION', slug))
    const all = document.kind !== 'QUESTION' || document.related.every(isThere)
    if (!all) again.push(change)
    // What it names must be there: what is on the heap goes first, and records of one kind only lie on it.
    if (!isNew(change) || change.kind !== kind) await heap.flush()
    kind = change.kind
    const written = all ? document : { ...document, related: document.related.filter(isThere) }
    await writeDocument(isNew(change) ? heap.tx : tx, id, written, refs)
    if (++stored % A_BREATH !== 0) continue
    await heap.flush()
    await progress(stored)
  }
  await heap.flush()
  for (const { id, document } of again) await writeDocument(tx, id, document, refs)
  await progress(stored)
}
