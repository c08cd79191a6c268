import { endCallback, type Ending } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { CallbackRequest, Prisma } from '../../db/generated/client.ts'
import type { Attempt } from '../rules/attempts.ts'
import { isSettled } from '../rules/settled.ts'
import type { Locked } from './hold.ts'
import { opened } from './rows.ts'

/**
 * Ends a request, and of those that add to it only what this can have settled: after a conversation by `rules/settled.ts`, and where nobody was
 * reached those that came before the last call, since for the others nobody has tried yet.
 * @param calls all calls made about it, oldest first
 */
export async function endRequest(
  tx: Prisma.TransactionClient,
  context: Context,
  row: Locked,
  { ending, calls, actor }: { ending: Ending; calls: readonly Attempt[]; actor: string },
): Promise<void> {
  const { now } = context
  const lastAt = calls.at(-1)?.at ?? now
  const isTried = ({ requestedAt }: CallbackRequest) => requestedAt <= lastAt
  await endCallback(tx, row, ending, { now, actor }, ending.status === 'UNREACHABLE' ? isTried : settledWith(context, row, calls))
}

/** Whether what adds to a request was settled by the conversation about it, too. */
export function settledWith(
  context: Context,
  row: Locked,
  calls: readonly Attempt[] = row.attempts,
): (besides: CallbackRequest) => boolean {
  const { directory, now } = context
  const spokenAt = calls.findLast(({ outcome }) => outcome === 'REACHED')?.at ?? row.claimedAt ?? now
  const about = { ...row, name: opened(context, row, 'name') }
  return (besides) => isSettled(directory, about, { ...besides, name: opened(context, besides, 'name') }, spokenAt)
}
