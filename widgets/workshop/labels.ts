import { nameOf } from '../shared/languages.ts'
import type { Path } from './content.ts'
import type { Model } from './model.ts'

/** What a value of a record is called: "Description (allemand)", "Menu 2". Of an entry of a list, which one it is. */
export function labelOf({ t, language }: Pick<Model, 't' | 'language'>, [first = '', second, third]: Path): string {
  const own = (name: string) => (t.fields as Record<string, string>)[name] ?? name
  if (first === 'texts') return `${own(third === 'eligibility' ? 'eligibilityText' : (third ?? ''))} (${nameOf(second ?? '', language)})`
  return second !== undefined && /^\d+$/.test(second) ? `${own(first)} ${Number(second) + 1}` : own(first)
}
