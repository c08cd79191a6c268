import type { LanguageCode } from '../../db/generated/enums.ts'
import { given } from '../../directory/search.ts'
import { covers, isGiven, isOfferedIn } from '../../directory/offered.ts'
import type { Commune, Organization, Service, Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { readPlaces } from '../../place/rules.ts'
import { readAudiences, readNeeds, tooMany, unknownCode } from '../../taxonomy/rules.ts'
import { dayIn } from './calendar.ts'
import { demoteStale, staleLast } from './freshness.ts'
import { serviceOpening } from './hours.ts'

/** What a caller may ask of a list of services. Absent and null both mean "any". */
export type ServiceFilter = {
  search?: string | null
  needs?: readonly string[] | null
  audiences?: readonly string[] | null
  postalCode?: string | null
  nisCode?: string | null
  organization?: string | null
  languages?: readonly LanguageCode[] | null
  openNow?: boolean | null
}

/**
 * The services that pass every part of the filter, without those that ended or are not given at present. With `search` best matches come
 * first; else, with a commune, services of that commune alone before those of its province, region and country, and phone and online services
 * made for another province or region last; else those of single communes after the others, since most of them are for other people; within
 * that in the editors' order. Stale ones come a little later with `search`, else after the others that are as near.
 * @throws InvalidInput for a code that does not exist: an empty list would say that nobody helps
 */
export function findServices(directory: Snapshot, filter: ServiceFilter, now: Date): readonly Service[] {
  const { needs, audiences, communes, organization } = readCodes(directory, filter)
  const search = given(filter.search)
  const searched = search ? directory.search.services.find(search) : directory.services
  const languages = filter.languages ?? []

  const found = searched.filter(
    (service) =>
      isGiven(service) &&
      (needs.size === 0 || service.needs.some((need) => needs.has(need))) &&
      (audiences.size === 0 || service.audiences.some((audience) => audiences.has(audience))) &&
      (communes === null || isOfferedIn(service, communes)) &&
      (organization === null || service.organization === organization) &&
      (languages.length === 0 || languages.some((language) => service.languages.includes(language))) &&
      (!filter.openNow || serviceOpening(service, now).open),
  )
  const today = dayIn(now)
  if (search) return demoteStale(found, today)
  return nearestFirst(staleLast(found, today), communes)
}

function readCodes(directory: Snapshot, filter: ServiceFilter) {
  const { needs, problems } = readNeeds(directory, filter.needs, ['filter', 'needs'])
  const { audiences, problems: audienceProblems } = readAudiences(directory, filter.audiences, ['filter', 'audiences'])
  const { communes, problems: placeProblems } = readPlaces(directory, filter, ['filter'])
  problems.push(...audienceProblems, ...placeProblems, ...tooMany(filter.languages, ['filter', 'languages']))
  let organization: Organization | null = null
  const slug = given(filter.organization)
  if (slug !== null) {
    organization = directory.organizationsBySlug.get(slug) ?? null
    if (!organization) problems.push(unknownCode(['filter', 'organization'], slug))
  }
  if (problems.length > 0) throw new InvalidInput(problems)
  return { needs, audiences, communes, organization }
}

/** Whether other records still name it: it has not ended for good, and no check found that it does not answer. */
export const isNotOver = ({ status, checkFailedOn }: Service): boolean => status !== 'DEFUNCT' && checkFailedOn === null

const WIDTH = { COMMUNE: 0, PROVINCE: 1, REGION: 2, COUNTRY: 3 } as const

/**
 * By how wide the narrowest area is that covers the place: a service of the commune itself before one of the whole country. Without a place
 * what is offered in single communes only comes last.
 */
function nearestFirst(services: readonly Service[], communes: readonly Commune[] | null): Service[] {
  const width = ({ serviceAreas }: Service): number => {
    if (serviceAreas.length === 0) return communes === null ? 0 : WIDTH.COUNTRY
    if (communes === null) return serviceAreas.every(({ kind }) => kind === 'COMMUNE') ? 1 : 0
    const covering = serviceAreas.filter((area) => communes.some((commune) => covers({ serviceAreas: [area] }, commune)))
    return Math.min(...covering.map(({ kind }) => WIDTH[kind]))
  }
  const widths = new Map(services.map((service) => [service, width(service)]))
  return [...services].sort((a, b) => (widths.get(a) ?? 0) - (widths.get(b) ?? 0))
}
