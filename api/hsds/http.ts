import { languagesFrom, tagOf } from '../directory/language.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { publicOrigin } from '../service/rules/addresses.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { ENDPOINTS, type Feed, type ListEndpoint } from './endpoints.ts'
import { languageOf } from './map/parts.ts'
import { describeApi } from './openapi.ts'
import { DEFAULT_PAGE, LONGEST_PAGE, type ParameterProblem, type Query, readParameters } from './parameters.ts'
import { type Body, problem, sendBody, sendPreflight } from './send.ts'

const PATH = '/hsds'
const VERSION = '3.1'
/** Where the standard, unchanged, is described: there is no profile of our own. */
const PROFILE = 'https://docs.openreferral.org/en/latest/'

/** The form of the records: raise it when the mapping changes, so that no kept answer outlives it. */
const FORM = 1

/**
 * The directory as the Human Services Data Specification 3.1 has it, for other directories to read: `/hsds` and what is below.
 * Public, read only, from the snapshot alone.
 * @param ownOrigins under which this server is reached
 * @returns null when the address is another's
 */
export function answerHsds(
  request: Request,
  directory: Snapshot,
  now: Date,
  ownOrigins: ReadonlySet<string>,
): Response | Promise<Response> | null {
  const url = new URL(request.url)
  if (url.pathname !== PATH && !url.pathname.startsWith(`${PATH}/`)) return null
  if (request.method === 'OPTIONS') return sendPreflight()
  const [name = '', id, ...deeper] = url.pathname
    .slice(PATH.length + 1)
    .replace(/\/$/, '')
    .split('/')
  const endpoint = ENDPOINTS.get(name)
  const isRoot = name === '' || name === 'openapi.json'
  if (deeper.length > 0 || (!endpoint && (!isRoot || id !== undefined))) return problem(request, 404, 'There is nothing at this address.')
  // The standard lets lists be asked for by POST, with the same parameters in the address.
  const methods = endpoint && id === undefined ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
  if (!methods.includes(request.method)) {
    return problem(request, 405, `Use ${methods.join(' or ')}.`, [], { allow: methods.join(', ') })
  }

  const { query, problems } = readParameters(url.searchParams, endpoint ? (id ? endpoint.oneParameters : endpoint.parameters) : ['lang'])
  if (query.postcode !== null && !directory.communesByPostalCode.has(query.postcode))
    problems.push({ parameter: 'postcode', detail: 'No such postal code in Belgium.' })
  if (problems.length > 0) return refuse(request, problems)

  const languages = languagesFrom(query.lang ?? request.headers.get('accept-language'))
  const feed: Feed = { directory, languages, today: dayIn(now) }
  const body = endpoint ? bodyOf(endpoint, feed, query, id) : metaOf(name, publicOrigin(url, ownOrigins))
  if (!body) return problem(request, 404, 'There is no such record.')
  return sendBody(request, body, { etag: etagOf(feed), language: tagOf(languageOf(languages)) })
}

/** The root, which says what this is, and the description of the interface. */
function metaOf(name: string, origin: string): Body {
  const about = { version: VERSION, profile: PROFILE, openapi_url: `${origin}${PATH}/openapi.json` }
  return { type: 'json', text: () => JSON.stringify(name === '' ? about : describeApi(`${origin}${PATH}`)) }
}

const refuse = (request: Request, problems: ParameterProblem[]): Response =>
  problem(request, 400, 'A parameter cannot be accepted.', problems)

/** What an answer depends on beside its address: content, language, and the day, from which hours are told. */
const etagOf = ({ directory, languages, today }: Feed): string =>
  `W/"${FORM}-${directory.version}-${tagOf(languageOf(languages))}-${today}"`

function bodyOf(endpoint: ListEndpoint, feed: Feed, query: Query, id: string | undefined): Body | null {
  if (id !== undefined) {
    const record = endpoint.one(feed, query, id.toLowerCase())
    return record && { type: 'json', text: () => JSON.stringify(record) }
  }
  if (query.format === 'ndjson') return { type: 'ndjson', lines: () => linesOf(endpoint, feed, query) }
  return { type: 'json', text: () => JSON.stringify(pageOf(endpoint, feed, query)) }
}

/** A page with the standard's own words about it. */
function pageOf(endpoint: ListEndpoint, feed: Feed, query: Query): object {
  const { total, at } = endpoint.list(feed, query)
  const size = query.per_page === null ? (query.minimal ? Math.max(total, 1) : DEFAULT_PAGE) : Math.min(query.per_page, LONGEST_PAGE)
  const start = (query.page - 1) * size
  const contents = Array.from({ length: Math.max(0, Math.min(size, total - start)) }, (_none, index) => at(start + index))
  return {
    total_items: total,
    total_pages: Math.ceil(total / size),
    page_number: query.page,
    size: contents.length,
    first_page: query.page === 1,
    last_page: start + size >= total,
    empty: contents.length === 0,
    contents,
  }
}

function* linesOf(endpoint: ListEndpoint, feed: Feed, query: Query): Generator<string> {
  const { total, at } = endpoint.list(feed, query)
  for (let index = 0; index < total; index++) yield `${JSON.stringify(at(index))}\n`
}
