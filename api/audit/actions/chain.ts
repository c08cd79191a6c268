import type { Pool, PoolClient } from 'pg'
import { blindIndex, type Keys } from '../../sealing/seal.ts'

/** A row of the audit trail as it is hashed. */
type Row = { id: string; at: Date; actor: string; action: string; subject_id: string }
type Link = Row & { link: string; hash: string }

/** Rows in one transaction. */
const BATCH = 500

/** Advisory lock of who lengthens the chain ("audi"). */
const LOCK = 0x61756469

/** What stands before the first row. */
const BEGINNING = ''

/**
 * The hash of a row in its place: HMAC-SHA-256, with a key outside the database, over the row and the hash before it. So a row that is
 * altered, taken out of the chain, put into it or moved no longer fits, and whoever can write to the database alone cannot make it fit. He can
 * add rows to be chained at the end, and take rows off the end; against the second there is the mark (see `verifyChain`).
 */
const hashOf = (keys: Keys, link: bigint, { id, at, actor, action, subject_id }: Row, before: string): string =>
  blindIndex(keys, 'audit', JSON.stringify([String(link), id, at.toISOString(), actor, action, subject_id, before]))

/**
 * Gives the rows that have no place in the chain yet the next ones, in the order in which they were numbered. A transaction that ends late
 * brings a lower number late: its place is then behind, and only places count. One process at a time; another one leaves at once.
 * @returns how many rows
 */
export async function chainAudit(sql: Pool, keys: Keys, stop?: AbortSignal): Promise<number> {
  let chained = 0
  for (let taken = BATCH; taken === BATCH && !stop?.aborted; chained += taken) {
    taken = await inTransaction(sql, (connection) => chainBatch(connection, keys))
  }
  return chained
}

async function chainBatch(connection: PoolClient, keys: Keys): Promise<number> {
  const { rows: locks } = await connection.query<{ got: boolean }>(`SELECT pg_try_advisory_xact_lock(${LOCK}) AS "got"`)
  if (!locks[0]?.got) return 0
  // Without the lock the last link could be an older one: each statement sees what was committed before it.
  const { rows: last } = await connection.query<{ link: string; hash: string }>(
    'SELECT "link", "hash" FROM "audit_event" WHERE "link" IS NOT NULL ORDER BY "link" DESC LIMIT 1',
  )
  const { rows } = await connection.query<Row>(
    `SELECT "id", "at", "actor", "action", "subject_id" FROM "audit_event" WHERE "link" IS NULL ORDER BY "id" LIMIT ${BATCH}`,
  )
  if (rows.length === 0) return 0
  let link = BigInt(last[0]?.link ?? 0)
  let hash = last[0]?.hash ?? BEGINNING
  const links = rows.map((row) => {
    link += 1n
    hash = hashOf(keys, link, row, hash)
    return { id: row.id, link: String(link), hash }
  })
  await connection.query(
    `UPDATE "audit_event" AS a SET "link" = l."link", "hash" = l."hash"
     FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS l("id", "link", "hash") WHERE a."id" = l."id"`,
    [links.map(({ id }) => id), links.map(({ link }) => link), links.map(({ hash }) => hash)],
  )
  return rows.length
}

/** A place in the chain, to hold against it later. */
export type Mark = { link: bigint; hash: string }

/**
 * What was found:
 * - `good`: how many links fit, from the first;
 * - `last`: the last of them; null when there is none;
 * - `broken`: the first that does not fit; null when all do;
 * - `waiting`: rows that have no place yet.
 */
export type Verdict = { good: number; last: Mark | null; broken: bigint | null; waiting: number }

/**
 * Follows the chain from its first link. What was cut off at its end cannot be seen from within, so a mark that was noted earlier, outside
 * this database, can be looked for.
 * @param known must be in the chain with the same hash
 */
export async function verifyChain(sql: Pool, keys: Keys, known?: Mark): Promise<Verdict> {
  let last: Mark | null = null
  let good = 0
  let broken: bigint | null = null
  for (let more = true; more && broken === null; ) {
    const rows = await linksAfter(sql, last?.link ?? 0n)
    more = rows.length === BATCH
    for (const row of rows) {
      const link: bigint = (last?.link ?? 0n) + 1n
      const hash = hashOf(keys, link, row, last?.hash ?? BEGINNING)
      if (BigInt(row.link) !== link || row.hash !== hash || (known?.link === link && known.hash !== hash)) {
        broken = link
        break
      }
      last = { link, hash }
      good++
    }
  }
  if (broken === null && known && known.link > (last?.link ?? 0n)) broken = (last?.link ?? 0n) + 1n
  const { rows } = await sql.query<{ waiting: string }>('SELECT count(*) AS "waiting" FROM "audit_event" WHERE "link" IS NULL')
  return { good, last, broken, waiting: Number(rows[0]?.waiting) }
}

async function linksAfter(sql: Pool, link: bigint): Promise<Link[]> {
  const { rows } = await sql.query<Link>(
    `SELECT "id", "at", "actor", "action", "subject_id", "link", "hash" FROM "audit_event" WHERE "link" > $1 ORDER BY "link" LIMIT ${BATCH}`,
    [String(link)],
  )
  return rows
}

async function inTransaction<T>(sql: Pool, work: (connection: PoolClient) => Promise<T>): Promise<T> {
  const connection = await sql.connect()
  try {
    await connection.query('BEGIN')
    const result = await work(connection)
    await connection.query('COMMIT')
    connection.release()
    return result
  } catch (error) {
    // With the connection goes the transaction, and the lock.
    connection.release(true)
    throw error
  }
}
