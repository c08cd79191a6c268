import { html, nothing, type TemplateResult } from 'lit/html.js'
import { at, fromWire, titleOf } from './content.ts'
import type { Clash } from './clash.ts'
import type { Editing } from './editing.ts'
import { changesView } from './history-view.ts'
import { clashTitle, labelOf } from './labels.ts'
import type { Model } from './model.ts'
import { momentOf } from './views.ts'

/** Somebody changed the record while it was being written: who, what, and whose words stay where both wrote. */
export function clashView(m: Model, e: Editing, clash: Clash): TemplateResult {
  const { t } = m
  const theirs = fromWire(clash.theirs.content)
  return html`<section class="card clash" aria-labelledby="clash-title">
    <h2 id="clash-title" tabindex="-1">${clashTitle(m, clash.name)}</h2>
    <p><b>${titleOf(e.doc) || clash.theirs.title}</b></p>
    <p>${t.conflictHint} ${clash.at ? html`<small>${momentOf(clash.at, m.language)}</small>` : nothing}</p>
    ${clash.changes[0] ? changesView(m, clash.changes) : nothing}
    ${
      clash.choices[0]
        ? html`<h3>${t.conflictChoose}</h3>${clash.choices.map(({ path, keep }) => {
            const name = path.join('-')
            const choice = (whose: 'mine' | 'theirs', label: string, value: unknown) => html`<label class="version">
              <input type="radio" name=${name} value=${whose} .checked=${keep === whose} @change=${() => e.keep(path, whose)} />
              <span><b>${label}</b><span class="lines" lang=${path[0] === 'texts' ? path[1] : nothing}>${told(m, value)}</span></span></label>`
            return html`<fieldset class="choice"><legend>${labelOf(m, path)}</legend>
              ${choice('mine', t.conflictMine, at(e.doc, path))}${choice('theirs', t.conflictTheirs, at(theirs, path))}</fieldset>`
          })}`
        : nothing
    }
    ${
      e.asking === 'drop'
        ? html`<div class="asking" id="asking" tabindex="-1"><p>${t.conflictDropSure}</p><p class="actions">
            <button type="button" @click=${() => e.settleClash(false)}>${t.conflictDropAll}</button>
            <button type="button" class="second" @click=${() => e.ask('')}>${t.cancel}</button></p></div>`
        : html`<p class="actions"><button type="button" @click=${() => e.settleClash()}>${t.conflictDo}</button>
            <button type="button" class="quiet" @click=${() => e.ask('drop')}>${t.conflictDropAll}</button></p>`
    }
  </section>`
}

/** A value as one line for each thing it says; a list by the words and times in it. */
function told({ t }: Model, value: unknown): string {
  const words = (one: unknown): string =>
    Array.isArray(one)
      ? one.map(words).filter(Boolean).join('\n')
      : typeof one === 'object' && one !== null
        ? Object.values(one).map(words).filter(Boolean).join(' · ').replace(/\n/g, ' ')
        : one === null || one === undefined || one === false
          ? ''
          : one === true
            ? '✓'
            : String(one)
  return words(value) || t.empty
}
