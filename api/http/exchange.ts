import type { IncomingHttpHeaders } from 'node:http'

/**
 * A request and its answer as plain values. Making the web's `Request` and `Response` costs more than answering a read from memory, so
 * only what is not such a read is given them; the server and the tests' `fetch` meet here.
 */
export type Ask = {
  method: string
  /** Path and query, beginning with a slash. */
  target: string
  /** Names in lower case. */
  headers: IncomingHttpHeaders
  /** Null without one. */
  body: Uint8Array<ArrayBuffer> | typeof TOO_LONG | null
  /** The address at the other end of the connection, if there is one. */
  remote?: string
  /** By which the request is found in logs, here and before this server. */
  id?: string
}

/** In place of a body of more than `LONGEST_BODY` bytes, which is not read. */
export const TOO_LONG = Symbol('too long')

export type Answer = {
  status: number
  /** Name, value, name, value …: names in lower case and in the order of the alphabet, as the web's `Headers` gives them. */
  headers: readonly string[]
  body: Uint8Array<ArrayBuffer> | null
  /** In place of a body: what goes on being told. Whoever is given such an answer runs it, if only to end it. */
  stream?: Stream
}

/** Where a stream is told. */
export type Outlet = {
  /** Resolves when more can be taken, or when nobody takes anything any more. */
  write(text: string): Promise<void>
  /** Aborted when it is to end: nobody listens any more, or the server stops. */
  end: AbortSignal
}

/** Tells all it has, and ends by itself or soon after the outlet says so. Never fails. */
export type Stream = (outlet: Outlet) => Promise<void>

/** The path alone, as written. */
export const pathOf = ({ target }: Ask): string => target.split('?', 1)[0] as string

/** The request as the web knows it, for handlers that want it so. */
export function requestOf({ method, target, headers, body }: Ask): Request {
  const list = Object.entries(headers).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]))
  return new Request(`http://${headers.host || 'localhost'}${target}`, {
    method,
    headers: list,
    body: body instanceof Uint8Array ? body : null,
  })
}

export async function answerOf(response: Response): Promise<Answer> {
  const headers = [...response.headers]
  const body = response.body && new Uint8Array(await response.arrayBuffer())
  if (body && !response.headers.has('content-length')) headers.push(['content-length', String(body.length)])
  return { status: response.status, headers: headers.sort(([a], [b]) => (a < b ? -1 : 1)).flat(), body }
}

/** @param longest bytes of the body at most */
export async function askOf(request: Request, longest: number): Promise<Ask> {
  const { host, pathname, search } = new URL(request.url)
  const body = request.body && new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    target: `${pathname}${search}`,
    headers: { host, ...Object.fromEntries(request.headers) },
    body: body && body.length > longest ? TOO_LONG : body,
  }
}

export function responseOf({ status, headers, body, stream }: Answer): Response {
  const response = new Response(stream ? readableOf(stream) : body, { status })
  for (let index = 0; index < headers.length; index += 2) response.headers.append(headers[index] as string, headers[index + 1] as string)
  return response
}

function readableOf(stream: Stream): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const end = new AbortController()
  writer.closed.catch(() => end.abort())
  const outlet: Outlet = { write: (text) => writer.write(Buffer.from(text)).catch(() => undefined), end: end.signal }
  void stream(outlet).then(() => writer.close().catch(() => undefined))
  return readable
}
