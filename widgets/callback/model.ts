import type { CallbackChoicesQuery, NeedFragment, ReceiptFragment } from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import type { PasserelleElement } from '../shared/element.ts'
import type { Problem } from './input.ts'
import type { Follow } from './later.ts'
import type { Chosen, Times } from './times.ts'

export type Need = NeedFragment
export type Line = CallbackChoicesQuery['lines'][number]
/** What is shown: the invitation, the request, its confirmation, or an earlier one. */
export type Step = 'start' | 'form' | 'done' | 'follow'

/** What every field needs to know. */
export interface Texts extends Pick<PasserelleElement<'callback'>, 't' | 'language' | 'langOf' | 'phase' | 'renderRoot'> {
  problems: Problem[]
  /** Something is on its way: what would send it once more does nothing. */
  busy: boolean
}

/** What the views show, and the verbs they call: the element implements it. */
export interface Model extends Texts, Pick<PasserelleElement<'callback'>, 'heading' | 'exit'> {
  step: Step
  choices?: CallbackChoicesQuery
  /** What the finder handed over. */
  about: CallDetail
  /** The need, when it is known; and whether it still has to be asked. */
  concernedNeed?: Need
  needKnown: boolean
  /** The line that need not be asked, and the one that will call as things stand. */
  onlyLine?: Line
  chosenLine?: Line
  /** When that line calls, once it was read; and what was chosen of it and of the rest. */
  times?: Times
  chosen: Chosen & { line?: string; need?: string; language?: string }
  /** The form is closed behind the emergency numbers. */
  gated: boolean
  note: string
  /** A number to call instead of waiting. */
  instead: string
  /** What was confirmed, and the need it was about. */
  receipt?: ReceiptFragment & { need?: string | null }
  following?: Follow
  show(step: Step): void
  back(): void
  choose(event: Event): void
  beSafe(): void
  copy(): void
  send(event: SubmitEvent): void
}
