import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { CallbackChoicesQuery } from '../../schema/generated/callback.ts'
import { field, group } from '../shared/fields.ts'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { fieldOf, input, phone, submit, summary } from './fields.ts'
import type { Model } from './model.ts'
import { safety } from './safety.ts'

const box = (name: string, label: string) => html`<label><input type="checkbox" name=${name}>${label}</label>`

/** The request: what it is about, how to be reached, and the notice. */
export function form(m: Model, { lines, needs }: CallbackChoicesQuery): TemplateResult {
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
                    <input type="radio" name="line" value=${slug} aria-invalid=${who.error ? 'true' : nothing}>
                    <span><span lang=${m.langOf(language)}>${name}</span><br><small>${openingStatus.label}</small></span>
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
      <p><button type="button" class="quiet" @click=${m.back}>${t.back}</button></p>
    </form>
  `
}
