import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { administer, createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { bundleProgram, Child } from '../testing/processes.ts'
import { diffSchemas } from './engine.ts'
import { migrate } from './migrate.ts'

const PRISMA = fileURLToPath(new URL('../../prisma', import.meta.url))
const FIRST = '20261121000000_directory_and_callbacks'

let database: TestDatabase
let migrations: string

beforeEach(async () => {
  database = await createEmptyDatabase()
  migrations = join(await mkdtemp(join(tmpdir(), 'passerelle-test-')), 'migrations')
  await cp(join(PRISMA, 'migrations'), migrations, { recursive: true })
})
afterEach(async () => {
  await database.drop()
  await rm(join(migrations, '..'), { recursive: true })
})

const add = async (name: string, sql: string) => {
  await mkdir(join(migrations, name), { recursive: true })
  await writeFile(join(migrations, name, 'migration.sql'), sql)
}
const names = async () => (await readdir(migrations)).filter((name) => /^\d/.test(name)).sort()

/** Checks and partial indexes, for which Prisma's schema has no words. */
const WORDLESS =
  / (callback_request_one_open|outbox_event_waiting|audit_event_unchained|callback_slot_taken|line_slots|site_quota|callback_request_one_claim|callback_request_one_call|callback_request_claim|membership_organization|membership_installation|line_target_minutes|escalation_one_open|escalation_ended|escalation_why|partner_capacity) /

test('a new database gets every migration, and is then what the schema describes', async () => {
  expect(await migrate(database.url, migrations)).toEqual(await names())
  const described = await createEmptyDatabase()
  try {
    await administer(described.url, await diffSchemas(null, await readFile(join(PRISMA, 'schema.prisma'), 'utf8')))
    const wanted = await catalogue(described)
    const found = await catalogue(database)
    expect(found.filter((line) => !WORDLESS.test(line))).toEqual(wanted)
    expect(found.filter((line) => WORDLESS.test(line))).toHaveLength(16)
    expect(wanted.length).toBeGreaterThan(300)
  } finally {
    await described.drop()
  }
})

/** What a schema consists of, as sorted lines: columns, constraints, indexes, enumerations. */
async function catalogue({ client }: TestDatabase): Promise<string[]> {
  const rows: { line: string }[] = await client.$queryRawUnsafe(`
    SELECT format('column %s.%s %s null=%s default=%s', table_name, column_name, udt_name, is_nullable, column_default) AS line
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'
    UNION ALL SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    UNION ALL SELECT format('enum %s %s', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumsortorder))
      FROM pg_enum GROUP BY enumtypid`)
  return rows.map(({ line }) => line).sort()
}

test('a database that has everything is left alone, without loading the engine', async () => {
  await migrate(database.url, migrations)
  // Without this file the engine would refuse to begin.
  await rm(join(migrations, 'migration_lock.toml'))
  expect(await migrate(database.url, migrations)).toEqual([])
})

test('a script checked out with other line ends is the same script', async () => {
  await migrate(database.url, migrations)
  const script = await readFile(join(migrations, FIRST, 'migration.sql'), 'utf8')
  await add(FIRST, script.replaceAll('\n', '\r\n'))
  expect(await migrate(database.url, migrations)).toEqual([])
})

test('a script is run whole: functions, quotes and comments may contain semicolons', async () => {
  await migrate(database.url, migrations)
  await add('20990101000000_next', `-- a;b\nCREATE TABLE extra (t text DEFAULT 'x;y'); DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;`)
  expect(await migrate(database.url, migrations)).toEqual(['20990101000000_next'])
})

test('a new enum value may be used by the next migration of the same start', async () => {
  await add('20990101000000_value', `ALTER TYPE "Urgency" ADD VALUE 'LATER';`)
  await add('20990101000001_use', `UPDATE "need" SET "urgency" = 'LATER';`)
  expect(await migrate(database.url, migrations)).toEqual(await names())
})

test('a migration from a merged branch may be older than the last one applied', async () => {
  await migrate(database.url, migrations)
  await add('20200101000000_merged', 'CREATE TABLE merged (n int);')
  expect(await migrate(database.url, migrations)).toEqual(['20200101000000_merged'])
})

describe('one clear line', () => {
  test('for a migration that fails, which changes nothing and can be corrected', async () => {
    await migrate(database.url, migrations)
    await add('20990101000000_broken', 'CREATE TABLE half (n int); SELECT * FROM missing;')
    await expect(migrate(database.url, migrations)).rejects.toThrow(
      /^The migration 20990101000000_broken failed and changed nothing: relation "missing" does not exist$/,
    )
    await add('20990101000000_broken', 'CREATE TABLE half (n int);')
    expect(await migrate(database.url, migrations)).toEqual(['20990101000000_broken'])
  })

  test('for a migration edited after it had been applied', async () => {
    await migrate(database.url, migrations)
    await add(FIRST, 'SELECT 1;')
    await expect(migrate(database.url, migrations)).rejects.toThrow(`The migration ${FIRST} was edited after it had been applied`)
  })

  test('for a database of a newer version', async () => {
    await add('20990101000000_newer', 'CREATE TABLE newer (n int);')
    await migrate(database.url, migrations)
    await rm(join(migrations, '20990101000000_newer'), { recursive: true })
    await expect(migrate(database.url, migrations)).rejects.toThrow('The database was migrated by a newer version (20990101000000_newer)')
  })

  test('for a migration that another tool left unfinished', async () => {
    await migrate(database.url, migrations)
    await database.client.$executeRawUnsafe('UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrate(database.url, migrations)).rejects.toThrow(`The migration ${FIRST} was begun on this database by another tool`)
  })

  test('for a database that belongs to something else', async () => {
    await database.client.$executeRawUnsafe('CREATE TABLE theirs (n int)')
    await expect(migrate(database.url, migrations)).rejects.toThrow('changed nothing: The database schema is not empty.')
  })

  test('for a folder without migrations', async () => {
    await expect(migrate(database.url, join(migrations, 'nowhere'))).rejects.toThrow(/^The migrations cannot be read: ENOENT/)
  })
})

describe('several processes', () => {
  let program: Awaited<ReturnType<typeof bundleProgram>>
  beforeAll(async () => {
    program = await bundleProgram('api/testing/database-process.ts')
  })
  afterAll(() => program.remove())

  test('migrate one database once, and all succeed', async () => {
    const children = [1, 2, 3].map(() => new Child(program.path, ['migrate', database.url, migrations]))
    const applied = await Promise.all(children.map(async (child) => (await child.hear<{ applied: string[] }>()).applied))
    expect(applied.flat().sort()).toEqual(await names())
    for (const child of children) await child.kill()
  })

  test('one that is killed in the middle leaves nothing behind, and the next one does the work', async () => {
    await migrate(database.url, migrations)
    await add('20990101000000_slow', 'CREATE TABLE slow (n int); SELECT pg_sleep(1.5);')
    const child = new Child(program.path, ['migrate', database.url, migrations])
    const sleeping = `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1.5)%' AND state = 'active' AND pid <> pg_backend_pid()`
    await expect.poll(async () => ((await database.client.$queryRawUnsafe(sleeping)) as unknown[]).length).toBe(1)
    await child.kill()
    // The server notices a vanished client only when the statement ends; the next process waits for that.
    expect(await migrate(database.url, migrations)).toEqual(['20990101000000_slow'])
  })
})

describe('the number of the content', () => {
  let migrated: TestDatabase
  beforeAll(async () => {
    migrated = await createTestDatabase()
  })
  afterAll(() => migrated.drop())

  const version = async () => (await migrated.client.contentVersion.findUniqueOrThrow({ where: { id: 1 } })).version

  test('is raised once by each transaction on the directory, and told to whoever listens', async () => {
    const listener = new pg.Client({ connectionString: migrated.url })
    const heard: string[] = []
    listener.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`))
    await listener.connect()
    await listener.query('LISTEN passerelle_content')

    // Migrations may have changed content, too.
    const first = await version()
    await migrated.client.need.create({ data: { code: 'food', position: 1 } })
    expect(await version()).toBe(first + 1n)
    await migrated.client.$transaction([
      migrated.client.need.update({ where: { code: 'food' }, data: { position: 2 } }),
      migrated.client.audience.create({ data: { code: 'young', position: 1 } }),
      migrated.client.need.deleteMany(),
    ])
    expect(await version()).toBe(first + 2n)
    await migrated.client.$executeRawUnsafe('TRUNCATE audience CASCADE')
    expect(await version()).toBe(first + 3n)
    await migrated.client.setting.create({ data: { key: 'k', value: 'v' } })
    expect(await version()).toBe(first + 3n)
    await expect.poll(() => heard).toEqual([1n, 2n, 3n].map((more) => `passerelle_content ${first + more}`))
    await listener.end()
  })

  test('is not raised by what is rolled back, not even to a savepoint', async () => {
    const before = await version()
    const client = new pg.Client({ connectionString: migrated.url })
    await client.connect()
    await client.query(`BEGIN; SAVEPOINT s; INSERT INTO audience VALUES ('a', 1); ROLLBACK TO s; COMMIT`)
    expect(await version()).toBe(before)
    await client.query(
      `BEGIN; SAVEPOINT s; INSERT INTO audience VALUES ('a', 1); ROLLBACK TO s; INSERT INTO audience VALUES ('b', 1); COMMIT`,
    )
    expect(await version()).toBe(before + 1n)
    await client.end()
  })

  test('counts on every table but those that are not content', async () => {
    const without = await migrated.client.$queryRawUnsafe(
      `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'bump_content_version') ORDER BY relname`,
    )
    const tables = (without as { relname: string }[]).map(({ relname }) => relname)
    expect(tables).toEqual([
      '_prisma_migrations',
      'api_token',
      'audit_event',
      'call_attempt',
      'call_note',
      'callback_request',
      'callback_slot',
      'case_link',
      'citizen_answer',
      'contact_reveal',
      'content_import',
      'content_record',
      'content_revision',
      'content_version',
      'correction',
      'delivery',
      'delivery_attempt',
      'endpoint_secret',
      'escalation',
      'escalation_step',
      'invitation',
      'line_target',
      'link_check',
      'membership',
      'outbox_event',
      'partner',
      'partner_area',
      'partner_endpoint',
      'rate_limit',
      'received_message',
      'referral',
      'setting',
      'staff_account',
      'staff_line',
      'staff_member',
      'staff_recovery',
      'staff_second_factor',
      'staff_session',
      'staff_told',
      'staff_verification',
      'unmet_need',
      'used_challenge',
    ])
  })
})

test('a new migration is the difference of two schemas', async () => {
  const schema = (fields: string) => `datasource db {\n provider = "postgresql"\n}\nmodel A {\n id Int @id\n ${fields}\n}`
  expect(await diffSchemas(schema(''), schema('b Int?'))).toBe('-- AlterTable\nALTER TABLE "A" ADD COLUMN     "b" INTEGER;')
  expect(await diffSchemas(schema(''), schema(''))).toBe('')
  expect(await diffSchemas(null, schema(''))).toContain('CREATE TABLE "A"')
})
