import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'

/** As long as pages and lists may be (`graphql/connection.ts`, `taxonomy/rules.ts`; a test compares). */
export const LONGEST_PAGE = 100
export const LONGEST_LIST = 50
/** Longer texts weigh no more (`graphql/connection.ts`). */
const LONG_TEXT = 'x'.repeat(250)
const SCALARS: Readonly<Record<string, unknown>> = {
  Int: LONGEST_PAGE,
  Float: 1,
  Boolean: true,
  Date: '2026-01-01',
  DateTime: '2026-01-01T00:00:00Z',
}

/**
 * Variables with which an operation weighs as much as it ever can: the longest pages, lists and texts, nothing left out. Every weight of the
 * schema rises with what is asked for, so what is not too large with these is not with any others that are accepted.
 */
export const largestVariables = (schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[]): Record<string, unknown> =>
  Object.fromEntries(
    definitions.map(({ variable, type }) => [variable.name.value, largestOf(typeFromAST(schema, type as never) as GraphQLInputType)]),
  )

function largestOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return largestOf(type.ofType)
  if (isListType(type)) return Array.from({ length: LONGEST_LIST }, () => largestOf(type.ofType))
  if (isInputObjectType(type)) {
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, largestOf(field.type)]))
  }
  if (isEnumType(type)) return type.getValues()[0]?.name
  return type.name in SCALARS ? SCALARS[type.name] : LONG_TEXT
}
