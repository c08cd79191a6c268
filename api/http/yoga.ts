import { type ExecutionResult, GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { topLevelError } from '../graphql/errors.ts'
import { schema } from '../schema.ts'
import { boundDocuments, LONGEST_BODY } from './bounds.ts'
import { type LogError, presentError, presentRequestError } from './errors.ts'
import { asUnavailable } from './unavailable.ts'

/** The answer to a GraphQL request, and whether it tells of an error: such an answer is never kept by a cache. */
export type GraphQLAnswer = { response: Response; failed: boolean }

type ServerContext = { app: Context; outcome: { failed: boolean } }

/** GraphQL itself: answers a request whose context is already known. */
export function createGraphQL(logError: LogError): (request: Request, context: Context) => Promise<GraphQLAnswer> {
  const yoga = createYoga<ServerContext, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ app }) => app,
    cors: false,
    landingPage: false,
    graphiql: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: LONGEST_BODY,
    maskedErrors: { maskError: (error) => presentError(error, logError) },
    logging: false,
    plugins: [boundDocuments, presentRefusals, speakDomainErrors, noteFailures],
  })
  return async (request, app) => {
    const outcome = { failed: false }
    const response = await yoga.fetch(request, { app, outcome } as never)
    return { response, failed: outcome.failed || response.status >= 400 }
  }
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
