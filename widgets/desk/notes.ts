/** A note is saved when the typing rests for so long. */
const REST_MS = 2_000

/** What it needs of the element around it. */
interface Owner {
  /** Adds words to the notes of the call; false when they could not be stored. */
  save(text: string, keepalive: boolean): Promise<boolean>
  requestUpdate(): void
  /** Before what replaces words that were saved already. */
  corrected(): string
}

/**
 * The field for notes. Notes are append-only on the server, so what was typed is sent piece by piece: when the typing rests, when the field is
 * left, and when the page is. What stands in the field stays there until it is left, and then is part of the notes. Who goes back and changes
 * what was saved adds the new wording as a correction.
 */
export class Notes {
  /** What stands in the field. */
  text = ''
  state: '' | 'waiting' | 'saving' | 'saved' = ''
  /** The last piece that was sent could not be stored. */
  failed = false

  private readonly _owner: Owner
  /** How much of the text the server has. */
  private _stored = ''
  private _rest?: ReturnType<typeof setTimeout>
  private _saving?: Promise<boolean>
  /** Counts the calls: what was sent for one says nothing of the next. */
  private _turn = 0

  constructor(owner: Owner) {
    this._owner = owner
  }

  type = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value
    this._say('waiting')
    clearTimeout(this._rest)
    this._rest = setTimeout(() => this._save(false), REST_MS)
  }

  /**
   * The field was left: all of it is saved, and the field is empty for the next note.
   * @returns whether that is so; else the words stay in the field, and nothing may be done that would take them away
   */
  leave = async (): Promise<boolean> => {
    for (;;) {
      const { text } = this
      const saved = await this.flush()
      // Something was typed meanwhile: that, too.
      if (text !== this.text) continue
      if (!saved) return false
      this.text = this._stored = ''
      this._owner.requestUpdate()
      return true
    }
  }

  /** Puts words back that were not saved when a call was lost. */
  restore(text: string): void {
    if (!text) return
    this.text = text
    this._say('waiting')
    this._rest = setTimeout(() => this._save(false), REST_MS)
  }

  /** Saves what is not saved yet; false when something is left. */
  async flush(keepalive = false): Promise<boolean> {
    clearTimeout(this._rest)
    return this._save(true, keepalive)
  }

  /** Another call: nothing of this one may show there. */
  forget(): void {
    clearTimeout(this._rest)
    this._turn++
    this.text = this._stored = ''
    this.state = ''
    this.failed = false
  }

  get unsaved(): string {
    return this.text.startsWith(this._stored) ? this.text.slice(this._stored.length).trim() : this.text.trim()
  }

  private async _save(whole: boolean, keepalive = false): Promise<boolean> {
    // One at a time, so that the pieces arrive in order; but who leaves the page cannot wait.
    if (!keepalive) await this._saving
    const { text } = this
    const grown = text.startsWith(this._stored)
    // What was saved is being changed: that waits until the field is left.
    if (!grown && !whole) return true
    const { unsaved } = this
    if (unsaved) {
      this._say('saving')
      this._saving = this._owner.save(grown ? unsaved : `${this._owner.corrected()} ${unsaved}`, keepalive)
      const turn = this._turn
      const saved = await this._saving
      // Another call began meanwhile.
      if (turn !== this._turn) return saved
      this.failed = !saved
      if (saved) this._stored = text
    }
    this._say(this.unsaved ? 'waiting' : text || this.state ? 'saved' : '')
    return !this.unsaved
  }

  private _say(state: Notes['state']): void {
    this.state = state
    this._owner.requestUpdate()
  }
}
