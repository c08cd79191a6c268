import type { LanguageCode, StaffRole, TokenScope } from '../../db/generated/enums.ts'

/** What somebody is in an organization; null: in the whole installation, which only an administrator is. */
export type Member = { organizationId: string | null; role: StaffRole }

/** Who asks, once she has proved it: somebody of the staff with a session, or another system with a token. */
export type Viewer = {
  kind: 'member' | 'token'
  /** Of the member; a token acts as one that nobody can sign in as. */
  id: string
  /** As the audit trail names her: `staff:<id>` or `token:<id>`. */
  actor: string
  name: string
  email: string | null
  memberships: readonly Member[]
  /** A session may do both. */
  scopes: readonly TokenScope[]
  /** In which she calls; empty: those of her lines. */
  languages: readonly LanguageCode[]
  /** Lines she calls for; where none of an organization is among them: all of that organization. */
  lineIds: readonly string[]
  isDemonstration: boolean
  /** When the session ends at the latest, and when it ends if nothing is done; null for a token. */
  session: { id: string; endsAt: Date; idleAt: Date } | null
}

/** Where the viewer has one of these roles: ids of organizations. Rows of others do not exist for her. */
export const organizationsOf = ({ memberships }: Viewer, roles: readonly StaffRole[]): string[] => [
  ...new Set(memberships.flatMap(({ organizationId, role }) => (organizationId !== null && roles.includes(role) ? [organizationId] : []))),
]

/** Whether the viewer has one of these roles in this organization. */
export const isIn = (viewer: Viewer, organizationId: string, roles: readonly StaffRole[]): boolean =>
  organizationsOf(viewer, roles).includes(organizationId)

/** Whether the viewer has one of these roles anywhere. */
export const hasRole = ({ memberships }: Viewer, roles: readonly StaffRole[]): boolean =>
  memberships.some(({ role }) => roles.includes(role))
