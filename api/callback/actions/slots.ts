import type { Context } from '../../context.ts'
import type { Line } from '../../directory/snapshot.ts'
import { type Estimate, estimateFor } from '../rules/estimate.ts'
import type { Receipt } from '../rules/receipt.ts'
import { type Slot, slotsOf } from '../rules/slots.ts'

/** A slot, and whether a place in it is left at this moment. */
export type OfferedSlot = Slot & { available: boolean }

/** Other slots named beside one that is taken. */
const OTHERS = 6

/** The slots of a line, in order, each with whether it still has a place. */
export async function offeredSlots(context: Context, line: Line, part: { from?: string; days?: number } = {}): Promise<OfferedSlot[]> {
  const slots = slotsOf(line, context.now, part)
  if (slots.length === 0) return []
  const taken = await takenOf(context, line)
  return slots.map((slot) => ({ ...slot, available: (taken.get(slot.startsAt.getTime()) ?? 0) < slot.places }))
}

/** Slots with a place left: those after a moment first, in order, then those before. */
export async function nextFreeSlots(context: Context, line: Line, after: Date): Promise<OfferedSlot[]> {
  const free = (await offeredSlots(context, line)).filter(({ available }) => available)
  const later = free.filter(({ startsAt }) => startsAt > after)
  return [...later, ...free.filter((slot) => !later.includes(slot))].slice(0, OTHERS)
}

/**
 * When somebody who asks a line now, or has asked, will be called as soon as possible: the part of a day in which her turn comes. Null when
 * nothing honest can be said.
 * @param request one that waits already; absent: who asks now
 */
export async function estimate(context: Context, line: Line, request?: Pick<Receipt, 'callFrom' | 'position'>): Promise<Estimate | null> {
  // One that was put off till tomorrow looks as if it had come now: how often a number was asked for today is nobody's business.
  const before =
    request && request.callFrom <= context.now
      ? { OR: [{ callFrom: { lt: request.callFrom } }, { callFrom: request.callFrom, position: { lt: request.position } }] }
      : { callFrom: { lte: context.now } }
  // Those that add to another one count too, though they cost no call: else a number that is known would not move the estimate.
  const waits = { lineId: line.id, status: { in: ['NEW', 'CLAIMED'] }, slotStartsAt: null } as const
  const count = () => context.db.callbackRequest.count({ where: { ...waits, status: { in: [...waits.status.in] }, ...before } })
  const [ahead, taken] = await Promise.all([request ? count() : context.together(`ahead ${line.id}`, count), takenOf(context, line)])
  return estimateFor(line, context.now, { ahead, taken })
}

async function takenOf({ db, now, together }: Context, line: Line): Promise<Map<number, number>> {
  const where = { lineId: line.id, endsAt: { gt: now } }
  const rows = await together(`taken ${line.id}`, () => db.callbackSlot.findMany({ where, select: { startsAt: true, taken: true } }))
  return new Map(rows.map(({ startsAt, taken }) => [startsAt.getTime(), taken]))
}
