import type { ClosingDayDocument } from '../../rules/documents.ts'
import { firstLanguage, type References, type Tx, written, writtenRows } from './parts.ts'

export async function readClosingDay(tx: Tx, id: string): Promise<ClosingDayDocument | null> {
  const row = await tx.closingDay.findUnique({
    where: { id },
    include: { translations: true, organization: { select: { slug: true, commune: { select: { officialLanguages: true } } } } },
  })
  if (!row) return null
  return {
    kind: 'CLOSING_DAY',
    language: firstLanguage(row.translations, row.organization?.commune),
    day: row.day,
    kinds: row.kinds,
    areas: row.areas,
    organization: row.organization?.slug ?? null,
    texts: written(row.translations, ({ name }) => ({ name })),
  }
}

export async function writeClosingDay(tx: Tx, id: string, document: ClosingDayDocument, refs: References): Promise<void> {
  const { day, kinds, areas, organization } = document
  const own = { day, kinds, areas, organizationId: organization === null ? null : refs('ORGANIZATION', organization) }
  await tx.closingDay.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.closingDayTranslation.deleteMany({ where: { closingDayId: id } })
  await tx.closingDayTranslation.createMany({ data: writtenRows(document.texts, ({ name }) => ({ closingDayId: id, name: name ?? '' })) })
}
