import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import { OUTCOMES } from './keys.ts'
import type { Call, Model, Outcome } from './model.ts'
import { dayOf, momentOf } from './time.ts'

/** Whether she was reached in this call: one that somebody else left is a call to be made. */
const isSpeaking = ({ status, attempts, heldSince }: Call): boolean =>
  status === 'REACHED' && attempts.some(({ outcome, at }) => outcome === 'REACHED' && Date.parse(at) >= Date.parse(heldSince ?? at))

/**
 * How the call went: a button for each outcome that says what follows from it. Once she was reached there is nothing left to say here, but that
 * she wishes to be called another time.
 */
export function attemptsView(m: Model, call: Call): TemplateResult {
  const { t, asking, busy } = m
  const speaking = isSpeaking(call)
  const before = call.attempts[0]
    ? html`<ul class="before" aria-label=${t.before}>
        ${call.attempts.map(
          ({ at, outcome, member }) =>
            html`<li>${momentOf(at, m.language, m.now)} · ${t.attempt[outcome]}${member ? html` <small>(${member.name})</small>` : nothing}</li>`,
        )}
      </ul>`
    : nothing
  return html`<section class="attempts" aria-labelledby="attempts-title">
    <h3 id="attempts-title">${t.attempts}</h3>
    ${before}
    ${speaking ? nothing : html`<p class="hint">${call.attemptsLeft > 1 ? fill(t.attemptsLeft, { n: call.attemptsLeft - 1 }) : t.lastAttempt}</p>`}
    <div class="outcomes">
      ${OUTCOMES.map((outcome, index) =>
        speaking && outcome !== 'ASKED_LATER'
          ? nothing
          : html`<button
              type="button"
              class="outcome ${outcome === 'REACHED' ? '' : 'second'}"
              value=${outcome}
              aria-disabled=${busy ? 'true' : nothing}
              aria-expanded=${asking?.outcome === outcome ? 'true' : nothing}
              @click=${() => m.attempt(outcome)}
            >
              <span><kbd aria-hidden="true">${index + 1}</kbd> ${t.attempt[outcome]}</span> <small>${t.follows[outcome]}</small>
            </button>`,
      )}
    </div>
    ${asking ? askingView(m, asking.outcome, asking.problem) : nothing}
  </section>`
}

function askingView(m: Model, outcome: Outcome, problem?: string): TemplateResult {
  const { t } = m
  const cancel = html`<button type="button" class="second" @click=${() => m.unask()}>${t.cancel}</button>`
  const wrong = problem ? html`<p class="wrong" id="asking-error">${problem}</p>` : nothing
  if (outcome !== 'ASKED_LATER')
    return html`<div class="asking" id="asking" tabindex="-1" role="group" aria-label=${t.attempt[outcome]}>
      <p>${outcome === 'INVALID_NUMBER' ? t.sureInvalid : outcome === 'REFUSED' ? t.sureRefused : t.sureLast}</p>
      ${wrong}
      <p class="actions"><button type="button" @click=${() => m.attempt(outcome, true)}>${t.confirm}</button>${cancel}</p>
    </div>`
  const today = dayOf(m.now)
  return html`<form class="asking" id="asking" tabindex="-1" aria-label=${t.attempt[outcome]} novalidate @submit=${(event: Event) => m.later(event)}>
    <div class="fields">
      <p class="field"><label for="later-day">${t.laterDay}</label><input id="later-day" name="day" type="date" min=${today} aria-describedby=${problem ? 'asking-error' : nothing} /></p>
      <p class="field"><label for="later-time">${t.laterTime}</label><input id="later-time" name="time" type="time" step="300" aria-describedby="later-hint" /></p>
    </div>
    <p class="hint" id="later-hint">${t.laterHint}</p>
    ${wrong}
    <p class="actions"><button type="submit" aria-disabled=${m.busy ? 'true' : nothing}>${t.laterSend}</button>${cancel}</p>
  </form>`
}
