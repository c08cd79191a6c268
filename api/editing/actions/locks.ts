import type { ContentKind } from '../../db/generated/enums.ts'
import type { Tx } from './documents/parts.ts'

/** Held by whoever changes what the public sees. */
export const PUBLISHED = 'content published'

/** Held by whoever makes records of a kind. */
export const slugsOf = (kind: ContentKind): string => `content slugs ${kind}`

/** Waits, as long as for any lock, until nobody else in any process holds a name; it is held until the transaction ends. */
export const hold = (tx: Tx, name: string) =>
  tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))) AS "locked"`

/**
 * What the public sees changes one after the other: whether a record may be shown, or go, depends on the others that are shown, and two changes
 * that are right by themselves could be wrong together. Whoever only saves waits for nobody.
 */
export const lockPublic = (tx: Tx) => hold(tx, PUBLISHED)

/**
 * Slugs are given out one after the other, of each kind: two forms with one title get two slugs, and the same form sent twice at once meets the
 * record that the first made.
 */
export const lockSlugs = (tx: Tx, kind: ContentKind) => hold(tx, slugsOf(kind))
