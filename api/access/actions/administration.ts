import type { Context } from '../../context.ts'
import type { ApiToken, Prisma } from '../../db/generated/client.ts'
import type { StaffRole } from '../../db/generated/enums.ts'
import { Conflict, Forbidden, InvalidInput, NotFound, type Problem } from '../../errors.ts'
import { emailOf, emailProblem, INVITATION_MS } from '../rules/invitation.ts'
import { isRecoverable } from '../rules/recovery.ts'
import type { Viewer } from '../rules/viewer.ts'
import { invite } from './invitations.ts'
import { heldReach } from './links.ts'
import { ACCOUNT, accountOf, makeRecovery } from './recovery.ts'
import { administered, viewerIn } from './staff.ts'
import { revokeToken } from './tokens.ts'

/** A link that lets somebody in, which is told once. */
export type StaffLink = { link: string; expiresAt: Date }

/** Who is let in is decided by a person: a key that got lost must not be able to make others. @throws SignInRequired; Forbidden for a token */
function personIn(context: Context): Viewer {
  const viewer = viewerIn(context)
  if (viewer.kind === 'token') throw new Forbidden()
  return viewer
}

const isWithin = (organizationId: string | null, reach: ReturnType<typeof administered>): boolean =>
  reach === 'ALL' || (organizationId !== null && reach.includes(organizationId))

/**
 * Invites somebody to an organization that the viewer administers. Whether the address is known already is not told: who has an account signs
 * in to take the role on.
 * @param organization slug; null for an administrator of the whole installation, whom only another one invites
 * @throws InvalidInput; Forbidden when she was dismissed at that moment
 */
export async function inviteStaff(
  context: Context,
  { email: typed, role, organization: slug }: { email: string; role: StaffRole; organization: string | null },
): Promise<StaffLink> {
  const viewer = personIn(context)
  const reach = administered(viewer)
  const { db, directory, now, origin } = context
  const email = emailOf(typed)
  const organization = slug === null ? null : directory.organizationsBySlug.get(slug)
  const isOfAll = slug === null && role === 'ADMINISTRATOR' && reach === 'ALL'
  const problems: Problem[] = []
  if (!email) problems.push({ path: ['input', 'email'], code: emailProblem(typed) ?? 'email_malformed' })
  if (slug === null && !isOfAll) problems.push({ path: ['input', 'organization'], code: 'required' })
  if (slug !== null && !(organization && isWithin(organization.id, reach))) {
    problems.push({ path: ['input', 'organization'], code: 'unknown', params: { value: slug } })
  }
  if (!email || problems.length > 0) throw new InvalidInput(problems)
  const wanted = { email, role, organizationId: organization?.id ?? null, invitedBy: viewer.actor }
  const { secret } = await db.$transaction(async (tx) => {
    if (!isWithin(wanted.organizationId, await heldReach(tx, viewer))) throw new Forbidden()
    return invite(tx, wanted, now)
  })
  return { link: `${origin}/invitation/${secret}`, expiresAt: new Date(now.getTime() + INVITATION_MS) }
}

/**
 * Makes a link by which somebody who lost her password or her second factor gets back into her account. Whoever has the link has the account,
 * so all of what she may do must be the viewer's to give.
 * @throws NotFound for who has no role where the viewer administers; Conflict for oneself, for who has a role elsewhere too, and for an
 * account without a password of its own, of the demonstration or closed
 */
export async function recoverStaff(context: Context, id: string): Promise<StaffLink> {
  const viewer = personIn(context)
  const { db, now, origin } = context
  if (id === viewer.id) throw new Conflict('own_recovery')
  const chosen = { id: true, memberships: { select: { organizationId: true } }, ...ACCOUNT } satisfies Prisma.StaffMemberSelect
  return db.$transaction(async (tx) => {
    const reach = await heldReach(tx, viewer)
    // A role that she is taking on right now waits, and then ends the link, or is waited for, and counts.
    if (UUID.test(id)) await tx.$queryRaw`SELECT 1 FROM "staff_member" WHERE "id" = ${id}::uuid FOR UPDATE`
    const found = UUID.test(id) ? await tx.staffMember.findUnique({ where: { id }, select: chosen }) : null
    if (!found?.memberships.some(({ organizationId }) => isWithin(organizationId, reach))) throw new NotFound('record')
    if (!found.memberships.every(({ organizationId }) => isWithin(organizationId, reach))) throw new Conflict('account_beyond_reach')
    if (!isRecoverable(accountOf(found))) throw new Conflict('account_not_recoverable')
    const { secret, expiresAt } = await makeRecovery(tx, found.id, viewer.actor, now)
    return { link: `${origin}/account/recovery/${secret}`, expiresAt }
  })
}

/** The keys of other systems where the viewer administers, the latest first; those that ended too. */
export async function tokensOf(context: Context): Promise<ApiToken[]> {
  const reach = administered(viewerIn(context))
  const where = reach === 'ALL' ? {} : { organizationId: { in: [...reach] } }
  return context.db.apiToken.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] })
}

/** Ends a token at once; one that has ended already stays as it is. @throws NotFound */
export async function endToken(context: Context, id: string): Promise<ApiToken> {
  const viewer = personIn(context)
  const reach = administered(viewer)
  const { db, now } = context
  const found = await db.apiToken.findUnique({ where: { id } })
  if (!found || !isWithin(found.organizationId, reach)) throw new NotFound('record')
  await revokeToken(db, id, viewer.actor, now)
  return db.apiToken.findUniqueOrThrow({ where: { id } })
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
