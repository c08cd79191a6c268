import type { SiteRecord } from '../../site/rules/door.ts'
import { type Html, html } from '../html.ts'
import type { Reader } from '../layout.ts'
import { staffLink } from '../staff/asked.ts'
import type { Wanted } from './read.ts'
import {
  drupalLibrary,
  drupalTags,
  elementTags,
  framePolicy,
  frameTags,
  type Piece,
  plainSnippet,
  ploneAttributes,
  ploneTags,
  policyLines,
  scriptTag,
  shortcode,
  styleRules,
  wordpressPlugin,
} from './snippets.ts'
import { sitesWords } from './words.ts'

/** Something to copy: selected by a click, and by hand without a script. */
const snippet = (id: string, label: string, text: string): Html => html`<div class="snippet">
<label for="${id}" id="${id}-label">${label}</label>
<textarea id="${id}" readonly rows="${Math.min(text.trimEnd().split('\n').length, 14)}" spellcheck="false" translate="no">\n${text}</textarea>
</div>\n`

type Parts = { wanted: Wanted; pieces: readonly Piece[]; lines: readonly { slug: string; number: string }[] }

/** What is pasted, for each of the systems, and for what the page shows. */
export function snippetSection(site: SiteRecord, { wanted, pieces, lines }: Parts, reader: Reader): Html | null {
  const words = sitesWords(reader)
  const piece = pieces.find(({ language }) => language === wanted.language)
  if (!piece) return null
  const rules = styleRules(piece)
  const style = (id: string, label: string) => rules !== '' && snippet(id, label, rules)
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}"${chosen && html` selected`}>${label}</option>`
  return html`<section id="paste" data-copy="${words.copy}" data-copied="${words.copied}">
<h2>${words.paste}</h2>
<p>${words.pasteText}</p>
<form class="form" method="get" action="/edit/sites/${site.key}#paste">
${languageField(reader)}<div class="row">
<div class="field"><label for="shown">${words.shown}</label>
<select id="shown" name="shown">${(['both', 'finder', 'callback'] as const).map((one) => option(one, words.shownAs[one], one === wanted.shown))}</select></div>
<div class="field"><label for="for">${words.snippetLanguage}</label>
<select id="for" name="for">${pieces.map(({ language }) => option(language, words.language[language], language === wanted.language))}</select></div>
<div class="field"><label for="line">${words.line}</label>
<select id="line" name="line">${lines.map(({ slug, number }) => option(slug, number, slug === piece.line?.slug))}</select></div>
</div>
<p class="actions"><button>${words.choose}</button></p>
</form>
<details open><summary>${words.plain}</summary>
<p>${words.plainText}</p>
${snippet('plain', words.plain, plainSnippet(piece))}</details>
<details><summary>${words.wordpress}</summary>
<p>${words.wordpressText}</p>
${snippet('wordpress-plugin', words.wordpressPlugin, wordpressPlugin([piece, ...pieces.filter((one) => one !== piece)]))}
${snippet('wordpress-use', words.wordpressUse, shortcode(piece.language))}
<p>${words.wordpressBlock}</p></details>
<details><summary>${words.drupal}</summary>
<p>${words.drupalText}</p>
${snippet('drupal-library', words.drupalLibrary('mytheme.libraries.yml', 'mytheme.info.yml'), drupalLibrary(piece))}
${style('drupal-style', words.drupalCss('css/passerelle.css'))}
${snippet('drupal-format', words.drupalFormat, drupalTags(piece.shown))}
${snippet('drupal-tags', words.tags, elementTags(piece))}</details>
<details><summary>${words.plone}</summary>
<p>${words.ploneText}</p>
<p>${words.ploneFilter}</p>
${snippet('plone-valid', words.ploneTags, ploneTags(piece.shown))}
${snippet('plone-attributes', words.ploneAttributes, ploneAttributes(piece.shown))}
${snippet('plone-script', words.ploneScript, scriptTag(piece))}
${style('plone-style', words.ploneCss)}
${snippet('plone-tags', words.tags, elementTags(piece))}</details>
<details><summary>${words.frame}</summary>
<p>${words.frameText}</p>
${snippet('frame', words.frame, frameTags(piece))}</details>
<details><summary>${words.policy}</summary>
${snippet('policy', words.policyText, policyLines(piece.server))}
${snippet('policy-frame', words.policyFrame, framePolicy(piece.server))}</details>
</section>`
}

/** A form sent by GET forgets what its address says: the language goes with its fields. */
const languageField = (reader: Reader): Html | null => {
  const lang = new URL(staffLink(reader, '/'), 'http://x').searchParams.get('lang')
  return lang === null ? null : html`<input type="hidden" name="lang" value="${lang}">\n`
}
