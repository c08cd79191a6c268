import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { FinderCommunesQuery } from '../../schema/generated/finder.ts'
import { field } from '../shared/fields.ts'
import type { Commune } from './found.ts'
import type { Model } from './model.ts'

/** As people type it: without accents, capitals or signs. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, ' ')
    .trim()

/** The communes as they stand in the field: with the postal code that was typed, else with their first. */
export const labelled = (communes: FinderCommunesQuery['communes'], typed: string): Commune[] =>
  communes.map((commune) => {
    const [digits = '-'] = /\d+/.exec(typed) ?? []
    const code = commune.postalCodes.find((postalCode) => postalCode.startsWith(digits)) ?? commune.postalCodes[0]
    return { ...commune, label: `${code} ${commune.name}` }
  })

/** Those that may be meant by what was typed: the only one of that very name, else all. */
export function meant(communes: Commune[], typed: string): Commune[] {
  const same = communes.filter(({ name, label }) => [name, label].some((text) => fold(text) === fold(typed)))
  return same.length === 1 ? same : communes
}

/** The commune: free text with a list (see where.ts). */
export function placeField({ t, where }: Model): TemplateResult {
  const { text, problem, suggestions, listed, active } = where
  return field(
    { id: 'place', label: t.commune, optional: t.optional, hint: t[problem || 'communeHint'] },
    html`<div class="combo">
      <input
        id="place"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded=${listed}
        aria-controls="communes"
        aria-activedescendant=${listed && active >= 0 ? `c-${active}` : nothing}
        aria-describedby="place-hint"
        autocomplete="off"
        maxlength="60"
        .value=${text}
        @input=${where.type}
        @keydown=${where.key}
        @blur=${where.close}
      >
      <ul id="communes" role="listbox" aria-label=${t.commune} ?hidden=${!listed} @mousedown=${(event: Event) => event.preventDefault()}>
        ${suggestions.map(
          (commune, index) =>
            html`<li id="c-${index}" role="option" aria-selected=${index === active} @click=${() => where.choose(commune)}>${commune.label}</li>`,
        )}
      </ul>
    </div>`,
  )
}

/** When several communes may be meant. */
export const placeChoices = ({ where }: Model): TemplateResult | typeof nothing =>
  where.problem === 'which'
    ? html`<div class="chips">
        ${where.suggestions.map(
          (commune) => html`<button type="button" class="second" @click=${() => where.choose(commune)}>${commune.label}</button>`,
        )}
      </div>`
    : nothing
