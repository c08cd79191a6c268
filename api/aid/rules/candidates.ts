import { areasOf, type ByArea, isFromAfar } from '../../directory/offered.ts'
import type { Audience, Commune, Service, Snapshot } from '../../directory/snapshot.ts'
import { covers } from '../../service/rules/eligibility.ts'
import type { Asked } from './asked.ts'

/** Where the person lives: her commune, the two that her postal code may mean, or null when she did not say. */
export type Area = { communes: readonly Commune[] | null }

/** How many services of single communes are looked at while hers is not known: more would only be a list of other people's services. */
const MOST_ELSEWHERE = 50

/** Services that may help, with how well they fit what was asked (0 to 2). Those of other communes are not among them. */
export function candidatesFor(directory: Snapshot, asked: Asked, audiences: ReadonlySet<Audience>, area: Area): Map<Service, number> {
  const keys = keysOf(directory, area)
  const found = new Map<Service, number>()
  const add = (service: Service, weight: number) => {
    if (weight > (found.get(service) ?? 0)) found.set(service, weight)
  }
  for (const [need, weight] of asked.needs) {
    const lists = directory.offered.byNeed.get(need)
    // The first need of a service is its main one.
    if (lists) for (const service of listed(lists, keys)) add(service, weight * (service.needs[0] === need ? 1 : 0.85))
  }
  const { communes } = area
  const offeredHere = (service: Service): boolean =>
    communes === null || service.serviceAreas.length === 0 || isFromAfar(service) || communes.some((commune) => covers(service, commune))
  for (const [service, weight] of asked.services) {
    if (isGiven(service) && offeredHere(service)) found.set(service, (found.get(service) ?? 0) + weight)
  }
  if (asked.anything) return found
  // Nothing was asked: what there is for somebody like her, or in general.
  for (const service of listed(directory.offered.all, keys)) {
    if (audiences.size === 0 || service.audiences.some((audience) => audiences.has(audience))) add(service, 0.5)
  }
  return found
}

/** Whether the same would have found something if she lived elsewhere. */
export function isOfferedElsewhere(directory: Snapshot, asked: Asked): boolean {
  for (const need of asked.needs.keys()) if (directory.offered.byNeed.has(need)) return true
  return [...asked.services.keys()].some(isGiven)
}

const isGiven = ({ status, checkFailedOn }: Service): boolean =>
  (status === 'ACTIVE' || status === 'TEMPORARILY_CLOSED') && checkFailedOn === null

/** The lists to look in; without a commune the wide ones, and after them those of single communes. */
function keysOf(directory: Snapshot, { communes }: Area): string[] {
  if (communes !== null) return [...new Set(communes.flatMap(areasOf))]
  const all = [...directory.offered.all.keys()]
  return [...all.filter((key) => !isCommune(key)), ...all.filter(isCommune)]
}

const isCommune = (key: string): boolean => key.startsWith('COMMUNE ')

function* listed(lists: ByArea, keys: readonly string[]): Generator<Service> {
  let elsewhere = 0
  const single = keys.filter(isCommune).length
  for (const key of keys) {
    for (const service of lists.get(key) ?? []) {
      if (service.checkFailedOn !== null) continue
      // A handful of communes are the person's own.
      if (single > 2 && isCommune(key)) {
        // Every commune has its centre; which one is hers is not known, and the services of all centres are told once for all.
        if (service.organization.kind === 'CPAS') continue
        if (++elsewhere > MOST_ELSEWHERE) return
      }
      yield service
    }
  }
}
