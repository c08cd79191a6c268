import { html, nothing, type TemplateResult } from 'lit/html.js'
import { LANGUAGES, nameOf } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import type { Model } from './model.ts'

/** The public's own finder with the draft in it; of a line also what callers hear. */
export function previewView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { record } = e
  if (!record || e.dirty) return html`<p class="band">${t.previewSave}</p>`
  const tag = e.shownIn || m.language
  const choose = (event: Event) => {
    e.shownIn = (event.target as HTMLSelectElement).value
    m.requestUpdate()
  }
  const menu = (e.value(['menu']) ?? []) as readonly { key: number; label: Record<string, string> }[]
  return html`<section class="preview" aria-label=${t.tabs.preview}>
    <p class="hint">${t.previewHint}</p>
    <div class="field"><label for="preview-language">${t.languageLabel}</label>
      <select id="preview-language" @change=${choose}>${LANGUAGES.map((code) => code.toLowerCase()).map(
        (code) => html`<option value=${code} .selected=${code === tag}>${nameOf(code, m.language)}</option>`,
      )}</select></div>
    ${
      menu[0]
        ? html`<div class="card"><h3>${t.heard}</h3><ol class="heard">${menu.map(({ key, label }) => {
            const said = label[tag] ? tag : e.tag
            return html`<li><b class="keycap">${key}</b> <span lang=${said}>${label[said] ?? t.empty}</span></li>`
          })}</ol></div>`
        : nothing
    }
    ${record.state === 'RETIRED' ? nothing : html`<iframe title=${t.previewFrame} src="/edit/preview/${record.id}?lang=${tag}&v=${record.version}"></iframe>`}
  </section>`
}
