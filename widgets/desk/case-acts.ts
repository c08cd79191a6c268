import type { TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import { isFresh, isOpen } from './case-states.ts'
import type { Act, Case, Cases } from './cases.ts'
import type { Offer } from './handing.ts'
import { reasonsOf } from './reasons.ts'

const REJECT = ['NO_CAPACITY', 'NOT_OUR_NEED', 'OUT_OF_AREA', 'NOT_ELIGIBLE', 'TOO_LITTLE_KNOWN', 'ALREADY_KNOWN', 'OTHER'] as const
const FAIL = ['NOT_REACHABLE', 'DECLINED_BY_PERSON', 'NO_CAPACITY', 'NOT_OUR_NEED', 'OTHER'] as const
const OUTCOMES = ['RESOLVED', 'PARTLY', 'REFERRED_ON', 'NO_HELP_AVAILABLE', 'NOT_ELIGIBLE', 'DECLINED_BY_PERSON', 'NOT_REACHABLE'] as const

/** In whose form something is written. */
export const WRITING: readonly string[] = ['reject', 'progress', 'hold', 'complete', 'fail', 'takeBack'] satisfies Act[]

/** Longest note, in characters; the server has the last word. */
const LONGEST_NOTE = 2_000

/** What may be done with it now, and nothing else. */
export function actsView(c: Cases, one: Case): TemplateResult | symbol {
  const { host, w } = c
  const { html, nothing, m } = host
  const acts = actsOf(c, one)
  const accepts = c.ofPartner && isFresh(one)
  const erases = c.ofPartner && one.erasureWanted && !isOpen(one)
  if (!acts[0] && !accepts && !erases) return nothing
  return html`<section class="acts" aria-labelledby="acts-title">
    <h3 id="acts-title">${w.acts}</h3>
    ${
      erases
        ? html`<p class="warm">${w.eraseText}</p>
            <p class="actions">
              <button type="button" id="erase" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => c.confirmErasure()}>
                ${m.busy === 'erased' ? m.t.sending : w.erase}
              </button>
            </p>`
        : nothing
    }
    ${offerView(c, one)}
    ${c.ofLine && isOpen(one) && !one.agreement.anyone ? html`<p class="hint">${w.onlyThis}</p>` : nothing}
    <p class="actions">
      ${
        accepts
          ? html`<button type="button" id="accept" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => c.accept()}>
              ${m.busy === 'accept' ? m.t.sending : w.accept}
            </button>`
          : nothing
      }
      ${acts.map(
        (act) =>
          html`<button type="button" class="second" id="act-${act}" aria-expanded=${c.act === act} @click=${() => c.choose(c.act === act ? '' : act)}>${w.verbs[act]}</button>`,
      )}
    </p>
    ${c.act && acts.includes(c.act) ? formView(c, c.act) : nothing}
  </section>`
}

/** Nobody answers, and the machine has said so for long: the best others are offered. */
export const isStuck = (c: Pick<Cases, 'ofPartner' | 'ofLine'>, one: Case): boolean =>
  isFresh(one) && one.rung > 2 && actsOf(c, one).includes('reroute')

/** How many are offered by name. */
const BEST = 2

function offerView(c: Cases, one: Case): TemplateResult | symbol {
  const { html, nothing, m } = c.host
  const best = othersOf(c).filter(({ fits }) => fits)
  if (!isStuck(c, one) || !best[0]) return nothing
  return html`<p><b>${c.w.offer}</b></p>
    <p class="actions">
      ${best.slice(0, BEST).map(
        ({ partner: { organization } }) =>
          html`<button type="button" lang=${m.langOf(organization.language) ?? nothing} @click=${() => c.choose('reroute', organization.slug)}>
            ${organization.name}
          </button>`,
      )}
    </p>`
}

/** The partner did not go on, and nobody has gone on since; she still agrees to another one. */
function cameBack({ id, state, failReason, request, erasureWanted, erasureConfirmedAt }: Case): boolean {
  const isBack = state === 'REJECTED' || (state === 'FAILED' && failReason !== 'DECLINED_BY_PERSON')
  return isBack && !erasureWanted && !erasureConfirmedAt && request?.status === 'REACHED' && request.escalations.at(-1)?.id === id
}

export function actsOf(c: Pick<Cases, 'ofPartner' | 'ofLine'>, one: Case): Act[] {
  const acts: Act[] = []
  if (c.ofPartner && isOpen(one)) acts.push(...(isFresh(one) ? (['reject'] as const) : (['progress', 'hold', 'complete', 'fail'] as const)))
  if (c.ofLine && one.agreement.anyone && !one.next && (isOpen(one) || cameBack(one))) acts.push('reroute')
  if (c.ofLine && isOpen(one)) acts.push('takeBack')
  return acts
}

function formView(c: Cases, act: Act): TemplateResult {
  const { host, w, problem } = c
  const { html, nothing, m } = host
  const { t } = m
  const type = (event: Event) => c.type((event.target as HTMLTextAreaElement).value)
  const chosen = act === 'reroute' ? chosenOf(c) : undefined
  const described = ['act-note-hint', problem ? 'act-wrong' : ''].filter(Boolean).join(' ')
  return html`<form class="asking" id="act" tabindex="-1" aria-label=${w.verbs[act]} novalidate @submit=${(event: Event) => c.send(event)}>
    ${act === 'takeBack' ? html`<p>${w.takeBackText}</p>` : act === 'fail' || act === 'reject' ? html`<p>${w.backText}</p>` : nothing}
    ${choices(c, act)}
    ${
      !WRITING.includes(act)
        ? nothing
        : html`<div class="field">
            <label for="act-note">${act === 'hold' ? w.holdNote : w.note}</label>
            <p class="hint" id="act-note-hint">${w.noteHint}</p>
            <textarea id="act-note" rows="3" maxlength=${LONGEST_NOTE} aria-describedby=${described} .value=${c.draft} @input=${type}></textarea>
          </div>`
    }
    ${problem ? html`<p class="wrong" id="act-wrong">${problem}</p>` : nothing}
    <p class="actions">
      ${
        act === 'reroute' && !othersOf(c)[0]
          ? nothing
          : html`<button type="submit" aria-disabled=${m.busy ? 'true' : nothing}>${m.busy === 'send' ? t.sending : act !== 'reroute' ? w.verbs[act] : chosen ? fill(t.handing.send, { name: chosen.partner.organization.name }) : w.send}</button>`
      }
      <button type="button" class="second" @click=${() => c.choose('')}>${t.cancel}</button>
    </p>
  </form>`
}

/** To whom it goes instead, that it fits or not, and what that partner is given. */
function rerouteView(c: Cases, radio: (value: string) => TemplateResult): TemplateResult {
  const { host, w, offers, one, problem } = c
  const { html, nothing, m } = host
  const { t } = m
  if (!offers) return html`<p class="hint">${t.loading}</p>`
  const others = othersOf(c)
  if (!others[0]) return html`<p class="empty">${w.noOther}</p>`
  const chosen = chosenOf(c)
  // In a sentence only German writes them large.
  const small = (label: string) => (m.language === 'de' ? label : label.replace(/^./, (first) => first.toLowerCase()))
  const along = one?.shares.map((detail) => small(t.handing.details[detail])) ?? []
  const [fitting, rest] = [others.filter(({ fits }) => fits), others.filter(({ fits }) => !fits)]
  const view = ({ partner: { organization }, ...offer }: Offer) => html`<label class="offer">
    ${radio(organization.slug)}
    <span>
      <b lang=${m.langOf(organization.language) ?? nothing}>${organization.name}</b>
      ${reasonsOf(offer).map(([mark, reason]) => html`<small><span aria-hidden="true">${mark}</span> ${reason}</small> `)}
    </span>
  </label>`
  return html`<fieldset aria-describedby=${problem ? 'act-wrong' : nothing}>
      <legend>${t.handing.who}</legend>
      <div class="offers">${fitting.map(view)}</div>
      ${
        rest[0]
          ? html`<details ?open=${!fitting[0] || chosen?.fits === false}>
              <summary>${fill(w.others, { n: rest.length })}</summary>
              <div class="offers">${rest.map(view)}</div>
            </details>`
          : nothing
      }
    </fieldset>
    ${chosen && !chosen.fits ? html`<p class="warm">${t.handing.doubt} ${chosen.against.join(' ')}</p>` : nothing}
    <p class="hint">${[w.same, ...along].join(', ')}.</p>`
}

const chosenOf = (c: Cases): Offer | undefined => othersOf(c).find(({ partner }) => partner.organization.slug === c.choice)

/** To whom it may go instead. */
const othersOf = ({ offers, one }: Cases) => offers?.filter(({ partner }) => partner.organization.slug !== one?.partner.slug) ?? []

/** Why, with what, or to whom. */
function choices(c: Cases, act: Act): TemplateResult | symbol {
  const { host, w, problem } = c
  const { html, nothing, m } = host
  const { t } = m
  const describedBy = problem ? 'act-wrong' : nothing
  const radio = (value: string) =>
    html`<input type="radio" name="choice" value=${value} aria-invalid=${problem ? 'true' : nothing} .checked=${c.choice === value} @change=${() => c.pick(value)} />`
  const radios = (legend: string, all: readonly (readonly [string, string])[]) =>
    html`<fieldset aria-describedby=${describedBy}>
      <legend>${legend}</legend>
      <div class="choices">${all.map(([value, label]) => html`<label>${radio(value)} ${label}</label>`)}</div>
    </fieldset>`
  switch (act) {
    case 'reject':
      return radios(
        w.why,
        REJECT.map((reason) => [reason, t.rejectReasons[reason]]),
      )
    case 'fail':
      return radios(
        w.why,
        FAIL.map((reason) => [reason, t.failReasons[reason]]),
      )
    case 'complete':
      return radios(
        w.outcome,
        OUTCOMES.map((outcome) => [outcome, t.outcomes[outcome]]),
      )
    case 'reroute':
      return rerouteView(c, radio)
    default:
      return nothing
  }
}
