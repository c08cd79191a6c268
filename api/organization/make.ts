import type { Organization } from '../directory/snapshot.ts'

/** An organization for tests. */
export const makeOrganization = (slug: string, overrides: Partial<Organization> = {}): Organization => ({
  id: `id of ${slug}`,
  slug,
  kind: 'ASSOCIATION',
  url: null,
  email: null,
  commune: null,
  texts: { FR: { name: slug, description: null } },
  phones: [],
  services: [],
  keeperId: null,
  source: null,
  assuredDate: null,
  reviewedAt: null,
  lastModified: new Date('2026-11-21T08:00:00Z'),
  ...overrides,
})
