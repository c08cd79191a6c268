import { randomUUID } from 'node:crypto'
import { viewerIn } from '../../access/actions/staff.ts'
import { inTransaction, record } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import { Conflict } from '../../errors.ts'
import { seal } from '../../sealing/seal.ts'
import { isForeign } from '../rules/contact.ts'
import { supervises } from '../rules/scope.ts'
import { LONGEST_REASON, writtenText } from '../rules/written.ts'
import { checkHeld, lock } from './hold.ts'
import { opened } from './rows.ts'

/** How to reach a person. */
export type Contact = { phone: string; foreign: boolean; name: string | null; email: string | null }

/**
 * Shows the contact details, to who holds the request or supervises its line. That she looked, and why, is stored first: nothing is opened
 * before it is, and nothing is shown when it cannot be.
 * @throws NotFound; Conflict; InvalidInput for a reason that is empty or too long
 */
export async function revealContact(context: Context, id: string, reason: string): Promise<Contact> {
  const viewer = viewerIn(context)
  const { db, keys, now } = context
  const why = writtenText(reason, ['reason'], LONGEST_REASON)
  const row = await inTransaction(db, async (tx) => {
    const locked = await lock(tx, context, viewer, id)
    if (!supervises(viewer, locked.line)) await checkHeld(tx, locked, viewer, now)
    if (locked.erasedAt !== null) throw new Conflict('callback_over')
    const revealId = randomUUID()
    const reasonSealed = seal(keys, why, { table: 'contact_reveal', column: 'reason', row: revealId })
    await tx.contactReveal.create({ data: { id: revealId, requestId: id, actor: viewer.actor, at: now, reasonSealed } })
    await record(tx, 'callback.contact_revealed', id, now, viewer.actor)
    return locked
  })
  const phone = opened(context, row, 'phone')
  if (phone === null) throw new Conflict('callback_over')
  return { phone, foreign: isForeign(phone), name: opened(context, row, 'name'), email: opened(context, row, 'email') }
}
