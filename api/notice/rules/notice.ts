import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CallbackStatus, Channel, LanguageCode } from '../../db/generated/enums.ts'

/** How a person is told; the other channels lead to partners. */
export type NoticeChannel = Extract<Channel, 'EMAIL' | 'SMS'>

/** What happened to a request that the person is told of. */
export type NoticeKind = 'requested' | 'rescheduled' | 'cancelled' | 'unreachable' | 'oriented' | 'taken_over' | 'outcome_known'

/** What a notice says: nothing but this, so that whoever else reads it does not learn what the request is about. */
export type Notice = {
  kind: NoticeKind
  reference: string
  /** When she is called; null: as soon as possible. */
  slot: { startsAt: Date; endsAt: Date } | null
  /** The calls that missed her, oldest first: told once nobody tries any more. */
  tried?: readonly Date[]
  /** The services she was led to and wishes to have in writing, with a phone number where there is one. */
  services?: readonly { name: string; phone: string | null }[]
  language: LanguageCode
}

/** The events that lead to a notice. */
const KINDS: ReadonlyMap<string, NoticeKind> = new Map([
  ['callback.requested', 'requested'],
  ['callback.rescheduled', 'rescheduled'],
  ['callback.cancelled', 'cancelled'],
  ['callback.unreachable', 'unreachable'],
  ['callback.orientation_by_email', 'oriented'],
  ['callback.orientation_by_sms', 'oriented'],
  ['callback.taken_over', 'taken_over'],
  ['callback.outcome_known', 'outcome_known'],
])

/** What somebody chose to have by one way goes by no other; all else goes by every way she allows. */
export const ONE_WAY: readonly (readonly [event: string, channel: NoticeChannel])[] = [
  ['callback.orientation_by_email', 'EMAIL'],
  ['callback.orientation_by_sms', 'SMS'],
]

export const NOTICE_EVENTS: readonly string[] = [...KINDS.keys()]

export const kindOf = (event: string): NoticeKind | null => KINDS.get(event) ?? null

/** What is known of a request when it is to be told of. */
export type Told = {
  status: CallbackStatus
  /** Null once it is erased. */
  reference: string | null
  slot: Notice['slot']
  /** Something else happened to it since, that is told, too. */
  superseded: boolean
}

/** Why a notice makes no sense any more, as a code; null when it does. */
export function pointless(kind: NoticeKind, { status, reference, slot, superseded }: Told, now: Date): string | null {
  if (reference === null) return 'erased'
  if (superseded) return 'superseded'
  if (kind === 'cancelled') return status === 'CANCELLED' ? null : 'over'
  if (kind === 'unreachable') return status === 'UNREACHABLE' ? null : 'over'
  // She was promised it on the phone, whatever became of the rest.
  if (kind === 'oriented') return status === 'CANCELLED' ? 'over' : null
  if (kind === 'taken_over') return status === 'ESCALATED' ? null : 'over'
  if (kind === 'outcome_known') return status === 'CLOSED' ? null : 'over'
  const waits = status === 'NEW' || status === 'CLAIMED'
  return waits && (slot === null || slot.endsAt > now) ? null : 'over'
}

/** Whether text messages reach a number (E.164). What may be either is not written to: of our countries only foreign plans have such ones. */
export const isMobile = (e164: string): boolean => parsePhoneNumberFromString(e164)?.getType() === 'MOBILE'
