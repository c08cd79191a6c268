import type { Context } from '../context.ts'
import { languagesFrom, tagOf } from '../directory/language.ts'
import { LONGEST_BODY } from './bounds.ts'
import { compress, encodingFor, QUICK } from './encoding.ts'
import { allowOrigin, preflight } from './cors.ts'
import type { LogError } from './errors.ts'
import { createGraphiQL } from './graphiql.ts'
import { createGraphQL } from './yoga.ts'

/**
 * How long a public answer may be kept, in seconds: "open now" is never told later than that. Answers to POST, and answers that tell of
 * an error, are not kept.
 */
const PUBLIC_CACHE = 'public, max-age=60'
/** Shorter answers are sent as they are: compressing them saves nothing. In bytes. */
const SHORT = 1_400

export type EndpointParts = {
  contextOf(request: Request, languages: Context['languages']): Context
  /** Whether pages of this origin may read the answers. */
  knowsOrigin(origin: string): boolean
  logError: LogError
}

/** `/graphql`: which requests are taken, in which language they are answered, who may read and who may keep the answer. */
export function createEndpoint({ contextOf, knowsOrigin, logError }: EndpointParts): (request: Request) => Promise<Response> {
  const graphql = createGraphQL(logError)
  const graphiql = createGraphiQL()

  return async (request) => {
    const origin = request.headers.get('origin')
    const known = origin !== null && knowsOrigin(origin)
    if (request.method === 'OPTIONS') return preflight(origin ?? '', known)
    if (isBrowser(request)) return graphiql(request)

    const languages = languagesFrom(request.headers.get('accept-language'))
    const refused = refuse(request)
    const { response, failed } = refused ? { response: refused, failed: true } : await graphql(request, contextOf(request, languages))
    const headers = new Headers(response.headers)
    headers.set('content-language', tagOf(languages[0] ?? 'FR'))
    headers.set('vary', 'Accept-Language, Accept, Accept-Encoding')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('cache-control', request.method === 'GET' && !failed ? PUBLIC_CACHE : 'no-store')
    allowOrigin(headers, origin, known)
    return send(request, response, headers)
  }
}

async function send(request: Request, response: Response, headers: Headers): Promise<Response> {
  const body = new Uint8Array(await response.arrayBuffer())
  const encoding = body.length < SHORT ? 'identity' : encodingFor(request)
  const encoded = await compress(body, encoding, QUICK)
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  headers.set('content-length', String(encoded.length))
  return new Response(encoded, { status: response.status, headers })
}

const isBrowser = (request: Request): boolean =>
  request.method === 'GET' &&
  (request.headers.get('accept')?.includes('text/html') ?? false) &&
  !new URL(request.url).searchParams.has('query')

/** Refuses what is not a GraphQL request as this server takes them, before anything is parsed. */
function refuse(request: Request): Response | null {
  if (request.method === 'GET') return null
  if (request.method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED', 'Use GET or POST.', { allow: 'GET, POST' })
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    return refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > LONGEST_BODY) {
    return refusal(413, 'BODY_TOO_LARGE', `A request has ${LONGEST_BODY} bytes at most.`)
  }
  return null
}

const refusal = (status: number, code: string, message: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ errors: [{ message, extensions: { code } }] }), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
