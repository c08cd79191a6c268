import { render } from 'lit/html.js'

/** Properties that an attribute feeds, of the same name in kebab case, and how it is read. */
export type Properties = Record<string, typeof String | typeof Boolean>
/** What changed, with the values from before. */
export type Changed = Map<string, unknown>

/** Marks CSS, for editors and for the build, which makes it smaller. */
export const css = String.raw

/** A sheet, or a `<style>` where sheets cannot be made or adopted (Safari before 16.4). */
function addStyles(root: ShadowRoot, styles: string): void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
  } catch {
    const element = document.createElement('style')
    element.textContent = styles
    root.append(element)
  }
}

/**
 * Lit's templates with a small element around them: of LitElement's life cycle what the widgets use (`properties`, `styles`,
 * `willUpdate`, `render`, `updated`, `updateComplete`), under the same names. LitElement itself is 2.2 KB more, a sixth of what
 * both elements together may weigh.
 */
export abstract class Reactive extends HTMLElement {
  static properties: Properties = {}
  /** Other properties that are drawn again when they change. */
  static state: string[] = []
  static styles: string[] = []

  readonly renderRoot = this.attachShadow({ mode: 'open' })
  /** Shows the content of the tag until rendering has worked, and whenever it does not. */
  private _fallback = document.createElement('slot')
  private _values: Record<string, unknown> = {}
  private _changed: Changed = new Map()
  private _pending?: Promise<void>

  /** Asked for once, by `customElements.define`: makes the accessors of this class and of those above it. */
  static get observedAttributes(): string[] {
    const attributes: string[] = []
    // biome-ignore lint/complexity/noThisInStatic: the subclass is meant
    for (let level = this; level.properties; level = Object.getPrototypeOf(level)) {
      const names = Object.keys(level.properties)
      attributes.push(...names.map((name) => name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)))
      for (const name of [...names, ...level.state]) {
        // biome-ignore lint/complexity/noThisInStatic: the subclass is meant
        Object.defineProperty(this.prototype, name, {
          get(this: Reactive) {
            return this._values[name]
          },
          set(this: Reactive, value) {
            const old = this._values[name]
            if (old === value) return
            this._values[name] = value
            if (!this._changed.has(name)) this._changed.set(name, old)
            this.requestUpdate()
          },
        })
      }
    }
    return attributes
  }

  constructor() {
    super()
    this.renderRoot.append(this._fallback)
    addStyles(this.renderRoot, (this.constructor as typeof Reactive).styles.join(''))
  }

  attributeChangedCallback(attribute: string, _: string | null, value: string | null): void {
    const name = attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
    const type = (this.constructor as typeof Reactive).properties[name]
    Object.assign(this, { [name]: type === Boolean ? value !== null : (value ?? undefined) })
  }

  requestUpdate(): void {
    this._pending ??= this._update()
  }

  /** Settles when nothing is left to render. */
  get updateComplete(): Promise<void> {
    return (async () => {
      while (this._pending) await this._pending
    })()
  }

  private async _update(): Promise<void> {
    await undefined
    let changed = this._changed
    try {
      this.willUpdate(changed)
      changed = this._changed
      this._changed = new Map()
      render(this.render(), this.renderRoot, { host: this })
      this._fallback.remove()
    } catch (error) {
      // The first default slot is the one that gets the content.
      this.renderRoot.prepend(this._fallback)
      console.error(error)
    }
    this._pending = undefined
    this.updated(changed)
  }

  /** Before rendering; what it sets is rendered at once. */
  protected willUpdate(_changed: Changed): void {}
  protected abstract render(): unknown
  /** After rendering. */
  protected updated(_changed: Changed): void {}
}
