import type { QueryResultRow } from 'pg'
import { BoundedClient } from './bounded-client.ts'

/** How long connecting may take, in milliseconds. */
const CONNECT_MS = 5_000
/** How long it may say nothing when asked, in milliseconds, before another connection is tried: a network can swallow one without a word. */
const SILENT_MS = 1_000
/**
 * How long to wait before listening again, in milliseconds: not at all when a connection that was good breaks, then twice as long each
 * time, up to the second number. Meanwhile whoever listens must ask again by himself.
 */
const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 5_000

export type ListenerOptions = {
  /** The name that triggers announce changes by. */
  channel: string
  /** By which an operator, or a test, knows the connection in `pg_stat_activity`. */
  application: string
  /** Called for each announcement, and each time it hears again, since something may have changed while it did not. */
  heard(): void
}

/** A connection of its own that hears of changes, is made again when it breaks, and can be asked. */
export type Listener = {
  /**
   * Asks where it listens: a notification comes before the answer to a later question, so that who is answered also hears.
   * @returns null while it does not listen
   * @throws what the driver says; the connection is then made again
   */
  ask<Row extends QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]> | null
  close(): Promise<void>
}

/** Listens to one database from now on; returns after the first try, whether it succeeded or not. */
export async function openListener(url: string, { channel, application, heard }: ListenerOptions): Promise<Listener> {
  let client: BoundedClient | undefined
  let retry: NodeJS.Timeout | undefined
  let wait = 0
  let closed = false

  async function listen() {
    retry = undefined
    try {
      const connected = await connect(url, { channel, application, heard, lost })
      if (closed) return void connected.end().catch(() => undefined)
      client = connected
      heard()
    } catch {
      listenLater()
    }
  }

  function lost(which: BoundedClient) {
    if (which !== client) return
    client = undefined
    listenLater()
  }

  function listenLater() {
    if (closed) return
    retry = setTimeout(() => void listen(), wait).unref()
    wait = Math.min(Math.max(wait * 2, FIRST_RETRY_MS), LAST_RETRY_MS)
  }

  await listen()
  return {
    ask<Row extends QueryResultRow>(statement: string, values?: unknown[]) {
      const asked = client
      if (!asked) return null
      // Ending a connection that owes an answer cuts it, and whoever waits gets an error.
      const timer = setTimeout(() => void asked.end().catch(() => undefined), SILENT_MS)
      const answer: Promise<{ rows: Row[] }> = asked.query(statement, values)
      return answer
        .then(({ rows }) => {
          wait = 0
          return rows
        })
        .finally(() => clearTimeout(timer))
    },
    async close() {
      closed = true
      clearTimeout(retry)
      const last = client
      client = undefined
      await last?.end().catch(() => undefined)
    },
  }
}

type Ears = ListenerOptions & {
  /** Called once, at once when the other end closes the connection. */
  lost(client: BoundedClient): void
}

/** @throws what the driver says when there is no connection to be had */
async function connect(url: string, { channel, application, heard, lost }: Ears): Promise<BoundedClient> {
  const client = new BoundedClient({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: application,
  })
  const drop = () => {
    client.removeAllListeners('notification')
    lost(client)
  }
  client.on('error', drop)
  client.on('end', drop)
  client.on('notification', heard)
  try {
    await client.connect()
    await client.query(`LISTEN ${channel}`)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  return client
}
