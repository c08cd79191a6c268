import type { Snapshot } from '../../directory/snapshot.ts'
import { type About, isExposing } from './queue.ts'

/** A request as far as it matters whose it is. */
export type Whose = About & { name: string | null }

/** One that adds to it. */
export type Besides = Whose & { requestedAt: Date; slotStartsAt: Date | null }

/**
 * Whether a conversation can have settled what the same phone asked besides. Whoever asked only after it began, under another name, for a
 * moment of her own, or about what must not be seen while the other one is not, may be somebody else, of whom nobody has heard.
 * @param row the request that was talked about
 * @param spokenAt when somebody spoke with her
 */
export function isSettled(directory: Snapshot, row: Whose, besides: Besides, spokenAt: Date): boolean {
  return (
    besides.requestedAt <= spokenAt &&
    isSameName(row.name, besides.name) &&
    besides.slotStartsAt === null &&
    (!isExposing(directory, besides) || isExposing(directory, row))
  )
}

/** One who gave no name may be anybody. Nobody writes her name twice alike. */
const isSameName = (one: string | null, other: string | null): boolean => one === null || other === null || plain(one) === plain(other)

const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase()
