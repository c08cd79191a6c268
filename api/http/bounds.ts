import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  Kind,
  Lexer,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Longest request body, in bytes: a full callback request has about 5 KB, the longest query of the widgets 2 KB. */
export const LONGEST_BODY = 65_536
/** Tokens of the longest document accepted; an introspection query has about 300. */
const MOST_TOKENS = 2_000
/** Fields an answer may have at most, pages counted full and lists as five; the widgets' largest query counts about 1,900. */
const MOST_COMPLEX = 20_000
/** Levels of fields, and fields written, in one operation; the widgets use 6 and 54. */
const DEEPEST = 12
const BROADEST = 300
/** Fields about a person: once in an operation, so that a limit per request is a limit per request, and guesses are not cheap. */
const ONCE = new Set(['requestCallback', 'callback'])

/** Bounds what one request may cost, before anything is executed. */
export const boundDocuments: Plugin = {
  onParse({ params }) {
    if (hasTooManyTokens(String((params.source as Source).body ?? params.source))) throw tooLarge()
  },
  onExecute({ args, setResultAndStopExecution }) {
    if (isTooLarge(args as ExecutionArgs)) setResultAndStopExecution({ errors: [tooLarge()] })
  },
}

const tooLarge = (): GraphQLError =>
  new GraphQLError('The query asks for too much at once: ask for fewer levels, fields or records.', {
    extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
  })

/** Counted apart from parsing, and stopped at the bound. What is not GraphQL at all is the parser's to tell. */
function hasTooManyTokens(text: string): boolean {
  const lexer = new Lexer(new Source(text))
  try {
    for (let count = 0; count <= MOST_TOKENS; count++) if (lexer.advance().kind === TokenKind.EOF) return false
  } catch {
    return false
  }
  return true
}

function isTooLarge({ schema, document, operationName, variableValues }: ExecutionArgs): boolean {
  const operation = getOperationAST(document, operationName)
  if (!operation) return false
  const fragments = document.definitions.filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
  if (countRootFields(operation.selectionSet, fragments, ONCE) > 1) return true
  const alone: DocumentNode = { ...document, definitions: [operation, ...fragments] }
  const size = measure(() => complexityFromQuery(alone, { schema, variables: { ...variableValues } }))
  return size !== null && (size.complexity > MOST_COMPLEX || size.depth > DEEPEST || size.breadth > BROADEST)
}

/** How often fields of these names are asked for at the top, fragments included. Validation has refused fragments that contain themselves. */
function countRootFields({ selections }: SelectionSetNode, fragments: FragmentDefinitionNode[], names: ReadonlySet<string>): number {
  return selections.reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + (names.has(selection.name.value) ? 1 : 0)
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.find(({ name }) => name.value === selection.name.value)
    return inner ? count + countRootFields(inner.selectionSet, fragments, names) : count
  }, 0)
}

/** Variables that do not fit are told by the execution itself, in its own words. */
function measure<T>(of: () => T): T | null {
  try {
    return of()
  } catch {
    return null
  }
}
