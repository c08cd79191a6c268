import type { Prisma, PrismaClient } from '../../db/generated/client.ts'
import { StartError } from '../../db/start-error.ts'
import { isSecret } from '../rules/invitation.ts'
import { type Account, isRecoverable, readResetOptions, RECOVERY_MS, type ResetOptions } from '../rules/recovery.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { hashOf, newSecret } from './secret.ts'

type Tx = Prisma.TransactionClient

/** What is asked of a member before she gets a way back. */
export const ACCOUNT = {
  isDemonstration: true,
  disabledAt: true,
  token: { select: { id: true } },
  accounts: { where: { providerId: 'credential' }, select: { id: true } },
} satisfies Prisma.StaffMemberSelect
type Row = Prisma.StaffMemberGetPayload<{ select: typeof ACCOUNT }>

export const accountOf = ({ isDemonstration, disabledAt, token, accounts }: Row): Account => ({
  isDemonstration,
  isToken: token !== null,
  isDisabled: disabledAt !== null,
  hasPassword: accounts.length > 0,
})

/**
 * Makes a link by which a member chooses a new password. One made before is over.
 * @param actor who does it, as the audit trail names her
 * @returns the random part of the link, which is stored nowhere, and until when it is good
 */
export async function makeRecovery(tx: Tx, memberId: string, actor: string, now: Date): Promise<{ secret: string; expiresAt: Date }> {
  const { secret, hash } = newSecret()
  const expiresAt = new Date(now.getTime() + RECOVERY_MS)
  await tx.staffRecovery.deleteMany({ where: { memberId, usedAt: null } })
  await tx.staffRecovery.create({ data: { memberId, tokenHash: hash, madeBy: actor, createdAt: now, expiresAt } })
  // For her organizations as well: they find it when she is no longer there.
  const where = { memberId, organizationId: { not: null } }
  const roles = await tx.membership.findMany({ where, distinct: ['organizationId'], select: { organizationId: true } })
  const subjects = [memberId, ...roles.flatMap(({ organizationId }) => organizationId ?? [])]
  const row = { at: now, actor, action: 'staff.recovery_made' }
  await tx.auditEvent.createMany({ data: subjects.map((subjectId) => ({ ...row, subjectId })) })
  return { secret, expiresAt }
}

/**
 * The same for an operator.
 * @throws StartError with one line that says what to put right
 */
export async function recoverFromConsole(db: PrismaClient, options: ResetOptions, now: Date): Promise<string> {
  const read = readResetOptions(options)
  if ('problem' in read) throw new StartError(read.problem)
  const found = await db.staffMember.findUnique({ where: { email: read.email }, select: { id: true, ...ACCOUNT } })
  if (!found || !isRecoverable(accountOf(found))) {
    throw new StartError(`No account of “${read.email}” can be recovered: there is none, it is closed, or it has no password here.`)
  }
  return (await db.$transaction((tx) => makeRecovery(tx, found.id, 'system', now))).secret
}

export type FoundRecovery = { id: string; memberId: string; email: string }

/** Whose account a link leads back into; null when it was used, is too old, never was, or its account was closed meanwhile. */
export async function findRecovery(db: PrismaClient, secret: string, now: Date): Promise<FoundRecovery | null> {
  if (!isSecret(secret)) return null
  const found = await db.staffRecovery.findUnique({
    where: { tokenHash: hashOf(secret) },
    include: { member: { select: { email: true, ...ACCOUNT } } },
  })
  if (!found || found.usedAt || found.expiresAt <= now || !isRecoverable(accountOf(found.member))) return null
  return { id: found.id, memberId: found.memberId, email: found.member.email }
}

/**
 * Uses a link up: of twenty who try at once, one does. The old password, the second factor and all that was begun with them are over, and
 * whoever signs in next with the new password must set up a second factor before anything else.
 * @returns false when the link is no longer good
 */
export async function recover(db: PrismaClient, { id, memberId }: FoundRecovery, password: string, now: Date): Promise<boolean> {
  // Before the transaction: it takes its time.
  const hash = await hashPassword(password)
  return db.$transaction(async (tx) => {
    const { count } = await tx.staffRecovery.updateMany({
      where: { id, usedAt: null, expiresAt: { gt: now }, member: { disabledAt: null } },
      data: { usedAt: now },
    })
    if (count === 0) return false
    await tx.staffAccount.updateMany({ where: { userId: memberId, providerId: 'credential' }, data: { password: hash, updatedAt: now } })
    await dropWaysIn(tx, memberId)
    await tx.auditEvent.create({ data: { at: now, actor: `staff:${memberId}`, action: 'staff.recovered', subjectId: memberId } })
    return true
  })
}

/** Ends all by which a member is in or could get in, but for her password: her second factor, sessions, links, and what was begun. */
export async function dropWaysIn(tx: Tx, memberId: string): Promise<void> {
  await tx.staffSecondFactor.deleteMany({ where: { userId: memberId } })
  await tx.staffMember.update({ where: { id: memberId }, data: { twoFactorEnabled: false } })
  await tx.staffSession.deleteMany({ where: { userId: memberId } })
  await tx.staffRecovery.deleteMany({ where: { memberId, usedAt: null } })
  await endBegun(tx, memberId)
}

/** Sign-ins that wait for a code: better-auth keeps the member's id as what they are worth. */
const endBegun = (tx: Tx, memberId: string) => tx.staffVerification.deleteMany({ where: { value: memberId } })

/**
 * Changes a password by who knows the present one. Her other sessions and sign-ins that were begun are over, and so is a link back into her
 * account, which she evidently does not need.
 * @param keptSessionId of the session that stays
 * @returns false when the present password is not right, or was changed by somebody quicker
 */
export async function changePassword(
  db: PrismaClient,
  memberId: string,
  { present, chosen, keptSessionId }: { present: string; chosen: string; keptSessionId: string },
  now: Date,
): Promise<boolean> {
  const account = await db.staffAccount.findFirst({ where: { userId: memberId, providerId: 'credential' } })
  if (!account?.password || !(await verifyPassword(account.password, present))) return false
  const hash = await hashPassword(chosen)
  return db.$transaction(async (tx) => {
    const where = { id: account.id, password: account.password }
    const { count } = await tx.staffAccount.updateMany({ where, data: { password: hash, updatedAt: now } })
    if (count === 0) return false
    await tx.staffSession.deleteMany({ where: { userId: memberId, id: { not: keptSessionId } } })
    await tx.staffRecovery.deleteMany({ where: { memberId, usedAt: null } })
    await endBegun(tx, memberId)
    await tx.auditEvent.create({ data: { at: now, actor: `staff:${memberId}`, action: 'staff.password_changed', subjectId: memberId } })
    return true
  })
}
