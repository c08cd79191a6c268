import type { Pool } from 'pg'
import { RateLimiterPrisma } from 'rate-limiter-flexible'

type Row = { points: number; expire: Date }

/**
 * Adds points to a counter, or begins its window anew when the last one is over, in one statement: so all that come at once are counted. The
 * disk is not waited for: what a crash takes from a counter, half a second's counting, is no loss.
 */
const ADD = `
INSERT INTO "rate_limit" AS r ("key", "points", "expire")
SELECT $1::text, $2::int, $3::timestamptz FROM (SELECT set_config('synchronous_commit', 'off', true)) AS quick
ON CONFLICT ("key") DO UPDATE SET
  "points" = CASE WHEN r."expire" <= $4::timestamptz THEN EXCLUDED."points" ELSE r."points" + EXCLUDED."points" END,
  "expire" = CASE WHEN r."expire" <= $4::timestamptz THEN EXCLUDED."expire" ELSE r."expire" END
RETURNING "points", "expire"`

const READ = `SELECT "points", "expire" FROM "rate_limit" WHERE "key" = $1::text AND "expire" > $2::timestamptz`

/** The limiter of `rate-limiter-flexible` for this table, over plain SQL: its own takes two statements of Prisma to count one. */
export class StoredLimiter extends RateLimiterPrisma {
  readonly #sql: Pool

  constructor(options: { storeClient: Pool; keyPrefix: string; points: number; duration: number; inMemoryBlockOnConsumed: number }) {
    super({ ...options, clearExpiredByTimeout: false })
    this.#sql = options.storeClient
  }

  /** Called by the library. */
  async _upsert(key: string, points: number, milliseconds: number): Promise<Row | undefined> {
    const now = Date.now()
    const values = [key, points, new Date(now + milliseconds), new Date(now)]
    return (await this.#sql.query<Row>({ name: 'limit_add', text: ADD, values })).rows[0]
  }

  /** Called by the library. */
  async _get(key: string): Promise<Row | null> {
    return (await this.#sql.query<Row>({ name: 'limit_read', text: READ, values: [key, new Date()] })).rows[0] ?? null
  }
}
