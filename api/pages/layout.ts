import type { Retention } from '../callback/rules/retention.ts'
import type { LanguageCode } from '../db/generated/enums.ts'
import { tagOf } from '../directory/language.ts'
import type { Snapshot } from '../directory/snapshot.ts'
import { stringsFor } from '../strings/strings.ts'
import { type Html, html, jsonLd, styleElement } from './html.ts'
import { FORM_STYLE } from './style-form.ts'
import { STYLE } from './style.ts'
import { de } from './strings/de.ts'
import { en } from './strings/en.ts'
import { fr, type PageStrings } from './strings/fr.ts'
import { nl } from './strings/nl.ts'

export const PAGE_STRINGS: Record<LanguageCode, PageStrings> = { FR: fr, DE: de, NL: nl, EN: en }
const LANGUAGES = Object.keys(PAGE_STRINGS) as LanguageCode[]

/** Where one looks for aid without a script. */
export const FINDER_PATH = '/embed/finder'

/** Who reads: the content, the languages wanted, the moment, and where the pages are. */
export type Reader = {
  directory: Snapshot
  languages: readonly LanguageCode[]
  now: Date
  /** `https://aide.example.be` */
  origin: string
  /** How long what she leaves is kept: she is told. */
  retention: Retention
  /** The language was chosen in the address: links keep it. */
  chosen: boolean
}

export type Page = {
  title: string
  /** One sentence for a list of results. */
  description: string | null
  /** `/services/…`, without language; a query may follow. */
  path: string
  /** The languages in which the record has its texts, and the one that is shown; none for a page of ours. */
  record?: { written: readonly LanguageCode[]; shown: LanguageCode }
  /** Being seen reading it is a risk. */
  quickExit: boolean
  /** Key of the site in whose frame it may stand: the way home keeps it. */
  site?: string | null
  /** For the staff: nobody in danger comes here. */
  staff?: boolean
  /** It has fields of many kinds. */
  form?: boolean
  /** Styles and scripts of its own, which its policy allows by their hashes. */
  head?: Html
  /** The same record for programs. */
  alternate?: string
  /** For search engines (schema.org). */
  data?: object
  main: Html
}

/** The same place as the widgets leave to. */
const ELSEWHERE = 'https://www.meteo.be'
/** The European emergency number. */
const EMERGENCY = '112'

export const languageOf = ({ languages }: Reader): LanguageCode => languages[0] ?? 'FR'
export const wordsOf = (reader: Reader): PageStrings => PAGE_STRINGS[languageOf(reader)]

/** The address of another page of ours, in the language that the person chose. */
export const linkTo = (reader: Reader, path: string): string => (reader.chosen ? inLanguage(path, languageOf(reader)) : path)

/** The same address in a language, whichever one it was in. */
export function inLanguage(address: string, language: LanguageCode): string {
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(address) ?? []
  const others = query.split('&').filter((part) => part !== '' && !part.startsWith('lang='))
  return `${path}?${[...others, `lang=${tagOf(language)}`].join('&')}${hash}`
}

/** The language of a text where it is not the page's, for `lang`; absent otherwise. */
export const foreign = (reader: Reader, language: LanguageCode): Html | null =>
  language === languageOf(reader) ? null : html` lang="${tagOf(language)}"`

/** A whole page. */
export function layout(page: Page, reader: Reader): string {
  const language = languageOf(reader)
  const words = wordsOf(reader)
  const { demonstration } = reader.directory
  return html`<!doctype html>
<html lang="${tagOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
${page.description && html`<meta name="description" content="${page.description}">`}
${demonstration && html`<meta name="robots" content="noindex">`}
<meta name="theme-color" content="#17606c">
${page.record && addresses(page, page.record, reader)}
${STYLE_ELEMENT}${page.form && FORM_STYLE_ELEMENT}${page.head}
${page.data && jsonLd(page.data)}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>
<div class="top"><div class="frame">
<a class="brand" href="${linkTo(reader, page.site ? `${FINDER_PATH}?site=${encodeURIComponent(page.site)}` : FINDER_PATH)}">${words.home}</a>
<nav class="tongues" aria-label="${words.languages}">
${LANGUAGES.map((one) => tongue(one, page.path, language))}
</nav>
</div></div>
${
  !page.staff &&
  html`<div class="danger"><div class="frame">
<p>${words.emergency} <a href="tel:${EMERGENCY}">${EMERGENCY}</a></p>
${page.quickExit && html`<a class="exit" href="${ELSEWHERE}" rel="noreferrer">${words.exit}</a>`}
</div></div>`
}
</header>
<main id="main" class="frame">
${demonstration && !page.staff && html`<p class="note">${stringsFor(reader.languages).demonstration}</p>`}
${page.main}
</main>
</body>
</html>
`.markup
}

const STYLE_ELEMENT = styleElement(STYLE)
const FORM_STYLE_ELEMENT = styleElement(FORM_STYLE)

/** Where the page is in each language in which its record is written, for search engines. */
function addresses(page: Page, { written, shown }: NonNullable<Page['record']>, { origin }: Reader): Html {
  const at = `${origin}${page.path}`
  return html`<link rel="canonical" href="${inLanguage(at, shown)}">
${written.map((one) => html`<link rel="alternate" hreflang="${tagOf(one)}" href="${inLanguage(at, one)}">\n`)}<link rel="alternate" hreflang="x-default" href="${at}">
${page.alternate && html`<link rel="alternate" type="application/json" href="${page.alternate}">`}`
}

function tongue(one: LanguageCode, path: string, present: LanguageCode): Html {
  const { language } = PAGE_STRINGS[one]
  return one === present
    ? html`<a href="${inLanguage(path, one)}" lang="${tagOf(one)}" hreflang="${tagOf(one)}" aria-current="true">${language}</a>\n`
    : html`<a href="${inLanguage(path, one)}" lang="${tagOf(one)}" hreflang="${tagOf(one)}">${language}</a>\n`
}
