import { html, nothing, type TemplateResult } from 'lit/html.js'
import { group } from '../shared/fields.ts'
import { LANGUAGES, nameOf } from '../shared/languages.ts'
import { type Path, slugFrom } from './content.ts'
import type { Editing } from './editing.ts'
import { about, adding, chip, finding, idOf, input } from './form.ts'
import type { Model } from './model.ts'
import type { Words } from './strings/fr.ts'

/** One part of a rule says one thing: `{ all: […] }`, `{ age: { min: 18 } }` … */
type Rule = { readonly [part: string]: unknown }
type PartName = keyof Words['ruleParts']

const ROOT: Path = ['eligibility']
const PARTS: readonly PartName[] = ['age', 'audience', 'commune', 'language', 'condition', 'assessed', 'all']

const nameOfPart = (rule: Rule): string => Object.keys(rule)[0] ?? ''
const isGroup = (rule: Rule): boolean => 'all' in rule || 'any' in rule

/** A new part, with something in it that holds. */
function madePart(m: Model, e: Editing, name: PartName): Rule {
  switch (name) {
    case 'age':
      return { age: { min: 18 } }
    case 'audience':
      return { audience: m.start?.audiences[0]?.code ?? '' }
    case 'commune':
      return { commune: [] }
    case 'language':
      return { language: 'FR' }
    case 'condition':
      return { condition: { code: slugFrom(''), texts: { [e.tag]: '' } } }
    case 'assessed':
      return { assessed: { [e.tag]: '' } }
    case 'all':
      return { any: [] }
  }
}

/** Who may use a service: conditions and groups of them, and below how the whole reads. */
export function ruleView(m: Model, e: Editing): TemplateResult {
  const { t } = m
  const rule = (e.value(ROOT) ?? null) as Rule | null
  const f = about(m, e, ROOT, t.fields.eligibility, { needed: true })
  return group(
    f,
    html`<div class="rule">
      ${rule ? readingView(m, e) : nothing}
      ${
        rule
          ? partView(m, e, rule, ROOT, () => {
              e.set(ROOT, null)
              e.focusOn(`#${idOf(ROOT)}-add`)
            })
          : html`<p>${t.ruleEverybody}</p>`
      }
      ${rule && isGroup(rule) ? nothing : addView(m, e, ROOT, t.ruleAdd, [...ROOT, 'all', rule ? '1' : '0'], (part) => e.set(ROOT, rule ? { all: [rule, part] } : { all: [part] }))}
    </div>`,
  )
}

/** As people will read it, while it is being written. */
function readingView({ t }: Model, e: Editing): TemplateResult {
  const { reading } = e.aloud
  return html`<div class="reading" role="status">
    <h4>${t.ruleReads}</h4>
    ${reading?.sentences[0] ? html`<ul class="dots">${reading.sentences.map((one) => html`<li class="lines">${one}</li>`)}</ul>` : nothing}
    ${reading?.problems.map(({ message }) => html`<p class="wrong">${message}</p>`)}
  </div>`
}

/** @param at where the new part will stand */
function addView(m: Model, e: Editing, path: Path, label: string, at: Path, add: (part: Rule) => void): TemplateResult {
  const take = (name: string) => {
    add(madePart(m, e, name as PartName))
    e.focusOn(`#${idOf(at)} :is(input, select)`, `#${idOf(at)}`)
  }
  return adding(
    m,
    `${idOf(path)}-add`,
    label,
    PARTS.map((name) => [name, m.t.ruleParts[name]]),
    take,
  )
}

function partView(m: Model, e: Editing, rule: Rule, path: Path, remove: () => void): TemplateResult {
  const { t } = m
  const isNot = 'not' in rule
  const inner = (isNot ? rule.not : rule) as Rule
  const own = isNot ? [...path, 'not'] : path
  const turn = (event: Event) => e.set(path, (event.target as HTMLInputElement).checked ? { not: inner } : inner)
  const problems = [...e.problemsAt(own), ...e.problemsAt([...own, nameOfPart(inner)])].filter(({ path }) => path.length > 1)
  const name = isGroup(inner) ? 'all' : (nameOfPart(inner) as PartName)
  return html`<fieldset class="part" id=${idOf(path)} tabindex="-1">
    <legend>${t.ruleParts[name] ?? name}</legend>
    ${problems.map(({ message }) => html`<p class="wrong">${message}</p>`)}
    ${isGroup(inner) ? groupView(m, e, inner, own) : leafView(m, e, inner, own)}
    <div class="beside foot">
      <div class="choices"><label><input type="checkbox" .checked=${isNot} @change=${turn} /> ${t.ruleNot}</label></div>
      <button type="button" class="quiet" @click=${remove}>${t.remove}<span class="unseen"> : ${t.ruleParts[name] ?? name}</span></button>
    </div>
  </fieldset>`
}

function groupView(m: Model, e: Editing, rule: Rule, path: Path): TemplateResult {
  const { t } = m
  const word = 'all' in rule ? 'all' : 'any'
  const parts = rule[word] as readonly Rule[]
  const id = `${idOf(path)}-word`
  const list = [...path, word]
  return html`<div class="beside">
      <label for=${id}>${t.ruleGroup}</label>
      <select id=${id} class="word" @change=${(event: Event) => e.set(path, { [(event.target as HTMLSelectElement).value]: parts })}>
        <option value="all" .selected=${word === 'all'}>${t.ruleAll}</option>
        <option value="any" .selected=${word === 'any'}>${t.ruleAny}</option>
      </select>
    </div>
    ${
      parts[0]
        ? html`<ul class="parts">${parts.map(
            (part, index) =>
              html`<li>${partView(m, e, part, [...list, String(index)], () => {
                e.set(
                  list,
                  parts.filter((_, one) => one !== index),
                )
                e.focusOn(`#${idOf(list)}-add`)
              })}</li>`,
          )}</ul>`
        : nothing
    }
    ${addView(m, e, list, t.ruleAddTo, [...list, String(parts.length)], (part) => e.set(list, [...parts, part]))}`
}

function leafView(m: Model, e: Editing, rule: Rule, path: Path): TemplateResult {
  const { t } = m
  const own = (name: string, ...more: string[]) => [...path, name, ...more]
  if ('age' in rule)
    return html`<div class="fields">
      ${input(m, e, own('age', 'min'), t.ageFrom, { type: 'number' })}${input(m, e, own('age', 'max'), t.ageTo, { type: 'number' })}
    </div>`
  if ('audience' in rule)
    return choice(
      e,
      own('audience'),
      t.ruleParts.audience,
      (m.start?.audiences ?? []).map(({ code, label }) => [code, label]),
    )
  if ('language' in rule)
    return choice(
      e,
      own('language'),
      t.ruleParts.language,
      LANGUAGES.map((code) => [code, nameOf(code.toLowerCase(), m.language) ?? code]),
    )
  if ('commune' in rule) {
    const codes = rule.commune as readonly string[]
    const put = (next: readonly string[]) => e.set(own('commune'), next)
    return html`${codes[0] ? html`<ul class="chips">${codes.map((code) => chip(m, e.lookup.nameOf('COMMUNE', code), () => put(codes.filter((one) => one !== code))))}</ul>` : nothing}
      ${finding(m, e, `${idOf(own('commune'))}-add`, 'COMMUNE', t.add, (code) => !codes.includes(code) && put([...codes, code]))}`
  }
  if ('condition' in rule) {
    const { code, texts } = rule.condition as { code: string; texts: Record<string, string> }
    const put = (words: string | number | null) => {
      const said = String(words ?? '')
      // A code that was made of the words follows them; one that others know stays.
      const own = code === slugFrom(texts[e.tag] ?? '') ? slugFrom(said) : code
      e.set([...path, 'condition'], { code: own, texts: { ...texts, [e.tag]: said } })
    }
    return input(m, e, own('condition', 'texts', e.tag), t.ruleWords, { needed: true, lang: m.langOf(e.tag), set: put })
  }
  return input(m, e, own('assessed', e.tag), t.ruleWords, { needed: true, lang: m.langOf(e.tag) })
}

const choice = (e: Editing, path: Path, label: string, choices: readonly (readonly [string, string])[]): TemplateResult =>
  html`<select id=${idOf(path)} aria-label=${label} @change=${(event: Event) => e.set(path, (event.target as HTMLSelectElement).value)}>
    ${choices.map(([value, name]) => html`<option value=${value} .selected=${value === e.value(path)}>${name}</option>`)}
  </select>`
