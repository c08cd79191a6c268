import { html, nothing, type TemplateResult } from 'lit/html.js'
import { out } from '../shared/parts.ts'
import { fill } from '../shared/languages.ts'
import { titleOf } from './content.ts'
import type { Editing, Tab } from './editing.ts'
import { fieldView, finding } from './form.ts'
import { historyView } from './history-view.ts'
import { clashTitle, labelOf } from './labels.ts'
import type { ContentRecord, Model } from './model.ts'
import { previewView, usedBy } from './preview-view.ts'
import { isIn, SECTIONS } from './sections.ts'
import { translationsView } from './translations.ts'
import { momentOf } from './views.ts'

const TABS: readonly Tab[] = ['form', 'translations', 'history', 'preview']

/** One record: what it says, and beside it how far it is and what can be done with it. */
export function recordView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { record } = e
  const name = titleOf(e.doc) || record?.title || fill(t.newRecord, { kind: t.kinds[e.kind] })
  const tab = (one: Tab) =>
    html`<button type="button" class="tab" id="tab-${one}" aria-current=${e.tab === one ? 'true' : nothing} @click=${() => e.show(one)}>${t.tabs[one]}</button>`
  return html`<p><a class="back" href="#">← ${t.back}</a></p>
    ${e.clash ? html`<div class="band bad"><p>${clashTitle(m, e.clash.name)}</p><p class="actions"><button type="button" class="second" @click=${() => e.openClash()}>${t.conflictLook}</button></p></div>` : nothing}
    <div class="title">
      <h2 id="record-title" tabindex="-1">${name}</h2>
      <p class="hint facts"><span>${t.kinds[e.kind]}</span>${record ? html`<b class="mark ${record.state === 'PUBLISHED' ? '' : 'soon'}">${t.states[record.state]}</b>` : nothing}</p>
    </div>
    ${record?.state === 'RETIRED' ? html`<p class="band">${t.retiredHint}</p>` : record && !record.mayEdit ? html`<p class="band">${t.readOnly}</p>` : nothing}
    <div class="record">
      <div class="body">
        ${record ? html`<nav class="views" aria-label=${t.tabsLabel}>${TABS.map(tab)}</nav>` : nothing}
        ${problemsView(m, e)}
        ${e.tab === 'form' ? formView(m, e) : e.tab === 'translations' ? translationsView(m, e) : e.tab === 'history' ? historyView(m, e) : previewView(m, e)}
      </div>
      <aside>${asideView(m, e)}</aside>
    </div>
    ${e.mayEdit ? barView(m, e) : nothing}`
}

/** All that is wrong, each leading to its field. */
function problemsView(m: Model, e: Editing): TemplateResult | typeof nothing {
  const { t } = m
  const { problems } = e
  if (!problems[0] || !e.mayEdit) return nothing
  const title = !e.refused[0]
    ? fill(t.problemsTitle, { n: problems.length })
    : e.refusedSaving
      ? fill(t.refusedTitle, { n: problems.length })
      : t.notDone
  return html`<section class="summary" aria-labelledby="problems-title">
    <h3 id="problems-title" tabindex="-1">${title}</h3>
    <ul class="dots">${problems.map((problem) => {
      const label = labelOf(m, problem.path, e.doc)
      // What concerns the record as a whole leads nowhere.
      return label
        ? html`<li><button type="button" class="quiet" @click=${() => e.goToProblem(problem)}><b>${label}</b> · ${problem.message}</button></li>`
        : html`<li>${problem.message}</li>`
    })}</ul>
  </section>`
}

function formView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const sections = SECTIONS[e.kind]
  const section = sections[e.section] ?? sections[0]
  const next = sections[e.section + 1]
  if (!section) return html``
  const wrong = (fields: readonly string[]) => e.problems.filter(({ path }) => fields.some((field) => isIn(field, path))).length
  return html`<div class=${next || e.section ? 'form' : nothing}>
    ${
      sections.length > 1
        ? html`<nav class="steps" aria-label=${t.sectionsLabel}><ol>${sections.map((one, index) => {
            const count = wrong(one.fields)
            return html`<li><button type="button" class="tab" aria-current=${index === e.section ? 'step' : nothing} @click=${() => e.goTo(index)}>${t.sections[one.name]}${
              count ? html` <span class="count wrong">${count}</span>` : nothing
            }</button></li>`
          })}</ol></nav>`
        : nothing
    }
    <form class="card section" novalidate @submit=${(event: Event) => event.preventDefault()}>
      <h3 id="section-title" tabindex="-1">${t.sections[section.name]}</h3>
      <fieldset ?disabled=${!e.mayEdit}>${section.fields.map((field) => fieldView(m, e, field))}</fieldset>
      ${next ? html`<p><button type="button" class="second" @click=${() => e.goTo(e.section + 1)}>${fill(t.nextSection, { name: t.sections[next.name] })} →</button></p>` : nothing}
    </form>
  </div>`
}

/** What is done with it, always within reach. */
function barView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { saving, savedAt, record } = e
  const said =
    saving === 'saving'
      ? t.savingNow
      : e.dirty || !record
        ? t.unsaved
        : savedAt
          ? fill(t.savedAt, {
              time: new Intl.DateTimeFormat(m.language, { timeStyle: 'short', timeZone: 'Europe/Brussels' }).format(savedAt),
            })
          : t.allSaved
  const waits = record?.state === 'PUBLISHED' && !e.dirty
  return html`<div class="bar">
    <button type="button" class="second" id="save" aria-disabled=${record && !e.dirty ? 'true' : nothing} @click=${() => e.save()}>${t.save}</button>
    <button type="button" id="publish" aria-disabled=${waits ? 'true' : nothing} @click=${() => (waits ? undefined : e.publish())}>${m.busy === 'publish' ? t.sending : t.publish}</button>
    <p class="hint" aria-live="polite">${said}</p>
  </div>`
}

function asideView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const { record } = e
  if (!record) return html`<p class="hint">${t.kindHints[e.kind]}</p>`
  const dead = record.links.filter((link) => link.dead)
  return html`
    ${correctionsView(m, e, record)}
    ${
      dead[0]
        ? html`<section class="card"><h3>${t.deadLinks}</h3><ul>${dead.map(
            (link) =>
              html`<li>${out(t, link.url, link.url)}${link.failingSince ? html`<p class="hint">${fill(t.deadSince, { when: momentOf(link.failingSince, m.language) })}${link.status ? ` · ${link.status}` : ''}</p>` : nothing}</li>`,
          )}</ul></section>`
        : nothing
    }
    ${e.mayEdit && !record.problems[0] && e.dirty === false && record.state !== 'PUBLISHED' ? html`<p class="band good">${t.noProblems}</p>` : nothing}
    ${
      e.mayEdit && record.publishedVersion
        ? html`<section class="card"><p class="hint">${t.confirmHint}</p><button type="button" class="second" @click=${() => e.confirm()}>${t.confirm}</button></section>`
        : nothing
    }
    ${record.usedBy[0] ? html`<section class="card"><h3>${t.usedBy}</h3>${usedBy(m, record)}</section>` : nothing}
    ${endView(m, e, record)}`
}

function correctionsView(m: Model, e: Editing, record: ContentRecord): TemplateResult | typeof nothing {
  const { t } = m
  if (!record.corrections[0]) return nothing
  return html`<section class="card"><h3>${t.corrections}</h3><ul class="entries">${record.corrections.map(
    ({ id, topic, message, language, suggestedAt }) => html`<li class="entry">
      <p><b>${t.topics[topic]}</b> <small>${momentOf(suggestedAt, m.language)}</small></p>
      ${message ? html`<blockquote lang=${m.langOf(language) ?? nothing}>${message}</blockquote>` : nothing}
      ${
        record.mayEdit
          ? html`<p class="actions"><button type="button" class="second" @click=${() => e.settle(id, true)}>${t.accepted}</button>
              <button type="button" class="quiet" @click=${() => e.settle(id, false)}>${t.notAccepted}</button></p>`
          : nothing
      }
    </li>`,
  )}</ul></section>`
}

/** Giving up a draft, taking the record away, bringing it back: asked for once more. */
function endView(m: Model, e: Editing, record: ContentRecord): TemplateResult | typeof nothing {
  const { t } = m
  if (!record.mayEdit) return nothing
  if (record.state === 'RETIRED')
    return html`<section class="card"><button type="button" @click=${e.bringBack}>${t.bringBack}</button></section>`
  if (!e.asking)
    return html`<section class="card ends">
      ${record.state === 'CHANGED' ? html`<button type="button" class="quiet" @click=${() => e.ask('discard')}>${t.discard}</button>` : nothing}
      <button type="button" class="quiet" @click=${() => e.ask('retire')}>${t.retire}</button>
    </section>`
  const [words, act, verb] = e.asking === 'discard' ? [t.discardSure, e.discard, t.discard] : [t.retireSure, e.retire, t.retireDo]
  return html`<section class="card asking" id="asking" tabindex="-1" aria-label=${verb}>
    <p>${words}</p>
    ${
      e.asking === 'retire' && e.kind === 'LINE'
        ? html`<div><p><b>${t.fields.successor}</b> <small>(${t.optional})</small></p>
            ${e.successor ? html`<p>${e.lookup.nameOf('LINE', e.successor)}</p>` : nothing}
            ${finding(m, e, 'successor', 'LINE', t.choose, (code) => {
              e.successor = code
              m.requestUpdate()
            })}</div>`
        : nothing
    }
    <p class="actions"><button type="button" @click=${act}>${verb}</button><button type="button" class="second" @click=${() => e.ask('')}>${t.cancel}</button></p>
  </section>`
}
