import { setImmediate as turn } from 'node:timers/promises'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { ContentKind, ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { loadSnapshot } from '../../directory/load.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Tx } from '../../editing/actions/documents/parts.ts'
import { checkDocument } from '../../editing/rules/check.ts'
import { type ContentDocument, ownerOf } from '../../editing/rules/documents.ts'
import { isSame, stamped } from '../../editing/rules/freshness.ts'
import { isInReach, type Reach } from '../../editing/rules/reach.ts'
import { tidyDocument } from '../../editing/rules/tidy.ts'
import type { Problem } from '../../errors.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { cut, type Entry, type ImportProblem, type Note, type World } from '../rules/entry.ts'
import { type Report, Reporting, type ReportRow } from '../rules/report.ts'
import type { Opened } from '../rules/text.ts'
import { lockImports, lockKinds, newestDocuments, readHere, shownDocuments, standOf } from './here.ts'
import { Index, type Matched } from './match.ts'
import { locationIdOf, type ReadImport, readImport, saidAnew } from './read.ts'
import { type Change, storeChanges } from './store.ts'

export type ImportWish = {
  format: ImportFormat
  opened: Opened
  /** The texts are in this language where they do not say. */
  language: LanguageCode
  /** Where it comes from, for new records that do not say; they are not published without. */
  source: string | null
  dryRun: boolean
  publish: boolean
  /** Whose records may be changed. */
  reach: Reach
  /** Who does it, as in the audit trail; null: from the console of the server. */
  actor: string | null
  actorName: string | null
}

export type ImportParts = { db: PrismaClient; now: Date }

/** Told how many rows are done, and of how many; the import goes on when it resolves. */
export type Progress = (done: number, total: number) => Promise<void>

/** How long an import may take, in milliseconds. */
const LONGEST_MS = 3_600_000
/** Rows between two moments in which the process answers others, who wait some milliseconds at most. */
const A_BREATH = 25

/** Ends a transaction without leaving anything. */
class Undone extends Error {
  constructor(readonly report: Report) {
    super('undone')
  }
}

/**
 * Brings files in: all of their rows or none. A trial does the same and undoes it. What says what the directory says already is left alone, value
 * by value, so that what was exported changes nothing, and what a format has no word for (other languages, rules) stays.
 * @param sealed called in the transaction when all is stored; what it throws undoes all
 * @returns the report; when it tells of problems, nothing was changed
 */
export async function runImport(
  { db, now }: ImportParts,
  wish: ImportWish,
  progress: Progress,
  sealed: (tx: Tx, report: Report) => Promise<void> = async () => {},
): Promise<Report> {
  const { snapshot: directory } = await loadSnapshot(db)
  const { format, opened, language, source, reach } = wish
  const [own] = reach.own
  const organization = directory.organizations.find(({ id }) => id === own)?.slug ?? null
  const read = readImport({ format, files: opened.files, directory, today: dayIn(now), language, source, organization })
  await progress(0, read.entries.length)
  try {
    return await db.$transaction(
      async (tx) => {
        const report = await bring(tx, { ...wish, read, directory, now, progress })
        if (wish.dryRun || report.problemCount > 0) throw new Undone(report)
        await sealed(tx, report)
        return report
      },
      { timeout: LONGEST_MS, maxWait: 60_000 },
    )
  } catch (error) {
    if (error instanceof Undone) return error.report
    throw error
  }
}

type Bringing = ImportWish & { read: ReadImport; directory: Snapshot; now: Date; progress: Progress }

async function bring(tx: Tx, bringing: Bringing): Promise<Report> {
  const { read, opened, directory, now, publish, reach, progress, language } = bringing
  const { entries } = read
  const reporting = new Reporting()
  const { index, matched } = await meet(tx, bringing)
  await freshen(tx, matched, !bringing.dryRun)
  // What others have drafted is nobody's to see: it is neither compared nor told.
  const hers = matched.filter(({ here }) => here !== null && isInReach(reach, here))
  const waiting = hers.flatMap(({ here }) => (here && here.version !== here.publishedVersion ? [here] : []))
  const drafts = await newestDocuments(tx, waiting)
  for (const [count, one] of matched.entries()) {
    one.said = saidAnew(one.entry.said(), oursOf(bringing, one, drafts.get(one.id) ?? null))
    if (count % A_BREATH === 0) await turn()
  }
  const problems = [...opened.problems, ...read.problems]
  const before = await newestDocuments(
    tx,
    hers.flatMap(({ here, said }) => (here && said.length > 0 && !drafts.has(here.id) ? [here] : [])),
  )
  for (const [id, document] of drafts) before.set(id, document)
  const shown = await shownDocuments(tx, publish ? waiting : [])
  const places = await nextPlaces(tx)
  const world: World = { slugOf: (kind, id) => index.slugOfId(kind, id), language }
  const { ofEntry, loose } = share(problems, entries)
  const making: Making = { index, world, places, now, reach, publish, isSheet: bringing.format === 'QUESTIONS', before, shown }
  const found: Fate[] = []
  for (const [count, one] of matched.entries()) {
    found.push(fateOf(one, making))
    if (count % A_BREATH === 0) await turn()
  }
  const changes = found.flatMap(({ change }) => (change ? [change] : []))
  if (publish) index.publish(changes)
  let done = 0
  for (const [count, { one, change, refused }] of found.entries()) {
    const { entry, here } = one
    const row: ReportRow = {
      ...entry.place,
      outcome: !change ? 'UNCHANGED' : here ? 'CHANGED' : 'MADE',
      kind: entry.kind,
      id: one.id,
      slug: one.slug,
      title: entry.title,
      changed: one.said.map(({ column }) => column),
      problems: [...(ofEntry.get(entry) ?? []), ...refused],
      lacks: [],
    }
    if (change) {
      const { shape, open } = checkDocument(change.document, index.knownFor(change, directory))
      const at = (problem: Problem) => problemAt(entry, problem)
      row.problems.push(...shape.map(at), ...(publish ? open.map(at) : []))
      if (!publish) row.lacks = open.map(at)
    }
    if (row.problems.length > 0) row.outcome = 'WRONG'
    row.problems = row.problems.map((problem) => withFound(entry, problem))
    reporting.row(row)
    if (row.outcome === 'UNCHANGED' || row.outcome === 'WRONG') done++
    if ((count + 1) % A_BREATH !== 0) continue
    await turn()
    await progress(done, entries.length)
  }
  const left = (['retired', 'drafted'] as const).flatMap((code): Note[] => {
    const [first, ...others] = found.filter((one) => one.left === code)
    return first ? [{ code, value: first.one.slug, count: 1 + others.length }] : []
  })
  const report = reporting.end(loose, [...opened.notes, ...read.notes(), ...left])
  if (report.problemCount > 0) return report
  await storeChanges(tx, changes, {
    ...bringing,
    refs: (kind, slug) => index.idOfSlug(kind, slug),
    progress: (stored) => progress(done + stored, entries.length),
  })
  return report
}

/**
 * Finds out which records the entries are. Whoever makes records in the workshop waits only while some of the same kind are brought in; for a
 * trial, nobody waits until it writes.
 */
async function meet(tx: Tx, { read: { entries }, publish, dryRun, progress }: Bringing): Promise<{ index: Index; matched: Matched[] }> {
  const waiting = () => progress(0, entries.length)
  await lockImports(tx, publish && !dryRun, waiting)
  const look = async () => {
    const index = new Index(await readHere(tx))
    return { index, matched: entries.map((entry) => index.match(entry)) }
  }
  const met = await look()
  const made = new Set(met.matched.filter(({ here, wrong }) => !here && !wrong).map(({ entry }) => entry.kind))
  if (made.size === 0 || dryRun) return met
  await lockKinds(tx, [...made], waiting)
  // Somebody may have made the same meanwhile.
  return look()
}

/** What was wrong when it was read, by the record that stands there; of several in one row, the last, which the others are nested in. */
function share(problems: readonly ImportProblem[], entries: readonly Entry[]) {
  const at = new Map(entries.map((entry) => [placeKey(entry.place), entry]))
  const ofEntry = new Map<Entry, ImportProblem[]>()
  const loose: ImportProblem[] = []
  for (const problem of problems) {
    const entry = at.get(placeKey(problem))
    if (!entry) loose.push(problem)
    else ofEntry.set(entry, [...(ofEntry.get(entry) ?? []), problem])
  }
  return { ofEntry, loose }
}

const placeKey = ({ file, row }: { file: string; row: number }): string => `${row} ${file}`

const told = (
  entry: Entry,
  path: readonly string[] | null,
  code: ImportProblem['code'],
  params?: ImportProblem['params'],
): ImportProblem => ({
  ...entry.place,
  column: path && entry.columnOf(path),
  code,
  ...(params ? { params } : {}),
})

/** What the importer could see of it: as published; in the spreadsheet, which has drafts of hers, the draft. */
function oursOf(
  { read, format }: Bringing,
  { entry, here, id, slug }: Matched,
  draft: ContentDocument | null,
): Map<string, unknown> | null {
  if (!here || here.retiredAt !== null) return null
  if (format === 'QUESTIONS' && draft) return read.oursOf(entry, { id, slug }, draft)
  if (here.publishedVersion === null) return null
  return read.oursOf(entry, { id: entry.kind === 'LOCATION' ? locationIdOf(slug) : id, slug }, null)
}

/** Records that have versions are as they are now. */
async function freshen(tx: Tx, matched: readonly Matched[], locked: boolean): Promise<void> {
  const touched = matched.flatMap(({ here }) => (here?.touched ? [here.id] : []))
  const stands = await standOf(tx, touched, locked)
  for (const { here } of matched) if (here) Object.assign(here, stands.get(here.id))
}

type Making = {
  index: Index
  world: World
  places: Map<ContentKind, number>
  now: Date
  reach: Reach
  publish: boolean
  isSheet: boolean
  /** The newest documents, of those that may change. */
  before: ReadonlyMap<string, ContentDocument>
  /** What the public sees of those of which a draft waits. */
  shown: ReadonlyMap<string, ContentDocument>
}

/** What becomes of an entry: a change, or nothing; and what speaks against it, whatever the record says. */
type Fate = { one: Matched; change: Change | null; refused: ImportProblem[]; left?: 'retired' | 'drafted' }

function fateOf(one: Matched, making: Making): Fate {
  const { entry, here, wrong, said } = one
  const refused: ImportProblem[] = []
  const ended = (change: Change | null, problem?: ImportProblem): Fate => ({ one, change, refused: problem ? [problem] : refused })
  if (wrong) return ended(null, told(entry, ['id'], wrong, { value: one.id }))
  const waits = making.publish && here !== null && making.before.has(here.id) && here.version !== here.publishedVersion
  if (said.length === 0) return waits ? { ...ended(null), left: 'drafted' } : ended(null)
  const owner = [entry.kind === 'ORGANIZATION' ? 'keeper' : 'organization']
  if (here && !isInReach(making.reach, here)) return ended(null, told(entry, owner, 'out_of_reach'))
  // A spreadsheet is of what there is; a delivery knows nothing of what was decided here, and its other records wait for nobody.
  if (here?.retiredAt) return making.isSheet ? ended(null, told(entry, null, 'row_retired')) : { ...ended(null), left: 'retired' }
  if (!here && entry.version !== null) return ended(null, told(entry, ['slug'], 'row_unknown', { value: entry.version }))
  const change = changeOf(one, making)
  if (!change) return ended(null)
  const { id, kind, before, document, organizationId } = change
  const stays = before !== null && ownerOf(before) === ownerOf(document)
  if (!stays && !making.index.unknownOwner(document) && !isInReach(making.reach, { id, kind, organizationId }))
    refused.push(told(entry, owner, 'out_of_reach'))
  if (here && entry.version !== null && entry.version !== here.version)
    refused.push(told(entry, null, 'row_changed', { value: `${entry.version} → ${here.version}` }))
  if (making.publish && !isAllSaid(one, change, making)) refused.push(told(entry, null, 'draft_waiting'))
  return ended(change)
}

/** What becomes of a record; null when it says so already. A draft of which the file says all is published, if that is wanted. */
function changeOf(one: Matched, making: Making): Change | null {
  const { entry, here, id, slug } = one
  const { index, places, now, publish } = making
  const before = making.before.get(id) ?? null
  const document = withSaid(one, before, making)
  if (!here && 'slug' in document) document.slug = slug
  if (!here && 'position' in document) {
    document.position = places.get(document.kind) ?? 0
    places.set(document.kind, document.position + 1)
  }
  const tidy = before && tidyDocument(before)
  const next = stamped(tidyDocument(document), tidy, now)
  const isDraft = here !== null && here.version !== here.publishedVersion
  if (tidy && isSame(next, tidy) && !(publish && isDraft)) return null
  return { id, kind: entry.kind, here, before, document: next, organizationId: index.ownerId(next, here) }
}

function withSaid({ entry, here, said }: Matched, before: ContentDocument | null, { world }: Making): ContentDocument {
  const blank = entry.blank(world)
  const document = before ? structuredClone(before) : blank
  // Where it comes from may be told later, by whoever brings it again to publish it.
  if ('source' in document && 'source' in blank && here?.publishedVersion === null) document.source ??= blank.source
  for (const { apply } of said) apply(document, world)
  return document
}

/**
 * Whether a record would say, beside what the public sees of it already, only what the file says: nobody publishes what somebody else has begun,
 * nor what she has begun herself and not brought in.
 */
function isAllSaid(one: Matched, { here, document }: Change, making: Making): boolean {
  if (!here || here.version === here.publishedVersion) return true
  const shown = making.shown.get(here.id)
  const alone = withSaid(one, shown ?? null, making)
  if (shown) return isSame(tidyDocument(alone), document)
  // Never shown: its place in the directory and where it comes from are nobody's words.
  const given = Object.fromEntries(
    ['slug', 'position', 'source'].flatMap((name) => (name in document ? [[name, document[name as never]]] : [])),
  )
  return isSame(tidyDocument({ ...alone, ...given } as ContentDocument), document)
}

/** In characters: enough to find it in the file. */
const LONGEST_FOUND = 80

function withFound(entry: Entry, problem: ImportProblem): ImportProblem {
  const found = problem.column === null ? null : entry.foundAt(problem.column)
  return found === null ? problem : { ...problem, found: cut(found, LONGEST_FOUND) }
}

/** Where a problem of a document stands in the file. */
const problemAt = (entry: Entry, { path, code, params }: Problem): ImportProblem => ({
  ...(entry.placeOf?.(path) ?? entry.place),
  column: entry.columnOf(path),
  code,
  ...(params ? { params } : {}),
})

/** The first place after all others, of kinds that stand in an order. */
async function nextPlaces(tx: Tx): Promise<Map<ContentKind, number>> {
  const last = { _max: { position: true } } as const
  const [services, questions] = [await tx.service.aggregate(last), await tx.faqEntry.aggregate(last)]
  return new Map([
    ['SERVICE', (services._max.position ?? -1) + 1],
    ['QUESTION', (questions._max.position ?? -1) + 1],
  ])
}
