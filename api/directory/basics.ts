import type { Faults } from './faults.ts'
import { checked, groupBy, phoneOf, textsOf } from './parts.ts'
import type { Rows } from './rows.ts'
import type * as S from './snapshot.ts'

/** A record while it is being tied into the graph. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

/** Whether a record has a text in any language; without one there is nothing to show. */
export function spoken(faults: Faults, kind: string, slug: string, translations: readonly unknown[]): boolean {
  if (translations.length === 0) faults.leaveOut(kind, slug, 'has no text in any language: it is left out')
  return translations.length > 0
}

export function tiePlaces(rows: Rows, faults: Faults) {
  const communes = rows.communes
    .filter((row) => spoken(faults, 'commune', row.nisCode, row.translations))
    .map(
      (row): Mutable<S.Commune> => ({
        nisCode: row.nisCode,
        province: row.province,
        region: row.region,
        officialLanguages: row.officialLanguages,
        facilityLanguages: row.facilityLanguages,
        texts: textsOf(row.translations),
        center: middleOf(row.localities),
        postalCodes: [...new Set(row.localities.map((locality) => locality.postalCode))].sort(),
        cpas: null,
      }),
    )
  return {
    communes,
    communesByNis: new Map(communes.map((commune) => [commune.nisCode, commune])),
    communesByPostalCode: groupBy(communes.flatMap((commune) => commune.postalCodes.map((code) => [code, commune as S.Commune] as const))),
  }
}

/** The middle of places, good enough to order communes by distance. */
function middleOf(places: { latitude: number | null; longitude: number | null }[]): S.Commune['center'] {
  const known = places.flatMap(({ latitude, longitude }) => (latitude === null || longitude === null ? [] : [{ latitude, longitude }]))
  if (known.length === 0) return null
  const mean = (of: (place: { latitude: number; longitude: number }) => number) =>
    known.reduce((sum, place) => sum + of(place), 0) / known.length
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) }
}

export function tieTaxonomy(rows: Rows, faults: Faults) {
  const parts = rows.needs
    .filter((row) => spoken(faults, 'need', row.code, row.translations))
    .map((row) => {
      const { code, urgency, quickExit, servedByCpas, translations } = row
      const need: Mutable<S.Need> = { code, urgency, quickExit, servedByCpas, texts: textsOf(translations), parent: null, children: [] }
      return { row, need }
    })
  const needsByCode = new Map(parts.map(({ need }) => [need.code, need]))
  for (const { row, need } of parts) {
    if (row.parentCode === null) continue
    // Without its parent it stands among the first ones, where people find it.
    need.parent = faults.follow(needsByCode, row.parentCode, { kind: 'need', slug: row.code, link: 'need' })
    if (need.parent) needsByCode.get(need.parent.code)?.children.push(need)
  }
  const audiences = rows.audiences
    .filter((row) => spoken(faults, 'audience', row.code, row.translations))
    .map((row): S.Audience => ({ code: row.code, texts: textsOf(row.translations) }))
  return {
    needs: parts.map(({ need }) => need).filter((need) => need.parent === null),
    needsByCode,
    audiences,
    audiencesByCode: new Map(audiences.map((audience) => [audience.code, audience])),
  }
}

/** The closing days of each organization: its own, and those of all bodies of its kind in their area. */
export function closingDaysFor(rows: Rows): (organization: S.Organization) => S.ClosingDay[] {
  const all = rows.closingDays.map((row) => ({
    ...row,
    closing: { day: row.day, texts: textsOf(row.translations) } satisfies S.ClosingDay,
  }))
  const known = new Map<S.Organization, S.ClosingDay[]>()
  return (organization) => {
    let days = known.get(organization)
    if (!days) {
      const { commune } = organization
      const places = commune ? [commune.nisCode, commune.province, commune.region] : []
      days = all
        .filter(({ organizationId, kinds, areas }) =>
          organizationId === null
            ? kinds.includes(organization.kind) && (areas.length === 0 || areas.some((code) => places.includes(code)))
            : organizationId === organization.id,
        )
        .map(({ closing }) => closing)
      known.set(organization, days)
    }
    return days
  }
}

export function tieOrganizations(rows: Rows, faults: Faults, communesByNis: ReadonlyMap<string, Mutable<S.Commune>>) {
  const retired = new Set(rows.organizations.flatMap(({ id, retiredAt }) => (retiredAt === null ? [] : [id])))
  const all = rows.organizations
    .filter((row) => spoken(faults, 'organization', row.slug, row.translations))
    .map((row): Mutable<S.Organization> => {
      const of = { kind: 'organization', slug: row.slug, link: 'commune' }
      return {
        id: row.id,
        slug: row.slug,
        kind: row.kind,
        url: row.url,
        email: row.email,
        commune: row.communeNis === null ? null : faults.follow(communesByNis, row.communeNis, of),
        texts: textsOf(row.translations),
        phones: row.phones.map(phoneOf),
        services: [],
        keeperId: row.keeperId,
        ...checked(row),
        lastModified: row.lastModified,
      }
    })
  const organizations = all.filter(({ id }) => !retired.has(id))
  for (const organization of organizations) {
    const commune = organization.kind === 'CPAS' && communesByNis.get(organization.commune?.nisCode ?? '')
    if (commune) commune.cpas = organization
  }
  return { organizations, organizationsById: new Map(all.map((organization) => [organization.id, organization])) }
}
