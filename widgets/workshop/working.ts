import { WorkshopStartDocument } from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'
import { followLanguage, type Language, languageOf } from '../shared/languages.ts'
import { type Properties, Reactive } from '../shared/reactive.ts'
import { type SendOptions, StaffFailed, type StaffFailure, send } from '../shared/staff.ts'
import { type Loaders, wordsIn } from '../shared/staff-words.ts'
import type { Model, Note, Start } from './model.ts'
import { fr, type Words } from './strings/fr.ts'

const loaders: Loaders<Words> = {
  de: () => import('./strings/de.ts'),
  nl: () => import('./strings/nl.ts'),
  en: () => import('./strings/en.ts'),
}

type Sender = <R, V>(document: TypedDocument<R, V>, variables: V, options: SendOptions) => Promise<R>

/** The language, who works here, and one action at a time. Tests replace `sender`. */
export abstract class Working extends Reactive {
  static override properties: Properties = { api: String }
  static override state = ['t', 'language', 'phase', 'failure', 'signedOut', 'away', 'start', 'note', 'busy']
  declare api: string
  declare t: Words
  declare language: Language
  declare phase: Model['phase']
  declare failure?: StaffFailure
  declare signedOut: boolean
  declare away: boolean
  declare start?: Start
  declare note?: Note
  declare busy: string

  sender: Sender = send
  /** Ends when the element leaves the page. */
  protected life = new AbortController()
  private _wanted?: Language
  /** The id of who works here, or did until her session ended. */
  private _worker?: string

  constructor() {
    super()
    this.api = new URL(import.meta.url).origin
    this.phase = 'loading'
    this.signedOut = false
    this.away = !navigator.onLine
    this.busy = ''
  }

  connectedCallback(): void {
    this.life = new AbortController()
    const { signal } = this.life
    followLanguage(this, () => this._speak(), signal)
    addEventListener('online', () => this._linked(true), { signal })
    addEventListener('offline', () => this._linked(false), { signal })
    addEventListener('focus', () => this.phase === 'ready' && this._recognize(), { signal })
    // A page kept for the back button may be hours old, or somebody else's by now.
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload(), { signal })
    this._speak()
  }

  disconnectedCallback(): void {
    this.life.abort()
  }

  private _linked(online: boolean): void {
    this.away = !online
    if (!online) return
    if (this.phase === 'failed') this.begin()
    else this.back()
  }

  /** She was in another tab: there she may have signed out or in again, or somebody else has. */
  private async _recognize(): Promise<void> {
    const { viewer } = await this.ask(WorkshopStartDocument, {}).catch(() => this.start ?? { viewer: null })
    if (viewer?.id === this.start?.viewer?.id && !this.signedOut) return
    await this.begin()
    if (!this.signedOut) this.back()
  }

  /** The network is there again, or the session. */
  protected abstract back(): void

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

  async begin(): Promise<void> {
    if (this.phase === 'failed') this.phase = 'loading'
    const before = this._worker
    try {
      this.start = await this.ask(WorkshopStartDocument, {})
      if (!this.start.viewer) throw new StaffFailed('signedOut')
      this._worker = this.start.viewer.id
      if (!this.start.viewer.memberships.some(({ role }) => role === 'EDITOR')) throw new StaffFailed('forbidden')
      this.signedOut = false
      await this.began(before)
      this.phase = 'ready'
    } catch (error) {
      const kind = error instanceof StaffFailed ? error.kind : 'failed'
      if (!(error instanceof StaffFailed)) console.error(error)
      this.failure = kind
      if (kind === 'signedOut') this.signedOut = true
      if (this.phase === 'loading') this.phase = kind === 'forbidden' ? kind : 'failed'
    }
  }

  /**
   * Who works here is known: reads what is to be shown first.
   * @param before the id of who worked here until now
   * @throws StaffFailed
   */
  protected abstract began(before?: string): Promise<void>

  /** Asks the API, in the workshop's language. */
  ask<R, V>(document: TypedDocument<R, V>, variables: V, keepalive = false): Promise<R> {
    return this.sender(document, variables, { api: this.api, language: this.language, keepalive })
  }

  /** Does one thing at a time: a second press while the first is on its way does nothing. */
  async act<R>(name: string, work: () => Promise<R>): Promise<R | undefined> {
    if (this.busy) return
    this.busy = name
    this.note = undefined
    try {
      return await work()
    } catch (error) {
      this.failed(error)
    } finally {
      this.busy = ''
    }
  }

  /** Says why an answer did not come. */
  failed(error: unknown): void {
    const kind = error instanceof StaffFailed ? error.kind : 'failed'
    if (!(error instanceof StaffFailed)) console.error(error)
    if (kind === 'signedOut') this.signedOut = true
    else this.tell((error instanceof StaffFailed && error.said) || this.t[kind], true)
  }

  tell(text: string, bad = false): void {
    this.note = { text, bad }
  }

  /** Moves the focus to the first of these that is there, once what is about to be rendered is. */
  async focusOn(...selectors: string[]): Promise<void> {
    await this.updateComplete
    for (const selector of selectors) {
      const found = this.renderRoot.querySelector<HTMLElement>(selector)
      if (found) return found.focus()
    }
  }

  langOf(code: string): string | undefined {
    const language = code.toLowerCase()
    return language === this.language ? undefined : language
  }
}
