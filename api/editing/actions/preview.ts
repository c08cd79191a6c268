import type { Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import { inTransaction } from '../../callback/actions/change.ts'
import { sqlStateOf } from '../../db/sqlstate.ts'
import { tieSnapshot } from '../../directory/load.ts'
import { byPlace, RECORDS, type Rows, readRows } from '../../directory/rows.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { type ContentDocument, referencesOf, withoutMissing } from '../rules/documents.ts'
import { isInReach, type Reach } from '../rules/reach.ts'
import { writeDocument } from './document.ts'
import type { Tx } from './documents/parts.ts'
import { lookUp } from './known.ts'
import { documentAt, type Located, locate } from './locate.ts'
import { reachOf } from './reach.ts'

/** What every violation of a constraint begins with, as PostgreSQL numbers errors. */
const CONSTRAINT = '23'

/** Previews kept at most, and for how long, in milliseconds: one is a whole directory in memory. */
const MOST_KEPT = 4
const KEPT_MS = 5 * 60_000
/** Previews that wait to be made at most: each reads everything, one after the other, so that citizens do not wait for editors. */
const MOST_WAITING = 4

export type PreviewParts = Pick<Context, 'db' | 'sql'> & { current(): Snapshot; clock: () => Date }

/**
 * The directory as it would be if a record were published as it is now, with the drafts that it leads to; null for whoever may not change the
 * record, and when whose it is, is not published. It is made by the code that publishes and the code that loads: nothing is shown in another way than the public will see it.
 */
export type Previews = (recordId: string, viewer: Viewer) => Promise<Snapshot | null>

export function openPreviews({ db, sql, current, clock }: PreviewParts): Previews {
  const kept = new Map<string, { until: number; snapshot: Promise<Snapshot | null> }>()
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  /** One after the other. @throws Conflict `content_busy` when too many wait */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (waiting >= MOST_WAITING) throw new Conflict('content_busy')
    waiting++
    const made = last.then(work).finally(() => waiting--)
    last = made.catch(() => {})
    return made
  }
  return async (recordId, viewer) => {
    const record = await locate(db, recordId)
    const reach = await reachOf({ viewer, sql })
    if (!record || record.retiredAt !== null || !isInReach(reach, record)) return null
    const records = await withDrafts(db, record, reach)
    const key = JSON.stringify([current().version, records.map(({ id, version }) => [id, version])])
    const now = clock().getTime()
    for (const [one, { until }] of kept) if (until <= now) kept.delete(one)
    const known = kept.get(key)
    if (known) return known.snapshot
    const snapshot = inTurn(() => makePreview(db, records, current())).catch((error: unknown) => {
      // Too little of it is there to be shown: a place without its commune.
      if (error instanceof NotFound || sqlStateOf(error)?.startsWith(CONSTRAINT)) return null
      throw error
    })
    kept.set(key, { until: now + KEPT_MS, snapshot })
    snapshot.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
    return snapshot
  }
}

type Shown = Located & { document: ContentDocument }

/** The record, and before it the drafts in reach that it names and that the public does not know yet: a menu may lead to a new service. */
async function withDrafts(tx: Tx, record: Located, reach: Reach): Promise<Shown[]> {
  const found = new Map<string, Shown>()
  const add = async (one: Located): Promise<void> => {
    const document = await documentAt(tx, one, one.version)
    if (!document || found.has(one.id)) return
    found.set(one.id, { ...one, document })
    for (const { kind, slug } of referencesOf(document)) {
      const draft = await tx.contentRecord.findUnique({ where: { kind_slug: { kind, slug } } })
      if (draft?.publishedVersion !== null || draft.retiredAt !== null || found.has(draft.id)) continue
      const located = await locate(tx, draft.id)
      if (located && isInReach(reach, located)) await add(located)
    }
  }
  await add(record)
  return [...found.values()].reverse()
}

/** Thrown to leave no trace of what was written for a moment. */
class Undone extends Error {}

/**
 * Reads everything published, and then, in a transaction that is undone, the few rows of these records as they would be. So nobody who publishes
 * waits for the long reading, and the content's number stays what it was.
 * @throws NotFound when whose a record is, is not published; Conflict `content_busy`
 */
async function makePreview(db: PrismaClient, records: readonly Shown[], directory: Snapshot): Promise<Snapshot> {
  const rows = await readRows(db)
  let preview = rows
  const show = async (tx: Tx): Promise<never> => {
    for (const { id, document, publishedVersion, slug } of records) {
      const { known, refs } = await lookUp(tx, directory, document, { id, publishedSlug: publishedVersion === null ? null : slug })
      // What it names may be gone by now, be somebody else's draft, or lead back: the public would not see that either.
      const shown = withoutMissing(document, (kind, name) => known.stateOf(kind, name) === 'PUBLISHED')
      if (!shown) throw new NotFound('record')
      await writeDocument(tx, id, shown, refs)
    }
    for (const record of records) preview = await replaced(tx, preview, record)
    throw new Undone()
  }
  await inTransaction(db, show, 'content_busy').catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error
  })
  const { snapshot } = await tieSnapshot(preview)
  return { ...snapshot, version: `${snapshot.version}.preview` }
}

async function replaced(tx: Tx, rows: Rows, { id, kind }: Shown): Promise<Rows> {
  const instead = <T extends { id: string }>(all: readonly T[], some: readonly T[]): T[] => {
    const ids = new Set(some.map((one) => one.id))
    return [...all.filter((one) => !ids.has(one.id)), ...some]
  }
  const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? -1 : 1)
  switch (kind) {
    case 'ORGANIZATION':
      return { ...rows, organizations: instead(rows.organizations, await RECORDS.organizations(tx, { id })).sort(bySlug) }
    case 'SERVICE':
      return { ...rows, services: instead(rows.services, await RECORDS.services(tx, { id })).sort(byPlace) }
    case 'LOCATION': {
      const there = await RECORDS.services(tx, { locations: { some: { locationId: id } } })
      return { ...rows, services: instead(rows.services, there).sort(byPlace) }
    }
    case 'QUESTION':
      return { ...rows, faqEntries: instead(rows.faqEntries, await RECORDS.faqEntries(tx, { id })).sort(byPlace) }
    case 'LINE':
      return { ...rows, lines: instead(rows.lines, await RECORDS.lines(tx, { id })).sort(byPlace) }
    case 'CLOSING_DAY':
      return { ...rows, closingDays: instead(rows.closingDays, await RECORDS.closingDays(tx, { id })) }
  }
}
