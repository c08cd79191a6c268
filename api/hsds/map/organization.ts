import type { Location, Organization } from '../../directory/snapshot.ts'
import { mailAddress, webAddress } from '../../service/rules/addresses.ts'
import type { OrganizationRecord } from '../records.ts'
import { locationRecord } from './places.ts'
import { type Languages, phoneRecord, said, some, textIn } from './parts.ts'

/** @param full with its phones and the places where it gives its services */
export function organizationRecord(organization: Organization, languages: Languages, full: boolean): OrganizationRecord {
  const { id, email, url, phones } = organization
  const { text, attributes } = textIn(organization.texts, languages, 'organization', id)
  return {
    id,
    name: text.name,
    // The schema wants one.
    description: said(text.description) ?? text.name,
    email: mailAddress(email),
    website: webAddress(url),
    phones: full ? some(phones.map((phone) => phoneRecord(phone, languages))) : undefined,
    locations: full ? some(locationsOf(organization).map((location) => locationRecord(location, languages, true))) : undefined,
    attributes: some(attributes),
  }
}

/** The places of all its services, each once. */
const locationsOf = ({ services }: Organization): Location[] => [
  ...new Map(services.flatMap(({ locations }) => locations.map((location) => [location.slug, location] as const))).values(),
]
