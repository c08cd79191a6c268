import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, type ExecutionArgs, getOperationAST, GraphQLError, Kind } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Tokens of the longest document accepted; an introspection query has about 300. */
const MOST_TOKENS = 2_000
/** Fields an answer may have at most, pages counted full and lists as five; the widgets' largest query counts about 1,900. */
const MOST_COMPLEX = 20_000
/** Levels of fields, and fields written, in one operation; the widgets use 6 and 54. */
const DEEPEST = 12
const BROADEST = 300

/** Bounds what one request may cost, before anything is executed. */
export const boundDocuments: Plugin = {
  onParse({ params }) {
    params.options = { ...(params.options as object), maxTokens: MOST_TOKENS }
  },
  onExecute({ args, setResultAndStopExecution }) {
    const excess = tooLarge(args as ExecutionArgs)
    if (excess) setResultAndStopExecution({ errors: [excess] })
  },
}

function tooLarge({ schema, document, operationName, variableValues }: ExecutionArgs): GraphQLError | null {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  const alone: DocumentNode = { ...document, definitions: [operation, ...fragments] }
  const size = measure(() => complexityFromQuery(alone, { schema, variables: { ...variableValues } }))
  if (!size || (size.complexity <= MOST_COMPLEX && size.depth <= DEEPEST && size.breadth <= BROADEST)) return null
  return new GraphQLError('The query asks for too much at once: ask for fewer levels, fields or records.', {
    extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
  })
}

/** Variables that do not fit are told by the execution itself, in its own words. */
function measure<T>(of: () => T): T | null {
  try {
    return of()
  } catch {
    return null
  }
}
