import { randomUUID } from 'node:crypto'
import type { LanguageCode, Prisma, PrismaClient } from '../../api/db/generated/client.ts'
import {
  areaOf,
  type Content,
  type ExceptionData,
  type HoursData,
  type Localized,
  type PhoneData,
  readContent,
  type Tag,
} from './content.ts'
import { cpasOf, servicesOfCpas } from './cpas.ts'

type Tx = Prisma.TransactionClient

/** What an empty database is filled with: everything, only places and taxonomies, or nothing. */
export type Seed = 'demo' | 'reference' | 'none'

/** Any number; taken by every process that might fill the same database. */
const LOCK = 7_265_001

/** How long filling may take, and waiting for another process that does it, in ms. */
const TIMEOUT = 300_000

/** Whether `seedOnce` may have something to do. A plain look: a filled database costs a start no lock. */
export async function needsSeed(db: PrismaClient | Tx, seed: Seed): Promise<boolean> {
  if (!(await db.site.findUnique({ where: { key: DIRECT.key } }))) return true
  return seed !== 'none' && !(await isFilled(db))
}

/**
 * Fills an empty database once, in one transaction: all of it or nothing. Processes that start together wait for each other.
 * @param db without limits of time: the wait for another process may be long
 * @param folder where the data files are
 * @returns whether anything was loaded
 */
export async function seedOnce(db: PrismaClient, seed: Seed, folder: string): Promise<boolean> {
  if (!(await needsSeed(db, seed))) return false
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`
      await tx.site.createMany({ data: [DIRECT], skipDuplicates: true })
      if (seed === 'none' || (await isFilled(tx))) return false
      const content = await readContent(folder)
      await loadReference(tx, content)
      if (seed === 'demo') await loadDemonstration(tx, content)
      await tx.setting.create({ data: { key: 'seed', value: seed } })
      return true
    },
    { timeout: TIMEOUT, maxWait: 30_000 },
  )
}

const DIRECT: Prisma.SiteCreateManyInput = { key: 'direct', name: 'Direct use of the API', origins: [], defaultLanguage: 'FR' }

const isFilled = async (db: PrismaClient | Tx): Promise<boolean> =>
  ((await db.setting.findUnique({ where: { key: 'seed' } })) ?? (await db.commune.findFirst())) !== null

async function loadReference(tx: Tx, { communes, localities, needs, audiences, keywords, dangerPhrases }: Content) {
  await tx.commune.createMany({
    data: communes.map(({ nis, province, region, languages, facilities }) => ({
      nisCode: nis,
      province,
      region,
      officialLanguages: languages,
      facilityLanguages: facilities,
    })),
  })
  await tx.communeTranslation.createMany({
    data: communes.flatMap(({ nis, names }) => each(names, (name) => ({ nisCode: nis, name }))),
  })
  const places = localities.map((locality) => ({ ...locality, id: randomUUID() }))
  await tx.locality.createMany({
    data: places.map(({ id, code, nis, lat, lon, note }) => ({ id, postalCode: code, nisCode: nis, latitude: lat, longitude: lon, note })),
  })
  await tx.localityTranslation.createMany({
    data: places.flatMap(({ id, names }) => each(names, (name) => ({ localityId: id, name }))),
  })
  await tx.need.createMany({
    data: needs.map(({ code, parent, urgency, quickExit, servedByCpas }, position) => ({
      code,
      parentCode: parent,
      position,
      urgency,
      quickExit,
      servedByCpas,
    })),
  })
  await tx.needTranslation.createMany({
    data: needs.flatMap(({ code, label }) =>
      each(label, (text, tag) => ({
        needCode: code,
        label: text,
        keywords: keywords[code]?.[tag] ?? null,
        dangerPhrases: dangerPhrases[code]?.[tag] ?? [],
      })),
    ),
  })
  await tx.audience.createMany({ data: audiences.map(({ code }, position) => ({ code, position })) })
  await tx.audienceTranslation.createMany({
    data: audiences.flatMap(({ code, label }) => each(label, (text) => ({ audienceCode: code, label: text }))),
  })
}

async function loadClosingDays(tx: Tx, closingDays: Content['closingDays'], organizationIds: Ids) {
  const days = closingDays.map((one) => ({ ...one, id: randomUUID() }))
  await tx.closingDay.createMany({
    data: days.map(({ id, day: on, kinds, areas, organization }) => ({
      id,
      day: on,
      kinds,
      areas,
      organizationId: organization ? get(organizationIds, organization) : null,
    })),
  })
  await tx.closingDayTranslation.createMany({
    data: days.flatMap(({ id, name }) => each(name, (text) => ({ closingDayId: id, name: text }))),
  })
}

async function loadDemonstration(tx: Tx, content: Content) {
  const organizationIds = await loadOrganizations(tx, [...content.organizations, ...cpasOf(content)])
  await loadClosingDays(tx, content.closingDays, organizationIds)
  const serviceIds = await loadServices(tx, [...content.services, ...servicesOfCpas(content)], organizationIds)
  await loadFaqEntries(tx, content.faqEntries, organizationIds, serviceIds)
  await loadLines(tx, content.lines, organizationIds, serviceIds)
  await loadPartners(tx, organizationIds)
  await tx.site.create({
    data: {
      key: 'demo',
      name: 'Commune de Rivage (demonstration)',
      origins: ['self', 'loopback'],
      defaultLanguage: 'FR',
    },
  })
}

/** RWLP takes over complex situations of the whole of Wallonia that the 1718 hands on (rwlp.be); how many at a time is ours to say. */
async function loadPartners(tx: Tx, organizationIds: Ids) {
  const organizationId = get(organizationIds, 'rwlp')
  await tx.partner.create({
    data: { organizationId, capacity: 40, languages: ['FR'], areas: { create: { kind: 'REGION', code: 'wallonie' } } },
  })
}

type Ids = ReadonlyMap<string, string>

async function loadOrganizations(tx: Tx, organizations: Content['organizations']): Promise<Ids> {
  const ids = identify(organizations)
  await tx.organization.createMany({
    data: organizations.map((one) => ({
      id: get(ids, one.slug),
      slug: one.slug,
      kind: one.kind,
      url: one.url,
      email: one.email,
      communeNis: one.commune,
      keeperId: keeperOf(one, ids),
      ...checked(one),
    })),
  })
  await tx.organizationTranslation.createMany({
    data: organizations.flatMap(({ slug, texts }) => each(texts, (text) => ({ organizationId: get(ids, slug), ...text }))),
  })
  await loadPhones(
    tx,
    organizations.flatMap(({ slug, phones }) => phones.map((phone, position) => ({ ...phone, position, organizationId: get(ids, slug) }))),
  )
  return ids
}

/** In the demonstration the city looks after the records of its CPAS, the region after those of everybody who has no staff here. */
function keeperOf({ slug, commune }: Content['organizations'][number], ids: Ids): string | null {
  if (slug === REGION || slug === CITY) return null
  return get(ids, commune === CITY_NIS ? CITY : REGION)
}
const REGION = 'service-public-de-wallonie'
const CITY = 'ville-de-liege'
const CITY_NIS = '62063'

async function loadServices(tx: Tx, services: Content['services'], organizationIds: Ids): Promise<Ids> {
  const ids = identify(services)
  const of = <T, R extends object>(list: (service: Content['services'][number]) => readonly T[], row: (item: T) => R) =>
    services.flatMap((service) => list(service).map((item, position) => ({ serviceId: get(ids, service.slug), position, ...row(item) })))

  await tx.service.createMany({
    data: services.map((one, position) => ({
      id: get(ids, one.slug),
      slug: one.slug,
      organizationId: get(organizationIds, one.organization),
      status: one.status ?? 'ACTIVE',
      url: one.url,
      email: one.email,
      minimumAge: one.minimumAge,
      maximumAge: one.maximumAge,
      virtual: one.virtual,
      eligibility: one.eligibility ?? undefined,
      languages: one.languages,
      position,
      ...checked(one),
    })),
  })
  await tx.serviceTranslation.createMany({
    data: services.flatMap(({ slug, texts }) =>
      each(texts, ({ fees, eligibility, ...text }) => ({
        serviceId: get(ids, slug),
        ...text,
        feesDescription: fees,
        eligibilityDescription: eligibility,
      })),
    ),
  })
  await tx.serviceNeed.createMany({
    data: of(
      (service) => service.needs,
      (needCode) => ({ needCode }),
    ),
  })
  await tx.serviceAudience.createMany({
    data: of(
      (service) => service.audiences,
      (audienceCode) => ({ audienceCode }),
    ),
  })
  await tx.serviceArea.createMany({ data: of((service) => service.areas, areaOf) })
  await tx.schedule.createMany({ data: of((service) => service.hours, scheduleOf) })
  await loadExceptions(
    tx,
    services.flatMap(({ slug, exceptions = [] }) => exceptions.map((exception) => ({ ...exception, serviceId: get(ids, slug) }))),
  )
  await tx.serviceCapacity.createMany({
    data: services.flatMap(({ slug, capacities = [] }) =>
      capacities.map((capacity) => ({ ...capacity, serviceId: get(ids, slug), updated: new Date(capacity.updated) })),
    ),
  })
  await loadPhones(
    tx,
    of(
      (service) => service.phones,
      (phone) => phone,
    ),
  )

  const documents = of(
    (service) => service.requiredDocuments,
    (texts) => ({ id: randomUUID(), texts }),
  )
  await tx.requiredDocument.createMany({ data: documents.map(({ texts: _, ...row }) => row) })
  await tx.requiredDocumentTranslation.createMany({
    data: documents.flatMap(({ id, texts }) => each(texts, (document) => ({ requiredDocumentId: id, document }))),
  })

  const places = new Map(
    // Whose service is the first at a place looks after it.
    [...services]
      .reverse()
      .flatMap(({ organization, locations }) =>
        locations.map((location) => [location.slug, { ...location, organization, id: randomUUID() }]),
      ),
  )
  await tx.location.createMany({
    data: [...places.values()].map(({ id, slug, street, postalCode, commune, organization }) => ({
      id,
      slug,
      street,
      postalCode,
      communeNis: commune,
      organizationId: get(organizationIds, organization),
    })),
  })
  await tx.locationTranslation.createMany({
    data: [...places.values()].flatMap(({ id, name }) => each(name, (text) => ({ locationId: id, name: text }))),
  })
  await tx.serviceAtLocation.createMany({
    data: services.flatMap(({ slug, locations }) =>
      locations.map((location) => ({ serviceId: get(ids, slug), locationId: places.get(location.slug)?.id as string })),
    ),
  })
  return ids
}

async function loadFaqEntries(tx: Tx, entries: Content['faqEntries'], organizationIds: Ids, serviceIds: Ids) {
  const ids = identify(entries)
  const of = <R extends object>(list: (entry: Content['faqEntries'][number]) => readonly string[], row: (item: string) => R) =>
    entries.flatMap((entry) => list(entry).map((item, position) => ({ faqEntryId: get(ids, entry.slug), position, ...row(item) })))

  await tx.faqEntry.createMany({
    data: entries.map(({ slug, number, urgency, owner, source, reviewedAt }) => ({
      id: get(ids, slug),
      slug,
      position: number,
      urgency,
      ownerId: get(organizationIds, owner),
      source,
      reviewedAt: day(reviewedAt),
    })),
  })
  await tx.faqEntryTranslation.createMany({
    data: entries.flatMap(({ slug, texts }) => each(texts, (text) => ({ faqEntryId: get(ids, slug), ...text }))),
  })
  await tx.faqNeed.createMany({
    data: of(
      ({ needs }) => needs,
      (needCode) => ({ needCode }),
    ),
  })
  await tx.faqService.createMany({
    data: of(
      ({ services }) => services,
      (slug) => ({ serviceId: get(serviceIds, slug) }),
    ),
  })
  await tx.faqRelation.createMany({
    data: of(
      ({ related }) => related,
      (slug) => ({ relatedId: get(ids, slug) }),
    ),
  })
}

async function loadLines(tx: Tx, lines: Content['lines'], organizationIds: Ids, serviceIds: Ids) {
  const ids = identify(lines)
  const of = <T, R extends object>(list: (line: Content['lines'][number]) => readonly T[], row: (item: T) => R) =>
    lines.flatMap((line) => list(line).map((item, position) => ({ lineId: get(ids, line.slug), position, ...row(item) })))

  await tx.line.createMany({
    data: lines.map((line, position) => ({
      id: get(ids, line.slug),
      slug: line.slug,
      number: line.number,
      kind: line.kind,
      organizationId: get(organizationIds, line.organization),
      languages: line.languages,
      acceptsCallbacks: line.acceptsCallbacks,
      position,
      validFrom: day(line.validFrom),
      validTo: day(line.validTo),
      fallbackId: line.fallback ? get(ids, line.fallback) : null,
      successorId: line.successor ? get(ids, line.successor) : null,
      ...checked(line),
    })),
  })
  await tx.lineTranslation.createMany({
    data: lines.flatMap(({ slug, texts }) => each(texts, (text) => ({ lineId: get(ids, slug), ...text }))),
  })
  await tx.lineNeed.createMany({
    data: of(
      ({ needs }) => needs,
      (needCode) => ({ needCode }),
    ),
  })
  await tx.serviceArea.createMany({ data: of(({ areas }) => areas, areaOf) })
  await tx.schedule.createMany({ data: of(({ hours }) => hours, scheduleOf) })
  await loadExceptions(
    tx,
    lines.flatMap(({ slug, exceptions = [] }) => exceptions.map((exception) => ({ ...exception, lineId: get(ids, slug) }))),
  )

  const menu = of(
    (line) => line.menu,
    ({ service, transfersTo, partner, validFrom, validTo, position, kind, texts }) => ({
      id: randomUUID(),
      position,
      kind,
      serviceId: service ? get(serviceIds, service) : null,
      transferToId: transfersTo ? get(ids, transfersTo) : null,
      partnerId: partner ? get(organizationIds, partner) : null,
      validFrom: day(validFrom),
      validTo: day(validTo),
      texts,
    }),
  )
  await tx.menuEntry.createMany({ data: menu.map(({ texts: _, ...row }) => row) })
  await tx.menuEntryTranslation.createMany({ data: menu.flatMap(({ id, texts }) => each(texts, (label) => ({ menuEntryId: id, label }))) })
}

async function loadExceptions(tx: Tx, exceptions: (ExceptionData & { serviceId?: string; lineId?: string })[]) {
  const rows = exceptions.map((exception) => ({ ...exception, id: randomUUID() }))
  await tx.scheduleException.createMany({
    data: rows.map(({ id, serviceId, lineId, firstDay, lastDay, opens, closes }) => ({
      id,
      serviceId,
      lineId,
      firstDay: new Date(`${firstDay}T00:00:00Z`),
      lastDay: new Date(`${lastDay}T00:00:00Z`),
      opensAt: opens,
      closesAt: closes,
    })),
  })
  await tx.scheduleExceptionTranslation.createMany({
    data: rows.flatMap(({ id, reason }) => each(reason ?? {}, (text) => ({ scheduleExceptionId: id, reason: text }))),
  })
}

async function loadPhones(tx: Tx, phones: (PhoneData & { position: number; serviceId?: string; organizationId?: string })[]) {
  const rows = phones.map((phone) => ({ ...phone, id: randomUUID() }))
  await tx.phone.createMany({ data: rows.map(({ label: _, ...row }) => row) })
  await tx.phoneTranslation.createMany({
    data: rows.flatMap(({ id, label }) => each(label ?? {}, (description) => ({ phoneId: id, description }))),
  })
}

const scheduleOf = ({ days, opens, closes, validFrom, validTo, holidays }: HoursData) => ({
  byday: days,
  opensAt: opens,
  closesAt: closes,
  validFrom: day(validFrom),
  validTo: day(validTo),
  openOnHolidays: holidays === 'open',
})

const checked = (record: { source: string; assuredDate?: string | null; reviewedAt: string }) => ({
  source: record.source,
  assuredDate: day(record.assuredDate),
  reviewedAt: day(record.reviewedAt),
})

const day = (date: string | null | undefined): Date | null => (date ? new Date(`${date}T00:00:00Z`) : null)

/** One row for each language there is a text in. */
function each<T, R extends object>(texts: Localized<T>, row: (text: T, tag: Tag) => R): (R & { language: LanguageCode })[] {
  return (Object.entries(texts) as [Tag, T][]).map(([tag, text]) => ({ ...row(text, tag), language: tag.toUpperCase() as LanguageCode }))
}

const identify = (records: readonly { slug: string }[]): Ids => new Map(records.map(({ slug }) => [slug, randomUUID()]))

function get(ids: Ids, slug: string): string {
  const id = ids.get(slug)
  if (!id) throw new Error(`the demonstration content names “${slug}”, which does not exist`)
  return id
}
