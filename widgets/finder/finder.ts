import { FinderAidDocument, FinderCommunesDocument, FinderReportDocument, FinderStartDocument } from '../../schema/generated/finder.ts'
import type { CallDetail } from '../shared/call.ts'
import { type FailureKind, RequestFailed } from '../shared/client.ts'
import { PasserelleElement } from '../shared/element.ts'
import type { Changed, Properties } from '../shared/reactive.ts'
import { common, finder } from '../shared/strings/fr.ts'
import { tokens } from '../shared/tokens.ts'
import { styles } from './finder.styles.ts'
import { type Found, GROUPS, type Group, groupOf, type Match, type Need, type Start } from './found.ts'
import { linkedIn, linkTo } from './link.ts'
import type { Asked, Model } from './model.ts'
import type { Report } from './report.ts'
import { finderView } from './views.ts'
import { Where } from './where.ts'
import { readWho } from './who.ts'

/** Services at first, and how many more each time; the API gives 100 at most. */
const PAGE = 20
const MOST = 100

/**
 * Finds social aid: by subject or in one's own words, by commune, and by what the person wants to say about herself.
 *
 * One cacheable request is made before the person does anything (the subjects, the lines and the audiences). Nothing that somebody typed
 * stands in an address: it is sent by POST. Nothing is stored in the browser; a link to a search holds codes only, in its fragment.
 *
 * @example
 * <script type="module" src="https://passerelle.example/widgets/v1/passerelle-finder.js"></script>
 * <passerelle-finder site="your-key">
 *   <p>1718, weekdays from 8:30 to 17:00</p>
 * </passerelle-finder>
 *
 * @attr api - Origin of the API; where the script came from by default.
 * @attr site - The public key of the site. Required.
 * @attr lang - fr, de, nl or en; else the nearest on the page, followed live.
 * @attr need - Code of the need to start with.
 * @attr commune - Name or postal code to start with.
 * @attr theme - light or dark; else the page's colour scheme.
 * @attr heading-level - Level of the title, 2 by default.
 * @attr exit-url - Where the quick exit goes.
 * @attr compact - Without the introduction.
 *
 * @slot - Telephone numbers and hours: shown without the script, in every failure, and on paper.
 * @slot title - Instead of the title.
 * @slot intro - Instead of the introduction.
 * @slot empty - When nothing was found.
 *
 * @fires passerelle-ready - The element can be used.
 * @fires passerelle-start - The person began a search.
 * @fires passerelle-results - Detail: need, count.
 * @fires passerelle-select - A service is about to be opened; cancelable. Detail: service.
 * @fires passerelle-share - A link to the search is about to be shared. Detail: need, commune, service.
 * @fires passerelle-call - The person wants to be called; cancelable: who takes it calls `preventDefault()`. Detail: CallDetail.
 * @fires passerelle-error - Detail: kind, retryable.
 *
 * @csspart form title field label hint error submit status results card call
 */
export class PasserelleFinder extends PasserelleElement<'finder'> implements Model {
  static override properties: Properties = { need: String, commune: String }
  static override state = [...['start', 'asked', 'found', 'wrong', 'callRefused', 'shared', 'failure', 'report']]
  static override styles = [tokens, styles]

  declare need?: string
  declare commune?: string

  // What the views read (see model.ts); not for pages.
  declare start?: Start
  declare asked?: Asked
  declare found?: Found
  declare wrong: Model['wrong']
  declare callRefused: boolean
  declare shared: string
  declare failure?: FailureKind
  declare report?: Report
  /** Not reactive, so that typing draws nothing. */
  declare words: string
  declare linked?: string
  readonly where = new Where(this)

  private _startLanguage?: string
  private _asking?: AbortController
  private _sending?: boolean
  /** The service opened last. */
  private _opened?: string

  constructor() {
    super('finder', { ...common, ...finder })
    this.reset()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { signal } = this.life
    let opened: HTMLDetailsElement[] = []
    // On paper nothing can be unfolded.
    addEventListener(
      'beforeprint',
      () => {
        opened = [...this.renderRoot.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
        for (const details of opened) details.open = true
      },
      { signal },
    )
    addEventListener(
      'afterprint',
      () => {
        for (const details of opened) details.open = false
      },
      { signal },
    )
  }

  /** Focuses the first thing that can be used. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('button, input')?.focus()
  }

  /** Back to the beginning; nothing of what was typed stays. */
  override reset(): void {
    super.reset()
    this.renderRoot.querySelector('form')?.reset()
    this.words = ''
    this.linked = undefined
    this.where.forget()
    this._stop()
  }

  /** Reads the subjects again, and repeats the search. */
  async refresh(): Promise<void> {
    this._startLanguage = ''
    await this.search()
  }

  protected override resume(): void {
    this.search()
  }

  protected override willUpdate(changed: Changed): void {
    if (!changed.has('language') || !this.language) return
    // The first time, what a link or the page wants to start with; the first finder of a page takes the link.
    if (!this.start && !this.asked) {
      const link = this.name === this.t.title ? linkedIn(location.hash) : undefined
      const need = link?.need ?? this.need
      if (link?.commune) this.where.name(link.commune)
      else this.where.text ||= this.commune ?? ''
      this.linked = link?.service
      if (need) this.asked = { need }
    }
    this.search()
  }

  get name(): string {
    const index = [...document.querySelectorAll(this.localName)].indexOf(this)
    return index > 0 ? `${this.t.title} ${index + 1}` : this.t.title
  }

  get needs(): Need[] {
    return this.start?.needs.flatMap((need) => [need, ...need.children]) ?? []
  }

  get chosen(): Need | undefined {
    return this.needs.find(({ code }) => code === this.asked?.need)
  }

  protected override get exposed(): boolean {
    const codes = this.asked?.words ? this.found?.needs.map(({ code }) => code) : [this.asked?.need]
    return this.needs.some(({ code, quickExit }) => quickExit && codes?.includes(code))
  }

  /** Nothing found leads to the lines themselves; the numbers in the tag are for when those are out of reach. */
  override get needsFallback(): boolean {
    return this.phase === 'error' || this.phase === 'offline'
  }

  grouped(group: Group): Match[] {
    return this.found?.matches.filter((match) => groupOf(match, this.where.known?.nisCode) === group) ?? []
  }

  private _stop(): void {
    if (this.asked) this._asking?.abort()
    this.asked = this.found = this.failure = this.report = this._opened = undefined
    this.wrong = this.shared = ''
    this.callRefused = false
    this.phase = 'idle'
  }

  type(event: Event): void {
    this.words = (event.target as HTMLInputElement).value
  }

  /** A commune was chosen in the field. */
  placed(): void {
    if (this.asked) this.search()
    this.focusOn('#place')
  }

  async communes(search: string, signal: AbortSignal) {
    return (await this.ask(FinderCommunesDocument, { search }, { signal, personal: true })).communes
  }

  narrow({ target }: Event): void {
    if (this.asked && (target as HTMLInputElement).type === 'checkbox') this.search()
  }

  submit(event: Event): void {
    event.preventDefault()
    const words = this.words.trim()
    this.find(this.asked ?? (words ? { words } : {}), !this.asked)
  }

  /** Looks for something; `move` brings the person to the results. */
  find(asked: Asked, move = true): void {
    this.wrong = Number.isNaN(this._who().age) ? 'age' : asked.need || asked.words ? '' : 'words'
    // What is in the way of the results is folded, what is wrong unfolded.
    if (move || this.wrong) this.renderRoot.querySelector('#who')?.toggleAttribute('open', this.wrong === 'age')
    if (this.wrong) {
      this.phase = 'invalid'
      this.focusOn(`#${this.wrong}`)
      return
    }
    this.emit('start')
    this._stop()
    this.asked = asked
    this.search()
    if (move) this.focusOn('#asked [role]')
  }

  back(): void {
    this._stop()
    this.focusOn('#words')
  }

  async more(): Promise<void> {
    if (this.phase === 'loading') return
    const { focused } = this
    const before = this.found?.matches.map(({ service }) => service.slug)
    await this.search((before?.length ?? 0) + PAGE)
    const first = GROUPS.flatMap((group) => this.grouped(group)).find(({ service }) => !before?.includes(service.slug))
    if (first) this.focusOn(`#s-${first.service.slug} [role]`, focused)
  }

  select(service: string): boolean {
    this._opened = service
    return this.emit('select', { service }, true)
  }

  /** The person would rather be called: by the callback element of the page, else she is shown whom to call. */
  call(subject: CallDetail = {}): void {
    const lang = subject.lang?.toLowerCase()
    this.callRefused = this.emit('call', { need: this.asked?.need, ...subject, lang }, true)
    if (this.callRefused) this.focusOn('#call')
  }

  /** Shares an address that leads back here; where the browser can neither share nor copy, the person copies it herself. */
  async share(): Promise<void> {
    const opened = this.found?.matches.find(({ service }) => service.slug === this._opened)?.service
    const need = this.asked?.need ?? opened?.needs[0]?.code ?? this.found?.needs[0]?.code ?? ''
    const link = { need, commune: this.where.known?.nisCode, service: opened?.slug }
    const url = linkTo(location.href, link)
    this.emit('share', link)
    try {
      if (navigator.share) await navigator.share({ url })
      else {
        await navigator.clipboard.writeText(url)
        this.shared = 'copied'
      }
    } catch (error) {
      if ((error as Error).name === 'AbortError') return
      this.shared = url
      await this.focusOn('#link')
      this.renderRoot.querySelector<HTMLInputElement>('#link')?.select()
    }
  }

  /** Opens the form for what is wrong with a record. */
  write(report: Report): void {
    this.report = report
    this.focusOn('#topic')
  }

  async send(event: Event): Promise<void> {
    event.preventDefault()
    const { report, focused } = this
    if (!report || this._sending) return
    const { said: _, ...subject } = report
    this._sending = true
    let said: string
    try {
      const input = { ...subject, ...(Object.fromEntries(new FormData(event.target as HTMLFormElement)) as { topic: 'OTHER' }) }
      const { suggestCorrection: result } = await this.ask(FinderReportDocument, { input })
      said = result.__typename === 'CorrectionReceipt' ? this.t.thanks : result.message
    } catch (error) {
      said = error instanceof RequestFailed ? this.t[error.kind] : ''
    }
    this._sending = false
    // She began anew, or reports something else by now.
    if (this.report !== report || !said) return
    this.report = { ...subject, said }
    if (said === this.t.thanks) this.focusOn('#thanks', focused)
  }

  private _who() {
    return readWho(this.renderRoot.querySelector('form'))
  }

  /** Makes what is shown true again: the subjects in the language of now, and what was asked for. */
  async search(more?: unknown): Promise<void> {
    this._asking?.abort()
    this._asking = new AbortController()
    const { signal } = this._asking
    const { language, focused, failure } = this
    const first = typeof more === 'number' ? more : this.linked ? MOST : PAGE
    this.where.close()
    this.shared = ''
    this.phase = 'loading'
    try {
      if (this._startLanguage !== language) {
        this.start = await this.ask(FinderStartDocument, {}, { signal })
        this._startLanguage = language
        // The page may name a need that is no more.
        if (!this.asked?.words && !this.chosen) this.asked = undefined
      }
      if (this.asked) await this._ask(this.asked, first, signal)
      else this.phase = 'idle'
      this.failure = undefined
      // The button that was pressed is gone.
      if (failure && focused?.id === 'retry') this.focusOn(this.asked ? '#asked [role]' : '.h0', focused)
    } catch (error) {
      if (signal.aborted) return
      this.failure = this.fail(error)
      if (first !== more) this.found = undefined
    }
  }

  private async _ask({ need, words }: Asked, first: number, signal: AbortSignal): Promise<void> {
    const { where } = this
    await where.recognize(signal)
    const who = this._who()
    const situation = { ...who, needs: need ? [need] : undefined, text: words, nisCode: where.known?.nisCode, age: who.age || undefined }
    const { findAid } = await this.ask(
      FinderAidDocument,
      { situation, first: Math.min(first, MOST) },
      { signal, personal: !!(words || who.age || who.audiences || where.typed) },
    )
    this.found = findAid
    this.phase = findAid.matches[0] || findAid.faqEntries[0] ? 'done' : 'empty'
    where.rename(findAid.commune)
    this.emit('results', { need, count: findAid.matchCount })
  }

  protected override view(): unknown {
    return finderView(this)
  }
}
