import { html, nothing, type TemplateResult } from 'lit/html.js'
import { fill, LANGUAGES, nameOf } from '../shared/languages.ts'
import { at, codeOf, LONG, type Path, shortTexts, TEXTS, type Tag, TAGS } from './content.ts'
import type { Editing } from './editing.ts'
import { input } from './form.ts'
import type { Model } from './model.ts'
import { momentOf } from './views.ts'

/** The texts of a record in its first language, and beside each the same in another. */
export function translationsView(m: Model, e: Editing): TemplateResult {
  const { t, language } = m
  const name = (tag: Tag) => nameOf(tag, language) ?? tag
  const { target } = e
  const choose = (tag: Tag) => {
    e.target = tag
    e.focusOn(`#into-${tag}`)
  }
  const paths = [
    ...TEXTS[e.kind].map((text) => ({
      from: ['texts', e.tag, text],
      into: ['texts', target, text],
      label: labelOf(m, text),
      long: LONG.includes(text),
    })),
    ...shortTexts(e.doc).map((path) => ({ from: [...path, e.tag], into: [...path, target], label: shortLabel(m, e, path), long: false })),
  ].filter(({ from, into }) => e.value(from) || e.value(into))
  return html`<section class="translations card" aria-label=${t.tabs.translations}>
    <nav class="tongues" aria-label=${t.languageLabel}>${TAGS.filter((tag) => tag !== e.tag).map(
      (
        tag,
      ) => html`<button type="button" class="tab" id="into-${tag}" aria-current=${tag === target ? 'true' : nothing} @click=${() => choose(tag)}>
        ${name(tag)} <small class=${freshness(e, tag)}>${t[freshness(e, tag)]}</small></button>`,
    )}</nav>
    <p class="hint">${datesOf(m, e)}</p>
    <div class="pair heads" aria-hidden="true">
      <p>${fill(t.translationOf, { language: name(e.tag) })} <small>${t.original}</small></p>
      <p>${fill(t.translationInto, { language: name(target) })}</p>
    </div>
    ${paths.map(({ from, into, label, long }) => {
      const source = String(e.value(from) ?? '')
      return html`<div class="pair">
        <div><p class="label">${label} <small>${LANGUAGES.find((code) => code === codeOf(e.tag))}</small>${source && !e.value(into) ? html` <b class="mark soon">${t.missing}</b>` : nothing}</p>
          <p class="lines source" lang=${e.tag}>${source || html`<span class="hint" lang=${language}>${t.nothingThere}</span>`}</p></div>
        <fieldset ?disabled=${!e.mayEdit}>${input(m, e, into, `${label} (${name(target)})`, {
          needed: true,
          lang: target,
          lines: long ? Math.min(12, Math.max(3, Math.ceil(source.length / 45))) : undefined,
        })}</fieldset>
      </div>`
    })}
    ${
      e.mayEdit && e.record && freshness(e, target) === 'behind'
        ? html`<p class="band">${t.behind}</p><p><button type="button" class="second" id="still" @click=${() => e.confirmTranslation(codeOf(target))}>${t.stillRight}</button></p>`
        : nothing
    }
  </section>`
}

/** How fresh the text in a language is beside the first one: as the server last told. */
function freshness(e: Editing, tag: Tag): 'missing' | 'behind' | 'upToDate' {
  const code = codeOf(tag)
  if (!e.record || e.record.missing.includes(code)) return 'missing'
  return e.record.behind.includes(code) ? 'behind' : 'upToDate'
}

/** When the first text changed, and when its translation did. */
function datesOf({ t, language }: Model, e: Editing): string {
  const on = (tag: Tag) => e.record?.texts.find((one) => one.language === codeOf(tag))?.changedAt
  const [from, to] = [on(e.tag), on(e.target)]
  const named = (sentence: string, tag: Tag, at: string | undefined) =>
    at ? fill(sentence, { language: nameOf(tag, language) ?? tag, when: momentOf(at, language) }) : ''
  return [named(t.firstTextOf, e.tag, from), named(t.translationOn, e.target, to)].filter(Boolean).join(' · ')
}

const labelOf = ({ t }: Model, text: string): string => t.fields[(text === 'eligibility' ? 'eligibilityText' : text) as 'name'] ?? text

/** "Menu 2: Intitulé": which list it is in, and where. */
function shortLabel({ t }: Model, e: Editing, path: Path): string {
  const [first = '', index = ''] = path
  const list = t.fields[first as 'menu'] ?? first
  if (first === 'eligibility') return list
  const key = at(e.doc, [first, index, 'key'])
  return `${list} ${key ?? Number(index) + 1}`
}
