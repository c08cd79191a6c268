import type { CallbackStatus, EscalationState } from '../../db/generated/enums.ts'
import { InvalidInput } from '../../errors.ts'
import type { Erasing } from './erasing.ts'
import { isOpenCase } from './transitions.ts'

/** What of the contact details a partner may be given besides the phone number and the wishes, which always go along. */
export const SHARES = ['NAME', 'EMAIL', 'PLACE', 'MESSAGE'] as const
export type Share = (typeof SHARES)[number]

export const sharesOf = (stored: readonly string[]): Share[] => SHARES.filter((share) => stored.includes(share))

/** Longest text that says what a partner is asked for, in characters. */
export const LONGEST_OBJECT = 1_000

/** How long after the outcome a partner may still look at whom it helped, in milliseconds: seven days, for its own file. */
const AFTERWARDS_MS = 7 * 86_400_000

/**
 * Whether a partner may see whom a case is about and what was asked: while it is open, and for a week once it is completed; no longer once the
 * person took her agreement back or asked again, nor once the partner has erased what it had.
 * @param request its status is of now
 */
export function isForPartner(
  one: { state: EscalationState; endedAt: Date | null } & Erasing,
  request: { status: CallbackStatus; erasedAt: Date | null },
  now: Date,
): boolean {
  if (request.erasedAt !== null || one.erasureWantedAt !== null || one.erasureConfirmedAt !== null) return false
  if (isOpenCase(one)) return true
  const isRecent = one.endedAt !== null && now.getTime() - one.endedAt.getTime() < AFTERWARDS_MS
  return one.state === 'COMPLETED' && request.status === 'CLOSED' && isRecent
}

/** The text that is read to a person before her request is handed over; another one when its sense changes. */
export const AGREEMENT_VERSION = '2026-11-22'

/** Of the whole text: what is given besides has a sentence each in it, and a name in its version. Nobody agrees to what was not read to her. */
export const agreementVersion = (shares: readonly string[]): string => [AGREEMENT_VERSION, ...sharesOf(shares)].join('+')

/** @throws InvalidInput for a text that there is not, or that says something else than what is to be shared */
export function checkAgreement({ version }: { version: string }, shares: readonly string[]): void {
  if (version !== agreementVersion(shares))
    throw new InvalidInput([{ path: ['input', 'agreement', 'version'], code: 'unknown', params: { value: version.slice(0, 60) } }])
}

/** What is said of a case to the person: never why a partner did not go on. */
export type CitizenState = 'HANDED_OVER' | 'TAKEN_OVER' | 'UNDER_WAY' | 'DONE' | 'LOOKING_AGAIN'

const TOLD: Readonly<Record<Exclude<EscalationState, 'CANCELLED'>, CitizenState>> = {
  REQUESTED: 'HANDED_OVER',
  RECEIVED: 'HANDED_OVER',
  ACCEPTED: 'TAKEN_OVER',
  IN_PROGRESS: 'UNDER_WAY',
  ON_HOLD: 'UNDER_WAY',
  COMPLETED: 'DONE',
  REJECTED: 'LOOKING_AGAIN',
  FAILED: 'LOOKING_AGAIN',
}

/**
 * @param isWaiting the request itself is open: the line works on it, perhaps again
 * @returns null where nothing is with anybody: taken back, or over otherwise
 */
export function citizenState(
  { state, cancelReason, erasureWantedAt }: { state: EscalationState; cancelReason: string | null; erasureWantedAt: Date | null },
  isWaiting: boolean,
): CitizenState | null {
  if (erasureWantedAt !== null) return null
  const told = state === 'CANCELLED' ? (cancelReason === 'TAKEN_BACK' ? 'LOOKING_AGAIN' : null) : TOLD[state]
  if (told === 'DONE' && isWaiting) return 'LOOKING_AGAIN'
  return told === 'LOOKING_AGAIN' && !isWaiting ? null : told
}
