import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { FinderCommunesQuery } from '../../schema/generated/finder.ts'
import { field } from '../shared/fields.ts'
import type { Commune } from './found.ts'
import type { Model } from './model.ts'

/** The communes as they stand in the field: with the postal code that was typed, else with their first. */
export const labelled = (communes: FinderCommunesQuery['communes'], typed: string): Commune[] =>
  communes.map((commune) => {
    const code = commune.postalCodes.find((postalCode) => postalCode.startsWith(typed)) ?? commune.postalCodes[0]
    return { ...commune, label: `${code} ${commune.name}` }
  })

/** Those that may be meant by what was typed, in lower case: the only one of that very name, else all. */
export function meant(communes: Commune[], typed: string): Commune[] {
  const same = communes.filter(({ name, label }) => [name, label].some((text) => text.toLowerCase() === typed))
  return same.length === 1 ? same : communes
}

/** The commune: free text with suggestions, which works without them. */
export const placeField = ({ t, place, placeProblem, suggestions, type }: Model): TemplateResult =>
  field(
    { id: 'place', label: t.commune, optional: t.optional, hint: t[placeProblem || 'communeHint'] },
    html`<input id="place" list="communes" maxlength="60" aria-describedby="place-hint" .value=${place} @input=${type}>
      <datalist id="communes">${suggestions.map(({ label }) => html`<option value=${label}></option>`)}</datalist>`,
  )

/** When several communes may be meant. */
export const placeChoices = (m: Model): TemplateResult | typeof nothing =>
  m.placeProblem === 'which'
    ? html`<div class="chips">
        ${m.suggestions.map(
          (commune) => html`<button type="button" class="second" @click=${() => m.choose(commune)}>${commune.label}</button>`,
        )}
      </div>`
    : nothing
