import { choose } from '../../directory/language.ts'
import type { Commune, Location, Service, ServiceArea } from '../../directory/snapshot.ts'
import { areaName } from '../../service/rules/wording.ts'
import { stringsFor } from '../../strings/strings.ts'
import { uuidOf } from '../ids.ts'
import type { AddressRecord, LocationRecord, ServiceAreaRecord, ServiceAtLocationRecord } from '../records.ts'
import { known, type Languages, said, some, textIn } from './parts.ts'

/** Codes of ISO 3166-2 for the slugs of provinces and regions. */
export const ISO_3166_2: Record<string, string> = {
  anvers: 'BE-VAN',
  'brabant-flamand': 'BE-VBR',
  'brabant-wallon': 'BE-WBR',
  'flandre-occidentale': 'BE-VWV',
  'flandre-orientale': 'BE-VOV',
  hainaut: 'BE-WHT',
  liege: 'BE-WLG',
  limbourg: 'BE-VLI',
  luxembourg: 'BE-WLX',
  namur: 'BE-WNA',
  wallonie: 'BE-WAL',
  flandre: 'BE-VLG',
  bruxelles: 'BE-BRU',
}

/** A polygon is not known; the extent is the code of the area in words that a program can read. */
const extentOf = ({ kind, code }: ServiceArea): string =>
  kind === 'COMMUNE' ? `NIS ${code}` : `ISO 3166-2 ${kind === 'COUNTRY' ? code : (ISO_3166_2[code] ?? code)}`

/** The name of a commune is a proper name: where it has none in the language of the feed, its own is no foreign text. */
export const areaRecord = (serviceId: string, area: ServiceArea, languages: Languages): ServiceAreaRecord => ({
  id: uuidOf(serviceId, 'area', area.kind, area.code),
  name: areaName(area, languages),
  extent: extentOf(area),
  extent_type: 'text',
})

export const locationId = ({ slug }: Location): string => uuidOf('location', slug)
export const serviceAtLocationId = (service: Service, location: Location): string => uuidOf(service.id, 'location', location.slug)

/** @param full with its address */
export function locationRecord(location: Location, languages: Languages, full: boolean): LocationRecord {
  const id = locationId(location)
  const { text, attributes } = textIn(location.texts, languages, 'location', id)
  return {
    id,
    location_type: 'physical',
    name: text.name,
    latitude: known(location.latitude),
    longitude: known(location.longitude),
    addresses: full ? addressesOf(id, location, text.name, languages) : undefined,
    attributes: some(attributes),
  }
}

/** HSDS wants a first line and a postal code: without a street the name of the place is the line; without a code there is no address. */
function addressesOf(
  id: string,
  { street, postalCode, commune }: Location,
  name: string,
  languages: Languages,
): AddressRecord[] | undefined {
  const only = commune.postalCodes.length === 1 ? commune.postalCodes[0] : undefined
  const code = said(postalCode) ?? only
  if (!code) return undefined
  const { provinces, regions } = stringsFor(languages).areas
  const region = regions[commune.region] ?? commune.region
  return [
    {
      id: uuidOf(id, 'address'),
      address_1: said(street) ?? name,
      city: cityOf(commune, languages),
      region,
      // Brussels lies in no province.
      state_province: commune.province ? (provinces[commune.province] ?? commune.province) : region,
      postal_code: code,
      country: 'BE',
      address_type: 'physical',
    },
  ]
}

const cityOf = (commune: Commune, languages: Languages): string => choose(commune.texts, languages).text.name

/** @param full with the address of the place */
export const serviceAtLocationRecord = (
  service: Service,
  location: Location,
  languages: Languages,
  full: boolean,
): ServiceAtLocationRecord => ({
  id: serviceAtLocationId(service, location),
  service_id: service.id,
  location_id: locationId(location),
  location: locationRecord(location, languages, full),
})
