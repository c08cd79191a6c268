import type { PrismaClient } from '../db/generated/client.ts'

/** Everything published, as rows, in one repeatable-read transaction, so that the version read is the version of the rows. */
export async function readRows(db: PrismaClient) {
  const byPosition = { orderBy: { position: 'asc' } } as const
  const phones = { ...byPosition, include: { translations: true } } as const
  const exceptions = { orderBy: { firstDay: 'asc' }, include: { translations: true } } as const
  return db.$transaction(
    async (tx) => ({
      version: (await tx.contentVersion.findUnique({ where: { id: 1 } }))?.version ?? 0n,
      seed: (await tx.setting.findUnique({ where: { key: 'seed' } }))?.value ?? null,
      sites: await tx.site.findMany({ select: { id: true, key: true, origins: true } }),
      communes: await tx.commune.findMany({
        orderBy: { nisCode: 'asc' },
        include: { translations: true, localities: { include: { translations: true } } },
      }),
      needs: await tx.need.findMany({ ...byPosition, include: { translations: true } }),
      audiences: await tx.audience.findMany({ ...byPosition, include: { translations: true } }),
      closingDays: await tx.closingDay.findMany({ orderBy: { day: 'asc' }, include: { translations: true } }),
      organizations: await tx.organization.findMany({ orderBy: { slug: 'asc' }, include: { translations: true, phones } }),
      services: await tx.service.findMany({
        orderBy: [{ position: 'asc' }, { slug: 'asc' }],
        include: {
          translations: true,
          phones,
          schedules: byPosition,
          exceptions,
          capacities: { orderBy: { unit: 'asc' } },
          serviceAreas: byPosition,
          locations: { include: { location: { include: { translations: true } } } },
          requiredDocuments: { ...byPosition, include: { translations: true } },
          needs: byPosition,
          audiences: byPosition,
        },
      }),
      faqEntries: await tx.faqEntry.findMany({
        orderBy: [{ position: 'asc' }, { slug: 'asc' }],
        include: { translations: true, needs: byPosition, services: byPosition, related: byPosition },
      }),
      lines: await tx.line.findMany({
        orderBy: [{ position: 'asc' }, { slug: 'asc' }],
        include: {
          translations: true,
          schedules: byPosition,
          exceptions,
          serviceAreas: byPosition,
          needs: byPosition,
          menu: { ...byPosition, include: { translations: true } },
        },
      }),
    }),
    { isolationLevel: 'RepeatableRead', timeout: 60_000, maxWait: 10_000 },
  )
}

export type Rows = Awaited<ReturnType<typeof readRows>>
