import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { CitizenAnswer } from '../../db/generated/client.ts'
import { inBatches } from '../../db/batch.ts'
import { type DeskRequest, requestsById } from '../../desk/actions/rows.ts'
import type { Outcome } from '../../desk/rules/close.ts'
import { isId, linesOf, supervises } from '../../desk/rules/scope.ts'
import { InvalidInput } from '../../errors.ts'
import { dayOf } from '../../service/rules/calendar.ts'
import { readNeeds, unknownCode } from '../../taxonomy/rules.ts'

/** Which requests; what is absent does not narrow them. */
export type ChainFilter = {
  /** Days in Belgium, YYYY-MM-DD, both included. */
  from?: string | null
  to?: string | null
  /** Codes; a need includes its sub-needs. */
  needs?: readonly string[] | null
  /** NIS code. */
  commune?: string | null
  /** Slug of the question it began with. */
  faqEntry?: string | null
  outcome?: Outcome | null
  /** It was handed to a partner, or never was. */
  escalated?: boolean | null
}

/**
 * The requests of the lines that the viewer supervises, those that came last first, without those that only add to another one.
 * @param wanted how many, after the one with this key
 * @returns one more than wanted, if there is one, and how many there are in all
 * @throws InvalidInput for a need, a commune or a question that does not exist
 */
export async function listChains(
  context: Context,
  filter: ChainFilter,
  wanted: { take: number; after: string | null },
): Promise<{ rows: DeskRequest[]; total: number }> {
  const { directory, sql } = context
  const viewer = viewerIn(context)
  const lines = linesOf(directory, viewer).filter((line) => supervises(viewer, line))
  const { needs, problems } = readNeeds(directory, filter.needs, ['filter', 'needs'])
  const commune = filter.commune == null ? null : directory.communesByNis.get(filter.commune)
  if (commune === undefined) problems.push(unknownCode(['filter', 'commune'], filter.commune ?? ''))
  if (filter.faqEntry != null && !directory.faqEntriesBySlug.has(filter.faqEntry))
    problems.push(unknownCode(['filter', 'faqEntry'], filter.faqEntry))
  if (problems.length > 0) throw new InvalidInput(problems)
  const [, at, id] = /^(\d{1,15}) ([\da-f-]{36})$/.exec(wanted.after ?? '') ?? []
  const after = at !== undefined && id !== undefined && isId(id) ? { at: new Date(Number(at)), id } : null
  const { rows } = await sql.query<{ id: string | null; total: string }>({
    name: 'insight_chains',
    text: `
      WITH chosen AS MATERIALIZED (
        SELECT r."id", r."requested_at" FROM "callback_request" AS r
        WHERE r."line_id" = ANY ($1::uuid[]) AND r."repeat_of_id" IS NULL
          AND ($2::timestamptz IS NULL OR r."requested_at" >= $2) AND ($3::timestamptz IS NULL OR r."requested_at" < $3)
          AND ($4::text[] IS NULL OR r."need_code" = ANY ($4)) AND ($5::text[] IS NULL OR r."postal_code" = ANY ($5))
          AND ($6::text IS NULL OR r."faq_entry_slug" = $6) AND ($7::text IS NULL OR r."outcome" = $7)
          AND ($8::boolean IS NULL OR EXISTS (SELECT FROM "escalation" AS e WHERE e."request_id" = r."id") = $8)
      )
      SELECT page."id", "total" FROM (SELECT count(*) AS "total" FROM chosen) AS counted LEFT JOIN LATERAL (
        SELECT "id" FROM chosen WHERE $9::timestamptz IS NULL OR ("requested_at", "id") < ($9::timestamptz, $10::uuid)
        ORDER BY "requested_at" DESC, "id" DESC LIMIT $11
      ) AS page ON true`,
    values: [
      lines.map(({ id }) => id),
      filter.from == null ? null : new Date(dayOf(filter.from).start),
      filter.to == null ? null : new Date(dayOf(dayOf(filter.to).next).start),
      needs.size > 0 ? [...needs].map(({ code }) => code) : null,
      commune?.postalCodes ?? null,
      filter.faqEntry ?? null,
      filter.outcome?.toLowerCase() ?? null,
      filter.escalated ?? null,
      after?.at ?? null,
      after?.id ?? null,
      wanted.take + 1,
    ],
  })
  const ids = rows.flatMap((row) => row.id ?? [])
  return { rows: await requestsById(context, ids), total: Number(rows[0]?.total ?? 0) }
}

/** The key of a request in its list. */
export const keyOfChain = ({ requestedAt, id }: Pick<DeskRequest, 'requestedAt' | 'id'>): string => `${requestedAt.getTime()} ${id}`

/** What the person said afterwards; the answers of a whole list of requests are read together. */
export function answerOf(context: Context, requestId: string): Promise<CitizenAnswer | null> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => {
      const rows = await context.db.citizenAnswer.findMany({ where: { requestId: { in: [...ids] } } })
      const answers = new Map(rows.map((row) => [row.requestId, row]))
      return ids.map((one) => answers.get(one) ?? null)
    })
    asking.set(context, ask)
  }
  return ask(requestId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<CitizenAnswer | null>>()
