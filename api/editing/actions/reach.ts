import { viewerIn } from '../../access/actions/staff.ts'
import { organizationsOf } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { Reach } from '../rules/reach.ts'

/** @throws SignInRequired */
export async function reachOf(context: Pick<Context, 'viewer' | 'sql'>): Promise<Reach> {
  const own = organizationsOf(viewerIn(context), ['EDITOR'])
  const { rows } = await context.sql.query<{ id: string; region: boolean }>({
    name: 'editing_reach',
    text: `SELECT "id", "kind" = 'REGION' AND "id" = ANY ($1::uuid[]) AS "region" FROM "organization"
      WHERE "id" = ANY ($1::uuid[]) OR "keeper_id" = ANY ($1::uuid[])`,
    values: [own],
  })
  return { own: new Set(own), organizations: new Set(rows.map(({ id }) => id)), isRegion: rows.some(({ region }) => region) }
}
