import { RequestCallbackDocument } from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import type { Changed, Properties } from '../shared/reactive.ts'
import { callback, common, NOTICE_VERSION } from '../shared/strings/fr.ts'
import { tokens } from '../shared/tokens.ts'
import { styles } from './callback.styles.ts'
import { deliver, type Result } from './deliver.ts'
import { Following } from './following.ts'
import { missing, newKey, type Problem, problemsFrom, readWish, type Wish } from './input.ts'
import { guard } from './leaving.ts'
import type { Model, Step } from './model.ts'
import { missingTime, type Slot } from './times.ts'
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
 * @attr reference - Reference of a request to follow: that step is open from the start.
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
export class PasserelleCallback extends Following implements Model {
  static override properties: Properties = { service: String, open: Boolean }
  static override state = ['waiting']
  static override styles = [tokens, styles]

  declare service?: string
  declare open: boolean

  /** The network failed, and another attempt is made soon: meanwhile the numbers show, and one may send at once. */
  declare waiting: boolean

  /** The last request sent and its key: a retry of the same request repeats the key. */
  declare private _sent: { key: string; wish: string }
  /** Services and questions that the page named and the server does not know: not sent again. */
  private _gone: unknown[] = []
  /** Sends what could not be sent, once the network is back. */
  private _again?: () => void

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
    this.safe = this.waiting = false
    this.problems = []
    this.note = this.instead = ''
    this.read = this.receipt = this.following = this._again = undefined
    this._sent = { key: '', wish: '' }
  }

  /** Reads the lines, the needs and the times again. */
  async refresh(): Promise<void> {
    if (this.choices) await this._load(true)
    if (this.read) await this._readTimes()
  }

  protected override resume(): void {
    if (this._again) this._again()
    else this.show(this.step === 'start' ? this._first : this.step, false)
  }

  /** What a page wants to be open from the start. */
  private get _first(): Step {
    return this.reference ? 'follow' : this.open ? 'form' : 'start'
  }

  protected override willUpdate(changed: Changed): void {
    if (changed.has('language') && this.language) {
      // The first texts are there, or the language changed: then all that was read is wanted in it.
      if (!changed.get('language') && this._first !== 'start') this.show(this._first, false)
      else if (this.need || this.choices) this._load(true)
      if (this.read) this._readTimes()
      this.following?.translate()
    } else if (changed.has('line') && this.read) this._readTimes()
    if (this.gated ? this.phase === 'idle' : this.phase === 'closed') this.phase = this.gated ? 'closed' : 'idle'
  }

  protected override get needsFallback(): boolean {
    // What the server refuses and no field here can put right is a matter for the telephone.
    return super.needsFallback || this.waiting || this.problems.some(({ id }) => !id)
  }

  get busy(): boolean {
    return this.phase === 'sending' && !this.waiting
  }

  /** Opens one of the steps; the focus follows when a person asked for it. */
  async show(step: Step, focus = true): Promise<void> {
    const { focused } = this
    if (step === 'form') this.emit('start')
    if (step !== this.step) this.following = undefined
    this.step = step
    this.phase = 'idle'
    this.note = this.instead = ''
    this.problems = []
    // A request that waits for the network is given up with that.
    this._sent = { ...this._sent }
    this.waiting = false
    this._again = undefined
    if (step === 'form') await this._open()
    if (step === 'follow' && !this.following) await this._fetchFollow()
    if (focus) this.focusOn('[role=heading]', focused)
  }

  /** Out of a step; what the finder handed over is dropped, what was typed stays. */
  back(): void {
    if (this.busy) return
    this.about = {}
    this.show(this.step === 'follow' && this.receipt ? 'done' : 'start')
  }

  beSafe(): void {
    this.safe = true
    this.show('form')
  }

  async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.receipt?.reference ?? '')
      this.note = 'copied'
    } catch {
      // A frame that may not: the reference is there to be selected.
    }
  }

  async send(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (this.busy) return
    const form = event.target as HTMLFormElement
    const wish = this._wish(form)
    if (this._correct([...missing({ ...wish }, ['line', 'phone']), ...missingTime(this.times, this.chosen)])) return
    const { line, need, service } = wish
    if (this.emit('submit', { line, need, service }, true)) await this._send(form, wish)
  }

  private _wish(form: HTMLFormElement): Wish {
    const { about, choices } = this
    const known = {
      line: this.onlyLine?.slug,
      need: this.concernedNeed?.code,
      service: about.service ?? this.service,
      faqEntry: about.faqEntry,
    }
    const kept = Object.entries(known).filter(([, slug]) => slug && !this._gone.includes(slug))
    return readWish(form, Object.fromEntries(kept), !!choices?.noticeChannels.includes('SMS'))
  }

  /** Sends it, until there is an answer or the network stays away. */
  private async _send(form: HTMLFormElement, wish: Wish): Promise<void> {
    const text = JSON.stringify(wish)
    const { focused } = this
    const sent = { key: text === this._sent.wish ? this._sent.key : newKey(), wish: text }
    this._sent = sent
    this._again = undefined
    const current = () => sent === this._sent
    const unguard = guard(() => current() && this.phase === 'sending')
    await this._try(
      async () => {
        const result = await deliver(
          { ...wish, idempotencyKey: sent.key, noticeVersion: NOTICE_VERSION },
          {
            post: async (input) => (await this.ask(RequestCallbackDocument, { input }, { keepalive: true })).requestCallback,
            tell: (note, number = '') => {
              if (!current()) return
              this.note = note
              this.instead = number
              this.waiting = note === 'waiting' || note === 'retrying'
            },
            going: () => current() && this.isConnected && JSON.stringify(this._wish(form)) === text,
          },
        )
        this.instead = ''
        await this._answered(result, form, wish, focused)
      },
      'sending',
      current,
    )
    unguard()
    if (!current()) return
    this.waiting = false
    if (this.phase !== 'offline') return
    this.note = 'waiting'
    this._again = () => {
      if (JSON.stringify(this._wish(form)) === text) this._send(form, wish)
      else this.show('form', false)
    }
  }

  private async _answered(result: Result, form: HTMLFormElement, wish: Wish, focused: Element | null): Promise<void> {
    if (result.__typename === 'CallbackReceipt') {
      const { line, need, service } = wish
      this.reset()
      this.step = 'done'
      this.phase = 'done'
      this.receipt = { ...result, need }
      this.emit('success', { line, need, service })
      this.focusOn('[role=heading]', focused)
    } else if (result.__typename === 'SlotTaken') {
      await this._refused([{ id: 'slot', text: result.message }], focused, result.slots)
    } else if (result.__typename === 'InvalidInput') {
      // What the page named and is no more, the person cannot put right: it is left out.
      const gone = result.problems.filter(({ path }) => path[1] === 'service' || path[1] === 'faqEntry')
      this._gone.push(...gone.map(({ path }) => wish[path[1] as 'service' | 'faqEntry']))
      if (gone.length === result.problems.length) await this._send(form, this._wish(form))
      else await this._refused(problemsFrom(result.problems.filter((problem) => !gone.includes(problem))), focused)
    } else {
      const clash = result.__typename === 'Conflict'
      // The key is taken, which no person can put right: the next attempt has its own, and the server folds what is about the same into one.
      if (clash) this._sent.wish = ''
      else this.instead = result.__typename === 'ChallengeRequired' ? result.number : (this.chosenLine?.number ?? '')
      this.phase = 'error'
      this.note = clash ? 'conflict' : result.message
      this.emit('error', { kind: clash ? 'failed' : 'limited', retryable: true })
    }
  }

  /**
   * The server wants something corrected. A slot that is lost is no longer offered, but others are: `slots`, if they cannot be read again.
   * What the page says is not asked; where the server refuses it, it has to be, so the choices are read again.
   */
  private async _refused(problems: Problem[], focused: Element | null, slots: readonly Slot[] = []): Promise<void> {
    const sent = this._sent
    if (problems.some(({ id }) => id === 'slot')) {
      const line = this.chosenLine?.slug ?? ''
      if (!(await this._readTimes())) this.read = { ...this.read, line, slots }
      const day = this.times?.slots.find(({ day }) => day === this.chosen.day)?.day
      this.chosen = { ...this.chosen, day, slot: undefined }
      const id = day ? 'slot' : this.times?.slots.length ? 'day' : undefined
      for (const problem of problems) if (problem.id === 'slot') problem.id = id
    }
    const lost = ({ id }: Problem) => id && !this.renderRoot.getElementById(id)
    await this.updateComplete
    if (problems.some(lost)) {
      await this._load(true)
      if (this.read?.line !== this.chosenLine?.slug) await this._readTimes()
      await this.updateComplete
    }
    if (sent !== this._sent) return
    for (const problem of problems) if (lost(problem)) problem.id = undefined
    this._correct(problems, focused)
    if (!this.choices?.lines.length) this.phase = this.note = 'empty'
  }

  /** A finder on the page asks for a call about something; the first callback element that is free takes it. */
  private _take(event: CustomEvent<CallDetail>): void {
    if (event.defaultPrevented || this.phase === 'sending') return
    event.preventDefault()
    if (this.receipt) this.reset()
    this.about = event.detail ?? {}
    this.safe = false
    this.scrollIntoView()
    this.show('form')
  }

  protected override view(): unknown {
    return callbackView(this)
  }
}
