import type { AreaKind, LanguageCode, LineKind, MenuEntryKind, OrganizationKind, ServiceStatus, Urgency } from '../db/generated/enums.ts'
import type { Offered } from './offered.ts'
import type { Texts } from './language.ts'
import type { Site } from '../site/rules/site.ts'
import type { SearchIndex } from './search.ts'

/**
 * All published content, as one immutable graph in memory: what the public reads never touches the database. It is loaded whole by
 * `load.ts`, and swapped whole by `holder.ts` when the content changes, so one request sees one version. Dates without a time are
 * `YYYY-MM-DD`.
 */
export type Snapshot = {
  /** Rises with every change of the content; part of every cache key. */
  version: string
  /** Filled with the demonstration content. */
  demonstration: boolean
  communes: readonly Commune[]
  communesByNis: ReadonlyMap<string, Commune>
  /** A code may lie in two communes (1040, 1050, 1060). */
  communesByPostalCode: ReadonlyMap<string, readonly Commune[]>
  /** Top-level needs, in order; children below them. */
  needs: readonly Need[]
  needsByCode: ReadonlyMap<string, Need>
  audiences: readonly Audience[]
  audiencesByCode: ReadonlyMap<string, Audience>
  organizations: readonly Organization[]
  organizationsBySlug: ReadonlyMap<string, Organization>
  services: readonly Service[]
  servicesBySlug: ReadonlyMap<string, Service>
  /** Also those that are retired, which requests that are still open name: what they are about is still what they are about. */
  everyServiceBySlug: ReadonlyMap<string, Service>
  /** The same by need and by area. */
  offered: Offered
  faqEntries: readonly FaqEntry[]
  faqEntriesBySlug: ReadonlyMap<string, FaqEntry>
  /** Also those that are retired. */
  everyFaqEntryBySlug: ReadonlyMap<string, FaqEntry>
  lines: readonly Line[]
  linesBySlug: ReadonlyMap<string, Line>
  /** Also those that are retired, which requests that are still open name. */
  linesById: ReadonlyMap<string, Line>
  sites: ReadonlyMap<string, Site>
  search: {
    services: SearchIndex<Service>
    faqEntries: SearchIndex<FaqEntry>
    /** By labels, everyday words, and the questions about them: what a text is about. */
    needs: SearchIndex<Need>
    communes: readonly SearchablePlace[]
  }
}

export type SearchablePlace = { folded: string; commune: Commune }

export type Commune = {
  nisCode: string
  province: string | null
  region: string
  officialLanguages: readonly LanguageCode[]
  facilityLanguages: readonly LanguageCode[]
  texts: Texts<{ name: string }>
  /** The middle of its localities, WGS 84; null when none is known. Only to order by distance. */
  center: { latitude: number; longitude: number } | null
  postalCodes: readonly string[]
  cpas: Organization | null
}

export type Need = {
  code: string
  urgency: Urgency | null
  quickExit: boolean
  /** One that a public welfare centre serves. */
  servedByCpas: boolean
  texts: Texts<NeedTexts>
  parent: Need | null
  children: readonly Need[]
}

export type NeedTexts = {
  label: string
  /** Everyday words for it, separated by commas. */
  keywords: string | null
  /** What people write in danger. */
  dangerPhrases: readonly string[]
}

export type Audience = { code: string; texts: Texts<{ label: string }> }

export type Phone = {
  id: string
  number: string
  languages: readonly LanguageCode[]
  texts: Texts<{ description: string }>
}

export type Organization = {
  id: string
  slug: string
  kind: OrganizationKind
  url: string | null
  email: string | null
  commune: Commune | null
  texts: Texts<{ name: string; description: string | null }>
  phones: readonly Phone[]
  services: readonly Service[]
  /** Id of the organization whose editors look after its records. */
  keeperId: string | null
  source: string | null
  assuredDate: string | null
  reviewedAt: string | null
  lastModified: Date
}

export type Schedule = {
  validFrom: string | null
  validTo: string | null
  /** MO TU WE TH FR SA SU */
  byday: readonly string[]
  /** HH:MM in Europe/Brussels */
  opensAt: string
  /** HH:MM in Europe/Brussels; not after `opensAt` means the next day. */
  closesAt: string
  openOnHolidays: boolean
}

/** Days on which the weekly hours do not hold: closed when the times are null, else open at these times only. */
export type ScheduleException = {
  /** YYYY-MM-DD, both included. */
  firstDay: string
  lastDay: string
  /** HH:MM in Europe/Brussels, as in `Schedule`. */
  opensAt: string | null
  closesAt: string | null
  texts: Texts<{ reason: string }>
}

/** A day on which a body closes beside the legal holidays. */
export type ClosingDay = {
  /** MM-DD for every year, YYYY-MM-DD for one. */
  day: string
  texts: Texts<{ name: string }>
}

/** Everything that says when something is open; a service and a line both have it. */
export type Hours = {
  schedules: readonly Schedule[]
  exceptions: readonly ScheduleException[]
  /** Those of the organization that gives it. */
  closingDays: readonly ClosingDay[]
}

/** How many places are left of what is counted (HSDS service_capacity). */
export type Capacity = { unit: string; available: number; maximum: number | null; updated: Date }

export type ServiceArea = { kind: AreaKind; code: string; commune: Commune | null }

export type Location = {
  slug: string
  texts: Texts<{ name: string }>
  street: string | null
  postalCode: string | null
  commune: Commune
  latitude: number | null
  longitude: number | null
}

export type ServiceTexts = {
  name: string
  description: string | null
  applicationProcess: string | null
  feesDescription: string | null
  eligibilityDescription: string | null
  alert: string | null
  /** When this translation was last edited: it has its own freshness. */
  lastModified: Date
}

export type Service = Hours & {
  id: string
  slug: string
  status: ServiceStatus
  url: string | null
  email: string | null
  minimumAge: number | null
  maximumAge: number | null
  virtual: boolean
  /** The rule as stored; `service/rules/eligibility.ts` has the grammar. */
  eligibility: unknown
  languages: readonly LanguageCode[]
  texts: Texts<ServiceTexts>
  organization: Organization
  phones: readonly Phone[]
  serviceAreas: readonly ServiceArea[]
  locations: readonly Location[]
  requiredDocuments: readonly { texts: Texts<{ document: string }> }[]
  capacities: readonly Capacity[]
  needs: readonly Need[]
  audiences: readonly Audience[]
  faqEntries: readonly FaqEntry[]
  source: string | null
  assuredDate: string | null
  reviewedAt: string | null
  /** YYYY-MM-DD: since then it is known not to answer as described. */
  checkFailedOn: string | null
  lastModified: Date
  /** When anything of it last changed, its hours, phones, places … included. */
  contentModified: Date
}

export type FaqEntry = {
  id: string
  slug: string
  urgency: Urgency
  /** A question may be translated before its answer is. */
  texts: Texts<{ question: string }>
  answers: Texts<{ answer: string }>
  /** When the texts of each language were last edited. */
  edited: Texts<Date>
  needs: readonly Need[]
  services: readonly Service[]
  related: readonly FaqEntry[]
  owner: Organization
  source: string | null
  reviewedAt: string | null
  lastModified: Date
}

export type MenuEntry = {
  position: number
  kind: MenuEntryKind
  texts: Texts<{ label: string }>
  service: Service | null
  transferTo: Line | null
  partner: Organization | null
  validFrom: string | null
  validTo: string | null
}

export type Line = Hours & {
  id: string
  slug: string
  number: string
  kind: LineKind
  organization: Organization
  languages: readonly LanguageCode[]
  acceptsCallbacks: boolean
  /** How many people its agents can call back in an hour. */
  callsPerHour: number
  /** A slot is offered until so many minutes before it begins, and on so many days after today. */
  slotNoticeMinutes: number
  slotDaysAhead: number
  validFrom: string | null
  validTo: string | null
  texts: Texts<{
    name: string
    description: string | null
    alert: string | null
    closingMessage: string | null
    /** What an agent says and asks; for the staff only. */
    script: string | null
  }>
  serviceAreas: readonly ServiceArea[]
  needs: readonly Need[]
  menu: readonly MenuEntry[]
  /** To call while this one is closed. */
  fallback: Line | null
  /** Takes over once this one has ended. */
  successor: Line | null
  source: string | null
  assuredDate: string | null
  reviewedAt: string | null
  lastModified: Date
}
