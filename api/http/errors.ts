import { GraphQLError } from 'graphql'

/** Tells that something went wrong: codes and names only, since messages may carry what a person wrote. */
export type ErrorEvent = { event: string; code: string; path?: string; reqId?: string }
export type LogError = (event: ErrorEvent) => void

/** Codes of Yoga that have another name here. */
const RENAMED: Record<string, string> = { REQUEST_ENTITY_TOO_LARGE: 'BODY_TOO_LARGE' }

/**
 * What is shown of an error: one of the request itself without the values in it and without hints at names of the schema; a bug only as a
 * bug. Never the original message or stack, whatever NODE_ENV says: Prisma's messages contain the values of a statement.
 */
export function presentError(error: unknown, logError: LogError): GraphQLError {
  if (error instanceof GraphQLError && isOfRequest(error)) return presentRequestError(error)
  const original = error instanceof GraphQLError ? error.originalError : error
  const path = error instanceof GraphQLError ? error.path : undefined
  logError({ event: 'unexpected_error', code: nameOf(original), path: path?.join('.') })
  return new GraphQLError('Unexpected error.', { path, extensions: { code: 'INTERNAL_SERVER_ERROR' } })
}

/**
 * The same error with a code, and with nothing in it but names of the schema.
 * @param fallback the code of an error that has none
 */
export function presentRequestError(error: GraphQLError, fallback = 'BAD_USER_INPUT'): GraphQLError {
  const { message, nodes, source, positions, path } = error
  const { code, http, problems, retryAfterSeconds } = error.extensions
  const stable = typeof code === 'string' ? (RENAMED[code] ?? code) : fallback
  // `spec` lets a document that cannot be parsed be 200 for clients of plain JSON, as GraphQL over HTTP wants; a body that cannot is 400.
  const status = stable === 'BAD_REQUEST' && http ? { ...http, spec: false } : http
  const kept = Object.fromEntries(Object.entries({ http: status, problems, retryAfterSeconds }).filter(([, value]) => value !== undefined))
  return new GraphQLError(withoutValues(message), { nodes, source, positions, path, extensions: { code: stable, ...kept } })
}

/**
 * A message of graphql-js without what the caller wrote: a phone number in a variable of the wrong form must not come back in a message
 * that somebody logs. Names of types and required fields, which help a developer, stay.
 */
export function withoutValues(message: string): string {
  const variable = /^Variable "(\$[^"]+)" got invalid value /.exec(message)
  if (variable) {
    const missing = /; Field "(\w+)" of required type "([\w![\]]+)" was not provided\.$/.exec(message)
    return missing
      ? `Variable "${variable[1]}" lacks the required field "${missing[1]}" of type "${missing[2]}".`
      : `Variable "${variable[1]}" has a value that its type does not allow.`
  }
  return message
    .replace(/ Did you mean[\s\S]*$/, '')
    .replace(/(cannot represent [^:]*):[\s\S]*$/, '$1.')
    .replace(/^Value "[\s\S]*" does not exist in/, 'The value does not exist in')
    .replace(/^(Syntax Error: Unexpected \S+) "[\s\S]*$/, '$1.')
    .replace(/, found [\s\S]*$/, '.')
}

const isOfRequest = (error: GraphQLError): boolean =>
  error.originalError == null || (error.originalError instanceof GraphQLError && isOfRequest(error.originalError))

/** A name to find a bug by: a Prisma or Node.js error code, else the class. Never the message, which may carry what a person wrote. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? `${error.name} ${code}` : error.name
}
