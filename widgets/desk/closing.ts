import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { NoticeChannel } from '../../schema/generated/desk.ts'
import type { Call, Model } from './model.ts'
import { momentOf } from './time.ts'

/** The services she was told of, and those that are picked in the help column. */
export function referralsView(m: Model, call: Call): TemplateResult {
  const { t, help } = m
  const title = html`<h3 id="referrals-title" tabindex="-1">${t.referrals}</h3>`
  if (!call.referrals[0] && !help.picked[0])
    return html`<section class="referrals">${title}<p class="hint">${t.referralsNone}</p></section>`
  const send = (event: Event) => {
    event.preventDefault()
    const { by } = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as { by?: NoticeChannel | '' }
    m.orient(by || undefined)
  }
  return html`<section class="referrals">
    ${title}
    ${
      call.referrals[0]
        ? html`<ul>
            ${call.referrals.map(
              ({ at, service, sentBy }) =>
                html`<li>
                  <span lang=${(service && m.langOf(service.language)) ?? nothing}>${service?.name}</span>
                  <small>${momentOf(at, m.language, m.now)}${sentBy ? ` · ${t.sent[sentBy]}` : nothing}</small>
                </li>`,
            )}
          </ul>`
        : nothing
    }
    ${
      help.picked[0]
        ? html`<form class="picked" @submit=${send}>
            <h4>${t.picked}</h4>
            <ul>
              ${help.picked.map(
                (service) =>
                  html`<li>
                    <span lang=${m.langOf(service.language) ?? nothing}>${service.name}</span>
                    <button type="button" class="quiet" aria-label="${t.unpick}, ${service.name}" @click=${() => help.pick(service)}>${t.unpick}</button>
                  </li>`,
              )}
            </ul>
            ${
              call.canSend[0]
                ? html`<fieldset>
                    <legend>${t.sendHow}</legend>
                    <div class="choices">
                      <label><input type="radio" name="by" value="" checked /> ${t.sendNo}</label>
                      ${call.canSend.map((channel) => html`<label><input type="radio" name="by" value=${channel} /> ${t.sendBy[channel]}</label>`)}
                    </div>
                  </fieldset>`
                : html`<p class="hint">${t.cannotSend}</p>`
            }
            <button type="submit" aria-disabled=${m.busy ? 'true' : nothing}>${m.busy === 'orient' ? t.sending : t.orient}</button>
          </form>`
        : nothing
    }
  </section>`
}

const OUTCOMES = ['RESOLVED', 'PARTLY', 'REFERRED_ON', 'NO_HELP_AVAILABLE', 'NOT_ELIGIBLE', 'DECLINED_BY_PERSON', 'NOT_REACHABLE'] as const
const REASONS = ['NOTHING_FOUND', 'NOT_ELIGIBLE', 'FULL', 'OUT_OF_AREA', 'CLOSED'] as const

/** How the call ends. Before she was reached it may be given back, or noted as not reachable. */
export function closeView(m: Model, call: Call): TemplateResult {
  const { t, busy, closeProblem } = m
  const outcomes = call.status === 'REACHED' ? OUTCOMES : OUTCOMES.slice(-2)
  return html`<section class="closing" aria-labelledby="close-title">
    <details ?open=${call.status === 'REACHED'}>
      <summary id="close-title">${t.closeTitle} <kbd aria-hidden="true">c</kbd></summary>
      <form id="close" novalidate @submit=${(event: Event) => m.close(event)}>
        <fieldset aria-describedby=${closeProblem ? 'close-error' : nothing}>
          <legend>${t.outcome}</legend>
          <div class="choices">
            ${outcomes.map((outcome) => html`<label><input type="radio" name="outcome" value=${outcome} /> ${t.outcomes[outcome]}</label>`)}
          </div>
          ${closeProblem ? html`<p class="wrong" id="close-error">${closeProblem}</p>` : nothing}
        </fieldset>
        <p class="field">
          <label for="unmet">${t.unmet}</label>
          <select id="unmet" name="unmet" aria-describedby="unmet-hint">
            <option value="">${t.unmetNo}</option>
            ${REASONS.map((reason) => html`<option value=${reason}>${t.reasons[reason]}</option>`)}
          </select>
        </p>
        <p class="hint" id="unmet-hint">${t.unmetHint}</p>
        <button type="submit" aria-disabled=${busy ? 'true' : nothing}>${busy === 'close' ? t.sending : t.closeNow}</button>
      </form>
    </details>
    <p><button type="button" class="quiet" aria-disabled=${busy ? 'true' : nothing} @click=${() => m.release()}>${t.release}</button></p>
  </section>`
}
