import { administered, viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { CallbackRequest, HandOver, Prisma } from '../../db/generated/client.ts'
import type { Organization, Snapshot } from '../../directory/snapshot.ts'
import { type Asked, bestFirst, isReachable, type MatchReason, matchPartner, type Offering } from '../rules/match.ts'

/** Somebody who takes over requests, as the staff see it. */
export type PartnerView = Offering & {
  organization: Organization
  handOver: HandOver
  /** Where links to cases are sent; for its own administrator only. */
  email: string | null
  /** The viewer administers it. */
  own: boolean
}

const INCLUDED = {
  areas: { orderBy: [{ kind: 'asc' }, { code: 'asc' }] },
  endpoint: { select: { checkedAt: true, pausedAt: true } },
} as const satisfies Prisma.PartnerInclude

/** Partners by organization, by name in the directory's order; one whose organization is not published is none. */
export async function partnersOf(
  context: Pick<Context, 'db' | 'directory' | 'viewer'>,
  organizationIds?: readonly string[],
): Promise<PartnerView[]> {
  const { db, directory } = context
  const reach = administered(viewerIn(context))
  const [rows, counts] = await Promise.all([
    db.partner.findMany({ where: organizationIds ? { organizationId: { in: [...organizationIds] } } : {}, include: INCLUDED }),
    openCases(db),
  ])
  const organizations = new Map(directory.organizations.map((organization) => [organization.id, organization]))
  return rows.flatMap((row) => {
    const organization = organizations.get(row.organizationId)
    if (!organization) return []
    const { accepting, capacity, needCodes, languages, areas, handOver } = row
    const own = reach === 'ALL' || reach.includes(organization.id)
    const openCount = counts.get(organization.id) ?? 0
    return [
      {
        organization,
        accepting,
        capacity,
        needCodes,
        languages,
        areas,
        handOver,
        openCases: openCount,
        reachable: isReachable(row),
        own,
        email: own ? row.email : null,
      },
    ]
  })
}

/** One partner. */
export async function partnerOf(
  context: Pick<Context, 'db' | 'directory' | 'viewer'>,
  organizationId: string,
): Promise<PartnerView | null> {
  return (await partnersOf(context, [organizationId]))[0] ?? null
}

/** The partners whose cases the viewer works on, or that she administers. */
export async function ownPartners(context: Context): Promise<PartnerView[]> {
  const viewer = viewerIn(context)
  const reach = administered(viewer)
  return partnersOf(context, reach === 'ALL' ? undefined : [...new Set([...organizationsOf(viewer, ['PARTNER']), ...reach])])
}

/** What a request asks for, as far as it says. */
export const askedOf = (
  { needsByCode, communesByPostalCode }: Pick<Snapshot, 'needsByCode' | 'communesByPostalCode'>,
  { needCode, postalCode, language }: Pick<CallbackRequest, 'needCode' | 'postalCode' | 'language'>,
): Asked => ({
  need: needCode === null ? null : (needsByCode.get(needCode) ?? null),
  communes: postalCode === null ? [] : (communesByPostalCode.get(postalCode) ?? []),
  language,
})

/** A partner for a request, and why it fits or not. */
export type Offer = { partner: PartnerView; fits: boolean; reasons: readonly MatchReason[]; asked: Asked }

/** The partners to whom a request may be handed, the best first; those that do not fit last. */
export async function offersFor(
  context: Pick<Context, 'db' | 'directory' | 'viewer'>,
  request: Parameters<typeof askedOf>[1],
): Promise<Offer[]> {
  const asked = askedOf(context.directory, request)
  return bestFirst((await partnersOf(context)).map((partner) => ({ partner, asked, ...matchPartner(partner, asked) })))
}

/** The best partner that fits a request, without those named, for who decides without a viewer; null when there is none. */
export async function bestPartner(
  db: Pick<Prisma.TransactionClient, 'partner' | 'escalation'>,
  directory: Snapshot,
  request: Parameters<typeof askedOf>[1],
  without: readonly string[],
): Promise<string | null> {
  const asked = askedOf(directory, request)
  const [rows, counts] = await Promise.all([
    db.partner.findMany({ where: { organizationId: { notIn: [...without] } }, include: INCLUDED }),
    openCases(db),
  ])
  const offers = rows.map((row) => {
    const partner = { ...row, openCases: counts.get(row.organizationId) ?? 0, reachable: isReachable(row) }
    return { partner, organizationId: row.organizationId, ...matchPartner(partner, asked) }
  })
  return bestFirst(offers).find(({ fits }) => fits)?.organizationId ?? null
}

/** How many open cases each partner has. */
async function openCases(db: Pick<Prisma.TransactionClient, 'escalation'>): Promise<Map<string, number>> {
  const rows = await db.escalation.groupBy({ by: ['organizationId'], where: { endedAt: null }, _count: true })
  return new Map(rows.map(({ organizationId, _count: count }) => [organizationId, count]))
}
