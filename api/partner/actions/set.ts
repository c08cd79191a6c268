import { administered, viewerIn } from '../../access/actions/staff.ts'
import { isEmail } from '../../callback/rules/request.ts'
import type { Context } from '../../context.ts'
import type { AreaKind, HandOver, LanguageCode } from '../../db/generated/enums.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { Forbidden, InvalidInput, NotFound, type Problem } from '../../errors.ts'
import { callOff } from './endpoint-state.ts'
import { type PartnerView, partnerOf } from './read.ts'

/** Areas and needs of one partner at most: all communes of the country are fewer. */
const MOST = 600
/** Open cases at a time, at most. */
const MOST_CASES = 100_000

export type PartnerInput = {
  organization: string
  accepting: boolean
  capacity?: number | null
  needs: readonly string[]
  languages: readonly LanguageCode[]
  areas: readonly { kind: AreaKind; code: string }[]
  handOver: HandOver
  email?: string | null
}

/**
 * Sets what an organization takes over, by its administrator. To make one a partner that is none yet is for who administers the whole
 * installation: from then on people's requests can go there. A token changes nothing of where cases go: a key that got lost must not lead them
 * elsewhere. When that changes, the links that went to the address before open nothing more.
 * @throws NotFound for an organization that the viewer does not administer; InvalidInput; Forbidden for a token
 */
export async function setPartner(context: Context, input: PartnerInput): Promise<PartnerView> {
  const viewer = viewerIn(context)
  const { db, directory, now } = context
  const reach = administered(viewer)
  const organization = directory.organizationsBySlug.get(input.organization)
  if (!organization || (reach !== 'ALL' && !reach.includes(organization.id))) throw new NotFound('record')
  const problems = problemsOf(directory, input)
  if (problems.length > 0) throw new InvalidInput(problems)
  const organizationId = organization.id
  const needCodes = [...new Set(input.needs)]
  const languages = [...new Set(input.languages)]
  const areas = input.areas.map(({ kind, code }) => ({ organizationId, kind, code: kind === 'COUNTRY' ? '' : code }))
  const { accepting, handOver } = input
  const set = { accepting, capacity: input.capacity ?? null, needCodes, languages, handOver, email: input.email?.trim() || null }
  await db.$transaction(async (tx) => {
    const before = await tx.partner.findUnique({ where: { organizationId }, include: { endpoint: { select: { checkedAt: true } } } })
    if (!before && reach !== 'ALL') throw new NotFound('record')
    if (handOver === 'WEBHOOK' && !before?.endpoint?.checkedAt)
      throw new InvalidInput([{ path: ['input', 'handOver'], code: 'endpoint_missing' }])
    if (goesElsewhere(before, set)) {
      if (viewer.kind === 'token') throw new Forbidden()
      // Whoever reads the mail there may be nobody of the partner any more; the page offers another link, which goes to the address of now.
      const where = { escalation: { organizationId }, expiresAt: { gt: now } }
      await tx.caseLink.updateMany({ where, data: { expiresAt: now } })
    }
    await tx.partner.upsert({ where: { organizationId }, create: { ...set, organizationId }, update: set })
    // What waits for a system that is no more goes the way that is chosen now.
    if (handOver !== 'WEBHOOK' && before && !before.endpoint) await callOff(tx, organizationId, now)
    await tx.partnerArea.deleteMany({ where: { organizationId } })
    await tx.partnerArea.createMany({ data: areas, skipDuplicates: true })
    await tx.auditEvent.create({ data: { at: now, actor: viewer.actor, action: 'partner.set', subjectId: organizationId } })
  })
  const partner = await partnerOf(context, organizationId)
  if (!partner) throw new NotFound('record')
  return partner
}

type Way = { handOver: HandOver; email: string | null }

/** Whoever was no partner had the inbox, and no address. */
const goesElsewhere = (before: Way | null, { handOver, email }: Way): boolean =>
  handOver !== (before?.handOver ?? 'INBOX') || email !== (before?.email ?? null)

function problemsOf({ needsByCode, communesByNis, communes }: Snapshot, input: PartnerInput): Problem[] {
  const problems: Problem[] = []
  const { capacity, needs, areas, handOver } = input
  if (capacity != null && (capacity < 1 || capacity > MOST_CASES))
    problems.push({ path: ['input', 'capacity'], code: 'out_of_range', params: { min: 1, max: MOST_CASES } })
  for (const name of ['needs', 'areas'] as const)
    if (input[name].length > MOST) problems.push({ path: ['input', name], code: 'too_many', params: { max: MOST } })
  const email = input.email?.trim() || null
  if (email !== null && !isEmail(email)) problems.push({ path: ['input', 'email'], code: 'email_malformed' })
  if (email === null && handOver === 'EMAIL') problems.push({ path: ['input', 'email'], code: 'required' })
  if (problems.length > 0) return problems
  for (const [index, code] of needs.entries())
    if (!needsByCode.has(code))
      problems.push({ path: ['input', 'needs', String(index)], code: 'unknown', params: { value: code.slice(0, 60) } })
  const provinces = new Set(communes.map(({ province }) => province))
  const regions = new Set(communes.map(({ region }) => region))
  const exists: Record<AreaKind, (code: string) => boolean> = {
    COMMUNE: (code) => communesByNis.has(code),
    PROVINCE: (code) => provinces.has(code),
    REGION: (code) => regions.has(code),
    COUNTRY: () => true,
  }
  for (const [index, { kind, code }] of areas.entries())
    if (!exists[kind](code))
      problems.push({ path: ['input', 'areas', String(index), 'code'], code: 'unknown', params: { value: code.slice(0, 60) } })
  return problems
}
