import type { EscalationState } from '../../schema/generated/desk.ts'

const FRESH: EscalationState[] = ['REQUESTED', 'RECEIVED']
export const OPEN: EscalationState[] = [...FRESH, 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD']
export const OVER: EscalationState[] = ['COMPLETED', 'REJECTED', 'FAILED', 'CANCELLED']

type Standing = { state: EscalationState }

/** Nobody has said yet that something will be done. */
export const isFresh = ({ state }: Standing): boolean => FRESH.includes(state)
export const isOpen = ({ state }: Standing): boolean => OPEN.includes(state)

/** How the list of cases is divided. */
export const GROUPS = ['fresh', 'work', 'hold', 'over'] as const
export type Group = (typeof GROUPS)[number]
export const groupOf = (one: Standing): Group =>
  isFresh(one) ? 'fresh' : !isOpen(one) ? 'over' : one.state === 'ON_HOLD' ? 'hold' : 'work'
