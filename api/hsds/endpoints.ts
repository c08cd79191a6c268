import type { Organization, Service, Snapshot } from '../directory/snapshot.ts'
import {
  findOrganizationsFor,
  findServiceAtLocations,
  findServices,
  findTaxonomies,
  findTerms,
  indexOf,
  type ServiceAtLocation,
} from './find.ts'
import { organizationRecord } from './map/organization.ts'
import type { Languages } from './map/parts.ts'
import { serviceAtLocationRecord } from './map/places.ts'
import { serviceRecord } from './map/service.ts'
import { type TaxonomyName, type Term, taxonomyRecord, termRecord } from './map/taxonomy.ts'
import type { ParameterName, Query } from './parameters.ts'

/** What a request is answered from: the content, the languages wanted, and the day in Belgium (`YYYY-MM-DD`). */
export type Feed = { directory: Snapshot; languages: Languages; today: string }

/** A list of the standard, and its records one by one. `T` is what the directory has for a record. */
type Endpoint<T> = {
  /** Name of its schema. */
  schema: string
  summary: string
  parameters: readonly ParameterName[]
  /** Those of a single record. */
  oneParameters: readonly ParameterName[]
  find: (feed: Feed, query: Query) => readonly T[]
  get: (feed: Feed, id: string) => T | undefined
  /** @param full nested, as a single record always is */
  record: (item: T, feed: Feed, query: Query, full: boolean) => object
}

const PAGING = ['lang', 'search', 'page', 'per_page', 'format'] as const
const TERMS = ['taxonomy_term_id', 'taxonomy_id'] as const

const endpoint = <T>(one: Endpoint<T>) => ({
  ...one,
  /** A list as a function from position to record, so that records are made only when they are sent. */
  list(feed: Feed, query: Query): { total: number; at: (index: number) => object } {
    const items = one.find(feed, query)
    return { total: items.length, at: (index) => one.record(items[index] as T, feed, query, query.full) }
  },
  one(feed: Feed, query: Query, id: string): object | null {
    const item = one.get(feed, id)
    return item === undefined ? null : one.record(item, feed, query, true)
  },
})

export type ListEndpoint = Omit<ReturnType<typeof endpoint>, 'find' | 'get' | 'record'>

const services = endpoint<Service>({
  schema: 'service',
  summary: 'What people are helped with.',
  parameters: [...PAGING, ...TERMS, 'organization_id', 'modified_after', 'minimal', 'full'],
  oneParameters: ['lang'],
  find: ({ directory }, query) => findServices(directory, query),
  get: ({ directory }, id) => indexOf(directory).services.get(id),
  record: (service, { languages, today }, { minimal }, full) =>
    minimal ? { id: service.id, last_modified: service.contentModified.toISOString() } : serviceRecord(service, languages, today, full),
})

const organizations = endpoint<Organization>({
  schema: 'organization',
  summary: 'Who helps.',
  parameters: [...PAGING, ...TERMS, 'full', 'full_service'],
  oneParameters: ['lang', 'full_service'],
  find: ({ directory }, query) => findOrganizationsFor(directory, query),
  get: ({ directory }, id) => indexOf(directory).organizations.get(id),
  record(organization, { languages, today }, { full_service }, full) {
    const record = organizationRecord(organization, languages, full || full_service)
    if (!full_service) return record
    return { ...record, services: organization.services.map((service) => serviceRecord(service, languages, today, true)) }
  },
})

const serviceAtLocations = endpoint<ServiceAtLocation>({
  schema: 'service_at_location',
  summary: 'Which service is given in which place.',
  parameters: [...PAGING, ...TERMS, 'organization_id', 'modified_after', 'full', 'postcode', 'proximity'],
  oneParameters: ['lang'],
  find: ({ directory }, query) => findServiceAtLocations(directory, query),
  get: ({ directory }, id) => indexOf(directory).serviceAtLocations.get(id),
  record: ({ service, location }, { languages }, _query, full) => serviceAtLocationRecord(service, location, languages, full),
})

const taxonomies = endpoint<TaxonomyName>({
  schema: 'taxonomy',
  summary: 'The taxonomies: needs and audiences.',
  parameters: PAGING,
  oneParameters: ['lang'],
  find: ({ languages }, query) => findTaxonomies(query, (name) => Object.values(taxonomyRecord(name, languages)).join(' ')),
  get: ({ directory }, id) => indexOf(directory).taxonomies.get(id),
  record: (name, { languages }) => taxonomyRecord(name, languages),
})

const taxonomyTerms = endpoint<Term>({
  schema: 'taxonomy_term',
  summary: 'The terms of the taxonomies.',
  parameters: [...PAGING, 'taxonomy_id', 'top_only', 'parent_id'],
  oneParameters: ['lang'],
  find: ({ directory }, query) => findTerms(directory, query),
  get: ({ directory }, id) => indexOf(directory).terms.get(id),
  record: (term, { languages }) => termRecord(term, languages),
})

/** The lists by their name in the address. */
export const ENDPOINTS: ReadonlyMap<string, ListEndpoint> = new Map<string, ListEndpoint>([
  ['services', services],
  ['organizations', organizations],
  ['service_at_locations', serviceAtLocations],
  ['taxonomies', taxonomies],
  ['taxonomy_terms', taxonomyTerms],
])
