import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { LanguageCode } from '../../schema/generated/desk.ts'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import type { Model, Row } from './model.ts'
import { minutesBetween, momentOf, spanOf } from './time.ts'

/** From this part of its target on, a request is soon overdue. */
const SOON = 0.75

export function queueView(m: Model): TemplateResult {
  const { t, rows, call } = m
  return html`
    ${numbersView(m)}
    <h2 id="queue-title">${t.queue}</h2>
    ${
      call
        ? nothing
        : html`<button type="button" class="next" id="next" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => m.claim()}>
            ${m.busy === 'next' ? t.sending : t.next} <kbd aria-hidden="true">n</kbd>
          </button>`
    }
    ${filtersView(m)}
    ${rows[0] ? html`<ol class="rows">${rows.map((row) => rowView(m, row))}</ol>` : nobody(m)}
    ${rows[0] ? html`<p class="hint">${fill(t.shownOf, { n: rows.length, total: m.total })}</p>` : nothing}
    ${
      rows.length < m.total && rows.length < 100
        ? html`<button type="button" class="second" @click=${() => m.more()}>${t.more}</button>`
        : nothing
    }
  `
}

/** The words for so many: none is said as one is in French, as many are elsewhere. */
const counted = ({ language }: Model, words: string, n: number): string =>
  fill(words, { n: new Intl.PluralRules(language).select(n) === 'one' ? 1 : 2 })

function numbersView(m: Model): TemplateResult | typeof nothing {
  const { t, numbers } = m
  if (!numbers) return nothing
  const one = (n: number, words: string, mark = '') => html`<li class=${n ? mark : ''}><b>${n}</b> ${counted(m, words, n)}</li>`
  return html`<div class="numbers">
    <ul aria-label=${t.numbers}>
      ${one(numbers.waiting, t.waiting)}${one(numbers.due, t.due)}${one(numbers.overdue, t.overdue, 'late')}
      ${one(numbers.soonOverdue, t.soonOverdue, 'soon')}${one(numbers.claimed, t.claimed)}
    </ul>
    ${todayView(m, numbers)}
  </div>`
}

const todayView = (m: Model, numbers: NonNullable<Model['numbers']>): TemplateResult => {
  const { reachedToday, closedToday, unreachableToday, attemptsToday, referralsToday } = numbers
  const parts = [
    [attemptsToday, m.t.attemptsToday],
    [reachedToday, m.t.reachedToday],
    [closedToday, m.t.closedToday],
    [unreachableToday, m.t.unreachableToday],
    [referralsToday, m.t.referralsToday],
  ] as const
  return html`<p class="hint">${m.t.today} ${parts.map(([n, words]) => `${n} ${counted(m, words, n)}`).join(', ')}</p>`
}

function filtersView(m: Model): TemplateResult {
  const { t, filter, start, language } = m
  // Only of the viewer's own organizations: others' lines have no queue here.
  const own = start?.viewer?.memberships.map(({ organization }) => organization?.slug) ?? []
  const lines = start?.lines.filter((line) => own.includes(line.organization.slug)) ?? []
  const value = (event: Event) => (event.target as HTMLSelectElement).value
  return html`<details class="filters" ?open=${!!(filter.line || filter.language || filter.mine)}>
    <summary>${t.filters}</summary>
    <div class="fields">
      <p class="field">
        <label for="line">${t.line}</label>
        <select id="line" .value=${filter.line} @change=${(event: Event) => m.narrow({ line: value(event) })}>
          <option value="">${t.all}</option>
          ${lines.map((line) => html`<option value=${line.slug} lang=${m.langOf(line.language)}>${line.name}</option>`)}
        </select>
      </p>
      <p class="field">
        <label for="language">${t.language}</label>
        <select id="language" .value=${filter.language} @change=${(event: Event) => m.narrow({ language: value(event) as LanguageCode | '' })}>
          <option value="">${t.all}</option>
          ${LANGUAGES.map((code) => html`<option value=${code}>${nameOf(code.toLowerCase(), language)}</option>`)}
        </select>
      </p>
      <div class="choices">
        <label>
          <input type="checkbox" .checked=${filter.mine} @change=${() => m.narrow({ mine: !filter.mine })} />
          ${t.onlyMine}
        </label>
      </div>
    </div>
  </details>`
}

/** Nobody waits: that is good news, or a filter. */
function nobody(m: Model): TemplateResult {
  const { t, filter } = m
  if (filter.line || filter.language || filter.mine)
    return html`<div class="empty">
      <p>${t.nobodyFiltered}</p>
      <button type="button" class="second" @click=${() => m.narrow({ line: '', language: '', mine: false })}>${t.unfilter}</button>
    </div>`
  return html`<div class="empty"><p><b>${t.nobody}</b></p><p class="hint">${t.nobodyHint}</p></div>`
}

/** How late it is, in a word; the bar shows the same. */
export const latenessOf = ({ overdue, dueAt, waitingMinutes, targetMinutes }: Row): 'late' | 'soon' | '' =>
  overdue ? 'late' : dueAt && waitingMinutes >= targetMinutes * SOON ? 'soon' : ''

/** What a request is about, in few words. */
export const subjectOf = (m: Model, { need }: Pick<Row, 'need'>): TemplateResult =>
  need ? html`<span lang=${m.langOf(need.language) ?? nothing}>${need.label}</span>` : html`${m.t.noNeed}`

export const urgencyMark = ({ t }: Model, { urgency }: Row): TemplateResult | typeof nothing =>
  /DANGER|CRISIS/.test(urgency) ? html`<b class="mark urgent">${t.urgency[urgency]}</b>` : nothing

export const latenessMark = ({ t }: Model, row: Row): TemplateResult | typeof nothing => {
  const late = latenessOf(row)
  return late ? html`<b class="mark ${late}">${late === 'late' ? t.late : t.lateSoon}</b>` : nothing
}

export function ageView({ t }: Model, row: Row): TemplateResult {
  const share = Math.min(1, row.waitingMinutes / Math.max(1, row.targetMinutes))
  const words = fill(t.age, { age: spanOf(row.waitingMinutes, t), target: spanOf(row.targetMinutes, t) })
  return html`<span class="age ${latenessOf(row)}">
    <svg viewBox="0 0 48 8" width="48" height="8" aria-hidden="true"><rect class="track" width="48" height="8" rx="2" /><rect class="bar" width=${48 * share} height="8" rx="2" /></svg>
    ${words}
  </span>`
}

/** Why a request that a partner had is to be called again. */
function backView(m: Model, { status, holder, escalations }: Row): TemplateResult | typeof nothing {
  const { t } = m
  const last = escalations.at(-1)
  if (status !== 'REACHED' || holder || !last) return nothing
  const { rejectReason, failReason, cancelReason, state } = last
  const why = rejectReason
    ? t.rejectReasons[rejectReason]
    : failReason
      ? t.failReasons[failReason]
      : cancelReason
        ? t.cancelReasons[cancelReason]
        : state === 'COMPLETED'
          ? t.stillNeeds
          : t.caseStates[state]
  return html`<p class="back">${fill(t.cameBack, { why })}</p>`
}

function rowView(m: Model, row: Row): TemplateResult {
  const { t, call } = m
  const free = !row.holder && !call && row.due
  const when = row.due || !(row.paused || minutesBetween(m.now, row.callFrom) > 0) ? '' : momentOf(row.callFrom, m.language, m.now)
  const facts = [
    row.language,
    row.slot ? `${row.slot.dayLabel} ${row.slot.timesLabel}` : '',
    row.attempts[0] ? fill(t.tries, { n: row.attempts.length }) : '',
    row.maskedPhone ?? '',
    row.reference ?? '',
  ].filter(Boolean)
  const about = row.need?.label ?? t.noNeed
  return html`<li class="row ${row.mine ? 'mine' : ''} ${row.holder || when ? 'aside' : ''}">
    <p class="about">${latenessMark(m, row)} ${urgencyMark(m, row)} <b>${subjectOf(m, row)}</b></p>
    ${backView(m, row)}
    <p>
      ${ageView(m, row)}
      ${when ? html`<span class="when">${fill(row.paused ? t.pausedUntil : t.notYet, { when })}</span>` : nothing}
    </p>
    <p class="hint facts"><span lang=${m.langOf(row.line.language) ?? nothing}>${row.line.name}</span>${facts.map((fact) => html`<span>${fact}</span>`)}</p>
    ${row.holder ? html`<p class="holder">${row.mine ? t.yours : fill(t.heldBy, { name: row.holder.name })}</p>` : nothing}
    ${
      free
        ? html`<button
            type="button"
            class="second take"
            aria-label=${fill(t.takeNamed, { what: `${about}, ${row.reference ?? ''}` })}
            aria-disabled=${m.busy ? 'true' : nothing}
            @click=${() => m.claim(row.id)}
          >
            ${m.busy === row.id ? t.sending : t.take}
          </button>`
        : nothing
    }
  </li>`
}
