import { putBack } from '../../callback/actions/back.ts'
import { record } from '../../callback/actions/change.ts'
import { wantErasure } from '../../callback/actions/erase.ts'
import { type Claim, claimedCallback } from '../../callback/actions/find.ts'
import { isOpenStatus, type Receipt } from '../../callback/rules/receipt.ts'
import type { Context } from '../../context.ts'
import type { CitizenAnswer, Escalation, LanguageCode } from '../../db/generated/client.ts'
import { inBatches } from '../../db/batch.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { Conflict, NotFound } from '../../errors.ts'
import { type CitizenState, citizenState } from '../rules/shared.ts'
import { isOpenCase } from '../rules/transitions.ts'
import { applyVerb, LATEST_FIRST, lockCase, lockLatest, puttingBack } from './change.ts'

/** Who has a request, as it is told to the person. */
export type ReceiptCase = { organization: Organization; state: CitizenState; since: Date; language: LanguageCode }

type Latest = { escalation: Escalation; answer: CitizenAnswer | null; claimedUntil: Date | null }

/** The latest case of a request, by its id. */
async function latestOf(db: Context['db'], requestIds: readonly string[]): Promise<(id: string) => Latest | null> {
  const rows = await db.escalation.findMany({
    where: { requestId: { in: [...requestIds] } },
    orderBy: [...LATEST_FIRST],
    include: { request: { select: { answer: true, claimedUntil: true } } },
  })
  const latest = new Map(rows.reverse().map(({ request, ...escalation }) => [escalation.requestId, { escalation, ...request }]))
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
  const state = citizenState(escalation, isOpenStatus(status))
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

const mayAnswer = ({ escalation: { state, endedAt }, answer }: Omit<Latest, 'claimedUntil'>, status: Receipt['status']): boolean =>
  status === 'CLOSED' && state === 'COMPLETED' && (answer === null || (endedAt !== null && answer.at < endedAt))

/** Whether the person may withdraw her request: nobody has spoken with her, or it came back from a partner and nobody is calling about it. */
export async function canCancel(context: Context, { id, status }: Receipt): Promise<boolean> {
  if (status === 'NEW' || status === 'CLAIMED') return true
  if (status !== 'REACHED') return false
  const found = await latest(context, id)
  return found !== null && (found.claimedUntil === null || found.claimedUntil <= context.now)
}

/**
 * The person does not want any more that a partner has her request, at any time: the case ends, if it is open, every partner that had it is to
 * erase what it has and sees her no more, and nobody hands it on by that agreement. The line may still help. Once more is the same as once.
 * @throws NotFound, also when no partner had it: which part was wrong is not told; TooManyRequests; SiteRefused; PostRequired
 */
export async function withdrawAgreement(context: Context, claim: Claim): Promise<Receipt> {
  const found = await claimedCallback(context, claim)
  const by = { actor: 'citizen', now: context.now }
  await puttingBack(context.db, async (tx) => {
    const latest = await lockLatest(tx, found.id)
    if (latest === null) throw new NotFound()
    const locked = await lockCase(tx, context.directory, latest)
    if (locked.row.erasureWantedAt !== null) return
    if (isOpenCase(locked.row)) await applyVerb(tx, context, locked, { kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, by)
    else {
      await record(tx, 'callback.agreement_withdrawn', found.id, by.now)
      await wantErasure(tx, found.id, by.now, by.actor)
    }
  })
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
  await puttingBack(db, async (tx) => {
    const latest = await lockLatest(tx, found.id)
    if (latest === null) throw new NotFound()
    const { request, ...escalation } = await tx.escalation.findUniqueOrThrow({
      where: { id: latest },
      include: { request: { select: { status: true, answer: true } } },
    })
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
