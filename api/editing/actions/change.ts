import { viewerIn } from '../../access/actions/staff.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import { inTransaction } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { ContentAction } from '../../db/generated/client.ts'
import { Conflict, InvalidInput, NotFound, type Problem } from '../../errors.ts'
import { checkDocument } from '../rules/check.ts'
import type { Findings } from '../rules/checks.ts'
import { compare } from '../rules/compare.ts'
import { type ContentDocument, ownerOf, slugOf } from '../rules/documents.ts'
import { isSame } from '../rules/freshness.ts'
import { isInReach, type Reach } from '../rules/reach.ts'
import { readDocument, writeDocument } from './document.ts'
import type { Tx } from './documents/parts.ts'
import { reserved } from '../rules/standing.ts'
import { type Knowledge, lookUp } from './known.ts'
import { documentAt, type Located, locate } from './locate.ts'
import { lockPublic } from './locks.ts'
import { reachOf } from './reach.ts'
import { addRevision } from './revision.ts'

/** What an editor means to do: with which record, as she saw it. */
export type Meant = { id: string; version: number }

/** A record that is locked until the transaction ends, with its newest document. */
export type Current = Located & { document: ContentDocument; tx: Tx; viewer: Viewer; reach: Reach; now: Date }

/** What becomes of it. */
export type Next = {
  action: ContentAction
  document: ContentDocument
  /** As the audit trail names it. */
  audit: string
  /** The tables are to say what the document says, or say it already. */
  published: boolean
  /** Set when the tables are to be written now. */
  write?: Knowledge
  retiredAt?: Date | null
  organizationId?: string | null
  revertedTo?: number
}

/** Whether the version that stands there is what a change would have made, which comes twice. */
type Same = (revision: { action: ContentAction; document: ContentDocument; revertedTo: number | null }, before: ContentDocument) => boolean

/**
 * The one door by which a record changes: locks it, asks whether whoever acts may and has seen its newest version, writes the new version, the
 * tables if it is published, and the audit row, in one transaction. The same change by the same person twice (a double click) is done once.
 * @param change says what becomes of the record; it throws whatever speaks against it
 * @param same whether the version that stands there is what this change would have made, for a change that comes twice
 * @param touches what the public sees is changed, or a draft only
 * @throws NotFound for a record that is not there or not hers; Conflict `record_changed` with who changed what, `content_busy`; InvalidInput
 * `region_only`
 */
export async function changeRecord(
  context: Context,
  meant: Meant,
  change: (current: Current) => Promise<Next>,
  same: Same,
  touches: 'DRAFT' | 'PUBLIC' = 'PUBLIC',
): Promise<void> {
  const viewer = viewerIn(context)
  const { now } = context
  const reach = await reachOf(context)
  const work = async (tx: Tx): Promise<void> => {
    if (touches === 'PUBLIC') await lockPublic(tx)
    const found = await locate(tx, meant.id)
    if (!found || !isInReach(reach, found)) throw new NotFound('record')
    const located = await lock(tx, found, now)
    const document = await documentAt(tx, located, located.version)
    if (!document) throw new NotFound('record')
    if (located.version !== meant.version) return refuseOrPass(tx, located, document, { meant, viewer, same })
    const next = await change({ ...located, document, tx, viewer, reach, now })
    refuseReserved(reach, next.document, document)
    await store(tx, located, next, { viewer, now })
  }
  await inTransaction(context.db, work, 'content_busy')
}

/** From now on the record has versions, and nobody else changes it. What was never changed gets its tables' content for its first one. */
async function lock(tx: Tx, found: Located, now: Date): Promise<Located> {
  if (!found.touched) {
    const { id, kind, slug, organizationId, version, publishedVersion, retiredAt } = found
    const document = await readDocument(tx, kind, id)
    if (!document) throw new NotFound('record')
    const { count } = await tx.contentRecord.createMany({
      data: [{ id, kind, slug, organizationId, version, publishedVersion, retiredAt, createdAt: now }],
      skipDuplicates: true,
    })
    if (count === 1) await addRevision(tx, { recordId: id, number: 1, action: 'IMPORTED', document, at: writtenAt(document, now) })
  }
  await tx.$queryRaw`SELECT 1 FROM "content_record" WHERE "id" = ${found.id}::uuid FOR UPDATE`
  const locked = await locate(tx, found.id)
  if (!locked) throw new NotFound('record')
  return locked
}

/** When the newest of its texts was written. */
function writtenAt({ texts }: ContentDocument, otherwise: Date): Date {
  const newest = Object.values(texts)
    .map(({ changedAt }) => changedAt)
    .sort()
    .at(-1)
  return newest === undefined ? otherwise : new Date(newest)
}

/**
 * Somebody was faster. It is well when it was the same person with the same change; else it is told who changed what since.
 * @throws Conflict
 */
async function refuseOrPass(
  tx: Tx,
  located: Located,
  document: ContentDocument,
  { meant, viewer, same }: { meant: Meant; viewer: Viewer; same: Same },
): Promise<void> {
  const newest = await tx.contentRevision.findUnique({ where: { recordId_number: { recordId: located.id, number: located.version } } })
  const seen = await documentAt(tx, located, meant.version)
  const twice = newest !== null && located.version === meant.version + 1 && newest.actor === viewer.actor
  if (twice && seen && same({ ...newest, document }, seen)) return
  const changed = newest && { at: newest.at, changes: seen ? compare(seen, document) : [] }
  throw new Conflict('record_changed', newest?.actorName ?? null, changed)
}

async function store(tx: Tx, located: Located, next: Next, { viewer, now }: { viewer: Viewer; now: Date }): Promise<void> {
  const { id } = located
  const number = located.version + 1
  const { document, action, published, write, revertedTo } = next
  if (write) await writeDocument(tx, id, document, write.refs)
  const by = { actor: viewer.actor, actorName: viewer.name, at: now }
  await addRevision(tx, { recordId: id, number, action, document, revertedTo: revertedTo ?? null, ...by })
  await tx.contentRecord.update({
    where: { id },
    data: {
      version: number,
      slug: slugOf(document),
      ...(published ? { publishedVersion: number } : {}),
      ...(next.retiredAt === undefined ? {} : { retiredAt: next.retiredAt }),
      ...(next.organizationId === undefined ? {} : { organizationId: next.organizationId }),
    },
  })
  await tx.auditEvent.create({ data: { at: now, actor: viewer.actor, action: next.audit, subjectId: id } })
}

/** @throws InvalidInput for what only a region's editors decide */
export function refuseReserved(reach: Reach, document: ContentDocument, before: ContentDocument | null): void {
  if (!reach.isRegion) refuse(reserved(document, before), 'content')
}

/**
 * Nobody gives a record away, nor makes one for others, nor publishes one in the name of others.
 * @param path where the document stands in the input
 * @throws InvalidInput
 */
export function refuseBeyond(
  reach: Reach,
  document: ContentDocument,
  { id, knowledge, organizationId }: { id: string; knowledge: Knowledge; organizationId: string | null },
  ...path: string[]
): void {
  const { kind } = document
  if (isInReach(reach, { id, kind, organizationId })) return
  const owner = ownerOf(document)
  const at = [kind === 'ORGANIZATION' ? 'keeper' : 'organization']
  // An organization that was just made is nobody's yet: it is published before anything is given in its name.
  if (owner !== null && knowledge.known.stateOf('ORGANIZATION', owner) === 'DRAFT')
    refuse([{ path: at, code: 'target_unpublished', params: { value: owner } }], ...path)
  refuse([{ path: at, code: 'out_of_reach' }], ...path)
}

/** What is known beside a record's next document. */
export async function lookUpFor(
  { tx, id, publishedVersion, slug }: Current,
  context: Context,
  document: ContentDocument,
): Promise<Knowledge> {
  return lookUp(tx, context.directory, document, { id, publishedSlug: publishedVersion === null ? null : slug })
}

/** What is wrong with a document, by what is known beside it. */
export const findingsOf = (document: ContentDocument, { known }: Knowledge): Findings => checkDocument(document, known)

/** @throws InvalidInput when there are problems; their paths begin where the document stands in the input */
export function refuse(problems: readonly Problem[], ...path: string[]): void {
  if (problems.length > 0) throw new InvalidInput(problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })))
}

/** For changes that leave the texts as they are: done twice when the same was done. */
export const sameAction =
  (action: ContentAction): Same =>
  (revision, before) =>
    revision.action === action && isSame(revision.document, before)
