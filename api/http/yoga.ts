import { type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { topLevelError } from '../graphql/errors.ts'
import { schema } from '../schema.ts'
import { boundDocuments } from './bounds.ts'
import { type LogError, presentError, presentRequestError } from './errors.ts'
import type { Ask } from './exchange.ts'
import { asUnavailable } from './unavailable.ts'

/** The answer to a GraphQL request, before it is said who may read it. */
export type GraphQLAnswer = {
  status: number
  mediaType: string
  body: Uint8Array<ArrayBuffer>
  /** Headers beside the content's own: `allow`, `retry-after`. Names in lower case. */
  extra: Readonly<Record<string, string>>
  /** It tells of an error: such an answer is never kept by a cache. */
  failed: boolean
  /** What was asked; undefined when that could not be found out. */
  kind?: OperationKind | undefined
}

export type OperationKind = 'query' | 'mutation' | 'subscription'
/** What is counted of an operation. */
export type Operation = { kind: OperationKind | undefined; failed: boolean }

/** What is answered to a subscription: results that go on. */
export type GraphQLResults = { results: AsyncIterable<ExecutionResult> }

type Outcome = { failed: boolean; kind?: OperationKind; results?: AsyncIterable<ExecutionResult>; id: string | undefined }
type ServerContext = { app: Context; outcome: Outcome; executed?: ExecutionResult }

export type GraphQL = {
  (ask: Ask, context: Context): Promise<GraphQLAnswer | GraphQLResults>
  /** Only tells what came of it: it has run already (`writes.ts`). */
  (ask: Ask, context: Context, executed: ExecutionResult): Promise<GraphQLAnswer>
}

/** GraphQL itself: answers a request whose context is already known. */
export function createGraphQL(logError: LogError): GraphQL {
  const yoga = createYoga<ServerContext, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ app, executed }) => (executed ? { ...app, executed } : app),
    cors: false,
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    // The door has bounded it (`exchange.ts`).
    maxRequestBodySize: false,
    maskedErrors: { maskError: (error) => presentError(error, (event) => logError({ ...event, ...askedIn(error) })) },
    logging: false,
    plugins: [noteOutcomes, boundDocuments, useExecuted, presentRefusals, speakDomainErrors, handOverResults],
  })
  return (async (ask: Ask, app: Context, executed?: ExecutionResult) => {
    const outcome: Outcome = { failed: false, id: ask.id }
    const { method, target, body } = ask
    // Yoga's own Request, which costs less than the web's.
    const request = new yoga.fetchAPI.Request(`http://${ask.headers.host || 'localhost'}${target}`, {
      method,
      // However it was written: Yoga knows it in this form only.
      headers: { ...ask.headers, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) } as Record<string, string>,
      body: method === 'POST' && body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : null,
    })
    const response = await yoga.fetch(request, { app, outcome, executed } as never)
    const text = await response.text()
    if (outcome.results) return { results: outcome.results }
    const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name.toLowerCase(), value]))
    const { 'content-type': mediaType = '', 'content-length': _length, ...others } = headers
    const extra = Object.fromEntries(Object.entries(others).filter(([name]) => !OF_STREAMS.has(name)))
    return {
      status: response.status,
      mediaType: mediaType.replace(/; charset=utf-8$/, ''),
      body: new Uint8Array(Buffer.from(text)),
      extra,
      failed: outcome.failed || response.status >= 400,
      kind: outcome.kind,
    }
  }) as GraphQL
}

/** Headers of Yoga's own streams: here each is an answer like any other, or told by the server itself. */
const OF_STREAMS: ReadonlySet<string> = new Set(['cache-control', 'connection', 'content-encoding'])

/** What has run is not run again. */
const useExecuted: Plugin<Context & { executed?: ExecutionResult }> = {
  onExecute({ args, setExecuteFn }) {
    const { executed } = args.contextValue as { executed?: ExecutionResult }
    if (executed) setExecuteFn(() => executed)
  },
}

/** Validation's errors do not pass by `maskError`. */
const presentRefusals: Plugin = {
  onValidate: () => {
    return ({ result, setResult }) =>
      setResult(result.map((error) => (error instanceof GraphQLError ? presentRequestError(error, 'GRAPHQL_VALIDATION_FAILED') : error)))
  },
}

/** Failures that no result union declares get their stable code and a sentence in the caller's language. */
const speakDomainErrors: Plugin<Context> = {
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => speak(result, args.contextValue as unknown as Told, setResult),
  }),
  onSubscribe: ({ args }) => ({
    onSubscribeResult: ({ result, setResult }) => speak(result, args.contextValue as unknown as Told, setResult),
  }),
}

type Told = Context & Pick<ServerContext, 'outcome'>

/** In which request something went wrong, for the log: whoever presents an error is not told. */
const requestIds = new WeakMap<object, string>()
const askedIn = (error: unknown): { reqId?: string } => {
  const reqId = error instanceof GraphQLError ? requestIds.get(error) : undefined
  return reqId === undefined ? {} : { reqId }
}

function speak(result: object, { languages, outcome }: Told, setResult: (result: ExecutionResult) => void): void {
  if (!('errors' in result) || !result.errors) return
  const errors = (result.errors as readonly GraphQLError[]).map((error) => {
    const failure = error.originalError instanceof DomainError ? error.originalError : asUnavailable(error.originalError)
    if (!failure) {
      if (outcome.id !== undefined) requestIds.set(error, outcome.id)
      return error
    }
    const { message, extensions } = topLevelError(failure, languages)
    return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions })
  })
  setResult({ ...(result as ExecutionResult), errors })
}

const noteOutcomes: Plugin<Context, ServerContext> = {
  onExecute: ({ args }) => noteKind(args as ExecutionArgs),
  onSubscribe: ({ args }) => noteKind(args as ExecutionArgs),
  onResultProcess({ result, serverContext }) {
    if ('errors' in result && result.errors) serverContext.outcome.failed = true
  },
}

function noteKind({ contextValue, document, operationName }: ExecutionArgs): void {
  ;(contextValue as Told).outcome.kind = getOperationAST(document, operationName)?.operation
}

/** Results that go on are told by the server itself (`events.ts`): Yoga would neither end them in time nor when a right is lost. */
const handOverResults: Plugin<Context, ServerContext> = {
  onResultProcess({ result, setResult, serverContext }) {
    if (!(Symbol.asyncIterator in result)) return
    serverContext.outcome.results = result as AsyncIterable<ExecutionResult>
    setResult({})
  },
}
