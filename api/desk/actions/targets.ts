import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { Urgency } from '../../db/generated/enums.ts'
import type { Line } from '../../directory/snapshot.ts'
import { InvalidInput, NotFound } from '../../errors.ts'
import { linesOf, supervises } from '../rules/scope.ts'
import { TARGETS, targetOf } from '../rules/targets.ts'
import { targetsOf } from './rows.ts'

/** A week, in minutes; the table allows no more. */
const LONGEST_TARGET = 10_080

export type Target = { urgency: Urgency; minutes: number }

/** Whether the line is one of those whose requests the viewer works on. */
export const worksOn = (context: Pick<Context, 'directory' | 'viewer'>, line: Line): boolean =>
  linesOf(context.directory, viewerIn(context)).includes(line)

/** Every urgency of a line with its target; none for a line that is not the viewer's. */
export async function targetsFor(context: Context, line: Line): Promise<Target[] | null> {
  if (!worksOn(context, line)) return null
  const targets = await context.together(`targets ${line.id}`, () => targetsOf(context, [line.id]))
  return (Object.keys(TARGETS) as Urgency[]).map((urgency) => ({ urgency, minutes: targetOf(targets, line.id, urgency) }))
}

/**
 * Sets within how many minutes of opening hours a line calls who asks with this urgency.
 * @throws NotFound for a line that the viewer does not supervise; InvalidInput
 */
export async function setLineTarget(context: Context, { line: slug, urgency, minutes }: Target & { line: string }): Promise<Line> {
  const viewer = viewerIn(context)
  const { db, directory, now } = context
  const line = directory.linesBySlug.get(slug)
  if (!line || !supervises(viewer, line)) throw new NotFound('record')
  if (minutes < 1 || minutes > LONGEST_TARGET)
    throw new InvalidInput([{ path: ['input', 'minutes'], code: 'out_of_range', params: { min: 1, max: LONGEST_TARGET } }])
  await db.$transaction([
    db.lineTarget.upsert({
      where: { lineId_urgency: { lineId: line.id, urgency } },
      create: { lineId: line.id, urgency, minutes },
      update: { minutes },
    }),
    db.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'line.target_set', subjectId: line.id } }),
  ])
  return line
}
