import type { SituationInput } from '../../schema/generated/desk.ts'
import type { Aid, Call } from './model.ts'

/** Services at first; who finds nothing among these had better say more. */
const FIRST = 12

interface Commune {
  nisCode: string
  name: string
  postalCodes: readonly string[]
}

/** What it needs of the element around it. */
interface Owner {
  aid(situation: SituationInput, first: number): Promise<Aid>
  communes(search: string): Promise<readonly Commune[]>
  failed(error: unknown): void
  requestUpdate(): void
}

/** Which of the communes was meant: the one of just this name, else the only one. */
export function meant(found: readonly Commune[], text: string): Commune | undefined {
  const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return found.find(({ name }) => plain(name) === plain(text)) ?? (found.length === 1 ? found[0] : undefined)
}

/** Services and questions found while somebody waits on the line, and what of it she is told. */
export class Help {
  words = ''
  need = ''
  place = ''
  /** Communes that the place may mean. */
  choices: readonly Commune[] = []
  unknown = false
  aid?: Aid
  searching = false
  /** Slugs and names of the services she is to be told of. */
  picked: { slug: string; name: string; language: string }[] = []

  private readonly _owner: Owner
  private _turn = 0

  constructor(owner: Owner) {
    this._owner = owner
  }

  /** A call began: looks at once for its subject where the person lives. */
  begin({ need, postalCode, communes }: Call): void {
    this.forget()
    this.need = need?.code ?? ''
    this.place = postalCode ?? communes[0]?.name ?? ''
    if (this.need) this.search()
  }

  forget(): void {
    this._turn++
    this.words = this.need = this.place = ''
    this.choices = []
    this.picked = []
    this.aid = undefined
    this.searching = this.unknown = false
    this._owner.requestUpdate()
  }

  pick(service: { slug: string; name: string; language: string }): void {
    const { slug, name, language } = service
    const left = this.picked.filter((one) => one.slug !== slug)
    this.picked = left.length < this.picked.length ? left : [...left, { slug, name, language }]
    this._owner.requestUpdate()
  }

  async search(first = FIRST, nisCode?: string): Promise<void> {
    const turn = ++this._turn
    this.searching = true
    this.unknown = false
    this.choices = []
    this._owner.requestUpdate()
    try {
      const place = nisCode ? { nisCode } : await this._place()
      if (turn !== this._turn) return
      const text = this.words.trim() || undefined
      const aid = await this._owner.aid({ ...place, text, needs: this.need ? [this.need] : undefined }, first)
      if (turn !== this._turn) return
      this.aid = aid
    } catch (error) {
      if (turn === this._turn) this._owner.failed(error)
    }
    if (turn !== this._turn) return
    this.searching = false
    this._owner.requestUpdate()
  }

  private async _place(): Promise<SituationInput> {
    const text = this.place.trim()
    if (!text) return {}
    if (/^\d{4}$/.test(text)) return { postalCode: text }
    const found = await this._owner.communes(text)
    const one = meant(found, text)
    if (one) return { nisCode: one.nisCode }
    this.choices = found
    this.unknown = !found[0]
    return {}
  }
}
