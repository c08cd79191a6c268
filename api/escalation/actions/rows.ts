import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { EscalationState, Prisma } from '../../db/generated/client.ts'
import { inBatches } from '../../db/batch.ts'
import { heededOf } from '../../desk/actions/repeats.ts'
import { type DeskRequest, requestAmongOthers } from '../../desk/actions/rows.ts'
import { isId } from '../../desk/rules/scope.ts'
import type { Wishes } from '../../desk/rules/wishes.ts'
import type { Line, Organization } from '../../directory/snapshot.ts'
import { isReachable } from '../../partner/rules/match.ts'
import { deadlineOf } from '../rules/deadlines.ts'
import { isErasureWanted } from '../rules/erasing.ts'
import { isOverdue } from '../rules/overdue.ts'
import { casesOf } from '../rules/scope.ts'
import { TOLD_RUNG } from '../rules/send.ts'
import { isForPartner, type Share, sharesOf } from '../rules/shared.ts'

const INCLUDED = {
  steps: { orderBy: { version: 'asc' } },
  next: { select: { id: true } },
  partner: { select: { handOver: true, endpoint: { select: { checkedAt: true, pausedAt: true } } } },
  request: {
    select: {
      id: true,
      lineId: true,
      language: true,
      status: true,
      erasedAt: true,
      safeVoicemail: true,
      safeSms: true,
      safeSayWhoCalls: true,
    },
  },
} as const satisfies Prisma.EscalationInclude

type Row = Prisma.EscalationGetPayload<{ include: typeof INCLUDED }>

/** A case as the viewer may see it. What is sealed is opened only when it is asked for. */
export type CaseView = Omit<Row, 'next' | 'partner' | 'shares'> & {
  organization: Organization
  line: Line | null
  shares: Share[]
  wishes: Wishes
  nextId: string | null
  /** The viewer works for the line: she sees the request, who did what, and why. */
  ofLine: boolean
  /** Its partner can be told of it at present. */
  reachable: boolean
  /** She may see what was asked and noted: of the line always, of the partner as long as the case is its own. */
  close: boolean
  dueAt: Date | null
  /** Somebody must look after it (`rules/overdue.ts`). */
  overdue: boolean
  /** The person or the line wants the partner to erase what it has, and it has not said that it did. */
  erasureWanted: boolean
}

/** Cases by id, as the viewer may see them, in the order asked for; those that she may not see are not among them. */
export async function casesById(context: Context, ids: readonly string[]): Promise<CaseView[]> {
  const known = ids.filter(isId)
  if (known.length === 0) return []
  const { db, directory, now } = context
  const { organizationIds, lineIds } = casesOf(directory, viewerIn(context))
  const mine = { OR: [{ organizationId: { in: organizationIds } }, { request: { lineId: { in: lineIds } } }] }
  const rows = await db.escalation.findMany({ where: { id: { in: known }, ...mine }, include: INCLUDED })
  const heeded = await heededOf(db, [...new Set(rows.map(({ requestId }) => requestId))], null)
  const organizations = new Map(directory.organizations.map((organization) => [organization.id, organization]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return known.flatMap((id) => {
    const row = byId.get(id)
    const organization = row && organizations.get(row.organizationId)
    if (!row || !organization) return []
    const { next, partner, ...rest } = row
    const { request } = row
    const ofLine = lineIds.includes(request.lineId)
    return [
      {
        ...rest,
        organization,
        line: directory.linesById.get(request.lineId) ?? null,
        shares: sharesOf(row.shares),
        wishes: heeded(request).wishes,
        nextId: next?.id ?? null,
        ofLine,
        reachable: isReachable(partner),
        close: ofLine || isForPartner(row, request, now),
        dueAt: deadlineOf(row)?.at ?? null,
        overdue: isOverdue(row, now),
        erasureWanted: isErasureWanted(row),
      },
    ]
  })
}

/** The request of a case, for those who work for its line. */
export const requestOf = async (context: Context, { requestId, ofLine }: CaseView): Promise<DeskRequest | null> =>
  ofLine ? requestAmongOthers(context, requestId) : null

/** One case, or null when there is none that the viewer may see. */
export async function caseById(context: Context, id: string): Promise<CaseView | null> {
  return (await casesById(context, [id]))[0] ?? null
}

/** The cases of a request and of those that add to it, oldest first; those of a whole list of requests are read together. */
export function casesOfRequest(context: Context, requestId: string): Promise<readonly CaseView[]> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (asked) => {
      const rows = await context.db.escalation.findMany({
        where: { request: { OR: [{ id: { in: [...asked] } }, { repeatOfId: { in: [...asked] } }] } },
        orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
        select: { id: true, request: { select: { id: true, repeatOfId: true } } },
      })
      const seen = await casesById(
        context,
        rows.map(({ id }) => id),
      )
      const heads = new Map(rows.map(({ id, request }) => [id, [request.id, request.repeatOfId]]))
      return asked.map((one) => seen.filter(({ id }) => heads.get(id)?.includes(one)))
    })
    asking.set(context, ask)
  }
  return ask(requestId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<readonly CaseView[]>>()

export type CaseFilter = {
  states?: readonly EscalationState[] | null
  partner?: string | null
  line?: string | null
  overdue?: boolean | null
  erasureWanted?: boolean | null
  request?: string | null
}

/**
 * The cases that the viewer may see, the latest first.
 * @returns one more than wanted, if there is one, and how many there are in all
 */
export async function listCases(
  context: Context,
  filter: CaseFilter,
  wanted: { take: number; after: string | null },
): Promise<{ rows: CaseView[]; total: number }> {
  const { directory, sql, now } = context
  const { organizationIds, lineIds } = casesOf(directory, viewerIn(context))
  if (filter.request != null && !isId(filter.request)) return { rows: [], total: 0 }
  const partner = filter.partner == null ? null : (directory.organizationsBySlug.get(filter.partner)?.id ?? NOBODY)
  const line = filter.line == null ? null : (directory.linesBySlug.get(filter.line)?.id ?? NOBODY)
  const [, at, id] = /^(\d{1,15}) ([\da-f-]{36})$/.exec(wanted.after ?? '') ?? []
  const after = at !== undefined && id !== undefined && isId(id) ? { at: new Date(Number(at)), id } : null
  const { rows } = await sql.query<{ id: string | null; total: string }>({
    name: 'escalation_list',
    text: `
      WITH chosen AS MATERIALIZED (
        SELECT e."id", e."requested_at" FROM "escalation" AS e JOIN "callback_request" AS r ON r."id" = e."request_id"
        WHERE (e."organization_id" = ANY ($1::uuid[]) OR r."line_id" = ANY ($2::uuid[]))
          AND ($3::text[] IS NULL OR e."state"::text = ANY ($3)) AND ($4::uuid IS NULL OR e."organization_id" = $4)
          AND ($5::uuid IS NULL OR r."line_id" = $5) AND ($6::uuid IS NULL OR e."request_id" = $6 AND r."line_id" = ANY ($2::uuid[]))
          AND ($7::boolean IS NULL OR ${OVERDUE} = $7) AND ($12::boolean IS NULL OR ${UNERASED} = $12)
      )
      SELECT page."id", "total" FROM (SELECT count(*) AS "total" FROM chosen) AS counted LEFT JOIN LATERAL (
        SELECT "id" FROM chosen WHERE $9::timestamptz IS NULL OR ("requested_at", "id") < ($9::timestamptz, $10::uuid)
        ORDER BY "requested_at" DESC, "id" DESC LIMIT $11
      ) AS page ON true`,
    values: [
      organizationIds,
      lineIds,
      filter.states && filter.states.length > 0 ? filter.states : null,
      partner,
      line,
      filter.request ?? null,
      filter.overdue ?? null,
      now,
      after?.at ?? null,
      after?.id ?? null,
      wanted.take + 1,
      filter.erasureWanted ?? null,
    ],
  })
  const ids = rows.flatMap((row) => row.id ?? [])
  return { rows: await casesById(context, ids), total: Number(rows[0]?.total ?? 0) }
}

/** The key of a case in its list. */
export const keyOfCase = ({ requestedAt, id }: Pick<CaseView, 'requestedAt' | 'id'>): string => `${requestedAt.getTime()} ${id}`

/** Its partner has something to erase (`rules/erasing.ts`). */
const UNERASED = `(e."erasure_wanted_at" IS NOT NULL AND e."erasure_confirmed_at" IS NULL)`

/** As `rules/overdue.ts` says it. */
const OVERDUE = `(coalesce($8::timestamptz > CASE
  WHEN e."state" IN ('REQUESTED', 'RECEIVED') THEN e."answer_due_at" WHEN e."state" IN ('ACCEPTED', 'IN_PROGRESS') THEN e."outcome_due_at" END, false)
  OR e."rung" >= ${TOLD_RUNG} AND (e."ended_at" IS NULL OR ${UNERASED}))`

/** No record has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

type Named = ReadonlyMap<string, string>

/**
 * The names of those who did something with a case, by how the trail names them: for a partner those of its own side; those of a line see both.
 * Asked once for all steps of a case, and for the cases of a list together.
 */
export function namesOf(context: Context, row: CaseView): Promise<Named> {
  const known = naming.get(context) ?? { of: new Map(), ask: inBatches((rows) => readNamesOf(context, rows)) }
  naming.set(context, known)
  const names = known.of.get(row.id) ?? known.ask(row)
  known.of.set(row.id, names)
  return names
}

/** One for each GraphQL request, and gone with it. */
const naming = new WeakMap<Context, { of: Map<string, Promise<Named>>; ask: (row: CaseView) => Promise<Named> }>()

async function readNamesOf(context: Context, rows: readonly CaseView[]): Promise<Named[]> {
  const sideOf = ({ ofLine, organizationId }: CaseView) => (ofLine ? null : organizationId)
  const read = new Map<string | null, Named>()
  for (const side of new Set(rows.map(sideOf))) {
    const actors = rows
      .filter((row) => sideOf(row) === side)
      .flatMap(({ agreementBy, steps }) => [agreementBy, ...steps.map(({ actor }) => actor)])
    read.set(side, await readNames(context, [...new Set(actors)], side))
  }
  return rows.map((row) => read.get(sideOf(row)) ?? new Map())
}

async function readNames({ db }: Context, actors: readonly string[], within: string | null): Promise<ReadonlyMap<string, string>> {
  const idsOf = (kind: string) => actors.filter((actor) => actor.startsWith(`${kind}:`)).map((actor) => actor.slice(kind.length + 1))
  const [members, tokens] = await Promise.all([
    db.staffMember.findMany({
      where: { id: { in: idsOf('staff').filter(isId) }, ...(within === null ? {} : { memberships: { some: { organizationId: within } } }) },
      select: { id: true, name: true },
    }),
    db.apiToken.findMany({
      where: { id: { in: idsOf('token') }, ...(within === null ? {} : { organizationId: within }) },
      select: { id: true, name: true },
    }),
  ])
  return new Map([
    ...members.map(({ id, name }) => [`staff:${id}`, name] as const),
    ...tokens.map(({ id, name }) => [`token:${id}`, name] as const),
  ])
}
