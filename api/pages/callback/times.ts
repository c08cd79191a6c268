import { estimateLabel, dayLabel, slotLabel, timesLabel } from '../../callback/rules/labels.ts'
import type { Slot } from '../../callback/rules/slots.ts'
import { dayIn } from '../../service/rules/calendar.ts'
import type { Times, Told } from '../actions.ts'
import { type Html, html } from '../html.ts'
import { type Reader, wordsOf } from '../layout.ts'
import { type Asking, choice, group, nameOf, type Question, withName } from './form-parts.ts'
import { ASAP } from './wanted.ts'

/** Days that show at once; the others are folded, so that the rest of the form is not far away. */
const FIRST_DAYS = 4

type TimesQuestion = Pick<Question, 'hint' | 'required'> & {
  /** Id of a slot, ASAP, or '' while nothing is chosen. */
  chosen: string
  /** "As soon as possible" can be chosen; true unless said. */
  soon?: boolean
}

/** When to be called: as soon as possible, or one of the parts of days that are free. Nothing is chosen beforehand. */
export function timesGroup(asking: Asking, { slots, expected }: Times, { chosen, soon = true, ...question }: TimesQuestion): Html {
  const { reader } = asking
  const { languages, now } = reader
  const words = wordsOf(reader).callback
  const days = [...new Set(slots.map(({ startsAt }) => dayIn(startsAt)))].map((day) =>
    slots.filter(({ startsAt }) => dayIn(startsAt) === day),
  )
  const probably = expected && html`<small>${words.probably(estimateLabel(expected, now, languages))}</small>`
  const day = (parts: readonly Slot[]) => html`<fieldset class="day">
<legend>${parts[0] && dayLabel(parts[0].startsAt, now, languages)}</legend>
<div class="parts">${parts.map((slot) =>
    choice(
      { type: 'radio', name: 'slot', value: slot.id, checked: chosen === slot.id, id: !soon && slot === slots[0] ? 'slot' : undefined },
      timesLabel(slot, languages),
    ),
  )}</div>
</fieldset>`
  const more = days.slice(FIRST_DAYS)
  const isFolded = more.some((parts) => parts.some(({ id }) => id === chosen))
  return group(
    asking,
    { name: 'slot', label: words.when, ...question },
    html`${soon && choice({ type: 'radio', name: 'slot', value: ASAP, checked: chosen === ASAP, id: 'slot' }, html`${words.asap}${probably}`)}
${days.slice(0, FIRST_DAYS).map(day)}${more.length > 0 && html`<details class="more"${isFolded && html` open`}><summary>${words.moreDays}</summary>${more.map(day)}</details>`}`,
  )
}

/** When to expect the call, in a sentence; null once nobody waits for one. */
export function expectation({ receipt, expected }: Told, reader: Reader): Html | null {
  const { directory, languages, now } = reader
  const words = wordsOf(reader).callback
  const line = directory.linesById.get(receipt.lineId)
  if (!line || receipt.status !== 'NEW') return null
  const { slot } = receipt
  const sentence = (name: string) => {
    if (slot) return words.at(name, slotLabel(slot, languages))
    return expected ? words.soon(name, estimateLabel(expected, now, languages)) : words.later(name)
  }
  return withName(sentence, nameOf(line, reader))
}
