import { createServer, type Server } from 'node:http'
import { createServerAdapter } from '@whatwg-node/server'
import { StartError } from '../db/start-error.ts'

export type HttpServer = {
  /** The port listened on; the one asked for unless that was 0. */
  port: number
  /** From now on requests are answered by `fetch`; before, they are told to come back. */
  serve(fetch: (request: Request) => Promise<Response>): void
  /** Takes no new request, lets those under way finish, and cuts what is left after `STOP_MS`. */
  close(): Promise<void>
}

/** How long requests under way may take to finish once we stop, in milliseconds. */
const STOP_MS = 5_000

/**
 * Takes the port, before anything slow is begun: a port that is taken is known at once.
 * @throws StartError with one line when it cannot be had
 */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let answer = async (request: Request): Promise<Response> =>
    new URL(request.url).pathname === '/health'
      ? new Response('ok\n')
      : new Response('starting\n', { status: 503, headers: { 'retry-after': '2', 'content-type': 'text/plain; charset=utf-8' } })
  const server = createServer(createServerAdapter((request: Request) => answer(request)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)))
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as { port: number }).port,
    serve(fetch) {
      answer = fetch
    },
    close: () => close(server),
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), STOP_MS)
  await closed
  clearTimeout(timer)
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
