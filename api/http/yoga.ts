import { type ExecutionResult, GraphQLError } from 'graphql'
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
}

type ServerContext = { app: Context; outcome: { failed: boolean }; executed?: ExecutionResult }

/**
 * GraphQL itself: answers a request whose context is already known.
 * `executed`: what came of it, when it has run already (`writes.ts`) and only has to be told.
 */
export function createGraphQL(logError: LogError): (ask: Ask, context: Context, executed?: ExecutionResult) => Promise<GraphQLAnswer> {
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
    maskedErrors: { maskError: (error) => presentError(error, logError) },
    logging: false,
    plugins: [boundDocuments, useExecuted, presentRefusals, speakDomainErrors, noteFailures],
  })
  return async (ask, app, executed) => {
    const outcome = { failed: false }
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
    const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name.toLowerCase(), value]))
    const { 'content-type': mediaType = '', 'content-length': _length, ...extra } = headers
    return {
      status: response.status,
      mediaType: mediaType.replace(/; charset=utf-8$/, ''),
      body: new Uint8Array(Buffer.from(text)),
      extra,
      failed: outcome.failed || response.status >= 400,
    }
  }
}

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
  onExecute({ args }) {
    return {
      onExecuteDone({ result, setResult }) {
        if (Symbol.asyncIterator in result || !result.errors) return
        const { languages } = args.contextValue as Context
        const errors = result.errors.map((error) => {
          const failure = error.originalError instanceof DomainError ? error.originalError : asUnavailable(error.originalError)
          if (!failure) return error
          const { message, extensions } = topLevelError(failure, languages)
          return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions })
        })
        setResult({ ...(result as ExecutionResult), errors })
      },
    }
  },
}

const noteFailures: Plugin<Context, ServerContext> = {
  onResultProcess({ result, serverContext }) {
    if ('errors' in result && result.errors) serverContext.outcome.failed = true
  },
}
