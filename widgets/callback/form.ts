import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { CallbackChoicesQuery } from '../../schema/generated/callback.ts'
import { field, group } from '../shared/fields.ts'
import { LANGUAGES, nameOf } from '../shared/languages.ts'
import { about, fieldOf, input, phone, submit, summary } from './fields.ts'
import type { Model } from './model.ts'
import { safety } from './safety.ts'
import { ASAP, expectation, slotOf, timesView } from './times.ts'

const box = (name: string, label: string) => html`<label><input type="checkbox" name=${name}>${label}</label>`

/** The request: what it is about, how to be reached, when, and the notice. */
export function form(m: Model, { lines, needs, noticeChannels }: CallbackChoicesQuery): TemplateResult {
  const { t, concernedNeed, chosenLine, chosen, times } = m
  const { title, lang } = m.about
  const known = title ?? (m.needKnown && concernedNeed?.label)
  const who = fieldOf(m, 'line', t.line)
  const slot = slotOf(times, chosen)
  const language = chosen.language ?? m.language.toUpperCase()
  return html`
    <form part="form" novalidate ?hidden=${m.step !== 'form' || !lines.length} @change=${m.choose} @submit=${m.send}>
      ${m.step === 'form' ? summary(m, t) : nothing}
      ${known ? html`<p>${t.about} <strong lang=${m.langOf((title ? lang : concernedNeed?.language) ?? m.language)}>${known}</strong></p>` : nothing}
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
        ${group(fieldOf(m, 'safe', t.safe, true), [
          box('voicemail', t.voicemail),
          noticeChannels.includes('SMS') ? box('sms', t.sms) : nothing,
          box('sayWhoCalls', t.sayWhoCalls),
        ])}
        ${input(m, 'note', t.note, { max: 300 }, t.noteHint)}
        ${phone(m, 'phone')}
        ${noticeChannels.includes('EMAIL') ? input(m, 'email', t.email, { type: 'email', autocomplete: 'email', max: 254 }, t.emailHint) : nothing}
        ${field(
          fieldOf(m, 'language', t.language),
          html`<select id="language" name="language">
            ${(chosenLine?.languages ?? LANGUAGES).map(
              (code) => html`<option value=${code} lang=${code} .selected=${code === language}>${nameOf(code)}</option>`,
            )}
          </select>`,
        )}
        ${input(m, 'name', t.name, { autocomplete: 'name' })}
        ${input(m, 'postalCode', t.postalCode, { autocomplete: 'postal-code', max: 10 }, t.postalCodeHint)}
        ${times?.slots.length ? timesView(m, times, chosen) : nothing}
        ${input(m, 'message', t.message, { max: 2000 }, t.messageHint)}
        <label class="unseen" aria-hidden="true">${t.trap}<input name="website" tabindex="-1" autocomplete="off"></label>
        <div class="notice hint">
          <p>${about(m, t.notice, chosenLine?.organization)} ${t.notFormal}</p>
          <slot name="privacy"></slot>
        </div>
        ${slot || !times?.slots.length || chosen.day === ASAP ? html`<p>${expectation(m, chosenLine, slot, times?.expected)}</p>` : nothing}
        ${submit(m, t.send)}
      </div>
      <p><button type="button" class="quiet" aria-disabled=${m.busy ? 'true' : nothing} @click=${m.back}>${t.back}</button></p>
    </form>
  `
}
