import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { FinderAidQueryVariables } from '../../schema/generated/finder.ts'
import { describedBy, field, group } from '../shared/fields.ts'
import { LANGUAGES, nameOf } from '../shared/languages.ts'
import type { Model } from './model.ts'

type Situation = FinderAidQueryVariables['situation']

/** What may be said about oneself: it stays in the fields, and goes with a search, by POST. */
export type Who = Pick<Situation, 'age' | 'audiences' | 'languages' | 'openNow'>

/** In years; the API refuses others (`MAXIMUM_AGE` in api/service/rules/situation.ts). */
const MAXIMUM_AGE = 130

/** What was typed as an age; NaN when it is none. */
const ageIn = (typed: string): number | undefined =>
  typed ? (/^\d{1,3}$/.test(typed) && Number(typed) <= MAXIMUM_AGE ? Number(typed) : Number.NaN) : undefined

/** Reads the form; what was left empty is not known, which excludes nothing. */
export function readWho(form: HTMLFormElement | null): Who {
  const data = new FormData(form ?? undefined)
  const all = (name: string) => (data.has(name) ? (data.getAll(name) as never[]) : undefined)
  return {
    age: ageIn(String(data.get('age') ?? '').trim()),
    audiences: all('audience'),
    languages: all('language'),
    openNow: data.has('open') || undefined,
  }
}

const box = (name: string, value: string, label: unknown, lang?: unknown) =>
  html`<label lang=${lang}><input type="checkbox" name=${name} value=${value}><span>${label}</span></label>`

/** Who I am, all of it optional, and folded until it is wanted. */
export function whoView(m: Model): TemplateResult {
  const { t, start, wrong, language } = m
  const age = { id: 'age', label: t.age, hint: t.ageHint, error: wrong === 'age' ? t.ageWrong : '' }
  return html`
    <details id="who">
      <summary>${t.who} <small>(${t.optional})</small></summary>
      <div class="stack">
        ${field(
          age,
          html`<input id="age" name="age" inputmode="numeric" autocomplete="off" maxlength="3"
            aria-invalid=${age.error ? 'true' : nothing} aria-describedby=${describedBy(age)}>`,
        )}
        ${group(
          { id: 'audiences', label: t.audiences },
          start?.audiences
            .filter(({ code }) => code !== 'everyone')
            .map(({ code, label, language }) => box('audience', code, label, m.langOf(language))),
        )}
        ${group(
          { id: 'languages', label: t.languages },
          LANGUAGES.map((code) => box('language', code, nameOf(code, language), language)),
        )}
      </div>
    </details>
    <div class="choices">${box('open', '1', t.openNow, language)}</div>
  `
}
