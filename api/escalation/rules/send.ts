import type { CancelReason, EscalationState, Urgency } from '../../db/generated/enums.ts'
import { isHerWish } from './erasing.ts'
import { isOpenCase } from './transitions.ts'

/**
 * Events of a case that its partner's own system is told of. That it has received it, it says itself; what the line does for itself is not its
 * business.
 */
export const TOLD_BY_WEBHOOK: readonly string[] = [
  'escalation.requested',
  'escalation.accepted',
  'escalation.rejected',
  'escalation.progressed',
  'escalation.held',
  'escalation.completed',
  'escalation.failed',
  'escalation.cancelled',
  'escalation.reminded',
  'escalation.erasure_wanted',
]

/** That whoever has a link that is no longer good would like another. */
export const LINK_WANTED = 'escalation.link_wanted'

/** Those that lead to an e-mail with a link to the case. */
export const TOLD_BY_LINK: readonly string[] = [
  LINK_WANTED,
  'escalation.requested',
  'escalation.reminded',
  'escalation.cancelled',
  'escalation.erasure_wanted',
]

/** Events of which the staff is told by e-mail: cases that nobody answers, messages that could not be sent, a partner's system that is paused. */
export const TOLD_TO_STAFF: readonly string[] = ['escalation.supervisor_told', 'delivery.dead', 'endpoint.paused']

/** The rung of the ladder on which supervisors are told: from there on a case is before them. */
export const TOLD_RUNG = 2

/** What is known of a case when its partner is to be told of it. */
export type ToldCase = { state: EscalationState; cancelReason: CancelReason | null }

/** Events that ask the partner for something. */
export const ASKING: readonly string[] = ['escalation.requested', 'escalation.reminded']

/** Why telling a partner makes no sense any more, as a code; null when it does. */
export const pointlessForPartner = (event: string, told: ToldCase): string | null =>
  ASKING.includes(event) && !isOpenCase(told) ? 'over' : null

/** The same of an e-mail: that a case is taken back and that all of it is to be erased is one piece of news. */
export function pointlessByMail(event: string, told: ToldCase): string | null {
  const wantsErasure = isHerWish(told.cancelReason)
  return event === 'escalation.cancelled' && wantsErasure ? 'superseded' : pointlessForPartner(event, told)
}

/**
 * What a partner's system is told of a case: which one, where it stands and by when to answer, and nothing about anybody. It fetches the rest with
 * its token, or shows its people the way here.
 */
export const thinOf = (row: {
  id: string
  version: number
  state: EscalationState
  urgency: Urgency
  answerDueAt: Date
}): { id: string; version: number; state: EscalationState; urgency: Urgency; answerDueAt: string } => ({
  id: row.id,
  version: row.version,
  state: row.state,
  urgency: row.urgency,
  answerDueAt: row.answerDueAt.toISOString(),
})
