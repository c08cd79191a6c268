import { type ContentKind, WorkshopCountsDocument, WorkshopListDocument, WorkshopRecordDocument } from '../../schema/generated/workshop.ts'
import type { Properties } from '../shared/reactive.ts'
import { staffStyles } from '../shared/staff.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { Editing, type Owner } from './editing.ts'
import { type Count, type Filter, KINDS, type Row } from './model.ts'
import { workshopView } from './views.ts'
import { Working } from './working.ts'
import { styles } from './workshop.styles.ts'

/** Records at first, and how many more each time. */
const PAGE = 30
const NEW = '#new-'

/**
 * The workshop where editors change what the public reads: the list of records, the form of each, its translations, versions and preview. For the staff,
 * on the server's own page `/edit`: it needs the session's cookie.
 *
 * What is typed is saved as a draft when the typing rests. Until then it is kept in this tab (`sessionStorage`), so that neither a reload nor a network
 * that is gone loses a word; it is gone with the tab, and another editor does not find it.
 *
 * @example
 * <script type="module" src="/widgets/v1/passerelle-workshop.js"></script>
 * <passerelle-workshop></passerelle-workshop>
 *
 * @attr api - Origin of the API; where the script came from by default.
 * @attr lang - fr, de, nl or en; else the nearest on the page, followed live.
 * @attr theme - light or dark; else the page's colour scheme.
 */
export class PasserelleWorkshop extends Working implements Owner {
  static override properties: Properties = {}
  static override state = ['filter', 'rows', 'total', 'hasMore', 'counts', 'creating', 'editing', 'missing']
  static override styles = [tokens, staffStyles, styles]
  declare filter: Filter
  declare rows?: readonly Row[]
  declare total: number
  declare hasMore: boolean
  declare counts: readonly Count[]
  declare creating: boolean
  declare editing?: Editing
  declare missing: boolean

  private _after?: string | null
  /** Counts the questions for the list: an earlier answer must not come last. */
  private _turn = 0

  constructor() {
    super()
    this.filter = { kind: '', concern: '', language: '', search: '', retired: false }
    this.total = 0
    this.counts = []
    this.hasMore = this.creating = this.missing = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { signal } = this.life
    addEventListener('hashchange', () => this.phase === 'ready' && this._follow(true), { signal })
    // What is not stored anywhere but here is asked about; a page of our own comes back with it.
    addEventListener('beforeunload', (event) => this.editing?.dirty && event.preventDefault(), { signal })
    addEventListener('keydown', (event) => this._key(event), { signal })
  }

  override disconnectedCallback(): void {
    this.editing?.end()
    super.disconnectedCallback()
  }

  protected async began(): Promise<void> {
    const { editing } = this
    // Another language, or the session is back: what stands in the form stays.
    if (editing?.dirty) return
    await this._follow(false)
  }

  protected back(): void {
    this.editing?.back()
  }

  /** Shows what the page's address names: the list, a record, or a new one. */
  private async _follow(focus: boolean): Promise<void> {
    const name = decodeURIComponent(location.hash.slice(1))
    const { editing } = this
    if (editing?.record && editing.record.id === name) return
    if (editing) {
      if (editing.record && editing.dirty) editing.save(true)
      editing.end()
    }
    this.editing = undefined
    this.missing = false
    if (name !== '') this.note = undefined
    const kind = KINDS.find((one) => location.hash === NEW + one)
    if (kind) this.editing = new Editing(this, kind)
    else if (name) await this._read(name)
    else {
      // At once: whoever is in the search by the time the list comes stays there.
      if (focus) this.focusOn('#page-title')
      return this._list()
    }
    if (focus) this.focusOn('#record-title')
  }

  private async _read(id: string): Promise<void> {
    const { contentRecord } = await this.ask(WorkshopRecordDocument, { id })
    if (contentRecord) this.editing = new Editing(this, contentRecord)
    else this.missing = true
  }

  open(id: string): void {
    location.hash = id
  }

  close(): void {
    if (location.hash) location.hash = ''
    else this._list().catch((error) => this.failed(error))
  }

  /** A new record has its address now. */
  made(id: string): void {
    this.editing?.forgetNew()
    history.replaceState(history.state, '', `#${id}`)
  }

  toCreate(shown: boolean): void {
    this.creating = shown
    this.focusOn(shown ? '#creating-title' : '#create')
  }

  create(kind: ContentKind): void {
    this.creating = false
    location.hash = NEW + kind
  }

  narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change }
    this._list().catch((error) => this.failed(error))
  }

  async more(): Promise<void> {
    await this.act('more', () => this._list(true))
  }

  private async _list(more = false): Promise<void> {
    const { kind, concern, language, search, retired } = this.filter
    const turn = ++this._turn
    const filter = {
      kinds: kind ? [kind] : undefined,
      // A language alone asks what is to be done in it.
      concerns: concern ? [concern] : language ? (['MISSING_TRANSLATION', 'BEHIND_TRANSLATION'] as const) : undefined,
      language: (language || undefined) as 'FR' | undefined,
      search: search || undefined,
      states: retired ? (['RETIRED'] as const) : undefined,
    }
    const [{ contentRecords: page }, { contentCounts }] = await Promise.all([
      this.ask(WorkshopListDocument, { filter, first: PAGE, after: more ? this._after : undefined } as never),
      more ? { contentCounts: this.counts } : this.ask(WorkshopCountsDocument, {}),
    ])
    if (turn !== this._turn) return
    const read = page?.edges.map(({ node }) => node) ?? []
    const before = this.rows?.length ?? 0
    this.rows = more ? [...(this.rows ?? []), ...read] : read
    this.total = page?.totalCount ?? 0
    this.hasMore = page?.pageInfo.hasNextPage ?? false
    this._after = page?.pageInfo.endCursor
    this.counts = contentCounts ?? []
    if (more) this.focusOn(`#row-${this.rows[before]?.id} a`)
  }

  /** Ctrl+S is how people save. */
  private _key(event: KeyboardEvent): void {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || !this.editing) return
    event.preventDefault()
    this.editing.save()
  }

  protected override render(): unknown {
    return this.t ? workshopView(this) : undefined
  }
}
