import { cut, type ImportProblem, MOST_ROWS, type Place, type SentFile } from './entry.ts'
import type { Lists } from './hsds.ts'
import { isSent, type Sent } from './values.ts'

/**
 * The records of a file in JSON: an object with a list for each kind, as our own export; a page of a feed; a list; one record; or one record a line
 * (NDJSON). Which kind a record is, its own properties say.
 */
export function readJson(files: readonly SentFile[]): { lists: Lists; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const lists: Lists = { organizations: [], services: [], locations: [], pairs: [] }
  for (const { name: file, text } of files) {
    if (!isBounded(text)) {
      problems.push({ file, row: 1, column: null, code: 'rows_too_many', params: { max: MOST_ROWS } })
      continue
    }
    const value = parse(text)
    if (value === undefined) {
      problems.push({ file, row: 1, column: null, code: text.trim() === '' ? 'file_empty' : 'file_malformed' })
      continue
    }
    const unclean = UNCLEAN.test(text)
    let found = false
    const take = (record: unknown, index: number, into?: keyof Lists, name?: string) => {
      found = true
      const place: Place = { file: name ? `${file} › ${name}` : file, row: index + 1 }
      const list = isSent(record) ? (into ?? kindOf(record)) : null
      const strange = unclean ? strangeIn(record) : null
      if (list && !strange) lists[list].push([record as Sent, place])
      else problems.push({ ...place, column: strange?.join('.') ?? null, code: 'value_shape' })
    }
    const takeAll = (records: readonly unknown[], into?: keyof Lists, name?: string) => {
      if (records.length <= MOST_ROWS) for (const [index, one] of records.entries()) take(one, index, into, name)
      else
        problems.push({ file: name ? `${file} › ${name}` : file, row: 1, column: null, code: 'rows_too_many', params: { max: MOST_ROWS } })
      found = true
    }
    if (Array.isArray(value)) takeAll(value)
    else if (isSent(value) && Array.isArray(value.contents)) takeAll(value.contents)
    else if (isSent(value) && !('id' in value)) {
      for (const [name, into] of Object.entries(NAMED)) {
        const list = value[name]
        if (Array.isArray(list)) takeAll(list, into, name)
      }
      if (!found) problems.push({ file, row: 1, column: null, code: 'file_empty' })
    } else take(value, 0)
  }
  return { lists, problems }
}

/** Records, lists and what is nested in them, of one file: 10,000 services with all that belongs to them have some 400,000. */
const MOST_NESTED = 4_000_000

/** Before it is parsed: a file of nothing but brackets would take twenty times its own memory. */
function isBounded(text: string): boolean {
  let count = 0
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) if (++count > MOST_NESTED) return false
  return true
}

/** May lead to what is no text: JSON can spell out what no file can hold, and the database does not take. */
const UNCLEAN = /\\u(?:0000|d[89a-f])/i

/** Half of a letter, or none. */
const NO_TEXT = /[\0\p{Surrogate}]/u

/** Where within a value something stands that is no text; null: nowhere. */
function strangeIn(value: unknown): string[] | null {
  if (typeof value === 'string') return NO_TEXT.test(value) ? [] : null
  if (typeof value !== 'object' || value === null) return null
  for (const [name, inner] of Object.entries(value)) {
    const within = strangeIn(name) ?? strangeIn(inner)
    if (within) return [cut(name.replace(new RegExp(NO_TEXT, 'gu'), '\uFFFD'), 80), ...within]
  }
  return null
}

const NAMED: Readonly<Record<string, keyof Lists>> = {
  organizations: 'organizations',
  locations: 'locations',
  services: 'services',
  service_at_locations: 'pairs',
}

/** A service has an organization, a place has coordinates, an address or a sort; what has none of these is an organization. */
function kindOf(record: Sent): keyof Lists {
  if ('service_id' in record) return 'pairs'
  if (['organization_id', 'organization', 'status', 'service_at_locations'].some((name) => name in record) && !('location_type' in record))
    return 'services'
  return ['location_type', 'addresses', 'latitude'].some((name) => name in record) ? 'locations' : 'organizations'
}

function parse(text: string): unknown {
  const content = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(content)
  } catch {
    return parseLines(content)
  }
}

/** @returns undefined when it is not that either */
function parseLines(content: string): unknown {
  try {
    const lines = content.split('\n').filter((line) => line.trim() !== '')
    return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined
  } catch {
    return undefined
  }
}
