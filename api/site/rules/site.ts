import type { LanguageCode } from '../../db/generated/enums.ts'
import { SiteRefused } from '../../errors.ts'

/** A partner website as the directory knows it. The key is public: it binds origins, and opens nothing. */
export type Site = { id: string; key: string; origins: readonly string[]; callbacksPerHour: number }

/** Where this server is: its own origins, and whether only this machine reaches it. */
export type ServerPlace = { ownOrigins: ReadonlySet<string>; loopback: boolean }

/** The site of calls that name none and come from no web page: developers' and partners' own programs. It exists in every database. */
export const DIRECT_SITE = 'direct'

/** What a program could send as its origin to be taken for one of these words. */
const NO_ORIGINS: ReadonlySet<string> = new Set(['null', 'self', 'loopback'])

/** Whether an origin is of a page on one's own machine. */
export const isLoopback = (origin: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin)

/**
 * Whether a page of `origin` may use a site. Origins are exact, but for two words: `self` is the server's own pages; `loopback` is any
 * page of this machine, for trying things out, and means nothing once the server listens to others. `null`, the origin of sandboxed and
 * local files, never may.
 */
export function originAllowed({ origins }: Pick<Site, 'origins'>, origin: string, place: ServerPlace): boolean {
  if (NO_ORIGINS.has(origin)) return false
  if (origins.includes(origin)) return true
  if (origins.includes('self') && place.ownOrigins.has(origin)) return true
  return origins.includes('loopback') && place.loopback && isLoopback(origin)
}

/** Whether any site knows this origin: the answer to a browser's preflight, which does not tell the site key. */
export const originKnown = (sites: ReadonlyMap<string, Site>, origin: string, place: ServerPlace): boolean =>
  [...sites.values()].some((site) => originAllowed(site, origin, place))

/**
 * The site a request speaks for.
 * @param key the `Passerelle-Site` header
 * @param origin the `Origin` header, which browsers always send with a POST
 * @throws SiteRefused when the key does not exist, or the page may not use it; a web page must name a site
 */
export function identifySite(
  sites: ReadonlyMap<string, Site>,
  { key, origin, place }: { key: string | null; origin: string | null; place: ServerPlace },
): Site {
  if (key === null && origin !== null) throw new SiteRefused('UNKNOWN_SITE')
  const site = sites.get(key ?? DIRECT_SITE)
  if (!site) throw new SiteRefused('UNKNOWN_SITE')
  if (origin !== null && !originAllowed(site, origin, place)) throw new SiteRefused('ORIGIN_NOT_ALLOWED')
  return site
}

/** What an operator says of a site. */
export type SiteOptions = { key: string; name?: string; origin?: string[]; language?: string; quota?: string }
export type SiteRecord = { key: string; name: string; origins: string[]; defaultLanguage: LanguageCode; callbacksPerHour: number }

/** Requests to be called back that a new site may send in an hour before each must be worked for: a commune of 50,000 has fewer in a day. */
const USUAL_QUOTA = 60

/** A site from what an operator said and what was stored before, or what is wrong with it. */
export function readSite({ key, name, origin, language, quota }: SiteOptions, stored: SiteRecord | null): SiteRecord | { problem: string } {
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(key)) return { problem: `The key “${key}” must have 2 to 40 small letters, digits and hyphens.` }
  const spoken = language?.toUpperCase() ?? stored?.defaultLanguage ?? 'FR'
  if (!['FR', 'DE', 'NL', 'EN'].includes(spoken)) return { problem: `The language “${language}” must be fr, de, nl or en.` }
  const origins = origin?.map((one) => one.replace(/\/$/, ''))
  const wrong = origins?.find((one) => !isOrigin(one))
  if (wrong !== undefined)
    return { problem: `The origin “${wrong}” must be like https://www.rivage.example, without a path (or self, or loopback).` }
  const called = name ?? stored?.name
  if (!called) return { problem: 'A new site needs a --name.' }
  if (quota !== undefined && !/^[1-9]\d{0,5}$/.test(quota)) {
    return { problem: `The quota “${quota}” must be a number from 1 to 999999: requests to be called back in an hour.` }
  }
  const callbacksPerHour = quota === undefined ? (stored?.callbacksPerHour ?? USUAL_QUOTA) : Number(quota)
  return { key, name: called, origins: origins ?? stored?.origins ?? [], defaultLanguage: spoken as LanguageCode, callbacksPerHour }
}

function isOrigin(text: string): boolean {
  if (text === 'self' || text === 'loopback') return true
  try {
    return /^https?:/.test(text) && new URL(text).origin === text
  } catch {
    return false
  }
}
