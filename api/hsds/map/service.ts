import type { Capacity, Service } from '../../directory/snapshot.ts'
import { mailAddress, webAddress } from '../../service/rules/addresses.ts'
import { uuidOf } from '../ids.ts'
import type { CapacityRecord, ServiceRecord } from '../records.ts'
import { WORDS } from '../words.ts'
import { organizationRecord } from './organization.ts'
import { known, type Languages, languageOf, languageRecords, phoneRecord, said, some, textIn } from './parts.ts'
import { areaRecord, serviceAtLocationRecord } from './places.ts'
import { scheduleRecords } from './schedule.ts'
import { termAttributes } from './taxonomy.ts'

const STATUS = { ACTIVE: 'active', INACTIVE: 'inactive', DEFUNCT: 'defunct', TEMPORARILY_CLOSED: 'temporarily closed' } as const

/**
 * @param full with everything below it: phones, hours, areas, places, languages, documents, needs and audiences
 * @param today the day in Belgium, `YYYY-MM-DD`: hours are told from the present clock change on
 */
export function serviceRecord(service: Service, languages: Languages, today: string, full: boolean): ServiceRecord {
  const { id, organization } = service
  const { text, attributes } = textIn(service.texts, languages, 'service', id)
  return {
    id,
    organization_id: organization.id,
    name: text.name,
    description: said(text.description),
    url: webAddress(service.url),
    email: mailAddress(service.email),
    // A service that did not answer as described when it was checked is hidden from people; programs are told so.
    status: service.status === 'ACTIVE' && service.checkFailedOn !== null ? 'inactive' : STATUS[service.status],
    application_process: said(text.applicationProcess),
    fees_description: said(text.feesDescription),
    eligibility_description: said(text.eligibilityDescription),
    minimum_age: known(service.minimumAge),
    maximum_age: known(service.maximumAge),
    assured_date: known(service.assuredDate),
    alert: said(text.alert),
    last_modified: service.contentModified.toISOString(),
    organization: organizationRecord(organization, languages, full),
    ...(full ? partsOf(service, languages, today) : {}),
    attributes: some([...attributes, ...(full ? termAttributes(service, languages) : [])]),
  }
}

function partsOf(service: Service, languages: Languages, today: string): Partial<ServiceRecord> {
  const { id } = service
  const fees = said(textIn(service.texts, languages, 'service', id).text.feesDescription)
  return {
    phones: some(service.phones.map((phone) => phoneRecord(phone, languages))),
    schedules: some(scheduleRecords(service, languages, today)),
    service_areas: some(service.serviceAreas.map((area) => areaRecord(id, area, languages))),
    service_at_locations: some(service.locations.map((location) => serviceAtLocationRecord(service, location, languages, true))),
    languages: languageRecords(id, service.languages, languages),
    // Prices are known in words only.
    cost_options: fees ? [{ id: uuidOf(id, 'cost'), amount_description: fees }] : undefined,
    required_documents: some(
      service.requiredDocuments.map(({ texts }, position) => {
        const documentId = uuidOf(id, 'document', position)
        const { text, attributes } = textIn(texts, languages, 'required_document', documentId)
        return { id: documentId, document: text.document, attributes: some(attributes) }
      }),
    ),
    capacities: some(service.capacities.map((capacity) => capacityRecord(id, capacity, languages))),
  }
}

const capacityRecord = (serviceId: string, { unit, available, maximum, updated }: Capacity, languages: Languages): CapacityRecord => ({
  id: uuidOf(serviceId, 'capacity', unit),
  unit: { id: uuidOf('unit', unit), name: WORDS[languageOf(languages)].units[unit] ?? unit },
  available,
  maximum: known(maximum),
  updated: updated.toISOString(),
})
