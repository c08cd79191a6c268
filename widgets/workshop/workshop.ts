import { type ContentKind, WorkshopCountsDocument, WorkshopListDocument, WorkshopRecordDocument } from '../../schema/generated/workshop.ts'
import type { Properties } from '../shared/reactive.ts'
import { staffStyles } from '../shared/staff.styles.ts'
import { tokens } from '../shared/tokens.ts'
import { filteredBy, filterIn } from './address.ts'
import { titleOf } from './content.ts'
import { Editing, type Owner } from './editing.ts'
import { allKept } from './kept.ts'
import { type Count, type Filter, KINDS, type Row, type Unsaved } from './model.ts'
import { workshopView } from './views.ts'
import { Working } from './working.ts'
import { styles } from './workshop.styles.ts'

/** Records at first, and how many more each time. */
const PAGE = 30
const NEW = '#new-'
/** A link that was followed leaves the page within so long, or it does not. */
const LED_MS = 500

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
  static override state = ['filter', 'rows', 'total', 'hasMore', 'counts', 'creating', 'editing', 'missing', 'unsaved']
  static override styles = [tokens, staffStyles, styles]
  declare filter: Filter
  declare rows?: readonly Row[]
  declare total: number
  declare hasMore: boolean
  declare counts: readonly Count[]
  declare creating: boolean
  declare editing?: Editing
  declare missing: boolean
  declare unsaved: readonly Unsaved[]

  private _after?: string | null
  /** Records that were left before they were saved, by their ids. */
  private readonly _left = new Map<string, { editing: Editing; saving: Promise<boolean> }>()
  /** A link of ours was followed just now. */
  private _isLed = false
  /** Counts the questions for the list: an earlier answer must not come last. */
  private _turn = 0

  constructor() {
    super()
    this.filter = filterIn(location.search)
    this.total = 0
    this.counts = this.unsaved = []
    this.hasMore = this.creating = this.missing = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { signal } = this.life
    const follow = () => this._follow(true).catch((error) => this.failed(error))
    addEventListener('hashchange', () => this.phase === 'ready' && follow(), { signal })
    // What this tab alone has is asked about, unless it only goes to another page of ours: there it comes back with the record.
    this.renderRoot.addEventListener('click', (event) => this._lead(event as MouseEvent), { signal })
    addEventListener('beforeunload', (event) => this._isUnsafe() && event.preventDefault(), { signal })
    addEventListener('keydown', (event) => this._key(event), { signal })
  }

  override disconnectedCallback(): void {
    this.editing?.end()
    super.disconnectedCallback()
  }

  protected async began(before?: string): Promise<void> {
    const { editing, start } = this
    // Somebody else is signed in by now: this tab keeps the first one's words for her.
    if (editing && before && before !== start?.viewer?.id) {
      editing.end()
      this.editing = undefined
      this._left.clear()
    }
    // Another language, or the session is back: what stands in the form stays.
    if (this.editing?.dirty) return
    await this._follow(false)
  }

  protected back(): void {
    this.editing?.back()
    for (const { editing } of this._left.values()) this._leave(editing)
  }

  /** Whether something would be gone with this page. */
  private _isUnsafe(): boolean {
    const { editing, unsaved } = this
    if (!editing?.dirty) return !editing && !!unsaved[0] && !this._isLed
    return !(this._isLed && editing.draft.isKept)
  }

  private _lead(event: MouseEvent): void {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement)
    this._isLed = link?.origin === location.origin && link.pathname + link.search !== location.pathname + location.search
    setTimeout(() => {
      this._isLed = false
    }, LED_MS)
  }

  /** Shows what the page's address names: the list, a record, or a new one. */
  private async _follow(focus: boolean): Promise<void> {
    const name = decodeURIComponent(location.hash.slice(1))
    const { editing } = this
    if (editing?.record && editing.record.id === name) return
    if (editing) this._leave(editing)
    this.editing = undefined
    this.missing = false
    if (name !== '') this.note = undefined
    const kind = KINDS.find((one) => location.hash === NEW + one)
    if (kind) this.editing = new Editing(this, kind)
    else if (name) await this._read(name)
    else return this._toList(focus, editing?.record)
    if (focus) this.focusOn('#record-title')
  }

  /** What is not saved yet is, or once there is a network. */
  private _leave(editing: Editing): void {
    editing.end()
    const { record, dirty } = editing
    if (!record || !dirty) return
    const saving = editing.save(true).then((isSaved) => {
      if (isSaved && this._left.get(record.id)?.editing === editing) this._left.delete(record.id)
      this._findUnsaved()
      return isSaved
    })
    this._left.set(record.id, { editing, saving })
  }

  /** The list as it was left, but for the record that was open: whoever goes through it one by one stays where she was. */
  private async _toList(focus: boolean, left?: Row): Promise<void> {
    const known = this.rows?.some(({ id }) => id === left?.id)
    // At once: whoever is in the search by the time the list comes stays there.
    if (focus) this.focusOn(...(known ? [`#row-${left?.id} a`] : []), '#page-title')
    if (!known || !left) return this._list()
    this.rows = this.rows?.map((row) => (row.id === left.id ? left : row))
    await this._count()
  }

  private async _read(id: string): Promise<void> {
    // What was just left is read as it was saved.
    await this._left.get(id)?.saving
    this._left.delete(id)
    const { contentRecord } = await this.ask(WorkshopRecordDocument, { id })
    if (decodeURIComponent(location.hash.slice(1)) !== id) return
    if (contentRecord) this.editing = new Editing(this, contentRecord)
    else this.missing = true
  }

  private _findUnsaved(): void {
    const viewer = this.start?.viewer?.id ?? ''
    this.unsaved = allKept(viewer).map(({ record, doc }) => ({ name: record.replace(' ', '-'), title: titleOf(doc) }))
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
    history.replaceState(history.state, '', filteredBy(this.filter))
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
    const [{ contentRecords: page }] = await Promise.all([
      this.ask(WorkshopListDocument, { filter, first: PAGE, after: more ? this._after : undefined } as never),
      more ? undefined : this._count(),
    ])
    if (turn !== this._turn) return
    const read = page?.edges.map(({ node }) => node) ?? []
    const before = this.rows?.length ?? 0
    this.rows = more ? [...(this.rows ?? []), ...read] : read
    this.total = page?.totalCount ?? 0
    this.hasMore = page?.pageInfo.hasNextPage ?? false
    this._after = page?.pageInfo.endCursor
    if (more) this.focusOn(`#row-${this.rows[before]?.id} a`)
  }

  private async _count(): Promise<void> {
    this._findUnsaved()
    const { contentCounts } = await this.ask(WorkshopCountsDocument, {})
    this.counts = contentCounts ?? []
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
