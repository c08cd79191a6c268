import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Audience, Service } from '../../directory/snapshot.ts'
import { metersBetween } from '../../place/rules.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { isFull } from '../../service/rules/capacity.ts'
import { assess, type Facts, type Reason, type Verdict } from '../../service/rules/eligibility.ts'
import { isStale } from '../../service/rules/freshness.ts'
import { serviceOpening } from '../../service/rules/hours.ts'
import type { Candidate } from './candidates.ts'

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
  /** Those she speaks, else those of the request. */
  languages: readonly LanguageCode[]
  openNow: boolean
  now: Date
}

/** Whom anybody may ask, but who is there for others first. */
const MADE_FOR_OTHERS = 2
/** Whose hours nobody published, when she asks for what is open now: after those that are. */
const PERHAPS_CLOSED = 3

/**
 * Weighs candidates with all that is known: what fits what was asked counts most, then how near it is; who may use it comes before who may
 * not, and what is open, speaks her language, was checked lately and has a place before what does not. Distance only orders what covers her
 * commune.
 * @returns best first; with `openNow` without what is known to be closed
 */
export function rank(candidates: readonly Candidate[], person: Person): Match[] {
  const today = dayIn(person.now)
  const matches: Match[] = []
  for (const { service, fit } of candidates) {
    const opening = serviceOpening(service, person.now)
    if (person.openNow && opening.known && !opening.open) continue
    const eligibility = assess(service, person.facts)
    const here = !eligibility.reasons.some(({ kind }) => kind === 'afar')
    const doubts = (here ? 0 : MADE_FOR_OTHERS) + (person.openNow && !opening.known ? PERHAPS_CLOSED : 0)
    const score = fit - remoteness(service, person) - doubts + merits(service, eligibility.verdict, opening.open, today, person)
    matches.push({ service, eligibility, score, here })
  }
  return matches.sort((a, b) => b.score - a.score)
}

/** How far it is to where one goes, or to its organization: 0 to `FARTHEST`, less than between two widths of area. */
function remoteness({ locations, organization }: Service, { facts: { communes } }: Person): number {
  const home = communes?.[0]?.center
  if (!home) return 0
  const centers = locations.map(({ commune }) => commune.center)
  if (organization.commune) centers.push(organization.commune.center)
  let nearest: number | null = null
  for (const center of centers) if (center) nearest = Math.min(nearest ?? FARTHEST_M, metersBetween(home, center))
  return nearest === null ? 0 : (FARTHEST * nearest) / FARTHEST_M
}
const FARTHEST = 0.15
/** Farther makes no difference any more, in meters. */
const FARTHEST_M = 100_000

function merits(service: Service, verdict: Verdict, open: boolean, today: string, { audiences, languages }: Person): number {
  const forHer = service.audiences.some((audience) => audiences.has(audience))
  const forOthers =
    audiences.size > 0 && !forHer && service.audiences.length > 0 && service.audiences.every(({ code }) => code !== 'everyone')
  return (
    (verdict === 'NOT_ELIGIBLE' ? -100 : verdict === 'ELIGIBLE' ? 0.3 : 0) +
    (forHer ? 1 : forOthers ? -1 : 0) +
    (languages.some((language) => service.languages.includes(language)) ? 0.4 : 0) +
    (open ? 0.3 : 0) +
    (isStale(service, today) ? -0.3 : 0) +
    (service.status === 'TEMPORARILY_CLOSED' || isFull(service) ? -1.5 : 0)
  )
}
