import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import { applyMigrations } from './engine.ts'
import { type OneConnection, oneConnection } from './one-connection.ts'
import { StartError } from './start-error.ts'

/** Number of the advisory lock that lets one process migrate at a time: "passer" in ASCII. */
const MIGRATION_LOCK = 0x706173736572

/** A migration as it lies in its folder. */
type Migration = { name: string; script: string }

/** A row of `_prisma_migrations`, the table of Prisma's schema engine. */
type Recorded = { migration_name: string; checksum: string; finished: boolean }

/**
 * Brings the database to the present schema. A migration is applied in one transaction together with its record: wholly, or not at all,
 * even if this process is killed meanwhile. Several processes may call it at the same time: one works, the others wait.
 *
 * A database that has everything costs one query and does not load the schema engine.
 *
 * @param migrationsDir folder with `migration_lock.toml` and one folder a migration, as Prisma lays it out
 * @returns names of the migrations applied by this call
 * @throws StartError when a migration fails, was edited after it had been applied, or comes from a newer version of the application
 */
export async function migrate(url: string, migrationsDir: string): Promise<string[]> {
  const migrations = await readMigrations(migrationsDir)
  const connection = oneConnection(url)
  try {
    if (pending(migrations, await recorded(connection)).length === 0) return []
    await connection.query('SET statement_timeout = 0')
    await connection.query('SET lock_timeout = 0')
    await connection.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    return await applyPending(connection, migrations, migrationsDir)
  } catch (error) {
    throw error instanceof StartError ? error : new StartError(`The database cannot be migrated: ${reason(error)}`, { cause: error })
  } finally {
    await connection.close()
  }
}

async function applyPending(connection: OneConnection, migrations: Migration[], migrationsDir: string): Promise<string[]> {
  const lockfile = await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8')
  const applied: string[] = []
  // One transaction a migration: PostgreSQL lets nothing use a new enum value in the transaction that adds it.
  const waiting = pending(migrations, await recorded(connection))
  for (const [index, migration] of waiting.entries()) {
    const later = waiting.slice(index + 1)
    const list = migrationList(
      migrationsDir,
      lockfile,
      migrations.filter((each) => !later.includes(each)),
    )
    await connection.query('BEGIN')
    try {
      await applyMigrations(connection.factory, list)
      await connection.query('COMMIT')
    } catch (error) {
      await connection.query('ROLLBACK').catch(() => {})
      const cause = connection.scriptError() ?? error
      throw new StartError(`The migration ${migration.name} failed and changed nothing: ${reason(cause)}`, { cause })
    }
    applied.push(migration.name)
  }
  return applied
}

async function readMigrations(migrationsDir: string): Promise<Migration[]> {
  try {
    const entries = await readdir(migrationsDir, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    return await Promise.all(
      names.sort().map(async (name) => ({ name, script: await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8') })),
    )
  } catch (error) {
    throw new StartError(`The migrations cannot be read: ${reason(error)}`, { cause: error })
  }
}

async function recorded(connection: OneConnection): Promise<Recorded[]> {
  const [table] = await connection.query<{ found: boolean }>(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found`)
  if (!table?.found) return []
  return connection.query<Recorded>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  )
}

/** The migrations still to be applied, in order. */
function pending(migrations: Migration[], rows: Recorded[]): Migration[] {
  for (const row of rows) {
    const migration = migrations.find(({ name }) => name === row.migration_name)
    if (!migration) {
      throw new StartError(
        `The database was migrated by a newer version (${row.migration_name}): start that version, or restore a backup from before.`,
      )
    }
    if (!row.finished) {
      throw new StartError(
        `The migration ${row.migration_name} was begun on this database by another tool and not finished: see "prisma migrate resolve".`,
      )
    }
    if (!checksums(migration.script).includes(row.checksum)) {
      throw new StartError(
        `The migration ${row.migration_name} was edited after it had been applied: put its text back and write a new migration.`,
      )
    }
  }
  return migrations.filter(({ name }) => !rows.some((row) => row.migration_name === name))
}

/** Prisma's checksum of the script as it is, and with either kind of line end: git may have changed them. */
function checksums(script: string): string[] {
  const unix = script.replaceAll('\r\n', '\n')
  return [script, unix, unix.replaceAll('\n', '\r\n')].map((text) => createHash('sha256').update(text).digest('hex'))
}

const migrationList = (baseDir: string, lockfile: string, migrations: Migration[]): MigrationList => ({
  baseDir,
  lockfile: { path: 'migration_lock.toml', content: lockfile },
  shadowDbInitScript: '',
  migrationDirectories: migrations.map(({ name, script }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
  })),
})

/** The engine adds its own call stack to a message, line by line. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [first = ''] = message.split(/\n\s*0: /)
  return first.replace(/\s+/g, ' ').trim()
}
