/**
 * How much is taken from whom, before anything is stored. The table is explained in docs/decisions/0017-abuse.md.
 *
 * Volume is answered in three steps: so many requests are free; the next must each be worked for; beyond those all are refused until the
 * hour is over. A desk of a welfare centre has one address for everybody it helps, so refusing is the last answer.
 */

const HOUR = 3_600
const DAY = 86_400

/** Of one address block (an IPv4 address, or the /64 of an IPv6 one), in an hour. A web page names its origin; a program need not. */
const ADDRESS = {
  page: { name: 'callback.page', free: 5, worked: 55, challenges: 120, lookUps: 30 },
  program: { name: 'callback.program', free: 2, worked: 18, challenges: 40, lookUps: 10 },
} as const

/** What a site may send beyond its own quota once each request is worked for, as a multiple of the quota; in an hour. */
const WORKED_SITE = 4
/** New requests for one phone number from one address block, in a day. */
const PHONE = { name: 'callback.phone', points: 3, seconds: DAY } as const

/** Levels of the proof of work, see challenge.ts. */
export type Level = 1 | 2 | 3

/** Who asks: through which site, from a page or not, and from which block of addresses; null when that is not known. */
export type Caller = { site: { id: string; callbacksPerHour: number }; fromPage: boolean; address: string | null }

type Counted = { limit: { name: string; points: number; seconds: number }; by: string }

const hourly = (name: string, points: number, by: string): Counted => ({ limit: { name, points, seconds: HOUR }, by })
const tierOf = ({ fromPage }: Caller) => (fromPage ? ADDRESS.page : ADDRESS.program)

/**
 * Counted by number and address together: counted by the number alone, a stranger would learn whether somebody else had asked for it. What
 * many strangers ask for one number is put off to the next day (actions/store.ts).
 * @param phone E.164
 */
export const phoneLimit = ({ address }: Caller, phone: string): Counted[] =>
  address === null ? [] : [{ limit: PHONE, by: `${phone} ${address}` }]

/** What is taken without a proof of work. */
export function freeLimits(caller: Caller): Counted[] {
  const { name, free } = tierOf(caller)
  const { site, address } = caller
  return [
    ...(address === null ? [] : [hourly(`${name}.free`, free, address)]),
    hourly('callback.site.free', site.callbacksPerHour, site.id),
  ]
}

/** What is taken with one, beside what is taken without. */
export function workedLimits(caller: Caller): Counted[] {
  const { name, worked } = tierOf(caller)
  return [...(caller.address === null ? [] : [hourly(`${name}.worked`, worked, caller.address)]), workedBySite(caller)]
}

/** How often a site's requests were worked for. */
export const workedBySite = ({ site }: Pick<Caller, 'site'>): Counted =>
  hourly('callback.site.worked', WORKED_SITE * site.callbacksPerHour, site.id)

/** Challenges given out. */
export function challengeLimit(caller: Caller): Counted[] {
  const { name, challenges } = tierOf(caller)
  return caller.address === null ? [] : [hourly(`${name}.challenges`, challenges, caller.address)]
}

/**
 * Looking a request up by its reference and phone, to see, move, withdraw or erase it: right and wrong count alike. By address only: a limit of
 * the whole site would let a few strangers keep everybody from her request, and guessing one takes 10^11 tries and the number.
 */
export function lookUpLimits(caller: Caller): Counted[] {
  const { name, lookUps } = tierOf(caller)
  return caller.address === null ? [] : [hourly(`${name}.look-up`, lookUps, caller.address)]
}

/**
 * How hard the next challenge is. An address is told by the challenges it was given, solved or not, so that nobody collects easy ones; a site
 * by the requests that were worked for, so that nobody makes it hard for others without working himself.
 * @param counts `challenges` to this address, this one included; `worked` for this site; both within the hour
 */
export function levelFor(caller: Caller, { challenges, worked }: { challenges: number; worked: number }): Level {
  const most = tierOf(caller).challenges
  const quota = caller.site.callbacksPerHour
  const steps = [challenges > most / 6 || worked >= quota, challenges > most / 2 || worked >= 2 * quota]
  return (1 + steps.filter(Boolean).length) as Level
}
