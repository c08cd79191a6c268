import { edition, type Texts } from './strings/fr.ts'

export type Language = 'fr' | 'de' | 'nl' | 'en'

/** French is in the bundle; each other language is one small file beside the script (see scripts/build-widgets.mjs). */
const loaders: Record<Exclude<Language, 'fr'>, () => Promise<Texts>> = {
  de: () => import('./strings/de.ts'),
  nl: () => import('./strings/nl.ts'),
  en: () => import('./strings/en.ts'),
}

/**
 * The texts of an element in another language. A built file has only the words, in the order of the French names, so a bundle from a
 * cache must not take the words of another edition.
 */
export async function loadTexts<Section extends 'callback' | 'finder'>(
  language: Exclude<Language, 'fr'>,
  section: Section,
  french: Texts['common'] & Texts[Section],
): Promise<Texts['common'] & Texts[Section]> {
  const loaded = await loaders[language]()
  if (loaded.edition !== edition) throw new Error('edition')
  const words = [...Object.values(loaded.common), ...Object.values(loaded[section])]
  return Object.fromEntries(Object.keys(french).map((name, index) => [name, words[index]])) as unknown as typeof french
}

/** As the API names them. */
export const LANGUAGES = ['FR', 'DE', 'NL', 'EN'] as const

/** A language's name, in that language or another. */
export const nameOf = (code: string, language: string = code): string | undefined =>
  new Intl.DisplayNames(language, { type: 'language' }).of(code)

const supported = (tag: string | null | undefined) => {
  const language = tag?.slice(0, 2).toLowerCase() as Language
  return language === 'fr' || language in loaders ? language : undefined
}

/** The element's own `lang`, else the nearest on the page (also across shadow roots), else the browser's, else French. */
export function languageOf(element: Element): Language {
  for (let node: Element | undefined = element; node; node = (node.getRootNode() as ShadowRoot).host) {
    const near = node.closest('[lang]')
    if (near) {
      const language = supported(near.getAttribute('lang'))
      if (language) return language
      break
    }
  }
  return navigator.languages.map(supported).find(Boolean) ?? 'fr'
}

/** Calls back whenever a `lang` changes anywhere above the element. */
export function followLanguage(element: Element, changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed)
  for (let root = element.getRootNode(); root; root = (root as ShadowRoot).host?.getRootNode()) {
    observer.observe(root, { attributes: true, attributeFilter: ['lang'], subtree: true })
  }
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Fills `{name}` in a text; `one thing|{n} things` is chosen by `n` first. */
export function fill(text: string, values: Record<string, string | number>): string {
  const [one = '', many = one] = text.split('|')
  return (Number(values.n) < 2 ? one : many).replace(/\{(\w+)\}/g, (_, name) => String(values[name]))
}
