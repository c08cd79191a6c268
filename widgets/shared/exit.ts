import { html, type TemplateResult } from 'lit/html.js'

const PRESSES = 3
const WITHIN_MS = 1500

/** Leaves for a neutral site without an entry to come back to. */
export const leave = (url: string): void => location.replace(url)

/** Shift three times leaves too, for hands that cannot reach the mouse. Returns how to stop. */
export function leaveOnShift(go: () => void): () => void {
  let presses: number[] = []
  const listener = (event: KeyboardEvent) => {
    if (event.key !== 'Shift') presses = []
    else if (!event.repeat) presses = [...presses, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN_MS)
    if (presses.length >= PRESSES) go()
  }
  addEventListener('keydown', listener)
  return () => removeEventListener('keydown', listener)
}

/** The visible way out. */
export const exitButton = (t: { exit: string; exitHint: string }, go: () => void): TemplateResult => html`
  <p class="exit"><button type="button" class="quiet" @click=${go}>${t.exit}</button> <small>${t.exitHint}</small></p>
`
