import { setImmediate as turn } from 'node:timers/promises'
import type { PrismaClient } from '../db/generated/client.ts'
import { closingDaysFor, type Mutable, spoken, tieOrganizations, tiePlaces, tieTaxonomy } from './basics.ts'
import { collectFaults, type Faults } from './faults.ts'
import { searchIndexes } from './indexes.ts'
import { offeredServices } from './offered.ts'
import { bySlug, checked, dayOf, exceptionOf, phoneOf, scheduleOf, textsOf } from './parts.ts'
import { type Rows, readRows } from './rows.ts'
import type * as S from './snapshot.ts'
import { flatMapInTurns, inTurns } from './steps.ts'

/**
 * Reads the whole published content in one transaction and ties it into a graph. A record without any text, or without the organization
 * or commune it cannot do without, is left out, and so is a link to what is not there. Between its parts those are answered who wait.
 * @returns the content, and one line for each thing left out
 */
export async function loadSnapshot(db: PrismaClient): Promise<{ snapshot: S.Snapshot; faults: readonly string[] }> {
  return tieSnapshot(await readRows(db))
}

/** Ties rows into a graph, as `loadSnapshot` does with those of the database. */
export async function tieSnapshot(rows: Rows): Promise<{ snapshot: S.Snapshot; faults: readonly string[] }> {
  const faults = collectFaults()
  const places = tiePlaces(rows, faults)
  const tags = tieTaxonomy(rows, faults)
  const { organizations, organizationsById } = tieOrganizations(rows, faults, places.communesByNis)
  const retired = { services: retiredOf(rows.services), questions: retiredOf(rows.faqEntries) }
  const known = { ...places, ...tags, retired, organizationsById, closingDaysOf: closingDaysFor(rows) }
  await turn()
  const { all: allServices, services, servicesById } = await tieServices(rows, faults, known)
  const { all: allQuestions, faqEntries } = tieFaqEntries(rows, faults, { ...known, servicesById })
  const { lines, linesById } = tieLines(rows, faults, { ...known, servicesById })
  const offered = offeredServices(services)
  await turn()

  const snapshot: S.Snapshot = {
    version: String(rows.version),
    demonstration: rows.seed === 'demo',
    ...places,
    ...tags,
    organizations,
    organizationsBySlug: bySlug<S.Organization>(organizations),
    services,
    servicesBySlug: bySlug<S.Service>(services),
    everyServiceBySlug: bySlug<S.Service>(allServices),
    offered,
    faqEntries,
    faqEntriesBySlug: bySlug<S.FaqEntry>(faqEntries),
    everyFaqEntryBySlug: bySlug<S.FaqEntry>(allQuestions),
    lines,
    linesBySlug: bySlug<S.Line>(lines),
    linesById,
    sites: new Map(rows.sites.map((site) => [site.key, site])),
    search: await inTurns(searchIndexes({ needs: tags.needs, services, faqEntries, communesByNis: places.communesByNis }, rows)),
  }
  return { snapshot, faults: faults.lines }
}

const retiredOf = (rows: readonly { id: string; retiredAt: Date | null }[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ id, retiredAt }) => (retiredAt === null ? [] : [id])))

type Known = ReturnType<typeof tiePlaces> &
  ReturnType<typeof tieTaxonomy> &
  Pick<ReturnType<typeof tieOrganizations>, 'organizationsById'> & {
    closingDaysOf: ReturnType<typeof closingDaysFor>
    /** Ids of what is no longer shown: links to it are passed over. */
    retired: { services: ReadonlySet<string>; questions: ReadonlySet<string> }
  } & {
    servicesById?: ReadonlyMap<string, Mutable<S.Service>>
  }

/** The links of one record; what leads nowhere is left out. */
function linksOf(faults: Faults, known: Known, kind: string, slug: string) {
  const all = <T>(map: ReadonlyMap<string, T>, link: string, codes: readonly string[]): T[] =>
    codes.flatMap((code) => faults.follow(map, code, { kind, slug, link }) ?? [])
  return {
    all,
    needs: (codes: { needCode: string }[]): S.Need[] =>
      all(
        known.needsByCode,
        'need',
        codes.map(({ needCode }) => needCode),
      ),
    /** The organization a record cannot do without. */
    owner(id: string): Mutable<S.Organization> | null {
      const organization = known.organizationsById.get(id)
      if (!organization) faults.leaveOut(kind, slug, `belongs to the organization ${id}, which is not there: it is left out`)
      return organization ?? null
    },
    areas(rows: { kind: S.ServiceArea['kind']; code: string }[]): S.ServiceArea[] {
      const areas = rows.map(({ kind: width, code }): S.ServiceArea => {
        const commune = width === 'COMMUNE' ? faults.follow(known.communesByNis, code, { kind, slug, link: 'commune' }) : null
        return { kind: width, code, commune }
      })
      const good = areas.filter((area) => area.kind !== 'COMMUNE' || area.commune)
      // None at all would mean everywhere; a commune that is not there covers nobody.
      return good.length > 0 ? good : areas
    },
  }
}

async function tieServices(rows: Rows, faults: Faults, known: Known) {
  const all = await flatMapInTurns(rows.services, (row): Mutable<S.Service>[] => {
    const links = linksOf(faults, known, 'service', row.slug)
    const organization = spoken(faults, 'service', row.slug, row.translations) && links.owner(row.organizationId)
    if (!organization) return []
    const locations = row.locations.flatMap(({ location }): S.Location[] => {
      const { slug, street, postalCode, latitude, longitude, translations } = location
      const commune = faults.follow(known.communesByNis, location.communeNis, { kind: 'location', slug, link: 'commune' })
      if (!commune || !spoken(faults, 'location', slug, translations)) return []
      return [{ slug, texts: textsOf(translations), street, postalCode, commune, latitude, longitude }]
    })
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
      exceptions: row.exceptions.map(exceptionOf),
      closingDays: known.closingDaysOf(organization),
      serviceAreas: links.areas(row.serviceAreas),
      locations,
      requiredDocuments: row.requiredDocuments
        .filter(({ translations }) => spoken(faults, 'required document of the service', row.slug, translations))
        .map(({ translations }) => ({ texts: textsOf(translations) })),
      capacities: row.capacities.map(({ unit, available, maximum, updated }) => ({ unit, available, maximum, updated })),
      needs: links.needs(row.needs),
      audiences: links.all(
        known.audiencesByCode,
        'audience',
        row.audiences.map(({ audienceCode }) => audienceCode),
      ),
      faqEntries: [],
      ...checked(row),
      checkFailedOn: dayOf(row.checkFailedOn),
      lastModified: row.lastModified,
      contentModified: row.contentModified,
    }
    if (row.retiredAt === null) organization.services.push(service)
    return [service]
  })
  const services = all.filter(({ id }) => !known.retired.services.has(id))
  return { all, services, servicesById: new Map(services.map((service) => [service.id, service])) }
}

function tieFaqEntries(rows: Rows, faults: Faults, known: Required<Known>) {
  const parts = rows.faqEntries.flatMap((row) => {
    const links = linksOf(faults, known, 'question', row.slug)
    const answers = row.translations.flatMap(({ language, answer }) =>
      answer === null || answer.trim() === '' ? [] : [{ language, answer }],
    )
    if (row.translations.length > 0 && answers.length === 0)
      faults.leaveOut('question', row.slug, 'has no answer in any language: it is left out')
    const owner = spoken(faults, 'question', row.slug, row.translations) && answers.length > 0 && links.owner(row.ownerId)
    if (!owner) return []
    const services = links.all(
      known.servicesById,
      'service',
      row.services.map(({ serviceId }) => serviceId).filter((id) => !known.retired.services.has(id)),
    )
    const entry: Mutable<S.FaqEntry> = {
      id: row.id,
      slug: row.slug,
      urgency: row.urgency,
      texts: textsOf(row.translations),
      answers: textsOf(answers),
      edited: Object.fromEntries(row.translations.map(({ language, lastModified }) => [language, lastModified])),
      needs: links.needs(row.needs),
      services,
      related: [],
      owner,
      source: row.source,
      reviewedAt: dayOf(row.reviewedAt),
      lastModified: row.lastModified,
    }
    if (row.retiredAt === null) for (const service of services) service.faqEntries.push(entry)
    return [{ row, entry, links }]
  })
  const byId = new Map(parts.map(({ entry }) => [entry.id, entry as S.FaqEntry]))
  for (const { row, entry, links } of parts) {
    entry.related = links.all(
      byId,
      'question',
      row.related.map(({ relatedId }) => relatedId).filter((id) => !known.retired.questions.has(id)),
    )
  }
  const all = parts.map(({ entry }) => entry)
  return { all, faqEntries: all.filter(({ id }) => !known.retired.questions.has(id)) }
}

function tieLines(rows: Rows, faults: Faults, known: Required<Known>) {
  const parts = rows.lines.flatMap((row) => {
    const links = linksOf(faults, known, 'line', row.slug)
    const organization = spoken(faults, 'line', row.slug, row.translations) && links.owner(row.organizationId)
    if (!organization) return []
    const line: Mutable<S.Line> = {
      id: row.id,
      slug: row.slug,
      number: row.number,
      kind: row.kind,
      organization,
      languages: row.languages,
      acceptsCallbacks: row.acceptsCallbacks,
      callsPerHour: row.callsPerHour,
      slotNoticeMinutes: row.slotNoticeMinutes,
      slotDaysAhead: row.slotDaysAhead,
      validFrom: dayOf(row.validFrom),
      validTo: dayOf(row.validTo),
      texts: textsOf(row.translations),
      schedules: row.schedules.map(scheduleOf),
      exceptions: row.exceptions.map(exceptionOf),
      closingDays: known.closingDaysOf(organization),
      serviceAreas: links.areas(row.serviceAreas),
      needs: links.needs(row.needs),
      menu: [],
      fallback: null,
      successor: null,
      ...checked(row),
      lastModified: row.lastModified,
    }
    return [{ row, line }]
  })
  const linesById = new Map(parts.map(({ line }) => [line.id, line as S.Line]))
  const rowsById = new Map(parts.map(({ row }) => [row.id, row]))
  for (const { row, line } of parts) {
    const one = <T>(map: ReadonlyMap<string, T>, id: string | null, link: string): T | null =>
      id === null ? null : faults.follow(map, id, { kind: 'line', slug: row.slug, link })
    // Nobody is sent to a line that is retired: its place is taken by the one that follows it, if there is one.
    const living = (id: string | null): S.Line | null => {
      const seen = new Set<string>()
      for (let at = id; at !== null && !seen.has(at); at = rowsById.get(at)?.successorId ?? null) {
        if (rowsById.get(at)?.retiredAt == null) return one(linesById, at, 'line')
        seen.add(at)
      }
      return null
    }
    line.fallback = living(row.fallbackId)
    line.successor = living(row.successorId)
    line.menu = row.menu
      .filter(({ translations }) => spoken(faults, 'menu entry of the line', row.slug, translations))
      .map(
        (entry): S.MenuEntry => ({
          position: entry.position,
          kind: entry.kind,
          texts: textsOf(entry.translations),
          service:
            entry.serviceId !== null && known.retired.services.has(entry.serviceId)
              ? null
              : one<S.Service>(known.servicesById, entry.serviceId, 'service'),
          transferTo: living(entry.transferToId),
          partner: one<S.Organization>(known.organizationsById, entry.partnerId, 'organization'),
          validFrom: dayOf(entry.validFrom),
          validTo: dayOf(entry.validTo),
        }),
      )
  }
  // What is retired is for nobody new; requests that are open still name it.
  return { lines: parts.flatMap(({ row, line }): S.Line[] => (row.retiredAt === null ? [line] : [])), linesById }
}
