import { randomUUID } from 'node:crypto'
import type { ContentKind } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Located } from '../../editing/actions/locate.ts'
import type { Known } from '../../editing/rules/checks.ts'
import { type ContentDocument, ownerOf, slugOf } from '../../editing/rules/documents.ts'
import { slugFrom } from '../../editing/rules/tidy.ts'
import type { Entry, Said } from '../rules/entry.ts'
import { locationIdOf } from './read.ts'
import type { Change } from './store.ts'

/**
 * An entry, and the record that it is or will be. `wrong`: its identifier is another record's, of another kind, or one that the file has told of
 * already. `said`: what of it is new.
 */
export type Matched = {
  entry: Entry
  id: string
  slug: string
  here: Located | null
  wrong: 'id_of_other' | 'row_twice' | null
  said: Said[]
}

/** The records there are and those that come, by id and by slug. */
export class Index {
  private readonly byId = new Map<string, Located>()
  private readonly idBySlug = new Map<string, string>()
  private readonly slugById = new Map<string, string>()
  /** Those that the file says something of. */
  private readonly coming = new Map<string, ContentKind>()
  /** Those that the import publishes. */
  private readonly published = new Set<string>()
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
    const id = here?.id ?? entry.id ?? randomUUID()
    const other = here?.kind ?? this.coming.get(id) ?? kind
    // A row of a spreadsheet has no id: which come twice is told by their slugs.
    const wrong = other !== kind ? 'id_of_other' : entry.id !== null && this.coming.has(id) ? 'row_twice' : null
    if (wrong) return { entry, id, slug: '', here: null, wrong, said: [] }
    this.coming.set(id, kind)
    if (here) return { entry, id, slug: here.slug ?? '', here: { ...here }, wrong, said: [] }
    const slug = entry.slug ?? this.freeSlug(kind, slugFrom(entry.title))
    if (!this.idBySlug.has(keyOf(kind, slug))) this.name(kind, slug, id)
    return { entry, id, slug, here: null, wrong, said: [] }
  }

  /** These are published, so that others may name them. */
  publish(changes: readonly Change[]): void {
    for (const { id } of changes) this.published.add(id)
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
    return owner !== null && owner !== '' && !this.idBySlug.has(keyOf('ORGANIZATION', owner))
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

  /** What is known beside a document; what is published with it counts as published. */
  knownFor({ id, kind, document }: Change, directory: Snapshot): Known {
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
        const isPublished = found === id || this.published.has(found) || (record && record.publishedVersion !== null)
        return isPublished ? 'PUBLISHED' : 'DRAFT'
      },
      fallbackOf: () => null,
      slugTaken: holder !== undefined && holder !== id,
      publishedSlug: here && here.publishedVersion !== null ? here.slug : null,
    }
  }
}

const keyOf = (kind: ContentKind, name: string): string => `${kind} ${name}`
