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

  private readonly _owner: Owner
  /** How much of the text the server has. */
  private _stored = ''
  private _rest?: ReturnType<typeof setTimeout>
  private _saving?: Promise<boolean>

  constructor(owner: Owner) {
    this._owner = owner
  }

  type = (event: Event): void => {
    this.text = (event.target as HTMLTextAreaElement).value
    this._say('waiting')
    clearTimeout(this._rest)
    this._rest = setTimeout(() => this._save(false), REST_MS)
  }

  /** The field was left: all of it is saved, and the field is empty for the next note. */
  leave = async (): Promise<void> => {
    const { text } = this
    if ((await this.flush()) && text === this.text) {
      this.text = this._stored = ''
      this._owner.requestUpdate()
    }
  }

  /** Saves what is not saved yet; false when something is left. */
  async flush(keepalive = false): Promise<boolean> {
    clearTimeout(this._rest)
    return this._save(true, keepalive)
  }

  /** Another call: nothing of this one may show there. */
  forget(): void {
    clearTimeout(this._rest)
    this.text = this._stored = ''
    this.state = ''
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
      const saved = await this._saving
      // Another call began meanwhile.
      if (!this.text.startsWith(text)) return saved
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
