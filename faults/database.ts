import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openBundled } from '../api/db/bundled.ts'
import type { Keys } from '../api/sealing/seal.ts'
import { readKeyFile } from '../api/sealing/keys.ts'

/** The database under the server, and the hand that kills it. */
export type Ground = {
  /** What the server is started with. */
  env: Record<string, string>
  /** Ends the database's processes at once, or politely, as an operator does who restarts it. */
  stop(signal: 'SIGKILL' | 'SIGINT'): Promise<void>
  /** Rows, once the database answers. */
  rows<Row extends pg.QueryResultRow>(query: string): Promise<Row[]>
  keys(): Promise<Keys>
  remove(): Promise<void>
}

/**
 * A new folder with the database in it.
 * @param kind `bundled`: the server's own, which dies with it; `external`: one that goes on without it, and comes back when it is killed
 */
export async function openGround(kind: 'bundled' | 'external'): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-faults-'))
  // Root's PostgreSQL is another user, who must pass through.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  const mail = join(folder, 'mail')
  await mkdir(mail, { mode: 0o700 })
  const elsewhere = join(folder, 'elsewhere')
  const external =
    kind === 'external' ? await openBundled({ dataDir: elsewhere, log: { info: () => {}, warn: (line) => console.warn(line) } }) : null
  const databaseDir = external ? elsewhere : dataDir
  const url = external?.url ?? `postgresql://postgres@localhost:5432/passerelle?host=${encodeURIComponent(join(dataDir, 'run'))}`
  return {
    env: { DATA_DIR: dataDir, MAIL_FOLDER: mail, MAIL_FROM: 'ligne@exemple.be', ...(external ? { DATABASE_URL: url } : {}) },
    stop: async (signal) => {
      const pid = await postmaster(databaseDir)
      if (pid !== null) process.kill(pid, signal)
    },
    async rows(query) {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      return (await client.query(query).finally(() => client.end())).rows
    },
    async keys() {
      const keys = readKeyFile(await readFile(join(dataDir, 'keys.json'), 'utf8'))
      if ('problem' in keys) throw new Error(keys.problem)
      return keys
    },
    async remove() {
      await external?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The first line of PostgreSQL's own file; null when it does not run. */
async function postmaster(dataDir: string): Promise<number | null> {
  const file = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => null)
  return file === null ? null : Number(file.split('\n')[0])
}
