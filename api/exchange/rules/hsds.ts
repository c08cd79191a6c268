import type { ContentDocument, LocationDocument, OrganizationDocument, ServiceDocument } from '../../editing/rules/documents.ts'
import { tagsOf } from '../../editing/rules/documents.ts'
import {
  type Entry,
  type ImportProblem,
  MOST_PROBLEMS,
  MOST_ROWS,
  type Note,
  type Place,
  type ReadFiles,
  type Said,
  type World,
} from './entry.ts'
import { type HsdsKind, type HsdsParts, idOf, type Reading } from './hsds-parts.ts'
import { locationSaid, organizationSaid, serviceSaid } from './hsds-said.ts'
import { isSent, placeOf, type Sent, Values } from './values.ts'

type Found = { kind: HsdsKind; id: string; record: Sent; place: Place; prefix: string; organizationId: string | null }

/** The lists of records in what was sent: one list, one record, a page of a feed, or an object with a list for each kind. */
export type Lists = { organizations: [Sent, Place][]; services: [Sent, Place][]; locations: [Sent, Place][]; pairs: [Sent, Place][] }

/**
 * Reads organizations, places and services, wherever they stand: each once, in the order in which one needs the other.
 * @param lists records that stand at the top
 */
export function readHsds(lists: Lists, parts: HsdsParts): ReadFiles {
  const problems: ImportProblem[] = []
  const notes = new Map<string, Note>()
  const found = gather(lists, problems)
  if (!found) return { entries: [], problems, notes: () => [] }
  const reading: Reading = {
    ...parts,
    note(code, value) {
      const known = notes.get(`${code} ${value}`)
      if (known) known.count++
      else notes.set(`${code} ${value}`, { code, value, count: 1 })
    },
  }
  const entries = [...found.values()].map((one) => entryOf(one, reading, problems))
  const order: HsdsKind[] = ['ORGANIZATION', 'LOCATION', 'SERVICE']
  entries.sort((a, b) => order.indexOf(a.kind as HsdsKind) - order.indexOf(b.kind as HsdsKind))
  return { entries, problems, notes: () => [...notes.values()] }
}

/** The values that a record of the feed says: ours is read like any other. */
export function saidOf(kind: HsdsKind, record: Sent, reading: Reading, place: Place, problems: ImportProblem[], prefix = ''): Said[] {
  const values = new Values(record, place, problems, prefix)
  switch (kind) {
    case 'ORGANIZATION':
      return organizationSaid(values, reading)
    case 'LOCATION':
      return locationSaid(values, reading)
    case 'SERVICE':
      return serviceSaid(values, reading)
  }
}

/** Every record once: what stands at the top first, what is nested adds what was not said. @returns null when there are too many */
function gather({ organizations, services, locations, pairs }: Lists, problems: ImportProblem[]): Map<string, Found> | null {
  const found = new Map<string, Found>()
  const counts: Record<HsdsKind, number> = { ORGANIZATION: 0, LOCATION: 0, SERVICE: 0 }
  let tooMany: Place | null = null
  const top = new Set<string>()
  const take = (kind: HsdsKind, record: Sent, at: Place, prefix: string, organizationId: string | null): Found | null => {
    const place = placeOf(record) ?? at
    if (counts[kind] >= MOST_ROWS || problems.length >= MOST_PROBLEMS) tooMany ??= place
    if (tooMany) return null
    const values = new Values(record, place, problems, prefix)
    const given = values.text('id')
    if (!given) {
      if (given === null || !('id' in record)) values.refuse('id', 'required')
      return null
    }
    const key = `${kind} ${idOf(kind, given)}`
    if (prefix === '' && top.has(key)) {
      values.refuse('id', 'row_twice', { value: given })
      return null
    }
    if (prefix === '') top.add(key)
    const known = found.get(key)
    if (known) {
      known.record = { ...record, ...known.record }
      known.organizationId ??= organizationId
      return known
    }
    const one: Found = { kind, id: idOf(kind, given), record: { ...record }, place, prefix, organizationId }
    found.set(key, one)
    counts[kind]++
    return one
  }
  const listOf = (record: Sent, name: string) => (Array.isArray(record[name]) ? record[name].filter(isSent) : [])
  const takeLocation = (record: Sent, at: Place, prefix: string, owner: string | null) => take('LOCATION', record, at, prefix, owner)
  const takeService = (record: Sent, at: Place, prefix: string, owner: string | null) => {
    const nested = isSent(record.organization) ? record.organization : null
    const own = [record.organization_id, nested?.id, owner].find((id): id is string => typeof id === 'string' && id !== '') ?? null
    const one = take('SERVICE', record, at, prefix, own)
    if (!one) return
    if (nested) takeOrganization(nested, at, `${prefix}organization.`)
    for (const [index, pair] of listOf(record, 'service_at_locations').entries())
      if (isSent(pair.location)) takeLocation(pair.location, at, `${prefix}service_at_locations.${index}.location.`, own)
  }
  const takeOrganization = (record: Sent, at: Place, prefix: string) => {
    const one = take('ORGANIZATION', record, at, prefix, null)
    if (!one) return
    for (const [index, location] of listOf(record, 'locations').entries())
      takeLocation(location, at, `${prefix}locations.${index}.`, one.id)
    for (const [index, service] of listOf(record, 'services').entries()) takeService(service, at, `${prefix}services.${index}.`, one.id)
  }
  for (const [record, at] of organizations) takeOrganization(record, at, '')
  for (const [record, at] of locations) takeLocation(record, at, '', null)
  for (const [record, at] of services) takeService(record, at, '', null)
  // Places of services that stand by themselves.
  for (const [record, at] of pairs) {
    const service = typeof record.service_id === 'string' ? found.get(`SERVICE ${idOf('SERVICE', record.service_id)}`) : undefined
    if (isSent(record.location)) takeLocation(record.location, at, 'location.', service?.organizationId ?? null)
    if (isSent(record.service) && !service) takeService(record.service, at, 'service.', null)
    const there = typeof record.service_id === 'string' ? found.get(`SERVICE ${idOf('SERVICE', record.service_id)}`) : undefined
    if (there) there.record.service_at_locations = withPair(there.record.service_at_locations, record)
  }
  if (tooMany) problems.push({ ...(tooMany as Place), column: null, code: 'rows_too_many', params: { max: MOST_ROWS } })
  return tooMany ? null : found
}

const withPair = (pairs: unknown, pair: Sent): unknown[] => {
  const list = Array.isArray(pairs) ? pairs : []
  return list.some((one) => isSent(one) && one.id === pair.id) ? list : [...list, pair]
}

function entryOf({ kind, id, record, place, prefix, organizationId }: Found, reading: Reading, problems: ImportProblem[]): Entry {
  if (kind === 'SERVICE' && organizationId !== null) record.organization_id ??= organizationId
  return {
    place,
    kind,
    id,
    slug: null,
    title: typeof record.name === 'string' ? record.name : '',
    version: null,
    said: () => saidOf(kind, record, reading, place, problems, prefix),
    blank: (world) => blank(kind, reading, world, organizationId),
    columnOf: (path) => `${prefix}${kind === 'ORGANIZATION' && path[0] === 'url' && !('url' in record) ? 'website' : columnOf(path)}`,
    placeOf: (path) => partOf(record, path) ?? place,
    foundAt: (column) => (column.startsWith(prefix) ? textAt(record, column.slice(prefix.length).split('.')) : null),
  }
}

/** What a path of names and numbers leads to; of a record that stands there, what it is called by. */
function textAt(from: unknown, [name, ...rest]: readonly string[]): string | null {
  if (name === undefined) {
    if (isSent(from)) return textAt(from.number ?? from.name ?? null, [])
    return ['string', 'number', 'boolean'].includes(typeof from) ? String(from).trim() || null : null
  }
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? textAt((from as Sent)[name], rest) : null
}

/** A list of a document and where its entries stand in a record. */
const LISTS: Readonly<Record<string, string>> = {
  phones: 'phones',
  hours: 'schedules',
  areas: 'service_areas',
  locations: 'service_at_locations',
  requiredDocuments: 'required_documents',
  capacities: 'capacities',
}

const partOf = (record: Sent, [name = '', index = '']: readonly string[]): Place | undefined => {
  const list = record[LISTS[name] ?? '']
  return Array.isArray(list) ? placeOf(list[Number(index)]) : undefined
}

const COLUMNS: Readonly<Record<string, string>> = {
  organization: 'organization_id',
  assuredDate: 'assured_date',
  minimumAge: 'minimum_age',
  maximumAge: 'maximum_age',
  needs: 'attributes',
  audiences: 'attributes',
  street: 'addresses.0.address_1',
  postalCode: 'addresses.0.postal_code',
  commune: 'addresses.0.city',
  applicationProcess: 'application_process',
  fees: 'fees_description',
  eligibility: 'eligibility_description',
}

function columnOf([name = '', ...rest]: readonly string[]): string {
  if (name === 'texts') return COLUMNS[rest[1] ?? ''] ?? rest[1] ?? 'name'
  const list = LISTS[name]
  return list ? [list, ...rest.slice(0, 1)].join('.') : (COLUMNS[name] ?? name)
}

function blank(kind: HsdsKind, { language, source, keeper }: Reading, world: World, organizationId: string | null): ContentDocument {
  const [tag] = tagsOf([language])
  const checked = { source, assuredDate: null, reviewedAt: null }
  const common = { language, slug: '', texts: {} }
  const organization =
    organizationId === null ? null : (world.slugOf('ORGANIZATION', idOf('ORGANIZATION', organizationId)) ?? organizationId)
  switch (kind) {
    case 'ORGANIZATION':
      return {
        ...common,
        kind,
        organizationKind: 'ASSOCIATION',
        url: null,
        email: null,
        commune: null,
        keeper,
        phones: [],
        ...checked,
      } satisfies OrganizationDocument
    case 'LOCATION':
      return {
        ...common,
        kind,
        organization,
        street: null,
        postalCode: null,
        commune: '',
        latitude: null,
        longitude: null,
      } satisfies LocationDocument
    case 'SERVICE':
      return {
        ...common,
        kind,
        organization: organization ?? '',
        status: 'ACTIVE',
        url: null,
        email: null,
        minimumAge: null,
        maximumAge: null,
        virtual: false,
        eligibility: null,
        languages: tag ? [language] : [],
        position: -1,
        checkFailedOn: null,
        needs: [],
        audiences: [],
        areas: [],
        locations: [],
        phones: [],
        hours: [],
        exceptions: [],
        capacities: [],
        requiredDocuments: [],
        ...checked,
      } satisfies ServiceDocument
  }
}
