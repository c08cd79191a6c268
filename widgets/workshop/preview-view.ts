import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { ContentKind } from '../../schema/generated/workshop.ts'
import { LANGUAGES, nameOf } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import type { ContentRecord, Model } from './model.ts'

/** What the public sees within other records only. */
const WITHIN: readonly ContentKind[] = ['ORGANIZATION', 'LOCATION', 'CLOSING_DAY']

/** The public's own finder with the draft in it; of a line also what callers hear. */
export function previewView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { record } = e
  if (!record || e.dirty) return html`<p class="band">${t.previewSave}</p>`
  if (WITHIN.includes(e.kind))
    return html`<section class="card" aria-label=${t.tabs.preview}><p>${t.previewWithin}</p>${usedBy(m, record)}</section>`
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

/** The records that name this one, each with a link. */
export const usedBy = ({ t }: Model, record: ContentRecord): TemplateResult =>
  html`<ul>${record.usedBy.map((one) => html`<li><a class="to" href="#${one.id}">${one.title}</a> <small>${t.kinds[one.kind]}</small></li>`)}</ul>`
