import type { CancelReason, EscalationState, FailReason, RejectReason, Urgency } from '../../db/generated/enums.ts'
import type { Outcome } from '../../desk/rules/close.ts'
import type { Hours } from '../../directory/snapshot.ts'
import { Conflict } from '../../errors.ts'
import { outcomeDue, resumedDue } from './deadlines.ts'

/** A case that somebody still is to say something about: of a request there is one at most. */
export const OPEN_STATES = ['REQUESTED', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'] as const satisfies readonly EscalationState[]

/** Nobody has said yet that something will be done. */
export const UNANSWERED = ['REQUESTED', 'RECEIVED'] as const satisfies readonly EscalationState[]

export const isOpenCase = ({ state }: { state: EscalationState }): boolean => (OPEN_STATES as readonly string[]).includes(state)

/** What may be done with a case. */
export type Verb =
  | { kind: 'receive' }
  | { kind: 'accept' }
  | { kind: 'reject'; reason: RejectReason; note?: string | null }
  | { kind: 'progress'; note?: string | null }
  | { kind: 'hold'; note: string }
  | { kind: 'complete'; outcome: Outcome; note?: string | null }
  | { kind: 'fail'; reason: FailReason; note?: string | null }
  | { kind: 'cancel'; reason: CancelReason; note?: string | null }

/** What a case is at a moment. */
export type Case = {
  state: EscalationState
  /** One more at every change. */
  version: number
  urgency: Urgency
  receivedAt: Date | null
  acceptedAt: Date | null
  endedAt: Date | null
  rejectReason: RejectReason | null
  failReason: FailReason | null
  cancelReason: CancelReason | null
  /** In small letters, as with a request. */
  outcome: string | null
  outcomeDueAt: Date
  rung: number
}

/** What becomes of the request: nothing, it is called again by the line, it is over, or whoever erased it sees to it. */
export type ForRequest = 'STAYS' | 'BACK' | 'CLOSED' | 'GONE'

export type Change = { data: Partial<Case> & Pick<Case, 'state' | 'version'>; what: string; request: ForRequest }

/** Where each verb leads, and how it is recorded. */
const VERBS: Readonly<Record<Verb['kind'], { from: readonly EscalationState[]; to: EscalationState; what: string }>> = {
  receive: { from: ['REQUESTED'], to: 'RECEIVED', what: 'escalation.received' },
  accept: { from: UNANSWERED, to: 'ACCEPTED', what: 'escalation.accepted' },
  reject: { from: UNANSWERED, to: 'REJECTED', what: 'escalation.rejected' },
  progress: { from: ['ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'], to: 'IN_PROGRESS', what: 'escalation.progressed' },
  hold: { from: ['ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'], to: 'ON_HOLD', what: 'escalation.held' },
  complete: { from: ['ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'], to: 'COMPLETED', what: 'escalation.completed' },
  fail: { from: ['ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'], to: 'FAILED', what: 'escalation.failed' },
  cancel: { from: OPEN_STATES, to: 'CANCELLED', what: 'escalation.cancelled' },
}

/**
 * What a verb makes of a case.
 * @param moment `lastNote` and `heldSince` are of the latest step: what was noted, and since when it has waited, if it does
 * @param expected the version that whoever acts has seen; absent or null: whatever it is
 * @returns null when it was done already by the same verb: then nothing happens
 * @throws Conflict `case_over`, `case_changed`, `case_not_accepted` or `case_accepted`
 */
export function afterVerb(
  before: Case,
  verb: Verb,
  moment: { now: Date; hours: Hours; lastNote: string | null; heldSince: Date | null },
  expected: number | null = null,
): Change | null {
  if (isDone(before, verb, moment.lastNote)) return null
  const { from, to, what } = VERBS[verb.kind]
  if (!isOpenCase(before)) throw new Conflict('case_over')
  if (expected !== null && expected !== before.version) throw new Conflict('case_changed')
  if (!from.includes(before.state)) throw new Conflict(verb.kind === 'reject' ? 'case_accepted' : 'case_not_accepted')
  const { now, hours, heldSince } = moment
  const data: Change['data'] = { state: to, version: before.version + 1 }
  if (before.state === 'ON_HOLD' && heldSince !== null && verb.kind === 'progress')
    Object.assign(data, { outcomeDueAt: resumedDue(hours, before.outcomeDueAt, heldSince, now), rung: 0 } satisfies Partial<Case>)
  switch (verb.kind) {
    case 'receive':
      data.receivedAt = now
      break
    case 'accept':
      Object.assign(data, {
        receivedAt: before.receivedAt ?? now,
        acceptedAt: now,
        outcomeDueAt: outcomeDue(hours, before.urgency, now),
        rung: 0,
      } satisfies Partial<Case>)
      break
    case 'hold':
      // The waiting has a ladder of its own.
      if (before.state !== 'ON_HOLD') data.rung = 0
      break
    case 'reject':
      Object.assign(data, { endedAt: now, rejectReason: verb.reason } satisfies Partial<Case>)
      break
    case 'fail':
      Object.assign(data, { endedAt: now, failReason: verb.reason } satisfies Partial<Case>)
      break
    case 'cancel':
      Object.assign(data, { endedAt: now, cancelReason: verb.reason } satisfies Partial<Case>)
      break
    case 'complete':
      Object.assign(data, { endedAt: now, outcome: verb.outcome.toLowerCase() } satisfies Partial<Case>)
      break
  }
  return { data, what, request: forRequest(verb) }
}

/** Done already, perhaps by a first click or by a message that comes again. */
function isDone(before: Case, verb: Verb, lastNote: string | null): boolean {
  const { state } = before
  switch (verb.kind) {
    case 'receive':
      return isOpenCase(before) && state !== 'REQUESTED'
    case 'accept':
      return isOpenCase(before) && before.acceptedAt !== null
    case 'progress':
      return state === 'IN_PROGRESS' && (!verb.note || verb.note === lastNote)
    case 'hold':
      return state === 'ON_HOLD' && verb.note === lastNote
    case 'reject':
      return state === 'REJECTED' && before.rejectReason === verb.reason
    case 'fail':
      return state === 'FAILED' && before.failReason === verb.reason
    case 'cancel':
      return state === 'CANCELLED' && before.cancelReason === verb.reason
    case 'complete':
      return state === 'COMPLETED' && before.outcome === verb.outcome.toLowerCase()
  }
}

function forRequest(verb: Verb): ForRequest {
  switch (verb.kind) {
    case 'reject':
    case 'fail':
      return 'BACK'
    case 'complete':
      return 'CLOSED'
    case 'cancel':
      return verb.reason === 'ERASED' ? 'GONE' : verb.reason === 'REROUTED' ? 'STAYS' : 'BACK'
    default:
      return 'STAYS'
  }
}

/** Since when a case has waited without a break, by its steps, oldest first; null when it does not wait. */
export function heldSince(steps: readonly { at: Date; state: EscalationState }[]): Date | null {
  let since: Date | null = null
  for (const { at, state } of steps) since = state === 'ON_HOLD' ? (since ?? at) : null
  return since
}
