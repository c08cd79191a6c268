import type { Access } from '../../access/rules/access.ts'
import { countsFrom } from '../../access/rules/cookie.ts'
import type { Retention } from '../../callback/rules/retention.ts'
import { languagesFrom, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { TooManyRequests, type Unavailable } from '../../errors.ts'
import { exchangePages, takesFiles } from '../exchange/pages.ts'
import { publicOrigin } from '../../service/rules/addresses.ts'
import type { ServerPlace } from '../../site/rules/site.ts'
import { FORM_HASHES, policy } from '../http.ts'
import { languageOf, layout, type Reader } from '../layout.ts'
import { sitePages } from '../sites/pages.ts'
import { accountPages } from './account.ts'
import { refusedPage, type SentFiles, type StaffAnswer, type StaffAsked } from './asked.ts'
import { invitationPages } from './invitation.ts'
import { recoveryPages } from './password.ts'
import { signInPages } from './sign-in.ts'
import { staffWords } from './words.ts'

export type StaffParts = {
  directory: Snapshot
  now: Date
  place: ServerPlace
  retention: Retention
  access: Access
  sitesOf: StaffAsked['sitesOf']
  importsOf: StaffAsked['importsOf']
  /** How many bytes a form with files may have; others have less. */
  longestFile: number
  /** Who asks; null when not known. */
  address: string | null
  /** The body has more bytes than a request may have, and was not read. */
  tooLong: boolean
  /** The failure as "the database does not answer", if that is what it says; null for a bug, which has been logged by then. */
  explain(error: unknown): Unavailable | null
}

/** The pages of signing in, of an invitation, of one's own account, of partners' websites, and of what is brought in and taken home. */
export const isStaffPage = (path: string): boolean => /^\/(sign-in|invitation|account|edit\/sites|edit\/exchange)(\/|$)/.test(path)

const POLICY = policy({ forms: "'self'", ancestors: "'none'", styles: FORM_HASHES })

/**
 * Pages for the staff, without a script. Looking at one changes nothing, so a cookie counts there however one came, as from a link in a mail;
 * what is sent must come from a page of ours.
 */
export async function answerStaffPage(request: Request, parts: StaffParts): Promise<Response> {
  const { directory, now, place, retention, access, sitesOf, importsOf, longestFile, address } = parts
  const url = new URL(request.url)
  const { method, headers } = request
  const lang = url.searchParams.get('lang') ?? ''
  const chosen = ['fr', 'de', 'nl', 'en'].includes(lang)
  const languages = languagesFrom(chosen ? lang : headers.get('accept-language'))
  const reader: Reader = { directory, languages, now, origin: publicOrigin(url, place.ownOrigins), retention, chosen }
  const refuse = (status: number, message: string) => send(request, { page: refusedPage(url.pathname, message, reader), status }, reader)
  const words = staffWords(reader)

  const sent = method === 'POST'
  const files = sent && takesFiles(url.pathname) ? filesIn(request, parts) : null
  if (!sent && method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, POST' } })
  if (sent) {
    if (!countsFrom(headers.get('origin'), headers.get('sec-fetch-site'), place.ownOrigins)) return refuse(403, words.foreignPage)
    if (!files && !isUrlEncoded(headers.get('content-type') ?? '')) return refuse(415, words.unreadable)
    if (!files && parts.tooLong) return refuse(413, words.unreadable)
  }
  const asked: StaffAsked = {
    path: url.pathname,
    query: url.searchParams,
    body: sent ? new URLSearchParams(files ? '' : await request.text()) : null,
    files,
    url: request.url,
    cookie: headers.get('cookie'),
    address,
    reader,
    access,
    sitesOf,
    importsOf,
    longestFile,
  }
  try {
    return send(request, await answer(asked), reader)
  } catch (error) {
    if (error instanceof TooManyRequests) {
      const page = refusedPage(url.pathname, words.tooMany(Math.ceil(error.retryAfterSeconds / 60)), reader)
      return send(request, { page, status: 429, retryAfter: error.retryAfterSeconds }, reader)
    }
    const away = parts.explain(error)
    const page = refusedPage(url.pathname, away ? words.away : words.failed, reader)
    return send(request, { page, status: away ? 503 : 500, retryAfter: away?.retryAfterSeconds }, reader)
  }
}

/** What was left unread although it is not too large came while others were. */
function filesIn(request: Request, { tooLong, longestFile }: StaffParts): SentFiles {
  if (!tooLong) return { read: () => request.formData().catch(() => null) }
  return { left: Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY) > longestFile ? 'TOO_LARGE' : 'BUSY' }
}

const isUrlEncoded = (type: string): boolean => /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-?8"?\s*)?$/i.test(type.trim())

async function answer(asked: StaffAsked): Promise<StaffAnswer> {
  const done =
    (await signInPages(asked)) ??
    (await invitationPages(asked)) ??
    (await recoveryPages(asked)) ??
    (await accountPages(asked)) ??
    (await sitePages(asked)) ??
    (await exchangePages(asked))
  return done ?? { page: refusedPage(asked.path, staffWords(asked.reader).unreadable, asked.reader), status: 404 }
}

/** Nobody keeps these pages, and nobody else learns which one it was. */
function send(request: Request, answered: StaffAnswer, reader: Reader): Response {
  const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
  for (const cookie of 'frame' in answered ? [] : (answered.cookies ?? [])) headers.append('set-cookie', cookie)
  if ('to' in answered) {
    headers.set('location', answered.to)
    return new Response(null, { status: 303, headers })
  }
  const framed = 'frame' in answered
  if (!framed && answered.retryAfter !== undefined) headers.set('retry-after', String(answered.retryAfter))
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-language', tagOf(languageOf(reader)))
  headers.set('content-security-policy', answered.policy ?? POLICY)
  headers.set('vary', 'Accept-Language')
  const text = framed ? answered.frame.markup : layout(answered.page, reader)
  return new Response(request.method === 'HEAD' ? null : text, { status: framed ? 200 : answered.status, headers })
}
