import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { seedOnce } from '../../prisma/seed/seed.ts'
import { openBundled } from '../db/bundled.ts'
import { migrate } from '../db/migrate.ts'
import { createClient } from '../db/open.ts'
import { administer, databaseUrl } from './database.ts'

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * Runs once before all tests: starts the bundled server in a temporary folder (or uses the server of TEST_DATABASE_URL, whose user must
 * be allowed to create databases), migrates one database that test files copy, and fills
 * another with the demonstration content.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await testServer(process.env.TEST_DATABASE_URL)
  // A name of this run: leftovers of another do not matter, nor does a run at the same time.
  const template = `passerelle_test_${randomBytes(6).toString('hex')}`
  await administer(server.url, `CREATE DATABASE ${template}`)
  await migrate(databaseUrl(server.url, template), MIGRATIONS)
  const seeded = `${template}_seeded`
  await administer(server.url, `CREATE DATABASE ${seeded} TEMPLATE ${template}`)
  const { client, close } = createClient(databaseUrl(server.url, seeded))
  await seedOnce(client, 'demo', 'prisma/seed')
  await close()
  project.provide('testServer', { url: server.url, template, seeded })
  return async () => {
    for (const name of [template, seeded]) await administer(server.url, `DROP DATABASE ${name} WITH (FORCE)`)
    await server.stop()
  }
}

async function testServer(url: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  if (url) return { url, stop: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-test-'))
  // Root's server is another user, who must pass through.
  await chmod(folder, 0o711)
  const log = { info: () => {}, warn: (line: string) => console.warn(line) }
  const server = await openBundled({ dataDir: folder, log })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
