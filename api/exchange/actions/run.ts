import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { ContentKind, ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { loadSnapshot } from '../../directory/load.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Tx } from '../../editing/actions/documents/parts.ts'
import type { Located } from '../../editing/actions/locate.ts'
import { checkDocument } from '../../editing/rules/check.ts'
import type { Known } from '../../editing/rules/checks.ts'
import { type ContentDocument, ownerOf, slugOf } from '../../editing/rules/documents.ts'
import { isSame, stamped } from '../../editing/rules/freshness.ts'
import { isInReach, type Reach } from '../../editing/rules/reach.ts'
import { slugFrom, tidyDocument } from '../../editing/rules/tidy.ts'
import type { Problem } from '../../errors.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { Entry, ImportProblem, Said, World } from '../rules/entry.ts'
import { type Report, Reporting, type ReportRow } from '../rules/report.ts'
import type { Opened } from '../rules/text.ts'
import { KINDS, lockKinds, lockRecords, newestDocuments, readHere } from './here.ts'
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

/** An entry, and the record that it is or will be. `said`: what of it is new. */
type Matched = { entry: Entry; id: string; slug: string; here: Located | null; said: Said[] }

async function bring(tx: Tx, bringing: Bringing): Promise<Report> {
  const { read, opened, directory, now, publish, reach, progress, language } = bringing
  const { entries } = read
  const reporting = new Reporting()
  await lockKinds(tx, KINDS)
  const index = new Index(await readHere(tx))
  const matched = entries.map((entry) => index.match(entry))
  await freshen(tx, matched)
  for (const [count, one] of matched.entries()) {
    one.said = saidAnew(one.entry.said(), oursOf(bringing, one))
    if (count % A_BREATH === 0) await turn()
  }
  const problems = [...opened.problems, ...read.problems]
  const before = await newestDocuments(
    tx,
    matched.flatMap(({ here, said }) => (here && said.length > 0 ? [here] : [])),
  )
  const places = await nextPlaces(tx)
  const world: World = { slugOf: (kind, id) => index.slugOfId(kind, id), language }
  const { ofEntry, loose } = share(problems, entries)
  const changes: Change[] = []
  let [done, looked] = [0, 0]
  for (const one of matched) {
    const { entry, here } = one
    const row: ReportRow = {
      ...entry.place,
      outcome: 'UNCHANGED',
      kind: entry.kind,
      id: one.id,
      slug: one.slug,
      title: entry.title,
      changed: one.said.map(({ column }) => column),
      problems: [...(ofEntry.get(entry) ?? [])],
      lacks: [],
    }
    const change =
      here && here.kind !== entry.kind ? null : changeOf(one, before.get(one.id) ?? null, { index, world, places, now, publish })
    if (here && here.kind !== entry.kind) row.problems.push(told(entry, ['id'], 'id_of_other'))
    if (change) {
      row.outcome = here ? 'CHANGED' : 'MADE'
      const { shape, open } = checkDocument(change.document, index.knownFor(change, directory, publish))
      const at = (problem: Problem) => problemAt(entry, problem)
      row.problems.push(...refusals(one, change, { index, reach }), ...shape.map(at), ...(publish ? open.map(at) : []))
      if (!publish) row.lacks = open.map(at)
      changes.push(change)
    }
    if (row.problems.length > 0) row.outcome = 'WRONG'
    row.problems = row.problems.map((problem) => withFound(entry, problem))
    reporting.row(row)
    if (row.outcome === 'UNCHANGED' || row.outcome === 'WRONG') done++
    if (++looked % A_BREATH !== 0) continue
    await turn()
    await progress(done, entries.length)
  }
  const report = reporting.end(loose, [...opened.notes, ...read.notes()])
  if (report.problemCount > 0) return report
  await storeChanges(tx, changes, {
    ...bringing,
    refs: (kind, slug) => index.idOfSlug(kind, slug),
    progress: (stored) => progress(done + stored, entries.length),
  })
  return report
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

/** What the directory says of it: as published, unless a newer draft is what was exported. */
function oursOf({ read, format }: Bringing, { entry, here, id, slug }: Matched): Map<string, unknown> | null {
  if (!here || here.publishedVersion === null || here.retiredAt !== null) return null
  if (format === 'QUESTIONS' && here.version !== here.publishedVersion) return null
  return read.oursOf(entry, { id: entry.kind === 'LOCATION' ? locationIdOf(slug) : id, slug })
}

/** Records that have versions are locked, and are as they are then. */
async function freshen(tx: Tx, matched: readonly Matched[]): Promise<void> {
  const versions = await lockRecords(
    tx,
    matched.flatMap(({ here }) => (here?.touched ? [here.id] : [])),
  )
  for (const { here } of matched) if (here?.touched) here.version = versions.get(here.id) ?? here.version
}

type Making = { index: Index; world: World; places: Map<ContentKind, number>; now: Date; publish: boolean }

/** What becomes of a record; null when it says so already. A draft that says the same is published, if that is wanted. */
function changeOf({ entry, here, id, slug, said }: Matched, before: ContentDocument | null, making: Making): Change | null {
  const { index, world, places, now, publish } = making
  if (said.length === 0) return null
  const document = before ? structuredClone(before) : entry.blank(world)
  for (const { apply } of said) apply(document, world)
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

/** What speaks against a change, whatever the record says. */
function refusals({ entry, here }: Matched, change: Change, { index, reach }: { index: Index; reach: Reach }): ImportProblem[] {
  if (here?.retiredAt) return [told(entry, null, 'row_retired')]
  const { id, kind, before, document, organizationId } = change
  const found: ImportProblem[] = []
  const isHers = !here || isInReach(reach, here)
  const stays = before !== null && ownerOf(before) === ownerOf(document)
  const staysHers = stays || index.unknownOwner(document) || isInReach(reach, { id, kind, organizationId })
  if (!isHers || !staysHers) found.push(told(entry, [kind === 'ORGANIZATION' ? 'keeper' : 'organization'], 'out_of_reach'))
  if (here && entry.version !== null && entry.version !== here.version)
    found.push(told(entry, null, 'row_changed', { value: `${entry.version} → ${here.version}` }))
  return found
}

/** In characters: enough to find it in the file. */
const LONGEST_FOUND = 80

function withFound(entry: Entry, problem: ImportProblem): ImportProblem {
  const found = problem.column === null ? null : entry.foundAt(problem.column)
  return found === null ? problem : { ...problem, found: found.slice(0, LONGEST_FOUND) }
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

/** The records there are and those that come, by id and by slug. */
class Index {
  private readonly byId = new Map<string, Located>()
  private readonly idBySlug = new Map<string, string>()
  private readonly slugById = new Map<string, string>()
  private readonly coming = new Set<string>()
  /** Who keeps organizations that come. */
  private readonly keepers = new Map<string, string | null>()

  constructor(records: readonly Located[]) {
    for (const record of records) {
      this.byId.set(record.id, record)
      if (record.slug === null) continue
      this.name(record.kind, record.slug, record.id)
      // The feed has identifiers of its own for places.
      if (record.kind === 'LOCATION') {
        this.byId.set(locationIdOf(record.slug), record)
        this.slugById.set(keyOf(record.kind, locationIdOf(record.slug)), record.slug)
      }
    }
  }

  private name(kind: ContentKind, slug: string, id: string): void {
    this.idBySlug.set(keyOf(kind, slug), id)
    this.slugById.set(keyOf(kind, id), slug)
  }

  /** The record that an entry is; one that is not there gets an id and a slug. */
  match(entry: Entry): Matched {
    const { kind } = entry
    const known = entry.id ?? (entry.slug === null ? null : (this.idBySlug.get(keyOf(kind, entry.slug)) ?? null))
    const here = known === null ? null : (this.byId.get(known) ?? null)
    if (here) {
      this.coming.add(here.id)
      return { entry, id: here.id, slug: here.slug ?? '', here: { ...here }, said: [] }
    }
    const id = entry.id ?? randomUUID()
    const slug = entry.slug ?? this.freeSlug(kind, slugFrom(entry.title))
    if (!this.idBySlug.has(keyOf(kind, slug))) this.name(kind, slug, id)
    this.coming.add(id)
    return { entry, id, slug, here: null, said: [] }
  }

  private freeSlug(kind: ContentKind, base: string): string {
    const wanted = base.length >= 2 ? base : kind.toLowerCase()
    for (let number = 1; ; number++) {
      const slug = number === 1 ? wanted : `${wanted}-${number}`
      if (!this.idBySlug.has(keyOf(kind, slug))) return slug
    }
  }

  slugOfId(kind: ContentKind, id: string): string | null {
    return this.slugById.get(keyOf(kind, id)) ?? null
  }

  idOfSlug(kind: ContentKind, slug: string): string {
    const id = this.idBySlug.get(keyOf(kind, slug))
    if (id === undefined) throw new Error(`${kind} “${slug}” is not known`)
    return id
  }

  /** It names an organization that there is not: that is told as such. */
  unknownOwner(document: ContentDocument): boolean {
    const owner = ownerOf(document)
    return owner !== null && !this.idBySlug.has(keyOf('ORGANIZATION', owner))
  }

  /** Whose record it is: of its organization; of one that is no more than a draft, as long as it is one, who keeps that. */
  ownerId(document: ContentDocument, here: Located | null): string | null {
    const owner = ownerOf(document)
    const id = owner === null ? null : (this.idBySlug.get(keyOf('ORGANIZATION', owner)) ?? null)
    if (document.kind === 'ORGANIZATION') {
      this.keepers.set(here?.id ?? this.idBySlug.get(keyOf('ORGANIZATION', document.slug)) ?? '', id)
      return here && here.publishedVersion !== null ? here.organizationId : id
    }
    if (id === null) return null
    const organization = this.byId.get(id)
    if (organization) return organization.publishedVersion === null ? organization.organizationId : id
    return this.keepers.get(id) ?? null
  }

  /** What is known beside a document; in a file that is published, all that comes with it counts as published. */
  knownFor({ id, kind, document }: Change, directory: Snapshot, publish: boolean): Known {
    const slug = slugOf(document)
    const holder = slug === null ? undefined : this.idBySlug.get(keyOf(kind, slug))
    const here = this.byId.get(id)
    return {
      directory,
      stateOf: (of, wanted) => {
        const found = this.idBySlug.get(keyOf(of, wanted))
        if (found === undefined) return null
        const record = this.byId.get(found)
        if (record?.retiredAt) return 'RETIRED'
        const isPublished = found === id || (publish && this.coming.has(found)) || (record && record.publishedVersion !== null)
        return isPublished ? 'PUBLISHED' : 'DRAFT'
      },
      fallbackOf: () => null,
      slugTaken: holder !== undefined && holder !== id,
      publishedSlug: here && here.publishedVersion !== null ? here.slug : null,
    }
  }
}

const keyOf = (kind: ContentKind, name: string): string => `${kind} ${name}`
