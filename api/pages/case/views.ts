import { choose } from '../../directory/language.ts'
import type { Closed, Opened } from '../../escalation/rules/case-door.ts'
import { isHerWish } from '../../escalation/rules/erasing.ts'
import { momentLabel } from '../../escalation/rules/send-texts.ts'
import { isOpenCase } from '../../escalation/rules/transitions.ts'
import { alert, field, hidden, summary } from '../callback/form-parts.ts'
import { type Html, html } from '../html.ts'
import { foreign, languageOf, linkTo, type Page, type Reader, wordsOf } from '../layout.ts'
import { fact, paragraphs, phoneLink } from '../parts.ts'
import { caseWords } from './words.ts'

/** What was sent last, and what is to be said of it. */
export type Said = {
  news?: string
  failure?: string
  problems?: Problems
  /** What was sent and has not gone through: it is not to be typed again. */
  given?: URLSearchParams | null
}

const page = (path: string, title: string, main: Html, before = ''): Page => ({
  title: `${before}${title}`,
  description: null,
  path,
  form: true,
  staff: true,
  quickExit: false,
  main: html`<h1>${title}</h1>
${main}`,
})

const button = (path: string, act: string, label: string, reader: Reader, go = true): Html =>
  html`<form method="post" action="${linkTo(reader, path)}">${hidden('act', act)}
<p class="actions"><button${go && html` class="go"`}>${label}</button></p></form>`

/** Before it is opened: where it stands, and nothing else. */
export function closedPage(path: string, closed: Closed, reader: Reader): Page {
  const words = caseWords(reader)
  return page(
    path,
    words.title,
    html`<p class="lead">${words.state[closed.state]}</p>
${due(closed, reader)}
<p>${words.number(closed.number)} ${words.intro}</p>
<div class="card">${button(path, 'open', words.open, reader)}<p class="hint">${words.openHint}</p></div>`,
  )
}

/** The link is no longer good, or never was: the same page. */
export function gonePage(path: string, given: URLSearchParams | null, reader: Reader): Page {
  const words = caseWords(reader)
  return page(
    path,
    words.gone,
    html`<p class="lead">${words.goneText}</p>\n${unsent(noteOf(given), reader)}\n${button(path, 'renew', words.renew, reader)}`,
  )
}

export function renewedPage(path: string, reader: Reader): Page {
  const words = caseWords(reader)
  return page(path, words.renewed, html`<p class="lead" role="status">${words.renewedText}</p>`)
}

export function refusedPage(path: string, message: string, given: URLSearchParams | null, reader: Reader): Page {
  const main = html`${alert(message, [], reader, false)}\n${unsent(noteOf(given), reader)}`
  return page(path, caseWords(reader).title, main, wordsOf(reader).callback.error)
}

/** The note of whatever form was sent. */
const noteOf = (given: URLSearchParams | null | undefined): string | null => given?.get(`${given.get('act')}-note`)?.trim() || null

/** What was typed, and stands in no form any more. */
const unsent = (note: string | null, reader: Reader): Html | null =>
  note === null
    ? null
    : html`<section class="band"><p><strong>${caseWords(reader).unsent}</strong></p><p class="lines">${note}</p></section>`

/** The case itself, with what may be done with it now. */
export function openedPage(
  path: string,
  one: Opened,
  reader: Reader,
  { news, failure, problems = new Map(), given = null }: Said = {},
): Page {
  const words = caseWords(reader)
  const labels = Object.fromEntries([...problems.keys()].map((name) => [name, labelOf(name, reader)]))
  const stands = actsOn(one).some((act) => act === given?.get('act'))
  return page(
    path,
    words.title,
    html`${failure && alert(failure, [], reader, false)}
${summary({ problems, reader }, labels)}
${news && html`<p class="band" role="status">${news}</p>`}
${unsent(stands ? null : noteOf(given), reader)}
<p class="lead">${words.number(one.number)} ${words.state[one.state]}</p>
${one.cancelReason && html`<p>${words.cancelReasons[one.cancelReason]}</p>`}
${due(one, reader)}
${one.contact ? person(one.contact, reader) : html`<p class="note">${words.over}</p>`}
${asked(one, reader)}
${one.erasureWanted && html`<section class="card"><h2>${words.erase}</h2><p>${words.eraseText}</p>${button(path, 'erased', words.eraseNow, reader)}</section>`}
${isOpenCase(one) && html`<section><h2>${words.what}</h2>\n${acts(path, one, reader, problems, given)}</section>`}
${history(one, reader)}`,
    failure || problems.size > 0 ? wordsOf(reader).callback.error : '',
  )
}

function due({ state, dueAt }: Closed, reader: Reader): Html | null {
  if (!dueAt) return null
  const words = caseWords(reader)
  const when = momentLabel(dueAt, languageOf(reader))
  return html`<p>${state === 'REQUESTED' || state === 'RECEIVED' ? words.answerBy(when) : words.outcomeBy(when)}</p>`
}

/** The wishes come first: before the number is read, somebody may have dialled it. */
function person(contact: NonNullable<Opened['contact']>, reader: Reader): Html {
  const words = caseWords(reader)
  const { voicemail, sms, sayWhoCalls } = contact.wishes
  const said = (wish: boolean | null, all: { yes: string; no: string; unsaid: string }) =>
    html`<li>${wish === null ? all.unsaid : wish ? all.yes : all.no}</li>\n`
  return html`<section class="band">
<h2>${words.wishes}</h2>
<ul class="bullets">${said(voicemail, words.voicemail)}${said(sms, words.sms)}${said(sayWhoCalls, words.sayWhoCalls)}</ul>
${contact.safeNote && html`<p${foreign(reader, contact.language)}><strong>« ${contact.safeNote} »</strong></p>`}
</section>
<section class="card">
<h2>${words.who}</h2>
<dl class="facts">
${fact(words.phone, phoneLink(spaced(contact.phone), reader))}
${fact(words.name, contact.name)}
${fact(words.language, words.languages[contact.language])}
${fact(words.email, contact.email)}
${fact(words.postalCode, contact.postalCode)}
${fact(words.message, contact.message && html`<span class="lines"${foreign(reader, contact.language)}>${contact.message}</span>`)}
</dl>
</section>`
}

function asked({ object, need: code, urgency, requestedAt, line }: Opened, reader: Reader): Html {
  const words = caseWords(reader)
  const own = line && choose(line.texts, reader.languages)
  const need = code === null ? undefined : reader.directory.needsByCode.get(code)
  const label = need && choose(need.texts, reader.languages)
  return html`<section class="card">
<h2>${words.asked}</h2>
${object !== null && paragraphs(object)}
<dl class="facts">
${fact(words.need, label && html`<span${foreign(reader, label.language)}>${label.text.label}</span>`)}
${fact(words.urgency, words.urgencies[urgency])}
${fact(words.since, momentLabel(requestedAt, languageOf(reader)))}
${own && line && fact(words.line, html`<span${foreign(reader, own.language)}>${own.text.name}</span>, ${line.number}`)}
</dl>
</section>`
}

function history({ steps, cancelReason }: Opened, reader: Reader): Html {
  const words = caseWords(reader)
  const isHers = isHerWish(cancelReason)
  const whose = (state: Opened['state']) =>
    state === 'REQUESTED' || (state === 'CANCELLED' && !isHers) ? words.byLine : state === 'CANCELLED' ? null : words.byPartner
  const by = (state: Opened['state']) => whose(state) && ` (${whose(state)})`
  return html`<section>
<h2>${words.history}</h2>
<ul class="bullets">${steps.map(
    ({ at, state, note }) =>
      html`<li>${momentLabel(at, languageOf(reader))} – ${words.state[state]}${by(state)}${note !== null && html`<br><span class="lines">${note}</span>`}</li>\n`,
  )}</ul>
</section>`
}

type Problems = ReadonlyMap<string, string>

/** One form for each thing that may be done now. */
function acts(path: string, one: Opened, reader: Reader, problems: Problems, given: URLSearchParams | null): Html[] {
  const words = caseWords(reader)
  const form = (act: string, title: string, fields: Html | null, primary = false) =>
    html`<details class="card"${(primary || given?.get('act') === act) && html` open`}>
<summary>${title}</summary>
<form class="form" method="post" action="${linkTo(reader, path)}" novalidate>
${hidden('act', act)}${hidden('version', String(one.version))}${fields}
<p class="actions"><button${primary && html` class="go"`}>${title}</button></p>
</form>
</details>\n`
  const asking = { problems, reader }
  const choice = (act: string, name: 'reason' | 'outcome', all: Readonly<Record<string, string>>) =>
    field(
      asking,
      { name: `${act}-${name}`, label: words[name], required: true },
      (own) =>
        html`<select${own}><option value="">${words.choose}</option>${Object.entries(all).map(
          ([value, label]) => html`<option value="${value}"${given?.get(`${act}-${name}`) === value && html` selected`}>${label}</option>`,
        )}</select>`,
    )
  const note = (act: string, required = false) =>
    field(
      asking,
      { name: `${act}-note`, label: required ? words.holdNote : words.note, hint: words.noteHint, required },
      (own) => html`<textarea${own} rows="3" maxlength="2000">${given?.get(`${act}-note`)}</textarea>`,
    )
  const forms: Record<CaseAct, () => Html> = {
    accept: () => form('accept', words.accept, html`<p class="hint">${words.acceptHint}</p>`, true),
    reject: () => form('reject', words.reject, html`${choice('reject', 'reason', words.rejectReasons)}${note('reject')}`),
    progress: () => form('progress', words.progress, note('progress')),
    hold: () => form('hold', words.hold, note('hold', true)),
    complete: () => form('complete', words.complete, html`${choice('complete', 'outcome', words.outcomes)}${note('complete')}`),
    fail: () => form('fail', words.fail, html`${choice('fail', 'reason', words.failReasons)}${note('fail')}`),
  }
  return actsOn(one).map((act) => forms[act]())
}

type CaseAct = 'accept' | 'reject' | 'progress' | 'hold' | 'complete' | 'fail'

/** What may be done with it now. */
const actsOn = (one: Opened): CaseAct[] =>
  !isOpenCase(one)
    ? []
    : one.state === 'REQUESTED' || one.state === 'RECEIVED'
      ? ['accept', 'reject']
      : ['progress', 'hold', 'complete', 'fail']

/** What the field of this name asks. */
function labelOf(name: string, reader: Reader): string {
  const words = caseWords(reader)
  return name.endsWith('-reason') ? words.reason : name.endsWith('-outcome') ? words.outcome : words.holdNote
}

/** "+32 470 99 88 77": in groups, for who must type it into a telephone. */
const spaced = (phone: string): string =>
  phone.replace(/^(\+32)(4\d\d)(\d\d)(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5').replace(/^(\+32)(\d{1,2})(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5')
