import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import type { Change, Model, Revision } from './model.ts'
import { momentOf } from './views.ts'

/** The versions of a record, the newest first: who made each, and what was different. */
export function historyView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  if (!e.revisions) return html`<p class="hint">${t.loading}</p>`
  const close = () => {
    e.compared = undefined
    e.focusOn('#tab-history')
  }
  return html`<section class="history" aria-label=${t.tabs.history}>
    ${
      e.compared
        ? html`<div class="card compared"><h3 id="compared-title" tabindex="-1">${fill(t.compared, { n: e.compared.number })}</h3>
            ${changesView(m, e.compared.changes)}<button type="button" class="second" @click=${close}>${t.compareClose}</button></div>`
        : nothing
    }
    <ol class="rows">${e.revisions.map((revision) => revisionView(m, e, revision))}</ol>
    ${e.moreRevisions ? html`<button type="button" class="second" @click=${() => e.readHistory(true)}>${t.more}</button>` : nothing}
  </section>`
}

function revisionView(m: Model, e: Editing, revision: Revision): TemplateResult {
  const { t } = m
  const { number, at, by, action, revertedTo, changes } = revision
  const newest = number === e.record?.version
  return html`<li class="row">
    <p><b>${fill(t.version, { n: number })}</b> · ${fill(t.actions[action], { n: revertedTo ?? 0 })}
      ${number === e.record?.publishedVersion ? html`<b class="mark">${t.publicNow}</b>` : nothing}</p>
    <p class="hint facts"><span>${by ?? t.byNobody}</span>${at ? html`<span>${momentOf(at, m.language)}</span>` : nothing}</p>
    ${number > 1 ? (changes[0] ? changesView(m, changes) : html`<p class="hint">${t.noChanges}</p>`) : nothing}
    ${
      newest
        ? nothing
        : html`<p class="actions"><button type="button" class="second" @click=${() => e.compareWith(number)}>${t.compare}<span class="unseen"> : ${fill(t.version, { n: number })}</span></button>
            ${e.mayEdit ? html`<button type="button" class="quiet" @click=${() => e.revert(number)}>${t.revert}<span class="unseen"> : ${fill(t.version, { n: number })}</span></button>` : nothing}</p>`
    }
  </li>`
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
