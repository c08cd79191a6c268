import type { CallbackStatus, LanguageCode, Urgency } from '../../db/generated/enums.ts'
import { viewerIn } from '../../access/actions/staff.ts'
import { isOpenStatus, OPEN } from '../../callback/rules/receipt.ts'
import { readReference } from '../../callback/rules/reference.ts'
import type { Context } from '../../context.ts'
import type { Line, Need } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { dayOf, TIME_ZONE } from '../../service/rules/calendar.ts'
import { type About, dueKey, holderAt, isDue, urgencyOf } from '../rules/queue.ts'
import { linesOf } from '../rules/scope.ts'
import { dueBy, targetOf, type Waiting } from '../rules/targets.ts'
import { addsTo } from './repeats.ts'
import { type DeskRequest, requestsById, targetsOf } from './rows.ts'

/** What may be asked of the list; an absent part asks nothing, parts combine with AND, values of one part with OR. */
export type Filter = {
  lines?: readonly string[] | null
  statuses?: readonly CallbackStatus[] | null
  languages?: readonly LanguageCode[] | null
  urgencies?: readonly Urgency[] | null
  needs?: readonly string[] | null
  due?: boolean | null
  overdue?: boolean | null
  mine?: boolean | null
  reference?: string | null
  /** YYYY-MM-DD in Belgium */
  day?: string | null
}

export type Order = 'QUEUE' | 'OVERDUE' | 'RECENT'

export type Page = { first?: number | null; after?: string | null }

/** Longest page, and the page when the caller does not say; as of all lists (`graphql/connection.ts`). */
const LONGEST_PAGE = 100
const DEFAULT_PAGE = 20

/** A page, as the Relay specification has it. */
export type RequestPage = {
  totalCount: number
  edges: { node: DeskRequest; cursor: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

/** What is read of every open request, to put them in order: nothing sealed. */
export type LightRow = {
  id: string
  position: bigint
  status: CallbackStatus
  line: Line
  urgency: Urgency
  needCode: string | null
  language: LanguageCode
  /** From when its time counts: the latest of when she asked, when her slot begins and until when it was put off. */
  requestedAt: Date
  slotStartsAt: null
  /** Only where it decides whether she was reached: `REACHED` may have come back since. */
  notBefore: Date | null
  callFrom: Date
  closedAt: null
  claimedById: string | null
  claimedUntil: Date | null
}

/** The open requests of these lines, without those that add to another one: some thousands at most, read in one statement. */
export async function openRequests({ sql, directory }: Pick<Context, 'sql' | 'directory'>, lines: readonly Line[]): Promise<LightRow[]> {
  const { rows } = await sql.query({
    name: 'desk_open',
    // One moment instead of three, for nearly all: reading moments is most of the work. What adds to an open request is open, or was withdrawn.
    text: `SELECT r."id", "position", "status", "line_id", "need_code", "faq_entry_slug", "service_slug", "language",
        greatest("requested_at", "slot_starts_at", "not_before") AS "waits_from",
        CASE WHEN "status" = 'REACHED' THEN "not_before" END AS "not_before", "call_from", "claimed_by_id", "claimed_until", a."added"
      FROM "callback_request" AS r LEFT JOIN (
        SELECT t."repeat_of_id" AS "id", jsonb_agg(DISTINCT jsonb_build_object(
          'needCode', t."need_code", 'faqEntrySlug', t."faq_entry_slug", 'serviceSlug', t."service_slug")) AS "added"
        FROM "callback_request" AS t
        WHERE t."line_id" = ANY ($1::uuid[]) AND t."repeat_of_id" IS NOT NULL AND t."status"::text = ANY ($2::text[]) GROUP BY t."repeat_of_id"
      ) AS a ON a."id" = r."id"
      WHERE "line_id" = ANY ($1::uuid[]) AND "repeat_of_id" IS NULL AND "status"::text = ANY ($2::text[])`,
    values: [lines.map(({ id }) => id), OPEN],
  })
  const byId = new Map(lines.map((line) => [line.id, line]))
  return rows.map((row) => ({
    id: row.id,
    position: BigInt(row.position),
    status: row.status,
    line: byId.get(row.line_id) as Line,
    urgency: urgencyOf(
      directory,
      { needCode: row.need_code, faqEntrySlug: row.faq_entry_slug, serviceSlug: row.service_slug },
      ...((row.added ?? []) as About[]),
    ),
    needCode: row.need_code,
    language: row.language,
    requestedAt: row.waits_from,
    slotStartsAt: null,
    notBefore: row.not_before,
    callFrom: row.call_from,
    closedAt: null,
    claimedById: row.claimed_by_id,
    claimedUntil: row.claimed_until,
  }))
}

/** The calls made about these requests, by request, oldest first. */
export async function attemptsOf({ sql }: Pick<Context, 'sql'>, ids: readonly string[]): Promise<(id: string) => Waiting['attempts']> {
  const { rows } = await sql.query({
    name: 'desk_attempts',
    text: `SELECT "request_id", "at", "outcome", "next_at" FROM "call_attempt" WHERE "request_id" = ANY ($1::uuid[]) ORDER BY "at", "id"`,
    values: [ids],
  })
  const attempts = new Map<string, { at: Date; outcome: Waiting['attempts'][number]['outcome']; nextAt: Date | null }[]>()
  for (const { request_id: id, at, outcome, next_at: nextAt } of rows) {
    const known = attempts.get(id)
    if (known) known.push({ at, outcome, nextAt })
    else attempts.set(id, [{ at, outcome, nextAt }])
  }
  return (id) => attempts.get(id) ?? []
}

/**
 * A page of the requests that the viewer may see, put in order by the database; but for what is late, which is a matter of opening hours, of
 * which it knows nothing.
 * @throws InvalidInput for a page outside 0 to 100, or a cursor that is none
 */
export async function listRequests(context: Context, filter: Filter, order: Order | null, page: Page): Promise<RequestPage> {
  const first = page.first ?? DEFAULT_PAGE
  if (first < 0 || first > LONGEST_PAGE)
    throw new InvalidInput([{ path: ['first'], code: 'out_of_range', params: { min: 0, max: LONGEST_PAGE } }])
  const asksOver = filter.day != null || (filter.statuses?.some((status) => !isOpenStatus(status)) ?? false)
  const present = order ?? (asksOver ? 'RECENT' : 'QUEUE')
  const after = page.after == null ? null : decode(page.after, present)
  const { total, keys, more } =
    present === 'OVERDUE' ? await lateKeys(context, filter, first, after) : await storedKeys(context, filter, present, first, after)
  const nodes = new Map((await requestsById(context, keys.map(idOf))).map((node) => [node.id, node]))
  const edges = keys.flatMap((key) => {
    const node = nodes.get(idOf(key))
    return node ? [{ node, cursor: encode(key, present) }] : []
  })
  return {
    totalCount: total,
    edges,
    pageInfo: {
      hasNextPage: more,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

/** The keys of a page: texts that sort, each with the id at its end. */
type Keys = { total: number; keys: string[]; more: boolean }

/** By the moment until which each is to be called: of open ones, and in memory, since the database knows nothing of opening hours. */
async function lateKeys(context: Context, filter: Filter, first: number, after: string | null): Promise<Keys> {
  const lines = filteredLines(context, filter)
  const chosen = await matching(context, filter, await openRequests(context, lines))
  const due = await dueMoments(context, lines, chosen)
  const keys = chosen
    .map((row) => ({ key: dueKey(row, due(row)), isLate: (due(row) ?? context.now) < context.now }))
    .filter(({ isLate }) => filter.overdue == null || isLate === filter.overdue)
    .map(({ key }) => key)
    .sort()
  const rest = after === null ? keys : keys.filter((key) => key > after)
  return { total: keys.length, keys: rest.slice(0, first), more: rest.length > first }
}

async function dueMoments(context: Context, lines: readonly Line[], rows: readonly LightRow[]): Promise<(row: LightRow) => Date | null> {
  const [targets, attempts] = await Promise.all([
    targetsOf(
      context,
      lines.map(({ id }) => id),
    ),
    attemptsOf(
      context,
      rows.map(({ id }) => id),
    ),
  ])
  return (row) => dueBy(row.line, { ...row, attempts: attempts(row.id) }, targetOf(targets, row.line.id, row.urgency))
}

/** The open requests that pass the filter, but for what depends on the targets. */
async function matching(context: Context, filter: Filter, rows: readonly LightRow[]): Promise<LightRow[]> {
  const viewer = viewerIn(context)
  const { now } = context
  const only = await named(context, filter, rows)
  const needs = needCodes(context, filter)
  return rows.filter(
    (row) =>
      has(filter.statuses, row.status) &&
      has(filter.languages, row.language) &&
      has(filter.urgencies, row.urgency) &&
      (needs === null || (row.needCode !== null && needs.includes(row.needCode))) &&
      (filter.due == null || isDue(row, now) === filter.due) &&
      (filter.mine == null || (holderAt(row, now) === viewer.id) === filter.mine) &&
      (only === null || only.has(row.id)),
  )
}

/** Those of the open requests that a reference or a day names; null when neither is asked for. */
async function named({ sql }: Context, filter: Filter, rows: readonly LightRow[]): Promise<Set<string> | null> {
  const asked = referenceIn(filter)
  const span = daySpan(filter)
  if (asked === null && span === null) return null
  const found = await sql.query<{ id: string }>({
    text: `SELECT r."id" FROM "callback_request" AS r WHERE r."id" = ANY ($1::uuid[])
      AND ($2::text IS NULL OR r."reference" = $2) AND ($3::timestamptz IS NULL OR ${ON_DAY})`,
    values: [rows.map(({ id }) => id), asked, span?.from ?? null, span?.to ?? null],
  })
  return new Set(found.rows.map(({ id }) => id))
}

/** Closed, or called, within the day from $3 to $4. */
const ON_DAY = `(r."closed_at" >= $3 AND r."closed_at" < $4 OR EXISTS (
  SELECT FROM "call_attempt" AS a WHERE a."request_id" = r."id" AND a."at" >= $3 AND a."at" < $4))`

/** The urgency of a row and of what adds to it, as `ranked` writes it. */
const URGENCY = `coalesce(least(n."urgency", f."urgency", a."urgency"), '3INFO')`

/** The key of a row in SQL, and what comes first: what is most recent, or what `placeKey` (`rules/queue.ts`) puts first. */
const KEYS = {
  RECENT: {
    key: `lpad((extract(epoch FROM coalesce(r."closed_at", r."changed_at")) * 1000)::bigint::text, 15, '0')`,
    than: '<',
    by: 'DESC',
  },
  QUEUE: {
    key: `concat_ws(' ', to_char(r."call_from" AT TIME ZONE '${TIME_ZONE}', 'YYYY-MM-DD'),
      CASE WHEN extract(hour FROM r."call_from" AT TIME ZONE '${TIME_ZONE}') < 13 THEN 0 ELSE 1 END, left(${URGENCY}, 1),
      lpad((extract(epoch FROM r."call_from") * 1000)::bigint::text, 15, '0'), lpad(r."position"::text, 19, '0'))`,
    than: '>',
    by: 'ASC',
  },
} as const

/** What the database can put in order by itself, paged by it: a keyset, which holds while others come and go. */
async function storedKeys(context: Context, filter: Filter, order: 'QUEUE' | 'RECENT', first: number, after: string | null): Promise<Keys> {
  const { sql, now } = context
  const viewer = viewerIn(context)
  const lines = filteredLines(context, filter)
  const span = daySpan(filter)
  const ranks = urgencyRanks(context)
  const statuses = some(filter.statuses)
  const { key, than, by } = KEYS[order]
  const { rows } = await sql.query<{ key: string | null; total: string }>({
    name: `desk_${order.toLowerCase()}`,
    text: `WITH n AS (SELECT * FROM unnest($9::text[], $10::text[]) AS n("code", "urgency")),
      f AS (SELECT * FROM unnest($11::text[], $12::text[]) AS f("slug", "urgency")),
      a AS (
        SELECT t."repeat_of_id" AS "id", min(least(n."urgency", f."urgency")) AS "urgency" FROM "callback_request" AS t
        LEFT JOIN n ON n."code" = t."need_code" LEFT JOIN f ON f."slug" = t."faq_entry_slug"
        WHERE t."line_id" = ANY ($1::uuid[]) AND ${addsTo('t')} GROUP BY t."repeat_of_id"
      ), chosen AS MATERIALIZED (
        SELECT (${key} || ' ' || r."id") COLLATE "C" AS "key" FROM "callback_request" AS r
        LEFT JOIN n ON n."code" = r."need_code" LEFT JOIN f ON f."slug" = r."faq_entry_slug" LEFT JOIN a ON a."id" = r."id"
        WHERE r."line_id" = ANY ($1::uuid[]) AND r."repeat_of_id" IS NULL
          AND ($2::text IS NULL OR r."reference" = $2) AND ($3::timestamptz IS NULL OR ${ON_DAY})
          AND ($5::text[] IS NULL OR r."status"::text = ANY ($5)) AND ($6::text[] IS NULL OR r."language"::text = ANY ($6))
          AND ($7::text[] IS NULL OR r."need_code" = ANY ($7))
          AND ($8::text[] IS NULL OR ${URGENCY} = ANY ($8))
          AND ($13::uuid[] IS NULL OR r."id" = ANY ($13))
          AND ($14::boolean IS NULL OR coalesce(r."claimed_by_id"::text = $15 AND r."claimed_until" > $16, false) = $14)
      )
      SELECT "key", "total" FROM (SELECT count(*) AS "total" FROM chosen) AS counted LEFT JOIN LATERAL (
        SELECT "key" FROM chosen WHERE $17::text IS NULL OR "key" ${than} $17 COLLATE "C" ORDER BY "key" ${by} LIMIT $18
      ) AS page ON true`,
    values: [
      lines.map(({ id }) => id),
      referenceIn(filter),
      span?.from ?? null,
      span?.to ?? null,
      order === 'QUEUE' ? OPEN.filter((status) => has(statuses, status)) : statuses,
      some(filter.languages),
      needCodes(context, filter),
      some(filter.urgencies?.map(ranked)),
      ranks.needs.map(([code]) => code),
      ranks.needs.map(([, rank]) => rank),
      ranks.faqEntries.map(([slug]) => slug),
      ranks.faqEntries.map(([, rank]) => rank),
      // When it is due or overdue is said of open ones only, which are few.
      filter.due != null || filter.overdue != null ? await openIds(context, filter, lines) : null,
      filter.mine ?? null,
      viewer.id,
      now,
      after,
      first + 1,
    ],
  })
  const keys = rows.flatMap((row) => row.key ?? [])
  return { total: Number(rows[0]?.total ?? 0), keys: keys.slice(0, first), more: keys.length > first }
}

async function openIds(context: Context, filter: Filter, lines: readonly Line[]): Promise<string[]> {
  const { now } = context
  const chosen = await matching(context, filter, await openRequests(context, lines))
  if (filter.overdue == null) return chosen.map(({ id }) => id)
  const due = await dueMoments(context, lines, chosen)
  return chosen.filter((row) => (due(row) ?? now) < now === filter.overdue).map(({ id }) => id)
}

const RANKS: readonly Urgency[] = ['DANGER', 'CRISIS', 'SOON', 'INFO']
/** An urgency as a text of which the smaller is the more pressing. */
const ranked = (urgency: Urgency): string => `${RANKS.indexOf(urgency)}${urgency}`

/** Which need and which question is how pressing. */
function urgencyRanks({ directory }: Context) {
  const rank = (about: { needCode: string | null; faqEntrySlug: string | null }) =>
    ranked(urgencyOf(directory, { ...about, serviceSlug: null }))
  return {
    needs: [...directory.needsByCode.keys()].map((code) => [code, rank({ needCode: code, faqEntrySlug: null })] as const),
    faqEntries: [...directory.everyFaqEntryBySlug.keys()].map((slug) => [slug, rank({ needCode: null, faqEntrySlug: slug })] as const),
  }
}

/** The viewer's lines that the filter leaves. A line of others is as one that does not exist. */
function filteredLines(context: Context, { lines }: Filter): Line[] {
  return linesOf(context.directory, viewerIn(context)).filter(({ slug }) => has(lines, slug))
}

/** Needs with their sub-needs; null when none are asked for, and none of those that do not exist. */
function needCodes({ directory }: Context, { needs }: Filter): string[] | null {
  if (!needs || needs.length === 0) return null
  const below = (need: Need): string[] => [need.code, ...need.children.flatMap(below)]
  return needs.flatMap((code) => {
    const need = directory.needsByCode.get(code)
    return need ? below(need) : []
  })
}

/** An empty list asks nothing. */
const has = <T>(wanted: readonly T[] | null | undefined, value: T | null): boolean =>
  !wanted || wanted.length === 0 || (value !== null && wanted.includes(value))

const some = <T>(wanted: readonly T[] | null | undefined): readonly T[] | null => (wanted && wanted.length > 0 ? wanted : null)

/** A reference as it is stored; one that cannot be one finds nothing. */
const referenceIn = ({ reference }: Filter): string | null =>
  reference == null || reference.trim() === '' ? null : (readReference(reference.slice(0, 100)) ?? '')

function daySpan({ day }: Filter): { from: Date; to: Date } | null {
  if (day == null) return null
  const { start, next } = dayOf(day)
  return { from: new Date(start), to: new Date(dayOf(next).start) }
}

const idOf = (key: string): string => key.slice(-36)

/** Cursors are opaque, and hold for the order they were made for. */
const encode = (key: string, order: Order): string => Buffer.from(`${order} ${key}`).toString('base64url')

const SHAPES: Record<Order, RegExp> = {
  QUEUE: /^\d{4}-\d\d-\d\d \d \d \d{15} \d{19} [\da-f-]{36}$/,
  OVERDUE: /^\d{15} \d{4}-\d\d-\d\d \d \d \d{15} \d{19} [\da-f-]{36}$/,
  RECENT: /^\d{15} [\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/,
}

function decode(cursor: string, order: Order): string {
  const [, made, key = ''] = /^(\w+) (.*)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  if (made !== order || !SHAPES[order].test(key))
    throw new InvalidInput([{ path: ['after'], code: 'unknown', params: { value: cursor.slice(0, 60) } }])
  return key
}
