import { inTransaction, record } from '../../callback/actions/change.ts'
import { putBack } from '../../callback/actions/back.ts'
import { type Claim, claimedCallback } from '../../callback/actions/find.ts'
import { OPEN, type Receipt } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import type { CitizenAnswer, Escalation, LanguageCode } from '../../db/generated/client.ts'
import { inBatches } from '../../db/batch.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { type CitizenState, citizenState } from '../rules/shared.ts'
import { isOpenCase } from '../rules/transitions.ts'
import { changeEscalation } from './change.ts'

/** Who has a request, as it is told to the person. */
export type ReceiptCase = { organization: Organization; state: CitizenState; since: Date; language: LanguageCode }

type Latest = { escalation: Escalation; answer: CitizenAnswer | null }

/** The latest case of a request, by its id. */
async function latestOf(db: Context['db'], requestIds: readonly string[]): Promise<(id: string) => Latest | null> {
  const rows = await db.escalation.findMany({
    where: { requestId: { in: [...requestIds] } },
    orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }],
    include: { request: { select: { answer: true } } },
  })
  const latest = new Map(rows.map(({ request: { answer }, ...escalation }) => [escalation.requestId, { escalation, answer }]))
  return (id) => latest.get(id) ?? null
}

function latest(context: Context, requestId: string): Promise<Latest | null> {
  let ask = asking.get(context)
  if (!ask) {
    ask = inBatches(async (ids) => ids.map(await latestOf(context.db, ids)))
    asking.set(context, ask)
  }
  return ask(requestId)
}

/** One for each GraphQL request, and gone with it. */
const asking = new WeakMap<Context, (id: string) => Promise<Latest | null>>()

/** Who has taken over a request; null when it is with nobody else. */
export async function receiptCase(context: Context, { id, status }: Receipt): Promise<ReceiptCase | null> {
  const found = await latest(context, id)
  if (!found) return null
  const { escalation } = found
  const { directory } = context
  const organization = directory.organizations.find((one) => one.id === escalation.organizationId)
  const state = citizenState(escalation, (OPEN as readonly string[]).includes(status))
  if (!organization || !state) return null
  const step = await context.db.escalationStep.findFirst({
    where: { escalationId: escalation.id, state: escalation.state },
    orderBy: { version: 'desc' },
    select: { at: true },
  })
  const { agreementLanguage: language } = escalation
  return { organization, state, since: step?.at ?? escalation.requestedAt, language }
}

/** Whether the person may say now what came of it for her. */
export async function canAnswer(context: Context, { id, status }: Receipt): Promise<boolean> {
  const found = await latest(context, id)
  return found !== null && mayAnswer(found, status)
}

const mayAnswer = ({ escalation: { state, endedAt }, answer }: Latest, status: Receipt['status']): boolean =>
  status === 'CLOSED' && state === 'COMPLETED' && (answer === null || (endedAt !== null && answer.at < endedAt))

/**
 * The person does not want any more that a partner has her request: the case ends, the partner is told and is to erase what it has, and the line
 * may still help. Once more is the same as once.
 * @throws NotFound, also when no partner has it: which part was wrong is not told; Conflict `case_over`; TooManyRequests; SiteRefused; PostRequired
 */
export async function withdrawAgreement(context: Context, claim: Claim): Promise<Receipt> {
  const found = await claimedCallback(context, claim)
  const { db, now } = context
  const last = (await latestOf(db, [found.id]))(found.id)?.escalation
  if (!last) throw new NotFound()
  if (!isOpenCase(last) && last.cancelReason !== 'AGREEMENT_WITHDRAWN') throw new Conflict('case_over')
  await changeEscalation(context, last.id, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, { actor: 'citizen', now })
  return again(context, found)
}

export type OutcomeInput = { contacted: boolean; useful?: boolean | null; stillNeeded: boolean }

/**
 * The person says whether she was contacted, whether it was useful, and whether she still needs help: then her request is open again, and the line
 * calls. Kept as three answers, without words. Once more is the same as once.
 * @throws NotFound, also when there is nothing to say anything about; Conflict `answered`; TooManyRequests; SiteRefused; PostRequired
 */
export async function confirmOutcome(context: Context, claim: Claim, input: OutcomeInput): Promise<Receipt> {
  const found = await claimedCallback(context, claim)
  const { db, now } = context
  const said = { contacted: input.contacted, useful: input.useful ?? null, stillNeeded: input.stillNeeded }
  await inTransaction(db, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "callback_request" WHERE "id" = ${found.id}::uuid FOR UPDATE`
    const request = await tx.callbackRequest.findUnique({ where: { id: found.id }, select: { status: true, answer: true } })
    const escalation = await tx.escalation.findFirst({
      where: { requestId: found.id },
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
    })
    if (!request || !escalation) throw new NotFound()
    const { answer, status } = request
    if (!mayAnswer({ escalation, answer }, status)) {
      if (answer && sameAnswer(answer, said)) return
      throw answer ? new Conflict('answered') : new NotFound()
    }
    await tx.citizenAnswer.upsert({
      where: { requestId: found.id },
      create: { requestId: found.id, at: now, ...said },
      update: { at: now, ...said },
    })
    await record(tx, 'callback.answered', found.id, now)
    if (!said.stillNeeded) return
    await putBack(tx, found.id, now)
    await record(tx, 'callback.reopened', found.id, now)
  })
  return again(context, found)
}

const sameAnswer = (one: Omit<CitizenAnswer, 'requestId' | 'at'>, other: typeof one): boolean =>
  one.contacted === other.contacted && one.useful === other.useful && one.stillNeeded === other.stillNeeded

/** The receipt as it is now. */
async function again({ db }: Context, found: Receipt): Promise<Receipt> {
  const { status, outcome, callFrom, slotStartsAt, slotEndsAt } = await db.callbackRequest.findUniqueOrThrow({ where: { id: found.id } })
  return { ...found, status, outcome, callFrom, slot: slotStartsAt && slotEndsAt && { startsAt: slotStartsAt, endsAt: slotEndsAt } }
}
