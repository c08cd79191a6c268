import type { FinderCommunesQuery } from '../../schema/generated/finder.ts'
import type { Commune } from './found.ts'
import { labelled, meant } from './place.ts'

/** Suggestions wait until the typing rests. */
const REST_MS = 250

/** What it needs of the element around it. */
interface Owner {
  /** Communes by what was typed. */
  communes(search: string, signal: AbortSignal): Promise<FinderCommunesQuery['communes']>
  requestUpdate(): void
  /** One was chosen from the list. */
  placed(): void
}

/**
 * Where the person lives, as far as she says: the field with its list, and the commune that was recognized. After the pattern of the ARIA
 * Authoring Practices Guide, "Editable Combobox With List Autocomplete" with manual selection
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/); without suggestions it is a field like any other.
 */
export class Where {
  /** What stands in the field. */
  text = ''
  known?: Commune
  /** Communes that the text may mean. */
  suggestions: Commune[] = []
  /** The list is open; which of it the arrows are on, or -1. */
  listed = false
  active = -1
  problem: '' | 'which' | 'communeUnknown' = ''
  /** It was typed here, not named by the page or by a link. */
  typed = false

  private readonly _owner: Owner
  private _asking?: AbortController
  private _rest?: ReturnType<typeof setTimeout>

  constructor(owner: Owner) {
    this._owner = owner
  }

  /** Named by its code alone: the answer to the first search tells its name. */
  name(nisCode: string): void {
    this.known = { nisCode, name: '', postalCodes: [], label: '' }
  }

  type = (event: Event): void => {
    const { value } = event.target as HTMLInputElement
    this.close()
    this.text = value
    this.known = undefined
    this.typed = true
    if (value.trim().length > 1) this._rest = setTimeout(() => this._suggest(), REST_MS)
  }

  key = (event: KeyboardEvent): void => {
    const { key, altKey } = event
    const { length } = this.suggestions
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0
    const chosen = this.suggestions[this.active]
    if (step && length) {
      if (!altKey) this.active = (Math.max(this.active, step < 0 ? 0 : -1) + step + length) % length
      this.listed = true
    } else if (key === 'Enter' && this.listed && chosen) this.choose(chosen)
    else if (key === 'Escape' && this.text) {
      if (!this.listed) this.forget()
      this.close()
    } else {
      // Every other key is for the text.
      this.active = -1
      this._owner.requestUpdate()
      return
    }
    event.preventDefault()
    this._owner.requestUpdate()
  }

  close = (): void => {
    clearTimeout(this._rest)
    this._asking?.abort()
    this.listed = false
    this.active = -1
    this._owner.requestUpdate()
  }

  choose(commune: Commune): void {
    this.close()
    this.text = commune.label
    this.known = commune
    this.problem = ''
    this._owner.placed()
  }

  forget(): void {
    this.close()
    this.text = this.problem = ''
    this.suggestions = []
    this.known = undefined
    this.typed = false
  }

  /** Recognizes what stands in the field; what is not recognized narrows nothing. */
  async recognize(signal: AbortSignal): Promise<void> {
    const { known, text } = this
    if (known?.label === text) return
    const found = text.trim() ? meant(await this._look(text, signal), text) : []
    // A later search took over.
    if (signal.aborted) throw new DOMException('', 'AbortError')
    this.suggestions = found
    this.known = found.length === 1 ? found[0] : undefined
    this.problem = !text.trim() || this.known ? '' : found[0] ? 'which' : 'communeUnknown'
  }

  /** An answer names the commune: as a link did by its code only, or in the language of now. */
  rename(commune: FinderCommunesQuery['communes'][number] | null): void {
    if (!commune || !this.known || this.known.label !== this.text) return
    this.known = labelled([commune], this.text)[0] as Commune
    this.text = this.known.label
  }

  private async _suggest(): Promise<void> {
    this._asking = new AbortController()
    const { signal } = this._asking
    const found = await this._look(this.text, signal)
    if (signal.aborted) return
    this.suggestions = found
    this.listed = !!found[0]
    this._owner.requestUpdate()
  }

  /** The field works without suggestions. "4500 Huy" is looked for as "Huy". */
  private async _look(text: string, signal: AbortSignal): Promise<Commune[]> {
    const search = text.trim().replace(/^\d+ +/, '')
    return labelled(await this._owner.communes(search, signal).catch(() => []), text)
  }
}
