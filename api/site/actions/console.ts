import type { PrismaClient } from '../../db/generated/client.ts'
import { StartError } from '../../db/start-error.ts'
import { DIRECT_SITE, readSite, type SiteOptions } from '../rules/site.ts'

/**
 * Makes a site, or changes the parts that are given.
 * @param organization slug of the one whose editors and administrators look after it from then on
 * @throws StartError with one line that says what to put right
 */
export async function saveSite(
  db: PrismaClient,
  { organization: slug, ...options }: SiteOptions & { organization?: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const stored = await tx.site.findUnique({ where: { key: options.key } })
    if (stored?.revokedAt) throw new StartError(`The key “${options.key}” is revoked for good: make a site with another one.`)
    const read = readSite(options, stored)
    if ('problem' in read) throw new StartError(read.problem)
    const organization = slug === undefined ? null : await tx.organization.findUnique({ where: { slug }, select: { id: true } })
    if (slug !== undefined && !organization) throw new StartError(`There is no organization “${slug}”.`)
    const values = organization ? { ...read, organizationId: organization.id } : read
    // A page that somebody has open meanwhile must not undo it.
    await tx.site.upsert({ where: { key: read.key }, create: values, update: { ...values, version: { increment: 1 } } })
  })
}

/**
 * Ends a key for good. It stays listed, and is never given to another site.
 * @throws StartError with one line that says why not
 */
export async function revokeSite(db: PrismaClient, key: string, now: Date): Promise<void> {
  if (key === DIRECT_SITE) throw new StartError(`“${DIRECT_SITE}” is what programs use that name no site: it cannot be revoked.`)
  await db.$transaction(async (tx) => {
    const { count } = await tx.site.updateMany({ where: { key, revokedAt: null }, data: { revokedAt: now, version: { increment: 1 } } })
    const site = await tx.site.findUnique({ where: { key }, select: { id: true } })
    if (!site) throw new StartError(`There is no site “${key}”.`)
    if (count > 0) await tx.auditEvent.create({ data: { at: now, actor: 'system', action: 'site.revoked', subjectId: site.id } })
  })
}
