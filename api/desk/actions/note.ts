import { randomUUID } from 'node:crypto'
import { record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { Prisma } from '../../db/generated/client.ts'
import { seal, unseal } from '../../sealing/seal.ts'
import { LONGEST_NOTE, writtenText } from '../rules/written.ts'
import { reread } from './claim.ts'
import { holding } from './hold.ts'
import type { DeskRequest } from './rows.ts'

/**
 * Adds a note to what is written about a call; nothing is overwritten.
 * @throws NotFound; Conflict; InvalidInput
 */
export async function addCallNote(context: Context, id: string, input: { text: string }): Promise<DeskRequest> {
  const text = writtenText(input.text, ['input', 'text'], LONGEST_NOTE)
  await holding(context, id, async (tx, _row, viewer) => {
    await addNote(tx, context, { requestId: id, memberId: viewer.id, text })
    await record(tx, 'callback.noted', id, context.now, viewer.actor)
  })
  return reread(context, id)
}

/** Stores a note, sealed. */
export async function addNote(
  tx: Prisma.TransactionClient,
  { keys, now }: Context,
  { requestId, memberId, text }: { requestId: string; memberId: string; text: string },
): Promise<void> {
  const id = randomUUID()
  const textSealed = seal(keys, text, { table: 'call_note', column: 'text', row: id })
  await tx.callNote.create({ data: { id, requestId, memberId, at: now, textSealed } })
}

/** A note in clear. */
export const noteText = ({ keys }: Pick<Context, 'keys'>, { id, textSealed }: { id: string; textSealed: string }): string =>
  unseal(keys, textSealed, { table: 'call_note', column: 'text', row: id })
