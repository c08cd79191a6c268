import { ENDPOINTS } from './endpoints.ts'
import { PARAMETERS, type ParameterName } from './parameters.ts'

/** The official schemas, which the records follow. */
const SCHEMAS = 'https://raw.githubusercontent.com/openreferral/specification/3.1/schema'

const PROBLEM = { description: 'A parameter is malformed, or there is no such record.', content: { 'application/problem+json': {} } }

const parametersOf = (names: readonly ParameterName[]) =>
  names.map((name) => {
    const { description, schema } = PARAMETERS[name]
    return { name, in: 'query', required: false, description, schema }
  })

const schemaOf = (name: string) => ({ $ref: `${SCHEMAS}/${name}.json` })

const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } })

/** The description of this interface (OpenAPI 3.1), made from the same tables that read the requests. */
export function describeApi(address: string): object {
  const paths = [...ENDPOINTS].flatMap(([name, { schema, summary, parameters, oneParameters }]) => {
    const page = {
      allOf: [{ $ref: '#/components/schemas/Page' }, { properties: { contents: { type: 'array', items: schemaOf(schema) } } }],
    }
    const answer = json('A page of records.', page)
    const list = {
      summary,
      parameters: parametersOf(parameters),
      responses: {
        200: { ...answer, content: { ...answer.content, 'application/x-ndjson': { schema: schemaOf(schema) } } },
        400: PROBLEM,
      },
    }
    const id = {
      name: 'id',
      in: 'path',
      required: true,
      description: 'Identifier of the record.',
      schema: { type: 'string', format: 'uuid' },
    }
    const one = {
      summary: `One of them, fully nested. ${summary}`,
      parameters: parametersOf(oneParameters),
      responses: { 200: json('The record.', schemaOf(schema)), 400: PROBLEM, 404: PROBLEM },
    }
    return [
      [`/${name}`, { get: list, post: list }],
      [`/${name}/{id}`, { parameters: [id], get: one }],
    ]
  })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Passerelle: the directory in the words of HSDS 3.1',
      version: '3.1',
      summary: 'Services, organizations, places and taxonomies, for other directories to read.',
      description:
        'The records of a feed are in one language; where a text does not exist in it, it is in the next best, and an attribute with ' +
        '`link_type` `text_language` names that one. A list has the direct fields of its records; `full=true` nests the rest.',
      license: { name: 'The license of the content is that of its publisher.' },
    },
    servers: [{ url: address }],
    paths: {
      '/': {
        get: {
          summary: 'Which version of the standard this is.',
          responses: { 200: json('Version, profile and the address of this description.', { type: 'object' }) },
        },
      },
      ...Object.fromEntries(paths),
    },
    components: { schemas: { Page: PAGE } },
  }
}

const PAGE = {
  type: 'object',
  properties: {
    total_items: { type: 'integer', description: 'Records on all pages.' },
    total_pages: { type: 'integer', description: 'How many pages there are.' },
    page_number: { type: 'integer', description: 'The number of this page, from 1.' },
    size: { type: 'integer', description: 'Records on this page.' },
    first_page: { type: 'boolean', description: 'This is the first page.' },
    last_page: { type: 'boolean', description: 'No page follows.' },
    empty: { type: 'boolean', description: 'There is no record on this page.' },
  },
}
