import { callLink } from '../shared/parts.ts'
import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { CallDetail } from '../shared/call.ts'
import { fill } from '../shared/languages.ts'
import { type Commune, firstSentence, isOld, type Question, type Service } from './found.ts'
import type { Model } from './model.ts'

export function serviceCard(m: Model, service: Service): TemplateResult {
  const { t, language } = m
  const { slug, organization, alert, openingStatus, assuredDate, locations, email, requiredDocuments: documents } = service
  const [first, rest] = firstSentence(service.description ?? '')
  const open = (event: Event) => {
    const details = (event.currentTarget as Element).parentElement as HTMLDetailsElement
    if (!details.open && !m.select(slug)) event.preventDefault()
  }
  return html`
    <li class="card" part="card" id="s-${slug}" lang=${m.langOf(service.language)}>
      ${name(m, service.name)}
      <p class="hint" lang=${organization.language.toLowerCase()}>${organization.name}</p>
      ${alert && html`<p class="band">${alert}</p>`}
      <p>${first}</p>
      ${service.phones.map(number)}
      ${service.schedules[0] && html`<p class="hours ${openingStatus.open ? 'open' : ''}" lang=${language}>${openingStatus.label}</p>`}
      <details>
        <summary lang=${language} @click=${open}>${t.details}</summary>
        <div class="stack">
          ${rest && html`<p>${rest}</p>`}
          <dl>
            ${pair(t.conditions, service.eligibilityDescription)} ${pair(t.how, service.applicationProcess)}
            ${pair(t.documents, documents[0] && html`<ul>${documents.map(({ document }) => html`<li>${document}</li>`)}</ul>`)}
            ${pair(t.cost, service.feesDescription)}
            ${pair(t.where, locations[0] && locations.map((location) => place(m, location)))}
            ${pair(t.write, email && html`<a href="mailto:${encodeURI(email.split('?')[0] as string)}">${email}</a>`)} ${pair(t.site, site(m, service.url))}
          </dl>
          ${notThis(m, { service: slug, title: service.name, lang: service.language })}
        </div>
      </details>
      <p class="hint" lang=${language}>${assuredDate ? dated(m, assuredDate) : t.undated}</p>
    </li>
  `
}

export function questionCard(m: Model, entry: Question): TemplateResult {
  const { slug, question, language, answer, answerLanguage, source, reviewedAt } = entry
  return html`
    <li>
      <details class="question">
        <summary lang=${m.langOf(language)}>${question}</summary>
        <div class="stack">
          <p class="answer" lang=${m.langOf(answerLanguage)}>${answer}</p>
          <p class="hint">${source && `${m.t.source} ${source}. `}${reviewedAt && dated(m, reviewedAt)}</p>
          ${notThis(m, { faqEntry: slug, title: question, lang: language })}
        </div>
      </details>
    </li>
  `
}

/** The public welfare centre of the commune: the first door, whatever the need. */
export const cpasCard = (m: Model, cpas: NonNullable<Commune['cpas']>): TemplateResult => html`
  <li class="card" part="card">
    <p class="hint">${m.t.cpas}</p>
    <div lang=${m.langOf(cpas.language)}>${name(m, cpas.name)} ${cpas.phones.map(number)}</div>
    ${site(m, cpas.url) || nothing}
  </li>
`

const name = (m: Model, text: string) => html`<p class="name" role="heading" aria-level=${m.headingLevel + 3} tabindex="-1">${text}</p>`

const number = ({ number, description }: Service['phones'][number]) => html`<p>${callLink(number)} <small>${description}</small></p>`

const pair = (term: string, value: unknown) => (value ? html`<dt>${term}</dt><dd>${value}</dd>` : nothing)

/** A link out of the page opens a new tab, and says so. */
const out = (m: Model, href: string, text: string) =>
  html`<a href=${href} target="_blank" rel="noreferrer">${text} <small>(${m.t.newTab})</small></a>`

const site = (m: Model, url: string | null) => url && /^https?:/.test(url) && out(m, url, url.split('/')[2] ?? url)

const place = (m: Model, { name, street, postalCode, commune }: Service['locations'][number]) => {
  const address = [street, [postalCode, commune.name].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const map = `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`
  return html`<p>${name}<br>${address}<br>${street && out(m, map, m.t.route)}</p>`
}

/** How fresh a record is; an old one comes with the advice to check. */
const dated = ({ t, language }: Model, date: string) =>
  fill(isOld(date) ? t.old : t.checked, {
    date: new Date(date).toLocaleDateString(language, { year: 'numeric', month: 'long', timeZone: 'UTC' }),
  })

const notThis = (m: Model, subject: CallDetail) =>
  html`<p lang=${m.language}><button type="button" class="quiet" @click=${() => m.call(subject)}>${m.t.notThis}</button></p>`
