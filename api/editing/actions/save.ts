import { randomUUID } from 'node:crypto'
import { viewerIn } from '../../access/actions/staff.ts'
import { inTransaction } from '../../callback/actions/change.ts'
import type { Context } from '../../context.ts'
import type { LanguageCode } from '../../db/generated/client.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { type ContentDocument, languageOf, ownerOf, slugOf, TAGS, titleOf } from '../rules/documents.ts'
import { isSame, stamped } from '../rules/freshness.ts'
import { slugFrom, tidyDocument } from '../rules/tidy.ts'
import { changeRecord, findingsOf, lookUpFor, refuse, refuseBeyond, refuseReserved } from './change.ts'
import type { Tx } from './documents/parts.ts'
import { isTaken, type Knowledge, lookUp } from './known.ts'
import { lockSlugs } from './locks.ts'
import { reachOf } from './reach.ts'
import { addRevision } from './revision.ts'

/** A document as a form sends it: what is absent is made or stays. */
export type Draft = Omit<ContentDocument, 'language' | 'slug' | 'position'> & {
  language?: LanguageCode | null
  slug?: string | null
  position?: number | null
}

/** What is saved: a new record without an id, else the version that was seen. */
export type SaveInput = { id?: string | null; version?: number | null; content: Draft }

/** Where the values stand in the input. */
const AT = ['input', 'content']

/**
 * Saves a draft, which only editors of the record see. It may lack what is published may not; what no record may be is refused.
 * @returns the record's id
 * @throws InvalidInput; NotFound for a record that is not there or not hers; Conflict `record_changed`, `record_retired`
 */
export async function saveContent(context: Context, { id, version, content }: SaveInput): Promise<string> {
  if (id == null) return createContent(context, content)
  if (version == null) throw new InvalidInput([{ path: ['input', 'version'], code: 'required' }])
  const reach = await reachOf(context)
  const complete = (before: ContentDocument): ContentDocument => {
    if (before.kind !== content.kind) throw new NotFound('record')
    const kept = { language: before.language, slug: slugOf(before), position: 'position' in before ? before.position : undefined }
    const named = { ...content, language: content.language ?? kept.language }
    return tidyDocument({
      ...named,
      ...(kept.slug === null ? {} : { slug: content.slug || kept.slug }),
      ...(kept.position === undefined ? {} : { position: content.position ?? kept.position }),
    } as ContentDocument)
  }
  await changeRecord(
    context,
    { id, version },
    async (current) => {
      if (current.retiredAt !== null) throw new Conflict('record_retired')
      const document = stamped(complete(current.document), current.document, context.now)
      if (slugOf(document) !== current.slug) await lockSlugs(current.tx, document.kind)
      const knowledge = await lookUpFor(current, context, document)
      refuse(findingsOf(document, knowledge).shape, ...AT)
      const owner = ownerIn(document, knowledge, current.document, current.organizationId)
      refuseBeyond(reach, document, { id, knowledge, organizationId: owner }, ...AT)
      return {
        action: 'SAVED',
        document,
        audit: 'content.saved',
        published: false,
        ...(current.publishedVersion === null ? { organizationId: owner } : {}),
      }
    },
    (revision, before) => revision.action === 'SAVED' && isSame(revision.document, complete(before)),
    'DRAFT',
  )
  return id
}

/** Whose record it would be: of an organization, who keeps it. */
const ownerIn = (document: ContentDocument, { organizationIdOf }: Knowledge, before: ContentDocument, present: string | null) =>
  ownerOf(document) === ownerOf(before) ? present : organizationIdOf(ownerOf(document))

async function createContent(context: Context, content: Draft): Promise<string> {
  const viewer = viewerIn(context)
  const reach = await reachOf(context)
  const [own] = reach.own
  return inTransaction(
    context.db,
    async (tx) => {
      await lockSlugs(tx, content.kind)
      const form = tidyDocument(await completed(tx, context, content, own))
      const again = await madeBefore(tx, form, context)
      if (again) return again
      const document = stamped(await withSlug(tx, form), null, context.now)
      const id = randomUUID()
      const knowledge = await lookUp(tx, context.directory, document, { id, publishedSlug: null })
      refuse(findingsOf(document, knowledge).shape, ...AT)
      const organizationId = knowledge.organizationIdOf(ownerOf(document))
      refuseBeyond(reach, document, { id, knowledge, organizationId }, ...AT)
      refuseReserved(reach, document, null)
      await tx.contentRecord.create({
        data: { id, kind: document.kind, slug: slugOf(document), organizationId, version: 1, createdAt: context.now },
      })
      const by = { actor: viewer.actor, actorName: viewer.name, at: context.now }
      await addRevision(tx, { recordId: id, number: 1, action: 'SAVED', document, ...by })
      await tx.auditEvent.create({ data: { at: context.now, actor: viewer.actor, action: 'content.saved', subjectId: id } })
      return id
    },
    'content_busy',
  )
}

/** What the form left open: the language there is a text in, a place after the others, who keeps an organization; a slug is made later. */
async function completed(tx: Tx, { directory }: Context, content: Draft, own: string | undefined): Promise<ContentDocument> {
  const language = content.language ?? languageOf(TAGS.find((tag) => content.texts[tag] !== undefined) ?? 'fr')
  const position = 'position' in content && content.position == null ? { position: await placeAfter(tx, content.kind) } : {}
  const keeper =
    content.kind === 'ORGANIZATION' && (content as { keeper?: string | null }).keeper == null
      ? { keeper: directory.organizations.find(({ id }) => id === own)?.slug ?? null }
      : {}
  const slug = content.kind === 'CLOSING_DAY' ? {} : { slug: content.slug ?? '' }
  return { ...content, language, ...position, ...keeper, ...slug } as ContentDocument
}

/** A record that was given no slug gets one from its title. */
async function withSlug(tx: Tx, form: ContentDocument): Promise<ContentDocument> {
  if (slugOf(form) !== '') return form
  return { ...form, slug: await freeSlug(tx, form.kind, slugFrom(titleOf(form, [form.language]))) } as ContentDocument
}

async function placeAfter(tx: Tx, kind: ContentDocument['kind']): Promise<number> {
  const last = { _max: { position: true } } as const
  const found =
    kind === 'SERVICE'
      ? await tx.service.aggregate(last)
      : kind === 'LINE'
        ? await tx.line.aggregate(last)
        : await tx.faqEntry.aggregate(last)
  return (found._max.position ?? -1) + 1
}

/** The slug itself, or with the first number that makes it free. */
async function freeSlug(tx: Tx, kind: ContentDocument['kind'], base: string): Promise<string> {
  const wanted = base.length >= 2 ? base : kind.toLowerCase().replace('_', '-')
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted}-${number}`
    if (!(await isTaken(tx, kind, slug))) return slug
  }
}

/** How long after the first the same form counts as a double click, in milliseconds. */
const TWICE_MS = 60_000

/** The record that the same person made of the same form a moment ago; it may have been given a slug. */
async function madeBefore(tx: Tx, document: ContentDocument, { viewer, now }: Context): Promise<string | null> {
  const records = await tx.contentRecord.findMany({
    where: {
      kind: document.kind,
      version: 1,
      publishedVersion: null,
      createdAt: { gt: new Date(now.getTime() - TWICE_MS) },
      revisions: { some: { number: 1, actor: viewer?.actor ?? null } },
    },
    include: { revisions: true },
  })
  const slug = slugOf(document)
  const found = records.find(({ revisions: [first] }) => {
    const made = first?.document as unknown as ContentDocument | undefined
    return made !== undefined && isSame(made, slug === '' ? ({ ...document, slug: slugOf(made) } as ContentDocument) : document)
  })
  return found?.id ?? null
}
