import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createClient, type DatabaseClient } from '../db/open.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by `global-setup.ts`: a server, the name of its migrated, otherwise empty database, and of one with the demonstration content. */
    testServer: { url: string; template: string; seeded: string }
  }
}

export type TestDatabase = Pick<DatabaseClient, 'client' | 'sql'> & {
  url: string
  /** Ends the client and removes the database. */
  drop(): Promise<void>
}

/** A database for one test file: present schema, no rows. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return create(inject('testServer').template)
}

/** A database for one test file: present schema, demonstration content. */
export async function createSeededDatabase(): Promise<TestDatabase> {
  return create(inject('testServer').seeded)
}

/** A database with nothing in it, for tests of the migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('template0')
}

async function create(template: string): Promise<TestDatabase> {
  const { url: serverUrl } = inject('testServer')
  const name = `passerelle_test_${randomBytes(6).toString('hex')}`
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = databaseUrl(serverUrl, name)
  const { client, sql, close } = createClient(url)
  return {
    client,
    sql,
    url,
    drop: async () => {
      await close()
      await administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Runs one statement in a connection of its own. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
