import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import { linesOf } from '../../desk/rules/scope.ts'
import type { Snapshot } from '../../directory/snapshot.ts'

/**
 * Whose cases a viewer sees: those of the lines she works on, and those that were handed to an organization of which she is the case worker. The
 * one place where it is decided; what lies outside does not exist for her.
 */
export const casesOf = (directory: Snapshot, viewer: Viewer): { organizationIds: string[]; lineIds: string[] } => ({
  organizationIds: organizationsOf(viewer, ['PARTNER']),
  lineIds: linesOf(directory, viewer).map(({ id }) => id),
})
