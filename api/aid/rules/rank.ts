import type { LanguageCode } from '../../db/generated/enums.ts'
import { areaKey, areasOf, COUNTRY } from '../../directory/offered.ts'
import type { Audience, Commune, Service } from '../../directory/snapshot.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { isFull } from '../../service/rules/capacity.ts'
import { assess, type Facts, type Reason, type Verdict } from '../../service/rules/eligibility.ts'
import { isStale } from '../../service/rules/freshness.ts'
import { serviceOpening } from '../../service/rules/hours.ts'

export type Match = {
  service: Service
  eligibility: { verdict: Verdict; reasons: Reason[] }
  score: number
  /** It is made for people of her commune, as far as is known. */
  here: boolean
}

/** What ranking looks at beside the service. */
export type Person = {
  facts: Facts
  audiences: ReadonlySet<Audience>
  communes: readonly Commune[] | null
  /** Those she speaks, else those of the request. */
  languages: readonly LanguageCode[]
  openNow: boolean
  now: Date
}

/** So many of the best fitting are weighed with all that is known; nobody reads further. */
const MOST_WEIGHED = 120

/**
 * Weighs candidates: what fits what was asked counts most, then how near it is; who may use it comes before who may not, and what is open,
 * speaks her language, was checked lately and has a place before what does not. Distance only orders what covers her commune.
 * @returns best first; with `openNow` only what is open
 */
export function rank(candidates: ReadonlyMap<Service, number>, person: Person): Match[] {
  const fits = [...candidates].map(([service, fit]) => ({ service, fit: fit * 4 + nearness(service, person) }))
  fits.sort((a, b) => b.fit - a.fit)
  const matches: Match[] = []
  for (const { service, fit } of fits) {
    if (matches.length >= MOST_WEIGHED) break
    const { open } = serviceOpening(service, person.now)
    if (person.openNow && !open) continue
    const eligibility = assess(service, person.facts)
    const here = !eligibility.reasons.some(({ kind }) => kind === 'afar')
    const score = fit + merits(service, eligibility.verdict, open, person) - (here ? 0 : MADE_FOR_OTHERS)
    matches.push({ service, eligibility, score, here })
  }
  return matches.sort((a, b) => b.score - a.score)
}

/** Whom anybody may ask, but who is there for others first. */
const MADE_FOR_OTHERS = 2

/** How near: the narrowest of its areas that covers the commune, and within that the distance to where one goes. */
function nearness({ serviceAreas, locations, organization }: Service, { communes }: Person): number {
  if (communes === null) return serviceAreas.every(({ kind }) => kind === 'COMMUNE') && serviceAreas.length > 0 ? -1 : 0
  const covering = new Set(communes.flatMap(areasOf))
  const width =
    serviceAreas.length === 0
      ? WIDTHS.COUNTRY
      : Math.max(...serviceAreas.map((area) => (covering.has(areaKey(area)) ? WIDTHS[area.kind] : 0)))
  const home = communes[0]?.center
  const places = [...locations.map(({ commune }) => commune.center), organization.commune?.center ?? null]
  const distances = home ? places.flatMap((place) => (place ? [kilometres(home, place)] : [])) : []
  return width - Math.min(...distances, distances.length > 0 ? FARTHEST_KM : 0) / FARTHEST_KM / 2
}
const WIDTHS = { COMMUNE: 1.5, PROVINCE: 0.8, REGION: 0.5, [COUNTRY]: 0.3 } as const
/** Farther makes no difference any more, in kilometres. */
const FARTHEST_KM = 100

type Place = { latitude: number; longitude: number }

/** Between two places in one small country, where the earth is flat enough. */
function kilometres(a: Place, b: Place): number {
  const north = (a.latitude - b.latitude) * 111.2
  const east = (a.longitude - b.longitude) * 111.2 * Math.cos((a.latitude * Math.PI) / 180)
  return Math.hypot(north, east)
}

function merits(service: Service, verdict: Verdict, open: boolean, { audiences, languages, now }: Person): number {
  const forHer = service.audiences.some((audience) => audiences.has(audience))
  const forOthers =
    audiences.size > 0 && !forHer && service.audiences.length > 0 && service.audiences.every(({ code }) => code !== 'everyone')
  return (
    (verdict === 'NOT_ELIGIBLE' ? -100 : verdict === 'ELIGIBLE' ? 0.3 : 0) +
    (forHer ? 1 : forOthers ? -0.5 : 0) +
    (languages.some((language) => service.languages.includes(language)) ? 0.4 : 0) +
    (open ? 0.3 : 0) +
    (isStale(service, dayIn(now)) ? -0.3 : 0) +
    (service.status === 'TEMPORARILY_CLOSED' || isFull(service) ? -1.5 : 0)
  )
}
