import { ServiceStatus } from '../../db/generated/enums.ts'
import {
  type ContentDocument,
  type LocationDocument,
  type OrganizationDocument,
  type ServiceDocument,
  type Tag,
  tagsOf,
} from '../../editing/rules/documents.ts'
import { WEEK } from '../../service/rules/wording.ts'
import { cut, type Said, type World } from './entry.ts'
import { idOf, type Reading } from './hsds-parts.ts'
import { hoursBehind, type ToldHours } from './hours.ts'
import { spokenOf, type Values } from './values.ts'

/** Values of HSDS that are ours to say, or that say nothing of the record itself. */
const PASSED_OVER = new Set(['id', 'organization', 'last_modified', 'locations', 'services', 'metadata', 'service_at_location'])
/** The same of what is nested; what an area or a time is called follows from it. */
const PASSED_OVER_WITHIN = new Set(
  'id attributes metadata name description notes extent_type timezone wkst country region state_province service taxonomy_term'.split(' '),
)

/** Telephones that one speaks into; nobody is to call a fax. */
const SPOKEN_INTO: readonly string[] = ['voice', 'cell']

/** Collects what one record says. */
class Saying<D extends ContentDocument> {
  readonly said: Said[] = []
  readonly tag: Tag
  constructor(
    readonly values: Values,
    readonly reading: Reading,
  ) {
    const marked = (Array.isArray(values.record.attributes) ? values.record.attributes : []).find(
      (one) => one?.link_type === 'text_language',
    )
    const [tag = 'fr'] = tagsOf([reading.language])
    this.tag = ['fr', 'de', 'nl', 'en'].includes(marked?.value) ? marked.value : tag
  }

  add(column: string, value: unknown, apply: (document: D, world: World) => void): void {
    if (value !== undefined) this.said.push({ column, value, apply: apply as Said['apply'] })
  }

  /** A text of the record in the language of the feed. */
  text(column: string, name: string, read: string | null | undefined = this.values.text(column)): void {
    this.add(column, read, (document) => {
      const texts = document.texts as Record<string, Record<string, unknown>>
      texts[this.tag] = { ...(texts[this.tag] ?? this.empty(document)), [name]: read ?? null }
    })
  }

  private empty({ kind }: D): Record<string, unknown> {
    const service = { description: null, applicationProcess: null, fees: null, eligibility: null, alert: null }
    const more = kind === 'SERVICE' ? service : kind === 'ORGANIZATION' ? { description: null } : {}
    return { name: null, ...more, changedAt: '' }
  }

  phones(): void {
    const all = this.values.list('phones')
    const spoken = all?.filter((phone) => {
      const type = phone.text('type')?.toLowerCase()
      if (!type || SPOKEN_INTO.includes(type)) return true
      this.reading.note('left_out', `phones.type ${cut(type, 40)}`)
      phone.leaveOut()
      return false
    })
    const phones = spoken?.map((phone) => ({
      number: [phone.text('number'), phone.text('extension')].filter(Boolean).join(' / '),
      languages: spokenOf(phone.list('languages') ?? []),
      description: phone.text('description') ?? null,
    }))
    this.add('phones', phones, (document) => {
      if (!('phones' in document)) return
      const before = document.phones
      document.phones = (phones ?? []).map(({ number, languages, description }, index) => {
        // A number that is new takes the place of one that is gone, and what that is called in other languages.
        const there = phones?.length === before.length ? before[index] : undefined
        const replaced = there && phones?.every((one) => one.number !== there.number) ? there : undefined
        const label = { ...(before.find((one) => one.number === number) ?? replaced)?.label }
        if (description === null) delete label[this.tag]
        else label[this.tag] = description
        return { number, languages, label }
      })
    })
  }

  /** What was not asked for is told to whoever sent it. */
  end(): Said[] {
    const { values, reading } = this
    for (const name of unread(values)) if (!PASSED_OVER.has(name)) reading.note('left_out', name)
    for (const [list, entries] of values.lists) {
      if (list === 'attributes') continue
      for (const name of entries.flatMap(unread))
        if (!PASSED_OVER_WITHIN.has(name) && !name.endsWith('_id')) reading.note('left_out', `${list}.${name}`)
    }
    return this.said
  }
}

/** Names of values that say something, and that nobody asked for. */
const unread = ({ record, read }: Values): string[] =>
  Object.entries(record).flatMap(([name, value]) =>
    read.has(name) || value === null || value === '' || (Array.isArray(value) && value.length === 0) ? [] : [name],
  )

export function organizationSaid(values: Values, reading: Reading): Said[] {
  const saying = new Saying<OrganizationDocument>(values, reading)
  saying.text('name', 'name')
  const [name, description] = [values.text('name'), values.text('description')]
  // The standard wants a description: where there is none, ours is the name.
  saying.text('description', 'description', description === name ? undefined : description)
  const [email, website] = [values.text('email'), values.text('website') ?? values.text('url')]
  saying.add('email', email, (document) => {
    document.email = email ?? null
  })
  saying.add('website', website, (document) => {
    document.url = website ?? null
  })
  saying.phones()
  values.list('attributes')
  return saying.end()
}

export function locationSaid(values: Values, reading: Reading): Said[] {
  const saying = new Saying<LocationDocument>(values, reading)
  saying.text('name', 'name')
  values.text('location_type')
  values.list('attributes')
  for (const name of ['latitude', 'longitude'] as const) {
    const value = values.number(name)
    saying.add(name, value, (document) => {
      document[name] = value ?? null
    })
  }
  const addresses = values.list('addresses') ?? []
  const typeOf = (one: Values) => one.text('address_type')?.toLowerCase() ?? 'physical'
  // Where letters go is no place to go to.
  const address = addresses.find((one) => typeOf(one) === 'physical')
  for (const one of addresses) {
    if (one === address) continue
    reading.note('left_out', `addresses.address_type ${cut(typeOf(one), 40)}`)
    one.leaveOut()
  }
  if (address) {
    const [street, postalCode, city] = [address.text('address_1'), address.text('postal_code'), address.text('city')]
    const name = values.text('name')
    const commune = reading.areas.communeOf(postalCode ?? null, city ?? null)
    if (commune === null && city) address.refuse('city', 'unknown', { value: cut(city, 80) })
    // Without a street the name of the place stands for it.
    const line = street === name ? null : (street ?? null)
    saying.add('addresses', [line, postalCode, commune], (document) => {
      document.street = line
      document.postalCode = postalCode ?? null
      if (commune !== null) document.commune = commune
    })
  }
  const organization = values.text('organization_id')
  saying.add('organization_id', organization, (document, world) => {
    document.organization = organization ? (world.slugOf('ORGANIZATION', idOf('ORGANIZATION', organization)) ?? organization) : null
  })
  return saying.end()
}

const STATUS: Readonly<Record<string, ServiceStatus>> = {
  active: ServiceStatus.ACTIVE,
  inactive: ServiceStatus.INACTIVE,
  defunct: ServiceStatus.DEFUNCT,
  'temporarily closed': ServiceStatus.TEMPORARILY_CLOSED,
}

export function serviceSaid(values: Values, reading: Reading): Said[] {
  const saying = new Saying<ServiceDocument>(values, reading)
  saying.text('name', 'name')
  saying.text('description', 'description')
  saying.text('application_process', 'applicationProcess')
  const costs = values.list('cost_options')?.map((cost) => {
    const amount = [cost.text('amount'), cost.text('currency')].filter(Boolean).join(' ')
    return [cost.text('option'), amount, cost.text('amount_description')].filter(Boolean).join(', ')
  })
  saying.text('fees_description', 'fees', values.text('fees_description') ?? (costs && costs.length > 0 ? costs.join('\n') : undefined))
  saying.text('eligibility_description', 'eligibility')
  saying.text('alert', 'alert')
  const organization = values.text('organization_id')
  saying.add('organization_id', organization, (document, world) => {
    if (organization) document.organization = world.slugOf('ORGANIZATION', idOf('ORGANIZATION', organization)) ?? organization
  })
  const [url, email] = [values.text('url'), values.text('email')]
  saying.add('url', url, (document) => {
    document.url = url ?? null
  })
  saying.add('email', email, (document) => {
    document.email = email ?? null
  })
  const told = values.text('status')
  const status = told ? STATUS[told] : undefined
  if (told && !status) values.refuse('status', 'unknown', { value: cut(told, 80) })
  saying.add('status', status, (document) => {
    if (status) document.status = status
  })
  const ages = [values.whole('minimum_age'), values.whole('maximum_age')]
  saying.add('minimum_age', ages[0], (document) => {
    document.minimumAge = ages[0] ?? null
  })
  saying.add('maximum_age', ages[1], (document) => {
    document.maximumAge = ages[1] ?? null
  })
  const assured = values.day('assured_date')
  saying.add('assured_date', assured, (document) => {
    document.assuredDate = assured ?? null
  })
  saying.phones()
  const languages = values.list('languages')
  saying.add('languages', languages && spokenOf(languages), (document) => {
    document.languages = spokenOf(languages ?? [])
  })
  sayHours(saying)
  sayAreas(saying)
  sayLocations(saying)
  sayDocuments(saying)
  sayCapacities(saying)
  sayTerms(saying)
  return saying.end()
}

type ServiceSaying = Saying<ServiceDocument>

function sayHours(saying: ServiceSaying): void {
  const { values, reading } = saying
  const schedules = values.list('schedules')
  const hours = schedules && hoursBehind(schedules.flatMap(hoursIn), reading.today)
  saying.add('schedules', hours, (document) => {
    const before = document.hours
    document.hours = (hours ?? []).map((one) => {
      const same = before.find(({ days, opens, closes }) => days.join() === one.days.join() && opens === one.opens && closes === one.closes)
      return { ...one, openOnHolidays: same?.openOnHolidays ?? false }
    })
  })
}

/** Rules by which something is not each week. */
const RARE = ['count', 'bymonthday', 'byyearday', 'byweekno', 'bymonth', 'bysetpos']

/** Weekly times in Belgium; other rules of iCalendar have no place here. */
function hoursIn(schedule: Values): ToldHours[] {
  const [freq, byday] = [schedule.text('freq'), schedule.text('byday')]
  const days = (byday ?? (freq === 'DAILY' ? WEEK.join() : '')).split(/[\s,]+/).filter(Boolean)
  const strange = days.find((day) => !(WEEK as readonly string[]).includes(day))
  const rare = (schedule.number('interval') ?? 1) === 1 ? RARE.find((name) => schedule.text(name)) : 'interval'
  if (rare) schedule.refuse(rare, 'unknown', { value: cut(schedule.text(rare) ?? '', 80) })
  else if (freq && freq !== 'WEEKLY' && freq !== 'DAILY') schedule.refuse('freq', 'unknown', { value: cut(freq, 80) })
  else if (strange) schedule.refuse('byday', 'unknown', { value: cut(strange, 80) })
  else if (days.length === 0) schedule.refuse('byday', 'required')
  const [opens, closes] = [timeIn(schedule, 'opens_at'), timeIn(schedule, 'closes_at')]
  const [from, to] = [
    schedule.day('valid_from') ?? schedule.day('dtstart') ?? null,
    schedule.day('valid_to') ?? schedule.day('until') ?? null,
  ]
  if (!opens || !closes || strange || days.length === 0) return []
  return [{ days: WEEK.filter((day) => days.includes(day)), opens, closes, from, to }]
}

function timeIn(schedule: Values, name: string): string | undefined {
  const text = schedule.text(name)
  if (!text) return schedule.refuse(name, 'required')
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d\d)(?::00)?(?:\+0[12]:?00)?$/.exec(text) ?? []
  const time = `${hour.padStart(2, '0')}:${minute}`
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : schedule.refuse(name, 'value_shape')
}

function sayAreas(saying: ServiceSaying): void {
  const { values, reading } = saying
  const areas = values.list('service_areas')?.flatMap((area) => {
    const [extent, name] = [area.text('extent') ?? null, area.text('name') ?? null]
    const known = reading.areas.areaOf(extent, name)
    if (!known) area.refuse(extent ? 'extent' : 'name', 'unknown', { value: cut(extent ?? name ?? '', 80) })
    return known ? [known] : []
  })
  saying.add('service_areas', areas, (document) => {
    document.areas = areas ?? []
  })
}

function sayLocations(saying: ServiceSaying): void {
  const pairs = saying.values.list('service_at_locations')
  const ids = pairs?.flatMap((pair) => {
    const id = pair.one('location')?.text('id') ?? pair.text('location_id')
    if (!id) pair.refuse('location_id', 'required')
    return id ? [idOf('LOCATION', id)] : []
  })
  saying.add('service_at_locations', ids && [...new Set(ids)].sort(), (document, world) => {
    document.locations = (ids ?? []).map((id) => world.slugOf('LOCATION', id) ?? id)
  })
}

function sayDocuments(saying: ServiceSaying): void {
  const { tag } = saying
  const documents = saying.values.list('required_documents')?.map((one) => one.text('document') ?? '')
  saying.add('required_documents', documents, (document) => {
    const before = document.requiredDocuments
    document.requiredDocuments = (documents ?? []).map((text, index) => {
      // The same paper keeps what it is called in other languages, wherever it stands now; one that is named otherwise keeps its place's.
      const same = before.find((one) => one[tag] === text) ?? (documents?.length === before.length ? before[index] : undefined)
      return { ...same, [tag]: text }
    })
  })
}

function sayCapacities(saying: ServiceSaying): void {
  const { values } = saying
  const capacities = values.list('capacities')?.map((one) => {
    const unit = one.one('unit')
    const name = unit?.text('name') ?? unit?.text('id') ?? one.text('unit_id') ?? ''
    return {
      id: unit?.text('id') ?? null,
      name,
      available: one.whole('available') ?? 0,
      maximum: one.whole('maximum') ?? null,
      updated: one.moment('updated') ?? null,
    }
  })
  saying.add('capacities', capacities, (document) => {
    document.capacities = (capacities ?? []).map(({ id, name, available, maximum, updated }) => ({
      unit: saying.reading.units.get(id ?? '') ?? name,
      available,
      maximum,
      updated: updated ?? `${saying.reading.today}T00:00:00.000Z`,
    }))
  })
}

/**
 * Needs and audiences. Terms of other taxonomies have no place here: a record of which only such are told keeps those it has. A list in which a
 * term has the identifier that it has in our own feed comes from there, and is all of them: which is not in it is taken away.
 */
function sayTerms(saying: ServiceSaying): void {
  const { values, reading } = saying
  const attributes = values.list('attributes')
  const [needs, audiences]: [string[], string[]] = [[], []]
  let isOurs = attributes === null
  for (const attribute of attributes ?? []) {
    const [id, term, link] = [attribute.text('taxonomy_term_id'), attribute.one('taxonomy_term'), attribute.text('link_type')]
    if (link === 'text_language' || (!id && !term)) continue
    isOurs ||= [id, term?.text('id')].some((key) => typeof key === 'string' && reading.terms.ids.has(key))
    const keys = [id, term?.text('id'), term?.text('code')].filter((key): key is string => typeof key === 'string')
    const need = keys.map((key) => reading.terms.needs.get(key)).find(Boolean)
    const audience = keys.map((key) => reading.terms.audiences.get(key)).find(Boolean)
    if (need && link !== 'intended_audience') needs.push(need)
    else if (audience) audiences.push(audience)
    else reading.note('terms_unknown', cut(term?.text('name') ?? keys[0] ?? '', 80))
  }
  if (!isOurs && needs.length + audiences.length === 0) return
  saying.add('attributes', { needs, audiences }, (document) => {
    if (isOurs || needs.length > 0) document.needs = [...new Set(needs)]
    if (isOurs || audiences.length > 0) document.audiences = [...new Set(audiences)]
  })
}
