import { hashOf, newSecret } from '../../access/actions/secret.ts'
import type { CaseLink, PrismaClient } from '../../db/generated/client.ts'
import { isLinkSecret, LINK_MS } from '../rules/link.ts'

/** Where a case is looked at by its link. */
export const CASE_PATH = '/case'

/** Makes a link to a case. @returns its address, which is stored nowhere, and until when it is good */
export async function makeLink(
  db: Pick<PrismaClient, 'caseLink'>,
  { escalationId, origin, now }: { escalationId: string; origin: string; now: Date },
): Promise<{ link: string; until: Date }> {
  const { secret, hash } = newSecret()
  const until = new Date(now.getTime() + LINK_MS)
  await db.caseLink.create({ data: { escalationId, tokenHash: hash, expiresAt: until, createdAt: now } })
  return { link: `${origin}${CASE_PATH}/${secret}`, until }
}

/** The link with this random part, also when it is no longer good; null when there was none. */
export async function findLink(db: Pick<PrismaClient, 'caseLink'>, secret: string): Promise<CaseLink | null> {
  return isLinkSecret(secret) ? db.caseLink.findUnique({ where: { tokenHash: hashOf(secret) } }) : null
}
