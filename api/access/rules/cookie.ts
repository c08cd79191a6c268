/** Names of better-auth's cookies on this server: with `__Host-`, which browsers let no other host and no plain http set, where it has https. */
export type CookieNames = { prefix: string; session: string; code: string }

export const cookieNames = (secure: boolean): CookieNames => {
  const prefix = secure ? '__Host-passerelle' : 'passerelle'
  return { prefix, session: `${prefix}.session_token`, code: `${prefix}.two_factor` }
}

/** Longest header read, in characters: browsers send some hundreds. */
const LONGEST = 8_192

/** One cookie of a `Cookie` header, as written there; null without it. */
export function cookieIn(header: string | undefined | null, name: string): string | null {
  if (!header || header.length > LONGEST) return null
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** What better-auth signed, without the signature; null when it does not look so. */
export function signedValue(cookie: string | null): string | null {
  if (cookie === null) return null
  try {
    return /^([\w-]{16,64})\.[\w+/=-]{20,64}$/.exec(decodeURIComponent(cookie))?.[1] ?? null
  } catch {
    return null
  }
}

/**
 * Whether a cookie counts on this request: it comes from a page of our own, or from no page. Browsers say so in `Origin` with everything that
 * is not a plain GET, and in `Sec-Fetch-Site` with everything; whoever sends neither is no browser, and no other page moves it.
 */
export const countsFrom = (origin: string | undefined | null, site: string | undefined | null, own: ReadonlySet<string>): boolean =>
  (origin == null || own.has(origin)) && (site == null || site === 'same-origin' || site === 'none')
