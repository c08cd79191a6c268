import { html, nothing, type TemplateResult } from 'lit/html.js'
import { field } from '../shared/fields.ts'
import { callCard, emergencyBand } from '../shared/parts.ts'
import { cpasCard, questionCard, serviceCard } from './cards.ts'
import type { PasserelleFinder } from './finder.ts'
import { GROUPS, type Line, linesFor, type Need, pressingNeeds } from './found.ts'

/** Words or a subject, and the commune. */
export const startView = (el: PasserelleFinder): TemplateResult => html`
  <slot name="intro"><p class="intro">${el.t.intro}</p></slot>
  <form part="form" role="search" novalidate @submit=${el.submit}>
    ${field(
      { id: 'words', label: el.t.words, hint: el.t.wordsHint },
      html`<input id="words" type="search" maxlength="200" aria-describedby="words-hint" .value=${el.words} @input=${el.type}>`,
    )}
    ${placeField(el)} <button part="submit">${el.t.search}</button> ${placeChoices(el)}
  </form>
  ${el.heading(el.t.subjects, 1)}
  <ul class="tiles">${el.start?.needs.map((need) => html`<li>${needButton(el, need)}</li>`)}</ul>
  ${emergencyBand(el.t)}
`

/** What was asked for, and how to make it more precise. */
export function askedView(el: PasserelleFinder): TemplateResult {
  const { t, asked, chosen } = el
  const subject = el.start?.needs.find((need) => need === chosen || need.children.includes(chosen as Need))
  return html`
    <p><button type="button" class="quiet" @click=${el.back}>← ${t.back}</button></p>
    <div id="asked" lang=${el.langOf(chosen?.language ?? el.language)}>${el.heading(chosen?.label ?? html`<q>${asked?.words}</q>`, 1)}</div>
    ${pressingView(el)}
    ${
      subject?.children[0] &&
      html`<div class="chips" role="group" aria-label=${subject.label}>
        ${[{ ...subject, label: t.all }, ...subject.children].map((need) => needButton(el, need, true))}
      </div>`
    }
    <form part="form" role="search" novalidate @submit=${el.submit}>
      ${placeField(el)} <button part="submit" class="second">${t.search}</button> ${placeChoices(el)}
    </form>
  `
}

/** The answers: questions, then services by group. */
export const foundView = (el: PasserelleFinder): TemplateResult => html`
  ${
    el.found?.questions[0] &&
    html`${el.heading(el.t.questions, 2)}<ul>${el.found.questions.map((question) => questionCard(el, question))}</ul>`
  }
  <div part="results" class="results stack">
    ${GROUPS.map((group) => {
      const cards = el.grouped(group).map((service) => serviceCard(el, service))
      if (group === 'near' && el.known?.cpas) cards.unshift(cpasCard(el, el.known.cpas))
      return cards[0] && html`${el.heading(el.t[group], 2)}<ul>${cards}</ul>`
    })}
  </div>
  ${
    el.found?.after &&
    html`<p><button type="button" class="second" @click=${el.more}>${el.t.more}</button></p>
      ${el.needsFallback ? html`<p class="wrong">${el.t[el.failure]}</p>` : nothing}`
  }
`

/** For a danger or a crisis, the numbers stand before everything else. */
function pressingView(el: PasserelleFinder) {
  const needs = pressingNeeds(el.needs, el.asked?.need, el.found?.questions)
  const lines = Object.values(Object.fromEntries(needs.flatMap((need) => need.emergencyLines).map((line) => [`-${line.slug}`, line])))
  return (
    needs[0] &&
    html`
      <div class="pressing stack">
        ${el.heading(el.t.urgent, 2)}
        <div class="lines">${lines.map((line) => lineCard(el, line))}</div>
        ${lines.some(({ number }) => number === '112') ? nothing : emergencyBand(el.t)}
      </div>
    `
  )
}

/** No service found, or none that helps: a person. */
export function personView(el: PasserelleFinder): TemplateResult {
  const { t, callRefused } = el
  return html`
    ${el.phase === 'empty' ? html`<slot name="empty"><p>${t.emptyText}</p></slot>` : nothing}
    <div class="person stack">
      ${el.heading(t.unhelped, 2)}
      <p>${t.unhelpedText}</p>
      ${callRefused ? nothing : html`<button type="button" @click=${() => el.call()}>${t.callMe}</button>`}
      ${
        callRefused || el.found?.services.length === 0
          ? html`<p id="call" tabindex="-1">${t.callThem}</p>
              <div class="lines">
                ${linesFor(el.start?.lines ?? [], el.language, el.known).map((line) => lineCard(el, line, line.alert))}
              </div>`
          : nothing
      }
    </div>
  `
}

const needButton = (el: PasserelleFinder, { code, label, language }: Need, chip?: boolean) => html`
  <button
    type="button"
    class=${chip ? 'chip' : 'second'}
    lang=${el.langOf(language)}
    aria-pressed=${chip ? code === el.asked?.need : nothing}
    @click=${() => el.find({ need: code }, !chip)}
  >${label}</button>
`

const lineCard = (el: PasserelleFinder, line: Need['emergencyLines'][number], alert?: Line['alert']) =>
  callCard({ ...line, lang: el.langOf(line.language), label: [line.openingStatus.label, alert].filter(Boolean).join(' · ') })

/** The commune: free text with suggestions, which works without them. */
const placeField = ({ t, place, placeProblem, suggestions, type }: PasserelleFinder) =>
  field(
    { id: 'place', label: t.commune, optional: t.optional, hint: t[placeProblem || 'communeHint'] },
    html`<input id="place" list="communes" maxlength="60" aria-describedby="place-hint" .value=${place} @input=${type}>
      <datalist id="communes">${suggestions.map(({ label }) => html`<option value=${label}></option>`)}</datalist>`,
  )

/** When several communes may be meant. */
const placeChoices = (el: PasserelleFinder) =>
  el.placeProblem === 'which'
    ? html`<div class="chips">
        ${el.suggestions.map(
          (commune) => html`<button type="button" class="chip" @click=${() => el.choose(commune)}>${commune.label}</button>`,
        )}
      </div>`
    : nothing
