import type { CancelReason, EscalationState, Urgency } from '../../db/generated/enums.ts'
import type { Wishes } from '../../desk/rules/wishes.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Line } from '../../directory/snapshot.ts'
import type { Verb } from './transitions.ts'

/** What a link tells before it is opened: scanners of mail open links as well, so not a word about the case. */
export type Closed = { number: string; state: EscalationState; dueAt: Date | null; until: Date }

/** A case as a link shows it. */
export type Opened = Closed & {
  version: number
  urgency: Urgency
  /** Code of the need, if it is known. */
  need: string | null
  requestedAt: Date
  /** Who asks; null when it is published no more. */
  line: Line | null
  /** Why it was taken back, if it was. */
  cancelReason: CancelReason | null
  /** Null once the case is not the partner's any more. */
  contact: {
    phone: string
    name: string | null
    email: string | null
    postalCode: string | null
    message: string | null
    language: LanguageCode
    wishes: Wishes
    safeNote: string | null
  } | null
  object: string | null
  steps: readonly { at: Date; state: EscalationState; note: string | null }[]
  /** The partner is to erase what it has, and has not said that it did. */
  erasureWanted: boolean
}

/** What is done by way of a link. */
export type Act = Verb | { kind: 'erasure_confirmed' }

/** A case by its link. Null: there is none, or it is no longer good; which of both is not told. */
export type CaseDoor = {
  look(secret: string): Promise<Closed | null>
  /** That it was opened is stored before anything is shown. */
  open(secret: string): Promise<Opened | null>
  /** @throws Conflict; InvalidInput */
  act(secret: string, act: Act, version: number | null): Promise<true | null>
  /** Sends another link to where the first one went, if it was one. */
  renew(secret: string): Promise<void>
}
