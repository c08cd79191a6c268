import { type Answer, type Ask, pathOf, responseOf } from './exchange.ts'

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
export function answerStarting(ask: Ask): Answer {
  const path = pathOf(ask)
  if (path === '/health') return word(200, 'ok')
  if (path !== '/graphql') return word(503, 'starting', { 'retry-after': RETRY_AFTER })
  if (ask.method === 'OPTIONS') return { status: 204, headers: Object.entries(ANY_PAGE).flat(), body: null }
  return answer(503, STARTING, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': RETRY_AFTER,
    ...ANY_PAGE,
  })
}

/** While the server stops it is not ready for more; null for every other request, which is answered as ever. */
export const answerStopping = (ask: Ask): Answer | null =>
  pathOf(ask) === '/ready' ? word(503, 'stopping', { 'retry-after': RETRY_AFTER }) : null

/** One word for a program or an operator. */
export const word = (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  answer(status, `${text}\n`, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })

/** The same, for those who answer with a `Response`. */
export const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  responseOf(word(status, text, headers))

function answer(status: number, text: string, headers: Record<string, string>): Answer {
  const body = new Uint8Array(Buffer.from(text))
  return { status, headers: Object.entries({ ...headers, 'content-length': String(body.length) }).flat(), body }
}
