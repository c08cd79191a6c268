import { choose } from '../../directory/language.ts'
import type { Line, Organization } from '../../directory/snapshot.ts'
import { type Html, html, type Part } from '../html.ts'
import { foreign, languageOf, type Reader, wordsOf } from '../layout.ts'
import { lineCard } from '../parts.ts'

/** What is wrong with the fields, by the name of the field, in the order of the page; '' for what no field can put right. */
export type Problems = ReadonlyMap<string, string>

/** One thing that is asked: its name is the id that errors lead to. */
export type Question = { name: string; label: string; hint?: string; required?: boolean }

/** What stands around a form, whatever it asks. */
export type Asking = { problems: Problems; reader: Reader }

/** Something went wrong: said before all else, with the numbers that help meanwhile. */
export const alert = (
  message: string,
  lines: readonly Line[],
  reader: Reader,
  kept: boolean,
): Html => html`<div class="card wrong" role="alert">
<p><strong>${message}</strong></p>
${kept && html`<p>${wordsOf(reader).callback.kept}</p>`}
${lines.map((line) => lineCard(line, reader))}
</div>`

/** How many things are wrong and which, each leading to its field. */
export function summary({ problems, reader }: Asking, labels: Readonly<Record<string, string>>): Html | null {
  if (problems.size === 0) return null
  const items = [...problems].map(([name, message]) => {
    const text = labels[name] ? `${labels[name]} ${message}` : message
    return html`<li>${labels[name] ? html`<a href="#${name}">${text}</a>` : text}</li>\n`
  })
  return html`<div class="card wrong" role="alert" tabindex="-1" autofocus>
<h2>${wordsOf(reader).callback.problems(problems.size)}</h2>
<ul class="bullets">${items}</ul>
</div>`
}

/** A label in front of what is said of its field; French sets a space before the colon. */
export const inFront = (label: string, reader: Reader): string =>
  /[?:]$/.test(label) ? label : `${label}${languageOf(reader) === 'FR' ? '\u00a0:' : ':'}`

/** A label with its hint, its error and a control; `control` is given what belongs into its tag. */
export function field(asking: Asking, question: Question, control: (attributes: Html) => Html): Html {
  const { name, label } = question
  const wrong = asking.problems.get(name)
  return html`<div class="field${wrong ? ' wrong' : ''}">
<label for="${name}">${label}${optional(question, asking.reader)}</label>
${notes(question, wrong)}
${control(html` id="${name}" name="${name}"${described(question, wrong)}${question.required && html` aria-required="true"`}${wrong && html` aria-invalid="true"`}`)}
</div>`
}

/** Several answers to one question. */
export function group(asking: Asking, question: Question, choices: Part): Html {
  const wrong = asking.problems.get(question.name)
  return html`<fieldset class="field${wrong ? ' wrong' : ''}"${described(question, wrong)}>
<legend>${question.label}${optional(question, asking.reader)}</legend>
${notes(question, wrong)}
${choices}
</fieldset>`
}

/** One of them. `id` for the first, to which an error leads. */
export const choice = (
  { type, name, value, checked, id }: { type: 'radio' | 'checkbox'; name: string; value: string; checked: boolean; id?: string },
  text: Part,
): Html =>
  html`<label class="choice"><input type="${type}" name="${name}" value="${value}"${id && html` id="${id}"`}${checked && html` checked`}><span>${text}</span></label>\n`

export const hidden = (name: string, value: string): Html =>
  html`<input type="hidden" name="${name}" value="${value}" autocomplete="off">\n`

/** The name of a line or an organization. */
export const nameOf = ({ texts }: Pick<Line, 'texts'> | Organization, reader: Reader): Html => {
  const { text, language } = choose<{ name: string }>(texts, reader.languages)
  const lang = foreign(reader, language)
  return lang ? html`<span${lang}>${text.name}</span>` : html`${text.name}`
}

/** A sentence with a name in it, which may be in another language than the sentence. */
export function withName(sentence: (name: string) => string, name: Html): Html {
  const [before, after] = sentence(HOLE).split(HOLE)
  return html`${before}${name}${after}`
}
/** Stands in no sentence: it belongs to nobody (Unicode, private use). */
const HOLE = '\ue000'

const optional = ({ required }: Question, reader: Reader): Html | null =>
  required ? null : html` <small>(${wordsOf(reader).callback.optional})</small>`

const notes = ({ name, hint }: Question, wrong: string | undefined): Html =>
  html`${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}${wrong && html`<p class="error" id="${name}-error">${wrong}</p>`}`

function described({ name, hint }: Question, wrong: string | undefined): Html | null {
  const ids = [hint && `${name}-hint`, wrong && `${name}-error`].filter(Boolean)
  return ids.length === 0 ? null : html` aria-describedby="${ids.join(' ')}"`
}
