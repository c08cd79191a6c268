import { createInterface } from 'node:readline'
import pg from 'pg'
import { openBundled } from '../db/bundled.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'

/**
 * A process that uses the database, for tests that need several of them or kill one. It is told what to do by its arguments and then by
 * lines on its input, and answers each with one line of JSON: `stop` ends it, any other line is SQL.
 */
const [mode = '', target = '', migrationsDir = ''] = process.argv.slice(2)

const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)
const logged: string[] = []
const log = { info: (line: string) => logged.push(line), warn: (line: string) => logged.push(line) }

async function open(): Promise<{ url: string; close(): Promise<void> }> {
  if (mode === 'bundled') {
    const server = await openBundled({ dataDir: target, log })
    return { url: server.url, close: server.stop }
  }
  if (mode === 'open') return openDatabase({ databaseUrl: undefined, dataDir: target, migrationsDir, log })
  say({ applied: await migrate(target, migrationsDir) })
  return { url: target, close: async () => {} }
}

try {
  const began = performance.now()
  const opened = await open()
  say({ url: opened.url, ms: Math.round(performance.now() - began), logged })
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'stop') break
    const client = new pg.Client({ connectionString: opened.url })
    client.on('error', () => {})
    try {
      await client.connect()
      say({ rows: (await client.query(line)).rows })
    } catch (error) {
      say({ failed: String(error) })
    } finally {
      await client.end().catch(() => {})
    }
  }
  const closing = performance.now()
  await opened.close()
  say({ stopped: Math.round(performance.now() - closing), logged })
} catch (error) {
  say({ error: error instanceof Error ? error.name : 'unknown', message: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
} finally {
  // An open input keeps a process running.
  process.stdin.destroy()
}
