import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose, type Texts, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import type { Rule } from '../../service/rules/eligibility.ts'
import { languageName } from '../../service/rules/formats.ts'
import { stringsFor } from '../../strings/strings.ts'
import { languageOf, type Localized, type Tag } from './documents.ts'

type Words = Pick<Snapshot, 'audiencesByCode' | 'communesByNis'>

/** An eligibility rule as a person reads it: one sentence for each thing that it asks. Its form must be sound. */
export function ruleSentences(rule: Rule | null, directory: Words, languages: readonly LanguageCode[]): string[] {
  const words = stringsFor(languages).content.rule
  if (rule === null) return [words.open]
  const parts = 'all' in rule ? rule.all : [rule]
  return parts.map((part) => sentence(phrase(part, false, directory, languages)))
}

const sentence = (text: string): string => `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

function phrase(rule: Rule, negated: boolean, directory: Words, languages: readonly LanguageCode[]): string {
  const { rule: all } = stringsFor(languages).content
  const words = negated ? all.not : all
  if ('all' in rule || 'any' in rule) {
    const parts = 'all' in rule ? rule.all : rule.any
    const phrases = parts.map((part) => {
      const text = phrase(part, negated, directory, languages)
      return 'all' in part || 'any' in part ? `(${text})` : text
    })
    return 'all' in rule !== negated ? all.all(phrases) : all.any(phrases)
  }
  if ('not' in rule) return phrase(rule.not, !negated, directory, languages)
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
