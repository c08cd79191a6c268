import { OPEN } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import type { ContentKind } from '../../db/generated/enums.ts'
import { Conflict, InvalidInput, NotFound, type Problem } from '../../errors.ts'
import type { LineDocument } from '../rules/documents.ts'
import { type Current, changeRecord, findingsOf, lookUpFor, type Meant, type Next, refuse } from './change.ts'
import type { Tx } from './documents/parts.ts'
import { documentAt } from './locate.ts'
import { usesOf } from './uses.ts'

/** Names of records told in one sentence. */
const MOST_NAMED = 5

/**
 * Takes a record away from the public; nothing of it is lost, and it can be brought back. What others need to lead somewhere is not retired before
 * they are changed. A line with open requests names the line that takes over: the requests stay with their line, and are worked on as before.
 * @param successor slug of that line
 * @throws InvalidInput `still_used`, `still_peopled`, `successor_needed`; NotFound; Conflict
 */
export async function retireContent(context: Context, { successor, ...meant }: Meant & { successor?: string | null }): Promise<string> {
  const { now } = context
  await changeRecord(
    context,
    meant,
    async (current) => {
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      const { tx, id, kind, publishedVersion } = current
      const next = { action: 'RETIRED', audit: 'content.retired', retiredAt: now } as const
      if (publishedVersion === null) return { ...next, document: current.document, published: false }
      // A draft beside it stays among the versions, from where it can be taken up again.
      const shown = await documentAt(tx, current, publishedVersion)
      if (!shown) throw new NotFound('record')
      const uses = (await usesOf(tx, current)).filter(({ binding }) => binding)
      if (uses.some((use) => use.id === id)) refuse([{ path: ['id'], code: 'still_peopled' }], 'input')
      if (uses.length > 0) {
        const value = uses
          .slice(0, MOST_NAMED)
          .map(({ slug }) => slug)
          .join(', ')
        refuse([{ path: ['id'], code: 'still_used', params: { value } }], 'input')
      }
      const document = shown.kind === 'LINE' ? await succeeded(current, shown, successor || null) : shown
      await setRetired(tx, kind, id, now)
      return { ...next, document, published: true }
    },
    ({ action, document }) => action === 'RETIRED' && (!successor || (document.kind === 'LINE' && document.successor === successor)),
  )
  return meant.id
}

/** The document of a line with the line that takes over. @throws InvalidInput */
async function succeeded({ tx, id }: Current, line: LineDocument, successor: string | null): Promise<LineDocument> {
  const problem = (code: Problem['code'], params: Problem['params']) =>
    new InvalidInput([{ path: ['input', 'successor'], code, ...(params ? { params } : {}) }])
  const slug = successor ?? line.successor
  const found = slug === null ? null : await tx.line.findUnique({ where: { slug }, select: { id: true, retiredAt: true } })
  if (successor !== null && (!found || found.id === id)) throw problem('unknown', { value: successor.slice(0, 60) })
  if (successor !== null && found?.retiredAt) throw problem('target_retired', { value: successor })
  const count = await tx.callbackRequest.count({ where: { lineId: id, status: { in: [...OPEN, 'ESCALATED'] }, erasedAt: null } })
  if (count > 0 && (!found || found.retiredAt)) throw problem('successor_needed', { count })
  if (successor === null) return line
  await tx.line.update({ where: { id }, data: { successorId: found?.id ?? null } })
  // Who called for it calls for what takes over, if that is of the same organization.
  await tx.$executeRaw`
    INSERT INTO "staff_line" ("member_id", "line_id")
    SELECT s."member_id", n."id" FROM "staff_line" s JOIN "line" o ON o."id" = s."line_id"
      JOIN "line" n ON n."id" = ${found?.id ?? null}::uuid AND n."organization_id" = o."organization_id"
    WHERE o."id" = ${id}::uuid ON CONFLICT DO NOTHING`
  return { ...line, successor }
}

/**
 * Brings a retired record back as it was published.
 * @throws InvalidInput when it could not be published as it is any more; NotFound; Conflict `record_not_retired`
 */
export async function returnContent(context: Context, meant: Meant): Promise<string> {
  await changeRecord(
    context,
    meant,
    async (current) => {
      if (current.retiredAt === null) throw new Conflict('record_not_retired')
      const { tx, id, kind, document, publishedVersion, version } = current
      const next: Next = {
        action: 'RETURNED',
        document,
        audit: 'content.returned',
        published: publishedVersion === version,
        retiredAt: null,
      }
      if (publishedVersion === null) return next
      const shown = await documentAt(tx, current, publishedVersion)
      if (!shown) throw new NotFound('record')
      const { shape, open } = findingsOf(shown, await lookUpFor(current, context, shown))
      refuse([...shape, ...open], 'content')
      await setRetired(tx, kind, id, null)
      return next
    },
    ({ action }) => action === 'RETURNED',
  )
  return meant.id
}

async function setRetired(tx: Tx, kind: ContentKind, id: string, retiredAt: Date | null): Promise<void> {
  const set = { where: { id }, data: { retiredAt } }
  switch (kind) {
    case 'ORGANIZATION':
      await tx.organization.update(set)
      return
    case 'LOCATION':
      await tx.location.update(set)
      return
    case 'SERVICE':
      await tx.service.update(set)
      return
    case 'QUESTION':
      await tx.faqEntry.update(set)
      return
    case 'LINE':
      await tx.line.update(set)
      return
    case 'CLOSING_DAY':
      await tx.closingDay.update(set)
  }
}
