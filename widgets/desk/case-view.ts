import type { TemplateResult } from 'lit/html.js'
import type { SharedDetail } from '../../schema/generated/desk.ts'
import { fill, nameOf } from '../shared/languages.ts'
import { actsView, WRITING } from './case-acts.ts'
import { isFresh, isOpen } from './case-states.ts'
import type { Case, Cases } from './cases.ts'
import { marks, subject, unsentView, whenView } from './cases-view.ts'
import { minutesBetween, momentOf } from './time.ts'

/** One case, from what must be known before anything else to what happened to it. */
export function caseView(c: Cases, one: Case): TemplateResult {
  const { host, w } = c
  const { html, nothing, m } = host
  const { t } = m
  return html`
    <p><button type="button" class="quiet" @click=${() => c.back()}>‹ ${w.back}</button></p>
    <div class="title">
      <h2 id="case-title" tabindex="-1">${subject(c, one)} · ${t.caseStates[one.state]}</h2>
      <p class="hint">${marks(c, one)}${w.case} ${one.number} · ${m.partner ? nothing : html`<b lang=${m.langOf(one.partner.language) ?? nothing}>${one.partner.name}</b> · `}${whenView(c, one)}</p>
      ${rungView(c, one)}
    </div>
    ${overView(c, one)} ${safeView(c, one)} ${c.ofPartner ? contactView(c, one) : nothing} ${askedView(c, one)} ${actsView(c, one)}
    ${c.draft && !WRITING.includes(c.act) ? unsentView(c, c.draft, () => c.discard()) : nothing} ${stepsView(c, one)}
    ${c.ofLine ? deliveriesView(c, one) : nothing}
  `
}

/** How far the ladder of its deadline was climbed: whom the machine has told. */
function rungView({ host, w }: Cases, one: Case): TemplateResult | symbol {
  const { html, nothing, m } = host
  const { rung } = one
  if (m.partner || !rung || !(isOpen(one) || one.erasureWanted)) return nothing
  return html`<p class="warm">${isFresh(one) && rung > 2 ? w.rungs.offer : rung > 1 ? w.rungs.tell : w.rungs.remind}</p>`
}

/** Why it is over. The reasons are among professionals: the person is not told. */
function overView({ host, w }: Cases, one: Case): TemplateResult | symbol {
  const { html, nothing, m } = host
  const { t } = m
  const { rejectReason, failReason, cancelReason, outcome, previous, next } = one
  const known = outcome?.toUpperCase() as keyof typeof t.outcomes
  const why = [
    rejectReason && t.rejectReasons[rejectReason],
    failReason && t.failReasons[failReason],
    cancelReason && t.cancelReasons[cancelReason],
    outcome && (t.outcomes[known] ?? outcome),
    next && fill(w.next, { name: next.partner.name }),
    previous && fill(w.previous, { name: previous.partner.name }),
  ].filter(Boolean)
  return why[0] ? html`<section>${why.map((text) => html`<p><b>${text}</b></p>`)}</section>` : nothing
}

/** How she may be reached without harm: before the number. What she did not allow is not allowed. */
function safeView(c: Cases, one: Case): TemplateResult | symbol {
  const { host, contact } = c
  const { html, nothing, m } = host
  const { t } = m
  const safe = contact?.safe ?? one.safeContact
  if (!safe) return nothing
  const wish = (allowed: boolean | null | undefined, yes: string, no: string) =>
    html`<li class=${allowed ? 'may' : 'not'}><span aria-hidden="true">${allowed ? '✓' : '✕'}</span> ${allowed ? yes : no}</li>`
  return html`<section class="safe" aria-labelledby="safe-title">
    <h3 id="safe-title">${t.safe}</h3>
    <ul>
      ${wish(safe.sayWhoCalls, t.sayYes, t.sayNo)}${wish(safe.voicemail, t.voicemailYes, t.voicemailNo)}${wish(safe.sms, t.smsYes, t.smsNo)}
    </ul>
    ${safe.note ? html`<p class="wish" lang=${one.language.toLowerCase()}>« ${safe.note} »</p>` : nothing}
  </section>`
}

function contactView(c: Cases, one: Case): TemplateResult | symbol {
  const { host, w, contact } = c
  const { html, nothing, m } = host
  const { t } = m
  if (contact) {
    const { tel, phone, name, email, postalCode, words } = contact
    return html`<section class="contact" aria-label=${name ?? t.noName}>
      <a class="number" id="number" href=${/^tel:[+\d]+$/.test(tel) ? tel : nothing}>${host.spaced(phone)}</a>
      <p class="name">${name ?? html`<span class="hint">${w.noName}</span>`} <small>· ${nameOf(contact.language.toLowerCase(), m.language)}</small></p>
      ${email ? html`<p>${email}</p>` : nothing} ${postalCode ? html`<p>${t.lives} ${postalCode}</p>` : nothing}
      ${words ? html`<h3>${t.words}</h3><blockquote lang=${contact.language.toLowerCase()}>${words}</blockquote>` : nothing}
    </section>`
  }
  // Once it is not the partner's any more, the object is gone as well: there is nobody to show.
  if (one.object === null) return nothing
  return html`<section class="contact">
    <p class="actions">
      <button type="button" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => c.reveal()}>${m.busy === 'reveal' ? t.sending : t.reveal}</button>
      <small>${t.revealHint}</small>
    </p>
  </section>`
}

function askedView(c: Cases, one: Case): TemplateResult {
  const { host, w } = c
  const { html, nothing, m } = host
  const { t, language, now } = m
  const pair = (term: string, value: unknown) => (value ? html`<div><dt>${term}</dt><dd>${value}</dd></div>` : nothing)
  const { agreement, line, shares, request } = one
  const along = shares.map((detail: SharedDetail) => t.handing.details[detail]).join(', ')
  const agreed = [
    t.handing.ways[agreement.way],
    momentOf(agreement.at, language, now),
    agreement.by ?? '',
    agreement.anyone ? w.anyone : w.thisOnly,
  ].filter(Boolean)
  return html`<section aria-labelledby="asked-title">
    <h3 id="asked-title">${w.asked}</h3>
    ${one.object === null ? html`<p class="hint">${w.objectGone}</p>` : html`<blockquote class="lines">${one.object}</blockquote>`}
    <dl class="facts">
      ${pair(t.language, nameOf(one.language.toLowerCase(), language))} ${pair(t.handing.urgency, t.urgency[one.urgency])}
      ${pair(t.lives, one.commune?.name)} ${pair(t.line, line && html`<span lang=${m.langOf(line.language) ?? nothing}>${line.name}</span>`)}
      ${pair(t.reference, request?.reference)} ${pair(w.along, c.ofLine && (along || w.numberOnly))} ${pair(w.agreed, agreed.join(' · '))}
    </dl>
  </section>`
}

/** What happened to it, the latest first. */
function stepsView({ host, w }: Cases, { steps }: Case): TemplateResult {
  const { html, nothing, m } = host
  return html`<section aria-labelledby="steps-title">
    <h3 id="steps-title">${w.history}</h3>
    <ol class="steps">
      ${[...steps].reverse().map(
        ({ at, actorName, state, note }) =>
          html`<li>
              <small>${momentOf(at, m.language, m.now)}${actorName ? ` · ${actorName}` : nothing}</small> <b>${m.t.caseStates[state]}</b>
              ${note ? html`<br /><span class="lines">${note}</span>` : nothing}
            </li>`,
      )}
    </ol>
  </section>`
}

/** How an attempt ended, for people; the code beside it is for who mends it. */
function codeOf({ codes }: Cases['w'], code: string): string {
  const [, kind, status = ''] = /^(http|smtp)_(\d+)$/.exec(code) ?? []
  if (kind === 'http' || kind === 'smtp') return fill(codes[kind], { code: status })
  if (code === 'sent' || code === 'timeout' || code === 'lost') return codes[code]
  return /^e[a-z_]+$/.test(code) ? codes.away : codes.other
}

/** What should have gone so many minutes ago does not go: its partner's system is paused, or nothing is sent at all. */
const HELD_MINUTES = 2

/** How the partner was told, attempt by attempt. */
function deliveriesView(c: Cases, { deliveries, partnerReachable, endedAt }: Case): TemplateResult | symbol {
  const { host, w } = c
  const { html, nothing, m } = host
  const waits = partnerReachable || endedAt ? nothing : html`<p class="warm">${w.unreachable}</p>`
  if (!deliveries[0])
    return html`<section><h3>${w.deliveries}</h3>${waits === nothing ? html`<p class="hint">${w.inbox}</p>` : waits}</section>`
  return html`<section aria-labelledby="deliveries-title">
    <h3 id="deliveries-title" tabindex="-1">${w.deliveries}</h3>
    ${waits}
    <ul class="steps">
      ${deliveries.map(
        ({ id, event, channel, state, attempts, nextAt, tries }) => html`<li>
          <p>
            <b class=${state === 'DEAD' ? 'wrong' : nothing}>${w.deliveryStates[state]}</b> ${[
              w.channels[channel],
              w.events[event.replace('escalation.', '') as keyof typeof w.events] ?? event,
              fill(m.t.tries, { n: attempts }),
              nextAt
                ? minutesBetween(m.now, nextAt) < -HELD_MINUTES
                  ? w.held
                  : fill(w.nextTry, { when: momentOf(nextAt, m.language, m.now) })
                : '',
            ]
              .filter(Boolean)
              .map((fact) => `· ${fact} `)}
          </p>
          ${
            tries[0]
              ? html`<details>
                  <summary>${w.attempts}</summary>
                  <ul>
                    ${tries.map(({ at, code, milliseconds }) => html`<li><small>${momentOf(at, m.language, m.now)} · ${codeOf(w, code)} <code>${code}</code> · ${milliseconds} ms</small></li>`)}
                  </ul>
                </details>`
              : nothing
          }
          ${
            m.supervisor && (state === 'DEAD' || state === 'DELIVERED')
              ? html`<button type="button" class="second" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => c.replay(id)}>${m.busy === id ? m.t.sending : w.replay}</button>`
              : nothing
          }
        </li>`,
      )}
    </ul>
  </section>`
}
