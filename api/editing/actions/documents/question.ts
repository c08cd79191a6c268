import { dayOf } from '../../../directory/parts.ts'
import type { QuestionDocument } from '../../rules/documents.ts'
import { dateOf, firstLanguage, type References, type Tx, written, writtenRows } from './parts.ts'

const BY_POSITION = { orderBy: { position: 'asc' } } as const

export async function readQuestion(tx: Tx, id: string): Promise<QuestionDocument | null> {
  const row = await tx.faqEntry.findUnique({
    where: { id },
    include: {
      translations: true,
      owner: { select: { slug: true, commune: { select: { officialLanguages: true } } } },
      needs: BY_POSITION,
      services: { ...BY_POSITION, select: { service: { select: { slug: true } } } },
      related: { ...BY_POSITION, select: { related: { select: { slug: true } } } },
    },
  })
  if (!row) return null
  return {
    kind: 'QUESTION',
    language: firstLanguage(row.translations, row.owner.commune),
    slug: row.slug,
    organization: row.owner.slug,
    urgency: row.urgency,
    position: row.position,
    source: row.source,
    reviewedAt: dayOf(row.reviewedAt),
    needs: row.needs.map(({ needCode }) => needCode),
    services: row.services.map(({ service }) => service.slug),
    related: row.related.map(({ related }) => related.slug),
    texts: written(row.translations, ({ question, answer }) => ({ question, answer })),
  }
}

export async function writeQuestion(tx: Tx, id: string, document: QuestionDocument, refs: References): Promise<void> {
  const own = {
    slug: document.slug,
    ownerId: refs('ORGANIZATION', document.organization),
    urgency: document.urgency,
    position: document.position,
    source: document.source,
    reviewedAt: dateOf(document.reviewedAt),
  }
  const faqEntryId = id
  await tx.faqEntry.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.faqEntryTranslation.deleteMany({ where: { faqEntryId } })
  await tx.faqEntryTranslation.createMany({
    data: writtenRows(document.texts, ({ question, answer }) => ({ faqEntryId, question: question ?? '', answer })),
  })
  await tx.faqNeed.deleteMany({ where: { faqEntryId } })
  await tx.faqNeed.createMany({ data: document.needs.map((needCode, position) => ({ faqEntryId, needCode, position })) })
  await tx.faqService.deleteMany({ where: { faqEntryId } })
  await tx.faqService.createMany({
    data: document.services.map((slug, position) => ({ faqEntryId, serviceId: refs('SERVICE', slug), position })),
  })
  await tx.faqRelation.deleteMany({ where: { faqEntryId } })
  await tx.faqRelation.createMany({
    data: document.related.map((slug, position) => ({ faqEntryId, relatedId: refs('QUESTION', slug), position })),
  })
}
