import { render } from 'lit/html.js'

/** How a property is declared: an attribute of the same name in kebab case feeds it, unless it is `state`. */
export type Properties = Record<string, { type?: typeof Boolean; state?: boolean }>
/** What changed, with the values from before. */
export type Changed = Map<string, unknown>

/** Marks CSS, for editors and for the build, which makes it smaller. */
export const css = String.raw

/**
 * Lit's templates with a small element around them: of LitElement's life cycle what the widgets use (`properties`, `styles`,
 * `willUpdate`, `render`, `updated`, `updateComplete`), under the same names. LitElement itself is 2.2 KB more, a sixth of what
 * both elements together may weigh.
 */
export abstract class Reactive extends HTMLElement {
  static properties: Properties = {}
  static styles: string[] = []

  readonly renderRoot = this.attachShadow({ mode: 'open' })
  #values: Record<string, unknown> = {}
  #changed: Changed = new Map()
  #pending?: Promise<void>

  /** Asked for once, by `customElements.define`: makes the accessors of this class and of those above it. */
  static get observedAttributes(): string[] {
    const attributes: string[] = []
    // biome-ignore lint/complexity/noThisInStatic: the subclass is meant
    for (let level = this; level.properties; level = Object.getPrototypeOf(level)) {
      for (const [name, { state }] of Object.entries(level.properties)) {
        if (!state) attributes.push(name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`))
        // biome-ignore lint/complexity/noThisInStatic: the subclass is meant
        Object.defineProperty(this.prototype, name, {
          get(this: Reactive) {
            return this.#values[name]
          },
          set(this: Reactive, value) {
            const old = this.#values[name]
            if (old === value) return
            this.#values[name] = value
            if (!this.#changed.has(name)) this.#changed.set(name, old)
            this.requestUpdate()
          },
        })
      }
    }
    return attributes
  }

  constructor() {
    super()
    const sheet = new CSSStyleSheet()
    sheet.replaceSync((this.constructor as typeof Reactive).styles.join(''))
    this.renderRoot.adoptedStyleSheets = [sheet]
  }

  attributeChangedCallback(attribute: string, _: string | null, value: string | null): void {
    const name = attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
    const { type } = (this.constructor as typeof Reactive).properties[name] ?? {}
    Object.assign(this, { [name]: type ? value !== null : (value ?? undefined) })
  }

  requestUpdate(): void {
    this.#pending ??= this.#update()
  }

  /** Settles when nothing is left to render. */
  get updateComplete(): Promise<void> {
    return (async () => {
      while (this.#pending) await this.#pending
    })()
  }

  async #update(): Promise<void> {
    await undefined
    let changed = this.#changed
    try {
      this.willUpdate(changed)
      changed = this.#changed
      this.#changed = new Map()
      render(this.render(), this.renderRoot, { host: this })
    } finally {
      this.#pending = undefined
    }
    this.updated(changed)
  }

  /** Before rendering; what it sets is rendered at once. */
  protected willUpdate(_changed: Changed): void {}
  protected abstract render(): unknown
  /** After rendering. */
  protected updated(_changed: Changed): void {}
}
