import { administered, viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { Prisma, Site } from '../../db/generated/client.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import type { SiteDoor, SiteRecord } from '../rules/door.ts'
import { freeKey, keyOf, readGiven, type SiteGiven, type SiteValues, sameValues } from '../rules/input.ts'
import { DIRECT_SITE } from '../rules/site.ts'

type Tx = Prisma.TransactionClient

/** Who makes keys: both decide what the public is shown in the name of an organization. */
const KEEPERS = ['EDITOR', 'ADMINISTRATOR'] as const

/** Sites of one organization that are not revoked: each has a quota of its own, which is the operator's to raise. */
const MOST_SITES = 20

/** The organizations in somebody's reach: her own, and those that they look after. */
function organizationsWithin(viewer: Viewer): Prisma.OrganizationWhereInput {
  if (administered(viewer) === 'ALL') return {}
  const own = organizationsOf(viewer, KEEPERS)
  return { OR: [{ id: { in: own } }, { keeperId: { in: own } }] }
}

/** Those that belong to no organization are the operator's; and the one of programs is nobody's. */
const sitesWithin = (viewer: Viewer): Prisma.SiteWhereInput => ({
  key: { not: DIRECT_SITE },
  ...(administered(viewer) === 'ALL' ? {} : { organization: organizationsWithin(viewer) }),
})

/** The websites that somebody looks after. */
export function openSiteDoor({ db, now, viewer }: Pick<Context, 'db' | 'now'> & { viewer: Viewer }): SiteDoor {
  const find = async (key: string) => {
    const row = await db.site.findFirst({ where: { AND: [{ key }, sitesWithin(viewer)] } })
    return row && recordOf(row)
  }
  return {
    find,
    async list() {
      const rows = await db.site.findMany({
        where: sitesWithin(viewer),
        orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }, { key: 'asc' }],
      })
      return rows.map(recordOf)
    },
    async organizations() {
      const own = organizationsOf(viewer, KEEPERS)
      const where = { AND: [{ retiredAt: null }, organizationsWithin(viewer)] }
      const rows = await db.organization.findMany({ where, select: { id: true }, orderBy: { slug: 'asc' } })
      const ids = rows.map(({ id }) => id)
      return [...ids.filter((id) => own.includes(id)), ...ids.filter((id) => !own.includes(id))]
    },
    create: (given) => db.$transaction((tx) => create(tx, viewer, given, now)),
    change: (key, version, given) => db.$transaction((tx) => change(tx, viewer, { key, version, given }, now)),
    revoke: (key) => db.$transaction((tx) => revoke(tx, viewer, key, now)),
  }
}

/** The same for who asks. @throws SignInRequired */
export const siteDoorFor = (context: Context): SiteDoor => openSiteDoor({ ...context, viewer: viewerIn(context) })

/** The same values twice, as by a double click, are one site. */
async function create(tx: Tx, viewer: Viewer, given: SiteGiven & { organization: string }, now: Date): Promise<SiteRecord> {
  const read = readGiven(given, null)
  const problems = 'problems' in read ? read.problems : []
  const where = { AND: [{ slug: given.organization, retiredAt: null }, organizationsWithin(viewer)] }
  const organization = await tx.organization.findFirst({ where, select: { id: true } })
  if (!organization) {
    problems.push({ path: ['input', 'organization'], code: 'unknown', params: { value: given.organization.slice(0, 100) } })
  }
  if (!organization || !('values' in read)) throw new InvalidInput(problems)
  // One after the other: what is counted and compared here must still hold when the row is written.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`
  const { values } = read
  const present = (await tx.site.findMany({ where: { organizationId: organization.id, revokedAt: null } })).map(recordOf)
  const namesake = present.find(({ name }) => name === values.name)
  if (namesake && sameValues(namesake, values)) return namesake
  if (namesake) throw new InvalidInput([{ path: ['input', 'name'], code: 'name_taken' }])
  if (present.length >= MOST_SITES) {
    throw new InvalidInput([{ path: ['input', 'organization'], code: 'too_many', params: { max: MOST_SITES } }])
  }
  const alike = await tx.site.findMany({ where: { key: { startsWith: keyOf(values.name) } }, select: { key: true } })
  const key = freeKey(values.name, new Set(alike.map((row) => row.key)))
  const row = await tx.site.create({ data: { ...columnsOf(values), key, organizationId: organization.id, createdAt: now } })
  await note(tx, 'site.created', row, viewer, now)
  return recordOf(row)
}

/** Advisory lock of who makes a site ("site"). */
const LOCK = 0x73697465

/** The row of a site in reach, held until the transaction ends. @throws NotFound */
async function held(tx: Tx, viewer: Viewer, key: string): Promise<SiteRecord> {
  await tx.$queryRaw`SELECT 1 FROM "site" WHERE "key" = ${key} FOR UPDATE`
  const row = await tx.site.findFirst({ where: { AND: [{ key }, sitesWithin(viewer)] } })
  if (!row) throw new NotFound('record')
  return recordOf(row)
}

type Change = { key: string; version: number; given: SiteGiven }

async function change(tx: Tx, viewer: Viewer, { key, version, given }: Change, now: Date): Promise<SiteRecord> {
  const stored = await held(tx, viewer, key)
  if (stored.revokedAt) throw new Conflict('site_revoked')
  const read = readGiven(given, stored)
  if ('problems' in read) throw new InvalidInput(read.problems)
  const { values } = read
  // Nothing new, or the same once more: neither is a change, nor a conflict.
  if (sameValues(values, stored)) return stored
  if (stored.version !== version) throw new Conflict('site_changed', await lastChangedBy(tx, stored))
  const { organizationId } = stored
  const namesake = await tx.site.count({ where: { organizationId, revokedAt: null, name: values.name, key: { not: key } } })
  if (namesake > 0) throw new InvalidInput([{ path: ['input', 'name'], code: 'name_taken' }])
  const row = await tx.site.update({ where: { key }, data: { ...columnsOf(values), version: { increment: 1 } } })
  await note(tx, 'site.changed', row, viewer, now)
  return recordOf(row)
}

/** For good: the row stays, so that nobody else is given the key, and what came from the site still tells so. */
async function revoke(tx: Tx, viewer: Viewer, key: string, now: Date): Promise<SiteRecord> {
  const stored = await held(tx, viewer, key)
  if (stored.revokedAt) return stored
  const row = await tx.site.update({ where: { key }, data: { revokedAt: now, version: { increment: 1 } } })
  await note(tx, 'site.revoked', row, viewer, now)
  return recordOf(row)
}

const note = (tx: Tx, action: string, { id }: Site, { actor }: Viewer, at: Date) =>
  tx.auditEvent.create({ data: { at, actor, action, subjectId: id } })

/** Who changed a site last, by name; null when that was no member of the staff. */
async function lastChangedBy(tx: Tx, { id }: SiteRecord): Promise<string | null> {
  const event = await tx.auditEvent.findFirst({ where: { subjectId: id, action: 'site.changed' }, orderBy: { id: 'desc' } })
  const [, member] = /^staff:([\da-f-]{36})$/.exec(event?.actor ?? '') ?? []
  return member ? ((await tx.staffMember.findUnique({ where: { id: member }, select: { name: true } }))?.name ?? null) : null
}

function columnsOf({ colours, origins, languages, ...values }: SiteValues) {
  const { accent = null, onAccent = null, background = null, text: ink = null } = colours ?? {}
  const { name, defaultLanguage, theme, radius } = values
  return { name, defaultLanguage, theme, radius, origins: [...origins], languages: [...languages], accent, onAccent, background, ink }
}

function recordOf({ accent, onAccent, background, ink: text, ...row }: Site): SiteRecord {
  const colours =
    accent !== null && onAccent !== null && background !== null && text !== null ? { accent, onAccent, background, text } : null
  return { ...row, colours }
}
