/**
 * The records of the Human Services Data Specification 3.1, as far as they are filled here. Names and meanings are those of its JSON schemas;
 * a name that is not in them does not compile. A value that is not known is left out, never null: the schemas allow no null.
 * Dates are `YYYY-MM-DD`; a record nested in its parent does not repeat the parent's identifier.
 */

export type AttributeRecord = {
  id: string
  link_id: string
  /** The table of `link_id`. */
  link_entity: string
  /** `need`, `intended_audience`, or `text_language` where a text is not in the language of the feed. */
  link_type: 'need' | 'intended_audience' | 'text_language'
  taxonomy_term_id?: string
  taxonomy_term?: TaxonomyTermRecord
  value?: string
  label?: string
}

type Attributed = { attributes?: AttributeRecord[] }

export type TaxonomyRecord = { id: string; name: string; description: string }

export type TaxonomyTermRecord = {
  id: string
  code: string
  name: string
  description: string
  parent_id?: string
  taxonomy: string
  taxonomy_id: string
  taxonomy_detail: TaxonomyRecord
  language: string
}

export type LanguageRecord = { id: string; name: string; code: string }

export type PhoneRecord = Attributed & {
  id: string
  number: string
  type: 'voice'
  description?: string
  languages?: LanguageRecord[]
}

export type ScheduleRecord = {
  id: string
  valid_from: string
  valid_to: string
  freq: 'WEEKLY'
  /** Comma separated. */
  byday: string
  /** HH:MM with the offset from UTC. */
  opens_at: string
  closes_at: string
  /** The same offset, in hours. */
  timezone: number
  description: string
  notes?: string
}

export type ServiceAreaRecord = { id: string; name: string; extent: string; extent_type: 'text' }

export type AddressRecord = {
  id: string
  address_1: string
  city: string
  region: string
  state_province: string
  postal_code: string
  country: 'BE'
  address_type: 'physical'
}

export type LocationRecord = Attributed & {
  id: string
  location_type: 'physical'
  name: string
  latitude?: number
  longitude?: number
  addresses?: AddressRecord[]
}

export type ServiceAtLocationRecord = {
  id: string
  service_id: string
  location_id: string
  location: LocationRecord
}

export type CapacityRecord = { id: string; unit: { id: string; name: string }; available: number; maximum?: number; updated: string }

export type OrganizationRecord = Attributed & {
  id: string
  name: string
  description: string
  email?: string
  website?: string
  phones?: PhoneRecord[]
  locations?: LocationRecord[]
}

export type ServiceRecord = Attributed & {
  id: string
  organization_id: string
  name: string
  description?: string
  url?: string
  email?: string
  status: 'active' | 'inactive' | 'defunct' | 'temporarily closed'
  application_process?: string
  fees_description?: string
  eligibility_description?: string
  minimum_age?: number
  maximum_age?: number
  assured_date?: string
  alert?: string
  last_modified: string
  organization: OrganizationRecord
  phones?: PhoneRecord[]
  schedules?: ScheduleRecord[]
  service_areas?: ServiceAreaRecord[]
  service_at_locations?: ServiceAtLocationRecord[]
  languages?: LanguageRecord[]
  cost_options?: { id: string; amount_description: string }[]
  required_documents?: (Attributed & { id: string; document: string })[]
  capacities?: CapacityRecord[]
}
