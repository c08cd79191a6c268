import { CallbackChoicesDocument, type CallbackChoicesQuery, CallbackTimesDocument } from '../../schema/generated/callback.ts'
import type { CallDetail } from '../shared/call.ts'
import type { RequestFailed } from '../shared/client.ts'
import { type Phase, PasserelleElement } from '../shared/element.ts'
import type { Properties } from '../shared/reactive.ts'
import { typed } from './input.ts'
import type { Line, Model, Need, Step } from './model.ts'
import type { Times } from './times.ts'

/** The half of the callback element that knows what can be chosen and what was: needs, lines, days and times, and what they mean. */
export abstract class Choosing extends PasserelleElement<'callback'> {
  static override properties: Properties = { line: String, need: String }
  static override state = ['step', 'choices', 'read', 'chosen', 'about', 'safe', 'note', 'receipt']

  declare line?: string
  declare need?: string

  // What the views read (see model.ts); not for pages.
  declare step: Step
  declare choices?: CallbackChoicesQuery
  /** When a line calls back, as read last. */
  declare read?: Times
  declare chosen: Model['chosen']
  declare about: CallDetail
  declare safe: boolean
  /** What the status says: the name of a text in `t`, or words of the server. */
  declare note: string
  declare receipt?: Model['receipt']

  /** The need the request is about, the one that was sent before all; when its details are known. */
  get concernedNeed(): Need | undefined {
    // A page may name a need that is no more: then the person chooses.
    const codes = [this.receipt?.need, this.about.need, this.need, this.chosen.need]
    const all = this.choices?.needs.flatMap((need) => [need, ...need.children])
    return codes.map((code) => all?.find((need) => need.code === code)).find(Boolean)
  }

  get needKnown(): boolean {
    const code = this.about.need ?? this.need
    return !!code && this.concernedNeed?.code === code
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

  get times(): Times | undefined {
    return this.read?.line === this.chosenLine?.slug ? this.read : undefined
  }

  /** Danger: whom to call comes first, and the form stays closed until the person says she is safe. */
  get gated(): boolean {
    return this.concernedNeed?.urgency === 'DANGER' && !this.safe && (this.step === 'form' || this.step === 'start')
  }

  protected override get exposed(): boolean {
    return this.step === 'follow' || !!this.concernedNeed?.quickExit
  }

  /** Something was chosen in the form: what else is shown there may depend on it. */
  choose(event: Event): void {
    const before = this.chosen
    const { need, line, day, slot, language } = typed(event.currentTarget)
    const sameLine = line === before.line
    this.chosen = {
      need,
      line,
      day: sameLine ? day : undefined,
      slot: sameLine && day === before.day ? slot : undefined,
      // Only what she chose herself stays when the page changes its language.
      language: (event.target as HTMLElement).id === 'language' ? language : before.language,
    }
    if (need !== before.need) this.safe = false
    if (!sameLine) this._readTimes()
    if (this.gated) this.note = 'safety'
    else if (this.note === 'safety') this.note = ''
  }

  /** Reads all that the form needs; the times of a line that the page names come at the same time as the rest. */
  protected async _open(): Promise<void> {
    const { line } = this
    if (line) this._readTimes(line)
    if (!this.choices) await this._load()
    if (this.chosenLine?.slug !== line) this._readTimes()
  }

  /** Reads the lines and needs. `quiet`: in the background, whatever comes of it. */
  protected async _load(quiet = false): Promise<void> {
    const inForm = () => this.step === 'form'
    const load = async (): Promise<void> => {
      const { language } = this
      const { lines, ...others } = await this.ask(CallbackChoicesDocument, {})
      if (language !== this.language) return load()
      this.choices = { ...others, lines: lines.filter((line) => line.acceptsCallbacks) }
      if (quiet || !inForm()) return
      this.phase = this.choices.lines.length ? 'idle' : 'empty'
      this.note = this.choices.lines.length ? '' : 'empty'
    }
    if (quiet) await load().catch(() => {})
    else await this._try(load, 'loading', inForm)
  }

  /** Reads when a line calls back, and says whether that worked: the form can be used without. */
  protected async _readTimes(line = this.chosenLine?.slug): Promise<boolean> {
    if (!line) return false
    try {
      const { language } = this
      const times = await this._timesOf(line)
      if (language !== this.language) return this._readTimes(line)
      // Another line was chosen meanwhile.
      if (line === (this.chosenLine?.slug ?? line)) this.read = times
      return true
    } catch {
      return false
    }
  }

  protected async _timesOf(line: string): Promise<Times> {
    const { callbackSlots, callbackEstimate } = await this.ask(CallbackTimesDocument, { line }, { personal: true })
    return { line, slots: callbackSlots.filter(({ available }) => available), expected: callbackEstimate?.label }
  }

  /** Does something that takes time; what comes of it shows only as long as it is `current`. */
  protected async _try(work: () => Promise<void>, phase: Phase & ('sending' | 'loading'), current = () => true): Promise<void> {
    const turn = this._turn
    this.phase = this.note = phase
    try {
      await work()
    } catch (error) {
      if (turn !== this._turn || !current()) return
      const kind = this.fail(error)
      this.note = kind ? ((error as RequestFailed).said ?? kind) : ''
      if (!kind) this.phase = 'idle'
    }
  }
}
