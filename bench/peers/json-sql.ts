import { parse } from 'graphql'
import { languagesFrom } from '../../api/directory/language.ts'
import { TEXTS, type Variables } from '../queries.ts'
import { JSON_HEADERS, listen, readBody } from './answer.ts'
import { openPool } from './database.ts'
import { type Selection, selectionOf } from './selection.ts'
import { servicesStatement, serviceStatement, toCursor } from './sql.ts'

/** (b) One statement for each question, known beforehand, whose JSON goes out as the database made it. No GraphQL. */
const query = openPool({ json: 'text' })
const [listed, shown] = [fieldsOf(TEXTS.list), fieldsOf(TEXTS.slug)]
const node = listed.services?.edges?.node ?? {}
const record = shown.service ?? {}

listen(async (request, response) => {
  try {
    const { operationName, variables } = JSON.parse((await readBody(request)).toString()) as { operationName: string; variables: Variables }
    const languages = languagesFrom(request.headers['accept-language'])
    const data = operationName === 'Services' ? await services(variables, languages) : await service(variables, languages)
    const body = Buffer.from(`{"data":${data}}`)
    response.writeHead(200, { ...JSON_HEADERS, 'content-length': body.length }).end(body)
  } catch (error) {
    console.error(error)
    response.writeHead(500).end()
  }
})

type Languages = ReturnType<typeof languagesFrom>

async function services(variables: Variables, languages: Languages): Promise<string> {
  const row = await query<{ edges: string; more: boolean; last: string | null }>(servicesStatement(node, languages, variables))
  const pageInfo = JSON.stringify({ hasNextPage: row?.more, endCursor: toCursor(row?.last ?? null) })
  return `{"services":{"edges":${row?.edges},"pageInfo":${pageInfo}}}`
}

async function service(variables: Variables, languages: Languages): Promise<string> {
  const row = await query<{ service: string }>(serviceStatement(record, languages, variables))
  return `{"service":${row?.service ?? null}}`
}

function fieldsOf(text: string): Selection {
  const [operation] = parse(text).definitions
  return operation?.kind === 'OperationDefinition' ? selectionOf({ fieldNodes: [operation as never], fragments: {} }) : {}
}
