import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CallbackStatus, LanguageCode } from '../../db/generated/enums.ts'

/** What happened to a request that the person is told of. */
export type NoticeKind = 'requested' | 'rescheduled' | 'cancelled'

/** What a notice says: nothing but this, so that whoever else reads it does not learn what the request is about. */
export type Notice = {
  kind: NoticeKind
  reference: string
  /** When she is called; null: as soon as possible. */
  slot: { startsAt: Date; endsAt: Date } | null
  language: LanguageCode
}

/** The events that lead to a notice. */
const KINDS: ReadonlyMap<string, NoticeKind> = new Map([
  ['callback.requested', 'requested'],
  ['callback.rescheduled', 'rescheduled'],
  ['callback.cancelled', 'cancelled'],
])

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
  const waits = status === 'NEW' || status === 'CLAIMED'
  return waits && (slot === null || slot.endsAt > now) ? null : 'over'
}

/** Whether text messages reach a number (E.164). What may be either is not written to: of our countries only foreign plans have such ones. */
export const isMobile = (e164: string): boolean => parsePhoneNumberFromString(e164)?.getType() === 'MOBILE'
