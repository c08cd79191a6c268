import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Line, Snapshot } from '../../directory/snapshot.ts'

/** Who works at the desk. */
export const DESK = ['AGENT', 'SUPERVISOR'] as const

/**
 * The lines whose requests a viewer works on: those that her organizations run. This is the one place where it is decided whose rows somebody
 * sees; every reading and every change of a request asks for `line_id` among these, and what lies outside does not exist for her. Lines that
 * were retired are among them: whoever asked before is still called.
 */
export function linesOf({ linesById }: Pick<Snapshot, 'linesById'>, viewer: Viewer): readonly Line[] {
  const organizations = new Set(organizationsOf(viewer, DESK))
  return [...linesById.values()].filter(({ organization }) => organizations.has(organization.id))
}

/**
 * Of these the lines somebody calls for: those that were set for her in an organization, and all where none was. One that is retired by now was
 * set for nothing else: whoever calls for it only calls for all.
 */
export function ownLinesOf(directory: Snapshot, viewer: Viewer): readonly Line[] {
  const isSet = ({ id }: Line) => viewer.lineIds.includes(id)
  const lines = linesOf(directory, viewer)
  const living = lines.filter((line) => isSet(line) && directory.linesBySlug.has(line.slug))
  const organizations = new Set(living.map(({ organization }) => organization.id))
  return lines.filter((line) => isSet(line) || !organizations.has(line.organization.id))
}

/** Whether a viewer supervises who calls for this line. */
export const supervises = (viewer: Viewer, { organization }: Line): boolean =>
  organizationsOf(viewer, ['SUPERVISOR']).includes(organization.id)

/** A UUID as the database takes it: anything else names nothing, and is not asked for. */
export const isId = (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)
