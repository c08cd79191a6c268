import type { PrismaClient } from '../../db/generated/client.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD } from '../rules/demonstration.ts'
import { hashPassword } from './password.ts'

/** Makes the accounts of the demonstration, or lets them in again. */
export async function openDemonstration(db: PrismaClient, now: Date): Promise<void> {
  const slugs = DEMONSTRATION_ACCOUNTS.flatMap(({ organization }) => organization ?? [])
  const organizations = new Map((await db.organization.findMany({ where: { slug: { in: slugs } } })).map(({ slug, id }) => [slug, id]))
  const present = new Set((await db.staffMember.findMany({ where: { isDemonstration: true } })).map(({ email }) => email))
  const missing = DEMONSTRATION_ACCOUNTS.filter(({ email }) => !present.has(email))
  const hash = missing.length > 0 ? await hashPassword(DEMONSTRATION_PASSWORD) : ''
  for (const { email, name, role, organization } of missing) {
    const organizationId = organization === null ? null : organizations.get(organization)
    if (organizationId === undefined) continue
    await db.$transaction(async (tx) => {
      // Another process that starts with this one may have been quicker.
      const made = await tx.staffMember.createManyAndReturn({
        data: [{ email, name, isDemonstration: true, createdAt: now }],
        skipDuplicates: true,
      })
      for (const { id } of made) {
        await tx.staffAccount.create({ data: { userId: id, accountId: id, providerId: 'credential', password: hash } })
        await tx.membership.create({ data: { memberId: id, organizationId, role } })
      }
    })
  }
  await db.staffMember.updateMany({ where: { isDemonstration: true, disabledAt: { not: null } }, data: { disabledAt: null } })
}

/** Everybody knows their password: where others can reach the server, nobody gets in with them, and whoever was in is out. */
export async function closeDemonstration(db: PrismaClient, now: Date): Promise<void> {
  if ((await db.staffMember.count({ where: { isDemonstration: true, disabledAt: null } })) === 0) return
  await db.$transaction(async (tx) => {
    const open = await tx.staffMember.findMany({ where: { isDemonstration: true, disabledAt: null }, select: { id: true } })
    const where = { id: { in: open.map(({ id }) => id) } }
    await tx.staffMember.updateMany({ where, data: { disabledAt: now } })
    await tx.staffSession.deleteMany({ where: { user: { isDemonstration: true } } })
    // Nor does anybody get in by a link that one of them made.
    const actors = { in: open.map(({ id }) => `staff:${id}`) }
    await tx.invitation.deleteMany({ where: { invitedBy: actors, usedAt: null } })
    await tx.staffRecovery.deleteMany({ where: { madeBy: actors, usedAt: null } })
    const rows = open.map(({ id }) => ({ at: now, actor: 'system', action: 'staff.disabled', subjectId: id }))
    await tx.auditEvent.createMany({ data: rows })
  })
}
