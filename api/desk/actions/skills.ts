import type { Context } from '../../context.ts'
import { inBatches } from '../../db/batch.ts'
import type { Line } from '../../directory/snapshot.ts'

/** The lines somebody calls for, those that are published; none: all of her organizations. A whole list of members is read together. */
export function linesOfMember(context: Context, memberId: string): Promise<readonly Line[]> {
  const { db, directory } = context
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => {
      const rows = await db.staffLine.findMany({ where: { memberId: { in: [...ids] } } })
      return ids.map((id) => rows.flatMap((row) => (row.memberId === id ? (directory.linesById.get(row.lineId) ?? []) : [])))
    })
    asking.set(context, ask)
  }
  return ask(memberId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (memberId: string) => Promise<readonly Line[]>>()
