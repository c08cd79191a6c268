import {
  type CallbackOrder,
  DeskNowDocument,
  DeskPartnerStartDocument,
  DeskRequestDocument,
  DeskStartDocument,
} from '../../schema/generated/desk.ts'
import type { TypedDocument } from '../shared/client.ts'
import { followLanguage, type Language, languageOf } from '../shared/languages.ts'
import { type Properties, Reactive } from '../shared/reactive.ts'
import { type Link, Live } from './live.ts'
import type { Call, Contact, Filter, Loss, Model, Note, Numbers, Page, Row, Session, Start } from './model.ts'
import { StaffFailed, type StaffFailure, type SendOptions, send } from '../shared/staff.ts'
import { type Loaders, wordsIn } from '../shared/staff-words.ts'
import { fr, type Words } from './strings/fr.ts'
import { listen, type QueueEvent } from './stream.ts'

const loaders: Loaders<Words> = {
  de: () => import('./strings/de.ts'),
  nl: () => import('./strings/nl.ts'),
  en: () => import('./strings/en.ts'),
}

/** Rows of the queue at first, and how many more each time; the API gives 100 at most. */
const PAGE = 25
const MOST = 100
/** How often the clock of the screen is looked at. */
const TICK_MS = 5_000
/** The queue is read again after so long even if nothing happened (ages grow), and after so long where nobody tells. */
const READ_MS = 60_000
const POLL_MS = 20_000

type Sender = <R, V>(document: TypedDocument<R, V>, variables: V, options: SendOptions) => Promise<R>

/**
 * What keeps the screen of the desk true: the language, who works here, the queue and the numbers, live or read again, and one action at a
 * time. Tests replace `sender`, `listener`, `apart` and the pauses of `live`, and call `tick`.
 */
export abstract class Working extends Reactive {
  static override properties: Properties = { api: String }
  static override state = [
    ...['t', 'language', 'now', 'phase', 'failure', 'signedOut', 'link', 'start', 'session', 'page', 'note', 'busy'],
    ...['rows', 'total', 'numbers', 'lateCases', 'reminded', 'filter', 'call', 'contact', 'lost'],
  ]
  declare api: string
  declare partner: boolean
  declare t: Words
  declare language: Language
  declare now: Date
  declare phase: Model['phase']
  declare failure?: StaffFailure
  declare signedOut: boolean
  declare link: Link
  declare start?: Start
  declare session?: Session
  declare page: Page
  declare note?: Note
  declare busy: string
  declare rows: readonly Row[]
  declare total: number
  declare numbers?: Numbers
  declare lateCases: number
  declare reminded: boolean
  declare filter: Filter
  declare call?: Call
  declare contact?: Contact
  declare lost: Model['lost']

  sender: Sender = send
  listener: (options: SendOptions) => AsyncIterable<QueueEvent> = listen
  readonly live = new Live({
    listen: (signal) => this.listener({ api: this.api, language: this.language, signal }),
    heard: (event) => this._heard(event),
    linked: (link) => this._linked(link),
    shut: (error) => this.failed(error),
  })
  /** Two readings begin at least so far apart, in milliseconds, however much happens. */
  apart = 500
  /** Ends when the element leaves the page. */
  protected life = new AbortController()

  private _wanted?: Language
  private _first = PAGE
  /** Counts what was done: what was read before shows no more. */
  protected turn = 0
  private _reading?: Promise<void>
  private _readAt = 0
  private _readAgain = false
  private _version = ''
  /** By how much the server's clock is before this one's, in milliseconds. */
  private _skew = 0

  constructor() {
    super()
    this.api = new URL(import.meta.url).origin
    this.now = new Date()
    this.phase = 'loading'
    this.page = 'work'
    this.link = 'connecting'
    this.signedOut = false
    this.busy = ''
    this.reminded = false
    this.rows = []
    this.total = this.lateCases = 0
    this.partner = false
    this.filter = { line: '', language: '', mine: false }
  }

  connectedCallback(): void {
    this.life = new AbortController()
    const { signal } = this.life
    followLanguage(this, () => this._speak(), signal)
    const back = () => {
      this.live.hurry()
      if (this.phase === 'failed') this.begin()
      else this.refresh()
    }
    const online = () => {
      // What was said of the network is no longer true; what was not saved stands in its field.
      if (this.note?.text === this.t?.offline) this.note = undefined
      if (this.link === 'away') this.link = this.partner ? 'polling' : 'connecting'
      back()
    }
    addEventListener('online', online, { signal })
    addEventListener('offline', () => this._linked('away'), { signal })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back(), { signal })
    // A page kept for the back button may be hours old, or somebody else's by now.
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), { signal })
    const timer = setInterval(() => this.tick(), TICK_MS)
    signal.addEventListener('abort', () => clearInterval(timer))
    this._speak()
  }

  disconnectedCallback(): void {
    this.life.abort()
  }

  private async _speak(): Promise<void> {
    const wanted = languageOf(this)
    if (wanted === this._wanted) return
    this._wanted = wanted
    const { t, language } = await wordsIn(wanted, fr, loaders)
    // Another language was asked for while this one was on its way.
    if (this._wanted !== wanted) return
    this.t = t
    this.language = language
    await this.begin()
  }

  /** Reads everything, and then follows what happens. */
  async begin(): Promise<void> {
    if (this.phase === 'failed') this.phase = 'loading'
    try {
      this.start = this.partner
        ? { lines: [], needs: [], ...(await this.ask(DeskPartnerStartDocument, {})) }
        : await this.ask(DeskStartDocument, {})
      if (!this.start.viewer) throw new StaffFailed('signedOut')
      const working = this.partner ? /PARTNER/ : /AGENT|SUPERVISOR/
      if (!this.roles.some((role) => working.test(role))) throw new StaffFailed('forbidden')
      await this.refresh()
      if (this.phase !== 'loading') return
      this.phase = 'ready'
      if (this.call) this.restored(this.call)
      // Of the queue a partner hears nothing: its cases are read now and then.
      if (this.partner) this.link = navigator.onLine ? 'polling' : 'away'
      else this.live.run(this.life.signal)
    } catch (error) {
      const { kind } = error as StaffFailed
      this.failure = kind
      if (kind === 'signedOut') this._over()
      if (this.phase === 'loading') this.phase = kind === 'forbidden' ? kind : 'failed'
    }
  }

  get roles(): string[] {
    return this.start?.viewer?.memberships.map(({ role }) => role) ?? []
  }

  get supervisor(): boolean {
    return this.roles.includes('SUPERVISOR')
  }

  /** Asks the API, in the desk's language. */
  protected ask<R, V>(document: TypedDocument<R, V>, variables: V, keepalive = false): Promise<R> {
    return this.sender(document, variables, { api: this.api, language: this.language, keepalive })
  }

  /** Does one thing at a time: a second press while the first is on its way does nothing. */
  protected async act<R>(name: string, work: () => Promise<R>): Promise<R | undefined> {
    if (this.busy || this.signedOut) return
    this.busy = name
    this.note = undefined
    try {
      return await work()
    } catch (error) {
      this.failed(error)
    } finally {
      this.turn++
      this.busy = ''
    }
  }

  /** The session is over: whoever comes by now may be somebody else. */
  private _over(): void {
    this.signedOut = true
    this.contact = undefined
  }

  /** Says why an answer did not come. */
  failed(error: unknown): void {
    const kind = error instanceof StaffFailed ? error.kind : 'failed'
    if (kind === 'signedOut') this._over()
    else this.tell((error instanceof StaffFailed && error.said) || this.t[kind], true)
  }

  tell(text: string, bad = false): void {
    this.note = { text, bad }
  }

  /** Reads the queue, the numbers and the viewer's call again; while that goes on, once more afterwards. */
  async refresh(): Promise<void> {
    if (this._reading) {
      this._readAgain = true
      return this._reading
    }
    do {
      const rest = this.apart - (Date.now() - this._readAt)
      this._reading = (rest > 0 ? new Promise((resolve) => setTimeout(resolve, rest)) : Promise.resolve()).then(() => this._read())
      try {
        await this._reading
      } finally {
        this._reading = undefined
      }
    } while (this._readAgain && !this.life.signal.aborted)
  }

  private async _read(): Promise<void> {
    const turn = this.turn
    this._readAt = Date.now()
    this._readAgain = false
    const { line, language, mine } = this.filter
    const filter = { lines: line ? [line] : undefined, languages: language ? [language] : undefined, mine: mine || undefined }
    if (this.partner) return this._readCases()
    const order: CallbackOrder = this.page === 'team' ? 'OVERDUE' : 'QUEUE'
    try {
      const read = await this.ask(DeskNowDocument, { first: this._first, filter, order })
      if (!read.viewer) throw new StaffFailed('signedOut')
      this.session = read.viewer
      this._count(read.deskNumbers ?? undefined)
      this.rows = read.callbackRequests?.edges.map(({ node }) => node) ?? []
      this.total = read.callbackRequests?.totalCount ?? 0
      this.lateCases = read.lateCases?.totalCount ?? 0
      // Something was done meanwhile: that answer was newer.
      if (turn === this.turn && !this.busy) await this._compare(read.myCall ?? undefined)
      else this._readAgain = true
    } catch (error) {
      if (this.phase === 'loading') throw error
      if (error instanceof StaffFailed && error.kind === 'signedOut') this._over()
      // While a stream tells whether all is well, a reading in vain is made good by the next.
      else this.link = navigator.onLine ? this.link : 'away'
    }
  }

  /** What there is to read for a partner. */
  protected abstract readCases(): Promise<void>

  private async _readCases(): Promise<void> {
    try {
      const { viewer } = await this.ask(DeskPartnerStartDocument, {})
      if (!viewer) throw new StaffFailed('signedOut')
      this.session = viewer
      await this.readCases()
      this.link = 'polling'
    } catch (error) {
      if (this.phase === 'loading') throw error
      if (error instanceof StaffFailed && error.kind === 'signedOut') this.signedOut = true
      else this.link = navigator.onLine ? 'connecting' : 'away'
    }
  }

  /** Supervisors are reminded when one more is late or soon will be. That happens in working hours only: a target counts nothing else. */
  private _count(numbers: Numbers | undefined): void {
    const before = this.numbers
    this.numbers = numbers
    const { overdue = 0, soonOverdue = 0 } = numbers ?? {}
    if (overdue + soonOverdue === 0) this.reminded = false
    else if (this.supervisor && before && (overdue > before.overdue || soonOverdue > before.soonOverdue)) this.reminded = true
  }

  /** The call that the server has for the viewer is the one on the screen, or what became of that is told. */
  private async _compare(mine: Call | undefined): Promise<void> {
    const { call } = this
    if (call && call.id !== mine?.id) {
      const { callbackRequest: now } = await this.ask(DeskRequestDocument, { id: call.id })
      // She ended it while that was asked.
      if (this.call?.id === call.id) this.lose(call, lossOf(now), now?.holder?.name ?? '')
    } else if (mine && call) this.call = mine
    else if (mine && !this.lost) {
      // Given to her by a supervisor, or taken in another window.
      if (this.phase === 'ready') this.restored(mine, true)
      else this.call = mine
    }
  }

  /** The viewer holds nothing any more, and did not end it. */
  protected abstract lose(call: Call, why: Loss, name: string): void
  /**
   * A call is there that was not taken here.
   * @param isNew it came while the page was open
   */
  protected abstract restored(call: Call, isNew?: boolean): void

  more(): void {
    this._first = Math.min(this._first + PAGE, MOST)
    this.refresh()
  }

  narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change }
    this._first = PAGE
    this.refresh()
  }

  seen(): void {
    this.reminded = false
  }

  private _heard({ at, version }: QueueEvent): void {
    this._skew = Date.parse(at) - Date.now()
    this.now = new Date(at)
    if (version === this._version) return
    this._version = version
    this.refresh()
  }

  private _linked(link: Link): void {
    const broken = this.link !== 'live'
    this.link = link
    // Nobody told what happened meanwhile.
    if (link === 'live' && broken && this.phase === 'ready') this.refresh()
  }

  /** Looks at the clock: what is old is read again. */
  tick(at = Date.now()): void {
    this.now = new Date(at + this._skew)
    const old = at - this._readAt > (this.link === 'live' ? READ_MS : POLL_MS)
    if (old && this.phase === 'ready' && !this.signedOut) this.refresh()
  }

  /** Moves the focus, once what is about to be rendered is there. */
  protected async focusOn(selector: string): Promise<void> {
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  langOf(code: string): string | undefined {
    const language = code.toLowerCase()
    return language === this.language ? undefined : language
  }
}

/** What became of a request that was the viewer's a moment ago. */
function lossOf(now: Call | null): Loss {
  if (!now) return 'lostErased'
  if (now.status === 'CANCELLED') return now.maskedPhone ? 'lostWithdrawn' : 'lostErased'
  if (now.holder) return 'lostOther'
  if (now.status === 'ESCALATED') return 'lostHanded'
  return now.closedAt ? 'lostOver' : 'lostLease'
}
