import type { Doc } from './content.ts'

/** What was typed and is not saved, with the version that it was made from, and what was sent of it without an answer. */
export interface Kept {
  version: number
  base: Doc
  doc: Doc
  unanswered?: Doc
}

/**
 * The only place where a widget stores something in a browser: what an editor typed of a public record, in her tab, until it is saved. A reload or a
 * network that is away loses nothing; it is gone with the tab, and found under her id only (0027). Nothing here is about a person.
 */
const nameOf = (viewer: string, record: string): string => `passerelle-edit ${viewer} ${record}`

/** Without room, or where it is forbidden, the server's draft is all there is. */
const quietly = <R>(work: () => R): R | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** @returns whether it is kept */
export const keep = (viewer: string, record: string, kept: Kept): boolean =>
  quietly(() => {
    sessionStorage.setItem(nameOf(viewer, record), JSON.stringify(kept))
    return true
  }) ?? false

export const forget = (viewer: string, record: string): void => quietly(() => sessionStorage.removeItem(nameOf(viewer, record)))

export const find = (viewer: string, record: string): Kept | undefined =>
  quietly(() => JSON.parse(sessionStorage.getItem(nameOf(viewer, record)) ?? 'null') as Kept | null) ?? undefined

/** All that is kept, by the names of the records. */
export function allKept(viewer: string): { record: string; doc: Doc }[] {
  const own = nameOf(viewer, '')
  const names = (quietly(() => Object.keys(sessionStorage)) ?? []).filter((name) => name.startsWith(own))
  return names.flatMap((name) => {
    const record = name.slice(own.length)
    const kept = find(viewer, record)
    return kept?.doc ? [{ record, doc: kept.doc }] : []
  })
}
