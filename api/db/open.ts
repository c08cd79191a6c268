import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { BoundedClient, LOCK_TIMEOUT, STATEMENT_TIMEOUT } from './bounded-client.ts'
import { openBundled } from './bundled.ts'
import { PrismaClient } from './generated/client.ts'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'
import { StartError } from './start-error.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Oldest PostgreSQL major version the migrations are written for. */
const OLDEST = 14

/** Connections of one process, at most; whoever comes beyond waits, and gets an error after `CONNECT_TIMEOUT` ms. */
const POOL_SIZE = 10
const CONNECT_TIMEOUT = 5_000

/** How long an idle connection is quiet before the system asks whether the other end is still there, in ms. */
const KEEP_ALIVE = 10_000

/** How long statements under way may take to end once we close, in ms; one that hangs is left behind. */
const CLOSE_TIMEOUT = 2_000

export type OpenDatabase = {
  /** For requests: each statement ends within about 10 s, with an error if need be. */
  client: PrismaClient
  /** The same connections without Prisma, for the few statements that it has no words for. */
  sql: pg.Pool
  /** Does something that may take long, such as filling the database, with a client without time limits. */
  patiently<T>(work: (client: PrismaClient) => Promise<T>): Promise<T>
  /** For connections outside Prisma, such as LISTEN. Holds a password when `DATABASE_URL` does. */
  url: string
  /** Whether it is the PostgreSQL that comes along. */
  bundled: boolean
  /** Ends all connections; the bundled server stops when no other process uses it. At most about 10 s. */
  close(): Promise<void>
}

export type OpenOptions = {
  /** Connection string of a PostgreSQL server; undefined for the bundled one. */
  databaseUrl: string | undefined
  /** Folder of the bundled server. */
  dataDir: string
  migrationsDir: string
  log: Log
  /** Ends the opening: what was started is stopped, and what is waited for is no longer. */
  signal?: AbortSignal
}

/**
 * Opens the database and brings it to the present schema.
 * @throws StartError one line for the operator, without the password; the signal's reason when that ended it
 */
export async function openDatabase({ databaseUrl, dataDir, migrationsDir, log, signal }: OpenOptions): Promise<OpenDatabase> {
  const server = databaseUrl === undefined ? await openBundled({ dataDir, log, signal }) : null
  try {
    const url = server?.url ?? (databaseUrl as string)
    await unlessAborted(checkServer(url), signal)
    // Another process may hold the lock for as long as its own migration takes.
    const applied = await unlessAborted(migrate(url, migrationsDir), signal)
    if (applied.length > 0) log.info(`Brought the database up to date: ${applied.join(', ')}.`)
    const { client, sql, close } = createClient(url)
    return {
      client,
      sql,
      url,
      bundled: server !== null,
      patiently: async (work) => {
        const patient = createClient(url, { bounded: false })
        return work(patient.client).finally(() => patient.close())
      },
      close: async () => {
        await within(CLOSE_TIMEOUT, close()).finally(() => server?.stop())
      },
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}

export type DatabaseClient = { client: PrismaClient; sql: pg.Pool; close(): Promise<void> }

/**
 * Prisma and plain SQL over one pool of connections. The client writes no log of its own: Prisma's events and messages contain the values of
 * a statement.
 * @param bounded whether a statement that takes long is ended, and a connection without an answer is cut
 */
export function createClient(url: string, { bounded = true } = {}): DatabaseClient {
  const sql = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE,
    application_name: 'passerelle',
    Client: bounded ? BoundedClient : pg.Client,
    // As a statement, since PgBouncer refuses it among the parameters of a connection.
    onConnect: async (connection: pg.ClientBase) => {
      await connection.query(`SET statement_timeout = ${bounded ? STATEMENT_TIMEOUT : 0}`)
      if (bounded) await connection.query(`SET lock_timeout = ${LOCK_TIMEOUT}`)
    },
  } as pg.PoolConfig)
  // A connection that breaks while idle is replaced at the next query.
  sql.on('error', () => {})
  const adapter = new PrismaPg(sql, { onPoolError: () => {}, onConnectionError: () => {} })
  const client = new PrismaClient({ adapter, errorFormat: 'minimal', log: [] })
  return {
    client,
    sql,
    close: async () => {
      await client.$disconnect()
      if (!sql.ended) await sql.end()
    },
  }
}

/** Waits for the work, but no longer than that. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Tells what is wrong with the server before anything else would fail on it. */
async function checkServer(url: string): Promise<void> {
  const client = newClient(url)
  client.on('error', () => {})
  const where = `${client.host}${client.host.startsWith('/') ? '' : `:${client.port}`}`
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000)
    if (major < OLDEST) throw new StartError(`The database server ${where} is PostgreSQL ${major}: it must be ${OLDEST} or newer.`)
  } catch (error) {
    throw error instanceof StartError ? error : new StartError(refusal(error, where, client))
  } finally {
    await client.end().catch(() => {})
  }
}

function newClient(url: string): pg.Client {
  try {
    return new BoundedClient({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT, application_name: 'passerelle' })
  } catch {
    // The reason may quote the address, and with it the password.
    throw new StartError('DATABASE_URL cannot be read: it must look like postgresql://user:password@host:5432/database.')
  }
}

function refusal(error: unknown, where: string, { user, database }: pg.Client): string {
  const { code, message } = error as NodeJS.ErrnoException
  // The driver's own words for a missing password bear no code.
  switch (message.startsWith('SASL') ? '28P01' : code) {
    case '28P01':
    case '28000':
      return `The database server ${where} refuses the user ${user}: check the name and the password in DATABASE_URL (${message}).`
    case '3D000':
      return `The database server ${where} has no database ${database}: create it, or correct DATABASE_URL.`
    case '57P03':
      return `The database server ${where} is not ready: ${message}.`
    default:
      return `The database server ${where} cannot be reached (${code ?? message}): check DATABASE_URL and that the server runs.`
  }
}
