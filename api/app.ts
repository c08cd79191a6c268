import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from './context.ts'
import type { PrismaClient } from './db/generated/client.ts'
import type { Directory } from './directory/holder.ts'
import { createEndpoint } from './http/endpoint.ts'
import type { LogError } from './http/errors.ts'
import { type Files, serveFile } from './http/files.ts'
import { plain } from './http/states.ts'
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

/** How long the database may take to say that it is there, in milliseconds. */
const READY_MS = 3_000

/** The whole application as one function from request to response: the server, and the tests, call `fetch`. */
export function createApp({ db, directory, keys, place, files, clock, logError }: AppParts): App {
  const graphql = createEndpoint({
    logError,
    knowsOrigin: (origin) => place.ownOrigins.has(origin) || originKnown(directory.current().sites, origin, place),
    contextOf(request, languages): Context {
      const current = directory.current()
      const key = request.headers.get('passerelle-site')
      const origin = request.headers.get('origin')
      return {
        db,
        directory: current,
        now: clock(),
        languages,
        keys,
        byAddress: request.method === 'GET',
        site: () => identifySite(current.sites, { key, origin, place }),
      }
    },
  })

  return {
    async fetch(request) {
      const path = new URL(request.url).pathname
      if (path === '/graphql') return graphql(request)
      if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'method not allowed', { allow: 'GET, HEAD' })
      if (path === '/health') return plain(200, 'ok')
      if (path === '/ready') return (await answers(db)) ? plain(200, 'ready') : plain(503, 'database unreachable', { 'retry-after': '5' })
      return serveFile(files, request, path === '/' ? '/index.html' : path) ?? plain(404, 'not found')
    },
  }
}

/** Whether the database answers in time. */
const answers = (db: PrismaClient): Promise<boolean> =>
  Promise.race([
    db.contentVersion.findUnique({ where: { id: 1 } }).then(
      () => true,
      () => false,
    ),
    sleep(READY_MS, false, { ref: false }),
  ])
