import type { TemplateResult } from 'lit/html.js'
import { fill, nameOf } from '../shared/languages.ts'
import { caseView } from './case-view.ts'
import { GROUPS, type Group, isFresh, isOpen } from './case-states.ts'
import type { CaseRow, Cases } from './cases.ts'
import { momentOf } from './time.ts'

/** The list, and beside it the case that is open; on a phone one of the two. */
export function casesView(c: Cases): TemplateResult {
  const { host, w, rows, one } = c
  const { html, nothing } = host
  // Whoever sits down here now may be somebody else: only what she typed herself, and cannot have again, stays.
  if (host.m.signedOut) return html`${c.unsaved ? unsentView(c, c.unsaved) : nothing}`
  return html`<div class="cases ${one ? 'opened' : ''}">
    <section class="list" aria-labelledby="page-title">
      <h2 id="page-title" tabindex="-1">${host.m.partner ? w.ours : w.theirs}</h2>
      ${c.left ? unsentView(c, c.left, () => c.dismiss()) : nothing}
      ${rows ? (rows[0] ? GROUPS.map((group) => groupView(c, group)) : html`<div class="empty"><p><b>${w.none}</b></p><p class="hint">${host.m.partner ? w.noneOurs : w.noneTheirs}</p></div>`) : html`<p class="hint">${host.m.t.loading}</p>`}
    </section>
    <section class="one" aria-labelledby=${one ? 'case-title' : nothing} aria-label=${one ? nothing : w.case}>
      ${one ? caseView(c, one) : html`<p class="empty hint">${w.choose}</p>`}
    </section>
  </div>`
}

function groupView(c: Cases, group: Group): TemplateResult | symbol {
  const { host, w } = c
  const { html, nothing } = host
  const rows = c.group(group)
  if (!rows[0]) return nothing
  const title = host.m.partner || group !== 'fresh' ? w.groups[group] : w.unanswered
  return html`<h3>${title} <span class="count">${rows.length}</span></h3>
    <ol class="rows">${rows.map((row) => rowView(c, row))}</ol>`
}

function rowView(c: Cases, row: CaseRow): TemplateResult {
  const { host, w } = c
  const { html, nothing } = host
  const { t, language } = host.m
  const open = c.one?.id === row.id
  const facts = [
    row.number,
    host.m.partner ? '' : row.partner.name,
    t.caseStates[row.state],
    row.acceptedBy && isOpen(row) ? fill(w.takenBy, { name: row.acceptedBy }) : '',
    nameOf(row.language.toLowerCase(), language) ?? '',
    row.commune?.name ?? '',
    row.request?.reference ?? '',
  ].filter(Boolean)
  return html`<li class="row ${open ? 'mine' : ''} ${isOpen(row) ? '' : 'aside'}">
    <p class="about">${marks(c, row)}</p>
    <p>
      <button type="button" class="quiet to" id="case-${row.id}" aria-current=${open ? 'true' : nothing} @click=${() => c.open(row.id)}>
        ${host.m.busy === row.id ? t.sending : subject(c, row)}
      </button>
    </p>
    ${row.object ? html`<p class="object">${firstOf(row.object)}</p>` : nothing}
    <p class="hint facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
    <p class="hint">${whenView(c, row)}</p>
    ${c.hasDraft(row.id) && !open ? html`<p class="warm">${w.draft}</p>` : nothing}
    ${row.erasureWanted ? html`<p class="warm">${host.m.partner ? w.eraseWanted : w.erasePending}</p>` : nothing}
  </li>`
}

/** Longest beginning of what is asked for in a row of the list, in characters. */
const LONGEST = 70

/** The beginning of what is asked for, in whole words: it tells two cases apart. */
function firstOf(object: string): string {
  const plain = object.replace(/\s+/g, ' ').trim()
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).replace(/\s\S*$/, '')}…` : plain
}

/** What was typed and stands in no form any more. */
export function unsentView({ host, w }: Cases, text: string, discard?: () => void): TemplateResult {
  const { html, nothing, m } = host
  return html`<section class="unsent" aria-label=${w.draft}>
    <p><b>${w.left}</b></p>
    <blockquote class="lines">${text}</blockquote>
    <p class="actions">
      <button type="button" class="second" @click=${() => m.copy(text)}>${m.t.copyNote}</button>
      ${discard ? html`<button type="button" class="quiet" @click=${discard}>${w.discard}</button>` : nothing}
    </p>
  </section>`
}

export const subject = ({ host }: Cases, { need }: Pick<CaseRow, 'need'>): TemplateResult | string =>
  need ? host.html`<span lang=${host.m.langOf(need.language) ?? host.nothing}>${need.label}</span>` : host.m.t.noNeed

/** How late, how new and how pressing it is, in words. */
export function marks({ host, w }: Cases, row: CaseRow): TemplateResult {
  const { html, nothing, m } = host
  return html`${row.overdue ? html`<b class="mark late">${m.t.late}</b>` : nothing}${
    m.partner && isFresh(row) ? html`<b class="mark">${w.fresh}</b>` : nothing
  }${/DANGER|CRISIS/.test(row.urgency) ? html`<b class="mark urgent">${m.t.urgency[row.urgency]}</b>` : nothing}`
}

/** Its age, and by when something is due. */
export function whenView({ host, w }: Cases, row: CaseRow): string {
  const { t, language, now } = host.m
  const age = fill(w.age, { age: spanOf(row.ageMinutes, w, t) })
  if (row.endedAt) return fill(w.overSince, { when: momentOf(row.endedAt, language, now) })
  if (!row.dueAt) return age
  return `${age} · ${fill(isFresh(row) ? w.answerBy : w.outcomeBy, { when: momentOf(row.dueAt, language, now) })}`
}

/** Of a case the time on the clock is told, not working time. */
const spanOf = (minutes: number, w: Cases['w'], t: Cases['host']['m']['t']): string =>
  minutes < HOUR
    ? fill(t.min, { n: minutes })
    : minutes < 2 * DAY
      ? fill(t.hour, { n: Math.floor(minutes / HOUR) })
      : fill(w.days, { n: Math.floor(minutes / DAY) })
const HOUR = 60
const DAY = 24 * HOUR
