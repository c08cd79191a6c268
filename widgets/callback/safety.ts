import { html, nothing } from 'lit/html.js'
import { callCard } from '../shared/parts.ts'
import type { Model } from './model.ts'

/** Whom to call now, for a need that should not wait. */
export function pressing(m: Model) {
  const { t, concernedNeed } = m
  return concernedNeed?.emergencyLines.length && /DANGER|CRISIS/.test(concernedNeed.urgency ?? '')
    ? html`<div class="safety stack">
        ${m.heading(t.safety, 1)}
        ${concernedNeed.emergencyLines.map((line) => callCard({ ...line, lang: m.langOf(line.language), label: line.openingStatus.label }))}
        ${m.gated ? html`<button type="button" class="second" @click=${m.beSafe}>${t.iAmSafe}</button>` : nothing}
      </div>`
    : nothing
}

/** The same, after the way out of the page for a need where being seen is a risk. */
export const safety = (m: Model) => [m.exit(), pressing(m)]
