import type { Pool } from 'pg'
import { SEALED } from './columns.ts'
import { type Keys, seal, unseal } from './seal.ts'

/** Values sealed anew by one statement, so that it holds its rows for some milliseconds only. */
const BATCH = 200

export type ResealParts = {
  sql: Pool
  keys: Keys
  /** Told after each batch. */
  reach?: (point: 'keys.resealed') => void
}

/**
 * Seals with the current key what older ones have sealed. Any number of processes may do so at once, and be killed: a value is replaced only
 * while it is still the one that was read, so that nothing newer is overwritten, and each statement is whole or has not been. Values of keys
 * that stand behind the current one in the file are left alone: another process may be ahead of this one.
 * @param stop ends it after the batch under way; the next call goes on
 * @returns how many values were sealed anew
 * @throws Error at the end, when values could not be opened; they stay as they are, and all others are done
 */
export async function resealOld({ sql, keys, reach }: ResealParts, stop?: AbortSignal): Promise<number> {
  keys.refresh?.()
  const ids = [...keys.sealing.keys()]
  const older = ids.slice(0, ids.indexOf(keys.current))
  if (older.length === 0) return 0
  let done = 0
  let closed = 0
  for (const place of SEALED) {
    let after = '00000000-0000-0000-0000-000000000000'
    while (!stop?.aborted) {
      const old = await sealedWith(sql, place, older, after)
      if (old.length === 0) break
      after = old.at(-1)?.id ?? after
      const fresh = old.flatMap(({ id, value }) => {
        const at = { ...place, row: id }
        try {
          return [{ id, value, fresh: seal(keys, unseal(keys, value, at), at) }]
        } catch {
          closed++
          return []
        }
      })
      done += await replace(sql, place, fresh)
      reach?.('keys.resealed')
      if (old.length < BATCH) break
    }
  }
  if (closed > 0) throw Object.assign(new Error(`${closed} sealed values cannot be opened`), { code: 'SEALED_VALUES_UNREADABLE' })
  return done
}

type Place = { table: string; column: string }

async function sealedWith(sql: Pool, { table, column }: Place, ids: string[], after: string): Promise<{ id: string; value: string }[]> {
  const { rows } = await sql.query<{ id: string; value: string }>(
    `SELECT "id", "${column}_sealed" AS "value" FROM "${table}"
     WHERE "id" > $2::uuid AND split_part("${column}_sealed", '.', 2) = ANY($1) ORDER BY "id" LIMIT ${BATCH}`,
    [ids, after],
  )
  return rows
}

/** Rows that somebody else holds at this moment are left for the next time: so nobody ever waits crosswise. */
async function replace(sql: Pool, { table, column }: Place, values: { id: string; value: string; fresh: string }[]): Promise<number> {
  const { rowCount } = await sql.query(
    `WITH mine AS (SELECT "id" FROM "${table}" WHERE "id" = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED)
     UPDATE "${table}" AS t SET "${column}_sealed" = v."fresh"
     FROM mine JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS v("id", "old", "fresh") ON v."id" = mine."id"
     WHERE t."id" = mine."id" AND t."${column}_sealed" = v."old"`,
    [values.map(({ id }) => id), values.map(({ value }) => value), values.map(({ fresh }) => fresh)],
  )
  return rowCount ?? 0
}

/** How many values each key seals, by the key's id. */
export async function countByKey(sql: Pick<Pool, 'query'>): Promise<ReadonlyMap<string, number>> {
  const each = SEALED.map(
    ({ table, column }) => `SELECT split_part("${column}_sealed", '.', 2) AS "id" FROM "${table}" WHERE "${column}_sealed" IS NOT NULL`,
  )
  const { rows } = await sql.query<{ id: string; values: number }>(
    `SELECT "id", count(*)::int AS "values" FROM (${each.join(' UNION ALL ')}) AS sealed GROUP BY "id"`,
  )
  return new Map(rows.map(({ id, values }) => [id, values]))
}
