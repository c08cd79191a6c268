import { html, nothing, type TemplateResult } from 'lit/html.js'
import { callLink, emergencyBand } from '../shared/parts.ts'
import { form } from './form.ts'
import type { Model } from './model.ts'
import { pressing, safety } from './safety.ts'
import { expectation } from './times.ts'

export function callbackView(m: Model): TemplateResult {
  const { t, step, phase, choices } = m
  const failed = phase === 'error' || phase === 'offline'
  // What was done with a request is said above it, where the eye and the focus are.
  const above = step === 'follow'
  const status = html`<p role="status" part="status" class=${failed ? 'wrong' : above ? 'news' : nothing}>${say(m)}${failed && choices && step === 'form' ? ` ${t.kept}` : nothing}</p>`
  const steps = { start, form: opening, done, follow: () => follow(m, status) }
  const unread = (step === 'form' && !choices) || (step === 'follow' && !m.following)
  // The form stays in the page while something else is shown, so that what was typed is not lost.
  return html`
    <div class="stack">
      ${steps[step](m)}${choices && form(m, choices)} ${above ? nothing : status}
      ${m.instead ? callLink(m.instead) : nothing}
      ${failed && unread ? html`<button type="button" @click=${() => m.show(step)}>${t.retry}</button>` : nothing}
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

const done = (m: Model) => {
  const { t, receipt } = m
  return (
    receipt &&
    html`
      ${m.heading(t.done)}${emergencyBand(t)}${m.exit()}
      <div class="card" part="card">
        <p>${t.reference}</p>
        <p class="reference">${receipt.reference}</p>
        <p class="hint">${t.keep}</p>
      </div>
      <p>${expectation(m, receipt.line, receipt.slot, receipt.expected?.label)}</p>
      ${receipt.masked ? html`<p>${t.masked}</p>` : nothing}
      <p class="hint">${t.notFormal}</p>
      ${pressing(m)}
      <slot name="success"></slot>
      <div class="actions">
        ${navigator.clipboard ? html`<button type="button" class="second" @click=${m.copy}>${t.copy}</button>` : nothing}
        <button type="button" class="second" @click=${() => print()}>${t.print}</button>${toFollow(m)}
      </div>
    `
  )
}

const follow = (m: Model, status: TemplateResult) =>
  html`${m.exit()}${status}${
    m.following
      ? m.following.draw()
      : html`${m.heading(m.t.follow)}<button type="button" class="quiet" @click=${m.back}>${m.t.back}</button>`
  }`
