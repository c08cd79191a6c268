import { html, nothing, type TemplateResult } from 'lit/html.js'
import { group } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import { about, typing } from './form.ts'
import type { Hours, Period, Times } from './hours.ts'
import type { Model } from './model.ts'

/** "lundi": 1 January 2024 was a Monday. */
const dayName = (day: number, language: string): string =>
  new Date(Date.UTC(2024, 0, 1 + day)).toLocaleDateString(language, { weekday: 'long', timeZone: 'UTC' })

/** Weekly hours as a week: a row for each day, a from and a to for each time it is open. */
export function weekView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const periods = e.weeks.of((e.value(['hours']) ?? []) as readonly Hours[])
  const write = (next: readonly Period[]) => e.set(['hours'], e.weeks.put(next))
  const put = (index: number, change: Partial<Period>) =>
    write(periods.map((period, one) => (one === index ? { ...period, ...change } : period)))
  const removePeriod = (index: number) => {
    write(periods.filter((_, one) => one !== index))
    e.focusOn('#week-add')
  }
  const addPeriod = () => {
    const [first] = periods
    const validFrom = new Date().toISOString().slice(0, 10)
    if (first) write([...periods, { ...first, validFrom, validTo: null }])
    e.focusOn(`#week-${periods.length}-validFrom`)
  }
  const f = about(m, e, ['hours'], t.fields.hours, { hint: t.nextDay, needed: true })
  const error = [...new Set(e.problemsAt(['hours'], true).map(({ message }) => message))].join(' ')
  return group(
    { ...f, error },
    html`${periods.map((period, index) => periodView(m, e, period, { index, alone: periods.length === 1, put: (change) => put(index, change), remove: () => removePeriod(index) }))}
      ${period0(periods) ? html`<button type="button" class="second" id="week-add" @click=${addPeriod}>${t.addPeriod}</button>` : nothing}`,
  )
}

/** Another period begins as a copy of the first: there must be something to copy. */
const period0 = (periods: readonly Period[]): boolean => periods[0]?.week.some((day) => day[0]) ?? false

interface Shown {
  index: number
  alone: boolean
  put: (change: Partial<Period>) => void
  remove: () => void
}

function periodView(m: Model, e: Editing, period: Period, { index, alone, put, remove: removePeriod }: Shown): TemplateResult {
  const { t, language } = m
  const { week } = period
  const setDay = (day: number, times: readonly Times[]) => put({ week: week.map((one, at) => (at === day ? times : one)) })
  const add = (day: number) => {
    const last = week[day]?.at(-1)
    setDay(day, [...(week[day] ?? []), last ? { opens: '13:00', closes: '16:00' } : { opens: '09:00', closes: '12:00' }])
    e.focusOn(`#week-${index}-${day}-${week[day]?.length}`)
  }
  const remove = (day: number, row: number) => {
    setDay(
      day,
      (week[day] ?? []).filter((_, one) => one !== row),
    )
    e.focusOn(`#week-${index}-${day}-add`)
  }
  const copy = () => put({ week: week.map((one, at) => (at > 0 && at < 5 ? (week[0] ?? []) : one)) })
  const date = (name: 'validFrom' | 'validTo', label: string) => {
    const { typed, left } = typing((value) => put({ [name]: value || null }))
    return html`<div class="field">
      <label for="week-${index}-${name}">${label} <small>(${t.optional})</small></label>
      <input id="week-${index}-${name}" type="date" .value=${period[name] ?? ''} @change=${typed} @blur=${left} />
    </div>`
  }
  const dates = html`<div class="fields">${date('validFrom', t.fields.validFrom)}${date('validTo', t.fields.validTo)}</div>`
  return html`<div class="period">
    ${alone ? nothing : html`<h4>${fill(t.period, { n: index + 1 })}</h4>`}
    ${alone ? html`<details ?open=${!!period.validFrom || !!period.validTo}><summary>${t.dates}</summary>${dates}</details>` : dates}
    <table class="week">
      <caption class="unseen">${t.week}</caption>
      <tbody>
        ${week.map((times, day) => {
          const name = dayName(day, language)
          return html`<tr>
            <th scope="row">${name}</th>
            <td>
              ${times[0] ? nothing : html`<span class="hint">${t.closed}</span>`}
              ${times.map((time, row) => {
                const change = (part: keyof Times) =>
                  typing((value) =>
                    setDay(
                      day,
                      times.map((one, at) => (at === row ? { ...one, [part]: value } : one)),
                    ),
                  )
                const [opens, closes] = [change('opens'), change('closes')]
                const called = { day: name, n: row + 1 }
                return html`<div class="times">
                  <input id="week-${index}-${day}-${row}" type="time" aria-label=${fill(t.opensOn, called)} .value=${time.opens} @change=${opens.typed} @blur=${opens.left} />
                  <span aria-hidden="true">–</span>
                  <input type="time" aria-label=${fill(t.closesOn, called)} .value=${time.closes} @change=${closes.typed} @blur=${closes.left} />
                  <button type="button" class="quiet icon" aria-label=${fill(t.removeTimes, called)} @click=${() => remove(day, row)}><span aria-hidden="true">✕</span></button>
                </div>`
              })}
            </td>
            <td class="act"><button type="button" class="quiet icon" id="week-${index}-${day}-add" aria-label=${fill(t.addTimes, { day: name })} @click=${() => add(day)}><span aria-hidden="true">+</span></button></td>
          </tr>`
        })}
      </tbody>
    </table>
    ${week[0]?.[0] ? html`<button type="button" class="quiet" @click=${copy}>${t.copyWeek}</button>` : nothing}
    <div class="choices"><label>
      <input type="checkbox" .checked=${period.openOnHolidays} @change=${(event: Event) => put({ openOnHolidays: (event.target as HTMLInputElement).checked })} /> ${t.fields.openOnHolidays}
    </label></div>
    ${alone ? nothing : html`<button type="button" class="quiet" @click=${removePeriod}>${fill(t.removeNamed, { what: fill(t.period, { n: index + 1 }) })}</button>`}
  </div>`
}
