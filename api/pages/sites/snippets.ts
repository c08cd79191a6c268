import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { telephoneUri } from '../../organization/rules.ts'
import { type Look, propertiesOf, themeOf } from '../../site/rules/look.ts'
import { type Html, html } from '../html.ts'

/** Which of the widgets stand on a page. */
export type Shown = 'both' | 'finder' | 'callback'

/** What somebody calls instead: a line, its number, and when it answers in words. */
export type Instead = { slug: string; number: string; hours: string | null }

/** What a website shows in one of its languages. */
export type Piece = {
  /** Origin of this server; '' for a page of its own. */
  server: string
  /** Null: without a key, as in the preview: nothing can be sent. */
  key: string | null
  language: LanguageCode
  shown: Shown
  look: Look
  line: Instead | null
}

/** What stands in the tag until the script is there, without it, and whenever the service does not answer. */
const CALL: Record<LanguageCode, { before: string; after: string; frame: { finder: string; callback: string } }> = {
  FR: {
    before: 'Vous préférez téléphoner ? Appelez le ',
    after: '.',
    frame: { finder: 'Trouver une aide', callback: 'Être rappelé' },
  },
  DE: {
    before: 'Möchten Sie lieber telefonieren? Rufen Sie die ',
    after: ' an.',
    frame: { finder: 'Hilfe finden', callback: 'Um einen Rückruf bitten' },
  },
  NL: { before: 'Belt u liever? Bel ', after: '.', frame: { finder: 'Hulp vinden', callback: 'Teruggebeld worden' } },
  EN: { before: 'Would you rather telephone? Call ', after: '.', frame: { finder: 'Find help', callback: 'Be called back' } },
}

/** European emergency number, where there is no line to name. */
const EMERGENCY = '112'

const FILE: Record<Shown, string> = { both: 'passerelle', finder: 'passerelle-finder', callback: 'passerelle-callback' }
const tagsOf = (shown: Shown): ('passerelle-finder' | 'passerelle-callback')[] =>
  shown === 'both' ? ['passerelle-finder', 'passerelle-callback'] : [`passerelle-${shown}`]

export const scriptUrl = (server: string, shown: Shown): string => `${server}/widgets/v1/${FILE[shown]}.js`

export const scriptTag = ({ server, shown }: Pick<Piece, 'server' | 'shown'>): string =>
  html`<script type="module" src="${scriptUrl(server, shown)}"></script>`.markup

/** The colours as rules for a style sheet; '' where there are none of its own. */
export function styleRules({ look, shown }: Pick<Piece, 'look' | 'shown'>): string {
  const properties = propertiesOf(look)
  if (properties.length === 0) return ''
  return `${tagsOf(shown).join(', ')} {\n${properties.map(([name, value]) => `  ${name}: ${value};`).join('\n')}\n}`
}

/** Whom one calls instead, and when. */
function callText(language: LanguageCode, line: Instead | null): Html {
  const { before, after } = CALL[language]
  const number = line?.number ?? EMERGENCY
  const hours = line?.hours ? ` (${line.hours})` : ''
  return html`${before}<a href="${telephoneUri(number)}">${number}</a>${hours}${after}`
}

/** The tags with what stands in them. */
export function elements({ key, language, shown, look, line }: Piece): Html {
  const theme = themeOf(look)
  return html`${tagsOf(shown).map((tag, index) => {
    const isCallback = tag === 'passerelle-callback'
    const attributes = html`${key !== null && html` site="${key}"`}${isCallback && line && html` line="${line.slug}"`} lang="${tagOf(language)}"${theme && html` theme="${theme}"`}`
    return html`${index > 0 && '\n\n'}<${tag}${attributes}>\n  <p>${callText(language, line)}</p>\n</${tag}>`
  })}`
}
export const elementTags = (piece: Piece): string => elements(piece).markup

/** All of it at once, for a page whose HTML one writes. */
export const plainSnippet = (piece: Piece): string => {
  const rules = styleRules(piece)
  return [scriptTag(piece), ...(rules === '' ? [] : [`<style>\n${rules}\n</style>`]), elementTags(piece)].join('\n\n')
}

/**
 * A small plugin, since WordPress takes scripts and unknown tags out of what most people write: its shortcode passes. It needs WordPress 6.5.
 * @param pieces one for each language, the first one where none is asked for
 */
export function wordpressPlugin(pieces: readonly Piece[]): string {
  const [first] = pieces
  if (!first) return ''
  const rules = styleRules(first)
  const style = [
    `  wp_register_style('passerelle', false, array(), null);`,
    `  wp_enqueue_style('passerelle');`,
    `  wp_add_inline_style('passerelle', <<<'CSS'\n${rules}\nCSS\n  );`,
  ]
  return `<?php
/* Plugin Name: Passerelle */
add_action('wp_enqueue_scripts', function () {
  wp_enqueue_script_module('passerelle', '${scriptUrl(first.server, first.shown)}', array(), null);
${rules === '' ? '' : `${style.join('\n')}\n`}});
add_shortcode('passerelle', function ($given) {
  $given = shortcode_atts(array('lang' => '${tagOf(first.language)}'), $given);
  $pages = array(
${pieces.map((piece) => `    '${tagOf(piece.language)}' => <<<'HTML'\n${elementTags(piece)}\nHTML,`).join('\n')}
  );
  return isset($pages[$given['lang']]) ? $pages[$given['lang']] : reset($pages);
});
`
}

/** What an author writes in WordPress, once the plugin is there. */
export const shortcode = (language: LanguageCode): string => `[passerelle lang="${tagOf(language)}"]`

/** For `mytheme.libraries.yml` of a Drupal theme. */
export const drupalLibrary = ({ server, shown, look }: Pick<Piece, 'server' | 'shown' | 'look'>): string =>
  `passerelle:
  js:
    ${scriptUrl(server, shown)}:
      type: external
      attributes: { type: module }
${propertiesOf(look).length === 0 ? '' : '  css:\n    theme:\n      css/passerelle.css: {}\n'}`

/** Tags and attributes that a text format of Drupal must let through, as its field for them wants them. */
export const drupalTags = (shown: Shown): string =>
  tagsOf(shown)
    .map((tag) => `<${tag} ${['site', ...(tag === 'passerelle-callback' ? ['line'] : []), 'lang', 'theme'].join(' ')}>`)
    .join(' ')

/** The same for Plone: tags and attributes, one a line in its two fields. */
export const ploneTags = (shown: Shown): string => tagsOf(shown).join('\n')
export const ploneAttributes = (shown: Shown): string => ['site', ...(shown === 'finder' ? [] : ['line']), 'lang', 'theme'].join('\n')

/**
 * Pages of ours in frames, for sites that let no script in. Colours do not reach them. What stands beneath is there as well when a frame shows
 * nothing: the key was revoked, or the server cannot be reached.
 */
export function frameTags({ server, key, language, shown, line }: Piece): string {
  const frame = (kind: 'finder' | 'callback') => {
    const query = new URLSearchParams()
    if (key !== null) query.set('site', key)
    if (kind === 'callback' && line) query.set('line', line.slug)
    query.set('lang', tagOf(language))
    return html`<iframe src="${server}/embed/${kind}?${query.toString()}" title="${CALL[language].frame[kind]}" width="100%" height="900"></iframe>`
      .markup
  }
  const frames = (shown === 'both' ? (['finder', 'callback'] as const) : [shown]).map(frame)
  return [...frames, html`<p lang="${tagOf(language)}">${callText(language, line)}</p>`.markup].join('\n\n')
}

/** What a page with a strict Content-Security-Policy must allow, beside what it allows already. */
export const policyLines = (server: string): string => `script-src ${server}; connect-src ${server}; trusted-types lit-html`
export const framePolicy = (server: string): string => `frame-src ${server}`
