import type { Prisma } from '../../db/generated/client.ts'
import type { ContentDocument } from '../rules/documents.ts'
import type { Tx } from './documents/parts.ts'

type Revision = Omit<Prisma.ContentRevisionUncheckedCreateInput, 'document'> & { document: ContentDocument }

/** Keeps a version of a record, for good. Without an actor it is the content of the start. */
export async function addRevision(tx: Tx, { document, ...revision }: Revision): Promise<void> {
  await tx.contentRevision.create({ data: { ...revision, document: document as unknown as Prisma.InputJsonValue } })
}
