import { html, nothing, type TemplateResult } from 'lit/html.js'
import { group } from '../shared/fields.ts'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { at, type Path } from './content.ts'
import type { Editing } from './editing.ts'
import { about, adding, boxes, chip, finding, idOf, input } from './form.ts'
import type { Model } from './model.ts'

interface Listed {
  /** Of the list in the document. */
  path: Path
  label: string
  hint?: unknown
  add: string
  made: () => unknown
  /** What one entry is called, for its buttons. */
  called: (entry: unknown, index: number) => string
  entry: (path: Path, index: number) => unknown
}

/** A list whose entries have a few fields each. */
export function listView(m: Model, e: Editing, { path, label, hint, add, made, called, entry }: Listed): TemplateResult {
  const { t } = m
  const entries = (e.value(path) ?? []) as readonly unknown[]
  const append = () => {
    e.set(path, [...entries, made()])
    e.focusOn(`#${idOf([...path, String(entries.length)])} input`, `#${idOf([...path, String(entries.length)])} select`)
  }
  const remove = (index: number) => {
    e.set(
      path,
      entries.filter((_, one) => one !== index),
    )
    e.focusOn(`#${idOf(path)}-add`)
  }
  const f = about(m, e, path, label, { hint, needed: true })
  return group(
    f,
    html`${
      entries[0] === undefined
        ? nothing
        : html`<ul class="entries">${entries.map((one, index) => {
            const own = [...path, String(index)]
            const problems = e.problemsAt(own)
            return html`<li class="entry" id=${idOf(own)} tabindex="-1">
              ${problems.map(({ message }) => html`<p class="wrong">${message}</p>`)}${entry(own, index)}
              <button type="button" class="quiet" aria-label=${fill(t.removeNamed, { what: called(one, index) })} @click=${() => remove(index)}>${t.remove}</button>
            </li>`
          })}</ul>`
    }<button type="button" class="second" id="${f.id}-add" @click=${append}>${add}</button>`,
  )
}

const languagesOf = (m: Model) => LANGUAGES.map((code) => [code, nameOf(code.toLowerCase(), m.language) ?? code] as const)

export function phonesView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  return listView(m, e, {
    path: ['phones'],
    label: t.fields.phones,
    add: t.addPhone,
    made: () => ({ number: '', languages: [], label: {} }),
    called: (phone, index) => String(at(phone, ['number']) || `${t.fields.phones} ${index + 1}`),
    entry: (path) => html`<div class="fields">
        ${input(m, e, [...path, 'number'], t.fields.number, { type: 'tel', needed: true, hint: t.hints.number })}
        ${input(m, e, [...path, 'label', e.tag], t.fields.label, { lang: m.langOf(e.tag), hint: t.hints.label })}
      </div>
      ${boxes(m, e, [...path, 'languages'], t.fields.languages, languagesOf(m))}`,
  })
}

export function documentsView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  return listView(m, e, {
    path: ['requiredDocuments'],
    label: t.fields.requiredDocuments,
    add: t.addDocument,
    made: () => ({ [e.tag]: '' }),
    called: (paper, index) => String(at(paper, [e.tag]) || `${t.fields.requiredDocuments} ${index + 1}`),
    entry: (path) => input(m, e, [...path, e.tag], t.fields.label, { needed: true, lang: m.langOf(e.tag) }),
  })
}

export function capacitiesView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  return listView(m, e, {
    path: ['capacities'],
    label: t.fields.capacities,
    add: t.addCapacity,
    made: () => ({ unit: '', available: 0, maximum: null, updated: new Date().toISOString() }),
    called: (one, index) => String(at(one, ['unit']) || `${t.fields.capacities} ${index + 1}`),
    entry: (path) => html`<div class="fields">
      ${input(m, e, [...path, 'unit'], t.fields.unit, { needed: true })}
      ${input(m, e, [...path, 'available'], t.fields.available, { type: 'number', needed: true })}
      ${input(m, e, [...path, 'maximum'], t.fields.maximum, { type: 'number' })}
    </div>`,
  })
}

/** Days on which the week does not hold. */
export function exceptionsView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const today = new Date().toISOString().slice(0, 10)
  return listView(m, e, {
    path: ['exceptions'],
    label: t.fields.exceptions,
    add: t.addException,
    made: () => ({ firstDay: today, lastDay: today, opens: null, closes: null, reason: {} }),
    called: (one) => [at(one, ['firstDay']), at(one, ['lastDay'])].filter((day, index, all) => day !== all[index - 1]).join(' – '),
    entry: (path) => {
      const shut = e.value([...path, 'opens']) === null && e.value([...path, 'closes']) === null
      const times = (event: Event) => {
        const closed = (event.target as HTMLInputElement).checked
        e.set(path, { ...(e.value(path) as object), opens: closed ? null : '09:00', closes: closed ? null : '12:00' })
      }
      return html`<div class="fields">
          ${input(m, e, [...path, 'firstDay'], t.fields.firstDay, { type: 'date', needed: true })}
          ${input(m, e, [...path, 'lastDay'], t.fields.lastDay, { type: 'date', needed: true })}
        </div>
        <div class="choices"><label><input type="checkbox" .checked=${shut} @change=${times} /> ${t.closedThen}</label></div>
        ${
          shut
            ? nothing
            : html`<div class="fields">
                ${input(m, e, [...path, 'opens'], t.fields.opens, { type: 'time', needed: true })}
                ${input(m, e, [...path, 'closes'], t.fields.closes, { type: 'time', needed: true })}
              </div>`
        }
        ${input(m, e, [...path, 'reason', e.tag], t.fields.reason, { lang: m.langOf(e.tag) })}`
    },
  })
}

/** Where something is offered. A closing day names its places by codes alone. */
export function areasView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const path = ['areas']
  const bare = e.kind === 'CLOSING_DAY'
  const list = ((e.value(path) ?? []) as readonly (string | { kind: string; code: string })[]).map((one) =>
    typeof one === 'string' ? { kind: kindOf(one, t), code: one } : one,
  )
  const put = (areas: readonly { kind: string; code: string }[]) => e.set(path, bare ? areas.map(({ code }) => code) : areas)
  const add = (kind: string, code: string) => {
    if (!list.some((one) => one.kind === kind && one.code === code)) put([...list, { kind, code }])
  }
  const nameOfArea = ({ kind, code }: { kind: string; code: string }): string => {
    if (kind === 'COUNTRY') return t.areaKinds.COUNTRY
    if (kind === 'COMMUNE') return e.lookup.nameOf('COMMUNE', code)
    return (kind === 'REGION' ? (t.regions as Record<string, string>) : (t.provinces as Record<string, string>))[code] ?? code
  }
  const f = about(m, e, path, t.fields.areas, { hint: t.hints.areas, needed: true })
  const error = e.problemsAt(path, true).map(({ message }) => message)
  const wider = [
    ...(bare ? [] : [['COUNTRY BE', t.areaKinds.COUNTRY] as const]),
    ...Object.entries(t.regions).map(([code, name]) => [`REGION ${code}`, name] as const),
    ...Object.entries(t.provinces).map(([code, name]) => [`PROVINCE ${code}`, name] as const),
  ]
  const remove = (index: number) => {
    put(list.filter((_, one) => one !== index))
    e.focusOn(`#${f.id}-wider`)
  }
  return group(
    { ...f, error: error.join(' ') },
    html`${list[0] ? html`<ul class="chips">${list.map((area, index) => chip(m, nameOfArea(area), () => remove(index)))}</ul>` : html`<p>${t.everywhere}</p>`}
      ${finding(m, e, `${f.id}-add`, 'COMMUNE', `${t.add}: ${t.areaKinds.COMMUNE}`, (code) => add('COMMUNE', code))}
      ${adding(m, `${f.id}-wider`, t.addArea, wider, (value) => {
        const [kind = '', code = ''] = value.split(' ')
        add(kind, code)
      })}`,
  )
}

const kindOf = (code: string, t: Model['t']): string => (/^\d/.test(code) ? 'COMMUNE' : code in t.regions ? 'REGION' : 'PROVINCE')
