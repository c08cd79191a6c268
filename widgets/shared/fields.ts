import { html, nothing, type TemplateResult } from 'lit/html.js'

/** One labelled control: label, hint, control, error, in the order they are read. */
export interface Field {
  id: string
  label: string
  /** The word for "optional"; left out for what is required. */
  optional?: string
  hint?: unknown
  error?: string
}

/** What `aria-describedby` of the control must be: first the hint, then the error. */
export const describedBy = ({ id, hint, error }: Field): string | typeof nothing =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing

const label = ({ label, optional }: Field) => html`${label}${optional ? html` <small>(${optional})</small>` : nothing}`

const hint = ({ id, hint }: Field) => (hint ? html`<p class="hint" part="hint" id="${id}-hint">${hint}</p>` : nothing)

const error = ({ id, error }: Field) => (error ? html`<p class="wrong" part="error" id="${id}-error">${error}</p>` : nothing)

/** A field with one control, whose `id` must be the field's. */
export const field = (f: Field, control: unknown): TemplateResult => html`
  <div class="field" part="field"><label part="label" for=${f.id}>${label(f)}</label>${hint(f)}${control}${error(f)}</div>
`

/** A group of radios or boxes. */
export const group = (f: Field, controls: unknown): TemplateResult => html`
  <fieldset class="field" part="field" id=${f.id} tabindex="-1" aria-describedby=${describedBy(f)}>
    <legend part="label">${label(f)}</legend>${hint(f)}<div class="choices">${controls}</div>${error(f)}
  </fieldset>
`
