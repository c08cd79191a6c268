import type { AreaKind, HandOver, LanguageCode } from '../../db/generated/enums.ts'
import type { Commune, Need } from '../../directory/snapshot.ts'

/** What must be known of a partner to say whether it is the right one. */
export type Offering = {
  accepting: boolean
  /** Open cases at a time; null: as many as come. */
  capacity: number | null
  openCases: number
  /** It can be told of a case at present: by its system, or it does not rely on one. */
  reachable: boolean
  /** None: all needs. */
  needCodes: readonly string[]
  /** None: all languages. */
  languages: readonly LanguageCode[]
  /** None: everywhere. */
  areas: readonly { kind: AreaKind; code: string }[]
}

/** What is asked for, as far as it is known. */
export type Asked = {
  need: Need | null
  /** Those that the postal code may mean; none: unknown. */
  communes: readonly Commune[]
  language: LanguageCode
}

/** Why a partner fits or not. Unknown never excludes, and says so. */
export type MatchReason = { of: 'ACCEPTING' | 'ROOM' | 'REACHABLE' | 'NEED' | 'PLACE' | 'LANGUAGE'; fits: 'YES' | 'NO' | 'UNKNOWN' }

/** @returns every reason, in the order in which they are told, that it can be reached only when it cannot; it fits when none says no */
export function matchPartner(partner: Offering, asked: Asked): { fits: boolean; reasons: MatchReason[] } {
  const reasons: MatchReason[] = [
    { of: 'ACCEPTING', fits: partner.accepting ? 'YES' : 'NO' },
    { of: 'ROOM', fits: hasRoom(partner) ? 'YES' : 'NO' },
    ...(partner.reachable ? [] : [{ of: 'REACHABLE', fits: 'NO' } as const]),
    { of: 'NEED', fits: needFits(partner, asked.need) },
    { of: 'PLACE', fits: placeFits(partner, asked.communes) },
    { of: 'LANGUAGE', fits: partner.languages.length === 0 || partner.languages.includes(asked.language) ? 'YES' : 'NO' },
  ]
  return { fits: reasons.every(({ fits }) => fits !== 'NO'), reasons }
}

export const hasRoom = ({ capacity, openCases }: Pick<Offering, 'capacity' | 'openCases'>): boolean =>
  capacity === null || openCases < capacity

/** Whether messages to a partner go out at present: its system is not paused, and has passed a test, if that is how it is told. */
export const isReachable = ({ handOver, endpoint }: Told): boolean =>
  handOver !== 'WEBHOOK' || (endpoint !== null && endpoint.checkedAt !== null && endpoint.pausedAt === null)

type Told = { handOver: HandOver; endpoint: { checkedAt: Date | null; pausedAt: Date | null } | null }

/** Its own code, or one above it. Of a wider need than the partner's it is not known which part is meant. */
function needFits({ needCodes }: Offering, need: Need | null): MatchReason['fits'] {
  if (needCodes.length === 0) return 'YES'
  if (need === null) return 'UNKNOWN'
  for (let at: Need | null = need; at !== null; at = at.parent) if (needCodes.includes(at.code)) return 'YES'
  return hasBelow(need, needCodes) ? 'UNKNOWN' : 'NO'
}

const hasBelow = ({ children }: Need, codes: readonly string[]): boolean =>
  children.some((child) => codes.includes(child.code) || hasBelow(child, codes))

function placeFits({ areas }: Offering, communes: readonly Commune[]): MatchReason['fits'] {
  if (areas.length === 0) return 'YES'
  if (communes.length === 0) return areas.some(({ kind }) => kind === 'COUNTRY') ? 'YES' : 'UNKNOWN'
  const covered = communes.filter((commune) => areas.some((area) => covers(area, commune)))
  return covered.length === communes.length ? 'YES' : covered.length > 0 ? 'UNKNOWN' : 'NO'
}

function covers({ kind, code }: Offering['areas'][number], { nisCode, province, region }: Commune): boolean {
  switch (kind) {
    case 'COMMUNE':
      return code === nisCode
    case 'PROVINCE':
      return code === province
    case 'REGION':
      return code === region
    case 'COUNTRY':
      return true
  }
}

/** The best first: what fits, then what is surest, then who has fewest open cases for its capacity, then fewest at all. */
export function bestFirst<T extends { partner: Offering; fits: boolean; reasons: readonly MatchReason[] }>(offers: readonly T[]): T[] {
  const open = ({ reasons }: T) => reasons.filter(({ fits }) => fits !== 'YES').length
  const load = ({ partner: { openCases, capacity } }: T) => (capacity === null ? 0 : openCases / capacity)
  return [...offers].sort(
    (a, b) => Number(b.fits) - Number(a.fits) || open(a) - open(b) || load(a) - load(b) || a.partner.openCases - b.partner.openCases,
  )
}
