import { LONGEST } from '../../callback/rules/request.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { Times, Told } from '../actions.ts'
import { type Html, html } from '../html.ts'
import { type Page, type Reader, wordsOf } from '../layout.ts'
import { dayLabel } from '../parts.ts'
import { card, insteadOf } from './done.ts'
import { alert, choice, field, group, hidden, inFront, nameOf, type Problems, summary, withName } from './form-parts.ts'
import { expectation, timesGroup } from './times.ts'
import { addressOf, CALLBACK_PATH, FOLLOW_PATH, pathOf } from './wanted.ts'

/** What a person kept, and the site whose page she is on. */
export type Kept = { site: string | null; reference: string; phone: string }

/** What can be done with a request; each is asked once more before it is done. */
export type Act = 'withdraw' | 'erase'

/** Looking a request up. */
export function lookPage(
  kept: Kept,
  reader: Reader,
  { problems = new Map(), failure }: { problems?: Problems; failure?: string } = {},
): Page {
  const words = wordsOf(reader).callback
  const { site } = kept
  const asking = { problems, reader }
  const labels = { reference: inFront(words.reference, reader), phone: inFront(words.phone, reader) }
  const wrong = problems.size > 0 || failure !== undefined
  const text = (name: 'reference' | 'phone', attributes: Html, hint?: string) =>
    field(asking, { name, label: words[name], hint, required: true }, (own) => html`<input${own}${attributes} value="${kept[name]}">`)
  return page(
    kept,
    `${wrong ? words.error : ''}${words.follow}`,
    html`<h1>${words.follow}</h1>
${summary(asking, labels)}
${failure && alert(failure, [], reader, false)}
<p class="lead">${words.followIntro}</p>
<form class="card form" method="post" action="${addressOf(FOLLOW_PATH, { site }, reader)}" novalidate>
${text('reference', html` autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"`)}
${text('phone', html` type="tel" autocomplete="tel" maxlength="${LONGEST.phone}"`, words.phoneHint)}
<p class="actions"><button class="go">${words.look}</button></p>
</form>
<p><a class="step" href="${addressOf(CALLBACK_PATH, { site }, reader)}">${words.title}</a></p>`,
  )
}

/** How it stands, and what can be done. `news`: what has just been done; `failure`: what could not be. */
export function foundPage(told: Told, kept: Kept, reader: Reader, { news, failure }: { news?: string; failure?: string } = {}): Page {
  const words = wordsOf(reader).callback
  const { status, requestedAt } = told.receipt
  const acts = [
    told.canAnswer && ['answer', words.answer],
    status === 'NEW' && ['move', words.move],
    told.canCancel && ['withdraw', words.withdraw],
    told.handed && ['agreement', words.agreement],
    ['erase', words.erase],
  ]
  return page(
    kept,
    `${failure ? words.error : ''}${words.yours}`,
    html`<h1>${words.yours}</h1>
${failure && alert(failure, [], reader, false)}
${news && html`<p class="band" role="status">${news}</p>`}
${card(told, reader)}
${insteadOf(told, reader)}
<p>${words.asked(dayLabel(dayIn(requestedAt), reader))}</p>
${buttons(
  kept,
  acts.filter((one) => one !== false && one !== null),
  reader,
)}`,
  )
}

/**
 * When to be called instead. Nothing is chosen beforehand, and what she has now is none of the choices.
 * @param times what the line offers now
 * @param problem why the last choice was not taken
 */
export function movePage(told: Told, times: Times, kept: Kept, reader: Reader, problem?: string): Page {
  const words = wordsOf(reader).callback
  const asking = { problems: new Map(problem ? [['slot', problem]] : []), reader }
  const soon = told.receipt.slot !== null
  const offers = soon || times.slots.length > 0
  return page(
    kept,
    `${problem ? words.error : ''}${words.move}`,
    html`<h1>${words.move}</h1>
${offers && summary(asking, { slot: inFront(words.when, reader) })}
<p class="lead">${expectation(told, reader)}</p>
<form class="card form" method="post" action="${addressOf(FOLLOW_PATH, { site: kept.site }, reader)}" novalidate>
${hidden('reference', kept.reference)}${hidden('phone', kept.phone)}${offers ? timesGroup(asking, times, { chosen: '', soon, required: true }) : html`<p class="band">${words.noTimes}</p>`}
<p class="actions">${offers && html`<button class="go" name="act" value="move-now">${words.moveNow}</button>\n`}<button name="act" value="">${words.nothing}</button></p>
</form>`,
  )
}

/** Somebody of the line calls, once no partner has it any more. */
const isCalled = ({ receipt: { status } }: Told): boolean => status === 'ESCALATED' || status === 'REACHED'

/** Whether she means it that a partner is not to have it any more. */
export function agreementPage(told: Told, kept: Kept, reader: Reader): Page {
  const words = wordsOf(reader).callback
  return page(
    kept,
    words.agreementAsk,
    html`<h1>${words.agreementAsk}</h1>
<p class="lead">${told.handed && withName(words.agreementSure, nameOf(told.handed.organization, reader))} ${isCalled(told) && words.weCallThen}</p>
${buttons(
  kept,
  [
    ['agreement-now', words.agreementNow],
    ['', words.nothing],
  ],
  reader,
)}`,
  )
}

/** What she says of a partner's help; '' for what she has not said. */
export type Said = { contacted: string; useful: string; still: string }

/** Whether somebody got in touch, whether it helped, and whether help is still needed. Nothing is chosen beforehand. */
export function answerPage(said: Said, kept: Kept, reader: Reader, problems: Problems = new Map()): Page {
  const words = wordsOf(reader).callback
  const asking = { problems, reader }
  const yesNo = (name: keyof Said, label: string, required: boolean) => {
    const one = (value: string, text: string, id?: string) =>
      choice({ type: 'radio', name, value, checked: said[name] === value, ...(id ? { id } : {}) }, text)
    return group(asking, { name, label, required }, html`${one('yes', words.yes, name)}${one('no', words.no)}`)
  }
  return page(
    kept,
    `${problems.size > 0 ? words.error : ''}${words.answer}`,
    html`<h1>${words.answer}</h1>
${summary(asking, { contacted: inFront(words.contacted, reader), still: inFront(words.still, reader) })}
<form class="card form" method="post" action="${addressOf(FOLLOW_PATH, { site: kept.site }, reader)}" novalidate>
${hidden('reference', kept.reference)}${hidden('phone', kept.phone)}${yesNo('contacted', words.contacted, true)}${yesNo('useful', words.useful, false)}${yesNo('still', words.still, true)}
<p class="actions"><button class="go" name="act" value="answer-now">${words.answerNow}</button>
<button name="act" value="">${words.nothing}</button></p>
</form>`,
  )
}

/** Whether she means it. */
export function surePage(act: Act, kept: Kept, reader: Reader): Page {
  const words = wordsOf(reader).callback
  const [title, text, now] =
    act === 'erase' ? [words.eraseAsk, words.eraseSure, words.eraseNow] : [words.withdrawAsk, words.withdrawSure, words.withdrawNow]
  return page(
    kept,
    title,
    html`<h1>${title}</h1>
<p class="lead">${text}</p>
${buttons(
  kept,
  [
    [`${act}-now`, now],
    ['', words.nothing],
  ],
  reader,
)}`,
  )
}

export function erasedPage(kept: Kept, reader: Reader): Page {
  const words = wordsOf(reader).callback
  return page(
    kept,
    words.erased,
    html`<h1>${words.erased}</h1>
<p class="lead">${words.erasedText}</p>
<p><a class="step" href="${addressOf(CALLBACK_PATH, { site: kept.site }, reader)}">${words.again}</a></p>`,
  )
}

/** Buttons that send what she kept again, in the body: it stands in no address. */
const buttons = ({ site, reference, phone }: Kept, all: readonly (readonly string[])[], reader: Reader): Html =>
  html`<form method="post" action="${addressOf(FOLLOW_PATH, { site }, reader)}">
${hidden('reference', reference)}${hidden('phone', phone)}<p class="actions">${all.map(([act, label]) => html`<button name="act" value="${act}">${label}</button>\n`)}</p>
</form>`

const page = ({ site }: Kept, title: string, main: Html): Page => ({
  title,
  description: null,
  path: pathOf(FOLLOW_PATH, { site }),
  site,
  form: true,
  // What the request is about is not known here: it may be what nobody should see.
  quickExit: true,
  main,
})
