import { FREE, record } from '../../callback/actions/change.ts'
import { keyProblem, LONGEST } from '../../callback/rules/request.ts'
import type { Context } from '../../context.ts'
import type { AttemptOutcome } from '../../db/generated/enums.ts'
import { InvalidInput } from '../../errors.ts'
import { afterAttempt } from '../rules/attempts.ts'
import { holderAt } from '../rules/queue.ts'
import { LONGEST_NOTE, writtenText } from '../rules/written.ts'
import { reread } from './claim.ts'
import { endRequest } from './end.ts'
import { holding, type Locked } from './hold.ts'
import { addNote } from './note.ts'
import type { DeskRequest } from './rows.ts'

/** The same outcome by the same member within this time is one call that was clicked twice, in milliseconds. */
const SAME_CLICK_MS = 10_000

export type AttemptInput = { outcome: AttemptOutcome; callAt?: Date | null; note?: string | null; key?: string | null }

/**
 * Notes how a call ended, and does what follows from it by `rules/attempts.ts`: whoever was reached is spoken with; who was not waits for the
 * next call, held by nobody; after the last one it ends, and she is told.
 * @throws NotFound; Conflict; InvalidInput
 */
export async function recordAttempt(context: Context, id: string, input: AttemptInput): Promise<DeskRequest> {
  const { now } = context
  const { outcome, callAt = null, key = null } = input
  const unusable = key === null ? null : keyProblem(key)
  if (unusable) throw new InvalidInput([{ path: ['input', 'key'], code: unusable, params: { max: LONGEST.idempotencyKey } }])
  const note = input.note?.trim() ? writtenText(input.note, ['input', 'note'], LONGEST_NOTE) : null
  await holding(
    context,
    id,
    async (tx, row, viewer) => {
      const { actor, id: memberId } = viewer
      const present = { at: now, outcome }
      const next = afterAttempt(row.line, row.attempts, present, callAt)
      const calls = [...row.attempts, present]
      const nextAt = next.to === 'AGAIN' ? next.at : null
      await tx.callAttempt.create({ data: { requestId: id, memberId, at: now, outcome, nextAt, key: keyOf(row, key) } })
      if (note !== null) await addNote(tx, context, { requestId: id, memberId, text: note })
      await record(tx, 'callback.attempted', id, now, actor)
      switch (next.to) {
        case 'REACHED':
          if (row.status === 'REACHED') return
          await tx.callbackRequest.update({ where: { id }, data: { status: 'REACHED' } })
          return record(tx, 'callback.reached', id, now, actor)
        case 'AGAIN':
          await tx.callbackRequest.update({ where: { id }, data: { ...FREE, status: 'NEW', callFrom: next.at } })
          return
        case 'UNREACHABLE':
          return endRequest(tx, context, row, { ending: UNREACHABLE, calls, actor })
        case 'DECLINED':
          return endRequest(tx, context, row, { ending: DECLINED, calls, actor })
      }
    },
    (row, viewer) =>
      row.attempts.some(
        (one) =>
          (key !== null && (holderAt(row, now) === viewer.id ? one.key === keyOf(row, key) : one.key?.endsWith(` ${key}`))) ||
          (one.memberId === viewer.id && one.outcome === outcome && now.getTime() - one.at.getTime() < SAME_CLICK_MS),
      ),
  )
  return reread(context, id)
}

/**
 * A key as it is kept: it belongs to one claim, so that a key that is sent again in a later one does not swallow that call. Who no longer holds
 * the request repeats the key of the claim that is over.
 */
const keyOf = ({ claimedAt }: Locked, key: string | null): string | null => key && `${claimedAt?.toISOString()} ${key}`

/** Nobody was reached, and nobody tries any more: kept for less long than what was closed, and told to her. */
export const UNREACHABLE = { status: 'UNREACHABLE', outcome: 'not_reachable', what: 'callback.unreachable' } as const

/** She does not want it any more. */
const DECLINED = { status: 'CLOSED', outcome: 'declined_by_person', what: 'callback.closed' } as const
