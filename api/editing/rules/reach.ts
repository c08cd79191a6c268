import type { ContentKind } from '../../db/generated/enums.ts'

/** Whose records an editor changes: those of her organizations, and of those that they look after. */
export type Reach = {
  /** Her own organizations, in which she is an editor. */
  own: ReadonlySet<string>
  organizations: ReadonlySet<string>
  /** One of them is a region: it looks after what belongs to nobody in particular, such as the closing days of all public bodies. */
  isRegion: boolean
}

/** What of a record decides who may change it. `organizationId` of an organization that was never published: who keeps it. */
export type Owned = { id: string; kind: ContentKind; organizationId: string | null }

export const isInReach = ({ organizations, isRegion }: Reach, { id, kind, organizationId }: Owned): boolean =>
  organizationId === null
    ? isRegion || (kind === 'ORGANIZATION' && organizations.has(id))
    : organizations.has(organizationId) || (kind === 'ORGANIZATION' && organizations.has(id))
