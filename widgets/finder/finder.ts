import { FinderCommunesDocument, FinderSearchDocument, FinderStartDocument } from '../../schema/generated/finder.ts'
import type { CallDetail } from '../shared/call.ts'
import type { FailureKind } from '../shared/client.ts'
import { PasserelleElement } from '../shared/element.ts'
import type { Changed, Properties } from '../shared/reactive.ts'
import { common, finder } from '../shared/strings/fr.ts'
import { tokens } from '../shared/tokens.ts'
import { styles } from './finder.styles.ts'
import { type Commune, type Found, foundWith, GROUPS, type Group, groupOf, type Need, type Service, type Start } from './found.ts'
import type { Asked, Model } from './model.ts'
import { labelled, meant } from './place.ts'
import { finderView } from './views.ts'

/** Suggestions wait until the typing rests. */
const REST_MS = 250

/**
 * Finds social aid: by subject or in one's own words, and by commune.
 *
 * One cacheable request is made before the person does anything (the subjects and the lines). Words somebody typed never stand in an
 * address: they are sent by POST. Nothing is stored in the browser.
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
 * @fires passerelle-call - The person wants to be called; cancelable: who takes it calls `preventDefault()`. Detail: CallDetail.
 * @fires passerelle-error - Detail: kind, retryable.
 *
 * @csspart form title field label hint error submit status results card call
 */
export class PasserelleFinder extends PasserelleElement<'finder'> implements Model {
  static override properties: Properties = { need: String, commune: String }
  static override state = ['start', 'asked', 'found', 'known', 'suggestions', 'placeProblem', 'callRefused']
  static override styles = [tokens, styles]

  declare need?: string
  declare commune?: string

  // What the views read (see model.ts); not for pages.
  declare start?: Start
  declare asked?: Asked
  declare found?: Found
  declare known?: Commune
  declare suggestions: Commune[]
  declare placeProblem: Model['placeProblem']
  declare callRefused: boolean
  /** Not reactive, so that typing draws nothing. */
  declare words: string
  declare place: string
  declare failure: FailureKind

  private _startLanguage?: string
  private _asking?: AbortController
  private _rest?: ReturnType<typeof setTimeout>

  constructor() {
    super('finder', { ...common, ...finder })
    this.reset()
  }

  /** Focuses the first thing that can be used. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('button, input')?.focus()
  }

  /** Back to the beginning; nothing of what was typed stays. */
  override reset(): void {
    this.renderRoot.querySelector('form')?.reset()
    this.words = this.place = ''
    this.suggestions = []
    this.known = undefined
    this._stop()
  }

  /** Reads the subjects again, and repeats the search. */
  async refresh(): Promise<void> {
    this._startLanguage = ''
    await this.search()
  }

  protected override willUpdate(changed: Changed): void {
    if (!changed.has('language') || !this.language) return
    // The first time, what the page wants to start with.
    if (!this.start) {
      this.place ||= this.commune ?? ''
      if (this.need) this.asked ??= { need: this.need }
    }
    this.search()
  }

  get needs(): Need[] {
    return this.start?.needs.flatMap((need) => [need, ...need.children]) ?? []
  }

  get chosen(): Need | undefined {
    return this.needs.find(({ code }) => code === this.asked?.need)
  }

  protected override get exposed(): boolean {
    const codes = this.asked?.words ? this.found?.questions.flatMap(({ needs }) => needs.map(({ code }) => code)) : [this.asked?.need]
    return this.needs.some(({ code, quickExit }) => quickExit && codes?.includes(code))
  }

  /** Nothing found leads to the lines themselves; the numbers in the tag are for when those are out of reach. */
  override get needsFallback(): boolean {
    return this.phase === 'error' || this.phase === 'offline'
  }

  grouped(group: Group): Service[] {
    return this.found?.services.filter((service) => groupOf(service, this.known) === group) ?? []
  }

  private _stop(): void {
    if (this.asked) this._asking?.abort()
    this.asked = this.found = undefined
    this.placeProblem = ''
    this.callRefused = false
    this.phase = 'idle'
  }

  type(event: Event): void {
    const { id, value } = event.target as HTMLInputElement
    this[id as 'words' | 'place'] = value
    if (id === 'words') return
    clearTimeout(this._rest)
    if (value.length < 2 || this.suggestions.some(({ label }) => label === value)) return
    this._rest = setTimeout(async () => {
      // The field works without suggestions.
      this.suggestions = await this._communes(value).catch(() => [])
    }, REST_MS)
  }

  submit(event: Event): void {
    event.preventDefault()
    const words = this.words.trim()
    if (this.asked) this.search()
    else if (words) this.find({ words })
    else this.focusOn('#words')
  }

  /** Looks for something; `move` brings the person to the results. */
  find(asked: Asked, move = true): void {
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
    const before = this.found?.services
    await this.search(this.found?.after)
    const first = GROUPS.flatMap((group) => this.grouped(group)).find((service) => !before?.includes(service))
    if (first) this.focusOn(`#s-${first.slug} [role]`)
  }

  select(service: string): boolean {
    return this.emit('select', { service }, true)
  }

  /** The person would rather be called: by the callback element of the page, else she is shown whom to call. */
  call(subject: CallDetail = {}): void {
    const lang = subject.lang?.toLowerCase()
    this.callRefused = this.emit('call', { need: this.asked?.need, ...subject, lang }, true)
    if (this.callRefused) this.focusOn('#call')
  }

  /** One of the communes that what was typed may mean. */
  choose(commune: Commune): void {
    this.place = commune.label
    this.suggestions = [commune]
    this.placeProblem = ''
    if (this.asked) this.search()
    this.focusOn('#place')
  }

  private async _communes(typed: string, signal?: AbortSignal): Promise<Commune[]> {
    // "4500 Huy" is looked for as "Huy".
    const search = typed.replace(/^\d+ +/, '')
    const { communes } = await this.ask(FinderCommunesDocument, { search }, { signal, personal: true })
    return labelled(communes, typed)
  }

  /** Recognizes the commune; what is not recognized narrows nothing. */
  private async _locate(signal: AbortSignal): Promise<void> {
    clearTimeout(this._rest)
    const typed = this.place.trim().toLowerCase()
    let found = this.suggestions.filter(({ label }) => label.toLowerCase() === typed)
    if (typed && !found[0]) found = meant(await this._communes(typed, signal).catch(() => []), typed)
    // A later search took over.
    if (signal.aborted) throw signal.reason
    this.suggestions = found
    this.known = found.length === 1 ? found[0] : undefined
    this.placeProblem = !typed || this.known ? '' : found[0] ? 'which' : 'communeUnknown'
  }

  /** Makes what is shown true again: the subjects in the language of now, and what was asked for. */
  async search(after?: unknown): Promise<void> {
    this._asking?.abort()
    this._asking = new AbortController()
    const { signal } = this._asking
    const { language, found } = this
    const more = typeof after === 'string'
    this.phase = 'loading'
    try {
      if (this._startLanguage !== language) {
        this.start = await this.ask(FinderStartDocument, {}, { signal })
        this._startLanguage = language
        // The page may name a need that is no more.
        if (!this.asked?.words && !this.chosen) this.asked = undefined
      }
      if (!this.asked) {
        this.phase = 'idle'
        return
      }
      if (!more) await this._locate(signal)
      const { need, words } = this.asked
      const questions = { needs: need ? [need] : undefined, search: words }
      const answer = await this.ask(
        FinderSearchDocument,
        { services: { ...questions, nisCode: this.known?.nisCode }, questions, after: more ? after : null, more },
        { signal, personal: !!words },
      )
      this.found = foundWith(answer, more ? found : undefined)
      this.phase = this.found.services[0] || this.found.questions[0] ? 'done' : 'empty'
      this.emit('results', { need, count: this.found.total })
    } catch (error) {
      if (signal.aborted) return
      this.failure = this.fail(error)
      if (!more) this.found = undefined
    }
  }

  protected override view(): unknown {
    return finderView(this)
  }
}
