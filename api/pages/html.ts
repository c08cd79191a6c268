/** Markup that is safe to send; only the functions of this file make it. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template: texts are escaped, markup is not, and what is absent leaves nothing. */
export type Part = Html | string | number | null | undefined | false | readonly Part[]

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string)

function render(part: Part): string {
  if (part instanceof Html) return part.markup
  if (Array.isArray(part)) return part.map(render).join('')
  return part === null || part === undefined || part === false ? '' : escapeText(String(part))
}

/**
 * HTML from a template: html`<p class="${kind}">${text}</p>`. Every value is escaped for an element's text and for a quoted attribute, the
 * only places where values may stand; an address in `href` must have been checked for its scheme before.
 */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(texts.map((text, index) => (index === 0 ? text : render(parts[index - 1]) + text)).join(''))

/** A block of data for search engines (JSON-LD), which no text in it can end: there is no `<` left. */
export const jsonLd = (data: object): Html =>
  new Html(
    `<script type="application/ld+json">${JSON.stringify(data).replace(
      /[<>&\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )}</script>`,
  )

/** A picture drawn by us: nothing of it was typed by anybody. */
export const picture = (svg: string): Html => new Html(svg)

/** A style sheet of our own, to the byte: the policy of the page names its hash. */
export const styleElement = (css: string): Html => new Html(`<style>${css}</style>`)

/** A script of our own, to the byte: the policy of the page names its hash. It runs when the page is there. */
export const scriptElement = (script: string): Html => new Html(`<script type="module">${script}</script>`)
