import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose, tagOf } from '../../directory/language.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Reason } from './eligibility.ts'
import { remember } from './remember.ts'

/** One reason as a sentence in the first language wanted. */
export function reasonSentence(reason: Reason, directory: Snapshot, languages: readonly LanguageCode[]): string {
  const { reasons } = stringsFor(languages)
  const by = <T>(yes: T, no: T, unknown: T): T => ({ yes, no, unknown })[reason.truth]
  switch (reason.kind) {
    case 'age':
      return by(reasons.ageWithin, reasons.ageOutside, reasons.ageUnknown)(reason.min, reason.max)
    case 'audience': {
      const audience = directory.audiencesByCode.get(reason.code)
      const label = audience ? choose(audience.texts, languages).text.label : reason.code
      return by(reasons.audienceYes, reasons.audienceNo, reasons.audienceUnknown)(label)
    }
    case 'area':
      return by(reasons.areaYes, reasons.areaNo, reasons.areaUnknown)
    case 'language':
      return by(reasons.languageYes, reasons.languageNo, reasons.languageUnknown)(languageName(reason.language, languages))
    case 'condition':
      return reasons.condition(choose(reason.texts, languages).text)
    case 'assessed':
      return reasons.assessed(choose(reason.texts, languages).text)
  }
}

const namesIn = remember((language: LanguageCode) => new Intl.DisplayNames(tagOf(language), { type: 'language' }), 4)

const languageName = (language: LanguageCode, languages: readonly LanguageCode[]): string =>
  namesIn(languages[0] ?? 'FR').of(tagOf(language)) ?? language
