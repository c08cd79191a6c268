import type { CodegenConfig } from '@graphql-codegen/cli'
import { lexicographicSortSchema, printSchema } from 'graphql'
import { readFileSync, writeFileSync } from 'node:fs'
import { matrixTable } from './api/access/rules/matrix-table.ts'
import { schema } from './api/schema.ts'

// One command makes both: the contract (schema/schema.graphql, committed) from the API's types, and from it the typed documents of each
// widget. One file an element, so that no bundle carries another's operations.
const sdl = `${printSchema(lexicographicSortSchema(schema))}\n`
const write = (path: string, text: string) => {
  if (readFileSync(path, 'utf8') !== text) writeFileSync(path, text)
}
write('schema/schema.graphql', sdl)
// Who may see what, for people to read.
const access = readFileSync('docs/access.md', 'utf8')
write('docs/access.md', access.replace(/(<!-- table -->\n)[\s\S]*(<!-- end of the table -->)/, `$1\n${matrixTable()}\n\n$2`))

const documents = (element: string): CodegenConfig['generates'] => ({
  [`schema/generated/${element}.ts`]: {
    documents: `widgets/${element}/*.graphql`,
    plugins: ['typescript-operations', 'typed-document-node'],
    config: {
      documentMode: 'string',
      enumsAsTypes: true,
      useTypeImports: true,
      strictScalars: true,
      scalars: { DateTime: 'string', Date: 'string', EligibilityRule: 'unknown' },
      skipTypename: false,
    },
  },
})

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  generates: { ...documents('callback'), ...documents('finder'), ...documents('desk'), ...documents('workshop') },
}

export default config
