import { html, nothing, type TemplateResult } from 'lit/html.js'
import type { SlotFragment } from '../../schema/generated/callback.ts'
import { group } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import { about, fieldOf } from './fields.ts'
import { missing, type Problem } from './input.ts'
import type { Texts } from './model.ts'

export type Slot = SlotFragment

/** When a line calls back: the slots with a place left, in order, and when it would call whoever asks for "as soon as possible". */
export interface Times {
  line: string
  slots: readonly Slot[]
  expected?: string
}

/** A day (or `asap`) and the id of a slot. */
export interface Chosen {
  day?: string
  slot?: string
}

/** The value of the radio button "as soon as possible". */
export const ASAP = 'asap'

/** The slot that is chosen and still offered. */
export const slotOf = (times: Times | undefined, { day, slot }: Chosen): Slot | undefined =>
  times?.slots.find((one) => one.id === slot && one.day === day)

/** A choice that is still to be made, when there is one to make. */
export function missingTime(times: Times | undefined, chosen: Chosen, prefix = ''): Problem[] {
  if (!times?.slots.length || chosen.day === ASAP) return []
  const day = times.slots.some(({ day }) => day === chosen.day) && chosen.day
  return missing({ day, slot: slotOf(times, chosen) }, day ? ['slot'] : ['day'], prefix)
}

/** First the day, and once it is chosen, the parts of that day that are free. */
export function timesView(m: Texts, { slots, expected }: Times, chosen: Chosen, prefix = '') {
  const { t } = m
  const days = slots.filter(({ day }, index) => slots.findIndex((one) => one.day === day) === index)
  const parts = slots.filter(({ day }) => day === chosen.day)
  const radios = (name: 'day' | 'slot', label: string, all: { value: string; words: unknown }[]) => {
    const field = fieldOf(m, prefix + name, label)
    return group(
      field,
      all.map(
        ({ value, words }) => html`<label>
          <input type="radio" name=${name} value=${value} .checked=${chosen[name] === value} aria-invalid=${field.error ? 'true' : nothing}>
          <span>${words}</span>
        </label>`,
      ),
    )
  }
  const soon = html`${t.asap}${expected ? html`<br><small>${fill(t.probably, { when: expected })}</small>` : nothing}`
  return [
    radios('day', t.day, [{ value: ASAP, words: soon }, ...days.map(({ day, dayLabel }) => ({ value: day, words: dayLabel }))]),
    parts.length
      ? radios(
          'slot',
          t.slot,
          parts.map(({ id, timesLabel }) => ({ value: id, words: timesLabel })),
        )
      : nothing,
  ]
}

/** When to expect the call, in a sentence. */
export function expectation(
  m: Texts,
  line?: { name: string; language: string },
  slot?: Pick<Slot, 'dayLabel' | 'timesLabel'> | null,
  expected?: string,
): TemplateResult {
  const { t } = m
  if (slot) return about(m, t.at, line, `${slot.dayLabel}, ${slot.timesLabel}`)
  return about(m, expected ? t.soon : t.when, line, expected)
}
