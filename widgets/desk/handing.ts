import type {
  AgreementWay,
  DeskAgreementQuery,
  DeskEscalateMutation,
  DeskOffersQuery,
  DeskPreviewQuery,
  EscalateCallbackInput,
  LanguageCode,
  SharedDetail,
} from '../../schema/generated/desk.ts'
import type { Call } from './model.ts'

export type Offer = NonNullable<DeskOffersQuery['offers']>[number]
export type AgreementText = NonNullable<DeskAgreementQuery['text']>
export type Preview = NonNullable<DeskPreviewQuery['preview']>
export type Handed = DeskEscalateMutation['result']

/** Where something is missing, in the order of the panel. */
export type Missing = 'partner' | 'object' | 'way' | 'anyone'

/** Longest text that says what a partner is asked for, in characters; the server has the last word. */
export const LONGEST_OBJECT = 1_000

/** What it needs of the element around it. */
interface Owner {
  offers(callback: string): Promise<readonly Offer[]>
  agreement(partner: string, language: LanguageCode, shares: SharedDetail[]): Promise<AgreementText | null>
  /** Null when the call is not the viewer's any more, or something else is on its way. */
  preview(input: EscalateCallbackInput): Promise<Preview | null>
  /** Undefined when no answer came, or something else is on its way. */
  send(input: EscalateCallbackInput): Promise<Handed | undefined>
  failed(error: unknown): void
  requestUpdate(): void
  focusOn(selector: string): void
}

/**
 * What an agent prepares before a request goes to a partner: to whom, what it is asked for, what goes along, and that the person agreed. Nothing
 * of it is lost when sending fails; what was looked at is what is sent, and whoever changes something looks again.
 */
export class Handing {
  open = false
  loading = false
  offers?: readonly Offer[]
  partner = ''
  object = ''
  readonly shares = new Set<SharedDetail>()
  /** In which it is read out: the person's own at first. */
  language: LanguageCode = 'FR'
  text?: AgreementText
  way: AgreementWay | '' = ''
  anyone: 'yes' | 'no' | '' = ''
  /** She agreed to something else than what would be sent now. */
  again = false
  missing: readonly Missing[] = []
  preview?: Preview
  /** Register and account numbers were taken out of the object. */
  masked = false

  private readonly _owner: Owner
  private _call = ''
  private _turn = 0
  private _edits = 0
  private _reads = 0

  constructor(owner: Owner) {
    this._owner = owner
  }

  /** Another call, or none: nothing of this one may show there. */
  forget(): void {
    this._turn++
    this._reads++
    this._edits++
    this._call = ''
    this.open = this.loading = this.masked = this.again = false
    this.offers = this.text = this.preview = undefined
    this.partner = this.object = this.way = this.anyone = ''
    this.shares.clear()
    this.missing = []
  }

  async start({ id, language }: Pick<Call, 'id' | 'language'>): Promise<void> {
    if (this._call !== id) this.forget()
    this._call = id
    this.open = true
    this.language = language
    this._owner.requestUpdate()
    this._owner.focusOn('#handing-title')
    await this.load()
  }

  /** What was written stays, for whoever opens it again. */
  stop(): void {
    this.open = false
    this._owner.requestUpdate()
    this._owner.focusOn('#hand-over')
  }

  /** Reads to whom it may go; again after a partner turned out to be full. */
  async load(): Promise<void> {
    const turn = ++this._turn
    this.loading = true
    this._owner.requestUpdate()
    try {
      const offers = await this._owner.offers(this._call)
      if (turn === this._turn) this.offers = offers
    } catch (error) {
      if (turn === this._turn) this._owner.failed(error)
    }
    if (turn !== this._turn) return
    this.loading = false
    this._owner.requestUpdate()
  }

  choose(slug: string): void {
    this.partner = slug
    this._changed('partner')
    this._readAnew()
  }

  speak(language: LanguageCode): void {
    this.language = language
    this._changed()
    this._read()
  }

  /** It says something else now: what she agreed to before was not this. */
  private _readAnew(): void {
    this.again ||= this.way !== ''
    this.way = ''
    this._read()
  }

  /** What is read out names the partner and what goes along, in the person's language. */
  private async _read(): Promise<void> {
    const { partner, language, shares } = this
    const read = ++this._reads
    this.text = undefined
    if (!partner) return
    const same = () => this._reads === read
    try {
      const text = await this._owner.agreement(partner, language, [...shares])
      if (same()) this.text = text ?? undefined
    } catch (error) {
      if (same()) this._owner.failed(error)
    }
    this._owner.requestUpdate()
  }

  write(object: string): void {
    this.object = object
    this._changed('object')
  }

  share(detail: SharedDetail, along: boolean): void {
    if (along) this.shares.add(detail)
    else this.shares.delete(detail)
    this._changed()
    this._readAnew()
  }

  agree(way: AgreementWay): void {
    this.way = way
    this.again = false
    this._changed('way')
  }

  allow(anyone: 'yes' | 'no'): void {
    this.anyone = anyone
    this._changed('anyone')
  }

  /** What was shown is no longer what would be sent. */
  private _changed(mended?: Missing): void {
    this._edits++
    this.preview = undefined
    this.missing = this.missing.filter((one) => one !== mended)
    this._owner.requestUpdate()
  }

  private _input(): EscalateCallbackInput | undefined {
    const { partner, object, way, anyone, text, language } = this
    const missing: Missing[] = []
    if (!partner) missing.push('partner')
    if (!object.trim()) missing.push('object')
    if (!way) missing.push('way')
    if (!anyone) missing.push('anyone')
    this.missing = missing
    if (!way || missing[0]) {
      this._owner.requestUpdate()
      this._owner.focusOn(FIELDS[missing[0] ?? 'way'])
      return
    }
    if (!text) return void this._read()
    return {
      partner,
      object,
      shares: [...this.shares],
      agreement: { way, version: text.version, language, anyone: anyone === 'yes' },
    }
  }

  /** Shows what the partner will see, as the server would give it. */
  async look(): Promise<void> {
    const input = this._input()
    if (!input) return
    const edits = this._edits
    const preview = await this._owner.preview(input)
    // Something was changed meanwhile: that is not shown.
    if (!preview || edits !== this._edits) return
    this.preview = preview
    const plain = (words: string) => words.replace(/\s+/g, ' ').trim()
    this.masked = plain(preview.object) !== plain(input.object)
    this._owner.requestUpdate()
    this._owner.focusOn('#preview-title')
  }

  async send(): Promise<void> {
    const input = this.preview && this._input()
    if (!input) return
    const result = await this._owner.send(input)
    if (!result || result.__typename === 'Escalation') return
    if (result.__typename === 'Conflict' && result.code === 'partner_full') {
      this.preview = undefined
      await this.load()
      this._owner.focusOn('#partners-title')
    }
    if (result.__typename === 'InvalidInput') {
      this.preview = undefined
      const paths = result.problems.map(({ path }) => path.at(-1))
      this._owner.requestUpdate()
      this._owner.focusOn(paths.includes('partner') ? '#partners-title' : '#object')
    }
  }
}

/** What takes the focus when something is missing. */
const FIELDS: Record<Missing, string> = {
  partner: '#partners-title',
  object: '#object',
  way: '[name=way]',
  anyone: '[name=anyone]',
}
