import type { Prisma, PrismaClient } from '../../db/generated/client.ts'
import { endLinksOf } from './links.ts'
import { dropWaysIn } from './recovery.ts'

type Tx = Prisma.TransactionClient

/** Who was dismissed, and comes back by a new invitation; accounts of the demonstration and of tokens are nobody's to come back to. */
const DISMISSED = { disabledAt: { not: null }, isDemonstration: false, token: { is: null } } satisfies Prisma.StaffMemberWhereInput

/** Whether an address has an account that its owner can sign in to, if she knows how. */
export const isKnown = async (db: PrismaClient, email: string): Promise<boolean> =>
  (await db.staffMember.findFirst({ where: { email, NOT: DISMISSED } })) !== null

/**
 * Lets a member in again who was dismissed, as if she came for the first time: no role, line, language, password or second factor of hers is
 * left, since whoever invited her gives what the invitation says, and her address may be somebody else's by now. What she did stays hers.
 * @param who her address, or her id
 * @param kept id of the provider that has just vouched for her, by which she goes on signing in
 * @returns her id; null when nobody like that was dismissed, or somebody was quicker
 */
export async function letBackIn(
  tx: Tx,
  who: { email: string } | { id: string },
  kept: string | null,
  data: Prisma.StaffMemberUpdateManyMutationInput,
  now: Date,
): Promise<string | null> {
  const change = { ...data, languages: [], disabledAt: null, updatedAt: now }
  const [member] = await tx.staffMember.updateManyAndReturn({ where: { ...who, ...DISMISSED }, data: change, select: { id: true } })
  if (!member) return null
  const { id } = member
  await dropWaysIn(tx, id)
  await endLinksOf(tx, id, { taken: [], left: [] })
  await tx.staffAccount.deleteMany({ where: { userId: id, ...(kept === null ? {} : { providerId: { not: kept } }) } })
  await tx.membership.deleteMany({ where: { memberId: id } })
  await tx.staffLine.deleteMany({ where: { memberId: id } })
  await tx.auditEvent.create({ data: { at: now, actor: `staff:${id}`, action: 'staff.returned', subjectId: id } })
  return id
}
