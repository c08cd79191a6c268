import type { Prisma } from '../../db/generated/client.ts'
import type { Member, Viewer } from '../rules/viewer.ts'

type Tx = Prisma.TransactionClient

/**
 * Ends the links that let somebody in and that this member made, once she may no longer make them: an administrator who was dismissed would
 * come back by her own, under another name. Of her invitations go those of the organizations where she lost a role and where she administers
 * nothing; a way back into an account goes in any case, since all of what it opens had to be hers to give.
 * @param roles those that are taken from her, and those that are left
 */
export async function endLinksOf(tx: Tx, memberId: string, roles: { taken: readonly Member[]; left: readonly Member[] }): Promise<void> {
  const maker = `staff:${memberId}`
  const administers = roles.left.flatMap(({ role, organizationId }) => (role === 'ADMINISTRATOR' ? [organizationId] : []))
  const lost = roles.taken.flatMap(({ organizationId }) => organizationId ?? [])
  const kept = administers.flatMap((organizationId) => (organizationId !== null && !lost.includes(organizationId) ? organizationId : []))
  const within = administers.includes(null)
    ? { organizationId: { in: lost } }
    : { OR: [{ organizationId: null }, { organizationId: { notIn: kept } }] }
  await tx.invitation.deleteMany({ where: { invitedBy: maker, usedAt: null, ...within } })
  await tx.staffRecovery.deleteMany({ where: { madeBy: maker, usedAt: null } })
}

/**
 * Where the viewer administers at this moment, held until what she makes there is made: whoever dismisses her meanwhile waits, and then ends it.
 * What she was when she asked may be over.
 */
export async function heldReach(tx: Tx, { id }: Viewer): Promise<'ALL' | readonly string[]> {
  const rows = await tx.$queryRaw<{ organization_id: string | null }[]>`
    SELECT "organization_id" FROM "membership" WHERE "member_id" = ${id}::uuid AND "role" = 'ADMINISTRATOR' FOR SHARE`
  const all = rows.map((row) => row.organization_id)
  return all.includes(null) ? 'ALL' : all.flatMap((organizationId) => organizationId ?? [])
}
