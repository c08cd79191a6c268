import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Reason } from './eligibility.ts'
import { languageName } from './formats.ts'
import { areaName } from './wording.ts'
import { remember } from './remember.ts'

/** One reason as a sentence in the first language wanted. */
export function reasonSentence(reason: Reason, directory: Snapshot, languages: readonly LanguageCode[]): string {
  const { reasons } = stringsFor(languages)
  const words = reason.negated ? reasons.not : reasons
  const by = <T>(yes: T, no: T, unknown: T): T => ({ yes, no, unknown })[reason.truth]
  switch (reason.kind) {
    case 'age':
      return by(words.ageWithin, words.ageOutside, words.ageUnknown)(reason.min, reason.max)
    case 'audience': {
      const audience = directory.audiencesByCode.get(reason.code)
      const label = audience ? choose(audience.texts, languages).text.label : reason.code
      return by(words.audienceYes, words.audienceNo, words.audienceUnknown)(label)
    }
    case 'area': {
      // A place that is left out and one that is not named are the same to her: the service is there for her commune, or not.
      const names = reason.communes.map((commune) => choose(commune.texts, languages).text.name)
      const one = names.length === 1 ? (names[0] ?? null) : null
      const several = names.length > 1 && names.length <= MOST_NAMED ? eitherOf(languages[0] ?? 'FR').format(names) : null
      return reason.truth === 'unknown' ? reasons.areaUnknown(several) : by(reasons.areaYes, reasons.areaNo, reasons.areaNo)(one)
    }
    case 'afar':
      return reasons.madeFor(reason.areas.map((area) => areaName(area, languages)).join(', '))
    case 'language':
      return by(words.languageYes, words.languageNo, words.languageUnknown)(languageName(reason.language, languages[0] ?? 'FR'))
    case 'condition':
      return words.condition(choose(reason.texts, languages).text)
    case 'assessed':
      return words.assessed(choose(reason.texts, languages).text)
  }
}

/** A postal code lies in two communes, rarely in more; a longer list is not read. */
const MOST_NAMED = 4

const eitherOf = remember((language: LanguageCode) => new Intl.ListFormat(tagOf(language), { type: 'disjunction' }), 4)
