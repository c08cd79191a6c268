import { fill, nameOf } from '../shared/languages.ts'
import { at, type Doc, type Path } from './content.ts'
import type { Model } from './model.ts'

/**
 * What a value of a record is called: "Description (allemand)", "Touche 4 · Libellé"; empty for what is none of it. Of an entry of a list, which one it
 * is: an entry of a menu by its key, as editors and callers know it.
 */
export function labelOf({ t, language }: Pick<Model, 't' | 'language'>, [first = '', second, third]: Path, doc?: Doc): string {
  const own = (name: string) => (t.fields as Record<string, string>)[name] ?? ''
  if (first === 'texts') return `${own(third === 'eligibility' ? 'eligibilityText' : (third ?? ''))} (${nameOf(second ?? '', language)})`
  if (second === undefined || !/^\d+$/.test(second)) return own(first)
  const key = first === 'menu' ? at(doc, [first, second, 'key']) : undefined
  const entry = key == null ? `${own(first)} ${Number(second) + 1}` : fill(t.entry, { key: Number(key) })
  const part = own(third ?? '')
  return part && key != null ? `${entry} · ${part}` : entry
}

/** Who was faster: somebody else, or herself in another window. */
export const clashTitle = ({ t, start }: Pick<Model, 't' | 'start'>, name: string): string =>
  name && name === start?.viewer?.name ? t.conflictSelf : fill(t.conflictTitle, { name: name || t.conflictSomebody })
