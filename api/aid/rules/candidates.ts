import { areaKey, areasOf, type ByArea, COUNTRY, FROM_AFAR, isFromAfar, isGiven } from '../../directory/offered.ts'
import type { Audience, Service, Snapshot } from '../../directory/snapshot.ts'
import type { Area, Asked } from './asked.ts'

/** A service that may help, and how well it fits what was asked and where she lives: about 0 to 10. */
export type Candidate = { service: Service; fit: number }

/** How many services of single communes are looked at while hers is not known: more would only be a list of other people's services. */
const MOST_ELSEWHERE = 50
/** How many are looked at in one list, for one need in one area, main needs first: a directory that has more needs finer needs. */
const MOST_OF_A_LIST = 150
/** How many of the best fitting are weighed with all that is known; nobody reads further. */
const MOST_CANDIDATES = 120

/** A need or a text that fits counts this much more than anything else. */
const FIT = 4
/** A service for which the need is not the main one. */
const NOT_MAIN = 0.85
/** Where nothing was asked, everything fits alike. */
const LOOKING_AROUND = 0.5
/** What is made for a narrower area is made more for her; what is made for others, and given from afar, less. */
const WIDTHS: Readonly<Record<string, number>> = { COMMUNE: 1.5, PROVINCE: 0.8, REGION: 0.5, [COUNTRY]: 0.3, [FROM_AFAR]: -1.5 }
/** Of some other commune, while hers is not known. */
const ELSEWHERE = -1

/**
 * Services that may help, best fitting first; those of other communes are not among them. However many services there are, a bounded number
 * is looked at: a person in one commune asks some short lists.
 */
export function candidatesFor(directory: Snapshot, asked: Asked, audiences: ReadonlySet<Audience>, area: Area): Candidate[] {
  const widths = widthsFor(directory, area)
  const found = new Map<Service, number>()
  const add = (service: Service, fit: number) => {
    if (fit > (found.get(service) ?? Number.NEGATIVE_INFINITY)) found.set(service, fit)
  }
  for (const [need, weight] of asked.needs) {
    eachListed(directory.offered.byNeed.get(need), widths, area, (service, width) =>
      add(service, FIT * weight * (service.needs[0] === need ? 1 : NOT_MAIN) + width),
    )
  }
  for (const [service, weight] of asked.services) {
    if (!isGiven(service)) continue
    const fit = found.get(service) ?? widthOf(service, widths, area)
    if (fit !== null) found.set(service, fit + FIT * weight)
  }
  if (!asked.anything) {
    // What there is for somebody like her, or in general.
    eachListed(directory.offered.all, widths, area, (service, width) => {
      if (audiences.size === 0 || service.audiences.some((audience) => audiences.has(audience))) add(service, FIT * LOOKING_AROUND + width)
    })
  }
  return bestOf(found)
}

/** Whether the same would have found something if she lived elsewhere. */
export function isOfferedElsewhere(directory: Snapshot, asked: Asked): boolean {
  for (const need of asked.needs.keys()) if (directory.offered.byNeed.has(need)) return true
  return [...asked.services.keys()].some(isGiven)
}

/** The lists to look in, narrowest first, each with what it counts; without a commune the wide ones, and after them the single communes'. */
function widthsFor(directory: Snapshot, { communes }: Area): ReadonlyMap<string, number> {
  const kindOf = (key: string) => (key === FROM_AFAR ? key : (key.split(' ')[0] as string))
  if (communes !== null) return new Map(communes.flatMap(areasOf).map((key) => [key, WIDTHS[kindOf(key)] ?? 0]))
  const all = [...directory.offered.all.keys()]
  return new Map([
    ...all.filter((key) => !isCommune(key)).map((key) => [key, 0] as const),
    ...all.filter(isCommune).map((key) => [key, ELSEWHERE] as const),
  ])
}

/** How near a service is that words name; null when it is other people's. */
function widthOf(service: Service, widths: ReadonlyMap<string, number>, area: Area): number | null {
  const keys = service.serviceAreas.length === 0 ? [COUNTRY] : service.serviceAreas.map(areaKey)
  if (isFromAfar(service)) keys.push(FROM_AFAR)
  const known = keys.flatMap((key) => widths.get(key) ?? [])
  if (known.length > 0) return Math.max(...known)
  return area.communes === null ? ELSEWHERE : null
}

const isCommune = (key: string): boolean => key.startsWith('COMMUNE ')

function eachListed(
  lists: ByArea | undefined,
  widths: ReadonlyMap<string, number>,
  area: Area,
  take: (service: Service, width: number) => void,
): void {
  if (!lists) return
  let elsewhere = 0
  for (const [key, width] of widths) {
    const list = lists.get(key) ?? []
    if (area.communes !== null || !isCommune(key)) {
      for (const service of list.slice(0, MOST_OF_A_LIST)) take(service, width)
      continue
    }
    for (const service of list) {
      // Every commune has its centre; which one is hers is not known, and the services of all centres are told once for all.
      if (service.organization.kind === 'CPAS') continue
      if (++elsewhere > MOST_ELSEWHERE) return
      take(service, width)
    }
  }
}

/** The best of them, best first; among equals in the order found. */
function bestOf(found: ReadonlyMap<Service, number>): Candidate[] {
  let least = Number.NEGATIVE_INFINITY
  if (found.size > MOST_CANDIDATES) {
    // Numbers are sorted much faster than records.
    const fits = Float64Array.from(found.values()).sort()
    least = fits[fits.length - MOST_CANDIDATES] as number
  }
  const best: Candidate[] = []
  for (const [service, fit] of found) if (fit >= least) best.push({ service, fit })
  return best.sort((a, b) => b.fit - a.fit).slice(0, MOST_CANDIDATES)
}
