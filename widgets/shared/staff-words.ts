import type { Language } from './languages.ts'

/** Where the words of a screen are: each language but French is one file beside the script. */
export type Loaders<W> = Record<Exclude<Language, 'fr'>, () => Promise<Record<string, W>>>

/**
 * The words of a screen in a language, and in which they are. French, which is in the bundle, where the file cannot be had, or comes from a cache and
 * belongs to another edition of the screen: it is better than half of the words.
 */
export async function wordsIn<W extends object>(wanted: Language, fr: W, loaders: Loaders<W>): Promise<{ t: W; language: Language }> {
  const loaded = wanted === 'fr' ? {} : await loaders[wanted]().catch(() => ({}) as Record<string, W>)
  const t = (loaded as Record<string, W>)[wanted] ?? fr
  return t === fr || Object.keys(fr).some((name) => !(name in t)) ? { t: fr, language: 'fr' } : { t, language: wanted }
}
