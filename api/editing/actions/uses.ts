import type { ContentKind } from '../../db/generated/enums.ts'
import type { Tx } from './documents/parts.ts'

/** Published records that name another one. `binding`: they would lead nowhere without it, so that it cannot be retired before they are changed. */
export type Use = { id: string; kind: ContentKind; slug: string | null; binding: boolean }

const SLUG = { id: true, slug: true } as const
const LIVE = { retiredAt: null } as const

/**
 * Who uses a record. An organization is bound by all that it gives, and by its staff and the cases it takes over, which are told as itself; a place by the services there; a service by the menus that lead to it; a line
 * by those that send callers on to it. A question loses what it links to, and shows what is left.
 */
export async function usesOf(tx: Tx, { id, kind }: { id: string; kind: ContentKind }): Promise<Use[]> {
  const as = (kindOf: ContentKind, binding: boolean) => (row: { id: string; slug: string }) => ({ ...row, kind: kindOf, binding })
  switch (kind) {
    case 'ORGANIZATION': {
      const [services, lines, questions, kept] = [
        await tx.service.findMany({ where: { organizationId: id, ...LIVE }, select: SLUG }),
        await tx.line.findMany({ where: { ...LIVE, OR: [{ organizationId: id }, { menu: { some: { partnerId: id } } }] }, select: SLUG }),
        await tx.faqEntry.findMany({ where: { ownerId: id, ...LIVE }, select: SLUG }),
        await tx.organization.findMany({ where: { keeperId: id, ...LIVE }, select: SLUG }),
      ]
      const peopled = {
        id,
        OR: [{ memberships: { some: {} } }, { partner: { OR: [{ accepting: true }, { escalations: { some: { endedAt: null } } }] } }],
      }
      const itself = await tx.organization.findMany({ where: peopled, select: SLUG })
      return [
        ...itself.map(as('ORGANIZATION', true)),
        ...services.map(as('SERVICE', true)),
        ...lines.map(as('LINE', true)),
        ...questions.map(as('QUESTION', true)),
        ...kept.map(as('ORGANIZATION', true)),
      ]
    }
    case 'LOCATION':
      return (await tx.service.findMany({ where: { ...LIVE, locations: { some: { locationId: id } } }, select: SLUG })).map(
        as('SERVICE', true),
      )
    case 'SERVICE': {
      const [lines, questions] = [
        await tx.line.findMany({ where: { ...LIVE, menu: { some: { serviceId: id } } }, select: SLUG }),
        await tx.faqEntry.findMany({ where: { ...LIVE, services: { some: { serviceId: id } } }, select: SLUG }),
      ]
      return [...lines.map(as('LINE', true)), ...questions.map(as('QUESTION', false))]
    }
    case 'LINE': {
      const where = { ...LIVE, id: { not: id } }
      const to = [{ fallbackId: id }, { successorId: id }, { menu: { some: { transferToId: id } } }]
      return (await tx.line.findMany({ where: { ...where, OR: to }, select: SLUG })).map(as('LINE', true))
    }
    case 'QUESTION':
      return (await tx.faqEntry.findMany({ where: { ...LIVE, related: { some: { relatedId: id } } }, select: SLUG })).map(
        as('QUESTION', false),
      )
    case 'CLOSING_DAY':
      return []
  }
}
