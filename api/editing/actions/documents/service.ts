import { randomUUID } from 'node:crypto'
import { Prisma } from '../../../db/generated/client.ts'
import { dayOf } from '../../../directory/parts.ts'
import type { Rule } from '../../../service/rules/eligibility.ts'
import type { ServiceDocument } from '../../rules/documents.ts'
import {
  AREAS,
  areaDocument,
  checkedDocument,
  checkedRow,
  dateOf,
  EXCEPTIONS,
  exceptionDocument,
  firstLanguage,
  hoursDocument,
  localized,
  PHONES,
  phoneDocument,
  type References,
  rowsOf,
  SCHEDULES,
  type Tx,
  writeAreas,
  writeExceptions,
  writeHours,
  writePhones,
  written,
  writtenRows,
} from './parts.ts'

const BY_POSITION = { orderBy: { position: 'asc' } } as const

export async function readService(tx: Tx, id: string): Promise<ServiceDocument | null> {
  const row = await tx.service.findUnique({
    where: { id },
    include: {
      organization: { select: { slug: true, commune: { select: { officialLanguages: true } } } },
      translations: true,
      needs: BY_POSITION,
      audiences: BY_POSITION,
      serviceAreas: AREAS,
      locations: { select: { location: { select: { slug: true } } } },
      phones: PHONES,
      schedules: SCHEDULES,
      exceptions: EXCEPTIONS,
      capacities: { orderBy: { unit: 'asc' } },
      requiredDocuments: { ...BY_POSITION, include: { translations: true } },
    },
  })
  if (!row) return null
  return {
    kind: 'SERVICE',
    language: firstLanguage(row.translations, row.organization.commune),
    slug: row.slug,
    organization: row.organization.slug,
    status: row.status,
    url: row.url,
    email: row.email,
    minimumAge: row.minimumAge,
    maximumAge: row.maximumAge,
    virtual: row.virtual,
    eligibility: (row.eligibility as Rule | null) ?? null,
    languages: row.languages,
    position: row.position,
    checkFailedOn: dayOf(row.checkFailedOn),
    ...checkedDocument(row),
    needs: row.needs.map(({ needCode }) => needCode),
    audiences: row.audiences.map(({ audienceCode }) => audienceCode),
    areas: row.serviceAreas.map(areaDocument),
    locations: row.locations.map(({ location }) => location.slug).sort(),
    phones: row.phones.map(phoneDocument),
    hours: row.schedules.map(hoursDocument),
    exceptions: row.exceptions.map(exceptionDocument),
    capacities: row.capacities.map(({ unit, available, maximum, updated }) => ({
      unit,
      available,
      maximum,
      updated: updated.toISOString(),
    })),
    requiredDocuments: row.requiredDocuments.map(({ translations }) => localized(translations, ({ document }) => document)),
    texts: written(row.translations, (text) => ({
      name: text.name,
      description: text.description,
      applicationProcess: text.applicationProcess,
      fees: text.feesDescription,
      eligibility: text.eligibilityDescription,
      alert: text.alert,
    })),
  }
}

export async function writeService(tx: Tx, id: string, document: ServiceDocument, refs: References): Promise<void> {
  const own = {
    slug: document.slug,
    organizationId: refs('ORGANIZATION', document.organization),
    status: document.status,
    url: document.url,
    email: document.email,
    minimumAge: document.minimumAge,
    maximumAge: document.maximumAge,
    virtual: document.virtual,
    eligibility: document.eligibility === null ? Prisma.DbNull : (document.eligibility as Prisma.InputJsonValue),
    languages: document.languages,
    position: document.position,
    checkFailedOn: dateOf(document.checkFailedOn),
    ...checkedRow(document),
  }
  const serviceId = id
  await tx.service.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.serviceTranslation.deleteMany({ where: { serviceId } })
  await tx.serviceTranslation.createMany({
    data: writtenRows(document.texts, ({ name, description, applicationProcess, fees, eligibility, alert }) => ({
      serviceId,
      name: name ?? '',
      description,
      applicationProcess,
      feesDescription: fees,
      eligibilityDescription: eligibility,
      alert,
    })),
  })
  await tx.serviceNeed.deleteMany({ where: { serviceId } })
  await tx.serviceNeed.createMany({ data: document.needs.map((needCode, position) => ({ serviceId, needCode, position })) })
  await tx.serviceAudience.deleteMany({ where: { serviceId } })
  await tx.serviceAudience.createMany({ data: document.audiences.map((audienceCode, position) => ({ serviceId, audienceCode, position })) })
  await writeAreas(tx, { serviceId }, document.areas)
  await tx.serviceAtLocation.deleteMany({ where: { serviceId } })
  await tx.serviceAtLocation.createMany({
    data: document.locations.map((slug) => ({ serviceId, locationId: refs('LOCATION', slug) })),
  })
  await writePhones(tx, { serviceId }, document.phones)
  await writeHours(tx, { serviceId }, document.hours)
  await writeExceptions(tx, { serviceId }, document.exceptions)
  await tx.serviceCapacity.deleteMany({ where: { serviceId } })
  await tx.serviceCapacity.createMany({
    data: document.capacities.map((capacity) => ({ ...capacity, updated: new Date(capacity.updated), serviceId })),
  })
  const papers = document.requiredDocuments.map((texts, position) => ({ texts, position, id: randomUUID() }))
  await tx.requiredDocument.deleteMany({ where: { serviceId } })
  await tx.requiredDocument.createMany({ data: papers.map(({ texts: _, ...row }) => ({ ...row, serviceId })) })
  await tx.requiredDocumentTranslation.createMany({
    data: papers.flatMap(({ id: requiredDocumentId, texts }) => rowsOf(texts, (text) => ({ requiredDocumentId, document: text }))),
  })
}
