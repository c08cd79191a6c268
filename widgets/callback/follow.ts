import {
  CancelCallbackDocument,
  EraseCallbackDocument,
  FollowCallbackDocument,
  MoveCallbackDocument,
  type ReceiptFragment,
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
type Mode = 'look' | 'found' | 'move' | 'cancel' | 'erase'

/** Each status, and what can still be done then. */
const CAN: Record<string, Mode[]> = { NEW: ['move', 'cancel', 'erase'], CLAIMED: ['cancel', 'erase'] }

const TEXTS = { fr, de, nl, en }

/** A day as people here write it, wherever the device is or says it is. */
const dayOf = (moment: string, language: Language) =>
  new Date(moment)
    .toLocaleDateString(language === 'en' ? 'en-GB' : language, { dateStyle: 'long', timeZone: 'Europe/Brussels' })
    .replace(/^1 (?=\D+ \d)/, language === 'fr' ? '1er ' : '$&')

const LOOK = 'follow-'

/** Follows a request by its reference and the phone number it was made with. Neither is kept longer than this object. */
export function createFollow(host: Host): Follow {
  const { m, html, nothing, parts } = host
  let mode: Mode = 'look'
  let claim = { reference: '', phone: '' }
  let found: ReceiptFragment | undefined
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

  const changed = (answer: ReceiptFragment) => {
    found = answer
    // What was confirmed before is no longer true.
    m.receipt = undefined
    go('found', words().made)
  }

  /** What a change may answer, but for what succeeded. */
  const refused = async ({ __typename: kind, message = '' }: { __typename: string; message?: string }) => {
    if (kind === 'NotFound') return lost()
    // Somebody is calling already, or it is over: then what is shown is no longer true.
    if (kind === 'Conflict') await read()
    go(found ? 'found' : 'look', message)
    if (kind !== 'Conflict') m.phase = 'error'
  }

  const ask = async (next: 'move' | 'cancel' | 'erase') => {
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

  const card = ({ reference, status, line, slot, expected, requestedAt }: ReceiptFragment) => html`
    <div class="card" part="card">
      <p class="reference">${reference}</p>
      <p class="name">${words().status[status] ?? status}</p>
      ${
        status in CAN
          ? html`<p>${parts.expectation(m, line, slot, expected?.label)}</p>`
          : html`<p lang=${host.langFor(line.language)}>${line.name}</p>${parts.callLink(line.number)}`
      }
      <p class="hint">${parts.fill(words().asked, { date: dayOf(requestedAt, m.language) })}</p>
    </div>
  `

  const foundView = (receipt: ReceiptFragment) => html`
    ${host.title(words().yours)}
    ${card(receipt)}
    <div class="actions">
      ${(CAN[receipt.status] ?? ['erase']).map((next) => second(words()[next as 'move'], () => ask(next as 'move')))}
      ${quiet(m.t.back, () => go('look'))}
    </div>
  `

  const moveView = (receipt: ReceiptFragment) => html`
    ${host.title(words().move)}
    ${card(receipt)}
    <form part="form" novalidate @change=${choose} @submit=${move}>
      ${parts.summary(m, labels())}
      ${times?.slots.length ? nothing : html`<p>${words().none}</p>`}
      ${times && (times.slots.length || receipt.slot) ? parts.timesView(m, times, chosen, LOOK) : nothing}
      <div class="actions">${times?.slots.length || receipt.slot ? parts.submit(m, words().moveNow) : nothing}${same()}</div>
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
