import type { CodegenConfig } from '@graphql-codegen/cli'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { readFileSync, writeFileSync } from 'node:fs'
import { schema } from './api/schema.ts'

// One command makes both: the contract (schema/schema.graphql, committed) from the API's types, and from it the typed documents of each
// widget. One file an element, so that no bundle carries another's operations.
const sdl = `${printSchema(lexicographicSortSchema(schema))}\n`
if (readFileSync('schema/schema.graphql', 'utf8') !== sdl) writeFileSync('schema/schema.graphql', sdl)

const documents = (element: string): CodegenConfig['generates'] => ({
  [`schema/generated/${element}.ts`]: {
    documents: `widgets/${element}/*.graphql`,
    plugins: ['typescript-operations', 'typed-document-node'],
    config: {
      documentMode: 'string',
      enumsAsTypes: true,
      useTypeImports: true,
      strictScalars: true,
      scalars: { DateTime: 'string', Date: 'string' },
      skipTypename: false,
    },
  },
})

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: { ...documents('callback'), ...documents('finder') },
}

export default config
