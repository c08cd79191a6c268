import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { whoView } from '../shared/staff-head.ts'
import { inLanguage, signIn } from './address.ts'
import { clashView } from './clash-view.ts'
import { CONCERNS, KINDS, type Model, type Row } from './model.ts'
import { recordView } from './record.ts'

export function workshopView(m: Model): TemplateResult {
  return html`<div class="root" lang=${m.language} dir="ltr">
    ${head(m)} ${bands(m)}
    <p class="said ${m.note?.bad ? 'bad' : ''}" role="status">${m.note?.text}</p>
    ${m.phase === 'ready' ? main(m) : waiting(m)}
  </div>`
}

function head(m: Model): TemplateResult {
  const { t, start, editing } = m
  return html`<header>
    <h1>${t.title}</h1>
    <nav aria-label=${t.title}>
      ${m.phase === 'ready' ? html`<button type="button" class="tab" aria-current=${editing ? nothing : 'page'} @click=${() => m.close()}>${t.records}</button><a class="tab" href="/edit/sites?lang=${m.language}">${t.sites}</a><a class="tab" href="/edit/exchange?lang=${m.language}">${t.exchange}</a>` : nothing}
    </nav>
    ${start?.viewer ? whoView({ t, language: m.language, viewer: start.viewer }, inLanguage) : nothing}
  </header>`
}

/** What concerns the whole screen: the session, and the network. */
function bands(m: Model): TemplateResult {
  const { t } = m
  return html`<div class="bands" role="alert">
    ${
      m.signedOut
        ? html`<div class="band bad">
            <p><b>${t.signedOut}</b> ${m.editing?.dirty ? t.signedOutHint : nothing}</p>
            <p class="actions"><a class="button" href=${signIn(m.language)}>${t.signIn}</a></p>
          </div>`
        : nothing
    }
    ${m.away && m.phase === 'ready' ? html`<p class="band">${t.awayLong}</p>` : nothing}
  </div>`
}

/** Before there is anything to work with. */
function waiting(m: Model): TemplateResult {
  const { t, phase, failure } = m
  if (m.signedOut) return html`<main></main>`
  if (phase === 'loading') return html`<main class="alone"><p class="hint">${t.loading}</p></main>`
  if (phase === 'forbidden') return html`<main class="alone"><p>${t.forbidden}</p><p><a href="/account">${t.account}</a></p></main>`
  return html`<main class="alone">
    <p>${t[failure === 'signedOut' || failure === 'forbidden' || !failure ? 'failed' : failure]}</p>
    <p><button type="button" @click=${() => m.begin()}>${t.retry}</button></p>
  </main>`
}

function main(m: Model): TemplateResult {
  const { t, editing } = m
  if (m.missing)
    return html`<main class="alone"><p>${t.gone}</p><p><button type="button" class="second" @click=${() => m.close()}>${t.back}</button></p></main>`
  if (!editing) return html`<main class="wide">${listView(m)}</main>`
  return html`<main class="wide">${editing.clash && editing.isClashOpen ? clashView(m, editing, editing.clash) : recordView(m, editing)}</main>`
}

function listView(m: Model): TemplateResult {
  const { t, rows, filter, total } = m
  return html`<div class="top">
      <h2 id="page-title" tabindex="-1">${t.records}</h2>
      <button type="button" id="create" aria-expanded=${m.creating} @click=${() => m.toCreate(!m.creating)}>${t.create}</button>
    </div>
    ${m.creating ? creatingView(m) : nothing}
    ${m.unsaved[0] ? unsavedView(m) : nothing}
    ${filtersView(m)}
    ${
      rows
        ? html`<p class="hint count" role="status">${fill(t.countOf, { n: total })}${rows.length < total ? ` · ${fill(t.shownOf, { shown: rows.length, n: total })}` : ''}</p>
            ${
              rows[0]
                ? html`<ol class="rows records">${rows.map((row) => rowView(m, row))}</ol>`
                : html`<div class="empty"><p><b>${filter.language ? fill(t.nothingToTranslate, { language: nameOf(filter.language.toLowerCase(), m.language) ?? '' }) : t.nothing}</b></p><p class="hint">${t.nothingHint}</p>
                    <button type="button" class="second" @click=${() => m.narrow({ kind: '', concern: '', language: '', search: '', retired: false })}>${t.everything}</button></div>`
            }
            ${m.hasMore ? html`<button type="button" class="second" ?disabled=${!!m.busy} @click=${() => m.more()}>${filter && t.more}</button>` : nothing}`
        : html`<p class="hint">${t.loading}</p>`
    }`
}

const unsavedView = ({ t, unsaved }: Model): TemplateResult =>
  html`<div class="band unsaved"><p>${t.unsavedIn}</p>
    <ul>${unsaved.map(({ name, title }) => html`<li><a class="to" href="#${name}">${title || t.untitled}</a></li>`)}</ul></div>`

function creatingView(m: Model): TemplateResult {
  const { t } = m
  return html`<section class="creating" aria-labelledby="creating-title">
    <h3 id="creating-title" tabindex="-1">${t.createHint}</h3>
    <ul>${KINDS.map((kind) => html`<li><button type="button" class="second" @click=${() => m.create(kind)}><b>${t.kinds[kind]}</b><small>${t.kindHints[kind]}</small></button></li>`)}</ul>
  </section>`
}

function filtersView(m: Model): TemplateResult {
  const { t, filter, counts } = m
  const countOf = (kind: string, concern: string | null) =>
    counts.filter((one) => (!kind || one.kind === kind) && one.concern === concern).reduce((sum, { count }) => sum + count, 0)
  const kind = (value: typeof filter.kind, name: string) =>
    html`<button type="button" class="tab" aria-current=${filter.kind === value ? 'true' : nothing} @click=${() => m.narrow({ kind: value })}>
      ${name} <span class="count">${countOf(value, null)}</span>
    </button>`
  const search = (event: Event) => {
    event.preventDefault()
    m.narrow({ search: String(new FormData(event.target as HTMLFormElement).get('search') ?? '').trim() })
  }
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value
  const emptied = (event: Event) => !chosen(event) && filter.search && m.narrow({ search: '' })
  return html`<nav class="kinds" aria-label=${t.kindsLabel}>${kind('', t.allKinds)}${KINDS.map((one) => kind(one, t.kindsMany[one]))}</nav>
    <div class="concerns" role="group" aria-label=${t.toLookAt}>
      <span class="hint">${t.toLookAt}</span>
      ${CONCERNS.map((concern) => {
        const count = countOf(filter.kind, concern)
        const on = filter.concern === concern
        return count || on
          ? html`<button type="button" class="second concern" aria-pressed=${on} @click=${() => m.narrow({ concern: on ? '' : concern })}>
              ${t.concerns[concern]} <span class="count">${count}</span>
            </button>`
          : nothing
      })}
    </div>
    <form class="fields filters" role="search" @submit=${search}>
      <div class="field find"><label for="search">${t.search}</label><div class="beside">
        <input id="search" name="search" type="search" .value=${filter.search} @input=${emptied} /><button type="submit" class="second">${t.searchButton}</button></div></div>
      <div class="field"><label for="language">${t.translateInto}</label>
        <select id="language" @change=${(event: Event) => m.narrow({ language: chosen(event) })}>
          <option value="">–</option>
          ${LANGUAGES.map((code) => html`<option value=${code} .selected=${filter.language === code}>${nameOf(code.toLowerCase(), m.language)}</option>`)}
        </select></div>
      <div class="field"><label for="state">${t.stateLabel}</label>
        <select id="state" @change=${(event: Event) => m.narrow({ retired: chosen(event) === 'retired' })}>
          <option value="">${t.present}</option>
          <option value="retired" .selected=${filter.retired}>${t.states.RETIRED}</option>
        </select></div>
    </form>`
}

function rowView(m: Model, row: Row): TemplateResult {
  const { t } = m
  const marks = row.concerns.filter((concern) => concern !== 'DRAFT')
  const missing = [...row.missing, ...row.behind].length ? [...row.missing, ...row.behind] : []
  return html`<li class="row" id="row-${row.id}">
    <p><a class="to" href="#${row.id}" lang=${row.languages.includes(m.language.toUpperCase() as 'FR') ? nothing : row.language.toLowerCase()}>${row.title || row.slug || row.id}</a></p>
    <p class="hint facts"><span>${t.kinds[row.kind]}</span>${row.organization ? html`<span lang=${m.langOf(row.organization.language) ?? nothing}>${row.organization.name}</span>` : nothing}${
      row.changedAt ? html`<span>${whoWhen(m, row)}</span>` : nothing
    }</p>
    <p class="marks">
      ${row.state === 'PUBLISHED' ? nothing : html`<b class="mark ${row.state === 'RETIRED' ? '' : 'soon'}">${t.states[row.state]}</b>`}
      ${marks.map(
        (concern) =>
          html`<b class="mark ${concern === 'REPORTED' || concern === 'DEAD_LINK' ? 'urgent' : ''}">${t.concerns[concern]}${
            concern === 'MISSING_TRANSLATION'
              ? ` ${row.missing.join(' ')}`
              : concern === 'BEHIND_TRANSLATION' && missing[0]
                ? ` ${row.behind.join(' ')}`
                : ''
          }</b>`,
      )}
    </p>
  </li>`
}

/** "modifié le 22 nov. par Eva Peeters" */
export function whoWhen(m: Model, { changedAt, changedBy }: Pick<Row, 'changedAt' | 'changedBy'>): string {
  const when = changedAt ? momentOf(changedAt, m.language) : ''
  return fill(changedBy ? m.t.changedBy : m.t.changedWhen, { when, name: changedBy ?? '' })
}

/** "22 nov. 2026, 10:05", or until when, on clocks in Belgium. */
export const momentOf = (at: string | Date, language: string, until = at): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Brussels' }).formatRange(
    new Date(at),
    new Date(until),
  )
