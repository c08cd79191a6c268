import { html, nothing, type TemplateResult } from 'lit/html.js'
import { LANGUAGES, nameOf } from './languages.ts'

/** What the head of a screen of the staff is told. */
interface Shown {
  t: { pageLanguage: string; demonstration: string }
  language: string
  viewer: { name: string; demonstration: boolean }
}

/**
 * The same page in the other languages, and who is signed in. Another language is another page: what was begun comes back with it.
 * @param inLanguage the address of this page in another language
 */
export const whoView = ({ t, language, viewer }: Shown, inLanguage: (code: string) => string): TemplateResult =>
  html`<nav class="languages" aria-label=${t.pageLanguage}>
    ${LANGUAGES.map((code) => code.toLowerCase())
      .filter((code) => code !== language)
      .map(
        (code) =>
          html`<a href=${inLanguage(code)} hreflang=${code} lang=${code} aria-label="${code.toUpperCase()}, ${nameOf(code, code)}">${code.toUpperCase()}</a>`,
      )}
  </nav><p class="who"><a href="/account">${viewer.name}</a>${viewer.demonstration ? html` <small>${t.demonstration}</small>` : nothing}</p>`
