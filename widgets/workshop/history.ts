import { WorkshopCompareDocument, WorkshopHistoryDocument } from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'
import type { Change, Revision } from './model.ts'

/** Saves of one person belong together as long as there are no more than so many minutes between two. */
const SITTING_MS = 30 * 60_000

/** Versions that are told as one, the newest first, and what is different since the one before them. */
export interface Sitting {
  versions: readonly [Revision, ...Revision[]]
  changes: readonly Change[]
}

/** The typing rests many times in an hour, and each time makes a version: what one person saved in one sitting is told as one. */
export function sittingsOf(revisions: readonly Revision[]): Sitting[] {
  const sittings: [Revision, ...Revision[]][] = []
  for (const one of revisions) {
    const sitting = sittings.at(-1)
    const later = sitting?.at(-1)
    if (sitting && later && isOneSitting(later, one)) sitting.push(one)
    else sittings.push([one])
  }
  return sittings.map((versions) => ({ versions, changes: together(versions) }))
}

const isOneSitting = (later: Revision, one: Revision): boolean =>
  later.action === 'SAVED' &&
  one.action === 'SAVED' &&
  later.by === one.by &&
  !!later.at &&
  !!one.at &&
  Date.parse(later.at) - Date.parse(one.at) <= SITTING_MS

/** From before the first to after the last; what came back to what it was is no change. */
function together(versions: readonly Revision[]): Change[] {
  const changes = new Map<string, Change>()
  for (const { changes: own } of [...versions].reverse())
    for (const change of own) {
      const name = change.path.join(' ')
      const { before } = changes.get(name) ?? change
      changes.set(name, { ...change, before })
    }
  return [...changes.values()].filter(({ before, after }) => before !== after)
}

interface Owner {
  ask<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R>
  act<R>(name: string, work: () => Promise<R>): Promise<R | undefined>
  failed(error: unknown): void
  focusOn(selector: string): void
  requestUpdate(): void
}

/** The versions of a record, and one of them compared with the newest. */
export class History {
  /** Undefined until they were read. */
  revisions?: readonly Revision[]
  /** Where the next page begins; none: all are there. */
  more?: string | null
  compared?: { number: number; changes: readonly Change[] }

  private readonly _owner: Owner

  constructor(owner: Owner) {
    this._owner = owner
  }

  async read(id: string, more = false): Promise<void> {
    try {
      const after = more ? this.more : undefined
      const { contentRecord } = await this._owner.ask(WorkshopHistoryDocument, { id, after })
      const page = contentRecord?.revisions
      const read = page?.edges.map(({ node }) => node) ?? []
      this.revisions = more ? [...(this.revisions ?? []), ...read] : read
      this.more = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      this._owner.requestUpdate()
    } catch (error) {
      this._owner.failed(error)
    }
  }

  async compare(id: string, number: number): Promise<void> {
    const read = await this._owner.act(`compare-${number}`, () => this._owner.ask(WorkshopCompareDocument, { id, since: number }))
    const [newest] = read?.contentRecord?.revisions.edges ?? []
    if (!newest) return
    this.compared = { number, changes: newest.node.changes }
    this._owner.requestUpdate()
    this._owner.focusOn('#compared-title')
  }

  close(): void {
    this.compared = undefined
    this._owner.requestUpdate()
    this._owner.focusOn('#tab-history')
  }
}
