import { html, nothing, type TemplateResult } from 'lit/html.js'
import { describedBy, type Field, field } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import type { Problem } from './input.ts'
import type { Texts } from './model.ts'

/** What is said about a problem: the server's words, or that the field is empty. */
const complaint = ({ t }: Texts, label: string, problem?: Problem) => problem && (problem.text ?? fill(t.missing, { field: label }))

/** A link of the summary: the label comes into view, the field takes the focus. */
function goTo(m: Texts, event: Event, id: string): void {
  event.preventDefault()
  const field = m.renderRoot.getElementById(id)
  field?.closest('.field')?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}

/** What to correct, each a link to its field. */
export const summary = (m: Texts, labels: object) =>
  m.problems.length
    ? html`<div class="summary" part="summary" role="group" tabindex="-1" aria-labelledby="summary">
        <p id="summary">${fill(m.t.problems, { n: m.problems.length })}</p>
        <ul>
          ${m.problems.map((problem) => {
            const { id = '' } = problem
            const text = complaint(m, (labels as Record<string, string>)[id] ?? '', problem)
            return html`<li>${id ? html`<a href="#${id}" @click=${(event: Event) => goTo(m, event, id)}>${text}</a>` : text}</li>`
          })}
        </ul>
      </div>`
    : nothing

/** A field with its problem, if it has one. */
export const fieldOf = (m: Texts, id: string, label: string, optional?: boolean, hint?: string): Field => ({
  id,
  label,
  hint,
  optional: optional ? m.t.optional : '',
  error: complaint(
    m,
    label,
    m.problems.find((problem) => problem.id === id),
  ),
})

/** A sentence of ours about a line or an organization: the name says which language it is in. */
export function about(m: Texts, sentence: string, named = { name: m.t.us, language: m.language as string }, when = ''): TemplateResult {
  const [before, after] = fill(sentence, { line: '{}', organization: '{}', when }).split('{}')
  return html`${before}<span lang=${m.langOf(named.language)}>${named.name}</span>${after}`
}

type Kind = { name?: string; type?: string; autocomplete?: string; required?: boolean; max?: number; value?: string }

export const input = (
  m: Texts,
  id: string,
  label: string,
  { name = id, type, autocomplete = 'off', required, max = 100, value }: Kind,
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
          value=${value ?? nothing}
          maxlength=${max}
          autocomplete=${autocomplete}
          aria-required=${required || nothing}
          aria-invalid=${invalid}
          aria-describedby=${describedBy(f)}
       >`,
  )
}

export const phone = (m: Texts, id: string) =>
  input(m, id, m.t.phone, { name: 'phone', type: 'tel', autocomplete: 'tel', required: true }, m.t.phoneHint)

export const submit = (m: Texts, text: string) => html`<button part="submit" aria-disabled=${m.busy ? 'true' : nothing}>${text}</button>`
