import { viewerIn } from '../../access/actions/staff.ts'
import type { Context } from '../../context.ts'
import type { Line } from '../../directory/snapshot.ts'
import { dayIn, dayOf } from '../../service/rules/calendar.ts'
import { numbersOf } from '../rules/live.ts'
import { holderAt } from '../rules/queue.ts'
import { linesOf } from '../rules/scope.ts'
import { dueBy, latenessOf, targetOf } from '../rules/targets.ts'
import { attemptsOf, openRequests } from './list.ts'
import { targetsOf } from './rows.ts'

/** How a queue stands. Each number counts people: who asked twice counts once. */
export type QueueNumbers = {
  /** Open, and nobody is at it. */
  waiting: number
  /** Of these, may be called now. */
  due: number
  /** Of these, should have been called by now. */
  overdue: number
  /** Of these, a quarter of the target or less is left. */
  soonOverdue: number
  /** Somebody is at it. */
  claimed: number
}

export type LineNumbers = QueueNumbers & { line: Line }

export type DeskNumbers = QueueNumbers & {
  reachedToday: number
  closedToday: number
  unreachableToday: number
  attemptsToday: number
  referralsToday: number
  lines: LineNumbers[]
}

/** How the queues of these lines stand: two statements, whoever asks. */
export async function queueNumbers(
  parts: Pick<Context, 'sql' | 'db' | 'directory'>,
  lines: readonly Line[],
  now: Date,
): Promise<LineNumbers[]> {
  const rows = await openRequests(parts, lines)
  const [attempts, targets] = await Promise.all([
    attemptsOf(
      parts,
      rows.map(({ id }) => id),
    ),
    targetsOf(
      parts,
      lines.map(({ id }) => id),
    ),
  ])
  return lines.map((line) => {
    const open = rows
      .filter((row) => row.line === line)
      .map((row) => ({ ...row, attempts: attempts(row.id), minutes: targetOf(targets, line.id, row.urgency) }))
      .map((row) => ({ ...row, dueAt: dueBy(line, row, row.minutes), isHeld: holderAt(row, now) !== null }))
    return {
      line,
      ...numbersOf(open, now),
      soonOverdue: open.filter((row) => !row.isHeld && latenessOf(line, row, row.minutes, now, row.dueAt) === 'SOON').length,
      claimed: open.filter(({ isHeld }) => isHeld).length,
    }
  })
}

/** The numbers of the viewer's lines: now, and what was done today. */
export async function deskNumbers(context: Context): Promise<DeskNumbers> {
  const { sql, directory, now } = context
  const lines = linesOf(directory, viewerIn(context))
  const today = dayOf(dayIn(now))
  const [perLine, done] = await Promise.all([
    queueNumbers(context, lines, now),
    sql.query<Record<'reached' | 'closed' | 'unreachable' | 'attempts' | 'referrals', string>>({
      name: 'desk_today',
      text: `WITH calls AS (
          SELECT a."request_id", a."outcome" FROM "call_attempt" AS a
          WHERE a."at" >= $2 AND a."at" < $3 AND (SELECT "line_id" FROM "callback_request" WHERE "id" = a."request_id") = ANY ($1::uuid[])
        ), ended AS (
          SELECT "status" FROM "callback_request"
          WHERE "closed_at" >= $2 AND "closed_at" < $3 AND "line_id" = ANY ($1::uuid[]) AND "repeat_of_id" IS NULL
        )
      SELECT (SELECT count(DISTINCT "request_id") FROM calls WHERE "outcome" = 'REACHED') AS "reached",
        (SELECT count(*) FROM ended WHERE "status" = 'CLOSED') AS "closed",
        (SELECT count(*) FROM ended WHERE "status" = 'UNREACHABLE') AS "unreachable",
        (SELECT count(*) FROM calls) AS "attempts",
        (SELECT count(*) FROM "referral" AS r WHERE r."at" >= $2 AND r."at" < $3
          AND (SELECT "line_id" FROM "callback_request" WHERE "id" = r."request_id") = ANY ($1::uuid[])) AS "referrals"`,
      values: [lines.map(({ id }) => id), new Date(today.start), new Date(dayOf(today.next).start)],
    }),
  ])
  const sum = (of: keyof QueueNumbers) => perLine.reduce((total, one) => total + one[of], 0)
  const [row] = done.rows
  return {
    waiting: sum('waiting'),
    due: sum('due'),
    overdue: sum('overdue'),
    soonOverdue: sum('soonOverdue'),
    claimed: sum('claimed'),
    reachedToday: Number(row?.reached ?? 0),
    closedToday: Number(row?.closed ?? 0),
    unreachableToday: Number(row?.unreachable ?? 0),
    attemptsToday: Number(row?.attempts ?? 0),
    referralsToday: Number(row?.referrals ?? 0),
    lines: perLine,
  }
}
