import type { Commune, Need, Service, ServiceArea } from './snapshot.ts'

/**
 * Services by where they are offered: who lives in one commune asks four short lists, however many services the others have.
 * Keys as `areaKey` makes them.
 */
export type ByArea = ReadonlyMap<string, readonly Service[]>

/** The same for each need, and for all needs together. */
export type Offered = { all: ByArea; byNeed: ReadonlyMap<Need, ByArea> }

/** What is offered in the whole country; a service without any area is offered everywhere. */
export const COUNTRY = 'COUNTRY'

export const areaKey = ({ kind, code }: Pick<ServiceArea, 'kind' | 'code'>): string => (kind === 'COUNTRY' ? COUNTRY : `${kind} ${code}`)

/** Every list in which a service for people of this commune may stand, narrowest first. */
export const areasOf = ({ nisCode, province, region }: Commune): string[] => [
  areaKey({ kind: 'COMMUNE', code: nisCode }),
  ...(province === null ? [] : [areaKey({ kind: 'PROVINCE', code: province })]),
  areaKey({ kind: 'REGION', code: region }),
  COUNTRY,
]

/** Sorts services into the lists, each in the editors' order. Those that ended or are not given at present are in none. */
export function offeredServices(services: readonly Service[]): Offered {
  const all = new Map<string, Service[]>()
  const byNeed = new Map<Need, Map<string, Service[]>>()
  const put = (lists: Map<string, Service[]>, key: string, service: Service) => {
    const list = lists.get(key)
    if (list) list.push(service)
    else lists.set(key, [service])
  }
  for (const service of services) {
    if (service.status === 'DEFUNCT' || service.status === 'INACTIVE') continue
    const keys = service.serviceAreas.length === 0 ? [COUNTRY] : new Set(service.serviceAreas.map(areaKey))
    for (const key of keys) put(all, key, service)
    for (const need of service.needs) {
      const lists = byNeed.get(need) ?? new Map<string, Service[]>()
      byNeed.set(need, lists)
      for (const key of keys) put(lists, key, service)
    }
  }
  return { all, byNeed }
}
