import type { PrismaClient } from '../db/generated/client.ts'
import type { Snapshot } from './snapshot.ts'

/** Who may speak for partners. A key that is revoked is as if it had never been. */
export const readSiteRows = (db: Pick<PrismaClient, 'site'>) =>
  db.site.findMany({ where: { revokedAt: null }, select: { id: true, key: true, origins: true, callbacksPerHour: true } })

export async function readSites(db: Pick<PrismaClient, 'site'>): Promise<Snapshot['sites']> {
  return new Map((await readSiteRows(db)).map((site) => [site.key, site]))
}
