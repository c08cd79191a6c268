import { randomUUID } from 'node:crypto'
import { addUnmetNeeds } from '../../aid/actions.ts'
import { putBack } from '../../callback/actions/back.ts'
import { endCallback, inTransaction, record } from '../../callback/actions/change.ts'
import { wantErasure } from '../../callback/actions/erase.ts'
import type { Context } from '../../context.ts'
import type { CallbackRequest, Escalation, EscalationStep, Prisma, UnmetReason } from '../../db/generated/client.ts'
import { sqlStateOf, UNIQUE_VIOLATION } from '../../db/sqlstate.ts'
import type { Outcome } from '../../desk/rules/close.ts'
import { isId } from '../../desk/rules/scope.ts'
import { LONGEST_NOTE, writtenText } from '../../desk/rules/written.ts'
import type { Hours } from '../../directory/snapshot.ts'
import { Conflict, InvalidInput, NotFound } from '../../errors.ts'
import { seal, unseal } from '../../sealing/seal.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import { ALWAYS } from '../rules/deadlines.ts'
import { afterVerb, heldSince, type Verb } from '../rules/transitions.ts'

type Tx = Prisma.TransactionClient

/** What changing a case needs; a context is one. */
export type CaseParts = Pick<Context, 'db' | 'keys' | 'directory'>

/** Who does something: `staff:<id>`, `token:<id>`, `endpoint:<id>`, `link:<id>`, `citizen` or `system`. */
export type By = { actor: string; now: Date }

/** Whose cases may be touched: those handed to one of these organizations, and those whose request is of one of these lines. */
export type Scope = { organizationIds?: readonly string[]; lineIds?: readonly string[] }

/** A case and its request, both locked until the transaction ends. */
export type LockedCase = { row: Escalation & { steps: EscalationStep[] }; request: CallbackRequest; hours: Hours }

/** How often it is tried again when the same phone asks the line anew at the moment at which its request comes back. */
const TRIES = 3

/**
 * The one door by which a case changes: locks the request and then the case, applies the rule, writes the step, the version, the event and the
 * audit row, and does with the request what follows. What was done already by the same verb is done once: the case is given as it is.
 * @param version the one that whoever acts has seen; absent or null: whatever it is
 * @param scope whose cases; absent: any
 * @throws NotFound; Conflict `case_over`, `case_changed`, `case_not_accepted`, `case_accepted`; InvalidInput for a note that is too long
 */
export async function changeEscalation(
  parts: CaseParts,
  id: string,
  verb: Verb,
  by: By,
  version: number | null = null,
  scope?: Scope,
): Promise<Escalation> {
  return inCase(parts, id, scope, (tx, locked) => applyVerb(tx, parts, locked, verb, by, version))
}

/**
 * Does something with a case that is locked, in one transaction.
 * @throws NotFound when there is none in the scope
 */
export async function inCase<T>(
  { db, directory }: CaseParts,
  id: string,
  scope: Scope | undefined,
  work: (tx: Tx, locked: LockedCase) => Promise<T>,
): Promise<T> {
  return puttingBack(db, async (tx) => work(tx, await lockCase(tx, directory, id, scope)))
}

/** A transaction in which a request may come back into the queue. */
export async function puttingBack<T>(db: Context['db'], work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inTransaction(db, work)
    } catch (error) {
      if (sqlStateOf(error) !== UNIQUE_VIOLATION || attempt === TRIES) throw error
    }
  }
}

/** The last of the cases of a request. Of two of the same moment it is the one that is open. */
export const LATEST_FIRST = [
  { requestedAt: 'desc' },
  { endedAt: { sort: 'desc', nulls: 'first' } },
  { id: 'desc' },
] as const satisfies Prisma.EscalationOrderByWithRelationInput[]

/** Locks a request, and gives the id of its last case; null when it was never with anybody, or is erased. */
export async function lockLatest(tx: Tx, requestId: string): Promise<string | null> {
  const found = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM "callback_request" WHERE "id" = ${requestId}::uuid AND "erased_at" IS NULL FOR UPDATE`
  if (found.length === 0) return null
  return (await tx.escalation.findFirst({ where: { requestId }, orderBy: [...LATEST_FIRST], select: { id: true } }))?.id ?? null
}

/** Request first, then case: everything that locks both does so in this order. @throws NotFound */
export async function lockCase(tx: Tx, directory: Context['directory'], id: string, scope?: Scope): Promise<LockedCase> {
  if (!isId(id)) throw new NotFound('record')
  const found = await tx.escalation.findUnique({ where: { id }, select: { requestId: true } })
  if (!found) throw new NotFound('record')
  await tx.$queryRaw`SELECT 1 FROM "callback_request" WHERE "id" = ${found.requestId}::uuid FOR UPDATE`
  await tx.$queryRaw`SELECT 1 FROM "escalation" WHERE "id" = ${id}::uuid FOR UPDATE`
  const row = await tx.escalation.findUnique({ where: { id }, include: { steps: { orderBy: { version: 'asc' } }, request: true } })
  if (!row || !isWithin(scope, row)) throw new NotFound('record')
  const { request, ...escalation } = row
  return { row: escalation, request, hours: directory.linesById.get(request.lineId) ?? ALWAYS }
}

const isWithin = (scope: Scope | undefined, row: { organizationId: string; request: { lineId: string } }): boolean =>
  scope === undefined ||
  (scope.organizationIds?.includes(row.organizationId) ?? false) ||
  (scope.lineIds?.includes(row.request.lineId) ?? false)

/** Applies a verb to a case that is locked, and does what follows from it. @throws Conflict; InvalidInput */
export async function applyVerb(
  tx: Tx,
  parts: CaseParts,
  { row, request, hours }: LockedCase,
  given: Verb,
  { actor, now }: By,
  version: number | null = null,
): Promise<Escalation> {
  const { keys, directory } = parts
  const verb = tidied(given)
  const last = row.steps.at(-1)
  const moment = { now, hours, lastNote: last && 'note' in verb ? noteOf(keys, last) : null, heldSince: heldSince(row.steps) }
  const change = afterVerb(row, verb, moment, version)
  if (!change) {
    const { steps: _steps, ...same } = row
    return same
  }
  const note = 'note' in verb ? verb.note : null
  await addStep(tx, keys, { escalationId: row.id, version: change.data.version, at: now, actor, state: change.data.state }, note)
  const changed = await tx.escalation.update({ where: { id: row.id }, data: change.data })
  await record(tx, change.what, row.id, now, actor)
  switch (change.request) {
    case 'STAYS':
      await touch(tx, request)
      if (verb.kind === 'accept') await record(tx, 'callback.taken_over', request.id, now, actor)
      break
    case 'BACK':
      if (request.status !== 'ESCALATED') break
      await putBack(tx, request.id, now)
      await record(tx, 'callback.came_back', request.id, now, actor)
      break
    case 'CLOSED': {
      if (request.status !== 'ESCALATED' || verb.kind !== 'complete') break
      // Nothing adds to it: what the phone asked since stands for itself.
      const ending = { status: 'CLOSED', outcome: verb.outcome.toLowerCase(), what: 'callback.closed' } as const
      await endCallback(tx, request, ending, { now, actor }, () => false)
      await countUnmet(tx, directory, row, verb.outcome, now)
      await record(tx, 'callback.outcome_known', request.id, now, actor)
      break
    }
    case 'GONE':
      // Who erases sees to all of it (`callback/actions/erase.ts`).
      break
  }
  if (verb.kind === 'cancel' && verb.reason === 'AGREEMENT_WITHDRAWN') {
    await record(tx, 'callback.agreement_withdrawn', request.id, now, actor)
    await wantErasure(tx, request.id, now, actor)
  }
  return changed
}

/** Writes a request as it is: whoever has the queue before her sees that something about it has changed. */
export const touch = async (tx: Tx, { id, status }: Pick<CallbackRequest, 'id' | 'status'>): Promise<void> => {
  await tx.callbackRequest.updateMany({ where: { id }, data: { status } })
}

/** Notes as all that the staff writes: trimmed, of a bounded length, without register and account numbers. @throws InvalidInput */
function tidied(verb: Verb): Verb {
  if (!('note' in verb)) return verb
  if (verb.kind === 'hold') return { ...verb, note: writtenText(verb.note, ['input', 'note'], LONGEST_NOTE) }
  return { ...verb, note: verb.note?.trim() ? writtenText(verb.note, ['input', 'note'], LONGEST_NOTE) : null }
}

/** Stores a step, its note sealed. */
export async function addStep(
  tx: Tx,
  keys: Context['keys'],
  step: Omit<EscalationStep, 'id' | 'noteSealed'>,
  note: string | null | undefined,
): Promise<void> {
  const id = randomUUID()
  const noteSealed = note ? seal(keys, note, { table: 'escalation_step', column: 'note', row: id }) : null
  await tx.escalationStep.create({ data: { ...step, id, noteSealed } })
}

/** What was noted with a step, in clear; null when nothing was, or once it is erased. */
export const noteOf = (keys: Context['keys'], { id, noteSealed }: Pick<EscalationStep, 'id' | 'noteSealed'>): string | null =>
  noteSealed === null ? null : unseal(keys, noteSealed, { table: 'escalation_step', column: 'note', row: id })

/** Outcomes that say that somebody was not helped, as they are counted. */
const UNMET: Partial<Record<Outcome, UnmetReason>> = { NO_HELP_AVAILABLE: 'NOTHING_FOUND', NOT_ELIGIBLE: 'NOT_ELIGIBLE' }

async function countUnmet(
  tx: Tx,
  directory: Context['directory'],
  { needCode, communeNis }: Escalation,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  const reason = UNMET[outcome]
  if (!reason) return
  const known = needCode !== null && directory.needsByCode.has(needCode) ? needCode : ''
  await addUnmetNeeds(tx, [{ day: dayIn(now), reason, needCode: known, nisCode: communeNis ?? '', count: 1 }])
}

/**
 * @throws InvalidInput for an organization that is no partner; Conflict `partner_full` when it takes nothing now: it said so, or has as many open
 * cases as it can look after
 */
export async function checkRoom(tx: Tx, { id: organizationId, slug }: { id: string; slug: string }): Promise<void> {
  // Locked, so that of two agents at once one gets the last place.
  await tx.$queryRaw`SELECT 1 FROM "partner" WHERE "organization_id" = ${organizationId}::uuid FOR UPDATE`
  const partner = await tx.partner.findUnique({ where: { organizationId } })
  if (!partner) throw new InvalidInput([{ path: ['input', 'partner'], code: 'unknown', params: { value: slug.slice(0, 60) } }])
  if (!partner.accepting) throw new Conflict('partner_full')
  if (partner.capacity === null) return
  const open = await tx.escalation.count({ where: { organizationId, endedAt: null } })
  if (open >= partner.capacity) throw new Conflict('partner_full')
}
