import { createHash } from 'node:crypto'
import type { Viewer } from '../access/rules/viewer.ts'
import { languagesFrom, tagOf } from '../directory/language.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { html, styleElement } from './html.ts'
import { inLanguage } from './layout.ts'

export const DESK_PATH = '/desk'
const SCRIPT = '/widgets/v1/passerelle-desk.js'
const SIGN_IN = `/sign-in?next=${encodeURIComponent(DESK_PATH)}`

const WORDS: Record<LanguageCode, { title: string; waiting: string }> = {
  FR: { title: 'Poste d’appel', waiting: 'Le poste d’appel s’ouvre. Il lui faut JavaScript.' },
  DE: { title: 'Anrufplatz', waiting: 'Der Anrufplatz öffnet sich. Er braucht JavaScript.' },
  NL: { title: 'Belpost', waiting: 'De belpost gaat open. Hij heeft JavaScript nodig.' },
  EN: { title: 'Call desk', waiting: 'The call desk is opening. It needs JavaScript.' },
}

/** The element brings its own; this is what there is around it, and before it. */
const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: #faf7f1; color: #20282c; font: 100%/1.5 system-ui, sans-serif; }
body > p, passerelle-desk > p { padding: 1rem; }
@media (prefers-color-scheme: dark) { body { background: #14191b; color: #ece8e0; } }
@media print { body { background: none; } }
`

/** Our own script and server, and nothing else: what an agent sees is somebody's trouble. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Accept-Language, Cookie',
}

/**
 * `/desk`: the page around the desk's element, for whoever has signed in; others are led to where one does. It shows nothing of anybody, so a
 * cookie counts however she came, as on the pages for signing in: from a provider, or by a link in a mail. What the element asks for
 * is asked for by our own page.
 */
export function deskPage(request: Request, viewer: Viewer | null): Response {
  const lang = new URL(request.url).searchParams.get('lang')
  const chosen = lang !== null && ['fr', 'de', 'nl', 'en'].includes(lang)
  const [language = 'FR'] = languagesFrom(chosen ? lang : request.headers.get('accept-language'))
  if (viewer === null)
    return new Response(null, { status: 303, headers: { ...HEADERS, location: chosen ? inLanguage(SIGN_IN, language) : SIGN_IN } })
  const words = WORDS[language]
  const page = html`<!doctype html>
<html lang="${tagOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${words.title}</title>
${styleElement(STYLE)}
<script type="module" src="${SCRIPT}"></script>
</head>
<body>
<passerelle-desk><p>${words.waiting}</p></passerelle-desk>
</body>
</html>
`.markup
  const headers = {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-language': tagOf(language),
    'content-security-policy': POLICY,
  }
  return new Response(request.method === 'HEAD' ? null : page, { headers })
}
