import type { Context } from '../../context.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import { type ContentDocument, ownerOf, slugOf } from '../rules/documents.ts'
import { confirmed, isSame } from '../rules/freshness.ts'
import { type Current, changeRecord, findingsOf, lookUpFor, type Meant, type Next, refuse, refuseBeyond, sameAction } from './change.ts'
import type { Knowledge } from './known.ts'
import { documentAt } from './locate.ts'
import { lockSlugs } from './locks.ts'

/**
 * Publishes the newest version: from now on the public sees it, everywhere within a second.
 * @throws InvalidInput with all that stands in the way, paths below `content`; NotFound; Conflict `record_changed`, `record_retired`,
 * `nothing_to_publish`
 */
export async function publishContent(context: Context, meant: Meant): Promise<string> {
  await changeRecord(
    context,
    meant,
    async (current) => {
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      if (current.publishedVersion === current.version) throw new Conflict('nothing_to_publish')
      return published(current, context, current.document, 'content.published')
    },
    sameAction('PUBLISHED'),
  )
  return meant.id
}

/** The version by which a document is published. @throws InvalidInput */
async function published(current: Current, context: Context, document: Current['document'], audit: string): Promise<Next> {
  const write = await lookUpFor(current, context, document)
  const { shape, open } = findingsOf(document, write)
  refuse([...shape, ...open], 'content')
  const organizationId = ownerWithin(current, document, write)
  if (document.kind === 'LINE' && current.publishedVersion !== null && organizationId !== current.organizationId)
    await refuseWithRequests(current)
  return { action: 'PUBLISHED', document, audit, published: true, write, organizationId }
}

/** Whose a record is by this document; an organization stays whose it was. @throws InvalidInput when the viewer does not look after theirs */
function ownerWithin({ id, organizationId: present, reach }: Current, document: Current['document'], knowledge: Knowledge): string | null {
  const organizationId = document.kind === 'ORGANIZATION' ? present : knowledge.organizationIdOf(ownerOf(document))
  refuseBeyond(reach, document, { id, knowledge, organizationId }, 'content')
  return organizationId
}

/** Whoever runs a line reads what people asked of it: those who asked one organization did not ask another. @throws InvalidInput */
async function refuseWithRequests({ tx, id }: Current): Promise<void> {
  const asked = await tx.callbackRequest.count({ where: { lineId: id, erasedAt: null } })
  if (asked > 0) refuse([{ path: ['organization'], code: 'requests_stay' }], 'content')
}

/**
 * Gives up what was saved since the record was published: its newest version is what the public sees. What was never published is retired.
 * @throws NotFound; Conflict
 */
export async function discardDraft(context: Context, meant: Meant): Promise<string> {
  const { now } = context
  await changeRecord(
    context,
    meant,
    async (current) => {
      const { publishedVersion, document, version } = current
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      if (publishedVersion === version) throw new Conflict('nothing_to_publish')
      if (publishedVersion === null) {
        return { action: 'RETIRED', document, audit: 'content.discarded', published: false, retiredAt: now }
      }
      const shown = await documentAt(current.tx, current, publishedVersion)
      if (!shown) throw new NotFound('record')
      return { action: 'REVERTED', document: shown, audit: 'content.discarded', published: true, revertedTo: publishedVersion }
    },
    ({ action }) => action === 'REVERTED' || action === 'RETIRED',
  )
  return meant.id
}

/**
 * Takes an earlier version up again, as a draft.
 * @param to its number
 * @throws InvalidInput; NotFound; Conflict
 */
export async function revertContent(context: Context, { to, ...meant }: Meant & { to: number }): Promise<string> {
  await changeRecord(
    context,
    meant,
    async (current) => {
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      const document = await documentAt(current.tx, current, to)
      if (!document) throw new InvalidInput([{ path: ['input', 'to'], code: 'unknown', params: { value: to } }])
      if (slugOf(document) !== current.slug) await lockSlugs(current.tx, document.kind)
      const knowledge = await lookUpFor(current, context, document)
      refuse(findingsOf(document, knowledge).shape, 'content')
      ownerWithin(current, document, knowledge)
      return { action: 'REVERTED', document, audit: 'content.reverted', published: false, revertedTo: to }
    },
    ({ action, revertedTo }) => action === 'REVERTED' && revertedTo === to,
    'DRAFT',
  )
  return meant.id
}

/**
 * Somebody has checked: what the record says is still right today, in these languages. Published at once, but for a draft, which stays one.
 * @throws InvalidInput; NotFound; Conflict
 */
export async function confirmContent(
  context: Context,
  { languages, ...meant }: Meant & { languages?: readonly LanguageCode[] | null },
): Promise<string> {
  const { now } = context
  const checked = (document: ContentDocument) => {
    return confirmed(document, languages ?? [], now, dayIn(now))
  }
  await changeRecord(
    context,
    meant,
    async (current) => {
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      const document = checked(current.document)
      if (current.publishedVersion === current.version) return published(current, context, document, 'content.confirmed')
      return { action: 'SAVED', document, audit: 'content.confirmed', published: false }
    },
    ({ document }, before) => isSame(document, checked(before)),
  )
  return meant.id
}
