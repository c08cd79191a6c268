import { StartError } from '../../db/start-error.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import { readSite, type SiteOptions } from '../rules/site.ts'

/**
 * Makes a site, or changes the parts that are given.
 * @throws StartError with one line that says what to put right
 */
export async function saveSite(db: PrismaClient, options: SiteOptions): Promise<void> {
  const stored = await db.site.findUnique({ where: { key: options.key } })
  const read = readSite(options, stored)
  if ('problem' in read) throw new StartError(read.problem)
  await db.site.upsert({ where: { key: read.key }, create: read, update: read })
}
