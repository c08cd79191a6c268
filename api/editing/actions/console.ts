import { randomUUID } from 'node:crypto'
import { inTransaction } from '../../callback/actions/change.ts'
import type { OrganizationKind, Prisma, PrismaClient } from '../../db/generated/client.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { InvalidInput, NotFound } from '../../errors.ts'
import type { OrganizationDocument, Tag } from '../rules/documents.ts'
import { stamped } from '../rules/freshness.ts'
import { tidyDocument } from '../rules/tidy.ts'
import { findingsOf, refuse } from './change.ts'
import { writeDocument } from './document.ts'
import { isTaken, lookUp } from './known.ts'
import { lockPublic, lockSlugs } from './locks.ts'
import { addRevision } from './revision.ts'

/** What is said of an organization on the console; what is not named stays as it is. */
export type OrganizationOptions = {
  slug: string
  name?: string
  kind?: OrganizationKind
  language?: Tag
  commune?: string | null
  source?: string
  /** Slug of the one whose editors look after it; null: nobody but its own. */
  keeper?: string | null
}

type Parts = { db: PrismaClient; directory: Snapshot; now: Date }

/**
 * Makes an organization, published at once, since an empty installation has no editor who could; or says who looks after one. All else about one
 * that is there is its editors' work.
 * @throws InvalidInput with paths of the document; NotFound when there is none of this slug, nor a name to make it
 */
export async function placeOrganization({ db, directory, now }: Parts, options: OrganizationOptions): Promise<'MADE' | 'KEPT'> {
  const { slug, keeper } = options
  return inTransaction(
    db,
    async (tx) => {
      await lockPublic(tx)
      await lockSlugs(tx, 'ORGANIZATION')
      const known = await tx.organization.findUnique({ where: { slug }, select: { id: true } })
      if (!known) return make(tx, { directory, now }, options)
      const fixed = (['name', 'kind', 'language', 'commune', 'source'] as const).filter((name) => options[name] !== undefined)
      refuse(fixed.map((name) => ({ path: [name], code: 'slug_taken', params: { value: slug } })))
      if (keeper === undefined) return 'KEPT'
      const by = keeper === null ? null : await tx.organization.findUnique({ where: { slug: keeper }, select: { id: true } })
      if (keeper !== null && !by) throw new NotFound('record')
      if (by?.id === known.id) throw new InvalidInput([{ path: ['keeper'], code: 'leads_to_itself' }])
      await tx.organization.update({ where: { id: known.id }, data: { keeperId: by?.id ?? null } })
      await tx.auditEvent.create({ data: { at: now, actor: 'system', action: 'content.keeper_set', subjectId: known.id } })
      return 'KEPT'
    },
    'content_busy',
  )
}

async function make(
  tx: Prisma.TransactionClient,
  { directory, now }: Pick<Parts, 'directory' | 'now'>,
  options: OrganizationOptions,
): Promise<'MADE'> {
  const { slug, name, kind = 'ASSOCIATION', language = 'fr', commune = null, source = null, keeper = null } = options
  if (name === undefined || (await isTaken(tx, 'ORGANIZATION', slug))) throw new NotFound('record')
  const id = randomUUID()
  const form: OrganizationDocument = {
    kind: 'ORGANIZATION',
    language: language.toUpperCase() as OrganizationDocument['language'],
    slug,
    organizationKind: kind,
    url: null,
    email: null,
    commune,
    keeper,
    source,
    assuredDate: null,
    reviewedAt: null,
    phones: [],
    texts: { [language]: { name, description: null, changedAt: '' } },
  }
  const document = stamped(tidyDocument(form), null, now)
  const knowledge = await lookUp(tx, directory, document, { id, publishedSlug: null })
  const { shape, open } = findingsOf(document, knowledge)
  refuse([...shape, ...open])
  await writeDocument(tx, id, document, knowledge.refs)
  await tx.contentRecord.create({
    data: { id, kind: 'ORGANIZATION', slug, organizationId: id, version: 1, publishedVersion: 1, createdAt: now },
  })
  await addRevision(tx, { recordId: id, number: 1, action: 'PUBLISHED', document, actor: 'system', at: now })
  await tx.auditEvent.create({ data: { at: now, actor: 'system', action: 'content.published', subjectId: id } })
  return 'MADE'
}
