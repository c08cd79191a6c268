import {
  type CallbackOutcome,
  DeskAttemptDocument,
  DeskClaimDocument,
  DeskClaimNextDocument,
  DeskCloseDocument,
  DeskKeepDocument,
  DeskStayDocument,
  DeskNoteDocument,
  DeskOrientDocument,
  DeskReleaseDocument,
  DeskRevealDocument,
  type NoticeChannel,
  type UnmetReason,
} from '../../schema/generated/desk.ts'
import { fill } from '../shared/languages.ts'
import type { Properties } from '../shared/reactive.ts'
import type { Asking, Call, Loss, Outcome, Tab } from './model.ts'
import { Notes } from './notes.ts'
import { minutesBetween, momentAt, momentOf } from './time.ts'
import { Working } from './working.ts'

/** The lease is renewed so often while the agent does something, and no longer when she has not for so long. */
const KEEP_MS = 60_000
const PRESENT_MS = 5 * 60_000
/** From when on one is warned, in minutes: of a call that goes back to the queue, and of a session that ends. */
const LEASE_WARNING = 4
const SESSION_WARNING = 5

type Refusal =
  | { __typename: 'Conflict'; code: string; message: string }
  | { __typename: 'NotFound' | 'InvalidInput' | 'NothingWaiting'; message: string }
type Result = (Call & { __typename: 'CallbackRequest' }) | Refusal | null

/** One person at a time: taking a request, calling, and everything until it is done. */
export abstract class Calling extends Working {
  static override properties: Properties = {}
  static override state = ['tab', 'asking', 'closeProblem']
  declare tab: Tab
  declare asking: Asking
  declare closeProblem: string

  readonly notes = new Notes({
    save: (text, keepalive) => this._saveNote(text, keepalive),
    requestUpdate: () => this.requestUpdate(),
    corrected: () => this.t.noteCorrected,
  })
  /** One key for each attempt that is meant, so that a retry of a lost answer is no second one. */
  private _attempt?: { id: string; outcome: Outcome; key: string }
  private _keptAt = 0
  private _presentAt = Date.now()

  constructor() {
    super()
    this.tab = 'queue'
    this.closeProblem = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { signal } = this.life
    const present = () => {
      this._presentAt = Date.now()
    }
    for (const event of ['pointerdown', 'keydown', 'input']) this.addEventListener(event, present, { signal })
    const save = () => this.call && this.notes.flush(true)
    addEventListener('pagehide', save, { signal })
    addEventListener('online', () => this.call && this.notes.flush(), { signal })
    addEventListener('beforeunload', (event) => this.atRisk && event.preventDefault(), { signal })
  }

  /** Only when something would be lost is one asked before leaving: what is saved on the way out needs no question. */
  protected get atRisk(): boolean {
    const { notes, lost, signedOut } = this
    return !!lost?.draft || (!!notes.unsaved && (signedOut || notes.failed || !navigator.onLine))
  }

  /** What it means for the other columns that a call begins. */
  protected abstract began(call: Call): void
  /** And that it is over. */
  protected abstract ended(): void

  private _start(call: Call): void {
    const draft = this.lost?.call.id === call.id ? this.lost.draft : ''
    this.lost = this.contact = this.asking = this._attempt = undefined
    this.closeProblem = ''
    this.notes.forget()
    this.notes.restore(draft)
    this._keptAt = Date.now()
    this.call = call
    this.show('call')
    this.began(call)
    this.focusOn('#call-title')
  }

  protected restored(call: Call, isNew = false): void {
    this._start(call)
    this.tell(isNew ? this.t.appeared : this.t.restored)
  }

  /** The call is over as the viewer wanted it. */
  protected _end(text: string): void {
    this.call = this.contact = this.asking = undefined
    this.notes.forget()
    this.ended()
    this.tell(text)
    this.show('queue')
    this.refresh()
    this.focusOn('#next')
  }

  protected lose(call: Call, why: Loss, name: string): void {
    this.lost = { call, why, name, draft: this.notes.unsaved }
    this.call = this.contact = this.asking = undefined
    this.notes.forget()
    this.ended()
    this.show('call')
    this.focusOn('#call-title')
  }

  /** What was told of a call that ended by itself was read. */
  dismiss(): void {
    this.lost = undefined
    this.show('queue')
    this.focusOn('#next')
  }

  show(tab: Tab): void {
    this.tab = tab
    this.page = 'work'
  }

  /** Tells why something was refused; what is no longer the viewer's is looked at again. */
  private _refused(result: Result): void {
    if (!result || result.__typename === 'CallbackRequest') return
    this.tell(result.message, true)
    this.refresh()
  }

  async claim(id?: string): Promise<void> {
    if (this.call) return this.show('call')
    const { line, language } = this.filter
    const { result } = (await this.act(id ?? 'next', async (): Promise<{ result: Result }> => {
      if (id) return this.ask(DeskClaimDocument, { id })
      return this.ask(DeskClaimNextDocument, { input: { lines: line ? [line] : undefined, languages: language ? [language] : undefined } })
    })) ?? { result: null }
    if (result?.__typename === 'CallbackRequest') {
      this._start(result)
      this.refresh()
    } else this._refused(result)
  }

  async reveal(): Promise<void> {
    const { call } = this
    if (!call || this.contact) return
    const { result } = (await this.act('reveal', () => this.ask(DeskRevealDocument, { id: call.id, reason: 'call' }))) ?? {}
    if (result?.__typename === 'Contact' && this.call?.id === call.id) {
      this.contact = result
      this.focusOn('#number')
      // The names of what the phone asked besides are told from now on.
      if (call.repeats[0]) this.refresh()
    } else if (result) this._refused(result as Result)
  }

  /**
   * Notes how the call went.
   * @param sure what cannot be taken back was confirmed
   */
  async attempt(outcome: Outcome, sure = false, callAt?: string): Promise<void> {
    const { call } = this
    if (!call || this.busy) return
    if (!callAt && (outcome === 'ASKED_LATER' || (!sure && this.ends(outcome)))) {
      this.asking = { outcome }
      this.focusOn('#asking')
      return
    }
    const same = this._attempt?.id === call.id && this._attempt.outcome === outcome
    if (!same) this._attempt = { id: call.id, outcome, key: crypto.randomUUID() }
    const { result } = (await this._change('attempt', () =>
      this.ask(DeskAttemptDocument, { id: call.id, input: { outcome, callAt, key: this._attempt?.key } }),
    )) ?? { result: null }
    if (result?.__typename === 'InvalidInput' && this.asking) {
      this.asking = { outcome, problem: result.message }
      this.note = undefined
      this.focusOn('#asking')
    }
    if (result?.__typename !== 'CallbackRequest') return
    this._attempt = this.asking = undefined
    if (!result.mine) return this._end(this._afterwards(outcome, result))
    if (outcome !== 'REACHED' || result.status !== 'REACHED') return this.tell(this.t.failed, true)
    this.tell(this.t.reachedSet)
    this.focusOn('#words-title')
  }

  /** Whether this outcome is the last word on the request. */
  ends(outcome: Outcome): boolean {
    if (outcome === 'REFUSED') return true
    // Whoever was spoken with is called again, whatever is heard now.
    if (this.call?.attempts.some((one) => one.outcome === 'REACHED')) return false
    return outcome === 'INVALID_NUMBER' || (this.call?.attemptsLeft === 1 && /NO_ANSWER|BUSY|VOICEMAIL|WRONG/.test(outcome))
  }

  private _afterwards(outcome: Outcome, { closedAt, callFrom }: Call): string {
    const { t, language, now } = this
    const values = { outcome: t.attempt[outcome], when: momentOf(callFrom, language, now) }
    return fill(closedAt ? t.attemptOver : outcome === 'ASKED_LATER' ? t.laterSet : t.attemptSet, values)
  }

  later(event: Event): void {
    event.preventDefault()
    const { day, time } = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<string, string>
    const at = momentAt(day ?? '', time ?? '')
    if (at && Date.parse(at) > this.now.getTime()) this.attempt('ASKED_LATER', true, at)
    else {
      this.asking = { outcome: 'ASKED_LATER', problem: this.t.laterMissing }
      this.focusOn('#asking')
    }
  }

  unask(): void {
    const outcome = this.asking?.outcome
    this.asking = undefined
    this.focusOn(`[value=${outcome}]`)
  }

  /** Notes the services that were picked in the help column. */
  protected async orientTo(services: string[], sendBy?: NoticeChannel): Promise<boolean> {
    const { call } = this
    if (!call || !services[0]) return false
    const { result } =
      (await this._change('orient', () => this.ask(DeskOrientDocument, { id: call.id, input: { services, sendBy } }))) ?? {}
    if (result?.__typename !== 'CallbackRequest') return false
    this.tell(this.t.oriented)
    return true
  }

  async close(event: Event): Promise<void> {
    event.preventDefault()
    const { call } = this
    const { outcome, unmet } = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Record<string, string>
    this.closeProblem = outcome ? '' : this.t.closeMissing
    if (!call || !outcome) return void this.focusOn('[name=outcome]')
    const input = { outcome: outcome as CallbackOutcome, unmet: (unmet || undefined) as UnmetReason | undefined, need: undefined }
    const { result } = (await this._change('close', () => this.ask(DeskCloseDocument, { id: call.id, input }))) ?? {}
    if (result?.__typename === 'CallbackRequest') this._end(this.t.closed)
  }

  async release(): Promise<void> {
    const { call } = this
    if (!call) return
    const { result } = (await this._change('release', () => this.ask(DeskReleaseDocument, { id: call.id }))) ?? {}
    if (result?.__typename === 'CallbackRequest') this._end(this.t.released)
  }

  /**
   * Changes the call: what was typed is saved first, and the answer is what is shown from now on. What could not be saved stays in its field, and
   * nothing is changed.
   */
  private async _change(name: string, work: () => Promise<{ result: Result }>): Promise<{ result: Result } | undefined> {
    const before = this.call?.id
    const answer = await this.act(name, async (): Promise<{ result: Result } | undefined> => {
      const saved = await this.notes.leave()
      if (this.call?.id !== before) return
      if (saved) return work()
      // Why is told already, if it was.
      this.tell([this.note?.text, this.t.noteFirst].filter(Boolean).join(' '), true)
    })
    const result = answer?.result ?? null
    // It was lost meanwhile.
    if (this.call?.id !== before) return
    if (result?.__typename === 'CallbackRequest') {
      if (result.mine) this.call = result
    } else this._refused(result)
    return answer
  }

  private async _saveNote(text: string, keepalive: boolean): Promise<boolean> {
    const { call } = this
    if (!call || this.signedOut) return false
    try {
      const { result } = await this.ask(DeskNoteDocument, { id: call.id, input: { text } }, keepalive)
      if (result?.__typename === 'CallbackRequest') {
        this.turn++
        if (this.call?.id === call.id) this.call = { ...this.call, notes: result.notes, heldUntil: result.heldUntil }
        return true
      }
      this._refused(result)
    } catch (error) {
      this.failed(error)
    }
    return false
  }

  /** Looks at the clock: keeps the call while the agent is there, and says in time when it or the session ends. */
  override tick(at = Date.now()): void {
    super.tick(at)
    if (this.phase !== 'ready' || this.signedOut) return
    const present = at - this._presentAt < PRESENT_MS
    if (this.call && present && at - this._keptAt >= KEEP_MS && !this.busy) this._keep(at)
  }

  /** The agent says that she is there, by a press. */
  stillHere(): void {
    this._presentAt = Date.now()
    this._keep()
  }

  /** Keeps the call, or without one the session alone. */
  private async _keep(at = Date.now()): Promise<void> {
    this._keptAt = at
    const { call } = this
    try {
      if (!call) {
        await this.ask(DeskStayDocument, {})
        return void this.refresh()
      }
      const { result } = await this.ask(DeskKeepDocument, { id: call.id })
      if (result?.__typename !== 'CallbackRequest') this._refused(result as Result)
      else if (this.call?.id === call.id) this.call = { ...this.call, heldUntil: result.heldUntil }
    } catch (error) {
      this.failed(error)
    }
  }

  get leaseMinutes(): number | undefined {
    const until = this.call?.heldUntil
    const left = until ? minutesBetween(this.now, until) : LEASE_WARNING
    return left < LEASE_WARNING ? Math.max(0, Math.ceil(left)) : undefined
  }

  get sessionEnd(): { at: string; last: boolean } | undefined {
    const { endsAt, idleAt } = this.session ?? {}
    const soon = (at?: string | null) => at && minutesBetween(this.now, at) < SESSION_WARNING
    if (endsAt && soon(endsAt)) return { at: endsAt, last: true }
    return idleAt && soon(idleAt) ? { at: idleAt, last: false } : undefined
  }
}
