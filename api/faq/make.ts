import type { FaqEntry } from '../directory/snapshot.ts'
import { makeOrganization } from '../organization/make.ts'

/** A question for tests. */
export const makeFaqEntry = (slug: string, overrides: Partial<FaqEntry> = {}): FaqEntry => ({
  id: `id of ${slug}`,
  slug,
  urgency: 'INFO',
  texts: { FR: { question: slug } },
  answers: { FR: { answer: `La réponse à ${slug}.` } },
  edited: {},
  needs: [],
  services: [],
  related: [],
  owner: makeOrganization('organization'),
  source: null,
  reviewedAt: null,
  lastModified: new Date('2026-11-21T08:00:00Z'),
  ...overrides,
})
