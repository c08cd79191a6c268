import { UNFINISHED } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import { inBatches } from '../../db/batch.ts'
import type { Prisma } from '../../db/generated/client.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { About } from '../rules/queue.ts'
import { onlyNo, type Said, strictest, type Wishes } from '../rules/wishes.ts'

/** The later requests of the same phone for the same line, but for those that were withdrawn or erased. */
const ADDING = { status: { not: 'CANCELLED' }, erasedAt: null } as const satisfies Prisma.CallbackRequestWhereInput

/** The same in SQL, for a row under this name. */
export const addsTo = (row: string): string =>
  `${row}."repeat_of_id" IS NOT NULL AND ${row}."status" <> 'CANCELLED' AND ${row}."erased_at" IS NULL`

/** What must be heeded of those that add to a request: each different one of them once. */
export type Added = About & Said

const DIFFERENT = ['repeatOfId', 'needCode', 'faqEntrySlug', 'serviceSlug', 'safeVoicemail', 'safeSms', 'safeSayWhoCalls'] as const

/** By request. However many there are, none is left out: the one that says no may be the first. */
export async function addedTo(
  db: Pick<Prisma.TransactionClient, 'callbackRequest'>,
  ids: readonly string[],
): Promise<(id: string) => readonly Added[]> {
  const rows = await db.callbackRequest.groupBy({ by: [...DIFFERENT], where: { repeatOfId: { in: [...ids] }, ...ADDING } })
  return (id) => rows.filter(({ repeatOfId }) => repeatOfId === id)
}

/** What is heeded of all that the phone of a request asks. */
export type Heeded = {
  /** What adds to the request. */
  added: readonly Added[]
  /** What it asks besides, of this line or another one, that is not over: somebody is to call about it, or a partner has it. */
  elsewhere: readonly Added[]
  /** The strictest of what was said with all of these, and each no that was said with what is over. */
  wishes: Wishes
}

/**
 * What is heeded of all that a phone asks, by request: whoever is at risk is so whatever line she asked, and whoever has her request, and who
 * calls for one of them need not know of the other. Of other requests nothing else is read, not even which they are.
 * @param lineIds lines of which whoever asks may know; null: all, for who is told the wishes only
 */
export async function heededOf(
  db: Pick<Prisma.TransactionClient, 'callbackRequest' | '$queryRaw'>,
  ids: readonly string[],
  lineIds: readonly string[] | null,
): Promise<(row: Said & { id: string }) => Heeded> {
  const [added, others] = await Promise.all([
    addedTo(db, ids),
    db.$queryRaw<(Added & { of: string; over: boolean })[]>`
      SELECT DISTINCT r."id" AS "of", o."status"::text <> ALL(${[...UNFINISHED]}) AS "over",
        o."need_code" AS "needCode", o."faq_entry_slug" AS "faqEntrySlug", o."service_slug" AS "serviceSlug",
        o."safe_voicemail" AS "safeVoicemail", o."safe_sms" AS "safeSms", o."safe_say_who_calls" AS "safeSayWhoCalls"
      FROM "callback_request" AS r JOIN "callback_request" AS o ON o."phone_index" = r."phone_index"
      WHERE r."id" = ANY(${[...ids]}::uuid[]) AND o."id" <> r."id" AND o."repeat_of_id" IS DISTINCT FROM r."id" AND o."status" <> 'CANCELLED'
        AND (${lineIds && [...lineIds]}::uuid[] IS NULL OR o."line_id" = ANY(${lineIds && [...lineIds]}::uuid[]))`,
  ])
  return (row) => {
    const besides = added(row.id)
    const elsewhere = others.filter(({ of, over }) => of === row.id && !over)
    const before = others.filter(({ of, over }) => of === row.id && over).map(onlyNo)
    return { added: besides, elsewhere, wishes: strictest([row, ...besides, ...elsewhere, ...before]) }
  }
}

/** One of those that add to a request, as it is shown. */
export type Repeat = {
  id: string
  requestedAt: Date
  language: LanguageCode
  needCode: string | null
  nameSealed: string | null
  messageSealed: string | null
  safeNoteSealed: string | null
}

/** How many are shown: who reads more while somebody waits? */
export const MOST_REPEATS = 20

/** The newest of those that add to a request, oldest first; those of a whole list are read together, and only when they are asked for. */
export function repeatsOf(context: Context, id: string): Promise<readonly Repeat[]> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches((ids) => readRepeats(context, ids))
    asking.set(context, ask)
  }
  return ask(id)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<readonly Repeat[]>>()

async function readRepeats({ sql }: Context, ids: readonly string[]): Promise<Repeat[][]> {
  const { rows } = await sql.query<Repeat & { of: string }>({
    name: 'desk_repeats',
    text: `SELECT r.* FROM unnest($1::uuid[]) AS asked("id") CROSS JOIN LATERAL (
        SELECT "repeat_of_id" AS "of", "position", "id", "requested_at" AS "requestedAt", "language", "need_code" AS "needCode",
          "name_sealed" AS "nameSealed", "message_sealed" AS "messageSealed", "safe_note_sealed" AS "safeNoteSealed"
        FROM "callback_request" AS t WHERE t."repeat_of_id" = asked."id" AND ${addsTo('t')} ORDER BY "position" DESC LIMIT ${MOST_REPEATS}
      ) AS r ORDER BY r."position"`,
    values: [[...new Set(ids)]],
  })
  return ids.map((id) => rows.filter((row) => row.of === id))
}
