import { csvOf, parseCsv } from './csv.ts'
import type { ImportProblem, Place, SentFile } from './entry.ts'
import { cut, MOST_ROWS } from './entry.ts'
import type { Lists } from './hsds.ts'
import { type Sent, isSent, setPlace } from './values.ts'

/** A table of the standard's data package: the columns that are filled or read here, and the lists in which its rows stand in JSON. */
type Table = {
  name: string
  /** Without `.csv`. */
  path: string
  columns: readonly string[]
  /** Which table a column leads to, and the list there. */
  within?: readonly { column: string; table: string; list: string }[]
}

const within = (list: string, ...tables: string[]) => tables.map((table) => ({ column: `${table}_id`, table, list }))

/** As `datapackage.json` of HSDS 3.1 names them; of capacities, whose columns it leaves out, as their JSON schema does. */
const TABLES: readonly Table[] = [
  { name: 'organization', path: 'organizations', columns: list('id name description email website') },
  {
    name: 'service',
    path: 'services',
    columns: list(
      `id organization_id name description url email status application_process fees_description eligibility_description minimum_age maximum_age
      assured_date alert last_modified`,
    ),
  },
  { name: 'location', path: 'locations', columns: list('id location_type organization_id name latitude longitude') },
  {
    name: 'service_at_location',
    path: 'service_at_location',
    columns: list('id service_id location_id'),
    within: within('service_at_locations', 'service'),
  },
  {
    name: 'address',
    path: 'addresses',
    columns: list('id location_id address_1 city region state_province postal_code country address_type'),
    within: within('addresses', 'location'),
  },
  {
    name: 'phone',
    path: 'phones',
    columns: list('id service_id organization_id location_id number extension type description'),
    within: within('phones', 'service', 'organization', 'location'),
  },
  {
    name: 'schedule',
    path: 'schedules',
    columns: list('id service_id valid_from valid_to timezone freq byday description opens_at closes_at notes'),
    within: within('schedules', 'service'),
  },
  {
    name: 'service_area',
    path: 'service_areas',
    columns: list('id service_id name extent extent_type'),
    within: within('service_areas', 'service'),
  },
  {
    name: 'language',
    path: 'languages',
    columns: list('id service_id phone_id name code'),
    within: within('languages', 'service', 'phone'),
  },
  {
    name: 'required_document',
    path: 'required_documents',
    columns: list('id service_id document'),
    within: within('required_documents', 'service'),
  },
  {
    name: 'cost_option',
    path: 'cost_options',
    columns: list('id service_id option currency amount amount_description'),
    within: within('cost_options', 'service'),
  },
  {
    name: 'service_capacity',
    path: 'service_capacity',
    columns: list('id service_id unit_id available maximum updated'),
    within: within('capacities', 'service'),
  },
  { name: 'unit', path: 'units', columns: list('id name') },
  { name: 'attribute', path: 'attributes', columns: list('id link_id taxonomy_term_id link_type link_entity value label') },
  {
    name: 'taxonomy_term',
    path: 'taxonomy_terms',
    columns: list('id code name description parent_id taxonomy language taxonomy_id'),
  },
  { name: 'taxonomy', path: 'taxonomies', columns: list('id name description') },
]

function list(names: string): string[] {
  return names.trim().split(/\s+/)
}

/** Tables of the standard that have no place here; their rows are told as left out. */
const OTHERS = list(
  'accessibility contacts funding meta_table_descriptions metadata organization_identifiers programs url urls contact program organization_identifier meta_table_description',
)

/** Whether a file is called as a table of the standard. */
export const isTable = (file: string): boolean => {
  const name = tableIn(file)
  return BY_NAME.has(name) || OTHERS.includes(name)
}

const tableIn = (file: string): string => (file.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.csv$/, '')

const BY_NAME = new Map(TABLES.flatMap((table) => [[table.name, table] as const, [table.path, table] as const]))

/** Rows of a table by their ids, in the order of the file. */
type Rows = { record: Sent; place: Place }[]

/**
 * The records of a data package, nested as its JSON form has them. A row that belongs to none is wrong: nobody would ever see it.
 * @returns the tables that have no place here as well
 */
export function readTables(files: readonly SentFile[]): {
  lists: Lists
  problems: ImportProblem[]
  leftOut: { name: string; count: number }[]
} {
  const problems: ImportProblem[] = []
  const leftOut: { name: string; count: number }[] = []
  const tables = new Map<string, Rows>()
  for (const file of files) {
    const name = tableIn(file.name)
    const whole = (code: ImportProblem['code'], params?: ImportProblem['params']) =>
      problems.push({ file: file.name, row: 1, column: null, code, ...(params ? { params } : {}) })
    if (name === 'datapackage.json') continue
    const table = BY_NAME.get(name)
    if (!table && !OTHERS.includes(name)) whole('table_unknown', { value: cut(name, 80) })
    else if (table && tables.has(table.name)) whole('table_twice', { value: name })
    else {
      const rows = rowsOf(file, problems)
      if (table) tables.set(table.name, rows)
      else if (rows.length > 0) leftOut.push({ name, count: rows.length })
    }
  }
  nest(tables, problems)
  const at = (name: string) => (tables.get(name) ?? []).map(({ record, place }): [Sent, Place] => [record, place])
  return { lists: { organizations: at('organization'), services: at('service'), locations: at('location'), pairs: [] }, problems, leftOut }
}

function rowsOf(file: SentFile, problems: ImportProblem[]): Rows {
  const { rows, openQuote } = parseCsv(file.text)
  const whole = (row: number, code: ImportProblem['code'], params?: ImportProblem['params']) =>
    problems.push({ file: file.name, row, column: null, code, ...(params ? { params } : {}) })
  if (openQuote !== null) whole(openQuote, 'quote_open')
  const [head, ...body] = rows
  const names = head?.cells.map((cell) => cell.trim()) ?? []
  if (!head) whole(1, 'file_empty')
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index)
  if (twice) whole(1, 'column_twice', { value: twice })
  if (body.length > MOST_ROWS * 10) whole(1, 'rows_too_many', { max: MOST_ROWS * 10 })
  if (openQuote !== null || twice || body.length > MOST_ROWS * 10) return []
  return body.flatMap(({ line, cells }) => {
    const place = { file: file.name, row: line }
    if (cells.slice(names.length).some((cell) => cell.trim() !== '')) {
      whole(line, 'cells_too_many')
      return []
    }
    const record: Sent = Object.fromEntries(names.flatMap((name, index) => (name && cells[index] ? [[name, cells[index]]] : [])))
    setPlace(record, place)
    return [{ record, place }]
  })
}

/** Puts each row where its columns lead to. */
function nest(tables: ReadonlyMap<string, Rows>, problems: ImportProblem[]): void {
  const ids = new Map([...tables].map(([name, rows]) => [name, new Map(rows.map(({ record }) => [String(record.id ?? ''), record]))]))
  const put = (record: Sent, place: Place, column: string, table: string, name: string) => {
    const parent = ids.get(table)?.get(String(record[column]))
    if (!parent) {
      problems.push({ ...place, column, code: 'reference_missing', params: { value: cut(String(record[column]), 80) } })
      return
    }
    if (!Array.isArray(parent[name])) parent[name] = []
    ;(parent[name] as Sent[]).push(record)
  }
  for (const { record } of tables.get('service_capacity') ?? []) {
    const unit = ids.get('unit')?.get(String(record.unit_id ?? ''))
    if (unit) record.unit = unit
  }
  for (const { record, place } of tables.get('attribute') ?? []) {
    const term = ids.get('taxonomy_term')?.get(String(record.taxonomy_term_id ?? ''))
    if (term) record.taxonomy_term = term
    const entity = String(record.link_entity ?? '')
    if (['service', 'organization', 'location', 'phone'].includes(entity)) put(record, place, 'link_id', entity, 'attributes')
  }
  for (const { name, within: parents = [] } of TABLES)
    for (const { record, place } of tables.get(name) ?? [])
      for (const { column, table, list: property } of parents) if (record[column] !== undefined) put(record, place, column, table, property)
}

/**
 * Nested records as the tables of a data package, with the descriptor that says what they are.
 * @param lists each kind once; parts are taken from where they are nested
 */
export function tablesOf(lists: { organizations: readonly object[]; services: readonly object[] }): SentFile[] {
  const rows = new Map<string, Map<string, Sent>>(TABLES.map(({ name }) => [name, new Map()]))
  const add = (table: string, record: Sent, extra: Sent = {}) => {
    const known = rows.get(table)?.get(String(record.id))
    rows.get(table)?.set(String(record.id), { ...record, ...extra, ...known })
  }
  const parts = (value: unknown): Sent[] => (Array.isArray(value) ? value.filter(isSent) : [])
  const attributes = (record: Sent) => {
    for (const one of parts(record.attributes)) {
      add('attribute', one)
      if (!isSent(one.taxonomy_term)) continue
      add('taxonomy_term', one.taxonomy_term)
      if (isSent(one.taxonomy_term.taxonomy_detail)) add('taxonomy', one.taxonomy_term.taxonomy_detail)
    }
  }
  const children = (parent: Sent, table: string) => {
    attributes(parent)
    for (const { name, within: ways = [] } of TABLES)
      for (const { column, table: to, list: property } of ways) {
        if (to !== table || name === 'service_at_location') continue
        for (const child of parts(parent[property])) {
          // The same language is spoken at several phones.
          add(name, child, { [column]: parent.id, ...(isSent(child.unit) ? { unit_id: child.unit.id } : {}) })
          if (isSent(child.unit)) add('unit', child.unit)
          children(child, name)
        }
      }
  }
  const location = (record: Sent) => {
    add('location', record)
    children(record, 'location')
  }
  for (const record of lists.organizations as readonly Sent[]) {
    add('organization', record)
    children(record, 'organization')
    for (const one of parts(record.locations)) location(one)
  }
  for (const record of lists.services as readonly Sent[]) {
    add('service', record)
    children(record, 'service')
    for (const pair of parts(record.service_at_locations)) {
      add('service_at_location', pair)
      if (isSent(pair.location)) location(pair.location)
    }
  }
  const full = TABLES.filter(({ name }) => (rows.get(name)?.size ?? 0) > 0)
  const files = full.map(({ name, path, columns }): SentFile => {
    const body = [...(rows.get(name)?.values() ?? [])].map((row) => columns.map((column) => cellOf(row[column])))
    return { name: `${path}.csv`, text: csvOf([columns, ...body], ',') }
  })
  const resources = full.map(({ name, path, columns }) => ({
    name,
    path: `${path}.csv`,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    schema: { fields: columns.map((column) => ({ name: column })), primaryKey: 'id' },
  }))
  const descriptor = { name: 'human_services_data', profile: 'tabular-data-package', version: '3.1', resources }
  return [{ name: 'datapackage.json', text: `${JSON.stringify(descriptor, null, 2)}\n` }, ...files]
}

const cellOf = (value: unknown): string | null =>
  value === undefined || value === null || typeof value === 'object' ? null : String(value)
