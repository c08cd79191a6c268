import type { Viewer } from '../access/rules/viewer.ts'
import type { StaffRole } from '../db/generated/enums.ts'
import type { TestApp } from './ask.ts'

let made = 0

/**
 * Somebody of the staff, and the headers with which she asks; not about signing in, which has its own tests.
 * @param organization slug; the city that runs `liege-solidaire` unless given
 */
export async function staff(
  app: TestApp,
  {
    role = 'AGENT',
    organization = 'ville-de-liege',
    name = `Agent ${++made}`,
    ...more
  }: { role?: StaffRole; organization?: string; name?: string; languages?: Viewer['languages']; lineIds?: string[] } = {},
): Promise<{ viewer: Viewer; headers: Record<string, string> }> {
  const { languages = [], lineIds = [] } = more
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: organization } })
  const { id, email } = await app.db.staffMember.create({
    data: {
      name,
      email: `agent-${crypto.randomUUID()}@exemple.be`,
      languages: [...languages],
      lines: { create: lineIds.map((lineId) => ({ lineId })) },
      memberships: { create: { organizationId, role } },
    },
  })
  const viewer: Viewer = {
    kind: 'member',
    id,
    actor: `staff:${id}`,
    name,
    email,
    memberships: [{ organizationId, role }],
    scopes: ['READ', 'WRITE'],
    languages,
    lineIds,
    isDemonstration: false,
    session: null,
  }
  app.viewers.set(id, viewer)
  return { viewer, headers: { 'test-viewer': id } }
}
