import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { openNotes } from './aid/actions.ts'
import type { Access, AccessDoor } from './access/rules/access.ts'
import type { Viewer } from './access/rules/viewer.ts'
import type { UnmetLog } from './aid/rules/unmet.ts'
import { openRequestStore } from './callback/actions/store.ts'
import type { Retention } from './callback/rules/retention.ts'
import type { Context, CrashPoint } from './context.ts'
import type { LanguageCode } from './db/generated/enums.ts'
import type { PrismaClient } from './db/generated/client.ts'
import type { NoticeChannel } from './notice/rules/notice.ts'
import type { LiveQueue } from './desk/actions/live.ts'
import type { Directory } from './directory/holder.ts'
import { callerReader, NO_PROXY, type TrustedProxies } from './http/address.ts'
import { LONGEST_FILE, longestBody } from './http/bounds.ts'
import { createEndpoint } from './http/endpoint.ts'
import { openPreviews } from './editing/actions/preview.ts'
import { openCaseDoor } from './escalation/actions/link-door.ts'
import { answerInbound, isInbound } from './escalation/inbound.ts'
import { openImportDoor } from './exchange/actions/door.ts'
import { answerExchange, isExchange } from './exchange/http.ts'
import { answerHsds } from './hsds/http.ts'
import { type LogError, nameOf } from './http/errors.ts'
import { type Answer, type Ask, answerOf, askOf, pathOf, requestOf, responseOf, TOO_LONG } from './http/exchange.ts'
import { type Files, serveFile } from './http/files.ts'
import { plain, word } from './http/states.ts'
import { asUnavailable } from './http/unavailable.ts'
import type { Operation } from './http/yoga.ts'
import type { Limits } from './limits/limits.ts'
import { openTogether } from './limits/together.ts'
import { answerCasePage, isCasePage } from './pages/case/http.ts'
import { deskPage, isDeskPage } from './pages/desk.ts'
import { editPage, isEditPage } from './pages/edit.ts'
import { answerPage } from './pages/http.ts'
import { answerStaffPage, isStaffPage } from './pages/staff/http.ts'
import type { Keys } from './sealing/seal.ts'
import { openSiteDoor } from './site/actions/sites.ts'
import { identifySite, originKnown, type ServerPlace } from './site/rules/site.ts'

/** Everything the application is made of; nothing in it reads the environment or a clock of its own. */
export type AppParts = {
  db: PrismaClient
  sql: Pool
  directory: Directory
  live: LiveQueue
  keys: Keys
  unmet: UnmetLog
  limits: Limits
  /** The ways by which people can be told what becomes of their requests; none when absent. */
  channels?: readonly NoticeChannel[]
  /** Where partners' systems may be; at public addresses only when absent. */
  endpoints?: Context['endpoints']
  /** Who is believed about who asks; nobody when absent. */
  trustedProxy?: TrustedProxies
  place: ServerPlace
  /** How the staff signs in; nobody does when absent. */
  access?: AccessDoor
  /** Who of the staff asks, or which other system; as `access` says when absent. */
  viewerOf?: (ask: Ask) => Promise<Viewer | null>
  /** How long what people leave is kept: the pages tell them. */
  retention: Retention
  files: Files
  clock: () => Date
  logError: LogError
  /** Told how far the work has come, by `npm run faults`. */
  reach?: (point: CrashPoint) => void
  /** Told of each GraphQL operation, for the numbers of a running server. */
  count?: (operation: Operation) => void
  /** False: public reads go through Yoga like all else, to compare the two ways. */
  shortWay?: boolean
}

export type App = {
  /** Answers a request; at once, without a promise, when it is a public read that is ready. */
  answer(ask: Ask): Answer | Promise<Answer>
  /** Whether who asks is of the staff, or another system with a token. */
  isKnown(ask: Ask): Promise<boolean>
  /** The same for programs that have a `Request`, and may know from which address it came. */
  fetch(request: Request, from?: { address: string }): Promise<Response>
}

/** How long the database may take to say that it is there, in milliseconds. */
const READY_MS = 3_000

/** How old the content may be before answers say so, in milliseconds: the database is asked twice a second (`directory/holder.ts`). */
const OLD_MS = 10_000

/** The whole application as one function from request to answer: the server calls `answer`, the tests `fetch`. */
export function createApp(parts: AppParts): App {
  const {
    db,
    sql,
    directory,
    live,
    keys,
    unmet,
    limits,
    trustedProxy,
    place,
    retention,
    files,
    clock,
    logError,
    shortWay,
    count,
    channels = [],
    endpoints = { loopback: false },
    access,
    viewerOf = async ({ headers }) => (access ? access.of(headers).viewerOf(headers) : null),
    reach = () => {},
  } = parts
  const requests = openRequestStore(sql)
  const [origin = 'http://localhost'] = place.ownOrigins
  const callerOf = callerReader(trustedProxy ?? NO_PROXY)
  const addressOf = ({ remote, headers }: Ask) => callerOf(remote, headers['x-forwarded-for']?.toString())
  const notes = openNotes(unmet)
  const unmetFor = (address: string | null, now: Date) => (limits.hold ? notes(address, now) : unmet)
  const together = openTogether()
  const previews = openPreviews({ db, sql, current: () => directory.current(), clock })
  function contextOf(ask: Ask, languages: Context['languages'], viewer: Viewer | null = null): Context {
    const { method, headers } = ask
    const address = addressOf(ask)
    const current = directory.current()
    const now = clock()
    return {
      db,
      sql,
      reach,
      directory: current,
      contentReadAt: new Date(now.getTime() - directory.age()),
      now,
      languages,
      keys,
      requests,
      unmet: unmetFor(address, now),
      limits,
      endpoints,
      origin,
      channels,
      together,
      live,
      viewer,
      touch: async () => {
        if (viewer && access) await access.of(headers).touch(viewer, now)
      },
      address,
      byAddress: method === 'GET',
      fromPage: headers.origin !== undefined,
      site: () =>
        identifySite(current.sites, { key: headers['passerelle-site']?.toString() ?? null, origin: headers.origin ?? null, place }),
    }
  }
  const graphql = createEndpoint({
    logError,
    count,
    shortWay,
    knowsOrigin: (origin) => place.ownOrigins.has(origin) || originKnown(directory.current().sites, origin, place),
    contentAge() {
      const age = directory.age()
      return age < OLD_MS ? null : Math.floor(age / 1_000)
    },
    contextOf,
    viewerOf,
    async previewOf(recordId, viewer) {
      const preview = await previews(recordId, viewer)
      // What is looked for in a preview is nobody's need.
      return preview && { directory: preview, unmet: { ...unmet, note: () => {} } }
    },
  })

  async function route(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname
    if (path === '/health') return plain(200, 'ok')
    if (path === '/ready') {
      if (await answers(db)) return plain(200, 'ready')
      const seconds = Math.floor(directory.age() / 1_000)
      return plain(503, `database unreachable, directory readable, confirmed ${seconds} s ago`, { 'retry-after': '5' })
    }
    return serveFile(files, request, path === '/' ? '/index.html' : path) ?? plain(404, 'not found')
  }
  /** The directory for other directories, and as pages. */
  function otherFaces(ask: Ask): Response | Promise<Response> | null {
    const request = requestOf(ask)
    const current = directory.current()
    const door = {
      contextOf: (languages: Context['languages']) => contextOf(ask, languages),
      tooLong: ask.body === TOO_LONG,
      explain: explainIn(ask),
    }
    return (
      answerHsds(request, current, clock(), place.ownOrigins) ??
      answerPage(request, { directory: current, now: clock(), place, retention, unmet: unmetFor(addressOf(ask), clock()), door })
    )
  }
  /** Signing in, one's own account, partners' websites, and what is brought in and taken home. */
  function staffPage(ask: Ask, way: Access): Promise<Response> {
    const from = { address: addressOf(ask), tooLong: ask.body === TOO_LONG, explain: explainIn(ask) }
    const [current, now] = [directory.current(), clock()]
    const sitesOf = (viewer: Viewer) => openSiteDoor({ db, now, viewer })
    const importsOf = (viewer: Viewer, language: LanguageCode) => openImportDoor({ db, sql, directory: current, now, viewer }, language)
    const doors = { access: way, sitesOf, importsOf, longestFile: LONGEST_FILE }
    return answerStaffPage(requestOf(ask), { directory: current, now, place, retention, ...doors, ...from })
  }
  /** One case, for whoever has its link. */
  function casePage(ask: Ask): Promise<Response> {
    const [current, now] = [directory.current(), clock()]
    const door = openCaseDoor({ db, keys, limits, directory: current, now })
    const from = { tooLong: ask.body === TOO_LONG, explain: explainIn(ask) }
    return answerCasePage(requestOf(ask), { directory: current, now, place, retention, door, ...from })
  }
  /** What partners' systems say of their cases. */
  function inbound(ask: Ask): Promise<Response> {
    const parts = { db, keys, limits, directory: directory.current(), now: clock(), address: addressOf(ask) }
    return answerInbound(requestOf(ask), { ...parts, tooLong: ask.body === TOO_LONG, explain: explainIn(ask) })
  }
  /** Files that editors bring in and take away. */
  function exchange(ask: Ask): Promise<Response> {
    const parts = { db, sql, directory: directory.current(), now: clock(), viewer: () => viewerOf(ask) }
    return answerExchange(requestOf(ask), { ...parts, tooLong: ask.body === TOO_LONG, explain: explainIn(ask) })
  }
  const explainIn =
    ({ id: reqId }: Ask) =>
    (error: unknown) => {
      const away = asUnavailable(error)
      if (!away) logError({ event: 'unexpected_error', code: nameOf(error), path: 'pages', reqId })
      return away
    }
  /** A page around an element for the staff: it shows nothing by itself. */
  async function framed(ask: Ask, way: Access | undefined, page: typeof deskPage): Promise<Response> {
    try {
      const known = await way?.known(ask.headers.cookie ?? null)
      return page(requestOf(ask), known?.viewer ?? null)
    } catch (error) {
      return plain(explainIn(ask)(error) ? 503 : 500, 'try again', { 'retry-after': '5' })
    }
  }
  const reads = ({ method }: { method: string }) => method === 'GET' || method === 'HEAD'
  const answer = (ask: Ask): Answer | Promise<Answer> => {
    const path = pathOf(ask)
    if (path === '/graphql') return graphql(ask)
    if (isInbound(path)) return inbound(ask).then(answerOf)
    if (isCasePage(path)) return casePage(ask).then(answerOf)
    if (isExchange(path)) return exchange(ask).then(answerOf)
    if (access && isStaffPage(path)) return staffPage(ask, access.of(ask.headers)).then(answerOf)
    if (isDeskPage(path) && reads(ask)) return framed(ask, access?.of(ask.headers), deskPage).then(answerOf)
    if (isEditPage(path) && reads(ask)) return framed(ask, access?.of(ask.headers), editPage).then(answerOf)
    const other = /^\/(hsds|services|questions|embed)(\/|$)/.test(path) && otherFaces(ask)
    if (other) return Promise.resolve(other).then(answerOf)
    return reads(ask) ? route(requestOf(ask)).then(answerOf) : word(405, 'method not allowed', { allow: 'GET, HEAD' })
  }
  return {
    answer,
    isKnown: async (ask) => (await viewerOf(ask)) !== null,
    fetch: async (request, from) => responseOf(await answer({ ...(await askOf(request, longestOf(request))), remote: from?.address })),
  }
}

const longestOf = ({ url, headers }: Request): number =>
  longestBody(new URL(url).pathname, {
    cookie: headers.get('cookie') ?? undefined,
    authorization: headers.get('authorization') ?? undefined,
  })

/** Whether the database answers in time. */
const answers = (db: PrismaClient): Promise<boolean> =>
  Promise.race([
    db.contentVersion.findUnique({ where: { id: 1 } }).then(
      () => true,
      () => false,
    ),
    sleep(READY_MS, false, { ref: false }),
  ])
