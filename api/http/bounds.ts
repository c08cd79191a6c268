import { complexityFromQuery } from '@pothos/plugin-complexity'
import {
  type DefinitionNode,
  type DocumentNode,
  type ExecutionArgs,
  type FragmentDefinitionNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  type ValidationRule,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Longest request body, in bytes: a full callback request has about 5 KB, the longest query of the widgets 2 KB. */
export const LONGEST_BODY = 65_536
/** The same of who shows something to be known by, at the API: a record in four languages, with every text as long as it may be. */
const LONGEST_RECORD = 393_216
/** Longest file sent to be brought in, in bytes: 10,000 services with all that belongs to them have about 41 MB. */
export const LONGEST_FILE = 67_108_864
/** Files read at once; each is held in memory until all of it is there. */
export const MOST_FILES_AT_ONCE = 2

/** Where programs and pages send files. */
const FILE_PAGE = '/edit/exchange'
const FILE_PATHS: readonly string[] = ['/exchange/imports', FILE_PAGE]

/** Whether files are sent there by a page, which says itself that it is to be tried again. */
export const isFilePage = (target: string): boolean => target.split('?', 1)[0] === FILE_PAGE

/** How long the body of a request may be, in bytes; more than others where files and records are sent, by who shows something to be known by. */
export function longestBody(target: string, headers: { cookie?: string | undefined; authorization?: string | undefined }): number {
  if ((headers.cookie ?? headers.authorization) === undefined) return LONGEST_BODY
  const path = target.split('?', 1)[0] as string
  return FILE_PATHS.includes(path) ? LONGEST_FILE : path === '/graphql' ? LONGEST_RECORD : LONGEST_BODY
}

/** Tokens of the longest document accepted; an introspection query has about 300. */
const MOST_TOKENS = 2_000
/** Fields an answer may have at most, pages counted full and lists as five; the widgets' largest query counts about 3,500. */
const MOST_COMPLEX = 20_000
/** Levels of fields, and fields written, in one operation; the widgets use 6 and 54. */
const DEEPEST = 12
const BROADEST = 300
/**
 * Fields of which an operation asks for one at most: those about a person, or that store, so that a limit per request is one, and guesses are
 * not cheap; and each of those that ask the database.
 */
const ONCE = [
  new Set([
    'requestCallback',
    'callback',
    'cancelCallback',
    'rescheduleCallback',
    'eraseCallback',
    'withdrawAgreement',
    'confirmOutcome',
    'suggestCorrection',
  ]),
  new Set([
    'claimCallback',
    'claimNextCallback',
    'keepCallback',
    'releaseCallback',
    'reassignCallback',
    'revealContact',
    'recordAttempt',
    'addCallNote',
    'orientCallback',
    'closeCallback',
    'escalateCallback',
    'takeBackEscalation',
    'rerouteEscalation',
    'revealCase',
    'receiveEscalation',
    'acceptEscalation',
    'rejectEscalation',
    'progressEscalation',
    'holdEscalation',
    'completeEscalation',
    'failEscalation',
    'confirmErasure',
  ]),
  new Set(['escalations']),
  new Set(['escalation']),
  new Set(['escalationPartners', 'escalationPreview']),
  new Set(['partners', 'setPartner']),
  new Set(['inviteStaff', 'recoverStaff', 'revokeToken']),
  new Set(['setEndpoint', 'testEndpoint', 'rotateEndpointSecret', 'pauseEndpoint', 'resumeEndpoint', 'removeEndpoint']),
  new Set(['replayDelivery', 'replayDeliveries']),
  new Set(['callbackRequests']),
  new Set(['callbackRequest']),
  new Set(['myCall']),
  new Set(['deskNumbers']),
  new Set([
    'saveClosingDay',
    'saveLine',
    'saveLocation',
    'saveOrganization',
    'saveQuestion',
    'saveService',
    'publishContent',
    'discardDraft',
    'retireContent',
    'returnContent',
    'revertContent',
    'confirmContent',
    'settleCorrection',
  ]),
  new Set(['contentRecords']),
  new Set(['contentCounts']),
  new Set(['imports']),
  new Set(['import']),
  new Set(['auditEvents']),
  new Set(['chains']),
  new Set(['demand']),
  new Set(['colleagues', 'staff', 'tokens']),
  new Set(['site', 'sites', 'createSite', 'changeSite', 'revokeSite']),
  new Set(['callbackSlots']),
  new Set(['callbackEstimate']),
]

/** Bounds what one request may cost, before anything is executed. */
export const boundDocuments: Plugin = {
  onParse({ params }) {
    if (hasTooManyTokens(String((params.source as Source).body ?? params.source))) throw tooLarge()
  },
  onValidate({ addValidationRule }) {
    addValidationRule(knownOperations)
  },
  onExecute({ args, setResultAndStopExecution }) {
    const refused = refusal(args as ExecutionArgs)
    if (refused) setResultAndStopExecution({ errors: [refused] })
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const refused = refusal(args as ExecutionArgs) ?? notAsked((args.contextValue as { request: Request }).request)
    if (refused) setResultAndStopExecution({ errors: [refused] })
  },
}

/** A subscription is told as server-sent events to who asked for them, by POST: by GET it would be a link that any page can hold. */
function notAsked({ method, headers }: Request): GraphQLError | null {
  if (method !== 'POST') return refusedAs(405, 'METHOD_NOT_ALLOWED', 'A subscription is sent by POST.', { allow: 'POST' })
  if (/\btext\/event-stream\b/i.test(headers.get('accept') ?? '')) return null
  return refusedAs(406, 'NOT_ACCEPTABLE', 'A subscription is answered with “accept: text/event-stream” only.')
}

const refusedAs = (status: number, code: string, message: string, headers: Record<string, string> = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status, headers } } })

/** An operation of a kind that there is not: graphql-js itself notices only when it is to be executed, as if the server had failed. */
const knownOperations: ValidationRule = (context) => ({
  OperationDefinition(node) {
    if (!context.getSchema().getRootType(node.operation)) {
      context.reportError(new GraphQLError(`This schema has no ${node.operation}.`, { nodes: node }))
    }
  },
})

const tooLarge = (): GraphQLError =>
  new GraphQLError('The query asks for too much at once: ask for fewer levels, fields or records.', {
    extensions: { code: 'QUERY_TOO_LARGE', http: { status: 400 } },
  })

/** Counted apart from parsing, and stopped at the bound. What is not GraphQL at all is the parser's to tell. */
export function hasTooManyTokens(text: string): boolean {
  const lexer = new Lexer(new Source(text))
  try {
    for (let count = 0; count <= MOST_TOKENS; count++) if (lexer.advance().kind === TokenKind.EOF) return false
  } catch {
    return false
  }
  return true
}

/** What forbids an operation, if anything. Variables that do not fit are told by the execution itself, which then runs nothing. */
function refusal({ schema, document, operationName, variableValues }: ExecutionArgs): GraphQLError | null {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null
  const variables = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variableValues })
  if (variables.errors) return null
  const alone = operationAlone(document, operation)
  return alone ? measure(schema, alone, { ...variableValues }) : tooLarge()
}

/** The document with this operation only; null when it asks more than once for what may be asked once. */
export function operationAlone(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode | null {
  const fragments = new Map(document.definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]))
  if (ONCE.some((names) => countRootFields(operation.selectionSet, new Map(fragments), names) > 1)) return null
  return { ...document, definitions: [operation, ...fragments.values()] }
}

/**
 * What forbids an operation of this size, if anything.
 * @param variables as they were sent: the measure coerces them itself, and a scalar that is another thing once coerced, such as a moment,
 * would not fit its type a second time
 */
export function measure(schema: GraphQLSchema, alone: DocumentNode, variables: Record<string, unknown>): GraphQLError | null {
  try {
    const { complexity, depth, breadth } = complexityFromQuery(alone, { schema, variables })
    return complexity > MOST_COMPLEX || depth > DEEPEST || breadth > BROADEST ? tooLarge() : null
  } catch {
    // An argument that does not fit its type, such as null in place of a value: what cannot be measured is not run.
    return new GraphQLError('An argument has a value that its type does not allow.', {
      extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
    })
  }
}

const isFragment = (one: DefinitionNode): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION

/**
 * How often fields of these names are asked for at the top, fragments included: each fragment once, since a second spread of it adds no
 * field. `fragments` is used up.
 */
function countRootFields(
  { selections }: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  names: ReadonlySet<string>,
): number {
  return selections.reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + (names.has(selection.name.value) ? 1 : 0)
    if (selection.kind === Kind.INLINE_FRAGMENT) return count + countRootFields(selection.selectionSet, fragments, names)
    const fragment = fragments.get(selection.name.value)
    fragments.delete(selection.name.value)
    return fragment ? count + countRootFields(fragment.selectionSet, fragments, names) : count
  }, 0)
}
