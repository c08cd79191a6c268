import type { LocationDocument } from '../../rules/documents.ts'
import { firstLanguage, type References, type Tx, written, writtenRows } from './parts.ts'

export async function readLocation(tx: Tx, id: string): Promise<LocationDocument | null> {
  const row = await tx.location.findUnique({
    where: { id },
    include: { translations: true, commune: { select: { officialLanguages: true } }, organization: { select: { slug: true } } },
  })
  if (!row) return null
  return {
    kind: 'LOCATION',
    language: firstLanguage(row.translations, row.commune),
    slug: row.slug,
    organization: row.organization?.slug ?? null,
    street: row.street,
    postalCode: row.postalCode,
    commune: row.communeNis,
    latitude: row.latitude,
    longitude: row.longitude,
    texts: written(row.translations, ({ name }) => ({ name })),
  }
}

export async function writeLocation(tx: Tx, id: string, document: LocationDocument, refs: References): Promise<void> {
  const { slug, street, postalCode, commune, latitude, longitude, organization } = document
  const organizationId = organization === null ? null : refs('ORGANIZATION', organization)
  const own = { slug, street, postalCode, communeNis: commune, latitude, longitude, organizationId }
  await tx.location.upsert({ where: { id }, create: { id, ...own }, update: own })
  await tx.locationTranslation.deleteMany({ where: { locationId: id } })
  await tx.locationTranslation.createMany({ data: writtenRows(document.texts, ({ name }) => ({ locationId: id, name: name ?? '' })) })
}
