import type { ContentKind } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Known, RecordState } from '../rules/checks.ts'
import { type ContentDocument, referencesOf, slugOf } from '../rules/documents.ts'
import type { References, Tx } from './documents/parts.ts'

/** What is known beside a document, and the ids of what it names. */
export type Knowledge = { known: Known; refs: References; organizationIdOf(slug: string | null): string | null }

/**
 * Looks up all that a document names, as it is at this moment.
 * @param id the record's own, which may have its slug
 * @param publishedSlug under which it was published, if it was
 */
export async function lookUp(
  tx: Tx,
  directory: Snapshot,
  document: ContentDocument,
  { id, publishedSlug }: { id: string; publishedSlug: string | null },
): Promise<Knowledge> {
  const named = new Map<ContentKind, Set<string>>()
  const name = (kind: ContentKind, slug: string) => named.set(kind, (named.get(kind) ?? new Set()).add(slug))
  for (const { kind, slug } of referencesOf(document)) name(kind, slug)
  const own = slugOf(document)
  if (own !== null) name(document.kind, own)

  const ids = new Map<string, string>()
  const states = new Map<string, RecordState>()
  const keyOf = (kind: ContentKind, slug: string) => `${kind} ${slug}`
  for (const [kind, slugs] of named) {
    const [drafts, rows] = [
      await tx.contentRecord.findMany({ where: { kind, slug: { in: [...slugs] }, publishedVersion: null }, select: CHOSEN }),
      await rowsOf(tx, kind, [...slugs]),
    ]
    for (const [found, state] of [...drafts.map((one) => [one, 'DRAFT'] as const), ...rows.map((one) => [one, 'PUBLISHED'] as const)]) {
      if (found.slug === null) continue
      ids.set(keyOf(kind, found.slug), found.id)
      states.set(keyOf(kind, found.slug), found.retiredAt === null ? state : 'RETIRED')
    }
  }
  // A record may name itself before it is there; that it should not is for its rules to say.
  if (own !== null && !ids.has(keyOf(document.kind, own))) {
    ids.set(keyOf(document.kind, own), id)
    states.set(keyOf(document.kind, own), 'PUBLISHED')
  }
  const owner = own === null ? undefined : ids.get(keyOf(document.kind, own))
  const fallbacks = document.kind === 'LINE' ? await fallbacksOf(tx) : new Map<string, string>()
  return {
    known: {
      directory,
      stateOf: (kind, slug) => (ids.get(keyOf(kind, slug)) === id ? 'PUBLISHED' : (states.get(keyOf(kind, slug)) ?? null)),
      fallbackOf: (slug) => fallbacks.get(slug) ?? null,
      slugTaken: owner !== undefined && owner !== id,
      publishedSlug,
    },
    refs(kind, slug) {
      const found = ids.get(keyOf(kind, slug))
      if (found === undefined) throw new Error(`${kind} “${slug}” was not looked up`)
      return found
    },
    organizationIdOf: (slug) => (slug === null ? null : (ids.get(keyOf('ORGANIZATION', slug)) ?? null)),
  }
}

/** Whether a record of the kind has this slug, published or not. */
export async function isTaken(tx: Tx, kind: ContentKind, slug: string): Promise<boolean> {
  const drafts = await tx.contentRecord.count({ where: { kind, slug } })
  return drafts > 0 || (await rowsOf(tx, kind, [slug])).length > 0
}

const CHOSEN = { id: true, slug: true, retiredAt: true } as const
type Found = { id: string; slug: string | null; retiredAt: Date | null }

function rowsOf(tx: Tx, kind: ContentKind, slugs: string[]): Promise<Found[]> {
  const where = { where: { slug: { in: slugs } }, select: CHOSEN }
  switch (kind) {
    case 'ORGANIZATION':
      return tx.organization.findMany(where)
    case 'LOCATION':
      return tx.location.findMany(where)
    case 'SERVICE':
      return tx.service.findMany(where)
    case 'QUESTION':
      return tx.faqEntry.findMany(where)
    case 'LINE':
      return tx.line.findMany(where)
    case 'CLOSING_DAY':
      return Promise.resolve([])
  }
}

async function fallbacksOf(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.line.findMany({
    where: { fallbackId: { not: null } },
    select: { slug: true, fallback: { select: { slug: true } } },
  })
  return new Map(rows.flatMap(({ slug, fallback }) => (fallback ? [[slug, fallback.slug]] : [])))
}
