import type { CallDetail } from '../shared/call.ts'
import type { FailureKind } from '../shared/client.ts'
import type { PasserelleElement } from '../shared/element.ts'
import type { Commune, Found, Group, Need, Service, Start } from './found.ts'

/** What the person looks for: a subject by its code, or her own words. */
export interface Asked {
  need?: string
  words?: string
}

type Shared = 't' | 'language' | 'phase' | 'headingLevel' | 'heading' | 'langOf' | 'exit'

/** What the views show, and the verbs they call: the element implements it. */
export interface Model extends Pick<PasserelleElement<'finder'>, Shared> {
  /** The subjects and the lines. */
  start?: Start
  /** Nothing while she has not said. */
  asked?: Asked
  found?: Found
  /** The commune that was recognized, and those that what was typed may mean. */
  known?: Commune
  suggestions: Commune[]
  placeProblem: '' | 'which' | 'communeUnknown'
  /** No callback element on the page took the call: the numbers are shown instead. */
  callRefused: boolean
  /** What stands in the fields. */
  words: string
  place: string
  failure: FailureKind
  /** Every need, whatever its level, and the one that was chosen. */
  needs: Need[]
  chosen?: Need
  needsFallback: boolean
  grouped(group: Group): Service[]
  type(event: Event): void
  submit(event: Event): void
  find(asked: Asked, move?: boolean): void
  search(): void
  back(): void
  more(): void
  select(service: string): boolean
  call(subject?: CallDetail): void
  choose(commune: Commune): void
}
