import { randomUUID } from 'node:crypto'
import type { LanguageCode, Prisma } from '../../../db/generated/client.ts'
import { dayOf } from '../../../directory/parts.ts'
import { sourceLanguage } from '../../../service/rules/freshness.ts'
import {
  type AreaDocument,
  type ContentDocument,
  type ExceptionDocument,
  type HoursDocument,
  type Localized,
  languageOf,
  type PhoneDocument,
  type Tag,
} from '../../rules/documents.ts'

/** The parts that records of several kinds have, from rows and into them. */

export type Tx = Prisma.TransactionClient

/** The ids behind the slugs that a document names. */
export type References = (kind: ContentDocument['kind'], slug: string) => string

const tagOf = (language: LanguageCode) => language.toLowerCase() as Tag

/** Short texts of one language each, as a document has them. */
export const localized = <R extends { language: LanguageCode }>(rows: readonly R[], text: (row: R) => string): Localized =>
  Object.fromEntries(rows.map((row) => [tagOf(row.language), text(row)]))

/** Texts with their times, as a document has them. */
export const written = <R extends { language: LanguageCode; lastModified: Date }, T>(rows: readonly R[], text: (row: R) => T) =>
  Object.fromEntries(rows.map((row) => [tagOf(row.language), { ...text(row), changedAt: row.lastModified.toISOString() }]))

/** The language that texts of the tables were first written in: they do not say, so it is the editors' own. */
export const firstLanguage = (
  rows: readonly { language: LanguageCode }[],
  commune: { officialLanguages: LanguageCode[] } | null | undefined,
): LanguageCode => sourceLanguage(Object.fromEntries(rows.map(({ language }) => [language, true])), { commune: commune ?? null })

/** One row for each language there is a text in. */
export const rowsOf = <T, R extends object>(texts: Partial<Record<Tag, T>>, row: (text: T) => R): (R & { language: LanguageCode })[] =>
  Object.entries(texts).map(([tag, text]) => ({ ...row(text as T), language: languageOf(tag as Tag) }))

/** The same of texts with their times. */
export const writtenRows = <T extends { changedAt: string }, R extends object>(texts: Partial<Record<Tag, T>>, row: (text: T) => R) =>
  rowsOf(texts, (text) => ({ ...row(text), lastModified: new Date(text.changedAt) }))

export const dateOf = (day: string | null): Date | null => (day === null ? null : new Date(`${day}T00:00:00Z`))

/**
 * Ids for the parts of a record: one that says what it said keeps its id, by which other directories know it; others get a new one.
 * @param known the parts there are, each with what it is known by
 * @param keys what the wanted parts are known by
 */
export function keepIds(known: readonly { id: string; key: string }[], keys: readonly string[]): string[] {
  const free = [...known]
  return keys.map((key) => {
    const at = free.findIndex((one) => one.key === key)
    return at === -1 ? randomUUID() : (free.splice(at, 1)[0] as { id: string }).id
  })
}

type OwnerOfPhones = { serviceId: string } | { organizationId: string }
type OwnerOfHours = { serviceId: string } | { lineId: string }
const BY_POSITION = { orderBy: { position: 'asc' } } as const

export const PHONES = { ...BY_POSITION, include: { translations: true } } as const
export const phoneDocument = (row: {
  number: string
  languages: LanguageCode[]
  translations: { language: LanguageCode; description: string }[]
}): PhoneDocument => ({
  number: row.number,
  languages: row.languages,
  label: localized(row.translations, ({ description }) => description),
})

export async function writePhones(tx: Tx, owner: OwnerOfPhones, phones: readonly PhoneDocument[]): Promise<void> {
  const known = await tx.phone.findMany({ where: owner, ...BY_POSITION })
  const ids = keepIds(
    known.map(({ id, number }) => ({ id, key: number })),
    phones.map(({ number }) => number),
  )
  const rows = phones.map((phone, position) => ({ ...phone, position, id: ids[position] as string }))
  await tx.phone.deleteMany({ where: owner })
  await tx.phone.createMany({ data: rows.map(({ label: _, ...row }) => ({ ...row, ...owner })) })
  await tx.phoneTranslation.createMany({
    data: rows.flatMap(({ id, label }) => rowsOf(label, (description) => ({ phoneId: id, description }))),
  })
}

export const SCHEDULES = BY_POSITION
export const hoursDocument = (row: {
  byday: string[]
  opensAt: string
  closesAt: string
  validFrom: Date | null
  validTo: Date | null
  openOnHolidays: boolean
}): HoursDocument => ({
  days: row.byday,
  opens: row.opensAt,
  closes: row.closesAt,
  validFrom: dayOf(row.validFrom),
  validTo: dayOf(row.validTo),
  openOnHolidays: row.openOnHolidays,
})

export async function writeHours(tx: Tx, owner: OwnerOfHours, hours: readonly HoursDocument[]): Promise<void> {
  const known = await tx.schedule.findMany({ where: owner, ...BY_POSITION })
  const ids = keepIds(
    known.map((row) => ({ id: row.id, key: JSON.stringify(hoursDocument(row)) })),
    hours.map((one) => JSON.stringify(inOrder(one))),
  )
  await tx.schedule.deleteMany({ where: owner })
  await tx.schedule.createMany({
    data: hours.map(({ days, opens, closes, validFrom, validTo, openOnHolidays }, position) => ({
      id: ids[position] as string,
      position,
      byday: days,
      opensAt: opens,
      closesAt: closes,
      validFrom: dateOf(validFrom),
      validTo: dateOf(validTo),
      openOnHolidays,
      ...owner,
    })),
  })
}
/** A document that was stored comes back with its names in another order. */
const inOrder = ({ days, opens, closes, validFrom, validTo, openOnHolidays }: HoursDocument): HoursDocument => ({
  days,
  opens,
  closes,
  validFrom,
  validTo,
  openOnHolidays,
})

export const EXCEPTIONS = {
  orderBy: [{ firstDay: 'asc' }, { lastDay: 'asc' }, { opensAt: 'asc' }],
  include: { translations: true },
} satisfies Prisma.Service$exceptionsArgs
export const exceptionDocument = (row: {
  firstDay: Date
  lastDay: Date
  opensAt: string | null
  closesAt: string | null
  translations: { language: LanguageCode; reason: string }[]
}): ExceptionDocument => ({
  firstDay: dayOf(row.firstDay),
  lastDay: dayOf(row.lastDay),
  opens: row.opensAt,
  closes: row.closesAt,
  reason: localized(row.translations, ({ reason }) => reason),
})

export async function writeExceptions(tx: Tx, owner: OwnerOfHours, exceptions: readonly ExceptionDocument[]): Promise<void> {
  const rows = exceptions.map((exception) => ({ ...exception, id: randomUUID() }))
  await tx.scheduleException.deleteMany({ where: owner })
  await tx.scheduleException.createMany({
    data: rows.map(({ id, firstDay, lastDay, opens, closes }) => ({
      id,
      firstDay: dateOf(firstDay) as Date,
      lastDay: dateOf(lastDay) as Date,
      opensAt: opens,
      closesAt: closes,
      ...owner,
    })),
  })
  await tx.scheduleExceptionTranslation.createMany({
    data: rows.flatMap(({ id, reason }) => rowsOf(reason, (text) => ({ scheduleExceptionId: id, reason: text }))),
  })
}

export const AREAS = BY_POSITION
export const areaDocument = ({ kind, code }: AreaDocument): AreaDocument => ({ kind, code })

export async function writeAreas(tx: Tx, owner: OwnerOfHours, areas: readonly AreaDocument[]): Promise<void> {
  await tx.serviceArea.deleteMany({ where: owner })
  await tx.serviceArea.createMany({ data: areas.map(({ kind, code }, position) => ({ kind, code, position, ...owner })) })
}

export const checkedDocument = (row: { source: string | null; assuredDate: Date | null; reviewedAt: Date | null }) => ({
  source: row.source,
  assuredDate: dayOf(row.assuredDate),
  reviewedAt: dayOf(row.reviewedAt),
})

export const checkedRow = (document: { source: string | null; assuredDate: string | null; reviewedAt: string | null }) => ({
  source: document.source,
  assuredDate: dateOf(document.assuredDate),
  reviewedAt: dateOf(document.reviewedAt),
})
