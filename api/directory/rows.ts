import { setImmediate as turn } from 'node:timers/promises'
import type { PrismaClient } from '../db/generated/client.ts'

/** Records read at once: some forty milliseconds of work each time, between which requests are answered. */
const PAGE = 250
/** How long reading may take in all, in milliseconds: 30,000 services take half a minute on two busy cores. */
const LONGEST_READ = 300_000

/** Reads a long table page by page, in the order of the identities. */
async function paged<T extends { id: string }>(
  read: (page: { take: number; skip?: number; cursor?: { id: string } }) => Promise<T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await read({ take: PAGE, ...(cursor === undefined ? {} : { skip: 1, cursor: { id: cursor } }) })
    all.push(...page)
    if (page.length < PAGE) return all
    cursor = page.at(-1)?.id
    await turn()
  }
}

const byPlace = (a: { position: number; slug: string }, b: { position: number; slug: string }): number =>
  a.position - b.position || compareSlugs(a, b)

/** As PostgreSQL's C collation would; any fixed order serves. */
const compareSlugs = (a: { slug: string }, b: { slug: string }): number => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)

/** Everything published, as rows, in one repeatable-read transaction, so that the version read is the version of the rows. */
export async function readRows(db: PrismaClient) {
  const byPosition = { orderBy: { position: 'asc' } } as const
  const phones = { ...byPosition, include: { translations: true } } as const
  const exceptions = { orderBy: { firstDay: 'asc' }, include: { translations: true } } as const
  return db.$transaction(
    async (tx) => ({
      version: (await tx.contentVersion.findUnique({ where: { id: 1 } }))?.version ?? 0n,
      seed: (await tx.setting.findUnique({ where: { key: 'seed' } }))?.value ?? null,
      sites: await tx.site.findMany({ select: { id: true, key: true, origins: true, callbacksPerHour: true } }),
      communes: await tx.commune.findMany({
        orderBy: { nisCode: 'asc' },
        include: { translations: true, localities: { include: { translations: true } } },
      }),
      needs: await tx.need.findMany({ ...byPosition, include: { translations: true } }),
      audiences: await tx.audience.findMany({ ...byPosition, include: { translations: true } }),
      closingDays: await tx.closingDay.findMany({ orderBy: { day: 'asc' }, include: { translations: true } }),
      organizations: (
        await paged((page) => tx.organization.findMany({ ...page, orderBy: { id: 'asc' }, include: { translations: true, phones } }))
      ).sort(compareSlugs),
      services: (
        await paged((page) =>
          tx.service.findMany({
            ...page,
            orderBy: { id: 'asc' },
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
        )
      ).sort(byPlace),
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
    { isolationLevel: 'RepeatableRead', timeout: LONGEST_READ, maxWait: 10_000 },
  )
}

export type Rows = Awaited<ReturnType<typeof readRows>>
