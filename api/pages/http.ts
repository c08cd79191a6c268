import { createHash } from 'node:crypto'
import type { UnmetLog } from '../aid/rules/unmet.ts'
import type { Retention } from '../callback/rules/retention.ts'
import { languagesFrom, tagOf } from '../directory/language.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { compress, encodingFor, QUICK } from '../http/encoding.ts'
import type { ServerPlace } from '../site/rules/site.ts'
import { publicOrigin } from '../service/rules/addresses.ts'
import type { Door } from './callback/asked.ts'
import { answerForm, isForm } from './callback/door.ts'
import { ancestorsOf, readFinder } from './finder-request.ts'
import { html } from './html.ts'
import { FINDER_PATH, languageOf, linkTo, layout, type Page, type Reader, wordsOf } from './layout.ts'
import { questionPage } from './question.ts'
import { servicePage } from './service.ts'
import { FORM_STYLE } from './style-form.ts'
import { STYLE } from './style.ts'

/** Whether it is open now stands on the page: nobody is told later than that. In seconds. */
const CACHE = 'public, max-age=60'

/** How a policy names a style or a script that stands in the page. */
export const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const STYLE_HASH = hashOf(STYLE)
/** Styles of pages with a form, for their policy. */
export const FORM_HASHES = `${STYLE_HASH} ${hashOf(FORM_STYLE)}`

/** Nothing runs on these pages, nothing is loaded, nothing is sent to others: only our own style, by its hash. */
export const policy = ({ forms, ancestors, styles = STYLE_HASH }: { forms: string; ancestors: string; styles?: string }): string =>
  ["default-src 'none'", `style-src ${styles}`, "base-uri 'none'", `form-action ${forms}`, `frame-ancestors ${ancestors}`].join('; ')
const POLICY = policy({ forms: "'none'", ancestors: "'none'" })

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  // Which page of ours somebody read is nobody else's business.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Accept-Language, Accept-Encoding',
}

/** What the pages are made from. */
export type PageParts = { directory: Snapshot; now: Date; place: ServerPlace; retention: Retention; unmet: UnmetLog; door: Door }

/**
 * `/services/{slug}`, `/questions/{slug}`, `/embed/finder` and `/embed/callback`: pages without a script, from the snapshot, for whatever opens a page;
 * `?lang=` chooses the language, else `Accept-Language` does.
 * @returns null when the address or method is another's
 */
export function answerPage(request: Request, { directory, now, place, retention, unmet, door }: PageParts): Promise<Response> | null {
  const url = new URL(request.url)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const isFinder = url.pathname === FINDER_PATH
  const hasForm = isFinder || isForm(url.pathname)
  if (!reads && !(hasForm && request.method === 'POST')) return null
  const [, kind, slug] = /^\/(services|questions)(?:\/([^/]*))?\/?$/.exec(url.pathname) ?? []
  if (!kind && !hasForm) return null

  const lang = url.searchParams.get('lang') ?? ''
  const chosen = ['fr', 'de', 'nl', 'en'].includes(lang)
  const languages = languagesFrom(chosen ? lang : request.headers.get('accept-language'))
  const reader: Reader = { directory, languages, now, origin: publicOrigin(url, place.ownOrigins), retention, chosen }
  if (isFinder) {
    const ancestors = ancestorsOf(directory, url.searchParams.get('site'), place)
    const framed = policy({ forms: "'self'", ancestors })
    return readFinder(request, reader, unmet).then((page) => send(request, page, reader, { status: 200, framed, keep: reads }))
  }
  if (hasForm) {
    const ancestors = ancestorsOf(directory, url.searchParams.get('site'), place)
    const framed = policy({ forms: "'self'", ancestors, styles: FORM_HASHES })
    return answerForm(request, { reader, place, door }).then(({ page, status, retryAfter }) =>
      send(request, page ?? missingPage(url.pathname, reader), reader, { status, framed, keep: false, retryAfter, sends: true }),
    )
  }
  const service = kind === 'services' ? directory.servicesBySlug.get(slug ?? '') : undefined
  const entry = kind === 'questions' ? directory.faqEntriesBySlug.get(slug ?? '') : undefined
  if (service) return send(request, servicePage(service, reader), reader)
  return entry
    ? send(request, questionPage(entry, reader), reader)
    : send(request, missingPage(url.pathname, reader), reader, { status: 404, keep: false })
}

function missingPage(path: string, reader: Reader): Page {
  const words = wordsOf(reader)
  return {
    title: words.missingTitle,
    description: null,
    path,
    quickExit: false,
    main: html`<h1>${words.missingTitle}</h1>
<p class="lead">${words.missingText}</p>
<p><a href="${linkTo(reader, FINDER_PATH)}">${words.home}</a></p>`,
  }
}

type Sending = { status?: number; framed?: string; keep?: boolean; sends?: boolean; retryAfter?: number }

/**
 * @param keep whether caches may keep it: what somebody asked in her own words, nobody keeps
 * @param sends it has a form that tells apart who sends it: with `no-referrer` a browser would say that it comes from nowhere (Fetch, 3.2)
 * @param retryAfter when to come back, in seconds
 */
async function send(
  request: Request,
  page: Page,
  reader: Reader,
  { status = 200, framed = POLICY, keep = true, sends = false, retryAfter }: Sending = {},
): Promise<Response> {
  const bytes = new TextEncoder().encode(layout(page, reader))
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = new Headers({
    ...HEADERS,
    'content-security-policy': framed,
    'content-language': tagOf(languageOf(reader)),
    'cache-control': keep ? CACHE : 'no-store',
  })
  if (sends) headers.set('referrer-policy', 'same-origin')
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter))
  if (keep) {
    headers.set('etag', etag)
    if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  }
  const encoding = encodingFor(request)
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  const body = await compress(bytes, encoding, QUICK)
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}
