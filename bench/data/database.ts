import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { openBundled } from '../../api/db/bundled.ts'
import { migrate } from '../../api/db/migrate.ts'
import { createClient } from '../../api/db/open.ts'
import { readContent } from '../../prisma/seed/content.ts'
import { seedOnce } from '../../prisma/seed/seed.ts'
import { fillDatabase } from './fill.ts'
import { type Made, makeDirectory, type Size } from './make.ts'

/** A PostgreSQL server for the measurements. `postmaster` is its process, where that is known. */
export type BenchServer = { url: string; postmaster: number | null; stop(): Promise<void> }

export type BenchDatabase = Made & { name: string; url: string }

/** Starts the bundled PostgreSQL. @param dataDir a folder of its own, which may be new */
export async function startPostgres(dataDir: string): Promise<BenchServer> {
  const server = await openBundled({ dataDir, log: { info: () => {}, warn: (line) => console.warn(line) } })
  const pid = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  return { url: server.url, postmaster: pid > 0 ? pid : null, stop: server.stop }
}

/**
 * Makes a database with the present schema, the project's places and taxonomies, and a made-up directory of that size.
 * @param root the project's folder
 */
export async function makeDatabase(serverUrl: string, root: string, size: Size): Promise<BenchDatabase> {
  // A name of this run: others may use the same server.
  const name = `bench_${size.services}_${randomBytes(4).toString('hex')}`
  const administrator = new pg.Client({ connectionString: serverUrl })
  await administrator.connect()
  await administrator.query(`CREATE DATABASE ${name}`)
  // For data that lies in memory; with the default made for disks the peers' statements take a third longer.
  await administrator.query(`ALTER DATABASE ${name} SET random_page_cost = 1.1`).finally(() => administrator.end())
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await migrate(url.href, join(root, 'prisma/migrations'))
  const { client, close } = createClient(url.href, { bounded: false })
  const seeds = join(root, 'prisma/seed')
  await seedOnce(client, 'reference', seeds).finally(close)
  const made = makeDirectory(await readContent(seeds), size, new Date().toISOString().slice(0, 10))
  await fillDatabase(url.href, made.tables)
  return { ...made, name, url: url.href }
}
