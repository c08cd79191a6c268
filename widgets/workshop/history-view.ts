import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import { type Sitting, sittingsOf } from './history.ts'
import type { Change, Model } from './model.ts'
import { momentOf } from './views.ts'

/** The versions of a record, the newest first: who made each, and what was different. */
export function historyView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { revisions, compared, more } = e.history
  if (!revisions) return html`<p class="hint">${t.loading}</p>`
  return html`<section class="history" aria-label=${t.tabs.history}>
    ${
      compared
        ? html`<div class="card compared"><h3 id="compared-title" tabindex="-1">${fill(t.compared, { n: compared.number })}</h3>
            ${changesView(m, compared.changes)}<button type="button" class="second" @click=${() => e.history.close()}>${t.compareClose}</button></div>`
        : nothing
    }
    <ol class="rows">${sittingsOf(revisions).map((sitting) => sittingView(m, e, sitting))}</ol>
    ${more ? html`<button type="button" class="second" @click=${() => e.readHistory(true)}>${t.more}</button>` : nothing}
  </section>`
}

function sittingView(m: Model, e: Editing, { versions, changes }: Sitting): TemplateResult {
  const { t } = m
  const [last, ...others] = versions
  const first = others.at(-1)
  const { number, at, by, action, revertedTo } = last
  return html`<li class="row">
    <p><b>${first ? fill(t.versionsTo, { n: first.number, to: number }) : fill(t.version, { n: number })}</b> · ${fill(t.actions[action], { n: revertedTo ?? 0 })}
      ${number === e.record?.publishedVersion ? html`<b class="mark">${t.publicNow}</b>` : nothing}</p>
    <p class="hint facts"><span>${by ?? t.byNobody}</span>${at ? html`<span>${momentOf(first?.at ?? at, m.language, at)}</span>` : nothing}</p>
    ${(first ?? last).number > 1 ? changesView(m, changes) : nothing}
    ${actionsView(m, e, number)}
    ${
      first
        ? html`<details><summary>${fill(t.versionsBefore, { n: others.length })}</summary><ol class="rows">${others.map(
            (
              one,
            ) => html`<li class="row"><p><b>${fill(t.version, { n: one.number })}</b>${one.at ? html` <small>${momentOf(one.at, m.language)}</small>` : nothing}</p>
              ${one.number > 1 ? changesView(m, one.changes) : nothing}${actionsView(m, e, one.number)}</li>`,
          )}</ol></details>`
        : nothing
    }
  </li>`
}

/** What can be done with a version that is not the newest. */
function actionsView({ t }: Model, e: Editing, number: number): TemplateResult | typeof nothing {
  const { record } = e
  if (!record || number === record.version) return nothing
  const named = html`<span class="unseen"> : ${fill(t.version, { n: number })}</span>`
  return html`<p class="actions"><button type="button" class="second" @click=${() => e.history.compare(record.id, number)}>${t.compare}${named}</button>
    ${e.mayEdit ? html`<button type="button" class="quiet" @click=${() => e.revert(number)}>${t.revert}${named}</button>` : nothing}</p>`
}

/** What was, and what is. */
export function changesView({ t }: Model, changes: readonly Change[]): TemplateResult {
  if (!changes[0]) return html`<p class="hint">${t.noChanges}</p>`
  return html`<dl class="changes">${changes.map(
    ({ label, before, after }) => html`<div><dt>${label}</dt>
      <dd>${before ? html`<del><span class="unseen">${t.before} : </span>${before}</del>` : nothing}
        ${after ? html`<ins><span class="unseen">${t.after} : </span>${after}</ins>` : nothing}</dd></div>`,
  )}</dl>`
}
