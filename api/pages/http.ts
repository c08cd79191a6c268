import { createHash } from 'node:crypto'
import { languagesFrom, tagOf } from '../directory/language.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { compress, encodingFor, QUICK } from '../http/encoding.ts'
import { publicOrigin } from '../service/rules/addresses.ts'
import { html } from './html.ts'
import { languageOf, layout, type Page, type Reader, wordsOf } from './layout.ts'
import { questionPage } from './question.ts'
import { servicePage } from './service.ts'
import { STYLE } from './style.ts'

/** Whether it is open now stands on the page: nobody is told later than that. In seconds. */
const CACHE = 'public, max-age=60'

/** Nothing runs on these pages, nothing is loaded, nothing is sent: only our own style, by its hash. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': POLICY,
  // Which page of ours somebody read is nobody else's business.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Accept-Language, Accept-Encoding',
}

/**
 * `/services/{slug}` and `/questions/{slug}`: pages without a script, from the snapshot, for whatever opens a page; `?lang=` chooses the
 * language, else `Accept-Language` does.
 * @param ownOrigins under which this server is reached
 * @returns null when the address or method is another's
 */
export function answerPage(request: Request, directory: Snapshot, now: Date, ownOrigins: ReadonlySet<string>): Promise<Response> | null {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const url = new URL(request.url)
  const [, kind, slug] = /^\/(services|questions)(?:\/([^/]*))?\/?$/.exec(url.pathname) ?? []
  if (!kind) return null

  const lang = url.searchParams.get('lang') ?? ''
  const chosen = ['fr', 'de', 'nl', 'en'].includes(lang)
  const languages = languagesFrom(chosen ? lang : request.headers.get('accept-language'))
  const reader: Reader = { directory, languages, now, origin: publicOrigin(url, ownOrigins), chosen }
  const service = kind === 'services' ? directory.servicesBySlug.get(slug ?? '') : undefined
  const entry = kind === 'questions' ? directory.faqEntriesBySlug.get(slug ?? '') : undefined
  if (service) return send(request, servicePage(service, reader), reader, 200)
  return entry ? send(request, questionPage(entry, reader), reader, 200) : send(request, missingPage(url.pathname, reader), reader, 404)
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
<p><a href="/">${words.home}</a></p>`,
  }
}

async function send(request: Request, page: Page, reader: Reader, status: number): Promise<Response> {
  const bytes = new TextEncoder().encode(layout(page, reader))
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = new Headers({
    ...HEADERS,
    'content-language': tagOf(languageOf(reader)),
    'cache-control': status === 200 ? CACHE : 'no-store',
  })
  if (status === 200) {
    headers.set('etag', etag)
    if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers })
  }
  const encoding = encodingFor(request)
  if (encoding !== 'identity') headers.set('content-encoding', encoding)
  const body = await compress(bytes, encoding, QUICK)
  headers.set('content-length', String(body.length))
  return new Response(request.method === 'HEAD' ? null : body, { status, headers })
}
