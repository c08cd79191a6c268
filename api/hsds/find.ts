import { metersBetween } from '../place/rules.ts'
import { fold } from '../directory/search.ts'
import type { Commune, Location, Organization, Service, Snapshot } from '../directory/snapshot.ts'
import { findOrganizations } from '../organization/rules.ts'
import { isOfferedIn } from '../directory/offered.ts'
import { serviceAtLocationId } from './map/places.ts'
import { TAXONOMIES, type TaxonomyName, type Term, taxonomyId, termId, termsOf } from './map/taxonomy.ts'
import type { Query } from './parameters.ts'

export type ServiceAtLocation = { id: string; service: Service; location: Location }

/** The directory by the identifiers of the feed. */
type Index = {
  services: ReadonlyMap<string, Service>
  organizations: ReadonlyMap<string, Organization>
  taxonomies: ReadonlyMap<string, TaxonomyName>
  terms: ReadonlyMap<string, Term>
  serviceAtLocations: ReadonlyMap<string, ServiceAtLocation>
}

/** Made once for each snapshot, which never changes: a cache. */
const indexes = new WeakMap<Snapshot, Index>()

export function indexOf(directory: Snapshot): Index {
  let index = indexes.get(directory)
  if (!index) {
    const by = <T extends { id: string }>(records: readonly T[]) => new Map(records.map((record) => [record.id, record]))
    const pairs = directory.services.flatMap((service) =>
      service.locations.map((location) => ({ id: serviceAtLocationId(service, location), service, location })),
    )
    index = {
      services: by(directory.services),
      organizations: by(directory.organizations),
      taxonomies: new Map(TAXONOMIES.map((name) => [taxonomyId(name), name])),
      terms: by(termsOf(directory)),
      serviceAtLocations: by(pairs),
    }
    indexes.set(directory, index)
  }
  return index
}

/** The services that pass every filter; best matches first with a search, else in the editors' order. */
export function findServices(directory: Snapshot, query: Query): readonly Service[] {
  const found = query.search ? directory.search.services.find(query.search) : directory.services
  return found.filter(serviceFilter(directory, query))
}

function serviceFilter(directory: Snapshot, query: Query): (service: Service) => boolean {
  const isTagged = termFilter(directory, query)
  const since = query.modified_after?.getTime()
  return (service) =>
    (query.organization_id === null || service.organization.id === query.organization_id) &&
    (since === undefined || service.contentModified.getTime() >= since) &&
    isTagged(service)
}

/** Whether a service has the term, or any term of the taxonomy, that is asked for. */
function termFilter(directory: Snapshot, { taxonomy_term_id, taxonomy_id }: Query): (service: Service) => boolean {
  const { terms } = indexOf(directory)
  let wanted: ReadonlySet<unknown> | null = null
  if (taxonomy_term_id !== null) {
    const term = terms.get(taxonomy_term_id)
    wanted = new Set(term ? [term.record, ...term.children] : [])
  }
  return ({ needs, audiences }) =>
    (wanted === null || needs.some((need) => wanted.has(need)) || audiences.some((audience) => wanted.has(audience))) &&
    (taxonomy_id === null ||
      (taxonomy_id === taxonomyId('needs') && needs.length > 0) ||
      (taxonomy_id === taxonomyId('audiences') && audiences.length > 0))
}

/** Organizations; with a term or taxonomy, those that give a service which has it. */
export function findOrganizationsFor(directory: Snapshot, query: Query): readonly Organization[] {
  const found = query.search ? findOrganizations(directory, { search: query.search }) : directory.organizations
  if (query.taxonomy_term_id === null && query.taxonomy_id === null) return found
  const isTagged = termFilter(directory, query)
  return found.filter(({ services }) => services.some(isTagged))
}

/** Services at their places. With a postal code, those offered there; with a distance, those near the middle of its commune. */
export function findServiceAtLocations(directory: Snapshot, query: Query): readonly ServiceAtLocation[] {
  const communes = query.postcode === null ? null : (directory.communesByPostalCode.get(query.postcode) ?? [])
  const { proximity } = query
  return findServices(directory, query)
    .filter((service) => communes === null || isOfferedIn(service, communes))
    .flatMap((service) =>
      service.locations
        .filter((location) => communes === null || proximity === null || communes.some((one) => distance(one, location) <= proximity))
        .map((location) => ({ id: serviceAtLocationId(service, location), service, location })),
    )
}

/** Meters from the middle of a commune to a place, or to the middle of the place's commune; infinite when nobody knows. */
function distance(from: Commune, location: Location): number {
  const { latitude, longitude, commune } = location
  const to = latitude !== null && longitude !== null ? { latitude, longitude } : commune.center
  return from.center && to ? metersBetween(from.center, to) : Number.POSITIVE_INFINITY
}

export const findTaxonomies = (query: Query, textOf: (name: TaxonomyName) => string): readonly TaxonomyName[] =>
  TAXONOMIES.filter((name) => query.search === null || fold(textOf(name)).includes(fold(query.search)))

/** Terms; a search looks into their names in every language and their codes. */
export function findTerms(directory: Snapshot, { search, taxonomy_id, top_only, parent_id }: Query): readonly Term[] {
  const wanted = search === null ? null : fold(search)
  return [...indexOf(directory).terms.values()].filter(
    ({ taxonomy, record, parent }) =>
      (taxonomy_id === null || taxonomyId(taxonomy) === taxonomy_id) &&
      (!top_only || parent === null) &&
      (parent_id === null || (parent !== null && termId(taxonomy, parent.code) === parent_id)) &&
      (wanted === null ||
        [record.code, ...Object.values(record.texts).map(({ label }) => label)].some((text) => fold(text).includes(wanted))),
  )
}
