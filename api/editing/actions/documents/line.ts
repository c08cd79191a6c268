import { dayOf } from '../../../directory/parts.ts'
import type { LineDocument } from '../../rules/documents.ts'
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
  keepIds,
  localized,
  type References,
  rowsOf,
  SCHEDULES,
  type Tx,
  writeAreas,
  writeExceptions,
  writeHours,
  written,
  writtenRows,
} from './parts.ts'

const BY_POSITION = { orderBy: { position: 'asc' } } as const
const SLUG = { select: { slug: true } } as const

export async function readLine(tx: Tx, id: string): Promise<LineDocument | null> {
  const row = await tx.line.findUnique({
    where: { id },
    include: {
      translations: true,
      organization: { select: { slug: true, commune: { select: { officialLanguages: true } } } },
      fallback: SLUG,
      successor: SLUG,
      needs: BY_POSITION,
      serviceAreas: AREAS,
      schedules: SCHEDULES,
      exceptions: EXCEPTIONS,
      menu: {
        orderBy: [{ position: 'asc' }, { validFrom: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
        include: { translations: true, service: SLUG, transferTo: SLUG, partner: SLUG },
      },
    },
  })
  if (!row) return null
  return {
    kind: 'LINE',
    language: firstLanguage(row.translations, row.organization.commune),
    slug: row.slug,
    number: row.number,
    lineKind: row.kind,
    organization: row.organization.slug,
    languages: row.languages,
    acceptsCallbacks: row.acceptsCallbacks,
    callsPerHour: row.callsPerHour,
    slotNoticeMinutes: row.slotNoticeMinutes,
    slotDaysAhead: row.slotDaysAhead,
    position: row.position,
    validFrom: dayOf(row.validFrom),
    validTo: dayOf(row.validTo),
    fallback: row.fallback?.slug ?? null,
    successor: row.successor?.slug ?? null,
    ...checkedDocument(row),
    needs: row.needs.map(({ needCode }) => needCode),
    areas: row.serviceAreas.map(areaDocument),
    hours: row.schedules.map(hoursDocument),
    exceptions: row.exceptions.map(exceptionDocument),
    menu: row.menu.map((entry) => ({
      key: entry.position,
      kind: entry.kind,
      service: entry.service?.slug ?? null,
      transferTo: entry.transferTo?.slug ?? null,
      partner: entry.partner?.slug ?? null,
      validFrom: dayOf(entry.validFrom),
      validTo: dayOf(entry.validTo),
      label: localized(entry.translations, ({ label }) => label),
    })),
    texts: written(row.translations, ({ name, description, alert, closingMessage, script }) => ({
      name,
      description,
      alert,
      closingMessage,
      script,
    })),
  }
}

export async function writeLine(tx: Tx, id: string, document: LineDocument, refs: References): Promise<void> {
  const one = (slug: string | null) => (slug === null ? null : refs('LINE', slug))
  const own = {
    slug: document.slug,
    number: document.number,
    kind: document.lineKind,
    organizationId: refs('ORGANIZATION', document.organization),
    languages: document.languages,
    acceptsCallbacks: document.acceptsCallbacks,
    callsPerHour: document.callsPerHour,
    slotNoticeMinutes: document.slotNoticeMinutes,
    slotDaysAhead: document.slotDaysAhead,
    position: document.position,
    validFrom: dateOf(document.validFrom),
    validTo: dateOf(document.validTo),
    fallbackId: one(document.fallback),
    successorId: one(document.successor),
    ...checkedRow(document),
  }
  const lineId = id
  await tx.line.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.lineTranslation.deleteMany({ where: { lineId } })
  await tx.lineTranslation.createMany({
    data: writtenRows(document.texts, ({ name, description, alert, closingMessage, script }) => ({
      lineId,
      name: name ?? '',
      description,
      alert,
      closingMessage,
      script,
    })),
  })
  await tx.lineNeed.deleteMany({ where: { lineId } })
  await tx.lineNeed.createMany({ data: document.needs.map((needCode, position) => ({ lineId, needCode, position })) })
  await writeAreas(tx, { lineId }, document.areas)
  await writeHours(tx, { lineId }, document.hours)
  await writeExceptions(tx, { lineId }, document.exceptions)
  await writeMenu(tx, lineId, document.menu, refs)
}

async function writeMenu(tx: Tx, lineId: string, menu: LineDocument['menu'], refs: References): Promise<void> {
  const known = await tx.menuEntry.findMany({ where: { lineId }, ...BY_POSITION })
  const keyOf = (key: number, validFrom: string | null) => `${key} ${validFrom}`
  const ids = keepIds(
    known.map(({ id, position, validFrom }) => ({ id, key: keyOf(position, dayOf(validFrom)) })),
    menu.map(({ key, validFrom }) => keyOf(key, validFrom)),
  )
  const rows = menu.map((entry, index) => ({ entry, id: ids[index] as string }))
  await tx.menuEntry.deleteMany({ where: { lineId } })
  await tx.menuEntry.createMany({
    data: rows.map(({ id, entry }) => ({
      id,
      lineId,
      position: entry.key,
      kind: entry.kind,
      serviceId: entry.service === null ? null : refs('SERVICE', entry.service),
      transferToId: entry.transferTo === null ? null : refs('LINE', entry.transferTo),
      partnerId: entry.partner === null ? null : refs('ORGANIZATION', entry.partner),
      validFrom: dateOf(entry.validFrom),
      validTo: dateOf(entry.validTo),
    })),
  })
  await tx.menuEntryTranslation.createMany({
    data: rows.flatMap(({ id, entry }) => rowsOf(entry.label, (label) => ({ menuEntryId: id, label }))),
  })
}
