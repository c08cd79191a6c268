import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CancelReason, EscalationState, FailReason, RejectReason } from '../../db/generated/enums.ts'
import { OUTCOMES } from '../../desk/rules/close.ts'
import { Conflict } from '../../errors.ts'
import { ALWAYS } from './deadlines.ts'
import { afterVerb, type Case, heldSince, isOpenCase, type Verb } from './transitions.ts'

const NOW = new Date('2026-11-17T09:00:00Z')
const moment = { now: NOW, hours: ALWAYS, lastNote: null, heldSince: null }

const REJECT: Verb = { kind: 'reject', reason: 'NO_CAPACITY' }
const FAIL: Verb = { kind: 'fail', reason: 'NOT_REACHABLE' }
const CANCEL: Verb = { kind: 'cancel', reason: 'TAKEN_BACK' }
const COMPLETE: Verb = { kind: 'complete', outcome: 'PARTLY' }
const HOLD: Verb = { kind: 'hold', note: 'attend une réponse' }

/** A case as it is in a state, consistent with it. */
function inState(state: EscalationState): Case {
  const accepted = !['REQUESTED', 'RECEIVED', 'REJECTED', 'CANCELLED'].includes(state)
  const ended = ['REJECTED', 'COMPLETED', 'FAILED', 'CANCELLED'].includes(state)
  return {
    state,
    version: 3,
    urgency: 'SOON',
    receivedAt: state === 'REQUESTED' ? null : NOW,
    acceptedAt: accepted ? NOW : null,
    endedAt: ended ? NOW : null,
    rejectReason: state === 'REJECTED' ? 'NO_CAPACITY' : null,
    failReason: state === 'FAILED' ? 'NOT_REACHABLE' : null,
    cancelReason: state === 'CANCELLED' ? 'TAKEN_BACK' : null,
    outcome: state === 'COMPLETED' ? 'partly' : null,
    outcomeDueAt: new Date('2026-12-01T09:00:00Z'),
    rung: 2,
  }
}

/** The state that follows, `=` when it was done already, or the code of the conflict. */
function outcome(before: Case, verb: Verb, expected: number | null = null, lastNote: string | null = null): string {
  try {
    return afterVerb(before, verb, { ...moment, lastNote }, expected)?.data.state ?? '='
  } catch (error) {
    return (error as Conflict).conflict
  }
}

describe('what may be done with a case', () => {
  const early = 'case_not_accepted'
  const late = 'case_accepted'
  const over = 'case_over'
  test.each<[EscalationState, ...string[]]>([
    // receive, accept, reject, progress, hold, complete, fail, cancel
    ['REQUESTED', 'RECEIVED', 'ACCEPTED', 'REJECTED', early, early, early, early, 'CANCELLED'],
    ['RECEIVED', '=', 'ACCEPTED', 'REJECTED', early, early, early, early, 'CANCELLED'],
    ['ACCEPTED', '=', '=', late, 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED'],
    ['IN_PROGRESS', '=', '=', late, '=', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED'],
    ['ON_HOLD', '=', '=', late, 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED'],
    ['REJECTED', over, over, '=', over, over, over, over, over],
    ['COMPLETED', over, over, over, over, over, '=', over, over],
    ['FAILED', over, over, over, over, over, over, '=', over],
    ['CANCELLED', over, over, over, over, over, over, over, '='],
  ])('that is %s', (state, ...expected) => {
    const verbs: Verb[] = [{ kind: 'receive' }, { kind: 'accept' }, REJECT, { kind: 'progress' }, HOLD, COMPLETE, FAIL, CANCEL]
    expect(verbs.map((verb) => outcome(inState(state), verb))).toEqual(expected)
  })

  test.each<[string, EscalationState, Verb]>([
    ['rejected', 'REJECTED', { kind: 'reject', reason: 'OTHER' }],
    ['failed', 'FAILED', { kind: 'fail', reason: 'OTHER' }],
    ['taken back', 'CANCELLED', { kind: 'cancel', reason: 'REROUTED' }],
    ['completed', 'COMPLETED', { kind: 'complete', outcome: 'RESOLVED' }],
  ])('%s for one reason is not for another', (_what, state, verb) => {
    expect(outcome(inState(state), verb)).toBe('case_over')
  })

  test('another note is another step, the same note is the same step', () => {
    expect(outcome(inState('IN_PROGRESS'), { kind: 'progress', note: 'a' }, null, 'a')).toBe('=')
    expect(outcome(inState('IN_PROGRESS'), { kind: 'progress', note: 'b' }, null, 'a')).toBe('IN_PROGRESS')
    expect(outcome(inState('ON_HOLD'), HOLD, null, 'attend une réponse')).toBe('=')
    expect(outcome(inState('ON_HOLD'), HOLD, null, 'autre chose')).toBe('ON_HOLD')
  })

  test('what was seen in an older version is refused, but for what is done already', () => {
    expect(outcome(inState('RECEIVED'), { kind: 'accept' }, 2)).toBe('case_changed')
    expect(outcome(inState('RECEIVED'), { kind: 'accept' }, 3)).toBe('ACCEPTED')
    expect(outcome(inState('ACCEPTED'), { kind: 'accept' }, 2)).toBe('=')
    expect(outcome(inState('CANCELLED'), { kind: 'accept' }, 2)).toBe('case_over')
  })
})

describe('what follows', () => {
  test.each<[Verb, EscalationState, string]>([
    [{ kind: 'accept' }, 'REQUESTED', 'STAYS'],
    [REJECT, 'RECEIVED', 'BACK'],
    [FAIL, 'ON_HOLD', 'BACK'],
    [COMPLETE, 'ACCEPTED', 'CLOSED'],
    [CANCEL, 'REQUESTED', 'BACK'],
    [{ kind: 'cancel', reason: 'AGREEMENT_WITHDRAWN' }, 'IN_PROGRESS', 'BACK'],
    [{ kind: 'cancel', reason: 'REROUTED' }, 'REQUESTED', 'STAYS'],
    [{ kind: 'cancel', reason: 'ERASED' }, 'REQUESTED', 'GONE'],
  ])('%o of one that is %s for the request: %s', (verb, state, request) => {
    expect(afterVerb(inState(state), verb, moment)?.request).toBe(request)
  })

  test('accepting counts the deadline anew, from the first rung', () => {
    const { data } = afterVerb(inState('REQUESTED'), { kind: 'accept' }, moment) ?? {}
    expect(data).toMatchObject({ rung: 0, acceptedAt: NOW, receivedAt: NOW, outcomeDueAt: new Date(NOW.getTime() + 4_800 * 60_000) })
  })

  test('going on after a pause keeps what was left', () => {
    const before = { ...inState('ON_HOLD'), outcomeDueAt: new Date('2026-11-17T06:00:00Z') }
    const held = new Date('2026-11-17T04:00:00Z')
    const go = (since: Date) => afterVerb(before, { kind: 'progress' }, { ...moment, heldSince: since })?.data.outcomeDueAt
    expect(afterVerb(inState('IN_PROGRESS'), HOLD, moment)?.data.rung).toBe(0)
    expect(go(held)).toEqual(new Date('2026-11-17T11:00:00Z'))
    // Late already when it was put aside: it stays late.
    expect(go(new Date('2026-11-17T07:00:00Z'))).toEqual(before.outcomeDueAt)
  })

  test('it has waited since the first of the steps in which it waits', () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 17, hour))
    const steps = (...states: EscalationState[]) => states.map((state, hour) => ({ at: at(hour), state }))
    expect(heldSince(steps('REQUESTED', 'ON_HOLD', 'ON_HOLD'))).toEqual(at(1))
    expect(heldSince(steps('ON_HOLD', 'IN_PROGRESS', 'ON_HOLD'))).toEqual(at(2))
    expect(heldSince(steps('ON_HOLD', 'IN_PROGRESS'))).toBeNull()
  })
})

describe('10,000 random sequences of verbs', () => {
  const note = fc.option(fc.constantFrom('a', 'b', ''), { nil: null })
  const verb: fc.Arbitrary<Verb> = fc.oneof(
    fc.constant<Verb>({ kind: 'receive' }),
    fc.constant<Verb>({ kind: 'accept' }),
    fc.record({ kind: fc.constant('reject' as const), reason: fc.constantFrom(...Object.values(RejectReason)), note }),
    fc.record({ kind: fc.constant('progress' as const), note }),
    fc.record({ kind: fc.constant('hold' as const), note: fc.constantFrom('a', 'b') }),
    fc.record({ kind: fc.constant('complete' as const), outcome: fc.constantFrom(...OUTCOMES), note }),
    fc.record({ kind: fc.constant('fail' as const), reason: fc.constantFrom(...Object.values(FailReason)), note }),
    fc.record({ kind: fc.constant('cancel' as const), reason: fc.constantFrom(...Object.values(CancelReason)), note }),
  )
  /** How far behind, or ahead of, the truth the version is that somebody saw; null: he does not say. */
  const seen = fc.option(fc.integer({ min: -2, max: 1 }), { nil: null })
  const sequence = fc.array(fc.tuple(verb, seen, fc.integer({ min: 0, max: 10_000 })), { maxLength: 25 })

  /** What the table's own constraints ask for (migration `escalation`), and what follows from the states. */
  function isPossible(one: Case): boolean {
    const ended = one.endedAt !== null
    return (
      ended === !isOpenCase(one) &&
      (one.rejectReason !== null) === (one.state === 'REJECTED') &&
      (one.failReason !== null) === (one.state === 'FAILED') &&
      (one.cancelReason !== null) === (one.state === 'CANCELLED') &&
      (one.outcome !== null) === (one.state === 'COMPLETED') &&
      (one.receivedAt !== null || ['REQUESTED', 'REJECTED', 'CANCELLED'].includes(one.state)) &&
      (one.acceptedAt !== null || ['REQUESTED', 'RECEIVED', 'REJECTED', 'CANCELLED'].includes(one.state)) &&
      (one.acceptedAt === null || one.state !== 'REJECTED')
    )
  }

  test('never leave a stuck or impossible state', () => {
    const reached = new Set<EscalationState>()
    const refused = new Set<string>()
    fc.assert(
      fc.property(sequence, (steps) => {
        let one: Case = { ...inState('REQUESTED'), version: 1, rung: 0 }
        let now = NOW.getTime()
        let note: string | null = null
        const history: { at: Date; state: EscalationState }[] = [{ at: NOW, state: 'REQUESTED' }]
        for (const [verb, behind, minutes] of steps) {
          now += minutes * 60_000
          const at = new Date(now)
          const before = one
          let request = null
          try {
            const expected = behind === null ? null : one.version + behind
            const change = afterVerb(one, verb, { now: at, hours: ALWAYS, lastNote: note, heldSince: heldSince(history) }, expected)
            if (change) {
              one = { ...one, ...change.data }
              note = ('note' in verb && verb.note) || null
              history.push({ at, state: one.state })
              request = change.request
              // A final state is final, and what is over leaves the request with somebody.
              expect(isOpenCase(before)).toBe(true)
              if (!isOpenCase(one)) expect(request === 'STAYS').toBe(one.cancelReason === 'REROUTED')
              expect(expected === null || expected === before.version).toBe(true)
            }
          } catch (error) {
            if (!(error instanceof Conflict)) throw error
            refused.add(error.conflict)
            expect(one).toBe(before)
          }
          reached.add(one.state)
          expect(isPossible(one)).toBe(true)
          expect(one.version).toBe(history.length)
          // Not stuck: the partner can say something, and the line can take it back.
          if (isOpenCase(one)) {
            const answers = outcome(one, one.acceptedAt === null ? { kind: 'accept' } : COMPLETE)
            expect(['ACCEPTED', 'COMPLETED']).toContain(answers)
            expect(outcome(one, CANCEL)).toBe('CANCELLED')
          }
        }
      }),
      { numRuns: 10_000 },
    )
    expect([...reached].sort()).toEqual(Object.values(EscalationState).sort())
    expect([...refused].sort()).toEqual(['case_accepted', 'case_changed', 'case_not_accepted', 'case_over'])
  })
})
