import { html, nothing, type TemplateResult } from 'lit/html.js'
import { field } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import { callCard, emergencyBand } from '../shared/parts.ts'
import { matchCard, questionCard } from './cards.ts'
import { type Call, type Found, GROUPS, linesFor, type Need, pressingLines } from './found.ts'
import type { Model } from './model.ts'
import { placeChoices, placeField } from './place.ts'
import { whoView } from './who.ts'

/** How many subjects there are: their places are kept while they are on their way, so that nothing moves when they come. */
const SUBJECTS = 22

export function finderView(m: Model): TemplateResult {
  const { t, asked, found, needsFallback } = m
  return html`
    <div class="stack">
      ${m.heading(html`<slot name="title">${t.title}</slot>`)}
      ${m.exit()}
      ${asked ? askedView(m) : html`${emergencyBand(t)}<slot name="intro"><p class="intro">${t.intro}</p></slot>`}
      ${formView(m)}
      ${
        asked
          ? nothing
          : html`${m.heading(t.subjects, 1)}
              <ul class="tiles">
                ${m.start ? m.start.needs.map((need) => html`<li>${needButton(m, need)}</li>`) : Array(SUBJECTS).fill(html`<li></li>`)}
              </ul>`
      }
      <p role="status" part="status" aria-atomic="false" class=${needsFallback ? 'wrong' : nothing}>${say(m)}${
        m.where.listed ? html`<span class="unseen"> ${fill(t.communes, { n: m.where.suggestions.length })}</span>` : nothing
      }</p>
      ${m.failure && !found ? html`<button type="button" id="retry" class="second" @click=${m.search}>${t.retry}</button>` : nothing}
      ${found && foundView(m, found)} ${found || (asked && needsFallback) ? personView(m) : nothing}
    </div>
  `
}

/** What the status says: the count or the state, not the list. */
function say({ t, found, phase, where, needsFallback, failure, shared }: Model): string {
  if (phase === 'loading') return t.loading
  if (needsFallback && failure) return t[failure]
  if (!found) return ''
  const count = phase === 'empty' ? t.empty : fill(t.count, { n: found.matchCount + found.faqEntries.length })
  return [shared === 'copied' && t.copied, where.problem && t[where.problem], count].filter(Boolean).join(' ')
}

/** Words, while there is no subject; the commune; and who I am. */
function formView(m: Model) {
  const { t, asked, words, wrong } = m
  const what = { id: 'words', label: t.words, hint: t.wordsHint, error: wrong === 'words' ? t.missing : '' }
  return html`
    <form part="form" role="search" aria-label=${m.name} novalidate @submit=${m.submit} @change=${m.narrow}>
      ${
        asked
          ? nothing
          : field(
              what,
              html`<input id="words" type="search" autocomplete="off" maxlength="200" aria-invalid=${what.error ? 'true' : nothing}
                aria-describedby="words-hint words-error" .value=${words} @input=${m.type}>`,
            )
      }
      ${placeField(m)} ${placeChoices(m)} ${whoView(m)}
      <button part="submit" class=${asked ? 'second' : nothing}>${t.search}</button>
    </form>
  `
}

/** What was asked for, and how to make it more precise. */
function askedView(m: Model) {
  const { t, asked, chosen } = m
  const subject = m.start?.needs.find((need) => need === chosen || need.children.includes(chosen as Need))
  return html`
    <p><button type="button" class="quiet" @click=${m.back}>← ${t.back}</button></p>
    <div id="asked" lang=${m.langOf(chosen?.language ?? m.language)}>${m.heading(asked?.words ? html`<q>${asked.words}</q>` : (chosen?.label ?? '…'), 1)}</div>
    ${pressingView(m)}
    ${
      subject?.children[0] &&
      html`<div class="chips" role="group" aria-label=${subject.label}>
        ${[{ ...subject, label: t.all }, ...subject.children].map((need) => needButton(m, need, true))}
      </div>`
    }
  `
}

/** For a danger or a crisis, the numbers stand before everything else. */
function pressingView(m: Model) {
  const lines = pressingLines(m.chosen, m.found)
  return (
    lines[0] &&
    html`
      <div class="pressing stack">
        ${m.heading(m.t.urgent, 2)}
        <div class="lines">${lines.map((line) => lineCard(m, line))}</div>
        ${lines.some(({ number }) => number === '112') ? nothing : emergencyBand(m.t)}
      </div>
    `
  )
}

/** The answers: questions, then services by group. */
const foundView = (m: Model, found: Found) => html`
  ${found.faqEntries[0] && html`${m.heading(m.t.questions, 2)}<ul>${found.faqEntries.map((entry) => questionCard(m, entry))}</ul>`}
  <div part="results" class="results stack">
    ${GROUPS.map((group) => {
      const matches = m.grouped(group)
      const cards = html`<ul>${matches.map((match) => matchCard(m, match))}</ul>`
      return (
        matches[0] &&
        (group === 'unlikely'
          ? html`<details class="unlikely" ?open=${matches.some(({ service }) => service.slug === m.linked)}>
              <summary>${m.t.unlikely} (${matches.length})</summary>${cards}
            </details>`
          : html`${m.heading(m.t[group], 2)}${cards}`)
      )
    })}
  </div>
  ${
    found.matchCount > found.matches.length && found.matches.length < 100
      ? html`<p><button type="button" id="more" class="second" @click=${m.more}>${m.t.more}</button></p>
          ${m.needsFallback && m.failure ? html`<p class="wrong">${m.t[m.failure]}</p>` : nothing}`
      : nothing
  }
  ${
    found.matches[0] || found.faqEntries[0]
      ? html`<p class="actions">
          ${m.chosen || found.needs[0] ? html`<button type="button" class="quiet" @click=${m.share}>${m.t.share}</button>` : nothing}
          <button type="button" class="quiet" @click=${() => print()}>${m.t.print}</button>
        </p>`
      : nothing
  }
  ${/^http/.test(m.shared) ? field({ id: 'link', label: m.t.link }, html`<input id="link" readonly .value=${m.shared}>`) : nothing}
`

/** No service found, or none that helps: a person. */
function personView(m: Model) {
  const { t, callRefused, found, start } = m
  const all = callRefused || !found?.matches[0]
  const lines: Call[] = [
    ...(found?.line ? [found.line] : []),
    ...(all && start ? linesFor(start.lines, m.language, m.where.known?.nisCode) : []),
  ]
  const once = lines.filter(({ slug }, index) => lines.findIndex((line) => line.slug === slug) === index)
  return html`
    ${m.phase === 'empty' ? html`<slot name="empty"><p>${t.emptyText}</p></slot>` : nothing}
    <div class="person stack">
      ${m.heading(t.unhelped, 2)}
      <p>${t.unhelpedText}</p>
      ${callRefused ? nothing : html`<button type="button" @click=${() => m.call()}>${t.callMe}</button>`}
      ${
        once[0]
          ? html`<p id="call" tabindex="-1">${t.callThem}</p>
              <div class="lines">${once.map((line) => lineCard(m, line))}</div>`
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

const lineCard = (m: Model, line: Call) =>
  callCard({ ...line, lang: m.langOf(line.language), label: [line.openingStatus.label, line.alert].filter(Boolean).join(' · ') })
