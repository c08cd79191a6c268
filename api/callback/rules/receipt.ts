import type { CallbackStatus } from '../../db/generated/enums.ts'

/** What is said of a request to whoever made it: nothing of what she wrote. */
export type Receipt = {
  id: string
  reference: string
  status: CallbackStatus
  lineId: string
  requestedAt: Date
  /** When she chose to be called; null: as soon as possible. */
  slot: { startsAt: Date; endsAt: Date } | null
  /** Nobody calls before. */
  callFrom: Date
  /** Her place among those of the same moment. */
  position: bigint
  /** A register number or an account number was taken out of her words. */
  masked: boolean
  outcome: string | null
}

/** A request that somebody still is to work on: there is one of a phone for a line, and what comes besides adds to it. */
export const OPEN = ['NEW', 'CLAIMED', 'REACHED'] as const satisfies readonly CallbackStatus[]

export const isOpenStatus = (status: CallbackStatus): boolean => (OPEN as readonly CallbackStatus[]).includes(status)

/** Not over: open, or with a partner. */
export const UNFINISHED = [...OPEN, 'ESCALATED'] as const satisfies readonly CallbackStatus[]
