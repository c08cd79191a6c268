import { LONGEST } from '../../callback/rules/request.ts'
import { choose, tagOf } from '../../directory/language.ts'
import type { Line, Need } from '../../directory/snapshot.ts'
import { openingAt } from '../../service/rules/hours.ts'
import { openingLabel } from '../../service/rules/label.ts'
import type { Times } from '../actions.ts'
import { type Html, html } from '../html.ts'
import { foreign, languageOf, PAGE_STRINGS, type Page, type Reader, wordsOf } from '../layout.ts'
import { lineCard } from '../parts.ts'
import {
  alert,
  type Asking,
  choice,
  field,
  group,
  hidden,
  inFront,
  nameOf,
  type Problems,
  type Question,
  summary,
  withName,
} from './form-parts.ts'
import { timesGroup } from './times.ts'
import { addressOf, CALLBACK_PATH, FOLLOW_PATH, type FieldName, pathOf, type Wanted } from './wanted.ts'

/** What came of sending it, when it was not stored. */
export type Outcome = {
  problems?: Problems
  /** What no field can put right. */
  failure?: string
}

const LANGUAGES = ['FR', 'DE', 'NL', 'EN'] as const

/**
 * The form. What the address names is told and not asked; what was filled in stays.
 * @param times when the line calls back; null while it is not chosen
 */
export function formPage(wanted: Wanted, times: Times | null, reader: Reader, { problems = new Map(), failure }: Outcome = {}): Page {
  const words = wordsOf(reader).callback
  const { site, named, line, lines, need } = wanted
  const wrong = failure !== undefined || problems.size > 0
  const asking = { problems, reader }
  const callable = line ? [line] : lines
  return {
    title: `${wrong ? words.error : ''}${words.title}`,
    description: words.intro,
    path: pathOf(CALLBACK_PATH, { site, ...named }),
    site,
    form: true,
    quickExit: need?.quickExit ?? false,
    main: html`<h1>${words.title}</h1>
${summary(asking, labelsOf(reader))}
${failure && alert(failure, callable, reader, wrong)}
${!wrong && html`<p class="lead">${words.intro}</p>`}
${!wrong && html`<p><a class="step" href="${addressOf(FOLLOW_PATH, { site }, reader)}">${words.follow}</a></p>`}
${urgent(wanted.emergency, reader)}
${lines.length > 0 ? form(wanted, times, asking) : html`<p class="band">${words.nobody}</p>`}
${!failure && instead(lines.length > 0 ? callable : others(reader), reader)}`,
  }
}

/** In danger: whom to call, and nothing else until the person says that she is safe. What she sent already is kept. */
export function gatePage(wanted: Wanted, sent: boolean, reader: Reader): Page {
  const { site, named, fields, emergency, need } = wanted
  const words = wordsOf(reader).callback
  const filled = Object.entries(fields).filter(([name, value]) => value !== '' && name !== 'safe')
  return {
    title: words.safety,
    description: null,
    path: pathOf(CALLBACK_PATH, { site, ...named }),
    site,
    form: true,
    quickExit: need?.quickExit ?? false,
    main: html`<h1>${words.safety}</h1>
<div class="card urgent">
${emergency.map((line) => lineCard(line, reader))}
</div>
${
  sent
    ? html`<form method="post" action="${addressOf(CALLBACK_PATH, { site, ...named }, reader)}">
${filled.map(([name, value]) => hidden(name, value))}<p><button name="safe" value="1">${words.iAmSafe}</button></p>
</form>`
    : html`<p><a class="step" href="${addressOf(CALLBACK_PATH, { site, ...named, safe: '1' }, reader)}">${words.iAmSafe}</a></p>`
}`,
  }
}

/** Whom to call first. */
export const urgent = (lines: readonly Line[], reader: Reader): Html | null =>
  lines.length === 0
    ? null
    : html`<section class="card urgent">\n<h2>${wordsOf(reader).callFirst}</h2>\n${lines.slice(0, 4).map((line) => lineCard(line, reader))}</section>`

const instead = (lines: readonly Line[], reader: Reader): Html =>
  html`<section class="card">\n<h2>${wordsOf(reader).callback.orCall}</h2>\n${lines.map((line) => lineCard(line, reader))}</section>`

/** Whom to call when nobody calls back. */
const others = ({ directory, now }: Reader): readonly Line[] =>
  directory.lines.filter((line) => line.kind === 'SOCIAL' && openingAt(line, now, line).known)

/**
 * The button that sends comes before the one that shows times: Enter presses the first of a form, and must send. How to reach a person
 * safely is asked before her number.
 */
function form(wanted: Wanted, times: Times | null, asking: Asking): Html {
  const { site, named, fields, line, lines, channels } = wanted
  const { reader } = asking
  const words = wordsOf(reader).callback
  const address = addressOf(CALLBACK_PATH, { site, ...named }, reader)
  const text = (name: FieldName & keyof typeof words, attributes: Html, more: Partial<Question> = {}) =>
    field(asking, { name, label: words[name] as string, ...more }, (own) => html`<input${own}${attributes} value="${fields[name]}">`)
  const box = (name: FieldName & keyof typeof words) =>
    choice({ type: 'checkbox', name, value: '1', checked: fields[name] !== '' }, words[name] as string)
  return html`<form class="card form" method="post" action="${address}" novalidate>
${hidden('key', fields.key)}${hidden('notice', fields.notice)}${fields.safe && !named.safe && hidden('safe', fields.safe)}
${about(wanted, asking)}
${line && (named.line || lines.length === 1) ? html`<p>${words.who} <strong>${nameOf(line, reader)}</strong></p>` : lineGroup(wanted, asking)}
${group(asking, { name: 'safety', label: words.safe }, [box('voicemail'), channels.includes('SMS') && box('sms'), box('sayWhoCalls')])}
${text('note', html` maxlength="${LONGEST.note}"`, { hint: words.noteHint })}
${text('phone', html` type="tel" autocomplete="tel" maxlength="${LONGEST.phone}"`, { hint: words.phoneHint, required: true })}
${channels.includes('EMAIL') && text('email', html` type="email" autocomplete="email" maxlength="${LONGEST.email}"`, { hint: words.emailHint })}
${text('name', html` autocomplete="name" maxlength="${LONGEST.name}"`)}
${languageField(wanted, asking)}
${text('postalCode', html` autocomplete="postal-code" inputmode="numeric" maxlength="10"`, { hint: words.postalCodeHint })}
${times ? timesGroup(asking, times, { chosen: fields.slot, hint: words.whenHint }) : html`<p class="note">${words.timesLater}</p>`}
${field(
  asking,
  { name: 'message', label: words.message, hint: words.messageHint },
  (own) => html`<textarea${own} rows="5" maxlength="${LONGEST.message}">\n${fields.message}</textarea>`,
)}
<p class="unseen" aria-hidden="true"><label for="website">${words.leaveEmpty}</label> <input id="website" name="website" tabindex="-1" autocomplete="off"></p>
<section class="notice"><h2>${words.noticeTitle}</h2>
<p>${withName((name) => words.notice(name, reader.retention), line ? nameOf(line.organization, reader) : html`${words.anyOrganization}`)}</p>
<p>${words.notFormal}</p></section>
<p class="actions"><button class="go">${words.send}</button>
${!named.line && lines.length > 1 && html`<button name="show" value="times" formaction="${address}#slot">${words.showTimes}</button>`}</p>
</form>`
}

/** What it is about, or the question. */
function about({ fields, named, need }: Wanted, asking: Asking): Html {
  const { reader } = asking
  const words = wordsOf(reader).callback
  const { directory, languages } = reader
  const service = directory.servicesBySlug.get(fields.service)?.texts
  const question = directory.faqEntriesBySlug.get(fields.faqEntry)?.texts
  const titles = [
    named.need && need && labelOf(need, reader),
    service && said(choose(service, languages), ({ name }) => name, reader),
    question && said(choose(question, languages), (text) => text.question, reader),
  ].filter((title) => title instanceof Object)
  const option = (one: Need) => {
    const { text, language } = choose(one.texts, languages)
    return html`<option value="${one.code}"${one.code === fields.need && html` selected`}${foreign(reader, language)}>${text.label}</option>\n`
  }
  return html`${titles.map((title) => html`<p>${words.about} <strong>${title}</strong></p>`)}
${
  !named.need &&
  field(
    asking,
    { name: 'need', label: words.need },
    (own) => html`<select${own}>
<option value="">${words.noNeed}</option>
${directory.needs.map(option)}${need && !directory.needs.includes(need) && option(need)}</select>`,
  )
}`
}

const said = <T>({ text, language }: { text: T; language: (typeof LANGUAGES)[number] }, of: (text: T) => string, reader: Reader): Html =>
  html`<span${foreign(reader, language)}>${of(text)}</span>`

const labelOf = (need: Need, reader: Reader): Html => said(choose(need.texts, reader.languages), ({ label }) => label, reader)

function lineGroup({ lines, line }: Wanted, asking: Asking): Html {
  const { reader } = asking
  const { now, languages } = reader
  return group(
    asking,
    { name: 'line', label: wordsOf(reader).callback.line, required: true },
    lines.map((one, index) =>
      choice(
        { type: 'radio', name: 'line', value: one.slug, checked: one === line, id: index === 0 ? 'line' : undefined },
        html`${nameOf(one, reader)}<small>${openingLabel(openingAt(one, now, one), now, languages)}</small>`,
      ),
    ),
  )
}

function languageField({ line, fields }: Wanted, asking: Asking): Html {
  const spoken = line && line.languages.length > 0 ? line.languages : LANGUAGES
  const chosen = fields.language || languageOf(asking.reader)
  return field(
    asking,
    { name: 'language', label: wordsOf(asking.reader).callback.spoken, required: true },
    (own) => html`<select${own} autocomplete="off">
${spoken.map((one) => html`<option value="${one}" lang="${tagOf(one)}"${one === chosen && html` selected`}>${PAGE_STRINGS[one].language}</option>\n`)}</select>`,
  )
}

/** The fields that a problem may lead to, in the order of the page, each with what it asks. */
export function labelsOf(reader: Reader): Record<string, string> {
  const words = wordsOf(reader).callback
  const { line, note, phone, email, name, postalCode, when, message } = words
  return Object.fromEntries(
    Object.entries({ line, note, phone, email, name, postalCode, slot: when, message }).map(([one, label]) => [
      one,
      inFront(label, reader),
    ]),
  )
}
