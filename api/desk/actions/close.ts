import { addUnmetNeeds } from '../../aid/actions.ts'
import type { Context } from '../../context.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { checkClosing, type CloseInput, communeOf } from '../rules/close.ts'
import { LONGEST_NOTE, writtenText } from '../rules/written.ts'
import { UNREACHABLE } from './attempt.ts'
import { reread } from './claim.ts'
import { endRequest } from './end.ts'
import { holding } from './hold.ts'
import { addNote } from './note.ts'
import type { DeskRequest } from './rows.ts'

/**
 * Closes a request with what came of it, and of those that add to it what that settled. What could not be helped is counted in the same transaction.
 * @throws NotFound; Conflict; InvalidInput
 */
export async function closeCallback(context: Context, id: string, input: CloseInput): Promise<DeskRequest> {
  const { directory, now } = context
  const { outcome, unmet, need } = input
  const note = input.note?.trim() ? writtenText(input.note, ['input', 'note'], LONGEST_NOTE) : null
  await holding(context, id, async (tx, row, { id: memberId, actor }) => {
    checkClosing(directory, input, row.attempts.length)
    if (note !== null) await addNote(tx, context, { requestId: id, memberId, text: note })
    if (unmet) {
      const nisCode = communeOf(directory, row.postalCode)
      await addUnmetNeeds(tx, [{ day: dayIn(now), reason: unmet, needCode: need ?? row.needCode ?? '', nisCode, count: 1 }])
    }
    const ending =
      outcome === 'NOT_REACHABLE' ? UNREACHABLE : ({ status: 'CLOSED', outcome: outcome.toLowerCase(), what: 'callback.closed' } as const)
    await endRequest(tx, context, row, { ending, calls: row.attempts, actor })
  })
  return reread(context, id)
}
