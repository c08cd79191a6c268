import {
  type ContentKind,
  type LanguageCode,
  WorkshopConfirmDocument,
  WorkshopDiscardDocument,
  WorkshopPublishDocument,
  WorkshopRecordDocument,
  WorkshopRetireDocument,
  WorkshopReturnDocument,
  WorkshopRevertDocument,
  WorkshopSettleDocument,
} from '../../schema/generated/workshop.ts'
import type { TypedDocument } from '../shared/client.ts'
import { fill } from '../shared/languages.ts'
import { StaffFailed } from '../shared/staff.ts'
import { Aloud, isRead } from './aloud.ts'
import { type Clash, chosen, clashOf, settled } from './clash.ts'
import { at, type Doc, emptyDoc, fromWire, type Path, type Tag, TAGS, tagOf, toInput } from './content.ts'
import { Draft } from './draft.ts'
import { History } from './history.ts'
import { Weeks } from './hours.ts'
import { clashTitle } from './labels.ts'
import { Lookup } from './lookup.ts'
import type { ContentRecord, Model, Problem } from './model.ts'
import { type Changing, type Conflict, type Refusal, SAVES } from './mutations.ts'
import { sectionOf } from './sections.ts'

/** A draft is saved when the typing rests for so long, and once more so long after it could not be. */
const REST_MS = 5_000
const AGAIN_MS = 15_000

export type Tab = 'form' | 'translations' | 'history' | 'preview'

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

/** One record that is being changed: what stands in its form, what is done with it, and what came of it. */
export class Editing {
  readonly kind: ContentKind
  readonly lookup: Lookup
  readonly draft: Draft
  readonly history: History
  readonly aloud: Aloud
  readonly weeks = new Weeks()
  record?: ContentRecord
  tab: Tab = 'form'
  section = 0
  /** The language of the translation that is being written. */
  target: Tag
  saving: '' | 'waiting' | 'saving' | 'saved' = ''
  savedAt?: Date
  /** Why the last change was not made, and whether it was a saving. */
  refused: readonly Problem[] = []
  refusedSaving = false
  clash?: Clash
  /** Whether she looks at the clash; else a line says that there is one. */
  isClashOpen = false
  asking: '' | 'discard' | 'retire' | 'drop' = ''
  successor: string | null = null
  /** The language of the preview; empty: the workshop's. */
  shownIn = ''

  private readonly _owner: Owner
  private _rest?: ReturnType<typeof setTimeout>
  /** What was asked for last: the next waits for it. */
  private _last: Promise<unknown> = Promise.resolve()
  private _isChanging = false
  private _over = false

  constructor(owner: Owner, what: ContentRecord | ContentKind) {
    this._owner = owner
    this.lookup = new Lookup(owner)
    this.history = new History(owner)
    this.aloud = new Aloud(owner)
    const viewer = owner.start?.viewer
    if (typeof what === 'string') {
      const own = viewer?.memberships.find(({ role }) => role === 'EDITOR')?.organization?.slug ?? ''
      this.kind = what
      this.draft = new Draft(viewer?.id ?? '', `new ${what}`, emptyDoc(what, own, owner.language.toUpperCase() as LanguageCode))
    } else {
      this.kind = what.kind
      this.record = what
      this.draft = new Draft(viewer?.id ?? '', what.id, fromWire(what.content), what.version)
    }
    this.target = TAGS.find((tag) => tag !== this.tag) ?? 'fr'
    this._restore()
    this._read(0)
  }

  get doc(): Doc {
    return this.draft.doc
  }

  /** The language the record was first written in. */
  get tag(): Tag {
    return tagOf((this.doc.language as LanguageCode | undefined) ?? 'FR')
  }

  get mayEdit(): boolean {
    return !this.record || (this.record.mayEdit && this.record.state !== 'RETIRED')
  }

  get dirty(): boolean {
    return this.draft.isDirty
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
    this.draft.put(path, value)
    // What was told was of before.
    this._owner.note = undefined
    this.refused = this.refused.filter((one) => !path.every((step, index) => one.path[index] === step))
    this._wait()
    if (isRead(path)) this._read()
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
    this.focusOn('#section-title')
  }

  /** Brings the value that a problem is about into view, and the focus to it. */
  goToProblem({ path }: Problem): void {
    this.tab = 'form'
    this.section = sectionOf(this.kind, path)
    const ids = path.map((_, length) => `#f-${CSS.escape(path.slice(0, path.length - length).join('-'))}`)
    this.focusOn(...ids, '#section-title')
  }

  ask(asking: typeof this.asking): void {
    this.asking = asking
    this.focusOn(asking ? '#asking' : '#record-title')
  }

  readHistory(more = false): void {
    if (this.record) this.history.read(this.record.id, more)
  }

  /**
   * Saves what stands in the form.
   * @param quiet on its own: the form stays as it is, and only failures that somebody can mend are told
   * @returns whether the server has what stood there; something else may stand there by now
   */
  async save(quiet = false): Promise<boolean> {
    clearTimeout(this._rest)
    return this._inTurn(async () => {
      if (this.clash && !quiet) this.openClash()
      if (!this.mayEdit || this.clash) return false
      if (this.record && !this.dirty && !this.draft.unanswered) return true
      return this._send(quiet)
    })
  }

  /** One change after the other: each is of the version that the one before it made. */
  private _inTurn<R>(work: () => Promise<R>): Promise<R> {
    const turn = this._last.then(work)
    this._last = turn.catch(() => undefined)
    return turn
  }

  private async _send(quiet: boolean): Promise<boolean> {
    const { draft, record } = this
    // What nobody answered is sent again as it was: if the server has it, it takes both for one. What was typed since follows.
    const { unanswered } = draft
    const doc = unanswered ?? draft.doc
    const input = { ...(record && { id: record.id, version: draft.version }), content: toInput(doc) }
    draft.unanswered = doc
    draft.keep()
    this.saving = 'saving'
    this._owner.requestUpdate()
    try {
      const { result } = await this._owner.ask(SAVES[this.kind] as Changing, { input })
      draft.unanswered = undefined
      if (result.__typename === 'ContentRecord') {
        draft.saved(result, doc, quiet || !!unanswered)
        this._adopt(result)
        if (!record && !this._over) this._owner.made(result.id)
        if (this._owner.note?.bad) this._owner.note = undefined
        return unanswered && this.dirty ? this._send(quiet) : true
      }
      draft.keep()
      this.saving = 'waiting'
      // It had not come, and what was wrong with it may be mended by now.
      if (unanswered && result.__typename === 'InvalidInput') return this._send(quiet)
      if (this._over) return false
      await this._refuse(result, true, quiet)
      if (!quiet && this.refused[0]) this._owner.focusOn('#problems-title')
      return false
    } catch (error) {
      const kind = error instanceof StaffFailed ? error.kind : 'failed'
      // These are answers: nothing was saved.
      if (kind === 'signedOut' || kind === 'forbidden' || kind === 'limited') draft.unanswered = unanswered
      draft.keep()
      this.saving = 'waiting'
      if (this._over) return false
      if (kind !== 'signedOut' && kind !== 'forbidden') this._wait(AGAIN_MS)
      // Off the network there is a band that says so, and it is tried again once that is back.
      if (!(quiet && kind === 'offline')) this._owner.failed(error)
      return false
    } finally {
      this._owner.requestUpdate()
    }
  }

  /** The network is back, or the session: what could not be saved is. */
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
    await this._change('publish', WorkshopPublishDocument, {}, this._owner.t.published)
  }

  /** What was typed is saved first: it stays among the versions. What cannot be saved goes with the draft. */
  discard = async (): Promise<void> => {
    if (!(await this.save())) {
      if (!this.refused[0]) return
      this.draft.drop()
    }
    await this._change('discard', WorkshopDiscardDocument, {}, this._owner.t.discarded)
  }

  retire = async (): Promise<void> => {
    const { successor } = this
    if (await this.save()) await this._change('retire', WorkshopRetireDocument, { successor }, this._owner.t.retired)
  }

  bringBack = (): Promise<void> => this._change('return', WorkshopReturnDocument, {}, this._owner.t.broughtBack)

  async revert(to: number): Promise<void> {
    if (await this.save()) await this._change('revert', WorkshopRevertDocument, { to }, fill(this._owner.t.reverted, { n: to }))
  }

  /** The whole record was checked; a translation that is behind is so until somebody reads that. */
  async confirm(): Promise<void> {
    if (!(await this.save()) || !this.record) return
    const { t } = this._owner
    const { state, languages, behind } = this.record
    const read = languages.filter((language) => !behind.includes(language))
    await this._change('confirm', WorkshopConfirmDocument, { languages: read }, state === 'PUBLISHED' ? t.confirmed : t.confirmedDraft)
  }

  async confirmTranslation(language: LanguageCode): Promise<void> {
    if (await this.save()) await this._change('confirm', WorkshopConfirmDocument, { languages: [language] }, this._owner.t.stillRightSaved)
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

  /** A change that is no saving, of the newest version: one at a time. */
  private async _change(name: string, document: unknown, input: object, said: string): Promise<void> {
    const { record } = this
    if (!record || this._isChanging) return
    this._isChanging = true
    await this._inTurn(async () => {
      const { version } = this.draft
      const work = () => this._owner.ask(document as Changing, { input: { id: record.id, version, ...input } })
      const { result } = (await this._owner.act(name, work)) ?? {}
      if (!result || this._over) return
      if (result.__typename !== 'ContentRecord') return this._refuse(result, false)
      this.asking = ''
      this.draft.follow(result)
      this._adopt(result)
      this._owner.tell(said)
      this._owner.focusOn('#record-title')
    })
    this._isChanging = false
  }

  /** The record as the server has it now; the draft knows. */
  private _adopt(record: ContentRecord): void {
    this.record = record
    this.refused = []
    this.savedAt = new Date()
    this.saving = 'saved'
    if (this._over) return
    // Only who is signed in gets a record.
    this._owner.signedOut = false
    if (this.dirty) this._wait()
    if (this.tab === 'history') this.readHistory()
    this._read(0)
    this._owner.requestUpdate()
  }

  private async _refuse(result: Refusal, isSaving: boolean, quiet = false): Promise<void> {
    if (result.__typename === 'InvalidInput') {
      const { t } = this._owner
      this.refused = result.problems.map(inContent)
      this.refusedSaving = isSaving
      const [first] = result.problems
      this._owner.tell(result.problems.length === 1 && first ? first.message : isSaving ? t.notSavable : t.notDone, true)
    } else if (result.__typename === 'Conflict' && result.code === 'record_changed') await this._clashed(result, quiet)
    else this._owner.tell(result.message, true)
    this._owner.requestUpdate()
  }

  private async _clashed({ holderName, changedAt, changed }: Conflict, quiet: boolean): Promise<void> {
    const { id } = this.record ?? {}
    if (!id) return
    try {
      const { contentRecord: theirs } = await this._owner.ask(WorkshopRecordDocument, { id })
      if (theirs) this._meet(theirs, { name: holderName ?? '', at: changedAt, changes: changed }, quiet)
    } catch (error) {
      this._owner.failed(error)
      this._wait(AGAIN_MS)
    }
  }

  /** Somebody made another version: what touches nothing here is taken over without a question, and told. */
  private _meet(theirs: ContentRecord, who: Pick<Clash, 'name' | 'at' | 'changes'>, quiet: boolean): void {
    const clash = clashOf(this.draft, theirs, who)
    this._owner.note = undefined
    if (clash.choices[0]) {
      this.clash = clash
      if (!quiet) this.openClash()
    } else {
      this._goOn(clash, clash.merged)
      this._owner.tell(`${clashTitle(this._owner, who.name)}. ${this._owner.t.conflictNone}`)
    }
    this._owner.requestUpdate()
  }

  /** What was typed since it came counts as well. */
  openClash(): void {
    if (!this.clash) return
    this.clash = clashOf(this.draft, this.clash.theirs, this.clash)
    this.isClashOpen = true
    this.focusOn('#clash-title')
  }

  keep(path: Path, keep: 'mine' | 'theirs'): void {
    if (this.clash) this.clash = chosen(this.clash, path, keep)
    this._owner.requestUpdate()
  }

  /** Goes on from their version, with what was chosen. */
  settleClash(mine = true): void {
    if (!this.clash) return
    if (!mine) this.draft.drop()
    this._goOn(this.clash, mine ? settled(this.clash) : fromWire(this.clash.theirs.content))
    this.clash = undefined
    this.isClashOpen = false
    this.asking = ''
    this._owner.tell(this._owner.t.conflictDone)
    this._owner.focusOn('#record-title')
  }

  private _goOn({ theirs }: Clash, doc: Doc): void {
    this.draft.follow(theirs)
    this.draft.become(doc)
    this._adopt(theirs)
  }

  /** Nobody looks at it any more. */
  end(): void {
    this._over = true
    clearTimeout(this._rest)
    this.aloud.end()
  }

  private _wait(rest = REST_MS): void {
    this.saving = 'waiting'
    clearTimeout(this._rest)
    if (this.record) this._rest = setTimeout(() => this.save(true), rest)
  }

  private _read(rest?: number): void {
    if (this.kind === 'SERVICE') this.aloud.read(this.doc, this.tag, rest)
  }

  /** What was typed in this tab before it was loaded anew. */
  private _restore(): void {
    const { record, draft } = this
    const found = this.mayEdit ? draft.restore() : 'nothing'
    if (found === 'nothing') return
    // What was sent without an answer may be what the record became.
    if (record && found === 'changed' && !draft.unanswered)
      this._meet(record, { name: record.changedBy ?? '', at: record.changedAt, changes: [] }, false)
    else {
      this._owner.tell(this._owner.t.restored)
      this._wait(draft.unanswered ? 0 : REST_MS)
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
