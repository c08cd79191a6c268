import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { serialize } from 'node:v8'
import { gzip } from 'node:zlib'
import { viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf, type Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { Prisma, PrismaClient } from '../../db/generated/client.ts'
import { hold } from '../../editing/actions/locks.ts'
import { Conflict, Forbidden, NotFound } from '../../errors.ts'
import type { ImportTold, ImportView, Upload } from '../rules/door.ts'
import type { Report } from '../rules/report.ts'
import { onlyLetters, openFiles } from '../rules/text.ts'

/** Shown at most; older ones are found by their ids until they are deleted. */
const MOST_SHOWN = 20

/** For how long what became of an import can be read, in milliseconds. */
export const KEPT_MS = 30 * 86_400_000

/** For how long the files of a trial wait to be brought in, in milliseconds; those of everything else are gone once they were read. */
export const KEPT_FILES_MS = 86_400_000

type Starting = { db: PrismaClient; viewer: Viewer | null; now: Date }

/**
 * Takes files in; they are read in the background (`jobs.ts`).
 * @returns the id of the import
 * @throws SignInRequired; Forbidden for who is no editor, or a token that may not write; Conflict `in_progress` while another one of hers runs
 */
export async function startImport({ db, viewer, now }: Starting, { files, ...upload }: Upload): Promise<string> {
  const editor = editorIn(viewer)
  // In another thread, and quickly: it is read again within seconds.
  const packed = await promisify(gzip)(serialize(openFiles(files)), { level: 1 })
  const names = files.map((file) => onlyLetters(file.name.slice(-120)))
  const source = upload.source === null ? null : onlyLetters(upload.source) || null
  return db.$transaction(async (tx) => {
    await waitForTurn(tx, editor.actor)
    return create(tx, editor, { ...upload, source, names, files: new Uint8Array(packed) }, now)
  })
}

/**
 * Brings in what a trial of hers has tried, with the same files and the same wishes: what she saw in its report is what is done.
 * @returns the id of the new import
 * @throws as `startImport`; NotFound when there is no such trial, or its files are gone
 */
export async function repeatImport({ db, viewer, now }: Starting, id: string): Promise<string> {
  const editor = editorIn(viewer)
  if (!UUID.test(id)) throw new NotFound('record')
  return db.$transaction(async (tx) => {
    await waitForTurn(tx, editor.actor)
    const tried = await tx.contentImport.findFirst({ where: { id, ...keptOf(editor.actor) } })
    if (!tried?.files) throw new NotFound('record')
    const { format, language, source, publish, names, files } = tried
    return create(tx, editor, { format, language, source, publish, names, files, dryRun: false }, now)
  })
}

type Editor = { actor: string; name: string; organizations: string[] }

function editorIn(viewer: Viewer | null): Editor {
  const known = viewerIn({ viewer })
  const organizations = organizationsOf(known, ['EDITOR'])
  if (organizations.length === 0 || !known.scopes.includes('WRITE')) throw new Forbidden()
  return { actor: known.actor, name: known.name, organizations }
}

/** Two at once of one person would wait for each other; she sees the first one first. */
async function waitForTurn(tx: Prisma.TransactionClient, actor: string): Promise<void> {
  await hold(tx, `imports ${actor}`)
  const running = await tx.contentImport.count({ where: { actor, state: { in: ['WAITING', 'RUNNING'] } } })
  if (running > 0) throw new Conflict('in_progress')
}

type Wanted = Pick<Prisma.ContentImportCreateInput, 'format' | 'language' | 'source' | 'publish' | 'dryRun'> & {
  names: string[]
  files: Uint8Array<ArrayBuffer>
}

/** What she tried before is no longer what she is at: only the files of her last trial wait. */
async function create(tx: Prisma.TransactionClient, { actor, name, organizations }: Editor, wanted: Wanted, now: Date): Promise<string> {
  await tx.contentImport.updateMany({ where: keptOf(actor), data: { files: null } })
  const { id } = await tx.contentImport.create({
    data: { ...wanted, id: randomUUID(), actor, actorName: name, organizations, createdAt: now },
    select: { id: true },
  })
  return id
}

/** Trials that went well, and whose files are there. */
const keptOf = (actor: string) => ({ actor, dryRun: true, state: 'DONE', files: { not: null } }) as const

const SHOWN = { files: true, report: true } as const
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Of hers, and of those that her colleagues started as editors of the same organizations. */
const visible = (viewer: Viewer): Prisma.ContentImportWhereInput => ({ organizations: { hasSome: organizationsOf(viewer, ['EDITOR']) } })

type Asking = Pick<Context, 'db' | 'viewer'>

/** The last ones, the newest first. */
export function importsOf({ db, viewer }: Asking): Promise<ImportView[]> {
  return db.contentImport.findMany({
    where: visible(viewerIn({ viewer })),
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: MOST_SHOWN,
    omit: SHOWN,
  })
}

/** One of them; null when there is none, or none of hers. */
export async function importOf({ db, viewer }: Asking, id: string): Promise<ImportView | null> {
  const known = viewerIn({ viewer })
  if (!UUID.test(id)) return null
  return db.contentImport.findFirst({ where: { id, ...visible(known) }, omit: SHOWN })
}

/** What became of its rows; null as long as it is not known. @throws NotFound */
export async function reportOf({ db }: Pick<Context, 'db'>, { id }: Pick<ImportView, 'id'>): Promise<Report | null> {
  const row = await db.contentImport.findUnique({ where: { id }, select: { report: true } })
  if (!row) throw new NotFound('record')
  return (row.report as Report | null) ?? null
}

/** One of them with what became of it, as a page shows it; null as with `importOf`. */
export async function importTold({ db, viewer }: Asking, id: string): Promise<ImportTold | null> {
  const view = await importOf({ db, viewer }, id)
  if (!view) return null
  const kept = await db.contentImport.count({ where: { id, ...keptOf(viewerIn({ viewer }).actor) } })
  return { view, report: await reportOf({ db }, view), kept: kept > 0 }
}
