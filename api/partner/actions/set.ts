import { administered, viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { Forbidden, InvalidInput, NotFound } from '../../errors.ts'
import { goesElsewhere, type PartnerInput, problemsOf } from '../rules/settings.ts'
import { callOff } from './endpoint-state.ts'
import { type PartnerView, partnerOf } from './read.ts'

/**
 * Sets what an organization takes over, by its administrator. To make one a partner that is none yet is for who administers the whole
 * installation: from then on people's requests can go there. A token changes nothing of where cases go: a key that got lost must not lead them
 * elsewhere.
 * @throws NotFound for an organization that the viewer does not administer; InvalidInput; Forbidden for a token
 */
export async function setPartner(context: Context, input: PartnerInput): Promise<PartnerView> {
  const viewer = viewerIn(context)
  const reach = administered(viewer)
  const organization = context.directory.organizationsBySlug.get(input.organization)
  if (!organization || (reach !== 'ALL' && !reach.includes(organization.id))) throw new NotFound('record')
  await storePartner(context, input, { actor: viewer.actor, makes: reach === 'ALL', leads: viewer.kind !== 'token' })
  const partner = await partnerOf(context, organization.id)
  if (!partner) throw new NotFound('record')
  return partner
}

/**
 * Stores what an organization takes over. When its cases go elsewhere from now on, the links that went to the address before open nothing more.
 * @param by who does it; `makes`: may make a partner of one that is none; `leads`: may change where cases go
 * @throws NotFound for an organization that is not published, or is no partner yet; InvalidInput; Forbidden
 */
export async function storePartner(
  { db, directory, now }: { db: PrismaClient; directory: Snapshot; now: Date },
  input: PartnerInput,
  by: { actor: string; makes: boolean; leads: boolean },
): Promise<void> {
  const organizationId = directory.organizationsBySlug.get(input.organization)?.id
  if (organizationId === undefined) throw new NotFound('record')
  const problems = problemsOf(directory, input)
  if (problems.length > 0) throw new InvalidInput(problems)
  const needCodes = [...new Set(input.needs)]
  const languages = [...new Set(input.languages)]
  const areas = input.areas.map(({ kind, code }) => ({ organizationId, kind, code: kind === 'COUNTRY' ? '' : code }))
  const { accepting, handOver } = input
  const set = { accepting, capacity: input.capacity ?? null, needCodes, languages, handOver, email: input.email?.trim() || null }
  await db.$transaction(async (tx) => {
    const before = await tx.partner.findUnique({ where: { organizationId }, include: { endpoint: { select: { checkedAt: true } } } })
    if (!before && !by.makes) throw new NotFound('record')
    if (handOver === 'WEBHOOK' && !before?.endpoint?.checkedAt)
      throw new InvalidInput([{ path: ['input', 'handOver'], code: 'endpoint_missing' }])
    if (goesElsewhere(before, set)) {
      if (!by.leads) throw new Forbidden()
      // Whoever reads the mail there may be nobody of the partner any more; the page offers another link, which goes to the address of now.
      const where = { escalation: { organizationId }, expiresAt: { gt: now } }
      await tx.caseLink.updateMany({ where, data: { expiresAt: now } })
    }
    await tx.partner.upsert({ where: { organizationId }, create: { ...set, organizationId }, update: set })
    // What waits for a system that is no more goes the way that is chosen now.
    if (handOver !== 'WEBHOOK' && before && !before.endpoint) await callOff(tx, organizationId, now)
    await tx.partnerArea.deleteMany({ where: { organizationId } })
    await tx.partnerArea.createMany({ data: areas, skipDuplicates: true })
    await tx.auditEvent.create({ data: { at: now, actor: by.actor, action: 'partner.set', subjectId: organizationId } })
  })
}
