import type { OrganizationDocument } from '../../rules/documents.ts'
import {
  checkedDocument,
  checkedRow,
  firstLanguage,
  PHONES,
  phoneDocument,
  type References,
  type Tx,
  writePhones,
  written,
  writtenRows,
} from './parts.ts'

export async function readOrganization(tx: Tx, id: string): Promise<OrganizationDocument | null> {
  const row = await tx.organization.findUnique({
    where: { id },
    include: { translations: true, phones: PHONES, commune: { select: { officialLanguages: true } }, keeper: { select: { slug: true } } },
  })
  if (!row) return null
  return {
    kind: 'ORGANIZATION',
    language: firstLanguage(row.translations, row.commune),
    slug: row.slug,
    organizationKind: row.kind,
    url: row.url,
    email: row.email,
    commune: row.communeNis,
    keeper: row.keeper?.slug ?? null,
    ...checkedDocument(row),
    phones: row.phones.map(phoneDocument),
    texts: written(row.translations, ({ name, description }) => ({ name, description })),
  }
}

export async function writeOrganization(tx: Tx, id: string, document: OrganizationDocument, refs: References): Promise<void> {
  const own = {
    slug: document.slug,
    kind: document.organizationKind,
    url: document.url,
    email: document.email,
    communeNis: document.commune,
    keeperId: document.keeper === null ? null : refs('ORGANIZATION', document.keeper),
    ...checkedRow(document),
  }
  const organizationId = id
  await tx.organization.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.organizationTranslation.deleteMany({ where: { organizationId } })
  await tx.organizationTranslation.createMany({
    data: writtenRows(document.texts, ({ name, description }) => ({ organizationId, name: name ?? '', description })),
  })
  await writePhones(tx, { organizationId }, document.phones)
}
