import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Audience, Commune, Organization, Service, Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { readPlaces } from '../../place/rules.ts'
import { readNeeds, unknownCode } from '../../taxonomy/rules.ts'
import { covers } from './eligibility.ts'
import { openingAt } from './hours.ts'

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
 * The services that pass every part of the filter. With `search` best matches come first, else in the editors' order; with a commune,
 * services of that commune alone come before those of its province, region and country.
 * @throws InvalidInput for a code that does not exist: an empty list would say that nobody helps
 */
export function findServices(directory: Snapshot, filter: ServiceFilter, now: Date): readonly Service[] {
  const { needs, audiences, communes, organization } = readCodes(directory, filter)
  const searched = filter.search?.trim() ? directory.search.services.find(filter.search) : directory.services
  const languages = filter.languages ?? []

  const found = searched.filter(
    (service) =>
      service.status !== 'DEFUNCT' &&
      (needs.size === 0 || service.needs.some((need) => needs.has(need))) &&
      (audiences.size === 0 || service.audiences.some((audience) => audiences.has(audience))) &&
      (communes === null || communes.some((commune) => covers(service, commune))) &&
      (organization === null || service.organization === organization) &&
      (languages.length === 0 || languages.some((language) => service.languages.includes(language))) &&
      (!filter.openNow || openingAt(service.schedules, now).open),
  )
  return communes === null ? found : [...found].sort((a, b) => width(a, communes) - width(b, communes))
}

function readCodes(directory: Snapshot, filter: ServiceFilter) {
  const { needs, problems } = readNeeds(directory, filter.needs ?? [], ['filter', 'needs'])
  const unknown = (name: string, value: string) => problems.push(unknownCode(['filter', name], value))

  const audiences = new Set<Audience>()
  for (const code of filter.audiences ?? []) {
    const audience = directory.audiencesByCode.get(code)
    if (audience) audiences.add(audience)
    else unknown('audiences', code)
  }
  const { communes, problems: placeProblems } = readPlaces(directory, filter, ['filter'])
  problems.push(...placeProblems)
  let organization: Organization | null = null
  if (filter.organization != null) {
    organization = directory.organizationsBySlug.get(filter.organization) ?? null
    if (!organization) unknown('organization', filter.organization)
  }
  if (problems.length > 0) throw new InvalidInput(problems)
  return { needs, audiences, communes, organization }
}

const WIDTH = { COMMUNE: 0, PROVINCE: 1, REGION: 2, COUNTRY: 3 } as const

/** How near the narrowest area that covers the place is: a service of the commune itself before one of the whole country. */
function width(service: Service, communes: readonly Commune[]): number {
  const widths = service.serviceAreas
    .filter((area) => communes.some((commune) => covers({ serviceAreas: [area] }, commune)))
    .map((area) => WIDTH[area.kind])
  return Math.min(...widths)
}
