import type { Context } from './context.ts'
import type { PrismaClient } from './db/generated/client.ts'
import { languagesFrom, tagOf } from './directory/language.ts'
import type { Directory } from './directory/holder.ts'
import { allowOrigin, preflight } from './http/cors.ts'
import { type Files, serveFile } from './http/files.ts'
import { createGraphQL, LONGEST_BODY, type LogError } from './http/yoga.ts'
import type { Keys } from './sealing/seal.ts'
import { identifySite, originKnown, type ServerPlace } from './site/rules.ts'

/** Everything the application is made of; nothing in it reads the environment or a clock of its own. */
export type AppParts = {
  db: PrismaClient
  directory: Directory
  keys: Keys
  place: ServerPlace
  files: Files
  clock: () => Date
  logError: LogError
}

export type App = { fetch(request: Request): Promise<Response> }

/** How long a public answer may be served again, and shown while a newer one is fetched, in seconds. */
const PUBLIC_CACHE = 'public, max-age=60, stale-while-revalidate=600'

/** The whole application as one function from request to response: the server, and the tests, call `fetch`. */
export function createApp(parts: AppParts): App {
  const graphql = createGraphQL(parts.logError)

  async function answerGraphQL(request: Request): Promise<Response> {
    const origin = request.headers.get('origin')
    const known =
      origin !== null && (parts.place.ownOrigins.has(origin) || originKnown(parts.directory.current().sites, origin, parts.place))
    if (request.method === 'OPTIONS') return preflight(origin ?? '', known)
    const refused = refuseRequest(request)
    const languages = languagesFrom(request.headers.get('accept-language'))
    const response = refused ?? (await graphql(request, contextOf(request, origin, languages)))

    const headers = new Headers(response.headers)
    headers.set('content-language', tagOf(languages[0] ?? 'FR'))
    headers.append('vary', 'Accept-Language, Accept')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('cache-control', request.method === 'GET' && response.status === 200 && isJson(headers) ? PUBLIC_CACHE : 'no-store')
    allowOrigin(headers, origin, known)
    return new Response(response.body, { status: response.status, headers })
  }

  function contextOf(request: Request, origin: string | null, languages: Context['languages']): Context {
    const directory = parts.directory.current()
    const key = request.headers.get('passerelle-site')
    return {
      db: parts.db,
      directory,
      now: parts.clock(),
      languages,
      keys: parts.keys,
      byAddress: request.method === 'GET',
      site: () => identifySite(directory.sites, { key, origin, place: parts.place }),
    }
  }

  return {
    async fetch(request) {
      const url = new URL(request.url)
      const path = url.pathname.replace(/(.)\/+$/, '$1')
      if (path === '/graphql') return answerGraphQL(request)
      if (path === '/health') return plain(200, 'ok')
      if (path === '/ready') return answerReady(parts.db)
      if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'method not allowed', { allow: 'GET, HEAD' })
      return serveFile(parts.files, request, path === '/' ? '/index.html' : path) ?? plain(404, 'not found')
    },
  }
}

/** Refuses what is not a GraphQL request as this server takes them, before anything is parsed. */
function refuseRequest(request: Request): Response | null {
  if (request.method === 'GET' && request.headers.get('accept')?.includes('text/html')) return null
  if (request.method !== 'GET' && request.method !== 'POST')
    return graphqlError(405, 'METHOD_NOT_ALLOWED', 'Use GET or POST.', { allow: 'GET, POST' })
  if (request.method === 'GET') return null
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    return graphqlError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > LONGEST_BODY) {
    return graphqlError(413, 'BODY_TOO_LARGE', `A request has ${LONGEST_BODY} bytes at most.`)
  }
  return null
}

async function answerReady(db: PrismaClient): Promise<Response> {
  try {
    await db.contentVersion.findUnique({ where: { id: 1 } })
    return plain(200, 'ready')
  } catch {
    return plain(503, 'database unreachable', { 'retry-after': '5' })
  }
}

const isJson = (headers: Headers): boolean => headers.get('content-type')?.includes('json') ?? false

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers } })

const graphqlError = (status: number, code: string, message: string, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ errors: [{ message, extensions: { code } }] }), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
