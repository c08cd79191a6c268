import type { Line, MenuEntry } from '../directory/snapshot.ts'
import { makeOrganization } from '../organization/make.ts'

/** A line for tests: social, calling back, without an end. */
export const makeLine = (slug: string, overrides: Partial<Line> = {}): Line => ({
  id: `id of ${slug}`,
  slug,
  number: '0800/43 436',
  kind: 'SOCIAL',
  organization: makeOrganization('organization'),
  languages: ['FR'],
  acceptsCallbacks: true,
  callsPerHour: 6,
  slotNoticeMinutes: 60,
  slotDaysAhead: 13,
  validFrom: null,
  validTo: null,
  texts: { FR: { name: slug, description: null, alert: null, closingMessage: null, script: null } },
  schedules: [],
  exceptions: [],
  closingDays: [],
  serviceAreas: [],
  needs: [],
  menu: [],
  fallback: null,
  successor: null,
  source: null,
  assuredDate: null,
  reviewedAt: null,
  lastModified: new Date('2026-11-21T08:00:00Z'),
  ...overrides,
})

export const makeMenuEntry = (position: number, overrides: Partial<MenuEntry> = {}): MenuEntry => ({
  position,
  kind: 'SERVICE',
  texts: { FR: { label: `menu ${position}` } },
  service: null,
  transferTo: null,
  partner: null,
  validFrom: null,
  validTo: null,
  ...overrides,
})
