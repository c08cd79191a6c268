import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import type { Model, Row } from './model.ts'
import { ageView, latenessMark, subjectOf, urgencyMark } from './queue.ts'
import { clockOf, momentOf } from './time.ts'

const URGENCIES = ['DANGER', 'CRISIS', 'SOON', 'INFO'] as const

/** For supervisors: who is on what, what is late, and the targets. */
export function teamView(m: Model): TemplateResult {
  const { t, team = [], rows } = m
  if (m.trail) return trailView(m)
  return html`
    <h2 id="page-title" tabindex="-1">${t.teamTitle}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="page-title">
      <table>
        <thead>
          <tr><th scope="col">${t.member}</th><th scope="col">${t.language}</th><th scope="col">${t.onCall}</th><th scope="col">${t.since}</th></tr>
        </thead>
        <tbody>
          ${team.map(
            ({ name, languages, holds }) => html`<tr>
              <th scope="row">${name}</th>
              <td>${languages.join(', ')}</td>
              <td>${holds ? html`${subjectOf(m, holds)} <small>${holds.reference}</small>` : html`<span class="hint">${t.free}</span>`}</td>
              <td>${holds?.heldSince ? clockOf(holds.heldSince, m.language) : nothing}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <h2>${t.lateFirst}</h2>
    ${rows[0] ? html`<ol class="rows wide">${rows.map((row) => teamRow(m, row))}</ol>` : html`<p class="empty">${t.nobody}</p>`}
    ${rows.length < m.total && rows.length < 100 ? html`<button type="button" class="second" @click=${() => m.more()}>${t.more}</button>` : nothing}
    ${targetsView(m)}
  `
}

function teamRow(m: Model, row: Row): TemplateResult {
  const { t, team = [] } = m
  const give = (event: Event) => {
    event.preventDefault()
    const { to } = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as { to?: string }
    if (to) m.reassign(row, to)
  }
  return html`<li class="row">
    <p class="about">${latenessMark(m, row)} ${urgencyMark(m, row)} <b>${subjectOf(m, row)}</b> <small>${row.reference}</small></p>
    <p>${ageView(m, row)} ${row.due ? nothing : html`<span class="when">${fill(row.paused ? t.pausedUntil : t.notYet, { when: momentOf(row.callFrom, m.language, m.now) })}</span>`}</p>
    <p class="hint"><span lang=${m.langOf(row.line.language) ?? nothing}>${row.line.name}</span> · ${row.language}${row.attempts[0] ? ` · ${fill(t.tries, { n: row.attempts.length })}` : nothing}</p>
    ${row.holder ? html`<p class="holder">${row.mine ? t.yours : fill(t.heldBy, { name: row.holder.name })}</p>` : nothing}
    <form class="actions" @submit=${give}>
      <label for="to-${row.id}">${t.giveTo}</label>
      <select id="to-${row.id}" name="to">
        ${team.filter(({ holds, id }) => !holds && id !== row.holder?.id).map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
      </select>
      <button type="submit" class="second" aria-disabled=${m.busy ? 'true' : nothing}>${t.give}</button>
      ${row.holder ? html`<button type="button" class="second" @click=${() => m.reassign(row, null)}>${t.giveBack}</button>` : nothing}
      <button type="button" class="quiet" id="trail-${row.id}" @click=${() => m.openTrail(row)}>${t.trail}</button>
    </form>
  </li>`
}

function targetsView(m: Model): TemplateResult {
  const { t, start } = m
  const lines = start?.lines.filter(({ targets }) => targets?.[0]) ?? []
  return html`<h2>${t.targets}</h2>
    <p class="hint">${t.targetsHint}</p>
    ${lines.map(
      (line) => html`<fieldset class="targets">
        <legend lang=${m.langOf(line.language) ?? nothing}>${line.name}</legend>
        ${URGENCIES.map((urgency) => {
          const minutes = line.targets?.find((target) => target.urgency === urgency)?.minutes
          const save = (event: Event) => {
            event.preventDefault()
            const field = (event.target as HTMLFormElement).elements.namedItem('minutes') as HTMLInputElement
            m.setTarget(line.slug, urgency, field.valueAsNumber || 0)
          }
          return html`<form novalidate @submit=${save}>
            <label for="target-${line.slug}-${urgency}">${t.urgency[urgency]}</label>
            <input id="target-${line.slug}-${urgency}" name="minutes" type="number" min="1" inputmode="numeric" .value=${String(minutes ?? '')} />
            <button type="submit" class="second" aria-label="${t.save}, ${fill(t.targetOf, { line: line.name, urgency: t.urgency[urgency] })}">${t.save}</button>
          </form>`
        })}
      </fieldset>`,
    )}`
}

/** Who has no name here: she who asked, the system, or somebody of another organization. */
const unnamed = ({ t }: Model, actor: string): string =>
  actor === 'citizen' ? t.person : /^(staff|token):/.test(actor) ? t.elsewhere : t.system

/** Who saw what of one request, and did what. */
function trailView(m: Model): TemplateResult {
  const { t, trail } = m
  return html`
    <h2 id="trail-title" tabindex="-1">${t.trail} · ${trail?.row.reference}</h2>
    <p class="hint">${t.trailHint}</p>
    ${
      trail?.events[0]
        ? html`<div class="scroll" tabindex="0" role="region" aria-labelledby="trail-title">
            <table>
              <thead>
                <tr><th scope="col">${t.trailWhen}</th><th scope="col">${t.trailWho}</th><th scope="col">${t.trailWhat}</th></tr>
              </thead>
              <tbody>
                ${trail.events.map(
                  ({ at, actor, actorName, action }) => html`<tr>
                    <td>${momentOf(at, m.language, m.now)}</td>
                    <td>${actorName ?? unnamed(m, actor)}</td>
                    <td>${t.actions[action as keyof typeof t.actions] ?? action}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`
        : html`<p class="empty">${t.trailEmpty}</p>`
    }
    <button type="button" class="second" @click=${() => m.openTrail()}>${t.back}</button>
  `
}
