import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import type { DayRow, Model } from './model.ts'
import { clockOf, dayName, dayOf } from './time.ts'

/** What was done on a day, for paper: time, reference, subject and outcome. */
export function dayView(m: Model): TemplateResult {
  const { t, day, dayRows } = m
  return html`
    <h2 id="page-title" tabindex="-1">${fill(t.dayTitle, { day: dayName(day, m.language) })}</h2>
    <div class="actions unprinted">
      <p class="field">
        <label for="day">${t.dayOf}</label>
        <input id="day" type="date" max=${dayOf(m.now)} .value=${day} @change=${(event: Event) => m.openDay((event.target as HTMLInputElement).value)} />
      </p>
      <button type="button" @click=${() => window.print()}>${t.print}</button>
      <small>${t.printHint}</small>
    </div>
    ${dayRows ? (dayRows[0] ? table(m, dayRows) : html`<p class="empty">${t.dayEmpty}</p>`) : html`<p class="hint">${t.loading}</p>`}
  `
}

/** When something was done last on that day. */
const doneAt = ({ closedAt, attempts }: DayRow, day: string): string =>
  [closedAt, ...attempts.map(({ at }) => at)]
    .filter((at): at is string => !!at && dayOf(new Date(at)) === day)
    .sort()
    .at(-1) ?? ''

function table(m: Model, rows: readonly DayRow[]): TemplateResult {
  const { t, day } = m
  const done = rows.map((row) => ({ row, at: doneAt(row, day) })).sort((a, b) => a.at.localeCompare(b.at))
  return html`<p class="hint">${fill(t.dayCount, { n: rows.length })}</p>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="page-title">
      <table class="day">
        <thead>
          <tr><th scope="col">${t.time}</th><th scope="col">${t.reference}</th><th scope="col">${t.line}</th><th scope="col">${t.need}</th><th scope="col">${t.outcome}</th></tr>
        </thead>
        <tbody>
          ${done.map(
            ({ row, at }) => html`<tr>
              <td>${at ? clockOf(at, m.language) : nothing}</td>
              <td>${row.reference}</td>
              <td lang=${m.langOf(row.line.language) ?? nothing}>${row.line.name}</td>
              <td lang=${(row.need && m.langOf(row.need.language)) ?? nothing}>${row.need?.label ?? t.noNeed}</td>
              <td>${resultOf(m, row)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

/** The outcome of what is closed, else where it stands, with the last attempt. */
function resultOf({ t }: Model, { outcome, status, attempts }: DayRow): string {
  const known = outcome?.toUpperCase() as keyof typeof t.outcomes
  if (outcome && t.outcomes[known]) return t.outcomes[known]
  const last = status === 'NEW' || status === 'CLAIMED' ? attempts.at(-1) : undefined
  return last ? t.attempt[last.outcome] : t.status[status]
}
