import type { Context } from '../../context.ts'
import type { Unavailable } from '../../errors.ts'
import type { Page, Reader } from '../layout.ts'

/** What these pages need of the application. */
export type Door = {
  contextOf(languages: Context['languages']): Context
  /** The body has more bytes than a request may have, and was not read. */
  tooLong: boolean
  /** The failure as "the database does not answer", if that is what it says; null for a bug, which has been logged by then. */
  explain(error: unknown): Unavailable | null
}

/** A page as an answer; `page` null where there is none. `retryAfter` in seconds. */
export type Answered = { page: Page | null; status: number; retryAfter?: number }

/** What a form is answered with. */
export type Asked = { query: URLSearchParams; body: URLSearchParams | null; reader: Reader; context: Context; explain: Door['explain'] }
