import pg from 'pg'

/** How long a statement may take on the server, in ms; then PostgreSQL ends it by itself (57014) and the connection stays good. */
export const STATEMENT_TIMEOUT = 8_000

/** How long a statement may wait for what another one holds, in ms (55P03): a request that is still running with the same key, say. */
export const LOCK_TIMEOUT = 3_000

/** How long a server may say nothing at all, in ms: it hangs, or the network swallows what is sent. Then the connection is cut. */
export const SILENCE_TIMEOUT = 10_000

/**
 * A connection that never waits for ever. The driver's own `query_timeout` gives up a statement but keeps the connection, with the
 * statement and perhaps an open transaction on it, for whoever comes next; here the connection goes with the statement.
 */
export class BoundedClient extends pg.Client {
  #timer: NodeJS.Timeout | undefined

  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const rest = () => {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    this.on('drain', rest)
    this.on('end', rest)
    // Whoever waits hears it by his statement. Between two statements of a transaction nobody listens, and Node.js would end the process.
    this.on('error', () => {})
  }

  // The driver's many overloads, unchanged.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  override query(...args: any[]): any {
    this.#timer ??= setTimeout(() => this.#cut(), SILENCE_TIMEOUT)
    return (super.query as (...args: unknown[]) => unknown)(...args)
  }

  /** Whoever waits gets the error that a connection has when the other end is gone. */
  #cut(): void {
    const error = Object.assign(new Error('Connection terminated: the database says nothing'), {
      code: 'ETIMEDOUT',
      errno: -110,
      syscall: 'read',
    })
    ;(this as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream.destroy(error)
  }
}
