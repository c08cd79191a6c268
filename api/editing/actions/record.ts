import type { Context } from '../../context.ts'
import type { ContentAction, ContentKind, CorrectionTopic, LanguageCode } from '../../db/generated/enums.ts'
import type { Problem } from '../../errors.ts'
import { unseal } from '../../sealing/seal.ts'
import { checkDocument } from '../rules/check.ts'
import { compare, type Change } from '../rules/compare.ts'
import type { ContentDocument } from '../rules/documents.ts'
import type { CheckedLink } from '../rules/links.ts'
import { lookUp } from './known.ts'
import { contentRecord, type RecordView } from './list.ts'
import { documentAt, type Located, locate } from './locate.ts'
import { usesOf } from './uses.ts'

/** A version of a record without its document. */
export type RevisionView = {
  recordId: string
  number: number
  action: ContentAction
  at: Date | null
  /** Null: the content of the start. */
  by: string | null
  revertedTo: number | null
}

/** The record itself, for reading its documents. What a viewer may not see of it is decided before (`contentRecord`). */
async function located({ db }: Context, { id }: { id: string }): Promise<Located> {
  const found = await locate(db, id)
  if (!found) throw new Error(`the record ${id} is gone`)
  return found
}

/** The newest version that the viewer may see. */
export const newestOf = async (context: Context, view: RecordView): Promise<ContentDocument> =>
  told(view, await documentOf(context, view.id, view.version))

/** What is for the desk of whoever runs a line, and for nobody else, is not told to editors of others. */
function told({ mayEdit }: RecordView, document: ContentDocument): ContentDocument {
  if (mayEdit || document.kind !== 'LINE') return document
  const texts = Object.entries(document.texts).map(([tag, text]) => [tag, { ...text, script: null }])
  return { ...document, texts: Object.fromEntries(texts) }
}

/** What the public sees; null when it was never published. */
export const publishedOf = async (context: Context, view: RecordView): Promise<ContentDocument | null> =>
  view.publishedVersion === null ? null : told(view, await documentOf(context, view.id, view.publishedVersion))

async function documentOf(context: Context, id: string, number: number): Promise<ContentDocument> {
  const document = await documentAt(context.db, await located(context, { id }), number)
  if (!document) throw new Error(`version ${number} of the record ${id} is gone`)
  return document
}

/** What stands in the way of publishing the newest version; paths below `content`. */
export async function problemsOf(context: Context, view: RecordView): Promise<Problem[]> {
  if (!view.mayEdit) return []
  const document = await newestOf(context, view)
  const publishedSlug = view.publishedVersion === null ? null : view.slug
  const { known } = await lookUp(context.db, context.directory, document, { id: view.id, publishedSlug })
  const { shape, open } = checkDocument(document, known)
  return [...shape, ...open].map((problem) => ({ ...problem, path: ['content', ...problem.path] }))
}

/** Its versions, the newest first; to who may not change it none. */
export async function revisionsOf({ db }: Context, view: RecordView): Promise<RevisionView[]> {
  if (!view.mayEdit) return []
  const rows = await db.contentRevision.findMany({
    where: { recordId: view.id },
    orderBy: { number: 'desc' },
    select: { recordId: true, number: true, action: true, at: true, actorName: true, revertedTo: true },
  })
  if (rows.length > 0) return rows.map(({ actorName, ...row }) => ({ ...row, by: actorName }))
  return [{ recordId: view.id, number: 1, action: 'IMPORTED', at: view.lastModified, by: null, revertedTo: null }]
}

/** What a version says. */
export const revisionContent = (context: Context, { recordId, number }: RevisionView): Promise<ContentDocument> =>
  documentOf(context, recordId, number)

/** What is different in a version. @param since the version to compare it with; the one before it when absent */
export async function revisionChanges(context: Context, { recordId, number }: RevisionView, since: number | null): Promise<Change[]> {
  const earlier = since ?? number - 1
  const record = await located(context, { id: recordId })
  const [before, after] = [await documentAt(context.db, record, earlier), await documentAt(context.db, record, number)]
  return before && after ? compare(before, after) : []
}

/** A correction that a visitor suggested, opened for an editor. */
export type CorrectionView = { id: string; topic: CorrectionTopic; message: string | null; language: LanguageCode; suggestedAt: Date }

/** Those of a record that nobody has settled yet, the oldest first. */
export async function correctionsOf({ db, keys }: Context, { mayEdit, kind, slug }: RecordView): Promise<CorrectionView[]> {
  const of: Partial<Record<ContentKind, object>> = { SERVICE: { serviceSlug: slug }, QUESTION: { faqEntrySlug: slug } }
  const where = of[kind]
  if (!mayEdit || !where || slug === null) return []
  const rows = await db.correction.findMany({ where: { ...where, status: 'NEW' }, orderBy: [{ suggestedAt: 'asc' }, { id: 'asc' }] })
  return rows.map(({ id, topic, messageSealed, language, suggestedAt }) => ({
    id,
    topic,
    message: messageSealed === null ? null : unseal(keys, messageSealed, { table: 'correction', column: 'message', row: id }),
    language,
    suggestedAt,
  }))
}

/** What is known of the addresses that the published record names. */
export async function linksOf(context: Context, view: RecordView): Promise<CheckedLink[]> {
  const document = view.mayEdit ? await publishedOf(context, view) : null
  const url = document && 'url' in document ? document.url : null
  if (url === null) return []
  const row = await context.db.linkCheck.findUnique({ where: { url } })
  return row ? [row] : []
}

/** The published records that name this one. */
export async function usedBy(context: Context, view: RecordView): Promise<RecordView[]> {
  const uses = await usesOf(context.db, view)
  const views = await Promise.all(uses.slice(0, MOST_USES).map(({ id }) => contentRecord(context, id)))
  return views.flatMap((one) => one ?? [])
}
const MOST_USES = 20
