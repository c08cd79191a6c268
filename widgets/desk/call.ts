import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill, nameOf } from '../shared/languages.ts'
import { attemptsView } from './attempts.ts'
import { closeView, referralsView } from './closing.ts'
import { handingView } from './handing-view.ts'
import type { Call, Model } from './model.ts'
import { ageView, latenessMark, subjectOf, urgencyMark } from './queue.ts'
import { clockOf, momentOf } from './time.ts'

export function callView(m: Model): TemplateResult {
  const { call, lost, t } = m
  if (lost) return lostView(m)
  if (!call)
    return html`<div class="empty">
      <h2 id="call-title" tabindex="-1">${t.noCall}</h2>
      <p class="hint">${t.noCallHint}</p>
      ${m.numbers && !m.numbers.due && m.numbers.waiting ? html`<p>${fill(t.nothingDue, { n: m.numbers.waiting })}</p>` : nothing}
      <button type="button" class="second narrow" @click=${() => m.show('queue')}>${t.toQueue}</button>
    </div>`
  // Whoever sits down here now may be somebody else: only what she typed herself, and cannot have again, stays.
  if (m.signedOut)
    return html`<div class="title">
        <h2 id="call-title" tabindex="-1">${t.call} · ${call.reference}</h2>
      </div>
      ${notesView(m, call)}
      ${
        m.handing.object
          ? html`<section>
              <h3>${t.handing.object}</h3>
              <blockquote class="lines">${m.handing.object}</blockquote>
            </section>`
          : nothing
      }`
  return html`
    <div class="title">
      <h2 id="call-title" tabindex="-1">${t.call} · ${subjectOf(m, call)}</h2>
      <p class="hint">
        ${latenessMark(m, call)} ${urgencyMark(m, call)} ${call.reference} · ${ageView(m, call)}
        ${call.heldUntil ? html` · ${fill(t.heldUntil, { time: clockOf(call.heldUntil, m.language) })}` : nothing}
      </p>
    </div>
    ${safeView(m, call)} ${contactView(m, call)} ${wordsView(m, call)} ${attemptsView(m, call)} ${scriptView(m, call)} ${notesView(m, call)}
    ${referralsView(m, call)} ${handingView(m, call)} ${closeView(m, call)}
  `
}

/** How she may be reached without harm: before the number, and larger than anything but it. */
function safeView({ t }: Model, { safeContact, language, repeats }: Call): TemplateResult {
  const { voicemail, sms, sayWhoCalls, note } = safeContact ?? {}
  // Nobody knows which of several requests is hers who is at risk: each one's precautions stand here.
  const notes = [{ safeNote: note, language }, ...repeats]
  const said = [voicemail, sms, sayWhoCalls, ...notes.map(({ safeNote }) => safeNote)].some(
    (wish) => wish !== null && wish !== undefined && wish !== '',
  )
  // What she did not allow is not allowed.
  const wish = (allowed: boolean | null | undefined, yes: string, no: string) =>
    html`<li class=${allowed ? 'may' : 'not'}><span aria-hidden="true">${allowed ? '✓' : '✕'}</span> ${allowed ? yes : no}</li>`
  return html`<section class="safe" aria-labelledby="safe-title">
    <h3 id="safe-title">${t.safe}</h3>
    ${said ? nothing : html`<p>${t.safeUnsaid}</p>`}
    <ul>
      ${wish(sayWhoCalls, t.sayYes, t.sayNo)}${wish(voicemail, t.voicemailYes, t.voicemailNo)}${wish(sms, t.smsYes, t.smsNo)}
    </ul>
    ${notes.map(({ safeNote, language }) => (safeNote ? html`<p class="wish" lang=${language.toLowerCase()}>« ${safeNote} »</p>` : nothing))}
  </section>`
}

function contactView(m: Model, call: Call): TemplateResult {
  const { t, contact } = m
  if (contact)
    return html`<section class="contact" aria-label=${contact.name ?? t.noName}>
      <a class="number" id="number" href=${/^tel:[+\d]+$/.test(contact.tel) ? contact.tel : nothing}>${spaced(contact.phone)}</a>
      <p class="name">${contact.name ?? html`<span class="hint">${t.noName}</span>`} <small>${nameOf(call.language.toLowerCase(), m.language)}</small></p>
      ${contact.foreign ? html`<p class="wrong">${t.foreign}</p>` : nothing}
      ${contact.email ? html`<p class="hint">${contact.email}</p>` : nothing}
    </section>`
  return html`<section class="contact">
    <p class="masked">${call.maskedPhone ?? t.erased} <small>${nameOf(call.language.toLowerCase(), m.language)}</small></p>
    ${
      call.maskedPhone
        ? html`<p class="actions">
            <button type="button" aria-disabled=${m.busy ? 'true' : nothing} @click=${() => m.reveal()}>
              ${m.busy === 'reveal' ? t.sending : t.reveal} <kbd aria-hidden="true">r</kbd>
            </button>
            <small>${t.revealHint}</small>
          </p>`
        : nothing
    }
  </section>`
}

/** "+32 470 12 34 56": in groups, for who must type it into a telephone. */
export const spaced = (phone: string): string =>
  phone.replace(/^(\+32)(4\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5').replace(/^(\+32)(\d{1,2})(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5')

function factsView(m: Model, call: Call): TemplateResult {
  const { t } = m
  const { service, faqEntry, slot, communes, postalCode } = call
  const pair = (term: string, value: unknown) => (value ? html`<div><dt>${term}</dt><dd>${value}</dd></div>` : nothing)
  const place = [postalCode, communes.map(({ name }) => name).join(', ')].filter(Boolean).join(' ')
  return html`<dl class="facts">
    ${pair(t.asked, momentOf(call.requestedAt, m.language, m.now))} ${pair(t.slot, slot && `${slot.dayLabel}, ${slot.timesLabel}`)}
    ${pair(t.lives, place || t.unknownPlace)} ${pair(t.line, html`<span lang=${m.langOf(call.line.language) ?? nothing}>${call.line.name}</span>`)}
    ${pair(t.cameFrom, service && html`<span lang=${m.langOf(service.language) ?? nothing}>${service.name}</span>`)}
    ${pair(t.cameFrom, faqEntry && html`<span lang=${m.langOf(faqEntry.language) ?? nothing}>${faqEntry.question}</span>`)}
  </dl>`
}

function wordsView(m: Model, call: Call): TemplateResult {
  const { t } = m
  const lang = call.language.toLowerCase()
  return html`<section class="words">
    ${factsView(m, call)}
    <h3 id="words-title" tabindex="-1">${t.words}</h3>
    ${call.words ? html`<blockquote lang=${lang}>${call.words}</blockquote>` : html`<p class="hint">${t.noWords}</p>`}
    ${call.masked ? html`<p class="hint">${t.masked}</p>` : nothing}
    ${call.repeats.map(
      ({ requestedAt, name, message, need, language }) =>
        html`<p class="hint repeat">
            ${name ? html`<b>${name}</b> · ` : nothing}${fill(t.again, { when: momentOf(requestedAt, m.language, m.now) })}${need ? html` (${subjectOf(m, { need })})` : nothing}
            · ${nameOf(language.toLowerCase(), m.language)}
          </p>
          ${message ? html`<blockquote lang=${language.toLowerCase()}>${message}</blockquote>` : nothing}`,
    )}
  </section>`
}

function scriptView(m: Model, { line, status }: Call): TemplateResult | typeof nothing {
  return line.script
    ? html`<details class="script" ?open=${status === 'CLAIMED'}>
        <summary>${m.t.script}</summary>
        <p class="lines" lang=${m.langOf(line.language) ?? nothing}>${line.script}</p>
      </details>`
    : nothing
}

/** What one person wrote in one go, though it came in pieces. */
const JOIN_MS = 10 * 60_000
export function joined(notes: NonNullable<Call['notes']>): { at: string; name: string; text: string }[] {
  const all: { at: string; last: number; name: string; id?: string; text: string }[] = []
  for (const { at, text, member } of [...notes].sort((a, b) => a.at.localeCompare(b.at))) {
    const before = all.at(-1)
    const moment = Date.parse(at)
    if (before && before.id === member?.id && moment - before.last < JOIN_MS) {
      before.text += ` ${text}`
      before.last = moment
    } else all.push({ at, last: moment, name: member?.name ?? '', id: member?.id, text })
  }
  return all
}

/** The server takes 2,000 characters, of which a correction needs some to say that it is one. */
const LONGEST_NOTE = 1_900

function notesView(m: Model, call: Call): TemplateResult {
  const { t, notes } = m
  const state = { '': '', waiting: t.noteWaiting, saving: t.noteSaving, saved: t.noteSaved }[notes.state]
  return html`<section class="notes" aria-labelledby="notes-title">
    <h3 id="notes-title">${t.notes}</h3>
    ${joined(m.signedOut ? [] : (call.notes ?? [])).map(
      ({ at, name, text }) =>
        html`<p class="note"><small>${momentOf(at, m.language, m.now)} · ${name}</small><br /><span class="lines">${text}</span></p>`,
    )}
    <p class="field">
      <label for="note">${t.note}</label>
      <textarea id="note" rows="3" maxlength=${LONGEST_NOTE} aria-describedby="note-hint" .value=${notes.text} @input=${notes.type} @blur=${notes.leave}></textarea>
    </p>
    <p class="hint" id="note-hint">${t.notesHint}</p>
    <p class="hint saving" role="status">${state}</p>
  </section>`
}

/** A call that is no longer hers: what happened, what is left to do, and what was not saved. */
function lostView(m: Model): TemplateResult {
  const { t, lost } = m
  if (!lost) return html``
  const { call, why, name, draft } = lost
  return html`<div class="empty lost">
    <h2 id="call-title" tabindex="-1">${fill(t[why], { name })}</h2>
    <p class="hint">${subjectOf(m, call)} · ${call.reference}</p>
    ${
      draft
        ? html`<p>${t.unsaved}</p>
            <blockquote class="lines">${draft}</blockquote>
            <button type="button" class="second" @click=${() => m.copy(draft)}>${t.copyNote}</button>`
        : nothing
    }
    <p class="actions">
      ${why === 'lostLease' ? html`<button type="button" @click=${() => m.claim(call.id)}>${t.takeAgain}</button>` : nothing}
      <button type="button" class="second" @click=${() => m.dismiss()}>${t.toQueue}</button>
    </p>
  </div>`
}
