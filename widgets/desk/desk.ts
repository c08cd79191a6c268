import { html, nothing } from 'lit/html.js'
import {
  DeskAgreementDocument,
  DeskAidDocument,
  DeskAuditDocument,
  DeskCommunesDocument,
  DeskDayDocument,
  DeskEscalateDocument,
  DeskOffersDocument,
  DeskPreviewDocument,
  DeskReassignDocument,
  DeskTargetDocument,
  DeskTeamDocument,
  type EscalateCallbackInput,
  type NoticeChannel,
  type Urgency,
} from '../../schema/generated/desk.ts'
import { fill } from '../shared/languages.ts'
import type { Changed, Properties } from '../shared/reactive.ts'
import { staffStyles } from '../shared/staff.styles.ts'
import { edition } from '../shared/strings/fr.ts'
import { tokens } from '../shared/tokens.ts'
import { spaced } from './call.ts'
import { Calling } from './calling.ts'
import { styles } from './desk.styles.ts'
import { type Handed, Handing } from './handing.ts'
import { styles as handingStyles } from './handing.styles.ts'
import { Help } from './help.ts'
import { commandOf, OUTCOMES } from './keys.ts'
import type { CasesPage } from './lent.ts'
import type { Call, Colleague, DayRow, Loss, Model, Page, Row, Tab } from './model.ts'
import { print } from './print.styles.ts'
import { StaffFailed } from '../shared/staff.ts'
import { dayOf } from './time.ts'
import { deskView } from './views.ts'

/** The keyboard's shortcuts are off: told by the page's address, the only memory of a desk. */
const KEYS_OFF = '#keys=off'

/**
 * The desk where agents call people back: the queue, one call at a time, and what helps to answer. For the staff, on the server's own page
 * `/desk`: it needs the session's cookie. On `/partner` it shows the cases of a partner, and nothing else.
 *
 * Nothing is stored in the browser. The call that is held is the server's knowledge, so that a reload loses nothing but what was typed in the
 * two seconds before a crash.
 *
 * @example
 * <script type="module" src="/widgets/v1/passerelle-desk.js"></script>
 * <passerelle-desk></passerelle-desk>
 *
 * @attr api - Origin of the API; where the script came from by default.
 * @attr lang - fr, de, nl or en; else the nearest on the page, followed live.
 * @attr partner - The page of a partner's case workers.
 * @attr theme - light or dark; else the page's colour scheme.
 */
export class PasserelleDesk extends Calling implements Model {
  static override properties: Properties = { partner: Boolean }
  static override state = ['team', 'trail', 'day', 'dayRows', 'keysShown', 'keysOn', 'cases']
  static override styles = [tokens, staffStyles, styles, handingStyles, print]
  declare team?: readonly Colleague[]
  declare trail: Model['trail']
  declare day: string
  declare dayRows?: readonly DayRow[]
  declare keysShown: boolean
  declare keysOn: boolean
  declare cases?: CasesPage

  readonly help = new Help({
    aid: async (situation, first) => (await this.ask(DeskAidDocument, { situation, first })).findAid,
    communes: async (search) => (await this.ask(DeskCommunesDocument, { search })).communes,
    failed: (error) => this.failed(error),
    requestUpdate: () => this.requestUpdate(),
  })

  readonly handing = new Handing({
    offers: async (callback) => (await this.ask(DeskOffersDocument, { callback })).offers ?? [],
    agreement: async (partner, language, shares) => (await this.ask(DeskAgreementDocument, { partner, language, shares })).text,
    preview: async (input) => {
      const { call } = this
      const answer = call && (await this.act('preview', () => this.ask(DeskPreviewDocument, { id: call.id, input })))
      // The call may not be hers any more.
      if (!answer?.preview) this.refresh()
      return answer?.preview ?? null
    },
    send: (input) => this._escalate(input),
    failed: (error) => this.failed(error),
    requestUpdate: () => this.requestUpdate(),
    focusOn: (selector) => this.focusOn(selector),
  })

  constructor() {
    super()
    this.day = dayOf(new Date())
    this.keysShown = false
    this.keysOn = location.hash !== KEYS_OFF
  }

  override connectedCallback(): void {
    super.connectedCallback()
    addEventListener('keydown', (event) => this._key(event), { signal: this.life.signal })
  }

  protected began(call: Call): void {
    this.help.begin(call)
    this.handing.forget()
  }

  protected override _end(text: string): void {
    this.handing.forget()
    super._end(text)
  }

  protected override lose(call: Call, why: Loss, name: string): void {
    const { object } = this.handing
    this.handing.forget()
    super.lose(call, why, name)
    // What was written for a partner is not lost with the call.
    if (this.lost && why !== 'lostHanded') this.lost.draft = [this.lost.draft, object].filter(Boolean).join('\n\n')
  }

  private async _escalate(input: EscalateCallbackInput): Promise<Handed | undefined> {
    const { call } = this
    if (!call) return
    const { result } =
      (await this.act('escalate', async () => {
        await this.notes.leave()
        return this.ask(DeskEscalateDocument, { id: call.id, input })
      })) ?? {}
    // It was lost meanwhile, or no answer came: then what is there is read again.
    if (!result || this.call?.id !== call.id) return void this.refresh()
    if (result.__typename === 'Escalation') this._end(fill(this.t.handed, { name: result.partner.name }))
    else {
      this.tell(result.message, true)
      this.refresh()
    }
    return result
  }

  protected override get atRisk(): boolean {
    return super.atRisk || !!this.typed
  }

  /** What was typed for a partner, or by one, and is not sent. */
  get typed(): string {
    return [this.handing.object.trim(), this.cases?.unsaved].filter(Boolean).join('\n\n')
  }

  /** Cases that nobody of the partner has taken, or that are late. */
  get waitingCases(): number {
    return this.partner ? (this.cases?.fresh ?? 0) : this.lateCases
  }

  protected async readCases(): Promise<void> {
    await this._fetchCases()
    await this.cases?.read()
  }

  /** The page of cases is a file of its own. @throws StaffFailed */
  private async _fetchCases(): Promise<void> {
    if (this.cases) return
    const later = await import('./cases.ts').catch(() => {
      throw new StaffFailed(navigator.onLine ? 'unreachable' : 'offline')
    })
    if (later.edition !== edition) throw new StaffFailed('failed', this.t.reload)
    this.cases ??= later.createCases({
      m: this,
      html,
      nothing,
      spaced,
      ask: (document, variables) => this.ask(document, variables),
      act: (name, work) => this.act(name, work),
      tell: (text, bad) => this.tell(text, bad),
      failed: (error) => this.failed(error),
      redraw: () => this.requestUpdate(),
      focusOn: (selector) => this.focusOn(selector),
    })
  }

  protected override updated(changed: Changed): void {
    super.updated(changed)
    if (changed.has('signedOut') && this.signedOut) {
      // What the agent typed stays, to be copied; what of the person was shown does not.
      this.handing.preview = undefined
      this.cases?.shut()
      this.requestUpdate()
    }
    // Whoever has the page in a tab behind others sees that something has come.
    if (!this.partner || !this.t) return
    const { waitingCases: n } = this
    const title = `${n ? `(${n}) ` : ''}${this.t.partnerTitle}`
    if (document.title !== title) document.title = title
  }

  protected ended(): void {
    this.help.forget()
  }

  override show(tab: Tab): void {
    super.show(tab)
    if (tab !== 'call') return
    this.trail = undefined
  }

  private _key(event: KeyboardEvent): void {
    const command = commandOf(event)
    if (this.partner) return void (command === 'escape' && this.cases?.escape())
    if (!command || this.phase !== 'ready' || !(this.keysOn || command === 'help' || command === 'escape')) return
    if (command !== 'escape') event.preventDefault()
    if (command === 'help') this.toggleKeys(!this.keysShown)
    else if (command === 'escape') this._escape()
    else if (command === 'next') this.claim()
    else if (command === 'reveal') this.reveal()
    else if (command === 'search') this._bring('help', '#words')
    else if (command === 'close') this._bring('call', '#close [name=outcome]')
    // One key too many must not end a request: the button takes the focus, and Enter says it.
    else if (OUTCOMES.includes(command) && this.call) this._bring('call', `[value=${command}]`)
  }

  private _bring(tab: Tab, selector: string): void {
    this.show(tab)
    this.focusOn(selector)
  }

  private _escape(): void {
    if (this.keysShown) this.toggleKeys(false)
    else if (this.page === 'cases' && this.cases?.escape()) return
    else if (this.asking) this.unask()
    else if (this.trail) this.openTrail()
    else if (this.call) this._bring('call', '#call-title')
    else this._bring('queue', '#next')
  }

  toggleKeys(shown = !this.keysShown): void {
    this.keysShown = shown
    this.focusOn(shown ? '#keys-title' : '#keys-button')
  }

  switchKeys(on: boolean): void {
    this.keysOn = on
    history.replaceState(history.state, '', on ? location.pathname + location.search : KEYS_OFF)
  }

  go(page: Page): void {
    this.page = page
    this.note = this.trail = undefined
    if (page === 'team') this.seen()
    this.refresh()
    if (page === 'team') this._readTeam()
    if (page === 'day') this.openDay(this.day)
    this.focusOn('#page-title')
  }

  override async refresh(): Promise<void> {
    await super.refresh()
    if (this.page === 'team' && !this.signedOut) await this._readTeam()
    if (this.page === 'cases' && !this.partner && !this.signedOut) await this._readOwn()
  }

  /** What was handed over by the viewer's own lines. */
  private async _readOwn(): Promise<void> {
    const first = !this.cases
    await this.readCases().catch((error) => this.failed(error))
    if (first && this.page === 'cases') this.focusOn('#page-title')
  }

  private async _readTeam(): Promise<void> {
    try {
      this.team = (await this.ask(DeskTeamDocument, {})).colleagues ?? []
    } catch (error) {
      this.failed(error)
    }
  }

  async reassign(row: Row, to: string | null): Promise<void> {
    const { result } = (await this.act(`give-${row.id}`, () => this.ask(DeskReassignDocument, { id: row.id, to }))) ?? {}
    if (!result) return
    if (result.__typename !== 'CallbackRequest') this.tell(result.message, true)
    else this.tell(to ? fill(this.t.given, { name: result.holder?.name ?? '' }) : this.t.givenBack)
    this.refresh()
  }

  async setTarget(line: string, urgency: Urgency, minutes: number): Promise<void> {
    const input = { line, urgency, minutes }
    const { result } = (await this.act(`${line}-${urgency}`, () => this.ask(DeskTargetDocument, { input }))) ?? {}
    if (!result) return
    if (result.__typename !== 'Line') return this.tell(result.message, true)
    const { start } = this
    if (start) this.start = { ...start, lines: start.lines.map((one) => (one.slug === line ? { ...one, targets: result.targets } : one)) }
    this.tell(this.t.saved)
  }

  async openTrail(row?: Row): Promise<void> {
    const opened = this.trail?.row.id
    this.trail = undefined
    if (!row) return void this.focusOn(`#trail-${opened}`)
    const read = await this.act(`trail-${row.id}`, () => this.ask(DeskAuditDocument, { id: row.id }))
    if (!read) return
    this.trail = { row, events: read.auditEvents?.edges.map(({ node }) => node) ?? [] }
    this.focusOn('#trail-title')
  }

  async openDay(day: string): Promise<void> {
    if (!day) return
    this.day = day
    this.dayRows = undefined
    const rows: DayRow[] = []
    try {
      let after: string | null | undefined
      do {
        const { callbackRequests: page } = await this.ask(DeskDayDocument, { day, after })
        rows.push(...(page?.edges.map(({ node }) => node) ?? []))
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined
      } while (after && this.day === day)
      if (this.day === day) this.dayRows = rows
    } catch (error) {
      this.failed(error)
    }
  }

  async orient(sendBy?: NoticeChannel): Promise<void> {
    const slugs = this.help.picked.map(({ slug }) => slug)
    if (!(await this.orientTo(slugs, sendBy))) return
    this.help.picked = []
    this.requestUpdate()
    this.focusOn('#referrals-title')
  }

  async copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text).then(
      () => this.tell(this.t.copied),
      () => {},
    )
  }

  protected override render(): unknown {
    return this.t ? deskView(this) : undefined
  }
}
