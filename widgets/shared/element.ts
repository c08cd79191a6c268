import { html, nothing, type TemplateResult } from 'lit/html.js'
import { type FailureKind, RequestFailed, type SendOptions, send, type TypedDocument } from './client.ts'
import { followLanguage, type Language, languageOf, loadTexts } from './languages.ts'
import { type Changed, type Properties, Reactive } from './reactive.ts'
import type { Texts } from './strings/fr.ts'

/** What `:state(…)` says about an element; one at a time. */
export type Phase = 'idle' | 'loading' | 'invalid' | 'sending' | 'done' | 'error' | 'offline' | 'closed' | 'empty'

type Sender = <R, V>(document: TypedDocument<R, V>, variables: V, options: SendOptions) => Promise<R>

/** Shift, this many times within this time, leaves the page: for hands that cannot reach the button. */
const PRESSES = 3
const WITHIN_MS = 1500

/**
 * What both public elements share: attributes, language, state, events, the quick exit, and a typed `ask()`.
 *
 * A subclass gives its French texts to the constructor, renders in `view()`, and sets `phase`.
 * The content of the tag (telephone numbers and hours) stays in the default slot: shown before the texts are there, whenever
 * `phase` tells of a failure, and on paper.
 *
 * Templates come from 'lit/html.js', not from 'lit', which would bring LitElement along. Tests replace `element.sender`.
 */
export abstract class PasserelleElement<Section extends 'callback' | 'finder'> extends Reactive {
  static override properties: Properties = { api: String, site: String, headingLevel: String, exitUrl: String }
  static override state = ['phase', 'language', 't']
  declare api: string
  declare site: string
  declare headingLevel: number
  declare exitUrl: string
  declare phase: Phase
  /** The language the element speaks now; `t` holds its texts. */
  declare language: Language
  declare t: Texts['common'] & Texts[Section]

  sender: Sender = send
  /** Ends when the element leaves the page. */
  protected life = new AbortController()

  private readonly _section: Section
  private readonly _french: Texts['common'] & Texts[Section]
  /** Before Safari 16.4 there are none, and no `:state()`. */
  private readonly _internals = this.attachInternals?.()
  private _wanted?: Language
  private _presses: number[] = []
  /** Counts how often the person began anew: an answer to a question of before must not show. */
  protected _turn = 0

  constructor(section: Section, french: Texts['common'] & Texts[Section]) {
    super()
    this._section = section
    this._french = french
    // A widget talks to the server its script came from, unless the page says otherwise.
    this.api = new URL(import.meta.url).origin
    this.headingLevel = 2
    this.exitUrl = 'https://www.meteo.be'
    this.phase = 'idle'
  }

  connectedCallback(): void {
    this.life = new AbortController()
    const { signal } = this.life
    followLanguage(this, () => this._speak(), signal)
    // A page kept for the back button must not bring back what somebody typed.
    addEventListener('pagehide', () => this.reset(), { signal })
    addEventListener('pageshow', (event) => event.persisted && this.resume(), { signal })
    addEventListener('online', () => this.phase === 'offline' && this.resume(), { signal })
    addEventListener('keydown', (event) => this._key(event), { signal })
    this._speak()
    this.requestUpdate()
  }

  disconnectedCallback(): void {
    this.life.abort()
  }

  private async _speak(): Promise<void> {
    const wanted = languageOf(this)
    if (wanted === this._wanted) return
    this._wanted = wanted
    let language: Language = 'fr'
    let texts = this._french
    if (wanted !== 'fr') {
      try {
        texts = await loadTexts(wanted, this._section, texts)
        language = wanted
      } catch {
        // The file did not come: French, which is here, is better than nothing.
      }
      // Another language was asked for while this one was on its way.
      if (this._wanted !== wanted) return
    }
    const first = !this.t
    this.t = texts
    this.language = language
    if (first) this.updateComplete.then(() => this.emit('ready'))
  }

  protected override updated(changed: Changed): void {
    if (!changed.has('phase')) return
    const states = this._internals?.states
    try {
      states?.delete(changed.get('phase') as string)
      states?.add(this.phase)
    } catch {
      // Browsers of before `:state()` refuse a name without dashes.
    }
  }

  /** Back to the beginning; nothing of what was typed stays, and no answer that is on its way will show. */
  reset(): void {
    this._turn++
    this.phase = 'idle'
  }

  /** The page came back, or the network: makes good what was interrupted. */
  protected abstract resume(): void

  /** Being seen with this on the screen is a risk: then the quick exit is there. */
  protected get exposed(): boolean {
    return false
  }

  /** Leaves for a neutral page, without an entry to come back to. */
  leave(): void {
    this.reset()
    // The next page may be slow to come: until then there is nothing to see here, nor in the name of the tab.
    document.title = ''
    document.documentElement.style.setProperty('display', 'none', 'important')
    location.replace(this.exitUrl)
  }

  private _key({ key, repeat, timeStamp }: KeyboardEvent): void {
    if (key !== 'Shift') this._presses = []
    else if (!repeat) this._presses = [...this._presses.slice(1 - PRESSES), timeStamp]
    if (this.exposed && this._presses.length === PRESSES && timeStamp - (this._presses[0] ?? 0) < WITHIN_MS) this.leave()
  }

  /** A `passerelle-…` event; false when a listener cancelled it. Never put anything personal in the detail. */
  protected emit(name: string, detail?: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(`passerelle-${name}`, { detail, bubbles: true, composed: true, cancelable }))
  }

  /** Asks the API, in the element's language. What comes after `reset`, or after its signal, is thrown away as an `AbortError`. */
  protected ask<R, V>(
    document: TypedDocument<R, V>,
    variables: V,
    more?: Pick<SendOptions, 'signal' | 'personal' | 'keepalive'>,
  ): Promise<R> {
    const turn = this._turn
    const options = { api: this.api, site: this.site, languages: [this.language], ...more }
    return this.sender(document, variables, options).finally(() => {
      if (turn !== this._turn || more?.signal?.aborted) throw new DOMException('', 'AbortError')
    })
  }

  /** Turns what `ask` threw into a phase and an event, and says which kind it was: none when the question was given up. */
  protected fail(error: unknown): FailureKind | undefined {
    if ((error as Error).name === 'AbortError') return
    const kind = error instanceof RequestFailed ? error.kind : 'failed'
    this.phase = kind === 'offline' ? kind : 'error'
    this.emit('error', { kind, retryable: kind !== 'rejected' })
    return kind
  }

  /** What has the focus now: here inside, else on the page. */
  protected get focused(): Element | null {
    return this.renderRoot.activeElement ?? document.activeElement
  }

  /**
   * Moves the focus, once what is about to be rendered is there. Whoever waited for an answer says what was `focused` before: a person
   * who went elsewhere meanwhile stays there.
   */
  protected async focusOn(selector: string, before = this.focused): Promise<void> {
    await this.updateComplete
    const { focused } = this
    if (focused === before || focused === document.body) this.renderRoot.querySelector<HTMLElement>(selector)?.focus()
  }

  heading(text: unknown, below = 0): TemplateResult {
    return html`<p class="h${below}" part="title" role="heading" aria-level=${+this.headingLevel + below} tabindex="-1">${text}</p>`
  }

  /** The way out, where it is needed. */
  exit(): TemplateResult | typeof nothing {
    const { t } = this
    return this.exposed
      ? html`<p class="exit"><button type="button" class="second" @click=${this.leave}>${t.exit}</button> <small>${t.exitHint}</small></p>`
      : nothing
  }

  /** `lang` for a text whose language is not the element's. */
  langOf(code: string): string | typeof nothing {
    const language = code.toLowerCase()
    return language === this.language ? nothing : language
  }

  /** True when the numbers in the tag must be seen. */
  protected get needsFallback(): boolean {
    return /error|offline|empty|closed/.test(this.phase)
  }

  protected abstract view(): unknown

  protected override render(): unknown {
    return html`
      ${this.t ? html`<div class="root" lang=${this.language} dir="ltr">${this.view()}</div>` : nothing}
      <slot class="fallback" ?hidden=${this.t && !this.needsFallback}></slot>
    `
  }
}

/** Defines a tag once; when two versions of the script are on a page, the first wins and says so. */
export function define(tag: string, element: CustomElementConstructor): void {
  if (customElements.get(tag)) console.info(`${tag}: already defined, the first script wins`)
  else customElements.define(tag, element)
}
