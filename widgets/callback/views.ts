import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { CallbackChoicesQuery } from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import type { PasserelleElement, Phase } from '../shared/element.ts'
import { describedBy, type Field, field, group } from '../shared/fields.ts'
import { fill, type Language } from '../shared/languages.ts'
import { callCard, emergencyBand } from '../shared/parts.ts'
import type { Texts } from '../shared/strings/fr.ts'
import type { Problem } from './input.ts'

export type Need = CallbackChoicesQuery['needs'][number]
export type Line = CallbackChoicesQuery['lines'][number]
/** What is shown: the invitation, the request, its confirmation, or the look-up of an earlier one. */
export type Step = 'start' | 'form' | 'done' | 'follow'

/** What the views show, and the verbs they call: the element implements it. */
export interface Model {
  t: Texts['common'] & Texts['callback']
  language: Language
  phase: Phase
  step: Step
  choices?: CallbackChoicesQuery
  /** What the finder handed over. */
  about: CallDetail
  /** The need, when it is known; and whether it still has to be asked. */
  concern?: Need
  needKnown: boolean
  /** The line that need not be asked, and the one that will call as things stand. */
  onlyLine?: Line
  chosenLine?: Line
  /** The form is closed behind the emergency numbers. */
  gated: boolean
  problems: Problem[]
  note: string
  receipt?: { reference: string; line: { name: string; language: string } }
  followed?: { requestedAt: string; line: { name: string; language: string } }
  heading: PasserelleElement<'callback'>['heading']
  langOf: PasserelleElement<'callback'>['langOf']
  show(step: Step): void
  choose(event: Event): void
  beSafe(): void
  exit: PasserelleElement<'callback'>['exit']
  copy(): void
  send(event: SubmitEvent): void
  follow(event: SubmitEvent): void
  goTo(event: Event, id: string): void
}

const LANGUAGES = ['FR', 'DE', 'NL', 'EN']

/** A language's name in that language. */
const nameOf = (code: string) => new Intl.DisplayNames(code, { type: 'language' }).of(code)

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
          <span lang=${m.langOf(followed.line.language)}>${followed.line.name}</span><br />
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

/** Whom to call now, for a need that should not wait; and the way out of the page for one where being seen is a risk. */
function safety(m: Model) {
  const { t, concern } = m
  return (
    concern && [
      m.exit(),
      concern.emergencyLines.length && /DANGER|CRISIS/.test(concern.urgency ?? '')
        ? html`<div class="safety stack">
            ${m.heading(t.safety, 1)}
            ${concern.emergencyLines.map((line) => callCard({ ...line, lang: m.langOf(line.language), label: line.openingStatus.label }))}
            ${m.gated ? html`<button type="button" class="second" @click=${m.beSafe}>${t.iAmSafe}</button>` : nothing}
          </div>`
        : nothing,
    ]
  )
}

/** What is said about a problem: the server's words, or that the field is empty. */
const about = ({ t }: Model, label: string, problem?: Problem) => problem && (problem.text ?? fill(t.missing, { field: label }))

/** What to correct, each a link to its field. */
const summary = (m: Model, labels: object) =>
  m.problems.length
    ? html`<div class="summary" part="summary" role="group" tabindex="-1" aria-labelledby="summary">
        <p id="summary">${fill(m.t.problems, { n: m.problems.length })}</p>
        <ul>
          ${m.problems.map((problem) => {
            const { id = '' } = problem
            const text = about(m, (labels as Record<string, string>)[id] ?? '', problem)
            return html`<li>${id ? html`<a href="#${id}" @click=${(event: Event) => m.goTo(event, id)}>${text}</a>` : text}</li>`
          })}
        </ul>
      </div>`
    : nothing

/** A field with its problem, if it has one. */
const fieldOf = (m: Model, id: string, label: string, optional?: boolean, hint?: string): Field => ({
  id,
  label,
  hint,
  optional: optional ? m.t.optional : '',
  error: about(
    m,
    label,
    m.problems.find((problem) => problem.id === id),
  ),
})

type Kind = { name?: string; type?: string; autocomplete?: string; required?: boolean; max?: number }

const input = (
  m: Model,
  id: string,
  label: string,
  { name = id, type, autocomplete = 'off', required, max = 100 }: Kind,
  hint?: string,
) => {
  const f = fieldOf(m, id, label, !required, hint)
  const invalid = f.error ? 'true' : nothing
  return field(
    f,
    max > 300
      ? html`<textarea id=${id} name=${name} rows="3" maxlength=${max} aria-invalid=${invalid} aria-describedby=${describedBy(f)}></textarea>`
      : html`<input
          id=${id}
          name=${name}
          type=${type ?? 'text'}
          maxlength=${max}
          autocomplete=${autocomplete}
          aria-required=${required || nothing}
          aria-invalid=${invalid}
          aria-describedby=${describedBy(f)}
        />`,
  )
}

const phone = (m: Model, id: string) =>
  input(m, id, m.t.phone, { name: 'phone', type: 'tel', autocomplete: 'tel', required: true }, m.t.phoneHint)

const box = (name: string, label: string) => html`<label><input type="checkbox" name=${name} />${label}</label>`

const submit = (m: Model, text: string) =>
  html`<button part="submit" aria-disabled=${m.phase === 'sending' ? 'true' : nothing}>${text}</button>`

function form(m: Model, { lines, needs }: CallbackChoicesQuery): TemplateResult {
  const { t, concern, chosenLine } = m
  const { title, lang } = m.about
  const known = title ?? (m.needKnown && concern?.label)
  const who = fieldOf(m, 'line', t.line)
  return html`
    <form part="form" novalidate ?hidden=${m.step !== 'form' || !lines.length} @change=${m.choose} @submit=${m.send}>
      ${summary(m, t)}
      ${known ? html`<p>${t.about} <strong lang=${m.langOf((title ? lang : concern?.language) ?? m.language)}>${known}</strong></p>` : nothing}
      ${
        m.needKnown
          ? nothing
          : field(
              fieldOf(m, 'need', t.need, true),
              html`<select id="need" name="need">
                <option value="">${t.noNeed}</option>
                ${needs.map((need) => html`<option value=${need.code} lang=${m.langOf(need.language)}>${need.label}</option>`)}
              </select>`,
            )
      }
      ${m.step === 'form' ? safety(m) : nothing}
      <div class="stack" ?hidden=${m.gated}>
        ${
          m.onlyLine
            ? nothing
            : group(
                who,
                lines.map(
                  ({ slug, name, language, openingStatus }) => html`<label>
                    <input type="radio" name="line" value=${slug} aria-invalid=${who.error ? 'true' : nothing} />
                    <span><span lang=${m.langOf(language)}>${name}</span><br /><small>${openingStatus.label}</small></span>
                  </label>`,
                ),
              )
        }
        ${group({ id: 'safe', label: t.safe }, [box('voicemail', t.voicemail), box('sms', t.sms), box('sayWhoCalls', t.sayWhoCalls)])}
        ${input(m, 'note', t.note, { max: 300 }, t.noteHint)}
        ${phone(m, 'phone')}
        ${field(
          fieldOf(m, 'language', t.language),
          html`<select id="language" name="language">
            ${(chosenLine?.languages ?? LANGUAGES).map(
              (code) => html`<option value=${code} lang=${code} ?selected=${code.toLowerCase() === m.language}>${nameOf(code)}</option>`,
            )}
          </select>`,
        )}
        ${input(m, 'name', t.name, { autocomplete: 'name' })}
        ${input(m, 'postalCode', t.postalCode, { autocomplete: 'postal-code', max: 10 }, t.postalCodeHint)}
        ${input(m, 'message', t.message, { max: 2000 }, t.messageHint)}
        <div class="notice hint">
          <p>${fill(t.notice, { organization: chosenLine?.organization.name ?? t.us })} ${t.notFormal}</p>
          <slot name="privacy"></slot>
        </div>
        <p>${fill(t.when, { line: chosenLine?.name ?? t.us })}</p>
        ${submit(m, t.send)}
      </div>
    </form>
  `
}

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
      ${submit(m, m.t.see)}<button type="button" class="quiet" @click=${() => m.show('start')}>${m.t.back}</button>
    </div>
  </form>
`
