import { html, nothing, type TemplateResult } from 'lit/html.js'

/** Always there, always quiet: the one number everybody may need. */
export const emergencyBand = (t: { emergency: string }): TemplateResult => html`
  <p class="band">${t.emergency} <a href="tel:112">112</a></p>
`

interface Callable {
  name: string
  number: string
  lang: string | typeof nothing
  label?: string
}

/** A number to call. The link is made here from its digits: an address from an answer could be a script. */
export const callLink = (number: string): TemplateResult =>
  html`<a class="number" part="call" href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>`

/** A link out of the page opens a new tab, and says so. */
export const out = (t: { newTab: string }, href: string, text: string): TemplateResult =>
  html`<a href=${href} target="_blank" rel="noreferrer">${text} <small>(${t.newTab})</small></a>`

/** Somebody to call: the name, the number (the largest thing), and when it answers. */
export const callCard = (line: Callable): TemplateResult => html`
  <div class="card" part="card">
    <p class="name" lang=${line.lang}>${line.name}</p>
    ${callLink(line.number)}
    ${line.label ? html`<p class="hint">${line.label}</p>` : nothing}
  </div>
`
