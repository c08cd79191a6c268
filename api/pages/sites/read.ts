import { LanguageCode, SiteTheme } from '../../db/generated/enums.ts'
import { InvalidInput } from '../../errors.ts'
import type { SiteRecord } from '../../site/rules/door.ts'
import type { SiteGiven } from '../../site/rules/input.ts'
import { COLOURS, type Colours, type Look, OWN_COLOURS } from '../../site/rules/look.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Reader } from '../layout.ts'
import type { Shown } from './snippets.ts'

/** What stands in the fields of a form: as stored, or as it was sent. */
export type Filled = {
  organization: string
  name: string
  /** One a line. */
  origins: string
  languages: readonly LanguageCode[]
  defaultLanguage: LanguageCode
  theme: SiteTheme
  own: boolean
  colours: Colours
  radius: string
}

export const EMPTY: Filled = {
  organization: '',
  name: '',
  origins: '',
  languages: [],
  defaultLanguage: 'FR',
  theme: 'PAGE',
  own: false,
  colours: OWN_COLOURS,
  radius: '',
}

export const filledOf = (site: SiteRecord): Filled => ({
  ...EMPTY,
  name: site.name,
  origins: site.origins.join('\n'),
  languages: site.languages,
  defaultLanguage: site.defaultLanguage,
  theme: site.theme,
  own: site.colours !== null,
  colours: site.colours ?? OWN_COLOURS,
  radius: site.radius === null ? '' : String(site.radius),
})

/** In characters, whatever is sent. */
const LONGEST = 8_000

const oneOf = <T extends string>(all: Readonly<Record<string, T>>, value: string | null, other: T): T =>
  Object.values(all).find((one) => one === value) ?? other

/** What was sent, over what stood there; fields that a form does not have stay. */
export function readFilled(sent: URLSearchParams, before: Filled): Filled {
  const text = (name: string, other: string) => (sent.get(name) ?? other).slice(0, LONGEST)
  const hasLook = sent.has('theme')
  return {
    organization: text('organization', before.organization),
    name: text('name', before.name),
    origins: text('origins', before.origins),
    languages:
      sent.has('defaultLanguage') || sent.has('languages')
        ? Object.values(LanguageCode).filter((one) => sent.getAll('languages').includes(one))
        : before.languages,
    defaultLanguage: oneOf(LanguageCode, sent.get('defaultLanguage'), before.defaultLanguage),
    theme: oneOf(SiteTheme, sent.get('theme'), before.theme),
    own: hasLook ? sent.get('colours') === 'own' : before.own,
    colours: Object.fromEntries(COLOURS.map((name) => [name, text(name, before.colours[name])])) as Colours,
    radius: text('radius', before.radius).trim(),
  }
}

export const addressesOf = ({ name, origins }: Filled): SiteGiven => ({
  name,
  origins: origins.split(/\s+/).filter((line) => line !== ''),
})

export const lookOf = ({ languages, defaultLanguage, theme, own, colours, radius }: Filled): SiteGiven => ({
  languages,
  defaultLanguage,
  theme,
  colours: own ? colours : null,
  // What is no number is refused as one that is out of range.
  radius: radius === '' ? null : Number(radius),
})

/** A look that can be shown, whatever is wrong with the rest: an unreadable one is to be seen, too. */
export function shownLook({ theme, own, colours, radius }: Filled): Look {
  const isWhole = COLOURS.every((name) => /^#[\da-f]{6}$/i.test(colours[name]))
  return { theme, colours: own && isWhole ? colours : null, radius: /^\d{1,2}$/.test(radius) ? Number(radius) : null }
}

/** What is wrong, by the name of its field, in sentences. @throws what is no InvalidInput */
export function problemsOf(error: unknown, reader: Reader): Map<string, string> {
  if (!(error instanceof InvalidInput)) throw error
  const words = stringsFor(reader.languages).problems
  const problems = new Map<string, string>()
  for (const { path, code, params } of error.problems) {
    const [, first = '', second] = path
    const name = first === 'colours' && second ? second : first
    problems.set(name, [problems.get(name), words[code](params ?? {})].filter(Boolean).join(' '))
  }
  return problems
}

/** What a snippet is for, as the address says; else the site's first language and both widgets. */
export type Wanted = { shown: Shown; language: LanguageCode; line: string | null }

export function readWanted(query: URLSearchParams, { languages, defaultLanguage }: Pick<Filled, 'languages' | 'defaultLanguage'>): Wanted {
  const shown = (['both', 'finder', 'callback'] as const).find((one) => one === query.get('shown')) ?? 'both'
  const language = languages.find((one) => one === query.get('for')) ?? defaultLanguage
  return { shown, language, line: query.get('line') || null }
}
