import type { Line } from '../../directory/snapshot.ts'
import { presentLine } from '../../line/rules.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { Told } from '../actions.ts'
import { type Html, html } from '../html.ts'
import { type Page, type Reader, wordsOf } from '../layout.ts'
import { lineCard } from '../parts.ts'
import { urgent } from './form.ts'
import { nameOf, withName } from './form-parts.ts'
import { expectation } from './times.ts'
import { addressOf, CALLBACK_PATH, FOLLOW_PATH, pathOf, type Wanted } from './wanted.ts'

/**
 * What a person keeps of her request. Sent again with the same key the page is the same, or says how the request stands by then; no address
 * holds the reference.
 * @param lines whom to call first all the same
 */
export function donePage(told: Told, { site, named, need }: Wanted, lines: readonly Line[], quickExit: boolean, reader: Reader): Page {
  const words = wordsOf(reader).callback
  const { receipt } = told
  return {
    title: receipt.status === 'NEW' ? words.done : words.yours,
    description: null,
    path: pathOf(CALLBACK_PATH, { site, ...named }),
    site,
    form: true,
    quickExit: quickExit || (need?.quickExit ?? false),
    main: html`<h1>${receipt.status === 'NEW' ? words.done : words.yours}</h1>
${urgent(lines, reader)}
${card(told, reader, words.keep)}
${insteadOf(told, reader)}
${receipt.masked && html`<p class="band">${words.masked}</p>`}
<p>${words.notFormal} ${words.print}</p>
<p class="actions off-paper"><a class="step" href="${addressOf(FOLLOW_PATH, { site }, reader)}">${words.follow}</a>
<a class="step" href="${addressOf(CALLBACK_PATH, { site, ...named }, reader)}">${words.again}</a></p>`,
  }
}

/** As long as nobody has spoken with the person: she waits for a call. */
const waits = ({ receipt }: Told): boolean => receipt.status === 'NEW' || receipt.status === 'CLAIMED'

/** Whom to call once nobody calls any more: the line that was asked, or the one that has taken over. */
export function insteadOf(told: Told, reader: Reader): Html | null {
  const asked = waits(told) ? undefined : reader.directory.linesById.get(told.receipt.lineId)
  const line = asked && presentLine(asked, dayIn(reader.now))
  return line ? html`<section class="card">\n${lineCard(line, reader)}</section>` : null
}

/** The reference, big, with when to expect the call or how the request stands. */
export function card(told: Told, reader: Reader, note: string | null = null): Html {
  const words = wordsOf(reader).callback
  const expected = expectation(told, reader)
  return html`<div class="card">
<p>${words.reference}</p>
<p class="reference">${told.receipt.reference}</p>
${note && html`<p>${note}</p>`}
<p class="status">${expected ?? (told.handed ? handedTo(told.handed, reader) : isBack(told) ? words.back : words.status[told.receipt.status])}</p>
</div>`
}

/** No partner has it any more, and the line calls: she may still refuse. */
const isBack = ({ receipt, canCancel }: Told): boolean => receipt.status === 'REACHED' && canCancel

/** Who has taken it over, and how far it is. */
const handedTo = ({ organization, state }: NonNullable<Told['handed']>, reader: Reader): Html =>
  withName(wordsOf(reader).callback.handed[state], nameOf(organization, reader))
