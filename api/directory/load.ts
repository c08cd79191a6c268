import type { LanguageCode, PrismaClient } from '../db/generated/client.ts'
import type { Texts } from './language.ts'
import { readRows } from './rows.ts'
import { fold, searchIndex } from './search.ts'
import type * as S from './snapshot.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

const ALL_LANGUAGES: readonly LanguageCode[] = ['FR', 'DE', 'NL', 'EN']

/**
 * Reads the whole published content in one transaction and ties it into a graph.
 * @throws Error when a record breaks an invariant the editors' tools keep (no text, a dangling link)
 */
export async function loadSnapshot(db: PrismaClient): Promise<S.Snapshot> {
  const rows = await readRows(db)

  const communes = rows.communes.map(
    (row): Mutable<S.Commune> => ({
      nisCode: row.nisCode,
      province: row.province,
      region: row.region,
      officialLanguages: row.officialLanguages,
      facilityLanguages: row.facilityLanguages,
      texts: textsOf(row.translations),
      postalCodes: [...new Set(row.localities.map((locality) => locality.postalCode))].sort(),
      cpas: null,
    }),
  )
  const communesByNis = new Map(communes.map((commune) => [commune.nisCode, commune]))
  const communesByPostalCode = groupBy(
    communes.flatMap((commune) => commune.postalCodes.map((code) => [code, commune as S.Commune] as const)),
  )

  const allNeeds = rows.needs.map(
    (row): Mutable<S.Need> => ({
      code: row.code,
      urgency: row.urgency,
      quickExit: row.quickExit,
      texts: textsOf(row.translations),
      parent: null,
      children: [],
    }),
  )
  const needsByCode = new Map(allNeeds.map((need) => [need.code, need]))
  for (const row of rows.needs) {
    if (row.parentCode === null) continue
    const child = get(needsByCode, row.code)
    const parent = get(needsByCode, row.parentCode)
    child.parent = parent
    parent.children.push(child)
  }

  const audiences = rows.audiences.map((row): S.Audience => ({ code: row.code, texts: textsOf(row.translations) }))
  const audiencesByCode = new Map(audiences.map((audience) => [audience.code, audience]))

  const organizations = rows.organizations.map(
    (row): Mutable<S.Organization> => ({
      id: row.id,
      slug: row.slug,
      kind: row.kind,
      url: row.url,
      email: row.email,
      commune: row.communeNis === null ? null : get(communesByNis, row.communeNis),
      texts: textsOf(row.translations),
      phones: row.phones.map(phoneOf),
      services: [],
      ...checked(row),
      lastModified: row.lastModified,
    }),
  )
  const organizationsById = new Map(organizations.map((organization) => [organization.id, organization]))
  for (const organization of organizations) {
    if (organization.kind === 'CPAS' && organization.commune) get(communesByNis, organization.commune.nisCode).cpas = organization
  }

  const areaOf = (row: { kind: S.ServiceArea['kind']; code: string }): S.ServiceArea => ({
    kind: row.kind,
    code: row.code,
    commune: row.kind === 'COMMUNE' ? get(communesByNis, row.code) : null,
  })

  const services = rows.services.map((row): Mutable<S.Service> => {
    const organization = get(organizationsById, row.organizationId)
    const service: Mutable<S.Service> = {
      id: row.id,
      slug: row.slug,
      status: row.status,
      url: row.url,
      email: row.email,
      minimumAge: row.minimumAge,
      maximumAge: row.maximumAge,
      virtual: row.virtual,
      eligibility: row.eligibility,
      languages: row.languages,
      texts: textsOf(row.translations),
      organization,
      phones: row.phones.map(phoneOf),
      schedules: row.schedules.map(scheduleOf),
      serviceAreas: row.serviceAreas.map(areaOf),
      locations: row.locations.map(({ location }) => ({
        slug: location.slug,
        texts: textsOf(location.translations),
        street: location.street,
        postalCode: location.postalCode,
        commune: get(communesByNis, location.communeNis),
        latitude: location.latitude,
        longitude: location.longitude,
      })),
      requiredDocuments: row.requiredDocuments.map((document) => ({ texts: textsOf(document.translations) })),
      needs: row.needs.map(({ needCode }) => get(needsByCode, needCode)),
      audiences: row.audiences.map(({ audienceCode }) => get(audiencesByCode, audienceCode)),
      faqEntries: [],
      ...checked(row),
      lastModified: row.lastModified,
    }
    organization.services.push(service)
    return service
  })
  const servicesById = new Map(services.map((service) => [service.id, service]))

  const faqEntries = rows.faqEntries.map((row): Mutable<S.FaqEntry> => {
    const entry: Mutable<S.FaqEntry> = {
      id: row.id,
      slug: row.slug,
      urgency: row.urgency,
      texts: textsOf(row.translations),
      answers: textsOf(row.translations.flatMap(({ language, answer }) => (answer === null ? [] : [{ language, answer }]))),
      needs: row.needs.map(({ needCode }) => get(needsByCode, needCode)),
      services: row.services.map(({ serviceId }) => get(servicesById, serviceId)),
      related: [],
      owner: get(organizationsById, row.ownerId),
      source: row.source,
      reviewedAt: dayOf(row.reviewedAt),
      lastModified: row.lastModified,
    }
    for (const { serviceId } of row.services) get(servicesById, serviceId).faqEntries.push(entry)
    return entry
  })
  const faqEntriesById = new Map(faqEntries.map((entry) => [entry.id, entry]))
  for (const row of rows.faqEntries)
    get(faqEntriesById, row.id).related = row.related.map(({ relatedId }) => get(faqEntriesById, relatedId))

  const lines = rows.lines.map(
    (row): Mutable<S.Line> => ({
      id: row.id,
      slug: row.slug,
      number: row.number,
      kind: row.kind,
      organization: get(organizationsById, row.organizationId),
      languages: row.languages,
      acceptsCallbacks: row.acceptsCallbacks,
      validFrom: dayOf(row.validFrom),
      validTo: dayOf(row.validTo),
      texts: textsOf(row.translations),
      schedules: row.schedules.map(scheduleOf),
      serviceAreas: row.serviceAreas.map(areaOf),
      needs: row.needs.map(({ needCode }) => get(needsByCode, needCode)),
      menu: [],
      fallback: null,
      ...checked(row),
    }),
  )
  const linesById = new Map(lines.map((line) => [line.id, line]))
  for (const row of rows.lines) {
    const line = get(linesById, row.id)
    line.fallback = row.fallbackId === null ? null : get(linesById, row.fallbackId)
    line.menu = row.menu.map(
      (entry): S.MenuEntry => ({
        position: entry.position,
        kind: entry.kind,
        texts: textsOf(entry.translations),
        service: entry.serviceId === null ? null : get(servicesById, entry.serviceId),
        transferTo: entry.transferToId === null ? null : get(linesById, entry.transferToId),
        validFrom: dayOf(entry.validFrom),
        validTo: dayOf(entry.validTo),
      }),
    )
  }

  return {
    version: String(rows.version),
    demonstration: rows.seed === 'demo',
    communes,
    communesByNis,
    communesByPostalCode,
    needs: allNeeds.filter((need) => need.parent === null),
    needsByCode,
    audiences,
    audiencesByCode,
    organizations,
    organizationsBySlug: bySlug<S.Organization>(organizations),
    services,
    servicesBySlug: bySlug<S.Service>(services),
    faqEntries,
    faqEntriesBySlug: bySlug<S.FaqEntry>(faqEntries),
    lines,
    linesBySlug: bySlug<S.Line>(lines),
    linesById,
    sites: new Map(rows.sites.map((site) => [site.key, site])),
    search: {
      services: searchIndex<S.Service>(
        services,
        (service) => words(service.texts, (text) => [text.name]),
        (service) =>
          [
            words(service.texts, (text) => [text.description, text.eligibilityDescription, text.applicationProcess]),
            words(service.organization.texts, (text) => [text.name]),
            ...service.needs.map((need) => words(need.texts, (text) => [text.label])),
          ].join(' '),
      ),
      faqEntries: searchIndex<S.FaqEntry>(
        faqEntries,
        (entry) => words(entry.texts, (text) => [text.question]),
        (entry) =>
          [words(entry.answers, (text) => [text.answer]), ...entry.needs.map((need) => words(need.texts, (text) => [text.label]))].join(
            ' ',
          ),
      ),
      communes: rows.communes.flatMap((row) => {
        const commune = get(communesByNis, row.nisCode)
        const names = [...row.translations, ...row.localities.flatMap((locality) => locality.translations)].map(({ name }) => fold(name))
        return [...new Set([...names, ...commune.postalCodes])].map((folded) => ({ folded, commune }))
      }),
    },
  }
}

const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null

const checked = (row: { source: string | null; assuredDate: Date | null; reviewedAt: Date | null }) => ({
  source: row.source,
  assuredDate: dayOf(row.assuredDate),
  reviewedAt: dayOf(row.reviewedAt),
})

const phoneOf = (row: {
  id: string
  number: string
  languages: LanguageCode[]
  translations: { language: LanguageCode; description: string }[]
}): S.Phone => ({ id: row.id, number: row.number, languages: row.languages, texts: textsOf(row.translations) })

const scheduleOf = (row: {
  validFrom: Date | null
  validTo: Date | null
  byday: string[]
  opensAt: string
  closesAt: string
  openOnHolidays: boolean
}): S.Schedule => ({
  validFrom: dayOf(row.validFrom),
  validTo: dayOf(row.validTo),
  byday: row.byday,
  opensAt: row.opensAt,
  closesAt: row.closesAt,
  openOnHolidays: row.openOnHolidays,
})

function textsOf<T extends { language: LanguageCode }>(translations: T[]): Texts<T> {
  const texts: Texts<T> = {}
  for (const translation of translations) texts[translation.language] = translation
  return texts
}

function words<T>(texts: Texts<T>, of: (text: T) => (string | null)[]): string {
  return ALL_LANGUAGES.flatMap((language) => (texts[language] ? of(texts[language]) : [])).join(' ')
}

const bySlug = <T extends { slug: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.slug, record]))

function groupBy<K, V>(pairs: readonly (readonly [K, V])[]): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

function get<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`dangling link to ${String(key)}`)
  return value
}
