import { record } from '../../callback/actions/change.ts'
import { type CaseParts, inCase, touch } from './change.ts'
import type { Context } from '../../context.ts'
import { TOLD_RUNG } from '../rules/send.ts'
import { unheard } from './unheard.ts'

/** Cases looked at in one run. */
const MOST = 100

/**
 * Puts cases of which their partner could not be told before a person at once, however much time is left to answer: nobody may know of them. From
 * there the ladder goes on. The same of cases that are over, when the partner does not know that, or that it is to erase what it has.
 * @throws the first failure, once all others are done
 */
export async function tellOfDead(
  { db, keys, directory, clock }: Omit<CaseParts, 'directory'> & { directory: { current(): Context['directory'] }; clock: () => Date },
  stop: AbortSignal,
): Promise<void> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM "escalation" AS c WHERE c."rung" < ${TOLD_RUNG} AND ${unheard(clock())} ORDER BY c."id" LIMIT ${MOST}`
  const failures: unknown[] = []
  for (const { id } of rows) {
    if (stop.aborted) break
    const now = clock()
    try {
      await inCase({ db, keys, directory: directory.current() }, id, undefined, async (tx, { row, request }) => {
        if (row.rung >= TOLD_RUNG) return
        await tx.escalation.update({ where: { id }, data: { rung: TOLD_RUNG } })
        await record(tx, 'escalation.supervisor_told', id, now, 'system')
        await touch(tx, request)
      })
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
