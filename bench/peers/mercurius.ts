import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { FieldNode, GraphQLResolveInfo } from 'graphql'
import mercurius from 'mercurius'
import type { LanguageCode } from '../../api/db/generated/enums.ts'
import { languagesFrom } from '../../api/directory/language.ts'
import type { Variables } from '../queries.ts'
import { sayAddress } from './answer.ts'
import { openPool } from './database.ts'
import { type Selection, selectionOf } from './selection.ts'
import { servicesStatement, serviceStatement, toCursor } from './sql.ts'

/**
 * (c) Mercurius with its just-in-time compiler, on the same contract. One statement for each root field reads just what is selected, so
 * there is no N+1; the fields below take their values from its JSON.
 */
const query = openPool({ json: 'values' })

type Context = { languages: readonly LanguageCode[] }

/** The selection of a document that mercurius has parsed and keeps is worked out once. */
const selections = new WeakMap<FieldNode, Selection>()
function selected(info: GraphQLResolveInfo): Selection {
  const field = info.fieldNodes[0] as FieldNode
  const selection = selections.get(field) ?? selectionOf(info)
  selections.set(field, selection)
  return selection
}

const resolvers = {
  Query: {
    async services(_root: unknown, variables: Variables, { languages }: Context, info: GraphQLResolveInfo) {
      const node = selected(info).edges?.node ?? {}
      const row = await query<{ edges: object[]; more: boolean; last: string | null }>(servicesStatement(node, languages, variables))
      return { edges: row?.edges, pageInfo: { hasNextPage: row?.more, endCursor: toCursor(row?.last ?? null) } }
    },
    async service(_root: unknown, variables: Variables, { languages }: Context, info: GraphQLResolveInfo) {
      return (await query<{ service: object }>(serviceStatement(selected(info), languages, variables)))?.service ?? null
    },
  },
}

const app = fastify()
await app.register(mercurius, {
  schema: readFileSync('schema/schema.graphql', 'utf8'),
  resolvers: resolvers as never,
  jit: 1,
  context: (request): Context => ({ languages: languagesFrom(request.headers['accept-language']) }),
})
await app.listen({ port: 0, host: '127.0.0.1' })
sayAddress((app.server.address() as AddressInfo).port)
