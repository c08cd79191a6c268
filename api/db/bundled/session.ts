import pg from 'pg'
import { connectionUrl, type Endpoint } from './place.ts'

/** Number of the advisory lock that every process using the server holds, shared, on a connection of its own: "serve" in ASCII. */
const PRESENCE_LOCK = 0x7365727665

/** SQLSTATE cannot_connect_now: the server starts, recovers or ends. */
const CANNOT_CONNECT_NOW = '57P03'

/** `absent`: nothing listens; `starting`: something does, but not yet or no longer for us; `leaving`: the last user is stopping it. */
export type Attempt = { state: 'present'; client: pg.Client } | { state: 'absent' } | { state: 'starting' | 'leaving'; why: string }

/** Tries once to connect, to say that we use the server, and to make our database if it is not there. */
export async function attend(endpoint: Endpoint, database: string): Promise<Attempt> {
  const connectionString = connectionUrl(endpoint, 'postgres')
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    application_name: 'passerelle presence',
  })
  // Told by the 'end' event; without a listener Node would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    if (await lock(client, 'pg_try_advisory_lock_shared')) {
      await ensureDatabase(client, database)
      return { state: 'present', client }
    }
    await client.end()
    return { state: 'leaving', why: 'another process is stopping it' }
  } catch (error) {
    await client.end().catch(() => {})
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === 'connect' && (code === 'ENOENT' || code === 'ECONNREFUSED')) return { state: 'absent' }
    // Any other failure is one of the moments around a start or an end; whoever calls has a time limit.
    return { state: code === CANNOT_CONNECT_NOW ? 'starting' : 'leaving', why: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * Says that we no longer use the server.
 * @returns whether nobody else does; then no other process can begin to use it either, until the connection or the server ends
 */
export async function leave(client: pg.Client): Promise<boolean> {
  await client.query('SELECT pg_advisory_unlock_shared($1)', [PRESENCE_LOCK])
  return lock(client, 'pg_try_advisory_lock')
}

async function lock(client: pg.Client, procedure: 'pg_try_advisory_lock' | 'pg_try_advisory_lock_shared'): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(`SELECT ${procedure}($1) AS got`, [PRESENCE_LOCK])
  return rows[0]?.got === true
}

/** Several processes may try at once. */
async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  if (rowCount) return
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: pg.DatabaseError) => {
    // duplicate_database, or the same found a moment later by the unique index
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}
