import { record } from '../../callback/actions/change.ts'
import { type CaseParts, inCase } from './change.ts'
import type { Context } from '../../context.ts'
import { isOpenCase } from '../rules/transitions.ts'

/** The rung of the ladder on which supervisors are told. */
const TOLD_RUNG = 2
/** Cases looked at in one run. */
const MOST = 100

/**
 * Puts cases of which their partner could not be told before a person at once, however much time is left to answer: nobody may know of them. From
 * there the ladder goes on.
 */
export async function tellOfDead(
  { db, keys, directory, clock }: Omit<CaseParts, 'directory'> & { directory: { current(): Context['directory'] }; clock: () => Date },
  stop: AbortSignal,
): Promise<void> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM "escalation" AS c WHERE c."ended_at" IS NULL AND c."rung" < ${TOLD_RUNG} AND EXISTS (
      SELECT FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id"
      WHERE e."subject_id" = c."id" AND d."state" = 'DEAD' AND d."channel" IN ('WEBHOOK', 'CASE_LINK') AND e."at" >= coalesce(c."accepted_at", c."requested_at")
    ) ORDER BY c."id" LIMIT ${MOST}`
  for (const { id } of rows) {
    if (stop.aborted) return
    const now = clock()
    await inCase({ db, keys, directory: directory.current() }, id, undefined, async (tx, { row, request }) => {
      if (!isOpenCase(row) || row.rung >= TOLD_RUNG) return
      await tx.escalation.update({ where: { id }, data: { rung: TOLD_RUNG } })
      await record(tx, 'escalation.supervisor_told', id, now, 'system')
      // Whoever has the queue before her sees it.
      await tx.callbackRequest.updateMany({ where: { id: request.id }, data: { status: request.status } })
    })
  }
}
