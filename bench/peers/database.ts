import { createHash } from 'node:crypto'
import pg from 'pg'
import type { Statement } from './sql.ts'

/** A plan for all parameters alike: with one for each, planning again and again costs a fifth of the statement. */
const ONE_PLAN = '-c plan_cache_mode=force_generic_plan'

/**
 * Runs statements on a pool of connections; the first row is what comes back.
 * @param json whether JSON that a statement made is passed on as text, or read
 */
export function openPool({
  json,
}: {
  json: 'text' | 'values'
}): <T extends pg.QueryResultRow>(statement: Statement) => Promise<T | undefined> {
  const names = new Map<string, string>()
  // Prepared once a connection.
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? createHash('sha256').update(text).digest('hex').slice(0, 32)
    names.set(text, name)
    return name
  }
  const types: pg.CustomTypesConfig = {
    getTypeParser: (oid, format) => (json === 'text' && oid === pg.types.builtins.JSON ? String : pg.types.getTypeParser(oid, format)),
  }
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, types, options: ONE_PLAN })
  // A connection that ends while nobody uses it is no failure.
  pool.on('error', () => {})
  return async <T extends pg.QueryResultRow>({ text, values }: Statement) =>
    (await pool.query<T>({ name: nameOf(text), text, values })).rows[0]
}
