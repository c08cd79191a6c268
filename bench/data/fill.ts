import pg from 'pg'
import type { Row, Tables } from './tables.ts'

/** Rows of one statement: some megabytes of JSON. */
const AT_ONCE = 2_000

/** Inserts everything in one transaction, then lets the planner look at the tables, as the database itself would do a minute later. */
export async function fillDatabase(url: string, tables: Tables): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    for (const [table, rows] of tables) {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        await insertRows(client, table, rows.slice(from, from + AT_ONCE)).catch((cause: Error) => {
          throw new Error(`The table ${table} cannot be filled: ${cause.message}`, { cause })
        })
      }
    }
    await client.query('COMMIT')
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** The database reads the values by the types of the table's own columns; columns that no row names get their defaults. */
async function insertRows(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const columns = [...new Set(rows.flatMap(Object.keys))].map(pg.escapeIdentifier).join(', ')
  // With its schema: PostgreSQL has a type of its own called line.
  const into = `public.${pg.escapeIdentifier(table)}`
  await client.query(`INSERT INTO ${into} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${into}, $1)`, [
    JSON.stringify(rows),
  ])
}
