import type { html, nothing, TemplateResult } from 'lit/html.js'
import type { ReceiptFragment } from '../../schema/generated/callback.ts'
import type { TypedDocument } from '../shared/client.ts'
import type { Phase } from '../shared/element.ts'
import type { fill, Language } from '../shared/languages.ts'
import type { callLink } from '../shared/parts.ts'
import type { input, phone, submit, summary } from './fields.ts'
import type { missing, Problem, tidyPhone, typed } from './input.ts'
import type { Texts } from './model.ts'
import type { expectation, missingTime, Times, timesView } from './times.ts'

/** What the element and the follow step both read and set: `phase`, `problems` and `note` show as they do in the request. */
interface Shown extends Texts {
  language: Language
  phase: Phase
  note: string
  receipt?: ReceiptFragment
  reference?: string
}

/**
 * What the element lends to `follow.ts`, which is a file of its own, fetched by those who follow a request: the one copy of Lit, the parts
 * both draw, and what only the element can do. The build shortens names in each file for itself, so no name here may be one of `OURS` in
 * scripts/build-widgets.mjs; and a change here changes the edition, so that a script of yesterday leaves a file of today alone.
 */
export interface Host {
  m: Shown
  html: typeof html
  nothing: typeof nothing
  parts: {
    callLink: typeof callLink
    expectation: typeof expectation
    fill: typeof fill
    input: typeof input
    missing: typeof missing
    missingTime: typeof missingTime
    phone: typeof phone
    submit: typeof submit
    summary: typeof summary
    tidyPhone: typeof tidyPhone
    timesView: typeof timesView
    typed: typeof typed
  }
  /** A heading; `below` levels under the element's own. */
  title(text: unknown, below?: number): TemplateResult
  /** `lang` for a text of another language. */
  langFor(code: string): string | typeof nothing
  /** Asks the API by POST. */
  query<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R>
  /** Does something that takes time, and shows that it does, or that it failed. */
  attempt(work: () => Promise<void>): Promise<void>
  /** Shows what is to be corrected, if anything, and says whether there is. */
  correct(problems: Problem[]): boolean
  /** Draws again, and moves the focus to the heading where something else is shown now. */
  redraw(moved?: boolean): void
  times(line: string): Promise<Times>
  /** Out of this step. */
  close(): void
}

/** The step in which an earlier request is looked up, moved, withdrawn or erased. */
export interface Follow {
  draw(): unknown
  /** The language changed: what is shown is read again. */
  translate(): void
}
