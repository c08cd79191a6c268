import type { Context } from '../../context.ts'
import type { CaseLink, Escalation } from '../../db/generated/client.ts'
import { Conflict, TooManyRequests } from '../../errors.ts'
import type { Limit } from '../../limits/limits.ts'
import type { CaseDoor, Closed } from '../rules/case-door.ts'
import { deadlineOf } from '../rules/deadlines.ts'
import { isErasureWanted } from '../rules/erasing.ts'
import { RENEWAL_MS } from '../rules/link.ts'
import { numberOf } from '../rules/number.ts'
import { LINK_WANTED } from '../rules/send.ts'
import { isForPartner } from '../rules/shared.ts'
import { isOpenCase } from '../rules/transitions.ts'
import { type CaseParts, changeEscalation, noteOf } from './change.ts'
import { objectOf } from './deal.ts'
import { findLink } from './link.ts'
import { confirmErasureBy } from './partner.ts'
import { openCase } from './reveal.ts'

/** Links to one case that are asked for in a day: whoever finds an old one must not fill a mailbox. */
const RENEWALS: Limit = { name: 'case.link', points: 3, seconds: 86_400 }

/** Opens cases by their links. */
export function openCaseDoor(parts: CaseParts & Pick<Context, 'limits' | 'now'>): CaseDoor {
  const { db, keys, limits, now } = parts
  async function good(secret: string): Promise<CaseLink | null> {
    const link = await findLink(db, secret)
    return link && link.expiresAt > now ? link : null
  }
  const by = ({ id }: CaseLink) => ({ actor: `link:${id}`, now })
  const rowOf = ({ escalationId }: CaseLink) =>
    db.escalation.findUniqueOrThrow({
      where: { id: escalationId },
      include: { steps: { orderBy: { version: 'asc' } }, request: { select: { status: true, erasedAt: true, lineId: true } } },
    })
  return {
    async look(secret) {
      const link = await good(secret)
      return link && closedOf(link, await rowOf(link))
    },
    async open(secret) {
      const link = await good(secret)
      if (!link) return null
      // The row is read afterwards: by opening it a case is received.
      const contact = await openCase(parts, link.escalationId, by(link), null).catch((error: unknown) => {
        if (error instanceof Conflict && error.conflict === 'case_over') return null
        throw error
      })
      const row = await rowOf(link)
      const own = contact !== null && isForPartner(row, row.request, now)
      return {
        ...closedOf(link, row),
        version: row.version,
        urgency: row.urgency,
        need: row.needCode,
        requestedAt: row.requestedAt,
        line: parts.directory.linesById.get(row.request.lineId) ?? null,
        cancelReason: row.cancelReason,
        contact: own ? contact : null,
        object: own ? objectOf(keys, row) : null,
        steps: row.steps.map((step) => ({ at: step.at, state: step.state, note: own ? noteOf(keys, step) : null })),
        erasureWanted: isErasureWanted(row),
      }
    },
    async act(secret, act, version) {
      const link = await good(secret)
      if (!link) return null
      if (act.kind === 'erasure_confirmed') await confirmErasureBy(parts, link.escalationId, by(link))
      else await changeEscalation(parts, link.escalationId, act, by(link), version)
      return true
    },
    async renew(secret) {
      const link = await findLink(db, secret)
      if (!link || now.getTime() - link.expiresAt.getTime() > RENEWAL_MS) return
      const row = await rowOf(link)
      if (!isOpenCase(row) && !isErasureWanted(row)) return
      try {
        await limits.take([{ limit: RENEWALS, by: row.id }])
      } catch (error) {
        if (error instanceof TooManyRequests) return
        throw error
      }
      await db.$transaction([
        db.outboxEvent.create({ data: { type: LINK_WANTED, subjectId: row.id, at: now } }),
        db.auditEvent.create({ data: { at: now, actor: by(link).actor, action: LINK_WANTED, subjectId: row.id } }),
      ])
    },
  }
}

const closedOf = ({ expiresAt }: CaseLink, row: Escalation): Closed => ({
  number: numberOf(row.id),
  state: row.state,
  dueAt: deadlineOf(row)?.at ?? null,
  until: expiresAt,
})
