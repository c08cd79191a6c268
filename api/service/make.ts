import type { ClosingDay, Hours, Schedule, ScheduleException, Service, ServiceArea, ServiceTexts } from '../directory/snapshot.ts'
import { makeOrganization } from '../organization/make.ts'

/** Weekly hours for tests: Monday to Friday from nine to five unless said otherwise. */
export const makeSchedule = (overrides: Partial<Schedule> = {}): Schedule => ({
  validFrom: null,
  validTo: null,
  byday: ['MO', 'TU', 'WE', 'TH', 'FR'],
  opensAt: '09:00',
  closesAt: '17:00',
  openOnHolidays: false,
  ...overrides,
})

/** Hours of nothing but these weekly ones, unless said otherwise. */
export const makeHours = (schedules: readonly Schedule[], overrides: Partial<Hours> = {}): Hours => ({
  schedules,
  exceptions: [],
  closingDays: [],
  ...overrides,
})

/** Closed on these days, or open at other times when they are given. */
export const makeException = (firstDay: string, lastDay = firstDay, overrides: Partial<ScheduleException> = {}): ScheduleException => ({
  firstDay,
  lastDay,
  opensAt: null,
  closesAt: null,
  texts: {},
  ...overrides,
})

export const makeClosingDay = (day: string, name: string): ClosingDay => ({ day, texts: { FR: { name } } })

export const makeArea = (kind: ServiceArea['kind'], code: string): ServiceArea => ({ kind, code, commune: null })

export const makeServiceTexts = (name: string, overrides: Partial<ServiceTexts> = {}): ServiceTexts => ({
  name,
  description: null,
  applicationProcess: null,
  feesDescription: null,
  eligibilityDescription: null,
  alert: null,
  lastModified: new Date('2026-11-21T08:00:00Z'),
  ...overrides,
})

/** A service for tests: of the whole country, for everybody, hours unknown. */
export const makeService = (slug: string, overrides: Partial<Service> = {}): Service => ({
  id: `id of ${slug}`,
  slug,
  status: 'ACTIVE',
  url: null,
  email: null,
  minimumAge: null,
  maximumAge: null,
  virtual: false,
  eligibility: null,
  languages: ['FR'],
  texts: { FR: makeServiceTexts(slug) },
  organization: makeOrganization('organization'),
  phones: [],
  schedules: [],
  exceptions: [],
  closingDays: [],
  capacities: [],
  serviceAreas: [makeArea('COUNTRY', 'BE')],
  locations: [],
  requiredDocuments: [],
  needs: [],
  audiences: [],
  faqEntries: [],
  source: null,
  assuredDate: null,
  reviewedAt: null,
  checkFailedOn: null,
  lastModified: new Date('2026-11-21T08:00:00Z'),
  contentModified: new Date('2026-11-21T08:00:00Z'),
  ...overrides,
})
