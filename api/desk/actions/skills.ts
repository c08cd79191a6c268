import { administered, viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import { inBatches } from '../../db/batch.ts'
import type { Line } from '../../directory/snapshot.ts'
import { DESK } from '../rules/scope.ts'

/**
 * The lines somebody calls for, those that are published and that organizations of the viewer run; none: all of these. For whom else she works is
 * not theirs to know. A whole list of members is read together.
 */
export function linesOfMember(context: Context, memberId: string): Promise<readonly Line[]> {
  const { db, directory } = context
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => {
      const rows = await db.staffLine.findMany({ where: { memberId: { in: [...ids] } } })
      const isKnown = known(viewerIn(context))
      const lines = rows.flatMap(({ memberId, lineId }) => {
        const line = directory.linesById.get(lineId)
        return line && isKnown(line) ? { memberId, line } : []
      })
      return ids.map((id) => lines.flatMap(({ memberId, line }) => (memberId === id ? line : [])))
    })
    asking.set(context, ask)
  }
  return ask(memberId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (memberId: string) => Promise<readonly Line[]>>()

function known(viewer: Viewer): (line: Line) => boolean {
  const organizations = organizationsOf(viewer, [...DESK, 'ADMINISTRATOR'])
  return administered(viewer) === 'ALL' ? () => true : ({ organization }) => organizations.includes(organization.id)
}
