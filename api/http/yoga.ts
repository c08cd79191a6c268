import { type ExecutionResult, GraphQLError } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { topLevelError } from '../graphql/errors.ts'
import { schema } from '../schema.ts'
import { boundDocuments } from './bounds.ts'
import { asUnavailable } from './unavailable.ts'

/** Longest request body, in bytes: a full callback request has about 5 KB, the longest query of the widgets 2 KB. */
export const LONGEST_BODY = 65_536

/** Tells that something went wrong: codes and names only, since messages may carry what a person wrote. */
export type LogError = (event: { event: string; code: string; path?: string }) => void

/** The GraphQL endpoint: a fetch handler for requests whose context is already known. */
export function createGraphQL(logError: LogError): (request: Request, context: Context) => Promise<Response> {
  const yoga = createYoga<{ app: Context }, Context>({
    schema,
    graphqlEndpoint: '/graphql',
    context: ({ app }) => app,
    cors: false,
    landingPage: false,
    graphiql: { title: 'Passerelle', defaultQuery: EXAMPLE },
    // Its assets are in the page: no other host is asked for anything. Loaded when first wanted, since it is big.
    renderGraphiQL: async (options) => (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    batching: false,
    multipart: false,
    maxRequestBodySize: LONGEST_BODY,
    maskedErrors: { maskError: (error) => mask(error, logError) },
    logging: false,
    plugins: [boundDocuments, giveNoHints, speakDomainErrors],
  })
  return async (request, context) => yoga.fetch(request, { app: context } as never)
}

/** A wrong guess at a name is not answered with the right ones. */
const giveNoHints: Plugin = {
  onValidate: () => {
    return ({ result, setResult }) => setResult(result.map((error) => (error instanceof GraphQLError ? withoutHint(error) : error)))
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

/**
 * What is shown of any other error: those of the request itself without hints at names of the schema; a bug only as a bug. Never the
 * original message or stack, whatever NODE_ENV says: Prisma's messages contain the values of a statement.
 */
function mask(error: unknown, logError: LogError): Error {
  if (error instanceof GraphQLError && isOfRequest(error)) {
    return withoutHint(error)
  }
  const original = error instanceof GraphQLError ? error.originalError : error
  const path = error instanceof GraphQLError ? error.path?.join('.') : undefined
  logError({ event: 'unexpected_error', code: codeOf(original), path })
  return new GraphQLError('Unexpected error.', {
    path: error instanceof GraphQLError ? error.path : undefined,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  })
}

function withoutHint({ message, nodes, source, positions, path, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(message.replace(/ Did you mean[\s\S]*$/, ''), { nodes, source, positions, path, extensions })
}

const isOfRequest = (error: GraphQLError): boolean =>
  error.originalError == null || (error.originalError instanceof GraphQLError && isOfRequest(error.originalError))

/** A name to find the bug by: a Prisma or Node.js error code, else the class. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.name} ${code}` : error.name
}

const EXAMPLE = `# Who helps with food in Liège (4000)?
query {
  services(first: 5, filter: { needs: ["food"], postalCode: "4000" }) {
    edges {
      node {
        name
        description
        phones { number }
        openingStatus { label }
      }
    }
  }
}
`
