import type { CallDetail } from '../shared/call.ts'
import type { FailureKind } from '../shared/client.ts'
import type { PasserelleElement } from '../shared/element.ts'
import type { Report } from './report.ts'
import type { Found, Group, Match, Need, Start } from './found.ts'
import type { Where } from './where.ts'

/** What the person looks for: a subject by its code, or her own words. */
export interface Asked {
  need?: string
  words?: string
}

type Shared = 't' | 'language' | 'phase' | 'headingLevel' | 'heading' | 'langOf' | 'exit'

/** What the views show, and the verbs they call: the element implements it. */
export interface Model extends Pick<PasserelleElement<'finder'>, Shared> {
  /** The subjects, the lines and the audiences. */
  start?: Start
  /** Nothing while she has not said. */
  asked?: Asked
  found?: Found
  /** Where she lives. */
  where: Where
  /** The field that keeps the search from being made. */
  wrong: '' | 'words' | 'age'
  /** No callback element on the page took the call: the numbers are shown instead. */
  callRefused: boolean
  /** The link was copied; or its address, where it must be copied by hand. */
  shared: '' | 'copied' | (string & {})
  /** The service that the link which led here was about. */
  linked?: string
  /** What is being reported as wrong. */
  report?: Report
  /** What stands in the field. */
  words: string
  /** Why the last search failed. */
  failure?: FailureKind
  chosen?: Need
  needsFallback: boolean
  /** Names the landmarks of this element, also when there are two on a page. */
  name: string
  grouped(group: Group): Match[]
  type(event: Event): void
  submit(event: Event): void
  find(asked: Asked, move?: boolean): void
  /** Something was ticked that narrows what is shown. */
  narrow(event: Event): void
  search(): void
  back(): void
  more(): void
  select(service: string): boolean
  call(subject?: CallDetail): void
  share(): void
  write(report: Report): void
  send(event: Event): void
}
