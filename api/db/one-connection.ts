import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** One session with the database, usable both by ourselves and by Prisma's schema engine. */
export type OneConnection = {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  factory: SqlMigrationAwareDriverAdapterFactory
  /** What PostgreSQL said of a script of the engine that failed; the engine itself does not repeat it. */
  scriptError(): Error | null
  close(): Promise<void>
}

/**
 * Opens a pool that can never hold a second connection, so that BEGIN, what the schema engine does, and COMMIT share one session; when
 * that session breaks, everything after fails instead of going on outside the transaction.
 */
export function oneConnection(url: string, connectTimeoutMs = 5_000): OneConnection {
  let opened = false
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'passerelle migrate',
    onConnect: () => {
      if (opened) throw new Error('the connection to the database was lost')
      opened = true
    },
  })
  let scriptError: Error | null = null
  // A break is reported by the next query; without a listener Node would end the process.
  pool.on('error', () => {})
  // The schema engine connects once for each migration, and each time another one listens, until the pool is closed: no leak to warn of.
  pool.setMaxListeners(0)
  const plain = new PrismaPg(pool)

  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: plain.provider,
    adapterName: plain.adapterName,
    async connect() {
      const adapter = await plain.connect()
      // PrismaPg cuts a script at every semicolon, also inside a function's body or a comment, and runs the pieces one by one.
      // PostgreSQL reads a whole script by itself, as `prisma migrate deploy` lets it.
      adapter.executeScript = async (script) => {
        await pool.query(script).catch((error: Error) => {
          scriptError = error
          throw error
        })
      }
      return adapter
    },
    connectToShadowDb: () => Promise.reject(new Error('no shadow database here')),
  }

  return {
    factory,
    scriptError: () => scriptError,
    query: async (text, values) => (await pool.query(text, values)).rows,
    close: () => pool.end(),
  }
}
