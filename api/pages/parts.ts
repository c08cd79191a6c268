import type { LanguageCode } from '../db/generated/enums.ts'
import { choose, type Texts } from '../directory/language.ts'
import type { FaqEntry, Hours, Line, Need, Phone, Schedule, ScheduleException, Service } from '../directory/snapshot.ts'
import { telephoneUri } from '../organization/rules.ts'
import { dayIn } from '../service/rules/calendar.ts'
import { type Opening, openingAt, serviceOpening } from '../service/rules/hours.ts'
import { openingLabel } from '../service/rules/label.ts'
import { fullDay, languageName } from '../service/rules/formats.ts'
import { closuresLabel, daysLabel, timesLabel, WEEK } from '../service/rules/wording.ts'
import { type Html, html, type Part } from './html.ts'
import { foreign, languageOf, linkTo, type Reader, wordsOf } from './layout.ts'

/** A day, `YYYY-MM-DD`, as a person reads it. */
export const dayLabel = (day: string, reader: Reader): string => fullDay(languageOf(reader)).format(new Date(`${day}T12:00:00Z`))

/** That a text is in another language than the page, where it is. */
export const fallbackNote = (shown: LanguageCode, reader: Reader): Html | null =>
  shown === languageOf(reader) ? null : html`<p class="note">${wordsOf(reader).onlyIn(languageName(shown, languageOf(reader)))}</p>`

/** A term of a list of facts with what it is; nothing when there is nothing to say. */
export const fact = (term: string, value: Part): Html | null =>
  value === null || value === undefined || value === false || value === '' ? null : html`<div><dt>${term}</dt><dd>${value}</dd></div>`

/** Paragraphs of a text; an empty line parts them. */
export const paragraphs = (text: string): Html[] =>
  text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => html`<p>${paragraph.trim()}</p>\n`)

export const phoneLink = (number: string, reader: Reader): Html =>
  html`<a class="phone" href="${telephoneUri(number)}" aria-label="${wordsOf(reader).call} ${number}">${number}</a>`

/** The numbers to call, big, with what each is for. */
export const phoneList = (phones: readonly Phone[], reader: Reader): Html | null =>
  phones.length === 0
    ? null
    : html`<ul class="phones">${phones.map(
        (phone) => html`<li>${phoneLink(phone.number, reader)}${textOf(phone.texts, reader, ({ description }) => description)}</li>\n`,
      )}</ul>`

function textOf<T>(texts: Texts<T>, reader: Reader, of: (text: T) => string): Html | null {
  if (Object.keys(texts).length === 0) return null
  const { text, language } = choose(texts, reader.languages)
  return html`<small${foreign(reader, language)}>${of(text)}</small>`
}

/** Whether it is open, in a sentence. */
export const statusLine = (opening: Opening, reader: Reader): Html =>
  html`<p class="status${opening.open && opening.known ? ' open' : ''}">${openingLabel(opening, reader.now, reader.languages)}</p>`

/** The weekly hours that hold or will, the dated exceptions ahead, then the days on which the weekly hours do not hold. */
export function hoursList({ schedules, exceptions, closingDays }: Hours, reader: Reader): Html | null {
  const today = dayIn(reader.now)
  const present = schedules.filter(({ validTo }) => validTo === null || validTo >= today)
  const ahead = exceptions.filter(({ lastDay }) => lastDay >= today)
  if (present.length + ahead.length === 0) return null
  const cut = present.find(({ openOnHolidays }) => !openOnHolidays)
  return html`<h2>${wordsOf(reader).hours}</h2>
<dl class="times">${present.map((one) => weeklyRow(one, reader))}${ahead.map((one) => exceptionRow(one, reader))}</dl>
${cut && html`<p>${closuresLabel(cut, closingDays, reader.languages, today)}</p>`}`
}

const weeklyRow = (schedule: Schedule, reader: Reader): Html =>
  html`<dt>${daysLabel(schedule.byday, reader.languages)}</dt><dd>${timesOf(schedule, reader)}${validityOf(schedule, reader)}</dd>\n`

function exceptionRow({ firstDay, lastDay, opensAt, closesAt, texts }: ScheduleException, reader: Reader): Html {
  const words = wordsOf(reader)
  const [first, last] = [dayLabel(firstDay, reader), dayLabel(lastDay, reader)]
  const reason = Object.keys(texts).length > 0 ? choose(texts, reader.languages).text.reason : null
  const closed = reason ? words.closedBecause(reason) : words.closed
  const times = opensAt !== null && closesAt !== null ? timesOf({ opensAt, closesAt }, reader) : closed
  return html`<dt>${first === last ? first : words.fromUntil(first, last)}</dt><dd>${times}</dd>\n`
}

const timesOf = (hours: Pick<Schedule, 'opensAt' | 'closesAt'>, reader: Reader): string =>
  hours.opensAt === hours.closesAt ? wordsOf(reader).always : timesLabel(hours, reader.languages)

/** The days of its validity that are still ahead. */
function validityOf({ validFrom, validTo }: Schedule, reader: Reader): string {
  const words = wordsOf(reader)
  const today = dayIn(reader.now)
  const from = validFrom !== null && validFrom > today ? dayLabel(validFrom, reader) : null
  const to = validTo === null ? null : dayLabel(validTo, reader)
  if (from && to) return `, ${words.fromUntil(from, to)}`
  return from ? `, ${words.from(from)}` : to ? `, ${words.until(to)}` : ''
}

/** Hours are the whole week, day and night. */
export const isAlways = ({ byday, opensAt, closesAt }: Schedule): boolean => byday.length === WEEK.length && opensAt === closesAt

/** A number to call at once. */
export function lineCard(line: Line, reader: Reader): Html {
  const { text, language } = choose(line.texts, reader.languages)
  return html`<div class="stack">
<p${foreign(reader, language)}>${text.name}</p>
<p>${phoneLink(line.number, reader)}</p>
${statusLine(openingAt(line, reader.now, line), reader)}
${text.alert && html`<p class="band"${foreign(reader, language)}>${text.alert}</p>`}
</div>`
}

/**
 * A service with its first number, and whether it is open: in a list one can already call.
 * @param about what else is to be said of it
 */
export function serviceLink(service: Service, reader: Reader, about: Html | null = null): Html {
  const { text, language } = choose(service.texts, reader.languages)
  const opening = serviceOpening(service, reader.now)
  const label = opening.known ? openingLabel(opening, reader.now, reader.languages) : null
  const [phone] = service.phones
  const call =
    phone && html`<a href="${telephoneUri(phone.number)}" aria-label="${wordsOf(reader).call} ${phone.number}">${phone.number}</a>`
  return html`<li><a href="${linkTo(reader, `/services/${service.slug}`)}"${foreign(reader, language)}>${text.name}</a>${about}${
    (call || label) && html`<p>${call}${call && label && ' · '}${label}</p>`
  }</li>\n`
}

export function questionLink({ slug, texts }: FaqEntry, reader: Reader): Html {
  const { text, language } = choose(texts, reader.languages)
  return html`<li><a href="${linkTo(reader, `/questions/${slug}`)}"${foreign(reader, language)}>${text.question}</a></li>\n`
}

/** A titled list of links; nothing when it is empty. */
export const linkSection = (title: string, links: readonly Html[]): Html | null =>
  links.length === 0 ? null : html`<section>\n<h2>${title}</h2>\n<ul class="links">${links}</ul>\n</section>`

export const needsQuickExit = (needs: readonly Need[]): boolean => needs.some(({ quickExit }) => quickExit)

/** What fits into a list of search results: the beginning of a text, cut at a word. */
export function summaryOf(text: string | null): string | null {
  const line = text?.replace(/\s+/g, ' ').trim()
  if (!line) return null
  return line.length <= LONGEST_SUMMARY ? line : `${line.slice(0, LONGEST_SUMMARY).replace(/\s\S*$/, '')} …`
}
/** In characters: search engines show about as many. */
const LONGEST_SUMMARY = 155
