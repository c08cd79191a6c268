import { isOpenStatus } from '../../callback/rules/receipt.ts'
import type { CallbackStatus, Urgency } from '../../db/generated/enums.ts'
import type { Need, Snapshot } from '../../directory/snapshot.ts'
import { halfDayOf } from './working-time.ts'

/** Most pressing first. */
const URGENCIES: readonly Urgency[] = ['DANGER', 'CRISIS', 'SOON', 'INFO']

/** What a request is about, as far as she said. */
export type About = { needCode: string | null; faqEntrySlug: string | null; serviceSlug: string | null }

/**
 * The most pressing of what is known of its need and its question; information when nothing is.
 * @param abouts the request, and those that add to it
 */
export function urgencyOf({ needsByCode, everyFaqEntryBySlug }: Snapshot, ...abouts: readonly About[]): Urgency {
  const known = abouts.flatMap(({ needCode, faqEntrySlug }) => {
    const need = needCode === null ? undefined : needsByCode.get(needCode)
    return [need?.urgency ?? need?.parent?.urgency, faqEntrySlug === null ? null : everyFaqEntryBySlug.get(faqEntrySlug)?.urgency]
  })
  return URGENCIES.find((urgency) => known.includes(urgency)) ?? 'INFO'
}

/**
 * Whether being seen with a message about it is a risk: then nothing is sent, whatever she wished. The widgets offer a quick exit for the same
 * needs.
 * @param abouts the request, and those that add to it
 */
export function isExposing({ needsByCode, everyServiceBySlug, everyFaqEntryBySlug }: Snapshot, ...abouts: readonly About[]): boolean {
  const needs = abouts.flatMap((about) => [
    about.needCode === null ? undefined : needsByCode.get(about.needCode),
    ...(about.serviceSlug === null ? [] : (everyServiceBySlug.get(about.serviceSlug)?.needs ?? [])),
    ...(about.faqEntrySlug === null ? [] : (everyFaqEntryBySlug.get(about.faqEntrySlug)?.needs ?? [])),
  ])
  return needs.some((need) => need !== undefined && needsQuickExit(need))
}

export const needsQuickExit = (need: Need): boolean => need.quickExit || (need.parent?.quickExit ?? false)

/** What decides the place of a request in the queue. */
export type Place = { id: string; position: bigint; callFrom: Date; urgency: Urgency }

/**
 * The order of the queue, as a text that sorts: the half-day from which she may be called, in Belgium, since that is what she was promised;
 * within it the more pressing first; then who may be called earlier; then who asked first. Nobody jumps by asking twice.
 */
export const placeKey = ({ id, position, callFrom, urgency }: Place): string =>
  [
    halfDayOf(callFrom),
    URGENCIES.indexOf(urgency),
    String(callFrom.getTime()).padStart(15, '0'),
    String(position).padStart(19, '0'),
    id,
  ].join(' ')

/** The same for what is due first; what has no such moment comes last. */
export const dueKey = (place: Place, dueAt: Date | null): string =>
  `${String(dueAt?.getTime() ?? 999_999_999_999_999).padStart(15, '0')} ${placeKey(place)}`

/** Who is at a request, and until when. */
export type Holding = { status: CallbackStatus; callFrom: Date; claimedById: string | null; claimedUntil: Date | null }

/** Who holds it at a moment: a lease that has ended holds nothing. */
export const holderAt = ({ claimedById, claimedUntil }: Pick<Holding, 'claimedById' | 'claimedUntil'>, now: Date): string | null =>
  claimedById !== null && claimedUntil !== null && claimedUntil > now ? claimedById : null

/** Whether somebody may take it and call: it is her turn, also when somebody who had spoken with her left it unfinished. */
export const isDue = ({ status, callFrom }: Pick<Holding, 'status' | 'callFrom'>, now: Date): boolean =>
  isOpenStatus(status) && callFrom <= now
