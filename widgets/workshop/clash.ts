import { at, type Doc, fromWire, merge, type Path, put } from './content.ts'
import type { Draft } from './draft.ts'
import type { Change, ContentRecord } from './model.ts'

/** What somebody else changed while this was being written. */
export interface Clash {
  name: string
  at?: string | null
  changes: readonly Change[]
  theirs: ContentRecord
  /** Mine and theirs, where they do not touch each other. */
  merged: Doc
  /** What both changed, and whose stays. */
  choices: readonly { path: Path; keep: 'mine' | 'theirs' }[]
}

export function clashOf(draft: Draft, theirs: ContentRecord, who: Pick<Clash, 'name' | 'at' | 'changes'>): Clash {
  const { merged, clashes } = merge(draft.base, draft.doc, fromWire(theirs.content))
  return { ...who, theirs, merged, choices: clashes.map((path) => ({ path, keep: 'mine' })) }
}

export const chosen = (clash: Clash, path: Path, keep: 'mine' | 'theirs'): Clash => ({
  ...clash,
  choices: clash.choices.map((one) => (one.path === path ? { path, keep } : one)),
})

/** What comes of the choices. */
export function settled({ theirs, merged, choices }: Clash): Doc {
  const newest = fromWire(theirs.content)
  return choices.reduce((doc, { path, keep }) => (keep === 'theirs' ? put(doc, path, at(newest, path)) : doc), merged)
}
