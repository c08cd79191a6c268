import type { Access, Cookies } from '../../access/rules/access.ts'
import { hasRole, type Viewer } from '../../access/rules/viewer.ts'
import type { LanguageCode } from '../../db/generated/enums.ts'
import type { ImportDoor } from '../../exchange/rules/door.ts'
import type { SiteDoor } from '../../site/rules/door.ts'
import { type Html, html } from '../html.ts'
import { inLanguage, languageOf, type Page, type Reader } from '../layout.ts'
import { staffWords } from './words.ts'

/** What a page for the staff is made from; `body` null for one that is only looked at. */
export type StaffAsked = {
  path: string
  query: URLSearchParams
  body: URLSearchParams | null
  /** A form with files, which is read where somebody may send it; then `body` is empty. */
  files: SentFiles | null
  /** The whole address, for what a provider wrote into it. */
  url: string
  cookie: string | null
  address: string | null
  reader: Reader
  access: Access
  /** The websites that somebody looks after. */
  sitesOf(viewer: Viewer): SiteDoor
  /** What somebody brings in and takes home. */
  importsOf(viewer: Viewer, language: LanguageCode): ImportDoor
  /** How many bytes a form with files may have. */
  longestFile: number
}

/** A form with files; null when it cannot be read. Or why it was left where it was: it is too large, or enough others were being read. */
export type SentFiles = { read(): Promise<FormData | null> } | { left: 'TOO_LARGE' | 'BUSY' }

/**
 * A page, or where to go instead. `retryAfter` in seconds; `policy` where the page needs another one than most; `frame` is a whole page by itself,
 * to stand in a frame of ours.
 */
export type StaffAnswer =
  | { page: Page; status: number; cookies?: Cookies; retryAfter?: number; policy?: string }
  | { frame: Html; policy: string }
  | { to: string; cookies?: Cookies }

/** Another page for the staff, in the language that was chosen. */
export const staffLink = (reader: Reader, path: string): string => (reader.chosen ? inLanguage(path, languageOf(reader)) : path)

export const go = ({ reader }: Pick<StaffAsked, 'reader'>, path: string, cookies?: Cookies): StaffAnswer => ({
  to: staffLink(reader, path),
  cookies,
})

/** With where to go on to, if that was asked for. */
export const withNext = (path: string, next: string | null): string => (next === null ? path : `${path}?next=${encodeURIComponent(next)}`)

/** Where somebody works: at the desk, on the cases of a partner, in the workshop, or nowhere here. */
export const homeOf = (viewer: Viewer): '/desk' | '/partner' | '/edit' | '/account' => {
  if (hasRole(viewer, ['AGENT', 'SUPERVISOR'])) return '/desk'
  if (hasRole(viewer, ['PARTNER'])) return '/partner'
  return hasRole(viewer, ['EDITOR']) ? '/edit' : '/account'
}

export const staffPage = (path: string, title: string, main: Html, wrong: boolean, reader: Reader): Page => ({
  title: wrong ? `${ERROR[languageOf(reader)]}${title}` : title,
  description: null,
  path,
  form: true,
  staff: true,
  quickExit: false,
  main: html`<h1>${title}</h1>
${main}`,
})

const ERROR = { FR: 'Erreur : ', DE: 'Fehler: ', NL: 'Fout: ', EN: 'Error: ' } as const

/** What was sent is not taken, and why. */
export const refusedPage = (path: string, message: string, reader: Reader): Page =>
  staffPage(
    path,
    staffWords(reader).signIn,
    html`<div class="card wrong" role="alert"><p><strong>${message}</strong></p></div>
<p><a class="step" href="${staffLink(reader, '/sign-in')}">${staffWords(reader).startAgain}</a></p>`,
    true,
    reader,
  )
