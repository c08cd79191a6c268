import { createHash } from 'node:crypto'
import { languagesFrom, tagOf } from '../directory/language.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { type Html, html, styleElement } from './html.ts'
import { inLanguage } from './layout.ts'

/** The element brings its own; this is what there is around it, and before it. */
const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; background: #faf7f1; color: #20282c; font: 100%/1.5 system-ui, sans-serif; }
body > p, passerelle-desk > p, passerelle-workshop > p { padding: 1rem; }
passerelle-finder { display: block; max-width: 44rem; margin: 1rem auto; padding: 0 1rem; }
@media (prefers-color-scheme: dark) { body { background: #14191b; color: #ece8e0; } }
@media print { body { background: none; } }
`

/** Our own script and server, and nothing else: what the staff sees is somebody's trouble, or not published yet. */
const policyFor = (ancestors: string, frames: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "connect-src 'self'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    `frame-src ${frames}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')

const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  vary: 'Accept-Language, Cookie',
}

/** The language asked for, in the address or by the browser, and how one is led to another page in it. */
export function askedOf(request: Request): { language: LanguageCode; lead(path: string): Response } {
  const lang = new URL(request.url).searchParams.get('lang')
  const chosen = lang !== null && ['fr', 'de', 'nl', 'en'].includes(lang)
  const [language = 'FR'] = languagesFrom(chosen ? lang : request.headers.get('accept-language'))
  const lead = (path: string) =>
    new Response(null, { status: 303, headers: { ...HEADERS, location: chosen ? inLanguage(path, language) : path } })
  return { language, lead }
}

type Framed = {
  title: string
  /** Our scripts, in the order in which they run. */
  script: string | readonly string[]
  main: Html
  /** Who may show it in a frame, and what may stand in a frame of it; nobody and nothing by default. */
  ancestors?: string
  frames?: string
  status?: number
}

/** A page around an element for the staff. It shows nothing of anybody by itself. */
export function frame(
  request: Request,
  language: LanguageCode,
  { title, script, main, ancestors = "'none'", frames = "'none'", status = 200 }: Framed,
): Response {
  const page = html`<!doctype html>
<html lang="${tagOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${styleElement(STYLE)}
${[script].flat().map((one) => html`<script type="module" src="${one}"></script>\n`)}</head>
<body>
${main}
</body>
</html>
`.markup
  const headers = {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-language': tagOf(language),
    'content-security-policy': policyFor(ancestors, frames),
  }
  return new Response(request.method === 'HEAD' ? null : page, { status, headers })
}
