import { createHash } from 'node:crypto'
import { hasRole, type Viewer } from '../access/rules/viewer.ts'
import { languagesFrom, tagOf } from '../directory/language.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { html, styleElement } from './html.ts'
import { inLanguage } from './layout.ts'

const DESK_PATH = '/desk'
const PARTNER_PATH = '/partner'
const SCRIPT = '/widgets/v1/passerelle-desk.js'

/** The pages around the desk's element: the desk itself, and the one for the case workers of partners. */
export const isDeskPage = (path: string): boolean => path === DESK_PATH || path === PARTNER_PATH

const WORDS: Record<LanguageCode, { title: string; waiting: string; partnerTitle: string; partnerWaiting: string }> = {
  FR: {
    title: 'Poste d’appel',
    waiting: 'Le poste d’appel s’ouvre. Il lui faut JavaScript.',
    partnerTitle: 'Dossiers confiés',
    partnerWaiting: 'Vos dossiers s’ouvrent. Il leur faut JavaScript.',
  },
  DE: {
    title: 'Anrufplatz',
    waiting: 'Der Anrufplatz öffnet sich. Er braucht JavaScript.',
    partnerTitle: 'Anvertraute Fälle',
    partnerWaiting: 'Ihre Fälle werden geöffnet. Dazu braucht es JavaScript.',
  },
  NL: {
    title: 'Belpost',
    waiting: 'De belpost gaat open. Hij heeft JavaScript nodig.',
    partnerTitle: 'Toevertrouwde dossiers',
    partnerWaiting: 'Uw dossiers gaan open. Daarvoor is JavaScript nodig.',
  },
  EN: {
    title: 'Call desk',
    waiting: 'The call desk is opening. It needs JavaScript.',
    partnerTitle: 'Cases handed to us',
    partnerWaiting: 'Your cases are opening. They need JavaScript.',
  },
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
 * `/desk` and `/partner`: the page around the desk's element, for whoever has signed in; others are led to where one does, and a member who works
 * on the other of the two pages to that one. It shows nothing of anybody, so a
 * cookie counts however she came, as on the pages for signing in: from a provider, or by a link in a mail. What the element asks for
 * is asked for by our own page.
 */
export function deskPage(request: Request, viewer: Viewer | null): Response {
  const { pathname, searchParams } = new URL(request.url)
  const lang = searchParams.get('lang')
  const chosen = lang !== null && ['fr', 'de', 'nl', 'en'].includes(lang)
  const [language = 'FR'] = languagesFrom(chosen ? lang : request.headers.get('accept-language'))
  const lead = (path: string) =>
    new Response(null, { status: 303, headers: { ...HEADERS, location: chosen ? inLanguage(path, language) : path } })
  if (viewer === null) return lead(`/sign-in?next=${encodeURIComponent(pathname)}`)
  const isPartner = pathname === PARTNER_PATH
  const calls = hasRole(viewer, ['AGENT', 'SUPERVISOR'])
  const takesOver = hasRole(viewer, ['PARTNER'])
  if (isPartner ? !takesOver && calls : takesOver && !calls) return lead(isPartner ? DESK_PATH : PARTNER_PATH)
  const { title, waiting, partnerTitle, partnerWaiting } = WORDS[language]
  const page = html`<!doctype html>
<html lang="${tagOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${isPartner ? partnerTitle : title}</title>
${styleElement(STYLE)}
<script type="module" src="${SCRIPT}"></script>
</head>
<body>
<passerelle-desk${isPartner && html` partner`}><p>${isPartner ? partnerWaiting : waiting}</p></passerelle-desk>
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
