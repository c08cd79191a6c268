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

/** What is made for a wider area than a commune and given by phone or online: anybody may ask, wherever she lives. */
export const FROM_AFAR = 'FROM AFAR'

/**
 * Whether people of other places may ask too: nobody has to go anywhere, and it is not one commune's own. Services like it are offered to
 * everybody (coverage before distance; phone and online services always), after those that are made for her place.
 */
export const isFromAfar = ({ virtual, serviceAreas }: Pick<Service, 'virtual' | 'serviceAreas'>): boolean =>
  virtual && serviceAreas.some(({ kind }) => kind === 'PROVINCE' || kind === 'REGION')

export const areaKey = ({ kind, code }: Pick<ServiceArea, 'kind' | 'code'>): string => (kind === 'COUNTRY' ? COUNTRY : `${kind} ${code}`)

/** Every list in which a service for people of this commune may stand, narrowest first; what is made for others comes last. */
export const areasOf = ({ nisCode, province, region }: Commune): string[] => [
  areaKey({ kind: 'COMMUNE', code: nisCode }),
  ...(province === null ? [] : [areaKey({ kind: 'PROVINCE', code: province })]),
  areaKey({ kind: 'REGION', code: region }),
  COUNTRY,
  FROM_AFAR,
]

/**
 * Sorts services into the lists, each in the editors' order; in those of a need, services whose main need it is come first. Services that
 * ended, are not given at present or failed their check are in none.
 */
export function offeredServices(services: readonly Service[]): Offered {
  const all = new Map<string, Service[]>()
  const byNeed = new Map<Need, Map<string, Service[]>>()
  const put = (lists: Map<string, Service[]>, key: string, service: Service) => {
    const list = lists.get(key)
    if (list) list.push(service)
    else lists.set(key, [service])
  }
  for (const service of services) {
    if (!isGiven(service)) continue
    const keys = new Set(service.serviceAreas.length === 0 ? [COUNTRY] : service.serviceAreas.map(areaKey))
    if (isFromAfar(service)) keys.add(FROM_AFAR)
    for (const key of keys) put(all, key, service)
    for (const need of service.needs) {
      const lists = byNeed.get(need) ?? new Map<string, Service[]>()
      byNeed.set(need, lists)
      for (const key of keys) put(lists, key, service)
    }
  }
  for (const [need, lists] of byNeed) {
    for (const list of lists.values()) list.sort((a, b) => Number(b.needs[0] === need) - Number(a.needs[0] === need))
  }
  return { all, byNeed }
}

/** Whether it may be named to somebody who looks for aid; what is closed for a time is, and says so. */
export const isGiven = ({ status, checkFailedOn }: Pick<Service, 'status' | 'checkFailedOn'>): boolean =>
  (status === 'ACTIVE' || status === 'TEMPORARILY_CLOSED') && checkFailedOn === null

/**
 * Whether somebody of one of these communes may use a service, by its area alone; distance plays no part. One without any area is offered
 * everywhere, and what is given from afar to everybody.
 */
export const isOfferedIn = (service: Pick<Service, 'virtual' | 'serviceAreas'>, communes: readonly Commune[]): boolean =>
  service.serviceAreas.length === 0 || isFromAfar(service) || communes.some((commune) => covers(service, commune))

/** Whether an area names a commune, or what it lies in. */
export function covers({ serviceAreas }: Pick<Service, 'serviceAreas'>, commune: Commune): boolean {
  return serviceAreas.some(
    ({ kind, code }) =>
      kind === 'COUNTRY' ||
      (kind === 'COMMUNE' && code === commune.nisCode) ||
      (kind === 'PROVINCE' && code === commune.province) ||
      (kind === 'REGION' && code === commune.region),
  )
}
