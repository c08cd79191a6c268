/** How soon to come back while the server starts or stops, in seconds. */
const RETRY_AFTER = '2'

/**
 * Before the content is there, which sites may ask is not known either: any page may read the one answer there is, so that a widget knows
 * to try again.
 */
const ANY_PAGE = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, accept-language, passerelle-site',
  'access-control-expose-headers': 'retry-after',
}

const STARTING = JSON.stringify({
  errors: [{ message: 'The server is starting: try again in a moment.', extensions: { code: 'STARTING' } }],
})

/** What is answered until the application is there. */
export function answerStarting(request: Request): Response {
  const { pathname } = new URL(request.url)
  if (pathname === '/health') return plain(200, 'ok')
  if (pathname !== '/graphql') return plain(503, 'starting', { 'retry-after': RETRY_AFTER })
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: ANY_PAGE })
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': RETRY_AFTER,
    ...ANY_PAGE,
  }
  return new Response(STARTING, { status: 503, headers })
}

/** While the server stops it is not ready for more; null for every other request, which is answered as ever. */
export const answerStopping = (request: Request): Response | null =>
  new URL(request.url).pathname === '/ready' ? plain(503, 'stopping', { 'retry-after': RETRY_AFTER }) : null

/** One word for a program or an operator. */
export const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  })
