import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { CallDetail } from '../shared/call.ts'
import { fill } from '../shared/languages.ts'
import { callLink, out } from '../shared/parts.ts'
import { addressOf, firstSentence, hoursOf, VERDICTS } from '../shared/service.ts'
import type { Match, Question } from './found.ts'
import type { Model } from './model.ts'
import { reportView } from './report.ts'

export function matchCard(m: Model, { service, eligibility: { verdict, reasons } }: Match): TemplateResult {
  const { t } = m
  const { slug, organization, email, locations, openingStatus, requiredDocuments: documents } = service
  const { warning, checkedOn } = service.freshness
  // The texts of a record may be in another language than ours.
  const lang = m.langOf(service.language)
  const [first, rest] = firstSentence(service.description ?? '')
  const [sign, word] = VERDICTS[verdict]
  const hours = hoursOf(service, m.language)
  const at = locations.find(({ street }) => street)
  const open = (event: Event) => {
    const details = (event.currentTarget as Element).parentElement as HTMLDetailsElement
    if (!details.open && !m.select(slug)) event.preventDefault()
  }
  return html`
    <li class="card" part="card" id="s-${slug}">
      <p class="name" role="heading" aria-level=${+m.headingLevel + 3} tabindex="-1" lang=${lang}>${service.name}</p>
      <p class="hint" lang=${m.langOf(organization.language)}>${organization.name}</p>
      ${service.alert && html`<p class="band" lang=${lang}>${service.alert}</p>`}
      ${service.full ? html`<p class="band">${t.full}</p>` : nothing}
      <p lang=${lang}>${first}</p>
      <p class="verdict ${word}"><b><span aria-hidden="true">${sign}</span> ${t[word]}</b> <small>${reasons.join(' ')}</small></p>
      ${service.phones.map(({ number, description }) => html`<p>${callLink(number)} <small lang=${lang}>${description}</small></p>`)}
      ${openingStatus.known ? html`<p class="hours ${openingStatus.open ? 'open' : ''}">${openingStatus.label}</p>` : nothing}
      ${
        email || at
          ? html`<p class="links">
              ${email && html`<a href="mailto:${encodeURI(email.split('?')[0] as string)}">${email}</a>`}
              ${at && out(t, `https://www.openstreetmap.org/directions?to=${encodeURIComponent(addressOf(at))}`, t.route)}
            </p>`
          : nothing
      }
      <details ?open=${m.linked === slug}>
        <summary @click=${open}>${t.details}</summary>
        <div class="stack">
          ${rest && html`<p lang=${lang}>${rest}</p>`}
          <dl>
            ${pair(t.conditions, service.eligibilityDescription, lang)} ${pair(t.how, service.applicationProcess, lang)}
            ${pair(t.documents, documents[0] && html`<ul>${documents.map(({ document }) => html`<li>${document}</li>`)}</ul>`, lang)}
            ${pair(t.cost, service.feesDescription, lang)}
            ${pair(t.topics.HOURS, hours[0] && hours.map((one) => html`${one}<br>`))}
            ${pair(t.where, locations[0] && locations.map((one) => html`<p>${one.name}<br>${addressOf(one)}</p>`), lang)}
            ${pair(t.site, /^https?:/.test(service.url ?? '') && out(t, service.url as string, (service.url as string).split('/')[2] as string))}
          </dl>
          ${notThis(m, { service: slug, title: service.name, lang: service.language })}${reportView(m, { service: slug })}
        </div>
      </details>
      ${warning || checkedOn ? html`<p class="hint ${warning && 'old'}">${warning ?? dated(m, checkedOn as string)}</p>` : nothing}
    </li>
  `
}

export function questionCard(m: Model, entry: Question): TemplateResult {
  const { slug, question, language, answer, answerLanguage, source, reviewedAt, freshness } = entry
  return html`
    <li>
      <details class="question">
        <summary lang=${m.langOf(language)}>${question}</summary>
        <div class="stack">
          <p class="answer" lang=${m.langOf(answerLanguage)}>${answer}</p>
          <p class="hint">${source && `${m.t.source} ${source}. `}${freshness.warning ?? (reviewedAt && dated(m, reviewedAt))}</p>
          ${notThis(m, { faqEntry: slug, title: question, lang: language })}${reportView(m, { faqEntry: slug })}
        </div>
      </details>
    </li>
  `
}

const pair = (term: string, value: unknown, lang: unknown = nothing) =>
  value ? html`<dt>${term}</dt><dd lang=${lang}>${value}</dd>` : nothing

const dated = ({ t, language }: Model, date: string) =>
  fill(t.checked, { date: new Date(date).toLocaleDateString(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }) })

const notThis = (m: Model, subject: CallDetail) =>
  html`<p><button type="button" class="quiet" @click=${() => m.call(subject)}>${m.t.notThis}</button></p>`
