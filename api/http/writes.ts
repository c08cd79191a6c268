import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Context } from '../context.ts'
import { languagesFrom } from '../directory/language.ts'
import { schema } from '../schema.ts'
import { createDocuments, WRITES } from './documents.ts'
import type { Ask } from './exchange.ts'
import { mediaTypeOf, readParams } from './params.ts'
import { isPlain } from './reads.ts'
import type { GraphQLAnswer } from './yoga.ts'

export type WriteParts = {
  contextOf(ask: Ask, languages: Context['languages']): Context
  /** Tells what came of an operation when that is an error: in one place, as for all others. */
  present(ask: Ask, context: Context, executed: ExecutionResult): Promise<GraphQLAnswer>
}

/**
 * The short way for the one write that must bear a rush, a request to be called back: a document seen before is not parsed, validated and
 * measured again, and runs compiled (`documents.ts`). Null for all else, which Yoga answers. An answer is what Yoga's would be.
 */
export function createWrites({ contextOf, present }: WriteParts): (ask: Ask) => Promise<GraphQLAnswer> | null {
  const documentOf = createDocuments(schema, { operation: 'mutation', fields: [WRITES] })
  return (ask) => {
    if (ask.method !== 'POST' || !isPlain(ask)) return null
    const mediaType = mediaTypeOf(ask.headers.accept ?? '')
    const params = readParams(ask)
    const write = params && documentOf(params.query, params.operationName)
    if (!mediaType || !params || !write?.allows(params.variables)) return null
    const context = contextOf(ask, languagesFrom(ask.headers['accept-language']))
    const answer = async (): Promise<GraphQLAnswer> => {
      const result = await write.run(context, params.variables)
      if (result.errors) return present(ask, context, { errors: result.errors.map(asGraphQLError), data: result.data })
      return {
        status: 200,
        mediaType,
        body: Buffer.from(JSON.stringify({ data: result.data })),
        extra: {},
        failed: false,
        kind: 'mutation',
      }
    }
    return answer()
  }
}

/** graphql-jit makes error objects of its own. They know no nodes: such an answer has no `locations`. */
const asGraphQLError = ({ message, path, originalError }: GraphQLError): GraphQLError => new GraphQLError(message, { path, originalError })
