import type { CommuneData } from '../../prisma/seed/content.ts'
import { makeRule } from './eligibility.ts'
import type { Reference, Size } from './make.ts'
import { checkedDates, type MadeOrganization, makePhones } from './organizations.ts'
import type { Random } from './random.ts'
import { addRows, codeOf, type Row, type Table, type Tables } from './tables.ts'
import { fill, languagesOfTexts, paragraph, slugOf, streetOf, TAGS, translate } from './texts.ts'
import { ALERTS, DOCUMENTS, ELIGIBLE, FEES, PROCESSES, SENTENCES, type Words } from './words.ts'

/** `listed`: given now or closed for a time; others are read by their slug only. */
export type MadeService = { id: string; slug: string; listed: boolean }

/** How many services are for a province, a region or the country; the others are for one commune. */
const WIDE = 0.2

/** Services as small bodies give them. */
export function makeServices(
  random: Random,
  tables: Tables,
  { needs, audiences }: Reference,
  organizations: readonly MadeOrganization[],
  { services: count }: Size,
  today: string,
): MadeService[] {
  const audienceCodes = audiences.map(({ code }) => code)
  return Array.from({ length: count }, (_, position): MadeService => {
    const id = random.uuid()
    const organization = random.pick(organizations)
    const { commune, blanks } = organization
    const asked = random.some(needs, random.pick([1, 1, 2, 2, 3, 4]))
    const topic = asked[0]?.label as Words
    const byBody = random.chance(0.5)
    const name = translate((tag) => `${topic[tag]} – ${byBody ? blanks.body : (commune.names[tag] ?? commune.names.fr)}`)
    const slug = `${slugOf(name.fr)}-${position}`
    const wide = random.chance(WIDE)
    const adults = random.chance(0.25)
    const status = random.chance(0.97) ? 'ACTIVE' : random.pick(['INACTIVE', 'TEMPORARILY_CLOSED', 'DEFUNCT'])
    addRows(tables, 'service', {
      id,
      slug,
      organization_id: organization.id,
      status,
      url: random.chance(0.7) ? `https://www.${slug}.example/` : null,
      email: random.chance(0.6) ? `aide@${slug}.example` : null,
      minimum_age: adults ? random.pick([16, 18, 18, 60, 65]) : null,
      maximum_age: !adults && random.chance(0.1) ? random.pick([17, 25, 30]) : null,
      virtual: wide && random.chance(0.5),
      eligibility: random.chance(0.5) ? makeRule(random, audienceCodes, commune.nis) : null,
      languages: random.pick([['FR'], ['FR'], ['FR', 'NL'], ['FR', 'DE'], ['FR', 'DE', 'NL', 'EN'], ['DE', 'FR'], ['FR', 'EN']]),
      position,
      source: `https://www.${slug}.example/`,
      ...checkedDates(random, today),
    })

    const description = paragraph(random, SENTENCES, random.between(2, 5), blanks)
    const process = fill(random, random.pick(PROCESSES), blanks)
    const fees = random.pick(FEES)
    const eligible = random.chance(0.7) ? fill(random, random.pick(ELIGIBLE), blanks) : null
    const alert = random.chance(0.1) ? random.pick(ALERTS) : null
    for (const tag of languagesOfTexts(random)) {
      addRows(tables, 'service_translation', {
        service_id: id,
        language: codeOf(tag),
        name: name[tag],
        description: description[tag],
        application_process: process[tag],
        fees_description: fees[tag],
        eligibility_description: eligible?.[tag] ?? null,
        alert: alert?.[tag] ?? null,
      })
    }
    const link = (table: Table, rows: Row[]) => {
      for (const [at, row] of rows.entries()) addRows(tables, table, { service_id: id, position: at, ...row })
    }
    link(
      'service_need',
      asked.map(({ code }) => ({ need_code: code })),
    )
    link(
      'service_audience',
      (random.chance(0.5) ? ['everyone'] : random.some(audienceCodes, random.between(1, 3))).map((code) => ({ audience_code: code })),
    )
    link(
      'service_area',
      makeAreas(random, commune, wide).map((area) => ({ id: random.uuid(), ...area })),
    )
    link('schedule', makeSchedules(random, random.pick([1, 1, 1, 1, 1, 2, 2, 2, 3, 5])))
    makePhones(random, tables, { organization_id: null, service_id: id }, random.pick([1, 1, 1, 2, 2, 3]))
    makeDocuments(random, tables, id)
    if (!wide || random.chance(0.3)) makeLocation(random, tables, id, slug, organization)
    return { id, slug, listed: status === 'ACTIVE' || status === 'TEMPORARILY_CLOSED' }
  })
}

/** One area, now and then two. Brussels has no province. */
function makeAreas(random: Random, commune: CommuneData, wide: boolean): { kind: string; code: string }[] {
  if (!wide) return [{ kind: 'COMMUNE', code: commune.nis }]
  const region = { kind: 'REGION', code: commune.region }
  const dice = random.next()
  if (dice < 0.4) return [commune.province ? { kind: 'PROVINCE', code: commune.province } : region]
  return dice < 0.8 ? [region] : [{ kind: 'COUNTRY', code: 'BE' }]
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
type Hours = readonly [opens: string, closes: string]
const MORNINGS: readonly Hours[] = [
  ['08:30', '12:00'],
  ['09:00', '12:30'],
  ['09:00', '12:00'],
]
const AFTERNOONS: readonly Hours[] = [
  ['13:00', '16:00'],
  ['13:30', '17:00'],
  ['14:00', '19:00'],
]

/** @param count of rows; a weekday may have a morning and an afternoon */
export function makeSchedules(random: Random, count: number): Row[] {
  return Array.from({ length: count }, (_, at): Row => {
    const [opens, closes] = random.pick(at % 2 === 0 ? MORNINGS : AFTERNOONS)
    const byday = random.some(DAYS, random.between(1, 5)).sort((a, b) => DAYS.indexOf(a) - DAYS.indexOf(b))
    return { id: random.uuid(), byday, opens_at: opens, closes_at: closes, open_on_holidays: false }
  })
}

function makeDocuments(random: Random, tables: Tables, serviceId: string): void {
  for (const [position, texts] of random.some(DOCUMENTS, random.between(0, 2)).entries()) {
    const id = random.uuid()
    addRows(tables, 'required_document', { id, service_id: serviceId, position })
    for (const tag of TAGS) {
      addRows(tables, 'required_document_translation', { required_document_id: id, language: codeOf(tag), document: texts[tag] })
    }
  }
}

function makeLocation(random: Random, tables: Tables, serviceId: string, slug: string, { commune, blanks }: MadeOrganization): void {
  const id = random.uuid()
  const [latitude, longitude] = [49.5 + random.next() * 1.5, 2.8 + random.next() * 3.4]
  addRows(tables, 'location', {
    id,
    slug: `lieu-${slug}`,
    street: streetOf(random),
    postal_code: null,
    commune_nis: commune.nis,
    latitude,
    longitude,
  })
  for (const tag of TAGS) {
    addRows(tables, 'location_translation', {
      location_id: id,
      language: codeOf(tag),
      name: `${blanks.body}, ${commune.names[tag] ?? commune.names.fr}`,
    })
  }
  addRows(tables, 'service_at_location', { service_id: serviceId, location_id: id })
}
