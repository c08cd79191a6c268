import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { StartError } from '../db/start-error.ts'
import { readBody } from './body.ts'
import { isFilePage, LONGEST_BODY, LONGEST_FILE, longestBody, MOST_FILES_AT_ONCE } from './bounds.ts'
import { type LogError, nameOf } from './errors.ts'
import type { Answer, Ask, Outlet, Stream } from './exchange.ts'
import { answerStarting, answerStopping, word } from './states.ts'

export type Observe = (ask: Ask, status: number, ms: number) => void

export type IsKnown = (ask: Ask) => Promise<boolean>

export type HttpServer = {
  /** The port listened on; the one asked for unless that was 0. */
  port: number
  /**
   * From now on requests are answered by `answer`, at once if it can; before, they are told to come back.
   * @param observe told of each answer, and after how many milliseconds it was there
   * @param isKnown whether who asks is of the staff: from nobody else a file is read; absent, from nobody
   */
  serve(answer: (ask: Ask) => Answer | Promise<Answer>, observe?: Observe, isKnown?: IsKnown): void
  /** Answers what has been received, takes no new connection after a moment, and cuts what is left after `STOP_MS`. */
  close(): Promise<void>
}

/** How long requests under way may take to finish once we stop, in milliseconds. */
const STOP_MS = 5_000
/** How long connections in use are still served, to tell each of them that it ends, before the idle ones are closed. In milliseconds. */
const FAREWELL_MS = 250
/** How long new connections are let in at most, once that is over. In milliseconds. */
const QUEUE_MS = 1_000
/** How soon to come back when other files are being read, in seconds. */
const BUSY_SECONDS = '10'
/** How long whoever listens to a stream may take nothing of it, in milliseconds, before the connection is cut. */
const STUCK_MS = 60_000
/** Browsers open connections ahead of need; one that has never sent anything is not waited for longer. In milliseconds. */
const SILENT_MS = 1_000

/**
 * How long a request may take to come in, in milliseconds: its head, and all of it. Who is slower on purpose holds a connection no longer; a
 * full request of 64 KB comes in time at 2 KB a second. Node.js would wait five minutes.
 */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 }

/**
 * Takes the port, before anything slow is begun: a port that is taken is known at once.
 * @param logError told of a failure of `answer` by its name only
 * @param patience how slow a request may be, in milliseconds
 * @throws StartError with one line when it cannot be had
 */
export async function listen(host: string, port: number, logError: LogError, patience = PATIENCE): Promise<HttpServer> {
  let answer: (ask: Ask) => Answer | Promise<Answer> = answerStarting
  let observe: Observe | undefined
  let isKnown: IsKnown = async () => false
  const sockets = new Set<Socket>()
  const underWay = new Set<ServerResponse>()
  /** Large requests that are being read or answered. */
  let files = 0
  /** Ends the streams. */
  const leaving = new AbortController()
  let stopping = false
  /** While the door closes, answers wait for it: whoever got one would come back at once, and the queue would never be empty. */
  let closing: Promise<void> | undefined

  const reply = async (ask: Ask & { id: string }, response: ServerResponse) => {
    const began = observe ? performance.now() : 0
    let status = 500
    try {
      // An answer that is ready is sent at once: waiting for it, if only for a turn, costs a tenth of what the whole costs.
      if (closing) await closing
      const ready = (stopping && answerStopping(ask)) || answer(ask)
      const made = ready instanceof Promise ? await ready : ready
      status = made.status
      send(response, made, leaving.signal, ask.id)
    } catch (error) {
      // Who has gone away needs no answer, and is no bug.
      if (!response.destroyed) logError({ event: 'unexpected_error', code: nameOf(error), path: 'http', reqId: ask.id })
      send(response, word(500, 'unexpected'), leaving.signal, ask.id)
    }
    observe?.(ask, status, performance.now() - began)
  }
  const isHost = hostReader()
  const idOf = requestIds()
  const server = createServer(patience, (request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (stopping) response.shouldKeepAlive = false
    const id = idOf(request.headers['x-request-id'])
    if (!readTarget(request, isHost)) return send(response, word(400, 'bad request'), leaving.signal, id)
    const { method = 'GET', url: target = '/', headers } = request
    const askWith = (body: Ask['body']): Ask & { id: string } => ({
      method,
      target,
      headers,
      body,
      remote: request.socket.remoteAddress,
      id,
    })
    const read = (longest: number) => readBody(request, longest, (body) => void reply(askWith(body), response))
    const longest = longestBody(target, headers)
    if (longest === LONGEST_FILE && method === 'POST') void readFile(askWith(null), read, response)
    else read(longest)
  })
  /** Reads a file of who is known, if few others are being read: strangers hold no place, and fill no memory. */
  async function readFile(ask: Ask & { id: string }, read: (longest: number) => void, response: ServerResponse): Promise<void> {
    if (!(await isKnown(ask).catch(() => false))) return read(LONGEST_BODY)
    // A page tells people so in its words; a form with a small file finds room there all the same.
    if (files >= MOST_FILES_AT_ONCE && isFilePage(ask.target)) return read(LONGEST_BODY)
    if (files >= MOST_FILES_AT_ONCE) return send(response, word(503, 'busy', { 'retry-after': BUSY_SECONDS }), leaving.signal, ask.id)
    files++
    response.once('close', () => files--)
    read(LONGEST_FILE)
  }
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as { port: number }).port,
    serve(application, observer, known) {
      answer = application
      observe = observer
      if (known) isKnown = known
    },
    async close() {
      stopping = true
      leaving.abort()
      // The answer says that the connection ends with it, so that no client sends another request into its end.
      for (const response of underWay) response.shouldKeepAlive = false
      if (sockets.size > 0) await sleep(FAREWELL_MS)
      closing = emptyQueue(server)
      await closing
      await closeServer(server, sockets)
    },
  }
}

/**
 * Lets those in who wait at the door, since closing it would cut them: they may have sent their request already. Node takes in one
 * connection each turn (libuv 1.46), so a few turns without any say that nobody waits. Ends right after the system's events were read.
 */
async function emptyQueue(server: Server): Promise<void> {
  const end = Date.now() + QUEUE_MS
  let empty = 0
  const onConnection = () => {
    empty = 0
  }
  server.on('connection', onConnection)
  while (empty < 3 && Date.now() < end) {
    empty++
    await turn()
  }
  server.off('connection', onConnection)
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const timers: NodeJS.Timeout[] = []
  await new Promise<void>((resolve) => {
    // Ends idle connections too; one that is new, or whose request has begun to come in, is not idle.
    server.close(() => resolve())
    const silent = () => {
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    }
    timers.push(
      setTimeout(silent, SILENT_MS),
      setTimeout(() => server.closeAllConnections(), STOP_MS),
    )
  })
  for (const timer of timers) clearTimeout(timer)
}

function send(response: ServerResponse, { status, headers, body, stream }: Answer, leaving: AbortSignal, id: string): void {
  const late = response.destroyed || response.headersSent
  if (!late) response.writeHead(status, headers.concat('x-request-id', id))
  if (stream) tell(response, stream, leaving)
  else if (!late) response.end(body)
}

/** Tells a stream to whoever listens, for as long as she does and we are there; one that began too late is ended as well. */
function tell(response: ServerResponse, stream: Stream, leaving: AbortSignal): void {
  const gone = new AbortController()
  const leave = () => gone.abort()
  leaving.addEventListener('abort', leave)
  response.once('close', leave)
  if (leaving.aborted || response.destroyed) leave()
  const outlet: Outlet = {
    end: gone.signal,
    write: async (text) => {
      if (!response.destroyed && !response.write(text)) await drained(response)
    },
  }
  void stream(outlet).finally(() => {
    leaving.removeEventListener('abort', leave)
    response.end()
  })
}

/** Until the other end has taken what was sent, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const stuck = setTimeout(() => response.destroy(), STUCK_MS)
    const done = () => {
      clearTimeout(stuck)
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

/**
 * The id of each request: the one that whoever stands before us gave it, if it looks like nothing but an id, such as a UUID or 32 digits of a
 * trace; else one of our own, which costs no chance and is never the same in two processes.
 */
function requestIds(): (given: string | string[] | undefined) => string {
  const prefix = randomBytes(6).toString('hex')
  let count = 0
  return (given) => (typeof given === 'string' && ID.test(given) ? given : `${prefix}-${(++count).toString(36)}`)
}

const ID = /^([\da-f]{32}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i

/** Tells whether a host can be read; the last good one is remembered, since nearly all requests name the same, and asking costs 1 µs. */
function hostReader(): (host: string) => boolean {
  let last = ''
  return (host) => {
    if (host === last) return true
    if (!HOST.test(host) || !URL.canParse(`http://${host}/`)) return false
    last = host
    return true
  }
}

const HOST = /^([\w.-]+|\[[\da-fA-F:.]+\])(:\d{1,5})?$/

/**
 * Whether the address of a request can be read: a Host header and a target that make a URL. A target that is a whole URL (RFC 9112, 3.2.2)
 * is cut down to its path.
 */
function readTarget(request: IncomingMessage, isHost: (host: string) => boolean): boolean {
  const target = request.url ?? ''
  if (!target.startsWith('/')) {
    if (!URL.canParse(target)) return false
    const { pathname, search } = new URL(target)
    request.url = `${pathname.startsWith('/') ? '' : '/'}${pathname}${search}`
  }
  // After a host that can be read, any path can.
  return isHost(request.headers.host || 'localhost')
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(`Port ${port} on ${host} is taken by another program: stop it, or choose another with PORT.`)
    case 'EACCES':
      return new StartError(`Port ${port} may not be used by this user: choose one above 1023 with PORT.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`HOST is “${host}”: this machine has no such address.`)
    default:
      return new StartError(`The server cannot listen on ${host}:${port} (${error.code}).`)
  }
}
