import type { CallbackChoicesQuery } from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import type { PasserelleElement } from '../shared/element.ts'
import type { Problem } from './input.ts'

export type Need = CallbackChoicesQuery['needs'][number]
export type Line = CallbackChoicesQuery['lines'][number]
/** What is shown: the invitation, the request, its confirmation, or the look-up of an earlier one. */
export type Step = 'start' | 'form' | 'done' | 'follow'

type Shared = 't' | 'language' | 'phase' | 'heading' | 'langOf' | 'exit' | 'renderRoot'

/** What the views show, and the verbs they call: the element implements it. */
export interface Model extends Pick<PasserelleElement<'callback'>, Shared> {
  step: Step
  choices?: CallbackChoicesQuery
  /** What the finder handed over. */
  about: CallDetail
  /** The need, when it is known; and whether it still has to be asked. */
  concern?: Need
  needKnown: boolean
  /** The line that need not be asked, and the one that will call as things stand. */
  onlyLine?: Line
  chosenLine?: Line
  /** The form is closed behind the emergency numbers. */
  gated: boolean
  problems: Problem[]
  note: string
  receipt?: { reference: string; line: { name: string; language: string } }
  followed?: { requestedAt: string; line: { name: string; language: string } }
  show(step: Step): void
  back(): void
  choose(event: Event): void
  beSafe(): void
  copy(): void
  send(event: SubmitEvent): void
  follow(event: SubmitEvent): void
}
