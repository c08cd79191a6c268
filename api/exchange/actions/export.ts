import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { ImportFormat, LanguageCode, PrismaClient } from '../../db/generated/client.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { ContentDocument, QuestionDocument } from '../../editing/rules/documents.ts'
import { reachOf } from '../../editing/actions/reach.ts'
import { Forbidden } from '../../errors.ts'
import { isInReach, type Reach } from '../../editing/rules/reach.ts'
import { organizationRecord } from '../../hsds/map/organization.ts'
import { serviceRecord } from '../../hsds/map/service.ts'
import type { SentFile } from '../rules/entry.ts'
import { type QuestionRow, questionsFile } from '../rules/questions.ts'
import { tablesOf } from '../rules/tables.ts'
import { newestDocuments, readHere } from './here.ts'
import { inOrder, questionOf } from './read.ts'

export type ExportParts = {
  db: PrismaClient
  directory: Snapshot
  language: LanguageCode
  /** The day in Belgium. */
  today: string
  /** Whose questions; the published services and organizations are everybody's. */
  reach: Reach
}

/**
 * What is published, as files that `runImport` takes back without changing anything. Questions are those that somebody may change, with their
 * drafts.
 */
export async function exportFiles(format: ImportFormat, { db, directory, language, today, reach }: ExportParts): Promise<SentFile[]> {
  if (format === 'QUESTIONS') return [questionsFile(await questionRows(db, directory, reach), language)]
  const languages = inOrder(language)
  const lists = {
    organizations: directory.organizations.map((one) => organizationRecord(one, languages, true)),
    services: directory.services.map((one) => serviceRecord(one, languages, today, true)),
  }
  if (format === 'HSDS_CSV') return tablesOf(lists)
  return [{ name: `hsds-${language.toLowerCase()}.json`, text: `${JSON.stringify(lists)}\n` }]
}

/** Questions in the order of the directory, drafts behind. */
async function questionRows(db: PrismaClient, directory: Snapshot, reach: Reach): Promise<QuestionRow[]> {
  const records = (await readHere(db)).filter((one) => one.kind === 'QUESTION' && one.retiredAt === null && isInReach(reach, one))
  const newer = records.filter(({ version, publishedVersion }) => version !== publishedVersion)
  const drafts = await newestDocuments(db, newer)
  const order = new Map(directory.faqEntries.map(({ id }, index) => [id, index]))
  const last = order.size
  return records
    .sort((a, b) => (order.get(a.id) ?? last) - (order.get(b.id) ?? last) || ((a.slug ?? '') < (b.slug ?? '') ? -1 : 1))
    .flatMap(({ id, slug, version }): QuestionRow[] => {
      const entry = directory.faqEntriesBySlug.get(slug ?? '')
      const document: ContentDocument | undefined = drafts.get(id) ?? (entry && questionOf(entry))
      return document ? [{ document: document as QuestionDocument, version }] : []
    })
}

/** The tables of a package are fetched one by one: the last that were made of a snapshot are kept as long as it is. A cache. */
const lastTables = new WeakMap<Snapshot, { key: string; files: SentFile[] }>()

/** The same for an editor. @throws SignInRequired; Forbidden for who is none */
export async function exportFor(
  format: ImportFormat,
  { viewer, sql, ...parts }: Omit<ExportParts, 'reach'> & { viewer: Viewer; sql: Context['sql'] },
): Promise<SentFile[]> {
  if (organizationsOf(viewer, ['EDITOR']).length === 0) throw new Forbidden()
  const { directory, language, today } = parts
  const key = `${language} ${today}`
  const known = format === 'HSDS_CSV' ? lastTables.get(directory) : undefined
  if (known?.key === key) return known.files
  const files = await exportFiles(format, { ...parts, reach: await reachOf({ viewer, sql }) })
  if (format === 'HSDS_CSV') lastTables.set(directory, { key, files })
  return files
}
