import type { Context } from '../../context.ts'
import type { LanguageCode, Prisma } from '../../db/generated/client.ts'
import { Conflict, Forbidden, InvalidInput, NotFound, type Problem, SignInRequired } from '../../errors.ts'
import { type Member, organizationsOf, type Viewer } from '../rules/viewer.ts'
import { endLinksOf } from './links.ts'

/** Somebody of the staff, as another one sees her. */
export type Staff = {
  id: string
  name: string
  /** For her administrator only. */
  email: string | null
  languages: readonly LanguageCode[]
  memberships: readonly Member[]
  disabledAt: Date | null
}

/** @throws SignInRequired */
export function viewerIn({ viewer }: Pick<Context, 'viewer'>): Viewer {
  if (!viewer) throw new SignInRequired()
  return viewer
}

const CHOSEN = {
  id: true,
  name: true,
  email: true,
  languages: true,
  disabledAt: true,
  memberships: { select: { organizationId: true, role: true } },
} satisfies Prisma.StaffMemberSelect
type Row = Prisma.StaffMemberGetPayload<{ select: typeof CHOSEN }>

/** Those who call people back where the viewer supervises. */
export async function colleaguesOf(context: Context): Promise<Staff[]> {
  const organizations = organizationsOf(viewerIn(context), ['SUPERVISOR'])
  const where: Prisma.StaffMemberWhereInput = {
    disabledAt: null,
    memberships: { some: { organizationId: { in: organizations }, role: { in: ['AGENT', 'SUPERVISOR'] } } },
  }
  const rows = await context.db.staffMember.findMany({ where, orderBy: { name: 'asc' }, select: CHOSEN })
  return rows.map((row) => ({ ...row, email: null, memberships: within(row, organizations) }))
}

/** Everybody where the viewer administers; an administrator of the whole installation sees all. */
export async function staffOf(context: Context): Promise<Staff[]> {
  const reach = administered(viewerIn(context))
  // Tokens have a list of their own.
  const where: Prisma.StaffMemberWhereInput = {
    token: null,
    ...(reach === 'ALL' ? {} : { memberships: { some: { organizationId: { in: [...reach] } } } }),
  }
  const rows = await context.db.staffMember.findMany({ where, orderBy: { name: 'asc' }, select: CHOSEN })
  return rows.map((row) => (reach === 'ALL' ? row : { ...row, memberships: within(row, reach) }))
}

const within = ({ memberships }: Row, organizations: readonly string[]): Member[] =>
  memberships.filter(({ organizationId }) => organizationId !== null && organizations.includes(organizationId))

/** Whose staff somebody administers: of these organizations, or of all. */
export function administered(viewer: Viewer): 'ALL' | readonly string[] {
  const everywhere = viewer.memberships.some(({ role, organizationId }) => role === 'ADMINISTRATOR' && organizationId === null)
  return everywhere ? 'ALL' : organizationsOf(viewer, ['ADMINISTRATOR'])
}

/**
 * Takes somebody's roles within the viewer's reach, and ends the links that she made there. Who is left with none is disabled: her sessions end, and
 * what she holds is free.
 * @throws NotFound; Conflict for oneself, so that no installation is left without an administrator; Forbidden for a token
 */
export async function dismissStaff(context: Context, id: string): Promise<Staff> {
  const viewer = viewerIn(context)
  if (viewer.kind === 'token') throw new Forbidden()
  const reach = administered(viewer)
  if (id === viewer.id) throw new Conflict('own_account')
  const { db, now } = context
  return db.$transaction(async (tx) => {
    const before = UUID.test(id) ? await tx.staffMember.findUnique({ where: { id }, select: CHOSEN }) : null
    const taken = before?.memberships.filter(({ organizationId }) => reach === 'ALL' || (organizationId && reach.includes(organizationId)))
    if (!before || !taken?.length) throw new NotFound('record')
    const reached = reach === 'ALL' ? {} : { organizationId: { in: [...reach] } }
    await tx.membership.deleteMany({ where: { memberId: id, ...reached } })
    // An invitation from before would bring her back.
    await tx.invitation.deleteMany({ where: { email: before.email, usedAt: null, ...reached } })
    const after = before.memberships.filter((one) => !taken.includes(one))
    await endLinksOf(tx, id, { taken, left: after })
    const gone = after.length === 0
    const lost = [...new Set(taken.flatMap(({ organizationId }) => organizationId ?? []))]
    await tx.staffLine.deleteMany({ where: { memberId: id, ...(gone ? {} : { line: { organizationId: { in: lost } } }) } })
    if (gone) {
      await tx.staffMember.update({ where: { id }, data: { disabledAt: before.disabledAt ?? now } })
      await tx.staffSession.deleteMany({ where: { userId: id } })
    }
    // Whoever she was about to call waits for somebody else; whoever she spoke with is to be finished by somebody else.
    const freed = { claimedById: null, claimedAt: null, claimedUntil: null }
    const held = {
      claimedById: id,
      ...(gone ? {} : { line: { organizationId: { in: lost } } }),
    }
    await tx.callbackRequest.updateMany({ where: { ...held, status: 'CLAIMED' }, data: { ...freed, status: 'NEW' } })
    await tx.callbackRequest.updateMany({ where: held, data: freed })
    const row = { at: now, actor: viewer.actor, action: 'staff.dismissed' }
    await tx.auditEvent.createMany({ data: [id, ...lost].map((subjectId) => ({ ...row, subjectId })) })
    // After these rows: by this one the organization finds what was done to her until then, when no role tells any more that she was there.
    const left = { at: now, actor: `staff:${id}`, action: 'staff.left' }
    await tx.auditEvent.createMany({ data: lost.map((subjectId) => ({ ...left, subjectId })) })
    return { ...before, memberships: reach === 'ALL' ? after : [], disabledAt: gone ? (before.disabledAt ?? now) : before.disabledAt }
  })
}

/** For whom somebody calls, and in which languages. */
export type Skills = { lines: readonly string[]; languages: readonly LanguageCode[] }

/**
 * Sets for which lines of the viewer's organizations somebody calls, and in which languages. Lines of other organizations that she calls for
 * stay as they are.
 * @param skills slugs of lines; none: all lines of her organizations
 * @throws NotFound; InvalidInput for a line that is not of the viewer's organizations
 */
export async function setStaffSkills(context: Context, id: string, { lines, languages }: Skills): Promise<Staff> {
  const viewer = viewerIn(context)
  const { db, directory, now } = context
  const everywhere = administered(viewer) === 'ALL'
  const reach = organizationsOf(viewer, ['SUPERVISOR', 'ADMINISTRATOR'])
  const isOurs = (organizationId: string) => everywhere || reach.includes(organizationId)
  const known = new Map([...directory.linesById.values()].map((line) => [line.slug, line]))
  const wanted = lines.map((slug) => known.get(slug))
  const problems = wanted.flatMap((line, index): Problem[] =>
    line && isOurs(line.organization.id)
      ? []
      : [{ path: ['input', 'lines', String(index)], code: 'unknown', params: { value: lines[index] ?? '' } }],
  )
  if (problems.length > 0) throw new InvalidInput(problems)
  const ours = [...directory.linesById.values()].filter(({ organization }) => isOurs(organization.id)).map((line) => line.id)
  return db.$transaction(async (tx) => {
    const row = UUID.test(id) ? await tx.staffMember.findUnique({ where: { id }, select: CHOSEN }) : null
    if (!row?.memberships.some(({ organizationId }) => organizationId !== null && isOurs(organizationId))) throw new NotFound('record')
    await tx.staffLine.deleteMany({ where: { memberId: id, lineId: { in: ours } } })
    await tx.staffLine.createMany({ data: [...new Set(wanted)].flatMap((line) => (line ? [{ memberId: id, lineId: line.id }] : [])) })
    await tx.staffMember.update({ where: { id }, data: { languages: [...new Set(languages)] } })
    await tx.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'staff.skills_set', subjectId: id } })
    return { ...row, email: null, languages: [...new Set(languages)], memberships: everywhere ? row.memberships : within(row, reach) }
  })
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
