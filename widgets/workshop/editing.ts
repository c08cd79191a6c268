import {
  type ContentKind,
  type LanguageCode,
  WorkshopCompareDocument,
  WorkshopConfirmDocument,
  WorkshopDiscardDocument,
  WorkshopHistoryDocument,
  WorkshopPublishDocument,
  WorkshopRecordDocument,
  WorkshopRetireDocument,
  WorkshopReturnDocument,
  WorkshopRevertDocument,
  WorkshopRuleDocument,
  type WorkshopRuleQuery,
  WorkshopSaveClosingDayDocument,
  WorkshopSaveLineDocument,
  WorkshopSaveLocationDocument,
  WorkshopSaveOrganizationDocument,
  WorkshopSaveQuestionDocument,
  WorkshopSaveServiceDocument,
  type WorkshopSaveServiceMutation,
  WorkshopSettleDocument,
} from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'
import { fill } from '../shared/languages.ts'
import { StaffFailed } from '../shared/staff.ts'
import { at, codeOf, type Doc, emptyDoc, fromWire, isSame, merge, type Path, put, type Tag, TAGS, tagOf, toInput } from './content.ts'
import { find, forget, keep } from './kept.ts'
import { Lookup } from './lookup.ts'
import type { Change, ContentRecord, Model, Problem, Revision } from './model.ts'
import { sectionOf } from './sections.ts'

/** A draft is saved when the typing rests for so long. */
const REST_MS = 5_000
/** The rule is read aloud when its changes rest for so long. */
const READ_MS = 400

export type Tab = 'form' | 'translations' | 'history' | 'preview'
type Outcome = WorkshopSaveServiceMutation['result']
type Refusal = Extract<Outcome, { __typename: 'Conflict' }>
type Changing = TypedDocument<{ result: Outcome }, { input: Record<string, unknown> }>

const SAVES: Readonly<Record<ContentKind, unknown>> = {
  SERVICE: WorkshopSaveServiceDocument,
  LINE: WorkshopSaveLineDocument,
  QUESTION: WorkshopSaveQuestionDocument,
  ORGANIZATION: WorkshopSaveOrganizationDocument,
  LOCATION: WorkshopSaveLocationDocument,
  CLOSING_DAY: WorkshopSaveClosingDayDocument,
}

/** What it needs of the element around it. */
export interface Owner extends Model {
  ask<R, V>(document: TypedDocument<R, V>, variables: V, keepalive?: boolean): Promise<R>
  act<R>(name: string, work: () => Promise<R>): Promise<R | undefined>
  tell(text: string, bad?: boolean): void
  failed(error: unknown): void
  /** Moves the focus to the first of these that is there. */
  focusOn(...selectors: string[]): void
  /** The record has an id now. */
  made(id: string): void
}

/** What somebody else changed while this was being written. */
export interface Clash {
  name: string
  at?: string | null
  changes: readonly Change[]
  theirs: ContentRecord
  /** Mine and theirs, where they do not touch each other. */
  merged: Doc
  /** What both changed, and whose stays. */
  choices: { path: Path; keep: 'mine' | 'theirs' }[]
}

/** One record that is being changed: what stands in its form, what of it is stored, and what came of it. */
export class Editing {
  readonly kind: ContentKind
  readonly lookup: Lookup
  record?: ContentRecord
  doc: Doc
  tab: Tab = 'form'
  section = 0
  /** The language of the translation that is being written. */
  target: Tag
  saving: '' | 'waiting' | 'saving' | 'saved' = ''
  savedAt?: Date
  /** Why the last version was not saved. */
  refused: readonly Problem[] = []
  clash?: Clash
  asking: '' | 'discard' | 'retire' = ''
  successor: string | null = null
  revisions?: readonly Revision[]
  moreRevisions?: string | null
  compared?: { number: number; changes: readonly Change[] }
  /** The language of the preview; empty: the workshop's. */
  shownIn = ''
  reading?: NonNullable<WorkshopRuleQuery['ruleSentences']>

  private readonly _owner: Owner
  /** The newest version of the server, and what stood in the form when it was saved. */
  private _base: Doc
  private _stored: Doc
  private _rest?: ReturnType<typeof setTimeout>
  private _read?: ReturnType<typeof setTimeout>
  private _sending?: Promise<boolean>
  private _over = false

  constructor(owner: Owner, what: ContentRecord | ContentKind) {
    this._owner = owner
    this.lookup = new Lookup(owner)
    const language = owner.language.toUpperCase() as LanguageCode
    if (typeof what === 'string') {
      const own = owner.start?.viewer?.memberships.find(({ role }) => role === 'EDITOR')?.organization?.slug ?? ''
      this.kind = what
      this._base = emptyDoc(what, own, language)
    } else {
      this.kind = what.kind
      this.record = what
      this._base = fromWire(what.content)
    }
    this.doc = this._stored = this._base
    this.target = TAGS.find((tag) => tag !== this.tag) ?? 'fr'
    this._find()
    this._aloud(0)
  }

  /** The language the record was first written in. */
  get tag(): Tag {
    return tagOf((this.doc.language as LanguageCode | undefined) ?? 'FR')
  }

  get mayEdit(): boolean {
    return !this.record || (this.record.mayEdit && this.record.state !== 'RETIRED')
  }

  get dirty(): boolean {
    return !isSame(this.doc, this._stored)
  }

  /** What is wrong, the newest that is known; paths within the document. */
  get problems(): readonly Problem[] {
    return this.refused[0] ? this.refused : (this.record?.problems ?? []).map(inContent)
  }

  /** Sentences about a value, or about what is within it. */
  problemsAt(path: Path, within = false): Problem[] {
    return this.problems.filter((one) => {
      const begins = path.every((step, index) => one.path[index] === step)
      return begins && (within || one.path.length === path.length)
    })
  }

  value(path: Path): unknown {
    return at(this.doc, path)
  }

  /** Something was typed: kept in this tab at once, and saved when the typing rests. */
  set(path: Path, value: unknown): void {
    this.doc = put(this.doc, path, value)
    // What was told was of before.
    this._owner.note = undefined
    this.refused = this.refused.filter((one) => !path.every((step, index) => one.path[index] === step))
    this._keep()
    this._wait()
    if (/^(eligibility|minimumAge|maximumAge|language)$/.test(path[0] ?? '')) this._aloud(READ_MS)
    this._owner.requestUpdate()
  }

  focusOn(...selectors: string[]): void {
    this._owner.requestUpdate()
    this._owner.focusOn(...selectors)
  }

  tell(text: string): void {
    this._owner.tell(text)
  }

  show(tab: Tab): void {
    this.tab = tab
    this._owner.focusOn(`#tab-${tab}`)
    if (tab === 'history') this.readHistory()
    // The preview shows what is stored.
    if (tab === 'preview' && this.dirty && this.record) this.save(true)
    this._owner.requestUpdate()
  }

  goTo(section: number): void {
    this.tab = 'form'
    this.section = section
    this._owner.requestUpdate()
    this._owner.focusOn('#section-title')
  }

  /** Brings the value that a problem is about into view, and the focus to it. */
  goToProblem({ path }: Problem): void {
    this.tab = 'form'
    this.section = sectionOf(this.kind, path)
    this._owner.requestUpdate()
    const ids = path.map((_, length) => `#f-${CSS.escape(path.slice(0, path.length - length).join('-'))}`)
    this._owner.focusOn(...ids, '#section-title')
  }

  /**
   * Saves what stands in the form.
   * @param quiet on its own: the form stays as it is, and only failures that somebody can mend are told
   * @returns whether nothing is left to save
   */
  async save(quiet = false): Promise<boolean> {
    clearTimeout(this._rest)
    await this._sending
    if (!this.mayEdit || this.clash) return false
    if (this.record && !this.dirty) return true
    this._sending = this._send(quiet)
    try {
      return await this._sending
    } finally {
      this._sending = undefined
    }
  }

  private async _send(quiet: boolean): Promise<boolean> {
    const { doc, record } = this
    const input = { ...(record && { id: record.id, version: record.version }), content: toInput(doc) }
    this.saving = 'saving'
    this._owner.requestUpdate()
    try {
      const { result } = await this._owner.ask(SAVES[this.kind] as Changing, { input })
      if (this._over) return false
      if (result.__typename === 'ContentRecord') {
        const isNew = !this.record
        this.adopt(result, doc)
        if (!quiet && this.doc === doc) this.doc = this._stored = this._base
        if (isNew) this._owner.made(result.id)
        return !this.dirty
      }
      this.saving = 'waiting'
      await this._refuse(result)
      if (!quiet && this.refused[0]) this._owner.focusOn('#problems-title')
      return false
    } catch (error) {
      this.saving = 'waiting'
      // Off the network there is a band that says so, and it is tried again once that is back.
      if (!(quiet && error instanceof StaffFailed && error.kind === 'offline')) this._owner.failed(error)
      return false
    } finally {
      this._owner.requestUpdate()
    }
  }

  /** The network is back: what could not be saved is. */
  back(): void {
    if (this.record && this.dirty) this.save(true)
  }

  async publish(): Promise<void> {
    if (!(await this.save())) return
    if (this.problems[0]) {
      const { t } = this._owner
      this._owner.tell(fill(t.problemsTitle, { n: this.problems.length }), true)
      return this._owner.focusOn('#problems-title')
    }
    await this.change('publish', WorkshopPublishDocument, {}, this._owner.t.published)
  }

  discard = (): Promise<void> => this.change('discard', WorkshopDiscardDocument, {}, this._owner.t.discarded)
  retire = (): Promise<void> => this.change('retire', WorkshopRetireDocument, { successor: this.successor }, this._owner.t.retired)
  bringBack = (): Promise<void> => this.change('return', WorkshopReturnDocument, {}, this._owner.t.broughtBack)

  async revert(to: number): Promise<void> {
    await this.change('revert', WorkshopRevertDocument, { to }, fill(this._owner.t.reverted, { n: to }))
  }

  /** @param languages texts that were read; absent: the whole record was checked */
  async confirm(languages?: LanguageCode[]): Promise<void> {
    const { t } = this._owner
    if (await this.save()) await this.change('confirm', WorkshopConfirmDocument, { languages }, languages ? t.stillRightSaved : t.confirmed)
  }

  async settle(id: string, accepted: boolean): Promise<void> {
    const work = () => this._owner.ask(WorkshopSettleDocument as unknown as Changing, { input: { id, accepted } })
    const { result } = (await this._owner.act(id, work)) ?? {}
    if (!result) return
    if (result.__typename !== 'ContentRecord') return this._owner.tell(result.message, true)
    this.record = { ...(this.record as ContentRecord), corrections: result.corrections, concerns: result.concerns }
    this._owner.tell(this._owner.t.settled)
    this._owner.focusOn('#record-title')
  }

  /** A change that is no saving: of the version that is shown. */
  private async change(name: string, document: unknown, input: object, said: string): Promise<void> {
    const { id, version } = this.record ?? {}
    if (!id) return
    clearTimeout(this._rest)
    await this._sending
    const work = () => this._owner.ask(document as Changing, { input: { id, version, ...input } })
    const { result } = (await this._owner.act(name, work)) ?? {}
    if (!result || this._over) return
    if (result.__typename !== 'ContentRecord') return this._refuse(result)
    this.asking = ''
    this.adopt(result)
    this._owner.tell(said)
    this._owner.focusOn('#record-title')
  }

  /** Another version is the newest; `sent` stood in the form when it was made, else the form shows the version. */
  adopt(record: ContentRecord, sent?: Doc): void {
    this.record = record
    this._base = fromWire(record.content)
    this.refused = []
    if (!sent) this.doc = this._stored = this._base
    else {
      this._stored = sent
      // What the server made of nothing.
      for (const name of ['slug', 'position', 'keeper'])
        if (at(this.doc, [name]) == null && this._base[name] != null) {
          this.doc = put(this.doc, [name], this._base[name])
          this._stored = put(this._stored, [name], this._base[name])
        }
    }
    this.savedAt = new Date()
    this.saving = this.dirty ? 'waiting' : 'saved'
    if (this.dirty) this._keep()
    else this._forget()
    if (this.tab === 'history') this.readHistory()
    this._aloud(0)
    this._owner.requestUpdate()
  }

  private async _refuse(result: Exclude<Outcome, { __typename: 'ContentRecord' }>): Promise<void> {
    if (result.__typename === 'InvalidInput') {
      this.refused = result.problems.map(inContent)
      this._owner.tell(result.problems.length === 1 ? (result.problems[0]?.message ?? result.message) : this._owner.t.notSavable, true)
    } else if (result.__typename === 'Conflict' && result.code === 'record_changed') await this._clashed(result)
    else this._owner.tell(result.message, true)
    this._owner.requestUpdate()
  }

  private async _clashed({ holderName, changedAt, changed }: Refusal): Promise<void> {
    const { id } = this.record ?? {}
    if (!id) return
    const { contentRecord: theirs } = await this._owner.ask(WorkshopRecordDocument, { id })
    if (!theirs) return
    this._compare(theirs, this._base, { name: holderName ?? '', at: changedAt, changes: changed })
    this._owner.focusOn('#clash-title')
  }

  private _compare(theirs: ContentRecord, base: Doc, who: Pick<Clash, 'name' | 'at' | 'changes'>): void {
    const { merged, clashes } = merge(base, this.doc, fromWire(theirs.content))
    this._owner.note = undefined
    this.clash = { ...who, theirs, merged, choices: clashes.map((path) => ({ path, keep: 'mine' })) }
    this._owner.requestUpdate()
  }

  keep(path: Path, keep: 'mine' | 'theirs'): void {
    if (!this.clash) return
    this.clash = { ...this.clash, choices: this.clash.choices.map((one) => (one.path === path ? { path, keep } : one)) }
    this._owner.requestUpdate()
  }

  /** Goes on from their version, with what was chosen. */
  settleClash(mine = true): void {
    if (!this.clash) return
    const { theirs, merged, choices } = this.clash
    const newest = fromWire(theirs.content)
    let doc = mine ? merged : newest
    if (mine) for (const { path, keep } of choices) if (keep === 'theirs') doc = put(doc, path, at(newest, path))
    this.clash = undefined
    this.adopt(theirs)
    this.doc = doc
    this.saving = this.dirty ? 'waiting' : 'saved'
    if (this.dirty) this._keep()
    this._owner.tell(this._owner.t.conflictDone)
    this._owner.focusOn('#record-title')
  }

  async readHistory(more = false): Promise<void> {
    const { id } = this.record ?? {}
    if (!id) return
    try {
      const after = more ? this.moreRevisions : undefined
      const { contentRecord } = await this._owner.ask(WorkshopHistoryDocument, { id, after })
      const page = contentRecord?.revisions
      const read = page?.edges.map(({ node }) => node) ?? []
      this.revisions = more ? [...(this.revisions ?? []), ...read] : read
      this.moreRevisions = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
      this._owner.requestUpdate()
    } catch (error) {
      this._owner.failed(error)
    }
  }

  async compareWith(number: number): Promise<void> {
    const { id } = this.record ?? {}
    if (!id) return
    const read = await this._owner.act(`compare-${number}`, () => this._owner.ask(WorkshopCompareDocument, { id, since: number }))
    const [newest] = read?.contentRecord?.revisions.edges ?? []
    if (!newest) return
    this.compared = { number, changes: newest.node.changes }
    this._owner.requestUpdate()
    this._owner.focusOn('#compared-title')
  }

  /** Nothing more comes of it. */
  end(): void {
    this._over = true
    clearTimeout(this._rest)
    clearTimeout(this._read)
  }

  private _wait(): void {
    this.saving = 'waiting'
    clearTimeout(this._rest)
    if (this.record) this._rest = setTimeout(() => this.save(true), REST_MS)
  }

  /** Reads the rule as it would be told. */
  private _aloud(rest: number): void {
    clearTimeout(this._read)
    if (this.kind !== 'SERVICE') return
    this._read = setTimeout(async () => {
      const { eligibility: rule, minimumAge, maximumAge } = this.doc as { eligibility: unknown; minimumAge?: number; maximumAge?: number }
      if (!rule) this.reading = undefined
      else {
        const variables = { rule, language: codeOf(this.tag), minimumAge: minimumAge ?? null, maximumAge: maximumAge ?? null }
        const { ruleSentences } = await this._owner.ask(WorkshopRuleDocument, variables).catch(() => ({ ruleSentences: null }))
        if (this._over || rule !== this.doc.eligibility) return
        this.reading = ruleSentences ?? undefined
      }
      this._owner.requestUpdate()
    }, rest)
  }

  private get _viewer(): string {
    return this._owner.start?.viewer?.id ?? ''
  }

  private get _name(): string {
    return this.record?.id ?? `new ${this.kind}`
  }

  private _keep(): void {
    keep(this._viewer, this._name, { version: this.record?.version ?? 0, base: this._base, doc: this.doc })
  }

  private _forget(): void {
    forget(this._viewer, this._name)
  }

  /** What was kept of a new record stands under another name than the record. */
  forgetNew(): void {
    forget(this._viewer, `new ${this.kind}`)
  }

  /** What was typed in this tab before it was loaded anew. */
  private _find(): void {
    const kept = find(this._viewer, this._name)
    if (!kept?.doc || !this.mayEdit) return
    const { version, base, doc } = kept
    this.doc = doc
    if (version === (this.record?.version ?? 0)) {
      if (!this.dirty) return void this._forget()
      this.saving = 'waiting'
      this._owner.tell(this._owner.t.restored)
    } else if (this.record) {
      if (isSame(doc, this._stored)) return void this._forget()
      this._compare(this.record, base, { name: this.record.changedBy ?? '', at: this.record.changedAt, changes: [] })
    }
  }
}

/** Paths of the API begin with its argument. */
const inContent = <P extends Problem>(problem: P): P => {
  const [first, second] = problem.path
  const path =
    first === 'input' ? problem.path.slice(second === 'content' ? 2 : 1) : first === 'content' ? problem.path.slice(1) : problem.path
  return { ...problem, path }
}
