import { BoundedClient } from '../db/bounded-client.ts'

/** The channel on which the triggers of the directory tables announce a new content version. */
const CHANNEL = 'passerelle_content'
/** By which an operator, or a test, knows the connection in `pg_stat_activity`. */
const APPLICATION = 'passerelle content'
/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 5_000
/** How long it may say nothing when asked, in milliseconds, before another connection is tried: a network can swallow one without a word. */
const SILENT_MS = 1_000

/** A connection that hears of new versions of the content, and can be asked for the present one. */
export type Listener = {
  /** The present version. While it answers it also hears: a notification comes before the answer to a later question. */
  version(): Promise<string>
  close(): Promise<void>
}

/**
 * Listens to one database.
 * @param heard called for each announcement
 * @param lost called once, at once when the other end closes the connection
 * @throws what the driver says when there is no connection to be had
 */
export async function listenTo(url: string, { heard, lost }: { heard(): void; lost(): void }): Promise<Listener> {
  const client = new BoundedClient({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: APPLICATION,
  })
  let connected = false
  const drop = () => {
    client.removeAllListeners('notification')
    if (connected) lost()
    connected = false
  }
  client.on('error', drop)
  client.on('end', drop)
  client.on('notification', heard)
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  connected = true
  return {
    async version() {
      // Ending a connection that owes an answer cuts it, and whoever waits gets an error.
      const timer = setTimeout(() => void client.end().catch(() => undefined), SILENT_MS)
      const { rows } = await client.query('SELECT "version" FROM "content_version" WHERE "id" = 1').finally(() => clearTimeout(timer))
      return String(rows[0]?.version)
    },
    async close() {
      connected = false
      await client.end().catch(() => undefined)
    },
  }
}
