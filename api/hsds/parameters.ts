import { Temporal } from 'temporal-polyfill'

/** What is wrong with one parameter, in English: these are read by programmers. */
export type ParameterProblem = { parameter: string; detail: string }

/** A page holds this many records unless asked otherwise, and this many at most: more is answered with as many. */
export const DEFAULT_PAGE = 50
export const LONGEST_PAGE = 1_000

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

type Parameter<T> = {
  description: string
  schema: object
  /** What applies when it is absent. */
  absent: T
  /** The value, or undefined when it is malformed. */
  read: (text: string) => T | undefined
  /** What it must be, in words. */
  wanted: string
}

const parameter = <T>(one: Parameter<T>): Parameter<T> => one

const flag = (description: string) =>
  parameter<boolean>({
    description,
    schema: { type: 'boolean' },
    absent: false,
    read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    wanted: 'true or false',
  })

const identifier = (description: string) =>
  parameter<string | null>({
    description: `${description} An identifier that is nowhere in use finds nothing.`,
    schema: { type: 'string', format: 'uuid' },
    absent: null,
    read: (text) => (UUID.test(text) ? text.toLowerCase() : undefined),
    wanted: 'a UUID',
  })

const natural = (text: string): number | undefined => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined)

/** Every parameter of the standard, and `lang`. */
export const PARAMETERS = {
  lang: parameter<string | null>({
    description: 'Language of the feed; without it `Accept-Language` counts, and French.',
    schema: { type: 'string', enum: ['fr', 'de', 'nl', 'en'] },
    absent: null,
    read: (text) => (['fr', 'de', 'nl', 'en'].includes(text) ? text : undefined),
    wanted: 'fr, de, nl or en',
  }),
  search: parameter<string | null>({
    description: 'Full text search, best matches first; accents, case and small typing errors are forgiven.',
    schema: { type: 'string' },
    absent: null,
    read: (text) => text.trim() || null,
    wanted: 'a text',
  }),
  page: parameter<number>({
    description: 'Page number, from 1.',
    schema: { type: 'integer', minimum: 1, default: 1 },
    absent: 1,
    read: natural,
    wanted: 'a whole number from 1',
  }),
  per_page: parameter<number | null>({
    description: `Records on a page: ${DEFAULT_PAGE} unless said otherwise, ${LONGEST_PAGE} at most.`,
    schema: { type: 'integer', minimum: 1, default: DEFAULT_PAGE },
    absent: null,
    read: natural,
    wanted: 'a whole number from 1',
  }),
  format: parameter<'json' | 'ndjson'>({
    description: 'json is a page; ndjson is every record without pages, one a line (application/x-ndjson).',
    schema: { type: 'string', enum: ['json', 'ndjson'], default: 'json' },
    absent: 'json',
    read: (text) => (text === 'json' || text === 'ndjson' ? text : undefined),
    wanted: 'json or ndjson',
  }),
  taxonomy_term_id: identifier('Records of this taxonomy term or a term below it.'),
  taxonomy_id: identifier('Records of any term of this taxonomy.'),
  organization_id: identifier('Records of this organization.'),
  parent_id: identifier('Terms right below this one.'),
  modified_after: parameter<Date | null>({
    description:
      'Records of which anything changed at this moment or later, their hours, phones and places included. A date alone begins at midnight UTC. ' +
      'The moment is that of the editor’s transaction: ask from some minutes before your last reading.',
    schema: { type: 'string', format: 'date-time' },
    absent: null,
    read: moment,
    wanted: 'a date or date-time of ISO 8601, such as 2026-11-21T08:00:00Z',
  }),
  minimal: flag('Only `id` and `last_modified`, all records on one page unless `per_page` is given.'),
  full: flag('Fully nested records.'),
  full_service: flag('Each organization with its fully nested `services`, which the schema of an organization does not name.'),
  top_only: flag('Only terms without a parent.'),
  postcode: parameter<string | null>({
    description:
      'Only what is offered in a commune of this Belgian postal code: by its service area, everywhere without one, and by phone or online ' +
      'also when it is made for another province or region.',
    schema: { type: 'string', pattern: '^\\d{4}$' },
    absent: null,
    read: (text) => (/^\d{4}$/.test(text) ? text : undefined),
    wanted: 'a Belgian postal code of four digits',
  }),
  proximity: parameter<number | null>({
    description: 'With `postcode`: only places within so many meters from the middle of its commune.',
    schema: { type: 'string', pattern: '^\\d+$' },
    absent: null,
    read: natural,
    wanted: 'a whole number of meters, from 1',
  }),
}

export type ParameterName = keyof typeof PARAMETERS
/** The values of all parameters; those that were not given, or that the endpoint does not have, as absent. */
export type Query = { [K in ParameterName]: (typeof PARAMETERS)[K]['absent'] }

/** Parameters that narrow what is found: where one is not known, answering everything would be wrong. */
const FILTERS: ReadonlySet<string> = new Set<ParameterName>([
  'search',
  'taxonomy_term_id',
  'taxonomy_id',
  'organization_id',
  'parent_id',
  'modified_after',
  'top_only',
  'postcode',
  'proximity',
])

/**
 * Reads the parameters that an endpoint has. What the standard does not know is ignored; one of its filters that this endpoint does not
 * have is refused.
 */
export function readParameters(given: URLSearchParams, names: readonly ParameterName[]): { query: Query; problems: ParameterProblem[] } {
  const problems: ParameterProblem[] = []
  const query = Object.fromEntries(Object.entries(PARAMETERS).map(([name, { absent }]) => [name, absent])) as Record<string, unknown>
  for (const name of new Set(given.keys())) {
    const [text = '', ...more] = given.getAll(name)
    if (!(names as readonly string[]).includes(name)) {
      if (FILTERS.has(name)) problems.push({ parameter: name, detail: 'This endpoint does not have this filter.' })
      continue
    }
    const { read, wanted } = PARAMETERS[name as ParameterName]
    const value = more.length > 0 ? undefined : read(text)
    if (value === undefined) problems.push({ parameter: name, detail: `Give it once, as ${wanted}.` })
    else query[name] = value
  }
  if (query.proximity !== null && query.postcode === null)
    problems.push({ parameter: 'proximity', detail: 'It needs `postcode`, from where it is measured.' })
  return { query: query as Query, problems }
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/** A date, or a date and time, UTC unless it says otherwise; the space that a `+` becomes in an address is a `+`. */
function moment(text: string): Date | undefined {
  const [, day, time = '00:00', zone = 'Z'] = MOMENT.exec(text.trim().replace(' ', '+')) ?? []
  if (!day) return undefined
  try {
    Temporal.PlainDate.from(day, { overflow: 'reject' })
    return new Date(Temporal.Instant.from(`${day}T${time}${zone}`).epochMilliseconds)
  } catch {
    return undefined
  }
}
