import { LANGUAGES } from '../shared/languages.ts'
import { CONCERNS, type Filter, KINDS } from './model.ts'

/** What the page's address says after its path: which records are listed (`?kind=QUESTION&concern=STALE`), in which language, and which one is open. */
export function filterIn(query: string): Filter {
  const asked = new URLSearchParams(query)
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | '' => values.find((value) => value === asked.get(name)) ?? ''
  return {
    kind: oneOf('kind', KINDS),
    concern: oneOf('concern', CONCERNS),
    language: oneOf('language', LANGUAGES),
    search: asked.get('search') ?? '',
    retired: asked.get('state') === 'retired',
  }
}

/** The same address with another filter; what else it says stays. */
export const filteredBy = ({ kind, concern, language, search, retired }: Filter): string =>
  changed({ kind, concern, language, search, state: retired ? 'retired' : '' })

/** The same address in another language. */
export const inLanguage = (lang: string): string => changed({ lang })

/** Signing in, and back to where one is. */
export const signIn = (lang: string): string => {
  const { pathname, search, hash } = location
  return `/sign-in?lang=${lang}&next=${encodeURIComponent(pathname + search + hash)}`
}

function changed(parts: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(parts)) {
    if (value) query.set(name, value)
    else query.delete(name)
  }
  return `?${query}${location.hash}`
}
