import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import { emergencyBand } from '../shared/parts.ts'
import { input, phone, submit, summary } from './fields.ts'
import { form } from './form.ts'
import type { Model } from './model.ts'
import { safety } from './safety.ts'

export function callbackView(m: Model): TemplateResult {
  const { t, step, phase, choices, followed } = m
  const failed = phase === 'error' || phase === 'offline'
  const steps = { start, form: opening, done, follow }
  // The form stays in the page while something else is shown, so that what was typed is not lost.
  return html`
    <div class="stack">
      ${steps[step](m)}${choices && form(m, choices)}
      <p role="status" part="status" class=${failed ? 'wrong' : nothing}>${say(m)}${failed && choices && step === 'form' ? ` ${t.kept}` : nothing}</p>
      ${
        followed &&
        html`<p class="hint">
          <span lang=${m.langOf(followed.line.language)}>${followed.line.name}</span><br>
          ${fill(t.asked, { date: new Date(followed.requestedAt).toLocaleDateString(m.language, { dateStyle: 'long' }) })}
        </p>`
      }
      ${failed && !choices && step === 'form' ? html`<button type="button" @click=${() => m.show('form')}>${t.retry}</button>` : nothing}
      ${phase === 'empty' ? html`<slot name="empty"></slot>` : nothing}
    </div>
  `
}

/** What the status says: one of our texts, or the server's words. */
const say = ({ t, note }: Model) => (t as object as Record<string, string>)[note] ?? note

const opening = (m: Model) => html`${m.heading(html`<slot name="title">${m.t.title}</slot>`)}${emergencyBand(m.t)}`

const start = (m: Model) => html`
  ${opening(m)}
  ${safety(m)}
  <slot name="intro" class="intro">${m.t.intro}</slot>
  <div class="actions">
    ${m.gated ? nothing : html`<button type="button" @click=${() => m.show('form')}>${m.t.start}</button>`}${toFollow(m)}
  </div>
`

const toFollow = (m: Model) => html`<button type="button" class="quiet" @click=${() => m.show('follow')}>${m.t.follow}</button>`

const done = (m: Model) => html`
  ${m.heading(m.t.done)}${emergencyBand(m.t)}
  <div class="card" part="card">
    <p>${m.t.reference}</p>
    <p class="reference">${m.receipt?.reference}</p>
    <p class="hint">${m.t.keep}</p>
  </div>
  <p>${fill(m.t.when, { line: m.receipt?.line.name ?? '' })}</p>
  <p class="hint">${m.t.notFormal}</p>
  <slot name="success"></slot>
  <div class="actions">
    ${navigator.clipboard ? html`<button type="button" class="second" @click=${m.copy}>${m.t.copy}</button>` : nothing}
    <button type="button" class="second" @click=${() => print()}>${m.t.print}</button>${toFollow(m)}
  </div>
`

const follow = (m: Model) => html`
  ${m.heading(m.t.follow)}
  <form part="form" novalidate @submit=${m.follow}>
    ${summary(m, { 'follow-reference': m.t.reference, 'follow-phone': m.t.phone })}
    ${input(m, 'follow-reference', m.t.reference, { name: 'reference', required: true })}
    ${phone(m, 'follow-phone')}
    <div class="actions">
      ${submit(m, m.t.see)}<button type="button" class="quiet" @click=${() => m.show(m.receipt ? 'done' : 'start')}>${m.t.back}</button>
    </div>
  </form>
`
