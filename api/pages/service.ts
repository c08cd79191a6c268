import type { LanguageCode } from '../db/generated/enums.ts'
import { choose, tagOf } from '../directory/language.ts'
import type { Location, Service } from '../directory/snapshot.ts'
import { mailAddress, webAddress } from '../service/rules/addresses.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { isNotOver } from '../service/rules/filter.ts'
import { freshnessOf, freshnessWarning } from '../service/rules/freshness.ts'
import { languageName } from '../service/rules/formats.ts'
import { serviceOpening } from '../service/rules/hours.ts'
import { areaName } from '../service/rules/wording.ts'
import { type Html, html } from './html.ts'
import { serviceData } from './jsonld/service.ts'
import { foreign, inLanguage, languageOf, type Page, type Reader, wordsOf } from './layout.ts'
import {
  dayLabel,
  fact,
  fallbackNote,
  hoursList,
  isAlways,
  linkSection,
  needsQuickExit,
  paragraphs,
  phoneList,
  questionLink,
  statusLine,
  summaryOf,
} from './parts.ts'

/** The page of a service: whom to call first, then what it is, for whom, and how. */
export function servicePage(service: Service, reader: Reader): Page {
  const { text, language } = choose(service.texts, reader.languages)
  const organization = choose(service.organization.texts, reader.languages)
  const words = wordsOf(reader)
  const path = `/services/${service.slug}`
  return {
    title: `${text.name} – ${organization.text.name}`,
    description: summaryOf(text.description),
    path,
    record: { written: Object.keys(service.texts) as LanguageCode[], shown: language },
    quickExit: needsQuickExit(service.needs),
    alternate: inLanguage(`/hsds/services/${service.id}`, languageOf(reader)),
    data: serviceData(service, reader, path),
    main: html`${fallbackNote(language, reader)}
<div${foreign(reader, language)}>
<h1>${text.name}</h1>
<p class="whose"${organization.language === language ? null : html` lang="${tagOf(organization.language)}"`}>${organization.text.name}</p>
</div>
${notices(service, reader)}
${text.alert && html`<p class="band"${foreign(reader, language)}>${text.alert}</p>`}
${contact(service, reader)}
${text.description && html`<div class="lead stack"${foreign(reader, language)}>${paragraphs(text.description)}</div>`}
${facts(service, reader)}
${linkSection(
  words.questions,
  service.faqEntries.map((entry) => questionLink(entry, reader)),
)}
${provenance(service, reader)}`,
  }
}

/** What somebody must know before calling. */
function notices(service: Service, reader: Reader): Html[] {
  const words = wordsOf(reader)
  const gone = service.status === 'DEFUNCT' ? words.ended : service.status === 'INACTIVE' ? words.notGiven : null
  const old = freshnessWarning(freshnessOf(service, dayIn(reader.now)), reader.languages)
  return [gone, old].flatMap((notice) => (notice ? [html`<p class="band">${notice}</p>`] : []))
}

/** Whom to call and when; nothing for a service that ended. */
function contact(service: Service, reader: Reader): Html | null {
  if (!isNotOver(service)) return null
  const opening = serviceOpening(service, reader.now)
  const phones = phoneList(service.phones.length > 0 ? service.phones : service.organization.phones, reader)
  const always = service.schedules.length === 1 && service.schedules.every(isAlways) && service.exceptions.length === 0
  const hours = always ? null : hoursList(service, reader)
  if (!phones && !opening.known && !hours) return null
  return html`<div class="card">${phones}
${(opening.known || phones) && statusLine(opening, reader)}
${hours}</div>`
}

function facts(service: Service, reader: Reader): Html | null {
  const { text, language } = choose(service.texts, reader.languages)
  const words = wordsOf(reader)
  const { minimumAge, maximumAge } = service
  const ages = minimumAge !== null || maximumAge !== null ? words.ages(minimumAge, maximumAge) : null
  const written = (value: string | null) => value && html`<div class="stack"${foreign(reader, language)}>${paragraphs(value)}</div>`
  const url = webAddress(service.url)
  const email = mailAddress(service.email)
  const rows = [
    fact(
      words.conditions,
      (text.eligibilityDescription || ages) && html`${written(text.eligibilityDescription)}${ages && html`<p>${ages}</p>`}`,
    ),
    fact(words.how, written(text.applicationProcess)),
    fact(words.documents, documents(service, reader)),
    fact(words.cost, written(text.feesDescription)),
    fact(words.address, service.locations.length > 0 && service.locations.map((location) => place(location, reader))),
    fact(words.area, service.serviceAreas.length > 0 && service.serviceAreas.map((area) => areaName(area, reader.languages)).join(', ')),
    fact(words.spoken, service.languages.map((one) => languageName(one, languageOf(reader))).join(', ')),
    fact(words.write, email && html`<a href="mailto:${email}">${email}</a>`),
    fact(words.site, url && html`<a href="${url}" rel="noreferrer">${new URL(url).host}</a>`),
  ].filter((row) => row !== null)
  return rows.length > 0 ? html`<dl class="card facts">${rows}</dl>` : null
}

const documents = ({ requiredDocuments }: Service, reader: Reader): Html | null =>
  requiredDocuments.length === 0
    ? null
    : html`<ul class="bullets">${requiredDocuments.map(({ texts }) => {
        const { text, language } = choose(texts, reader.languages)
        return html`<li${foreign(reader, language)}>${text.document}</li>\n`
      })}</ul>`

function place({ texts, street, postalCode, commune }: Location, reader: Reader): Html {
  const city = [postalCode, choose(commune.texts, reader.languages).text.name].filter(Boolean).join(' ')
  const address = [street, city].filter(Boolean).join(', ')
  const map = `https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`
  return html`<p>${choose(texts, reader.languages).text.name}<br>${address}${
    street && html`<br><a href="${map}" rel="noreferrer">${wordsOf(reader).map}</a>`
  }</p>`
}

function provenance({ source, assuredDate, reviewedAt }: Service, reader: Reader): Html {
  const words = wordsOf(reader)
  return html`<div class="fine">
<p>${assuredDate ? words.checked(dayLabel(assuredDate, reader)) : words.unchecked} ${reviewedAt && words.read(dayLabel(reviewedAt, reader))}</p>
${source && html`<p>${words.source} ${source}</p>`}
</div>`
}
