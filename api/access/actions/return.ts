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
 * Gives the address of who was dismissed to who comes with it now, by a new invitation: it may be somebody else's by now, and what the one did
 * must not bear the other's name. The old row keeps its name, and nobody comes as it any more.
 * @param subject by which a provider knows who comes: a row that signed in by it is hers, and stays
 */
export async function freeAddress(tx: Tx, email: string, now: Date, subject?: { providerId: string; accountId: string }): Promise<void> {
  const where = { email, ...DISMISSED, ...(subject ? { accounts: { none: subject } } : {}) }
  const found = await tx.staffMember.findFirst({ where, select: { id: true } })
  if (!found) return
  const { id } = found
  // An address of this domain reaches nobody (RFC 2606). Somebody may have been quicker, by another invitation.
  const data = { email: `${id}@dismissed.invalid`, emailVerified: false, updatedAt: now }
  const { count } = await tx.staffMember.updateMany({ where: { id, email, ...DISMISSED }, data })
  if (count === 0) return
  await dropAll(tx, id, null)
  await tx.auditEvent.create({ data: { at: now, actor: 'system', action: 'staff.address_freed', subjectId: id } })
}

/**
 * Lets a member in again who was dismissed and whom her provider knows by the same subject, so that it is she. But for that she comes as if for the
 * first time: no role, line, language, password or second factor of hers is left, since whoever invited her gives what the invitation says.
 * @param provider its id
 * @returns whether she was dismissed, and nobody was quicker
 */
export async function letBackIn(tx: Tx, id: string, provider: string, now: Date): Promise<boolean> {
  const data = { languages: [], disabledAt: null, updatedAt: now }
  const { count } = await tx.staffMember.updateMany({ where: { id, ...DISMISSED }, data })
  if (count === 0) return false
  await dropAll(tx, id, provider)
  await tx.auditEvent.create({ data: { at: now, actor: `staff:${id}`, action: 'staff.returned', subjectId: id } })
  return true
}

/** Ends all that a member had. @param kept id of a provider by which she goes on signing in */
async function dropAll(tx: Tx, id: string, kept: string | null): Promise<void> {
  await dropWaysIn(tx, id)
  await endLinksOf(tx, id, { taken: [], left: [] })
  await tx.staffAccount.deleteMany({ where: { userId: id, ...(kept === null ? {} : { providerId: { not: kept } }) } })
  await tx.membership.deleteMany({ where: { memberId: id } })
  await tx.staffLine.deleteMany({ where: { memberId: id } })
}
