import type { LanguageCode } from '../../db/generated/enums.ts'
import { given } from '../../directory/search.ts'
import { areasOf, COUNTRY, FROM_AFAR, isGiven, isOfferedIn } from '../../directory/offered.ts'
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
  const today = dayIn(now)
  const pool = search
    ? directory.search.services.find(search)
    : communes
      ? nearestFirst(directory, communes, today)
      : listed(directory, today)
  const languages = filter.languages ?? []

  const found = pool.filter(
    (service) =>
      isGiven(service) &&
      (needs.size === 0 || service.needs.some((need) => needs.has(need))) &&
      (audiences.size === 0 || service.audiences.some((audience) => audiences.has(audience))) &&
      (communes === null || isOfferedIn(service, communes)) &&
      (organization === null || service.organization === organization) &&
      (languages.length === 0 || languages.some((language) => service.languages.includes(language))) &&
      (!filter.openNow || serviceOpening(service, now).open),
  )
  return search ? demoteStale(found, today) : found
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

/**
 * What is offered to people of these communes, by how wide the narrowest area is that covers them: a service of the commune itself before
 * one of the whole country, and what is made for others but may be asked from afar last. Stale ones come after the others that are as near.
 */
function nearestFirst(directory: Snapshot, communes: readonly Commune[], today: string): Service[] {
  const { all } = directory.offered
  const keys = [...new Set(communes.flatMap(areasOf))]
  const found = new Set<Service>()
  for (const wide of WIDTHS) {
    const group = new Set(keys.filter((key) => key.startsWith(wide)).flatMap((key) => all.get(key) ?? []))
    const ordered = communes.length > 1 ? inEditorsOrder(directory, group) : [...group]
    for (const service of staleLast(ordered, today)) found.add(service)
  }
  return [...found]
}
/** The beginnings of the lists' keys, narrowest first. */
const WIDTHS = ['COMMUNE ', 'PROVINCE ', 'REGION ', COUNTRY, FROM_AFAR]

/** Lists of two communes, made one. */
function inEditorsOrder({ services }: Snapshot, group: ReadonlySet<Service>): Service[] {
  return services.filter((service) => group.has(service))
}

/**
 * All that are listed where no place is told: what is offered in single communes only comes last, since most of it is for other people.
 * Worked out once a day for each snapshot, which never changes: a cache.
 */
function listed(directory: Snapshot, today: string): readonly Service[] {
  const known = lists.get(directory)
  if (known?.today === today) return known.services
  const given = staleLast(directory.services.filter(isGiven), today)
  const isWide = ({ serviceAreas }: Service) => serviceAreas.length === 0 || serviceAreas.some(({ kind }) => kind !== 'COMMUNE')
  const services = [...given.filter(isWide), ...given.filter((service) => !isWide(service))]
  lists.set(directory, { today, services })
  return services
}
const lists = new WeakMap<Snapshot, { today: string; services: readonly Service[] }>()
