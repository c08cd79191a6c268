import { Conflict, DomainError, InvalidInput, NotFound, SignInRequired, TooManyRequests } from '../errors.ts'
import { type Inbound, type InboundParts, type Taken, takeMessage } from './actions/inbound.ts'

const PATH = /^\/partner-events\/([^/]*)$/

/** Where partners' systems send what they do with cases. */
export const isInbound = (path: string): boolean => PATH.test(path)

export type InboundDoor = InboundParts & {
  /** The body has more bytes than a request may have, and was not read. */
  tooLong: boolean
  /** When to come back, in seconds, if the failure is that the database does not answer; null for a bug, which has been logged by then. */
  explain(error: unknown): { retryAfterSeconds: number } | null
}

/**
 * `POST /partner-events/<id of the endpoint>`: a message signed as Standard Webhooks say. What is answered is for programs: 200 with where the case
 * stands, also for a message that comes again or too late; 400, 401, 404, 409, 413, 415, 429 and 503 with a code.
 */
export async function answerInbound(request: Request, door: InboundDoor): Promise<Response> {
  const [, endpointId = ''] = PATH.exec(new URL(request.url).pathname) ?? []
  if (request.method !== 'POST') return told(405, { error: 'method_not_allowed' }, { allow: 'POST' })
  if (door.tooLong) return told(413, { error: 'too_large' })
  if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(request.headers.get('content-type') ?? ''))
    return told(415, { error: 'json_expected' })
  const header = (name: string) => request.headers.get(`webhook-${name}`) ?? ''
  const signature = header('signature')
  const message: Inbound = { endpointId, id: header('id'), timestamp: header('timestamp'), signature, body: await request.text() }
  try {
    return told(200, (await takeMessage(door, message)) satisfies Taken)
  } catch (error) {
    return refusal(error) ?? away(door.explain(error))
  }
}

function refusal(error: unknown): Response | null {
  if (!(error instanceof DomainError)) return null
  if (error instanceof SignInRequired) return told(401, { error: 'signature' })
  if (error instanceof NotFound) return told(404, { error: 'not_found' })
  if (error instanceof Conflict) return told(409, { error: 'conflict', code: error.conflict })
  if (error instanceof InvalidInput) {
    return told(400, { error: 'invalid', problems: error.problems.map(({ path, code }) => ({ path: path.join('.'), code })) })
  }
  if (error instanceof TooManyRequests) return told(429, { error: 'too_many' }, { 'retry-after': String(error.retryAfterSeconds) })
  return null
}

const away = (unavailable: { retryAfterSeconds: number } | null): Response =>
  unavailable
    ? told(503, { error: 'unavailable' }, { 'retry-after': String(unavailable.retryAfterSeconds) })
    : told(500, { error: 'unexpected' })

const told = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
  })
