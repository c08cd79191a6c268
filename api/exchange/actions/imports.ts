import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { gzip } from 'node:zlib'
import { viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { ContentImport, Prisma, PrismaClient } from '../../db/generated/client.ts'
import type { ImportFormat, LanguageCode } from '../../db/generated/enums.ts'
import { Conflict, Forbidden, NotFound } from '../../errors.ts'
import type { Report } from '../rules/report.ts'
import { openFiles } from '../rules/text.ts'

/** What somebody brings in. */
export type Upload = {
  format: ImportFormat
  files: readonly { name: string; bytes: Uint8Array }[]
  language: LanguageCode
  source: string | null
  dryRun: boolean
  publish: boolean
}

/** An import without its files and its report. */
export type ImportView = Omit<ContentImport, 'files' | 'report'>

/** Shown at most; older ones are found by their ids until they are deleted. */
const MOST_SHOWN = 20

/** For how long what became of an import can be read, in milliseconds. */
export const KEPT_MS = 30 * 86_400_000

/**
 * Takes files in; they are read in the background (`jobs.ts`).
 * @returns the id of the import
 * @throws SignInRequired; Forbidden for who is no editor, or a token that may not write; Conflict `in_progress` while another one of hers runs
 */
export async function startImport(
  { db, viewer, now }: { db: PrismaClient; viewer: Viewer | null; now: Date },
  { files, ...upload }: Upload,
): Promise<string> {
  const { actor, name, scopes, ...rest } = viewerIn({ viewer })
  const organizations = organizationsOf({ actor, name, scopes, ...rest }, ['EDITOR'])
  if (organizations.length === 0 || !scopes.includes('WRITE')) throw new Forbidden()
  // In another thread, and quickly: it is read again within seconds.
  const packed = await promisify(gzip)(serialize(openFiles(files)), { level: 1 })
  const id = randomUUID()
  await db.$transaction(async (tx) => {
    // Two at once of one person would wait for each other; she sees the first one first.
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`imports ${actor}`}, 0))) AS "locked"`
    const running = await tx.contentImport.count({ where: { actor, state: { in: ['WAITING', 'RUNNING'] } } })
    if (running > 0) throw new Conflict('in_progress')
    await tx.contentImport.create({
      data: {
        ...upload,
        id,
        names: files.map((file) => file.name.slice(-120)),
        files: new Uint8Array(packed),
        actor,
        actorName: name,
        organizations,
        createdAt: now,
      },
    })
  })
  return id
}

const SHOWN = { files: true, report: true } as const
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Of hers, and of those that her colleagues started as editors of the same organizations. */
const visible = (viewer: Viewer): Prisma.ContentImportWhereInput => ({ organizations: { hasSome: organizationsOf(viewer, ['EDITOR']) } })

/** The last ones, the newest first. */
export function importsOf(context: Context): Promise<ImportView[]> {
  return context.db.contentImport.findMany({
    where: visible(viewerIn(context)),
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
    omit: SHOWN,
  })
}

/** One of them; null when there is none, or none of hers. */
export async function importOf(context: Context, id: string): Promise<ImportView | null> {
  const viewer = viewerIn(context)
  if (!UUID.test(id)) return null
  return context.db.contentImport.findFirst({ where: { id, ...visible(viewer) }, omit: SHOWN })
}

/** What became of its rows; null as long as it is not known. @throws NotFound */
export async function reportOf({ db }: Context, { id }: ImportView): Promise<Report | null> {
  const row = await db.contentImport.findUnique({ where: { id }, select: { report: true } })
  if (!row) throw new NotFound('record')
  return (row.report as Report | null) ?? null
}
