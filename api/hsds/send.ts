import { Readable } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { compress, type Encoding, encodingFor, QUICK } from '../http/encoding.ts'
import type { ParameterProblem } from './parameters.ts'

/** What is answered: a text, or lines that are made while they are sent. */
export type Body = { type: 'json'; text: () => string } | { type: 'ndjson'; lines: () => Iterable<string> }

/** How long an answer may be kept, in seconds; then it is asked for again by its `etag`. */
const CACHE = 'public, max-age=60'
/** Shorter answers are sent as they are: compressing them saves nothing. In bytes. */
const SHORT = 1_400
/** So many characters of lines are made at once; between two such parts other requests are answered. */
const PART = 64_000

const TYPES = { json: 'application/json; charset=utf-8', ndjson: 'application/x-ndjson; charset=utf-8' }

/** Public data, read by anybody's page, without credentials. */
const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'content-language, etag',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}

/** The answer to a browser's preflight. */
export const sendPreflight = (): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...OPEN,
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': 'accept-language, content-type, if-none-match',
      'access-control-max-age': '86400',
    },
  })

/** A refusal as RFC 9457 has them, with each parameter that is wrong. */
export function problem(
  request: Request,
  status: number,
  detail: string,
  errors: readonly ParameterProblem[] = [],
  extra: Record<string, string> = {},
): Response {
  const title = { 400: 'Bad Request', 404: 'Not Found', 405: 'Method Not Allowed' }[status]
  const bytes = new TextEncoder().encode(
    JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors.length > 0 ? { errors } : {}) }),
  )
  return new Response(request.method === 'HEAD' ? null : bytes, {
    status,
    headers: {
      ...OPEN,
      'content-type': 'application/problem+json',
      'content-length': String(bytes.length),
      'cache-control': 'no-store',
      ...extra,
    },
  })
}

/** Sends a body, or 304 when the asker has it. */
export async function sendBody(request: Request, body: Body, { etag, language }: { etag: string; language: string }): Promise<Response> {
  const headers = new Headers({
    ...OPEN,
    etag,
    'content-type': TYPES[body.type],
    'content-language': language,
    'cache-control': request.method === 'POST' ? 'no-store' : CACHE,
    vary: 'Accept-Language, Accept-Encoding',
  })
  if (request.method !== 'POST' && isKnown(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const encoding = encodingFor(request)
  if (body.type === 'ndjson') {
    if (encoding !== 'identity') headers.set('content-encoding', encoding)
    return new Response(request.method === 'HEAD' ? null : streamOf(body.lines(), encoding), { headers })
  }
  const bytes = new TextEncoder().encode(body.text())
  const chosen = bytes.length < SHORT ? 'identity' : encoding
  if (chosen !== 'identity') headers.set('content-encoding', chosen)
  const encoded = await compress(bytes, chosen, QUICK)
  headers.set('content-length', String(encoded.length))
  return new Response(request.method === 'HEAD' ? null : encoded, { headers })
}

/** Weak comparison (RFC 9110, 13.1.2). */
function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return (ifNoneMatch ?? '').split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag))
}

function streamOf(lines: Iterable<string>, encoding: Encoding): ReadableStream<Uint8Array> {
  const source = Readable.from(partsOf(lines))
  if (encoding === 'identity') return Readable.toWeb(source) as ReadableStream<Uint8Array>
  const packer = encoding === 'gzip' ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: QUICK } })
  // Whoever goes away ends the making of lines too.
  packer.once('close', () => source.destroy())
  source.once('error', (error) => packer.destroy(error))
  return Readable.toWeb(source.pipe(packer)) as ReadableStream<Uint8Array>
}

/** Lines in parts of some size. */
function* partsOf(lines: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let part = ''
  for (const line of lines) {
    part += line
    if (part.length < PART) continue
    yield encoder.encode(part)
    part = ''
  }
  if (part !== '') yield encoder.encode(part)
}
