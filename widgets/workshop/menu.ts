import { html, nothing, type TemplateResult } from 'lit/html.js'
import { group } from '../shared/fields.ts'
import { fill } from '../shared/languages.ts'
import type { Editing } from './editing.ts'
import { about, idOf, input, picker, select } from './form.ts'
import { freeKey, type Keyed, keysOf, moveKey } from './menu-order.ts'
import type { Model } from './model.ts'

interface Entry extends Keyed {
  kind: string
  label: Record<string, string>
  service: string | null
  transferTo: string | null
  partner: string | null
  validFrom: string | null
  validTo: string | null
}

const KINDS = ['QUEUE', 'SERVICE', 'TRANSFER', 'PARTNER'] as const
/** What is dragged: nothing from elsewhere may be dropped here. */
const DRAGGED = 'application/x-passerelle-key'

/** The menu of a line: what each key does, in their order. */
export function menuView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const menu = (e.value(['menu']) ?? []) as readonly Entry[]
  const keys = keysOf(menu)
  const f = about(m, e, ['menu'], t.fields.menu, { hint: t.dragHint, needed: true })
  const called = (entry: Entry) => entry.label[e.tag] || fill(t.entry, { key: entry.key })
  const move = (entry: Entry, to: number, button?: string) => {
    const moved = moveKey(menu, entry.key, to)
    const key = keys[Math.max(0, Math.min(to, keys.length - 1))] ?? entry.key
    e.set(['menu'], moved)
    e.tell(fill(t.moved, { what: called(entry), key }))
    const place = moved.findIndex((one) => one.label === entry.label && one.key === key)
    // The focus goes along; where there is no further, to the other button.
    if (button) e.focusOn(`#menu-${place}-${button}:not([disabled])`, `#menu-${place}-up:not([disabled])`, `#menu-${place}-down`)
  }
  const add = () => {
    const key = freeKey(menu)
    const made = {
      key,
      kind: 'QUEUE',
      label: { [e.tag]: '' },
      service: null,
      transferTo: null,
      partner: null,
      validFrom: null,
      validTo: null,
    }
    const next = [...menu, made].sort((a, b) => a.key - b.key)
    e.set(['menu'], next)
    e.focusOn(`#${idOf(['menu', String(next.indexOf(made)), 'label', e.tag])}`)
  }
  const remove = (index: number) => {
    e.set(
      ['menu'],
      menu.filter((_, one) => one !== index),
    )
    e.focusOn(`#${f.id}-add`)
  }
  const setKey = (index: number, value: string) => {
    const key = Number(value)
    if (!Number.isInteger(key)) return
    const next = menu.map((one, at) => (at === index ? { ...one, key } : one))
    const [changed] = next.slice(index, index + 1)
    const sorted = next.sort((a, b) => a.key - b.key)
    e.set(['menu'], sorted)
    if (changed) e.focusOn(`#${idOf(['menu', String(sorted.indexOf(changed)), 'key'])}`)
  }
  return group(
    f,
    html`${
      menu[0]
        ? html`<ol class="entries menu">${menu.map((entry, index) => {
            const own = ['menu', String(index)]
            const place = keys.indexOf(entry.key)
            const up = place === 0
            const down = place === keys.length - 1
            const problems = e.problemsAt(own)
            return html`<li class="entry" id=${idOf(own)} tabindex="-1"
              @dragover=${(event: DragEvent) => {
                if (event.dataTransfer?.types.includes(DRAGGED)) event.preventDefault()
              }}
              @drop=${(event: DragEvent) => {
                const key = Number(event.dataTransfer?.getData(DRAGGED))
                const dragged = menu.find((one) => one.key === key)
                event.preventDefault()
                if (dragged && dragged.key !== entry.key) move(dragged, place)
              }}>
              <div class="handle" draggable=${e.mayEdit ? 'true' : 'false'} aria-hidden="true"
                @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(DRAGGED, String(entry.key))}>⠿</div>
              <div class="beside head">
                <label class="key">${t.fields.key}
                  <input id=${idOf([...own, 'key'])} type="number" min="0" max="99" .value=${String(entry.key)} aria-invalid=${e.problemsAt([...own, 'key'])[0] ? 'true' : nothing}
                    @change=${(event: Event) => setKey(index, (event.target as HTMLInputElement).value)} />
                </label>
                <span class="moves">
                  <button type="button" class="second icon" id="menu-${index}-up" ?disabled=${up} aria-label=${fill(t.moveUp, { what: called(entry) })} @click=${() => move(entry, place - 1, 'up')}><span aria-hidden="true">↑</span></button>
                  <button type="button" class="second icon" id="menu-${index}-down" ?disabled=${down} aria-label=${fill(t.moveDown, { what: called(entry) })} @click=${() => move(entry, place + 1, 'down')}><span aria-hidden="true">↓</span></button>
                </span>
                <button type="button" class="quiet" aria-label=${fill(t.removeNamed, { what: called(entry) })} @click=${() => remove(index)}>${t.remove}</button>
              </div>
              ${[...problems, ...e.problemsAt([...own, 'key'])].map(({ message }) => html`<p class="wrong">${message}</p>`)}
              <div class="fields">
                ${input(m, e, [...own, 'label', e.tag], t.heard, { needed: true, lang: m.langOf(e.tag) })}
                ${select(
                  m,
                  e,
                  [...own, 'kind'],
                  t.fields.kind,
                  KINDS.map((kind) => [kind, t.values[kind]]),
                  {
                    set: (kind) =>
                      e.set(own, { ...entry, kind, ...(kind === 'QUEUE' ? { service: null, transferTo: null, partner: null } : {}) }),
                  },
                )}
              </div>
              ${targetView(m, e, entry, own)}
              <details ?open=${!!(entry.validFrom || entry.validTo)}><summary>${t.dates}</summary>
                <div class="fields">
                  ${input(m, e, [...own, 'validFrom'], t.fields.validFrom, { type: 'date' })}
                  ${input(m, e, [...own, 'validTo'], t.fields.validTo, { type: 'date' })}
                </div>
              </details>
            </li>`
          })}</ol>`
        : nothing
    }<button type="button" class="second" id="${f.id}-add" @click=${add}>${t.addEntry}</button>`,
  )
}

/** Where the key leads. What another kind of key would lead to stays unseen, unless it is set. */
function targetView(m: Model, e: Editing, { kind, service, transferTo, partner }: Entry, own: readonly string[]): unknown {
  const { t } = m
  const show = (name: 'service' | 'transferTo' | 'partner', needed: boolean) =>
    picker(m, e, [...own, name], t.fields[name], name === 'service' ? 'SERVICE' : name === 'transferTo' ? 'LINE' : 'ORGANIZATION', {
      needed,
    })
  return html`<div class="targets">
    ${kind === 'SERVICE' || service ? show('service', kind === 'SERVICE') : nothing}
    ${kind === 'TRANSFER' || transferTo ? show('transferTo', false) : nothing}
    ${kind === 'PARTNER' || (kind === 'TRANSFER' && partner) || partner ? show('partner', kind === 'PARTNER') : nothing}
  </div>`
}
