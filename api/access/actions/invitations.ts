import type { Prisma, PrismaClient } from '../../db/generated/client.ts'
import type { StaffRole } from '../../db/generated/enums.ts'
import { StartError } from '../../db/start-error.ts'
import { FIRST_KEPT_MS, FIRST_MS, INVITATION_MS, type InviteOptions, isSecret, readInviteOptions } from '../rules/invitation.ts'
import type { Viewer } from '../rules/viewer.ts'
import { hashPassword } from './password.ts'
import { freeAddress, isKnown, letBackIn } from './return.ts'
import { hashOf, newSecret } from './secret.ts'

type Tx = Prisma.TransactionClient

type Wanted = { email: string | null; organizationId: string | null; role: StaffRole; invitedBy: string }

/**
 * Makes an invitation.
 * @param lifetime in milliseconds
 * @returns the random part of its link, which is stored nowhere
 */
export async function invite(
  db: PrismaClient | Tx,
  wanted: Wanted,
  now: Date,
  lifetime = INVITATION_MS,
): Promise<{ id: string; secret: string }> {
  const { secret, hash } = newSecret()
  const { id } = await db.invitation.create({
    data: { ...wanted, tokenHash: hash, createdAt: now, expiresAt: new Date(now.getTime() + lifetime) },
  })
  // For the organization as well: the invitation itself is cleared away one day, or ended.
  const row = { at: now, actor: wanted.invitedBy, action: 'staff.invited' }
  const subjects = [id, ...(wanted.organizationId === null ? [] : [wanted.organizationId])]
  await db.auditEvent.createMany({ data: subjects.map((subjectId) => ({ ...row, subjectId })) })
  return { id, secret }
}

/**
 * The same for an operator.
 * @throws StartError with one line that says what to put right
 */
export async function inviteFromConsole(db: PrismaClient, options: InviteOptions, now: Date): Promise<string> {
  const read = readInviteOptions(options)
  if ('problem' in read) throw new StartError(read.problem)
  const { email, role, organization: slug } = read
  const organization = slug === null ? null : await db.organization.findUnique({ where: { slug } })
  if (slug !== null && !organization) throw new StartError(`There is no organization “${slug}”.`)
  const wanted = { email, role, organizationId: organization?.id ?? null, invitedBy: 'system' }
  return (await db.$transaction((tx) => invite(tx, wanted, now))).secret
}

/** Any number; taken by every process that might make the first administrator's link. */
const LOCK = 7_265_002

/**
 * The link by which the first administrator comes, as long as there is none: a new one at each start, which ends the one before, unless that was
 * made just now, by a process that starts beside this one.
 * @returns its random part; `TOLD` when there is one that another start has told; null when there is an administrator
 */
export function inviteFirst(db: PrismaClient, now: Date): Promise<{ secret: string } | 'TOLD' | null> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`
    const member = { isDemonstration: false, disabledAt: null }
    if (await tx.membership.findFirst({ where: { role: 'ADMINISTRATOR', organizationId: null, member } })) return null
    const unused = { email: null, usedAt: null }
    const kept = { gt: new Date(now.getTime() - FIRST_KEPT_MS) }
    if (await tx.invitation.findFirst({ where: { ...unused, createdAt: kept } })) return 'TOLD'
    await tx.invitation.deleteMany({ where: unused })
    return invite(tx, { email: null, organizationId: null, role: 'ADMINISTRATOR', invitedBy: 'system' }, now, FIRST_MS)
  })
}

export type Found = { id: string; email: string | null; role: StaffRole; organizationId: string | null; known: boolean }

/** What an invitation offers; null when it was used, is too old, or never was. */
export async function findInvitation(db: PrismaClient, secret: string, now: Date): Promise<Found | null> {
  if (!isSecret(secret)) return null
  const found = await db.invitation.findUnique({ where: { tokenHash: hashOf(secret) } })
  if (!found || found.usedAt || found.expiresAt <= now) return null
  const { id, email, role, organizationId } = found
  return { id, email, role, organizationId, known: email !== null && (await isKnown(db, email)) }
}

/**
 * Uses an invitation up, for somebody: of twenty who try at once, one does. Called in the transaction that makes her a member.
 * @returns false when it is no longer good
 */
async function use(tx: Tx, { id, role, organizationId }: Omit<Found, 'known' | 'email'>, memberId: string, now: Date): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { id, usedAt: null, expiresAt: { gt: now } }, data: { usedAt: now } })
  if (count === 0) return false
  // Where the organization is null, the unique index does not say that she has the role already.
  const has = await tx.membership.findFirst({ where: { memberId, organizationId, role } })
  if (!has) await tx.membership.create({ data: { memberId, organizationId, role, createdAt: now } })
  // A link back into her account, made before, would now lead to more than its maker had to give.
  if (!has) await tx.staffRecovery.deleteMany({ where: { memberId, usedAt: null } })
  await tx.auditEvent.create({ data: { at: now, actor: `staff:${memberId}`, action: 'staff.joined', subjectId: memberId } })
  return true
}

class Gone extends Error {}

/**
 * Makes somebody of the staff with a password and uses the invitation up, or neither. Who was dismissed comes as a new member, too.
 * @returns `taken` when the address has an account already; `gone` when the invitation is no longer good
 */
export async function joinWithPassword(
  db: PrismaClient,
  found: Found,
  { email, name, password }: { email: string; name: string; password: string },
  now: Date,
): Promise<'joined' | 'taken' | 'gone'> {
  // Before the transaction: it takes its time.
  const hash = await hashPassword(password)
  try {
    await db.$transaction(async (tx) => {
      await freeAddress(tx, email, now)
      const { id } = await tx.staffMember.create({ data: { name, email, emailVerified: found.email !== null, createdAt: now } })
      await tx.staffAccount.create({ data: { userId: id, accountId: id, providerId: 'credential', password: hash, createdAt: now } })
      if (!(await use(tx, found, id, now))) throw new Gone()
    })
    return 'joined'
  } catch (error) {
    if (error instanceof Gone) return 'gone'
    // Somebody was quicker, with this invitation or with another one.
    if ((error as { code?: string }).code === 'P2002') return 'taken'
    throw error
  }
}

/** Takes a role on for somebody who has signed in: the invitation must be for her address. */
export async function takeOn(db: PrismaClient, found: Found, viewer: Viewer, now: Date): Promise<boolean> {
  if (viewer.kind !== 'member' || (found.email !== null && found.email !== viewer.email)) return false
  return db.$transaction((tx) => use(tx, found, viewer.id, now))
}

const pending = (email: string, organizationId: string, now: Date): Prisma.InvitationWhereInput => ({
  email,
  organizationId,
  usedAt: null,
  expiresAt: { gt: now },
})

/** Whether somebody of this address is awaited in an organization. */
export const isAwaited = async (db: PrismaClient, email: string, organizationId: string, now: Date): Promise<boolean> =>
  (await db.invitation.findFirst({ where: pending(email, organizationId, now) })) !== null

/** Lets somebody in again whom its provider has vouched for, if the organization awaits her. @returns whether it did */
export async function returnByProvider(
  db: PrismaClient,
  memberId: string,
  { provider, organizationId }: { provider: string; organizationId: string },
  now: Date,
): Promise<boolean> {
  const member = await db.staffMember.findUnique({ where: { id: memberId } })
  if (!member || !(await isAwaited(db, member.email, organizationId, now))) return false
  return db.$transaction((tx) => letBackIn(tx, memberId, provider, now))
}

/**
 * Before a provider's word counts: whom an organization awaits at the address of somebody dismissed gets it, unless it is she, whom the provider
 * knows by the same subject.
 */
export async function makeRoom(
  db: PrismaClient,
  { email, subject, provider, organizationId }: { email: string; subject: string; provider: string; organizationId: string },
  now: Date,
): Promise<void> {
  if (!(await isAwaited(db, email, organizationId, now))) return
  await db.$transaction((tx) => freeAddress(tx, email, now, { providerId: provider, accountId: subject }))
}

/** Takes on all that an organization offers to somebody whom its provider has vouched for. */
export async function takeOnAll(db: PrismaClient, memberId: string, organizationId: string, now: Date): Promise<void> {
  const { email } = await db.staffMember.findUniqueOrThrow({ where: { id: memberId } })
  for (const found of await db.invitation.findMany({ where: pending(email, organizationId, now) })) {
    await db.$transaction((tx) => use(tx, found, memberId, now))
  }
}
