/** What a partner's page may send. No credentials: the API knows no cookie. */
const ALLOWED = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, accept-language, passerelle-site',
  'access-control-max-age': '600',
}
/** What its script may read beyond the body. */
const EXPOSED = 'content-language, retry-after'

/** The answer to a preflight; without permission for an origin that no site knows. */
export const preflight = (origin: string, known: boolean): Response =>
  new Response(null, { status: 204, headers: { vary: 'origin', ...(known ? { ...ALLOWED, 'access-control-allow-origin': origin } : {}) } })

/** Lets a known origin read the answer. */
export function allowOrigin(headers: Headers, origin: string | null, known: boolean): void {
  headers.append('vary', 'Origin')
  if (origin === null || !known) return
  headers.set('access-control-allow-origin', origin)
  headers.set('access-control-expose-headers', EXPOSED)
}
