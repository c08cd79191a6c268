import {
  CallbackChoicesDocument,
  type CallbackChoicesQuery,
  FollowCallbackDocument,
  RequestCallbackDocument,
} from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import { PasserelleElement } from '../shared/element.ts'
import type { Changed, Properties } from '../shared/reactive.ts'
import { callback, common, NOTICE_VERSION } from '../shared/strings/fr.ts'
import { tokens } from '../shared/tokens.ts'
import { styles } from './callback.styles.ts'
import { missing, newKey, type Problem, problemsFrom, readWish, tidyPhone, typed } from './input.ts'
import type { Line, Model, Need, Step } from './model.ts'
import { callbackView } from './views.ts'

/**
 * Asks to be called back by a social-aid line, free of charge, and follows that request.
 *
 * Nothing is asked of the API before the person does something, except where `need` or `open` is given: then the needs are read
 * at once, since a dangerous one must show whom to call first. Nothing is stored in the browser.
 *
 * @example
 * <script type="module" src="https://passerelle.example/widgets/v1/passerelle-callback.js"></script>
 * <passerelle-callback site="your-key" line="1718">
 *   <p>1718, weekdays from 8:30 to 17:00</p>
 * </passerelle-callback>
 *
 * @attr api - Origin of the API; where the script came from by default.
 * @attr site - The public key of the site. Required.
 * @attr lang - fr, de, nl or en; else the nearest on the page, followed live.
 * @attr line - Slug of the line that calls back; asked when absent and there are several.
 * @attr need - Code of the need; asked when absent.
 * @attr service - Slug of a service the request is about.
 * @attr open - The form is open from the start.
 * @attr theme - light or dark; else the page's colour scheme.
 * @attr heading-level - Level of the title, 2 by default.
 * @attr exit-url - Where the quick exit goes.
 * @attr compact - Without the introduction.
 *
 * @slot - Telephone numbers and hours: shown without the script, in every failure, and on paper.
 * @slot title - Instead of the title.
 * @slot intro - Instead of the introduction.
 * @slot privacy - After the notice.
 * @slot success - After the confirmation.
 * @slot empty - When nobody can call back.
 *
 * @fires passerelle-ready - The element can be used.
 * @fires passerelle-start - The person opened the form.
 * @fires passerelle-submit - About to send; cancelable. Detail: line, need, service.
 * @fires passerelle-success - Sent. Detail: line, need, service.
 * @fires passerelle-error - Detail: kind, retryable.
 *
 * @csspart form title field label hint error summary submit status card call
 */
export class PasserelleCallback extends PasserelleElement<'callback'> implements Model {
  static override properties: Properties = { line: String, need: String, service: String, open: Boolean }
  static override state = ['step', 'choices', 'chosen', 'about', 'safe', 'problems', 'note', 'receipt', 'followed']
  static override styles = [tokens, styles]

  declare line?: string
  declare need?: string
  declare service?: string
  declare open: boolean

  // What the views read (see model.ts); not for pages.
  declare step: Step
  declare choices?: CallbackChoicesQuery
  declare chosen: { line?: string; need?: string }
  declare about: CallDetail
  declare safe: boolean
  declare problems: Problem[]
  /** What the status says: the name of a text in `t`, or words of the server. */
  declare note: string
  declare receipt?: Model['receipt']
  declare followed?: Model['followed']

  /** The last request sent and its key: a retry of the same request repeats the key. */
  declare private _sent: { key: string; wish: string }

  constructor() {
    super('callback', { ...common, ...callback })
    this.reset()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('passerelle-call', (event) => this._take(event as CustomEvent<CallDetail>), { signal: this.life.signal })
  }

  /** Focuses the first thing that can be used. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>(':is(button, select, input):not([hidden] *)')?.focus()
  }

  override reset(): void {
    super.reset()
    for (const form of this.renderRoot?.querySelectorAll('form') ?? []) form.reset()
    this.step = 'start'
    this.chosen = {}
    this.about = {}
    this.safe = false
    this.problems = []
    this.note = ''
    this.receipt = this.followed = undefined
    this._sent = { key: '', wish: '' }
  }

  /** Reads the lines and needs again. */
  async refresh(): Promise<void> {
    if (this.choices) await this._load(true)
  }

  protected override resume(): void {
    this.show(this.open ? 'form' : this.step, false)
  }

  protected override willUpdate(changed: Changed): void {
    if (changed.has('language') && this.language) {
      // The first texts are there, or the language changed: then the choices are wanted in it.
      if (this.open && !this.choices) this.show('form', false)
      else if (this.need || this.choices) this._load(true)
    }
    if (this.gated ? this.phase === 'idle' : this.phase === 'closed') this.phase = this.gated ? 'closed' : 'idle'
  }

  protected override get exposed(): boolean {
    return !!this.concern?.quickExit
  }

  /** The need the request is about, when its details are known. */
  get concern(): Need | undefined {
    // A page may name a need that is no more: then the person chooses.
    const codes = [this.about.need, this.need, this.chosen.need]
    return codes.map((code) => this.choices?.needs.find((need) => need.code === code)).find(Boolean)
  }

  get needKnown(): boolean {
    const code = this.about.need ?? this.need
    return !!code && this.concern?.code === code
  }

  /** The line that need not be asked for: named by the page, or the only one. */
  get onlyLine(): Line | undefined {
    const lines = this.choices?.lines ?? []
    return lines.find((line) => line.slug === this.line) ?? (lines.length === 1 ? lines[0] : undefined)
  }

  /** The line that will call, as things stand. */
  get chosenLine(): Line | undefined {
    return this.onlyLine ?? this.choices?.lines.find((line) => line.slug === this.chosen.line)
  }

  /** Danger: whom to call comes first, and the form stays closed until the person says she is safe. */
  get gated(): boolean {
    return this.concern?.urgency === 'DANGER' && !this.safe && (this.step === 'form' || this.step === 'start')
  }

  /** Opens one of the steps; the focus follows when a person asked for it. */
  async show(step: Step, focus = true): Promise<void> {
    const { focused } = this
    if (step === 'form') this.emit('start')
    this.step = step
    this.phase = 'idle'
    this.note = ''
    this.problems = []
    this.followed = undefined
    if (step === 'form' && !this.choices) await this._load()
    if (focus) this.focusOn('[role=heading]', focused)
  }

  /** Out of the form; what the finder handed over is dropped, what was typed stays. */
  back(): void {
    this.about = {}
    this.show('start')
  }

  /** Something was chosen in the form: what else is shown there may depend on it. */
  choose(event: Event): void {
    const { need } = this.chosen
    this.chosen = typed(event.currentTarget)
    if (this.chosen.need !== need) this.safe = false
    this.note = this.gated ? 'safety' : ''
  }

  beSafe(): void {
    this.safe = true
    this.show('form')
  }

  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.receipt?.reference ?? '')
    this.note = 'copied'
  }

  async send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.phase === 'sending') return
    const { about } = this
    const known = { need: this.concern?.code, service: about.service ?? this.service, faqEntry: about.faqEntry }
    const wish = readWish(event.target, known, this.onlyLine?.slug)
    if (this._correct(missing({ ...wish }, ['line', 'phone']))) return
    const detail = { line: wish.line, need: wish.need, service: wish.service }
    if (!this.emit('submit', detail, true)) return

    const text = JSON.stringify(wish)
    if (text !== this._sent.wish) this._sent = { key: newKey(), wish: text }
    await this._try(async () => {
      const input = { ...wish, idempotencyKey: this._sent.key, noticeVersion: NOTICE_VERSION }
      const { requestCallback: result } = await this.ask(RequestCallbackDocument, { input })
      if (result.__typename === 'CallbackReceipt') {
        this.reset()
        this.step = 'done'
        this.phase = 'done'
        this.receipt = result
        this.emit('success', detail)
        this.focusOn('[role=heading]')
      } else if (result.__typename !== 'InvalidInput' || !this._correct(problemsFrom(result.problems))) {
        this.phase = 'error'
        this.note = result.message
        this.emit('error', { kind: 'rejected', retryable: true })
      }
    }, 'sending')
  }

  async follow(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.phase === 'sending') return
    const { reference = '', phone = '' } = typed(event.target)
    this.followed = undefined
    if (this._correct(missing({ reference, phone }, ['reference', 'phone'], 'follow-'))) return
    await this._try(async () => {
      const { callback } = await this.ask(FollowCallbackDocument, { reference, phone: tidyPhone(phone) }, { personal: true })
      this.phase = 'idle'
      this.note = callback ? (this.t.status[callback.status] ?? callback.status) : 'notFound'
      this.followed = callback ?? undefined
    }, 'sending')
  }

  /** Reads the lines and needs. `quiet`: in the background, whatever comes of it. */
  private async _load(quiet = false): Promise<void> {
    const load = async (): Promise<void> => {
      const { language } = this
      const { lines, needs } = await this.ask(CallbackChoicesDocument, {})
      if (language !== this.language) return load()
      this.choices = { lines: lines.filter((line) => line.acceptsCallbacks), needs }
      if (quiet) return
      this.phase = this.choices.lines.length ? 'idle' : 'empty'
      this.note = this.choices.lines.length ? '' : 'empty'
    }
    if (quiet) await load().catch(() => {})
    else await this._try(load, 'loading')
  }

  private async _try(work: () => Promise<void>, phase: 'sending' | 'loading'): Promise<void> {
    this.phase = this.note = phase
    try {
      await work()
    } catch (error) {
      this.note = this.fail(error) ?? ''
    }
  }

  /** Shows the problems, if any, and brings the focus to their list. */
  private _correct(problems: Problem[]): boolean {
    this.problems = problems
    this.note = ''
    this.phase = problems.length ? 'invalid' : 'idle'
    if (problems.length) this.focusOn('.summary')
    return problems.length > 0
  }

  /** A finder on the page asks for a call about something; the first callback element takes it. */
  private _take(event: CustomEvent<CallDetail>): void {
    if (event.defaultPrevented) return
    event.preventDefault()
    if (this.step === 'done') this.reset()
    this.about = event.detail ?? {}
    this.safe = false
    this.scrollIntoView()
    this.show('form')
  }

  protected override view(): unknown {
    return callbackView(this)
  }
}
