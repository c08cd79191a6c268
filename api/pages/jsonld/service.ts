import type { OrganizationKind } from '../../db/generated/enums.ts'
import { choose, tagOf } from '../../directory/language.ts'
import { isGiven } from '../../directory/offered.ts'
import type { Location, Service, ServiceArea } from '../../directory/snapshot.ts'
import { webAddress } from '../../service/rules/addresses.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { areaName } from '../../service/rules/wording.ts'
import { inLanguage, type Reader } from '../layout.ts'
import { hoursOf } from './hours.ts'

const PUBLIC: ReadonlySet<OrganizationKind> = new Set(['CPAS', 'COMMUNE', 'REGION', 'PUBLIC_SERVICE'])

/**
 * A service in the words of schema.org: `GovernmentService` when a public body gives it, else `Service`. How to reach it only while it is
 * given and answers as described, and its hours only while they hold: schema.org has no word for what is closed for a time, and a program
 * would send people to a shut door.
 */
export function serviceData(service: Service, reader: Reader, path: string): object {
  const { text, language } = choose(service.texts, reader.languages)
  const isPublic = PUBLIC.has(service.organization.kind)
  const address = `${reader.origin}${path}`
  return {
    '@context': 'https://schema.org',
    '@type': isPublic ? 'GovernmentService' : 'Service',
    '@id': address,
    name: text.name,
    description: text.description ?? undefined,
    url: inLanguage(address, language),
    sameAs: webAddress(service.url),
    serviceType: service.needs.map((need) => choose(need.texts, reader.languages).text.label),
    provider: providerOf(service, reader, isPublic),
    areaServed: service.serviceAreas.map((area) => areaOf(area, reader)),
    audience: audienceOf(service, reader),
    hoursAvailable: isGiven(service) && service.status === 'ACTIVE' ? hoursOf(service, dayIn(reader.now)) : undefined,
    availableChannel: isGiven(service) ? channelsOf(service, reader) : undefined,
    mainEntityOfPage: {
      '@type': 'WebPage',
      '@id': inLanguage(address, language),
      inLanguage: tagOf(language),
      dateModified: service.lastModified.toISOString(),
      lastReviewed: service.reviewedAt ?? undefined,
    },
  }
}

function providerOf(service: Service, { languages }: Reader, isPublic: boolean): object {
  const { organization } = service
  const { text } = choose(organization.texts, languages)
  return {
    '@type': isPublic ? 'GovernmentOrganization' : 'NGO',
    name: text.name,
    description: text.description ?? undefined,
    url: webAddress(organization.url),
    telephone: isGiven(service) ? organization.phones[0]?.number : undefined,
  }
}

const areaOf = (area: ServiceArea, { languages }: Reader): object => ({
  '@type': area.kind === 'COUNTRY' ? 'Country' : 'AdministrativeArea',
  name: areaName(area, languages),
})

/** Whom it is made for; `everyone` says nothing. */
function audienceOf({ audiences, minimumAge, maximumAge }: Service, { languages }: Reader): object[] | undefined {
  const groups = audiences
    .filter(({ code }) => code !== 'everyone')
    .map(({ texts }): object => ({ '@type': 'Audience', audienceType: choose(texts, languages).text.label }))
  const ages = { '@type': 'PeopleAudience', suggestedMinAge: minimumAge ?? undefined, suggestedMaxAge: maximumAge ?? undefined }
  const all = minimumAge !== null || maximumAge !== null ? [...groups, ages] : groups
  return all.length > 0 ? all : undefined
}

/** By phone, in a place, on the web. */
function channelsOf(service: Service, reader: Reader): object[] | undefined {
  const availableLanguage = service.languages.map(tagOf)
  const channel = (part: object) => ({ '@type': 'ServiceChannel', ...part })
  const phones = service.phones.map(({ number, languages, texts }) =>
    channel({
      availableLanguage: languages.length > 0 ? languages.map(tagOf) : availableLanguage,
      servicePhone: {
        '@type': 'ContactPoint',
        telephone: number,
        contactType: Object.keys(texts).length > 0 ? choose(texts, reader.languages).text.description : undefined,
      },
    }),
  )
  const places = service.locations.map((location) => channel({ availableLanguage, serviceLocation: placeOf(location, reader) }))
  const url = webAddress(service.url)
  const all = [...phones, ...places, ...(url ? [channel({ serviceUrl: url })] : [])]
  return all.length > 0 ? all : undefined
}

const placeOf = ({ texts, street, postalCode, commune, latitude, longitude }: Location, { languages }: Reader): object => ({
  '@type': 'Place',
  name: choose(texts, languages).text.name,
  address: {
    '@type': 'PostalAddress',
    streetAddress: street ?? undefined,
    postalCode: postalCode ?? undefined,
    addressLocality: choose(commune.texts, languages).text.name,
    addressCountry: 'BE',
  },
  geo: latitude !== null && longitude !== null ? { '@type': 'GeoCoordinates', latitude, longitude } : undefined,
})
