import { promisify } from 'node:util'
import { deserialize } from 'node:v8'
import { gunzip } from 'node:zlib'
import type { Pool } from 'pg'
import type { Viewer } from '../../access/rules/viewer.ts'
import type { ContentImport, Prisma, PrismaClient } from '../../db/generated/client.ts'
import { reachOf } from '../../editing/actions/reach.ts'
import type { Report } from '../rules/report.ts'
import type { Opened } from '../rules/text.ts'
import { KEPT_FILES_MS, KEPT_MS } from './imports.ts'
import { runImport } from './run.ts'

export type WorkParts = { db: PrismaClient; sql: Pool; clock: () => Date }

/** For how long an import is one process's own, in milliseconds: it says that it goes on long before. */
const LEASE_MS = 120_000
/** How often at most it is noted how far an import is, in milliseconds. */
const NOTED_EVERY_MS = 500
/** How long after a failure of ours it is tried again, in milliseconds, and how often in all. */
const AGAIN_MS = 5_000
const MOST_TRIES = 3

/** The process is to end, or another one has taken the import over: it goes on there. */
class Left extends Error {}

/**
 * Does one import that waits, or whose process died: nothing of that is left, since all rows are one transaction. Several processes share the work.
 * @returns whether there was one
 */
export async function doNextImport(parts: WorkParts, stop?: AbortSignal): Promise<boolean> {
  const { db, sql, clock } = parts
  const now = clock()
  await db.contentImport.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - KEPT_MS) }, state: { notIn: ['WAITING', 'RUNNING'] } },
  })
  await db.contentImport.updateMany({
    where: { files: { not: null }, state: 'DONE', createdAt: { lt: new Date(now.getTime() - KEPT_FILES_MS) } },
    data: { files: null },
  })
  const claimed = await claim(parts)
  if (!claimed) return false
  const { id, tries, actor, actorName, organizations, dryRun, files } = claimed
  const mine = { id, tries, state: 'RUNNING' } as const
  const ended = (state: 'DONE' | 'REFUSED', report: Report, total: number) => ({
    state,
    report: report as unknown as Prisma.InputJsonValue,
    done: total,
    total,
    // What was tried and is good may be brought in as it is.
    ...(dryRun && state === 'DONE' ? {} : { files: null }),
    endedAt: clock(),
    leasedUntil: null,
  })
  if (!files || tries > MOST_TRIES) {
    await db.contentImport.updateMany({ where: mine, data: { state: 'FAILED', files: null, endedAt: now, leasedUntil: null } })
    return true
  }
  let [noted, rows] = [Number.NEGATIVE_INFINITY, 0]
  const progress = async (done: number, total: number) => {
    rows = total
    if (stop?.aborted) throw new Left()
    const at = performance.now()
    if (at - noted < NOTED_EVERY_MS) return
    noted = at
    const leasedUntil = new Date(clock().getTime() + LEASE_MS)
    if ((await db.contentImport.updateMany({ where: mine, data: { done, total, leasedUntil } })).count === 0) throw new Left()
  }
  try {
    const opened = deserialize(await promisify(gunzip)(files)) as Opened
    const reach = await reachOf({ sql, viewer: editorOf(claimed) })
    const wish = { ...claimed, opened, reach, actor, actorName, organizations }
    const report = await runImport({ db, now }, wish, progress, async (tx, stored) => {
      const { count } = await tx.contentImport.updateMany({ where: mine, data: ended('DONE', stored, rows) })
      if (count === 0) throw new Left()
    })
    const refused = report.problemCount > 0
    if (refused || dryRun) await db.contentImport.updateMany({ where: mine, data: ended(refused ? 'REFUSED' : 'DONE', report, rows) })
  } catch (error) {
    const left = error instanceof Left
    const leasedUntil = left ? null : new Date(clock().getTime() + AGAIN_MS)
    await db.contentImport.updateMany({ where: mine, data: { state: 'WAITING', leasedUntil, done: 0, tries: left ? tries - 1 : tries } })
    if (!left) throw error
  }
  return true
}

async function claim({ db, sql, clock }: WorkParts): Promise<ContentImport | null> {
  const now = clock()
  const { rows } = await sql.query<{ id: string }>({
    name: 'exchange_claim',
    text: `
      UPDATE "content_import" SET "state" = 'RUNNING', "leased_until" = $2, "tries" = "tries" + 1 WHERE "id" = (
        SELECT "id" FROM "content_import" WHERE "state" IN ('WAITING', 'RUNNING') AND ("leased_until" IS NULL OR "leased_until" <= $1)
        ORDER BY "created_at" LIMIT 1 FOR UPDATE SKIP LOCKED
      ) RETURNING "id"`,
    values: [now, new Date(now.getTime() + LEASE_MS)],
  })
  return rows[0] ? db.contentImport.findUnique({ where: { id: rows[0].id } }) : null
}

/** Who brought it in, with the rights that she had then. */
const editorOf = ({ actor, actorName, organizations }: ContentImport): Viewer => ({
  kind: actor.startsWith('token:') ? 'token' : 'member',
  id: actor.split(':')[1] ?? '',
  actor,
  name: actorName,
  email: null,
  memberships: organizations.map((organizationId) => ({ organizationId, role: 'EDITOR' })),
  scopes: ['READ', 'WRITE'],
  languages: [],
  lineIds: [],
  isDemonstration: false,
  session: null,
})
