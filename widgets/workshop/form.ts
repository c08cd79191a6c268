import { html, nothing, type TemplateResult } from 'lit/html.js'
import { describedBy, type Field, field, group } from '../shared/fields.ts'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { LONG, type Path } from './content.ts'
import type { Editing } from './editing.ts'
import { areasView, capacitiesView, documentsView, exceptionsView, phonesView } from './lists.ts'
import type { Wanted } from './lookup.ts'
import { menuView } from './menu.ts'
import type { Model } from './model.ts'
import { ruleView } from './rule.ts'
import { NEEDED } from './sections.ts'
import type { Words } from './strings/fr.ts'
import { weekView } from './week.ts'

export const idOf = (path: Path): string => `f-${path.join('-')}`

/** The words around one value. */
export function about(m: Model, e: Editing, path: Path, label: string, more: { hint?: unknown; needed?: boolean } = {}): Field {
  const error = e.problemsAt(path).map(({ message }) => message)
  return { id: idOf(path), label, optional: more.needed ? undefined : m.t.optional, hint: more.hint, error: error.join(' ') }
}

/** What every control of a field has. */
const typedIn = (event: Event): string => (event.target as HTMLInputElement).value

/**
 * What is typed in a field, and what becomes of it when the field is left. A date, a time or a number that is half typed has no value: what stood there
 * stays until it is whole, and half of one is none.
 */
export function typing(put: (value: string) => void): { typed(event: Event): void; left(event: Event): void } {
  const isHalf = (event: Event) => (event.target as HTMLInputElement).validity.badInput
  return {
    typed: (event) => isHalf(event) || put(typedIn(event)),
    left: (event) => {
      if (!isHalf(event)) return
      ;(event.target as HTMLInputElement).value = ''
      put('')
    },
  }
}

interface Typing {
  type?: string
  lines?: number
  hint?: unknown
  needed?: boolean
  lang?: string
  /** Instead of what stands there. */
  value?: string
  /** Instead of putting it where it stands. */
  set?: (value: string | number | null) => void
}

/** A text, a day, a time or a number. */
export function input(
  m: Model,
  e: Editing,
  path: Path,
  label: string,
  { type = 'text', lines, lang, set: put, value: shown, ...more }: Typing = {},
): TemplateResult {
  const f = about(m, e, path, label, more)
  const present = e.value(path)
  const value = shown ?? (typeof present === 'string' || typeof present === 'number' ? String(present) : '')
  const invalid = f.error ? 'true' : nothing
  const { typed, left } = typing((typed) => {
    const next = typed === '' ? null : type === 'number' ? Number(typed) : typed
    if (put) put(next)
    else e.set(path, next)
  })
  return field(
    f,
    lines
      ? html`<textarea id=${f.id} rows=${lines} lang=${lang ?? nothing} aria-describedby=${describedBy(f)} aria-invalid=${invalid} .value=${value} @input=${typed}></textarea>`
      : html`<input id=${f.id} type=${type} lang=${lang ?? nothing} step=${type === 'number' ? 'any' : nothing} inputmode=${type === 'number' ? 'decimal' : nothing} aria-describedby=${describedBy(f)} aria-invalid=${invalid} .value=${value} @input=${typed} @blur=${left} />`,
  )
}

/** One of a few values. */
export function select(
  m: Model,
  e: Editing,
  path: Path,
  label: string,
  choices: readonly (readonly [string, string])[],
  more: { hint?: unknown; needed?: boolean; set?: (value: string) => void } = {},
): TemplateResult {
  const f = about(m, e, path, label, { ...more, needed: true })
  return field(
    f,
    html`<select id=${f.id} aria-describedby=${describedBy(f)} aria-invalid=${f.error ? 'true' : nothing}
      @change=${(event: Event) => (more.set ?? ((value: string) => e.set(path, value)))(typedIn(event))}>
      ${choices.map(([value, name]) => html`<option value=${value} .selected=${value === (e.value(path) ?? '')}>${name}</option>`)}
    </select>`,
  )
}

/** Any of a few values, in the order in which they were chosen. */
export function boxes(
  m: Model,
  e: Editing,
  path: Path,
  label: string,
  choices: readonly (readonly [string, string])[],
  more: { hint?: unknown; needed?: boolean } = {},
): TemplateResult {
  const chosen = (e.value(path) ?? []) as readonly string[]
  const toggle = (value: string, on: boolean) => e.set(path, on ? [...chosen, value] : chosen.filter((one) => one !== value))
  return group(
    {
      ...about(m, e, path, label, more),
      error: e
        .problemsAt(path, true)
        .map(({ message }) => message)
        .join(' '),
    },
    choices.map(
      ([value, name]) =>
        html`<label><input type="checkbox" .checked=${chosen.includes(value)} @change=${(event: Event) => toggle(value, (event.target as HTMLInputElement).checked)} /> ${name}</label>`,
    ),
  )
}

/** Yes or no. */
export const tick = (_: Model, e: Editing, path: Path, label: string): TemplateResult => html`
  <div class="field choices"><label>
    <input id=${idOf(path)} type="checkbox" .checked=${e.value(path) === true} @change=${(event: Event) => e.set(path, (event.target as HTMLInputElement).checked)} /> ${label}
  </label></div>
`

/** What is looked for by its name: a button that opens the field, and what was found below it. */
export function finding(m: Model, e: Editing, id: string, kind: Wanted, label: string, chosen: (code: string) => void): TemplateResult {
  const { t } = m
  const open = e.lookup.field(id)
  if (!open) return html`<button type="button" class="second" id=${id} @click=${() => e.lookup.open(id)}>${label}</button>`
  const take = (code: string) => {
    e.lookup.shut(id)
    chosen(code)
  }
  return html`<div class="finding">
    <label for="${id}-find">${kind === 'COMMUNE' ? t.communeFind : t.find}</label>
    <div class="beside">
      <input id="${id}-find" type="search" autocomplete="off" .value=${open.words}
        @input=${(event: Event) => e.lookup.type(id, kind, typedIn(event))}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === 'Escape') e.lookup.shut(id)
          const [first] = open.found ?? []
          if (event.key === 'Enter') event.preventDefault()
          if (event.key === 'Enter' && first && open.found?.length === 1) take(first.code)
        }} />
      <button type="button" class="quiet" @click=${() => e.lookup.shut(id)}>${t.cancel}</button>
    </div>
    <p class="hint" role="status">${open.found && !open.found[0] ? t.nothingFound : ''}</p>
    ${
      open.found?.[0]
        ? html`<ul class="found">${open.found.map(({ code, name }) => html`<li><button type="button" class="second" @click=${() => take(code)}>${name}</button></li>`)}</ul>`
        : nothing
    }
  </div>`
}

/**
 * A list to add from. What is pointed at is added; arrows go through the list (some browsers take each step for a choice), and Enter or the button
 * adds where they stopped. The button is there as long as something is chosen.
 */
export function adding(
  m: Model,
  id: string,
  label: string,
  choices: readonly (readonly [string, string])[],
  add: (value: string) => void,
): TemplateResult {
  const boxOf = (event: Event) => (event.currentTarget as Element).parentElement?.querySelector('select') as HTMLSelectElement
  let isWalking = false
  const take = (event: Event) => {
    const box = boxOf(event)
    const { value } = box
    if (isWalking || !value) return
    box.value = ''
    box.focus()
    add(value)
  }
  const key = (event: KeyboardEvent) => {
    isWalking = event.key !== 'Enter'
    if (isWalking || !boxOf(event).value) return
    event.preventDefault()
    take(event)
  }
  return html`<div class="beside adding">
    <select id=${id} aria-label=${label} @keydown=${key} @pointerdown=${() => {
      isWalking = false
    }} @change=${take}>
      <option value="">${label}…</option>
      ${choices.map(([value, name]) => html`<option value=${value}>${name}</option>`)}
    </select>
    <button type="button" class="second" @click=${(event: Event) => {
      isWalking = false
      take(event)
    }}>${m.t.add}</button>
  </div>`
}

/** One record, by its name. */
export function picker(
  m: Model,
  e: Editing,
  path: Path,
  label: string,
  kind: Wanted,
  more: { hint?: unknown; needed?: boolean } = {},
): TemplateResult {
  const { t } = m
  const code = e.value(path)
  const f = about(m, e, path, label, more)
  const name = typeof code === 'string' && code ? e.lookup.nameOf(kind, code) : ''
  return group(
    f,
    html`<div class="beside chosen">
      ${name ? html`<b>${name}</b>` : html`<span class="hint">${t.none}</span>`}
      ${finding(m, e, `${f.id}-choose`, kind, `${name ? t.change : t.choose}`, (found) => e.set(path, found))}
      ${name && !more.needed ? html`<button type="button" class="quiet" @click=${() => e.set(path, null)} aria-label=${fill(t.removeNamed, { what: name })}>${t.remove}</button>` : nothing}
    </div>`,
  )
}

/** Several records, by their names. */
export function pickers(
  m: Model,
  e: Editing,
  path: Path,
  label: string,
  kind: Wanted,
  more: { hint?: unknown; needed?: boolean } = {},
): TemplateResult {
  const { t } = m
  const codes = (e.value(path) ?? []) as readonly string[]
  const f = {
    ...about(m, e, path, label, more),
    error: e
      .problemsAt(path, true)
      .map(({ message }) => message)
      .join(' '),
  }
  return group(
    f,
    html`${
      codes[0]
        ? html`<ul class="chips">${codes.map((code) =>
            chip(m, e.lookup.nameOf(kind, code), () => {
              e.set(
                path,
                codes.filter((one) => one !== code),
              )
              e.focusOn(`#${f.id}-add`)
            }),
          )}</ul>`
        : nothing
    }
    ${finding(m, e, `${f.id}-add`, kind, t.add, (code) => !codes.includes(code) && e.set(path, [...codes, code]))}`,
  )
}

/** Something that was chosen, with what takes it away. */
export const chip = (m: Model, name: string, remove: () => void): TemplateResult =>
  html`<li class="chip"><span>${name}</span> <button type="button" class="quiet" aria-label=${fill(m.t.removeNamed, { what: name })} @click=${remove}>${m.t.remove}</button></li>`

/** Needs: the main one first, each chosen from the list; sub-needs below theirs. */
function needsView(m: Model, e: Editing, needed: boolean): TemplateResult {
  const { t, start } = m
  const codes = (e.value(['needs']) ?? []) as readonly string[]
  const all = (start?.needs ?? []).flatMap((need) => [
    { ...need, name: need.label },
    ...need.children.map((child) => ({ ...child, name: `${need.label} › ${child.label}` })),
  ])
  const nameOfNeed = (code: string) => all.find((one) => one.code === code)?.name ?? code
  const f = about(m, e, ['needs'], t.fields.needs, { hint: t.hints.needs, needed })
  const error = e.problemsAt(['needs'], true).map(({ message }) => message)
  return group(
    { ...f, error: error.join(' ') },
    html`${
      codes[0]
        ? html`<ol class="chips">${codes.map((code) =>
            chip(m, nameOfNeed(code), () => {
              e.set(
                ['needs'],
                codes.filter((one) => one !== code),
              )
              e.focusOn(`#${f.id}-add`)
            }),
          )}</ol>`
        : nothing
    }
      ${adding(
        m,
        `${f.id}-add`,
        `${t.add}: ${t.fields.needs}`,
        all.filter(({ code }) => !codes.includes(code)).map(({ code, name }) => [code, name]),
        (code) => e.set(['needs'], [...codes, code]),
      )}`,
  )
}

const named = (t: Words, codes: readonly (keyof Words['values'])[]) => codes.map((code) => [code, t.values[code]] as const)
const ORGANIZATION_KINDS = ['CPAS', 'COMMUNE', 'REGION', 'PUBLIC_SERVICE', 'ASSOCIATION'] as const
const DAYS: readonly string[] = ['assuredDate', 'reviewedAt', 'checkFailedOn', 'validFrom', 'validTo']
const NUMBERS: readonly string[] = [
  'minimumAge',
  'maximumAge',
  'callsPerHour',
  'slotNoticeMinutes',
  'slotDaysAhead',
  'latitude',
  'longitude',
]

/** A closing day, of one year or of every year. It is said in words as well: 02-11 is a day in November, or in February. */
function dayView(m: Model, e: Editing): TemplateResult {
  const { t, language } = m
  const path = ['day']
  const day = String(e.value(path) ?? '')
  const isYearly = /^\d\d-\d\d$/.test(day)
  // Every year has that day, the one that is shown too.
  const date = isYearly ? `${day === '02-29' ? 2028 : new Date().getFullYear()}-${day}` : day
  const put = (value: unknown, yearly: boolean) => e.set(path, yearly ? String(value ?? '').slice(5) : value)
  const words = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00Z`) : undefined
  const year = isYearly ? undefined : 'numeric'
  const said = words?.toLocaleDateString(language, { day: 'numeric', month: 'long', year, timeZone: 'UTC' }) ?? ''
  return html`${input(m, e, path, t.fields.day, { type: 'date', needed: true, value: date, set: (value) => put(value, isYearly) })}
    <div class="choices"><label><input type="checkbox" id="yearly" .checked=${isYearly} ?disabled=${!words} @change=${(event: Event) => put(date, (event.target as HTMLInputElement).checked)} /> ${t.everyYear}</label></div>
    <p class="hint" role="status">${isYearly ? `${t.everyYear} : ` : ''}${said}</p>`
}

/** One value of the form, as its kind asks for it. */
export function fieldView(m: Model, e: Editing, name: string): TemplateResult {
  const { t } = m
  const needed = NEEDED[e.kind].includes(name)
  const hint = (t.hints as Record<string, string>)[name]
  const label = (t.fields as Record<string, string>)[name] ?? name
  const more = { hint, needed }
  const languages = LANGUAGES.map((code) => [code, nameOf(code.toLowerCase(), m.language) ?? code] as const)
  if (name.startsWith('texts.')) {
    const text = name.slice(6)
    const own = text === 'eligibility' ? 'eligibilityText' : text
    const lines = text === 'answer' || text === 'script' ? 10 : text === 'description' ? 5 : 3
    return input(m, e, ['texts', e.tag, text], t.fields[own as keyof Words['fields']], {
      needed,
      hint: (t.hints as Record<string, string>)[own],
      lines: LONG.includes(text) ? lines : undefined,
      lang: m.langOf(e.tag),
    })
  }
  if (DAYS.includes(name)) return input(m, e, [name], label, { ...more, type: 'date' })
  if (NUMBERS.includes(name)) return input(m, e, [name], label, { ...more, type: 'number' })
  switch (name) {
    case 'organization':
    case 'keeper':
      return picker(m, e, [name], label, 'ORGANIZATION', { ...more, hint: e.kind === 'CLOSING_DAY' ? undefined : hint })
    case 'commune':
      return picker(m, e, [name], label, 'COMMUNE', more)
    case 'fallback':
    case 'successor':
      return picker(m, e, [name], label, 'LINE', more)
    case 'services':
      return pickers(m, e, [name], label, 'SERVICE', more)
    case 'related':
      return pickers(m, e, [name], label, 'QUESTION', more)
    case 'locations':
      return pickers(m, e, [name], label, 'LOCATION', more)
    case 'needs':
      return needsView(m, e, needed)
    case 'audiences':
      return boxes(
        m,
        e,
        [name],
        label,
        (m.start?.audiences ?? []).map(({ code, label }) => [code, label]),
        more,
      )
    case 'languages':
      return boxes(m, e, [name], label, languages, more)
    case 'kinds':
      return boxes(m, e, [name], label, named(t, ORGANIZATION_KINDS), more)
    case 'language':
      return select(m, e, [name], label, languages, more)
    case 'status':
      return select(m, e, [name], label, named(t, ['ACTIVE', 'TEMPORARILY_CLOSED', 'INACTIVE', 'DEFUNCT']), more)
    case 'urgency':
      return select(m, e, [name], label, named(t, ['INFO', 'SOON', 'CRISIS', 'DANGER']), more)
    case 'lineKind':
      return select(m, e, [name], label, named(t, ['SOCIAL', 'LISTENING', 'EMERGENCY']), more)
    case 'organizationKind':
      return select(m, e, [name], label, named(t, ORGANIZATION_KINDS), more)
    case 'virtual':
    case 'acceptsCallbacks':
      return tick(m, e, [name], label)
    case 'day':
      return dayView(m, e)
    case 'areas':
      return areasView(m, e)
    case 'phones':
      return phonesView(m, e)
    case 'requiredDocuments':
      return documentsView(m, e)
    case 'capacities':
      return capacitiesView(m, e)
    case 'exceptions':
      return exceptionsView(m, e)
    case 'hours':
      return weekView(m, e)
    case 'menu':
      return menuView(m, e)
    case 'eligibility':
      return ruleView(m, e)
    default:
      return input(m, e, [name], label, more)
  }
}
