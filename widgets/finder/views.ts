import { html, nothing, type TemplateResult } from 'lit/html.js'
import { field } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import { callCard, emergencyBand } from '../shared/parts.ts'
import { cpasCard, questionCard, serviceCard } from './cards.ts'
import { type Found, GROUPS, type Line, linesFor, type Need, pressingNeeds } from './found.ts'
import type { Model } from './model.ts'
import { placeChoices, placeField } from './place.ts'

export function finderView(m: Model): TemplateResult {
  const { t, asked, found, needsFallback } = m
  return html`
    <div class="stack">
      ${m.heading(html`<slot name="title">${t.title}</slot>`)}
      ${m.exit()}
      ${m.start && (asked ? askedView(m) : startView(m))}
      <p role="status" part="status" class=${needsFallback ? 'wrong' : nothing}>${say(m)}</p>
      ${needsFallback && !found ? html`<button type="button" class="second" @click=${m.search}>${t.retry}</button>` : nothing}
      ${found && foundView(m, found)} ${found || (asked && needsFallback) ? personView(m) : nothing}
    </div>
  `
}

/** What the status says: the count or the state, not the list. */
function say({ t, found, phase, placeProblem, needsFallback, failure }: Model): string {
  if (phase === 'loading') return t.loading
  if (needsFallback) return t[failure]
  if (!found) return ''
  const count = phase === 'empty' ? t.empty : fill(t.count, { n: found.total + found.questions.length })
  return placeProblem ? `${t[placeProblem]} ${count}` : count
}

/** Words or a subject, and the commune. */
const startView = (m: Model) => html`
  <slot name="intro"><p class="intro">${m.t.intro}</p></slot>
  <form part="form" role="search" novalidate @submit=${m.submit}>
    ${field(
      { id: 'words', label: m.t.words, hint: m.t.wordsHint },
      html`<input id="words" type="search" autocomplete="off" maxlength="200" aria-describedby="words-hint" .value=${m.words} @input=${m.type}>`,
    )}
    ${placeField(m)} <button part="submit">${m.t.search}</button> ${placeChoices(m)}
  </form>
  ${m.heading(m.t.subjects, 1)}
  <ul class="tiles">${m.start?.needs.map((need) => html`<li>${needButton(m, need)}</li>`)}</ul>
  ${emergencyBand(m.t)}
`

/** What was asked for, and how to make it more precise. */
function askedView(m: Model) {
  const { t, asked, chosen } = m
  const subject = m.start?.needs.find((need) => need === chosen || need.children.includes(chosen as Need))
  return html`
    <p><button type="button" class="quiet" @click=${m.back}>← ${t.back}</button></p>
    <div id="asked" lang=${m.langOf(chosen?.language ?? m.language)}>${m.heading(chosen?.label ?? html`<q>${asked?.words}</q>`, 1)}</div>
    ${pressingView(m)}
    ${
      subject?.children[0] &&
      html`<div class="chips" role="group" aria-label=${subject.label}>
        ${[{ ...subject, label: t.all }, ...subject.children].map((need) => needButton(m, need, true))}
      </div>`
    }
    <form part="form" role="search" novalidate @submit=${m.submit}>
      ${placeField(m)} <button part="submit" class="second">${t.search}</button> ${placeChoices(m)}
    </form>
  `
}

/** The answers: questions, then services by group. */
const foundView = (m: Model, found: Found) => html`
  ${found.questions[0] && html`${m.heading(m.t.questions, 2)}<ul>${found.questions.map((question) => questionCard(m, question))}</ul>`}
  <div part="results" class="results stack">
    ${GROUPS.map((group) => {
      const cards = m.grouped(group).map((service) => serviceCard(m, service))
      if (group === 'near' && m.known?.cpas) cards.unshift(cpasCard(m, m.known.cpas))
      return cards[0] && html`${m.heading(m.t[group], 2)}<ul>${cards}</ul>`
    })}
  </div>
  ${
    found.after &&
    html`<p><button type="button" class="second" @click=${m.more}>${m.t.more}</button></p>
      ${m.needsFallback ? html`<p class="wrong">${m.t[m.failure]}</p>` : nothing}`
  }
`

/** For a danger or a crisis, the numbers stand before everything else. */
function pressingView(m: Model) {
  const needs = pressingNeeds(m.needs, m.asked?.need, m.found?.questions)
  const lines = [...new Map(needs.flatMap((need) => need.emergencyLines).map((line) => [line.slug, line])).values()]
  return (
    needs[0] &&
    html`
      <div class="pressing stack">
        ${m.heading(m.t.urgent, 2)}
        <div class="lines">${lines.map((line) => lineCard(m, line))}</div>
        ${lines.some(({ number }) => number === '112') ? nothing : emergencyBand(m.t)}
      </div>
    `
  )
}

/** No service found, or none that helps: a person. */
function personView(m: Model) {
  const { t, callRefused } = m
  return html`
    ${m.phase === 'empty' ? html`<slot name="empty"><p>${t.emptyText}</p></slot>` : nothing}
    <div class="person stack">
      ${m.heading(t.unhelped, 2)}
      <p>${t.unhelpedText}</p>
      ${callRefused ? nothing : html`<button type="button" @click=${() => m.call()}>${t.callMe}</button>`}
      ${
        callRefused || m.found?.services.length === 0
          ? html`<p id="call" tabindex="-1">${t.callThem}</p>
              <div class="lines">
                ${linesFor(m.start?.lines ?? [], m.language, m.known).map((line) => lineCard(m, line, line.alert))}
              </div>`
          : nothing
      }
    </div>
  `
}

const needButton = (m: Model, { code, label, language }: Need, chip?: boolean) => html`
  <button
    type="button"
    class="second"
    lang=${m.langOf(language)}
    aria-pressed=${chip ? code === m.asked?.need : nothing}
    @click=${() => m.find({ need: code }, !chip)}
  >${label}</button>
`

const lineCard = (m: Model, line: Need['emergencyLines'][number], alert?: Line['alert']) =>
  callCard({ ...line, lang: m.langOf(line.language), label: [line.openingStatus.label, alert].filter(Boolean).join(' · ') })
