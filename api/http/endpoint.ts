import { isUtf8 } from 'node:buffer'
import { getOperationAST, parse } from 'graphql'
import type { Viewer } from '../access/rules/viewer.ts'
import type { Context } from '../context.ts'
import { languagesFrom } from '../directory/language.ts'
import { Conflict, NotFound, SignInRequired } from '../errors.ts'
import { topLevelError } from '../graphql/errors.ts'
import { longestBody } from './bounds.ts'
import { preflight } from './cors.ts'
import { compress, encodingOf, QUICK, SHORT } from './encoding.ts'
import type { LogError } from './errors.ts'
import { eventStream } from './events.ts'
import { type Answer, type Ask, answerOf, requestOf, type Stream, TOO_LONG } from './exchange.ts'
import { createGraphiQL } from './graphiql.ts'
import { type Door, headersOf } from './headers.ts'
import { readParams } from './params.ts'
import { createReads, PREVIEW } from './reads.ts'
import { createWrites } from './writes.ts'
import { createGraphQL, type GraphQLAnswer, type Operation } from './yoga.ts'

export type EndpointParts = Door & {
  contextOf(ask: Ask, languages: Context['languages'], viewer?: Viewer | null): Context
  viewerOf(ask: Ask): Promise<Viewer | null>
  /** What is different in the context of who previews a record; null for whoever may not change it. */
  previewOf?(recordId: string, viewer: Viewer): Promise<Partial<Context> | null>
  logError: LogError
  /** Told of each operation once it has come to its end, or its stream has begun. */
  count?: (operation: Operation) => void
  /** False: public reads go through Yoga like all else, to compare the two ways. */
  shortWay?: boolean
}

/** `/graphql`: which requests are taken, in which language they are answered, who may read and who may keep the answer. */
export function createEndpoint({
  contextOf,
  viewerOf,
  previewOf,
  logError,
  count,
  shortWay = true,
  ...door
}: EndpointParts): (ask: Ask) => Answer | Promise<Answer> {
  const graphql = createGraphQL(logError)
  const graphiql = createGraphiQL()
  const read = shortWay ? createReads({ contextOf, door }) : () => null

  const write = shortWay ? createWrites({ contextOf, present: graphql }) : () => null

  async function answerSlowly(ask: Ask): Promise<Answer> {
    const { headers } = ask
    if (ask.method === 'OPTIONS') return preflight(headers.origin ?? '', headers.origin !== undefined && door.knowsOrigin(headers.origin))
    if (isBrowser(ask)) return answerOf(await graphiql(requestOf(ask)))

    const languages = languagesFrom(headers['accept-language'])
    const answer = refuse(ask) ?? (await (write(ask) ?? answerWithYoga(ask, languages)))
    if ('results' in answer) {
      count?.({ kind: 'subscription', failed: false })
      const told = { mediaType: 'text/event-stream', languages, failed: false, encoding: 'identity', length: null } as const
      return { status: 200, headers: headersOf(ask, door, told), body: null, stream: answer.results }
    }
    count?.({ kind: answer.kind, failed: answer.failed })
    const long = answer.body.length >= SHORT && answer.mediaType !== 'text/event-stream'
    const encoding = long ? encodingOf(String(headers['accept-encoding'] ?? '')) : 'identity'
    const body = await compress(answer.body, encoding, QUICK)
    const { cookie, authorization } = headers
    const personal = cookie !== undefined || authorization !== undefined || headers[PREVIEW] !== undefined
    const told = { mediaType: answer.mediaType, languages, failed: answer.failed, personal, encoding, length: body.length }
    return { status: answer.status, headers: merge(headersOf(ask, door, told), answer.extra), body }
  }

  async function answerWithYoga(ask: Ask, languages: Context['languages']): Promise<GraphQLAnswer | { results: Stream }> {
    const viewer = await viewerOrRefusal(ask)
    if (viewer instanceof SignInRequired) {
      return refusal(401, viewer.code, topLevelError(viewer, languages).message, { 'www-authenticate': 'Bearer' })
    }
    const context = contextOf(ask, languages, viewer)
    const record = ask.headers[PREVIEW]
    const preview = record === undefined ? {} : await previewed(String(record), ask, viewer)
    if (preview instanceof Error) return refusal(STATUS[preview.code], preview.code, topLevelError(preview, languages).message)
    const answer = await graphql(ask, { ...context, ...preview })
    if (!('results' in answer)) return answer
    return { results: eventStream(answer.results, { stillMay: async () => sameRights(viewer, await viewerOrRefusal(ask)) }) }
  }

  /** A preview is for reading: what is written there would be real. */
  async function previewed(
    record: string,
    ask: Ask,
    viewer: Viewer | null,
  ): Promise<Partial<Context> | SignInRequired | NotFound | Conflict> {
    if (!viewer) return new SignInRequired()
    try {
      return ((isQuery(ask) && (await previewOf?.(record, viewer))) || null) ?? new NotFound('record')
    } catch (error) {
      if (error instanceof Conflict) return error
      throw error
    }
  }

  /** Who shows a token that is not good gets no public answer, which might be taken for hers. */
  const viewerOrRefusal = (ask: Ask): Promise<Viewer | SignInRequired | null> =>
    viewerOf(ask).catch((error: unknown) => {
      if (error instanceof SignInRequired) return error
      throw error
    })

  return (ask) => {
    const ready = read(ask)
    if (ready && count) count(READ)
    return ready ?? answerSlowly(ask)
  }
}

const STATUS = { UNAUTHENTICATED: 401, NOT_FOUND: 404, CONFLICT: 409 } as const

/** Whether a request only reads, as far as can be told; what is no GraphQL at all reads nothing. */
function isQuery(ask: Ask): boolean {
  const params = readParams(ask)
  try {
    return params !== null && getOperationAST(parse(params.query), params.operationName)?.operation === 'query'
  } catch {
    return false
  }
}

/** The short way answers what succeeds only. */
const READ: Operation = { kind: 'query', failed: false }

/** Whether somebody may still what she might when she came. */
const sameRights = (before: Viewer | null, now: Viewer | SignInRequired | null): boolean =>
  !(now instanceof SignInRequired) && rightsOf(before) === rightsOf(now)

const rightsOf = (viewer: Viewer | null): string =>
  viewer
    ? JSON.stringify([
        viewer.kind,
        viewer.id,
        viewer.scopes,
        viewer.memberships.map(({ organizationId, role }) => `${organizationId} ${role}`).sort(),
      ])
    : ''

/** Adds headers, in the order of the alphabet. */
function merge(headers: string[], extra: Readonly<Record<string, string>>): string[] {
  const pairs = Object.entries(extra)
  if (pairs.length === 0) return headers
  for (let index = 0; index < headers.length; index += 2) pairs.push([headers[index] as string, headers[index + 1] as string])
  return pairs.sort(([a], [b]) => (a < b ? -1 : 1)).flat()
}

const isBrowser = ({ method, target, headers }: Ask): boolean =>
  method === 'GET' && (headers.accept?.includes('text/html') ?? false) && !new URLSearchParams(target.split('?')[1]).has('query')

/** Refuses what is not a GraphQL request as this server takes them, before anything is parsed. */
function refuse(ask: Ask): GraphQLAnswer | null {
  if (ask.method === 'GET') return null
  if (ask.method !== 'POST') return refusal(405, 'METHOD_NOT_ALLOWED', 'Use GET or POST.', { allow: 'GET, POST' })
  if (!isJson(ask.headers['content-type'] ?? '')) return refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send application/json, in UTF-8.')
  if (ask.body === TOO_LONG) return refusal(413, 'BODY_TOO_LARGE', `A request has ${longestBody(ask.target, ask.headers)} bytes at most.`)
  // What another encoding makes of "é" would be stored as a question mark.
  if (ask.body && !isUtf8(ask.body)) return refusal(400, 'BAD_REQUEST', 'The body is not UTF-8.')
  return null
}

/** JSON is sent in UTF-8 (RFC 8259, 8.1); who says otherwise sends something else. */
function isJson(contentType: string): boolean {
  const [type = '', ...params] = contentType.toLowerCase().split(';')
  const charset = params.map((param) => param.trim()).find((param) => param.startsWith('charset='))
  return type.trim() === 'application/json' && /^charset="?utf-?8"?$/.test(charset ?? 'charset=utf-8')
}

const refusal = (status: number, code: string, message: string, extra: Record<string, string> = {}): GraphQLAnswer => ({
  status,
  mediaType: 'application/json',
  body: new Uint8Array(Buffer.from(JSON.stringify({ errors: [{ message, extensions: { code } }] }))),
  extra,
  failed: true,
})
