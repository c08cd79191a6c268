import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill } from '../shared/languages.ts'
import { callLink, out } from '../shared/parts.ts'
import { addressOf, firstSentence, hoursOf, VERDICTS } from '../shared/service.ts'
import type { Aid, Match, Model } from './model.ts'

/** Services and questions, for while somebody waits on the line. */
export function helpView(m: Model): TemplateResult {
  const { t, help, start } = m
  const search = (event: Event) => {
    event.preventDefault()
    help.search()
  }
  const read = (name: 'words' | 'place' | 'need') => (event: Event) => {
    help[name] = (event.target as HTMLInputElement).value
  }
  return html`
    <h2 id="help-title">${t.helpTitle}</h2>
    <form role="search" aria-labelledby="help-title" @submit=${search}>
      <p class="field">
        <label for="words">${t.search} <kbd aria-hidden="true">/</kbd></label>
        <input id="words" type="search" maxlength="200" autocomplete="off" aria-describedby="words-hint" .value=${help.words} @input=${read('words')} />
      </p>
      <p class="hint" id="words-hint">${t.searchHint}</p>
      <div class="fields">
        <p class="field">
          <label for="subject">${t.subject}</label>
          <select id="subject" .value=${help.need} @change=${read('need')}>
            <option value="">${t.anySubject}</option>
            ${start?.needs
              .flatMap((need) => [need, ...need.children])
              .map(
                ({ code, label, language }) =>
                  html`<option value=${code} ?selected=${code === help.need} lang=${m.langOf(language) ?? nothing}>${code.includes('.') ? '– ' : ''}${label}</option>`,
              )}
          </select>
        </p>
        <p class="field">
          <label for="place">${t.place}</label>
          <input id="place" maxlength="80" autocomplete="off" .value=${help.place} @input=${read('place')} />
        </p>
      </div>
      <button type="submit" aria-disabled=${help.searching ? 'true' : nothing}>${t.find}</button>
    </form>
    ${
      help.choices[0]
        ? html`<div class="actions" role="group" aria-label=${t.which}>
            ${t.which} ${help.choices.map(
              ({ nisCode, name, postalCodes }) =>
                html`<button type="button" class="second" @click=${() => {
                  help.place = name
                  help.search(undefined, nisCode)
                }}>${name} ${postalCodes[0]}</button>`,
            )}
          </div>`
        : nothing
    }
    <p role="status" class="hint">${help.searching ? t.loading : help.aid ? countOf(m, help.aid) : nothing}${help.unknown ? ` ${t.placeUnknown}` : nothing}</p>
    ${help.aid ? foundView(m, help.aid) : nothing}
  `
}

const countOf = ({ t }: Model, { matches, matchCount }: Aid): string =>
  matchCount > matches.length ? fill(t.foundOf, { shown: matches.length, n: matchCount }) : fill(t.found, { n: matchCount })

function foundView(m: Model, { matches, matchCount, faqEntries }: Aid): TemplateResult {
  const { t, help } = m
  return html`
    ${
      faqEntries[0]
        ? html`<h3>${t.questions}</h3>
            ${faqEntries.map(
              ({ question, language, answer, answerLanguage, source }) => html`<details class="question">
                <summary lang=${m.langOf(language) ?? nothing}>${question}</summary>
                <p class="lines" lang=${m.langOf(answerLanguage) ?? nothing}>${answer}</p>
                ${source ? html`<p class="hint">${t.source} ${source}</p>` : nothing}
              </details>`,
            )}`
        : nothing
    }
    ${matches[0] ? html`<h3>${t.services}</h3><ul class="matches">${matches.map((match) => matchView(m, match))}</ul>` : nothing}
    ${!matches[0] && !faqEntries[0] ? html`<p class="empty">${t.nothingFound}</p>` : nothing}
    ${
      matches.length < matchCount && matches.length < 100
        ? html`<button type="button" class="second" @click=${() => help.search(Math.min(matches.length * 2, 100))}>${t.more}</button>`
        : nothing
    }
  `
}

function matchView(m: Model, { service, eligibility: { verdict, reasons } }: Match): TemplateResult {
  const { t, help, call } = m
  const lang = m.langOf(service.language) ?? nothing
  const [sign, word] = VERDICTS[verdict]
  const [first, rest] = firstSentence(service.description ?? '')
  const hours = hoursOf(service, m.language)
  const picked = help.picked.some(({ slug }) => slug === service.slug)
  const pair = (term: string, value: unknown) => (value ? html`<dt>${term}</dt><dd lang=${lang}>${value}</dd>` : nothing)
  return html`<li class="card">
    <p class="name" lang=${lang}>${service.name}</p>
    <p class="hint" lang=${m.langOf(service.organization.language) ?? nothing}>${service.organization.name}</p>
    ${service.alert ? html`<p class="warm" lang=${lang}>${service.alert}</p>` : nothing}
    ${service.full ? html`<p class="warm">${t.full}</p>` : nothing}
    <p><b><span aria-hidden="true">${sign}</span> ${t[word]}</b> <small>${reasons.join(' ')}</small></p>
    <p lang=${lang}>${first}</p>
    ${service.phones.map(({ number, description }) => html`<p>${callLink(number)} <small lang=${lang}>${description}</small></p>`)}
    ${service.openingStatus.known ? html`<p class="hint">${service.openingStatus.label}</p>` : nothing}
    ${service.freshness.warning ? html`<p class="hint">${service.freshness.warning}</p>` : nothing}
    <details>
      <summary>${t.details}</summary>
      <dl>
        ${rest ? html`<dd lang=${lang}>${rest}</dd>` : nothing} ${pair(t.conditions, service.eligibilityDescription)}
        ${pair(t.how, service.applicationProcess)}
        ${pair(t.documents, service.requiredDocuments.map(({ document }) => document).join(' · '))} ${pair(t.cost, service.feesDescription)}
        ${pair(t.hours, hours[0] && hours.map((one) => html`${one}<br />`))}
        ${pair(
          t.where,
          service.locations
            .map(addressOf)
            .filter(Boolean)
            .map((one) => html`${one}<br />`),
        )}
        ${pair(t.site, /^https?:/.test(service.url ?? '') && out(t, service.url as string, (service.url as string).split('/')[2] as string))}
        ${pair('E-mail', service.email)}
      </dl>
    </details>
    ${
      call
        ? html`<button
            type="button"
            class="second"
            aria-pressed=${picked}
            aria-label=${fill(t.pickNamed, { what: service.name })}
            @click=${() => help.pick(service)}
          >
            ${picked ? html`<span aria-hidden="true">✓</span> ${t.pickedAlready}` : t.pick}
          </button>`
        : nothing
    }
  </li>`
}
