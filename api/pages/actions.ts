import { cancelCallback, rescheduleCallback } from '../callback/actions/change.ts'
import { eraseCallback } from '../callback/actions/erase.ts'
import { type Claim, findCallback } from '../callback/actions/find.ts'
import { requestCallback } from '../callback/actions/request.ts'
import { estimate, offeredSlots } from '../callback/actions/slots.ts'
import type { Estimate } from '../callback/rules/estimate.ts'
import type { Receipt } from '../callback/rules/receipt.ts'
import type { CallbackInput } from '../callback/rules/request.ts'
import type { Slot } from '../callback/rules/slots.ts'
import type { Context } from '../context.ts'
import type { Line } from '../directory/snapshot.ts'
import {
  canAnswer,
  canCancel,
  confirmOutcome,
  type OutcomeInput,
  type ReceiptCase,
  receiptCase,
  withdrawAgreement,
} from '../escalation/actions/citizen.ts'
import type { Site } from '../site/rules/site.ts'

/** When a line calls back: the slots with a place left, in order, and when it would call whoever asks for "as soon as possible". */
export type Times = { slots: readonly Slot[]; expected: Estimate | null }

/** What is said of a request on a page; `expected` for one that waits without a slot, where something honest can be said. */
export type Told = {
  receipt: Receipt
  expected: Estimate | null
  /** Who has taken it over, if anybody. */
  handed: ReceiptCase | null
  /** She is asked whether that helped. */
  canAnswer: boolean
  /** She may withdraw it: somebody is to call, and nobody does at this moment. */
  canCancel: boolean
}

/** The same for a form of our own pages, which speaks for a site whichever page of the site it stands in, and hides nothing in an address. */
export const forSite = (context: Context, site: Site): Context => ({ ...context, byAddress: false, site: () => site })

export async function timesOf(context: Context, line: Line): Promise<Times> {
  const [slots, expected] = await Promise.all([offeredSlots(context, line), estimate(context, line)])
  return { slots: slots.filter(({ available }) => available), expected }
}

/** @throws as `requestCallback` does */
export async function askForCall(context: Context, input: CallbackInput): Promise<Told> {
  const receipt = await requestCallback(context, input)
  // It is stored: that is said, whatever becomes of the estimate.
  return waiting(context, receipt)
}

/** One that waits for a call: nobody else has it. Nothing is lost when the estimate fails. */
const waiting = async (context: Context, receipt: Receipt): Promise<Told> => ({
  receipt,
  expected: await expectedOf(context, receipt).catch(() => null),
  handed: null,
  canAnswer: false,
  canCancel: true,
})

/** @throws TooManyRequests */
export async function follow(context: Context, claim: Claim): Promise<Told | null> {
  const receipt = await findCallback(context, claim)
  return receipt && { ...(await toldOf(context, receipt)), expected: await expectedOf(context, receipt) }
}

async function toldOf(context: Context, receipt: Receipt): Promise<Told> {
  return {
    receipt,
    expected: null,
    handed: await receiptCase(context, receipt),
    canAnswer: await canAnswer(context, receipt),
    canCancel: await canCancel(context, receipt),
  }
}

/** Takes it back from the partner. @throws as `withdrawAgreement` does */
export const takeBack = async (context: Context, claim: Claim): Promise<Told> => toldOf(context, await withdrawAgreement(context, claim))

/** Says whether a partner's help came. @throws as `confirmOutcome` does */
export const confirm = async (context: Context, claim: Claim, input: OutcomeInput): Promise<Told> =>
  toldOf(context, await confirmOutcome(context, claim, input))

/** To what a request can be moved: the other slots with a place left, and when she would be called as soon as possible. */
export async function timesToMove(context: Context, line: Line, { receipt, expected }: Told): Promise<Times> {
  const times = await timesOf(context, line)
  if (!receipt.slot) return { ...times, expected }
  const present = receipt.slot.startsAt.getTime()
  return { ...times, slots: times.slots.filter(({ startsAt }) => startsAt.getTime() !== present) }
}

/**
 * @param slot id of the slot wanted; null: as soon as possible
 * @throws as `rescheduleCallback` does
 */
export async function move(context: Context, claim: Claim, slot: string | null): Promise<Told> {
  return waiting(context, await rescheduleCallback(context, claim, slot))
}

/** @throws as `cancelCallback` does */
export const withdraw = async (context: Context, claim: Claim): Promise<Told> => ({
  receipt: await cancelCallback(context, claim),
  expected: null,
  handed: null,
  canAnswer: false,
  canCancel: false,
})

/** @throws as `eraseCallback` does */
export const erase = (context: Context, claim: Claim): Promise<void> => eraseCallback(context, claim)

async function expectedOf(context: Context, receipt: Receipt): Promise<Estimate | null> {
  const line = context.directory.linesById.get(receipt.lineId)
  return line && receipt.status === 'NEW' && !receipt.slot ? estimate(context, line, receipt) : null
}
