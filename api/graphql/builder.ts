import SchemaBuilder from '@pothos/core'
import ComplexityPlugin from '@pothos/plugin-complexity'
import ErrorsPlugin from '@pothos/plugin-errors'
import PrismaPlugin from '@pothos/plugin-prisma'
import RelayPlugin from '@pothos/plugin-relay'
import type { Context } from '../context.ts'
import type PrismaTypes from '../db/generated/pothos.ts'
import { getDatamodel } from '../db/generated/pothos.ts'
import { DEFAULT_PAGE, LONGEST_PAGE, listWeight } from './connection.ts'
import { GUARD } from './guard.ts'

/** The one schema builder. Types live in the features; plugins are listed outermost first. */
export const builder = new SchemaBuilder<{
  Context: Context
  PrismaTypes: PrismaTypes
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  Connection: { totalCount: number }
  Scalars: {
    DateTime: { Input: Date; Output: Date }
    Date: { Input: string; Output: string }
    ID: { Input: string; Output: string }
    EligibilityRule: { Input: unknown; Output: unknown }
  }
}>({
  plugins: [GUARD, ErrorsPlugin, RelayPlugin, PrismaPlugin, ComplexityPlugin],
  defaultFieldNullability: false,
  complexity: {
    // A page counts as many records as are asked for; what is not paged is short. Costly single fields say themselves what they weigh.
    fieldComplexity: ({ first, last, ...args }, _context, { type, args: known }) => {
      if (known.some(({ name }) => name === 'first'))
        return { field: listWeight(args), multiplier: Math.min(Math.max(Number(first ?? last ?? DEFAULT_PAGE), 0), LONGEST_PAGE) }
      const name = String(type)
      return { field: 1, multiplier: name.startsWith('[') && !/Edge!/.test(name) ? 5 : 1 }
    },
  },
  errors: { directResult: true, defaultTypes: [] },
  // No `node(id:)`: it would reach rows past the rules of their own fields.
  relay: {
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    cursorType: 'String',
    edgesFieldOptions: { nullable: false, description: 'The records of this page, each with its cursor.' },
    nodeFieldOptions: { nullable: false, description: 'The record.' },
    cursorFieldOptions: { description: 'Its place, for `after` and `before`.' },
    pageInfoFieldOptions: { description: 'Where this page lies in the list.' },
    pageInfoTypeOptions: { description: 'Where a page lies in its list.' },
    hasNextPageFieldOptions: { description: 'More records follow.' },
    hasPreviousPageFieldOptions: { description: 'Records come before.' },
    startCursorFieldOptions: { description: 'Cursor of the first record of the page.' },
    endCursorFieldOptions: { description: 'Cursor of the last record of the page; `after` it comes the next page.' },
    firstArgOptions: {
      description: `How many from the start, 0 to ${LONGEST_PAGE}; ${DEFAULT_PAGE} when neither first nor last is given.`,
    },
    lastArgOptions: { description: `How many from the end, 0 to ${LONGEST_PAGE}.` },
    afterArgOptions: { description: 'Only what follows this cursor.' },
    beforeArgOptions: { description: 'Only what comes before this cursor.' },
  },
  prisma: { client: (context) => context.db, dmmf: getDatamodel(), exposeDescriptions: true },
})

builder.queryType({ description: 'What can be read.' })
builder.mutationType({ description: 'What can be done. Expected failures are members of each result union; auth and limits are errors.' })

builder.globalConnectionField('totalCount', (t) =>
  t.int({ description: 'How many records the whole list has.', resolve: ({ totalCount }) => totalCount }),
)
