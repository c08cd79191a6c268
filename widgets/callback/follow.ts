import {
  CancelCallbackDocument,
  ConfirmOutcomeDocument,
  EraseCallbackDocument,
  FollowCallbackDocument,
  type FollowedFragment,
  MoveCallbackDocument,
  WithdrawAgreementDocument,
} from '../../schema/generated/callback.ts'
import type { Language } from '../shared/languages.ts'
import { follow as de } from '../shared/strings/de.ts'
import { follow as en } from '../shared/strings/en.ts'
import { edition, follow as fr } from '../shared/strings/fr.ts'
import { follow as nl } from '../shared/strings/nl.ts'
import type { Follow, Host } from './later.ts'
import type { Chosen, Times } from './times.ts'

export { edition }

/** Looking up; what was found; or one of the things that can be done with it, which is asked once more before it is done. */
type Mode = 'look' | 'found' | 'move' | 'cancel' | 'agreement' | 'answer' | 'erase'

/** What can still be done by the status alone. */
const CAN: Record<string, Mode[]> = { NEW: ['move'] }

/** Somebody of the line calls, once no partner has it any more. */
const IS_CALLED = /ESCALATED|REACHED/

/** As long as the line is to call. */
const WAITS = /NEW|CLAIMED/

const TEXTS = { fr, de, nl, en }

/** A day as people here write it, wherever the device is or says it is. */
const dayOf = (moment: string, language: Language) =>
  new Date(moment)
    .toLocaleDateString(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'Europe/Brussels' })
    .replace(/^1 (?=\D+ \d)/, language === 'fr' ? '1er ' : '$&')

const LOOK = 'follow-'
const YES = 'yes'

/** Follows a request by its reference and the phone number it was made with. Neither is kept longer than this object. */
export function createFollow(host: Host): Follow {
  const { m, html, nothing, parts } = host
  let mode: Mode = 'look'
  let claim = { reference: '', phone: '' }
  let found: FollowedFragment | undefined
  let times: Times | undefined
  let chosen: Chosen = {}

  const words = () => TEXTS[m.language]

  /** Shows one of the modes and what is to be said about it. */
  const go = (next: Mode, note = '') => {
    const moved = next !== mode
    mode = next
    m.note = note
    m.phase = 'idle'
    m.problems = []
    host.redraw(moved)
  }
  const lost = () => {
    found = undefined
    go('look', words().notFound)
  }
  const read = async () => {
    found = (await host.query(FollowCallbackDocument, claim)).callback ?? undefined
  }

  const look = async (event: SubmitEvent) => {
    event.preventDefault()
    if (m.phase === 'sending') return
    const { reference = '', phone = '' } = parts.typed(event.target)
    if (host.correct(parts.missing({ reference, phone }, ['reference', 'phone'], LOOK))) return
    claim = { reference, phone: parts.tidyPhone(phone) }
    await host.attempt(async () => {
      await read()
      if (found) go('found')
      else lost()
    })
  }

  const changed = (answer: FollowedFragment, note = words().made) => {
    found = answer
    // What was confirmed before is no longer true.
    m.receipt = undefined
    go('found', note)
  }

  /** What a change may answer, but for what succeeded. */
  const refused = async ({ __typename: kind, message = '' }: { __typename: string; message?: string }) => {
    if (kind === 'NotFound') return lost()
    // Somebody is calling already, or it is over: then what is shown is no longer true.
    if (kind === 'Conflict') await read()
    go(found ? 'found' : 'look', message)
    if (kind !== 'Conflict') m.phase = 'error'
  }

  const ask = async (next: Mode) => {
    if (next !== 'move') return go(next)
    await host.attempt(async () => {
      times = await host.times(found?.line.slug ?? '')
      chosen = {}
      go('move')
    })
  }

  const move = async (event: SubmitEvent) => {
    event.preventDefault()
    if (m.phase === 'sending' || host.correct(parts.missingTime(times, chosen, LOOK))) return
    await host.attempt(async () => {
      const { rescheduleCallback: answer } = await host.query(MoveCallbackDocument, { ...claim, slot: chosen.slot ?? null })
      if (answer.__typename === 'CallbackReceipt') {
        changed(answer)
      } else if (answer.__typename === 'SlotTaken') {
        if (times) times = { ...times, slots: answer.slots }
        chosen = {}
        host.correct([{ id: times?.slots.length ? `${LOOK}day` : '', text: answer.message }])
      } else await refused(answer)
    })
  }

  const cancel = () =>
    host.attempt(async () => {
      const { cancelCallback: answer } = await host.query(CancelCallbackDocument, claim)
      if (answer.__typename !== 'CallbackReceipt') return refused(answer)
      changed(answer)
    })

  const withdraw = () =>
    host.attempt(async () => {
      const { withdrawAgreement: answer } = await host.query(WithdrawAgreementDocument, claim)
      if (answer.__typename !== 'CallbackReceipt') return refused(answer)
      changed(answer, words().agreementGone)
    })

  const confirm = async (event: SubmitEvent) => {
    event.preventDefault()
    const { contacted = '', useful, still = '' } = parts.typed(event.target)
    if (m.phase === 'sending' || host.correct(parts.missing({ contacted, still }, ['contacted', 'still'], LOOK))) return
    await host.attempt(async () => {
      const input = { contacted: contacted === YES, useful: useful ? useful === YES : null, stillNeeded: still === YES }
      const { confirmOutcome: answer } = await host.query(ConfirmOutcomeDocument, { ...claim, input })
      if (answer.__typename !== 'CallbackReceipt') return refused(answer)
      changed(answer, input.stillNeeded ? words().reopened : words().thanks)
    })
  }

  const erase = () =>
    host.attempt(async () => {
      const { eraseCallback: answer } = await host.query(EraseCallbackDocument, claim)
      if (answer.__typename !== 'CallbackErased') return refused(answer)
      found = m.receipt = undefined
      claim = { reference: '', phone: '' }
      go('look', words().erased)
    })

  const choose = ({ currentTarget }: Event) => {
    const { day, slot } = parts.typed(currentTarget)
    chosen = { day, slot: day === chosen.day ? slot : undefined }
    host.redraw()
  }

  const second = (text: string, click: () => void) => html`<button type="button" class="second" @click=${click}>${text}</button>`
  const quiet = (text: string, click: () => void) => html`<button type="button" class="quiet" @click=${click}>${text}</button>`
  const same = () => quiet(words().same, () => go('found'))

  const labels = () => ({
    [`${LOOK}reference`]: m.t.reference,
    [`${LOOK}phone`]: m.t.phone,
    [`${LOOK}day`]: m.t.day,
    [`${LOOK}slot`]: m.t.slot,
    [`${LOOK}contacted`]: words().contacted,
    [`${LOOK}still`]: words().still,
  })

  const lookView = () => html`
    ${host.title(m.t.follow)}
    <form part="form" novalidate @submit=${look}>
      ${parts.summary(m, labels())}
      ${parts.input(m, `${LOOK}reference`, m.t.reference, {
        name: 'reference',
        required: true,
        value: claim.reference || m.receipt?.reference || m.reference,
      })}
      ${parts.phone(m, `${LOOK}phone`)}
      <div class="actions">${parts.submit(m, words().see)}${quiet(m.t.back, host.close)}</div>
    </form>
  `

  const card = ({ reference, status, line, slot, expected, requestedAt, escalation, canCancel }: FollowedFragment) => html`
    <div class="card" part="card">
      <p class="reference">${reference}</p>
      <p class="name">${escalation ? parts.fill(words().handed[escalation.state] ?? '', { name: escalation.partner }) : status === 'REACHED' && canCancel ? words().back : (words().status[status] ?? status)}</p>
      ${
        WAITS.test(status)
          ? html`<p>${parts.expectation(m, line, slot, expected?.label)}</p>`
          : html`<p lang=${host.langFor(line.language)}>${line.name}</p>${parts.callLink(line.number)}`
      }
      <p class="hint">${parts.fill(words().asked, { date: dayOf(requestedAt, m.language) })}</p>
    </div>
  `

  const foundView = (receipt: FollowedFragment) => html`
    ${host.title(words().yours)}
    ${card(receipt)}
    <div class="actions">
      ${receipt.canAnswer ? html`<button type="button" @click=${() => ask('answer')}>${words().answer}</button>` : nothing}
      ${[...(CAN[receipt.status] ?? []), ...(receipt.canCancel ? ['cancel' as const] : []), ...(receipt.escalation || receipt.status === 'ESCALATED' ? ['agreement' as const] : []), 'erase' as const].map((next) => second(words()[next as 'move'], () => ask(next)))}
      ${quiet(m.t.back, () => go('look'))}
    </div>
  `

  const moveView = (receipt: FollowedFragment) => html`
    ${host.title(words().move)}
    ${card(receipt)}
    <form part="form" novalidate @change=${choose} @submit=${move}>
      ${parts.summary(m, labels())}
      ${times?.slots.length ? nothing : html`<p>${words().none}</p>`}
      ${times && (times.slots.length || receipt.slot) ? parts.timesView(m, times, chosen, LOOK) : nothing}
      <div class="actions">${times?.slots.length || receipt.slot ? parts.submit(m, words().moveNow) : nothing}${same()}</div>
    </form>
  `

  /** Yes or no, nothing chosen beforehand; what need not be said is left out. */
  const askView = (name: 'contacted' | 'useful' | 'still') => {
    const id = LOOK + name
    const problem = m.problems.find((one) => one.id === id)
    return html`<fieldset class="field" aria-describedby=${problem ? `${id}-wrong` : nothing}>
      <legend>${words()[name]}${name === 'useful' ? html` <small>(${m.t.optional})</small>` : nothing}</legend>
      ${problem ? html`<p class="wrong" id="${id}-wrong">${parts.fill(m.t.missing, { field: words()[name] })}</p>` : nothing}
      <div class="choices">
        <label><input type="radio" id=${id} name=${name} value=${YES} /> ${words().yes}</label>
        <label><input type="radio" name=${name} value="no" /> ${words().no}</label>
      </div>
    </fieldset>`
  }

  const answerView = () => html`
    ${host.title(words().answer)}
    <form part="form" novalidate @submit=${confirm}>
      ${parts.summary(m, labels())} ${askView('contacted')} ${askView('useful')} ${askView('still')}
      <div class="actions">${parts.submit(m, words().say)}${quiet(m.t.back, () => go('found'))}</div>
    </form>
  `

  const sureView = (title: string, question: string, yes: string, act: () => void) => html`
    ${host.title(title)}
    <p>${question}</p>
    <div class="actions">${second(yes, () => m.busy || act())}${same()}</div>
  `

  return {
    draw() {
      if (!found || mode === 'look') return lookView()
      if (mode === 'move') return moveView(found)
      if (mode === 'cancel') return sureView(words().cancel, words().cancelSure, words().cancelNow, cancel)
      if (mode === 'agreement')
        return sureView(
          words().agreement,
          [
            parts.fill(words().agreementSure, { name: found.escalation?.partner ?? '' }),
            IS_CALLED.test(found.status) ? words().weCallThen : '',
          ].join(' '),
          words().agreementNow,
          withdraw,
        )
      if (mode === 'answer') return answerView()
      if (mode === 'erase') return sureView(words().erase, words().eraseSure, words().eraseNow, erase)
      return foundView(found)
    },
    translate() {
      m.note = ''
      if (!found) return
      host.attempt(async () => {
        await read()
        if (mode === 'move' && found) times = await host.times(found.line.slug)
        m.phase = 'idle'
        m.note = ''
      })
    },
  }
}
