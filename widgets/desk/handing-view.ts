import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { SharedDetail } from '../../schema/generated/desk.ts'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { LONGEST_OBJECT, type Handing, type Missing, type Offer, type Preview } from './handing.ts'
import type { Call, Model } from './model.ts'
import { subjectOf } from './queue.ts'
import { reasonsOf } from './reasons.ts'
import { momentOf } from './time.ts'

const WAYS = ['SPOKEN', 'WRITTEN', 'IN_PERSON'] as const
const DETAILS = ['NAME', 'EMAIL', 'PLACE', 'MESSAGE'] as const

/** The partners that had the request before, and the way to the next one. */
export function handingView(m: Model, call: Call): TemplateResult | typeof nothing {
  const { t, handing } = m
  const before = beforeView(m, call)
  if (call.status !== 'REACHED') return before === nothing ? nothing : html`<section class="handing">${before}</section>`
  return html`<section class="handing" aria-labelledby=${handing.open ? 'handing-title' : 'hand-over'}>
    ${before}
    ${
      handing.open
        ? panel(m, call)
        : html`<button type="button" class="second" id="hand-over" aria-expanded="false" @click=${() => handing.start(call)}>${t.handing.start}</button>
            <p class="hint">${t.handing.startHint}</p>`
    }
  </section>`
}

/** Who had it, and why it came back: for whoever calls again. */
function beforeView(m: Model, { escalations }: Call): TemplateResult | typeof nothing {
  const { t } = m
  if (!escalations[0]) return nothing
  return html`<h3>${t.handing.before}</h3>
    <ul class="before">
      ${escalations.map((one) => {
        const { number, state, endedAt, requestedAt, partner, rejectReason, failReason, cancelReason, steps } = one
        const why = rejectReason
          ? t.rejectReasons[rejectReason]
          : failReason
            ? t.failReasons[failReason]
            : cancelReason && t.cancelReasons[cancelReason]
        const note = endedAt ? steps.at(-1)?.note : null
        const facts = [number, momentOf(endedAt ?? requestedAt, m.language, m.now), `${t.caseStates[state]}${why ? ` : ${why}` : ''}`]
        return html`<li>
          <b lang=${m.langOf(partner.language) ?? nothing}>${partner.name}</b> ${facts.map((fact) => `· ${fact} `)}${note ? html`<br /><span class="lines">${note}</span>` : nothing}
        </li>`
      })}
    </ul>`
}

function panel(m: Model, call: Call): TemplateResult {
  const { t, handing, busy } = m
  const look = (event: Event) => {
    event.preventDefault()
    if (!handing.preview) handing.look()
  }
  return html`<h3 id="handing-title" tabindex="-1">${t.handing.title}</h3>
    <form class="hand" novalidate @submit=${look}>
      ${partnersView(m)} ${objectView(m)} ${alongView(m, call)} ${agreementView(m)}
      ${
        handing.preview
          ? previewView(m, handing.preview)
          : html`<p class="actions">
              <button type="submit" aria-disabled=${busy || !handing.offers ? 'true' : nothing}>${busy === 'preview' ? t.sending : t.handing.look}</button>
              <small>${t.handing.lookHint}</small>
            </p>`
      }
    </form>
    <button type="button" class="quiet" @click=${() => handing.stop()}>${t.handing.stop}</button>`
}

const wrongIf = ({ t }: Model, { missing }: Handing, name: Missing): TemplateResult | typeof nothing =>
  missing.includes(name) ? html`<p class="wrong" id="${name}-wrong">${t.handing.missing[name]}</p>` : nothing
const describedBy = ({ missing }: Handing, name: Missing, hint = ''): string | typeof nothing =>
  [hint, missing.includes(name) ? `${name}-wrong` : ''].filter(Boolean).join(' ') || nothing

function partnersView(m: Model): TemplateResult {
  const { t, handing } = m
  const { offers, loading } = handing
  const title = html`<legend id="partners-title" tabindex="-1">${t.handing.who}</legend>`
  if (!offers)
    return html`<fieldset>
      ${title}
      ${loading ? html`<p class="hint">${t.loading}</p>` : html`<p class="actions"><button type="button" class="second" @click=${() => handing.load()}>${t.retry}</button></p>`}
    </fieldset>`
  const [fitting, others] = [offers.filter(({ fits }) => fits), offers.filter(({ fits }) => !fits)]
  const chosen = offers.find(({ partner }) => partner.organization.slug === handing.partner)
  return html`<fieldset aria-describedby=${describedBy(handing, 'partner')}>
    ${title} ${offers[0] ? nothing : html`<p class="empty">${t.handing.nobody}</p>`}
    ${offers[0] && !fitting[0] ? html`<p>${t.handing.nobodyFits}</p>` : nothing}
    <div class="offers">${fitting.map((offer) => offerView(m, offer))}</div>
    ${
      others[0]
        ? html`<details ?open=${!fitting[0] || others.some(({ partner }) => partner.organization.slug === handing.partner)}>
            <summary>${fill(t.handing.others, { n: others.length })}</summary>
            <div class="offers">${others.map((offer) => offerView(m, offer))}</div>
          </details>`
        : nothing
    }
    ${chosen && !chosen.fits ? html`<p class="warm">${t.handing.doubt} ${chosen.against.join(' ')}</p>` : nothing}
    ${wrongIf(m, handing, 'partner')}
  </fieldset>`
}

function offerView(m: Model, { partner: { organization }, ...offer }: Offer): TemplateResult {
  const { handing } = m
  const { slug, name, language } = organization
  return html`<label class="offer">
    <input type="radio" name="partner" value=${slug} .checked=${handing.partner === slug} @change=${() => handing.choose(slug)} />
    <span>
      <b lang=${m.langOf(language) ?? nothing}>${name}</b>
      ${reasonsOf(offer).map(([mark, reason]) => html`<small><span aria-hidden="true">${mark}</span> ${reason}</small> `)}
    </span>
  </label>`
}

function objectView(m: Model): TemplateResult {
  const { t, handing } = m
  const left = LONGEST_OBJECT - handing.object.length
  const write = (event: Event) => handing.write((event.target as HTMLTextAreaElement).value)
  return html`<div class="field">
    <label for="object">${t.handing.object}</label>
    <p class="hint" id="object-hint">${t.handing.objectHint}</p>
    <textarea
      id="object"
      rows="4"
      maxlength=${LONGEST_OBJECT}
      aria-describedby=${describedBy(handing, 'object', 'object-hint object-left')}
      aria-invalid=${handing.missing.includes('object') ? 'true' : nothing}
      .value=${handing.object}
      @input=${write}
    ></textarea>
    <p class="hint" id="object-left">${fill(t.handing.left, { n: left })}</p>
    ${wrongIf(m, handing, 'object')}
  </div>`
}

/** What goes along besides the number: nothing, unless it is ticked. What the person never gave is not offered. */
function alongView(m: Model, call: Call): TemplateResult {
  const { t, handing, contact } = m
  const given: Record<SharedDetail, boolean> = {
    NAME: !contact || !!contact.name,
    EMAIL: !contact || !!contact.email,
    PLACE: !!call.postalCode,
    MESSAGE: !!call.words,
  }
  const details = DETAILS.filter((detail) => given[detail])
  const told: Partial<Record<SharedDetail, string | null>> = { NAME: contact?.name, EMAIL: contact?.email, PLACE: call.postalCode }
  return html`<fieldset>
    <legend>${t.handing.along}</legend>
    <p class="hint">${t.handing.alongHint}</p>
    <div class="choices">
      ${details.map(
        (detail) => html`<label>
          <input
            type="checkbox"
            name="share"
            value=${detail}
            .checked=${handing.shares.has(detail)}
            @change=${(event: Event) => handing.share(detail, (event.target as HTMLInputElement).checked)}
          />
          <span>${t.handing.details[detail]}${told[detail] ? html` <small>${told[detail]}</small>` : nothing}</span>
        </label>`,
      )}
    </div>
  </fieldset>`
}

/** What is read out to her, and what she said. */
function agreementView(m: Model): TemplateResult {
  const { t, handing } = m
  const { text, partner, language } = handing
  const lang = language.toLowerCase()
  return html`<fieldset class="agreement">
    <legend>${t.handing.agreement}</legend>
    <p class="field">
      <label for="agreement-language">${t.handing.readIn}</label>
      <select id="agreement-language" @change=${(event: Event) => handing.speak((event.target as HTMLSelectElement).value as typeof language)}>
        ${LANGUAGES.map((code) => html`<option value=${code} ?selected=${code === language}>${nameOf(code.toLowerCase(), m.language)}</option>`)}
      </select>
    </p>
    ${handing.again ? html`<p class="warm">${t.handing.again}</p>` : nothing}
    ${
      text
        ? html`<blockquote class="aloud" lang=${lang}>${text.text}</blockquote>`
        : html`<p class="hint">${partner ? t.loading : t.handing.chooseFirst}</p>`
    }
    <fieldset aria-describedby=${describedBy(handing, 'way')}>
      <legend>${t.handing.how}</legend>
      <div class="choices">
        ${WAYS.map(
          (way) =>
            html`<label><input type="radio" name="way" value=${way} .checked=${handing.way === way} @change=${() => handing.agree(way)} /> ${t.handing.ways[way]}</label>`,
        )}
      </div>
      ${wrongIf(m, handing, 'way')}
    </fieldset>
    ${text ? html`<blockquote class="aloud" lang=${lang}>${text.anyone}</blockquote>` : nothing}
    <fieldset aria-describedby=${describedBy(handing, 'anyone')}>
      <legend>${t.handing.another}</legend>
      <div class="choices">
        ${(['yes', 'no'] as const).map(
          (one) =>
            html`<label><input type="radio" name="anyone" value=${one} .checked=${handing.anyone === one} @change=${() => handing.allow(one)} /> ${t.handing.anyone[one]}</label>`,
        )}
      </div>
      ${wrongIf(m, handing, 'anyone')}
    </fieldset>
  </fieldset>`
}

/** Word by word what the partner will see; of the number two digits here. */
function previewView(m: Model, preview: Preview): TemplateResult {
  const { t, handing, busy } = m
  const { partner, object, maskedPhone, name, email, postalCode, words, language, urgency, commune, safe } = preview
  const spoken = language.toLowerCase()
  const pair = (term: string, value: unknown) => (value ? html`<div><dt>${term}</dt><dd>${value}</dd></div>` : nothing)
  return html`<section class="preview" aria-labelledby="preview-title">
    <h4 id="preview-title" tabindex="-1">${fill(t.handing.sees, { name: partner.name })}</h4>
    ${handing.masked ? html`<p class="warm">${t.handing.masked}</p>` : nothing}
    <p>${t.handing.readOut}</p>
    <dl>
      ${pair(t.handing.object, html`<span class="lines">${object}</span>`)} ${pair(t.need, subjectOf(m, preview))}
      ${pair(t.handing.urgency, t.urgency[urgency])} ${pair(t.language, nameOf(spoken, m.language))}
      ${pair(t.handing.phone, html`${maskedPhone} <small>${t.handing.phoneHint}</small>`)}
      ${pair(
        t.handing.wishes,
        html`${[safe.sayWhoCalls ? t.sayYes : t.sayNo, safe.voicemail ? t.voicemailYes : t.voicemailNo, safe.sms ? t.smsYes : t.smsNo].map(
          (wish) => html`${wish}<br />`,
        )}${safe.note ? html`<span lang=${spoken}>« ${safe.note} »</span>` : nothing}`,
      )}
      ${pair(t.handing.details.NAME, name)} ${pair(t.handing.details.EMAIL, email)} ${pair(t.lives, [postalCode, commune?.name].filter(Boolean).join(' '))}
      ${pair(t.words, words && html`<span class="lines" lang=${spoken}>${words}</span>`)}
    </dl>
    <p class="hint">${t.handing.stays}</p>
    <p class="actions">
      <button type="button" id="send-case" aria-disabled=${busy ? 'true' : nothing} @click=${() => handing.send()}>
        ${busy === 'escalate' ? t.sending : fill(t.handing.send, { name: partner.name })}
      </button>
    </p>
  </section>`
}
