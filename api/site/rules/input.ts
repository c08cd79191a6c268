import type { LanguageCode, SiteTheme } from '../../db/generated/enums.ts'
import type { Problem } from '../../errors.ts'
import { COLOURS, type Colours, type Look, unreadable, WIDEST_RADIUS } from './look.ts'
import { readOrigin } from './origin.ts'

/** What somebody says of a site; what is absent stays as it is. `colours` and `radius` null: as the widgets have them. */
export type SiteGiven = {
  name?: string | null
  origins?: readonly string[] | null
  languages?: readonly LanguageCode[] | null
  defaultLanguage?: LanguageCode | null
  theme?: SiteTheme | null
  colours?: Colours | null
  radius?: number | null
}

/** What a partner decides of a site. How much its pages may send is for the operator to say. */
export type SiteValues = Look & {
  name: string
  origins: readonly string[]
  languages: readonly LanguageCode[]
  defaultLanguage: LanguageCode
}

const NEW: SiteValues = { name: '', origins: [], languages: [], defaultLanguage: 'FR', theme: 'PAGE', colours: null, radius: null }

/** In characters. */
const LONGEST_NAME = 100
/** Addresses of one website: with and without www, one for each language, one to try things out. */
const MOST_ORIGINS = 20

/**
 * The values of a site from what was given, or all that is wrong with it; the paths begin at the input.
 * @param stored null for a new one
 */
export function readGiven(given: SiteGiven, stored: SiteValues | null): { values: SiteValues } | { problems: Problem[] } {
  const before = stored ?? NEW
  const problems: Problem[] = []
  const refuse = (path: string[], code: Problem['code'], params?: Problem['params']) =>
    problems.push({ path: ['input', ...path], code, ...(params ? { params } : {}) })

  const name = given.name == null ? before.name : given.name.trim().replace(/\s+/g, ' ')
  if (name === '') refuse(['name'], 'required')
  if (name.length > LONGEST_NAME) refuse(['name'], 'too_long', { max: LONGEST_NAME })

  const origins = given.origins == null ? before.origins : readOrigins(given.origins, before.origins, refuse)
  if (given.origins != null || !stored) {
    if ((given.origins ?? []).length === 0) refuse(['origins'], 'required')
    if (origins.length > MOST_ORIGINS) refuse(['origins'], 'too_many', { max: MOST_ORIGINS })
  }

  const languages = [...new Set(given.languages ?? before.languages)]
  const defaultLanguage = given.defaultLanguage ?? (stored ? before.defaultLanguage : (languages[0] ?? before.defaultLanguage))
  if (languages.length === 0) refuse(['languages'], 'required')
  else if (!languages.includes(defaultLanguage)) refuse(['defaultLanguage'], 'language_not_offered')

  const radius = given.radius === undefined ? before.radius : given.radius
  if (radius !== null && !(Number.isInteger(radius) && radius >= 0 && radius <= WIDEST_RADIUS)) {
    refuse(['radius'], 'out_of_range', { min: 0, max: WIDEST_RADIUS })
  }
  const colours = given.colours === undefined ? before.colours : given.colours && readColours(given.colours, refuse)
  const theme = given.theme ?? before.theme
  return problems.length > 0 ? { problems } : { values: { name, origins, languages, defaultLanguage, theme, colours, radius } }
}

type Refuse = (path: string[], code: Problem['code'], params?: Problem['params']) => void

/** @param stored the operator's words (`self`, `loopback`) stay where they are, and nobody else sets them */
function readOrigins(given: readonly string[], stored: readonly string[], refuse: Refuse): string[] {
  const origins = given.map((written, index) => {
    const word = written.trim()
    if ((word === 'self' || word === 'loopback') && stored.includes(word)) return word
    const read = readOrigin(written)
    if ('origin' in read) return read.origin
    refuse(['origins', String(index)], read.code, read.params)
    return written
  })
  return [...new Set(origins)]
}

function readColours(given: Colours, refuse: Refuse): Colours {
  const wrong = COLOURS.filter((name) => !/^#[\da-f]{6}$/i.test(given[name].trim()))
  for (const name of wrong) refuse(['colours', name], 'colour_malformed', { value: given[name].slice(0, 40) })
  const [accent, onAccent, background, text] = COLOURS.map((name) => given[name].trim().toLowerCase()) as [string, string, string, string]
  const colours = { accent, onAccent, background, text }
  if (wrong.length === 0) for (const { colour, code, ratio } of unreadable(colours)) refuse(['colours', colour], code, { ratio })
  return colours
}

/** In characters, with room for a number behind it: a key has 40 at most. */
const LONGEST_STEM = 34

/** The key of a new site, from its name: people read it in the pages of the site. `commune-de-rivage` */
export function keyOf(name: string): string {
  const stem = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^-+|-+$/g, '')
  return stem.length < 2 ? 'site' : stem
}

/** The first key that is free: the name's, then the same with a number. */
export function freeKey(name: string, taken: ReadonlySet<string>): string {
  const stem = keyOf(name)
  for (let number = 1; ; number++) {
    const key = number === 1 ? stem : `${stem}-${number}`
    if (!taken.has(key)) return key
  }
}

export const sameValues = (one: SiteValues, other: SiteValues): boolean => JSON.stringify(ordered(one)) === JSON.stringify(ordered(other))

const ordered = ({ name, origins, languages, defaultLanguage, theme, colours, radius }: SiteValues) => [
  name,
  origins,
  languages,
  defaultLanguage,
  theme,
  colours && COLOURS.map((colour) => colours[colour]),
  radius,
]
