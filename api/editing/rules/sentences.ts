import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose, type Texts, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { languageName } from '../../service/rules/formats.ts'
import { stringsFor } from '../../strings/strings.ts'
import { languageOf, type Localized, type Tag } from './documents.ts'

type Words = Pick<Snapshot, 'audiencesByCode' | 'communesByNis'>

/**
 * An eligibility rule as a person reads it: one sentence for each thing that it asks. One with conditions within conditions has a line for each of
 * them, indented. Its form must be sound.
 */
export function ruleSentences(rule: Rule | null, directory: Words, languages: readonly LanguageCode[]): string[] {
  const words = stringsFor(languages).content.rule
  if (rule === null) return [words.open]
  const parts = 'all' in rule ? rule.all : [rule]
  return parts.map((part) => sentence(phrase(part, { negated: false, depth: 0 }, directory, languages)))
}

/** A space that stays where others at the beginning of a line are taken away. */
const INDENT = '\u2003'

const sentence = (text: string): string => `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

const isGroup = (rule: Rule): boolean => 'all' in rule || 'any' in rule || ('not' in rule && isGroup(rule.not))

function phrase(
  rule: Rule,
  { negated, depth }: { negated: boolean; depth: number },
  directory: Words,
  languages: readonly LanguageCode[],
): string {
  const { rule: all } = stringsFor(languages).content
  const words = negated ? all.not : all
  if ('all' in rule || 'any' in rule) {
    const parts = 'all' in rule ? rule.all : rule.any
    const phrases = parts.map((part) => phrase(part, { negated, depth: depth + 1 }, directory, languages))
    const group = 'all' in rule !== negated ? all.all : all.any
    // In one line with brackets nobody would see which condition belongs to which.
    if (!parts.some(isGroup)) return group(phrases)
    return [group([]).trimEnd(), ...phrases.map((text) => `${INDENT.repeat(depth)}– ${text}`)].join('\n')
  }
  if ('not' in rule) return phrase(rule.not, { negated: !negated, depth }, directory, languages)
  if ('age' in rule) return words.age(rule.age.min ?? null, rule.age.max ?? null)
  if ('audience' in rule) {
    const audience = directory.audiencesByCode.get(rule.audience)
    return words.audience(audience ? choose(audience.texts, languages).text.label : rule.audience)
  }
  if ('commune' in rule) {
    const names = rule.commune.map((nis) => {
      const commune = directory.communesByNis.get(nis)
      return commune ? choose(commune.texts, languages).text.name : nis
    })
    return words.commune(new Intl.ListFormat(tagOf(languages[0] ?? 'FR'), { type: 'disjunction' }).format(names))
  }
  if ('language' in rule) return words.language(languageName(rule.language, languages[0] ?? 'FR'))
  if ('condition' in rule) return words.condition(shown(rule.condition.texts, languages))
  return words.assessed(shown(rule.assessed, languages))
}

/** A short text in the first of the languages in which it exists. */
export function shown(texts: Localized, languages: readonly LanguageCode[]): string {
  const known: Texts<string> = Object.fromEntries(Object.entries(texts).map(([tag, text]) => [languageOf(tag as Tag), text]))
  return Object.keys(known).length > 0 ? choose(known, languages).text : ''
}
