import { at, type Doc, fromWire, isSame, merge, type Path, put } from './content.ts'
import { find, forget, keep } from './kept.ts'
import type { ContentRecord } from './model.ts'

/** What stands in the form, which of it the server has, and what this tab keeps of the rest until it has that too. */
export class Draft {
  doc: Doc
  /** The version of the server that it was made from; 0: none yet. */
  version: number
  /** What was sent without an answer: the server may have it, or not. */
  unanswered?: Doc
  /** Whether this tab holds what is not saved. */
  isKept = false

  private readonly _viewer: string
  private _name: string
  /** The newest version, and what stood in the form when it was saved. */
  private _base: Doc
  private _stored: Doc

  /** @param name the record's id, or `new LINE` */
  constructor(viewer: string, name: string, content: Doc, version = 0) {
    this._viewer = viewer
    this._name = name
    this.version = version
    this.doc = this._base = this._stored = content
  }

  get base(): Doc {
    return this._base
  }

  get isDirty(): boolean {
    return !isSame(this.doc, this._stored)
  }

  put(path: Path, value: unknown): void {
    this.become(put(this.doc, path, value))
  }

  become(doc: Doc): void {
    this.doc = doc
    this.keep()
  }

  /** The server has what was `sent`; what was typed since stays. The form shows it as the server has it, unless somebody writes there. */
  saved({ id, version, content }: ContentRecord, sent: Doc, writing: boolean): void {
    const isNew = this.version === 0
    const base = fromWire(content)
    this.version = version
    this._base = base
    if (!writing && this.doc === sent) this.doc = this._stored = base
    else {
      this._stored = sent
      // What the server made of nothing.
      for (const name of ['slug', 'position', 'keeper'])
        if (at(this.doc, [name]) == null && base[name] != null) {
          this.doc = put(this.doc, [name], base[name])
          this._stored = put(this._stored, [name], base[name])
        }
    }
    if (isNew) forget(this._viewer, this._name)
    this._name = id
    this.keep()
  }

  /** Another version is the newest. What was typed since the last saving is kept. */
  follow({ version, content }: ContentRecord): void {
    const next = fromWire(content)
    const { merged } = merge(this._stored, this.doc, next)
    this.version = version
    this._base = this._stored = next
    this.unanswered = undefined
    this.become(merged)
  }

  /** What is not saved is given up. */
  drop(): void {
    this.unanswered = undefined
    this.become(this._stored)
  }

  keep(): void {
    const { version, doc, unanswered, isDirty } = this
    if (isDirty || unanswered) this.isKept = keep(this._viewer, this._name, { version, base: this._base, doc, unanswered })
    else forget(this._viewer, this._name)
  }

  /**
   * Takes what was typed in this tab before it was loaded anew.
   * @returns whether there was something; `changed`: meanwhile there is a newer version, which it was not made from
   */
  restore(): 'nothing' | 'restored' | 'changed' {
    const kept = find(this._viewer, this._name)
    if (!kept?.doc) return 'nothing'
    if (kept.version !== this.version && isSame(kept.doc, this._stored)) {
      forget(this._viewer, this._name)
      return 'nothing'
    }
    const isSameVersion = kept.version === this.version
    this.doc = kept.doc
    this.unanswered = kept.unanswered
    if (!isSameVersion) {
      this.version = kept.version
      this._base = this._stored = kept.base
    }
    this.isKept = true
    if (isSameVersion && !this.isDirty && !this.unanswered) {
      forget(this._viewer, this._name)
      return 'nothing'
    }
    return isSameVersion ? 'restored' : 'changed'
  }
}
