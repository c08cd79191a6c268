import type { html, nothing, TemplateResult } from 'lit/html.js'
import type { TypedDocument } from '../shared/client.ts'
import type { Model } from './model.ts'

/**
 * What the desk lends to `cases.ts`, which is a file of its own, fetched by those who look at what partners have: the one copy of Lit, and what
 * only the element can do. A change here changes the edition, so that a desk that was opened yesterday leaves a file of today alone.
 */
export interface Lent {
  m: Pick<Model, 't' | 'language' | 'now' | 'busy' | 'signedOut' | 'start' | 'supervisor' | 'partner' | 'langOf' | 'copy'>
  html: typeof html
  nothing: typeof nothing
  /** "+32 470 12 34 56" */
  spaced(phone: string): string
  ask<R, V>(document: TypedDocument<R, V>, variables: V): Promise<R>
  /** Does one thing at a time, and tells why it did not work. */
  act<R>(name: string, work: () => Promise<R>): Promise<R | undefined>
  tell(text: string, bad?: boolean): void
  failed(error: unknown): void
  redraw(): void
  /** Moves the focus, once what is about to be rendered is there. */
  focusOn(selector: string): void
}

/** The page of what partners have. */
export interface CasesPage {
  draw(): TemplateResult
  /** Reads the list again, and the case that is open. @throws StaffFailed */
  read(): Promise<void>
  /** Cases that nobody has taken yet. */
  readonly fresh: number
  /** One step back; false when there is none. */
  escape(): boolean
  /** The session is over: nothing of a person stays on the screen. */
  shut(): void
  /** What was typed and is not sent. */
  readonly unsaved: string
}
